"""04.2: the error, carried back through one layer, Eq. (4.3)."""

from __future__ import annotations

import numpy as np

from ...activations import sigmoid
from ..draws import normal
from ..exercise import Case, Exercise, Mistake
from .slopes import slope

SLOPES = {
    "sigmoid": lambda Z, A: A * (1 - A),
    "tanh": lambda Z, A: 1 - A * A,
    "relu": lambda Z, A: (Z > 0).astype(float),
}
SQUASH = {"sigmoid": sigmoid, "tanh": np.tanh, "relu": lambda Z: np.maximum(Z, 0)}


def hidden_delta(dZ2, W2, Z1, A1, activation):
    """δ1, Eq. (4.3): carry δ2 back over W2 and through the activation."""
    return (dZ2 @ W2.T) * SLOPES[activation](Z1, A1)


def with_slopes(**changed):
    """`hidden_delta` with the slope of some activations replaced."""
    table = {**SLOPES, **changed}
    return lambda dZ2, W2, Z1, A1, activation: (dZ2 @ W2.T) * table[activation](Z1, A1)


def every_slope(rule):
    """`hidden_delta` with the same rule whatever the activation is."""
    return with_slopes(sigmoid=rule, tanh=rule, relu=rule)


def overwrites_z(dZ2, W2, Z1, A1, activation):
    """M29: the mask is made by zeroing the caller's Z1."""
    if activation == "relu":
        Z1[Z1 < 0] = 0
    return hidden_delta(dZ2, W2, Z1, A1, activation)


def masks_the_gradient(dZ2, W2, Z1, A1, activation):
    """The ReLU's mask taken from the sign of the gradient that arrives."""
    dA1 = dZ2 @ W2.T
    return dA1 * (dA1 > 0) if activation == "relu" else dA1 * SLOPES[activation](Z1, A1)


def hidden_cases(rng):
    """Three activations by two sets of sizes; `dZ2 @ W2` fits by luck where H = C; for ReLU one z is exactly 0."""
    cases = []
    for activation in SLOPES:
        for n, h, c in ((7, 5, 3), (6, 4, 4)):
            Z1, dZ2, W2 = normal(rng, n, h, scale=1.5), normal(rng, n, c), normal(rng, h, c)
            if activation == "relu":  # 0 where it shows most if it is let through
                Z1.flat[np.argmax(np.abs(dZ2 @ W2.T))] = 0.0
            inputs = (dZ2, W2, Z1, SQUASH[activation](Z1), activation)
            name = f"{activation} with N, H, C = {n}, {h}, {c}"
            cases.append(Case(name, inputs, {"N": n, "H": h, "C": c}))
    return cases


def message_m27(facts):
    """How many units the wrong mask let through, and how many of them were off."""
    Z1 = facts["Z1"]
    return (
        f"For ReLU you let all {Z1.size} entries through, but {int((Z1 <= 0).sum())} of those units were off. (A mask such as "
        "`A1 >= 0` is no mask: after ReLU nothing is negative.) Whether a unit was on is decided by what went into the gate: Z1 > 0."
    )


