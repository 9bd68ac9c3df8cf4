"""One layer that is used again at every time step, and its way back: backpropagation through time.

A recurrent layer reads a sequence x_1 ... x_T. It keeps a *state*, H_t, which it makes of the new input and
of the state before, with the same weights at every step. Written out in a row, T steps are a network of T
layers that share their weights.

The way back is the one of any network, from the last layer to the first, with one addition: weights that are
used T times get T gradients, and across paths, add.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_arrays, check_choice
from bpcourse.activations import ACTIVATIONS


def recurrent_forward(
    X: ArrayLike,
    W_x: ArrayLike,
    W_h: ArrayLike,
    b: ArrayLike,
    *,
    H0: ArrayLike | None = None,
    activation: str = "tanh",
) -> NDArray:
    """Read a batch of sequences, and keep the state after every step.

    Parameters
    ----------
    X : array (n_samples, n_steps, n_in)
    W_x : array (n_in, n_units)
    W_h : array (n_units, n_units)
    b : array (n_units,)
    H0 : array (n_samples, n_units), optional
        The state before the first step; zeros unless given.
    activation : str
        A name of ``ACTIVATIONS``.

    Returns
    -------
    H : array (n_samples, n_steps + 1, n_units)
        ``H[:, t]`` is the state after t steps; ``H[:, 0]`` is H0.

    Raises
    ------
    ValueError
        If the shapes do not fit together.

    Notes
    -----
    Eq. (9.5): H_t = φ(X_t W_x + H_(t-1) W_h + b).

    Examples
    --------
    >>> recurrent_forward([[[1.0], [0.0], [0.0]]], [[1.0]], [[0.5]], [0.0], activation="identity")[0, :, 0]
    array([0.  , 1.  , 0.5 , 0.25])
    """
    start = {} if H0 is None else {"H0": H0}
    X, W_x, W_h, b, *start = as_float_arrays(X=X, W_x=W_x, W_h=W_h, b=b, **start)
    check_recurrent(X, W_x, W_h, activation)
    n_units = len(W_h)
    if b.shape != (n_units,):
        raise ValueError(f"b has shape {b.shape}; it must be ({n_units},), one bias for each unit")
    bend = ACTIVATIONS[activation].forward
    H = np.zeros((len(X), X.shape[1] + 1, n_units), X.dtype)
    for H0 in start:
        _check_start(H0, H[:, 0].shape)
        H[:, 0] = H0
    for t in range(1, H.shape[1]):
        H[:, t] = bend(X[:, t - 1] @ W_x + H[:, t - 1] @ W_h + b)
    return H


def recurrent_backward(
    dH: ArrayLike,
    X: ArrayLike,
    H: ArrayLike,
    W_x: ArrayLike,
    W_h: ArrayLike,
    *,
    activation: str = "tanh",
) -> tuple[NDArray, NDArray, NDArray, NDArray, NDArray]:
    """Back through time: from the last step to the first.

    Parameters
    ----------
    dH : array (n_samples, n_steps, n_units)
        How the loss answers to the state after each step *directly*, not through later states. A loss that
        looks at the last state only has zeros everywhere else.
    X : array (n_samples, n_steps, n_in)
    H : array (n_samples, n_steps + 1, n_units)
        What ``recurrent_forward`` returned.
    W_x : array (n_in, n_units)
    W_h : array (n_units, n_units)
    activation : str
        That of the forward pass.

    Returns
    -------
    dX : array (n_samples, n_steps, n_in)
    dW_x : array (n_in, n_units)
    dW_h : array (n_units, n_units)
    db : array (n_units,)
    dH0 : array (n_samples, n_units)

    Raises
    ------
    ValueError
        If the shapes do not fit together.

    Notes
    -----
    Eq. (9.6): δ_t = (dH_t + δ_(t+1) W_hᵀ) ⊙ φ′(Z_t), from t = T, where there is no δ after it, down to 1. The
    weights are shared, so each step adds its part: dW_h = Σ_t H_(t-1)ᵀ δ_t, dW_x = Σ_t X_tᵀ δ_t, db = Σ_t
    δ_t.

    References
    ----------
    Werbos (1990), Backpropagation through time: what it does and how to do it, Proceedings of the IEEE 78,
    pp. 1550-1560.

    Examples
    --------
    >>> X = [[[1.0], [0.0], [0.0]]]
    >>> H = recurrent_forward(X, [[1.0]], [[0.5]], [0.0], activation="identity")
    >>> dX, _, dW_h, _, _ = recurrent_backward(
    ...     [[[0.0], [0.0], [1.0]]], X, H, [[1.0]], [[0.5]], activation="identity")
    >>> dX[0, :, 0], dW_h
    (array([0.25, 0.5 , 1.  ]), array([[1.]]))
    """
    dH, X, H, W_x, W_h = as_float_arrays(dH=dH, X=X, H=H, W_x=W_x, W_h=W_h)
    check_recurrent(X, W_x, W_h, activation)
    _check_states(dH, X, H, len(W_h))
    slope = ACTIVATIONS[activation].backward
    dX, dW_x, dW_h = np.empty_like(X), np.zeros_like(W_x), np.zeros_like(W_h)
    db, dH_later = np.zeros(len(W_h), W_h.dtype), np.zeros_like(H[:, 0])
    for t in range(X.shape[1], 0, -1):
        delta = slope(dH[:, t - 1] + dH_later, H[:, t])
        dW_x += X[:, t - 1].T @ delta  # the same weights at every step: across paths, add
        dW_h += H[:, t - 1].T @ delta
        db += delta.sum(axis=0)
        dX[:, t - 1] = delta @ W_x.T
        dH_later = delta @ W_h.T
    return dX, dW_x, dW_h, db, dH_later


def check_recurrent(X: NDArray, W_x: NDArray, W_h: NDArray, activation: str) -> None:
    """Raise a ValueError unless sequences and weights fit together."""
    check_choice("activation", activation, ACTIVATIONS)
    if X.ndim != 3:
        raise ValueError(f"X has shape {X.shape}; it must be (n_samples, n_steps, n_in)")
    if W_h.ndim != 2 or W_h.shape[0] != W_h.shape[1]:
        raise ValueError(f"W_h has shape {W_h.shape}; it must be square, (n_units, n_units)")
    if W_x.shape != (X.shape[2], len(W_h)):
        raise ValueError(
            f"W_x has shape {W_x.shape}; it must be {(X.shape[2], len(W_h))}, a row for each input and"
            " a column for each unit"
        )


def _check_states(dH: NDArray, X: NDArray, H: NDArray, n_units: int) -> None:
    n_samples, n_steps, _ = X.shape
    for name, array, steps in (("dH", dH, n_steps), ("H", H, n_steps + 1)):
        if array.shape != (n_samples, steps, n_units):
            raise ValueError(f"{name} has shape {array.shape}; it must be {(n_samples, steps, n_units)}")


def _check_start(H0: NDArray, shape: tuple[int, ...]) -> None:
    if H0.shape != shape:
        raise ValueError(f"H0 has shape {H0.shape}; it must be {shape}, a state for each sequence")
