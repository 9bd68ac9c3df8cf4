"""04.3: the gradients of one layer's weights and biases, Eq. (4.2) and (4.4)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def param_grads(A_prev, dZ):
    """dW and db of one layer, Eq. (4.2) and (4.4)."""
    return A_prev.T @ dZ, dZ.sum(axis=0)


def param_cases(rng):
    """All sizes different, a square case, one example, one unit; no column of dZ sums to 0."""
    rows = {
        "7 examples": (7, 4, 5),
        "the square case": (5, 5, 5),
        "a single example": (1, 4, 5),
        "one unit": (6, 4, 1),
    }
    cases = []
    for name, (n, d, h) in rows.items():
        dZ = normal(rng, n, h)
        dZ[0] += np.where(np.abs(dZ.sum(axis=0)) < 0.25, 0.5, 0.0)
        dZ[0, 0] += 1.0 if abs(dZ.sum()) < 0.25 else 0.0
        cases.append(Case(name, (normal(rng, n, d), dZ), {"N": n, "D": d, "H": h}))
    return cases


def with_bias(rule):
    """`param_grads` with another rule for db."""
    return lambda A_prev, dZ: (A_prev.T @ dZ, rule(A_prev, dZ))


EXERCISE = Exercise(
    id="04.3",
    name="param_grads",
    points=2,
    title="Turn δ into the gradients of weights and biases",
    kind="write",
    returns=("dW", "db"),
    reference=param_grads,
    cases=param_cases,
    mistakes=(
        Mistake(
            "M31",
            lambda A_prev, dZ: (A_prev @ dZ, dZ.sum(axis=0)),
            documented={"dW rel": 0.72},
            at="the square case",
            message="Your code computes A_prev @ dZ: NumPy refuses it except where the shapes fit by luck, and there the numbers differ. "
            "Each entry of dW is a sum over examples of (input i) · (δ of unit j); which axis has to be summed away, Eq. (4.2)?",
        ),
        Mistake(
            "M31b",
            lambda A_prev, dZ: (dZ.T @ A_prev, dZ.sum(axis=0)),
            message="Your dW is the transpose: shape {got[dW].shape} for weights of shape ({D}, {H}). In this course W is "
            "(inputs, units), so dW = (input)ᵀ δ, in this order, Eq. (4.2). (Books that write W·x have it the other way round; lesson 01 has both.)",
        ),
        Mistake(
            "M33",
            with_bias(lambda A_prev, dZ: dZ),
            message="dW is right. Your db has shape {got[db].shape}, one row for each example, while b has shape ({H},). One bias served all "
            "{N} examples, so all their contributions meet in its gradient, Eq. (4.2).",
        ),
        Mistake(
            "M34",
            with_bias(lambda A_prev, dZ: dZ.mean(axis=0)),
            documented={"db factor": "1/N"},
            message="dW is right, and every entry of db is exactly 1/{N} of the gradient, with {N} examples: you took the mean. "
            "The 1/N of the loss is in δ already; here the contributions are summed, Eq. (4.2).",
        ),
        Mistake(
            "M35",
            with_bias(lambda A_prev, dZ: dZ.sum()),
            message="dW is right. Your db is one number for all {H} units: everything was summed. Each unit has its own bias, so sum over "
            "the examples only and keep one entry a unit, Eq. (4.2).",
        ),
        Mistake(
            "M136",
            lambda A_prev, dZ: (A_prev.T @ dZ / len(dZ), dZ.mean(axis=0)),
            documented={"factor": "1/N"},
            message="Both are exactly 1/{N} of the gradient, with {N} examples. The 1/N of the loss entered in the first δ, Eq. (4.1), and "
            "is inside dZ; dividing again counts it twice.",
        ),
        Mistake(
            "M137",
            lambda A_prev, dZ: (A_prev.T @ dZ / len(dZ), dZ.sum(axis=0)),
            documented={"dW factor": "1/N"},
            message="db is right, and every entry of dW is exactly 1/{N} of the gradient, with {N} examples. "
            "The 1/N is inside dZ already, for weights as for biases.",
        ),
        Mistake(
            "M138",
            with_bias(lambda A_prev, dZ: dZ.sum(axis=0, keepdims=True)),
            documented={"db shape": (1, 5)},
            message="The numbers are right. Your db has shape {got[db].shape} and b has shape ({H},): a gradient has the shape of what it "
            "changes, else `b -= lr * db` will one day surprise you. Sum without keepdims.",
        ),
        Mistake(
            "M139",
            with_bias(lambda A_prev, dZ: dZ.sum(axis=1)),
            documented={"db shape": (7,)},
            message="dW is right. Your db has one entry for each of the {N} examples: you summed over the units. A bias belongs to a unit, "
            "so the axis that disappears is the examples', Eq. (4.2).",
        ),
        Mistake(
            "M140",
            with_bias(lambda A_prev, dZ: np.full(dZ.shape[1], dZ.sum())),
            documented={"db rel": 0.63, "db cos": 0.56},
            message="dW is right. All {H} entries of your db are the same number, the sum over everything. Each unit collects "
            "only its own column of dZ, Eq. (4.2).",
        ),
        Mistake(
            "M141",
            with_bias(lambda A_prev, dZ: A_prev.sum(axis=0)),
            documented={"db shape": (4,)},
            message="dW is right. Your db sums the layer's *inputs*. A bias multiplies the constant 1, not the input, so its gradient "
            "collects δ alone, Eq. (4.2).",
        ),
    ),
    hints=(
        "A weight's slope is (what went in) times (the δ it fed). Each example contributes one such product, and contributions add.",
        "dW = A_prevᵀ δ and db = Σₙ δₙ, Eq. (4.2). The 1/N is in δ already. Shapes decide where the transpose goes.",
        "dW = A_prev.T @ ...\ndb = dZ.sum(axis=...)\nreturn dW, db",
    ),
)
