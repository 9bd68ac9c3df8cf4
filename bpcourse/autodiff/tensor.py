"""An array that remembers how it was made.

Every operation on a Tensor goes through one function, ``apply``. It looks the gate up in the table of
primitives, computes the result, and notes beside it the operands (its *parents*) and the rules for the way
back. So a formula, written as for arrays, leaves its graph behind. Where no operand wants a gradient, nothing
is noted: data and numbers cost no more than their arithmetic.
"""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_array
from bpcourse.autodiff.primitives import PRIMITIVES
from bpcourse.autodiff.sweep import recording, sweep
from bpcourse.autodiff.words import Refusals, check_exponent, check_key, misfit, own_name

Axis = int | tuple[int, ...] | None
DATA, REQUIRES_GRAD = attrgetter("data"), attrgetter("requires_grad")


class Tensor(Refusals):
    """An array, how it was made, and after ``backward()`` how the loss answers to each of its entries.

    Parameters
    ----------
    data : array
        Kept, not copied, if it is a float array: an update of it in place is seen by both.
    requires_grad : bool
        Whether a gradient is wanted. Plain arrays and numbers in a formula count as constants, without one.
    label : str
        A name for a picture of the graph.

    Attributes
    ----------
    grad : array like data, or None
        ∂L/∂data after ``L.backward()``. Several backward passes add up, until ``zero_grad``.
    parents : tuple of Tensor
        The operands it was computed from; empty for a leaf.
    op : str
        What was done with them; empty for a leaf.

    Notes
    -----
    Between a forward pass and its backward pass, change no array in place that the formula has used: the
    slopes would be taken from the new numbers. Updates belong after ``backward``, on ``data``:
    ``W.data -= 0.1 * W.grad``.

    Examples
    --------
    >>> W = Tensor([[1.0, 2.0], [3.0, 4.0]])
    >>> loss = (np.array([[1.0, 10.0]]) @ W).sum()
    >>> loss.backward()
    >>> W.grad
    array([[ 1.,  1.],
           [10., 10.]])
    """

    __slots__ = ("__weakref__", "data", "gate", "grad", "label", "op", "parents", "requires_grad")

    def __init__(self, data: ArrayLike, *, requires_grad: bool = True, label: str = ""):
        if isinstance(data, Tensor):
            raise TypeError("data is a Tensor already")
        self.data = as_real_array(data)
        self.grad = None
        self.requires_grad = requires_grad
        self.label = label
        self.parents, self.op, self.gate = (), "", None

    def backward(self, *, retain_graph: bool = False) -> None:
        """Find how this number answers to every Tensor that it was computed from.

        Leaves get their gradient in ``grad``, added to what is there. The graph is freed on the way.

        Parameters
        ----------
        retain_graph : bool
            Keep the graph, for a second backward pass or a picture, and keep the gradients of the nodes in
            between, too.

        Raises
        ------
        ValueError
            If this Tensor is not a single number, or has no graph behind it.
        RuntimeError
            If the graph was freed before.

        Notes
        -----
        Eq. (7.1) at every gate, in the order of Eq. (7.2).

        Examples
        --------
        >>> x = Tensor(3.0)
        >>> (x * x).backward()
        >>> x.grad
        array(6.)
        """
        if self.data.size != 1:
            raise ValueError(
                f"backward starts from a single number, but this Tensor has shape {self.shape};"
                " take its sum() or mean() first"
            )
        if not self.requires_grad:
            raise ValueError(
                "there is no graph behind this Tensor: it was computed under no_grad, or from constants only"
            )
        sweep(self, retain_graph=retain_graph)

    def __add__(self, other: ArrayLike) -> "Tensor":
        return apply("add", self, other)

    def __radd__(self, other: ArrayLike) -> "Tensor":
        return apply("add", other, self)

    def __sub__(self, other: ArrayLike) -> "Tensor":
        return apply("subtract", self, other)

    def __rsub__(self, other: ArrayLike) -> "Tensor":
        return apply("subtract", other, self)

    def __mul__(self, other: ArrayLike) -> "Tensor":
        return apply("multiply", self, other)

    def __rmul__(self, other: ArrayLike) -> "Tensor":
        return apply("multiply", other, self)

    def __truediv__(self, other: ArrayLike) -> "Tensor":
        return apply("divide", self, other)

    def __rtruediv__(self, other: ArrayLike) -> "Tensor":
        return apply("divide", other, self)

    def __matmul__(self, other: ArrayLike) -> "Tensor":
        return matmul(self, other)

    def __rmatmul__(self, other: ArrayLike) -> "Tensor":
        return matmul(other, self)

    def __pow__(self, n: float) -> "Tensor":
        check_exponent(n)
        return apply("power", self, n=n)

    def __neg__(self) -> "Tensor":
        return apply("negative", self)

    def __getitem__(self, key: Any) -> "Tensor":
        check_key(key, Tensor)
        return apply("index", self, key=key)

    def __iter__(self) -> Iterator["Tensor"]:
        return (self[row] for row in range(len(self)))

    def __len__(self) -> int:
        return len(self.data)

    def __float__(self) -> float:
        return float(self.data)

    def exp(self) -> "Tensor":
        """e to each entry."""
        return apply("exp", self)

    def log(self) -> "Tensor":
        """The natural logarithm of each entry."""
        return apply("log", self)

    def sqrt(self) -> "Tensor":
        """The square root of each entry."""
        return apply("sqrt", self)

    def tanh(self) -> "Tensor":
        """The S-shaped curve from -1 to 1."""
        return apply("tanh", self)

    def sigmoid(self) -> "Tensor":
        """The S-shaped curve from 0 to 1."""
        return apply("sigmoid", self)

    def relu(self) -> "Tensor":
        """max(a, 0). At 0, where there is no slope, 0 is taken."""
        return apply("relu", self)

    def softplus(self) -> "Tensor":
        """log(1 + e^a), which cannot overflow."""
        return apply("softplus", self)

    def maximum(self, other: ArrayLike) -> "Tensor":
        """The larger of two, entry by entry. Equal ones get half of the gradient each."""
        return apply("maximum", self, other)

    def sum(self, axis: Axis = None, keepdims: bool = False) -> "Tensor":
        """The sum, of all entries or along an axis."""
        return apply("sum", self, axis=axis, keepdims=keepdims)

    def mean(self, axis: Axis = None, keepdims: bool = False) -> "Tensor":
        """The mean, of all entries or along an axis."""
        return apply("mean", self, axis=axis, keepdims=keepdims)

    def max(self, axis: Axis = None, keepdims: bool = False) -> "Tensor":
        """The largest entry, of all or along an axis. Several largest ones share the gradient equally."""
        return apply("max", self, axis=axis, keepdims=keepdims)

    def logsumexp(self, axis: Axis = None, keepdims: bool = False) -> "Tensor":
        """log Σ e^a, of all entries or along an axis; no exponential of a large number is taken."""
        return apply("logsumexp", self, axis=axis, keepdims=keepdims)

    def reshape(self, *shape: int | tuple[int, ...]) -> "Tensor":
        """The same entries in another shape."""
        return apply("reshape", self, shape=shape[0] if len(shape) == 1 else shape)

    def transpose(self, *axes: int | tuple[int, ...]) -> "Tensor":
        """The axes in another order; without arguments, reversed."""
        axes = axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else axes
        return apply("transpose", self, axes=axes or None)

    @property
    def T(self) -> "Tensor":
        """The transpose."""
        return self.transpose()

    @property
    def shape(self) -> tuple[int, ...]:
        """That of the data."""
        return self.data.shape

    @property
    def ndim(self) -> int:
        """The number of axes."""
        return self.data.ndim

    def __repr__(self) -> str:
        op = f", op={self.op!r}" if self.op else ""
        return f"Tensor({np.array2string(self.data, prefix='Tensor(')}{op})"

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *operands: Any, **options: Any) -> "Tensor":
        how = "" if method == "__call__" else f".{method}"
        name = own_name(ufunc, how + "".join(f" with {option}=" for option in options))
        first, *others = operands
        return getattr(first if isinstance(first, Tensor) else constant(first, others), name)(*others)

    def __array_function__(self, function: Any, types: Any, args: Any, options: Any) -> "Tensor":
        if function is np.concatenate:
            return concatenate(*args, **options)
        return getattr(Tensor, own_name(function))(*args, **options)


