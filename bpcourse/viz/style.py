"""The look that all figures share: Okabe–Ito colours, and a second sign beside every colour."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

BLUE, ORANGE, GREEN, VERMILION = "#0072B2", "#E69F00", "#009E73", "#D55E00"
SKY, PURPLE, YELLOW, BLACK, GREY = "#56B4E9", "#CC79A7", "#F0E442", "#000000", "#777777"

FORWARD, BACKWARD = BLUE, VERMILION  # values flow right in blue and solid; slopes flow left, dashed
CYCLE = (BLUE, VERMILION, GREEN, ORANGE, PURPLE, SKY, BLACK)
LINES = ("-", "--", "-.", ":", (0, (5, 1)), (0, (3, 1, 1, 1)), (0, (1, 1)))
MARKERS = ("o", "s", "^", "D", "v", "P", "X")

STYLE = {
    "figure.dpi": 100,
    "savefig.dpi": 100,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.color": "#dddddd",
    "grid.linewidth": 0.6,
    "axes.axisbelow": True,
    "legend.frameon": False,
    "lines.linewidth": 2.0,
    "axes.titlelocation": "left",
    "figure.constrained_layout.use": True,
}


def figure(
    width: float = 7.0, height: float = 3.6, columns: int = 1, rows: int = 1, **kwargs
) -> tuple[Figure, Axes]:
    """A figure of the course's size, with one axes, or an array of them in rows and columns."""
    return plt.subplots(rows, columns, figsize=(width, height), **kwargs)


def styled(plot: Callable) -> Callable:
    """Decorator of the functions in `plots`: draw in the course's style, and leave the reader's alone."""

    @wraps(plot)
    def drawn(*args, **kwargs) -> Figure:
        with plt.rc_context(STYLE):
            return plot(*args, **kwargs)

    return drawn


def describe(fig: Figure, words: str) -> Figure:
    """Give a figure its description: a sentence or two, with the numbers read off it.

    Every function in `plots` ends with this, so that the words are computed from the same
    numbers as the picture, and `viz.show` finds them.
    """
    fig.set_label(words)
    return fig


def listed(values, form: str = "+.3f") -> str:
    """Numbers as a description says them: ``-0.145, -0.203 and +0.261``."""
    words = [format(float(v), form) for v in values]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def minus(text: str) -> str:
    """Numbers with a minus sign, as an axis has them, in place of a hyphen."""
    return text.replace("-", "−")


def layer_ticks(depth: int) -> list[int]:
    """The layers that an axis names: all if they are few, else the first and round ones; never a layer 0."""
    if depth <= 12:
        return list(range(1, depth + 1))
    step = 5 if depth <= 30 else 10
    return [1, *range(step, depth + 1, step)]
