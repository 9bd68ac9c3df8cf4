"""Drawings of the 2-3-1 network: values flow right over solid blue edges, slopes left over dashed ones."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..style import BACKWARD, FORWARD, GREY, describe, figure, listed, minus, styled

COLUMN = {"x": 0.0, "h": 1.5, "y": 3.0, "L": 4.2}
LABEL_AT = {3: 0.64, 1: 0.5}  # where on an edge its number stands: here no two of them meet


@styled
def network_values(
    params: Mapping[str, np.ndarray],
    values: Mapping[str, np.ndarray],
    deltas: Mapping[str, np.ndarray] | None = None,
    grads: Mapping[str, np.ndarray] | None = None,
) -> Figure:
    """The network with one example's numbers on it.

    Parameters
    ----------
    params : mapping
        W1 (2, 3), b1, W2 (3, 1), b2.
    values : mapping
        "x" (2,), "a1" (3,), "a2" (1,) and "L" (float): what flowed right.
    deltas : mapping, optional
        "d1" (3,), "d2" (1,): what flowed left, written under the units. A question mark
        stands where a number is missing.
    grads : mapping, optional
        Gradients of the weights. Edges are then as wide as the gradient is large.
    """
    fig, ax = figure(8.0, 4.4)
    x, h, y = _places(2, COLUMN["x"]), _places(3, COLUMN["h"]), _places(1, COLUMN["y"])
    layers = (("W1", x, h), ("W2", h, y))
    if grads is None:
        for name, left, right in layers:
            _edges(ax, left, right, params[name])
    else:
        largest = max(np.abs(grads[name]).max() for name, _, _ in layers)
        for name, left, right in layers:
            _wide_edges(ax, left, right, grads[name], largest)
    _units(ax, x, values["x"], None, "x")
    _units(ax, h, values["a1"], (deltas or {}).get("d1"), "unit")
    _units(ax, y, values["a2"], (deltas or {}).get("d2"), "ŷ")
    _loss(ax, y[0], float(values["L"]))
    _frame(ax)
    return describe(fig, _words(values, deltas, grads))


def _words(values, deltas, grads) -> str:
    said = (
        f"The 2-3-1 network with one example's numbers on it: inputs {listed(values['x'], '.1f')}, "
        f"hidden units {listed(values['a1'], '.3f')}, output {values['a2'][0]:.3f}, "
        f"loss {float(values['L']):.3f}."
    )
    if deltas is not None:
        known = np.isfinite(deltas["d2"]).all()
        said += (
            f" Delta 2 is {deltas['d2'][0]:+.3f}, delta 1 is {listed(deltas['d1'])}."
            if known
            else " Under each unit a question mark stands for its delta."
        )
    if grads is not None:
        first, second = (listed(grads[name].ravel()) for name in ("W1", "W2"))
        said += f" Edges are as wide as their gradient: {second} in layer 2, and {first} in layer 1."
    return said


def _places(n: int, column: float) -> list[tuple[float, float]]:
    return [(column, (n - 1) / 2 - k) for k in range(n)]


def _edges(ax: Axes, left: list, right: list, W: np.ndarray) -> None:
    """Edges with their weights, in forward colour."""
    for i, (x0, y0) in enumerate(left):
        for j, (x1, y1) in enumerate(right):
            ax.plot([x0, x1], [y0, y1], "-", color=FORWARD, lw=1.2, alpha=0.55, zorder=1)
            t = LABEL_AT[len(right)]
            ax.text(
                x0 + t * (x1 - x0),
                y0 + t * (y1 - y0),
                minus(f"{W[i, j]:.1f}"),
                fontsize=9,
                color=FORWARD,
                ha="center",
                va="center",
                bbox={"fc": "white", "ec": "none", "pad": 0.6},
                zorder=2,
            )


def _wide_edges(ax: Axes, left: list, right: list, dW: np.ndarray, largest: float) -> None:
    """Edges as wide as |gradient|, dashed, in backward colour, with the gradient on them."""
    for i, (x0, y0) in enumerate(left):
        for j, (x1, y1) in enumerate(right):
            width = 0.6 + 6 * abs(dW[i, j]) / largest
            ax.plot([x0, x1], [y0, y1], "--", color=BACKWARD, lw=width, alpha=0.6, zorder=1)
            t = LABEL_AT[len(right)]
            ax.text(
                x0 + t * (x1 - x0),
                y0 + t * (y1 - y0),
                minus(f"{dW[i, j]:+.3f}"),
                fontsize=9,
                color=BACKWARD,
                ha="center",
                va="center",
                bbox={"fc": "white", "ec": "none", "pad": 0.6},
                zorder=2,
            )


def _units(ax: Axes, places: list, values: np.ndarray, deltas, name: str) -> None:
    for k, (px, py) in enumerate(places):
        ax.plot(px, py, "o", ms=38, mfc="white", mec=FORWARD, mew=1.6, zorder=3)
        label = name if len(places) == 1 else f"{name}{'₁₂₃'[k]}" if name == "x" else f"{name} {k + 1}"
        ax.text(px, py + 0.33, label, ha="center", va="bottom", fontsize=10, color=GREY, zorder=4)
        ax.text(
            px,
            py,
            minus(f"{values[k]:.3f}".rstrip("0").rstrip(".")),
            color=FORWARD,
            ha="center",
            va="center",
            fontsize=10,
            zorder=4,
        )
        if deltas is not None:
            text = minus(f"δ {deltas[k]:+.3f}") if np.isfinite(deltas[k]) else "δ ?"
            ax.text(
                px,
                py - 0.33,
                text,
                ha="center",
                va="top",
                fontsize=10,
                color=BACKWARD,
                style="italic",
                zorder=4,
            )


def _loss(ax: Axes, last: tuple[float, float], loss: float) -> None:
    px = COLUMN["L"]
    ax.plot([last[0], px], [last[1], last[1]], "-", color=FORWARD, lw=1.2, alpha=0.55, zorder=1)
    ax.text(
        px,
        last[1],
        f"L = {loss:.3f}",
        ha="center",
        va="center",
        fontsize=11,
        zorder=4,
        bbox={"boxstyle": "round,pad=0.4", "fc": "white", "ec": FORWARD},
    )


def _frame(ax: Axes) -> None:
    ax.annotate("", (3.6, 1.75), (-0.2, 1.75), arrowprops={"arrowstyle": "->", "color": FORWARD, "lw": 1.5})
    ax.text(1.7, 1.8, "values flow right", color=FORWARD, ha="center", va="bottom", fontsize=10)
    ax.annotate(
        "",
        (-0.2, -1.75),
        (3.6, -1.75),
        arrowprops={"arrowstyle": "->", "color": BACKWARD, "lw": 1.5, "ls": "--"},
    )
    ax.text(1.7, -1.8, "slopes flow left", color=BACKWARD, ha="center", va="top", fontsize=10)
    ax.set(xlim=(-0.5, 4.8), ylim=(-2.1, 2.1))
    ax.axis("off")