EXERCISE = Exercise(
    id="04.2",
    name="hidden_delta",
    points=2,
    title="Carry the error back through one layer",
    kind="write",
    returns=("dZ1",),
    reference=hidden_delta,
    cases=hidden_cases,
    mistakes=(
        Mistake(
            "M23",
            lambda dZ2, W2, Z1, A1, activation: dZ2 @ W2.T,
            message="Your dZ1 is still the error at the *activations* of the hidden layer: it has the right shape, but on the case "
            "{case} its cosine with the gradient is only {cos:.2f} (1 would be the same direction). On the way to z it has to pass the activation, "
            "which scales each entry by its local slope, Eq. (4.3).",
        ),
        Mistake(
            "M24",
            with_slopes(sigmoid=lambda Z, A: slope(sigmoid(A)), tanh=lambda Z, A: 1 - np.tanh(A) ** 2),
            message="You squashed twice: A1 is the activation already, and your slope applies the activation to it once more "
            "(the result still points nearly right, cosine {cos:.2f}, so training would hide this). "
            "Take the slope at the z that entered the gate, or from a itself: a(1 − a), Eq. (3.3).",
        ),
        Mistake(
            "M25",
            with_slopes(sigmoid=lambda Z, A: Z * (1 - Z), tanh=lambda Z, A: 1 - Z * Z),
            message="You put Z1 where the activation belongs: a(1 − a) and 1 − a² are the slopes written with a = A1, "
            "the value that left the gate, Eq. (3.3). With z they mean nothing, and can even be negative.",
        ),
        Mistake(
            "M25b",
            with_slopes(sigmoid=lambda Z, A: Z * (1 - Z)),
            message="The tanh and ReLU cases are right. For σ you put Z1 where the activation belongs: the slope is a(1 − a) with a = A1, the "
            "value that left the gate, Eq. (3.3). With z it can even be negative.",
        ),
        Mistake(
            "M25c",
            with_slopes(tanh=lambda Z, A: 1 - Z * Z),
            message="The σ and ReLU cases are right. For tanh you put Z1 where the activation belongs: the slope is 1 − a² with a = A1, the "
            "value that left the gate.",
        ),
        Mistake(
            "M237",
            with_slopes(sigmoid=SLOPES["tanh"], tanh=SLOPES["sigmoid"]),
            message="The ReLU cases are right. The slopes of σ and tanh have changed places: σ has a(1 − a), tanh has 1 − a².",
        ),
        Mistake(
            "M238",
            with_slopes(relu=lambda Z, A: (Z < 0).astype(float)),
            message="For ReLU your mask keeps the units that were off and stops those that were on. A unit passes on what it gets where "
            "Z1 > 0.",
        ),
        Mistake(
            "M26",
            with_slopes(tanh=lambda Z, A: 1 - A),
            message="The sigmoid and ReLU cases are right. For tanh the square is missing: its slope is 1 − a², not 1 − a.",
        ),
        Mistake(
            "M26b",
            with_slopes(tanh=lambda Z, A: (1 - A) ** 2),
            message="The sigmoid and ReLU cases are right. For tanh you squared 1 − a; its slope is 1 − a², where only a is squared.",
        ),
        Mistake(
            "M27",
            with_slopes(relu=lambda Z, A: (A >= 0).astype(float)),
            message=message_m27,
        ),
        Mistake(
            "M239",
            with_slopes(relu=lambda Z, A: (Z >= 0).astype(float)),
            message="For ReLU you let one entry too many through on each case: the one where Z1 is exactly 0. The slope is 1 where z > 0, and 0 at z = 0 as "
            "well as below: what passes has `Z1 > 0`, and what is set to 0 has `Z1 <= 0`.",
        ),
        Mistake(
            "M28",
            with_slopes(relu=lambda Z, A: np.maximum(Z, 0)),
            message="For ReLU you multiplied by relu(z) itself. That is its value; its slope is 1 where z > 0 and 0 elsewhere.",
        ),
        Mistake(
            "M29",
            overwrites_z,
            message="The numbers are right, but after your call Z1 holds no negative entries: you zeroed the caller's array in place. "
            "Whoever called you still needs Z1. Build the mask `Z1 > 0` and multiply with it.",
        ),
        Mistake(
            "M32",
            lambda dZ2, W2, Z1, A1, activation: (dZ2 @ W2) * SLOPES[activation](Z1, A1),
            documented={"cos": 0.48},
            message="On the case where H = C = 4 your product dZ2 @ W2 fits by luck, elsewhere NumPy refuses it. The forward pass went "
            "from H units to C outputs through W2; the way back runs from C to H, through its transpose, Eq. (4.3).",
        ),
        Mistake(
            "M236",
            lambda dZ2, W2, Z1, A1, activation: (W2 @ dZ2) * SLOPES[activation](Z1, A1),
            message="`W2 @ dZ2` is the order for a single example, whose δ is a vector. In a batch the rows of dZ2 are examples, so δ stands "
            "on the left, and each row meets W2 transposed, Eq. (4.3).",
        ),
        Mistake(
            "M37",
            lambda *inputs: hidden_delta(*inputs) / len(inputs[0]),
            documented={"factor": "1/N"},
            message="Every entry is exactly 1/{N} of the gradient, and {N} is the number of examples. The 1/N of the loss is in dZ2 "
            "already; layer 1 inherits it and must not divide again.",
        ),
        Mistake(
            "M133",
            every_slope(SLOPES["sigmoid"]),
            documented={"rel": 0.83, "cos": -0.32},
            at="tanh with N, H, C = 7, 5, 3",
            message="The sigmoid cases are right. Your slope a(1 − a) is used for the other activations too: tanh has 1 − a², and "
            "ReLU has 1 where z > 0 and 0 elsewhere. The argument `activation` says which one it is.",
        ),
        Mistake(
            "M134",
            every_slope(lambda Z, A: A),
            documented={"rel": 0.44, "cos": 0.94},
            message="You multiplied by the activation A1 itself. What scales the error on its way back is the *slope* of the "
            "activation: how much a moves when z moves, Eq. (3.3).",
        ),
        Mistake(
            "M135",
            masks_the_gradient,
            documented={"rel": 0.47, "cos": 0.59},
            at="relu with N, H, C = 7, 5, 3",
            message="For ReLU your mask looks at the sign of the gradient that arrives. A unit passes gradients of either sign; "
            "what decides is whether the unit was on in the forward pass: Z1 > 0.",
        ),
    ),
    hints=(
        "Each hidden unit is billed by every output it fed, in proportion to the weight between them. Then the bill passes the gate.",
        "dA1 = dZ2 @ W2.T adds up the bills; dZ1 = dA1 * (slope of the activation), Eq. (4.3). Slopes: σ: a(1 − a); tanh: 1 − a²; ReLU: 1 where z > 0.",
        'dA1 = dZ2 @ ...\nif activation == "sigmoid":\n    return dA1 * ...\nif activation == "tanh":\n    return dA1 * ...\n'
        "return dA1 * (... > 0)",
    ),
)
