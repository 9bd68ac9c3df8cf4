"""Lesson 00, set-up and map: a toy task that shows the verdicts, and a self-test that points to refreshers."""

from __future__ import annotations

from statistics import median

from .draws import normal
from .exercise import Case, Exercise, Mistake, quiz

# ---------------------------------------------------------------- 00.a mean_of


def mean_of(values):
    """The mean of a list of numbers."""
    return sum(values) / len(values)


def mean_cases(rng):
    """The example of the text, five and eight numbers without a pattern, and a single one.

    The size is a small n: no sentence about batches and gradients may come up in the first exercise.
    """
    drawn = [Case(f"{n} values", ([float(v) for v in normal(rng, n, scale=4)],), {"n": n}) for n in (5, 8)]
    return [Case("[2, 4, 9]", ([2, 4, 9],), {"n": 3}), *drawn, Case("one value", ([7.5],), {"n": 1})]


MEAN_OF = Exercise(
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
            message="Your division drops what comes after the decimal point: `//` rounds down. A mean needs `/`.",
        ),
        Mistake(
            "00.a4",
            lambda values: sum(values) / 3,
            message="You divide by 3 whatever the list is. That is right for [2, 4, 9] and for no other length: ask the list how long it is.",
        ),
    ),
    hints=(
        "A mean shares a sum out evenly. What do you divide by?",
        "mean = (v₁ + v₂ + … + v_N) / N, where N is the number of values.",
        "return sum(values) / ...",
    ),
)

# ---------------------------------------------------------------- 00.b a shape

SHAPE_OF_X = Exercise(
    id="00.b",
    name="shape of X",
    points=0,
    title="The shape of four examples of two numbers",
    kind="predict",
    returns=("shape",),
    reference=lambda: (4, 2),
    mistakes=(
        Mistake(
            "00.b1",
            lambda: (2, 4),
            message="These are the right two numbers in the order of other books. In this course rows are examples, and a shape "
            "gives the number of rows first.",
        ),
        Mistake(
            "00.b2",
            lambda: 8,
            message="Eight numbers, yes. The shape says how they are laid out: as a pair, rows first, then columns.",
        ),
        Mistake(
            "00.b3",
            lambda: (4, 1),
            message="(4, 1) is the shape of the targets T, one number for each example. X has two numbers for each.",
        ),
    ),
    hints=(
        "Rows are examples. How many rows are there, and how many numbers in each?",
        "A shape is written (rows, columns).",
        "(4, ...)",
    ),
)

# ---------------------------------------------------------------- the self-test


def question(number, name, answer, refresher, wrong, hints):
    """One question of the self-test: its likely wrong answers, each with a sentence, and its refresher."""
    ident = f"00.s{number}"
    return Exercise(
        id=ident,
        name=name,
        points=0,
        title="Self-test",
        kind="predict",
        returns=("answer",),
        reference=lambda: answer,
        mistakes=tuple(
            Mistake(f"{ident}{letter}", lambda g=guess: g, message=f"{sentence} {refresher}")
            for letter, (guess, sentence) in zip("abcde", wrong, strict=False)
        ),
        hints=(f"{hints[0]} {refresher}", *hints[1:]),
    )


PRODUCT = "Lesson 01 has a refresher on the matrix product."
BROADCASTING = "Lesson 01 has a refresher on broadcasting."
SLOPE = "Lesson 02 has a refresher on slopes."
PARTIAL = "Lesson 02 has a refresher on partial derivatives."
CHAIN = "Lesson 03 has a refresher on the chain rule."

