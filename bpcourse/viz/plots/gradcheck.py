"""Figures of lesson 05: two witnesses, the U-curve, planted bugs, a corner, and what asking costs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.transforms import blended_transform_factory

from ...gradcheck.report import TOLERANCE, order
from ..style import (
    BACKWARD,
    BLACK,
    BLUE,
    CYCLE,
    FORWARD,
    GREEN,
    GREY,
    LINES,
    MARKERS,
    VERMILION,
    describe,
    figure,
    listed,
    styled,
)

FLOOR = 1e-13  # what is smaller is drawn here: below it there is only rounding
RIGHT = 1e-8  # right code comes out below
NOTHING = 1e-14  # an error of nothing but the last digits


@styled
def falling(curves: Mapping[str, Sequence[float]]) -> Figure:
    """Losses of several runs, step by step, by the name of the run."""
    fig, ax = figure(7.0, 3.0)
    for k, (name, losses) in enumerate(curves.items()):
        every = max(1, len(losses) // 10)
        ax.plot(
            losses,
            LINES[k],
            color=CYCLE[k],
            marker=MARKERS[k],
            ms=6,
            markevery=(k * every // 2, every),
            label=name,
        )
    ax.set(xlabel="steps", ylabel="loss of example A (logarithmic)", title="Both fall", yscale="log")
    ax.legend()
    said = "; ".join(f"{name}: from {run[0]:.4f} to {run[-1]:.4f}" for name, run in curves.items())
    steps = len(next(iter(curves.values()))) - 1
    return describe(fig, f"Loss of example A over {steps} steps. {said}. Both curves fall all the way.")


@styled
def chords(f: Callable, at: float, eps: float, slope: float) -> Figure:
    """A curve with its tangent, the chord to one side, and the chord across both sides."""
    w = np.linspace(at - 1.6 * eps, at + 1.6 * eps, 121)
    below, here, above = f(at - eps), f(at), f(at + eps)
    one, both = (above - here) / eps, (above - below) / (2 * eps)
    fig, ax = figure(7.0, 3.8)
    ax.plot(w, f(w), "-", color=FORWARD, label="the curve")
    near = np.array([at - 1.1 * eps, at + 1.1 * eps])
    ax.plot(near, here + slope * (near - at), "-", color=GREY, lw=1.2, label=f"tangent: slope {slope:.2f}")
    ax.plot([at, at + eps], [here, above], ":", color=VERMILION, label=f"to one side: slope {one:.2f}")
    ax.plot(
        [at - eps, at + eps], [below, above], "--", color=BLACK, label=f"across both sides: slope {both:.2f}"
    )
    ax.plot([at - eps, at, at + eps], [below, here, above], "o", color=BLACK, ms=7)
    ax.set(xlabel="w", ylabel="f(w)", title="The chord across both sides runs beside the tangent")
    ax.legend(loc="upper left")
    return describe(
        fig,
        f"A curve through ({at:.1f}, {here:.2f}) with its tangent of slope {slope:.2f}. The chord from there "
        f"to w = {at + eps:.1f} has slope {one:.2f}; the chord from w = {at - eps:.1f} to {at + eps:.1f} has "
        f"slope {both:.2f} and is nearly parallel to the tangent.",
    )


@styled
def thirteen(measured: Mapping[str, np.ndarray], versions: Mapping[str, Mapping[str, np.ndarray]]) -> Figure:
    """Above: the slopes by every version, on the measured ones. Below: how far each is from them."""
    names, want = _entries(measured), _flat(measured)
    place = np.arange(len(want))
    fig, (top, bottom) = figure(8.4, 5.0, rows=2, sharex=True)
    top.bar(place, want, color=BLUE, alpha=0.25, width=0.8, label="measured")
    said = []
    for k, (name, grads) in enumerate(versions.items()):
        marker, colour, got = MARKERS[k], CYCLE[k + 1], _flat(grads)
        off = np.abs(got - want) / np.abs(want).max()
        top.plot(place, got, marker, color=colour, ms=7, mfc="none", mew=1.6, label=name)
        bottom.semilogy(place, np.maximum(off, FLOOR), marker, color=colour, ms=7, mfc="none", mew=1.6)
        said.append(f"The largest distance of {name} is {order(off.max())} of the largest slope")
    top.axhline(0, color=GREY, lw=0.8)
    top.set(ylabel="slope", title="Above, hard to see. Below, plain")
    top.legend(ncols=3, loc="lower right", bbox_to_anchor=(1, 0.98), fontsize=10)
    bottom.set(ylabel="distance, as part\nof the largest slope", ylim=(FLOOR / 2, 3))
    bottom.set_xticks(place, names, rotation=45, ha="right", fontsize=9)
    return describe(
        fig, f"The {len(want)} slopes, measured and by {' and '.join(versions)}. {'. '.join(said)}."
    )


def _entries(grads: Mapping[str, np.ndarray]) -> list[str]:
    """Names of all entries: ``W1[0,0]``, ``b1[2]``."""
    return [
        f"{name}[{','.join(map(str, index))}]"
        for name, part in grads.items()
        for index in np.ndindex(part.shape)
    ]


def _flat(grads: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.concatenate([np.ravel(part) for part in grads.values()])


@styled
def digits(f: Callable, at: float, steps: Sequence[float], decimals: int = 16) -> Figure:
    """Values of f on both sides of a point, digit by digit: what they share is lost in the difference."""
    fig, ax = figure(8.4, 0.85 * len(steps) + 0.4)
    said = []
    for k, eps in enumerate(steps):
        above, below = f(at + eps), f(at - eps)
        slope = f"{(above - below) / (2 * eps):.9f}"
        for name, value, y in (("+", above, -2.6 * k), ("−", below, -2.6 * k - 1)):
            ax.text(-1, y, f"f({at:.0f} {name} ε)", ha="right", va="center", fontsize=10)
            _digits(ax, value, y, decimals)
        ax.text(-4.2, -2.6 * k - 0.5, f"ε = {eps:.0e}", ha="right", va="center", fontsize=11)
        ax.text(decimals + 2.4, -2.6 * k - 0.5, f"slope {slope}", ha="left", va="center", fontsize=11)
        said.append(f"{slope} with ε = {eps:.0e}")
    ax.set(xlim=(-7.5, decimals + 8.5), ylim=(-2.6 * len(steps) + 1, 0.7))
    ax.axis("off")
    return describe(
        fig,
        f"f at {at:.0f} + ε and at {at:.0f} − ε, with {decimals} decimals. The zeros and nines after the "
        "point are grey: they are lost in the difference, and the smaller the nudge, the more of them. "
        f"Slopes: {'; '.join(said)}.",
    )


def _digits(ax: Axes, value: float, y: float, decimals: int) -> None:
    """One number, digit by digit: the zeros or nines that it begins with are grey."""
    text = f"{value:.{decimals}f}"
    first = next(k for k, digit in enumerate(text) if k > 1 and digit != text[2])
    for place, digit in enumerate(text):
        look = {"color": "#999999"} if place < first else {"color": BLACK, "fontweight": "bold"}
        ax.text(place, y, digit, ha="center", va="center", family="monospace", fontsize=12, **look)


@styled
def u_curve(
    steps: Sequence[float],
    curves: Mapping[str, Sequence[float]],
    title: str = "Too wide a nudge is wrong, and so is too small a one",
    rings: bool = True,
) -> Figure:
    """Relative error over the nudge, both logarithmic, a line for each rule; rings mark lowest points."""
    steps = np.asarray(steps)
    fig, ax = figure(7.4, 4.2)
    said = []
    for k, (name, errors) in enumerate(curves.items()):
        errors = np.asarray(errors)
        ax.loglog(steps, errors, LINES[k], color=CYCLE[k], marker=MARKERS[k], ms=5, label=name)
        said.append(_lowest(ax, name, steps, errors, CYCLE[k]) if rings else _arms(name, steps, errors))
    ax.set(
        xlabel="size of the nudge, ε",
        ylabel="relative error",
        title=title,
        ylim=(1e-12 if min(map(min, curves.values())) > 1e-12 else 1e-18, 30),
    )
    ax.set_xticks(10.0 ** np.arange(round(np.log10(steps[0])), 0, 2))
    ax.legend(loc="best", fontsize=9.5)
    return describe(fig, f"Relative error over the nudge, both axes logarithmic. {'; '.join(said)}.")


def _lowest(ax: Axes, name: str, steps: np.ndarray, errors: np.ndarray, colour: str) -> str:
    """Mark the lowest point of a curve that has one, and say where it is."""
    if errors.max() < 10 * errors.min():
        return f"{name}: {errors[0]:.2g} at every ε, a flat line"
    right_end = f"{errors[-1]:.0e} at ε = {steps[-1]:.0e}"
    if errors[0] < NOTHING:
        exact = steps[errors < NOTHING].max()
        return f"{name}: {right_end}, and below {NOTHING:.0e} at ε = {exact:.0e} and smaller"
    best = int(np.argmin(errors))
    ax.loglog(steps[best], errors[best], "o", ms=13, mfc="none", mec=colour, mew=1.6)
    return f"{name}: lowest at ε = {steps[best]:.0e}, {order(errors[best])}; {right_end}"


def _arms(name: str, steps: np.ndarray, errors: np.ndarray) -> str:
    """What a curve does, without its lowest point, where somebody has to find that."""
    if errors.max() < 10 * errors.min():
        return f"{name}: {errors[0]:.2g} at every ε, a flat line"
    right_end = f"{errors[-1]:.0e} at ε = {steps[-1]:.0e}"
    rises = ", and rises again further to the left" if errors[0] > 100 * errors.min() else ""
    return f"{name}: {right_end}; from there it falls as ε shrinks{rises}"


@styled
def planted_bugs(errors: Mapping[str, tuple[float, float]]) -> Figure:
    """Relative errors of wrong backward passes, on one example and on a batch, by the name of the bug."""
    fig, ax = figure(8.4, 0.46 * len(errors) + 1.5)
    place = np.arange(len(errors))[::-1]
    columns = np.array(list(errors.values())).T
    looks = (("s", VERMILION, "one example, N = 1", 0.2), ("o", BLUE, "the batch, N = 4", -0.2))
    for values, (marker, colour, label, shift) in zip(columns, looks, strict=True):
        shown = np.maximum(values, 1e-9)
        ax.semilogx(shown, place + shift, marker, color=colour, ms=8, label=label)
        for x, y, value in zip(shown, place + shift, values, strict=True):
            text = "below 1e-8: not seen" if value < RIGHT else f"{value:.3f}"
            ax.text(x * 1.6, y, text, va="center", fontsize=9, color=colour)
    ax.axvspan(1e-10, TOLERANCE, color=GREEN, alpha=0.12, lw=0)
    ax.axvline(TOLERANCE, color=GREY, ls="--", lw=1.2)
    trans = blended_transform_factory(ax.transData, ax.transAxes)
    ax.text(2e-7, 1.01, "passes", transform=trans, ha="center", va="bottom", fontsize=10, color="#00664a")
    ax.text(1e-2, 1.01, "caught", transform=trans, ha="center", va="bottom", fontsize=10, color="#444444")
    ax.set(yticks=place, yticklabels=list(errors), xlim=(1e-10, 12), xlabel="relative error of all 13 slopes")
    powers = (-7, -5, -3, -1)
    ax.set_xticks([1e-9, *(10.0**k for k in powers)], ["below 1e-8", *(f"1e{k}" for k in powers)])
    ax.minorticks_off()
    ax.grid(axis="y", visible=False)
    ax.legend(loc="upper center", bbox_to_anchor=(0.4, -0.17), ncols=2)
    said = "; ".join(f"{name}: {one:.3f} and {batch:.3f}" for name, (one, batch) in errors.items())
    blind = sum(one < RIGHT for one, _ in errors.values())
    return describe(
        fig,
        f"Relative error of {len(errors)} wrong backward passes on one example, and on a batch of four: "
        f"{said}. With one example {blind} of them are below 1e-8, and pass.",
    )


@styled
def hidden_by_zeros(scales: Sequence[float], errors: Sequence[float]) -> Figure:
    """Relative error of a wrong backward pass, as one factor of it goes to 0."""
    fig, ax = figure(7.0, 3.2)
    place = np.arange(len(scales))
    bars = ax.bar(place, np.maximum(errors, FLOOR), 0.55, color=VERMILION, ec="white")
    for bar, error in zip(bars, errors, strict=True):
        bar.set(hatch="//" if error < TOLERANCE else "")
        words = "0: passes" if error < RIGHT else f"{error:.1e}"
        ax.text(bar.get_x() + bar.get_width() / 2, max(error, 1e-6) * 1.4, words, ha="center", fontsize=10)
    ax.axhline(TOLERANCE, color=GREY, ls="--", lw=1.2)
    ax.text(len(scales) - 0.6, TOLERANCE * 1.5, "passes below", ha="right", fontsize=9, color="#444444")
    ax.set(
        yscale="log", ylim=(1e-6, 2), xlabel="W2 times", ylabel="relative error", title="Zeros hide the bug"
    )
    ax.set_xticks(place, [f"{scale:g}" for scale in scales])
    said = "; ".join(f"{e:.1e} for W2 times {s:g}" for s, e in zip(scales, errors, strict=True) if e > RIGHT)
    return describe(
        fig, f"Relative error of one wrong backward pass: {said}; 0, so that it passes, for W2 times 0."
    )


@styled
def corner(eps: float) -> Figure:
    """ReLU at 0 with the chord of a central difference, and the measured slope for every z near it."""
    z = np.linspace(-3 * eps, 3 * eps, 121)
    chord = (max(eps, 0) - max(-eps, 0)) / (2 * eps)
    measured = (np.maximum(z + eps, 0) - np.maximum(z - eps, 0)) / (2 * eps)
    fig, (left, right) = figure(8.4, 3.3, 2)
    left.plot(z, np.maximum(z, 0), "-", color=FORWARD, label="ReLU")
    left.plot([-eps, eps], [0, eps], "--", color=BACKWARD, marker="o", label=f"chord: slope {chord:.1f}")
    left.set(xlabel="z", ylabel="ReLU(z)", title="A chord across the corner")
    left.legend(loc="upper left")
    right.plot(z, np.where(z == 0, np.nan, z > 0), "-", color=FORWARD, label="the rule: 0 or 1")
    right.plot(z, measured, "--", color=BACKWARD, label="measured")
    right.plot(0, chord, "o", color=BLACK, ms=8)
    right.annotate(f"{chord:.1f} at z = 0", (0, chord), (0.6 * eps, chord - 0.2), fontsize=10)
    right.set(xlabel="z", ylabel="slope", title=f"Wrong only within ε = {eps} of it")
    right.legend(loc="upper left")
    return describe(
        fig,
        f"Left: ReLU with the chord from z = {-eps} to {eps}, whose slope is {chord:.1f}. Right: the rule "
        f"jumps from 0 to 1 at z = 0; the measured slope climbs from 0 at z = {-eps} to 1 at {eps}, and is "
        f"{chord:.1f} at 0. Farther away the two agree.",
    )


@styled
def cost(calls: Mapping[str, Sequence[int]], parameters: Sequence[int]) -> Figure:
    """Runs of the network that each way of checking takes, for networks of several sizes."""
    fig, ax = figure(7.4, 1.2 + 0.55 * len(calls) * len(parameters))
    names, place = [], 0
    for k, (way, runs) in enumerate(calls.items()):
        for number, size in zip(runs, parameters, strict=True):
            bar = ax.barh(place, number, 0.7, color=CYCLE[k], hatch=("", "//", "..")[k], ec="white")
            ax.bar_label(bar, labels=[f"{number:,}"], padding=4, fontsize=10)
            names.append(f"{way}, {size:,} parameters")
            place += 1
        place += 0.4
    places = [k + 0.4 * (k // len(parameters)) for k in range(len(names))]
    ax.set(yticks=places, yticklabels=names, xscale="log", xlim=(1, 3e4), xlabel="runs of the network")
    ax.invert_yaxis()
    ax.grid(axis="y", visible=False)
    said = "; ".join(f"{way}: {', '.join(f'{n:,}' for n in runs)}" for way, runs in calls.items())
    return describe(fig, f"Runs of the network needed for {listed(parameters, ',.0f')} parameters. {said}.")
