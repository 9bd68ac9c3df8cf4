"""Lesson 01, the forward pass: exercises, the wrong answers known for them, and what to say."""

from __future__ import annotations

import numpy as np

from ..activations import sigmoid
from ..layers import affine_forward
from .draws import normal
from .drivers import threshold_table
from .exercise import Case, Exercise, Mistake, quiz

# ---------------------------------------------------------------- 01.1 affine


def affine(X, W, b):
    """One layer before its activation, Eq. (1.3)."""
    return affine_forward(X, W, b)


def affine_cases(rng):
    """All sizes different; a square case; N = H, where a bias for each example fits; one example."""
    rows = {
        "N, D, H = 7, 4, 5": (7, 4, 5),
        "the square case": (4, 4, 4),
        "as many examples as units": (5, 3, 5),
        "a single example": (1, 4, 5),
    }
    return [
        Case(name, (normal(rng, n, d), normal(rng, d, h), spread(normal(rng, h))), {"N": n, "D": d, "H": h})
        for name, (n, d, h) in rows.items()
    ]


def spread(b):
    """The same numbers, moved apart so that no two biases are equal."""
    return b + np.arange(len(b)) / 8


AFFINE = Exercise(
    id="01.1",
    name="affine",
    points=2,
    title="Compute one layer before its activation",
    kind="write",
    returns=("Z",),
    reference=affine,
    cases=affine_cases,
    mistakes=(
        Mistake(
            "M01",
            lambda X, W, b: W @ X + b,
            message="Your code computes W @ X. NumPy refuses it, except where the shapes fit by luck, as on the square case, and there the "
            "numbers differ. Examples are rows here: the D numbers in each row of X have to meet the D rows of W, Eq. (1.3).",
        ),
        Mistake(
            "M02",
            lambda X, W, b: X @ W + b[:, None],
            message="You made b a column of shape (H, 1). Where there are as many examples as units it fits by luck, and then every *example* gets "
            "a bias of its own; elsewhere NumPy refuses it. A bias belongs to a unit: keep its shape (H,), and it is added to every row.",
        ),
        Mistake(
            "M03",
            lambda X, W, b: X @ W,
            message="The product is right, and the bias is missing: for an example of zeros your Z is 0, and it should be b, Eq. (1.3).",
        ),
        Mistake(
            "M76",
            lambda X, W, b: (X @ W + b).T,
            documented={"shape": (5, 7)},
            message="Your Z has shape {got.shape}, one column for each example. That is how books that write W·x + b lay it out. "
            "In this course rows are examples: Z has shape ({N}, {H}), and needs no transpose.",
        ),
        Mistake(
            "M77",
            lambda X, W, b: X @ W.T + b,
            documented={"rel": 0.37, "cos": 0.73},
            at="the square case",
            message="You multiplied by W.T. That fits on the square case only, and there every weight sits in the wrong place. "
            "W has one row for each input and one column for each unit, so X @ W needs no transpose, Eq. (1.3).",
        ),
        Mistake(
            "M78",
            lambda X, W, b: X @ W + b.sum(),
            documented={"rel": 0.4, "cos": 0.72},
            message="You added the sum of all biases to every unit. Each of the {H} units has its own bias: add b as it is, "
            "and NumPy gives entry j to column j.",
        ),
        Mistake(
            "M206",
            lambda X, W, b: X @ (W + b),
            message="You added b to the weights before the product, so every input multiplied it as well. "
            "First X @ W, then + b: the bias is added once for each unit, whatever the inputs are, Eq. (1.3).",
        ),
    ),
    hints=(
        "Each example is a row, each unit a column of W. A row times a column, plus the unit's bias, is one entry of Z.",
        "Z = XW + b, Eq. (1.3): (N, D) times (D, H) is (N, H), and b of shape (H,) is added to every row.",
        "return X @ ... + ...",
    ),
)

# ---------------------------------------------------------------- 01.2 sigmoid


