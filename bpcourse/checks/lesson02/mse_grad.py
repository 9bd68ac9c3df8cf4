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


WHOLE = {  # wrong as a whole, so they make no pairs
    "M235": lambda y_hat, y, N: y_hat - y,
    "M235b": lambda y_hat, y, N: y - y_hat,
    "M404": lambda y_hat, y, N: (y_hat - y) / 2,
    "M405": lambda y_hat, y, N: np.mean((y_hat - y) ** 2),
    "M406": lambda y_hat, y, N: 2 * (y_hat - y) ** 2 / N,
    "M407": lambda y_hat, y, N: 2 * np.abs(y_hat - y) / N,
    "M409": lambda y_hat, y, N: 2 * (y_hat - y).ravel() / N,
    "M408": lambda y_hat, y, N: 2 * y_hat - y / N,
    "M408b": lambda y_hat, y, N: (2 * y_hat - y) / N,
    "M408c": lambda y_hat, y, N: 2 * (y_hat - y / N),
}


def mse_grad_variant(*faults):
    """`mse_grad` with these mistakes made."""
    if len(faults) > 1 and set(faults) & set(WHOLE):
        return None

    def grad(y_hat, y):
        N, on = len(y), set(faults).__contains__
        if any(map(on, WHOLE)):
            return WHOLE[next(filter(on, WHOLE))](y_hat, y, N)
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
        "You returned one number, the sum of all the slopes (a mean of 2(ŷ − y) is that sum too). Every prediction can be nudged alone, so each has a slope of its own: "
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
    "M235": (
        "the factor 2/N is missing",
        "Your slopes are the errors themselves, ŷ − y, whatever the number of examples: the factor 2/N of Eq. (2.2) is not in them. If your code says `2 * … / 2`, the "
        "lower 2 is N in the example only; here N is {N}.",
    ),
    "M235b": (
        "the sign is turned around, and the factor 2/N is missing",
        "You returned y − ŷ. Two things: a prediction that is too large has a positive slope, so it is ŷ − y; and the factor 2/N of Eq. (2.2) is not in it.",
    ),
    "M404": (
        "N does not count in it: the slopes are half the errors",
        "Your slopes are half the errors, whatever the number of examples. If your code says `2 * … / 4`, the 4 is N in the lesson only; here N is {N}, and "
        "Eq. (2.2) divides by the number that came.",
    ),
    "M405": (
        "it is the loss, not its slopes",
        "This number is the loss itself, Eq. (2.1). Asked is how it reacts when each prediction is nudged: a slope for each of them, Eq. (2.2), in the shape of "
        "y_hat, {y_hat.shape}.",
    ),
    "M406": (
        "the error is still squared",
        "The 2 has come down, and the square has stayed. Nudge ŷ by h, and (ŷ − y)² moves by 2(ŷ − y)h: the slope holds the error once, Eq. (2.2).",
    ),
    "M407": (
        "the error's sign is lost",
        "All your slopes are positive: the size of the error is there, and its sign is lost. Where the prediction is too small, raising it makes the loss smaller, so the "
        "slope there is negative, Eq. (2.2).",
    ),
    "M409": (
        "the slopes are flat",
        "All the numbers are right, and they are flat: your answer has shape {got.shape}. A slope belongs to each prediction, so the answer has the shape of y_hat, "
        "{y_hat.shape}. Here ŷ and y come in one shape, and nothing has to be flattened.",
    ),
    "M408": (
        "the brackets around ŷ − y are missing",
        "The 2 reached only ŷ, and the N only y: `*` and `/` bind more tightly than `-`. Put the difference in brackets, Eq. (2.2).",
    ),
    "M408b": (
        "the 2 reaches ŷ alone",
        "The 2 reached only ŷ, and not y: `*` binds more tightly than `-`. It multiplies the whole difference, 2(ŷ − y), Eq. (2.2).",
    ),
    "M408c": (
        "the N reaches y alone",
        "Only y was divided by N: `/` binds more tightly than `-`. The whole difference is, 2(ŷ − y)/N, Eq. (2.2).",
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
    "M235": {"factor": "N/2"},
    "M235b": {"factor": "-N/2"},
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