SELF_TEST = (
    question(
        1,
        "slope of w²",
        6,
        SLOPE,
        [
            (9, "9 is the height of the curve at w = 3. Its slope says how fast the height changes there."),
            (3, "The slope of w² is not w: moving w by 0.001 moves w² by twice w times that."),
            (2, "2 is the factor in front: the slope of w² is 2w, and w is 3 here."),
        ],
        ("How much does w² grow when w goes from 3 to 3.001?", "The slope of w² is 2w.", "2 · 3"),
    ),
    question(
        2,
        "slope of (2w − 1)²",
        4,
        CHAIN,
        [
            (
                2,
                "2 is the slope of the square alone, at 2w − 1 = 1. The inner 2w − 1 moves twice as fast as w.",
            ),
            (1, "1 is the height of the curve at w = 1, not its slope."),
            (8, "One factor 2 too many: the outer slope is 2 · (2w − 1) = 2, the inner one is 2."),
        ],
        ("Two steps follow each other: 2w − 1, then the square.", "Outer slope times inner slope.", "2 · 2"),
    ),
    question(
        3,
        "shape of a product",
        (4, 3),
        PRODUCT,
        [
            ((2, 2), "The inner sizes, 2 and 2, are the ones that disappear. The outer ones stay."),
            ((3, 4), "These are the right sizes in the wrong order: rows come from the left factor."),
            ((8, 6), "Sizes are not multiplied. The inner sizes meet and disappear, the outer ones stay."),
            ((4, 2, 3), "The two inner sizes are summed over, and so they disappear."),
        ],
        ("(rows, inner) @ (inner, columns).", "The inner sizes meet and disappear.", "(4, ...)"),
    ),
    question(
        4,
        "a matrix product",
        11,
        PRODUCT,
        [
            (3, "1 · 3 is the first of two products. A matrix product adds them all up."),
            ((3, 8), "These are the two products, and they are right. A matrix product adds them up."),
            (10, "This adds all four numbers. First multiply in pairs, then add."),
            (21, "This multiplies the sums. First multiply in pairs, then add."),
            ([11], "The number is right. Here it is wanted alone, without brackets."),
        ],
        ("Row times column: multiply in pairs, then add.", "1 · 3 + 2 · 4", "3 + 8"),
    ),
    question(
        5,
        "shape of a sum",
        (4, 3),
        BROADCASTING,
        [
            ("error", "NumPy has a rule for this: the row of 3 is added to each of the 4 rows."),
            ((3,), "The smaller array is repeated to fit the larger one, so the larger shape wins."),
            ((4,), "Nothing is summed away here: the row of 3 is added to each of the 4 rows."),
            ((4, 6), "The arrays are added entry by entry, not put side by side."),
        ],
        ("The row of 3 is added to every row of the other.", "The larger shape wins.", "(4, ...)"),
    ),
    question(
        6,
        "a partial derivative",
        5,
        PARTIAL,
        [
            (1, "1 is the slope of w alone. Here every step of w counts x times, and x is 5."),
            (0, "w is what moves. It is x that is held fixed, at 5."),
        ],
        ("Hold x at 5 and move w by 1: by how much does w · x move?", "∂(wx)/∂w = x", "x at 5"),
    ),
)

# ---------------------------------------------------------------- quiz

QUIZ = (
    quiz(
        "00.q1",
        "B",
        right="Not attempted is not an error: the notebook runs to its end, and each check waits for you.",
        wrong={
            "A": "A: not attempted is not an error. A check of an empty answer says so, and the run goes on.",
            "C": "C: nothing was handed in, so nothing is wrong. Each check says that it was not attempted yet.",
        },
    ),
    quiz(
        "00.q2",
        "B",
        right="How much the loss changes per unit of each entry of Z1. It has the shape of Z1.",
        wrong={
            "A": "A: that is a nudge. `dZ1` is the change of L *per* nudge.",
            "C": "C: that is one factor inside it. Lesson 04 multiplies it with the others.",
        },
    ),
    quiz(
        "00.q3",
        "C",
        right="Many wrong gradients lower the loss as well. That is why this course checks gradients, from lesson 05 on.",
        wrong={
            "A": "A: lesson 06 trains with six wrong gradients, and the loss falls with each of them.",
            "B": "B: lesson 06 has six wrong gradients that get below 0.01 from nearly every start.",
        },
    ),
)

EXERCISES = (MEAN_OF, SHAPE_OF_X, *SELF_TEST, *QUIZ)
