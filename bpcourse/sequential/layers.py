"""The kinds of layers: each way is one call of a function that holds the mathematics.

What a layer adds to the functions is memory: its parameters, and between the two passes what the way back
needs.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bpcourse._arrays import as_generator, check_choice, check_count, check_number
from bpcourse.activations import ACTIVATIONS
from bpcourse.dropout import dropout_backward, dropout_forward, dropout_mask
from bpcourse.initializers import INITIALIZERS, RandomState
from bpcourse.layers import affine_backward, affine_forward
from bpcourse.normalization import (
    batchnorm_backward,
    batchnorm_forward,
    layernorm_backward,
    layernorm_forward,
    update_running_statistics,
)

Arrays = dict[str, NDArray]


class Layer:
    """What all layers share: parameters, their gradients, and a place for what the way back needs.

    Attributes
    ----------
    params, grads : dicts of arrays
        Under one set of names; ``grads`` is filled by ``backward``.
    """

    def __init__(self, **params: NDArray):
        self.params: Arrays = params
        self.grads: Arrays = {}
        self.kept: tuple = ()

    def forward(self, X: NDArray, *, training: bool) -> NDArray:
        """Return what comes out, and keep what ``backward`` needs."""
        raise NotImplementedError

    def backward(self, dY: NDArray) -> NDArray:
        """Return the gradient of what came in, and fill ``grads``."""
        raise NotImplementedError

    def named(self, place: str) -> Iterator[tuple[str, Arrays, Arrays, str]]:
        """Yield, for each parameter, its name in the network, and where its array and gradient are."""
        for name in self.params:
            yield name + place, self.params, self.grads, name


class Affine(Layer):
    """X W + b, weights drawn by an initialiser's name, biases 0."""

    def __init__(self, n_in: int, n_out: int, *, init: str = "he", random_state: RandomState = None):
        check_count("n_in", n_in)
        check_count("n_out", n_out)
        check_choice("init", init, INITIALIZERS)
        super().__init__(W=INITIALIZERS[init]((n_in, n_out), random_state=random_state), b=np.zeros(n_out))
        self.input_grad = True

    def forward(self, X: NDArray, *, training: bool) -> NDArray:
        """Return X W + b."""
        self.kept = (X,)
        return affine_forward(X, self.params["W"], self.params["b"])

    def backward(self, dY: NDArray) -> NDArray | None:
        """Return dY Wᵀ; None where nobody asks for it, as in front of the data."""
        (X,) = self.kept
        dX, dW, db = affine_backward(dY, X, self.params["W"], input_grad=self.input_grad)
        self.grads = {"W": dW, "b": db}
        return dX


class Bend(Layer):
    """An activation function by its name in ``ACTIVATIONS``."""

    def __init__(self, activation: str = "relu"):
        check_choice("activation", activation, ACTIVATIONS)
        super().__init__()
        self.activation = activation

    def forward(self, X: NDArray, *, training: bool) -> NDArray:
        """Return φ(X)."""
        A = ACTIVATIONS[self.activation].forward(X)
        self.kept = (A,)
        return A

    def backward(self, dY: NDArray) -> NDArray:
        """Return dY times the slope."""
        return ACTIVATIONS[self.activation].backward(dY, *self.kept)


