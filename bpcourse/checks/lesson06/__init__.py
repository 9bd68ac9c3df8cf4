"""Lesson 06, the training loop: exercises, the wrong answers known for them, and what to say."""

from . import accuracy, in_text, iterate_minibatches, read_curves, sgd_step, train

EXERCISES = (
    sgd_step.EXERCISE,
    iterate_minibatches.EXERCISE,
    accuracy.EXERCISE,
    read_curves.EXERCISE,
    train.EXERCISE,
    *in_text.EXERCISES,
)
