"""The gradient doctor: says in words what is wrong with anybody's hand-written backward pass."""

import warnings
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from bpcourse.gradcheck.calling import (
    as_numbers,
    copied_all,
    input_names,
    is_real,
    leaves_of,
    parts_of,
    raised_text,
    rebuilt,
    sizes_and_words,
    trouble_with,
)
from bpcourse.gradcheck.diagnosis import Diagnosis, Finding, worst_place
from bpcourse.gradcheck.numeric import relative_error
from bpcourse.gradcheck.report import TOLERANCE, number, order, place_name, worst_entry
from bpcourse.gradcheck.symptoms import Suspect, explain
from bpcourse.gradcheck.witness import Witness, measure

LOCAL = ("negative inputs", "some entries", "direction")  # symptoms for which the worst entry is worth naming
NUDGED = "If it is not a number that can be nudged, such as a label, return None for its gradient."
UNSETTLED = (
    "central differences do not settle as the step shrinks from 1e-5 to 1e-8. f may be computed in float32, "
    "may jump here, or may be nan next to this point."
)


def diagnose(
    f: Callable,
    gradient: Callable,
    *inputs,
    names: Sequence[str] | None = None,
    sizes: Mapping[str, int] | None = None,
) -> Diagnosis:
    """Compare a hand-written gradient with measured slopes, and say what is wrong with it.

    Parameters
    ----------
    f : callable
        ``f(*inputs)`` returns one real number, and the same one for the same inputs.
    gradient : callable
        ``gradient(*inputs)`` returns one array for each input, in their order: a tuple, or the array alone
        for one input, or a dict with the names of the inputs. None stands for an input that is not to be
        checked, such as labels. An input that is a dict of arrays gets a dict with the same keys.
    *inputs : array_like, or dict of such
        Where to compare; they are not changed. Floats are handed over as float64. Use numbers without
        structure: zeros, ones and equal sizes hide faults.
    names : sequence of str, optional
        One for each input, for the text; else the names of the parameters of `f`.
    sizes : dict of str to int, optional
        Numbers that may explain a factor, such as ``{"N": 4}`` for a batch that `f` holds. Else N is the
        length of the first input, and every other axis of the inputs is tried.

    Returns
    -------
    Diagnosis
        Prints as sentences. ``.ok`` says whether all is right, ``.findings`` has one entry an argument,
        ``.worst`` is the one that is furthest off. It never raises for what `f` and `gradient` do.

    Notes
    -----
    The slopes come from the complex step, Eq. (5.4), where that agrees with central differences, Eq. (5.2),
    and else from these, at steps from 1e-5 to 1e-8 until two agree; one-sided differences, Eq. (5.1), find
    corners. An argument is right when its relative error, Eq. (5.3), is at most 1e-5. The cost is some five
    calls of `f` an entry: for a large network check a small one of the same code, or use `directional_check`.

    Examples
    --------
    >>> X, W, b = np.array([[1.0, 2.0], [3.0, -1.0], [0.5, 4.0]]), np.array([[2.0], [-1.0]]), np.array([0.5])
    >>> def loss(X, W, b):
    ...     return np.sum((X @ W + b) ** 2)
    >>> def gradient(X, W, b):
    ...     dZ = 2 * (X @ W + b)
    ...     return dZ @ W.T, X.T @ dZ, dZ.mean(axis=0)
    >>> diagnose(loss, gradient, X, W, b)
    b is off; X and W are right.
    ✓ X, W: right, in agreement with the complex step, relative error below 1e-8.
    ✗ b: your gradient is exactly 1/3 of the measured one, in every entry, and 3 is len(X): it is averaged \
where a sum belongs, or divided by N a second time.
    """
    inputs = copied_all(inputs)
    names = input_names(f, len(inputs)) if names is None else list(names)
    if len(names) != len(inputs):
        raise ValueError(f"names holds {len(names)} names for {len(inputs)} inputs")
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        trouble = trouble_with(f, inputs, names)
        if trouble:
            return Diagnosis((trouble,))
        parts, troubles = parts_of(gradient, inputs, names)
        leaves = leaves_of(inputs, names)
        sizes, words = sizes_and_words(leaves, sizes)
        findings = _compare(f, parts, inputs, leaves, (sizes, words))
    return Diagnosis((*troubles, *findings), _blind_spot(sizes, words) if findings else "")


def _compare(f, parts, inputs, leaves, sizes_and_words) -> list[Finding]:
    """One finding an argument."""
    checked = [name for name, part in parts.items() if part is not None and is_real(leaves[name])]
    witnesses = {name: _measured(f, name, leaves, inputs) for name in checked}
    slopes = {name: seen.slopes for name, seen in witnesses.items() if isinstance(seen, Witness)}
    return [
        _judge(name, parts[name], witnesses[name], (leaves[name], *sizes_and_words, slopes))
        if name in checked
        else Finding(name, True, "skipped", "not checked.")
        for name in parts
    ]


