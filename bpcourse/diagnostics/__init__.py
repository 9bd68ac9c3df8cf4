"""Why does it not learn? Measurements on a network, and what they say.

In the order of reading: `signals`, one formula a function; `statistics`, all of them on the layers of a
network; `doctor`, which tries remedies on copies and names the cause (`signs`, `trials` and `words` are its
parts).
"""

from bpcourse.diagnostics.doctor import Diagnosis, why_not_learning
from bpcourse.diagnostics.signals import (
    backward_signals,
    dead_fraction,
    decay_bound,
    first_not_finite,
    growth_rate,
    log_slope,
    saturated_fraction,
)
from bpcourse.diagnostics.statistics import (
    LayerStatistics,
    layer_jacobians,
    layer_statistics,
    singular_values,
)

__all__ = [
    "Diagnosis",
    "LayerStatistics",
    "backward_signals",
    "dead_fraction",
    "decay_bound",
    "first_not_finite",
    "growth_rate",
    "layer_jacobians",
    "layer_statistics",
    "log_slope",
    "saturated_fraction",
    "singular_values",
    "why_not_learning",
]
