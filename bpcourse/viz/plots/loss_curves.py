"""Figures of lesson 06 that compare losses: by rate, by seed, by cause, by fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from ..style import BLUE, CYCLE, LINES, MARKERS, describe, figure, listed, styled


@styled
def curves(runs: Mapping[str, Sequence[float]], *, log_epochs: bool = False, every: int = 1000) -> Figure:
    """Several losses on one logarithmic axis; a marker each, so that curves that coincide still show.

    Parameters
    ----------
    runs : mapping of str to sequence
        Losses by name. Where the names end in the same curve, the later one is drawn as markers on top.
    log_epochs : bool
        Whether the epochs are on a logarithmic axis too, counted from 1.
    every : int
        Distance of the markers, in epochs.
    """
    fig, ax = figure(7.8, 4.2)
    for k, (name, losses) in enumerate(runs.items()):
        losses = np.asarray(losses)
        epochs = np.arange(len(losses)) + int(log_epochs)
        marks = _log_marks(len(losses), k) if log_epochs else np.arange((k * every) // 8, len(losses), every)
        ax.plot(epochs, losses, ls=LINES[k], color=CYCLE[k], lw=1.6, alpha=0.9)
        ax.plot([], [], ls=LINES[k], marker=MARKERS[k], color=CYCLE[k], label=name, lw=1.6, ms=6)
        ax.plot(epochs[marks], losses[marks], MARKERS[k], color=CYCLE[k], ms=6)
    ax.set(yscale="log", xlabel="epoch", ylabel="loss (logarithmic axis)")
    if log_epochs:
        ax.set(xscale="log", xlim=(20, len(losses)))
    ax.legend(loc="lower left", fontsize=9)
    return describe(fig, _told(runs))


def _log_marks(n: int, shift: int) -> np.ndarray:
    """Indices at even distances on a logarithmic axis, moved a little for each curve."""
    return np.unique(np.geomspace(25, n, 29)[shift::7].astype(int) - 1)


def _told(runs: Mapping[str, Sequence[float]]) -> str:
    """When each curve falls below 0.1 and 0.01, and where it ends."""
    said = []
    for name, losses in runs.items():
        losses = np.asarray(losses)
        below = np.flatnonzero(losses < 0.01)
        fell = f"below 0.01 from epoch {below[0]} on" if len(below) else "never below 0.01"
        said.append(f"{name}: {fell}, {losses[-1]:.4f} at the end")
    return f"Loss curves on a logarithmic axis. {'; '.join(said)}."


@styled
def solved_by(settings: Mapping[str, np.ndarray], epochs: int) -> Figure:
    """How many networks have solved their task by each of so many epochs, from when they did (S,)."""
    fig, ax = figure(7.6, 3.8)
    said = []
    for k, (name, solved_at) in enumerate(settings.items()):
        when = np.sort(solved_at[~np.isnan(solved_at)])
        steps = np.concatenate([[100], when, [epochs]])
        count = np.concatenate([[0], np.arange(1, len(when) + 1), [len(when)]])
        ax.step(steps, count, where="post", ls=LINES[k], color=CYCLE[k])
        ax.plot([], [], ls=LINES[k], marker=MARKERS[k], color=CYCLE[k], label=name)
        ax.plot(np.median(when), len(when) / 2, MARKERS[k], color=CYCLE[k], ms=8, zorder=5)
        said.append(f"{name}: {len(when)} of {len(solved_at)}, half of these by epoch {np.median(when):.0f}")
    ax.set(
        xscale="log",
        xlim=(200, epochs),
        ylim=(0, 104),
        xlabel="epoch (logarithmic axis)",
        ylabel="seeds solved",
    )
    ticks = [300, 500, 1000, 2000, epochs]
    ax.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.set_xticks([], minor=True)
    ax.legend(loc="upper left", fontsize=9)
    return describe(fig, f"How many of the seeds have a loss below 0.01 by each epoch. {'; '.join(said)}.")


@styled
def unlabelled(losses: Sequence[np.ndarray], gaps: Sequence[float], *, enlarged: int = 20) -> Figure:
    """Six losses (epochs,) without their causes, the first steps of each enlarged beside it.

    Parameters
    ----------
    losses : six arrays
    gaps : six floats
        How far apart the hidden units are at the end.
    enlarged : int
        How many steps the small panels show.
    """
    fig, axes = figure(9.6, 7.6, 4, rows=3, width_ratios=(3, 1.5, 3, 1.5))
    said = []
    for k, (curve, gap) in enumerate(zip(losses, gaps, strict=True)):
        whole, first = axes[k // 2, 2 * (k % 2)], axes[k // 2, 2 * (k % 2) + 1]
        whole.plot(curve, "-", color=BLUE, lw=1.5)
        first.plot(curve[: enlarged + 1], "o-", color=BLUE, ms=3, lw=1)
        for ax in (whole, first):
            ax.set_ylim(-0.03, 0.56)
            ax.set_yticks([0, 0.25, 0.5], ["0", "¼", "½"])
        whole.set_title(f"curve {k + 1}", weight="bold")
        first.set_title(f"first {enlarged}", fontsize=10)
        whole.set_xlabel(f"hidden units differ by up to {gap:.2f}", fontsize=10)
        said.append(f"Curve {k + 1}: {_walk(curve, enlarged)}; hidden units differ by up to {gap:.2f}")
    return describe(fig, f"Six losses over {len(losses[0])} epochs. {'. '.join(said)}.")


def _walk(curve: np.ndarray, first: int) -> str:
    """A curve in words that give its cause away to a reader as the picture does, and no more."""
    at = [0, 1, 2, 5, first, len(curve) // 2, len(curve) - 1]
    moves = np.diff(curve[len(curve) // 2 :])
    turns = int(np.sum(moves[1:] * moves[:-1] < 0)) if np.abs(moves).max() > 1e-3 else 0
    jumps = f", jumping by up to {np.abs(moves).max():.2f} from epoch to epoch to its end" if turns else ""
    return f"{listed(curve[at], '.4f')} after {listed(at, '.0f')} steps{jumps}"


@styled
def side_by_side(runs: Mapping[str, Sequence[float]]) -> Figure:
    """Losses (epochs,) by name, on plain axes."""
    fig, ax = figure(7.2, 3.3)
    said = []
    for k, (name, losses) in enumerate(runs.items()):
        every = max(1, len(losses) // 10)
        look = {"ls": LINES[k], "color": CYCLE[k], "marker": MARKERS[k], "markevery": every, "ms": 5}
        ax.plot(losses, label=name, **look)
        said.append(f"{name}: {losses[0]:.3f} in the first epoch, {losses[-1]:.3f} in the last")
    ax.set(xlabel="epoch", ylabel="loss", ylim=(0, None))
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.legend(loc="lower left", ncols=2, bbox_to_anchor=(0, 1.0))
    return describe(fig, f"Losses over {len(losses)} epochs. {'; '.join(said)}.")
