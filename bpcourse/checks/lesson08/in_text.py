"""The checks and quizzes inside lesson 08."""

from __future__ import annotations

from ..exercise import Exercise, Mistake, quiz

EXERCISES = (
    Exercise(
        id="08.a",
        name="ten steps of one chain",
        points=0,
        title="Ten steps of one chain",
        kind="predict",
        returns=("factor",),
        reference=lambda: 0.5**10,
        mistakes=(
            Mistake(
                "08.a1",
                lambda: 0.25**10,
                message="That is what the gates leave. The weight 2 multiplies as well, in each of the ten steps.",
            ),
            Mistake(
                "08.a2",
                lambda: 0.5,
                message="That is the factor of one step. Ten of them follow each other.",
            ),
            Mistake(
                "08.a3",
                lambda: 0.5 * 10,
                message="Along a path factors multiply, Eq. (3.1): ten factors of ½ are ½ to the power of 10.",
            ),
            Mistake(
                "08.a4",
                lambda: 2.0**10,
                message="That is what the weights do. Each of the ten gates lets through a quarter.",
            ),
            Mistake(
                "08.a5",
                lambda: 0.25**10 * 2,
                message="All ten gates are in, but the weight counts only once. Each step passes a weight too.",
            ),
        ),
        hints=(
            "One step back is: times the weight, times the gate's slope.",
            "(w σ′) to the power of 10.",
            "(2 · 0.25)**10",
        ),
    ),
    Exercise(
        id="08.b",
        name="the norm in layer 2",
        points=0,
        title="Go down the line",
        kind="predict",
        returns=("norm",),
        reference=lambda: 1e-5,
        mistakes=(
            Mistake(
                "08.b1",
                lambda: 1e-4,
                message="Eight steps of half a decade are four decades. Start from 0.1, which is where layer 10 is.",
            ),
            Mistake(
                "08.b2",
                lambda: 1e3,
                message="The slope is positive: the line falls towards the *first* layer, and layer 2 lies on that side.",
            ),
            Mistake(
                "08.b3",
                lambda: 1e-6,
                message="From layer 10 down to layer 2 there are eight steps, not ten.",
            ),
            Mistake(
                "08.b4",
                lambda: 1e-9,
                message="Half a decade per layer: eight steps are four decades, not eight.",
            ),
            Mistake(
                "08.b5",
                lambda: -5,
                message="That is the exponent. Give the norm itself, such as `1e-3`.",
            ),
        ),
        hints=(
            "How many steps are there from layer 10 to layer 2, and how many decades do they make?",
            "0.1 · 10^(−0.5 · 8).",
            "8 steps of half a decade are 4 decades",
        ),
    ),
    quiz(
        "08.q1",
        "B",
        right="The quarter is the gates' share. Each step also multiplies by weights, Eq. (8.1), and they can make up for it, or make it worse.",
        wrong={
            "A": "A: with weights from N(0, 1) the same ten layers kept more than a tenth of δ. The quarter is only the gates' share.",
            "C": "C: the bound of Eq. (8.2) is a bound from above, and it is for σ of all gates.",
        },
    ),
    quiz(
        "08.q2",
        "C",
        right="∂L/∂W is Aᵀδ. Where activations and δ shrink by the same factor, one forward and one backward, it is level all the same. Look at ‖δ‖ itself.",
        wrong={
            "A": "A: with tiny weights ‖∂L/∂W‖ was level, and δ fell by more than ten powers of ten.",
            "B": "B: from N(0, 1) the ratio of ‖∂L/∂W‖ was 1.1 as well, and there δ grew more than a million times. It says neither.",
        },
    ),
    quiz(
        "08.q3",
        "A",
        right="One rate serves all layers. What is right for the first is far too long a step for the last, and its outputs are thrown to where nothing helps.",
        wrong={
            "B": "B: the first layer gets its step then, but the last layer takes one that is as many times too long.",
            "C": "C: the step of Eq. (6.1) is the rate times the gradient, so a larger rate moves every layer further, however small its gradient is.",
        },
    ),
)
