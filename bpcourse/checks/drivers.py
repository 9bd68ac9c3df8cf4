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


def batches(function, X, y, batch_size, order):
    """06.2: how many rows each batch holds, and the rows of all batches, one below the other."""
    given = function(X, y, batch_size, order)
    try:
        pairs = [(np.asarray(rows), np.asarray(labels)) for rows, labels in given]
    except (TypeError, ValueError):
        raise NotAsAsked("Return a list with a pair `(Xb, yb)` for each batch.") from None
    if not pairs:
        raise NotAsAsked("Your list of batches is empty.")
    for k, (rows, labels) in enumerate(pairs, 1):
        if rows.shape[1:] != X.shape[1:] or labels.ndim != y.ndim or len(rows) != len(labels):
            raise NotAsAsked(
                f"Batch {k} holds an array of shape {rows.shape} from X and one of shape {labels.shape} "
                f"from y. A batch of B examples needs the shapes (B, {X.shape[1]}) and (B,)."
            )
    return {
        "sizes": np.array([len(rows) for rows, _ in pairs]),
        "X": np.concatenate([rows for rows, _ in pairs]),
        "y": np.concatenate([labels for _, labels in pairs]),
    }


def losses_and_params(function, X, Y, params, lr, epochs):
    """06.5: the losses, and the trained parameters under their names."""
    given = function(X, Y, params, lr, epochs)
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        what = f"{len(given)} things" if isinstance(given, (tuple, list)) else "one thing"
        what = "None: is there a `return` line?" if given is None else f"{what}."
        raise NotAsAsked(f"Your function returned {what} It should return two: losses, params.")
    losses, trained = given
    if not isinstance(trained, dict) or trained.keys() != params.keys():
        raise NotAsAsked(
            "The second thing that your function returns should be a dict of parameters, with the keys "
            f"{', '.join(map(repr, params))}."
        )
    try:
        return {"losses": np.asarray(losses, dtype=float), **trained}
    except (TypeError, ValueError):
        raise NotAsAsked("Your losses are not a list of numbers: collect one for each epoch.") from None