def sigmoid_cases(rng):
    """Both signs; ±800, where e^800 is too large for a float; and numbers that are all very negative."""
    return [
        Case("a table of 3 by 4", (normal(rng, 3, 4, scale=2),)),
        Case("numbers from -800 to 800", (np.array([-800.0, -2.0, 0.5, 3.0, 800.0]),)),
        Case("three very negative numbers", (np.array([-12.0, -20.0, -800.0]),)),
    ]


def sigmoid_by_where(z):
    """Both branches for every entry; `np.where` picks afterwards."""
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


SIGMOID = Exercise(
    id="01.2",
    name="sigmoid",
    points=2,
    title="Squash any number into 0 to 1",
    kind="write",
    returns=("a",),
    reference=lambda z: sigmoid(z),
    cases=sigmoid_cases,
    mistakes=(
        Mistake(
            "M05",
            lambda z: 1 / (1 + np.exp(-z)),
            kind="note",
            message="All values are right, so this counts in full. But at z = −800 your exp(−z) is e to the power 800, too large for a float, and "
            "NumPy warned of an overflow. A form that takes exp of negative numbers only, or tanh, stays quiet: see the end of lesson 01.",
        ),
        Mistake(
            "M79",
            lambda z: np.exp(z) / (1 + np.exp(z)),
            message="At z = 800 your answer is not a number (nan): e to the power 800 is infinite for a float, and infinity divided by infinity "
            "has no value. This form is right for negative z; for positive z use 1/(1 + e^−z), Eq. (1.2).",
        ),
        Mistake(
            "M80",
            sigmoid_by_where,
            kind="note",
            message="All values are right, so this counts in full. But `np.where` computes *both* branches for every entry and picks afterwards: "
            "the branch that was not wanted overflowed, and NumPy warned. Compute each branch for its own entries, or use tanh.",
        ),
        Mistake(
            "M81",
            lambda z: 1 / (1 + np.exp(z)),
            documented={"rel": 0.56, "cos": 0.39},
            message="Your curve falls where it should rise: you took e^z, and Eq. (1.2) has e^−z. Large z should give an answer near 1.",
        ),
        Mistake(
            "M82",
            lambda z: 1 / (1 + np.exp(-np.clip(z, -10, 10))),
            documented={"rel": 0.89},
            at="three very negative numbers",
            message="Clipping z to ±10 avoids the overflow and changes the answer: σ(−12) and σ(−20) come out equal, and far too large. "
            "Where answers are tiny their size still matters. Choose the form by the sign of z instead.",
        ),
        Mistake(
            "M207",
            lambda z: 1 / 1 + np.exp(-z),
            message="Python reads `1 / 1 + np.exp(-z)` as (1/1) + e^−z. Put the whole denominator of Eq. (1.2) into parentheses.",
        ),
        Mistake(
            "M208",
            lambda z: np.tanh(z),
            message="This is tanh, which runs from −1 to 1. σ runs from 0 to 1. The two are related: σ(z) = ½(1 + tanh(½z)).",
        ),
    ),
    hints=(
        "Large z gives nearly 1, very negative z nearly 0, z = 0 gives ½. Which exponential never gets large?",
        "σ(z) = 1/(1 + e^−z), Eq. (1.2). For z < 0 multiply above and below by e^z: e^z/(1 + e^z). Or σ(z) = ½(1 + tanh(½z)).",
        "e = np.exp(-np.abs(z))   # never above 1\nreturn np.where(z >= 0, 1, ...) / (1 + e)",
    ),
)

# ---------------------------------------------------------------- 01.3 predict_shapes

SHAPE_ITEMS = (
    "X @ W1",
    "X @ W1 + b1",
    "Y_hat - y",
    "dZ.sum(axis=0)",
    "X.T @ dZ",
    "A1.sum(axis=1, keepdims=True)",
)


def predict_shapes(N, D, H, C):
    """The shapes of the six expressions."""
    return [(N, H), (N, H), (N, N), (H,), (D, H), (N, 1)]


