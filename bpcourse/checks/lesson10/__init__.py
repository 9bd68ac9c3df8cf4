"""Lesson 10, initialisation and ReLU: exercises, the wrong answers known for them, and what to say."""

from . import dead_fraction, design_stack, in_text, init_std, relu_backward, what_init_does

EXERCISES = (
    init_std.EXERCISE,
    relu_backward.EXERCISE,
    dead_fraction.EXERCISE,
    what_init_does.EXERCISE,
    design_stack.EXERCISE,
    *in_text.EXERCISES,
)
