"""The checks and quizzes inside lesson 01."""

from __future__ import annotations

from ..exercise import Exercise, Mistake, quiz

EXERCISES = (
    Exercise(
        id="01.a",
        name="z1 of example B",
        points=0,
        title="A layer by hand",
        kind="predict",
        returns=("unit 1", "unit 2", "unit 3"),
        reference=lambda: [1.7, -1.8, 0.2],
        mistakes=(
            Mistake(
                "01.a1",
                lambda: [1.4, -1.3, 0.1],
                message="These are the sums of the products. Each still needs its bias: 0.3, −0.5 and 0.1.",
            ),
            Mistake(
                "01.a2",
                lambda: [0.5, -1.0, 0.9],
                message="These are the values of example A. Example B is (−0.5, 2.0), the second row of X.",
            ),
            Mistake(
                "01.a3",
                lambda: [2.1, -2.4, 0.8],
                message="These belong to (0.5, 2.0). The first input of B is −0.5: a minus sign got lost on the way.",
            ),
        ),
        hints=(
            "Each unit multiplies both inputs of B by its own two weights, and adds its bias.",
            "z = x₁w₁ + x₂w₂ + b, Eq. (1.1), with x = (−0.5, 2.0) and a column of W1.",
            "unit 1: −0.5 · 0.4 + 2.0 · 0.8 + 0.3",
        ),
    ),
    Exercise(
        id="01.b",
        name="four shapes",
        points=0,
        title="Shapes of the forward pass",
        kind="predict",
        returns=("X @ W1", "A1 @ W2", "W2.T", "b1"),
        reference=lambda: [(4, 3), (4, 1), (1, 3), (3,)],
        mistakes=(
            Mistake(
                "01.b1",
                lambda: [(2, 2), None, None, None],
                message="`X @ W1`: the inner sizes, 2 and 2, meet and disappear. The outer ones stay.",
            ),
            Mistake(
                "01.b2",
                lambda: [None, (4,), None, None],
                message="`A1 @ W2`: four numbers, yes, in a column: a product of two tables is a table.",
            ),
            Mistake(
                "01.b3",
                lambda: [None, None, (3, 1), None],
                message="`W2.T`: (3, 1) is the shape of W2 itself. The transpose exchanges rows and columns.",
            ),
            Mistake(
                "01.b4",
                lambda: [None, None, None, (1, 3)],
                message="`b1`: three numbers in a row without a second axis. Print `b1.shape` to see how that is written.",
            ),
            Mistake(
                "01.b6",
                lambda: [None, None, None, (3, 1)],
                message="`b1`: three numbers, yes, but neither a row nor a column of a table: one axis, and no 1 beside it.",
            ),
            Mistake(
                "01.b5",
                lambda: [None, None, None, 3],
                message="`b1`: the size is right. A shape is a tuple, so it needs its comma, also with one entry.",
            ),
        ),
        hints=(
            "X is (4, 2), W1 is (2, 3), A1 is (4, 3), W2 is (3, 1).",
            "(N, D) @ (D, H) is (N, H). A transpose exchanges rows and columns. One bias for each unit.",
            "[(4, ...), (4, ...), (..., 3), (...,)]",
        ),
    ),
    quiz(
        "01.q1",
        "B",
        right="It belongs to the unit, and broadcasting gives it to every row.",
        wrong={
            "A": "A: a bias of shape (4,) would tie the network to this batch, and (4,) cannot be added to (4, 3).",
            "C": "C: that would be six numbers, where one shift for each unit is wanted. The weights are separate.",
        },
    ),
    quiz(
        "01.q2",
        "C",
        right="XW1 + b1, then W2 and b2, is again X times a matrix plus a bias.",
        wrong={
            "A": "A: the section on the squash builds the single layer that does the same.",
            "B": "B: it gave −1.56 for example A, not 0.",
        },
    ),
    quiz(
        "01.q3",
        "A",
        right="The inner sizes have to meet, and 3 and 4 do not.",
        wrong={
            "B": "B: `@` is the product of two tables; for these arrays `np.dot` would refuse them as well.",
            "C": "C: with rows as examples, X @ W1 needs no transpose.",
        },
    ),
)
