"""Figures of lesson 07: a broadcast and its way back, the cost of both modes, and what is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from ..style import BACKWARD, BLACK, BLUE, FORWARD, GREEN, GREY, describe, figure, listed, minus, styled


@styled
def copies(b: np.ndarray, G: np.ndarray) -> Figure:
    """A row b (H,) copied to every row of a table, and the gradients G (N, H) that the copies send back."""
    fig, axes = figure(8.6, 2.7, 2)
    total = G.sum(axis=0)
    for ax, table, title, colour in (
        (axes[0], np.tile(b, (len(G), 1)), "forward: b is copied to every row", FORWARD),
        (axes[1], G, "back: each copy has its own gradient", BACKWARD),
    ):
        below = b if ax is axes[0] else total
        name = "b" if ax is axes[0] else "their sum, the gradient of b"
        for row, values in enumerate([*table, below]):
            at = -row - (0.6 if row == len(G) else 0)
            for column, value in enumerate(values):
                ax.text(
                    column,
                    at,
                    minus(f"{value:g}"),
                    ha="center",
                    va="center",
                    color=colour,
                    weight="bold" if row == len(G) else "normal",
                )
            ax.text(len(b) - 0.35, at, name if row == len(G) else f"row {row + 1}", va="center", color=GREY)
        ax.axhline(-len(G) + 0.2, color=BLACK, lw=0.8)
        ax.set(title=title, xlim=(-0.6, len(b) + 2.2), ylim=(-len(G) - 1.1, 0.6))
        ax.axis("off")
    return describe(
        fig,
        f"Left: b = {listed(b, 'g')} is copied to {len(G)} rows. Right: the gradients that come back to the "
        f"copies, row by row: {'; '.join(listed(row, 'g') for row in G)}. Column sums, the gradient of b: "
        f"{listed(total, 'g')}.",
    )


@styled
def two_modes(many_inputs: Mapping[str, Sequence[int]], many_outputs: Mapping[str, Sequence[int]]) -> Figure:
    """Multiplications that all slopes cost, forward and in reverse: for more inputs, and for more outputs.

    Parameters
    ----------
    many_inputs, many_outputs : dicts with "size", "forward" and "reverse"
        Counted numbers; ``size`` inputs and one output, or one input and ``size`` outputs.
    """
    fig, axes = figure(8.8, 3.4, 2, sharey=True)
    for ax, rows, what in (
        (axes[0], many_inputs, "inputs, one output"),
        (axes[1], many_outputs, "outputs, one input"),
    ):
        ax.plot(rows["size"], rows["forward"], "-o", color=FORWARD, label="forward mode")
        ax.plot(rows["size"], rows["reverse"], "--s", color=BACKWARD, label="reverse mode")
        ax.set_xscale("log", base=2)
        ax.set_yscale("log")
        ax.set(xlabel=what, xticks=rows["size"], xticklabels=rows["size"])
        ax.minorticks_off()
    axes[0].set(ylabel="multiplications", title="many inputs: reverse is cheap")
    axes[1].set(title="many outputs: forward is cheap")
    axes[0].legend(loc="upper left")
    first, second = many_inputs, many_outputs
    return describe(
        fig,
        f"Counted multiplications for all slopes. With {first['size'][-1]} inputs and one output: forward "
        f"mode {first['forward'][-1]}, reverse mode {first['reverse'][-1]}. With one input and "
        f"{second['size'][-1]} outputs: forward mode {second['forward'][-1]}, reverse mode "
        f"{second['reverse'][-1]}. Both axes are logarithmic.",
    )


@styled
def kept(
    depths: Sequence[int], with_graph: Sequence[int], without: Sequence[int], weights: Sequence[int]
) -> Figure:
    """Numbers in memory after a forward pass, over depth: with the graph, without, and the parameters."""
    fig, ax = figure(7.0, 3.4)
    ax.plot(depths, with_graph, "--s", color=BACKWARD, label="values that the graph keeps")
    ax.plot(depths, weights, ":^", color=GREEN, label="weights and biases")
    ax.plot(depths, without, "-o", color=BLUE, label="values, if nothing is kept")
    ax.set(xlabel="layers", ylabel="numbers in memory", title="The way back is paid in memory")
    ax.set_ylim(0)
    ax.legend(loc="upper left")
    return describe(
        fig,
        f"Numbers in memory after a forward pass, for networks of {depths[0]} to {depths[-1]} layers. The "
        f"graph keeps {with_graph[0]} values for {depths[0]} layers and {with_graph[-1]} for {depths[-1]}; "
        f"without a graph it is {without[0]} and {without[-1]}; the weights and biases are {weights[0]} and "
        f"{weights[-1]}.",
    )


@styled
def by_layer(norms: Sequence[float], losses: Sequence[float], chance: float) -> Figure:
    """The size of each layer's gradient on a logarithmic axis, and the loss over the epochs beside chance."""
    fig, axes = figure(8.8, 3.4, 2)
    layers = np.arange(1, len(norms) + 1)
    axes[0].semilogy(layers, norms, "--s", color=BACKWARD)
    axes[0].set(xlabel="layer", ylabel="norm of ∂L/∂W", title="the gradient, layer by layer", xticks=layers)
    axes[1].plot(losses, color=FORWARD, label="loss")
    axes[1].axhline(chance, color=GREY, ls=":", label="guessing, ln 10")
    axes[1].set(xlabel="epoch", ylabel="loss", title="the loss", ylim=(0, 1.3 * max(losses)))
    axes[1].legend(loc="lower left")
    return describe(
        fig,
        f"Left: the norm of the gradient of W in layers 1 to {len(norms)}, on a logarithmic axis: "
        f"{listed(norms, '.1e')}. Right: the loss over {len(losses) - 1} epochs, from {losses[0]:.2f} to "
        f"{losses[-1]:.2f}; guessing costs {chance:.2f}.",
    )
