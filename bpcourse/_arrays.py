"""Look at what comes in, once, and say in one sentence what is wrong with it.

Every public function of the mathematics begins with one of these lines. They turn lists into arrays, leave
float32, float64 and complex arrays as they are, and raise an error that names the argument, shows what came,
and says what would be right. None of them changes or copies an array that is already fit for use.
"""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from numbers import Integral, Real

import numpy as np
from numpy.typing import ArrayLike, NDArray

_FLOAT64 = np.dtype(np.float64)
_KEPT = "fdgFDG"  # NumPy's one-letter codes of the float and complex types that pass through unchanged
_WHOLE = "?bBhHiIlLqQ"  # booleans and integers


def as_float_array(x: ArrayLike, name: str) -> NDArray:
    """Return `x` as an array of floats: float32, float64 and complex stay, whole numbers become float64.

    Raises
    ------
    TypeError
        If `x` holds anything but numbers (text, dates, objects).
    """
    if type(x) is np.ndarray and x.dtype is _FLOAT64:
        return x
    array = _as_array(x, name)
    if array.dtype.char in _KEPT:
        return array
    if array.dtype.char in _WHOLE or array.dtype == np.float16:
        return array.astype(_FLOAT64)
    raise TypeError(f"{name} must hold numbers, but its entries are of type {array.dtype}")


def as_float_arrays(**named: ArrayLike) -> Iterable[NDArray]:
    """Return several arguments of one call as float arrays of one common type.

    One type for all means that a result made from them can be changed in place. Whole numbers follow the
    others: integer targets beside float32 predictions become float32, and float64 where nothing is a float.
    """
    for x in named.values():
        if type(x) is not np.ndarray or x.dtype is not _FLOAT64:
            return _to_common_type(named)
    return named.values()


def _to_common_type(named: dict[str, ArrayLike]) -> list[NDArray]:
    arrays = {name: _as_array(x, name) for name, x in named.items()}
    floats = {name: as_float_array(array, name) for name, array in arrays.items()}
    deciding = [floats[name].dtype for name, array in arrays.items() if array.dtype.char not in _WHOLE]
    common = np.result_type(*deciding) if deciding else _FLOAT64
    return [array.astype(common, copy=False) for array in floats.values()]


def _as_array(x: ArrayLike, name: str) -> NDArray:
    try:
        return np.asarray(x)
    except ValueError as error:  # rows of different lengths, for one
        raise ValueError(f"{name} cannot be read as an array: {error}") from None


def check_same_shape(name_a: str, a: NDArray, name_b: str, b: NDArray) -> None:
    """Raise a ValueError that shows both shapes, unless the two arrays have the same one."""
    if a.shape != b.shape:
        raise ValueError(f"{name_a} has shape {a.shape} but {name_b} has shape {b.shape}; they must be equal")


def check_outputs(name: str, outputs: NDArray, targets: NDArray) -> None:
    """Raise a ValueError unless both arrays have one shape, with at least one example and one output."""
    check_same_shape(name, outputs, "Y", targets)
    if outputs.ndim not in (1, 2) or outputs.size == 0:
        raise ValueError(
            f"{name} has shape {outputs.shape}; it must be (n_samples, n_out) or (n_samples,), not empty"
        )


def check_batch(name: str, array: NDArray) -> None:
    """Raise a ValueError unless the array is a matrix with one row per example, and at least one row."""
    if array.ndim != 2:
        raise ValueError(f"{name} has shape {array.shape}; it must be a matrix, one row for each example")
    if array.size == 0:
        raise ValueError(f"{name} has shape {array.shape}: it holds no numbers")


def check_affine(X: NDArray, W: NDArray, b: NDArray | None = None) -> None:
    """Raise a ValueError unless ``X @ W + b`` has one meaning: (N, n_in), (n_in, n_out) and (n_out,)."""
    if X.ndim != 2 or W.ndim != 2:
        raise ValueError(f"X has shape {X.shape} and W has shape {W.shape}; both must be matrices")
    if X.shape[1] != W.shape[0]:
        hint = "; W looks transposed" if X.shape[1] == W.shape[1] else ""
        raise ValueError(
            f"X has shape {X.shape} and W has shape {W.shape}: W needs one row for each of the"
            f" {X.shape[1]} columns of X{hint}"
        )
    if b is not None and b.shape != W.shape[1:]:
        raise ValueError(f"b has shape {b.shape}; it must be ({W.shape[1]},), one bias for each column of W")


