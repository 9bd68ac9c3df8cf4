"""Rumelhart, Hinton, Williams 1986, in Nature: two hidden units that learn to see a mirror."""

import numpy as np
from numpy.typing import NDArray

from bpcourse import datasets
from bpcourse.reproductions.result import READ, Reproduction, Row
from bpcourse.reproductions.sweeps import Sweeps, draw_uniform, learn_in_sweeps

LIMIT = 10_000


def mirror_symmetry(n_seeds: int = 60) -> Reproduction:
    """Does a row of six bits read the same from both ends? A 6-2-1 network learns it, as in figure 1.

    Parameters
    ----------
    n_seeds : int

    Returns
    -------
    Reproduction
        Arrays: ``sweeps`` (n_seeds,), NaN where a seed was not done after 10,000; of the seeds that were,
        ``weights`` (solved, 6, 2), from the six inputs to the two hidden units.
    """
    X, T = datasets.mirror_symmetry(6)
    start = draw_uniform(range(n_seeds), 6, 2, 0.3)
    run = learn_in_sweeps(X, T, start, rate=0.1, tolerance=0.2, limit=LIMIT)
    return Reproduction(
        "Mirror symmetry",
        ("06",),
        "Rumelhart, Hinton, Williams 1986, Learning representations by back-propagating errors, Nature 323, "
        "page 534, figure 1",
        "6-2-1, sigmoid, rate 0.1, momentum 0.9, weights and biases U(−0.3, 0.3), all 64 rows in a sweep: as "
        f"in the paper. Ours are {n_seeds} seeds where the paper shows one network, and the criterion: every "
        f"output within 0.2 of its target, in at most {LIMIT:,} sweeps. Medians of the seeds that got there.",
        _rows(run),
        {"sweeps": run.solved_at, "weights": run.params["W1"][run.solved]},
    )


def _rows(run: Sweeps) -> tuple[Row, ...]:
    weights = run.params["W1"][run.solved]
    ratios, mirrored = _ratios(weights), _mirrored(weights)
    seeds = len(run.solved_at)
    return (
        Row("sweeps", float(np.nanmedian(run.solved_at)), 1000, 3000, 1425, READ),
        Row("sizes of the weights: middle one over smallest", ratios[1], 1.8, 2.2, 2, READ),
        Row("sizes of the weights: largest over smallest", ratios[2], 3.6, 4.4, 4, READ),
        Row("sum of two mirrored weights over the largest weight", mirrored, 0, 0.05, 0, READ),
        Row(f"of {seeds} seeds solved", int(run.solved.sum()), 0.6 * seeds, 0.95 * seeds),
    )


def _ratios(weights: NDArray) -> NDArray:
    """Medians of the three sizes on one side of the middle, over the smallest of them."""
    sizes = np.sort(np.abs(weights[:, :3]), axis=1)
    return np.median(sizes / sizes[:, :1], axis=(0, 2))


def _mirrored(weights: NDArray) -> float:
    """How far mirrored weights are from being opposite, relative to the largest: the median."""
    gaps = np.abs(weights + weights[:, ::-1]).max(axis=1)
    return float(np.median(gaps / np.abs(weights).max(axis=1)))
