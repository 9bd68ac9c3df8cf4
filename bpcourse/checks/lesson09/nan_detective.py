"""09.4: which layer broke first, and in which step, Eq. (9.4)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake

INF, NAN = np.inf, np.nan


def nan_detective(log):
    """Step and layer of the first norm that is not finite, Eq. (9.4)."""
    return found(~np.isfinite(log))


def found(bad, pick=-1):
    """First row with a mark in it, and its rightmost column with a mark (or another one)."""
    rows = np.flatnonzero(bad.any(axis=1))
    if not len(rows):
        return -1, -1
    return int(rows[0]), int(np.flatnonzero(bad[rows[0]])[pick])


def columns_first(log):
    """The first column with a mark, then its first row."""
    layer, step = found(~np.isfinite(log).T, 0)
    return step, layer


def without_guard(log):
    """A log with nothing in it to find gives row 0."""
    bad = ~np.isfinite(log)
    step = int(np.argmax(bad.any(axis=1)))
    return step, int(bad.shape[1] - 1 - np.argmax(bad[step, ::-1]))


def unguarded_index(log):
    """The first of the broken steps, even where there is none."""
    bad = ~np.isfinite(log)
    step = np.flatnonzero(bad.any(axis=1))[0]
    return step, np.flatnonzero(bad[step])[-1]


def leftmost_without_guard(log):
    """The same, from the left."""
    bad = ~np.isfinite(log)
    step = int(np.argmax(bad.any(axis=1)))
    return step, int(np.argmax(bad[step]))


def columns_from_the_right(log):
    """The last column with a mark, then its first row."""
    layer, step = found(~np.isfinite(log).T[::-1], 0)
    return (step, log.shape[1] - 1 - layer) if layer >= 0 else (-1, -1)


def last_of_all(log):
    """The last mark that there is."""
    places = np.argwhere(~np.isfinite(log))
    return tuple(int(k) for k in places[-1]) if len(places) else (-1, -1)


def log_cases(rng):
    """Infinity before nan, nan alone, one layer, very large norms that are finite, and a log with nothing to find."""

    def log(steps, layers, **marks):
        norms = np.abs(normal(rng, steps, layers, scale=4))
        for row, values in marks.items():
            norms[int(row[1:]), -len(values) :] = values
        return norms

    broken = log(6, 3, r3=[INF, INF], r4=[NAN, NAN, NAN], r5=[NAN, NAN, NAN])
    alone = log(7, 5, r2=[INF, 5.0, 7.5], r3=[NAN, INF, 2.0, 1.0], r4=[NAN] * 5, r6=[INF] * 5)
    nans = log(5, 4, r1=[NAN, 3.5], r2=[NAN] * 4, r3=[3.0, INF], r4=[NAN] * 4)
    large = log(6, 4, r1=[2e30, 3e30], r2=[1e31, 4e32], r3=[INF], r4=[NAN, NAN, INF])
    first = log(5, 4, r4=[INF, 3.0, 4.5, 2.0])
    return [
        Case("infinity before nan", (broken,)),
        Case("a layer in the middle", (alone,)),
        Case("nan from the start", (nans,)),
        Case("large norms, then an infinite one", (large,)),
        Case("only the first layer, at the very end", (first,)),
        Case(
            "broken from the first step on",
            (log(4, 3, r0=[NAN], r1=[INF, 2.0, 3.0], r2=[NAN] * 3, r3=[NAN] * 3),),
        ),
        Case("a clean log", (log(4, 3),)),
    ]


EXERCISE = Exercise(
    id="09.4",
    name="nan_detective",
    points=3,
    title="Find the layer that broke first",
    kind="debug",
    returns=("step", "layer"),
    reference=nan_detective,
    cases=log_cases,
    mistakes=(
        Mistake(
            "M712",
            lambda log: found(np.isnan(log)),
            documented={"step ratio": 1.33},
            at="infinity before nan",
            message="You look for nan alone. In most broken runs infinity comes first: a number overflows, and only when two infinities meet, or "
            "one meets a 0, does nan arise. Eq. (9.4) asks for the first norm that is not *finite*: `np.isfinite` covers both.",
        ),
        Mistake(
            "M713",
            lambda log: found(~np.isfinite(log), 0),
            documented={"layer ratio": 0.5},
            at="infinity before nan",
            message="In the broken step you take the leftmost of the broken layers. The columns are in forward order and the "
            "backward pass runs from right to left, so the *rightmost* broke first and handed its δ on to the others, Eq. (9.4).",
        ),
        Mistake(
            "M714",
            columns_first,
            documented={"step ratio": 1.33, "layer ratio": 0.0},
            at="infinity before nan",
            message="You search layer by layer, and within the layer step by step. Time comes first: the earliest *step* with something broken "
            "in it, and only then the layer within that step, Eq. (9.4).",
        ),
        Mistake(
            "M738",
            lambda log: found(np.isinf(log)),
            message="You look for infinity alone. A nan may come without one, for instance from a 0 divided by 0 or out of the data. "
            "(And `x == np.nan` is never True: nan does not equal even itself.) "
            "Eq. (9.4) asks for the first norm that is not *finite*: `np.isfinite` covers both.",
        ),
        Mistake(
            "M739",
            lambda log: found(~(log < 1e6)),
            message="You count a very large norm as broken. It may be a bad sign, but it is a number: Eq. (9.4) asks for the first norm that is infinite or nan.",
        ),
        Mistake(
            "M740",
            without_guard,
            message="A clean log has nothing to find, and there your answer is not (−1, −1). `np.argmax` of a row without any True "
            "gives 0, which looks like an answer. Ask first whether anything is broken at all.",
        ),
        Mistake(
            "M740b",
            leftmost_without_guard,
            message="Two things. In a broken step you take the leftmost layer, and the backward pass, which runs from right to left, broke the *rightmost* first, "
            "Eq. (9.4). And in a clean log `np.argmax` gives 0, which looks like an answer: ask first whether anything is broken, and return (−1, −1) if not.",
        ),
        Mistake(
            "M740c",
            lambda log: nan_detective(log) if not np.isfinite(log).all() else (0, 0),
            message="A clean log has nothing to find. (0, 0) would say that the first layer broke in the first step; return (−1, −1) there.",
        ),
        Mistake(
            "M740d",
            unguarded_index,
            message="In a log that breaks you find the place. In a clean one the list of broken steps is empty, and asking for its first "
            "entry raises an IndexError. Ask first whether the list is empty, and return (−1, −1) then.",
        ),
        Mistake(
            "M741",
            lambda log: nan_detective(log)[::-1],
            message="You return the layer first. The answer is (step, layer): the row, then the column.",
        ),
        Mistake(
            "M742",
            lambda log: tuple(k + 1 if k >= 0 else k for k in nan_detective(log)),
            message="Both are one too large: steps and layers are counted from 0 here, as NumPy counts rows and columns.",
        ),
        Mistake(
            "M743",
            last_of_all,
            message="You found the last broken norm. Once something is broken, everything after it breaks as well; the cause is where it happened *first*, Eq. (9.4).",
        ),
        Mistake(
            "M744",
            lambda log: found(
                np.where(np.arange(log.shape[1]) == log.shape[1] - 1, ~np.isfinite(log), False)
            ),
            message="You look at the last layer only. It is often the first to break, but not always: an infinity may arise further "
            "down, while the layers above it are in order. Look at all columns of a step, Eq. (9.4).",
        ),
        Mistake(
            "M744c",
            lambda log: tuple(
                k if k < 0 else k + d for k, d in zip(nan_detective(log[:, 1:]), (0, 1), strict=True)
            ),
            message="Layer 0 is never looked at, and it may be the only one that is broken. If you count down with `range(K - 1, 0, -1)`, it "
            "stops before 0: the last number of a range is left out, so write −1 there.",
        ),
        Mistake(
            "M744b",
            columns_from_the_right,
            message="You search the last layer through all steps, then the one before it. Time comes first: the earliest *step* with something broken "
            "in it, and only then, within this step, the rightmost layer, Eq. (9.4).",
        ),
    ),
    hints=(
        "First the step: the earliest row in which anything is infinite or nan. Then, in this row, the layer that the backward pass reached first.",
        "bad = not finite; the first row with a True in it; in that row the rightmost True, Eq. (9.4). (−1, −1) if there is none.",
        "bad = ~np.isfinite(log)\nrows = np.flatnonzero(bad.any(axis=1))\nif len(rows) == 0:\n    return ...\nstep = rows[0]\nlayer = ...\nreturn step, layer",
    ),
)
