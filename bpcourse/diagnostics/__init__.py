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

__all__ = [
    "backward_signals",
    "dead_fraction",
    "decay_bound",
    "first_not_finite",
    "growth_rate",
    "log_slope",
    "saturated_fraction",
]
