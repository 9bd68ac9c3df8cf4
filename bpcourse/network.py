"""Layers in a row: the forward pass, the backward pass, and a network that owns its weights.

Forward, each layer multiplies, adds its bias, and bends the result. Backward, the error at the output, dZ,
travels the same road in the other direction. At every layer it leaves behind the gradients of the weights and
biases, is carried through the weights to the layer before, and is multiplied by the slope of the bend there.
The whole sweep costs about as much as two forward passes, for any number of weights.

``params`` and ``grads`` are dictionaries with the names W1, b1, W2, b2 and so on, in the order of the layers.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import (
    as_float_array,
    as_generator,
    as_layer_sizes,
    check_activations,
    check_batch,
    check_between,
    check_choice,
    check_finite,
    count_layers,
)
from bpcourse.activations import ACTIVATIONS
from bpcourse.initializers import INITIALIZERS, RandomState
from bpcourse.layers import affine_backward, affine_forward
from bpcourse.losses import LOSSES

Arrays = dict[str, NDArray]


def forward(X: ArrayLike, params: Arrays, *, activation: str = "relu") -> list[NDArray]:
    """Push a batch through all layers, and keep what each of them was given.

    Parameters
    ----------
    X : array (n_samples, n_in)
    params : dict
        W1, b1, ..., WL, bL.
    activation : str
        A name of ``ACTIVATIONS``, for the hidden layers. The output layer has none: its bend belongs to the
        loss.

    Returns
    -------
    activations : list of L + 1 arrays
        A0 = X, then the hidden activations A1 ... A(L-1), then ZL, the output layer's pre-activation.

    Notes
    -----
    Eq. (1.4): Z1 = X W1 + b1, A1 = φ(Z1), Z2 = A1 W2 + b2, and so on.

    Examples
    --------
    >>> params = {"W1": [[2.0], [2.0]], "b1": [0.0], "W2": [[4.0]], "b2": [-3.0]}
    >>> X, A1, Z2 = forward([[1.0, -1.0]], params, activation="sigmoid")
    >>> A1, Z2
    (array([[0.5]]), array([[-1.]]))
    """
    check_choice("activation", activation, ACTIVATIONS)
    bend = ACTIVATIONS[activation].forward
    depth = count_layers(params)
    activations = [as_float_array(X, "X")]
    for layer in range(1, depth + 1):
        try:
            Z = affine_forward(activations[-1], params[f"W{layer}"], params[f"b{layer}"])
        except ValueError as error:
            error.add_note(f"In layer {layer}: X is A{layer - 1}, W is W{layer}, b is b{layer}.")
            raise
        activations.append(Z if layer == depth else bend(Z, out=Z))  # in place: Z was made just now
    return activations


def backward(
    dZ: ArrayLike, activations: Sequence[NDArray], params: Arrays, *, activation: str = "relu"
) -> Arrays:
    """Carry the error at the output back through all layers, and collect every gradient on the way.

    Parameters
    ----------
    dZ : array (n_samples, n_out)
        The output layer's error ∂L/∂ZL, from a loss's ``*_backward``, with the 1/N of the batch inside.
    activations : list
        What ``forward`` returned.
    params : dict
        The parameters that ``forward`` was given. Gradients belong to the weights of that forward pass: first
        all gradients, then the update.
    activation : str
        The one that ``forward`` was given.

    Returns
    -------
    grads : dict
        ∂L/∂W1, ∂L/∂b1, ... under the names of `params`, in the order of the layers.

    Notes
    -----
    For two layers: δ2 is given, Eq. (4.1) or Eq. (4.5). Eq. (4.2): dW2 = A1ᵀ δ2, db2 = Σ_n δ2. Eq. (4.3):
    δ1 = (δ2 W2ᵀ) ⊙ φ'(Z1). Eq. (4.4): dW1 = Xᵀ δ1, db1 = Σ_n δ1. A deeper network repeats the last two.
    Along a path the factors multiply, Eq. (3.1), and the matrix products add the paths up, Eq. (3.2).

    References
    ----------
    Rumelhart, Hinton, Williams (1986), Learning representations by back-propagating errors, Nature 323,
    pp. 533-536.

    Examples
    --------
    >>> params = {"W1": [[0.0]], "b1": [0.0], "W2": [[2.0]], "b2": [-1.0]}
    >>> activations = forward([[1.0]], params, activation="sigmoid")
    >>> backward([[0.25]], activations, params, activation="sigmoid")
    {'W1': array([[0.125]]), 'b1': array([0.125]), 'W2': array([[0.125]]), 'b2': array([0.25])}
    """
    check_choice("activation", activation, ACTIVATIONS)
    slope = ACTIVATIONS[activation].backward
    depth = count_layers(params)
    check_activations(activations, depth)
    grads = dict.fromkeys(params)  # in the order of the layers, though the last is found first
    for layer in range(depth, 0, -1):
        A, W = activations[layer - 1], params[f"W{layer}"]
        dA, grads[f"W{layer}"], grads[f"b{layer}"] = affine_backward(dZ, A, W, input_grad=layer > 1)
        if layer > 1:
            dZ = slope(dA, A, out=dA)
    return grads


class MLP:
    """A network of fully connected layers that owns its weights. Training it is another module's work.

    Parameters
    ----------
    layer_sizes : sequence of ints
        Inputs, hidden units of each layer, outputs: ``[64, 32, 10]`` has 64 inputs and 10 outputs.
    activation : str
        Of the hidden layers: a name of ``ACTIVATIONS``.
    loss : {"softmax", "bce", "mse", "sigmoid_mse"}
        What the network is trained with, and with it what its outputs are: probabilities of classes (softmax
        and cross-entropy, the targets are labels), yes-or-no probabilities (sigmoid and binary
        cross-entropy), numbers (mean squared error), or sigmoid outputs under a mean squared error, as in
        the running example.
    init : str
        A name of ``INITIALIZERS``, for the weights. The biases start at 0.
    random_state : None, int or Generator

    Attributes
    ----------
    params : dict of arrays
        W1, b1, W2, b2, ... Assign arrays of the same shapes into it to replace them.
    coefs_, intercepts_ : lists of arrays
        The same weights and biases by layer, under scikit-learn's names.

    Examples
    --------
    >>> net = MLP([2, 3, 1], activation="sigmoid", loss="sigmoid_mse", init="normal", random_state=0)
    >>> loss, grads = net.loss_and_grads([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]])
    >>> [f"{name} {grad.shape}" for name, grad in grads.items()]
    ['W1 (2, 3)', 'b1 (3,)', 'W2 (3, 1)', 'b2 (1,)']
    """

    def __init__(
        self,
        layer_sizes: Sequence[int],
        *,
        activation: str = "relu",
        loss: str = "softmax",
        init: str = "he",
        random_state: RandomState = None,
    ):
        check_choice("activation", activation, ACTIVATIONS)
        check_choice("loss", loss, LOSSES)
        check_choice("init", init, INITIALIZERS)
        self.layer_sizes = as_layer_sizes(layer_sizes, loss)
        self.activation = activation
        self.loss = loss
        self.init = init
        self.random_state = random_state
        self.params = draw_params(self.layer_sizes, init, as_generator(random_state))

    def __repr__(self) -> str:
        choices = ", ".join(f"{name}={getattr(self, name)!r}" for name in ("activation", "loss", "init"))
        return f"MLP({self.layer_sizes}, {choices})"

    @property
    def coefs_(self) -> list[NDArray]:
        """The weight matrices, layer by layer: the arrays of `params`, not copies."""
        return [self.params[f"W{layer}"] for layer in range(1, len(self.layer_sizes))]

    @property
    def intercepts_(self) -> list[NDArray]:
        """The biases, layer by layer: the arrays of `params`, not copies."""
        return [self.params[f"b{layer}"] for layer in range(1, len(self.layer_sizes))]

    def forward(self, X: ArrayLike) -> list[NDArray]:
        """Return ``[X, A1, ..., ZL]``: hidden activations, then the output's pre-activation."""
        return forward(self._as_inputs(X), self.params, activation=self.activation)

    def loss_and_grads(self, X: ArrayLike, y: ArrayLike) -> tuple[np.floating, Arrays]:
        """Run one forward and one backward pass.

        Parameters
        ----------
        X : array (n_samples, n_in)
        y : int labels (n_samples,) with loss "softmax", else targets (n_samples, n_out)

        Returns
        -------
        loss : float
        grads : dict
            ∂L/∂ each parameter, under the names of ``params``.

        Raises
        ------
        ValueError
            If a shape does not fit, a label is out of range, or an entry is NaN or infinite: the message
            names the argument and the first such entry.
        """
        X = self._as_inputs(X)
        y = self._as_targets(y, len(X))
        activations = forward(X, self.params, activation=self.activation)
        loss, dZ = LOSSES[self.loss].value_and_backward(activations[-1], y)
        return loss, backward(dZ, activations, self.params, activation=self.activation)

    def predict_proba(self, X: ArrayLike) -> NDArray:
        """Return the probability of each output, shape (n_samples, n_out)."""
        if self.loss == "mse":
            raise ValueError("a network with loss 'mse' predicts numbers, not probabilities; call predict")
        return LOSSES[self.loss].output(self.forward(X)[-1])

    def predict(self, X: ArrayLike) -> NDArray:
        """Return the predicted class of each example, shape (n_samples,); with loss "mse", the outputs.

        With one output the class is 1 where its probability is above ½, else 0. With several it is the index
        of the largest.
        """
        if self.loss == "mse":
            return self.forward(X)[-1]
        return to_classes(self.predict_proba(X))

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the accuracy: the share of examples whose class is predicted right.

        `y` holds labels (n_samples,) or the targets that the network is trained with (n_samples, n_out).
        """
        if self.loss == "mse":
            raise ValueError("a network with loss 'mse' predicts numbers: it has no accuracy")
        predicted, y = self.predict(X), np.asarray(y)
        if y.shape not in ((len(predicted),), (len(predicted), self.layer_sizes[-1])):
            raise ValueError(f"y has shape {y.shape}; it must be ({len(predicted)},), one label for each row")
        return float(np.mean(predicted == (y if y.ndim == 1 else to_classes(y))))

    def _as_inputs(self, X: ArrayLike) -> NDArray:
        X = as_float_array(X, "X")
        check_batch("X", X)
        if X.shape[1] != self.layer_sizes[0]:
            raise ValueError(f"X has shape {X.shape}, but this network takes {self.layer_sizes[0]} inputs")
        check_finite("X", X)
        return X

    def _as_targets(self, y: ArrayLike, n_samples: int) -> NDArray:
        if self.loss == "softmax":
            return y  # the loss itself looks at the labels
        y = as_float_array(y, "y")
        if y.shape != (n_samples, self.layer_sizes[-1]):
            hint = "; y.reshape(-1, 1) makes it a column" if y.shape == (n_samples,) else ""
            raise ValueError(f"y has shape {y.shape}; it must be {(n_samples, self.layer_sizes[-1])}{hint}")
        check_finite("y", y)
        if self.loss == "bce":
            check_between("y", y, 0, 1)
        return y


def to_classes(outputs: NDArray) -> NDArray:
    """Return the class of each row: above ½ or not for one column, the index of the largest for several."""
    if outputs.shape[1] == 1:
        return (outputs[:, 0] > 0.5).astype(int)
    return outputs.argmax(axis=1)


def draw_params(layer_sizes: Sequence[int], init: str, rng: np.random.Generator) -> Arrays:
    """Return weights drawn layer by layer from one Generator, and biases of 0."""
    params = {}
    for layer, shape in enumerate(pairwise(layer_sizes), start=1):
        params[f"W{layer}"] = INITIALIZERS[init](shape, random_state=rng)
        params[f"b{layer}"] = np.zeros(shape[1])
    return params
