"""What to do with a gradient: take a step against it.

``params`` and ``grads`` are dictionaries with the same names and shapes, as the network uses them. A step is
the one thing in this package that changes what it is given: it writes into the arrays of ``params`` (and of
``velocity``). ``grads`` it leaves as they are, unless it is told that they may be overwritten.
"""

import numpy as np
from numpy.typing import NDArray

from bpcourse._arrays import check_number

Arrays = dict[str, NDArray]


def sgd_step(params: Arrays, grads: Arrays, *, learning_rate: float, overwrite_grads: bool = False) -> None:
    """One step of gradient descent, in place: the arrays of `params` are changed.

    Parameters
    ----------
    params : dict of float arrays
        Changed in place.
    grads : dict of arrays like params
        ∂L/∂ each of them.
    learning_rate : float
    overwrite_grads : bool
        Allow the step to use the gradients as scratch paper. A training loop has no use for them afterwards,
        and for a large layer a second array of its size costs more than the arithmetic.

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
    check_step(params, grads=grads)
    for name, param in params.items():
        grad = grads[name]
        param -= np.multiply(grad, learning_rate, out=grad if overwrite_grads else None)


def momentum_step(
    params: Arrays,
    grads: Arrays,
    velocity: Arrays,
    *,
    learning_rate: float,
    momentum: float = 0.9,
    overwrite_grads: bool = False,
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
    overwrite_grads : bool
        As for ``sgd_step``.

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
    check_step(params, grads=grads, velocity=velocity)
    for name, param in params.items():
        v, grad = velocity[name], grads[name]
        v *= momentum
        v -= np.multiply(grad, learning_rate, out=grad if overwrite_grads else None)
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

    def step(self, params: Arrays, grads: Arrays, *, overwrite_grads: bool = False) -> None:
        """Change `params` in place by one ``sgd_step``."""
        sgd_step(params, grads, learning_rate=self.learning_rate, overwrite_grads=overwrite_grads)

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

    def step(self, params: Arrays, grads: Arrays, *, overwrite_grads: bool = False) -> None:
        """Change `params` in place by one ``momentum_step``."""
        if not self.velocity:
            self.velocity = {name: np.zeros_like(param) for name, param in params.items()}
        settings = {"learning_rate": self.learning_rate, "momentum": self.momentum}
        momentum_step(params, grads, self.velocity, **settings, overwrite_grads=overwrite_grads)

    def __repr__(self) -> str:
        return f"Momentum(learning_rate={self.learning_rate}, momentum={self.momentum})"


def check_step(params: Arrays, **others: Arrays) -> None:
    """Raise unless the parameters hold floats, and the others have their names, shapes and kind."""
    for name, param in params.items():
        if not isinstance(param, np.ndarray) or param.dtype.kind not in "fc":
            raise TypeError(f"params['{name}'] must be an array of floats to take a step, not {kind(param)}")
    for what, arrays in others.items():
        if arrays.keys() != params.keys():
            raise ValueError(f"params holds {list(params)} but {what} holds {list(arrays)}")
        for name, param in params.items():
            array = arrays[name]
            if not isinstance(array, np.ndarray) or array.dtype.kind not in "fc":
                raise TypeError(f"{what}['{name}'] must be an array of floats, not {kind(array)}")
            if array.shape != param.shape:
                raise ValueError(
                    f"{what}['{name}'] has shape {array.shape}, but params['{name}'] has shape {param.shape}"
                )


def kind(value) -> str:
    """Return in words what a value is instead of an array of floats."""
    return f"an array of {value.dtype}" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"
