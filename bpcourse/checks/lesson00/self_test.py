"""The self-test: small questions, each with the refresher that its wrong answers point to."""

from __future__ import annotations

from ..exercise import Exercise, Mistake


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

EXERCISES = (
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
