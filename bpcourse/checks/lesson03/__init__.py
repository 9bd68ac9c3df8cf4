"""Lesson 03, chain rule with numbers: exercises, the wrong answers known for them, and what to say."""

from . import chain_of_four, composite_grad, first_order_change, in_text, red_numbers

EXERCISES = (
    first_order_change.EXERCISE,
    red_numbers.EXERCISE,
    composite_grad.EXERCISE,
    chain_of_four.EXERCISE,
    *in_text.EXERCISES,
)
