"""Figures of lesson 04: bills, votes, shapes, and what another loss changes."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..style import (
    BACKWARD,
    BLACK,
    BLUE,
    FORWARD,
    GREEN,
    GREY,
    ORANGE,
    VERMILION,
    describe,
    figure,
    listed,
    minus,
    styled,
)


@styled
def bills(billed: np.ndarray, slopes: np.ndarray, delta: np.ndarray) -> Figure:
    """What each hidden unit is billed, the slope of its gate, and the δ that is left, all (3,)."""
    fig, axes = figure(8.4, 3.0, 3, sharex=True)
    rows = (
        (billed, "the bill: δ₂ · W₂", VERMILION),
        (slopes, "times its slope a(1 − a)", BLUE),
        (delta, "= δ₁", BLACK),
    )
    for ax, (values, title, colour) in zip(axes, rows, strict=True):
        _signed_bars(ax, values, colour)
        ax.set(
            title=title, xticks=range(len(values)), xticklabels=[f"unit {k + 1}" for k in range(len(values))]
        )
    return describe(
        fig,
        f"For hidden units 1 to 3: bills {listed(billed)}; slopes of their gates {listed(slopes, '.3f')}; "
        f"the products, delta 1: {listed(delta)}.",
    )


def _signed_bars(ax: Axes, values: np.ndarray, colour: str) -> None:
    drawn = ax.bar(range(len(values)), values, color=colour, width=0.6)
    ax.axhline(0, color=GREY, lw=0.8)
    ax.bar_label(drawn, fmt=lambda v: minus(f"{v:+.3f}"), fontsize=9, padding=2)
    ax.margins(y=0.22)


@styled
def votes(contributions: np.ndarray, names: str = "ABCD") -> Figure:
    """Each example's contribution to one slope (N,), and their sum at the right."""
    fig, ax = figure(7.0, 3.4)
    total = contributions.sum()
    colours = [BACKWARD if c < 0 else BLUE for c in contributions] + [BLACK]
    bars = ax.bar([*names, "sum"], [*contributions, total], color=colours, width=0.6)
    for bar, value in zip(bars, [*contributions, total], strict=True):
        bar.set_hatch("//" if value < 0 else "")
        bar.set_edgecolor("white")
    ax.bar_label(bars, fmt=lambda v: minus(f"{v:+.4f}"), fontsize=10, padding=3)
    ax.axhline(0, color=GREY, lw=0.8)
    ax.margins(y=0.2)
    ax.set(
        xlabel="example",
        ylabel="contribution to ∂L/∂W2[0]",
        title="A and B want the weight larger, C and D smaller",
    )
    return describe(
        fig,
        f"Contributions of examples A to D to the slope of W2[0]: {listed(contributions, '+.4f')}. "
        f"Their sum is {total:+.4f}.",
    )


@styled
def product_shapes(
    left: tuple[str, int, int], right: tuple[str, int, int], out: tuple[str, int, int]
) -> Figure:
    """A matrix product as rectangles: name, rows, columns of both factors and of the result."""
    fig, ax = figure(7.0, 2.4)
    at = 0.0
    for (name, rows, columns), colour, sign in zip(
        (left, right, out), (BLUE, VERMILION, GREEN), ("@", "=", ""), strict=True
    ):
        ax.add_patch(Rectangle((at, -rows / 2), columns, rows, fc=colour, alpha=0.25, ec=colour, lw=1.5))
        ax.text(
            at + columns / 2,
            rows / 2 + 0.25,
            f"{name}\n({rows}, {columns})",
            ha="center",
            va="bottom",
            fontsize=10,
        )
        at += columns + 1.4
        ax.text(at - 0.7, 0, sign, ha="center", va="center", fontsize=16)
    ax.set(xlim=(-0.4, at - 1), ylim=(-2.4, 4.0), aspect="equal")
    ax.axis("off")
    return describe(
        fig,
        f"A matrix product as rectangles: {left[0]} of shape {left[1:]} times {right[0]} of shape "
        f"{right[1:]} gives {out[0]} of shape {out[1:]}. The inner size {left[2]} is summed away.",
    )


