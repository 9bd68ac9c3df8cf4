"""Lesson 05, gradient checking: exercises, the wrong answers known for them, and what to say."""

from . import (
    affine_backward_tester,
    buggy_functions,
    in_text,
    numerical_gradient,
    read_the_u_curve,
    relative_error,
)

EXERCISES = (
    numerical_gradient.EXERCISE,
    relative_error.EXERCISE,
    read_the_u_curve.EXERCISE,
    affine_backward_tester.EXERCISE,
    buggy_functions.EXERCISE,
    *in_text.EXERCISES,
)
