"""01.3: the shapes of six expressions, in letters."""

from __future__ import annotations

from ..exercise import Case, Exercise, Mistake

ITEMS = (
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


EXERCISE = Exercise(
    id="01.3",
    name="predict_shapes",
    points=2,
    title="Predict six shapes",
    kind="predict",
    returns=ITEMS,
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
