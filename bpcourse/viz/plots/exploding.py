"""Figures of lesson 09: products of matrices, steps through time, clipping, and where a training broke."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle

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
    ORANGE,
    VERMILION,
    describe,
    figure,
    listed,
    styled,
)
from .wires import frame, gate, ports, wire


@styled
def both_ways(activations: Sequence[float], deltas: Sequence[float]) -> Figure:
    """Norms of the activations and of δ (L,), layer by layer, on one logarithmic axis."""
    fig, ax = figure(7.6, 3.6)
    layers = np.arange(1, len(deltas) + 1)
    ax.semilogy(layers, activations, "o-", color=FORWARD, label="forward: norm of what leaves the layer")
    ax.semilogy(layers, deltas, "s--", color=BACKWARD, label="backward: norm of δ in the layer")
    ax.set(xlabel="layer", ylabel="norm (logarithmic axis)", xticks=layers)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, fontsize=10)
    return describe(
        fig,
        f"Norms in {len(deltas)} layers on a logarithmic axis, two nearly straight lines that cross. What "
        f"leaves a layer grows from {activations[0]:.3g} in layer 1 to {activations[-1]:.3g} in the last; δ "
        f"grows the other way, from {deltas[-1]:.3g} in layer {len(deltas)} to {deltas[0]:.3g} in layer 1.",
    )


@styled
def repeated(W: np.ndarray, starts: Sequence[np.ndarray], steps: int) -> Figure:
    """Two vectors (2,) and what becomes of each, multiplied by W (2, 2) again and again."""
    fig, axes = figure(8.6, 3.7, len(starts), sharex=True, sharey=True)
    factors, directions = np.linalg.eig(W)
    order = np.argsort(-factors)
    factors, directions = factors[order], directions[:, order]
    said = []
    for ax, start in zip(axes, starts, strict=True):
        seen = [start]
        for _ in range(steps):
            seen.append(W @ seen[-1])
        for factor, along, colour in zip(factors, directions.T, (ORANGE, GREEN), strict=True):
            tip = 2.3 * along * np.sign(along[0]) / np.abs(along).max()
            ax.plot(
                [0, tip[0]], [0, tip[1]], ":", color=colour, lw=2.4, label=f"stretched {factor:.1f} times"
            )
        numbered = np.full(2, np.inf)
        for k, v in enumerate(seen):
            _arrow(ax, v, BLACK if k == 0 else BLUE, lw=2.6 if k == 0 else 1.6)
            if np.linalg.norm(v - numbered) > 0.12:  # else two numbers would lie on each other
                ax.annotate(str(k), v, (4, 3), textcoords="offset points", fontsize=10)
                numbered = v
        ax.set(
            title=f"from ({start[0]:g}, {start[1]:g})".replace("-", "−"), xlabel="first entry", aspect="equal"
        )
        sizes = listed([np.linalg.norm(v) for v in seen], ".2f")
        said.append(f"from ({start[0]:g}, {start[1]:g}) the norms are {sizes}")
    axes[0].set(ylabel="second entry", xlim=(-0.15, 2.4), ylim=(-1.2, 1.5))
    fig.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, fontsize=10)
    return describe(
        fig,
        f"Two vectors, multiplied {steps} times by the same matrix; arrows are numbered by steps: "
        f"{'; '.join(said)}. Dotted lines mark the two directions on which a vector is only stretched, "
        f"{listed(factors, '.1f')} times a step. The first vector turns towards the former; the second lies "
        "on the latter, and stays on it.",
    )


def _arrow(ax: Axes, tip: np.ndarray, colour: str, *, lw: float = 2.0, ls: str = "-") -> None:
    look = {"arrowstyle": "-|>", "color": colour, "lw": lw, "ls": ls, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", tip, (0, 0), arrowprops=look)
    ax.plot(*tip, ".", color=colour, ms=1)  # so that the axes make room for it


@styled
def circle_to_ellipse(W: np.ndarray) -> Figure:
    """All vectors of length 1, and what one multiplication by W (2, 2) makes of them."""
    fig, axes = figure(8.0, 3.4, 2, sharex=True, sharey=True)
    angle = np.linspace(0, 2 * np.pi, 241)
    before = np.stack([np.cos(angle), np.sin(angle)])
    _, sizes, rows = np.linalg.svd(W)
    titles = ("before: vectors of length 1", "after one multiplication")
    for ax, curve, title in zip(axes, (before, W @ before), titles, strict=True):
        ax.plot(*curve, "-", color=GREY, lw=1.4)
        ax.set(title=title, aspect="equal", xlabel="first entry")
    for row, size, colour, ls in zip(rows, sizes, (VERMILION, BLUE), ("-", "--"), strict=True):
        row = row * np.sign((W @ row)[0])
        _arrow(axes[0], row, colour, ls=ls)
        _arrow(axes[1], W @ row, colour, ls=ls)
        axes[1].plot([], [], color=colour, ls=ls, label=f"stretched {size:.3f} times")
    axes[0].set_ylabel("second entry")
    fig.legend(loc="outside lower center", ncols=2, fontsize=10)
    return describe(
        fig,
        "A circle of radius 1 becomes an ellipse. The vector that is stretched most comes out "
        f"{sizes[0]:.3f} long, the one that is stretched least {sizes[-1]:.3f}.",
    )


@styled
def growth(norms: Mapping[str, np.ndarray], bounds: Mapping[str, tuple[float, float]]) -> Figure:
    """Norms (T + 1,) of a vector sent through a matrix again and again, and the factor per step so far.

    Parameters
    ----------
    norms : mapping of str to array
        From step 0 on, by the matrix's name.
    bounds : mapping of str to (float, float)
        Its spectral radius and its largest singular value.
    """
    fig, (left, right) = figure(9.2, 3.9, 2)
    said = []
    for k, (name, sizes) in enumerate(norms.items()):
        look = {"color": CYCLE[k], "marker": MARKERS[k], "markevery": max(1, len(sizes) // 8), "ms": 5}
        steps = np.arange(len(sizes))
        rates = (sizes[1:] / sizes[0]) ** (1 / steps[1:])
        radius, stretch = bounds[name]
        left.semilogy(steps, sizes, ls="-", label=name, **look)
        right.semilogx(steps[1:], rates, ls="-", **look)
        right.axhline(radius, color=CYCLE[k], ls="--", lw=1.3)
        right.axhline(stretch, color=CYCLE[k], ls=":", lw=1.6)
        said.append(
            f"{name}: norm {sizes[0]:.3g} at first, at most {sizes.max():.3g}, {sizes[-1]:.3g} after "
            f"{len(sizes) - 1} steps; factor per step {rates[0]:.3f} after 1 step and {rates[-1]:.3f} at the "
            f"end; spectral radius {radius:.3f}, largest singular value {stretch:.3f}"
        )
    left.set(title="norm (logarithmic axis)", xlabel="steps")
    left.legend(loc="upper left", fontsize=10)
    right.set(title="mean factor per step, Eq. (9.3)", xlabel="steps (logarithmic axis)")
    right.plot([], [], "--", color=GREY, label="spectral radius")
    right.plot([], [], ":", color=GREY, label="largest singular value")
    right.legend(fontsize=9)
    return describe(fig, f"{'. '.join(said)}.")


@styled
def clipped(gradient: np.ndarray, by_value: np.ndarray, by_norm: np.ndarray, limit: float) -> Figure:
    """A gradient (2,), and what clipping by value and by norm leaves of it."""
    fig, ax = figure(6.4, 4.2)
    ax.add_patch(Circle((0, 0), limit, fc="none", ec=GREEN, ls="--", lw=1.2))
    ax.add_patch(Rectangle((-limit, -limit), 2 * limit, 2 * limit, fc="none", ec=ORANGE, ls=":", lw=1.6))
    rows = (
        (gradient, BLACK, "-", "the gradient"),
        (by_value, ORANGE, ":", f"by value: each entry at most {limit:g}"),
        (by_norm, GREEN, "--", f"by norm: the whole at most {limit:g} long"),
    )
    said = []
    for vector, colour, ls, name in rows:
        _arrow(ax, vector, colour, ls=ls, lw=3.6 if vector is by_norm else 2.2)
        ax.plot([], [], color=colour, ls=ls, label=name)
        angle = np.degrees(np.arctan2(vector[1], vector[0]))
        said.append(
            f"{name}: ({listed(vector, '.2f')}), norm {np.linalg.norm(vector):.2f}, angle {angle:.0f} degrees"
        )
    ax.set(xlabel="slope in the first weight", ylabel="slope in the second weight", aspect="equal")
    ax.set(xlim=(-1.15 * limit, gradient[0] + 0.4), ylim=(-1.15 * limit, max(1.3 * limit, gradient[1] + 0.4)))
    ax.legend(loc="upper left", bbox_to_anchor=(0, 1.32), fontsize=10)
    return describe(fig, f"Three arrows. {'; '.join(said)}.")


@styled
def broken_log(log: np.ndarray, found: tuple[int, int]) -> Figure:
    """Norms of δ (T, K), a row for each step and a column for each layer, with infinity and nan spelt out."""
    fig, ax = figure(max(7.0, 0.55 * log.shape[1]), 0.5 * len(log) + 1.5)
    finite = np.where(np.isfinite(log), log, np.nan)
    ax.imshow(np.log10(finite), cmap="Blues", vmin=-20, vmax=330, aspect="auto")
    ax.grid(False)
    for (row, column), value in np.ndenumerate(log):
        word = f"{value:.0e}".replace("e+0", "e").replace("e+", "e") if value >= 1000 else f"{value:.1f}"
        weight = "normal" if np.isfinite(value) else "bold"
        colour = "white" if np.isfinite(value) and value > 1e180 else BLACK
        ax.text(column, row, word, ha="center", va="center", fontsize=9, weight=weight, color=colour)
    ax.add_patch(Rectangle((found[1] - 0.5, found[0] - 0.5), 1, 1, fc="none", ec=VERMILION, lw=3))
    ax.set(xlabel="layer, counted from 0, in forward order", ylabel="step", title="norm of δ")
    ax.set(xticks=range(log.shape[1]), yticks=range(len(log)))
    first = ", ".join(f"{v:.0e}" for v in log[0])
    broken = np.flatnonzero(~np.isfinite(log[found[0]]))
    return describe(
        fig,
        f"A table of norms, {len(log)} steps by {log.shape[1]} layers. Step 0: {first}. The first step with "
        f"a norm that is not finite is {found[0]}; there layers {', '.join(map(str, broken))} are broken, "
        f"and a frame marks the rightmost, layer {found[1]}.",
    )


@styled
def with_and_without(runs: Mapping[str, np.ndarray]) -> Figure:
    """Losses (steps,) by name, as powers of ten; where one stops being finite, it ends in a cross."""
    fig, ax = figure(7.8, 3.7)
    said = []
    for k, (name, losses) in enumerate(runs.items()):
        fine = np.isfinite(losses)
        last = int(np.flatnonzero(fine)[-1])
        powers = np.log10(losses[fine])
        ax.semilogx(np.flatnonzero(fine) + 1, powers, color=CYCLE[k], ls=LINES[k], label=name)
        end = f"{losses[last]:.1e} in step {last + 1}"
        if not fine.all():
            ax.plot(last + 1, powers[-1], "X", color=CYCLE[k], ms=12)
            ax.annotate("then nan", (last + 1, powers[-1]), (10, -4), textcoords="offset points")
            end += ", the last one that is finite"
        said.append(f"{name}: {losses[0]:.1e} in step 1, {end}")
    ax.set(xlabel="step (logarithmic axis)", ylabel="power of ten of the loss", ylim=(0, None))
    ax.legend(loc="upper right")
    return describe(fig, f"The power of ten of two losses. {'; '.join(said)}.")


@styled
def unrolled(
    values: Mapping[str, float], slopes: Sequence[float], weight: float, shares: Sequence[float]
) -> Figure:
    """Two steps of one recurrent unit as a circuit, with the weight that both of them use.

    Parameters
    ----------
    values : mapping of str to float
        Name and value of the wires h₀, z₁, h₁, z₂, h₂.
    slopes : sequence of 5 floats
        The slope of the last state in each of them; nan for a question mark.
    weight : float
    shares : (float, float)
        What comes back to the weight from step 1 and from step 2.
    """
    fig, ax = figure(9.2, 4.2)
    apart, fork = 1.75, (1.75, -2.3)
    for k, ((name, value), slope) in enumerate(zip(values.items(), slopes, strict=True)):
        ends = ports((k * apart, 0), ((k + 1) * apart, 0), from_gate=k > 0, to_gate=k < 4)
        wire(ax, *ends, value, slope, name=name)
    wire(ax, *ports((0, fork[1]), fork, from_gate=False), weight, sum(shares), name="w")
    for k, share in zip((1, 3), shares, strict=True):
        wire(ax, *ports(fork, (k * apart, 0)), weight, share, at=0.55)
    for k, text in enumerate(("×w\n+ …", "tanh", "×w\n+ …", "tanh"), 1):
        gate(ax, (k * apart, 0), text)
    gate(ax, fork, "copy")
    frame(ax, (-0.1, 5 * apart + 0.05), (-2.8, 1.1))
    told = ", ".join(f"{name} = {value:.3f}" for name, value in values.items())
    if not np.isfinite(slopes).all():
        return describe(fig, f"Two steps of a recurrent unit: {told}. Both use the weight w = {weight:.1f}.")
    return describe(
        fig,
        f"Two steps of a recurrent unit: {told}. Slopes from right to left: {listed(slopes[::-1])}. Both "
        f"steps use the weight w = {weight:.1f}; from step 1 comes back {shares[0]:+.3f}, from step 2 "
        f"{shares[1]:+.3f}, and at the copy they add up to {sum(shares):+.3f}.",
    )
