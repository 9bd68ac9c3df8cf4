"""Gradients of any formula of arrays, found by walking its graph backwards.

Write the forward pass with `Tensor` in the place of arrays, and call ``backward()`` on the loss. The modules,
in the order of reading: `primitives`, the table of what there is, one line of mathematics each; `tensor`, the
array that notes how it was made; `sweep`, the walk back; `networks`, the networks of the course as formulas.
It is the second implementation of every gradient here, and imports nothing of the first.
"""

from bpcourse.autodiff.networks import mlp_loss, value_and_grads
from bpcourse.autodiff.primitives import PRIMITIVES, unbroadcast
from bpcourse.autodiff.sweep import no_grad, zero_grad
from bpcourse.autodiff.tensor import Tensor, concatenate, maximum
from bpcourse.scalar import topological_order

__all__ = [
    "PRIMITIVES", "Tensor", "concatenate", "maximum", "mlp_loss", "no_grad", "topological_order",
    "unbroadcast", "value_and_grads", "zero_grad",
]
