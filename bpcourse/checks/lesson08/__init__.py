"""Lesson 08, vanishing gradients: exercises, the wrong answers known for them, and what to say."""

from . import decay_bound, delta_norms, first_starved_layer, in_text, log_slope, why_vanishing

EXERCISES = (
    delta_norms.EXERCISE,
    decay_bound.EXERCISE,
    log_slope.EXERCISE,
    why_vanishing.EXERCISE,
    first_starved_layer.EXERCISE,
    *in_text.EXERCISES,
)
