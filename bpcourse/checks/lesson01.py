"""Lesson 01, the forward pass: exercises, the wrong answers known for them, and what to say."""

from __future__ import annotations

import math

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
            message="On the square case your answer is W @ X + b; elsewhere the shapes of W @ X do not fit, and NumPy refuses it. Examples are rows here: the D numbers in each row of X have to meet the D rows of W, Eq. (1.3).",
        ),
        Mistake(
            "M02",
            lambda X, W, b: X @ W + b[:, None],
            message="Every *example* got a bias of its own: b stood as a column, or beside a transposed product. That fits by luck where there "
            "are as many examples as units; elsewhere NumPy refuses it. A bias belongs to a unit: b of shape (H,) is added to every row of X @ W.",
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
            message="On the square case your answer is X @ W.T + b, with every weight in the wrong place; elsewhere the shapes do not fit. "
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
            message="Your answer is X @ (W + b): the bias is multiplied by every input as well. "
            "First X @ W, then + b: the bias is added once for each unit, whatever the inputs are, Eq. (1.3).",
        ),
        Mistake(
            "M301",
            lambda X, W, b: X * W + b,
            message="`*` multiplies entry by entry. That fits on the square case only; elsewhere NumPy refuses it. Eq. (1.3) asks for the "
            "matrix product, a row times a column: `@`.",
        ),
        Mistake(
            "M302",
            lambda X, W, b: X @ W - b,
            message="The product is right. The bias came in with the wrong sign: your answer is X @ W − b, and Eq. (1.3) adds it.",
        ),
        Mistake(
            "M303",
            lambda X, W, b: sigmoid(X @ W + b),
            message="Your answer is σ of what is wanted, all of it between 0 and 1. This exercise stops before the activation: return the "
            "pre-activation Z, Eq. (1.3). The squash is 01.2.",
        ),
        Mistake(
            "M304",
            lambda X, W, b: X @ W + X.shape[1] * b,
            message="Here each example has {D} inputs, and your answer holds the bias {D} times. Perhaps it stands inside the loop or the sum "
            "over the inputs. It is added once for each unit, after the sum, Eq. (1.1).",
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
            message="All values are right, so this counts in full. But on the way an e to the power 800 was asked for, too large for a float, and "
            "NumPy warned of an overflow. (In Eq. (1.2) as it stands, that happens at z = −800.) A form that takes exp of negative numbers only, or tanh, stays quiet: see the end of lesson 01.",
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
            message="All values are right, so this counts in full. But on the way NumPy warned of an overflow and of nan. If you use `np.where`: it "
            "computes *both* branches for every entry and picks afterwards. Compute each branch for its own entries, or use tanh.",
        ),
        Mistake(
            "M81",
            lambda z: 1 / (1 + np.exp(z)),
            documented={"rel": 0.56, "cos": 0.39},
            message="Your curve falls where it should rise: what came out is 1/(1 + e^z), which is σ(−z). A sign is turned around, or two "
            "branches are exchanged. Large z should give an answer near 1, Eq. (1.2).",
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
            message="What came out is 1 + e^−z, and Eq. (1.2) divides 1 by that. If you wrote `1 / 1 + ...`, Python divides first: put the whole "
            "denominator into parentheses.",
        ),
        Mistake(
            "M208",
            lambda z: np.tanh(z),
            message="This is tanh, which runs from −1 to 1. σ runs from 0 to 1. The two are related: σ(z) = ½(1 + tanh(½z)).",
        ),
        Mistake(
            "M305",
            lambda z: np.exp(-z) / (1 + np.exp(-z)),
            message="Two things. Your curve falls where it should rise: e^−z/(1 + e^−z) is σ(−z). And at z = −800 it is not a number (nan), since "
            "infinity divided by infinity has no value. The fraction with the exponential above *and* below is e^z/(1 + e^z), for negative z.",
        ),
        Mistake(
            "M306",
            lambda z: 1 / (1 + np.exp(-np.abs(z))),
            message="Right for z ≥ 0. For negative z you give what belongs to |z|, more than ½: there a second form is needed, with "
            "e^−|z| above *and* below.",
        ),
        Mistake(
            "M307",
            lambda z: np.exp(-np.abs(z)) / (1 + np.exp(-np.abs(z))),
            message="Right for z < 0. For positive z you give what belongs to −z, less than ½: there 1 is divided by 1 + e^−|z|.",
        ),
        Mistake(
            "M308",
            lambda z: 0.5 * (1 + np.tanh(z)),
            message="Your curve has the right ends and is too steep between them: it is σ(2z), for instance ½(1 + tanh z). "
            "In the form with tanh, z is halved inside.",
        ),
        Mistake(
            "M309",
            lambda z: 0.5 * np.tanh(0.5 * z),
            message="Your curve runs from −½ to ½: it is σ(z) − ½. In the form with tanh, 1 is added *before* the whole is halved.",
        ),
        Mistake(
            "M310",
            lambda z: 1 / (1 - np.exp(-z)),
            message="The sign in the denominator is turned around: what came out is 1/(1 − e^−z), which has a hole at z = 0. "
            "Eq. (1.2) has 1 + e^−z.",
        ),
        Mistake(
            "M311",
            lambda z: 1 / (1 + np.exp(-z)) if z >= 0 else np.exp(z) / (1 + np.exp(z)),
            message="NumPy stopped your function because z is an array, and a question such as `if z >= 0` has one answer for each entry. "
            "Choose entry by entry with `np.where`, or use a form that needs no choice.",
        ),
        Mistake(
            "M312",
            lambda z: 1 / (1 + math.exp(-z)),
            message="Something in your function takes a single number, and z is an array: `math.exp`, perhaps. NumPy's own `np.exp` works on all "
            "entries at once.",
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
            message="`Y_hat - y`: (N, 1) is the shape of the column alone. NumPy lines shapes up from the right: (N, 1) beside (N,) pairs every prediction with "
            "every target. No error, and a large table: refresher R2 has it.",
        ),
        Mistake(
            "M06b",
            one_shape(3, lambda N, D, H, C: (N,)),
            message="`Y_hat - y`: (N,) is the shape of y alone. NumPy lines shapes up from the right: (N, 1) beside (N,) pairs every prediction with "
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
            "M313",
            one_shape(4, lambda N, D, H, C: (1, H)),
            message="`dZ.sum(axis=0)`: the right numbers, and one axis too many. Without keepdims the summed axis is gone: one axis is left, (H,).",
        ),
        Mistake(
            "M314",
            one_shape(4, lambda N, D, H, C: (H, 1)),
            message="`dZ.sum(axis=0)`: H sums, yes, but no column. A sum over an axis makes it disappear, and one axis is left.",
        ),
        Mistake(
            "M315",
            one_shape(6, lambda N, D, H, C: (1, H)),
            message="`A1.sum(axis=1, keepdims=True)`: the axis that you name is the one that shrinks to 1. Axis 1 runs along a row.",
        ),
        Mistake(
            "M316",
            one_shape(6, lambda N, D, H, C: (H, 1)),
            message="`A1.sum(axis=1, keepdims=True)`: there is one sum for each row. How many rows has A1?",
        ),
        Mistake(
            "M317",
            lambda N, D, H, C: ["(N, H)", "(N, H)", "(N, N)", "(H,)", "(D, H)", "(N, 1)"],
            message="Your shapes are text. Write them without quotes: N, D, H and C are the function's inputs, and "
            "stand for numbers there.",
        ),
        Mistake(
            "M318",
            lambda N, D, H, C: [("N", "H"), ("N", "H"), ("N", "N"), ("H",), ("D", "H"), ("N", 1)],
            message="The letters in your tuples are text. Write `(N, H)`, not `('N', 'H')`: N, D, H and C are the function's inputs.",
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


def falling(z):
    """σ(−z)."""
    return sigmoid(-z)


def steep(z):
    """σ(2z)."""
    return sigmoid(2 * z)


# Wrong answers to 01.2 that a learner may bring along: the function, and what it is.
OWN_SQUASHES = {
    "M319": (falling, "σ(−z), which falls where σ rises"),
    "M320": (np.tanh, "tanh"),
    "M321": (lambda z: 1 + np.exp(-z), "1 + e^−z, not 1 divided by it"),
    "M322": (steep, "σ(2z), twice as steep as σ"),
    "M323": (lambda z: sigmoid(np.abs(z)), "σ(|z|), which is right for z ≥ 0 only"),
    "M324": (lambda z: sigmoid(-np.abs(z)), "σ(−|z|), which is right for z ≤ 0 only"),
}


def forward_variant(*faults):
    """The forward pass of Eq. (1.4) with these mistakes made, each at the line where a learner makes it."""

    def run(X, W1, b1, W2, b2):
        on = set(faults).__contains__
        squash = next((f for id, (f, _) in OWN_SQUASHES.items() if on(id)), sigmoid)
        Z1 = X @ W1 + (0 if on("M03") or on("M203") else b1)
        A1 = Z1 if on("M210") else squash(squash(Z1)) if on("M325") else squash(Z1)
        fed = Z1 if on("M86") else X if on("M328") else A1
        bias = 0 if on("M03") or on("M89") else b1 if on("M326") else b2
        Z2 = fed @ (W1 if on("M327") else W2) + bias
        if on("M04"):
            Z2 = squash(Z2)
        A2 = Z2 if on("M209") else squash(squash(Z2)) if on("M04b") else squash(Z2)
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
    "M325": "Z1 is right. A1 is squashed twice, σ of σ, and stays between 0.5 and 0.74. One σ leads from Z1 to A1, Eq. (1.4). What follows is "
    "computed rightly, from a wrong A1.",
    "M326": "Z1 and A1 are right. On the square case your Z2 is A1 @ W2 + b1; elsewhere the shapes do not fit. The second layer has a bias of "
    "its own, b2, one number for each output, Eq. (1.4).",
    "M327": "Z1 and A1 are right. On the square case your Z2 is A1 @ W1 + b2; elsewhere the shapes do not fit. The second layer has weights of "
    "its own, W2, which lead from H units to C outputs, Eq. (1.4).",
    "M328": "Z1 and A1 are right. On the square case your Z2 is X @ W2 + b2; elsewhere the shapes do not fit. The second layer gets what the "
    "first one put out: A1, Eq. (1.4).",
    **{
        id: f'Z1 is right. From A1 on the squash is {what}. If you use your own `sigmoid`, see what `check("01.2", sigmoid)` says of it '
        "first; the rest of this function is right."
        for id, (_, what) in OWN_SQUASHES.items()
    },
}

