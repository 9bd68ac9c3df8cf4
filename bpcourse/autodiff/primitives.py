"""The table of primitives: what is computed, and how a gradient goes back through it.

A primitive is a gate whose operands are arrays. ``forward(a, b)`` returns the result c. For each operand
there is one rule: given G = ∂L/∂c, the gradient that arrives at the gate, it returns the operand's share,
∂L/∂a or ∂L/∂b. Every rule is Eq. (7.1), one line of mathematics::

    ∂L/∂a = G · ∂c/∂a

For a gate that works entry by entry this is a product of arrays. Where an operand was broadcast, the share
that comes out of the line is still as large as c; ``unbroadcast``, Eq. (7.3), brings it back to the shape of
the operand afterwards, so that no line has to think of it. For the matrix product the sum over all paths
gives Eq. (7.4).

The rules of a row are called with G, c, and the operands; the options of a gate (an axis, a shape) follow by
name. What takes more than one line has a name, and stands above the table.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import count
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Rule = Callable[..., NDArray]


class Primitive(NamedTuple):
    """A gate: its sign in a picture and in a message, its forward function, and a rule for each operand."""

    sign: str
    forward: Callable[..., NDArray]
    rules: Iterable[Rule]


class _Each:
    """The rules of a gate with any number of operands: one rule that is told the number of the operand."""

    def __init__(self, rule: Rule):
        self.rule = rule

    def __iter__(self) -> Iterator[Rule]:
        return (partial(self.rule, number) for number in count())


def unbroadcast(G: NDArray, shape: tuple[int, ...]) -> NDArray:
    """Bring a gradient back to the shape that its operand had before broadcasting.

    Parameters
    ----------
    G : array
        The gradient, in the shape of the result.
    shape : tuple of ints
        That of the operand.

    Returns
    -------
    array of that shape
        `G` itself if nothing was broadcast.

    Raises
    ------
    ValueError
        If an array of that shape cannot be broadcast to the shape of `G`.

    Notes
    -----
    Eq. (7.3): sum over every axis that was stretched or added. Broadcasting uses one number several times,
    and across paths the gradients add.

    Examples
    --------
    >>> unbroadcast(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), (1, 3))
    array([[5., 7., 9.]])
    """
    if G.shape == shape:
        return G
    added = G.ndim - len(shape)
    stretched = [axis for axis, n in enumerate(shape, added) if n == 1]
    if added < 0 or any([n != 1 and n != m for n, m in zip(shape, G.shape[added:], strict=True)]):
        raise ValueError(f"an operand of shape {shape} cannot have been broadcast to shape {G.shape}")
    return G.sum(axis=(*range(added), *stretched)).reshape(shape)


def _kept(G, a, axis):
    """Return what a reduction of `a` along some axes gave, with these axes put back, of length 1."""
    if axis is None or G.ndim == a.ndim:
        return G
    shape = list(a.shape)
    for i in axis if isinstance(axis, tuple) else (axis,):
        shape[i] = 1
    return G.reshape(shape)


def _spread(G, a, axis):
    """Return an array like `a`: every entry gets what arrives at the sum that it went into."""
    return np.full(a.shape, _kept(G, a, axis))


def _relu(a):
    return np.maximum(a, np.zeros(a.shape[-1:], a.dtype))  # a row of zeros: twice as fast as the number 0


def _sigmoid(a):
    return 0.5 + 0.5 * np.tanh(0.5 * a)  # 1 / (1 + e^-a), without an exponential that may overflow


def _logsumexp(a, axis, keepdims):
    top = a.max(axis=axis, keepdims=True)
    E = a - top  # so that no exponential is larger than 1
    c = np.log(np.exp(E, out=E).sum(axis=axis, keepdims=True))
    c += top
    return c if keepdims else c.squeeze(axis)


def _mean(a, axis, keepdims):
    total = a.sum(axis=axis, keepdims=keepdims)
    return total / (a.size / total.size)


def _highest(G, c, a, axis):
    """Several largest entries share the gradient equally."""
    highest = a == _kept(c, a, axis)
    return _kept(G, a, axis) * highest / highest.sum(axis=axis, keepdims=True)


def _higher(G, a, b):
    """The larger of two entries gets the gradient; equal ones get half of it each."""
    return G * (a > b) + G * 0.5 * (a == b)


def _scatter(G, a, key):
    """Put each entry where it was taken from; where one was taken twice, add."""
    dA = np.zeros(a.shape, G.dtype)
    np.add.at(dA, key, G)
    return dA


def _piece(number, G, c, *operands, axis):
    """Cut out of G what one operand had put into the row."""
    ends = np.cumsum([a.shape[axis] for a in operands])
    return np.split(G, ends[:-1], axis=axis)[number]


def _T(a):
    return a.swapaxes(-1, -2)  # of each matrix, where there is a stack of them


def _undone(G, axes):
    return G.transpose() if axes is None else G.transpose(np.argsort(np.mod(axes, G.ndim)))


#: Every operation that a Tensor knows. G is the gradient that arrives, c the result, a and b the operands.
PRIMITIVES: dict[str, Primitive] = {
    "add": Primitive("+", lambda a, b: a + b, (lambda G, c, a, b: G, lambda G, c, a, b: G)),
    "subtract": Primitive("-", lambda a, b: a - b, (lambda G, c, a, b: G, lambda G, c, a, b: -G)),
    "multiply": Primitive("*", lambda a, b: a * b, (lambda G, c, a, b: G * b, lambda G, c, a, b: G * a)),
    "divide": Primitive("/", lambda a, b: a / b, (lambda G, c, a, b: G / b, lambda G, c, a, b: -G * c / b)),
    "matmul": Primitive(
        "@", lambda a, b: a @ b, (lambda G, c, a, b: G @ _T(b), lambda G, c, a, b: _T(a) @ G)
    ),
    "maximum": Primitive(
        "maximum", np.maximum, (lambda G, c, a, b: _higher(G, a, b), lambda G, c, a, b: _higher(G, b, a))
    ),
    "negative": Primitive("-", lambda a: -a, (lambda G, c, a: -G,)),
    "power": Primitive(
        "**", lambda a, n: a**n, (lambda G, c, a, n: G * n * a ** (n - 1) if n else np.zeros_like(a),)
    ),
    "exp": Primitive("exp", lambda a: np.exp(a), (lambda G, c, a: G * c,)),
    "log": Primitive("log", lambda a: np.log(a), (lambda G, c, a: G / a,)),
    "sqrt": Primitive("sqrt", lambda a: np.sqrt(a), (lambda G, c, a: G * 0.5 / c,)),
    "tanh": Primitive("tanh", lambda a: np.tanh(a), (lambda G, c, a: G * (1 - c * c),)),
    "sigmoid": Primitive("sigmoid", _sigmoid, (lambda G, c, a: G * c * (1 - c),)),
    "relu": Primitive("relu", _relu, (lambda G, c, a: G * (c > 0),)),
    "softplus": Primitive("softplus", lambda a: np.logaddexp(0, a), (lambda G, c, a: G * _sigmoid(a),)),
    "sum": Primitive(
        "sum",
        lambda a, axis, keepdims: a.sum(axis=axis, keepdims=keepdims),
        (lambda G, c, a, axis, keepdims: _spread(G, a, axis),),
    ),
    "mean": Primitive(
        "mean", _mean, (lambda G, c, a, axis, keepdims: _spread(G * c.size / a.size, a, axis),)
    ),
    "max": Primitive(
        "max",
        lambda a, axis, keepdims: a.max(axis=axis, keepdims=keepdims),
        (lambda G, c, a, axis, keepdims: _highest(G, c, a, axis),),
    ),
    "logsumexp": Primitive(
        "logsumexp",
        _logsumexp,
        (lambda G, c, a, axis, keepdims: _kept(G, a, axis) * np.exp(a - _kept(c, a, axis)),),
    ),
    "reshape": Primitive("reshape", np.reshape, (lambda G, c, a, shape: G.reshape(a.shape),)),
    "transpose": Primitive("transpose", np.transpose, (lambda G, c, a, axes: _undone(G, axes),)),
    "index": Primitive("[]", lambda a, key: a[key], (lambda G, c, a, key: _scatter(G, a, key),)),
    "concatenate": Primitive("concatenate", lambda *a, axis: np.concatenate(a, axis), _Each(_piece)),
}
