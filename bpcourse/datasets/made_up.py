"""Small data sets that fit on a page: the running example, XOR, parity, mirror symmetry, spirals."""

import numpy as np
from numpy.typing import NDArray

from bpcourse._arrays import as_generator, check_count, check_number


def running_example() -> tuple[NDArray, NDArray, dict[str, NDArray]]:
    """Return the four examples and the 2-3-1 network that lessons 00 to 06 work through.

    The target is 1 where the two inputs differ in sign. All sizes differ (4 examples, 2 inputs, 3 hidden
    units, 1 output), so that a transposed array cannot pass unnoticed, and so do all 13 parameters.

    Returns
    -------
    X : ndarray (4, 2)
    T : ndarray (4, 1)
        The targets 1, 1, 0, 0.
    params : dict
        ``W1`` (2, 3), ``b1`` (3,), ``W2`` (3, 1), ``b2`` (1,); fresh arrays at every call.

    Examples
    --------
    >>> X, T, params = running_example()
    >>> (X @ params["W1"] + params["b1"])[0].round(6).tolist()
    [0.5, -1.0, 0.9]
    """
    X = np.array([[1.5, -0.5], [-0.5, 2.0], [2.0, 0.5], [-1.5, -2.0]])
    T = np.array([[1.0], [1.0], [0.0], [0.0]])
    params = {
        "W1": np.array([[0.4, -0.6, 0.6], [0.8, -0.8, 0.2]]),
        "b1": np.array([0.3, -0.5, 0.1]),
        "W2": np.array([[0.5], [0.7], [-0.9]]),
        "b2": np.array([-0.3]),
    }
    return X, T, params


def xor() -> tuple[NDArray, NDArray]:
    """Return XOR with inputs 0 and 1: ``X (4, 2)`` and ``Y (4, 1)``, which is 1 where the inputs differ.

    Examples
    --------
    >>> X, Y = xor()
    >>> X.tolist()
    [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
    >>> Y[:, 0].tolist()
    [0.0, 1.0, 1.0, 0.0]
    """
    return parity(2)


def parity(n_bits: int = 4) -> tuple[NDArray, NDArray]:
    """Return all patterns of `n_bits` bits and whether the number of ones is odd.

    Parameters
    ----------
    n_bits : int from 1 to 16

    Returns
    -------
    X : ndarray (2**n_bits, n_bits)
        Zeros and ones, counting upwards: the last column changes fastest.
    Y : ndarray (2**n_bits, 1)
        1 where a row holds an odd number of ones.

    Examples
    --------
    >>> X, Y = parity(3)
    >>> X[3].tolist(), Y[3].tolist()
    ([0.0, 1.0, 1.0], [0.0])
    """
    X = _all_patterns(n_bits)
    return X, X.sum(axis=1, keepdims=True) % 2


def mirror_symmetry(n_bits: int = 6) -> tuple[NDArray, NDArray]:
    """Return all patterns of `n_bits` bits and whether each reads the same from both ends.

    With six bits this is the task of Rumelhart, Hinton and Williams (1986): 64 patterns, 8 of them symmetric.

    Parameters
    ----------
    n_bits : int from 1 to 16

    Returns
    -------
    X : ndarray (2**n_bits, n_bits)
        Zeros and ones, counting upwards.
    Y : ndarray (2**n_bits, 1)
        1 where a row equals its own mirror image.

    References
    ----------
    D. E. Rumelhart, G. E. Hinton, R. J. Williams, "Learning representations by back-propagating errors",
    Nature 323 (1986), 533-536.

    Examples
    --------
    >>> X, Y = mirror_symmetry(6)
    >>> X.shape, int(Y.sum())
    ((64, 6), 8)
    """
    X = _all_patterns(n_bits)
    return X, np.all(X == X[:, ::-1], axis=1, keepdims=True).astype(np.float64)


def spirals(
    n_per_class: int = 100,
    n_classes: int = 2,
    *,
    turns: float = 1.0,
    noise: float = 0.05,
    random_state: int | np.random.Generator | None = 0,
) -> tuple[NDArray, NDArray]:
    """Return points along spirals that wind into each other, one spiral a class.

    Parameters
    ----------
    n_per_class : int
        Points on each spiral.
    n_classes : int
        Number of spirals, at least 2.
    turns : float
        How often a spiral winds around the origin on its way from radius 0.1 to radius 1.
    noise : float
        Standard deviation of the Gaussian noise added to both coordinates; 0 gives exact spirals.
    random_state : int, Generator or None

    Returns
    -------
    X : ndarray (n_classes * n_per_class, 2)
        Class by class, each from the inside out.
    y : ndarray (n_classes * n_per_class,) of int

    Examples
    --------
    >>> X, y = spirals(50, 3)
    >>> X.shape, np.bincount(y).tolist()
    ((150, 2), [50, 50, 50])
    """
    check_count("n_per_class", n_per_class)
    check_count("n_classes", n_classes, low=2)
    check_number("turns", turns, low=-np.inf)
    check_number("noise", noise, low=0)
    way = np.linspace(0, 1, n_per_class)
    start = 2 * np.pi * np.arange(n_classes)[:, None] / n_classes
    angle = (start + 2 * np.pi * turns * way).ravel()
    radius = np.tile(0.1 + 0.9 * way, n_classes)
    X = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    X += noise * as_generator(random_state).standard_normal(X.shape)
    return X, np.repeat(np.arange(n_classes), n_per_class)


def _all_patterns(n_bits: int) -> NDArray:
    """Return the numbers 0 … 2**n_bits - 1 in binary, one a row, most significant bit first."""
    check_count("n_bits", n_bits)
    if n_bits > 16:
        raise ValueError(f"n_bits = {n_bits} makes 2**{n_bits} patterns; at most 16 bits are made here")
    numbers = np.arange(2**n_bits)[:, None]
    return ((numbers >> np.arange(n_bits)[::-1]) & 1).astype(np.float64)
