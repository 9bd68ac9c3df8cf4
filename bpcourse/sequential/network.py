"""A network of layers in a row: what a training loop asks for, params and loss_and_grads."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_array, check_batch, check_choice, check_finite
from bpcourse.losses import LOSSES
from bpcourse.network import to_classes
from bpcourse.sequential.layers import Affine, Arrays, Layer


class Sequential:
    """Layers in a row, and a loss.

    Parameters
    ----------
    layers : sequence of Layer
    loss : {"softmax", "bce", "mse", "sigmoid_mse"}
        As for `MLP`.

    Attributes
    ----------
    params : dict of arrays
        The arrays of the layers themselves: a step in place is seen by both.

    Examples
    --------
    >>> from bpcourse.sequential import BatchNorm, Bend
    >>> net = Sequential([Affine(2, 3, random_state=0), BatchNorm(3), Bend(), Affine(3, 2, random_state=1)])
    >>> list(net.params)
    ['W1', 'b1', 'gamma2', 'beta2', 'W4', 'b4']
    >>> loss, grads = net.loss_and_grads([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [0, 1, 1])
    >>> grads["gamma2"].shape
    (3,)
    """

    def __init__(self, layers: Sequence[Layer], *, loss: str = "softmax"):
        check_choice("loss", loss, LOSSES)
        self.layers = list(layers)
        for place, layer in enumerate(self.layers, start=1):
            if not isinstance(layer, Layer):
                raise TypeError(f"layer {place} is {layer!r}; it must be a Layer, such as Affine(64, 32)")
        if not self.layers:
            raise ValueError("layers is empty; a network needs at least one")
        if isinstance(self.layers[0], Affine):
            self.layers[0].input_grad = False
        self.loss = loss

    @property
    def params(self) -> Arrays:
        """The parameters of all layers, by their names in the network."""
        return {name: params[own] for name, params, _, own in self._named()}

    def forward(self, X: ArrayLike, *, training: bool = False) -> list[NDArray]:
        """Return X, and what comes out of each layer."""
        outputs = [self._as_inputs(X)]
        for layer in self.layers:
            outputs.append(layer.forward(outputs[-1], training=training))
        return outputs

    def loss_and_grads(self, X: ArrayLike, y: ArrayLike) -> tuple[np.floating, Arrays]:
        """Run one forward and one backward pass, in training.

        Parameters
        ----------
        X : array (n_samples, n_in)
        y : int labels (n_samples,) with loss "softmax", else targets (n_samples, n_out)

        Returns
        -------
        loss : float
        grads : dict
            Under the names of ``params``.
        """
        output = self.forward(X, training=True)[-1]
        loss, dY = LOSSES[self.loss].value_and_backward(output, y)
        for layer in reversed(self.layers):
            dY = layer.backward(dY)
        return loss, {name: grads[own] for name, _, grads, own in self._named()}

    def predict_proba(self, X: ArrayLike) -> NDArray:
        """Return the probability of each output, shape (n_samples, n_out)."""
        if self.loss == "mse":
            raise ValueError("a network with loss 'mse' predicts numbers, not probabilities; call forward")
        return LOSSES[self.loss].output(self.forward(X)[-1])

    def predict(self, X: ArrayLike) -> NDArray:
        """Return the predicted class of each example, shape (n_samples,)."""
        return to_classes(self.predict_proba(X))

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the accuracy on labels (n_samples,), or on targets (n_samples, n_out)."""
        y = np.asarray(y)
        return float(np.mean(self.predict(X) == (y if y.ndim == 1 else to_classes(y))))

    def _named(self) -> Iterator[tuple[str, Arrays, Arrays, str]]:
        for place, layer in enumerate(self.layers, start=1):
            yield from layer.named(str(place))

    def _as_inputs(self, X: ArrayLike) -> NDArray:
        X = as_float_array(X, "X")
        check_batch("X", X)
        check_finite("X", X)
        return X
