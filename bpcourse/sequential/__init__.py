"""Layers of several kinds in a row, for the networks that `MLP` cannot say.

A parameter's name is its own name and the place of its layer in the row, as in W1, b1, gamma2, beta2. Within
a residual block the places go on inside: W3.1 is the matrix of the first layer of the third.
"""

from bpcourse.sequential.layers import Affine, BatchNorm, Bend, Dropout, Layer, LayerNorm, Residual
from bpcourse.sequential.network import Sequential

__all__ = ["Affine", "BatchNorm", "Bend", "Dropout", "Layer", "LayerNorm", "Residual", "Sequential"]
