"""The check and the quizzes inside lesson 00."""

from __future__ import annotations

from ..exercise import Exercise, Mistake, quiz

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
