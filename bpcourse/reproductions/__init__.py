"""Published results that the lessons run again: one module a paper, one function a result.

Each function returns a `Reproduction`: the paper's numbers and ours side by side, with the band that a test
holds. ``print`` shows it as a table; `bpcourse.viz.plots.reproductions` draws it.
"""

from bpcourse.reproductions.glorot_2010 import glorot_jacobians
from bpcourse.reproductions.he_2015 import thirty_layers
from bpcourse.reproductions.nielsen_2015 import nielsen_gradient_norms
from bpcourse.reproductions.pascanu_2013 import recurrent_cliff, spectral_radius
from bpcourse.reproductions.result import Reproduction, Row
from bpcourse.reproductions.rumelhart_1986 import mirror_symmetry
from bpcourse.reproductions.rumelhart_1986_pdp import xor_sweeps

#: All of them, in the order of the lessons.
REPRODUCTIONS = (
    xor_sweeps,
    mirror_symmetry,
    nielsen_gradient_norms,
    recurrent_cliff,
    spectral_radius,
    glorot_jacobians,
    thirty_layers,
)

__all__ = ["REPRODUCTIONS", "Reproduction", "Row", *(function.__name__ for function in REPRODUCTIONS)]
