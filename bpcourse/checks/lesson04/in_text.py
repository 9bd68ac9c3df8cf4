"""The checks and quizzes inside lesson 04."""

from __future__ import annotations

from ..exercise import Exercise, Mistake, quiz

TRANSPOSED = "A gradient has the shape of what it changes. W is (inputs, units) in this course, and so is dW."
ROWS = "Rows are examples, in δ as in everything else: δ has the shape of Z."
SHAPE_SLIPS = (
    ([None, (3, 5), None, None, None], f"dW2: {TRANSPOSED}"),
    ([None, None, None, (5, 4), None], f"dW1: {TRANSPOSED}"),
    ([(3, 7), None, None, None, None], f"δ2: {ROWS}"),
    ([None, None, (5, 7), None, None], f"δ1: {ROWS}"),
    ([None, None, None, None, (7, 5)], "db1 has one entry a unit: the examples were summed away."),
    (
        [None, None, None, None, (7,)],
        "db1 has one entry a unit, not one an example: the axis that is summed away is the examples'.",
    ),
    (
        [None, None, None, None, (1, 5)],
        "db1 has the shape of b1, a plain row of 5 numbers, `(5,)`: one axis, not two.",
    ),
    (
        [None, None, None, None, 5],
        "`(5)` is the number 5. A shape with one axis is written `(5,)`, with the comma.",
    ),
)

EXERCISES = (
    Exercise(
        id="04.a",
        name="one layer's dW2",
        points=0,
        title="dW2 by hand",
        kind="predict",
        returns=("first", "second"),
        reference=lambda: [-0.08, -0.2],
        mistakes=(
            Mistake(
                "04.a1",
                lambda: [0.08, 0.2],
                message="The size is right. δ2 is negative here, so both slopes are negative.",
            ),
            Mistake(
                "04.a2",
                lambda: [-0.4, -0.4],
                message="That is δ2 itself, which is db2. A weight's slope is δ2 times what the weight "
                "multiplied in the forward pass.",
            ),
        ),
        hints=(
            "Each weight of layer 2 multiplied one hidden activation.",
            "dW2[j] = a1[j] · δ2, Eq. (4.2).",
            "0.2 · (−0.4), then 0.5 · (−0.4)",
        ),
    ),
    Exercise(
        id="04.b",
        name="five shapes",
        points=0,
        title="Shapes of the backward pass",
        kind="predict",
        returns=("δ2", "dW2", "δ1", "dW1", "db1"),
        reference=lambda: [(7, 3), (5, 3), (7, 5), (4, 5), (5,)],
        mistakes=tuple(
            Mistake(f"04.b{place}", lambda answer=answer: answer, message=message)
            for place, (answer, message) in enumerate(SHAPE_SLIPS, 1)
        ),
        hints=(
            "A gradient has the shape of what it belongs to.",
            "δ has the shape of Z; dW that of W; db that of b.",
            "N, D, H, C = 7, 4, 5, 3: Z2 is (N, C), W2 is (H, C), …",
        ),
    ),
    quiz(
        "04.q1",
        "B",
        right="One bias served N examples: N paths lead from it to the loss, and across paths we add, Eq. (3.2).",
        wrong={
            "A": "A: the sum saves nothing that matters. The shape follows from the meaning.",
            "C": "C: a sum, not an average. The 1/N is in δ2 already.",
        },
    ),
    quiz(
        "04.q2",
        "A",
        right="All gradients belong to one forward pass, so δ1 travels back over the W2 that was used in it.",
        wrong={
            "B": "B: that would be a gradient of a network that was not run.",
            "C": "C: W1 lies on the other side of the hidden layer.",
        },
    ),
    quiz(
        "04.q3",
        "B",
        right="1/1 = 1. A test on one example cannot see this bug, nor the missing 1/N.",
        wrong={
            "A": "A: at N = 1, dividing by N divides by 1, and nothing changes.",
            "C": "C: there is no factor 2 in a division by 1.",
        },
    ),
)
