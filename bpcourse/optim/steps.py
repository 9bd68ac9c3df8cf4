"""One step of each method, one equation each.

``params`` and ``grads`` are dictionaries with the same names and shapes, as the network uses them. A step is
the one thing in this package that changes what it is given: it writes into the arrays of ``params``, and of
what the method remembers. ``grads`` it leaves as they are, unless it is told that they may be overwritten.

============  ====================================  ==================================
method        remembers                             moves by
============  ====================================  ==================================
SGD           nothing                               -η g
momentum      v ← β v - η g                         v
Nesterov      v ← β v - η g                         β v - η g
RMSProp       s ← ρ s + (1 - ρ) g²                  -η g / (√s + ε)
Adam          m ← β₁ m + (1 - β₁) g,                -η m̂ / (√v̂ + ε), with
              v ← β₂ v + (1 - β₂) g²                m̂ = m/(1 - β₁ᵗ), v̂ = v/(1 - β₂ᵗ)
AMSGrad       m and v as Adam, and max v            the same, with the largest v so far
============  ====================================  ==================================
"""

import numpy as np
from numpy.typing import NDArray

from bpcourse._arrays import check_count, check_number

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
    Eq. (12.1): v ← β v - η ∂L/∂W, then W ← W + v. The velocity carries the minus sign, so it is added.

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


def nesterov_step(
    params: Arrays,
    grads: Arrays,
    velocity: Arrays,
    *,
    learning_rate: float,
    momentum: float = 0.9,
    overwrite_grads: bool = False,
) -> None:
    """One step of Nesterov's momentum, in place: look ahead first, then take the gradient there.

    Parameters
    ----------
    params, grads, velocity, learning_rate, momentum, overwrite_grads
        As for ``momentum_step``.

    Notes
    -----
    Eq. (12.4): v ← β v - η ∂L/∂W, then W ← W + β v - η ∂L/∂W. Nesterov takes the gradient not at W but
    where the velocity is about to carry it, W + β v. Here `params` are that point already, which saves moving
    there and back at every step.

    References
    ----------
    Sutskever, Martens, Dahl, Hinton (2013), On the importance of initialization and momentum in deep
    learning, ICML, pp. 1139-1147.

    Examples
    --------
    >>> params, velocity = {"w": np.array([1.0])}, {"w": np.array([-1.0])}
    >>> nesterov_step(params, {"w": np.array([2.0])}, velocity, learning_rate=0.1, momentum=0.5)
    >>> velocity["w"], params["w"]
    (array([-0.7]), array([0.45]))
    """
    check_number("learning_rate", learning_rate, low=0)
    check_number("momentum", momentum, low=0, high=1)
    check_step(params, grads=grads, velocity=velocity)
    for name, param in params.items():
        v, grad = velocity[name], grads[name]
        pull = np.multiply(grad, learning_rate, out=grad if overwrite_grads else None)
        v *= momentum
        v -= pull
        param -= pull
        param += np.multiply(v, momentum, out=pull)


def rmsprop_step(
    params: Arrays,
    grads: Arrays,
    squares: Arrays,
    *,
    learning_rate: float,
    rho: float = 0.9,
    eps: float = 1e-8,
    overwrite_grads: bool = False,
) -> None:
    """One step of RMSProp, in place: each entry by its gradient over the recent size of that gradient.

    Parameters
    ----------
    params : dict of float arrays
        Changed in place.
    grads : dict of arrays like params
    squares : dict of arrays like params
        The running mean of the squared gradients, zeros at the start. Changed in place.
    learning_rate : float
    rho : float, from 0 to 1
        How much of the running mean is kept.
    eps : float
        Added to the root, so that an entry whose gradients are all 0 does not divide by 0.
    overwrite_grads : bool
        As for ``sgd_step``.

    Notes
    -----
    Eq. (12.2): s ← ρ s + (1 - ρ) g², then W ← W - η g / (√s + ε).

    References
    ----------
    Tieleman, Hinton (2012), Lecture 6.5: rmsprop, Coursera, Neural networks for machine learning.

    Examples
    --------
    >>> params, squares = {"w": np.array([1.0])}, {"w": np.array([0.0])}
    >>> rmsprop_step(params, {"w": np.array([2.0])}, squares, learning_rate=0.1, rho=0.75, eps=0)
    >>> squares["w"], params["w"]
    (array([1.]), array([0.8]))
    """
    check_number("learning_rate", learning_rate, low=0)
    check_fractions(rho=rho)
    check_number("eps", eps, low=0)
    check_step(params, grads=grads, squares=squares)
    for name, param in params.items():
        s, grad = squares[name], grads[name]
        scratch = np.multiply(grad, grad)
        _mix(s, scratch, rho, scratch)
        root = np.sqrt(s, out=scratch)
        move = np.multiply(grad, learning_rate, out=grad if overwrite_grads else None)
        param -= _over(move, root, eps)