def _measured(f, name: str, leaves: Mapping, inputs: Sequence) -> Witness | Finding:
    try:
        return measure(lambda value: f(*rebuilt({**leaves, name: value}, inputs)), leaves[name])
    except Exception as error:
        text = f"{raised_text('f', error)} That was when {name} was nudged. {NUDGED}"
        return Finding(name, False, "raised", text)


def _blind_spot(sizes: Mapping[str, int], words: Mapping[str, str]) -> str:
    """What a comparison on a single example cannot see."""
    if sizes.get("N") != 1:
        return ""
    batch = f"{words['N']} is 1: if that is the number of examples," if "N" in words else "With one example"
    return f"{batch} a missing or doubled 1/N does not show. Compare on a batch as well."


def _judge(name: str, part, seen: Witness | Finding, context: tuple) -> Finding:
    got = as_numbers(part)
    if isinstance(seen, Finding):
        return seen
    if got is None:
        text = f"your gradient must hold real numbers, but it is {_type_name(part)}."
        return Finding(name, False, "shape", text)
    if got.shape != seen.slopes.shape:
        symptom = explain(Suspect(name, got, seen.slopes, *context))
        return Finding(name, False, symptom.kind, symptom.text, symptom.relations)
    return _judge_entries(name, got, seen, context)


def _judge_entries(name: str, got: np.ndarray, seen: Witness, context: tuple) -> Finding:
    on_corner = _on_corner(got, seen)
    want = np.where(on_corner | seen.unsettled, got, seen.slopes)
    error, (index, mine, measured) = relative_error(got, want), worst_entry(got, want)
    numbers = {"error": error, "index": index, "got": mine, "want": measured}
    if error <= _tolerance(seen) or np.linalg.norm(got - want) <= seen.noise * np.sqrt(got.size):
        kind, text = _doubt(name, seen, on_corner)
        about = "below 1e-3" if _rough(seen) else order(error)
        agrees = f"right, in agreement with {seen.method}, relative error {about}."
        text = text if kind == "unsettled" else f"{agrees} {text}".rstrip()
        return Finding(name, kind != "unsettled", kind, text, (), **numbers)
    symptom = explain(Suspect(name, got, want, *context))
    place = f" {worst_place(index, mine, measured)}" if symptom.kind in LOCAL else ""
    corner = f" {_corner_text(name, seen, index)}" if seen.corner[index] else ""
    return Finding(name, False, symptom.kind, symptom.text + place + corner, symptom.relations, **numbers)


def _tolerance(seen: Witness) -> float:
    return 1e-3 if _rough(seen) else TOLERANCE


def _rough(seen: Witness) -> bool:
    """Whether the measured slopes themselves are good to four digits only."""
    return bool(seen.coarse.any()) and not seen.by_complex_step


def _doubt(name: str, seen: Witness, on_corner: np.ndarray) -> tuple[str, str]:
    """No fault was found, but how sure is the witness? A word for programs, and a remark."""
    if seen.unsettled.any():
        return "unsettled", f"this cannot be judged{_at(seen.unsettled)}: {UNSETTLED}"
    if on_corner.any():
        text = _corner_text(name, seen, _first(on_corner), on_corner.sum() - 1)
        return "corner", f"{text} Any slope between is as good: that is no bug."
    if seen.slopes.size and not (np.abs(seen.slopes) > seen.noise).any():
        return (
            "zero slopes",
            "All slopes are 0 at these inputs, so this says little: compare at random numbers.",
        )
    if seen.coarse.any():
        return "coarse", f"A step of 1e-5 is too coarse for central differences here{_at(seen.coarse)}."
    return "right", ""


def _type_name(part) -> str:
    return f"of type {part.dtype}" if isinstance(part, np.ndarray) else f"a {type(part).__name__}"


def _on_corner(got: np.ndarray, seen: Witness) -> np.ndarray:
    """Corners at which the given slope lies between the slopes on the two sides."""
    slack = 1e-4 * np.maximum(np.abs(seen.low), np.abs(seen.high))
    return seen.corner & (got >= seen.low - slack) & (got <= seen.high + slack)


def _corner_text(name: str, seen: Witness, index: tuple, more: int = 0) -> str:
    scale = 1e3 * max(abs(seen.low[index]), abs(seen.high[index]))
    low, high = (number(float(side[index]), scale) for side in (seen.low, seen.high))
    where = place_name((name, *index)) + (f" (and {more} more)" if more else "")
    return f"At {where} f has a corner: its slope is {low} on one side and {high} on the other."


def _first(mask: np.ndarray) -> tuple[int, ...]:
    return tuple(map(int, np.argwhere(mask)[0]))


def _at(mask: np.ndarray) -> str:
    place = place_name(_first(mask))
    return f", at {place}" if place else ""