@styled
def two_bills(first: np.ndarray, second: np.ndarray) -> Figure:
    """The bills of two outputs for each hidden unit, both (3,), and their sums."""
    fig, ax = figure(7.0, 3.2)
    place = np.arange(len(first))
    rows = (
        ("from output 1", first, BLUE, ""),
        ("from output 2", second, ORANGE, "//"),
        ("their sum", first + second, BLACK, ""),
    )
    for k, (name, values, colour, hatch) in enumerate(rows):
        bars = ax.bar(place + (k - 1) * 0.27, values, 0.25, color=colour, hatch=hatch, ec="white", label=name)
        ax.bar_label(bars, fmt=lambda v: minus(f"{v:+.2f}"), fontsize=9, padding=2)
    ax.axhline(0, color=GREY, lw=0.8)
    ax.margins(y=0.2)
    ax.set(
        xticks=place,
        xticklabels=[f"unit {k + 1}" for k in place],
        ylabel="bill δ₂ · W₂",
        title="Two bills for every hidden unit",
    )
    ax.legend(loc="upper left")
    return describe(
        fig,
        f"Bills for hidden units 1 to 3. From output 1: {listed(first)}; from output 2: {listed(second)}; "
        f"their sums: {listed(first + second)}.",
    )


@styled
def two_losses(mse: np.ndarray, bce: np.ndarray, names: str = "ABCD") -> Figure:
    """δ2 of each example under the squared error and under cross-entropy, both (N,)."""
    fig, ax = figure(7.0, 3.0)
    place = np.arange(len(mse))
    for k, (name, values, colour, hatch) in enumerate(
        (("squared error", mse, BLUE, ""), ("cross-entropy", bce, VERMILION, "//"))
    ):
        bars = ax.bar(
            place + (k - 0.5) * 0.38, values, 0.36, color=colour, hatch=hatch, ec="white", label=name
        )
        ax.bar_label(bars, fmt=lambda v: minus(f"{v:+.3f}"), fontsize=9, padding=2)
    ax.axhline(0, color=GREY, lw=0.8)
    ax.margins(y=0.2)
    ax.set(
        xticks=place,
        xticklabels=list(names),
        xlabel="example",
        ylabel="δ₂",
        title="Another loss, another first δ",
    )
    ax.legend(loc="upper left")
    return describe(
        fig, f"Delta 2 of examples A to D. Squared error: {listed(mse)}. Cross-entropy: {listed(bce)}."
    )


@styled
def one_step(before: np.ndarray, after: np.ndarray, targets: np.ndarray, names: str) -> Figure:
    """Outputs before and after one step downhill, with the targets, all (N,)."""
    fig, ax = figure(7.0, 2.6)
    for k, (b, a, t) in enumerate(zip(before, after, targets, strict=True)):
        ax.annotate("", (a, k), (b, k), arrowprops={"arrowstyle": "->", "color": BACKWARD, "lw": 2})
        ax.plot(b, k, "o", color=FORWARD, ms=9, label="before" if k == 0 else None)
        ax.plot(a, k, "s", color=BACKWARD, ms=8, label="after" if k == 0 else None)
        ax.plot(t, k, "*", color=GREEN, ms=16, label="target" if k == 0 else None, clip_on=False)
    ax.set(
        yticks=range(len(names)),
        yticklabels=list(names),
        xlim=(0, 1.02),
        ylim=(len(names) - 0.5, -0.5),
        xlabel="output ŷ",
    )
    ax.legend(loc="upper left", ncols=3, bbox_to_anchor=(0, 1.25))
    return describe(
        fig,
        f"One step against the gradient moves the outputs of {', '.join(names)} from "
        f"{listed(before, '.3f')} to {listed(after, '.3f')}; the targets are {listed(targets, '.0f')}.",
    )
