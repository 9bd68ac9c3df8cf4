"""02.4: softmax of every row, Eq. (2.4)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise
from .tables import registered


def softmax_rows(Z):
    """Probabilities from scores, row by row, Eq. (2.4)."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def softmax_cases(rng):
    """N ≠ C, the square case, a row near 1000 beside one near 0, and a row that holds −1000, 0 and 1000.

    In the last, only the row's largest score will do: a smallest, mean or first one leaves an exponent near 1000.
    """
    far, wide = normal(rng, 2, 3), normal(rng, 2, 3)
    far[1] += 1000
    wide += [[-1000, -1000, -1000], [-1000, 1000, 0]]
    return [
        Case("7 examples with 3 classes", (normal(rng, 7, 3, scale=1.5),), {"N": 7, "C": 3}),
        Case("the square case, 4 by 4", (normal(rng, 4, 4, scale=1.5),), {"N": 4, "C": 4}),
        Case("scores near 0 in row 0, near 1000 in row 1", (far,), {"N": 2, "C": 3}),
        Case("scores near -1000, 0 and 1000 in one row", (wide,), {"N": 2, "C": 3}),
    ]


SHIFTS = {  # what is taken off the scores before the exponential
    "M10": lambda Z: 0.0,
    "M107": lambda Z: 0.0,
    "M106c": lambda Z: 0.0,
    "M11": lambda Z: Z.max(),
    "M221": lambda Z: Z.max(axis=0),
    "M220": lambda Z: Z.max(axis=1),
    "M106b": lambda Z: Z.max(axis=1),
    "M12b": lambda Z: Z.max(axis=0),
    "M421": lambda Z: 0.0,
    "M425": lambda Z: Z.min(axis=1, keepdims=True),
    "M425b": lambda Z: Z.mean(axis=1, keepdims=True),
}
SUMS = {  # what the exponentials are divided by
    "M12": lambda E: E.sum(axis=0),
    "M106": lambda E: E.sum(axis=1),
    "M106b": lambda E: E.sum(axis=1),
    "M106c": lambda E: E.sum(axis=1),
    "M108": lambda E: E.sum(),
    "M12b": lambda E: E.sum(axis=0),
    "M420": lambda E: 1.0,
    "M421": lambda E: E.max(axis=1, keepdims=True),
    "M424": lambda E: E.mean(axis=1, keepdims=True),
}
EXPONENTIALS = {  # what is divided, and what is summed, from the shifted scores
    "M107": lambda S, Z: (np.exp(Z - Z.max(axis=1, keepdims=True)), np.exp(S)),
    "M221b": lambda S, Z: (Z, Z),
    "M422": lambda S, Z: (np.exp(-S), np.exp(-S)),
    "M423": lambda S, Z: (np.exp(S), Z),
}


def softmax_variant(*faults):
    """`softmax_rows` with these mistakes made, where they can be made together."""
    found = [[table[f] for f in faults if f in table] for table in (SHIFTS, SUMS, EXPONENTIALS)]
    if max(map(len, found)) > 1:
        return None
    shift = (*found[0], lambda Z: Z.max(axis=1, keepdims=True))[0]
    total = (*found[1], lambda E: E.sum(axis=1, keepdims=True))[0]
    exponentials = (*found[2], lambda S, Z: (np.exp(S), np.exp(S)))[0]

    def softmax(Z):
        if "M109" in faults:
            Z -= shift(Z)
        above, below = exponentials(Z - shift(Z), Z)
        return above / total(below)

    return softmax


def message_not_the_largest(facts):
    """What is left of a row when something smaller than its maximum is taken off."""
    return (
        f"As long as a row's scores lie close together you are right. On {facts['case']} that row comes back with nan: after what you took off it, a score "
        "beyond 709.8 is left, and its exponential is infinite. A row's smallest score, its mean or its first one is not enough. Take off its *largest*, and "
        "no exponent is above 0, Eq. (2.4)."
    )


