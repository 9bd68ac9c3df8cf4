"""Let the signal pass beside the layer as well: residual connections.

A block gives back what it was given, plus what its layer makes of it: x ← x + s · φ(x W). On the way back
the gradient takes both roads: one part goes through the layer, the other arrives unchanged, for the slope of
"+ x" is 1. However many blocks are in a row, there is a road along which nothing is multiplied.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import (
    as_float_array,
    as_float_arrays,
    check_affine,
    check_batch,
    check_choice,
    check_number,
)
from bpcourse.activations import ACTIVATIONS


def residual_forward(
    X: ArrayLike, Ws: Sequence[ArrayLike], *, scale: float = 1.0, activation: str = "relu"
) -> list[NDArray]:
    """Push a batch through residual blocks, and keep what each of them was given.

    Parameters
    ----------
    X : array (n_samples, n_units)
    Ws : list of arrays (n_units, n_units)
        One for each block.
    scale : float
        What each branch is multiplied by; 1/√(number of blocks) keeps the sum of many branches from growing.
    activation : str
        A name of ``ACTIVATIONS``.

    Returns
    -------
    activations : list of len(Ws) + 1 arrays (n_samples, n_units)
        X, then what comes out of each block.

    Notes
    -----
    Eq. (11.5), forward: x ← x + s φ(x W).

    References
    ----------
    He, Zhang, Ren, Sun (2016), Deep residual learning for image recognition, CVPR, pp. 770-778.

    Examples
    --------
    >>> residual_forward([[1, 1]], [[[1, 0], [0, -1]]], scale=0.5)[-1]
    array([[1.5, 1. ]])
    """
    X = as_float_array(X, "X")
    check_blocks(X, Ws, scale, activation)
    bend = ACTIVATIONS[activation].forward
    activations = [X]
    for W in Ws:
        X = X + scale * bend(X @ as_float_array(W, "W"))
        activations.append(X)
    return activations


def residual_backward(
    dY: ArrayLike,
    activations: Sequence[NDArray],
    Ws: Sequence[ArrayLike],
    *,
    scale: float = 1.0,
    activation: str = "relu",
) -> tuple[NDArray, list[NDArray]]:
    """Back through residual blocks.

    Parameters
    ----------
    dY : array (n_samples, n_units)
        ∂L/∂ what came out of the last block.
    activations : list of arrays
        What ``residual_forward`` returned.
    Ws, scale, activation
        Those of the forward pass.

    Returns
    -------
    dX : array (n_samples, n_units)
    dWs : list of arrays (n_units, n_units)

    Notes
    -----
    Eq. (11.5): dx = dy + s (dy ⊙ φ′(x W)) Wᵀ: the skip hands dy on, the branch adds its own.

    References
    ----------
    He, Zhang, Ren, Sun (2016), Identity mappings in deep residual networks, ECCV, pp. 630-645, equation 5.

    Examples
    --------
    >>> W = [[1, 0], [0, -1]]
    >>> dX, _ = residual_backward([[1, 1]], residual_forward([[1, 1]], [W], scale=0.5), [W], scale=0.5)
    >>> dX
    array([[1.5, 1. ]])
    """
    check_blocks(np.asarray(activations[0]), Ws, scale, activation)
    if len(activations) != len(Ws) + 1:
        raise ValueError(f"activations holds {len(activations)} arrays; {len(Ws)} blocks need {len(Ws) + 1}")
    bend, slope = ACTIVATIONS[activation].forward, ACTIVATIONS[activation].backward
    dX, dWs = np.array(as_float_array(dY, "dY")), []
    for X, W in zip(reversed(activations[:-1]), reversed(Ws), strict=True):
        X, W, dX = as_float_arrays(X=X, W=W, dY=dX)
        dZ = slope(scale * dX, bend(X @ W))
        dWs.append(X.T @ dZ)
        dX = dX + dZ @ W.T
    return dX, dWs[::-1]


def check_blocks(X: NDArray, Ws: Sequence[ArrayLike], scale: float, activation: str) -> None:
    """Raise unless every block takes as many units as it gives, those of X."""
    check_batch("X", X)
    check_number("scale", scale, low=-np.inf)
    check_choice("activation", activation, ACTIVATIONS)
    if not len(Ws):
        raise ValueError("Ws is empty; it must hold one matrix for each block")
    for W in map(np.asarray, Ws):
        check_affine(X, W)
        if W.shape[0] != W.shape[1]:
            raise ValueError(f"W has shape {W.shape}; it must be square, for x is added to what comes out")
