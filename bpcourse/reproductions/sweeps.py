"""Learning in sweeps, as in 1986: all examples, one step with momentum, until every error is small.

All seeds live in one array, as in `bpcourse.experiments`: W1 is (S, D, H). A seed that has solved the task
leaves the array, so that the last and slowest seeds do not make the others wait.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bpcourse._arrays import as_generator
from bpcourse.buggy import two_layer_backward, two_layer_forward
from bpcourse.optim import momentum_step


@dataclass(frozen=True)
class Sweeps:
    """When S networks solved a task, and with what.

    Attributes
    ----------
    solved_at : ndarray (S,)
        Sweeps needed; NaN where the limit came first.
    params : dict
        ``W1`` (S, D, H), ``b1`` (S, H), ``W2`` (S, H, 1), ``b2`` (S, 1), where each seed stopped.
    """

    solved_at: NDArray
    params: dict[str, NDArray]

    @property
    def solved(self) -> NDArray:
        """Which seeds solved the task, (S,) of bool."""
        return ~np.isnan(self.solved_at)


def learn_in_sweeps(
    X: NDArray,
    T: NDArray,
    params: dict[str, NDArray],
    *,
    rate: float,
    tolerance: float,
    limit: int,
    momentum: float = 0.9,
) -> Sweeps:
    """Sweep through all examples until every output of a seed is within `tolerance` of its target.

    Parameters
    ----------
    X : array (N, D)
    T : array (N, 1)
    params : dict
        As `draw_uniform` makes it; left as it is.
    rate : float
        Of half the sum of the squared errors, which the papers of 1986 descend, Eq. (6.2).
    tolerance : float
    limit : int
        Sweeps after which a seed counts as stuck.
    momentum : float
    """
    params, ends = _selected(params, ...), _selected(params, ...)
    velocity = {name: np.zeros_like(value) for name, value in params.items()}
    step = {"learning_rate": rate * len(X) / 2, "momentum": momentum}  # of the mean: see Eq. (6.2)
    solved_at, still = np.full(len(params["W1"]), np.nan), np.arange(len(params["W1"]))
    for sweep in range(limit + 1):
        solved = np.abs(two_layer_forward(X, params)[-1] - T).max(axis=(1, 2)) < tolerance
        solved_at[still[solved]] = sweep
        for name, end in ends.items():
            end[still] = params[name]
        if solved.all() or sweep == limit:
            break
        if solved.any():
            still, params, velocity = still[~solved], _selected(params, ~solved), _selected(velocity, ~solved)
        momentum_step(params, two_layer_backward(X, T, params), velocity, **step, overwrite_grads=True)
    return Sweeps(solved_at, ends)


def _selected(arrays: dict[str, NDArray], which) -> dict[str, NDArray]:
    """Copies of the arrays, with the seeds that are chosen; ``...`` chooses all."""
    return {name: value[which].copy() for name, value in arrays.items()}


def draw_uniform(seeds: Iterable[int], n_in: int, hidden: int, bound: float) -> dict[str, NDArray]:
    """Weights and biases from −bound to bound, for every seed: W1, b1, W2, b2, in that order."""
    shapes = {"W1": (n_in, hidden), "b1": (hidden,), "W2": (hidden, 1), "b2": (1,)}
    rngs = [as_generator(seed) for seed in seeds]
    drawn = [{name: rng.uniform(-bound, bound, shape) for name, shape in shapes.items()} for rng in rngs]
    return {name: np.stack([one[name] for one in drawn]) for name in shapes}
