"""08.2: how much of δ can be left after a stack of σ layers, at most, Eq. (8.2)."""

from __future__ import annotations

from functools import reduce
from itertools import pairwise

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def stretch(W):
    """The largest factor by which a row's length grows when it is multiplied by W: its largest singular value."""
    return np.linalg.norm(W, 2)


def bound_with(measure=stretch, *, quarter=lambda layers: 0.25**layers, together=np.prod):
    """`decay_bound` with another measure of a matrix, another share for the gates, or another way to join."""
    return lambda Ws: float(quarter(len(Ws)) * together([measure(W) for W in Ws]))


decay_bound = bound_with()
decay_bound.__name__ = "decay_bound"


def spectral_radius(W):
    """The size of the largest eigenvalue."""
    return np.max(np.abs(np.linalg.eigvals(W)))


def of_the_product(Ws):
    """The stretch of the product of all matrices, in place of the product of their stretches."""
    return float(0.25 ** len(Ws) * stretch(reduce(np.matmul, Ws)))


def bound_cases(rng):
    """Four square matrices, none of them symmetric; three that lead from 4 to 5 to 3 to 6 units; and one alone."""
    cases = []
    for name, sizes in (
        ("4 matrices of 5 by 5", (5, 5, 5, 5, 5)),
        ("3 matrices, of 4 by 5, 5 by 3 and 3 by 6", (4, 5, 3, 6)),
        ("1 matrix of 3 by 3", (3, 3)),
    ):
        Ws = [normal(rng, *shape) for shape in pairwise(sizes)]
        cases.append(Case(name, (Ws,), {"L": len(Ws)}))
    return cases


