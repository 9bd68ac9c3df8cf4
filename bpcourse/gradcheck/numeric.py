"""Numerical witnesses for a gradient: central differences, the complex step, and one number to compare by.

A witness must not share the code of the accused. Nothing here knows what `f` computes; it is only called.
Each of these costs one or two calls of `f` per entry, so they are for checking, never for training.
"""

from collections.abc import Callable, Mapping

import numpy as np

from bpcourse._arrays import as_float_array


def central_difference(f: Callable, x, eps: float = 1e-5):
    """Slope of a scalar function in every entry of `x`, measured by nudging it up and down.

    Parameters
    ----------
    f : callable
        ``f(x)`` returns one real number. It must use its argument: `x` itself is never changed,
        `f` is called with a float64 copy in which one entry is nudged.
    x : array_like of any shape, or dict of such
        Integers and booleans become float64 (an integer cannot be nudged), float32 as well (too few digits).
    eps : float
        The nudge. Near 1e-5 the error of the formula and the rounding of `f` are both small.

    Returns
    -------
    ndarray of float64, same shape as `x`, or a dict with the same keys

    Raises
    ------
    TypeError
        `x` is complex, or holds no numbers; or `f` returns no real number.
    ValueError
        `eps` is not a positive number, or `f` returns an array.

    Notes
    -----
    The two-sided difference, Eq. (5.2): ``[f(x + eps e_i) - f(x - eps e_i)] / (2 eps)``. Its error falls with
    ``eps ** 2``; that of `one_sided_difference`, Eq. (5.1), only with ``eps``. A nudged entry is put back
    from its saved value: adding and subtracting `eps` would leave it off by rounding.

    Examples
    --------
    >>> central_difference(lambda x: np.sum(x**3), np.array([1.0, 2.0]), eps=0.1).round(4).tolist()
    [3.01, 12.01]
    """
    if isinstance(x, Mapping):
        return {name: central_difference(_part(f, x, name), x[name], eps) for name in x}
    _check_positive(eps, "eps")
    x = float64_copy(x)
    slopes = np.empty_like(x)
    for i in np.ndindex(x.shape):
        saved = x[i]
        x[i] = saved + eps
        above = real_scalar(f(x))
        x[i] = saved - eps
        slopes[i] = (above - real_scalar(f(x))) / (2 * eps)
        x[i] = saved
    return slopes


def one_sided_difference(f: Callable, x, eps: float = 1e-7):
    """Slope of a scalar function in every entry of `x`, measured by nudging it up only.

    Parameters
    ----------
    f : callable
        ``f(x)`` returns one real number. It must use its argument, as in `central_difference`.
    x : array_like of any shape, or dict of such
        It is never changed; every type becomes float64.
    eps : float
        The nudge. Near 1e-7 the error of the formula and the rounding of `f` are both small.

    Returns
    -------
    ndarray of float64, same shape as `x`, or a dict with the same keys

    Raises
    ------
    TypeError
        `x` is complex, or holds no numbers; or `f` returns no real number.
    ValueError
        `eps` is not a positive number, or `f` returns an array.

    Notes
    -----
    Eq. (5.1): ``[f(x + eps e_i) - f(x)] / eps``. It costs half the calls of `central_difference`, Eq. (5.2),
    and its error falls with `eps` only, where that of the other falls with ``eps ** 2``.

    Examples
    --------
    >>> one_sided_difference(lambda x: np.sum(x**3), np.array([1.0, 2.0]), eps=0.1).round(4).tolist()
    [3.31, 12.61]
    """
    if isinstance(x, Mapping):
        return {name: one_sided_difference(_part(f, x, name), x[name], eps) for name in x}
    _check_positive(eps, "eps")
    x = float64_copy(x)
    slopes = np.empty_like(x)
    here = real_scalar(f(x))
    for i in np.ndindex(x.shape):
        saved = x[i]
        x[i] = saved + eps
        slopes[i] = (real_scalar(f(x)) - here) / eps
        x[i] = saved
    return slopes