def shape_cases(rng):
    """Two sets of sizes, so that letters and not numbers must come back."""
    sizes = [dict(zip("NDHC", row, strict=True)) for row in ((7, 4, 5, 3), (2, 6, 9, 8))]
    return [Case(f"N, D, H, C = {', '.join(map(str, s.values()))}", tuple(s.values()), s) for s in sizes]


def one_shape(item, rule):
    """An answer that touches one item only, item 1 to 6, with `rule(N, D, H, C)` in its place."""
    return lambda *sizes: [rule(*sizes) if k == item else None for k in range(1, 7)]


PREDICT_SHAPES = Exercise(
    id="01.3",
    name="predict_shapes",
    points=2,
    title="Predict six shapes",
    kind="predict",
    returns=SHAPE_ITEMS,
    reference=predict_shapes,
    cases=shape_cases,
    mistakes=(
        Mistake(
            "M02b",
            one_shape(2, lambda N, D, H, C: (H,)),
            message="`X @ W1 + b1`: (H,) is the shape of b1 alone. One bias for each unit is added to every one of the N rows, "
            "and the rows stay.",
        ),
        Mistake(
            "M06",
            one_shape(3, lambda N, D, H, C: (N, 1)),
            message="`Y_hat - y`: you kept the column's shape. NumPy lines shapes up from the right: (N, 1) beside (N,) pairs every prediction with "
            "every target. No error, and a large table: refresher R2 has it.",
        ),
        Mistake(
            "M06b",
            one_shape(3, lambda N, D, H, C: (N,)),
            message="`Y_hat - y`: you took the flat shape. NumPy lines shapes up from the right: (N, 1) beside (N,) pairs every prediction with "
            "every target. Refresher R2 has the table.",
        ),
        Mistake(
            "M83",
            one_shape(4, lambda N, D, H, C: (N,)),
            message="`dZ.sum(axis=0)`: the axis that you name is the one that disappears, not the one that stays. Axis 0 counts the examples.",
        ),
        Mistake(
            "M202",
            one_shape(4, lambda N, D, H, C: H),
            message="`dZ.sum(axis=0)`: the size is right. A shape is a tuple, also with one entry: `(H,)` with a comma. `(H)` is only the number.",
        ),
        Mistake(
            "M211",
            one_shape(5, lambda N, D, H, C: (H, D)),
            message="`X.T @ dZ`: right sizes, wrong order. X.T is (D, N) and dZ is (N, H); the inner N disappears, the outer sizes keep their order.",
        ),
        Mistake(
            "M84",
            one_shape(6, lambda N, D, H, C: (N,)),
            message="`A1.sum(axis=1, keepdims=True)`: keepdims keeps the summed axis, with size 1. Without it you would be right.",
        ),
        Mistake(
            "M85",
            lambda N, D, H, C: predict_shapes(7, 4, 5, 3),
            message="Your shapes hold for N, D, H, C = 7, 4, 5, 3 and for no other sizes. The function is called with several: "
            "return the letters, such as `(N, H)`.",
        ),
    ),
    hints=(
        "Write each array's shape above it, in letters. Then apply one rule: the product, broadcasting, or the sum over an axis.",
        "(N, D) @ (D, H) is (N, H). Broadcasting lines up from the right and stretches a size 1. The axis of a sum disappears.",
        "return [(N, ...), (N, ...), (N, ...), (...,), (..., H), (N, ...)]",
    ),
)

# ---------------------------------------------------------------- 01.4 forward_2layer


def forward_variant(*faults):
    """The forward pass of Eq. (1.4) with these mistakes made, each at the line where a learner makes it."""

    def run(X, W1, b1, W2, b2):
        on = set(faults).__contains__
        Z1 = X @ W1 + (0 if on("M03") or on("M203") else b1)
        A1 = Z1 if on("M210") else sigmoid(Z1)
        Z2 = (Z1 if on("M86") else A1) @ W2 + (0 if on("M03") or on("M89") else b2)
        if on("M04"):
            Z2 = sigmoid(Z2)
        A2 = Z2 if on("M209") else sigmoid(sigmoid(Z2)) if on("M04b") else sigmoid(Z2)
        return A1 if on("M87") else Z1, A1, A2 if on("M88") else Z2, A2

    return run


