"""Lesson 07, computational graph and autodiff: exercises, the wrong answers known for them, and what to say."""

from . import backward, in_text, local_backward, matmul_backward, topological_order, unbroadcast

EXERCISES = (
    local_backward.EXERCISE,
    topological_order.EXERCISE,
    unbroadcast.EXERCISE,
    matmul_backward.EXERCISE,
    backward.EXERCISE,
    *in_text.EXERCISES,
)
