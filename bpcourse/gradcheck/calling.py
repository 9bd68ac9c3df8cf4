"""Calling somebody else's `f` and `gradient`: their inputs, what may go wrong, and what came back."""

import inspect
import traceback
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from bpcourse.gradcheck.diagnosis import Finding


def copied(value):
    """A copy that nobody else holds: floats as float64, whole numbers as they are, other things untouched."""
    if isinstance(value, Mapping):
        return {key: copied(part) for key, part in value.items()}
    if value is None or isinstance(value, str) or callable(value):
        return value
    array = np.array(value)
    return array.astype(np.float64) if array.dtype.kind == "f" else array


def input_names(f: Callable, count: int) -> list[str]:
    """The names of the parameters of `f` if it has as many as there are inputs, else numbers."""
    try:
        parameters = [
            p.name for p in inspect.signature(f).parameters.values() if p.kind <= p.POSITIONAL_OR_KEYWORD
        ]
    except (TypeError, ValueError):
        parameters = []
    return parameters if len(parameters) == count else [f"input {i + 1}" for i in range(count)]


def leaves_of(inputs: Sequence, names: Sequence[str], values: Sequence | None = None) -> dict:
    """The inputs by name, where a dict counts as several; or `values`, built like them, by these names."""
    leaves = {}
    for name, value, given in zip(names, inputs, inputs if values is None else values, strict=True):
        for key in value if isinstance(value, Mapping) else [name]:
            unique = f"{name}[{key!r}]" if str(key) in leaves else str(key)
            leaves[unique] = given[key] if isinstance(value, Mapping) else given
    return leaves


def rebuilt(leaves: Mapping, inputs: Sequence) -> tuple:
    """The inputs, with the arrays of `leaves` in them."""
    values = iter(leaves.values())
    return tuple({key: next(values) for key in v} if isinstance(v, Mapping) else next(values) for v in inputs)


def trouble_with(f: Callable, inputs: Sequence, names: Sequence[str]) -> Finding | None:
    """Why the slopes of `f` cannot be measured at these inputs, if so."""
    given = copied_all(inputs)
    try:
        value, again = np.asarray(f(*given)), np.asarray(f(*copied_all(inputs)))
    except Exception as error:
        return Finding("f", False, "raised", raised_text("f", error))
    changed = changed_names(inputs, given, names)
    if changed:
        return Finding("f", False, "changed", changed_text("f", changed))
    if value.size != 1 or value.dtype.kind not in "fiub":
        what = f"an array of shape {value.shape}" if value.size != 1 else f"a value of type {value.dtype}"
        return Finding(
            "f", False, "value", f"f must return one real number, the loss, but it returned {what}."
        )
    return _no_slope(value, again)


def _no_slope(value: np.ndarray, again: np.ndarray) -> Finding | None:
    """Why a function with this value, and that one at a second call, has no slope."""
    if not np.isfinite(value).all():
        return Finding(
            "f", False, "value", f"f returned {value.item()} at these inputs, so it has no slope here."
        )
    if (value != again).any():
        text = "f returned two different numbers for the same inputs. Are there random numbers inside, as in "
        return Finding("f", False, "random", text + "dropout? Make them the same in every call.")
    if value.dtype in (np.float32, np.float16):
        text = (
            f"f returned a {value.dtype}, whose digits are too few to measure slopes by. Compute in float64."
        )
        return Finding("f", False, "value", text)
    return None


def parts_of(gradient: Callable, inputs: Sequence, names: Sequence[str]) -> tuple[dict, list[Finding]]:
    """What `gradient` returned, by the name of the input, and what was wrong with the call itself."""
    given = copied_all(inputs)
    try:
        result = gradient(*given)
    except Exception as error:
        return {}, [Finding("gradient", False, "raised", raised_text("your gradient", error))]
    changed = changed_names(inputs, given, names)
    troubles = (
        [Finding("gradient", False, "changed", changed_text("your gradient", changed))] if changed else []
    )
    parts, text = _by_name(result, inputs, names)
    return parts, troubles + ([Finding("gradient", False, "parts", text)] if text else [])


