"""01.2: the function σ, Eq. (1.2), without overflow."""

from __future__ import annotations

import math

import numpy as np

from ...activations import sigmoid
from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def sigmoid_cases(rng):
    """Both signs; ±800, where e^800 is too large for a float; and numbers that are all very negative."""
    return [
        Case("a table of 3 by 4", (normal(rng, 3, 4, scale=2),)),
        Case("numbers from -800 to 800", (np.array([-800.0, -2.0, 0.5, 3.0, 800.0]),)),
        Case("three very negative numbers", (np.array([-12.0, -20.0, -800.0]),)),
    ]


def sigmoid_by_where(z):
    """Both branches for every entry; `np.where` picks afterwards."""
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


EXERCISE = Exercise(
    id="01.2",
    name="sigmoid",
    points=2,
    title="Squash any number into 0 to 1",
    kind="write",
    returns=("a",),
    reference=lambda z: sigmoid(z),
    cases=sigmoid_cases,
    mistakes=(
        Mistake(
            "M05",
            lambda z: 1 / (1 + np.exp(-z)),
            kind="note",
            message="All values are right, so this counts in full. But on the way an e to the power 800 was asked for, too large for a float, and "
            "NumPy warned of an overflow. (In Eq. (1.2) as it stands, that happens at z = −800.) A form that takes exp of negative numbers only, or tanh, stays quiet: see the end of lesson 01.",
        ),
        Mistake(
            "M79",
            lambda z: np.exp(z) / (1 + np.exp(z)),
            message="At z = 800 your answer is not a number (nan): e to the power 800 is infinite for a float, and infinity divided by infinity "
            "has no value. This form is right for negative z; for positive z use 1/(1 + e^−z), Eq. (1.2).",
        ),
        Mistake(
            "M80",
            sigmoid_by_where,
            kind="note",
            message="All values are right, so this counts in full. But on the way NumPy warned of an overflow and of nan. If you use `np.where`: it "
            "computes *both* branches for every entry and picks afterwards. Compute each branch for its own entries, or use tanh.",
        ),
        Mistake(
            "M81",
            lambda z: 1 / (1 + np.exp(z)),
            documented={"rel": 0.56, "cos": 0.39},
            message="Your curve falls where it should rise: what came out is 1/(1 + e^z), which is σ(−z). A sign is turned around, or two "
            "branches are exchanged. Large z should give an answer near 1, Eq. (1.2).",
        ),
        Mistake(
            "M82",
            lambda z: 1 / (1 + np.exp(-np.clip(z, -10, 10))),
            documented={"rel": 0.89},
            at="three very negative numbers",
            message="Clipping z to ±10 avoids the overflow and changes the answer: σ(−12) and σ(−20) come out equal, and far too large. "
            "Where answers are tiny their size still matters. Choose the form by the sign of z instead.",
        ),
        Mistake(
            "M207",
            lambda z: 1 / 1 + np.exp(-z),
            message="What came out is 1 + e^−z, and Eq. (1.2) divides 1 by that. If you wrote `1 / 1 + ...`, Python divides first: put the whole "
            "denominator into parentheses.",
        ),
        Mistake(
            "M208",
            lambda z: np.tanh(z),
            message="This is tanh, which runs from −1 to 1. σ runs from 0 to 1. The two are related: σ(z) = ½(1 + tanh(½z)).",
        ),
        Mistake(
            "M305",
            lambda z: np.exp(-z) / (1 + np.exp(-z)),
            message="Two things. Your curve falls where it should rise: e^−z/(1 + e^−z) is σ(−z). And at z = −800 it is not a number (nan), since "
            "infinity divided by infinity has no value. The fraction with the exponential above *and* below is e^z/(1 + e^z), for negative z.",
        ),
        Mistake(
            "M306",
            lambda z: 1 / (1 + np.exp(-np.abs(z))),
            message="Right for z ≥ 0. For negative z you give what belongs to |z|, more than ½: there a second form is needed, with "
            "e^−|z| above *and* below.",
        ),
        Mistake(
            "M307",
            lambda z: np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))),
            message="Right for z < 0. For positive z you give what belongs to −z, less than ½: there 1 is divided by 1 + e^−|z|.",
        ),
        Mistake(
            "M308",
            lambda z: 0.5 * (1 + np.tanh(z)),
            message="Your curve has the right ends and is too steep between them: it is σ(2z), for instance ½(1 + tanh z). "
            "In the form with tanh, z is halved inside.",
        ),
        Mistake(
            "M309",
            lambda z: 0.5 * np.tanh(0.5 * z),
            message="Your curve runs from −½ to ½: it is σ(z) − ½. In the form with tanh, 1 is added *before* the whole is halved.",
        ),
        Mistake(
            "M310",
            lambda z: 1 / (1 - np.exp(-z)),
            message="The sign in the denominator is turned around: what came out is 1/(1 − e^−z), which has a hole at z = 0. "
            "Eq. (1.2) has 1 + e^−z.",
        ),
        Mistake(
            "M311",
            lambda z: 1 / (1 + np.exp(-z)) if z >= 0 else np.exp(z) / (1 + np.exp(z)),
            message="NumPy stopped your function because z is an array, and a question such as `if z >= 0` has one answer for each entry. "
            "Choose entry by entry with `np.where`, or use a form that needs no choice.",
        ),
        Mistake(
            "M312",
            lambda z: 1 / (1 + math.exp(-z)),
            message="Something in your function takes a single number, and z is an array: `math.exp`, perhaps. NumPy's own `np.exp` works on all "
            "entries at once.",
        ),
    ),
    hints=(
        "Large z gives nearly 1, very negative z nearly 0, z = 0 gives ½. Which exponential never gets large?",
        "σ(z) = 1/(1 + e^−z), Eq. (1.2). For z < 0 multiply above and below by e^z: e^z/(1 + e^z). Or σ(z) = ½(1 + tanh(½z)).",
        "e = np.exp(-np.abs(z))   # never above 1\nreturn np.where(z >= 0, 1, ...) / (1 + e)",
    ),
)