class BatchNorm(Layer):
    """Batch normalisation, with running statistics for the time after training.

    Parameters
    ----------
    n_features : int
    eps : float
    momentum : float
        How much of the running statistics each batch leaves as it was.
    """

    def __init__(self, n_features: int, *, eps: float = 1e-5, momentum: float = 0.9):
        check_count("n_features", n_features)
        check_number("eps", eps, low=0)
        check_number("momentum", momentum, low=0, high=1)
        super().__init__(gamma=np.ones(n_features), beta=np.zeros(n_features))
        self.eps = eps
        self.momentum = momentum
        self.running_mean = np.zeros(n_features)
        self.running_var = np.ones(n_features)

    def forward(self, X: NDArray, *, training: bool) -> NDArray:
        """Return Eq. (11.1), with the batch's statistics in training, the running ones otherwise."""
        self.kept = (X,)
        running = {"running_mean": self.running_mean, "running_var": self.running_var}
        if training:
            self.running_mean, self.running_var = update_running_statistics(
                X, **running, momentum=self.momentum
            )
        return batchnorm_forward(X, **self.params, eps=self.eps, training=training, **running)

    def backward(self, dY: NDArray) -> NDArray:
        """Return Eq. (11.3)."""
        dX, dgamma, dbeta = batchnorm_backward(dY, *self.kept, self.params["gamma"], eps=self.eps)
        self.grads = {"gamma": dgamma, "beta": dbeta}
        return dX


class LayerNorm(Layer):
    """Layer normalisation.

    Parameters
    ----------
    n_features : int
    eps : float
    """

    def __init__(self, n_features: int, *, eps: float = 1e-5):
        check_count("n_features", n_features)
        check_number("eps", eps, low=0)
        super().__init__(gamma=np.ones(n_features), beta=np.zeros(n_features))
        self.eps = eps

    def forward(self, X: NDArray, *, training: bool) -> NDArray:
        """Return Eq. (11.4)."""
        self.kept = (X,)
        return layernorm_forward(X, **self.params, eps=self.eps)

    def backward(self, dY: NDArray) -> NDArray:
        """Return Eq. (11.3) along the rows."""
        dX, dgamma, dbeta = layernorm_backward(dY, *self.kept, self.params["gamma"], eps=self.eps)
        self.grads = {"gamma": dgamma, "beta": dbeta}
        return dX


class Dropout(Layer):
    """Silence units at random in training, and none afterwards.

    Parameters
    ----------
    p : float, from 0 up to but not including 1
    random_state : None, int or Generator
    """

    def __init__(self, p: float, *, random_state: RandomState = None):
        dropout_mask((1,), p)  # refuses what is no probability
        super().__init__()
        self.p = p
        self.rng = as_generator(random_state)

    def forward(self, X: NDArray, *, training: bool) -> NDArray:
        """Return X times a new mask in training, and X otherwise."""
        if not training:
            return X
        self.kept = (dropout_mask(X.shape, self.p, random_state=self.rng).astype(X.dtype, copy=False),)
        return dropout_forward(X, *self.kept)

    def backward(self, dY: NDArray) -> NDArray:
        """Return dY times the same mask."""
        return dropout_backward(dY, *self.kept)


class Residual(Layer):
    """A road beside some layers: X plus what they make of it, times a scale.

    Parameters
    ----------
    *layers : Layer
        What they give back must have the shape of what they are given.
    scale : float
    """

    def __init__(self, *layers: Layer, scale: float = 1.0):
        if not layers:
            raise ValueError("Residual needs at least one layer")
        check_number("scale", scale, low=-np.inf)
        super().__init__()
        self.layers = layers
        self.scale = scale

    def forward(self, X: NDArray, *, training: bool) -> NDArray:
        """Return X + s · layers(X), Eq. (11.5)."""
        branch = X
        for layer in self.layers:
            branch = layer.forward(branch, training=training)
        if branch.shape != X.shape:
            raise ValueError(
                f"the branch made shape {branch.shape} of {X.shape}; it must be the same, to be added"
            )
        return X + self.scale * branch

    def backward(self, dY: NDArray) -> NDArray:
        """Return dY, and what comes back through the branch."""
        branch = self.scale * dY
        for layer in reversed(self.layers):
            branch = layer.backward(branch)
        return dY + branch

    def named(self, place: str) -> Iterator[tuple[str, Arrays, Arrays, str]]:
        """Yield the parameters of the layers within."""
        for inner, layer in enumerate(self.layers, start=1):
            yield from layer.named(f"{place}.{inner}")
