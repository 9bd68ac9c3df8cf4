"""When two answers are the same: one tolerance, no grey zone.

An array passes when ‖ŷ − y‖ ≤ 1e-5 (‖ŷ‖ + ‖y‖) + 1e-12, in the 2-norm over the whole
array. Exercises draw inputs so that right answers stay below 1e-7 and every registered
wrong one exceeds 1e-3 on some case; a test holds both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .observe import Outcome

RELATIVE, ABSOLUTE = 1e-5, 1e-12


def as_number(value: Any) -> np.ndarray | None:
    """The value as an array of numbers, or None where it is not numeric."""
    if isinstance(value, (str, bytes, Mapping)) or value is None:
        return None
    try:
        array = np.asarray(value)
    except ValueError:  # ragged lists
        return None
    return array if array.dtype.kind in "biufc" else None


def distance(a: Any, b: Any) -> float:
    """‖a − b‖ / (‖a‖ + ‖b‖) where it is defined: 0 when equal, inf when not comparable."""
    x, y = as_number(a), as_number(b)
    if x is None or y is None or x.shape != y.shape:
        return 0.0 if same(a, b) else np.inf
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return 0.0 if same(x, y) else np.inf
    scale = np.linalg.norm(np.ravel(x)) + np.linalg.norm(np.ravel(y))
    gap = np.linalg.norm(np.ravel(x.astype(float) - y.astype(float)))
    return float(gap / scale) if scale else float(gap)


def same(a: Any, b: Any) -> bool:
    """Whether two values agree: same structure, same shapes, numbers within the tolerance.

    Not-a-number and infinity agree only with themselves, at the same places.
    """
    x, y = as_number(a), as_number(b)
    if x is not None and y is not None:
        return _close(x, y)
    if isinstance(a, str) and isinstance(b, str):
        return a.strip().casefold() == b.strip().casefold()
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)) and isinstance(b, (list, tuple)):
        return len(a) == len(b) and all(same(p, q) for p, q in zip(a, b, strict=True))
    return a is None and b is None


def _close(x: np.ndarray, y: np.ndarray) -> bool:
    if x.shape != y.shape:
        return False
    x, y = x.astype(np.result_type(x, float)), y.astype(np.result_type(y, float))
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        odd = ~np.isfinite(x)
        if not np.array_equal(x[odd], y[odd], equal_nan=True) or not np.isfinite(y[~odd]).all():
            return False
        x, y = x[~odd], y[~odd]
    gap, scale = np.linalg.norm(np.ravel(x - y)), np.linalg.norm(np.ravel(x)) + np.linalg.norm(np.ravel(y))
    return bool(gap <= RELATIVE * scale + ABSOLUTE)


def same_outcome(a: Outcome, b: Outcome, *, with_warnings: bool = False) -> bool:
    """Whether two calls did the same: the same value or kind of exception, the same inputs changed."""
    if _kind(a) != _kind(b) or a.changed != b.changed or (with_warnings and a.warnings != b.warnings):
        return False
    return bool(a.error) or same(a.value, b.value)


def _kind(outcome: Outcome) -> tuple[str, bool]:
    """The type of an exception; NumPy's complaint that an array has no one truth is a kind of its own."""
    return outcome.error, "truth value" in outcome.error_text


def parts(value: Any, names: tuple[str, ...]) -> dict[str, Any] | None:
    """An answer taken apart by name, or None where its structure does not fit the names."""
    if isinstance(value, Mapping):
        return dict(value) if set(value) == set(names) else None
    if len(names) == 1:
        return {names[0]: value}
    value = _one_row(value)
    if isinstance(value, (list, tuple)) and len(value) == len(names):
        return dict(zip(names, value, strict=True))
    array = as_number(value)
    if array is not None and array.ndim == 1 and len(array) == len(names):
        return dict(zip(names, array.tolist(), strict=True))
    return None


def _one_row(value: Any) -> Any:
    """Numbers written as one row ``[[1, 2]]`` or one column ``[[1], [2]]``, as a plain list of them."""
    nested = isinstance(value, list) and value and all(isinstance(v, list) for v in value)
    array = as_number(value) if nested or isinstance(value, np.ndarray) else None
    return array.ravel().tolist() if array is not None and array.ndim == 2 and 1 in array.shape else value


def fits(value: Any, right: Any, names: tuple[str, ...]) -> bool:
    """Whether an answer can be taken apart by name, and is a dict exactly where the right one is."""
    return parts(value, names) is not None and isinstance(value, Mapping) == isinstance(right, Mapping)
