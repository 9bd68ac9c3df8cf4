"""Lesson 00, set-up and map: a toy task that shows the verdicts, and a self-test that points to refreshers."""

from . import in_text, mean_of, self_test

EXERCISES = (mean_of.EXERCISE, in_text.SHAPE_OF_X, *self_test.EXERCISES, *in_text.QUIZ)
