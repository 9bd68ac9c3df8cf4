"""01.1: one layer before its activation, Eq. (1.3)."""

from __future__ import annotations

from ...activations import sigmoid
from ...layers import affine_forward
from ..draws import normal
from ..exercise import Case, Exercise, Mistake
from .biases import spread


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


EXERCISE = Exercise(
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
            message="On the square case your answer is W @ X + b; elsewhere the shapes do not fit, and NumPy refuses it. Examples are rows here: the D numbers in each row of X have to meet the D rows of W, Eq. (1.3).",
        ),
        Mistake(
            "M02",
            lambda X, W, b: X @ W + b[:, None],
            message="Every *example* got a bias of its own: b stood as a column, or beside a transposed product. That fits by luck where there "
            "are as many examples as units; a single example becomes a table, and elsewhere NumPy refuses it. A bias belongs to a unit: b of shape (H,) is added to every row of X @ W.",
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
