"""Drivers: they build what cannot travel to another process, and call the learner's function.

``drive(function, *inputs) -> outputs``, where the outputs are arrays, numbers, strings, or
flat tuples, lists and dicts of them. With `observe`, this is all that a grader's isolated
child loads of the checks: it imports NumPy and floor 1, and holds no answer.
"""

from __future__ import annotations

import numpy as np


class NotAsAsked(ValueError):
    """What came back cannot be judged. The text is the sentence that the learner reads."""


def threshold_table(function):
    """01.5: what a network of threshold units says to 0 0, 0 1, 1 0 and 1 1, from W1, b1, W2, b2."""
    given = function()
    if not isinstance(given, (tuple, list)) or len(given) != 4:
        what = f"{len(given)} things" if isinstance(given, (tuple, list)) else repr(given)
        raise NotAsAsked(f"Your function returned {what}. It should return four arrays: W1, b1, W2 and b2.")
    W1, b1, W2, b2 = (
        _array_of(shape, name, value)
        for name, shape, value in zip(
            ("W1", "b1", "W2", "b2"), ((2, 2), (2,), (2, 1), (1,)), given, strict=True
        )
    )
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    hidden = corners @ W1 + b1 > 0
    return [int(answer) for answer in (hidden @ W2 + b2 > 0)[:, 0]]


def _array_of(shape, name, value):
    """The value as an array of floats of this shape, or the sentence that says what it is instead."""
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise NotAsAsked(f"Your {name} is not an array of numbers of shape {shape}.") from None
    if array.shape != shape:
        raise NotAsAsked(f"Your {name} has shape {array.shape}; it should have shape {shape}.")
    return array