# What is said of each where it is one of two.
FORWARD_CAUSES = {
    "M03": "both biases are missing",
    "M203": "b1 is missing from Z1",
    "M89": "b2 is missing from Z2",
    "M86": "the second layer is fed Z1 in place of A1",
    "M210": "A1 is Z1 again, without its squash",
    "M87": "A1 is returned under the name Z1",
    "M88": "A2 is returned under the name Z2",
    "M209": "A2 is Z2 again, without its squash",
    "M04": "Z2 is squashed already",
    "M04b": "A2 is squashed twice",
    "M325": "A1 is squashed twice",
    "M326": "the second layer adds b1 in place of b2",
    "M327": "the second layer multiplies by W1 in place of W2",
    "M328": "the second layer is fed X in place of A1",
    **{id: f"the squash is {what}" for id, (_, what) in OWN_SQUASHES.items()},
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
        Mistake(
            i,
            forward_variant(i),
            message=text,
            cause=FORWARD_CAUSES[i],
            documented=FORWARD_DOCUMENTED.get(i, {}),
        )
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


BOTH_INPUTS = ([[1, 0], [0, 1]], [-0.5, -0.5])  # each unit passes one input on
HALF = "It is one half of XOR: one hidden unit can find this half, the other one the other, and the output join the two."
ONE_LINE = "One straight line is enough for that. XOR needs two, and each hidden unit can draw one."
WORK_OUT = "For each pair, work out what the two hidden units say, and then the output's z."

# id, the gate's name, its table, the output's weights and bias on x₁ and x₂, and what to do
OTHER_GATES = (
    ("M329", "x₁ and not x₂", "0010", [[1], [-1]], [-0.5], HALF),
    ("M330", "x₂ and not x₁", "0100", [[-1], [1]], [-0.5], HALF),
    ("M331", "x₁, whatever x₂ is", "0011", [[1], [0]], [-0.5], ONE_LINE),
    ("M332", "x₂, whatever x₁ is", "0101", [[0], [1]], [-0.5], ONE_LINE),
    ("M333", "NOT x₁, whatever x₂ is", "1100", [[-1], [0]], [0.5], ONE_LINE),
    ("M334", "NOT x₂, whatever x₁ is", "1010", [[0], [-1]], [0.5], ONE_LINE),
    ("M335", "NOR, neither of the two", "1000", [[-1], [-1]], [0.5], WORK_OUT),
    ("M336", "x₁ or not x₂", "1011", [[1], [-1]], [0.5], WORK_OUT),
    ("M337", "x₂ or not x₁", "1101", [[-1], [1]], [0.5], WORK_OUT),
)


def gate_message(name, table, way):
    """What the network says, what that is called, and for which pairs it is not XOR."""
    pairs = zip(("0 0", "0 1", "1 0", "1 1"), table, "0110", strict=True)
    wrong = [pair for pair, said, right in pairs if said != right]
    many = f"The answers to {', '.join(wrong[:-1])} and {wrong[-1]} are not those of XOR."
    where = many if len(wrong) > 1 else f"Only the answer to {wrong[0]} is wrong."
    return f"Your network says {' '.join(table)}: that is {name}. {where} {way}"


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
            "The hidden layer can stay; turn the signs of W2 and b2 around (and keep every z away from 0).",
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
            message="Your network says 0 to all four: the output's z never gets above 0. For each pair, work out what the two hidden units say, "
            "and then the output's z. Perhaps a weight has the wrong sign, a bias is too low, or a z is exactly 0, where a unit says 0.",
        ),
        Mistake(
            "M204",
            weights(([[1, 1], [1, 1]], [-1.5, -1.5]), [[1], [1]], [-0.5]),
            message="Your network says 0 0 0 1: that is AND. It is a useful unit: XOR is 1 where OR says 1 and AND does not.",
        ),
        Mistake(
            "M205",
            weights(OR_AND_NAND, [[1], [1]], [-0.5]),
            message="Your network says 1 to all four: the output's z is always above 0. For each pair, work out what the two hidden units say, "
            "and then the output's z. Do the hidden units tell the pairs apart at all? If they do, W2 or b2 is what lets all pass.",
        ),
        *(
            Mistake(id, weights(BOTH_INPUTS, W2, b2), message=gate_message(name, table, way))
            for id, name, table, W2, b2, way in OTHER_GATES
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

EXERCISES = (AFFINE, SIGMOID, PREDICT_SHAPES, FORWARD_2LAYER, XOR_WEIGHTS, *IN_TEXT)