def adam_step(
    params: Arrays,
    grads: Arrays,
    mean: Arrays,
    squares: Arrays,
    t: int,
    *,
    learning_rate: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
    largest: Arrays | None = None,
) -> None:
    """One step of Adam, in place; with `largest`, of AMSGrad.

    Parameters
    ----------
    params : dict of float arrays
        Changed in place.
    grads : dict of arrays like params
        Never changed.
    mean, squares : dicts of arrays like params
        m and v, the running means of the gradients and of their squares, zeros at the start. Changed in
        place.
    t : int
        The number of this step, from 1.
    learning_rate : float
    beta1, beta2 : float, from 0 up to but not including 1
        How much of m and of v is kept.
    eps : float
    largest : dict of arrays like params, optional
        For AMSGrad: the largest v so far, entry by entry, zeros at the start. Changed in place, and used in
        place of v, so that the rate of an entry never grows again.

    Notes
    -----
    Eq. (12.3): m ← β₁ m + (1 - β₁) g and v ← β₂ v + (1 - β₂) g²; m̂ = m / (1 - β₁ᵗ) and v̂ = v / (1 - β₂ᵗ)
    undo the zeros of the start; W ← W - η m̂ / (√v̂ + ε). Eq. (12.5), AMSGrad: with max(v of all steps) for
    v.

    References
    ----------
    Kingma, Ba (2015), Adam: a method for stochastic optimization, ICLR, algorithm 1. Reddi, Kale, Kumar
    (2018), On the convergence of Adam and beyond, ICLR, algorithm 2 (there without the corrections m̂ and
    v̂).

    Examples
    --------
    >>> params, m, v = {"w": np.array([1.0])}, {"w": np.array([0.0])}, {"w": np.array([0.0])}
    >>> adam_step(params, {"w": np.array([4.0])}, m, v, 1, learning_rate=0.1, beta1=0.5, beta2=0.75, eps=0)
    >>> params["w"], m["w"], v["w"]
    (array([0.9]), array([2.]), array([4.]))
    """
    _check_adam(t, learning_rate, beta1, beta2, eps)
    check_step(params, grads=grads, mean=mean, squares=squares, **({"largest": largest} if largest else {}))
    rate, correction = learning_rate / (1 - beta1**t), 1 / np.sqrt(1 - beta2**t)
    for name, param in params.items():
        m, v, grad = mean[name], squares[name], grads[name]
        scratch = np.empty_like(param)  # one of this size: from a megabyte on, more cost more than the sums
        _mix(m, grad, beta1, scratch)
        _mix(v, np.multiply(grad, grad, out=scratch), beta2, scratch)
        if largest:
            v = np.maximum(largest[name], v, out=largest[name])
        root = np.sqrt(v, out=scratch)
        root *= correction
        move = _over(m, root, eps)
        move *= rate
        param -= move


def _check_adam(t: int, learning_rate: float, beta1: float, beta2: float, eps: float) -> None:
    check_count("t", t)
    check_number("learning_rate", learning_rate, low=0)
    check_fractions(beta1=beta1, beta2=beta2)
    check_number("eps", eps, low=0)


def _mix(average: NDArray, new: NDArray, keep: float, scratch: NDArray) -> None:
    """average ← keep · average + (1 - keep) · new, in place."""
    average *= keep
    average += np.multiply(new, 1 - keep, out=scratch)


def _over(numerator: NDArray, root: NDArray, eps: float) -> NDArray:
    """Return numerator / (root + ε), written into root. Without an ε, 0 / 0 is 0: no gradient, no step."""
    if eps:
        root += eps
        return np.divide(numerator, root, out=root)
    return np.divide(numerator, root, out=root, where=root != 0)


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


def check_fractions(**named: float) -> None:
    """Raise unless each is from 0 up to but not including 1: at 1 nothing new would ever be taken in."""
    for name, value in named.items():
        check_number(name, value, low=0, high=1)
        if value == 1:
            raise ValueError(f"{name} is 1; it must be below 1, or no new gradient is ever taken in")


def kind(value) -> str:
    """Return in words what a value is instead of an array of floats."""
    return f"an array of {value.dtype}" if isinstance(value, np.ndarray) else f"a {type(value).__name__}"
