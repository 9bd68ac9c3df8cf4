"""Figures of lesson 08: δ from layer to layer on a logarithmic axis, and what multiplies it on its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator

from ..style import (
    BACKWARD,
    BLACK,
    BLUE,
    CYCLE,
    FORWARD,
    GREY,
    LINES,
    MARKERS,
    VERMILION,
    describe,
    figure,
    layer_ticks,
    listed,
    styled,
)

LAYER = "layer (1 is next to the inputs)"


@styled
def deep_and_shallow(runs: Mapping[str, Sequence[float]], chance: float) -> Figure:
    """Losses (epochs,) by name, with the level of chance."""
    fig, ax = figure(7.4, 3.3)
    said = []
    for k, (name, losses) in enumerate(runs.items()):
        epochs = np.arange(1, len(losses) + 1)
        ax.plot(epochs, losses, ls=LINES[k], color=CYCLE[k], marker=MARKERS[k], ms=5, label=name)
        said.append(f"{name}: {losses[0]:.3f} in the first epoch, {losses[-1]:.3f} in the last")
    ax.axhline(chance, color=BLACK, ls=":", lw=1.4, label=f"chance, ln 10 = {chance:.3f}")
    ax.set(xlabel="epoch", ylabel="loss", ylim=(0, 1.12 * chance))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.legend(loc="center right", bbox_to_anchor=(1.0, 0.62))
    return describe(
        fig, f"Losses over {len(losses)} epochs. {'; '.join(said)}. The level of chance is {chance:.3f}."
    )


@styled
def per_layer(
    curves: Mapping[str, Sequence[float]],
    ylabel: str,
    *,
    quarters: bool = False,
    levels: Mapping[str, float] | None = None,
) -> Figure:
    """One number for each layer on a logarithmic axis, for several names.

    Parameters
    ----------
    curves : mapping of str to (L,) arrays
        First layer first; zeros are left out.
    ylabel : str
    quarters : bool
        Whether to add the line that loses a factor of 4 in each layer, ending where the first curve ends.
    levels : mapping of str to float
        Horizontal lines with their names.
    """
    fig, ax = figure(7.6, 3.8)
    _curves(ax, curves, every=max(1, max(map(len, curves.values())) // 10))
    if quarters:
        first = np.asarray(next(iter(curves.values())), dtype=float)
        layers = np.arange(1, len(first) + 1)
        ax.plot(
            layers, first[-1] * 0.25 ** (len(first) - layers), ":", color=GREY, label="a quarter per layer"
        )
    for name, level in (levels or {}).items():
        ax.axhline(level, color=BLACK, ls=":", lw=1.3)
        ax.annotate(name, (1, level), (0, 4), textcoords="offset points", fontsize=10)
    ax.set(xlabel=LAYER, ylabel=ylabel)
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    also = "".join(f" A dotted line marks {name}, {level:.0e}." for name, level in (levels or {}).items())
    also += " A dotted line loses a factor of 4 in each layer." if quarters else ""
    return describe(fig, f"{ylabel} by layer, on a logarithmic axis. {_ends(curves)}.{also}")


def _curves(ax: Axes, curves: Mapping[str, Sequence[float]], *, every: int = 1) -> None:
    """One line with markers for each name, over the layers 1 to L."""
    for k, (name, values) in enumerate(curves.items()):
        values = np.asarray(values, dtype=float)
        shown = np.where(values > 0, values, np.nan)
        look = {"ls": LINES[k], "color": CYCLE[k], "marker": MARKERS[k], "ms": 6, "markevery": every}
        ax.plot(np.arange(1, len(values) + 1), shown, label=name, **look)
    ax.set_yscale("log")
    ax.yaxis.set_major_locator(LogLocator(numticks=9))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.set_xticks(layer_ticks(max(map(len, curves.values()))))


def _ends(curves: Mapping[str, Sequence[float]]) -> str:
    """The first and the last layer's value of each curve."""
    return "; ".join(
        f"{name}: {values[0]:.1e} in layer 1, {values[-1]:.1e} in layer {len(values)}"
        for name, values in curves.items()
    )