EXERCISE = Exercise(
    id="08.2",
    name="decay_bound",
    points=2,
    title="Bound what can be left of δ",
    kind="write",
    returns=("bound",),
    reference=decay_bound,
    cases=bound_cases,
    mistakes=(
        Mistake(
            "M53",
            bound_with(lambda W: 1.0),
            message="This is a quarter for each layer, whatever the weights are. Weights multiply δ too, and can make up for every quarter or for "
            "more: each matrix brings its factor ‖W‖₂ into Eq. (8.2).",
        ),
        Mistake(
            "M654",
            bound_with(np.linalg.norm),
            documented={"ratio": 4.77},
            message="`np.linalg.norm(W)` of a matrix is the root of the sum of all squares, the Frobenius norm. It is never smaller than ‖W‖₂, so "
            "your bound is true, and much too generous: it is {ratio:.3g} times the one of Eq. (8.2). The largest stretch is `np.linalg.norm(W, 2)`.",
        ),
        Mistake(
            "M655",
            bound_with(spectral_radius),
            documented={"ratio": 0.194},
            message="You take the largest eigenvalue. It says how a matrix acts when it is applied again and again, and it needs a square one. One matrix, "
            "applied once, can stretch a row by more than that: Eq. (8.2) needs ‖W‖₂, the largest singular value.",
        ),
        Mistake(
            "M656",
            bound_with(together=np.sum),
            documented={"ratio": 0.0711},
            message="You add the norms up. δ passes one matrix after the other, so the stretches multiply, as slopes do along a path, Eq. (3.1).",
        ),
        Mistake(
            "M657",
            bound_with(quarter=lambda layers: 0.25),
            documented={"ratio": 64},
            message='Your quarter counts once. Every layer has its own gates, so each of the {L} layers on the case "{case}" brings its own '
            "quarter, Eq. (8.2).",
        ),
        Mistake(
            "M688",
            bound_with(quarter=lambda layers: 1.0),
            message="The stretches of the matrices are right, and the gates are missing: σ lets at most a quarter through in every layer, "
            "Eq. (8.2).",
        ),
        Mistake(
            "M689",
            bound_with(quarter=lambda layers: 0.25 ** (layers - 1)),
            message="One quarter is missing. Here δ passes one matrix *and* one layer of gates for each entry of Ws, so there are as many quarters as "
            'matrices, {L} on the case "{case}".',
        ),
        Mistake(
            "M689b",
            lambda Ws: decay_bound(Ws[1:]),
            message="Your product begins with the second matrix. In a whole network that would be right, since δ never passes W_1. Here Ws holds the matrices that δ "
            'does pass, each with its gates: all {L} of them count on the case "{case}".',
        ),
        Mistake(
            "M689c",
            lambda Ws: decay_bound(Ws[1:]) / 4,
            message="All quarters are in, and the first matrix is missing from the product. Ws holds the matrices that δ passes: all {L} of them count on the case "
            '"{case}", Eq. (8.2).',
        ),
        Mistake(
            "M689d",
            lambda Ws: decay_bound(Ws[-1:]),
            message="Only the last matrix is in your bound. In a loop over Ws each factor has to be multiplied onto what is there already: `bound *= …`, beginning with 1.",
        ),
        Mistake(
            "M690",
            of_the_product,
            message="You multiply the matrices first and take one norm. That would do if nothing stood between them. But δ passes gates in between, "
            "which turn it, so each matrix has to be allowed its own worst case: the product of the norms, Eq. (8.2).",
        ),
        Mistake(
            "M691",
            bound_with(lambda W: np.linalg.svd(W)[1].min()),
            message="You take the smallest singular value. That is what a matrix leaves of a row at least; the question is what it can leave at most, so "
            "the largest one counts.",
        ),
        Mistake(
            "M692",
            bound_with(lambda W: np.max(np.abs(W))),
            message="You take the largest entry of each matrix. A row meets a whole column of W at once, so it can be stretched by more than any single entry: "
            "Eq. (8.2) needs `np.linalg.norm(W, 2)`.",
        ),
        Mistake(
            "M693",
            bound_with(lambda W: np.linalg.norm(W, 1)),
            message="`np.linalg.norm(W, 1)` is the largest sum of a column's sizes. With the 1 in place of a 2 it is another norm; Eq. (8.2) needs "
            "the largest stretch of a row's length, `np.linalg.norm(W, 2)`.",
        ),
        Mistake(
            "M693b",
            bound_with(lambda W: np.linalg.norm(W, np.inf)),
            message="`np.linalg.norm(W, np.inf)` is the largest sum of a row's sizes. With that in place of a 2 it is another norm; Eq. (8.2) needs the largest "
            "stretch of a row's length, `np.linalg.norm(W, 2)`.",
        ),
        Mistake(
            "M693c",
            bound_with(lambda W: np.linalg.svd(W)[1].sum()),
            message="You add up the singular values of each matrix. A row can be stretched by one of them at a time, and the most by the largest, Eq. (8.2).",
        ),
        Mistake(
            "M694",
            lambda Ws: float(np.log10(decay_bound(Ws))),
            message="This is the logarithm of the bound. Return the factor itself.",
        ),
        Mistake(
            "M695",
            bound_with(quarter=lambda layers: 0.25 * layers),
            message='Your quarters are added up: {L} of them are {L} · ¼ with you, on the case "{case}". Each layer takes its quarter of what the layer behind '
            "it left, so they multiply: (¼) to the power of the number of layers.",
        ),
        Mistake(
            "M696",
            bound_with(lambda W: stretch(W) ** 2),
            message="Each stretch is squared. The eigenvalues of WᵀW are the *squares* of the singular values; take the root of the largest, which is "
            "what `np.linalg.norm(W, 2)` returns.",
        ),
    ),
    hints=(
        "Each layer does two things to δ on its way back. The gates let through a quarter at most; the matrix stretches by its largest singular "
        "value at most.",
        "(1/4)^L · ‖W_1‖₂ · … · ‖W_L‖₂ with L matrices, Eq. (8.2).",
        "bound = 1.0\nfor W in Ws:\n    bound *= ... * np.linalg.norm(W, ...)\nreturn bound",
    ),
)
