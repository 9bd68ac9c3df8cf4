"""One gradient against one witness: passed or not, and which entry is the worst."""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from bpcourse._arrays import as_generator
from bpcourse.gradcheck.numeric import central_difference, float64_copy, real_scalar, relative_error

TOLERANCE = 1e-5


@dataclass(frozen=True, repr=False)
class GradientReport:
    """What a gradient check found.

    Attributes
    ----------
    passed : bool
        The relative error is at most the tolerance.
    error : float
        Relative error of all entries together, Eq. (5.3).
    index : tuple
        Place of the entry that is furthest off; for a dict the name of the part comes first.
        Empty for a number, and for a directional check.
    got, want : float
        The given and the measured slope there.
    tolerance : float
    what : str
        What was compared, for the text.
    """

    passed: bool
    error: float
    index: tuple
    got: float
    want: float
    tolerance: float = TOLERANCE
    what: str = "gradient"

    def __str__(self) -> str:
        verdict = "passed" if self.passed else "FAILED"
        text = f"{self.what} {verdict}: relative error {order(self.error)}"
        if self.passed:
            return text
        place = f"worst entry {place_name(self.index)}" if self.index else "it"
        got, want = number(self.got, self.want), number(self.want, self.got)
        return f"{text}; {place} is {got}, measured {want}"

    __repr__ = __str__  # a notebook prints this, and is compared letter by letter on other machines

    def _repr_html_(self) -> str:
        return f"<p>{'✓' if self.passed else '✗'} {html.escape(str(self))}</p>"


def check_gradient(
    f: Callable, gradient, x, *, eps: float = 1e-5, tolerance: float = TOLERANCE
) -> GradientReport:
    """Compare a gradient with central differences in every entry.

    Parameters
    ----------
    f : callable
        ``f(x)`` returns one real number.
    gradient : array_like like `x`, dict of such, or callable
        The gradient to be judged, or a function ``gradient(x)`` that returns it.
    x : array_like of any shape, or dict of such
        Where to compare. It is not changed.
    eps, tolerance : float
        The nudge, and the largest relative error that passes.

    Returns
    -------
    GradientReport

    Raises
    ------
    ValueError
        The gradient has another shape, or other keys, than `x`.

    Notes
    -----
    Central differences, Eq. (5.2), judged by the relative error of all entries together, Eq. (5.3).

    Examples
    --------
    >>> x = np.array([1.0, 2.0])
    >>> print(check_gradient(lambda x: np.sum(x**2), 2 * x, x))
    gradient passed: relative error below 1e-8
    >>> print(check_gradient(lambda x: np.sum(x**2), [2.0, 3.0], x))
    gradient FAILED: relative error 0.12; worst entry [1] is 3, measured 4
    """
    if callable(gradient):
        gradient = gradient(_copies(x))
    want = central_difference(f, x, eps)
    error = relative_error(gradient, want)
    index, got, want = worst_entry(gradient, want)
    return GradientReport(error <= tolerance, error, index, got, want, tolerance)


