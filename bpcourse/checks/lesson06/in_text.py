"""The checks and quizzes inside lesson 06."""

from __future__ import annotations

from ..exercise import Exercise, Mistake, quiz

EXERCISES = (
    Exercise(
        id="06.a",
        name="one step",
        points=0,
        title="One step by hand",
        kind="predict",
        returns=("w",),
        reference=lambda: 1.95,
        mistakes=(
            Mistake(
                "06.a1",
                lambda: 2.05,
                message="The size is right. A gradient points uphill, so the step is subtracted.",
            ),
            Mistake(
                "06.a2",
                lambda: 1.5,
                message="That is a step as long as the gradient: the rate 0.1 was left out, as in the article's formula.",
            ),
            Mistake(
                "06.a3",
                lambda: -0.05,
                message="That is the step. Where does it lead, from w = 2?",
            ),
            Mistake(
                "06.a4",
                lambda: 0.05,
                message="That is the length of the step. Where does it lead, from w = 2?",
            ),
        ),
        hints=(
            "Rate times gradient is how far; minus is which way.",
            "w − η ∂L/∂w, Eq. (6.1).",
            "2 − 0.1 · …",
        ),
    ),
    Exercise(
        id="06.b",
        name="steps in an epoch",
        points=0,
        title="Steps in an epoch",
        kind="predict",
        returns=("steps",),
        reference=lambda: 45,
        mistakes=(
            Mistake(
                "06.b1",
                lambda: 44,
                message="44 batches hold 44 · 32 = 1,408 images. The 29 that remain are a batch as well, a smaller one.",
            ),
            Mistake(
                "06.b2",
                lambda: 1437 / 32,
                message="A step is taken or not: what remains after the last full batch makes one whole step more.",
            ),
            Mistake(
                "06.b3",
                lambda: 1437,
                message="That would be batches of one image. Here 32 of them share a step.",
            ),
            Mistake(
                "06.b4",
                lambda: 32,
                message="32 is how many images share a step. How many steps does it take to see all 1,437?",
            ),
        ),
        hints=(
            "How many batches does it take to see every image once?",
            "1437 / 32, and a rest.",
            "44 full batches hold 1,408 images.",
        ),
    ),
    quiz(
        "06.q1",
        "B",
        right="Six wrong backward passes end below 0.001 too. The curve is no evidence; the gradient check is.",
        wrong={
            "A": "A: all six wrong backward passes end with a median loss below 0.001, too.",
            "C": "C: with four of the six wrong ones all 20 seeds agree, and with the other two nearly all do.",
        },
    ),
    quiz(
        "06.q2",
        "B",
        right="Its error is target − prediction, the negative of ours, so the minus of Eq. (6.1) is inside.",
        wrong={
            "A": "A: descent subtracts the gradient, Eq. (6.1).",
            "C": "C: a(1 − a) lies between 0 and ¼; it is never negative.",
        },
    ),
    quiz(
        "06.q3",
        "C",
        right="W2 = 0 makes δ1 = 0, so layer 1 stands still; and with all answers at ½ the errors of XOR cancel in layer 2. With other targets "
        "layer 2 would move, but the hidden units would remain twins.",
        wrong={
            "A": "A: with any rate the loss stays at 0.2500, since on XOR every gradient is 0 there.",
            "B": "B: after any number of epochs the loss is 0.2500; nothing moves that could help.",
        },
    ),
)
