"""10.3: the share of units that are silent for every example, Eq. (10.4)."""

from __future__ import annotations

import numpy as np

from ..exercise import Case, Exercise, Mistake


def dead_fraction(Z):
    """Share of units with z ≤ 0 for every example, Eq. (10.4)."""
    return float(np.mean((Z <= 0).all(axis=0)))


# For each case, in how many of its N examples each unit is silent. In the first: one dead, one always on, and
# three mixed, of which one has a negative mean; in the second none is dead, two are always on; in the last all are dead.
SILENT = {
    "7 examples, 5 units": (7, (7, 0, 2, 2, 4)),
    "6 examples, 3 units": (6, (0, 4, 0)),
    "4 examples, 4 units": (4, (4, 1, 4, 4)),
    "3 examples, 2 units": (3, (3, 3)),
}


def dead_cases(rng):
    """Tables with exactly these silent entries; one z of the first dead unit is exactly 0, and so is a single silent one.

    Who is silent in most examples has a negative mean, who is silent in a few a positive one.
    """
    cases = []
    for name, (n, silent) in SILENT.items():
        Z = rng.integers(3, 40, (n, len(silent))) / 64
        for unit, count in enumerate(silent):
            rows = rng.permutation(n)[:count]
            low, high = (40, 64) if count in (4, n) else (1, 3)
            Z[rows, unit] = -rng.integers(low, high, count) / 64
            if count == 1 or (count == n and unit == silent.index(n)):
                Z[rows[0], unit] = 0.0
        order = rng.permutation(len(silent))
        cases.append(Case(name, (Z[:, order],), {"N": n, "H": len(silent)}))
    return cases


EXERCISE = Exercise(
    id="10.3",
    name="dead_fraction",
    points=2,
    title="Count the dead units",
    kind="write",
    returns=("dead",),
    reference=dead_fraction,
    cases=dead_cases,
    mistakes=(
        Mistake(
            "M773",
            lambda Z: float(np.mean(Z <= 0)),
            documented={"ratio": 2.14},
            message="You counted the entries that are 0 after ReLU. Being silent now and then is what ReLU units are for; a unit is dead when it is "
            "silent for *every* example, Eq. (10.4). So decide column by column first, and take the share of columns then.",
        ),
        Mistake(
            "M773b",
            lambda Z: float(np.mean(Z < 0)),
            message="You counted the entries below 0. Two things are missing: the units, for one is dead when it is silent for *every* example; and z = 0, "
            "which is silent too, Eq. (10.4).",
        ),
        Mistake(
            "M774",
            lambda Z: float(np.mean((Z <= 0).any(axis=0))),
            documented={"ratio": 4.0},
            at="7 examples, 5 units",
            message="You counted the units that are silent for *some* example (`any`). A dead one is silent for *all* of them, Eq. (10.4): one example that "
            "switches it on is enough to let a gradient through.",
        ),
        Mistake(
            "M775",
            lambda Z: float(np.mean((Z <= 0).all(axis=1))),
            documented={"ratio": 0.0},
            message="You counted the examples for which no unit is on. Rows are examples and columns are units: a unit is a column, so `all` "
            "has to run down the rows, along axis 0.",
        ),
        Mistake(
            "M776",
            lambda Z: float(np.mean(Z.mean(axis=0) <= 0)),
            documented={"ratio": 2.0},
            at="7 examples, 5 units",
            message="You asked whether a unit's z is 0 or below on the whole, say on *average*. Such a unit can still be on for a few examples, and those "
            "teach it; it is dead when z ≤ 0 for every one, Eq. (10.4).",
        ),
        Mistake(
            "M777",
            lambda Z: float(np.mean((Z < 0).all(axis=0))),
            message="A unit with z exactly 0 counts as alive in your function. There ReLU gives 0, and its slope is 0 as well, Eq. (10.3): nothing gets "
            "through. So it is z ≤ 0, Eq. (10.4).",
        ),
        Mistake(
            "M778",
            lambda Z: int((Z <= 0).all(axis=0).sum()),
            message="You counted the dead units. A fraction is the count divided by the number of units, which is {H} here.",
        ),
        Mistake(
            "M778b",
            lambda Z: 100 * dead_fraction(Z),
            message="That is the share in per cent. Return it as a number from 0 to 1, Eq. (10.4).",
        ),
        Mistake(
            "M779",
            lambda Z: float((Z <= 0).all(axis=0).sum() / len(Z)),
            message="The count is right, and it is divided by the number of *examples*, {N} here. The share of the units is asked for: divide by the number "
            "of columns, Eq. (10.4).",
        ),
        Mistake(
            "M780",
            lambda Z: 1 - dead_fraction(Z),
            message="This is the share of units that are *not* dead: on for one example at least. Eq. (10.4) asks for the others.",
        ),
        Mistake(
            "M781",
            lambda Z: float(np.mean((Z > 0).all(axis=0))),
            message="This is the share of units that are always *on*. Those that are always off are asked for: z ≤ 0 for every example, Eq. (10.4).",
        ),
        Mistake(
            "M782",
            lambda Z: float((Z <= 0).all()),
            message="Your answer is 1 where every unit is dead, and 0 otherwise. One slip that gives this: `all()` without an axis, which asks the whole "
            "table for one answer; `all(axis=0)` runs down the examples and leaves one answer a unit. Another: `//`, which rounds down.",
        ),
        Mistake(
            "M783",
            lambda Z: float(np.mean((Z == 0).all(axis=0))),
            message="You looked for units whose z is exactly 0 for every example. Z is what goes *into* ReLU: all that is negative or 0 becomes 0, so ask "
            "for z ≤ 0, Eq. (10.4).",
        ),
        Mistake(
            "M784",
            lambda Z: float(np.mean((Z >= 0).all(axis=0))),
            message="The comparison is turned around: your function counts units that are never below 0. A dead unit has z ≤ 0 for every example, Eq. (10.4).",
        ),
        Mistake(
            "M785",
            lambda Z: float(all(Z <= 0)),
            message="Python's own `all(...)` goes through the rows, and a row of several answers has no one truth. NumPy's runs along an axis: "
            "`(Z <= 0).all(axis=...)` leaves one answer a unit if the axis is that of the examples.",
        ),
        Mistake(
            "M786",
            lambda Z: (Z <= 0).all(axis=0),
            message="That is which units are dead, one True or False for each. Their share is the mean of these: True and False count as 1 "
            "and 0.",
        ),
    ),
    hints=(
        "Two questions, one after the other: is this unit silent for every example? And which share of the units is?",
        "mean over the units of [z ≤ 0 for all examples], Eq. (10.4). Units are columns.",
        "silent = Z <= 0\nreturn np.mean(silent.all(axis=...))",
    ),
)
