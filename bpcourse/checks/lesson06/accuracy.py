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


def recall(P, y):
    """Of those that are 1, the share called 1."""
    return float(np.mean(P.ravel()[y == 1] > 0.5))


# Ones called 1, ones called 0, zeros called 1, zeros called 0: such that in the first case the share of ones, of
# those called 1, of hits among either, and what is left of each, are all different, and none is the accuracy.
COUNTS = {"P of shape (11, 1), y of shape (11,)": (5, 2, 1, 3), "P and y of shape (7,)": (1, 3, 2, 1)}


def accuracy_cases(rng):
    """Eight of eleven right, then two of seven; and a probability of exactly ½, which is not above ½."""
    cases = []
    for name, counts in COUNTS.items():
        y = np.repeat([1.0, 1.0, 0.0, 0.0], counts)
        called = np.repeat([1, 0, 1, 0], counts)
        sure = share(rng, len(y))
        P = np.where(called == 1, np.maximum(sure, 1 - sure), np.minimum(sure, 1 - sure))
        P[-1] = 0.5
        mixed = rng.permutation(len(y))
        P, y = P[mixed], y[mixed]
        cases.append(Case(name, (P[:, None] if P.size == 11 else P, y), {"N": len(y)}))
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
            message="Where P has shape {P.shape} and y {y.shape}, NumPy compares every prediction with every label: your mean is that of a table "
            "of {N} by {N} answers. Give both the same shape first; `ravel()` makes (N,) of (N, 1).",
        ),
        Mistake(
            "M180",
            lambda P, y: float(np.mean(P.ravel() == y)),
            documented={"ratio": 0.0},
            message="Your accuracy is 0 on every case. One slip that gives this: comparing the probabilities themselves with 0 and 1, when none of "
            "them is exactly that; decide first, above ½ or not, Eq. (6.4). Another: dividing with `//`, which rounds down.",
        ),
        Mistake(
            "M181",
            lambda P, y: float(1 - np.mean(np.abs(P.ravel() - y))),
            documented={"ratio": 0.794},
            at="P of shape (11, 1), y of shape (11,)",
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
        Mistake(
            "M340",
            lambda P, y: float(np.mean(y)),
            message="This is the share of the labels that are 1, on every case. It is what a network gets that says 1 to everything: your "
            "number does not depend on P. Decide each example by P first, then compare with y.",
        ),
        Mistake(
            "M341",
            lambda P, y: float(np.mean(P.ravel() > 0.5)),
            message="This is the share of examples that the network calls 1, on every case; the labels have no part in it. Compare each "
            "decision with its label, and take the share that agrees.",
        ),
        Mistake(
            "M342",
            lambda P, y: float(np.mean((P.ravel() >= 0.5) == (y == 1))),
            message="One thing is off: a probability of exactly ½ counts as a 1 in your function. Eq. (6.4) asks whether p is *above* "
            "½, so ½ itself counts as a 0.",
        ),
        Mistake(
            "M343",
            lambda P, y: 100 * accuracy(P, y),
            message="That is the accuracy in per cent, 100 times the share. Return the share, a number from 0 to 1, Eq. (6.4).",
        ),
        Mistake(
            "M344",
            lambda P, y: 1 - accuracy(P, y),
            message="This is the share of examples that the network gets wrong. Accuracy is the share that it gets right: decision and label "
            "are equal, Eq. (6.4).",
        ),
        Mistake(
            "M345",
            lambda P, y: float(np.mean((P.ravel() < 0.5) == (y == 1))),
            message="Your decision is turned around: a probability below ½ counts as a 1. Above ½ it counts as a 1, else as a 0, Eq. (6.4).",
        ),
        Mistake(
            "M346",
            recall,
            message="You looked only at the examples whose label is 1, and at how many of these the network calls 1. That is its "
            "recall. Accuracy counts all {N} examples, those with label 0 as well, Eq. (6.4).",
        ),
        Mistake(
            "M347",
            lambda P, y: float(np.mean(np.abs(P.ravel() - y))),
            message="This is how far the probabilities are from the labels, on average. Accuracy counts decisions: first above ½ or not, then "
            "right or not, Eq. (6.4).",
        ),
    ),
    hints=(
        "Decide each example first: is its probability above ½? Then compare with the labels, one by one, and take the share that agrees.",
        "mean([p > ½] = y), Eq. (6.4), with p and y of one shape, (N,).",
        "decided = P.ravel() > ...\nreturn np.mean(decided == ...)",
    ),
)
