"""Why does it not learn? Measurements on a network, and what they say."""

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
]
