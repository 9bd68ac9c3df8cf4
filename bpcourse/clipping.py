"""Shorten a gradient that is too long, before the step is taken.

Where a loss falls like a cliff, its gradient is enormous, and a step of the usual rate leaves the place where
that gradient meant anything. Clipping bounds the length of the step. By norm, all gradients are shortened by
one factor, so the step keeps its direction. By value, each entry is cut off by itself, which turns the step
as well.
"""

import math
from collections.abc import Mapping, Sequence
from numbers import Real
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_array, check_finite

Grads = TypeVar("Grads", Sequence[ArrayLike], Mapping[str, ArrayLike])


def global_norm(grads: Sequence[ArrayLike] | Mapping[str, ArrayLike]) -> float:
    """The length of all gradients together, as if their entries stood in one long vector.

    Parameters
    ----------
    grads : list or dict of arrays

    Returns
    -------
    norm : float

    Raises
    ------
    ValueError
        If there are no gradients, or an entry is NaN or infinite: the message names it.

    Notes
    -----
    Eq. (9.1): √(Σ_i ‖g_i‖²), the sum over the arrays, ‖g_i‖² the sum of the squares of one.

    Examples
    --------
    >>> global_norm([[3.0], [[4.0]]])
    5.0
    """
    largest, ratio = _measure(_named_arrays(grads))
    return largest * ratio


def clip_by_global_norm(grads: Grads, max_norm: float) -> Grads:
    """Shorten all gradients by one factor, so that their global norm is at most `max_norm`.

    Parameters
    ----------
    grads : list or dict of arrays
        Never changed.
    max_norm : float, above 0

    Returns
    -------
    clipped : list or dict of new arrays
        Gradients that are short enough come back as they are.

    Raises
    ------
    ValueError
        If `max_norm` is not a finite number above 0, or a gradient holds NaN or infinity.

    Notes
    -----
    Eq. (9.2): g · min(1, c / ‖g‖) with ‖g‖ of Eq. (9.1): one factor for all, so the direction stays.

    References
    ----------
    Pascanu, Mikolov, Bengio (2013), On the difficulty of training recurrent neural networks, ICML,
    pp. 1310-1318, algorithm 1.

    Examples
    --------
    >>> clip_by_global_norm([[3.0], [4.0]], 1.0)
    [array([0.6]), array([0.8])]
    """
    check_limit("max_norm", max_norm)
    arrays = _named_arrays(grads)
    largest, ratio = _measure(arrays)
    if largest * ratio <= max_norm:
        return _like(grads, {name: g.copy() for name, g in arrays.items()})
    # As Eq. (9.2), in an order in which no part is too large or too small for a float.
    return _like(grads, {name: g / largest * (max_norm / ratio) for name, g in arrays.items()})


def clip_by_value(grads: Grads, limit: float) -> Grads:
    """Cut every entry off at `limit` and at -`limit`. The direction is not kept.

    Parameters
    ----------
    grads : list or dict of arrays
        Never changed.
    limit : float, above 0

    Returns
    -------
    clipped : list or dict of new arrays

    Raises
    ------
    ValueError
        If `limit` is not a finite number above 0, or a gradient holds NaN or infinity.

    Examples
    --------
    >>> clip_by_value([[3.0, 0.5], [-4.0]], 1.0)
    [array([1. , 0.5]), array([-1.])]
    """
    check_limit("limit", limit)
    return _like(grads, {name: np.clip(g, -limit, limit) for name, g in _named_arrays(grads).items()})


def check_limit(name: str, value: float) -> None:
    """Raise unless `value` is a finite number above 0."""
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"{name} must be a number, got {value!r}")
    if value == 0:
        raise ValueError(f"{name} is 0, which would throw every gradient away; it must be above 0")
    if not 0 < value < math.inf:
        raise ValueError(f"{name} is {value}; it must be a finite number above 0")


def _named_arrays(grads: Sequence[ArrayLike] | Mapping[str, ArrayLike]) -> dict[str, NDArray]:
    if not isinstance(grads, (Mapping, Sequence)):
        raise TypeError(f"grads must be a list or a dict of arrays, not {type(grads).__name__}")
    named = grads if isinstance(grads, Mapping) else {f"grads[{i}]": g for i, g in enumerate(grads)}
    if not named:
        raise ValueError("grads is empty; it must hold at least one array")
    arrays = {name: as_float_array(g, name) for name, g in named.items()}
    for name, array in arrays.items():
        check_finite(name, array)
    return arrays


def _measure(arrays: dict[str, NDArray]) -> tuple[float, float]:
    """Return the size of the largest entry, and how many times as long as that all entries together are."""
    largest = max((float(np.abs(g).max()) for g in arrays.values() if g.any()), default=1.0)
    squares = sum(np.sum((g / largest) ** 2) for g in arrays.values())  # of at most 1: none overflows
    return largest, float(np.sqrt(squares))


def _like(grads: Grads, arrays: dict[str, NDArray]) -> Grads:
    return arrays if isinstance(grads, Mapping) else list(arrays.values())
