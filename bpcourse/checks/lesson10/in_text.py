"""The checks and quizzes inside lesson 10."""

from __future__ import annotations

from ..exercise import Exercise, Mistake, quiz

EXERCISES = (
    Exercise(
        id="10.a",
        name="std for 100 inputs",
        points=0,
        title="The standard deviation for 100 inputs",
        kind="predict",
        returns=("std",),
        reference=lambda: 0.1,
        mistakes=(
            Mistake(
                "10.a1",
                lambda: 0.01,
                message="That is the variance, 1/100. The standard deviation is its square root.",
            ),
            Mistake(
                "10.a2",
                lambda: 10,
                message="10 is the standard deviation of the sum if the weights keep theirs at 1. They have to be smaller by that factor.",
            ),
            Mistake(
                "10.a3",
                lambda: 100,
                message="100 is the variance of the sum if the weights keep theirs at 1. They have to be so much smaller that it becomes 1.",
            ),
            Mistake(
                "10.a4",
                lambda: 1,
                message="Then the sum of 100 products would have the variance 100: variances add.",
            ),
        ),
        hints=(
            "Variances add: 100 products have 100 times the variance of one.",
            "fan_in · Var(w) = 1, and the standard deviation is the root of Var(w).",
            "Var(w) = 1/100; its root is …",
        ),
    ),
    Exercise(
        id="10.b",
        name="dead units",
        points=0,
        title="Count the dead units of a table",
        kind="predict",
        returns=("share",),
        reference=lambda: 0.25,
        mistakes=(
            Mistake(
                "10.b1",
                lambda: 0.5,
                message="Half of the *entries* are silent. A unit is a column: it is dead when every entry of its column is 0 or below.",
            ),
            Mistake(
                "10.b2",
                lambda: 0,
                message="Look at the last column: its 0 counts as silent too, for ReLU's slope there is 0.",
            ),
            Mistake(
                "10.b3",
                lambda: 0.75,
                message="Three units are silent for some example, or on for some; a dead one is silent for *both*.",
            ),
            Mistake(
                "10.b4",
                lambda: 1,
                message="One unit is dead, that is right. As a share of the four units it is …",
            ),
        ),
        hints=(
            "Go column by column: is there an example that switches this unit on?",
            "Eq. (10.4): the share of columns in which no entry is above 0.",
            "Only one of the four columns holds nothing above 0.",
        ),
    ),
    quiz(
        "10.q1",
        "B",
        right="Equal weights get equal gradients, so the units of a layer remain copies of one unit. Only unequal weights make unequal units.",
        wrong={
            "A": "A: the loss of the twins fell, too, and then stopped: not the speed is the trouble, the copies are.",
            "C": "C: biases start at 0 in all networks of this course, and may: the weights alone make the units differ.",
        },
    ),
    quiz(
        "10.q2",
        "A",
        right="ReLU sets one half of the sum to 0, so twice the variance keeps what is left at its size, Eq. (10.2).",
        wrong={
            "B": "B: the way back is what Xavier's mean of two counts is about, Eq. (10.1). He's 2 pays for ReLU.",
            "C": "C: ReLU has a slope of 1 or 0, nothing to be doubled; and the 2 is under a root.",
        },
    ),
    quiz(
        "10.q3",
        "C",
        right="No example switches it on, so its slope is 0 for all of them, and its weights get no gradient. A change in the layers before it could wake it.",
        wrong={
            "A": "A: any rate times a gradient of 0 is a step of 0.",
            "B": "B: the gradient is 0 in every epoch, so more of them change nothing.",
        },
    ),
)
