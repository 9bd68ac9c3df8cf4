"""10.2: back through ReLU, from the pre-activation, Eq. (10.3)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def relu_backward(dA, Z):
    """∂L/∂Z from ∂L/∂A, Eq. (10.3)."""
    return dA * (Z > 0)


def overwrites_z(dA, Z):
    """M29: the negative entries of the caller's Z are set to 0 first."""
    Z[Z < 0] = 0
    return dA * (Z > 0)


def overwrites_the_slope(dA, Z):
    """The caller's dA is set to 0 where the unit was off, and given back."""
    dA[Z <= 0] = 0
    return dA


def asks_once(dA, Z):
    """`if Z > 0`, which a whole table cannot answer."""
    if Z > 0:
        return dA
    return 0 * dA


def relu_cases(rng):
    """Two tables with both signs everywhere, one of them square, and one in which every z is exactly 0."""
    cases = []
    for n, h in ((7, 5), (4, 4)):
        Z, dA = normal(rng, n, h, scale=1.5), normal(rng, n, h)
        Z.flat[0], Z.flat[-1], Z.flat[1] = abs(Z.flat[0]), -abs(Z.flat[-1]), -abs(Z.flat[1])
        dA.flat[0], dA.flat[1] = -abs(dA.flat[0]), abs(dA.flat[1])
        cases.append(Case(f"{n} examples, {h} units", (dA, Z), {"N": n, "H": h}))
    cases.append(Case("every z exactly 0", (normal(rng, 3, 2), np.zeros((3, 2))), {"N": 3, "H": 2}))
    return cases


def message_m27(facts):
    """How many entries were let through, and how many of them belong to units that were off."""
    Z = facts["Z"]
    return (
        f"Your function gives dA back as it came: all {Z.size} entries pass, and {int((Z <= 0).sum())} of those units were off. "
        "(A mask such as `relu(Z) >= 0` is no mask: after ReLU nothing is negative.) Whether a unit was on is decided by what went "
        "into the gate, z > 0, Eq. (10.3)."
    )


EXERCISE = Exercise(
    id="10.2",
    name="relu_backward",
    points=2,
    title="Go back through ReLU",
    kind="write",
    returns=("dZ",),
    reference=relu_backward,
    cases=relu_cases,
    mistakes=(
        Mistake("M27", lambda dA, Z: dA * (np.maximum(Z, 0) >= 0), message=message_m27),
        Mistake(
            "M28",
            lambda dA, Z: dA * np.maximum(Z, 0),
            message="You multiplied by relu(z), the *value* of the gate. What scales dA is its *slope*: 1 where z > 0, however large z is, "
            "and 0 elsewhere, Eq. (10.3).",
        ),
        Mistake(
            "M28b",
            lambda dA, Z: dA * Z,
            message="You multiplied by z itself. What scales dA is the slope of the gate: 1 where z > 0, however large z is, and 0 elsewhere, Eq. (10.3).",
        ),
        Mistake(
            "M29",
            overwrites_z,
            message="The numbers are right, but after your call Z holds no negative entries: you set them to 0 in the caller's array. Whoever "
            "called you still needs Z. Build the mask `Z > 0` and multiply with it.",
        ),
        Mistake(
            "M761",
            lambda dA, Z: dA * (Z > 0) * (dA > 0),
            documented={"rel": 0.53, "cos": 0.56},
            message="Where the unit was on and dA is negative, you return 0. A unit that was on passes slopes of either sign: a negative one says "
            "that a larger z would lower the loss, Eq. (10.3).",
        ),
        Mistake(
            "M762",
            lambda dA, Z: dA * (dA > 0),
            documented={"rel": 0.55, "cos": 0.45},
            message="Your mask looks at the sign of dA. What decides is whether the unit was on in the forward pass: z > 0, Eq. (10.3). The slope "
            "that arrives may have either sign.",
        ),
        Mistake(
            "M763",
            lambda dA, Z: dA * (Z >= 0),
            documented={"rel": 1.0},
            at="every z exactly 0",
            message="Right for every z but one: where z is exactly 0 you let the slope through. At the kink the course takes the slope 0, Eq. (10.3), so "
            "only what is *above* 0 passes. (It matters in practice: a network that starts with weights and biases of 0 has z = 0 everywhere.)",
        ),
        Mistake(
            "M764",
            lambda dA, Z: dA * np.heaviside(Z, 0.5),
            message="Right for every z but one: where z is exactly 0 you let half of the slope through. At the kink the course takes the slope 0, "
            "Eq. (10.3).",
        ),
        Mistake(
            "M765",
            lambda dA, Z: dA * (Z < 0),
            message="Your mask is turned around: it keeps what belongs to units that were off, and stops what belongs to those that were on. A unit "
            "passes the slope on where z > 0, Eq. (10.3).",
        ),
        Mistake(
            "M766",
            lambda dA, Z: (Z > 0).astype(float),
            message="That is the slope of the gate itself, 1 or 0, and dA has no part in it. Along a path we multiply, Eq. (3.1): the slope that "
            "arrives, times the slope of the gate, Eq. (10.3).",
        ),
        Mistake(
            "M767",
            lambda dA, Z: np.maximum(Z, 0),
            message="That is the forward pass, relu(Z): your answer does not depend on dA. The way back multiplies dA by the slope of the gate, "
            "Eq. (10.3).",
        ),
        Mistake(
            "M767b",
            lambda dA, Z: Z * (dA > 0),
            message="The two have changed places: your function lets Z through where dA > 0. It is dA that travels, and Z that decides, Eq. (10.3).",
        ),
        Mistake(
            "M768",
            lambda dA, Z: dA * np.sign(Z),
            message="Where the unit was off, you return −dA. Below 0 the curve of ReLU is flat, so its slope there is 0, not −1, Eq. (10.3).",
        ),
        Mistake(
            "M769",
            lambda dA, Z: dA * np.where(Z > 0, 1, 0.01),
            message="Where the unit was off, one per cent of dA gets through. That is leaky ReLU, which the lesson shows as a remedy; ReLU itself lets "
            "nothing through, Eq. (10.3).",
        ),
        Mistake(
            "M770",
            overwrites_the_slope,
            message="The numbers are right, but they stand in the caller's own dA: you set entries of it to 0. Whoever called you may still need it. "
            "`dA * (Z > 0)` makes a new array.",
        ),
        Mistake(
            "M771",
            lambda dA, Z: dA[Z > 0],
            message="`dA[Z > 0]` picks the entries that pass and drops the others, so the table becomes a list. δ has the shape of Z: the "
            "entries that do not pass are 0, and stay where they are.",
        ),
        Mistake(
            "M772",
            asks_once,
            message="`if Z > 0` asks a whole table for one answer. Each entry has its own: `Z > 0` alone is a table of True and False, and "
            "multiplies as 1 and 0.",
        ),
    ),
    hints=(
        "A unit that was on passes on what it gets. A unit that was off passes on nothing.",
        "dZ = dA ⊙ [z > 0], Eq. (10.3): the bracket is 1 where it holds, and 0 where not.",
        "return dA * (...)",
    ),
)