def directional_check(
    f: Callable, x, gradient, *, eps: float = 1e-5, random_state=None, tolerance: float = TOLERANCE
) -> GradientReport:
    """Compare a gradient with `f` along one random direction: two calls of `f`, however large `x` is.

    Parameters
    ----------
    f : callable
        ``f(x)`` returns one real number.
    x : array_like of any shape, or dict of such
        Where to compare. It is not changed.
    gradient : array_like like `x`, dict of such, or callable
        The gradient to be judged, or a function ``gradient(x)`` that returns it.
    eps : float
        How far to walk along the direction, whose length is 1.
    random_state : None, int or numpy.random.Generator
        Where the direction comes from.
    tolerance : float
        The largest relative error that passes.

    Returns
    -------
    GradientReport
        `got` is the change per unit that the gradient predicts, `want` the measured one; `index` is empty,
        because one direction cannot say which entry is off.

    Notes
    -----
    To first order the function changes by the sum of slope times nudge, Eq. (3.6): along a direction v of
    length 1 its slope is ``sum(gradient * v)``. That is compared with Eq. (5.2) along v. A wrong gradient
    passes only where its error is perpendicular to v, which for a random v has probability 0.

    Examples
    --------
    >>> X = np.arange(6.0).reshape(2, 3)
    >>> print(directional_check(lambda X: np.sum(X**2), X, 2 * X, random_state=0))
    slope along a random direction passed: relative error below 1e-8
    """
    x = _copies(x)
    if callable(gradient):
        gradient = gradient(_copies(x))
    direction = _random_direction(x, as_generator(random_state))
    got = _dot(gradient, direction)
    want = float(central_difference(lambda t: f(_moved(x, direction, t)), 0.0, eps))
    error, what = relative_error(got, want), "slope along a random direction"
    return GradientReport(error <= tolerance, error, (), got, want, tolerance, what)


def worst_entry(got, want) -> tuple[tuple, float, float]:
    """Index, given and measured value where two gradients of one shape differ most; a NaN is the worst."""
    if isinstance(want, Mapping):
        found = {name: worst_entry(got[name], want[name]) for name in want if np.size(want[name])}
        name = max(found, key=lambda name: _badness(*found[name][1:]), default=None)
        return ((), 0.0, 0.0) if name is None else ((name, *found[name][0]), *found[name][1:])
    got, want = np.asarray(got), np.asarray(want)
    if want.size == 0:
        return (), 0.0, 0.0
    index = tuple(int(i) for i in np.unravel_index(np.argmax(_badness(got, want)), want.shape))
    return index, float(got[index]), float(want[index])


def order(error: float) -> str:
    """A relative error in words that are the same on every machine: noise has no digits worth printing."""
    if np.isnan(error):
        return "nan"
    for bound in ("1e-8", "1e-6", "1e-5", "1e-4", "1e-3"):
        if error < float(bound):
            return f"below {bound}"
    return f"{error:.2g}"


def number(value: float, beside: float = 0.0) -> str:
    """Four digits of a number; 0 when it is rounding noise beside the one that it is compared with."""
    if abs(value) < 1e-8 * abs(beside):
        return "0"
    return f"{value + 0.0:.4g}"  # + 0.0 turns -0 into 0


def place_name(index: tuple) -> str:
    """``[1, 2]`` for an index, ``W1[1, 2]`` when the name of a part comes first."""
    name = index[0] if index and isinstance(index[0], str) else ""
    numbers = index[1:] if name else index
    return name + (f"[{', '.join(map(str, numbers))}]" if numbers else "")


def _badness(got, want):
    with np.errstate(invalid="ignore"):
        return np.nan_to_num(np.abs(np.subtract(got, want)), nan=np.inf)


def _copies(x):
    return {name: float64_copy(x[name], name) for name in x} if isinstance(x, Mapping) else float64_copy(x)


def _random_direction(x, rng: np.random.Generator):
    if isinstance(x, Mapping):
        direction = {name: rng.standard_normal(x[name].shape) for name in x}
        length = np.sqrt(sum(np.sum(part**2) for part in direction.values()))
        return {name: part / length for name, part in direction.items()}
    direction = rng.standard_normal(x.shape)
    return direction / np.linalg.norm(direction)


def _moved(x, direction, t):
    if isinstance(x, Mapping):
        return {name: x[name] + t * direction[name] for name in x}
    return x + t * direction


def _dot(gradient, direction) -> float:
    if isinstance(direction, Mapping):
        return sum(_dot(gradient[name], direction[name]) for name in direction)
    if np.shape(gradient) != direction.shape:
        shapes = f"{direction.shape}, but it has {np.shape(gradient)}"
        raise ValueError(f"gradient must have the shape of x, {shapes}")
    return real_scalar(np.sum(np.asarray(gradient) * direction), "gradient")
