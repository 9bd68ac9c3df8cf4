"""What happens to a signal on its way through many layers: the formulas of lessons 08 to 10."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import (
    as_float_array,
    as_float_arrays,
    check_activations,
    check_choice,
    check_count,
    check_finite,
    check_number,
    count_layers,
)
from bpcourse.activations import ACTIVATIONS

#: From where an activation counts as saturated: the two ends of its range.
ENDS = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0)}


def backward_signals(
    dZ: ArrayLike, activations: Sequence[NDArray], params: Mapping[str, NDArray], *, activation: str = "relu"
) -> list[NDArray]:
    """The error signal δ = ∂L/∂Z of every layer, first layer first.

    Parameters
    ----------
    dZ : array (n_samples, n_out)
        δ of the last layer.
    activations : list of arrays
        What ``network.forward`` returned.
    params : dict
        W1, b1, ..., WL, bL.
    activation : str
        Of the hidden layers.

    Returns
    -------
    deltas : list of L arrays
        δ_l has the shape of layer l's pre-activations.

    Notes
    -----
    Eq. (8.1): δ_l = (δ_(l+1) W_(l+1)ᵀ) ⊙ φ′(Z_l), the same line at every layer.

    Examples
    --------
    >>> from bpcourse.network import forward
    >>> params = {"W1": [[1.0]], "b1": [0.0], "W2": [[2.0]], "b2": [0.0]}
    >>> activations = forward([[0.0]], params, activation="sigmoid")
    >>> backward_signals([[1.0]], activations, params, activation="sigmoid")
    [array([[0.5]]), array([[1.]])]
    """
    check_choice("activation", activation, ACTIVATIONS)
    depth = count_layers(params)
    check_activations(activations, depth)
    slope = ACTIVATIONS[activation].backward
    deltas = [as_float_array(dZ, "dZ")]
    for layer in range(depth - 1, 0, -1):
        W = as_float_array(params[f"W{layer + 1}"], f"W{layer + 1}")
        if deltas[-1].shape != (len(activations[layer]), W.shape[1]):
            raise ValueError(
                f"δ{layer + 1} has shape {deltas[-1].shape}, which does not fit W{layer + 1} {W.shape}"
            )
        deltas.append(slope(deltas[-1] @ W.T, activations[layer]))
    return deltas[::-1]


def decay_bound(weights: Sequence[ArrayLike], *, slope: float = 0.25) -> float:
    """The largest factor by which δ can come out of a stack of layers longer than it went in.

    Parameters
    ----------
    weights : list of matrices
        Those that δ is sent back through, one for each layer.
    slope : float
        The steepest slope of the activation: ¼ for the sigmoid, 1 for tanh and ReLU.

    Returns
    -------
    bound : float

    Notes
    -----
    Eq. (8.2): ‖δ before‖ ≤ slope^L · Π ‖W_l‖₂ · ‖δ after‖, where ‖W‖₂ is the largest singular value: the most
    that W stretches any vector.

    Examples
    --------
    >>> decay_bound([[[2.0, 0.0], [0.0, 1.0]], [[3.0, 0.0], [0.0, 1.0]]])
    0.375
    """
    check_number("slope", slope, low=0)
    if not len(weights):
        raise ValueError("weights is empty; it must hold at least one matrix")
    matrices = [as_float_array(W, f"weights[{i}]") for i, W in enumerate(weights)]
    for i, W in enumerate(matrices):
        if W.ndim != 2:
            raise ValueError(f"weights[{i}] has shape {W.shape}; it must be a matrix")
        check_finite(f"weights[{i}]", W)
    return float(np.prod([slope * np.linalg.norm(W, 2) for W in matrices]))


def log_slope(norms: ArrayLike) -> float:
    """By how many powers of ten a norm grows from one layer to the next, on average.

    Parameters
    ----------
    norms : array (n_layers,)
        At least two, all above 0; first layer first.

    Returns
    -------
    slope : float
        Decades per layer: 1 means ten times as long in each layer, -1 a tenth.

    Notes
    -----
    Eq. (8.3): the least-squares slope of log10 ‖δ_l‖ over l.

    Examples
    --------
    >>> round(log_slope([0.001, 0.01, 0.1]), 12)
    1.0
    """
    norms = as_float_array(norms, "norms")
    if norms.ndim != 1 or len(norms) < 2:
        raise ValueError(f"norms has shape {norms.shape}; a slope needs at least two numbers in a row")
    if not (np.isfinite(norms).all() and norms.min() > 0):
        wrong = norms[~(np.isfinite(norms) & (norms > 0))][0]
        raise ValueError(f"norms holds {wrong}; a logarithm needs finite numbers above 0")
    layers = np.arange(len(norms)) - (len(norms) - 1) / 2  # counted from the middle, so that they sum to 0
    return float(layers @ np.log10(norms) / (layers @ layers))


def growth_rate(W: ArrayLike, v: ArrayLike, steps: int) -> float:
    """The mean factor per step by which a row vector grows when it is sent back through W again and again.

    Parameters
    ----------
    W : array (n, n)
    v : array (n,)
        Not all zeros.
    steps : int

    Returns
    -------
    rate : float

    Notes
    -----
    Eq. (9.3): (‖v Wᵀ ... Wᵀ‖ / ‖v‖)^(1/T). With many steps it tends to the spectral radius of W for almost
    every v; its first steps may be anything up to the largest singular value.

    Examples
    --------
    >>> growth_rate([[2.0, 0.0], [0.0, 1.0]], [1.0, 0.0], 3)
    2.0
    """
    W, v = as_float_arrays(W=W, v=v)
    check_count("steps", steps)
    if W.ndim != 2 or W.shape[0] != W.shape[1] or v.shape != (len(W),):
        raise ValueError(f"W has shape {W.shape} and v {v.shape}; they must be (n, n) and (n,)")
    check_finite("W", W)
    norm = np.linalg.norm(v)
    if not (np.isfinite(norm) and norm > 0):
        raise ValueError(f"v has norm {norm}; it must be finite and above 0")
    log_growth = 0.0
    for _ in range(steps):
        v = v / norm @ W.T  # of length 1 before each step, so that nothing overflows
        norm = np.linalg.norm(v)
        if norm == 0:
            return 0.0
        log_growth += np.log(norm)
    return float(np.exp(log_growth / steps))


def first_not_finite(log: ArrayLike) -> tuple[int, int]:
    """Where in a log of norms the first number is not finite.

    Parameters
    ----------
    log : array (n_steps, n_layers)
        A row for each training step, the layers in forward order.

    Returns
    -------
    step, layer : ints
        Both from 0; (-1, -1) where all numbers are finite.

    Notes
    -----
    Eq. (9.4): the first row that holds NaN or infinity, and in it the rightmost such column: a backward pass
    visits the last layer first.

    Examples
    --------
    >>> first_not_finite([[1.0, 2.0], [float("inf"), float("nan")]])
    (1, 1)
    """
    log = as_float_array(log, "log")
    if log.ndim != 2:
        raise ValueError(f"log has shape {log.shape}; it must be (n_steps, n_layers)")
    broken = ~np.isfinite(log)
    if not broken.any():
        return -1, -1
    step = int(np.argmax(broken.any(axis=1)))
    return step, int(np.flatnonzero(broken[step])[-1])


def saturated_fraction(A: ArrayLike, activation: str, *, margin: float = 0.02) -> float:
    """The share of activations within `margin` of an end of their range, where the slope is almost 0.

    Parameters
    ----------
    A : array
        Activations.
    activation : str
        "sigmoid" (from 0 to 1) or "tanh" (from -1 to 1). The others have no flat ends: 0.0.
    margin : float
        As a share of the range.

    Returns
    -------
    fraction : float, from 0 to 1

    Examples
    --------
    >>> saturated_fraction([0.001, 0.5, 0.999, 0.7], "sigmoid")
    0.5
    """
    check_choice("activation", activation, ACTIVATIONS)
    check_number("margin", margin, low=0, high=0.5)
    if activation not in ENDS:
        return 0.0
    A = as_float_array(A, "A")
    if A.size == 0:
        raise ValueError(f"A has shape {A.shape}: it holds no numbers")
    low, high = ENDS[activation]
    near = margin * (high - low)
    return float(np.mean((A <= low + near) | (A >= high - near)))


def dead_fraction(Z: ArrayLike) -> float:
    """The share of ReLU units that are silent for every example of a batch.

    Parameters
    ----------
    Z : array (n_samples, n_units)
        Pre-activations (or ReLU activations: both are above 0 in the same places).

    Returns
    -------
    fraction : float, from 0 to 1

    Notes
    -----
    Eq. (10.4): the mean over the units of [all examples have z ≤ 0]. Such a unit has slope 0 everywhere, so
    no example sends it a gradient.

    Examples
    --------
    >>> dead_fraction([[-1.0, 2.0], [-3.0, -4.0]])
    0.5
    """
    Z = as_float_array(Z, "Z")
    if Z.ndim != 2 or Z.size == 0:
        raise ValueError(f"Z has shape {Z.shape}; it must be (n_samples, n_units), not empty")
    return float(np.mean((Z <= 0).all(axis=0)))
