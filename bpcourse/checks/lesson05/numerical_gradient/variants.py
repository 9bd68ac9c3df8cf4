"""Wrong answers to 05.1, as programs."""

from __future__ import annotations

import numpy as np


def slopes_variant(*faults):
    """Central differences with these mistakes made, each at the line where a learner makes it."""

    def slopes(f, x, eps):
        on = set(faults).__contains__
        eps = 1e-12 if on("M45") else 1e-5 if on("M151") else eps
        slopes = np.zeros(x.shape, x.dtype if on("M524") else float)
        x = prepared(x, on)
        f = on_flat(f) if on("M537") else f
        for i in np.ndindex(x.shape):
            slopes[i] = one_slope(f, x, i, eps, on)
        if on("M539"):
            slopes.flat[1:] = 0
        return slopes.sum() if on("M520") else slopes

    return slopes


def prepared(x, on):
    """The array that is nudged: the caller's own one where that is float64, as `np.asarray` has it."""
    if on("M46"):
        return x.astype(np.float32)
    if on("M48b"):
        return np.array(x, dtype=float)
    return x if on("M47") else np.asarray(x, dtype=float)


def on_flat(f):
    """M537: f gets one row of numbers, whatever the shape of x."""
    return lambda x: f(x.ravel())


def one_slope(f, x, i, eps, on):
    """The slope in one entry, and what is left behind in it."""
    saved = x[i].copy()
    full, eps = eps, eps / 2 if on("M522") or on("M523") else eps
    x[i] = saved - eps if on("M44b") else saved + eps
    first = f(x)
    x[i] = saved if on("M44") or on("M44b") else x[i] - 2 * eps if on("M149") else saved - eps
    second = f(x)
    if on("M149"):
        x[i] += eps
    elif not (on("M48") or on("M48b")):
        x[i] = saved
    if on("M521"):
        return (first - second) / 2 * eps
    width = -eps if on("M44b") else eps if on("M44") or on("M148") else 2 * eps
    return (first - second) / (2 * full if on("M523") else 4 * eps if on("M538") else width)


def all_at_once(f, x, eps):
    """M150: the whole array is nudged in one go."""
    return (f(x + eps) - f(x - eps)) / (2 * eps)


def all_at_once_in_float64(f, x, eps):
    """M150b: the same, of a float64 copy."""
    return all_at_once(f, np.asarray(x, dtype=float), eps)


def nudges_add_up(f, x, eps):
    """M540: the vector that holds the nudge is not set back to 0 for the next entry."""
    x = np.array(x, dtype=float)
    nudge, slopes = np.zeros(x.shape), np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        nudge[i] = eps
        slopes[i] = (f(x + nudge) - f(x - nudge)) / (2 * eps)
    return slopes


def rows_as_they_come(f, x, eps):
    """M525: `range(len(x))`, and copies of x in the type that it has."""
    slopes = np.zeros(x.shape)
    for i in range(len(x)):
        up, down = x.copy(), x.copy()
        up[i] += eps
        down[i] -= eps
        slopes[i] = (f(up) - f(down)) / (2 * eps)
    return slopes


def rows_moved(f, x, eps):
    """M526: `range(len(x))`, and the caller's rows moved up, down and up again."""
    slopes = np.zeros(x.shape)
    for i in range(len(x)):
        x[i] += eps
        above = f(x)
        x[i] -= 2 * eps
        slopes[i] = (above - f(x)) / (2 * eps)
        x[i] += eps
    return slopes


def row_by_row(f, x, eps):
    """M270: a loop over the rows, each of which is nudged as a whole."""
    x = np.array(x, dtype=float)
    slopes = np.zeros(x.shape)
    for i in range(len(x)):
        nudge = np.zeros(x.shape)
        nudge[i] = eps
        slopes[i] = (f(x + nudge) - f(x - nudge)) / (2 * eps)
    return slopes


def row_by_row_in_place(f, x, eps):
    """M270b: the same in place; `saved` is a view of the row, and moves with it."""
    x = np.asarray(x, dtype=float)
    slopes = np.zeros(x.shape)
    for i in range(len(x)):
        saved = x[i]
        x[i] = saved + eps
        above = f(x)
        x[i] = saved - eps
        slopes[i] = (above - f(x)) / (2 * eps)
        x[i] = saved
    return slopes


def two_names(f, x, eps):
    """M286: `up = x` and `down = x` are two names of one array."""
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x, x
        up[i] += eps
        down[i] -= eps
        slopes[i] = (f(up) - f(down)) / (2 * eps)
    return slopes


def two_names_of_a_copy(f, x, eps):
    """M286b: two names of one float64 copy."""
    return two_names(f, np.array(x, dtype=float), eps)


def two_names_where_float64(f, x, eps):
    """M286c: the same of the caller's array where that is float64, as `np.asarray` has it."""
    return two_names(f, np.asarray(x, dtype=float), eps)


ONE_SIDED = ("M44", "M44b")
WIDTHS = ("M521", "M522", "M523", "M538")
TOGETHER = ("M44", "M44b", "M45", "M47", "M48", "M148", "M149", "M151", *WIDTHS, "M520", "M524")


def slope_pairs(ids):
    """Two mistakes together, where both can be made at once."""
    clash = set(ids) in ({"M44", "M44b"}, {"M45", "M151"}, {"M48", "M149"})
    clash = clash or (set(ids) & set(ONE_SIDED) and set(ids) & {"M148", "M149", "M48", *WIDTHS})
    clash = clash or len({"M148", *WIDTHS} & set(ids)) > 1
    return slopes_variant(*ids) if set(ids) <= set(TOGETHER) and not clash else None


PROGRAMS = {
    "M150": all_at_once,
    "M150b": all_at_once_in_float64,
    "M525": rows_as_they_come,
    "M526": rows_moved,
    "M540": nudges_add_up,
    "M286b": two_names_of_a_copy,
    "M286c": two_names_where_float64,
    "M270": row_by_row,
    "M270b": row_by_row_in_place,
    "M286": two_names,
}
