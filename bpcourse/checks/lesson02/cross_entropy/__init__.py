"""02.5: cross-entropy from logits, Eq. (2.5), with its gradient, Eq. (3.5)."""

from __future__ import annotations

import numpy as np

from ....losses import softmax_cross_entropy_and_backward
from ...draws import normal
from ...exercise import Case, Exercise
from ..tables import registered
from .messages import DOCUMENTED, SAID
from .variants import cross_entropy_variant


def cross_entropy(Z, y):
    """Cross-entropy of a batch, Eq. (2.5), and its gradient in the logits, Eq. (3.5)."""
    return softmax_cross_entropy_and_backward(Z, y)


def labels(rng, n, c):
    """Every label occurs, and the first ones are not 0, 1, 2 in order."""
    while True:
        y = rng.integers(0, c, n)
        if len(set(y.tolist())) == c and y[:c].tolist() != list(range(c)):
            return y


def cross_entropy_cases(rng):
    """N ≠ C; a row at ±1000 whose label is the improbable one, and one at −1000; a row at ±700, where no shift is better than a wrong one."""
    cases = [
        Case(
            f"{n} examples with {c} classes",
            (normal(rng, n, c, scale=1.5), labels(rng, n, c)),
            {"N": n, "C": c},
        )
        for n, c in ((7, 3), (6, 4))
    ]
    for size, signs in ((1000, [1, -1, 1]), (700, [-1, 1, -1])):
        Z, y = normal(rng, 5, 3), labels(rng, 5, 3)
        Z[0] += size * np.array(signs)
        y[0] = 1
        Z[1] -= 1000 if size == 1000 else 0
        cases.append(Case(f"the case with logits of ±{size}", (Z, y), {"N": 5, "C": 3}))
    return cases


EXERCISE = Exercise(
    id="02.5",
    name="cross_entropy",
    points=4,
    title="Come back to cross-entropy, now with its gradient",
    kind="write",
    home="04",
    returns=("loss", "dZ"),
    reference=cross_entropy,
    cases=cross_entropy_cases,
    variants=lambda ids: cross_entropy_variant(*ids),
    mistakes=registered(cross_entropy_variant, SAID, DOCUMENTED),
    hints=(
        "Take the row's maximum off all its logits first. The loss then needs the log of a sum and one logit a row; dZ needs the probabilities.",
        "L is the mean of log Σ e^z − z_y, Eq. (2.5). dZ = (P − Y)/N, Eq. (3.5), where Y is 1 in column y of each row, and 0 elsewhere.",
        "N = len(y)\nS = Z - ...                       # the largest of a row is now 0\nloss = np.mean(np.log(...) - S[np.arange(N), y])\n"
        "dZ = softmax(Z)\ndZ[np.arange(N), y] -= ...\nreturn loss, dZ / ...",
    ),
)
