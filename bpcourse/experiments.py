"""Is one seed luck? Train a two-layer network on XOR from many seeds at once, with any backward pass.

All seeds live in one array: where one network has ``W1 (2, H)``, the ensemble has ``W1 (S, 2, H)``, and one
``@`` multiplies S pairs of matrices. Every seed takes exactly the steps it would take alone, and a table that
costs a quarter of a minute seed by seed costs a few seconds.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bpcourse._arrays import as_generator, check_count, check_number
from bpcourse.buggy import two_layer_backward, two_layer_loss
from bpcourse.datasets import xor


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
        ``W1`` (S, 2, H), ``b1`` (S, H), ``W2`` (S, H, 1), ``b2`` (S, 1) after the last step.
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
    backward: Callable[[NDArray, NDArray, dict], dict] = two_layer_backward,
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
    backward : callable ``(X, T, params) -> grads``
        The backward pass to train with, of one network as of many at once: any of those in `bpcourse.buggy`.
        By default the right one. (``second_layer_moved_first`` has a rate of its own, 1; for another one
        give it the same, with ``functools.partial``.)
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
    >>> from bpcourse.buggy import bias_frozen
    >>> xor_ensemble(range(5), epochs=2000, backward=bias_frozen)
    XorEnsemble(solved=4 of 5, median_epochs=1246)
    """
    for name, count in {"hidden": hidden, "epochs": epochs, "record_every": record_every}.items():
        check_count(name, count)
    check_number("learning_rate", learning_rate, low=0)
    check_number("scale", scale, low=0)
    if not callable(backward):
        raise TypeError(f"backward must be a function of X, T and params, got {backward!r}")
    params = _initial_params(list(seeds), hidden, scale)
    solved_at = np.full(len(params["W1"]), np.nan)
    kept, losses = [], []
    for epoch, loss in enumerate(_descend(params, backward, learning_rate, epochs)):
        solved_at[(loss < threshold) & np.isnan(solved_at)] = epoch
        if epoch % record_every == 0 or epoch == epochs:
            kept.append(epoch)
            losses.append(loss)
    return XorEnsemble(np.array(kept), np.array(losses), solved_at, params)


def _descend(params: dict, backward: Callable, learning_rate: float, epochs: int) -> Iterator[NDArray]:
    """Yield the losses (S,) before each step, and after the last; change `params` in place."""
    X, T = xor()
    for _ in range(epochs):
        yield two_layer_loss(X, T, params)
        for name, gradient in backward(X, T, params).items():
            params[name] -= learning_rate * gradient
    yield two_layer_loss(X, T, params)


def _initial_params(seeds: list[int], hidden: int, scale: float) -> dict[str, NDArray]:
    if not seeds:
        raise ValueError("seeds is empty; give at least one")
    drawn = []
    for seed in seeds:
        rng = as_generator(seed)
        drawn.append((rng.standard_normal((2, hidden)), rng.standard_normal((hidden, 1))))
    W1, W2 = (scale * np.stack(weights) for weights in zip(*drawn, strict=True))
    return {"W1": W1, "b1": np.zeros((len(seeds), hidden)), "W2": W2, "b2": np.zeros((len(seeds), 1))}