forward_2layer = forward_variant()


def forward_cases(rng):
    """All sizes different, and a square case; biases that are not zero."""
    cases = []
    for name, (n, d, h, c) in {
        "N, D, H, C = 7, 4, 5, 3": (7, 4, 5, 3),
        "the square case": (4, 4, 4, 4),
    }.items():
        weights = (normal(rng, d, h), spread(normal(rng, h)), normal(rng, h, c), spread(normal(rng, c)))
        cases.append(Case(name, (normal(rng, n, d), *weights), {"N": n, "D": d, "H": h, "C": c}))
    return cases


FORWARD_MESSAGES = {
    "M03": "Both biases are missing: Z1 should be X @ W1 + b1, and Z2 should be A1 @ W2 + b2, Eq. (1.4). For an example of zeros your Z1 is 0.",
    "M203": "b1 is missing: Z1 should be X @ W1 + b1, Eq. (1.4). What follows is computed rightly, from a wrong Z1.",
    "M89": "Z1 and A1 are right. b2 is missing: Z2 should be A1 @ W2 + b2, Eq. (1.4).",
    "M86": "Z1 and A1 are right. Your second layer was fed Z1, and the squash in the middle is skipped: such a network is one affine layer, "
    "as lesson 01 shows. It should be fed A1, Eq. (1.4).",
    "M210": "Z1 is right. Your A1 is Z1 again: the squash of the hidden layer is missing, A1 = σ(Z1), Eq. (1.4). Without it two layers are one.",
    "M87": "A1, Z2 and A2 are right. Under the name Z1 you return A1. The backward pass will want both: z before the squash, and a after it.",
    "M88": "Z1, A1 and A2 are right. Under the name Z2 you return A2. Keep both: Z2 before the squash, A2 after it.",
    "M209": "Z1, A1 and Z2 are right. Your A2 is Z2 again: the squash at the output is missing, A2 = σ(Z2), Eq. (1.4).",
    "M04": "Z1 and A1 are right. Your Z2 is squashed already, and then σ is applied once more, so A2 stays between 0.5 and 0.74. Z2 is the value "
    "before the squash; one σ leads to A2, Eq. (1.4).",
    "M04b": "Z1, A1 and Z2 are right. A2 is squashed twice, σ of σ, and stays between 0.5 and 0.74. One σ leads from Z2 to A2, Eq. (1.4).",
}

FORWARD_DOCUMENTED = {
    "M86": {"Z2 rel": 0.59, "Z2 cos": 0.66, "A2 rel": 0.33, "A2 cos": 0.79},
    "M87": {"Z1 rel": 0.63, "Z1 cos": 0.68},
    "M88": {"Z2 rel": 0.72, "Z2 cos": 0.38},
    "M89": {"Z2 rel": 0.49, "Z2 cos": 0.71, "A2 rel": 0.21, "A2 cos": 0.92},
}

FORWARD_2LAYER = Exercise(
    id="01.4",
    name="forward_2layer",
    points=3,
    title="Run a network of two layers",
    kind="write",
    returns=("Z1", "A1", "Z2", "A2"),
    reference=forward_2layer,
    cases=forward_cases,
    variants=lambda ids: forward_variant(*ids),
    mistakes=tuple(
        Mistake(i, forward_variant(i), message=text, documented=FORWARD_DOCUMENTED.get(i, {}))
        for i, text in FORWARD_MESSAGES.items()
    ),
    hints=(
        "Twice the same: a layer, then a squash. The second layer gets what the first one put out.",
        "Z1 = XW1 + b1, A1 = σ(Z1), Z2 = A1W2 + b2, A2 = σ(Z2), Eq. (1.4). Your `affine` and `sigmoid` are its parts.",
        "Z1 = affine(X, ..., ...)\nA1 = sigmoid(...)\nZ2 = affine(..., W2, b2)\nA2 = ...\nreturn Z1, A1, Z2, A2",
    ),
)

