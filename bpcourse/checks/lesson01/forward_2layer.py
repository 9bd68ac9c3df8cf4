"""01.4: a network of two layers, Eq. (1.4)."""

from __future__ import annotations

import numpy as np

from ...activations import sigmoid
from ..draws import normal
from ..exercise import Case, Exercise, Mistake
from .biases import spread


def falling(z):
    """σ(−z)."""
    return sigmoid(-z)


def steep(z):
    """σ(2z)."""
    return sigmoid(2 * z)


# Wrong answers to 01.2 that a learner may bring along: the function, and what it is.
OWN_SQUASHES = {
    "M319": (falling, "σ(−z), which falls where σ rises"),
    "M320": (np.tanh, "tanh"),
    "M321": (lambda z: 1 + np.exp(-z), "1 + e^−z, not 1 divided by it"),
    "M322": (steep, "σ(2z), twice as steep as σ"),
    "M323": (lambda z: sigmoid(np.abs(z)), "σ(|z|), which is right for z ≥ 0 only"),
    "M324": (lambda z: sigmoid(-np.abs(z)), "σ(−|z|), which is right for z ≤ 0 only"),
}


def forward_variant(*faults):
    """The forward pass of Eq. (1.4) with these mistakes made, each at the line where a learner makes it."""

    def run(X, W1, b1, W2, b2):
        on = set(faults).__contains__
        squash = next((f for id, (f, _) in OWN_SQUASHES.items() if on(id)), sigmoid)
        Z1 = X @ W1 + (0 if on("M03") or on("M203") else b1)
        A1 = Z1 if on("M210") else squash(squash(Z1)) if on("M325") else squash(Z1)
        fed = Z1 if on("M86") else X if on("M328") else A1
        bias = 0 if on("M03") or on("M89") else b1 if on("M326") else b2
        Z2 = fed @ (W1 if on("M327") else W2) + bias
        if on("M04"):
            Z2 = squash(Z2)
        A2 = Z2 if on("M209") else squash(squash(Z2)) if on("M04b") else squash(Z2)
        return A1 if on("M87") else Z1, A1, A2 if on("M88") else Z2, A2

    return run


forward_2layer = forward_variant()


def forward_cases(rng):
    """All sizes different, and a square case; biases that are not zero."""
    cases = []
    for name, (n, d, h, c) in {
        "N, D, H, C = 7, 4, 5, 3": (7, 4, 5, 3),
        "the square case": (4, 4, 4, 4),
    }.items():
        weights = (normal(rng, d, h), spread(normal(rng, h)), normal(rng, h, c), spread(normal(rng, c)))
        cases.append(Case(name, (normal(rng, n, d), *weights), {"N": n, "D": d, "H": h, "C": c}))
    return cases


