"""Lesson 01, the forward pass: exercises, the wrong answers known for them, and what to say."""

from . import affine, forward_2layer, in_text, predict_shapes, sigmoid, xor_weights

EXERCISES = (
    affine.EXERCISE,
    sigmoid.EXERCISE,
    predict_shapes.EXERCISE,
    forward_2layer.EXERCISE,
    xor_weights.EXERCISE,
    *in_text.EXERCISES,
)
