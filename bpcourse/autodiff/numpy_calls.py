"""NumPy's own functions on Tensors: ``np.exp(t)`` is ``t.exp()``, and what is not in the table says so.

NumPy asks an argument that is no array of its own whether it wants to take a call over. Tensor says yes, and
here is what it does with it. Without this, NumPy would take a Tensor for an unknown object and compute with
its entries one by one, or fail in words that help nobody.
"""

import numpy as np

#: NumPy's functions by the name of the primitive that takes their place.
UFUNCS = {
    np.add: "add",
    np.subtract: "subtract",
    np.multiply: "multiply",
    np.divide: "divide",
    np.matmul: "matmul",
    np.maximum: "maximum",
    np.negative: "negative",
    np.exp: "exp",
    np.log: "log",
    np.sqrt: "sqrt",
    np.tanh: "tanh",
}
#: NumPy's functions by the method of Tensor that takes their place.
METHODS = {
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
    """Return the sentence that says that an operation is not there, and which are."""
    return f"a Tensor has no operation {name!r}; there are: {OPERATIONS}"