def _by_name(result, inputs: Sequence, names: Sequence[str]) -> tuple[dict, str]:
    """Parts by the name of the input, and a sentence if some are missing."""
    leaves = list(leaves_of(inputs, names))
    if isinstance(result, Mapping):
        found = {str(key): part for key, part in result.items()}
        found = {
            name: found.get(name, found.get(f"d{name}")) for name in leaves if {name, f"d{name}"} & set(found)
        }
        missing = ", ".join(name for name in leaves if name not in found)
        return found, f"your gradient returned no part called {missing}." if missing else ""
    if len(inputs) == 1 and not (isinstance(result, tuple) and len(result) == 1):
        result = (result,)
    if not isinstance(result, (tuple, list)) or len(result) != len(inputs):
        what = f"{len(result)} parts" if isinstance(result, (tuple, list)) else f"one {type(result).__name__}"
        text = f"your gradient returned {what} for {len(inputs)} inputs ({', '.join(names)})."
        return {}, f"{text} Return one array for each, in this order, and None for what needs no gradient."
    return _flattened(result, inputs, names)


def _flattened(result: Sequence, inputs: Sequence, names: Sequence[str]) -> tuple[dict, str]:
    """Parts of a tuple, where an input that is a dict has a part that is a dict, or None."""
    whole = []
    for name, part, value in zip(names, result, inputs, strict=True):
        if isinstance(value, Mapping):
            part = dict.fromkeys(value) if part is None else part
            if not isinstance(part, Mapping) or set(part) != set(value):
                keys = ", ".join(map(str, value))
                return (
                    {},
                    f"{name} is a dict with the keys {keys}; its gradient must be one with the same keys.",
                )
            part = {key: part[key] for key in value}
        whole.append(part)
    return leaves_of(inputs, names, values=whole), ""


def copied_all(inputs: Sequence) -> tuple:
    """Fresh copies for one call."""
    return tuple(copied(value) for value in inputs)


def changed_names(before: Sequence, after: Sequence, names: Sequence[str]) -> list[str]:
    """Names of the arrays that hold other numbers than before."""
    old, new = leaves_of(before, names), leaves_of(after, names)
    return [
        name
        for name, value in old.items()
        if isinstance(value, np.ndarray) and value.dtype.kind in "fciub"
        if not np.array_equal(value, new.get(name), equal_nan=value.dtype.kind in "fc")
    ]


def changed_text(who: str, changed: Sequence[str]) -> str:
    """A sentence about inputs that were written to."""
    return (
        f"{who} changes its input {', '.join(changed)}: after the call it holds other numbers than before. "
        "Work on a copy, or write the result into a new array."
    )


def raised_text(who: str, error: Exception) -> str:
    """What stopped a function, and at which of its lines."""
    frames = traceback.extract_tb(error.__traceback__)[1:]
    own = [frame for frame in frames if frame.filename == frames[0].filename]
    line = f" at the line `{own[-1].line}`" if own and own[-1].line else ""
    return f"{who} stopped with {type(error).__name__}: {str(error).rstrip('.')}{line}."


def sizes_and_words(leaves: Mapping, sizes: Mapping[str, int] | None) -> tuple[dict, dict]:
    """Numbers that may explain a factor, and how to call them: N, then every other axis of the inputs."""
    table, words = dict(sizes or {}), {}
    shapes = {name: np.shape(value) for name, value in leaves.items() if is_real(value)}
    first = next(iter(shapes), None)
    if "N" not in table and first is not None and shapes[first]:
        table["N"], words["N"] = shapes[first][0], f"len({first})"
    for name, shape in shapes.items():
        for axis, length in enumerate(shape):
            if length > 1 and length not in table.values():
                table[f"{name}.shape[{axis}]"] = length
    return table, words


def is_real(value) -> bool:
    """Whether a value is an array of real numbers."""
    return isinstance(value, np.ndarray) and value.dtype.kind in "fiub"


def as_numbers(part) -> np.ndarray | None:
    """A part of a gradient as a float64 array, or None where it is not one."""
    try:
        array = np.asarray(part)
    except ValueError:
        return None
    return array.astype(np.float64) if array.dtype.kind in "fiub" else None
