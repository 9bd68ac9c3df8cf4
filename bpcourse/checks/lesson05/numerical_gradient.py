"""05.1: a gradient, measured by central differences, Eq. (5.2)."""

from __future__ import annotations

import numpy as np

from ...gradcheck import central_difference
from .. import drivers
from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def numerical_gradient(f, x, eps):
    """Central differences in every entry, Eq. (5.2)."""
    return central_difference(f, x, eps)


def slope_cases(rng):
    """A large constant with a wide nudge, tiny entries, and two types that hold too few digits."""
    whole = rng.permutation([2, -1, 4, -3])
    return [
        Case("a float64 matrix, eps = 0.3", ("1000 + cubes", normal(rng, 4, 3, scale=0.6), 0.3)),
        Case("entries near 0.001", ("1 + squares", normal(rng, 6) / 1024, 1e-5)),
        Case("a float32 matrix", ("cubes", normal(rng, 3, 2).astype(np.float32), 1e-5)),
        Case("whole numbers", ("cubes", whole, 1e-5)),
    ]


def slopes_variant(*faults):
    """Central differences with these mistakes made, each at the line where a learner makes it."""

    def slopes(f, x, eps):
        on = set(faults).__contains__
        eps = 1e-12 if on("M45") else 1e-5 if on("M151") else eps
        x = prepared(x, on)
        return np.reshape([one_slope(f, x, i, eps, on) for i in np.ndindex(x.shape)], x.shape)

    return slopes


def prepared(x, on):
    """The array that is nudged: the caller's own one where that is float64, as `np.asarray` has it."""
    if on("M46"):
        return x.astype(np.float32)
    if on("M48b"):
        return np.array(x, dtype=float)
    return x if on("M47") else np.asarray(x, dtype=float)


def one_slope(f, x, i, eps, on):
    """The slope in one entry, and what is left behind in it."""
    saved = x[i].copy()
    x[i] = saved - eps if on("M44b") else saved + eps
    first = f(x)
    x[i] = saved if on("M44") or on("M44b") else x[i] - 2 * eps if on("M149") else saved - eps
    second = f(x)
    if on("M149"):
        x[i] += eps
    elif not (on("M48") or on("M48b")):
        x[i] = saved
    width = -eps if on("M44b") else eps if on("M44") or on("M148") else 2 * eps
    return (first - second) / width


def all_at_once(f, x, eps):
    """M150: the whole array is nudged in one go."""
    x = np.asarray(x, dtype=float)
    return (f(x + eps) - f(x - eps)) / (2 * eps)


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


ONE_SIDED = ("M44", "M44b")
TOGETHER = ("M44", "M44b", "M45", "M47", "M48", "M148", "M149", "M151")


def slope_pairs(ids):
    """Two mistakes together, where both can be made at once."""
    clash = set(ids) in ({"M44", "M44b"}, {"M45", "M151"}, {"M48", "M149"})
    clash = clash or (set(ids) & set(ONE_SIDED) and set(ids) & {"M148", "M149", "M48"})
    return slopes_variant(*ids) if set(ids) <= set(TOGETHER) and not clash else None