# ---------------------------------------------------------------- 01.5 xor_weights

OR_AND_NAND = ([[1, -1], [1, -1]], [-0.5, 1.5])  # unit 1 says OR, unit 2 says NAND


def weights(W1_b1, W2, b2):
    """A function without arguments that returns these weights."""
    return lambda: (*map(np.array, W1_b1), np.array(W2), np.array(b2))


XOR_WEIGHTS = Exercise(
    id="01.5",
    name="xor_weights",
    points=3,
    title="Choose weights that solve XOR",
    kind="construct",
    returns=("answer to 0 0", "answer to 0 1", "answer to 1 0", "answer to 1 1"),
    reference=weights(OR_AND_NAND, [[1], [1]], [-1.5]),
    drive=threshold_table,
    mistakes=(
        Mistake(
            "M90",
            weights(OR_AND_NAND, [[-1], [-1]], [1.5]),
            message="Your network says 1 0 0 1: it finds the pairs that are *equal* (XNOR), the exact opposite of XOR. "
            "The hidden layer can stay; turn the signs of W2 and b2 around.",
        ),
        Mistake(
            "M91",
            weights(OR_AND_NAND, [[1], [0]], [-0.5]),
            message="Your network says 0 1 1 1: that is OR. Only the answer to 1 1 is wrong. One straight line is enough for OR; a second unit has to "
            "switch the answer off where both inputs are 1.",
        ),
        Mistake(
            "M92",
            weights(OR_AND_NAND, [[0], [1]], [-0.5]),
            message="Your network says 1 1 1 0: that is NAND, not both. Only the answer to 0 0 is wrong. A second unit has to switch the answer off "
            "where both inputs are 0.",
        ),
        Mistake(
            "M93",
            weights(([[1, -1], [-1, 1]], [-1, -1]), [[1], [1]], [-0.5]),
            message="Your network says 0 to all four. Work out the z of each unit: at z = 0 exactly a unit says 0, since 1 needs z > 0. "
            "Move the biases halfway between the points, such as −0.5.",
        ),
        Mistake(
            "M204",
            weights(([[1, 1], [1, 1]], [-1.5, -1.5]), [[1], [1]], [-0.5]),
            message="Your network says 0 0 0 1: that is AND. It is a useful unit: XOR is 1 where OR says 1 and AND does not.",
        ),
        Mistake(
            "M205",
            weights(OR_AND_NAND, [[1], [1]], [-0.5]),
            message="Your network says 1 to all four. Work out the z of the output for each pair: its bias b2 has to be low enough that "
            "some of them stay at 0 or below.",
        ),
    ),
    hints=(
        "XOR is 1 where at least one input is 1 *and* not both are. Each half is one straight line, so each can be one unit.",
        "Unit 1: OR, x₁ + x₂ − 0.5 > 0. Unit 2: NAND, −x₁ − x₂ + 1.5 > 0. The output: both of them, an AND.",
        "W1 = np.array([[1, -1], [1, -1]]); b1 = np.array([..., ...])\nW2 = np.array([[1], [1]]); b2 = np.array([...])\nreturn W1, b1, W2, b2",
    ),
)

# ---------------------------------------------------------------- inside the lesson

IN_TEXT = (
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
                message="The products are right. The biases are missing: 0.3, −0.5 and 0.1.",
            ),
            Mistake(
                "01.a2",
                lambda: [0.5, -1.0, 0.9],
                message="These are the values of example A. Example B is (−0.5, 2.0), the second row of X.",
            ),
            Mistake(
                "01.a3",
                lambda: [2.1, -2.4, 0.8],
                message="The first input of B is −0.5; its minus sign got lost in your products.",
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

EXERCISES = (AFFINE, SIGMOID, PREDICT_SHAPES, FORWARD_2LAYER, XOR_WEIGHTS, *IN_TEXT)