MESSAGES = {
    "M03": "Both biases are missing: Z1 should be X @ W1 + b1, and Z2 should be A1 @ W2 + b2, Eq. (1.4). For an example of zeros your Z1 is 0.",
    "M203": "b1 is missing: Z1 should be X @ W1 + b1, Eq. (1.4). What follows is computed rightly, from a wrong Z1.",
    "M89": "Z1 and A1 are right. b2 is missing: Z2 should be A1 @ W2 + b2, Eq. (1.4).",
    "M86": "Z1 and A1 are right. Your second layer was fed Z1, and the squash in the middle is skipped: such a network is one affine layer, "
    "as lesson 01 shows. It should be fed A1, Eq. (1.4).",
    "M210": "Z1 is right. Your A1 is Z1 again: the squash of the hidden layer is missing, A1 = σ(Z1), Eq. (1.4). Without it two layers are one.",
    "M87": "A1, Z2 and A2 are right. Under the name Z1 you return A1. The backward pass will want both: z before the squash, and a after it.",
    "M88": "Z1, A1 and A2 are right. Under the name Z2 you return A2. Keep both: Z2 before the squash, A2 after it.",
    "M209": "Z1, A1 and Z2 are right. Your A2 is Z2 again: the squash at the output is missing, A2 = σ(Z2), Eq. (1.4).",
    "M04": "Z1 and A1 are right. Your Z2 is squashed already, and then σ is applied once more, so A2 stays between 0.5 and 0.74. Z2 is the value "
    "before the squash; one σ leads to A2, Eq. (1.4).",
    "M04b": "Z1, A1 and Z2 are right. A2 is squashed twice, σ of σ, and stays between 0.5 and 0.74. One σ leads from Z2 to A2, Eq. (1.4).",
    "M325": "Z1 is right. A1 is squashed twice, σ of σ, and stays between 0.5 and 0.74. One σ leads from Z1 to A1, Eq. (1.4). What follows is "
    "computed rightly, from a wrong A1.",
    "M326": "Z1 and A1 are right. On the square case your Z2 is A1 @ W2 + b1; elsewhere the shapes do not fit. The second layer has a bias of "
    "its own, b2, one number for each output, Eq. (1.4).",
    "M327": "Z1 and A1 are right. On the square case your Z2 is A1 @ W1 + b2; elsewhere the shapes do not fit. The second layer has weights of "
    "its own, W2, which lead from H units to C outputs, Eq. (1.4).",
    "M328": "Z1 and A1 are right. On the square case your Z2 is X @ W2 + b2; elsewhere the shapes do not fit. The second layer gets what the "
    "first one put out: A1, Eq. (1.4).",
    **{
        id: f'Z1 is right. From A1 on the squash is {what}. If you use your own `sigmoid`, see what `check("01.2", sigmoid)` says of it '
        "first; the rest of this function is right."
        for id, (_, what) in OWN_SQUASHES.items()
    },
}

# What is said of each where it is one of two.
CAUSES = {
    "M03": "both biases are missing",
    "M203": "b1 is missing from Z1",
    "M89": "b2 is missing from Z2",
    "M86": "the second layer is fed Z1 in place of A1",
    "M210": "A1 is Z1 again, without its squash",
    "M87": "A1 is returned under the name Z1",
    "M88": "A2 is returned under the name Z2",
    "M209": "A2 is Z2 again, without its squash",
    "M04": "Z2 is squashed already",
    "M04b": "A2 is squashed twice",
    "M325": "A1 is squashed twice",
    "M326": "the second layer adds b1 in place of b2",
    "M327": "the second layer multiplies by W1 in place of W2",
    "M328": "the second layer is fed X in place of A1",
    **{id: f"the squash is {what}" for id, (_, what) in OWN_SQUASHES.items()},
}

DOCUMENTED = {
    "M86": {"Z2 rel": 0.59, "Z2 cos": 0.66, "A2 rel": 0.33, "A2 cos": 0.79},
    "M87": {"Z1 rel": 0.63, "Z1 cos": 0.68},
    "M88": {"Z2 rel": 0.72, "Z2 cos": 0.38},
    "M89": {"Z2 rel": 0.49, "Z2 cos": 0.71, "A2 rel": 0.21, "A2 cos": 0.92},
}

EXERCISE = Exercise(
    id="01.4",
    name="forward_2layer",
    points=3,
    title="Run a network of two layers",
    kind="write",
    returns=("Z1", "A1", "Z2", "A2"),
    reference=forward_2layer,
    cases=forward_cases,
    variants=lambda ids: forward_variant(*ids),
    mistakes=tuple(
        Mistake(
            i,
            forward_variant(i),
            message=text,
            cause=CAUSES[i],
            documented=DOCUMENTED.get(i, {}),
        )
        for i, text in MESSAGES.items()
    ),
    hints=(
        "Twice the same: a layer, then a squash. The second layer gets what the first one put out.",
        "Z1 = XW1 + b1, A1 = σ(Z1), Z2 = A1W2 + b2, A2 = σ(Z2), Eq. (1.4). Your `affine` and `sigmoid` are its parts.",
        "Z1 = affine(X, ..., ...)\nA1 = sigmoid(...)\nZ2 = affine(..., W2, b2)\nA2 = ...\nreturn Z1, A1, Z2, A2",
    ),
)