@styled
def one_unit_wide(x: float, a: Sequence[float], factors: Sequence[float], deltas: Sequence[float]) -> Figure:
    """A chain with one unit in each layer: activations above, δ below, and the factor of each step back.

    Parameters
    ----------
    x : float
    a, deltas : (L,)
    factors : (L - 1,)
        What δ is multiplied by from layer 2 to 1, from 3 to 2, and so on.
    """
    fig, ax = figure(9.0, 2.9)
    ax.text(0, 0, f"x\n{x:g}", ha="center", va="center", fontsize=11, color=FORWARD)
    for k, (value, delta) in enumerate(zip(a, deltas, strict=True), start=1):
        ax.annotate(
            "", (k - 0.27, 0), (k - 0.73, 0), arrowprops={"arrowstyle": "-|>", "color": FORWARD, "lw": 2}
        )
        ax.plot(k, 0, "o", ms=34, mfc="white", mec=BLACK, mew=1.4)
        ax.text(k, 0, f"σ{k}", ha="center", va="center", fontsize=12)
        ax.text(k, 0.62, f"a = {value:.3f}", ha="center", fontsize=10, color=FORWARD)
        ax.text(k, -0.78, f"δ = {delta:.5f}", ha="center", fontsize=10, color=BACKWARD)
    for k, factor in enumerate(factors, start=1):
        arrow = {"arrowstyle": "-|>", "color": BACKWARD, "lw": 1.6, "ls": "--"}
        ax.annotate("", (k + 0.2, -1.05), (k + 0.8, -1.05), arrowprops=arrow)
        ax.text(k + 0.5, -1.32, f"× {factor:.3f}", ha="center", fontsize=10, color=BACKWARD)
    ax.set(xlim=(-0.3, len(a) + 0.5), ylim=(-1.5, 0.9))
    ax.axis("off")
    return describe(
        fig,
        f"A chain of {len(a)} layers, one unit in each, with the input {x:g}. Activations, left to right: "
        f"{listed(a, '.3f')}. δ, left to right: {listed(deltas, '.5f')}. Going left, δ is multiplied by "
        f"{listed(factors[::-1], '.3f')}.",
    )


@styled
def stretches(factors: np.ndarray, largest: float, typical: float) -> Figure:
    """By what factor a matrix changed the length of many random rows (K,), and what it could do at most."""
    fig, ax = figure(7.4, 3.2)
    ax.hist(factors, bins=25, color=BLUE, ec="white")
    ax.axvline(typical, color=BLACK, ls="--", lw=1.8, label=f"std · √width = {typical:.2f}")
    ax.axvline(largest, color=VERMILION, ls="-", lw=2.2, label=f"‖W‖₂ = {largest:.2f}")
    ax.set(xlabel="length after W over length before", ylabel="random rows", xlim=(0, 1.1 * largest))
    ax.legend(loc="upper left", fontsize=10)
    return describe(
        fig,
        f"How a matrix changed the length of {len(factors)} random rows: by factors from {factors.min():.2f} "
        f"to {factors.max():.2f}, around {typical:.2f}. None comes near its largest stretch, {largest:.2f}.",
    )


@styled
def factor_map(scales: np.ndarray, factors: Mapping[str, np.ndarray]) -> Figure:
    """The factor per layer on δ (K,) over the size of the weights (K,), for each activation."""
    fig, ax = figure(7.6, 4.0)
    said = []
    for k, (name, values) in enumerate(factors.items()):
        look = {"ls": LINES[k], "color": CYCLE[k], "marker": MARKERS[k], "markevery": 4}
        ax.loglog(scales, values, label=name, **look)
        level = scales[np.argmin(np.abs(np.log(values)))]
        low, high = values[0], values[-1]
        said.append(
            f"{name}: {low:.3f} at the left end, {high:.2g} at the right, nearest to 1 at {level:.2g}"
        )
    ax.axhline(1, color=BLACK, ls=":", lw=1.4)
    ax.text(scales[0], 1.15, "δ keeps its size", fontsize=10)
    ax.set(xlabel="std · √width: what the weights alone do to δ", ylabel="factor per layer on ‖δ‖")
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 0.9))
    return describe(
        fig,
        f"Factor per layer on the norm of δ over the size of the weights, from {scales[0]:g} to "
        f"{scales[-1]:g}, on logarithmic axes. {'; '.join(said)}.",
    )


