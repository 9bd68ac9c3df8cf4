"""Lesson 02, losses: exercises, the wrong answers known for them, and what to say."""

from . import bce_with_logits, cross_entropy, in_text, mse, mse_grad, softmax_rows

EXERCISES = (
    mse.EXERCISE,
    mse_grad.EXERCISE,
    bce_with_logits.EXERCISE,
    softmax_rows.EXERCISE,
    cross_entropy.EXERCISE,
    *in_text.EXERCISES,
)
