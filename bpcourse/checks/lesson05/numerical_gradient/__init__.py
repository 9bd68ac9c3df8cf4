"""05.1: a gradient, measured by central differences, Eq. (5.2)."""

from __future__ import annotations

import numpy as np

from ....gradcheck import central_difference
from ... import drivers
from ...draws import normal
from ...exercise import Case, Exercise, Mistake
from .messages import CAUSES, MESSAGES
from .variants import PROGRAMS, slope_pairs, slopes_variant


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
