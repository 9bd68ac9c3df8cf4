"""00.a: the mean of some numbers, a toy task that shows the verdicts."""

from __future__ import annotations

from statistics import median

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def mean_of(values):
    """The mean of a list of numbers."""
    return sum(values) / len(values)


def mean_cases(rng):
    """The example of the text, four and six numbers without a pattern, and a single one.

    A case is named by its list, so that a message shows what the function was called with. The size is a
    small n: no sentence about batches and gradients may come up in the first exercise.
    """
    drawn = [[float(v) for v in np.rint(4 * normal(rng, n, scale=4)) / 4] for n in (4, 6)]
    return [Case(str(values), (values,), {"n": len(values)}) for values in ([2, 4, 9], *drawn, [7.5])]


EXERCISE = Exercise(
    id="00.a",
    name="mean_of",
    points=0,
    title="Take the mean of some numbers",
    kind="write",
    returns=("mean",),
    reference=mean_of,
    cases=mean_cases,
    mistakes=(
        Mistake(
            "00.a1",
            sum,
            message="Your answer grows with the number of values: for {n} of them it is exactly {n} times the mean. "
            "That is their sum. One division is missing.",
        ),
        Mistake(
            "00.a2",
            median,
            message="This is the median, the value in the middle of the sorted list. The mean adds all values up and shares the sum out.",
        ),
        Mistake(
            "00.a3",
            lambda values: sum(values) // len(values),
            message="Your answers are rounded down to whole numbers, as the division `//` does. A mean keeps what comes after the "
            "decimal point: it needs `/`.",
        ),
        Mistake(
            "00.a4",
            lambda values: sum(values) / 3,
            message="You divide by 3 whatever the list is. That is right for [2, 4, 9] and for no other length: ask the list how long it is.",
        ),
        Mistake(
            "00.a6",
            lambda values: round(sum(values) / len(values)),
            message="Your answers are whole numbers, the nearest ones to the mean. A mean keeps what comes after the decimal point: do not round it.",
        ),
        Mistake(
            "00.a5",
            lambda values: sum(values) / (len(values) - 1),
            message="You divide by one less than the number of values: for [2, 4, 9] by 2. The list [7.5] was tried as well, and there "
            "it is a division by 0. Share the sum out among *all* values.",
        ),
    ),
    hints=(
        "A mean shares a sum out evenly. What do you divide by?",
        "mean = (v₁ + v₂ + … + v_N) / N, where N is the number of values.",
        "return sum(values) / ...",
    ),
)
