"""Train a copy for a few steps, and see whether it does better than an answer that never changes."""

from copy import deepcopy
from dataclasses import dataclass
from itertools import cycle, islice

import numpy as np
from numpy.typing import NDArray

from bpcourse._arrays import as_generator
from bpcourse.losses import LOSSES
from bpcourse.network import MLP, draw_params
from bpcourse.optim import sgd_step
from bpcourse.training import iterate_minibatches

LEARNT = 0.9  # a loss below this share of the best constant answer's counts as learning
LOOKED_AT = 1000  # rows on which a loss is measured; of more, every second, third ... is taken


@dataclass(frozen=True)
class Setting:
    """What a trial is run with.

    Attributes
    ----------
    learning_rate : float
    batch_size : int
    steps : int
    shuffle : bool
        Whether every epoch draws a new order; otherwise the rows come as they lie.
    """

    learning_rate: float
    batch_size: int
    steps: int
    shuffle: bool


@dataclass(frozen=True)
class Trial:
    """How a trial went.

    Attributes
    ----------
    start, end : float
        The loss before the first step and after the last one; `end` is NaN or infinite if it blew up.
    constant : float
        The loss of the best answer that is the same for every example.
    """

    start: float
    end: float
    constant: float

    @property
    def learnt(self) -> bool:
        """Whether the loss at the end is clearly below that of a constant answer."""
        return bool(self.end < LEARNT * self.constant)

    @property
    def blew_up(self) -> bool:
        """Whether the numbers stopped being finite."""
        return not np.isfinite(self.end)


def try_training(net: MLP, X: NDArray, y: NDArray, setting: Setting) -> Trial:
    """Train a copy of `net` by plain descent, always with the same random order."""
    net = deepcopy(net)
    rows = slice(None, None, -(-len(X) // LOOKED_AT))
    start = loss_of(net, X[rows], y[rows])
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        for X_batch, y_batch in islice(_batches(X, y, setting), setting.steps):
            loss, grads = net.loss_and_grads(X_batch, y_batch)
            if not np.isfinite(loss):
                break
            sgd_step(net.params, grads, learning_rate=setting.learning_rate, overwrite_grads=True)
        end = loss_of(net, X[rows], y[rows])
    return Trial(start, end, constant_loss(y, net.loss))


def loss_of(net: MLP, X: NDArray, y: NDArray) -> float:
    """Return the loss on these rows."""
    return float(LOSSES[net.loss].value_and_backward(net.forward(X)[-1], y)[0])


def constant_loss(y: NDArray, loss: str) -> float:
    """Return the loss of the best answer that is the same for every example: an entropy, or a variance."""
    if loss == "softmax":
        shares = np.unique(y, return_counts=True)[1] / len(y)
        return float(-np.sum(shares * np.log(shares)))
    if loss == "bce":
        shares = np.stack([y.mean(axis=0), 1 - y.mean(axis=0)])
        return float(-np.sum(shares * np.log(np.where(shares > 0, shares, 1))))
    return float(np.sum(y.var(axis=0)))


def redrawn(net: MLP, *, activation: str | None = None) -> MLP:
    """Return a copy with new weights of the size that suits its activation, and biases of 0."""
    net = deepcopy(net)
    net.activation = activation or net.activation
    init = "he" if net.activation in ("relu", "leaky_relu") else "xavier"
    net.params = draw_params(net.layer_sizes, init, as_generator(0))
    return net


def _batches(X: NDArray, y: NDArray, setting: Setting):
    rng = as_generator(0)
    for _ in cycle([None]):
        order = rng.permutation(len(X)) if setting.shuffle else np.arange(len(X))
        yield from iterate_minibatches(X, y, setting.batch_size, order)
