"""Is one seed luck? Train a two-layer network on XOR from many seeds at once, right or with a planted fault.

All seeds live in one array: where one network has ``W1 (2, H)``, the ensemble has ``W1 (S, 2, H)``, and one
``@`` multiplies S pairs of matrices. Every seed takes exactly the steps it would take alone, and a table that
costs a quarter of a minute seed by seed costs a fraction of a second.

A backward pass is described by its ingredients (`BackwardPass`). Each faulty one differs from the right one
in what its line in `BACKWARD_PASSES` says, and in nothing else.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bpcourse._arrays import as_generator, check_choice, check_count, check_number
from bpcourse.activations import sigmoid
from bpcourse.datasets import xor


def _slope(A: NDArray) -> NDArray:
    return A * (1 - A)


def _no_slope(A: NDArray) -> NDArray:
    return np.ones_like(A)


def _slope_squashed_twice(A: NDArray) -> NDArray:
    return _slope(sigmoid(A))


def _sum_over_examples(dZ: NDArray) -> NDArray:
    return dZ.sum(axis=1, keepdims=True)


def _mean_over_examples(dZ: NDArray) -> NDArray:
    return dZ.mean(axis=1, keepdims=True)


def _sum_over_everything(dZ: NDArray) -> NDArray:
    return dZ.sum(axis=(1, 2), keepdims=True)


def _nothing(dZ: NDArray) -> NDArray:
    return np.zeros_like(dZ[:, :1])


@dataclass(frozen=True)
class BackwardPass:
    """The ingredients of a backward pass through two sigmoid layers; the defaults are the right ones."""

    sign: float = 1.0
    output_slope: Callable[[NDArray], NDArray] = _slope
    hidden_slope: Callable[[NDArray], NDArray] = _slope
    bias_gradient: Callable[[NDArray], NDArray] = _sum_over_examples
    W2_moves_first: bool = False


#: The right backward pass and the wrong ones, by the number they have in the catalogue of mistakes.
BACKWARD_PASSES = {
    "right": BackwardPass(),
    "M21": BackwardPass(sign=-1.0),
    "M22": BackwardPass(output_slope=_no_slope),
    "M23": BackwardPass(hidden_slope=_no_slope),
    "M24": BackwardPass(output_slope=_slope_squashed_twice, hidden_slope=_slope_squashed_twice),
    "M24_hidden": BackwardPass(hidden_slope=_slope_squashed_twice),
    "M34": BackwardPass(bias_gradient=_mean_over_examples),
    "M35": BackwardPass(bias_gradient=_sum_over_everything),
    "M38": BackwardPass(W2_moves_first=True),
    "frozen_bias": BackwardPass(bias_gradient=_nothing),
}


@dataclass(frozen=True)
class XorEnsemble:
    """What became of S networks trained on XOR.

    Attributes
    ----------
    epochs : ndarray (K,) of int
        When the loss was recorded. Epoch e is before step e + 1; the last entry is after the last step.
    losses : ndarray (K, S)
        The mean squared error of every seed at these epochs.
    solved_at : ndarray (S,)
        The first epoch at which a seed's loss was below the threshold; NaN where it never was.
    params : dict
        ``W1`` (S, 2, H), ``b1`` (S, 1, H), ``W2`` (S, H, 1), ``b2`` (S, 1, 1) after the last step.
    """

    epochs: NDArray
    losses: NDArray
    solved_at: NDArray
    params: dict[str, NDArray] = field(repr=False)

    @property
    def solved(self) -> int:
        """How many seeds got below the threshold."""
        return int(np.count_nonzero(~np.isnan(self.solved_at)))

    @property
    def median_epochs(self) -> float:
        """The median of `solved_at` over the seeds that got there; NaN where none did."""
        return float(np.nanmedian(self.solved_at)) if self.solved else float("nan")

    def __repr__(self) -> str:
        seeds = len(self.solved_at)
        return f"XorEnsemble(solved={self.solved} of {seeds}, median_epochs={self.median_epochs:.0f})"


def xor_ensemble(
    seeds: Iterable[int],
    *,
    hidden: int = 4,
    learning_rate: float = 1.0,
    epochs: int = 10_000,
    backward: str = "right",
    scale: float = 1.0,
    threshold: float = 0.01,
    record_every: int = 100,
) -> XorEnsemble:
    """Train one 2-H-1 sigmoid network per seed on XOR: mean squared error, full batch, plain descent.

    Parameters
    ----------
    seeds : iterable of int
        Every seed draws ``W1 (2, H)``, then ``W2 (H, 1)``, from a standard normal distribution; biases are 0.
    hidden : int
        H, the number of hidden units.
    learning_rate : float
    epochs : int
        Steps taken; XOR has four examples and each step sees all of them.
    backward : str
        A key of `BACKWARD_PASSES`: ``"right"``, or which fault to plant.
    scale : float
        Multiplies the weights drawn: 0 starts at zeros, 0.01 starts small.
    threshold : float
        A seed has solved XOR when its loss is below.
    record_every : int
        Keep the losses of every so many epochs, and those at the end.

    Returns
    -------
    XorEnsemble

    Notes
    -----
    The step is Eq. (6.1), the right gradient Eq. (4.1) to Eq. (4.4), the loss Eq. (2.1). Half the sum over
    the four examples, as in Eq. (6.2), has twice the gradient of their mean: its rate counts double here.

    Examples
    --------
    >>> xor_ensemble(range(5), epochs=2000)
    XorEnsemble(solved=5 of 5, median_epochs=897)
    """
    for name, count in {"hidden": hidden, "epochs": epochs, "record_every": record_every}.items():
        check_count(name, count)
    check_number("learning_rate", learning_rate, low=0)
    check_number("scale", scale, low=0)
    check_choice("backward", backward, BACKWARD_PASSES)
    params = _initial_params(list(seeds), hidden, scale)
    solved_at = np.full(len(params["W1"]), np.nan)
    kept, losses = [], []
    descent = _descend(params, BACKWARD_PASSES[backward], learning_rate, epochs)
    for epoch, loss in enumerate(descent):
        solved_at[(loss < threshold) & np.isnan(solved_at)] = epoch
        if epoch % record_every == 0 or epoch == epochs:
            kept.append(epoch)
            losses.append(loss)
    return XorEnsemble(np.array(kept), np.array(losses), solved_at, params)


def _descend(params: dict, rule: BackwardPass, learning_rate: float, epochs: int) -> Iterator[NDArray]:
    """Yield the losses (S,) before each step, and after the last; change `params` in place."""
    X, T = xor()
    for epoch in range(epochs + 1):
        A1 = sigmoid(X @ params["W1"] + params["b1"])
        A2 = sigmoid(A1 @ params["W2"] + params["b2"])
        yield np.mean((A2 - T) ** 2, axis=(1, 2))
        if epoch < epochs:
            _step(X, T, A1, A2, params, rule, learning_rate)


def _step(
    X: NDArray, T: NDArray, A1: NDArray, A2: NDArray, params: dict, rule: BackwardPass, learning_rate: float
) -> None:
    """Take one step in place: back through layer 2, back through layer 1, then move."""
    W2 = params["W2"] if rule.W2_moves_first else params["W2"].copy()
    dZ2 = rule.sign * 2 / len(X) * (A2 - T) * rule.output_slope(A2)
    params["W2"] -= learning_rate * (A1.transpose(0, 2, 1) @ dZ2)
    params["b2"] -= learning_rate * rule.bias_gradient(dZ2)
    dZ1 = dZ2 @ W2.transpose(0, 2, 1) * rule.hidden_slope(A1)
    params["W1"] -= learning_rate * (X.T @ dZ1)
    params["b1"] -= learning_rate * rule.bias_gradient(dZ1)


def _initial_params(seeds: list[int], hidden: int, scale: float) -> dict[str, NDArray]:
    if not seeds:
        raise ValueError("seeds is empty; give at least one")
    drawn = []
    for seed in seeds:
        rng = as_generator(seed)
        drawn.append((rng.standard_normal((2, hidden)), rng.standard_normal((hidden, 1))))
    W1, W2 = (scale * np.stack(weights) for weights in zip(*drawn, strict=True))
    return {"W1": W1, "b1": np.zeros((len(seeds), 1, hidden)), "W2": W2, "b2": np.zeros((len(seeds), 1, 1))}
