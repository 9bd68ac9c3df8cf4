"""Figures of lesson 06 up to the digits: how far to step, what falls and climbs, which curve to trust."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from ...activations import sigmoid
from ..style import (
    BLACK,
    BLUE,
    CYCLE,
    GREEN,
    GREY,
    LINES,
    MARKERS,
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
def slopes(grads: Mapping[str, np.ndarray]) -> Figure:
    """The slope of the loss in every parameter, a bar each, in the order of the dict."""
    fig, ax = figure(8.2, 3.0)
    names = [
        f"{n}[{', '.join(map(str, at))}]" for n, array in grads.items() for at in np.ndindex(array.shape)
    ]
    values = np.concatenate([np.ravel(array) for array in grads.values()])
    bars = ax.bar(names, values, color=[VERMILION if v < 0 else BLUE for v in values], width=0.7)
    for bar, value in zip(bars, values, strict=True):
        bar.set(hatch="//" if value < 0 else "", ec="white")
    ax.bar_label(bars, fmt="%.3f", fontsize=9, padding=2)
    ax.axhline(0, color=GREY, lw=0.8)
    ax.tick_params(axis="x", rotation=60, labelsize=9)
    ax.margins(y=0.16)
    ax.set(ylabel="slope of the loss")
    told = ", ".join(f"{name} {value:+.4f}" for name, value in zip(names, values, strict=True))
    return describe(fig, f"The slope of the loss in each of {len(values)} parameters: {told}.")


@styled
def squashed_twice(z: float) -> Figure:
    """The slope of σ, and what σ(a)(1 − σ(a)) takes for it, with both marked at one z."""
    fig, ax = figure(7.2, 3.2)
    at = np.linspace(-6, 6, 241)
    rules = {
        "a(1 − a), the slope of σ": sigmoid,
        "σ(a)(1 − σ(a)), squashed twice": lambda v: sigmoid(sigmoid(v)),
    }
    marked, ends = [], []
    for k, (name, rule) in enumerate(rules.items()):
        squashed = rule(np.append(at, z))
        values = squashed * (1 - squashed)
        ax.plot(at, values[:-1], ls=LINES[k], color=CYCLE[k], label=name)
        ax.plot(z, values[-1], MARKERS[k], color=CYCLE[k], ms=8)
        ax.annotate(f"{values[-1]:.3f}", (z, values[-1]), (10, 4), **_label("left"))
        marked.append(values[-1])
        ends.append(values[[0, -2]])
    ax.set(xlabel="z", ylabel="slope", ylim=(0, 0.34))
    ax.legend(loc="upper left")
    return describe(
        fig,
        f"The slope of sigma is a bell: {listed(ends[0], '.4f')} at the ends, a quarter in the middle, "
        f"{marked[0]:.4f} at z = {z:g}. Squashed twice it stays high, from {ends[1][0]:.4f} at z = −6 to "
        f"{ends[1][1]:.4f} at z = 6, and is {marked[1]:.4f} at z = {z:g}.",
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
