"""Where the weights start.

All weights equal would keep all hidden units equal for ever, so they start at random. How far from zero they
may start is a matter of scale: a layer adds up ``fan_in`` products, so the variance of its pre-activations is
that of its inputs times fan_in · Var(w). The variance that keeps signals from growing or fading is:

============  ======================  ===============================================
name          Var(w)                  made for
============  ======================  ===============================================
lecun         1 / fan_in              activations close to the identity around 0
xavier        2 / (fan_in + fan_out)  the same, and gradients on the way back as well
he            2 / fan_in              ReLU, which silences half of the units
============  ======================  ===============================================

Every function takes ``shape = (fan_in, fan_out)`` and a `random_state`, and returns a float64 array. Two
calls with the same int give the same weights. Pass one Generator to several calls to get different ones.
"""

from collections.abc import Callable
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from bpcourse._arrays import as_generator, check_number

RandomState = int | np.random.Generator | None


def uniform(
    shape: tuple[int, ...], *, low: float = -0.3, high: float = 0.3, random_state: RandomState = None
) -> NDArray:
    """Weights drawn evenly from `low` to `high`.

    Parameters
    ----------
    shape : tuple of ints
    low, high : float
    random_state : None, int or Generator

    Returns
    -------
    W : array of that shape

    References
    ----------
    The default range is the one of Rumelhart, Hinton, Williams (1986), Learning representations by
    back-propagating errors, Nature 323, pp. 533-536.

    Examples
    --------
    >>> W = uniform((2, 3), low=0.0, high=1.0, random_state=0)
    >>> W.shape, bool(((0 <= W) & (W < 1)).all())
    ((2, 3), True)
    """
    check_number("low", low, low=-np.inf)
    check_number("high", high, low=low)
    return as_generator(random_state).uniform(low, high, _as_shape(shape))


def normal(shape: tuple[int, ...], *, std: float = 1.0, random_state: RandomState = None) -> NDArray:
    """Weights from the bell curve with mean 0 and standard deviation `std`.

    Parameters
    ----------
    shape : tuple of ints
    std : float
    random_state : None, int or Generator

    Returns
    -------
    W : array of that shape

    Examples
    --------
    >>> normal((2, 2), std=0.1, random_state=42).round(4)
    array([[ 0.0305, -0.104 ],
           [ 0.075 ,  0.0941]])
    """
    check_number("std", std, low=0)
    W = as_generator(random_state).standard_normal(_as_shape(shape))
    W *= std
    return W


def lecun_normal(shape: tuple[int, int], *, random_state: RandomState = None) -> NDArray:
    """Normal weights with standard deviation √(1 / fan_in).

    Parameters
    ----------
    shape : (fan_in, fan_out)
    random_state : None, int or Generator

    Returns
    -------
    W : array (fan_in, fan_out)

    References
    ----------
    LeCun, Bottou, Orr, Müller (1998), Efficient BackProp, in Neural Networks: Tricks of the Trade, pp. 9-50.

    Examples
    --------
    >>> print(lecun_normal((400, 300), random_state=0).std().round(3))
    0.05
    """
    fan_in, _ = _fans(shape)
    return normal(shape, std=sqrt(1 / fan_in), random_state=random_state)


def xavier_normal(shape: tuple[int, int], *, random_state: RandomState = None) -> NDArray:
    """Normal weights with standard deviation √(2 / (fan_in + fan_out)).

    Parameters
    ----------
    shape : (fan_in, fan_out)
    random_state : None, int or Generator

    Returns
    -------
    W : array (fan_in, fan_out)

    Notes
    -----
    Eq. (10.1): √(2 / (fan_in + fan_out)), a compromise between 1 / fan_in, which keeps the size of a signal
    on its way forward, and 1 / fan_out, which keeps that of δ on its way back.

    References
    ----------
    Glorot, Bengio (2010), Understanding the difficulty of training deep feedforward neural networks, AISTATS,
    pp. 249-256.

    Examples
    --------
    >>> print(xavier_normal((500, 300), random_state=0).std().round(3))
    0.05
    """
    fan_in, fan_out = _fans(shape)
    return normal(shape, std=sqrt(2 / (fan_in + fan_out)), random_state=random_state)


