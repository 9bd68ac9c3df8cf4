"""Lesson 00, set-up and map: a toy task that shows the verdicts, and a self-test that points to refreshers."""

from __future__ import annotations

from statistics import median

import numpy as np

from .draws import normal
from .exercise import Case, Exercise, Mistake, quiz

# ---------------------------------------------------------------- 00.a mean_of


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
        Mistake(
            "00.b4",
            lambda: "(4, 2)",
            message="The shape is right, and it stands in quotes. Write it without them.",
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
    quoted = dict.fromkeys((str(answer), str(answer).replace(" ", "")))
    wrong = [
        *wrong,
        *((text, f'Your answer is right. Write it without the quotes of "{text}".') for text in quoted),
    ]
    return Exercise(
        id=ident,
        name=name,
        points=0,
        title="Self-test",
        kind="predict",
        returns=("answer",),
        reference=lambda: answer,
        mistakes=tuple(
            Mistake(f"{ident}{letter}", lambda g=guess: g, message=with_refresher(sentence, refresher))
            for letter, (guess, sentence) in zip("abcdefghij", wrong, strict=False)
        ),
        hints=(f"{hints[0]} {refresher}", *hints[1:]),
    )


def with_refresher(sentence, refresher):
    """The sentence, and where to read on; nothing to read where the value is right and only its form is not."""
    return sentence if " is right" in sentence else f"{sentence} {refresher}"


PRODUCT = "Lesson 01 has a refresher on the matrix product."
BROADCASTING = "Lesson 01 has a refresher on broadcasting."
SLOPE = "Lesson 02 goes over slopes."
PARTIAL = "Lesson 02 goes over slopes in one variable while another is held."
CHAIN = "Lesson 03 goes over chains of steps, with this very curve."

SELF_TEST = (
    question(
        1,
        "slope of w²",
        6,
        SLOPE,
        [
            (9, "9 is the height of the curve at w = 3. Its slope says how fast the height changes there."),
            (3, "The slope of w² is not w: moving w by 0.001 moves w² by twice w times that."),
            (2, "2 is the factor in front. The slope of w² is 2w, so it also depends on w."),
            (5, "5 is 2 + w. The slope of w² is 2 *times* w."),
            (18, "18 is 2w². The slope of w² has one factor w less."),
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
                "2 is the slope of one of two steps: of 2w − 1, and also of the square at 2w − 1 = 1. Both steps count.",
            ),
            (1, "1 is the height of the curve at w = 1, not its slope."),
            (
                3,
                "Perhaps you took 4w − 1. Take the two steps one after the other: first 2w − 1, then the square.",
            ),
            (8, "One factor 2 too many. There are two steps, so there are two factors: the slope of each."),
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
            ((3, 8), "These are the two products that are needed. A matrix product adds them up."),
            (10, "This adds all four numbers. First multiply in pairs, then add."),
            (21, "This multiplies the sums. First multiply in pairs, then add."),
            (7, "7 is 3 + 4. The 1 and the 2 weigh these two numbers before they are added."),
            ([11], "The number is right. Here it is wanted alone, without brackets."),
            ([[11]], "The number is right, and `@` would give it in such brackets. Here it is wanted alone."),
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
            (
                (3,),
                "(3,) is the shape of the smaller array. Its row is added to each of the 4 rows, and the rows stay.",
            ),
            ((4,), "Nothing is summed away here: the row of 3 is added to each of the 4 rows."),
            ((4, 6), "The arrays are added entry by entry, not put side by side."),
            ((4, 4), "Shapes are lined up from the right: the 3 meets the 3, and the 4 stays as it is."),
        ],
        (
            "The row of 3 is added to every row of the other.",
            "Shapes are lined up from the right: 3 meets 3, and the 4 has no partner.",
            "(4, ...)",
        ),
    ),
    question(
        6,
        "slope of w · x",
        5,
        PARTIAL,
        [
            (1, "1 is the slope of w alone. Here every step of w counts x times, and x is 5."),
            (0, "w is what moves. It is x that is held fixed, at 5."),
            (25, "25 is x². Here w moves and x is held: w · x is a straight line in w."),
        ],
        (
            "Hold x at 5 and move w by 1: by how much does w · x move?",
            "The slope of w · x in w is the factor that w is multiplied by.",
            "x at 5",
        ),
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