@styled
def panels(
    groups: Mapping[str, Mapping[str, Sequence[float]]], ylabel: str, *, floor: float = 1e-40
) -> Figure:
    """Several panels of curves over the layers, on one logarithmic axis that is cut off at the floor."""
    fig, axes = figure(9.6, 4.0, len(groups), sharey=True)
    said = []
    for ax, (title, curves) in zip(axes, groups.items(), strict=True):
        longest = max(map(len, curves.values()))
        _curves(ax, curves, every=max(1, longest // 6))
        ax.axhline(1, color=BLACK, lw=0.8)
        ax.set(xlabel="layer", title=title)
        told = "; ".join(f"{name} {values[0]:.0e}" for name, values in curves.items())
        said.append(f"{title}: {told}")
    top = max(np.max(values) for curves in groups.values() for values in curves.values())
    low = min(np.min(values) for curves in groups.values() for values in curves.values())
    axes[0].set(ylabel=ylabel, ylim=(max(floor, low / 10), 10 * top))
    fig.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=4, frameon=False)
    return describe(fig, f"{ylabel}, by layer, in {len(groups)} panels. In layer 1 — {'. '.join(said)}.")


@styled
def one_stack(norms: Sequence[float]) -> Figure:
    """‖δ‖ of one stack by layer."""
    fig, ax = figure(6.6, 3.2)
    norms = np.asarray(norms, dtype=float)
    _curves(ax, {"‖δ‖": norms})
    ax.set(xlabel=LAYER, ylabel="‖δ‖ (logarithmic axis)")
    return describe(
        fig, f"The norms that your function returned, on a logarithmic axis. {_ends({'‖δ‖': norms})}."
    )


GATES = {"sigmoid": "σ", "tanh": "tanh", "relu": "ReLU"}


@styled
def four_stacks(stacks: Sequence) -> Figure:
    """‖δ‖ and ‖dW‖ of four stacks without their causes, and what gates and weights do in each.

    Parameters
    ----------
    stacks : sequence of four objects with the attributes of `bpcourse.checks.lesson08.stacks.Stack`
    """
    fig, axes = figure(9.6, 7.2, 2, rows=2)
    said = []
    for number, (ax, stack) in enumerate(zip(axes.flat, stacks, strict=True), start=1):
        _curves(ax, {"‖δ‖": stack.deltas / stack.deltas[-1], "‖∂L/∂W‖": stack.grads / stack.grads[-1]})
        gate = GATES[stack.activation]
        seen = (
            f"silent units {100 * stack.silent:.0f} %"
            if gate == "ReLU"
            else f"|z| about {stack.size_of_z:.2f}"
        )
        factors = f"gates × {stack.gates:.2f}, weights × {stack.weights:.2f}"
        ax.set_title(f"stack {number}: {gate}, {seen}\n{factors}", fontsize=11)
        ax.set(xlabel="layer", ylabel="share of layer 10")
        said.append(
            f"Stack {number}, {gate}: {seen}, {factors}; in layer 1, as shares of layer 10, ‖δ‖ is "
            f"{stack.deltas[0] / stack.deltas[-1]:.0e} and ‖∂L/∂W‖ {stack.grads[0] / stack.grads[-1]:.0e}"
        )
    axes[0, 0].legend(loc="lower right")
    return describe(fig, f"Four stacks of {len(stacks[0].deltas)} layers. {'. '.join(said)}.")