def complex_step(f: Callable, x, h: float = 1e-20):
    """Slope of a scalar function in every entry of `x`, by a nudge along the imaginary axis.

    Parameters
    ----------
    f : callable
        ``f(x)`` returns one number and computes with complex numbers all the way: no ``abs``, ``norm``,
        ``float`` or ``.real`` on the path. (``np.maximum`` is fine away from the corner.)
    x : array_like of any shape, or dict of such
        Real. It is never changed.
    h : float
        The nudge. Nothing is subtracted, so it may be as small as floats allow.

    Returns
    -------
    ndarray of float64, same shape as `x`, or a dict with the same keys

    Raises
    ------
    TypeError
        `x` is complex, or holds no numbers; or `f` dropped the imaginary part and returned a real number.
    ValueError
        `h` is not a positive number, or `f` returns an array.

    Notes
    -----
    Eq. (5.4): ``Im f(x + i h e_i) / h``. Without a subtraction there is no rounding to fear, and the
    result is exact to about 1e-16 where `f` is analytic. Where it is not, the result is wrong without a
    warning, so compare it once with Eq. (5.2).

    References
    ----------
    W. Squire and G. Trapp, "Using complex variables to estimate derivatives of real functions",
    SIAM Review 40(1), 1998, pp. 110-112.

    Examples
    --------
    >>> complex_step(lambda x: np.sum(x**3), np.array([1.0, 2.0])).tolist()
    [3.0, 12.0]
    """
    if isinstance(x, Mapping):
        return {name: complex_step(_part(f, x, name), x[name], h) for name in x}
    _check_positive(h, "h")
    x = float64_copy(x).astype(np.complex128)
    slopes = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        saved = x[i]
        x[i] = saved + 1j * h
        slopes[i] = _imaginary_part(f(x)) / h
        x[i] = saved
    return slopes


def relative_error(a, b) -> float:
    """How far two gradients differ, measured by their own size: 0 for equal, 1 for opposite ones.

    Parameters
    ----------
    a, b : array_like of the same shape, or dicts of such with the same keys
        The parts of dicts are compared as one long vector.

    Returns
    -------
    float
        Between 0 and 1; 0 when both are 0; nan when either holds a NaN or an infinity, so that no
        threshold accepts it.

    Raises
    ------
    ValueError
        The shapes, or the keys, differ.

    Notes
    -----
    Eq. (5.3): ``norm(a - b) / (norm(a) + norm(b))`` with the 2-norm over all entries. A fixed threshold on
    ``norm(a - b)`` would accept any gradient that is small enough.

    Examples
    --------
    >>> relative_error([2.0], [1.0])
    0.3333333333333333
    >>> relative_error([3.0, 4.0], [0.0, 0.0])
    1.0
    """
    a, b = _as_vectors(a, b)
    scale = max(np.max(np.abs(a), initial=0.0), np.max(np.abs(b), initial=0.0))
    if scale == 0.0:
        return 0.0
    if not np.isfinite(scale):
        return float("nan")
    a, b = a / scale, b / scale  # the squares inside a norm would under- or overflow
    return float(np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b)))


def float64_copy(x, name: str = "x") -> np.ndarray:
    """A float64 copy of real numbers, of any shape; TypeError for anything else."""
    x = as_float_array(x, name)
    if np.iscomplexobj(x):
        raise TypeError(f"{name} must hold real numbers, but its entries are of type {x.dtype}")
    return x.astype(np.float64)


def real_scalar(value, name: str = "f(x)") -> float:
    """The one real number that a function returned; an error that says what came instead."""
    value = _one_number(value, name)
    if np.iscomplexobj(value):
        raise TypeError(f"{name} must be a real number, but it is complex: {value}")
    return float(value)


def _imaginary_part(value) -> float:
    value = _one_number(value, "f(x)")
    if not np.iscomplexobj(value):
        raise TypeError(
            "f(x) came back as a real number although x was complex: something on the way (abs, norm, float, "
            ".real) drops the imaginary part. Use central_difference for this function"
        )
    return float(value.imag)


def _one_number(value, name: str):
    value = np.asarray(value)
    if value.dtype.kind not in "fiubc":
        raise TypeError(f"{name} must be one number, but its type is {value.dtype}")
    if value.size != 1:
        raise ValueError(f"{name} must be one number, but it has shape {value.shape}")
    return value.reshape(())[()]


def _check_positive(step: float, name: str) -> None:
    if not (np.isfinite(step) and step > 0):
        raise ValueError(f"{name} must be a positive number, but it is {step}")


def _part(f: Callable, x: Mapping, name: str) -> Callable:
    """`f` of a dict, seen as a function of one of its arrays."""
    return lambda part: f({**x, name: part})


def _as_vectors(a, b) -> tuple[np.ndarray, np.ndarray]:
    if isinstance(a, Mapping) or isinstance(b, Mapping):
        if not (isinstance(a, Mapping) and isinstance(b, Mapping) and set(a) == set(b)):
            raise ValueError("a and b must both be dicts with the same keys, or both arrays")
        pairs = [_as_vectors(a[name], b[name]) for name in a]
        return tuple(np.concatenate([np.zeros(0), *(pair[side] for pair in pairs)]) for side in (0, 1))
    a, b = np.asarray(a), np.asarray(b)
    if a.shape != b.shape:
        raise ValueError(f"a and b must have the same shape, but a has {a.shape} and b has {b.shape}")
    return a.ravel(), b.ravel()
