"""06.3: the share of right answers, Eq. (6.4)."""

from __future__ import annotations

import numpy as np

from ..draws import share
from ..exercise import Case, Exercise, Mistake


def accuracy(P, y):
    """Share of examples on the right side of ½, Eq. (6.4)."""
    return float(np.mean((P.ravel() > 0.5) == (y == 1)))


def precision(P, y):
    """Of those called 1, the share that is 1."""
    called = P.ravel() > 0.5
    return float(np.sum(called & (y == 1)) / np.sum(called))


def accuracy_cases(rng):
    """Five ones and two zeros, with one error of each kind, so that no shortcut is right by chance."""
    cases = []
    for name, column in {"P of shape (7, 1), y of shape (7,)": True, "P and y of shape (7,)": False}.items():
        y = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0])
        sure = share(rng, 7)
        P = np.where(y == 1, np.maximum(sure, 1 - sure), np.minimum(sure, 1 - sure))
        P[[0, 6]] = 1 - P[[0, 6]]
        mixed = rng.permutation(7)
        P, y = P[mixed], y[mixed]
        cases.append(Case(name, (P[:, None] if column else P, y), {"N": 7}))
    return cases


EXERCISE = Exercise(
    id="06.3",
    name="accuracy",
    points=1,
    title="Count how often the network is right",
    kind="write",
    returns=("accuracy",),
    reference=accuracy,
    cases=accuracy_cases,
    mistakes=(
        Mistake(
            "M71",
            lambda P, y: float(np.mean((P > 0.5) == y)),
            message="Where P has shape {P.shape} and y {y.shape}, NumPy compares every prediction with every label: a table of {N} by {N} "
            "answers, of which you took the mean. Give both the same shape first; `ravel()` makes (N,) of (N, 1).",
        ),
        Mistake(
            "M180",
            lambda P, y: float(np.mean(P.ravel() == y)),
            documented={"ratio": 0.0},
            message="You compared the probabilities themselves with 0 and 1, and none of them is exactly that. First decide: a probability "
            "above ½ counts as a 1, Eq. (6.4).",
        ),
        Mistake(
            "M181",
            lambda P, y: float(1 - np.mean(np.abs(P.ravel() - y))),
            documented={"ratio": 0.794},
            message="This is how near the probabilities are to the labels, on average. Accuracy counts decisions: above ½ or not, right or "
            "not, and how sure the network was does not matter, Eq. (6.4).",
        ),
        Mistake(
            "M182",
            lambda P, y: float(np.sum((P.ravel() > 0.5) == (y == 1))),
            documented={"factor": "N"},
            message="You counted the examples that are right: {got:.0f}. A share is the count divided by the number of examples, {N} here.",
        ),
        Mistake(
            "M183",
            precision,
            documented={"ratio": 1.12},
            message="You looked only at the examples that the network calls 1, and at how many of these are 1. That is its "
            "precision. Accuracy counts all {N} examples, those called 0 as well, Eq. (6.4).",
        ),
    ),
    hints=(
        "Decide each example first: is its probability above ½? Then compare with the labels, one by one, and take the share that agrees.",
        "mean([p > ½] = y), Eq. (6.4), with p and y of one shape, (N,).",
        "decided = P.ravel() > ...\nreturn np.mean(decided == ...)",
    ),
)
