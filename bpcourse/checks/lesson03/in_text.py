"""The checks and quizzes inside lesson 03."""

from __future__ import annotations

import numpy as np

from ..exercise import Exercise, Mistake, quiz


def without(*slopes):
    """The product with one gate left out, for each gate."""
    return tuple(
        Mistake(
            f"03.a{k}",
            lambda left=slope: np.prod(slopes) / left,
            message=f"This is the product of the other three: the gate with the slope {slope:g} is left out.",
        )
        for k, slope in enumerate(slopes, 3)
    )


EXERCISES = (
    Exercise(
        id="03.a",
        name="four gates in a row",
        points=0,
        title="Multiply along a path",
        kind="predict",
        returns=("slope",),
        reference=lambda: -6.0,
        mistakes=(
            Mistake(
                "03.a1",
                lambda: 5.25,
                message="That is the sum. Along a path each gate scales what arrives, so the slopes multiply.",
            ),
            Mistake("03.a2", lambda: 6.0, message="The size is right. One gate turns the direction around."),
            *without(3, -2, 0.25, 4),
            Mistake(
                "03.a7",
                lambda: [-6.0],
                message="The number is right. Hand it over as it is, without brackets.",
            ),
        ),
        hints=(
            "A nudge goes in at the left; each gate scales it in turn.",
            "The product of the four, Eq. (3.1).",
            "3 · (−2) · 0.25 · 4",
        ),
    ),
    Exercise(
        id="03.b",
        name="x used twice",
        points=0,
        title="Add across paths",
        kind="predict",
        returns=("∂f/∂x",),
        reference=lambda: 6.0,
        mistakes=(
            Mistake(
                "03.b1",
                lambda: 5.0,
                message="5 is what comes over the product. x is used twice: the lone x has a path of its own, and across paths we add, Eq. (3.2).",
            ),
            Mistake(
                "03.b2",
                lambda: 1.0,
                message="That is the path through the lone x. x also enters the product.",
            ),
            Mistake("03.b3", lambda: 4.0, message="That is ∂f/∂y. How much does xy move when *x* is nudged?"),
            Mistake(
                "03.b4",
                lambda: 24.0,
                message="That is the value of f. The slope says how much f moves per unit of x.",
            ),
            Mistake(
                "03.b5",
                lambda: 10.0,
                message="That is ∂f/∂x and ∂f/∂y added to each other. Nudge x alone; y stays.",
            ),
            Mistake(
                "03.b6",
                lambda: [6.0],
                message="The number is right. Hand it over as it is, without any brackets.",
            ),
        ),
        hints=(
            "Nudge x: which of the two terms move?",
            "Two paths, so two shares, Eq. (3.2).",
            "y from the product, and 1 from the lone x",
        ),
    ),
    quiz(
        "03.q1",
        "A",
        right="2 · 3 along the first path, −4 · 1 along the second, and the two add up.",
        wrong={
            "B": "B: that multiplies the two paths. Across paths we add.",
            "C": "C: that is the first path alone. The second brings −4 · 1.",
        },
    ),
    quiz(
        "03.q2",
        "B",
        right="a(1 − a) with a = σ(z): the value that left the gate.",
        wrong={
            "A": "A: this squashes twice. a is σ(z) already; the slope is a(1 − a).",
            "C": "C: that is z(1 − z), a formula for a applied to z. A slope of σ is never negative.",
        },
    ),
    quiz(
        "03.q3",
        "B",
        right="All paths from layer 1 end in δ₂. Going backward, it is computed once, and every path uses it.",
        wrong={
            "A": "A: here there are few enough to follow them all. It would be the same factors again and again.",
            "C": "C: both ways give the same numbers.",
        },
    ),
)
