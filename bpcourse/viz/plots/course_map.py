"""Figures of lesson 00: what the untrained network says, and the seven stations of the course."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..style import BACKWARD, BLACK, FORWARD, GREEN, GREY, describe, figure, listed, styled
from .network import _places

COLUMNS = {("x₁", "x₂"): 0.0, ("unit 1", "unit 2", "unit 3"): 2.1, ("ŷ",): 4.2, ("L",): 5.7}
PLACES = {
    name: place
    for names, at in COLUMNS.items()
    for name, place in zip(names, _places(len(names), at), strict=True)
}
PATH = ("x₁", "unit 1", "ŷ", "L")  # the one that lesson 03 follows, drawn bold
APART = 0.055  # half the distance between an edge's two lines
UNIT = 0.27  # radius of a unit
TRACK = {"arrowstyle": "->", "color": GREY, "lw": 1.2, "shrinkA": 5, "shrinkB": 5}
# number, where its disc stands, where its words stand, how they are aligned, the words
STATIONS = (
    ("00", (-1.55, 2.15), (0.2, 0.0), "left", "set up: you are here"),
    ("01", (1.0, 2.15), (0.2, 0.0), "left", "push numbers forward"),
    ("02", (5.7, 0.62), (0.0, 0.3), "center", "put a number\non being wrong"),
    ("03", (0.15, 1.32), (0.2, 0.0), "left", "follow one nudge"),
    ("04", (1.0, -2.15), (0.2, 0.0), "left", "push the error back"),
    ("05", (4.1, -2.15), (0.2, 0.0), "left", "ask a second witness"),
    ("06", (-1.45, 0.0), (0.0, -0.3), "center", "let it learn,\nand distrust\nthe curve"),
)


@styled
def outputs(before: np.ndarray, after: np.ndarray, targets: np.ndarray, names: str = "ABCD") -> Figure:
    """Outputs of two networks and the targets, all (N,), on a line from 0 to 1 that is cut at 0.5."""
    fig, ax = figure(7.4, 2.8)
    rows = range(len(names))
    ax.axvline(0.5, color=GREY, lw=1.4, ls=(0, (4, 3)))
    for row, start, end in zip(rows, before, after, strict=True):
        ax.annotate("", (end, row), (start, row), arrowprops=TRACK)
    for values, mark, size, colour, label in (
        (targets, "*", 15, GREEN, "target"),
        (before, "o", 9, FORWARD, "as given"),
        (after, "s", 8, BACKWARD, "after lesson 06"),
    ):
        ax.plot(values, rows, mark, ms=size, color=colour, label=label, clip_on=False)
    ax.set(yticks=rows, yticklabels=list(names), xlim=(0, 1), ylim=(len(names) - 0.5, -0.5))
    ax.set(xlabel="the network's answer; cut at 0.5", ylabel="example")
    ax.tick_params(axis="y", pad=9)  # room for the targets at 0
    ax.legend(loc="lower left", ncols=3, bbox_to_anchor=(0, 1.0))
    right = [int(np.sum((values > 0.5) == (targets > 0.5))) for values in (before, after)]
    return describe(
        fig,
        f"Answers of the network for examples A to D, between 0 and 1. As given: {listed(before, '.3f')}, "
        f"{right[0]} of {len(names)} on the target's side of 0.5. After lesson 06: {listed(after, '.3f')}, "
        f"{right[1]} of {len(names)}.",
    )


@styled
def course_map() -> Figure:
    """Where each lesson takes place: values flow right, slopes flow left, over the same edges."""
    fig, ax = figure(8.6, 4.9)
    for left, right in pairwise(COLUMNS):
        for a, b in product(left, right):
            _two_way(ax, np.array(PLACES[a]), np.array(PLACES[b]), 2.6 if {a, b} <= set(PATH) else 0.9)
    for name, place in PLACES.items():
        ax.plot(*place, "o", ms=34, mfc="white", mec=BLACK, mew=1.4, zorder=3)
        size = 10 if " " in name else 13
        ax.text(*place, name.replace(" ", "\n"), ha="center", va="center", fontsize=size, zorder=4)
    _sweeps(ax)
    for station in STATIONS:
        _station(ax, *station)
    ax.set(xlim=(-2.2, 6.6), ylim=(-2.5, 2.5), aspect="equal")
    ax.axis("off")
    return describe(fig, _words())


def _two_way(ax: Axes, start: np.ndarray, end: np.ndarray, width: float) -> None:
    """An edge as two lines: solid to the right for the value, dashed to the left for the slope."""
    along = (end - start) / np.linalg.norm(end - start)
    aside = APART * np.array([-along[1], along[0]])
    start, end = start + UNIT * along, end - UNIT * along
    _arrow(ax, start + aside, end + aside, FORWARD, "-", width)
    _arrow(ax, end - aside, start - aside, BACKWARD, (0, (4, 2)), width)


def _arrow(ax: Axes, start, end, colour: str, line, width: float, bend: float = 0.0) -> None:
    look = {
        "arrowstyle": "-|>",
        "color": colour,
        "ls": line,
        "lw": width,
        "shrinkA": 0,
        "shrinkB": 0,
        "connectionstyle": f"arc3,rad={bend}",
    }
    ax.annotate("", end, start, arrowprops=look, zorder=2)


def _sweeps(ax: Axes) -> None:
    """The two sweeps, above and below the network, and the way round that makes it learn."""
    _arrow(ax, (-0.3, 1.75), (5.7, 1.75), FORWARD, "-", 2.2)
    _arrow(ax, (5.7, -1.75), (-0.3, -1.75), BACKWARD, (0, (4, 2)), 2.2)
    _arrow(ax, (-0.5, -1.7), (-0.5, 1.7), GREY, (0, (1, 1.5)), 2.2, bend=-0.28)
    ax.text(5.75, 1.75, "values", color=FORWARD, ha="left", va="center", fontsize=10)
    ax.text(5.75, -1.75, "slopes", color=BACKWARD, ha="left", va="center", fontsize=10)


def _station(ax: Axes, number: str, disc, shift, align: str, words: str) -> None:
    ax.plot(*disc, "o", ms=19, color=BLACK, zorder=5)
    ax.text(*disc, number, color="white", ha="center", va="center", fontsize=9, weight="bold", zorder=6)
    at = "center" if align == "left" else "bottom" if shift[1] > 0 else "top"
    ax.text(
        disc[0] + shift[0], disc[1] + shift[1], words, ha=align, va=at, fontsize=10, zorder=6, linespacing=1.1
    )


def _words() -> str:
    stations = "; ".join(f"{number} {' '.join(words.split())}" for number, *_, words in STATIONS)
    return (
        "The network with 2 inputs, 3 hidden units, 1 output and the loss L, and 7 stations on it. Every "
        "edge is drawn twice: solid to the right, where values flow, and dashed to the left, where slopes "
        "flow. A dotted arrow leads from the end of the way back to the start of the next way forward. "
        f"One path is bold, and station 03 stands on it: {' to '.join(PATH)}. "
        f"The stations: {stations}."
    )
