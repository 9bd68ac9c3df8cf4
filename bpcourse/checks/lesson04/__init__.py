"""Lesson 04, backward by hand: exercises, the wrong answers known for them, and what to say."""

from . import hidden_delta, in_text, output_delta, param_grads, two_layer_grads, which_line

EXERCISES = (
    output_delta.EXERCISE,
    hidden_delta.EXERCISE,
    param_grads.EXERCISE,
    which_line.EXERCISE,
    two_layer_grads.EXERCISE,
    *in_text.EXERCISES,
)
