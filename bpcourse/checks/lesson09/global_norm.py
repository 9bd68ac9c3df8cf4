"""09.1: one norm over all gradients, Eq. (9.1)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def global_norm(grads):
    """One norm over all arrays, Eq. (9.1)."""
    return float(np.sqrt(sum(np.sum(g**2) for g in grads)))


def norm_cases(rng):
    """Arrays of different sizes; three of one shape, which NumPy would stack; one alone; and zeros."""
    return [
        Case(
            "three arrays of different shapes",
            ([normal(rng, *s, scale=0.8) for s in ((4, 5), (5,), (5, 3))],),
        ),
        Case("a row and a matrix", ([normal(rng, 7, scale=2), normal(rng, 3, 2, scale=2)],)),
        Case("three arrays of one shape", ([normal(rng, 4, 3) for _ in range(3)],)),
        Case("one array alone", ([normal(rng, 2, 6)],)),
        Case("nothing but zeros", ([np.zeros((4, 5)), np.zeros(5)],)),
    ]


def norms(grads):
    """The norm of each array, as a list."""
    return [float(np.sqrt(np.sum(g**2))) for g in grads]


def largest_stretch(grads):
    """Matrices by their largest singular value."""
    return float(np.sqrt(sum(np.linalg.norm(g, 2) ** 2 for g in grads)))


def of_one_array(grads):
    """Everything into one array first, which different shapes do not allow."""
    return float(np.linalg.norm(np.array(grads)))


def count(grads):
    """How many entries there are."""
    return sum(g.size for g in grads)


EXERCISE = Exercise(
    id="09.1",
    name="global_norm",
    points=2,
    title="Measure all gradients with one norm",
    kind="write",
    returns=("norm",),
    reference=global_norm,
    cases=norm_cases,
    mistakes=(
        Mistake(
            "M700",
            lambda grads: sum(norms(grads)),
            documented={"ratio": 1.65},
            message="You added the norms of the arrays. Eq. (9.1) adds the *squares* and takes one root at the end, as for "
            "the sides of a right triangle: 3 and 4 make 5, not 7.",
        ),
        Mistake(
            "M701",
            lambda grads: max(norms(grads)),
            documented={"ratio": 0.778},
            message="This is the norm of the largest array alone. Every array is a part of the gradient, so all of them count, Eq. (9.1).",
        ),
        Mistake(
            "M702",
            lambda grads: global_norm(grads) ** 2,
            documented={"ratio": 4.99},
            message="This is the sum of the squares, {got:.4g}; the root of Eq. (9.1) is missing. Without it a gradient twice as long "
            "would count four times.",
        ),
        Mistake(
            "M703",
            lambda grads: global_norm(grads) / count(grads) ** 0.5 if count(grads) else 0.0,
            documented={"ratio": 0.158},
            message="Your root is that of the *mean* of the squares: you divided by the number of entries. A norm is a length, and "
            "Eq. (9.1) adds up all squares without dividing.",
        ),
        Mistake(
            "M715",
            lambda grads: global_norm(grads) / len(grads) ** 0.5,
            message="You divided by the number of arrays under the root. Eq. (9.1) adds up all squares and divides by nothing: a "
            "network with more layers may well have a longer gradient.",
        ),
        Mistake(
            "M716",
            largest_stretch,
            message="For a matrix, `np.linalg.norm(g, 2)` is not the root of the sum of squares: it is the largest singular value, the "
            "most that the matrix stretches any vector. Eq. (9.1) treats a matrix as a list of entries: leave the 2 out.",
        ),
        Mistake(
            "M717",
            of_one_array,
            message="The arrays of a gradient have different shapes, and NumPy cannot put those into one array: it stops with "
            "{error!r}. Take the sum of squares of each array on its own, and add these numbers, Eq. (9.1).",
        ),
        Mistake(
            "M717b",
            lambda grads: np.sqrt(sum(g**2 for g in grads)),
            message="You add up the squares as arrays, and arrays of different shapes do not add. Make one number of each array first, "
            "`np.sum(g**2)`, and add these, Eq. (9.1).",
        ),
        Mistake(
            "M718",
            norms,
            message="These are {got.size} norms, one for each array. Eq. (9.1) makes one number of all of them: square each, add up, and take the root.",
        ),
        Mistake(
            "M719",
            lambda grads: norms(grads)[0],
            message="This is the norm of the first array alone, on every case. Does the `return` stand inside your loop? It ends the "
            "function in the first round.",
        ),
        Mistake(
            "M719b",
            lambda grads: norms(grads)[-1],
            message="This is the norm of the last array alone, on every case. Is the sum started anew, or overwritten, in every "
            "round of your loop? It has to be added to, `+=`, Eq. (9.1).",
        ),
        Mistake(
            "M720",
            lambda grads: float(sum(np.sum(np.abs(g)) for g in grads)),
            message="You added up the absolute values of all entries. Eq. (9.1) adds up their squares, and takes the root: a length, "
            "as a ruler would measure it.",
        ),
        Mistake(
            "M721",
            lambda grads: float(max(np.max(np.abs(g)) for g in grads)),
            message="This is the size of the largest entry. Eq. (9.1) counts every entry: the squares of all of them, added up, and the root of that.",
        ),
        Mistake(
            "M722",
            lambda grads: float(abs(sum(np.sum(g) for g in grads))),
            message="You added up the entries before squaring, so positive and negative ones cancel. Eq. (9.1) squares each entry first.",
        ),
        Mistake(
            "M722b",
            lambda grads: float(np.linalg.norm([np.sum(g) for g in grads])),
            message="You added up the entries of each array before squaring, so positive and negative ones cancel. Eq. (9.1) squares "
            "every single entry first.",
        ),
        Mistake(
            "M722c",
            lambda grads: float(sum(abs(np.sum(g)) for g in grads)),
            message="`np.sum(g) ** 2` squares the sum, in which positive and negative entries cancel; `np.sum(g**2)` sums the squares. And the "
            "root of Eq. (9.1) is taken once, at the end.",
        ),
        Mistake(
            "M745",
            lambda grads: global_norm(grads) ** 2 / 2,
            message="This is half the sum of the squares. Did you write `**1/2`? Python takes the power first and then divides: `** 0.5` or `** (1/2)` is the root.",
        ),
    ),
    hints=(
        "Imagine all entries of all arrays in one long row. Its length is what is asked for.",
        "√Σᵢ‖gᵢ‖², Eq. (9.1): the squares of all entries of all arrays, added up, and one root at the end.",
        "total = 0.0\nfor g in grads:\n    total += ...\nreturn np.sqrt(...)",
    ),
)
