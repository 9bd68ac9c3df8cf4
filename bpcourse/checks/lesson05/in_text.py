"""The checks and quizzes inside lesson 05."""

from __future__ import annotations

from ..exercise import Exercise, Mistake, quiz


def few_digits(facts):
    """What to say to a third that was rounded."""
    digits = f"{float(facts['got']):g}"
    return f"Nearly: {digits} is a third, rounded. Write `1 / 3`, which has all the digits."


EXERCISES = (
    Exercise(
        id="05.a",
        name="a central difference",
        points=0,
        title="The slope of w³ by Eq. (5.2)",
        kind="predict",
        returns=("slope",),
        reference=lambda: 3.01,
        mistakes=(
            Mistake(
                "05.a1",
                lambda: 3.0,
                message="3 is the exact slope. What is *measured* with ε = 0.1 is a little off: compute both cubes.",
            ),
            Mistake(
                "05.a2",
                lambda: 3.31,
                message="That is the one-sided rule, Eq. (5.1). The second question of Eq. (5.2) is asked at 0.9, not at 1.",
            ),
            Mistake(
                "05.a3",
                lambda: 6.02,
                message="Twice too much: from 0.9 to 1.1 is a distance of 0.2.",
            ),
            Mistake(
                "05.a4",
                lambda: 2.71,
                message="That is one-sided, from below. The first question of Eq. (5.2) is asked at 1.1, not at 1.",
            ),
        ),
        hints=(
            "Two questions, at 1.1 and at 0.9.",
            "(w³ at 1.1 − w³ at 0.9) / 0.2, Eq. (5.2).",
            "1.1³ = 1.331 and 0.9³ = 0.729",
        ),
    ),
    Exercise(
        id="05.b",
        name="a relative error",
        points=0,
        title="The relative error of 2 against 1",
        kind="predict",
        returns=("error",),
        reference=lambda: 1 / 3,
        mistakes=(
            Mistake(
                "05.b1",
                lambda: 1.0,
                message="1 is the distance, or the error in units of the right one. Eq. (5.3) divides by the sizes of *both*.",
            ),
            Mistake(
                "05.b2",
                lambda: 0.5,
                message="You divided by the larger of the two. Eq. (5.3) adds their sizes.",
            ),
            Mistake("05.b3", lambda: 0.33, message=few_digits),
            Mistake("05.b4", lambda: 0.333, message=few_digits),
            Mistake("05.b5", lambda: 0.3333, message=few_digits),
            Mistake("05.b6", lambda: 0.3, message=few_digits),
        ),
        hints=(
            "How far apart are they, and how large are they together?",
            "|2 − 1| / (|2| + |1|), Eq. (5.3).",
            "1 / ...",
        ),
    ),
    quiz(
        "05.q1",
        "B",
        right="dW2 comes from δ2 and is right, so δ2 is. Between δ2 and dW1 lies only the line of δ1.",
        wrong={
            "A": "A: a wrong slope of the loss would spoil dW2 as well.",
            "C": "C: db2 is not on the way from the loss to dW1.",
        },
    ),
    quiz(
        "05.q2",
        "A",
        right="Subtracting two numbers that agree in most of their digits leaves the digits that rounding made.",
        wrong={
            "B": "B: at 1e-5 the same gradient agrees to better than 1e-8. It has not changed since.",
            "C": "C: too small, by far. The formula's own error falls with ε².",
        },
    ),
    quiz(
        "05.q3",
        "B",
        right="Every step would cost two forward passes for each parameter. The backward pass gets all slopes in one sweep.",
        wrong={
            "A": "A: an error below 1e-8 would do for descending.",
            "C": "C: a bias is nudged like a weight.",
        },
    ),
)
