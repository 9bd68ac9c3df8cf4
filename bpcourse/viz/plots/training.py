"""Figures of lesson 06 up to the digits: how far to step, what falls and climbs, which curve to trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from ..style import (
    BLACK,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    VERMILION,
    describe,
    figure,
    listed,
    styled,
)


@styled
def step_sizes(rates: np.ndarray, losses: np.ndarray, start: float) -> Figure:
    """The loss after one step, for every learning rate (K,), beside the loss before it."""
    fig, ax = figure(7.4, 3.4)
    ax.semilogx(rates, losses, "-", color=BLUE, label="after one step")
    ax.axhline(start, color=BLACK, ls="--", lw=1.2, label="before the step")
    best = int(np.argmin(losses))
    ax.plot(rates[best], losses[best], "o", color=BLUE, ms=8)
    ax.annotate(f"lowest, {losses[best]:.3f}", (rates[best], losses[best]), (0, -18), **_label())
    ax.annotate("answers stuck\nat 0 or 1", (rates[-1], losses[-1]), (-6, -34), **_label("right"))
    ax.set(xlabel="learning rate η, the size of the step", ylabel="loss", ylim=(0.18, 0.56))
    ax.legend(loc="upper left")
    worse = rates[best:][losses[best:] > start][0]
    return describe(
        fig,
        f"The loss after a single step from {start:.4f}, for rates from {rates[0]:g} to {rates[-1]:g}. It is "
        f"lowest, {losses[best]:.3f}, at a rate of about {rates[best]:.0f}; from about {worse:.0f} on it is "
        f"higher than before the step; at {rates[-1]:.0f} it is {losses[-1]:.3f}.",
    )


def _label(side: str = "center") -> dict:
    """How a note beside a point is set."""
    box = {"fc": "white", "ec": "none", "pad": 0.8}
    return {"textcoords": "offset points", "ha": side, "fontsize": 10, "bbox": box}


@styled
def downhill(values: np.ndarray, losses: Sequence[float], here: float, slope: float, rate: float) -> Figure:
    """The loss (K,) along one parameter (K,), with the slope at one value, and a step from there."""
    fig, ax = figure(7.6, 3.4)
    losses = np.asarray(losses)
    at = np.array([here, here - rate * slope])
    height = np.interp(at, values, losses)
    ax.plot(values, losses, "-", color=BLUE, label="loss")
    near = here + np.array([-1.2, 1.2])
    ax.plot(near, height[0] + slope * (near - here), "--", color=BLACK, label=f"slope {slope:.3f}")
    ax.plot(at[0], height[0], "o", color=VERMILION, ms=9, label="before the step")
    ax.plot(at[1], height[1], "s", color=GREEN, ms=8, label="after it")
    low = losses.min() - 0.03
    ax.annotate("", (at[1], low), (at[0], low), arrowprops={"lw": 2, "arrowstyle": "->"})
    ax.vlines(at, low - 0.01, height, color=GREY, ls=":", lw=1.2)
    ax.text(at[0] - 0.15, low, "the step", ha="right", va="center", fontsize=10)
    ax.set(xlabel="the output's bias b2", ylabel="loss", ylim=(low - 0.02, losses.max() + 0.03))
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return describe(
        fig,
        f"A valley: the loss along one parameter, {losses[0]:.3f} at {values[0]:g}, lowest, "
        f"{losses.min():.3f}, at {values[np.argmin(losses)]:.1f}, and {losses[-1]:.3f} at {values[-1]:g}. "
        f"At {here:g} the slope is {slope:.3f}; a step against it leads to {at[1]:.2f}, and takes the loss "
        f"from {height[0]:.3f} to {height[1]:.3f}.",
    )


@styled
def descent(losses: Sequence[float], plateau: tuple[int, int], level: float) -> Figure:
    """A loss (epochs,) on a logarithmic axis, with a plateau shaded and its level marked."""
    fig, ax = figure(7.4, 3.6)
    losses = np.asarray(losses)
    ax.axvspan(*plateau, color=ORANGE, alpha=0.18, lw=0)
    ax.axhline(level, color=ORANGE, ls=":", lw=1.8)
    ax.semilogy(losses, "-", color=BLUE)
    ax.text(plateau[1] + 30, level * 1.06, f"a plateau, near {level}", fontsize=10, va="bottom")
    at = [e for e in (0, plateau[0], plateau[1], 500, 1000, len(losses) - 1) if e < len(losses)]
    ax.plot(at, losses[at], "o", color=BLUE, ms=6)
    ax.set(xlabel="epoch", ylabel="loss (logarithmic axis)", yticks=[0.25, 0.1, 0.01, 0.003])
    ax.set_yticks([], minor=True)
    ax.set_yticklabels(["0.25", "0.1", "0.01", "0.003"])
    return describe(
        fig,
        f"The loss over {len(losses) - 1} epochs: {listed(losses[at], '.4f')} at epochs {listed(at, '.0f')}. "
        f"Between epochs {plateau[0]} and {plateau[1]} it stays on a plateau near {level}, and then falls.",
    )


@styled
def same_line(update: np.ndarray, downhill: np.ndarray) -> Figure:
    """What the article adds to each parameter (P,) against minus the gradient of the mean (P,)."""
    fig, ax = figure(6.2, 3.6)
    ratio = update / downhill
    side = np.array([downhill.min(), downhill.max()]) * 1.15
    ax.plot(side, side, ":", color=GREY, lw=1.6, label="if they were equal")
    ax.plot(side, ratio.mean() * side, "-", color=BLACK, lw=1, label=f"a line of slope {ratio.mean():.0f}")
    ax.plot(downhill, update, "o", color=BLUE, ms=8, alpha=0.75, label=f"the {len(update)} parameters")
    ax.axhline(0, color=GREY, lw=0.6)
    ax.axvline(0, color=GREY, lw=0.6)
    ax.set(xlabel="minus the gradient of the mean", ylabel="what the article adds")
    ax.legend(loc="upper left", frameon=True)
    return describe(
        fig,
        f"One dot for each of {len(update)} parameters: minus the gradient of the mean squared error across, "
        f"what the article adds upwards. All dots lie on a line through 0 of slope {ratio.mean():.4f}.",
    )


@styled
def estimates(parts: Mapping[str, np.ndarray]) -> Figure:
    """One gradient (K,) by several sets of examples: bars in groups, a group for each of its entries."""
    fig, ax = figure(7.6, 3.4)
    looks = ((BLUE, ""), (ORANGE, "//"), (GREEN, "xx"), (BLACK, ""))
    first = next(iter(parts.values()))
    width = 0.8 / len(parts)
    for k, ((name, values), (colour, hatch)) in enumerate(zip(parts.items(), looks, strict=False)):
        place = np.arange(len(first)) + (k - (len(parts) - 1) / 2) * width
        bars = ax.bar(place, values, 0.94 * width, color=colour, hatch=hatch, ec="white", label=name)
        ax.bar_label(bars, fmt="%.3f", fontsize=8.5, padding=2)
    ax.axhline(0, color=GREY, lw=0.8)
    ax.margins(y=0.2)
    names = [f"W2[{k}]" for k in range(len(first))]
    ax.set(xticks=range(len(first)), xticklabels=names, ylabel="gradient")
    ax.legend(loc="lower center", ncols=len(parts), bbox_to_anchor=(0.5, 1.0), fontsize=9)
    told = "; ".join(f"{name}: {listed(values, '+.4f')}" for name, values in parts.items())
    return describe(fig, f"The gradient of {listed_words(names)} by different examples. {told}.")


def listed_words(words: Sequence[str]) -> str:
    """``W2[0], W2[1] and W2[2]``."""
    return f"{', '.join(words[:-1])} and {words[-1]}"
