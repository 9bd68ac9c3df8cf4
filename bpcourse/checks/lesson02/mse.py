"""02.1: the mean squared error, Eq. (2.1)."""

from __future__ import annotations

import numpy as np

from ...losses import mean_squared_error
from ..draws import normal
from ..exercise import Case, Exercise, Mistake
from .tables import registered


def mse(y_hat, y):
    """Mean squared error, Eq. (2.1), of one prediction an example in either shape."""
    return mean_squared_error(np.ravel(y_hat), np.ravel(y))


def mse_cases(rng):
    """(N, 1) against (N,) makes a table of N by N; one example hides that, and hides the sum."""
    shapes = {
        "y_hat of shape (7, 1) and y of shape (7, 1)": ((7, 1), (7, 1)),
        "y_hat of shape (7, 1) and y of shape (7,)": ((7, 1), (7,)),
        "y_hat of shape (5,) and y of shape (5, 1)": ((5,), (5, 1)),
        "a single example": ((1, 1), (1,)),
    }
    return [
        Case(name, (normal(rng, *first), normal(rng, *second)), {"N": first[0]})
        for name, (first, second) in shapes.items()
    ]


DIFFERENCES = {  # ŷ − y, where the shapes are not made one
    "M06": lambda y_hat, y: y_hat - y,
    "M06b": lambda y_hat, y: y_hat - y,
    "M06c": lambda y_hat, y: y_hat - y.reshape(-1, 1),
    "M06d": lambda y_hat, y: y_hat - y.ravel(),
    "M06e": lambda y_hat, y: y_hat.ravel() - y,
}


INSTEAD = {  # what stands in the place of (ŷ − y)²
    "M400": lambda y_hat, y: y_hat**2 - y**2,
    "M401": lambda y_hat, y: y_hat - y**2,
    "M402": lambda y_hat, y: y_hat - y,
    "M402b": lambda y_hat, y: (y_hat - y) * 2,
    "M402c": lambda y_hat, y: 2 * (y_hat - y) ** 2,
    "M403": lambda y_hat, y: (y_hat - y) ** 2 * len(y) / 2,
    "M403b": lambda y_hat, y: (y_hat - y) ** 2 * len(y) / 4,
}


def mse_variant(*faults):
    """`mse` with these mistakes made."""
    different = next((DIFFERENCES[f] for f in faults if f in DIFFERENCES), lambda a, b: a.ravel() - b.ravel())

    def loss(y_hat, y):
        N, on = len(y), set(faults).__contains__
        if sum(f in INSTEAD for f in faults):
            E = INSTEAD[next(f for f in faults if f in INSTEAD)](y_hat.ravel(), y.ravel())
            return np.sum(E) / (1 if on("M07") else N) / (2 if on("M08") else 1)
        E = different(y_hat, y)
        if on("M96"):
            return np.mean(E) ** 2
        cost = np.abs(E) if on("M95") else E**2
        if on("M212b"):
            return cost
        share = N if on("M06b") else N - 1 if on("M97") else cost.size
        total = np.sum(cost) / (1 if on("M07") else share) / (2 if on("M08") else 1)
        return np.sqrt(total) if on("M94") else total

    return loss


def mse_loop(y_hat, y):
    """A loop over the examples that never takes a number out of its array."""
    return sum((y_hat[n] - y[n]) ** 2 for n in range(len(y))) / len(y)


def message_half_flat(facts):
    """Which shapes still met each other, after one of the two was changed."""
    return (
        f"You gave one of the two another shape, and it still does not always fit: with y_hat of shape {facts['y_hat'].shape} and y of shape "
        f"{facts['y'].shape} your difference is a table of {facts['N']} by {facts['N']}. Either of them may come as (N, 1) or as (N,), so flatten both: "
        "`.ravel()` leaves (N,) as it is."
    )


TABLE = (
    "Where both shapes agree you are right. But where y_hat has shape (7, 1) and y has shape (7,), your difference has shape (7, 7): "
    "NumPy paired every one of the 7 predictions with every one of the 7 targets. "
)
HALF_FLAT = "one of the two shapes is left as it came, and the difference is a table of N by N"

