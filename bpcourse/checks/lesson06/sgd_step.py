"""06.1: one step of gradient descent, Eq. (6.1)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def sgd_step(params, grads, lr):
    """One step of gradient descent, Eq. (6.1), into a new dict."""
    return {name: params[name] - lr * grads[name] for name in params}


def stepped(rule):
    """`sgd_step` with another rule for every array."""
    return lambda params, grads, lr: {name: rule(params[name], grads[name], lr) for name in params}


def steps_in_place(params, grads, lr):
    """The caller's arrays are changed."""
    for name in params:
        params[name] -= lr * grads[name]
    return params


def steps_and_returns_nothing(params, grads, lr):
    """As an optimiser of a library does it, without a return."""
    steps_in_place(params, grads, lr)


def step_cases(rng):
    """A rate that is not 1, parameters that are not 1; and a gradient of zeros, where nothing may move."""
    shapes = {"W": (4, 5), "b": (5,)}
    params = {name: normal(rng, *shape) for name, shape in shapes.items()}
    grads = {name: normal(rng, *shape) for name, shape in shapes.items()}
    zeros = {name: np.zeros(shape) for name, shape in shapes.items()}
    return [
        Case("random gradients", (params, grads, 0.375), {"D": 4, "H": 5}),
        Case("a gradient of zeros", (params, zeros, 0.375), {"D": 4, "H": 5}),
    ]


EXERCISE = Exercise(
    id="06.1",
    name="sgd_step",
    points=2,
    title="Take one step downhill",
    kind="write",
    returns=("W", "b"),
    reference=sgd_step,
    cases=step_cases,
    mistakes=(
        Mistake(
            "M21",
            stepped(lambda p, g, lr: p + lr * g),
            message="Your step goes uphill: it adds the gradient. A gradient points to where the loss grows, so a step that lowers the "
            "loss is taken against it, Eq. (6.1). (The article adds, because its error, target − prediction, has the minus inside.)",
        ),
        Mistake(
            "M171",
            steps_in_place,
            message="The numbers are right. But after the call the `params` that you were given hold the new numbers, and the old "
            "ones are gone. Three ways lead there: `-=` on an array of `params`; `params[name] = …`; and `params.copy()` followed by `-=`, "
            "because it copies the dict and not the arrays in it. Start with an empty dict, and put new arrays into it.",
        ),
        Mistake(
            "M172",
            stepped(lambda p, g, lr: p - g),
            documented={"W rel": 0.25, "W cos": 0.93, "b rel": 0.5, "b cos": 0.65},
            message="Your step is the whole gradient; the learning rate {lr} is not used. So it is printed in the article, "
            "where the η was lost. Eq. (6.1) has it: how far to go is the reader's choice, not the gradient's.",
        ),
        Mistake(
            "M173",
            stepped(lambda p, g, lr: -lr * g),
            documented={"W rel": 0.72, "W cos": 0.5, "b rel": 0.68, "b cos": 0.14},
            message="You returned the step alone, −η ∂L/∂W. Eq. (6.1) asks for where the step leads: the old parameters, plus this step.",
        ),
        Mistake(
            "M174",
            lambda params, grads, lr: {"W": params["W"] - lr * grads["W"], "b": params["b"].copy()},
            documented={"b rel": 0.29, "b cos": 0.84},
            message="W is right, and b did not move: your step takes the weights only. A bias is a parameter like any other, Eq. (6.1). "
            "(On XOR you would not notice: with frozen biases the loss falls as well.)",
        ),
        Mistake(
            "M175",
            stepped(lambda p, g, lr: p - lr * g * p),
            documented={"W rel": 0.2, "W cos": 0.93, "b rel": 0.4, "b cos": 0.79},
            message="Your step is multiplied by the parameter itself: a weight of 0 could never move, and a negative one would climb. "
            "In Eq. (6.1) the step is the rate times the gradient, whatever the parameter is.",
        ),
        Mistake(
            "M290",
            steps_and_returns_nothing,
            message="Your function returns None, and it changes the caller's params. Many libraries step that way; here the old "
            "parameters stay as they were and a new dict is returned: `p - lr * g` for every name.",
        ),
        Mistake(
            "M348",
            stepped(lambda p, g, lr: p - 0.1 * g),
            message="Your step is 0.1 times the gradient, and `lr` is {lr} here. The learning rate comes in as an argument; use that, Eq. (6.1).",
        ),
        Mistake(
            "M348b",
            stepped(lambda p, g, lr: p - 0.01 * g),
            message="Your step is 0.01 times the gradient, and `lr` is {lr} here. The learning rate comes in as an argument; use that, Eq. (6.1).",
        ),
        Mistake(
            "M349",
            stepped(lambda p, g, lr: p - g / lr),
            message="Your step is the gradient divided by the learning rate, so a small rate makes long steps. In Eq. (6.1) the rate multiplies.",
        ),
        Mistake(
            "M350",
            stepped(lambda p, g, lr: lr * (p - g)),
            message="Your learning rate multiplies the old parameter as well. In Eq. (6.1) it multiplies the gradient alone: mind the brackets.",
        ),
    ),
    hints=(
        "The gradient points uphill. Go the other way, by a distance that the learning rate sets, and do so for every array in the dict.",
        "For each name: new = params[name] − lr · grads[name], Eq. (6.1), in a dict of its own.",
        "new = {}\nfor name in params:\n    new[name] = ...\nreturn new",
    ),
)
