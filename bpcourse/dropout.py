"""Switch units off at random while training, so that none is relied upon.

With probability p a unit is silent for one example of one step. The others are divided by 1 - p, so that
the sum which the next layer sees has the same mean as without; then nothing has to be changed after training
("inverted dropout").
"""

from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_array, as_float_arrays, as_generator, check_number, check_same_shape
from bpcourse.initializers import RandomState


def dropout_mask(shape: tuple[int, ...], p: float, *, random_state: RandomState = None) -> NDArray:
    """Draw what the units are multiplied by: 0 with probability p, else 1 / (1 - p).

    Parameters
    ----------
    shape : tuple of ints
    p : float, from 0 up to but not including 1
        The probability of silence. With p = 0 the mask is all ones. p = 1 would silence every unit and
        divide the rest, of which there is none, by 0: it is refused.
    random_state : None, int or Generator

    Returns
    -------
    mask : array of that shape

    References
    ----------
    Srivastava, Hinton, Krizhevsky, Sutskever, Salakhutdinov (2014), Dropout: a simple way to prevent neural
    networks from overfitting, JMLR 15, pp. 1929-1958.

    Examples
    --------
    >>> dropout_mask((2, 4), 0.5, random_state=0)
    array([[2., 0., 0., 0.],
           [2., 2., 2., 2.]])
    """
    check_number("p", p, low=0, high=1)
    if p == 1:
        raise ValueError("p is 1, which silences every unit; it must be from 0 up to but not including 1")
    keep = as_generator(random_state).random(shape) >= p
    return keep / (1 - p)


def dropout_forward(X: ArrayLike, mask: ArrayLike) -> NDArray:
    """Multiply by the mask: Y = X ⊙ mask. After training there is no dropout: leave this out.

    Parameters
    ----------
    X, mask : arrays of one shape

    Returns
    -------
    Y : array like X

    Examples
    --------
    >>> dropout_forward([1.0, 2.0, 3.0], [2.0, 0.0, 2.0])
    array([2., 0., 6.])
    """
    X, mask = as_float_arrays(X=X, mask=mask)
    check_same_shape("X", X, "mask", mask)
    return X * mask


def dropout_backward(dY: ArrayLike, mask: ArrayLike) -> NDArray:
    """Back through dropout: dX = dY ⊙ mask, the *same* mask. A silent unit has no say, so no gradient.

    Parameters
    ----------
    dY, mask : arrays of one shape

    Returns
    -------
    dX : array like dY

    Examples
    --------
    >>> dropout_backward([1.0, 1.0, -1.0], [2.0, 0.0, 2.0])
    array([ 2.,  0., -2.])
    """
    dY = as_float_array(dY, "dY")
    return dropout_forward(dY, mask)