SAID = {
    "M06": (
        "the difference of (N, 1) and (N,) is a table of N by N",
        TABLE + "Give both the same shape before you subtract; the lesson shows the table, below Eq. (2.1).",
    ),
    "M06b": (
        "the difference of (N, 1) and (N,) is a table of N by N",
        TABLE
        + "The sum then has 7 times as many terms as Eq. (2.1). Give both the same shape before you subtract.",
    ),
    "M06c": (HALF_FLAT, message_half_flat),
    "M06d": (HALF_FLAT, message_half_flat),
    "M06e": (HALF_FLAT, message_half_flat),
    "M07": (
        "the squares are summed, not averaged",
        "Your loss grows with the batch: for the {N} examples it is {N} times what it should be. Eq. (2.1) takes the *mean* of the squares, "
        "so the same batch written twice costs the same.",
    ),
    "M08": (
        "there is a ½ in front that Eq. (2.1) does not have",
        "Exactly half. Some books put ½ in front of the square, to lose a factor 2 later. Eq. (2.1) does not: it is the mean of the "
        "squares as they are.",
    ),
    "M94": (
        "the root is taken at the end",
        "You took the square root of the mean (the RMSE). It is in the units of ŷ, and some reports quote it; the loss of this course, "
        "Eq. (2.1), is the mean of the squares itself.",
    ),
    "M95": (
        "the errors' sizes are averaged, not their squares",
        "You averaged the sizes |ŷ − y|. Eq. (2.1) averages their squares, which makes one large error cost more than several small ones.",
    ),
    "M96": (
        "the mean is taken before the square, so errors of opposite sign cancel",
        "You averaged the errors first and squared then. Errors of opposite sign cancel that way: ŷ − y = 1 and −1 would "
        "cost nothing. Square each error first, Eq. (2.1).",
    ),
    "M97": (
        "it is divided by N − 1",
        "You divided by N − 1, as for a variance that is estimated from a sample (and one example alone gives a division by 0). "
        "Eq. (2.1) is a plain mean over all N examples.",
    ),
    "M400": (
        "prediction and target are squared before they are subtracted",
        "You squared the prediction and the target, and subtracted then. ŷ² − y² is not (ŷ − y)²: with ŷ = −1 and y = 1 it is 0, though the error is 2. Subtract "
        "first, then square, Eq. (2.1).",
    ),
    "M401": (
        "only the target is squared: the brackets are missing",
        "Only the target was squared. `**` binds more tightly than `-`, so the difference needs brackets: `(… - …) ** 2`, Eq. (2.1).",
    ),
    "M402": (
        "the errors are not squared",
        "This is the mean of the errors as they are. Errors of opposite sign cancel in it, and it may even be negative. Square each error first, Eq. (2.1).",
    ),
    "M402b": (
        "the errors are doubled, not squared",
        "The errors are multiplied by 2 and not squared: `* 2` doubles, `** 2` squares. Eq. (2.1) takes the mean of the squares.",
    ),
    "M402c": (
        "there is a 2 in front that Eq. (2.1) does not have",
        "Exactly twice. The 2 in front of the error belongs to the *slope* of the square, Eq. (2.2). The loss, Eq. (2.1), is the mean of the squares as they are.",
    ),
    "M403": (
        "the sum is divided by 2, whatever N is",
        "Your loss is half the sum of the squares, whatever the number of examples. In the example N is 2, and 2 is not N elsewhere: take the mean over the "
        "{N} examples that came, Eq. (2.1).",
    ),
    "M403b": (
        "the sum is divided by 4, whatever N is",
        "Your loss is a quarter of the sum of the squares, whatever the number of examples. The lesson has four examples; your function may get any number. Take the "
        "mean over the {N} that came, Eq. (2.1).",
    ),
    "M212b": (
        "the mean is not taken",
        "Your answer has shape {got.shape}: it holds the squared errors, one beside the other. A loss is one number, their mean, Eq. (2.1).",
    ),
}

DOCUMENTED = {
    "M07": {"factor": "N"},
    "M08": {"factor": "1/2"},
    "M94": {"ratio": 0.682},
    "M95": {"ratio": 0.587},
    "M96": {"ratio": 0.344},
    "M97": {"ratio": 1.17},
}

EXERCISE = Exercise(
    id="02.1",
    name="mse",
    points=1,
    title="Measure how wrong a batch is",
    kind="write",
    returns=("loss",),
    reference=mse,
    cases=mse_cases,
    variants=lambda ids: mse_variant(*ids),
    mistakes=(
        *registered(mse_variant, SAID, DOCUMENTED),
        Mistake(
            "M212",
            mse_loop,
            message="The number is right, but it is still wrapped in an array of shape {got.shape}: `y_hat[n]` is a row, not a number, where y_hat "
            "has shape ({N}, 1). Flatten both with `.ravel()` first, or let `np.mean` take the mean: it adds up everything.",
        ),
    ),
    hints=(
        "An error for each example, squared, and the mean of that. Before you subtract: do both arrays have one shape?",
        "L = (1/N) Σₙ (ŷₙ − yₙ)², Eq. (2.1). `.ravel()` turns (N, 1) into (N,) and leaves (N,) alone.",
        "error = y_hat.ravel() - ...\nreturn np.mean(...)",
    ),
)
