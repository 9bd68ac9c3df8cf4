"""Figures of lesson 03: tangents, shares of a change, and a monster taken apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

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
    styled,
)
from .wires import number


@styled
def tangent(w: np.ndarray, losses: Sequence[float], at: float, loss: float, slope: float) -> Figure:
    """Loss over one weight, and the straight line through ``(at, loss)`` with this slope."""
    fig, ax = figure(7.0, 3.6)
    line = loss + slope * (np.asarray(w) - at)
    ax.plot(w, losses, "-", color=FORWARD, label="loss of example A")
    ax.plot(w, line, "--", color=BACKWARD, label=f"line with slope {number(slope)}")
    ax.plot(at, loss, "o", color=BLACK, ms=8, label=f"our weight, {at:.1f}: loss {loss:.4f}")
    ax.set(xlabel="W1[0, 0]", ylabel="loss", title="Near the point, curve and line are one")
    ax.legend()
    return describe(
        fig,
        f"Loss of example A over W1[0, 0] from {w[0]:.0f} to {w[-1]:.0f}: it falls from {losses[0]:.4f} to "
        f"{losses[-1]:.4f}, and is {loss:.4f} at {at:.1f}. The dashed line touches it there, with slope "
        f"{slope:.4f}; at {w[0]:.0f} the line says {line[0]:.4f}.",
    )


@styled
def shares(each: Mapping[str, float], happened: float) -> Figure:
    """What each nudge promises, their sum, and the change of the loss that happened."""
    promised = sum(each.values())
    fig, ax = figure(7.0, 3.2)
    heights = [*each.values(), promised, happened]
    bars = ax.bar([*each, "promised", "happened"], heights, width=0.6, ec="white")
    colours = [BLUE] * len(each) + [BLACK, VERMILION]
    for bar, colour, hatch in zip(bars, colours, ["", "", "", "//"], strict=True):
        bar.set(facecolor=colour, hatch=hatch)
    ax.axhline(0, color=GREY, lw=0.8)
    ax.bar_label(bars, [number(height, 5, "+") for height in heights], fontsize=10, padding=3)
    ax.margins(y=0.2)
    ax.set(ylabel="change of the loss", title="Two shares, and their sum")
    said = "; ".join(f"{name}: {value:+.5f}" for name, value in each.items())
    return describe(
        fig,
        f"Shares of the change of the loss: {said}. Their sum is the promise, {promised:+.5f}; "
        f"what happened is {happened:+.5f}.",
    )


@styled
def gate_slopes(marked: Mapping[str, float]) -> Figure:
    """σ with tangents at the marked z, and the slopes of σ, tanh and ReLU."""
    z = np.linspace(-6, 6, 241)
    a = 1 / (1 + np.exp(-z))
    fig, (left, right) = figure(8.6, 3.3, 2)
    left.plot(z, a, "-", color=FORWARD)
    right.plot(z, a * (1 - a), "-", color=FORWARD, label="σ: a(1 − a)")
    right.plot(z, 1 - np.tanh(z) ** 2, "--", color=GREEN, label="tanh: 1 − a²")
    right.plot(z, np.where(z == 0, np.nan, z > 0), ":", color=ORANGE, label="ReLU: 1 if z > 0, else 0")
    said = []
    for (name, at), marker in zip(marked.items(), "os^", strict=False):
        height = 1 / (1 + np.exp(-at))
        slope = height * (1 - height)
        near = np.array([-1.8, 1.8])
        left.plot(at + near, height + slope * near, "--", color=BACKWARD, lw=1.5)
        left.plot(at, height, marker, color=BLACK, ms=7, label=f"{name} = {number(at)}: slope {slope:.3f}")
        right.plot(at, slope, marker, color=BLACK, ms=7)
        said.append(f"{slope:.3f} at {name} = {at:.3f}")
    left.set(xlabel="z", ylabel="a = σ(z)", title="σ and its tangents", ylim=(-0.05, 1.5))
    right.set(xlabel="z", ylabel="slope", title="Slopes of three gates", ylim=(-0.05, 1.5), xlim=(-6, 6))
    left.legend(loc="upper left", fontsize=9)
    right.legend(loc="upper left", fontsize=9)
    return describe(
        fig,
        f"Left: the sigmoid with tangents; its slope is {', '.join(said)}. Right: slopes over z. That of "
        f"the sigmoid is a bell with the top {(a * (1 - a)).max():.2f} at z = 0 and {a[0] * (1 - a[0]):.4f} "
        "at z = −6 and 6; that of tanh is a narrower bell with the top 1; that of ReLU jumps from 0 to 1 at "
        "z = 0.",
    )


RUNGS = (  # name, the way forward, the way back
    ("x", "x", "du1 · 0.5"),
    ("u1", "0.3 + 0.5 x", "dv1 · cos u1"),
    ("v1", "sin u1", "du2 · (−0.8)"),
    ("u2", "0.1 − 0.8 v1", "dv2 · exp u2"),
    ("v2", "exp u2", "du3 · 1.2"),
    ("u3", "−0.5 + 1.2 v2", "dv3 · (−sin u3)"),
    ("v3", "cos u3", "dy · 2"),
    ("y", "0.4 + 2 v3", "2 (y − 1)"),
    ("m", "(y − 1)²", "1"),
)


@styled
def ladder(
    values: Sequence[float], slopes: Sequence[float], right: Sequence[float], typo: tuple[str, str]
) -> Figure:
    """The monster as nine one-liners, one with a typo: values go down on the left, slopes up on the right.

    Parameters
    ----------
    values, slopes : sequences of 9 floats
        x, u1, v1, u2, v2, u3, v3, y, m, and the slope of m in each of them.
    right : sequence of 9 floats
        The slopes without the typo; a line that differs from them is marked.
    typo : (str, str)
        A name such as ``"u2"``, and what its line on the way back says.
    """
    name, instead = typo
    backs = {rung: back for rung, _, back in RUNGS}
    wrong = [k for k in range(len(RUNGS)) if not np.isclose(slopes[k], right[k])]
    fig, ax = figure(8.0, 4.0)
    _rungs(ax, values, slopes, {**backs, name: instead})
    for k in wrong:
        ax.text(5.5, -k, "✗", fontsize=11, color=BLACK, ha="left", va="center")
    ax.text(8.8, -list(backs).index(name), "the typo", fontsize=10, ha="right", va="center", style="italic")
    arrow = {"arrowstyle": "-|>", "lw": 1.8}
    ax.annotate("", (-0.5, -8.3), (-0.5, 0.3), arrowprops={**arrow, "color": FORWARD})
    ax.annotate("", (9.2, 0.3), (9.2, -8.3), arrowprops={**arrow, "color": BACKWARD, "ls": (0, (4, 2))})
    ax.set(xlim=(-0.7, 9.4), ylim=(-8.6, 1.2))
    ax.axis("off")
    said = f" The line of d{name} says {instead} in place of {backs[name]}."
    return describe(fig, _ladder_words(values, slopes, wrong) + said)


def _rungs(ax: Axes, values: Sequence[float], slopes: Sequence[float], backs: Mapping[str, str]) -> None:
    """The head, and a line for each rung: six columns."""
    columns = (0.4, 0.6, 3.8, 5.4, 6.7, 6.9)
    colours = (GREY, FORWARD, FORWARD, BACKWARD, GREY, BACKWARD)
    heads = ("", "forward", "value", "slope", "", "backward")
    for at, head, colour in zip(columns, heads, colours, strict=True):
        ax.text(at, 0.75, head, fontsize=10, color=colour, weight="bold", ha=_side(at, columns))
    for k, ((name, forward, _), value, slope) in enumerate(zip(RUNGS, values, slopes, strict=True)):
        row = (f"{name} =", forward, number(value, 4), number(slope, 4, "+"), f"d{name} =", backs[name])
        for at, text, colour in zip(columns, row, colours, strict=True):
            ax.text(at, -k, text, fontsize=10.5, color=colour, ha=_side(at, columns), va="center")
        if k % 2 == 0:
            ax.axhspan(-k - 0.5, -k + 0.5, xmin=0.05, xmax=0.95, color=GREY, alpha=0.08, lw=0)


def _ladder_words(values: Sequence[float], slopes: Sequence[float], wrong: Sequence[int]) -> str:
    names = [name for name, _, _ in RUNGS]
    said = "The monster as nine lines. Values, downwards: "
    said += ", ".join(f"{n} = {v:.3f}" for n, v in zip(names, values, strict=True))
    said += ". Slopes, upwards: "
    said += ", ".join(f"d{n} = {s:+.3f}" for n, s in zip(names[::-1], list(slopes)[::-1], strict=True))
    return f"{said}. Marked as wrong: {', '.join(f'd{names[k]}' for k in wrong[::-1])}."


def _side(at: float, columns: Sequence[float]) -> str:
    """Names and numbers stand at the right of their column, formulas at the left."""
    return "left" if at in (columns[1], columns[5]) else "right"


@styled
def softmax_slopes(p: np.ndarray, true_classes: Sequence[int]) -> Figure:
    """A row of P − Y for each true class: which logits the loss wants lower, and which higher."""
    fig, axes = figure(8.0, 3.1, len(true_classes), sharey=True)
    said = []
    for ax, true in zip(axes, true_classes, strict=True):
        slopes = p - np.eye(len(p))[true]
        _signed_bars(ax, slopes, true)
        ax.set(
            title=f"class {true} is true: sum {abs(slopes.sum()):.0f}", xlabel="class", xticks=range(len(p))
        )
        said.append(f"with class {true} true they are {listed(slopes)}")
    axes[0].set_ylabel("slope, P − Y")
    return describe(
        fig,
        f"Slopes of the cross-entropy in three logits, with probabilities {listed(p, '.3f')}: "
        + "; ".join(said)
        + ". In each panel they sum to 0.",
    )


def _signed_bars(ax: Axes, values: np.ndarray, true: int) -> None:
    """Bars up or down from 0; the true class is hatched."""
    colours = [VERMILION if k == true else BLUE for k in range(len(values))]
    bars = ax.bar(range(len(values)), values, color=colours, width=0.6)
    bars[true].set(hatch="//", edgecolor="white")
    ax.axhline(0, color=GREY, lw=0.8)
    ax.bar_label(bars, [number(value, 3, "+") for value in values], fontsize=9, padding=2)
    ax.margins(y=0.22)
