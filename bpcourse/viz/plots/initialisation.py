"""Figures of lesson 10: twins, dice, signals through many layers, arrows through one, dead units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..style import (
    BLUE,
    CYCLE,
    FORWARD,
    GREEN,
    GREY,
    LINES,
    MARKERS,
    SKY,
    VERMILION,
    YELLOW,
    describe,
    figure,
    layer_ticks,
    listed,
    minus,
    styled,
)


@styled
def guessing(runs: Mapping[str, Sequence[float]], level: float) -> Figure:
    """Losses (epochs,) by name, with the level of guessing marked."""
    fig, ax = figure(7.8, 3.6)
    ax.axhline(level, color=YELLOW, lw=9, zorder=0, label=f"guessing, {level:.3f}")
    said = []
    for k, (name, losses) in enumerate(runs.items()):
        look = {"ls": LINES[k], "color": CYCLE[k], "marker": MARKERS[k], "markevery": (k, 4), "ms": 7}
        ax.plot(np.arange(1, len(losses) + 1), losses, label=name, **look)
        said.append(f"{name}: {losses[0]:.3f} in the first epoch, {losses[-1]:.3f} in the last")
    highest = max(max(losses) for losses in runs.values())
    ax.set(xlabel="epoch", ylabel="loss", ylim=(-0.05, 1.05 * max(highest, level)))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return describe(fig, f"Losses over {len(losses)} epochs; guessing costs {level:.3f}. {'; '.join(said)}.")


@styled
def twins(paths: Mapping[str, np.ndarray], losses: Mapping[str, Sequence[float]]) -> Figure:
    """The weight from input 1 to each hidden unit (epochs, units) as it is learnt, one panel a start."""
    fig, axes = figure(8.6, 3.5, len(paths), sharey=True)
    said = []
    for ax, (name, path) in zip(axes, paths.items(), strict=True):
        for unit, weights in enumerate(path.T):
            width = 6 - 2 * unit  # where the lines coincide, the later is seen inside the earlier
            ax.plot(weights, ls=LINES[unit], color=CYCLE[unit], lw=width, label=f"unit {unit + 1}")
        ax.set(title=f"{name}: loss {losses[name][-1]:.3f}", xlabel="epoch")
        ends = path[-1]
        said.append(
            f"From {name} the three weights end at {listed(ends, '.2f')}, loss {losses[name][-1]:.3f}, and "
            f"are never further apart than {np.ptp(path, axis=1).max():.2f}"
        )
    axes[0].set_ylabel("weight from input 1")
    axes[-1].legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return describe(
        fig, f"How the weight from the first input to each hidden unit is learnt. {'. '.join(said)}."
    )


@styled
def dice(sums: Mapping[int, np.ndarray]) -> Figure:
    """Histograms of sums of dice (throws,), each less its mean, one panel for each number of dice."""
    fig, axes = figure(9.0, 3.0, len(sums), sharex=True)
    widest = max(np.abs(values).max() for values in sums.values())
    said = []
    for ax, (count, values) in zip(axes, sums.items(), strict=True):
        step = 1 if np.ptp(values) < 40 else 3
        bins = np.arange(-np.ceil(widest) - 0.5 - values[0] % 1, widest + 1, step)
        ax.hist(values, bins=bins, density=True, color=SKY, ec="white", lw=0.3)
        std = values.std()
        for side in (-std, std):
            ax.axvline(side, color=VERMILION, ls="--", lw=1.6)
        ax.set(title=f"{count} dice" if count > 1 else "1 die", xlabel="distance from the mean", yticks=[])
        ax.text(0.97, 0.94, f"std {std:.1f}", transform=ax.transAxes, ha="right", va="top", fontsize=10)
        said.append(f"{count}: {std:.2f}")
    return describe(
        fig,
        f"How far sums of dice lie from their mean, in histograms that widen with the number of dice. "
        f"Standard deviations, dashed lines, by number of dice: {'; '.join(said)}.",
    )


@styled
def through_layers(
    forwards: Mapping[str, np.ndarray],
    backwards: Mapping[str, np.ndarray] | None = None,
    *,
    forward_label: str = "size of the activations",
    backward_label: str = "size of δ",
    band: tuple[float, float] | None = None,
) -> Figure:
    """Sizes by layer (L,) on a logarithmic axis, by name: forwards, and backwards beside it if given."""
    panels = [(forwards, forward_label)] + ([(backwards, backward_label)] if backwards else [])
    fig, axes = figure(8.8 if backwards else 7.4, 3.7, len(panels), squeeze=False)
    said = []
    for ax, (sizes, label) in zip(axes[0], panels, strict=True):
        _by_layer(ax, sizes, label, band)
        ends = "; ".join(
            f"{name}: {v[0]:.2g} in the first layer, {v[-1]:.2g} in the last" for name, v in sizes.items()
        )
        said.append(f"{label[0].upper()}{label[1:]} by layer. {ends}.")
    axes[0][-1].legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return describe(fig, " ".join(said))


def _by_layer(
    ax: Axes, sizes: Mapping[str, np.ndarray], label: str, band: tuple[float, float] | None
) -> None:
    if band is not None:
        ax.axhspan(*band, color=GREEN, alpha=0.15, lw=0)
    for k, (name, values) in enumerate(sizes.items()):
        layers = np.arange(1, len(values) + 1)
        every = max(1, len(values) // 8)
        seen = np.where(np.asarray(values) > 0, values, np.nan)
        look = {"ls": LINES[k], "color": CYCLE[k], "marker": MARKERS[k], "markevery": every, "ms": 6}
        ax.semilogy(layers, seen, label=name, **look)
    ax.set(xlabel="layer", ylabel=f"{label} (log axis)")
    ax.set_xticks(layer_ticks(max(map(len, sizes.values()))))


@styled
def halved(z: np.ndarray) -> Figure:
    """What ReLU does to the distribution of z (K,): before, and after."""
    fig, axes = figure(8.2, 3.0, 2, sharex=True)
    a = np.maximum(z, 0)
    bins = np.linspace(-4, 4, 41)
    rows = (("what goes in: z", z, FORWARD), ("what comes out: max(0, z)", a, GREEN))
    for ax, (title, values, colour) in zip(axes, rows, strict=True):
        ax.hist(
            values,
            bins=bins,
            weights=np.full(len(values), 100 / len(values)),
            color=colour,
            ec="white",
            lw=0.3,
        )
        ax.set(title=title, xlabel="value", ylim=(0, 66))
        ax.text(
            0.97, 0.94, f"mean square {np.mean(values**2):.3f}", transform=ax.transAxes, ha="right", va="top"
        )
    axes[0].set_ylabel("share in %")
    return describe(
        fig,
        f"Histograms of {len(z):,} normal numbers before and after ReLU. Before, they lie evenly around 0 "
        f"and their mean square is {np.mean(z**2):.3f}; after, {100 * np.mean(a == 0):.0f} % of them are 0 "
        f"and the mean square is {np.mean(a**2):.3f}.",
    )


@styled
def arrows(J: np.ndarray) -> Figure:
    """What a layer's Jacobian J (2, 2) does to rows of length 1: a circle becomes an ellipse."""
    fig, axes = figure(8.2, 3.7, 2)
    angle = np.linspace(0, 2 * np.pi, 201)
    circle = np.stack([np.cos(angle), np.sin(angle)])
    _, sizes, rows = np.linalg.svd(J.T)
    rows = rows * np.sign((rows @ J).sum(axis=1))[:, None]  # towards the upper right
    reach = 1.45 * max(1.0, sizes[0])
    for ax, title, shape, ends in (
        (axes[0], "what comes in", circle, rows.T),
        (axes[1], "times J", J.T @ circle, J.T @ rows.T),
    ):
        ax.plot(*shape, "-", color=GREY, lw=1.4)
        for k, (colour, style) in enumerate(((VERMILION, "-"), (BLUE, "--"))):
            end = ends[:, k]
            ax.annotate(
                "", end, (0, 0), arrowprops={"arrowstyle": "-|>", "color": colour, "lw": 2.4, "ls": style}
            )
            ax.text(
                *(1.16 * end + 0.05), f"{np.linalg.norm(end):.2f}", color=colour, ha="center", va="center"
            )
        ax.set(title=title, xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
        ax.set(xlabel="component 1", ylabel="component 2")
    return describe(
        fig,
        f"Arrows of length 1 end on a circle; after the layer's Jacobian they end on an ellipse. The arrow "
        f"that is stretched most has length {sizes[0]:.2f}, the one that is stretched least "
        f"{sizes[1]:.2f}: these are the singular values.",
    )


@styled
def one_unit(x: np.ndarray, w: float, biases: Mapping[str, float]) -> Figure:
    """A ReLU unit on its inputs (N,), before and after a step that threw its bias too far."""
    fig, axes = figure(8.6, 3.2, len(biases), sharey=True)
    line = np.linspace(x.min() - 0.6, x.max() + 0.6, 200)
    said = []
    for ax, (name, b) in zip(axes, biases.items(), strict=True):
        z = w * x + b
        ax.plot(line, w * line + b, ":", color=GREY, lw=1.4, label="z")
        ax.plot(line, np.maximum(w * line + b, 0), "-", color=FORWARD, label="max(0, z)")
        on = z > 0
        ax.plot(x[on], z[on], "o", color=GREEN, ms=9, label="on: slope 1")
        ax.plot(x[~on], 0 * x[~on], "X", color=VERMILION, ms=9, label="off: slope 0")
        ax.set(title=f"{name}: b = {minus(f'{b:.1f}')}", xlabel="input x")
        said.append(f"{name}, with b = {b:.1f}, it is on for {on.sum()} of {len(x)} inputs")
    axes[0].set_ylabel("what the unit gives")
    fig.legend(*_all_labels(axes), loc="outside right center")
    return describe(fig, f"One ReLU unit and its {len(x)} inputs. {'; '.join(said)}.")


def _all_labels(axes: Sequence[Axes]) -> tuple[list, list]:
    """Handles and labels of all panels, each label once."""
    found = {
        label: handle for ax in axes for handle, label in zip(*ax.get_legend_handles_labels(), strict=True)
    }
    return list(found.values()), list(found)


@styled
def dead_and_mended(losses: Mapping[str, Sequence[float]], dead: Mapping[str, Sequence[float]]) -> Figure:
    """Losses (epochs,) of several trainings, and the share of units that are always silent (epochs + 1,)."""
    fig, axes = figure(9.2, 3.5, 2)
    said = []
    for k, name in enumerate(losses):
        look = {"ls": LINES[k], "color": CYCLE[k], "marker": MARKERS[k], "markevery": (k, 4), "ms": 6}
        axes[0].plot(np.arange(1, len(losses[name]) + 1), losses[name], **look)
        axes[1].plot(100 * np.asarray(dead[name]), label=name, **look)
        said.append(
            f"{name}: loss {losses[name][-1]:.3f} at the end, {100 * dead[name][-1]:.0f} % of the units dead"
        )
    axes[0].set(xlabel="epoch", ylabel="loss", ylim=(0, None))
    axes[1].set(xlabel="epoch", ylabel="silent units in %", ylim=(-4, 104))
    for ax in axes:
        ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes[1].legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    return describe(
        fig,
        f"Losses, and shares of units that are silent for every example, over the epochs. {'; '.join(said)}.",
    )


@styled
def slopes_of_gates(names: Sequence[str], z: np.ndarray, slopes: Sequence[np.ndarray]) -> Figure:
    """Local slopes (K,) of several activation functions over z (K,)."""
    fig, ax = figure(7.2, 3.2)
    for k, (name, slope) in enumerate(zip(names, slopes, strict=True)):
        jump = np.abs(np.diff(slope, prepend=slope[0])) > 0.5
        ax.plot(z, np.where(jump, np.nan, slope), ls=LINES[k], color=CYCLE[k], label=name)
    ax.set(xlabel="z", ylabel="local slope", ylim=(-0.05, 1.08))
    ax.legend(loc="center left", bbox_to_anchor=(1.0, 0.5))
    largest = "; ".join(f"{name}: {slope.max():.2f}" for name, slope in zip(names, slopes, strict=True))
    return describe(fig, f"Local slopes of activation functions over z. Largest: {largest}.")
