"""The bend between two layers, and the slope of that bend.

Without a bend, two layers in a row are one layer: ``(X W1 + b1) W2 + b2`` is again X times a matrix plus a
bias. Each function here takes the pre-activations ``Z`` of a layer and returns its activations ``A``, entry
by entry (the softmax: row by row).

Each has a partner ``*_backward(dA, A)``. It is given dA = ∂L/∂A, how the loss answers to each activation, and
returns dZ = ∂L/∂Z. That is the rule "along a path, multiply", Eq. (3.1), for one step of the path: dA times
the local slope. The slope is written with the activation, which the forward pass has already computed:

====================  ==================  ==========================
function              a                   slope, from a
====================  ==================  ==========================
identity              z                   1
sigmoid               1 / (1 + e^-z)      a (1 - a)
tanh                  tanh z              1 - a²
relu                  max(z, 0)           1 where a > 0, else 0
leaky_relu            max(z, slope·z)     1 where a > 0, else slope
====================  ==================  ==========================
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_array, as_float_arrays, check_number, check_same_shape


def identity(Z: ArrayLike, out: NDArray | None = None) -> NDArray:
    """No bend: the activations are the pre-activations.

    Parameters
    ----------
    Z : array of any shape
    out : array like Z, optional
        Where to put A, as in NumPy's own functions. It may be Z itself.

    Returns
    -------
    A : array like Z
        A copy.

    Examples
    --------
    >>> identity([-1.0, 2.0])
    array([-1.,  2.])
    """
    return np.positive(as_float_array(Z, "Z"), out=out)


def identity_backward(dA: ArrayLike, A: ArrayLike, out: NDArray | None = None) -> NDArray:
    """dZ = dA, for the slope is 1 everywhere.

    Parameters
    ----------
    dA, A : arrays of one shape
    out : array like dA, optional
        Where to put dZ. It may be dA itself.

    Returns
    -------
    dZ : array like dA
        A copy.

    Examples
    --------
    >>> identity_backward([0.5, 3.0], [-1.0, 2.0])
    array([0.5, 3. ])
    """
    dA, A = as_float_arrays(dA=dA, A=A)
    check_same_shape("dA", dA, "A", A)
    return np.positive(dA, out=out)


def sigmoid(Z: ArrayLike, out: NDArray | None = None) -> NDArray:
    """The S-shaped curve from 0 to 1.

    Parameters
    ----------
    Z : array of any shape
    out : array like Z, optional
        Where to put A, as in NumPy's own functions. It may be Z itself.

    Returns
    -------
    A : array like Z

    Notes
    -----
    Eq. (1.2): σ(z) = 1 / (1 + e^-z), computed as ½ (1 + tanh(½ z)). Both forms are the same function. The
    second cannot overflow, and is several times faster. What it gives up is far out on the left: at z = -36
    it is 4 % off, and at z = -40 it is 0 where 4e-18 is right.

    References
    ----------
    Rumelhart, Hinton, Williams (1986), Learning representations by back-propagating errors, Nature 323,
    pp. 533-536.

    Examples
    --------
    >>> sigmoid([0.5, -1.0, 0.9]).round(6)
    array([0.622459, 0.268941, 0.71095 ])
    """
    Z = as_float_array(Z, "Z")
    A = np.empty_like(Z) if out is None else out
    np.multiply(Z, 0.5, out=A)
    np.tanh(A, out=A)  # in place: from a megabyte on, a second array costs more than the arithmetic
    A *= 0.5
    A += 0.5
    return A if A.ndim else A[()]  # a single number comes back as a number


def sigmoid_backward(dA: ArrayLike, A: ArrayLike, out: NDArray | None = None) -> NDArray:
    """Back through the sigmoid: dZ = dA · A (1 - A).

    Parameters
    ----------
    dA, A : arrays of one shape
        `A` is the *activation*, ``sigmoid(Z)``, not Z.
    out : array like dA, optional
        Where to put dZ. It may be dA itself.

    Returns
    -------
    dZ : array like dA

    Notes
    -----
    Eq. (3.3): σ'(z) = a (1 - a). It is never above ¼, which it reaches at z = 0.

    Examples
    --------
    >>> sigmoid_backward([1.0, 1.0], [0.5, 0.9]).round(4)
    array([0.25, 0.09])
    """
    dA, A = as_float_arrays(dA=dA, A=A)
    check_same_shape("dA", dA, "A", A)
    dZ = 1 - A
    dZ *= A
    return np.multiply(dZ, dA, out=out)


def tanh(Z: ArrayLike, out: NDArray | None = None) -> NDArray:
    """The S-shaped curve from -1 to 1, a stretched and lowered sigmoid: tanh(z) = 2 σ(2z) - 1.

    Parameters
    ----------
    Z : array of any shape
    out : array like Z, optional
        Where to put A, as in NumPy's own functions. It may be Z itself.

    Returns
    -------
    A : array like Z

    Examples
    --------
    >>> tanh([0.0, 1.0]).round(4)
    array([0.    , 0.7616])
    """
    return np.tanh(as_float_array(Z, "Z"), out=out)


def tanh_backward(dA: ArrayLike, A: ArrayLike, out: NDArray | None = None) -> NDArray:
    """Back through tanh: dZ = dA · (1 - A²).

    Parameters
    ----------
    dA, A : arrays of one shape
        `A` is the activation, ``tanh(Z)``.
    out : array like dA, optional
        Where to put dZ. It may be dA itself.

    Returns
    -------
    dZ : array like dA

    Notes
    -----
    1 - a² is computed as (1 - a)(1 + a), which keeps more digits where a is close to 1 or -1.

    Examples
    --------
    >>> tanh_backward([1.0, 1.0], [0.0, 0.5])
    array([1.  , 0.75])
    """
    dA, A = as_float_arrays(dA=dA, A=A)
    check_same_shape("dA", dA, "A", A)
    dZ = 1 - A
    dZ *= 1 + A
    return np.multiply(dZ, dA, out=out)


def relu(Z: ArrayLike, out: NDArray | None = None) -> NDArray:
    """Keep what is positive, replace the rest by 0: max(z, 0).

    Parameters
    ----------
    Z : array of any shape
    out : array like Z, optional
        Where to put A, as in NumPy's own functions. It may be Z itself.

    Returns
    -------
    A : array like Z

    Examples
    --------
    >>> relu([-2.0, 0.0, 3.0])
    array([0., 0., 3.])
    """
    Z = as_float_array(Z, "Z")
    zeros = np.zeros(Z.shape[-1:], Z.dtype)  # a row of them: twice as fast as the number 0
    return np.maximum(Z, zeros, out=out)


def relu_backward(dA: ArrayLike, A: ArrayLike, out: NDArray | None = None) -> NDArray:
    """Back through ReLU: dA passes where the unit was on, and stops where it was off.

    Parameters
    ----------
    dA, A : arrays of one shape
        `A` is the activation, ``relu(Z)``. It is positive exactly where Z is.
    out : array like dA, optional
        Where to put dZ. It may be dA itself.

    Returns
    -------
    dZ : array like dA

    Notes
    -----
    Eq. (10.3): dZ = dA ⊙ [Z > 0]. At z = 0 there is a kink and no slope; the 0 taken there is a convention,
    which most libraries share.

    Examples
    --------
    >>> relu_backward([5.0, 5.0, 5.0], [0.0, 0.0, 3.0])
    array([0., 0., 5.])
    """
    dA, A = as_float_arrays(dA=dA, A=A)
    check_same_shape("dA", dA, "A", A)
    # A product with the mask: several times faster than masked assignment or np.where.
    return np.multiply(dA, A > 0, out=out)


def leaky_relu(Z: ArrayLike, slope: float = 0.01, out: NDArray | None = None) -> NDArray:
    """ReLU with a leak: what is negative is made small instead of 0, so that no unit goes silent for good.

    Parameters
    ----------
    Z : array of any shape
    slope : float, from 0 to 1
        The slope left of 0.
    out : array like Z, optional
        Where to put A, as in NumPy's own functions. It may be Z itself.

    Returns
    -------
    A : array like Z

    Examples
    --------
    >>> leaky_relu([-2.0, 0.0, 3.0], slope=0.25)
    array([-0.5,  0. ,  3. ])
    """
    check_number("slope", slope, low=0, high=1)
    Z = as_float_array(Z, "Z")
    return np.maximum(Z, slope * Z, out=out)


def leaky_relu_backward(
    dA: ArrayLike, A: ArrayLike, slope: float = 0.01, out: NDArray | None = None
) -> NDArray:
    """Back through the leaky ReLU: dA where the unit was positive, ``slope`` times dA elsewhere.

    Parameters
    ----------
    dA, A : arrays of one shape
        `A` is the activation, ``leaky_relu(Z, slope)``.
    slope : float, from 0 to 1
        The one that the forward pass used.
    out : array like dA, optional
        Where to put dZ. It may be dA itself.

    Returns
    -------
    dZ : array like dA

    Examples
    --------
    >>> leaky_relu_backward([5.0, 5.0, 5.0], [-0.5, 0.0, 3.0], slope=0.25)
    array([1.25, 1.25, 5.  ])
    """
    check_number("slope", slope, low=0, high=1)
    dA, A = as_float_arrays(dA=dA, A=A)
    check_same_shape("dA", dA, "A", A)
    positive = A > 0
    dZ = dA * ~positive
    dZ *= slope
    return np.add(dZ, dA * positive, out=out)


def softmax(Z: ArrayLike) -> NDArray:
    """Turn each row of scores into probabilities: positive, and 1 in sum.

    Parameters
    ----------
    Z : array (..., n_classes)
        Scores, also called logits.

    Returns
    -------
    P : array like Z

    Notes
    -----
    Eq. (2.4): p_k = e^z_k / Σ_j e^z_j. The largest score of the row is subtracted first. That changes no
    probability, for it divides numerator and denominator by the same number, and no exponential overflows.

    Examples
    --------
    >>> softmax([[2.0, 0.0, -1.0], [1000.0, 1000.0, 1000.0]]).round(6)
    array([[0.843795, 0.114195, 0.04201 ],
           [0.333333, 0.333333, 0.333333]])
    """
    P = shifted_scores(Z)
    np.exp(P, out=P)
    P /= P.sum(axis=-1, keepdims=True)
    return P


def softmax_backward(dA: ArrayLike, A: ArrayLike) -> NDArray:
    """Back through the softmax: every score moves every probability of its row.

    Parameters
    ----------
    dA, A : arrays (..., n_classes) of one shape
        `A` is the activation, ``softmax(Z)``.

    Returns
    -------
    dZ : array like dA

    Notes
    -----
    ∂p_j/∂z_k = p_j (1 - p_k) if j = k, and -p_j p_k if not. Across paths, add, Eq. (3.2): the sum over j is
    dz_k = p_k (dp_k - Σ_j dp_j p_j). With the cross-entropy all this shortens to Eq. (3.5).

    Examples
    --------
    >>> softmax_backward([[1.0, 0.0]], [[0.75, 0.25]])
    array([[ 0.1875, -0.1875]])
    """
    dA, A = as_float_arrays(dA=dA, A=A)
    check_same_shape("dA", dA, "A", A)
    dZ = dA * A
    dZ -= A * dZ.sum(axis=-1, keepdims=True)
    return dZ


def log_softmax(Z: ArrayLike) -> NDArray:
    """The logarithm of the softmax, without taking the logarithm of a probability that was rounded to 0.

    Parameters
    ----------
    Z : array (..., n_classes)

    Returns
    -------
    log_p : array like Z

    Notes
    -----
    log p_k = z_k - log Σ_j e^z_j, with the largest score of the row subtracted from every z first.

    Examples
    --------
    >>> log_softmax([[2.0, 0.0, -1.0]]).round(6)
    array([[-0.169846, -2.169846, -3.169846]])
    >>> log_softmax([[1000.0, 0.0]])
    array([[    0., -1000.]])
    """
    log_p = shifted_scores(Z)
    log_p -= np.log(np.exp(log_p).sum(axis=-1, keepdims=True))
    return log_p


def log_softmax_backward(dA: ArrayLike, log_p: ArrayLike) -> NDArray:
    """Back through the log-softmax: dZ = dA - P · (the row sum of dA).

    Parameters
    ----------
    dA : array (..., n_classes)
        ∂L/∂(log p).
    log_p : array like dA
        What ``log_softmax(Z)`` returned.

    Returns
    -------
    dZ : array like dA

    Examples
    --------
    >>> log_softmax_backward([[1.0, 0.0]], np.log([[0.75, 0.25]])).round(6)
    array([[ 0.25, -0.25]])
    """
    dA, log_p = as_float_arrays(dA=dA, log_p=log_p)
    check_same_shape("dA", dA, "log_p", log_p)
    dZ = np.exp(log_p)
    dZ *= dA.sum(axis=-1, keepdims=True)
    return dA - dZ


def shifted_scores(Z: ArrayLike) -> NDArray:
    """Return a new array: the scores, less the largest of their row, so that no exponential overflows."""
    Z = as_float_array(Z, "Z")
    if Z.ndim == 0 or Z.shape[-1] == 0:
        raise ValueError(f"Z has shape {Z.shape}; it must have at least one score in each row")
    return Z - Z.max(axis=-1, keepdims=True)


class Activation(NamedTuple):
    """A function, ``forward(Z, out=None)``, and its partner back, ``backward(dA, A, out=None)``."""

    forward: Callable[..., NDArray]
    backward: Callable[..., NDArray]


#: The activations that a hidden layer may have, by name.
ACTIVATIONS = {
    "identity": Activation(identity, identity_backward),
    "sigmoid": Activation(sigmoid, sigmoid_backward),
    "tanh": Activation(tanh, tanh_backward),
    "relu": Activation(relu, relu_backward),
    "leaky_relu": Activation(leaky_relu, leaky_relu_backward),
}
