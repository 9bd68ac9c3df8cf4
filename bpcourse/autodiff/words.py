"""What a Tensor says to a call that it cannot answer, and which of NumPy's own functions it answers.

NumPy asks an argument that is no array of its own whether it wants to take a call over. A Tensor does:
``np.exp(t)`` is ``t.exp()``. Without this NumPy would compute with an unknown object, entry by entry, or fail
in words that help nobody.
"""

import operator
from collections.abc import Callable, Sequence
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

#: NumPy's functions, by the name of the Tensor's own.
NUMPY: dict[Callable, str] = {
    np.add: "__add__",
    np.subtract: "__sub__",
    np.multiply: "__mul__",
    np.divide: "__truediv__",
    np.matmul: "__matmul__",
    np.power: "__pow__",
    np.negative: "__neg__",
    np.maximum: "maximum",
    np.exp: "exp",
    np.log: "log",
    np.sqrt: "sqrt",
    np.tanh: "tanh",
    np.sum: "sum",
    np.mean: "mean",
    np.max: "max",
    np.reshape: "reshape",
    np.transpose: "transpose",
}
OPERATIONS = (
    "+ - * / @ ** [] exp log sqrt tanh sigmoid relu softplus logsumexp maximum sum mean max reshape transpose"
    " concatenate"
)


def no_such_operation(name: str) -> str:
    """Return the sentence for an operation that is not there."""
    return f"a Tensor has no operation {name!r}; there are: {OPERATIONS}"


def own_name(function: Callable, how: str = "") -> str:
    """Return the name of the Tensor's own method for one of NumPy's functions, or raise a TypeError."""
    if how or function not in NUMPY:
        raise TypeError(no_such_operation(f"np.{function.__name__}{how}"))
    return NUMPY[function]


def misfit(sign: str, arrays: Sequence[NDArray], error: ValueError) -> str:
    """Return the sentence for operands whose shapes an operation cannot take."""
    shapes = " and ".join(str(array.shape) for array in arrays)
    if len(arrays) != 2:
        return f"{sign} is not possible for shape {shapes}: {error}"
    why = {
        "@": "the left one needs as many columns as the right one has rows",
        "concatenate": "all axes but the one that they are joined along must be equal",
    }.get(sign, "read from the right, their sizes must be equal, or one of them 1 or missing")
    return f"shapes {shapes} do not fit together for {sign}: {why}"


def check_exponent(n: Any) -> None:
    """Raise a TypeError unless the exponent is a plain number."""
    if not isinstance(n, Real):
        raise TypeError(
            f"the exponent of ** must be a plain number, got {type(n).__name__};"
            " for a power that varies, write (n * t.log()).exp()"
        )


def check_key(key: Any, tensor_type: type) -> None:
    """Raise a TypeError if an index, or a part of it, is a Tensor."""
    for part in key if isinstance(key, tuple) else (key,):
        if isinstance(part, tensor_type):
            raise TypeError(
                "a Tensor holds floats and cannot be an index; use whole numbers, slices, or arrays of them"
            )


def _in_place(sign: str, operation: Callable) -> Callable:
    """Return what ``t += x`` does: ``total += loss`` makes a node, ``W -= step`` would lose the leaf W."""

    def change(self, other: Any) -> Any:
        if self.requires_grad and not self.op:
            raise TypeError(
                f"{sign}= would put a new Tensor into the place of this one, which then never changes; write"
                f" t.data {sign}= ... for an update, or t = t {sign} ... if a new Tensor is meant"
            )
        return operation(self, other)

    return change


class Refusals:
    """What a Tensor does not do: each of these would be an error later, or in worse words."""

    __slots__ = ()
    __iadd__, __isub__ = _in_place("+", operator.add), _in_place("-", operator.sub)
    __imul__, __itruediv__ = _in_place("*", operator.mul), _in_place("/", operator.truediv)

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(no_such_operation(name))

    def __array__(self, *_: Any, **__: Any) -> None:
        raise TypeError("as a plain array a Tensor would lose its graph; if that is meant, write t.data")

    def __bool__(self) -> None:
        raise TypeError("a Tensor is neither true nor false; compare numbers, such as t.data > 0")

    def __gt__(self, other: Any) -> None:
        raise TypeError("a comparison has no gradient; compare numbers, such as t.data > 0")

    __lt__ = __ge__ = __le__ = __gt__

    def __rpow__(self, base: Any) -> None:
        check_exponent(self)

    def __setitem__(self, key: Any, value: Any) -> None:
        raise TypeError("the entries of a Tensor cannot be set; set those of t.data, before it is used")
