"""One number that says how wrong the network is, and how that number answers to each output.

A loss is a mean over the examples of a batch, and a sum over the outputs of an example. Because of the mean,
every gradient here carries a factor 1/N, and no later step of the backward pass needs another.

Two losses start from the pre-activations ``Z`` of the last layer (the logits), not from probabilities. Where
a probability is rounded to 0 or 1 its logarithm is lost, while the logit still has all its digits. As a
reward, the gradient becomes the shortest formula of the course: prediction minus target, divided by N.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_array, as_float_arrays, as_labels, check_batch, check_outputs
from bpcourse.activations import identity, shifted_scores, sigmoid, sigmoid_backward, softmax


def mean_squared_error(Y_hat: ArrayLike, Y: ArrayLike) -> np.floating:
    """Mean over the examples of the squared errors, summed over the outputs.

    Parameters
    ----------
    Y_hat : array (n_samples, n_out) or (n_samples,)
        Predictions.
    Y : array like Y_hat
        Targets.

    Returns
    -------
    L : float

    Raises
    ------
    ValueError
        If the shapes differ. (N, 1) against (N,) would be broadcast to an N × N table of differences.

    Notes
    -----
    Eq. (2.1): L = 1/N Σ_n Σ_k (ŷ_nk - y_nk)². NumPy's ``mean`` over a matrix would divide by the number of
    outputs too.

    Examples
    --------
    >>> print(mean_squared_error([[1.0], [3.0]], [[0.0], [1.0]]))
    2.5
    """
    E = _errors(Y_hat, Y)
    return (E * E).sum() / len(E)


def mean_squared_error_backward(Y_hat: ArrayLike, Y: ArrayLike) -> NDArray:
    """How the mean squared error answers to each prediction.

    Parameters
    ----------
    Y_hat, Y : arrays (n_samples, n_out) or (n_samples,), of one shape

    Returns
    -------
    dY_hat : array like Y_hat

    Notes
    -----
    Eq. (2.2): ∂L/∂ŷ = 2 (ŷ - y) / N.

    Examples
    --------
    >>> mean_squared_error_backward([[1.0], [3.0]], [[0.0], [1.0]])
    array([[1.],
           [2.]])
    """
    dY_hat = _errors(Y_hat, Y)
    dY_hat *= 2 / len(dY_hat)
    return dY_hat


def sigmoid_mean_squared_error(Z: ArrayLike, Y: ArrayLike) -> np.floating:
    """Mean squared error of sigmoid outputs, from their pre-activations: the loss of the running example.

    Parameters
    ----------
    Z : array (n_samples, n_out)
        Pre-activations of the output layer; the predictions are ``sigmoid(Z)``.
    Y : array like Z
        Targets from 0 to 1.

    Returns
    -------
    L : float

    Examples
    --------
    >>> print(sigmoid_mean_squared_error([[0.0], [0.0]], [[0.0], [1.0]]))
    0.25
    """
    return mean_squared_error(sigmoid(Z), Y)


def sigmoid_mean_squared_error_backward(Z: ArrayLike, Y: ArrayLike) -> NDArray:
    """The error at the output layer of the running example: the loss's slope times the sigmoid's.

    Parameters
    ----------
    Z, Y : arrays (n_samples, n_out)

    Returns
    -------
    dZ : array like Z

    Notes
    -----
    Eq. (4.1): δ2 = 2 (A2 - Y) / N ⊙ A2 (1 - A2).

    Examples
    --------
    >>> sigmoid_mean_squared_error_backward([[0.0], [0.0]], [[0.0], [1.0]])
    array([[ 0.125],
           [-0.125]])
    """
    A = sigmoid(Z)
    return sigmoid_backward(mean_squared_error_backward(A, Y), A)


def binary_cross_entropy(Z: ArrayLike, Y: ArrayLike) -> np.floating:
    """Cross-entropy of yes-or-no outputs, from their logits.

    Parameters
    ----------
    Z : array (n_samples, n_out) or (n_samples,)
        Logits; the probability of "yes" is ``sigmoid(Z)``.
    Y : array like Z
        Targets: 1 for yes, 0 for no, or a probability between.

    Returns
    -------
    L : float
        Summed over the outputs, mean over the examples.

    Notes
    -----
    Eq. (2.3): max(z, 0) - z y + log(1 + e^-|z|). No exponential of a large positive number occurs, so nothing
    overflows, and z = 40 with y = 0 costs 40, where -log(1 - σ(z)) says infinity.

    Examples
    --------
    >>> print(binary_cross_entropy([[40.0]], [[0]]))
    40.0
    """
    Z, Y = as_float_arrays(Z=Z, Y=Y)
    check_outputs("Z", Z, Y)
    positive = np.maximum(Z, 0)
    # -|z| is z - 2 max(z, 0). Written so, it has a derivative that complex numbers can follow; abs has none.
    losses = np.log1p(np.exp(Z - 2 * positive))
    losses += positive
    losses -= Z * Y
    return losses.sum() / len(Z)


def binary_cross_entropy_backward(Z: ArrayLike, Y: ArrayLike) -> NDArray:
    """How the binary cross-entropy answers to each logit: prediction minus target, over N.

    Parameters
    ----------
    Z, Y : arrays (n_samples, n_out) or (n_samples,), of one shape

    Returns
    -------
    dZ : array like Z

    Notes
    -----
    Eq. (3.4): ∂L/∂z = (ŷ - y) / N with ŷ = σ(z). Eq. (4.5) is the same for a whole layer.

    Examples
    --------
    >>> binary_cross_entropy_backward([[0.0], [0.0]], [[0], [1]])
    array([[ 0.25],
           [-0.25]])
    """
    Z, Y = as_float_arrays(Z=Z, Y=Y)
    check_outputs("Z", Z, Y)
    dZ = sigmoid(Z)
    dZ -= Y
    dZ /= len(dZ)
    return dZ


def softmax_cross_entropy(Z: ArrayLike, y: ArrayLike) -> np.floating:
    """Cross-entropy of one class out of several, from the logits.

    Parameters
    ----------
    Z : array (n_samples, n_classes)
        Logits; the probabilities are ``softmax(Z)``.
    y : array of ints (n_samples,)
        The true class of each row, from 0 to ``n_classes - 1``.

    Returns
    -------
    L : float
        Mean over the examples.

    Raises
    ------
    ValueError
        If a label is out of range: the message shows the label, its row, and the range.
    TypeError
        If the labels are not integers.

    Notes
    -----
    Eq. (2.5): L = 1/N Σ_n (log Σ_k e^z_nk - z_n,y_n), with the largest logit of the row subtracted first.
    A network that knows nothing pays log(n_classes).

    Examples
    --------
    >>> print(softmax_cross_entropy([[2.0, 0.0, -1.0]], [2]).round(6))
    3.169846
    """
    Z, y = _scores_and_labels(Z, y)
    S = shifted_scores(Z)
    log_sums = np.log(np.exp(S).sum(axis=1))
    return (log_sums - S[np.arange(len(y)), y]).sum() / len(y)


def softmax_cross_entropy_backward(Z: ArrayLike, y: ArrayLike) -> NDArray:
    """How the cross-entropy answers to each logit: probabilities minus the one-hot target, over N.

    Parameters
    ----------
    Z : array (n_samples, n_classes)
    y : array of ints (n_samples,)

    Returns
    -------
    dZ : array like Z
        Each row sums to 0: what pulls the true class up pushes the others down.

    Notes
    -----
    Eq. (3.5): dZ = (P - Y) / N with P = softmax(Z) and Y one-hot. Eq. (4.5) is the same at the output layer.

    Examples
    --------
    >>> softmax_cross_entropy_backward([[2.0, 0.0, -1.0]], [0]).round(6)
    array([[-0.156205,  0.114195,  0.04201 ]])
    """
    Z, y = _scores_and_labels(Z, y)
    dZ = softmax(Z)
    dZ[np.arange(len(y)), y] -= 1
    dZ /= len(y)
    return dZ


def softmax_cross_entropy_and_backward(Z: ArrayLike, y: ArrayLike) -> tuple[np.floating, NDArray]:
    """The cross-entropy and its gradient at once, from one set of exponentials.

    Parameters
    ----------
    Z : array (n_samples, n_classes)
    y : array of ints (n_samples,)

    Returns
    -------
    L : float
        ``softmax_cross_entropy(Z, y)``
    dZ : array like Z
        ``softmax_cross_entropy_backward(Z, y)``

    Notes
    -----
    Eq. (2.5) and Eq. (3.5) share the exponentials, their row sums and the check of the labels. In a small
    network these are a sixth of a training step, so the network calls this one.

    Examples
    --------
    >>> L, dZ = softmax_cross_entropy_and_backward([[0.0, 0.0], [0.0, 0.0]], [0, 1])
    >>> print(L.round(4))
    0.6931
    >>> dZ
    array([[-0.25,  0.25],
           [ 0.25, -0.25]])
    """
    Z, y = _scores_and_labels(Z, y)
    N, C = Z.shape
    true = y + np.arange(0, N * C, C)  # where the true classes stand, row after row
    S = shifted_scores(Z)
    P = np.exp(S)
    sums = P.sum(axis=1, keepdims=True)
    L = (np.log(sums[:, 0]) - S.take(true)).sum() / N
    P /= sums
    P.ravel()[true] -= 1  # a view: P is new and in one piece
    P /= N
    return L, P


def _errors(Y_hat: ArrayLike, Y: ArrayLike) -> NDArray:
    Y_hat, Y = as_float_arrays(Y_hat=Y_hat, Y=Y)
    check_outputs("Y_hat", Y_hat, Y)
    return Y_hat - Y


def _scores_and_labels(Z: ArrayLike, y: ArrayLike) -> tuple[NDArray, NDArray]:
    Z = as_float_array(Z, "Z")
    check_batch("Z", Z)
    return Z, as_labels(y, *Z.shape)


class Loss(NamedTuple):
    """A loss as the end of a network sees it: everything starts from the last layer's pre-activations."""

    value_and_backward: Callable[[ArrayLike, ArrayLike], tuple[np.floating, NDArray]]
    output: Callable[[ArrayLike], NDArray]


def _one_after_the_other(value, backward):
    return lambda Z, Y: (value(Z, Y), backward(Z, Y))


#: What a network may be trained with, by name: the loss with its gradient, and what makes outputs of logits.
LOSSES = {
    "softmax": Loss(softmax_cross_entropy_and_backward, softmax),
    "bce": Loss(_one_after_the_other(binary_cross_entropy, binary_cross_entropy_backward), sigmoid),
    "mse": Loss(_one_after_the_other(mean_squared_error, mean_squared_error_backward), identity),
    "sigmoid_mse": Loss(
        _one_after_the_other(sigmoid_mean_squared_error, sigmoid_mean_squared_error_backward), sigmoid
    ),
}