MESSAGES = {
    "M44": "You ask on one side only, Eq. (5.1): up, and at the point itself. Its error is as large as the nudge, and the case with "
    "eps = 0.3 shows it. Ask on both sides and divide by the whole distance between them, Eq. (5.2).",
    "M44b": "You ask on one side only: at the point itself, and below it. That is Eq. (5.1) to the left, with an error as large as the "
    "nudge. Ask on both sides and divide by the whole distance between them, Eq. (5.2).",
    "M45": "Your nudge is far too small, whatever `eps` says: at 1e-12 the two values of f agree in nearly all of their 16 digits, and what "
    "is left of their difference is rounding. Use the `eps` that is handed in.",
    "M46": "You compute in float32, which holds 7 digits: most of them are gone when two nearly equal values of f are subtracted. "
    "Nudge a float64 copy: `np.array(x, dtype=float)`.",
    "M47": "The float64 cases are right. On whole numbers the nudge is cut off: an array of integers keeps 2 + 0.00001 as 2, and 2 − 0.00001 as 1. "
    "float32 keeps too few digits as well. Nudge a float64 copy: `np.array(x, dtype=float)`.",
    "M48": "Your check changed the model: after your call the caller's x is off by a nudge in every entry, and each slope was measured "
    "at a point that had moved. Save the entry, nudge, ask, and put the saved value back before the next one.",
    "M48b": "The caller's x is as before, but inside, your copy drifts: an entry that was nudged is not put back, so every later slope is "
    "measured at a point that has moved. Put the saved value back before the next entry.",
    "M148": "Every entry is exactly twice the slope: between x + ε and x − ε lies a distance of 2ε, and you divided by ε, Eq. (5.2).",
    "M149": "The slopes are right. But after your call x is not quite what it was: adding ε, taking off 2ε and adding ε leaves the last "
    "digits off by rounding. Save the entry before you nudge it, and put the *saved* value back.",
    "M150": "You nudged all entries at once, so one number came back: how f moves when everything moves. Eq. (5.2) asks for one entry at a "
    "time, with all others held, and gives a number for each.",
    "M151": "Your nudge is 1e-5 whatever `eps` says. It is a good choice, but here the caller chooses: with eps = 0.3 the answer has "
    "to show the ε² error of Eq. (5.2).",
    "M270": "The vectors are right. In a matrix you nudged a whole row at a time, so all entries of a row got the same number. "
    "Go through single entries, whatever the shape: `for i in np.ndindex(x.shape)`.",
    "M270b": "The vectors are right. In a matrix `x[i]` is a whole row: all entries of a row got the same number. And `saved = x[i]` is then no copy "
    "but a view of the row, which moves when x does. Go through single entries: `for i in np.ndindex(x.shape)`.",
    "M286": "Your g is 0 everywhere. `up = x` makes no copy: it gives the same array a second name, so both values of f belong to the "
    "same point. Write `x.copy()`, or nudge one array and put the entry back.",
}

CAUSES = {  # what is said of a mistake that is made together with another one
    "M44": "you ask on one side only, up and at the point itself, where Eq. (5.2) asks on both sides",
    "M44b": "you ask on one side only, at the point itself and below it, where Eq. (5.2) asks on both sides",
    "M45": "your nudge is 1e-12 whatever `eps` says, and so small that rounding is all that is left",
    "M47": "whole numbers and float32 are not turned into a float64 copy before they are nudged",
    "M48": "after your call the caller's x is not what it was: put the saved value back",
    "M148": "you divide by ε, where the distance between x + ε and x − ε is 2ε",
    "M149": "adding ε, taking off 2ε and adding ε leaves x off by rounding: put the *saved* value back",
    "M151": "your nudge is 1e-5 whatever `eps` says",
}

PROGRAMS = {
    "M150": all_at_once,
    "M270": row_by_row,
    "M270b": row_by_row_in_place,
    "M286": two_names,
}
DOCUMENTED = {
    "M148": {"factor": "2"},
    "M150": {"shape": ()},
    "M151": {"rel": 0.063, "cos": 1.0},
}

EXERCISE = Exercise(
    id="05.1",
    name="numerical_gradient",
    points=3,
    title="Measure a gradient by nudging",
    kind="write",
    returns=("g",),
    reference=numerical_gradient,
    drive=drivers.slopes_of_named,
    cases=slope_cases,
    variants=slope_pairs,
    mistakes=tuple(
        Mistake(
            i,
            PROGRAMS.get(i, slopes_variant(i)),
            message=text,
            cause=CAUSES.get(i, ""),
            documented=DOCUMENTED.get(i, {}),
        )
        for i, text in MESSAGES.items()
    ),
    hints=(
        "One entry at a time: nudge it up, ask f, nudge it down, ask f, put it back. All other entries stay as they are.",
        "g_i = (f(x + ε e_i) − f(x − ε e_i)) / (2ε), Eq. (5.2). `np.ndindex(x.shape)` goes through the entries of an array of any shape.",
        "x = np.array(x, dtype=float)   # a copy\ng = np.zeros(x.shape)\nfor i in np.ndindex(x.shape):\n    saved = x[i]\n"
        "    x[i] = ...\n    above = f(x)\n    x[i] = ...\n    g[i] = ...\n    x[i] = saved\nreturn g",
    ),
)