def as_labels(y: ArrayLike, n_samples: int, n_classes: int) -> NDArray:
    """Return class labels as an array of ints, one for each example, all from 0 to ``n_classes - 1``."""
    labels = _as_array(y, "y")
    if labels.dtype.kind not in "iu":
        raise TypeError(f"y must hold integer class labels, but its entries are of type {labels.dtype}")
    if labels.shape != (n_samples,):
        raise ValueError(f"y has shape {labels.shape}; it must be ({n_samples},), one label for each row")
    if labels.dtype != np.intp:
        labels = labels.astype(np.intp)
    # Read as unsigned, a negative label is a huge one: one pass sees both ends of the range.
    if labels.view(np.uintp).max() >= n_classes:
        row = int(np.argmax((labels < 0) | (labels >= n_classes)))
        raise ValueError(f"y[{row}] is {labels[row]}, but the labels must be from 0 to {n_classes - 1}")
    return labels


def check_finite(name: str, array: NDArray) -> None:
    """Raise a ValueError that names the first entry of the array that is NaN or infinite."""
    # A sum of squares is finite only if every entry is, and BLAS takes it in one fast pass. It may also
    # overflow with none at fault: then the search below finds nothing.
    if math.isfinite(np.vdot(array, array).real):
        return
    for index in np.argwhere(~np.isfinite(array))[:1]:
        place = ", ".join(map(str, index))
        raise ValueError(f"{name}[{place}] is {array[tuple(index)]}; every entry must be a finite number")


def check_between(name: str, array: NDArray, low: float, high: float) -> None:
    """Raise a ValueError that names the first entry of the array that is not from `low` to `high`."""
    if array.min() < low or array.max() > high:
        index = np.argwhere((array < low) | (array > high))[0]
        place = ", ".join(map(str, index))
        raise ValueError(f"{name}[{place}] is {array[tuple(index)]}; it must be from {low} to {high}")


def check_number(name: str, value: float, *, low: float, high: float = math.inf) -> None:
    """Raise unless `value` is a finite number from `low` to `high`."""
    if not isinstance(value, Real) or isinstance(value, bool):
        raise TypeError(f"{name} must be a number, got {value!r}")
    if not (math.isfinite(value) and low <= value <= high):
        allowed = f"at least {low}" if high == math.inf else f"from {low} to {high}"
        raise ValueError(f"{name} is {value}; it must be a finite number, {allowed}")


def check_count(name: str, value: int, *, low: int = 1) -> None:
    """Raise unless `value` is a whole number, `low` or more."""
    if not isinstance(value, Integral) or isinstance(value, bool):
        raise TypeError(f"{name} must be a whole number, got {value!r}")
    if value < low:
        raise ValueError(f"{name} is {value}; it must be at least {low}")


def check_choice(name: str, value: str, choices) -> None:
    """Raise a ValueError that lists the choices unless `value` is one of them."""
    if not isinstance(value, str) or value not in choices:
        raise ValueError(f"{name} is {value!r}; choose one of {', '.join(choices)}")


def as_generator(random_state: int | np.random.Generator | None) -> np.random.Generator:
    """Return a Generator: the one given, one seeded with the int given, or a fresh one for None."""
    if random_state is None or isinstance(random_state, np.random.Generator):
        return np.random.default_rng(random_state)
    if not isinstance(random_state, Integral) or isinstance(random_state, bool):
        raise TypeError(f"random_state must be None, an int or a numpy Generator, got {random_state!r}")
    if random_state < 0:
        raise ValueError(f"random_state is {random_state}; a seed must be 0 or more")
    return np.random.default_rng(random_state)


def as_layer_sizes(layer_sizes: Sequence[int], loss: str) -> list[int]:
    """Return the sizes as a list of ints, or raise a ValueError that says what a network needs."""
    sizes = list(layer_sizes) if isinstance(layer_sizes, Iterable) else [layer_sizes]
    if len(sizes) < 2 or not all(isinstance(n, Integral) and n > 0 for n in sizes):
        raise ValueError(f"layer_sizes is {layer_sizes!r}; it must be whole numbers, such as [64, 32, 10]")
    if loss == "softmax" and sizes[-1] == 1:
        raise ValueError("a softmax over one output is always 1; use two outputs, or loss 'bce'")
    return [int(n) for n in sizes]


def check_activations(activations: Sequence[NDArray], depth: int) -> None:
    """Raise a ValueError unless there is one array for each layer, and one for the input."""
    if len(activations) != depth + 1:
        raise ValueError(
            f"activations holds {len(activations)} arrays, but {depth} layers need {depth + 1}:"
            " X, the hidden activations, and the last pre-activation"
        )


def count_layers(params: dict[str, NDArray]) -> int:
    """Return L, or raise a ValueError unless `params` holds exactly W1, b1, ..., WL, bL."""
    depth = max(1, len(params) // 2)
    if params.keys() != layer_names(depth):
        raise ValueError(f"params holds {list(params)}; it must hold W1, b1, W2, b2 and so on, in pairs")
    return depth


@lru_cache
def layer_names(depth: int) -> frozenset[str]:
    """Return the names of all parameters of a network with so many layers."""
    return frozenset(f"{kind}{layer}" for layer in range(1, depth + 1) for kind in "Wb")
