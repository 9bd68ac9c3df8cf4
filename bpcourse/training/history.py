"""What training leaves behind: a record, or an error that says where it blew up."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(eq=False)
class History:
    """What `fit` saw on its way.

    Attributes
    ----------
    loss : ndarray (epochs,)
        The mean over the examples of each epoch, every batch measured before its step. With all data in one
        batch, entry e is the loss after e steps.
    train_accuracy, validation_accuracy : ndarray (epochs + 1,) or None
        Entry e is the accuracy after e epochs, so entry 0 is that of the untrained network. None unless
        validation data were given.
    steps : int
        Updates made.
    seconds : float
        Wall time; not shown, so that a page with a History on it comes out the same every time.
    """

    loss: NDArray
    train_accuracy: NDArray | None
    validation_accuracy: NDArray | None
    steps: int
    seconds: float = field(repr=False)

    @property
    def epochs(self) -> int:
        """How many epochs were completed."""
        return len(self.loss)

    def __repr__(self) -> str:
        shown = [f"epochs={self.epochs}", f"steps={self.steps}"]
        if self.epochs:
            shown.append(f"loss={self.loss[-1]:.4f}")
        for name in ("train_accuracy", "validation_accuracy"):
            if getattr(self, name) is not None:
                shown.append(f"{name}={getattr(self, name)[-1]:.4f}")
        return f"History({', '.join(shown)})"


class TrainingDiverged(FloatingPointError):
    """Training stopped because a number became NaN or infinite.

    Attributes
    ----------
    layer : int or None
        The first layer with such a number in its parameters, or else in its activations.
    epoch, step : int
        Where it was noticed, both counted from 1; the step counts within the epoch.
    history : History
        The epochs that were completed.
    """

    def __init__(self, message: str, *, layer: int | None, epoch: int, step: int, history: History):
        super().__init__(message)
        self.layer, self.epoch, self.step, self.history = layer, epoch, step, history


def locate(net: Any, X: NDArray) -> tuple[int | None, str]:
    """Return the layer in which the numbers blew up, or None, and a clause that says how it shows."""
    name = first_parameter_not_finite(net.params)
    if name is not None:
        number = name.lstrip("Wb")
        layer = int(number) if number.isdigit() else None
        where = "" if layer is None else f", in layer {layer}"
        return layer, f"{name} is the first parameter that is not finite{where}"
    sizes = [np.abs(A).max() for A in net.forward(X)[1:]] if hasattr(net, "forward") else []
    for layer, size in enumerate(sizes, start=1):
        if not size < 1e100:  # too large to be squared twice, or not finite at all
            return (
                layer,
                f"all parameters are finite, but what comes out of layer {layer} has grown to {size:.0e}",
            )
    return None, "all parameters are finite, so look at how the loss is computed"


def first_parameter_not_finite(params: dict[str, NDArray]) -> str | None:
    """Return the name of the first parameter that holds NaN or infinity, or None."""
    return next((name for name, value in params.items() if not np.isfinite(value).all()), None)
