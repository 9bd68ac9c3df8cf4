"""Lesson 09, exploding gradients: exercises, the wrong answers known for them, and what to say."""

from . import clip_by_global_norm, global_norm, growth_rate, in_text, nan_detective

EXERCISES = (
    global_norm.EXERCISE,
    clip_by_global_norm.EXERCISE,
    growth_rate.EXERCISE,
    nan_detective.EXERCISE,
    *in_text.EXERCISES,
)