def concatenate(tensors: Sequence[ArrayLike | Tensor], axis: int = 0) -> Tensor:
    """Join Tensors (or arrays) along an axis."""
    return apply("concatenate", *tensors, axis=axis)


def maximum(a: ArrayLike | Tensor, b: ArrayLike | Tensor) -> Tensor:
    """The larger of two, entry by entry. Equal ones get half of the gradient each."""
    return apply("maximum", a, b)


def matmul(a: ArrayLike | Tensor, b: ArrayLike | Tensor) -> Tensor:
    """The matrix product. As in NumPy, a vector is one row on the left, and one column on the right.

    Notes
    -----
    Eq. (7.4), the rule of this gate: Ā = G Bᵀ and B̄ = Aᵀ G, where a bar means ∂L/∂ that matrix.
    """
    a = a if isinstance(a, Tensor) else constant(a, [b])
    b = b if isinstance(b, Tensor) else constant(b, [a])
    if b.data.ndim == 1:
        return matmul(a, b.reshape(-1, 1))[..., 0]
    if a.data.ndim == 1:
        return matmul(a.reshape(1, -1), b)[..., 0, :]
    return apply("matmul", a, b)


def apply(name: str, *operands: ArrayLike | Tensor, **options: Any) -> Tensor:
    """Compute a primitive of the table, and note how."""
    sign, forward, rules = PRIMITIVES[name]
    nodes = tuple([x if isinstance(x, Tensor) else constant(x, operands) for x in operands])
    arrays = [*map(DATA, nodes)]
    try:
        data = forward(*arrays, **options)
    except ValueError as error:
        raise ValueError(misfit(sign, arrays, error)) from None
    if recording.get() and any(map(REQUIRES_GRAD, nodes)):
        return _result(data, nodes, sign, (rules, arrays, options))
    return Tensor(data, requires_grad=False)


def _result(data, parents, op, gate):
    """Return a Tensor that was computed: quicker than the constructor, which looks at what it is given."""
    result = Tensor.__new__(Tensor)
    result.data = data if type(data) is np.ndarray else np.asarray(data)
    result.grad, result.label, result.requires_grad = None, "", True
    result.parents, result.op, result.gate = parents, op, gate
    return result


def constant(x: ArrayLike, beside: Sequence[ArrayLike | Tensor]) -> Tensor:
    """Return a plain number or array as a Tensor without gradient.

    A number, and an array of whole numbers, takes the type of the Tensor beside it.
    """
    if isinstance(x, (int, float)) or (isinstance(x, np.ndarray) and x.dtype.kind in "biu"):
        x = np.asarray(x, next((t.data.dtype for t in beside if isinstance(t, Tensor)), float))
    return Tensor(x, requires_grad=False)


def as_real_array(data: ArrayLike) -> NDArray:
    """Return the data as an array of floats."""
    array = as_float_array(data, "data")
    if array.dtype.kind == "c":
        raise TypeError("data holds complex numbers; a Tensor holds real ones")
    return array

