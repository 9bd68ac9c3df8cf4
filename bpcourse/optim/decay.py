"""Pull the weights a little towards 0 at every step, in the two ways that bear the same name.

*Coupled*: λ/2 Σ w² is added to the loss, so λ w is added to the gradient, and the method does with it
whatever it does with gradients. *Decoupled*: the weights are shrunk by η λ w, beside the method's own step.
For plain descent both are the same. For Adam, which divides a gradient by its recent size, they are not:
coupled, a weight with large gradients is hardly pulled at all.
"""

from numpy.typing import NDArray

from bpcourse._arrays import check_number

Arrays = dict[str, NDArray]


def add_weight_decay(params: Arrays, grads: Arrays, *, weight_decay: float) -> Arrays:
    """Coupled weight decay: the gradients of L + λ/2 Σ w². Only weights are pulled,
    those whose names begin with W; biases, scales and shifts are left as they are.

    Parameters
    ----------
    params, grads : dicts of arrays
    weight_decay : float
        λ.

    Returns
    -------
    grads : dict of arrays
        New ones.

    Notes
    -----
    Eq. (12.6): g ← g + λ W.

    Examples
    --------
    >>> import numpy as np
    >>> params = {"W1": np.array([4.0]), "b1": np.array([4.0])}
    >>> grads = {"W1": np.array([1.0]), "b1": np.array([1.0])}
    >>> add_weight_decay(params, grads, weight_decay=0.5)
    {'W1': array([3.]), 'b1': array([1.])}
    """
    check_number("weight_decay", weight_decay, low=0)
    return {
        name: grad + weight_decay * params[name] if name.startswith("W") else grad
        for name, grad in grads.items()
    }


def decay_weights(params: Arrays, *, learning_rate: float, weight_decay: float) -> None:
    """Decoupled weight decay, in place: each weight loses the share η λ of itself. What is not a
    weight, by a name that begins with W, loses nothing.

    Parameters
    ----------
    params : dict of float arrays
        Changed in place.
    learning_rate, weight_decay : float
        η and λ.

    Notes
    -----
    Eq. (12.7): W ← W - η λ W, beside the step of the method.

    References
    ----------
    Loshchilov, Hutter (2019), Decoupled weight decay regularization, ICLR, algorithm 2.

    Examples
    --------
    >>> import numpy as np
    >>> params = {"W1": np.array([4.0]), "b1": np.array([4.0])}
    >>> decay_weights(params, learning_rate=0.5, weight_decay=0.5)
    >>> params
    {'W1': array([3.]), 'b1': array([4.])}
    """
    check_number("learning_rate", learning_rate, low=0)
    check_number("weight_decay", weight_decay, low=0)
    for name, param in params.items():
        if name.startswith("W"):
            param *= 1 - learning_rate * weight_decay
