"""The parts of a circuit: values go right over solid blue wires, slopes left over dashed vermilion ones."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from ..style import BACKWARD, BLACK, FORWARD, GREY

GATE = 0.27  # radius of a gate; a circuit is drawn with equal units on both axes
APART = 0.045  # half the distance between the two lines of a wire
MARGIN = 0.11  # between a line and its number
SIZE = 9.5

Place = tuple[float, float]


def number(value: float | None, digits: int = 3, sign: str = "") -> str:
    """A number as a circuit shows it: short where it is exact, a question mark where there is none."""
    if value is None or not np.isfinite(value):
        return "?"
    exact = next((d for d in range(digits) if abs(value - round(value, d)) < 1e-7), digits)
    return f"{value:{sign}.{exact}f}".replace("-", "−")


def wire(
    ax: Axes,
    start: Place,
    end: Place,
    value: float | None,
    slope: float | None,
    *,
    name: str = "",
    at: float = 0.5,
) -> None:
    """One wire between two places: the value above it, the slope below it.

    Parameters
    ----------
    ax : Axes
    start, end : (float, float)
        Where the wire leaves a gate, and where it enters the next.
    value, slope : float or None
        None, or not a number, is shown as a question mark.
    name : str
        Written before the value, as in ``z = 0.5``.
    at : float
        Where along the wire its numbers stand, from 0 to 1.
    """
    a, b = np.array(start, float), np.array(end, float)
    along = (b - a) / np.hypot(*(b - a))
    up = np.array([-along[1], along[0]])
    arrow = {"arrowstyle": "-|>", "lw": 1.6, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 11}
    ax.annotate("", b + APART * up, a + APART * up, arrowprops={**arrow, "color": FORWARD})
    ax.annotate(
        "", a - APART * up, b - APART * up, arrowprops={**arrow, "color": BACKWARD, "ls": (0, (4, 2))}
    )
    _labels(ax, a + at * (b - a), np.degrees(np.arctan2(*along[::-1])), up, value, slope, name)


def _labels(ax: Axes, middle, angle: float, up, value, slope, name: str) -> None:
    shown = f"{name} = {number(value)}" if name else number(value)
    common = {"ha": "center", "rotation": angle, "rotation_mode": "anchor", "fontsize": SIZE}
    ax.text(*(middle + MARGIN * up), shown, va="bottom", color=FORWARD, **common)
    ax.text(
        *(middle - MARGIN * up), number(slope, sign="+"), va="top", color=BACKWARD, style="italic", **common
    )


def gate(ax: Axes, place: Place, text: str, local: str = "") -> None:
    """A gate with what it does inside, and its local slope above it."""
    ax.add_patch(_circle(place))
    ax.text(*place, text, ha="center", va="center", fontsize=9 if "\n" in text else 10, zorder=4)
    if local:
        ax.text(place[0], place[1] + GATE + 0.06, local, ha="center", va="bottom", fontsize=8.5, color=GREY)


def _circle(place: Place):
    from matplotlib.patches import Circle

    return Circle(place, GATE, fc="white", ec=BLACK, lw=1.4, zorder=3)


def ports(start: Place, end: Place, *, from_gate: bool = True, to_gate: bool = True) -> tuple[Place, Place]:
    """The two ends of a wire between the rims of two gates (or bare ends) at these places."""
    a, b = np.array(start, float), np.array(end, float)
    along = (b - a) / np.hypot(*(b - a))
    a = a + GATE * along if from_gate else a
    b = b - GATE * along if to_gate else b
    return tuple(a), tuple(b)


def frame(ax: Axes, xlim: Place, ylim: Place) -> None:
    """Equal units, no axes, and the legend of the two directions in the corner."""
    ax.set(xlim=xlim, ylim=ylim, aspect="equal")
    ax.axis("off")
    key = {"fontsize": 9, "transform": ax.transAxes, "va": "top"}
    ax.text(0.0, 1.0, "above, solid →: value", color=FORWARD, **key)
    ax.text(0.0, 1.0, "\nbelow, dashed ←: slope", color=BACKWARD, style="italic", **key)
