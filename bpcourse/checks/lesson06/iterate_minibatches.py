"""06.2: the examples, cut into mini-batches."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..drivers import batches
from ..exercise import Case, Exercise, Mistake


def iterate_minibatches(X, y, batch_size, order):
    """Rows order[i:i+B], for i = 0, B, 2B, …, of X and y alike."""
    starts = range(0, len(order), batch_size)
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]]) for i in starts]


def cut(starts=None, rows_of_X=None, rows_of_y=None):
    """`iterate_minibatches` with other places to begin, or another rule for the rows."""
    starts = starts or (lambda n, size: range(0, n, size))
    rows_of_X = rows_of_X or (lambda order: order)
    rows_of_y = rows_of_y or rows_of_X

    def batched(X, y, batch_size, order):
        for_X, for_y = rows_of_X(order), rows_of_y(order)
        return [
            (X[for_X[i : i + batch_size]], y[for_y[i : i + batch_size]])
            for i in starts(len(order), batch_size)
        ]

    return batched


def so_many_batches(X, y, batch_size, order):
    """`batch_size` taken for the number of batches."""
    return [(X[rows], y[rows]) for rows in np.array_split(order, batch_size)]


def one_too_many(X, y, batch_size, order):
    """`N // batch_size + 1` batches, the last of which is empty where the division has no rest."""
    return cut(starts=lambda n, size: range(0, n // size * size + 1, size))(X, y, batch_size, order)


def first_only(X, y, batch_size, order):
    """A `return` inside the loop."""
    return iterate_minibatches(X, y, batch_size, order)[:1]


def in_place(order):
    """The rows as they stand, whatever the order says."""
    return np.arange(len(order))


def order_that_tells(rng, n):
    """An order that is neither its own inverse nor the one of the rows, in its first three places."""
    while True:
        order = rng.permutation(n)
        differs = np.concatenate([order[:3] != np.argsort(order)[:3], order[:3] != np.arange(n)[:3]])
        if differs.all():
            return order


def batch_cases(rng):
    """A rest in the last batch, no rest, and a batch that is larger than the data."""
    sizes = {"7 examples by 3": (7, 3), "6 examples by 3": (6, 3), "5 examples, batch_size 8": (5, 8)}
    cases = []
    for name, (n, size) in sizes.items():
        y = rng.permutation(n) + 1.0  # all different, so that a label tells whose it is
        cases.append(Case(name, (normal(rng, n, 4), y, size, order_that_tells(rng, n)), {"N": n, "D": 4}))
    return cases


EXERCISE = Exercise(
    id="06.2",
    name="iterate_minibatches",
    points=2,
    title="Cut the data into batches",
    kind="write",
    returns=("batch_sizes", "rows_of_X", "rows_of_y"),
    reference=iterate_minibatches,
    cases=batch_cases,
    drive=batches,
    mistakes=(
        Mistake(
            "M70",
            cut(rows_of_y=in_place),
            message="X comes in the given order and y does not: from the first batch on, the examples have the labels of others. One "
            "order for both, else there is nothing to learn in the pairs. (A loss does not say so; it settles on a guess.)",
        ),
        Mistake(
            "M70b",
            cut(rows_of_X=in_place, rows_of_y=lambda order: order),
            message="y comes in the given order and X does not, so that examples and labels are no longer pairs. Take the rows "
            "`order[i:i + batch_size]` of both.",
        ),
        Mistake(
            "M176",
            cut(starts=lambda n, size: range(0, n - size + 1, size)),
            documented={"batch_sizes shape": (2,)},
            message='On the case "{case}" the last batch is missing: it is smaller than the others, and it was dropped with the examples in '
            "it. A slice that reaches beyond the end simply stops there, so the rest is a batch like any other, Eq. (6.3).",
        ),
        Mistake(
            "M177",
            cut(rows_of_X=in_place),
            documented={"rows_of_X rel": 0.74},
            message="Your pairs are intact, and they come in the order of the rows: `order` was not used. It says which example comes "
            "first, which second, and so on; a loop that shuffles draws a new one for every epoch.",
        ),
        Mistake(
            "M178",
            cut(rows_of_X=np.argsort),
            documented={"rows_of_X rel": 0.77},
            message="Your pairs are intact, but they come in the inverse order: you sent row 0 to place order[0]. `order` is a list of rows to "
            "take: first row order[0], then row order[1], which is `X[order[...]]`.",
        ),
        Mistake(
            "M179",
            cut(starts=lambda n, size: range(n)),
            message='Your window moves on by one example, so the batches overlap and there are {N} of them on the case "{case}". '
            "The next batch begins where the last one ended: i = 0, B, 2B, …",
        ),
        Mistake(
            "M291",
            so_many_batches,
            message="You made `batch_size` batches, and it means something else: how many examples are in one. How many batches there "
            "are follows from it.",
        ),
        Mistake(
            "M351",
            one_too_many,
            message='On the case "{case}" your last batch is empty: {N} examples by {batch_size} leave no rest. N // B + 1 counts one batch '
            "too many where the division comes out even; range(0, N, B) does not.",
        ),
        Mistake(
            "M352",
            first_only,
            message="You return one batch, the first, and it is right. The others are missing: does `return` stand inside the loop? It "
            "ends the function at once, so it belongs behind the loop.",
        ),
    ),
    hints=(
        "Walk along `order` in strides of batch_size. Each stretch of it is a list of row numbers, and X and y are asked for the same ones.",
        "rows = order[i : i + B] for i = 0, B, 2B, …; a batch is (X[rows], y[rows]), Eq. (6.3).",
        "out = []\nfor i in range(0, len(order), ...):\n    rows = order[i : ...]\n    out.append((..., ...))\nreturn out",
    ),
)
