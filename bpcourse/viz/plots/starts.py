"""Figures of the exercises of lesson 10: losses from four starts, and a signal in the learner's own stack."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from ..style import BLUE, describe, figure, listed, styled
from .initialisation import through_layers


@styled
def unlabelled(losses: Sequence[np.ndarray], gaps: Sequence[float]) -> Figure:
    """Four losses (epochs,) without their causes, and how far apart the hidden units are at the end."""
    fig, axes = figure(8.8, 5.6, 2, rows=2, sharex=True)
    said = []
    for k, (ax, curve, gap) in enumerate(zip(axes.flat, losses, gaps, strict=True)):
        ax.plot(curve, "-", color=BLUE, lw=1.6)
        ax.set_ylim(-0.02, 0.36)
        ax.set_title(f"curve {k + 1}", weight="bold")
        ax.set_xlabel(f"epoch\nhidden units differ by up to {gap:.3f}", fontsize=10)
        ax.tick_params(labelbottom=True)
        at = [0, 200, 1000, len(curve) - 1]
        said.append(
            f"Curve {k + 1}: {listed(curve[at], '.4f')} after {listed(at, '.0f')} steps; hidden units differ "
            f"by up to {gap:.3f}"
        )
    for ax in axes[:, 0]:
        ax.set_ylabel("loss")
    return describe(fig, f"Four losses over {len(losses[0])} epochs. {'. '.join(said)}.")


@styled
def spread_of_a_stack(stack: np.ndarray, *, n_examples: int = 64, seed: int = 1) -> Figure:
    """Standard deviation of the activations after each ReLU layer of a stack (L, H, H), for one input."""
    A, stds = np.random.default_rng(seed).standard_normal((n_examples, np.shape(stack)[1])), []
    with np.errstate(all="ignore"):
        for W in stack:
            A = np.maximum(A @ W, 0)
            stds.append(A.std())
    band, stds = (0.25, 4.0), np.array(stds)
    fig = through_layers({"your stack": stds}, forward_label="std of activations", band=band)
    if stds.min() > 0.02 and stds.max() < 50:
        ax = fig.axes[0]
        ax.set(ylim=(min(0.15, stds.min() / 1.3), max(7, 1.3 * stds.max())), yticks=[0.25, 1, 4])
        ax.set_yticks([], minor=True)
        ax.set_yticklabels(["¼", "1", "4"])
    inside = int(np.sum((stds >= band[0]) & (stds <= band[1])))
    return describe(
        fig,
        f"Standard deviation of the activations after each of {len(stds)} layers: {stds[0]:.2g} after the "
        f"first, {stds[-1]:.2g} after the last; {inside} of {len(stds)} lie in the shaded band from ¼ to 4.",
    )