def xavier_uniform(shape: tuple[int, int], *, random_state: RandomState = None) -> NDArray:
    """Uniform weights of the same variance: from -√(6 / (fan_in + fan_out)) to the same above zero.

    Parameters
    ----------
    shape : (fan_in, fan_out)
    random_state : None, int or Generator

    Returns
    -------
    W : array (fan_in, fan_out)

    References
    ----------
    Glorot, Bengio (2010), Understanding the difficulty of training deep feedforward neural networks, AISTATS,
    pp. 249-256, equation 16.

    Examples
    --------
    >>> print(abs(xavier_uniform((400, 200), random_state=0)).max().round(3))
    0.1
    """
    fan_in, fan_out = _fans(shape)
    bound = sqrt(6 / (fan_in + fan_out))  # U(-c, c) has variance c²/3
    return uniform(shape, low=-bound, high=bound, random_state=random_state)


def he_normal(shape: tuple[int, int], *, random_state: RandomState = None) -> NDArray:
    """Normal weights with standard deviation √(2 / fan_in).

    Parameters
    ----------
    shape : (fan_in, fan_out)
    random_state : None, int or Generator

    Returns
    -------
    W : array (fan_in, fan_out)

    Notes
    -----
    Eq. (10.2): √(2 / fan_in). The 2 pays for the half of the mean square that ReLU sets to 0.

    References
    ----------
    He, Zhang, Ren, Sun (2015), Delving deep into rectifiers, ICCV, pp. 1026-1034.

    Examples
    --------
    >>> print(he_normal((800, 300), random_state=0).std().round(3))
    0.05
    """
    fan_in, _ = _fans(shape)
    return normal(shape, std=sqrt(2 / fan_in), random_state=random_state)


def he_uniform(shape: tuple[int, int], *, random_state: RandomState = None) -> NDArray:
    """Uniform weights of the same variance: from -√(6 / fan_in) to the same above zero.

    Parameters
    ----------
    shape : (fan_in, fan_out)
    random_state : None, int or Generator

    Returns
    -------
    W : array (fan_in, fan_out)

    References
    ----------
    He, Zhang, Ren, Sun (2015), Delving deep into rectifiers, ICCV, pp. 1026-1034.

    Examples
    --------
    >>> print(abs(he_uniform((600, 200), random_state=0)).max().round(3))
    0.1
    """
    fan_in, _ = _fans(shape)
    bound = sqrt(6 / fan_in)
    return uniform(shape, low=-bound, high=bound, random_state=random_state)


def _as_shape(shape) -> tuple[int, ...]:
    sizes = tuple(shape) if isinstance(shape, (tuple, list)) else (shape,)
    if not all(isinstance(size, (int, np.integer)) and size > 0 for size in sizes):
        raise ValueError(f"shape is {shape!r}; it must hold whole numbers of 1 or more")
    return sizes


def _fans(shape) -> tuple[int, int]:
    if len(_as_shape(shape)) != 2:
        raise ValueError(f"shape is {shape!r}; it must be (fan_in, fan_out)")
    return shape


#: The starts that a network may have, by name; "xavier", "he" and "lecun" are the normal ones.
INITIALIZERS: dict[str, Callable[..., NDArray]] = {
    "uniform": uniform,
    "normal": normal,
    "lecun": lecun_normal,
    "xavier": xavier_normal,
    "he": he_normal,
    "lecun_normal": lecun_normal,
    "xavier_normal": xavier_normal,
    "xavier_uniform": xavier_uniform,
    "he_normal": he_normal,
    "he_uniform": he_uniform,
}
