"""The checks and quizzes inside lesson 02."""

from __future__ import annotations

import numpy as np

from ..exercise import Exercise, Mistake, quiz

EXERCISES = (
    Exercise(
        id="02.a",
        name="a mean squared error",
        points=0,
        title="The loss of two answers, by hand",
        kind="predict",
        returns=("loss",),
        reference=lambda: 0.1,
        mistakes=(
            Mistake(
                "02.a1",
                lambda: 0.2,
                message="That is the sum of the two squares. The loss is their mean, Eq. (2.1).",
            ),
            Mistake(
                "02.a2",
                lambda: 0.3,
                message="That is the mean of the errors' sizes. Square each error first, then take the mean, Eq. (2.1).",
            ),
            Mistake(
                "02.a3",
                lambda: 0.05,
                message="Exactly half. Two examples: divide the sum of the squares by 2, once.",
            ),
            Mistake(
                "02.a4",
                lambda: 0.01,
                message="You squared the mean of the errors, in which −0.2 and 0.4 partly cancel. Square first, then take the mean.",
            ),
            Mistake(
                "02.a5",
                lambda: [0.04, 0.16],
                message="Those are the two squares, and they are right. The loss is one number, their mean, Eq. (2.1).",
            ),
            *(
                Mistake(
                    f"02.a{k}",
                    lambda value=value: value,
                    message=f"{said} is the square root of the mean of the squares. The loss of Eq. (2.1) is that mean itself, without a root.",
                )
                for k, value, said in (
                    (6, float(np.sqrt(0.1)), "That"),
                    (7, 0.3162, "0.3162"),
                    (8, 0.316, "0.316"),
                    (9, 0.32, "0.32"),
                )
            ),
        ),
        hints=(
            "Two errors, two squares, one mean.",
            "½((ŷ₁ − t₁)² + (ŷ₂ − t₂)²), Eq. (2.1)",
            "(0.2² + …) / 2",
        ),
    ),
    Exercise(
        id="02.b",
        name="four equal logits",
        points=0,
        title="The value at chance, for four classes",
        kind="predict",
        returns=("probability", "cross-entropy"),
        reference=lambda: [0.25, float(np.log(4))],
        mistakes=(
            Mistake(
                "02.b1",
                lambda: [1.0, None],
                message="The probability: the four are equal, and together they sum to 1.",
            ),
            Mistake(
                "02.b2",
                lambda: [None, float(np.log(5))],
                message="The cross-entropy: the 5 does not matter. Take 5 off every logit and nothing changes; what counts is how many there are.",
            ),
            Mistake(
                "02.b3",
                lambda: [None, float(-np.log(4))],
                message="The cross-entropy: the logarithm of a probability is negative, and the loss is *minus* that.",
            ),
            *(
                Mistake(
                    f"02.b{k}",
                    lambda value=value: [None, value],
                    message=f"The cross-entropy: {value} is right as far as it goes. Give it to four decimals, or as `np.log(...)`.",
                )
                for k, value in ((4, 1.386), (5, 1.39), (6, 1.4))
            ),
            Mistake(
                "02.b7",
                lambda: [None, float(np.log10(4))],
                message="The cross-entropy: that is a logarithm to base 10. In this course log is the natural one, `np.log`.",
            ),
            Mistake(
                "02.b8",
                lambda: [[0.25] * 4, None],
                message="The probability: yes, all four of them. Give one number, since they are equal.",
            ),
            Mistake(
                "02.b9",
                lambda: [None, 2.0],
                message="The cross-entropy: that is a logarithm to base 2. In this course log is the natural one, `np.log`.",
            ),
            Mistake(
                "02.b10",
                lambda: [None, 0.602],
                message="The cross-entropy: 0.602 is a logarithm to base 10. In this course log is the natural one, `np.log`.",
            ),
            Mistake(
                "02.b11",
                lambda: [float(np.log(4)), 0.25],
                message="Both numbers are right, in the wrong order: the probability comes first.",
            ),
        ),
        hints=(
            "Equal logits give equal probabilities.",
            "p = 1/C for C classes, and the cross-entropy is −log p, Eq. (2.5).",
            "[1 / ..., np.log(...)]",
        ),
    ),
    quiz(
        "02.q1",
        "B",
        right="The mean over the examples does not care how often the batch is written down; the sum does.",
        wrong={
            "A": "A: the network answers as before. The same rows came twice, with the same predictions.",
            "C": "C: nothing was updated, so no size of step has played a part.",
        },
    ),
    quiz(
        "02.q2",
        "B",
        right="σ(40) is 1 in a computer, and log(1 − 1) is minus infinity. The logit still says 40.",
        wrong={
            "A": "A: speed is not the reason. z = 40 is: the way over the probability gives infinity there.",
            "C": "C: on paper it is the same function, with the same minimum.",
        },
    ),
    quiz(
        "02.q3",
        "A",
        right="With ten classes, knowing nothing costs log 10, about 2.30. To pay four times that, one has to be sure, and wrong.",
        wrong={
            "B": "B: normal is near log 10, about 2.30, the price of knowing nothing.",
            "C": "C: whoever has learnt the answers by heart pays nearly 0.",
        },
    ),
)
