"""A network looked at layer by layer: how large everything is, on the way forward and on the way back."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_array, check_batch, check_finite, check_number
from bpcourse.activations import ACTIVATIONS
from bpcourse.diagnostics.signals import backward_signals, dead_fraction, saturated_fraction
from bpcourse.losses import LOSSES
from bpcourse.network import MLP, backward

COLUMNS = {
    "activation_norms": "‖a‖",
    "activation_stds": "std a",
    "delta_norms": "‖δ‖",
    "grad_norms": "‖dW‖",
    "update_ratios": "step/‖W‖",
    "saturated": "saturated",
    "dead": "dead",
}
SHARES = {"saturated", "dead"}


@dataclass(frozen=True)
class LayerStatistics:
    """How large things are in each layer, on one batch. Print it to see a table.

    Attributes
    ----------
    loss : float
    activation_norms, activation_stds : arrays (L,)
        Norm and standard deviation of what each layer gives; of the last one, of its pre-activations.
    delta_norms : array (L,)
        ‖δ_l‖ over the batch, Eq. (8.1).
    grad_norms, weight_norms : arrays (L,)
        ‖∂L/∂W_l‖ and ‖W_l‖.
    update_ratios : array (L,) or None
        The length of a step of plain descent over the length of the weights, η ‖∂L/∂W_l‖ / ‖W_l‖; None
        without a learning rate. About a thousandth is a usual size; a millionth means that the layer hardly
        moves. For weights that are all 0 it is infinite, or NaN where the gradient is 0, too.
    saturated, dead : arrays (L,)
        Shares of activations at the flat ends of their range (sigmoid, tanh), and of units that are silent
        for the whole batch (ReLU), Eq. (10.4). 0 where it does not apply, as in the last layer.
    """

    loss: float
    activation_norms: NDArray
    activation_stds: NDArray
    delta_norms: NDArray
    grad_norms: NDArray
    weight_norms: NDArray
    update_ratios: NDArray | None
    saturated: NDArray
    dead: NDArray
    activation: str = field(repr=False)

    def __str__(self) -> str:
        shown = {
            title: getattr(self, name)
            for name, title in COLUMNS.items()
            if getattr(self, name) is not None and (name not in SHARES or getattr(self, name).any())
        }
        shares = {COLUMNS[name] for name in SHARES}
        lines = ["layer" + "".join(f"{title:>11}" for title in shown)]
        for layer in range(len(self.delta_norms)):
            cells = (
                f"{column[layer]:>11.0%}" if title in shares else f"{_short(column[layer]):>11}"
                for title, column in shown.items()
            )
            lines.append(f"{layer + 1:>5}" + "".join(cells))
        return "\n".join([*lines, f"loss {self.loss:.4g}"])


def layer_statistics(
    net: MLP, X: ArrayLike, y: ArrayLike, *, learning_rate: float | None = None
) -> LayerStatistics:
    """Measure every layer of a network on one batch. The network is not changed.

    Parameters
    ----------
    net : MLP
    X : array (n_samples, n_in)
    y : labels (n_samples,) or targets (n_samples, n_out), as for ``net.loss_and_grads``
    learning_rate : float, optional
        For the length of a step.

    Returns
    -------
    LayerStatistics

    Examples
    --------
    >>> net = MLP([2, 3, 3, 2], activation="sigmoid", init="xavier", random_state=0)
    >>> statistics = layer_statistics(net, [[0.0, 1.0], [1.0, 1.0]], [0, 1], learning_rate=0.1)
    >>> statistics.delta_norms.round(3)
    array([0.016, 0.072, 0.499])
    """
    check_network(net)
    if learning_rate is not None:
        check_number("learning_rate", learning_rate, low=0)
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # what is infinite is to be seen
        net.loss_and_grads(X, y)  # looks at X and y, and says what is wrong with them
        return _measure(net, X, np.asarray(y), learning_rate)


def _measure(net: MLP, X: ArrayLike, y: NDArray, learning_rate: float | None) -> LayerStatistics:
    activations = net.forward(X)
    loss, dZ = LOSSES[net.loss].value_and_backward(activations[-1], y)
    deltas = backward_signals(dZ, activations, net.params, activation=net.activation)
    grads = backward(dZ, activations, net.params, activation=net.activation)
    grad_norms = norms_of([grads[f"W{layer}"] for layer in range(1, len(deltas) + 1)])
    weight_norms = norms_of(net.coefs_)
    hidden = activations[1:-1]
    relu = net.activation == "relu"
    return LayerStatistics(
        loss=float(loss),
        activation_norms=norms_of(activations[1:]),
        activation_stds=np.array([A.std() for A in activations[1:]]),
        delta_norms=norms_of(deltas),
        grad_norms=grad_norms,
        weight_norms=weight_norms,
        update_ratios=None if learning_rate is None else learning_rate * grad_norms / weight_norms,
        saturated=np.array([*(saturated_fraction(A, net.activation) for A in hidden), 0.0]),
        dead=np.array([*(dead_fraction(A) if relu else 0.0 for A in hidden), 0.0]),
        activation=net.activation,
    )


def layer_jacobians(net: MLP, x: ArrayLike) -> list[NDArray]:
    """How the activations of each layer answer to those of the layer before, at one input.

    Parameters
    ----------
    net : MLP
    x : array (n_in,)

    Returns
    -------
    jacobians : list of L arrays
        ``jacobians[l - 1]`` has shape (units of layer l - 1, units of layer l). The last layer has no bend:
        it is W_L.

    Notes
    -----
    Eq. (10.5): J_l = ∂a_l / ∂a_(l-1) = W_l diag(φ′(z_l)). A small change da of a row vector a comes out as da
    J, and δ-like signals go back through Jᵀ. Its singular values say by how much lengths are multiplied: at
    most by the largest, at least by the smallest.

    References
    ----------
    Glorot, Bengio (2010), Understanding the difficulty of training deep feedforward neural networks, AISTATS,
    pp. 249-256, section 4.2.2.

    Examples
    --------
    >>> net = MLP([1, 1, 1], activation="tanh", loss="mse", random_state=0)
    >>> net.params["W1"][:] = 2
    >>> [J.shape for J in layer_jacobians(net, [0.0])], layer_jacobians(net, [0.0])[0]
    ([(1, 1), (1, 1)], array([[2.]]))
    """
    check_network(net)
    x = as_float_array(x, "x")
    if x.shape != (net.layer_sizes[0],):
        raise ValueError(f"x has shape {x.shape}; it must be ({net.layer_sizes[0]},), one example")
    slope = ACTIVATIONS[net.activation].backward
    slopes = [slope(np.ones_like(A), A)[0] for A in net.forward(x[None])[1:-1]]
    return [*(W * s for W, s in zip(net.coefs_, slopes, strict=False)), net.coefs_[-1].copy()]


def singular_values(jacobians: list[NDArray]) -> list[NDArray]:
    """The singular values of each matrix, largest first.

    Parameters
    ----------
    jacobians : list of matrices

    Returns
    -------
    values : list of arrays

    Notes
    -----
    Those of Eq. (10.5) are the factors by which a layer stretches a small change of its input.

    Examples
    --------
    >>> singular_values([np.diag([1.0, 3.0])])
    [array([3., 1.])]
    """
    matrices = [as_float_array(J, f"jacobians[{i}]") for i, J in enumerate(jacobians)]
    for i, J in enumerate(matrices):
        check_batch(f"jacobians[{i}]", J)
        check_finite(f"jacobians[{i}]", J)
    return [np.linalg.svd(J, compute_uv=False) for J in matrices]


def norms_of(arrays: list[NDArray]) -> NDArray:
    """Return the norm of each array, over all its entries."""
    return np.array([np.linalg.norm(array) for array in arrays])


def check_network(net: MLP) -> None:
    """Raise a TypeError unless `net` is an `MLP`."""
    if not isinstance(net, MLP):
        raise TypeError(f"net must be an MLP, got {type(net).__name__}")


def _short(x: float) -> str:
    return f"{x:.2e}" if x and not 1e-3 <= abs(x) < 1e4 else f"{x:.4g}"
