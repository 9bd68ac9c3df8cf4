"""03.1: the change of the loss that slopes promise, Eq. (3.6)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def first_order_change(grad, dx):
    """ΔL to first order, Eq. (3.6)."""
    return float(np.sum(grad * dx))


def change_cases(rng):
    """A vector, a matrix and a square one: a rise, a fall, a rise, none near 0, where a wrong one could meet it."""
    kinds = {
        "a vector of 4": ((4,), 1.0),
        "a matrix, 4 by 5": ((4, 5), -1.0),
        "the square case, 4 by 4": ((4, 4), 1.0),
    }
    return [Case(name, aligned(rng, shape, sign)) for name, (shape, sign) in kinds.items()]


def aligned(rng, shape, sign):
    """Slopes and nudges whose shares add up to a change of this sign, and largely agree."""
    while True:
        grad, dx = normal(rng, *shape), normal(rng, *shape, scale=0.5)
        size = np.linalg.norm(grad) * np.linalg.norm(dx)
        if 0.3 < abs(np.sum(grad * dx)) / size < 0.95:
            return grad, dx * sign * np.sign(np.sum(grad * dx))


EXERCISE = Exercise(
    id="03.1",
    name="first_order_change",
    points=2,
    title="Promise a change of the loss",
    kind="write",
    returns=("ΔL",),
    reference=first_order_change,
    cases=change_cases,
    mistakes=(
        Mistake(
            "M115",
            lambda grad, dx: grad * dx,
            documented={"shape": (4,)},
            message="Your answer has shape {got.shape}: it holds the share of every nudge, one beside the other. The loss is one number, "
            "and all shares arrive in it, so the last step of Eq. (3.6) is the sum Σ.",
        ),
        Mistake(
            "M116",
            lambda grad, dx: np.mean(grad * dx),
            documented={"ratio": 0.25},
            at="a vector of 4",
            message="Your number is the mean of the {grad.size} shares, 1/{grad.size} of the change. All nudges happen together, so their "
            "shares add up; nothing in Eq. (3.6) is divided by their number.",
        ),
        Mistake(
            "M240",
            lambda grad, dx: np.sum(grad * dx) / len(grad),
            message="Your number is the right sum divided by {grad.shape[0]}, the length of `grad` (for a matrix: its number of rows). All nudges happen "
            "together, so their shares add up; nothing in Eq. (3.6) is divided by their number.",
        ),
        Mistake(
            "M117",
            lambda grad, dx: np.linalg.norm(grad) * np.linalg.norm(dx),
            documented={"ratio": 1.25},
            message="Your number is (size of the gradient) times (size of the nudge). That is the most that a nudge of this size could do: the change "
            "if it pointed along the gradient. This one points elsewhere, so take entry by entry, with the signs, Eq. (3.6).",
        ),
        Mistake(
            "M118",
            lambda grad, dx: grad @ dx,
            documented={"shape": (4, 4)},
            at="the square case, 4 by 4",
            message="The vector is right. For matrices `@` and `np.dot` are another product: each row of the one meets each column of the other. "
            "On the square case it fits by luck, and gives an array of shape {got.shape}. "
            "Eq. (3.6) pairs every slope with its own nudge: entry by entry, then the sum over all of them.",
        ),
        Mistake(
            "M118b",
            lambda grad, dx: float(grad @ dx),
            message="The vector is right. For matrices `@` and `np.dot` are another product: each row of the one meets each column of the other, and NumPy "
            "refuses it or returns a table. Eq. (3.6) pairs every slope with its own nudge: entry by entry, then the sum over all of them.",
        ),
        Mistake(
            "M243",
            lambda grad, dx: grad.T @ dx,
            message="The vector is right. For a matrix your answer is a table of shape {got.shape}: each *column* of `grad` met each column of `dx`. "
            "Eq. (3.6) pairs every slope with its own nudge: entry by entry, then the sum over all of them.",
        ),
        Mistake(
            "M243b",
            lambda grad, dx: grad @ dx.T,
            message="The vector is right. For a matrix your answer is a table of shape {got.shape}: each *row* of `grad` met each row of `dx`. "
            "Eq. (3.6) pairs every slope with its own nudge: entry by entry, then the sum over all of them.",
        ),
        Mistake(
            "M244",
            np.outer,
            message="Your answer is a table of shape {got.shape}: every slope times *every* nudge. Eq. (3.6) pairs a slope with its own nudge alone, "
            "entry by entry, and adds up.",
        ),
        Mistake(
            "M245",
            lambda grad, dx: np.sum(grad @ dx),
            message="The vector is right. For matrices a matrix product pairs rows with columns: a matrix of 4 by 5 with one of 4 by 5 it refuses, and on "
            "the square case its entries hold slopes times nudges that are not their own. Multiply entry by entry, then add, Eq. (3.6).",
        ),
        Mistake(
            "M245b",
            lambda grad, dx: np.sum(grad.T @ dx),
            message="The vector is right. For a matrix your number is the sum over a whole table: every column of `grad` met every column of `dx`, so most "
            "slopes were multiplied by nudges that are not their own. Multiply entry by entry, then add, Eq. (3.6).",
        ),
        Mistake(
            "M222",
            lambda grad, dx: np.sum(grad) * np.sum(dx),
            message="Your number is (the sum of all slopes) times (the sum of all nudges): every slope is paired with every nudge. Eq. (3.6) pairs a slope "
            "with *its own* nudge: first multiply entry by entry, then add.",
        ),
        Mistake(
            "M223",
            lambda grad, dx: sum(grad * dx),
            message="The vector is right. For a matrix your answer has shape {got.shape}: one sum a column. Rows were added to rows, as Python's `sum`, a "
            "loop over rows and a sum over axis 0 do. `np.sum` without an axis adds all entries.",
        ),
        Mistake(
            "M241",
            lambda grad, dx: np.sum(grad * dx, axis=-1),
            message="The vector is right. For a matrix your answer has shape {got.shape}: one sum a row. They still have to be added to each other; "
            "`np.sum` without an axis adds all entries.",
        ),
        Mistake(
            "M241b",
            lambda grad, dx: np.sum(grad * dx, axis=1),
            message="A vector of shape (D,) has no axis 1, so NumPy stops there. And of a matrix a sum over axis 1 leaves one number a row. "
            "`np.sum` without an axis adds all entries, whatever the shape.",
        ),
        Mistake(
            "M241c",
            lambda grad, dx: sum(sum(grad * dx)),
            message="The matrices are right. With a vector your function stops: one sum makes it a number already, and a number has no parts that a second sum "
            "could add up. `np.sum` without an axis adds all entries, whatever the shape.",
        ),
        Mistake(
            "M242",
            lambda grad, dx: np.array([np.sum(grad * dx)]),
            message="The number is right, but it comes in an array of shape {got.shape}. Return the number itself, with no brackets around it.",
        ),
        Mistake(
            "M242b",
            lambda grad, dx: np.sum(grad * dx, keepdims=True),
            message="The number is right, but the array's axes are kept: the shape is {got.shape} for the vector, and (1, 1) for a matrix. "
            "`np.sum` without `keepdims` returns the number itself.",
        ),
        Mistake(
            "M224",
            lambda grad, dx: np.sum(np.abs(grad * dx)),
            message="Your number is the sum of the shares *without their signs*. A share that lowers the loss is negative and is taken off, Eq. (3.6).",
        ),
        Mistake(
            "M246",
            lambda grad, dx: abs(np.sum(grad * dx)),
            message="The size is right and the sign is lost: on {case} the loss falls, so ΔL is negative, and your answer is positive. Eq. (3.6) takes no "
            "absolute value.",
        ),
        Mistake(
            "M247",
            lambda grad, dx: np.sum(grad),
            message="Your number is the sum of the slopes alone. A slope says how much the loss moves *per unit* of a nudge; multiply each by the size of its "
            "own nudge, Eq. (3.6).",
        ),
        Mistake(
            "M247b",
            lambda grad, dx: np.sum(grad + dx),
            message="Your number adds slopes and nudges to each other. Each nudge is *scaled* by its slope: multiply the two, entry by entry, and add the "
            "shares, Eq. (3.6).",
        ),
    ),
    hints=(
        "Each entry that moves brings its own share of the change. What happens to the shares of nudges that are made together?",
        "ΔL ≈ Σᵢ (∂L/∂xᵢ) Δxᵢ, Eq. (3.6), over all entries, whatever the shape.",
        "shares = ...        # entry by entry\nreturn ...          # one number",
    ),
)
