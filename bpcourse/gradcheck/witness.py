"""A witness that knows when not to be trusted: slopes of a function, and where these are in doubt.

Central differences are taken at two steps. Where the two disagree the step is too coarse, and finer ones are
tried. Where the slopes on the two sides of a point differ, whatever the step, the point is a corner. Where
the complex step agrees with the central differences it replaces them, because it is free of rounding.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bpcourse.gradcheck.numeric import complex_step, float64_copy, real_scalar

STEPS = (1e-5, 1e-6, 1e-7, 1e-8)
AGREE = 1e-4  # of the largest slope: two steps, or two methods, that agree this far measure the same thing


@dataclass(frozen=True)
class Witness:
    """Measured slopes of a function in every entry of one of its arguments.

    Attributes
    ----------
    slopes : array like the argument
    by_complex_step : bool
        The slopes come from the complex step, except at corners.
    corner : array of bool
        The slopes on the two sides differ.
    low, high : arrays
        The smaller and the larger of these two.
    coarse : array of bool
        Central differences at the first two steps disagree.
    unsettled : array of bool
        They disagree at the finer steps as well, and the complex step cannot help.
    noise : float
        Differences below this are rounding.
    """

    slopes: np.ndarray
    by_complex_step: bool
    corner: np.ndarray
    low: np.ndarray
    high: np.ndarray
    coarse: np.ndarray
    unsettled: np.ndarray
    noise: float

    @property
    def method(self) -> str:
        """What to call it in a sentence."""
        return "the complex step" if self.by_complex_step else "central differences"


def measure(f: Callable, x) -> Witness:
    """Measure the slopes of ``f(x)``, a real number, in every entry of `x`; some five calls of `f` an entry.

    Notes
    -----
    Eqs. (5.1), (5.2) and (5.4).

    Examples
    --------
    >>> seen = measure(lambda x: np.sum(np.abs(x)), np.array([-2.0, 0.0]))
    >>> seen.corner.tolist(), seen.method
    ([False, True], 'central differences')
    """
    x = float64_copy(x)
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return _measure(f, x, abs(real_scalar(f(x))))


def _measure(f: Callable, x: np.ndarray, size: float) -> Witness:
    small = 1e-9 * max(1.0, size)
    beside = [_slopes_beside(f, x, step) for step in STEPS[:2]]
    slopes, coarse, unsettled = _settle(f, x, beside, small)
    if _ignores_small_nudges(f, x, slopes):
        coarse, unsettled = np.ones_like(coarse), np.ones_like(coarse)
    corner = _corners(beside, 1e3 * small) & ~coarse
    low, high = np.minimum(*beside[1]), np.maximum(*beside[1])
    noise = 1e-10 * (size + _largest(slopes)) + 1e-13
    imaginary = _try_complex_step(f, x, slopes, ~(corner | unsettled), small)
    if imaginary is None:
        return Witness(slopes, False, corner, low, high, coarse, unsettled, noise)
    slopes, never = np.where(corner, slopes, imaginary), np.zeros_like(corner)
    return Witness(slopes, True, corner, low, high, coarse, never, 1e-4 * noise)


def _slopes_beside(f: Callable, x: np.ndarray, step: float) -> tuple[np.ndarray, np.ndarray]:
    """One-sided slopes: on the left and on the right of every entry."""
    left, right = np.empty_like(x), np.empty_like(x)
    here = real_scalar(f(x))
    for i in np.ndindex(x.shape):
        saved = x[i]
        x[i] = saved - step
        left[i] = (here - real_scalar(f(x))) / step
        x[i] = saved + step
        right[i] = (real_scalar(f(x)) - here) / step
        x[i] = saved
    return left, right


def _settle(f, x, beside, noise) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Central slopes at the first step that agrees with the next; where that is a later one; where none."""
    levels = [_middle(pair) for pair in beside]
    slopes = levels[0].copy()
    open_ = ~_agree(*levels, noise)
    coarse = open_.copy()
    for step in STEPS[2:]:
        if not open_.any():
            break
        levels = [levels[1], _middle(_slopes_beside(f, x, step))]
        settled = open_ & _agree(*levels, noise)
        slopes[settled] = levels[0][settled]
        open_ &= ~settled
    return slopes, coarse, open_


def _middle(pair) -> np.ndarray:
    return (pair[0] + pair[1]) / 2


def _agree(a: np.ndarray, b: np.ndarray, noise: float) -> np.ndarray:
    return np.abs(a - b) <= AGREE * max(_largest(a), _largest(b)) + noise


def _corners(beside, noise: float) -> np.ndarray:
    """Where the slopes on the two sides differ by as much at the finer step as at the coarser one."""
    (left, right), (finer_left, finer_right) = beside
    jump, finer_jump = np.abs(right - left), np.abs(finer_right - finer_left)
    steep = np.maximum(np.abs(left), np.abs(right))
    return (jump > 1e-3 * steep) & (finer_jump > 0.5 * jump) & (finer_jump > noise)


def _ignores_small_nudges(f, x, slopes) -> bool:
    """Whether a nudge that ought to show in the last digits of `f` does not: it is computed in float32."""
    nudge = 1e-11 * np.abs(x) * np.sign(np.nan_to_num(slopes))
    here = real_scalar(f(x))
    return float(np.nansum(slopes * nudge)) > 1e-14 * abs(here) and real_scalar(f(x + nudge)) == here


def _try_complex_step(f, x, slopes, sure, noise) -> np.ndarray | None:
    """The complex step, if `f` survives it and it agrees with the central differences that are sure."""
    try:
        imaginary = complex_step(f, x)
    except Exception:  # whatever f does with complex numbers, it is only not used
        return None
    if not np.isfinite(imaginary).all() or not (sure.any() or x.size == 0):
        return None
    return imaginary if _agree(imaginary[sure], slopes[sure], noise).all() else None


def _largest(array: np.ndarray) -> float:
    finite = array[np.isfinite(array)]
    return float(np.max(np.abs(finite), initial=0.0))
