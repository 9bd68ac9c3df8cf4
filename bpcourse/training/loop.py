"""The training loop: for every epoch, for every batch, gradients first and then a step."""

import math
from functools import partial
from numbers import Real
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_array, as_generator, check_count, check_finite
from bpcourse.optim import SGD, Optimizer
from bpcourse.training.batches import check_lengths, cut_batches
from bpcourse.training.history import History, TrainingDiverged, first_parameter_not_finite, locate
from bpcourse.training.progress import progress_bar


def fit(
    net: Any,
    X: ArrayLike,
    y: ArrayLike,
    optimizer: Any,
    epochs: int = 100,
    batch_size: int | None = 32,
    *,
    shuffle: bool = True,
    random_state: int | np.random.Generator | None = None,
    validation: tuple[ArrayLike, ArrayLike] | None = None,
    progress: bool | str = "auto",
) -> History:
    """Train a network: for every epoch, for every batch, gradients first and then a step.

    Parameters
    ----------
    net : object with ``params`` and ``loss_and_grads(X, y)``
        For instance ``bpcourse.network.MLP``. Its parameters are changed in place.
    X : array_like (N, n_in)
    y : array_like
        N targets, in the form that the network's loss takes.
    optimizer : float, or object with ``step(params, grads)``
        A number is the learning rate of plain gradient descent.
    epochs : int
        How often the training data are gone through.
    batch_size : int or None
        Examples in a step; the last batch of an epoch may be smaller. None takes all of them.
    shuffle : bool
        Draw a new order for every epoch. Without, and where one batch holds everything, rows stay in order.
    random_state : int, Generator or None
        For the order.
    validation : pair (X, y), optional
        Given these, the accuracy on both sets is recorded after every epoch; the net needs ``score(X, y)``.
    progress : {"auto", True, False}
        ``"auto"`` shows a bar after two seconds where a person watches: in a notebook or a terminal. True
        shows it at once. Where the environment says ``BPCOURSE_QUIET=1``, there never is one.

    Returns
    -------
    History

    Raises
    ------
    TrainingDiverged
        When a loss is NaN or infinite, or a parameter is at the end. The message names epoch, step and layer.
    KeyboardInterrupt
        When it is interrupted. The network keeps the steps made so far, and can be used or trained on.

    Notes
    -----
    The step is Eq. (6.1). Eq. (6.3): the gradient of a batch drawn at random is an estimate of the gradient
    of all data. Batches of one size that cover the data have it as their mean.

    Examples
    --------
    >>> from bpcourse.datasets import xor
    >>> from bpcourse.network import MLP
    >>> net = MLP([2, 4, 1], activation="sigmoid", loss="sigmoid_mse", init="normal", random_state=42)
    >>> fit(net, *xor(), 1.0, epochs=1000, batch_size=None)
    History(epochs=1000, steps=1000, loss=0.0150)
    """
    run = _Run(net, *_as_training_data(X, y), _as_optimizer(optimizer), validation)
    check_count("epochs", epochs)
    check_count("batch_size", len(run.X) if batch_size is None else batch_size)
    size = min(batch_size or len(run.X), len(run.X))
    rng = as_generator(random_state)
    in_file_order = np.arange(len(run.X))
    # Overflow is looked for in the loss, and reported in words; NumPy's own warnings would come before it.
    with progress_bar(epochs, progress) as advance, np.errstate(over="ignore", invalid="ignore"):
        run.record_accuracies()
        for _ in range(epochs):
            order = rng.permutation(in_file_order) if shuffle and size < len(run.X) else in_file_order
            advance(run.one_epoch(size, order))
        run.check_parameters()
    return run.history()


class _Run:
    """One call of `fit`: what is trained, with what, and what has been recorded so far."""

    def __init__(self, net: Any, X: NDArray, y: NDArray, optimizer: Any, validation: tuple | None):
        if not (hasattr(net, "params") and hasattr(net, "loss_and_grads")):
            raise TypeError(f"net needs params and loss_and_grads(X, y), as an MLP has them; got {net!r}")
        self.net, self.X, self.y, self.optimizer = net, X, y, optimizer
        # The gradients are this loop's own: the course's optimizers may use their memory.
        ours = isinstance(optimizer, Optimizer)
        self.update = partial(optimizer.step, overwrite_grads=True) if ours else optimizer.step
        self.validation = None if validation is None else _as_validation_data(net, validation)
        self.losses: list[float] = []
        self.accuracies: list[tuple[float, float]] = []
        self.steps = 0
        self.started = perf_counter()

    def one_epoch(self, batch_size: int, order: NDArray) -> float:
        total = 0.0
        for step, (X, y) in enumerate(cut_batches(self.X, self.y, batch_size, order), start=1):
            loss, grads = self.net.loss_and_grads(X, y)
            if not math.isfinite(loss):
                self.stop(f"The loss is {loss}", step, X)
            self.update(self.net.params, grads)
            self.steps += 1
            total += float(loss) * len(X)
        self.losses.append(total / len(order))
        self.record_accuracies()
        return self.losses[-1]

    def record_accuracies(self) -> None:
        if self.validation is not None:
            train, held_out = self.net.score(self.X, self.y), self.net.score(*self.validation)
            self.accuracies.append((train, held_out))

    def check_parameters(self) -> None:
        """The last step of all has no loss after it that could tell."""
        if first_parameter_not_finite(self.net.params) is not None:
            steps_per_epoch = self.steps // len(self.losses)
            self.stop("The last step broke the network", steps_per_epoch, self.X, len(self.losses))

    def stop(self, what: str, step: int, X: NDArray, epoch: int | None = None) -> None:
        epoch = epoch or len(self.losses) + 1
        layer, where = locate(self.net, X)
        rate = getattr(self.optimizer, "learning_rate", None)
        remedy = "a smaller learning rate" + (f" than {rate:g}" if isinstance(rate, Real) else "")
        raise TrainingDiverged(
            f"{what} in epoch {epoch}, step {step}: {where}. Make a new network and train it with {remedy}; "
            "if it still happens, check the gradient.",
            layer=layer,
            epoch=epoch,
            step=step,
            history=self.history(),
        )

    def history(self) -> History:
        train, held_out = np.array(self.accuracies).T if self.accuracies else (None, None)
        return History(np.array(self.losses), train, held_out, self.steps, perf_counter() - self.started)


def _as_training_data(X: ArrayLike, y: ArrayLike) -> tuple[NDArray, NDArray]:
    X, y = as_float_array(X, "X"), np.asarray(y)
    check_lengths(X, y)
    check_finite("X", X)
    if y.dtype.kind == "f":
        check_finite("y", y)
    return X, y


def _as_validation_data(net: Any, validation: tuple[ArrayLike, ArrayLike]) -> tuple[NDArray, NDArray]:
    if not hasattr(net, "score"):
        raise TypeError(f"validation needs a network with score(X, y); got {net!r}")
    if not isinstance(validation, (tuple, list)) or len(validation) != 2:
        raise TypeError(f"validation is a pair (X, y); got {type(validation).__name__}")
    try:
        return _as_training_data(*validation)
    except (TypeError, ValueError) as error:
        error.add_note("This is about the pair given as validation.")
        raise


def _as_optimizer(optimizer: Any) -> Any:
    if isinstance(optimizer, Real):
        return SGD(optimizer)
    if not callable(getattr(optimizer, "step", None)):
        raise TypeError(f"optimizer is a learning rate, or has step(params, grads); got {optimizer!r}")
    return optimizer
