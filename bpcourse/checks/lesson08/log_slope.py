"""08.3: how many powers of ten δ loses from layer to layer, Eq. (8.3)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def fitted(heights):
    """The slope and the height at 0 of the straight line that fits best, over the layers 1, 2, …."""
    return np.polyfit(np.arange(1, len(heights) + 1), heights, 1)


def log_slope(norms):
    """Slope of log10 of the norms over the layer's number, by least squares, Eq. (8.3)."""
    return float(fitted(np.log10(norms))[0])


def end_points(norms, steps):
    """From the first norm to the last, in so many steps."""
    return float((np.log10(norms[-1]) - np.log10(norms[0])) / steps)


def through_zero(norms):
    """The slope of the best line that is forced through the origin."""
    layers, heights = np.arange(1, len(norms) + 1), np.log10(norms)
    return float(layers @ heights / (layers @ layers))


def other_axis(norms):
    """The slope with the axes exchanged: layers per decade."""
    return float(np.polyfit(np.log10(norms), np.arange(len(norms)), 1)[0])


def slope_cases(rng):
    """A decay towards the first layer, noisy, its last norm displaced; one that grows; and three norms only."""
    cases = []
    for name, layers, per_layer, top in (
        ("10 layers, δ vanishes", 10, 0.5, -1.0),
        ("6 layers, δ grows on its way back", 6, -0.75, 0.5),
        ("3 layers", 3, 1.0, 0.25),
    ):
        noise = normal(rng, layers, scale=0.1)
        heights = per_layer * np.arange(layers) - 4.0 + noise
        heights[-1] += top
        cases.append(Case(name, (10.0**heights,), {"L": layers}))
    return cases


EXERCISE = Exercise(
    id="08.3",
    name="log_slope",
    points=2,
    title="Read the decay off a logarithmic axis",
    kind="write",
    returns=("slope",),
    reference=log_slope,
    cases=slope_cases,
    mistakes=(
        Mistake(
            "M658",
            lambda norms: float(fitted(np.log(norms))[0]),
            documented={"ratio": 2.3},
            message="Your slope is {ratio:.2f} times what it should be, on every case: that is ln 10. `np.log` is the natural logarithm; powers of ten "
            "are counted by `np.log10`, Eq. (8.3).",
        ),
        Mistake(
            "M659",
            lambda norms: end_points(norms, len(norms) - 1),
            documented={"ratio": 0.893},
            message='You take the first and the last norm only, and what lies between has no say. On the case "{case}" the last one is off the line. '
            "Least squares hears all of them: `np.polyfit(layers, heights, 1)`, Eq. (8.3).",
        ),
        Mistake(
            "M660",
            lambda norms: -log_slope(norms),
            documented={"factor": "-1"},
            message="The size is right, the sign is turned around: you count the layers from the output. The first norm belongs to layer 1, so a δ that vanishes "
            "towards the first layer gives a positive slope.",
        ),
        Mistake(
            "M660b",
            lambda norms: abs(log_slope(norms)),
            message='The size is right, and the sign is gone: on the case "{case}" δ grows towards the first layer, and the slope is negative there.',
        ),
        Mistake(
            "M659b",
            lambda norms: end_points(norms, 1),
            message="This is by how many decades the last norm is above the first. Per *layer* is asked for, and from the line that fits all norms best: `np.polyfit(layers, "
            "heights, 1)`, Eq. (8.3).",
        ),
        Mistake(
            "M661b",
            lambda norms: float(np.polyfit(np.log10(np.arange(1, len(norms) + 1)), np.log10(norms), 1)[0]),
            message="Both your axes are logarithmic. The layer's number stays as it is: a constant factor per *layer* is a straight line over l, not over its logarithm, "
            "Eq. (8.3).",
        ),
        Mistake(
            "M661",
            lambda norms: float(fitted(norms)[0]),
            message="This is the slope of the norms themselves. On a plain axis a decay is no straight line, and its largest values decide everything. Take "
            "log10 of the norms first, Eq. (8.3).",
        ),
        Mistake(
            "M697",
            lambda norms: float(fitted(np.log2(norms))[0]),
            message="You count powers of 2. A decade is a power of ten: `np.log10`, Eq. (8.3).",
        ),
        Mistake(
            "M698",
            lambda norms: float(fitted(np.log10(norms))[1]),
            message="This is the height of the line at 0. `np.polyfit(x, y, 1)` returns slope and height, in this order: take entry 0.",
        ),
        Mistake(
            "M699",
            lambda norms: fitted(np.log10(norms)),
            message="You return both numbers of the line, its slope and its height at 0. The slope is asked for: entry 0 of what `np.polyfit` returns.",
        ),
        Mistake(
            "M699b",
            through_zero,
            message="Your line is forced through the point 0, 0: in layer 0 the norm would have to be 1. Let the line choose its height as "
            "well, or take the means off both axes before you multiply, Eq. (8.3).",
        ),
        Mistake(
            "M699c",
            other_axis,
            message="Your axes are exchanged: this is how many layers a decade takes. `np.polyfit(x, y, 1)` wants the layers first, then log10 of the norms.",
        ),
        Mistake(
            "M699d",
            lambda norms: float(10 ** log_slope(norms)),
            message="This is the factor from one layer to the next, 10 to the power of the slope. The slope itself, in decades per layer, is asked for, Eq. (8.3).",
        ),
        Mistake(
            "M699e",
            lambda norms: float(np.log10(np.mean(norms[1:] / norms[:-1]))),
            message="You average the factors from layer to layer, and take the logarithm last. The largest factor decides such a mean. Logarithms first, then the "
            "straight line through them, Eq. (8.3).",
        ),
        Mistake(
            "M699f",
            lambda norms: float(np.mean(norms[1:] / norms[:-1])),
            message="This is the mean factor from one layer to the next. In decades, the slope is that of a straight line through log10 of the norms, Eq. (8.3).",
        ),
        Mistake(
            "M699g",
            lambda norms: end_points(norms, len(norms)),
            message="You take the first and the last norm only, and divide by the number of layers; between {L} layers there are one fewer steps. And "
            "what lies between has no say: use least squares, `np.polyfit(layers, heights, 1)`, Eq. (8.3).",
        ),
    ),
    hints=(
        "On a logarithmic axis a constant factor per layer is a straight line. Put log10 of the norms over the layer's number, and fit the line.",
        "The slope of the least-squares line through the points (l, log10 ‖δ_l‖), Eq. (8.3): entry 0 of `np.polyfit(x, y, 1)`.",
        "layers = np.arange(len(norms))\nreturn np.polyfit(layers, ..., 1)[...]",
    ),
)
