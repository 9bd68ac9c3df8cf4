"""What to do with a gradient: take a step against it.

``params`` and ``grads`` are dictionaries with the same names and shapes, as the network uses them. A step is
the one thing in this package that changes what it is given: it writes into the arrays of ``params`` (and of
``velocity``), and leaves ``grads`` as they are.
"""

import numpy as np
from numpy.typing import NDArray

from bpcourse._arrays import check_number

Arrays = dict[str, NDArray]

BLOCK = 2**15  # numbers in a block of ``descend``: 256 KB in float64


def sgd_step(params: Arrays, grads: Arrays, *, learning_rate: float) -> None:
    """One step of gradient descent, in place: the arrays of `params` are changed.

    Parameters
    ----------
    params : dict of float arrays
        Changed in place.
    grads : dict of arrays like params
        ∂L/∂ each of them.
    learning_rate : float

    Raises
    ------
    ValueError, TypeError
        If a name or a shape differs, or if a parameter holds whole numbers, which cannot take a small step.

    Notes
    -----
    Eq. (6.1): W ← W - η ∂L/∂W.

    Examples
    --------
    >>> params = {"W1": np.array([[1.0, 2.0]])}
    >>> sgd_step(params, {"W1": np.array([[10.0, -10.0]])}, learning_rate=0.1)
    >>> params["W1"]
    array([[0., 3.]])
    """
    check_number("learning_rate", learning_rate, low=0)
    check_step(params, grads)
    for name, param in params.items():
        descend(param, grads[name], learning_rate)


def momentum_step(
    params: Arrays, grads: Arrays, velocity: Arrays, *, learning_rate: float, momentum: float = 0.9
) -> None:
    """One step of gradient descent with momentum, in place: `params` and `velocity` are changed.

    Parameters
    ----------
    params : dict of float arrays
        Changed in place.
    grads : dict of arrays like params
    velocity : dict of arrays like params
        The step before this one, zeros at the start. Changed in place: keep it for the next step.
    learning_rate : float
    momentum : float, from 0 to 1
        How much of the step before is repeated.

    Raises
    ------
    ValueError, TypeError
        If a name or a shape differs, or if a parameter holds whole numbers.

    Notes
    -----
    v ← β v - η ∂L/∂W, then W ← W + v. The velocity carries the minus sign, so it is added.

    References
    ----------
    Rumelhart, Hinton, Williams (1986), Learning representations by back-propagating errors, Nature 323,
    pp. 533-536.

    Examples
    --------
    >>> params, velocity = {"w": np.array([1.0])}, {"w": np.array([-1.0])}
    >>> momentum_step(params, {"w": np.array([2.0])}, velocity, learning_rate=0.1, momentum=0.9)
    >>> velocity["w"], params["w"]
    (array([-1.1]), array([-0.1]))
    """
    check_number("learning_rate", learning_rate, low=0)
    check_number("momentum", momentum, low=0, high=1)
    check_step(params, grads, velocity)
    for name, param in params.items():
        v = velocity[name]
        v *= momentum
        descend(v, grads[name], learning_rate)
        param += v


class SGD:
    """Gradient descent, as an object that a training loop can hold.

    Parameters
    ----------
    learning_rate : float

    Examples
    --------
    >>> params = {"w": np.array([1.0])}
    >>> SGD(learning_rate=0.5).step(params, {"w": np.array([1.0])})
    >>> params["w"]
    array([0.5])
    """

    def __init__(self, learning_rate: float):
        check_number("learning_rate", learning_rate, low=0)
        self.learning_rate = learning_rate

    def step(self, params: Arrays, grads: Arrays) -> None:
        """Change `params` in place by one ``sgd_step``."""
        sgd_step(params, grads, learning_rate=self.learning_rate)

    def __repr__(self) -> str:
        return f"SGD(learning_rate={self.learning_rate})"


class Momentum:
    """Gradient descent with momentum, as an object that keeps the velocity between the steps.

    Parameters
    ----------
    learning_rate : float
    momentum : float, from 0 to 1

    Attributes
    ----------
    velocity : dict of arrays
        Empty before the first step.

    Examples
    --------
    >>> params = {"w": np.array([1.0])}
    >>> optimizer = Momentum(learning_rate=0.5, momentum=0.5)
    >>> for _ in range(2):
    ...     optimizer.step(params, {"w": np.array([1.0])})
    >>> params["w"]
    array([-0.25])
    """

    def __init__(self, learning_rate: float, momentum: float = 0.9):
        check_number("learning_rate", learning_rate, low=0)
        check_number("momentum", momentum, low=0, high=1)
        self.learning_rate = learning_rate
        self.momentum = momentum
        self.velocity: Arrays = {}

    def step(self, params: Arrays, grads: Arrays) -> None:
        """Change `params` in place by one ``momentum_step``."""
        if not self.velocity:
            self.velocity = {name: np.zeros_like(param) for name, param in params.items()}
        momentum_step(
            params, grads, self.velocity, learning_rate=self.learning_rate, momentum=self.momentum
        )

    def __repr__(self) -> str:
        return f"Momentum(learning_rate={self.learning_rate}, momentum={self.momentum})"


def descend(param: NDArray, direction: NDArray, rate: float) -> None:
    """Subtract ``rate * direction`` from `param`, in place, a block of rows at a time.

    The product is a second array. For a large layer, one of the full size costs several times the arithmetic,
    because the memory for it is taken from the operating system and given back in every step. A block stays
    in the processor's cache.
    """
    if param.size <= BLOCK:
        param -= rate * direction
        return
    rows = max(1, BLOCK * len(param) // param.size)
    for start in range(0, len(param), rows):
        param[start : start + rows] -= rate * direction[start : start + rows]


def check_step(params: Arrays, grads: Arrays, velocity: Arrays | None = None) -> None:
    """Raise unless all three have the same names and shapes, and what is to be changed holds floats."""
    check_floats(params, "params")
    check_like(params, grads, "grads")
    if velocity is not None:
        check_like(params, velocity, "velocity")
        check_floats(velocity, "velocity")


def check_like(params: Arrays, arrays: Arrays, what: str) -> None:
    """Raise unless `arrays` has the names and shapes of `params`."""
    if arrays.keys() != params.keys():
        raise ValueError(f"params holds {list(params)} but {what} holds {list(arrays)}")
    for name, param in params.items():
        array = arrays[name]
        if not isinstance(array, np.ndarray):
            raise TypeError(f"{what}['{name}'] must be an array, not {type(array).__name__}")
        if array.shape != param.shape:
            raise ValueError(
                f"{what}['{name}'] has shape {array.shape} but params['{name}'] has shape {param.shape}"
            )


def check_floats(arrays: Arrays, what: str) -> None:
    """Raise unless all of them are arrays that can take a small step in place."""
    for name, array in arrays.items():
        if not isinstance(array, np.ndarray) or array.dtype.kind not in "fc":
            kind = getattr(array, "dtype", type(array).__name__)
            raise TypeError(f"{what}['{name}'] is changed in place: it must hold floats, not {kind}")
