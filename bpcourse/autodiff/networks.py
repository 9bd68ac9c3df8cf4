"""The course's networks and losses as formulas of Tensors: only the forward pass is written.

Nothing here knows a derivative. That these formulas and the hand-made backward pass of ``network`` give the
same gradients is a test of both: they share no line.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import (
    as_float_array,
    as_labels,
    check_batch,
    check_choice,
    check_same_shape,
    count_layers,
)
from bpcourse.autodiff.tensor import Tensor


def cross_entropy(Z: Tensor, y: ArrayLike) -> Tensor:
    """Softmax and cross-entropy: the mean over the examples of log Σ e^z - z_true."""
    y = as_labels(y, *Z.shape)
    return (Z.logsumexp(axis=1) - Z[np.arange(len(y)), y]).mean()


def binary_cross_entropy(Z: Tensor, Y: ArrayLike) -> Tensor:
    """Sigmoid and binary cross-entropy: log(1 + e^z) - z y, summed over outputs, mean over examples."""
    Y = _targets(Y, Z)
    return (Z.softplus() - Z * Y).sum() / len(Y)


def squared_error(Y_hat: Tensor, Y: ArrayLike) -> Tensor:
    """Mean over the examples of the squared errors, summed over outputs."""
    Y = _targets(Y, Y_hat)
    return ((Y_hat - Y) ** 2).sum() / len(Y)


ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "identity": lambda Z: Z,
    "sigmoid": lambda Z: Z.sigmoid(),
    "tanh": lambda Z: Z.tanh(),
    "relu": lambda Z: Z.relu(),
    "leaky_relu": lambda Z: 0.01 * Z + 0.99 * Z.relu(),
}

LOSSES: dict[str, Callable[[Tensor, ArrayLike], Tensor]] = {
    "softmax": cross_entropy,
    "bce": binary_cross_entropy,
    "mse": squared_error,
    "sigmoid_mse": lambda Z, Y: squared_error(Z.sigmoid(), Y),
}


def mlp_loss(
    params: dict[str, Tensor],
    X: ArrayLike,
    y: ArrayLike,
    *,
    activation: str = "relu",
    loss: str = "softmax",
) -> Tensor:
    """The loss of a fully connected network on a batch, as a Tensor with its graph.

    Parameters
    ----------
    params : dict of Tensors
        W1, b1, ..., WL, bL.
    X : array (n_samples, n_in)
    y : int labels (n_samples,) with loss "softmax", else targets (n_samples, n_out)
    activation : {"identity", "sigmoid", "tanh", "relu", "leaky_relu"}
        Of the hidden layers.
    loss : {"softmax", "bce", "mse", "sigmoid_mse"}

    Returns
    -------
    Tensor of shape ()

    Examples
    --------
    >>> params = {"W1": Tensor([[0.0, 0.0]]), "b1": Tensor([0.0, 0.0])}
    >>> print(mlp_loss(params, [[1.0]], [0]).data.round(4))
    0.6931
    """
    check_choice("activation", activation, ACTIVATIONS)
    check_choice("loss", loss, LOSSES)
    depth = count_layers(params)
    A = X if isinstance(X, Tensor) else Tensor(X, requires_grad=False)
    check_batch("X", A.data)
    for layer in range(1, depth + 1):
        try:
            Z = A @ params[f"W{layer}"] + params[f"b{layer}"]
        except ValueError as error:
            error.add_note(f"In layer {layer}: A{layer - 1} @ W{layer} + b{layer}.")
            raise
        A = ACTIVATIONS[activation](Z) if layer < depth else Z
    return LOSSES[loss](A, y)


def value_and_grads(
    f: Callable[[dict[str, Tensor]], Tensor], params: dict[str, ArrayLike]
) -> tuple[float, dict[str, NDArray]]:
    """Evaluate a loss at these parameters, and find its gradient with respect to each of them.

    Parameters
    ----------
    f : function
        Takes a dict of Tensors under the names of `params`, returns the loss as a Tensor.
    params : dict of arrays

    Returns
    -------
    loss : float
    grads : dict of arrays like params
        Zeros for what the loss does not depend on.

    Examples
    --------
    >>> value_and_grads(lambda p: (p["w"] * p["w"]).sum(), {"w": np.array([1.0, 3.0])})
    (10.0, {'w': array([2., 6.])})
    """
    if not isinstance(params, dict):
        raise TypeError(f"params must be a dict of arrays, got {type(params).__name__}")
    tensors = {name: Tensor(array, label=name) for name, array in params.items()}
    loss = f(tensors)
    if not isinstance(loss, Tensor):
        raise TypeError(f"f must return a Tensor, computed from those it is given; got {type(loss).__name__}")
    loss.backward()
    return float(loss.data), {name: _gradient(tensor) for name, tensor in tensors.items()}


def _gradient(tensor: Tensor) -> NDArray:
    """Return the gradient: zeros, if the loss does not depend on this Tensor."""
    return np.zeros_like(tensor.data) if tensor.grad is None else tensor.grad


def _targets(Y: ArrayLike, outputs: Tensor) -> NDArray:
    Y = as_float_array(Y, "Y")
    check_same_shape("the output", outputs.data, "Y", Y)
    return Y