BY_LUCK = "On the square case that fits by luck, and column j gets the number of *row j*; elsewhere NumPy refuses it. "
SAID = {
    "M10": (
        "exp of scores near 1000 overflows",
        "The row with scores near 1000 came back as nan: exp(1000) is too large for any float, and inf/inf has no value. Subtracting one number "
        "from all scores of a row does not change its probabilities, Eq. (2.4), so you are free to choose a harmless one.",
    ),
    "M11": (
        "the maximum of the whole table is subtracted, not each row's own",
        "The row near 1000 is right, and the row near 0 came back as nan: you subtracted the largest score of the whole table, so all its exponentials "
        "became 0, and 0/0 has no value. Each row needs its own maximum: `axis=1, keepdims=True`.",
    ),
    "M12": (
        "the columns sum to 1, not the rows",
        "In your answer the *columns* sum to 1. Every row is one example, and its probabilities have to sum to 1 among themselves, "
        "Eq. (2.4): sum over axis 1, the classes.",
    ),
    "M12b": (
        "maxima and sums are taken down the columns, not along the rows",
        "In your answer every *column* is a softmax of its own, and sums to 1: `axis=0` runs down the columns. Every row is one example, so take "
        "each row's maximum and each row's sum, over axis 1, Eq. (2.4).",
    ),
    "M106": (
        "the sums lack `keepdims=True`",
        "Your row sums have shape (N,), without the axis of size 1. "
        + BY_LUCK
        + "`keepdims=True` keeps the sums as a column, one beside each row.",
    ),
    "M106b": (
        "maxima and sums lack `keepdims=True`",
        "Your row maxima and your row sums have shape (N,), without the axis of size 1. "
        + BY_LUCK
        + "`keepdims=True`, in both places, keeps a number beside "
        "each row.",
    ),
    "M106c": (
        "the sums lack `keepdims=True`, and no row's maximum is taken off",
        "Each row has one number of its own, and these come with shape (N,), without the axis of size 1. "
        + BY_LUCK
        + "`keepdims=True` keeps a number beside its row. And as long as no row's maximum is taken off, exp(1000) overflows.",
    ),
    "M107": (
        "the maximum is subtracted above the line only",
        "You subtracted the maximum above the line and not below it, so the two no longer belong together. Compute e^(z − m) once, "
        "and use it in both places, Eq. (2.4).",
    ),
    "M108": (
        "it is divided by the sum of the whole table",
        "All entries of your table *together* sum to 1. Each row is one example with probabilities of its own: divide every row by its own sum, Eq. (2.4).",
    ),
    "M109": (
        "the caller's array is changed",
        "The numbers are right, but after your call Z holds other numbers than before: something was written into the caller's array. `Z -= …` does that, and so does "
        "filling P after `P = Z`, which is a second name for one array. `Z - …` makes a new array, and so does `Z.copy()`.",
    ),
    "M220": (
        "the maxima lack `keepdims=True`",
        "Your row maxima have shape (N,), without the axis of size 1. "
        + BY_LUCK
        + "`keepdims=True` keeps the maxima as a column, one beside each row.",
    ),
    "M221": (
        "each column's maximum is subtracted, not each row's",
        "You subtracted each *column's* maximum. Only one and the same number for all scores of a row leaves its probabilities as they are, "
        "Eq. (2.4): take the maximum over axis 1.",
    ),
    "M221b": (
        "the exponential is missing",
        "You divided the scores by their sum, and the exponential is missing. Scores may be negative, and a share may not: e^z makes "
        "them positive first, Eq. (2.4).",
    ),
    "M420": (
        "nothing is divided by the row's sum",
        "In every row your largest entry is exactly 1, so the row sums to more than 1: e^(z − m) is there, and the division by its row's sum is "
        "missing, Eq. (2.4).",
    ),
    "M421": (
        "it is divided by the row's largest exponential",
        "In every row your largest entry is exactly 1, so the row sums to more than 1: you divided by the row's largest exponential, and Eq. (2.4) divides by "
        "their sum. (And exp of scores near 1000 overflows, unless the maximum is taken off first.)",
    ),
    "M422": (
        "the scores' signs are turned around",
        "The largest score of a row got the smallest probability: the sign of the scores is turned around. The exponent in Eq. (2.4) is z − m, not m − z.",
    ),
    "M423": (
        "it is divided by the sum of the scores, not of their exponentials",
        "You divided by the sum of the *scores*. A share needs one kind of number above and below the line: the sum of the row's exponentials, Eq. (2.4).",
    ),
    "M424": (
        "it is divided by the mean of the exponentials, not by their sum",
        "Every row of your answer sums to {C}, the number of classes: you divided by the *mean* of the row's exponentials. Eq. (2.4) divides by their sum.",
    ),
    **dict.fromkeys(
        ("M425", "M425b"), ("it is not the row's maximum that is taken off", message_not_the_largest)
    ),
}

DOCUMENTED = {
    "M106": {"rel": 0.084, "cos": 0.99},
    "M107": {"rel": 0.25, "cos": 0.89},
    "M108": {"rel": 0.74, "cos": 0.87},
}

EXERCISE = Exercise(
    id="02.4",
    name="softmax_rows",
    points=2,
    title="Turn scores into probabilities",
    kind="write",
    returns=("P",),
    reference=softmax_rows,
    cases=softmax_cases,
    variants=lambda ids: softmax_variant(*ids),
    mistakes=registered(softmax_variant, SAID, DOCUMENTED),
    hints=(
        "Exponentials, then shares of the row's sum. Before that, take the row's own maximum off every score.",
        "p = e^(z − m) / Σ e^(z − m) with m the largest z of the row, Eq. (2.4). `axis=1, keepdims=True` gives shape (N, 1).",
        "E = np.exp(Z - Z.max(axis=..., keepdims=...))\nreturn E / ...",
    ),
)
