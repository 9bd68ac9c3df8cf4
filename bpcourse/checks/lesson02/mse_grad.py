"""02.2: the slope of the mean squared error, Eq. (2.2)."""

from __future__ import annotations

import numpy as np

from ...losses import mean_squared_error_backward
from ..draws import normal
from ..exercise import Case, Exercise
from .tables import registered


def mse_grad(y_hat, y):
    """Slopes of the mean squared error in the predictions, Eq. (2.2)."""
    return mean_squared_error_backward(y_hat, y)


def mse_grad_cases(rng):
    """Two odd sizes: with N = 2 the factors 2 and N are one number, with N = 4 so are 1/4 and 1/N."""
    return [Case(f"{n} examples", (normal(rng, n, 1), normal(rng, n, 1)), {"N": n}) for n in (7, 5)]


def mse_grad_variant(*faults):
    """`mse_grad` with these mistakes made."""

    def grad(y_hat, y):
        N, on = len(y), set(faults).__contains__
        E = y_hat - (np.ravel(y) if on("M06") else y)
        E = -E if on("M21") else E
        size = (1 if on("M08") else 0.5 if on("M100") else 2) / (1 if on("M07") else N)
        if on("M99"):
            return E / N / np.sqrt(np.mean(E**2))
        slope = size * (E**2 / 2 if on("M213") else np.sign(E) / 2 if on("M214") else E)
        return np.sum(slope) if on("M98") else slope

    return grad


SAID = {
    "M06": (
        "every prediction is paired with every target",
        "Your answer has shape {got.shape}: it holds a slope for every prediction paired with every target. ŷ and y are both ({N}, 1) here; "
        "keep them so, and subtract row from row, Eq. (2.2).",
    ),
    "M07": (
        "the 1/N of the mean is missing",
        "Every slope is exactly {N} times too large, and {N} is the number of examples. Each prediction has only a 1/N share in the mean, "
        "so the 1/N stays in its slope, Eq. (2.2).",
    ),
    "M08": (
        "the factor 2 of the square is missing",
        "Right direction, half the size: every entry is exactly ½ of the slope. Nudge the square (ŷ − y)² and see how much it moves: "
        "its slope is 2(ŷ − y), Eq. (2.2).",
    ),
    "M21": (
        "the sign is turned around: it is ŷ − y",
        "Exactly the negative in every entry: you took y − ŷ. Where the prediction is too large, raising it makes the loss *larger*, so the slope "
        "there is positive, Eq. (2.2).",
    ),
    "M98": (
        "the slopes are added up, while each prediction has its own",
        "You returned one number, the sum or mean of all the slopes. Every prediction can be nudged alone, so each has a slope of its own: "
        "the answer has the shape of y_hat, {y_hat.shape}.",
    ),
    "M99": (
        "it is divided by the root of the loss",
        "This is the slope of the *root* of the mean squared error: you divided by that root. The loss of Eq. (2.1) has no root, so its "
        "slope, Eq. (2.2), has none either.",
    ),
    "M100": (
        "the 2 stands below the line, and it belongs above",
        "Every entry is exactly a quarter: your 2 stands below the line, and it belongs above. The slope of a square is 2(ŷ − y), and the mean "
        "divides by N alone, Eq. (2.2).",
    ),
    "M213": (
        "it holds the squared errors, not their slopes",
        "These are the squared errors over N, the share that each example has in the *loss*. Asked is how the loss reacts when a prediction is nudged: "
        "the slope of the square, Eq. (2.2).",
    ),
    "M214": (
        "only the sign of the error is left",
        "Your slopes all have the same size, and only the sign of the error is left: that is the slope of the mean of |ŷ − y|. With squares the slope "
        "grows with the error, Eq. (2.2).",
    ),
}

DOCUMENTED = {
    "M06": {"shape": (7, 7)},
    "M07": {"factor": "N"},
    "M08": {"factor": "1/2"},
    "M21": {"factor": "-1"},
    "M98": {"shape": ()},
    "M99": {"ratio": 0.341},
    "M100": {"factor": "1/4"},
}

EXERCISE = Exercise(
    id="02.2",
    name="mse_grad",
    points=2,
    title="Find how the loss answers to each prediction",
    kind="write",
    returns=("dL/dŷ",),
    reference=mse_grad,
    cases=mse_grad_cases,
    variants=lambda ids: mse_grad_variant(*ids),
    mistakes=registered(mse_grad_variant, SAID, DOCUMENTED),
    hints=(
        "Nudge one prediction and hold the others. Only one of the N squares in the mean moves. By how much, per unit?",
        "∂L/∂ŷ = 2(ŷ − y)/N, Eq. (2.2): one entry for each prediction, none summed.",
        "N = len(y)\nreturn 2 * (...) / ...",
    ),
)
