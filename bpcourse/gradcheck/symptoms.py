"""From a wrong gradient and the measured one to a sentence: each function here knows one symptom.

Each takes a `Suspect` and returns a `Symptom`, or None where it does not apply. They are tried in order, the
ones that explain most first; the last one of `SAME_SHAPE` and of `OTHER_SHAPE` always applies.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from bpcourse.gradcheck.relations import fits, relation
from bpcourse.gradcheck.report import place_name


@dataclass(frozen=True)
class Suspect:
    """A gradient that is wrong, and all that may explain it."""

    name: str
    got: np.ndarray
    want: np.ndarray
    x: np.ndarray
    sizes: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)  # how to call a size in a sentence
    slopes: Mapping[str, np.ndarray] = field(default_factory=dict)  # measured, of every argument


class Symptom(NamedTuple):
    """A word for programs, a sentence for people, and the names of the relations that fit."""

    kind: str
    text: str
    relations: tuple[str, ...] = ()


def explain(suspect: Suspect) -> Symptom:
    """The first symptom that applies."""
    symptoms = SAME_SHAPE if suspect.got.shape == suspect.want.shape else OTHER_SHAPE
    return next(found for symptom in symptoms if (found := symptom(suspect)))


def not_a_number(s: Suspect) -> Symptom | None:
    bad = np.argwhere(~np.isfinite(s.got))
    if not len(bad):
        return None
    place = place_name(tuple(map(int, bad[0])))
    word = "nan (not a number)" if np.isnan(s.got[tuple(bad[0])]) else "infinite"
    where = f", the first at {place}" if place else ""
    return Symptom(
        "nan",
        f"{len(bad)} of {s.got.size} entries {'is' if len(bad) == 1 else 'are'} {word}{where}. "
        "Look for 0/0, the log of 0, or the exp of a large number.",
    )


def zero_everywhere(s: Suspect) -> Symptom | None:
    if s.got.any():
        return None
    return Symptom(
        "zero", "your gradient is 0 everywhere, but f does react to this argument. Is it left out?"
    )


def no_reaction(s: Suspect) -> Symptom | None:
    if _size(s.want) > 1e-8 * _size(s.got):
        return None
    return Symptom(
        "no reaction",
        "f does not react to this argument at these inputs, so its gradient is 0; yours is not. "
        "Does f use its argument, or a copy from outside?",
    )


def swapped(s: Suspect) -> Symptom | None:
    for name, other in s.slopes.items():
        if name != s.name and other.any() and fits(s.got, other):
            return Symptom(
                "swapped", f"this is the gradient of {name}. Return the parts in the order of the inputs."
            )
    return None


def transposed(s: Suspect) -> Symptom | None:
    if s.want.ndim < 2 or not fits(s.got, s.want.T):
        return None
    text = "your gradient is the transpose of the measured one: rows and columns are exchanged."
    return Symptom(
        "transposed", f"{text}{_shapes(s) if s.got.shape != s.want.shape else ''}", ("transposed",)
    )


def named_factor(s: Suspect) -> Symptom | None:
    names = [name for name in relation(s.got, s.want, sizes=s.sizes) if name != "transposed"]
    if not names:
        return None
    kind = "sign" if names[0] == "-1" else "factor"
    same = [_value(name, s) for name in names[1:] if not name.startswith("-") or names[0].startswith("-")]
    text = f"your gradient is exactly {_factor(names[0], s)}."
    if same and names[0] != "-1":
        text += f" Here {', '.join(same)} is the same number: inputs whose sizes all differ tell them apart."
    return Symptom(kind, text, tuple(names))


def one_number(s: Suspect) -> Symptom | None:
    if (
        s.want.size < 2
        or not np.ptp(s.got) <= 1e-9 * np.max(np.abs(s.got))
        or not _same_total(s, s.got.flat[0])
    ):
        return None
    return Symptom(
        "one number",
        f"one number, the sum of all {s.want.size} slopes, stands where {s.want.size} different ones belong: "
        "the sum runs over the units too. Sum over the examples only (axis=0).",
    )


def wrong_axis(s: Suspect) -> Symptom | None:
    if s.want.ndim != 1 or s.got.ndim != 1 or not _same_total(s, s.got.sum()):
        return None
    text = (
        "the entries add up to the right total, but they are not the right sums: summed over the wrong axis."
    )
    return Symptom("wrong axis", text + (_shapes(s) if s.got.shape != s.want.shape else ""))


def unnamed_factor(s: Suspect) -> Symptom | None:
    ratio = float(np.vdot(s.want, s.got) / np.vdot(s.want, s.want))
    if s.got.size < 2 or not fits(s.got, ratio * s.want):
        return None
    whole = max(abs(ratio), 1 / abs(ratio))
    if abs(whole - round(whole)) > 1e-6 * whole:
        return Symptom(
            "factor", f"your gradient is exactly {ratio:.4g} times the measured one, in every entry."
        )
    n, minus = round(whole), "minus " if ratio < 0 else ""
    how, fault = (f"{n} times", WHY["N"][1]) if abs(ratio) > 1 else (f"1/{n} of", WHY["1/N"][1])
    text = f"your gradient is exactly {minus}{how} the measured one, in every entry."
    return Symptom("factor", f"{text} If {n} is the number of examples N: {fault}.")


def negative_inputs(s: Suspect) -> Symptom | None:
    off, negative = _off(s), s.x < 0
    if (off & ~negative).any() or not (off.sum() > 1 or off.sum() == negative.sum()) or not (~negative).any():
        return None
    return Symptom(
        "negative inputs",
        f"your gradient is only wrong where {s.name} is negative ({off.sum()} of {negative.sum()} such "
        "entries). Which slope does the function have there?",
    )


def some_entries(s: Suspect) -> Symptom | None:
    off = _off(s)
    if not (~off & (s.want != 0)).any():
        return None
    rows, columns = np.unique(np.argwhere(off)[:, 0]), np.unique(np.argwhere(off)[:, -1])
    if off.sum() == 1:
        where = "in all entries but one"
    elif off.ndim == 2 and len(rows) == 1:
        where = f"everywhere but in row {rows[0]}"
    elif off.ndim == 2 and len(columns) == 1:
        where = f"everywhere but in column {columns[0]}"
    else:
        where = f"in {off.size - off.sum()} of {off.size} entries"
    return Symptom("some entries", f"your gradient is right {where}.")


def direction(s: Suspect) -> Symptom:
    if s.got.size == 1:
        return Symptom("direction", "your gradient is another number than the measured one.")
    cosine = np.vdot(s.got, s.want) / (np.linalg.norm(s.got) * np.linalg.norm(s.want))
    words = "above 0.99" if cosine > 0.99 else f"{cosine:.2f}"
    if cosine >= 0.9:
        text = f"nearly the right way (cosine {words}), so a falling loss would not show the fault"
    else:
        text = f"{'only roughly the right' if cosine > 0.1 else 'another'} way (cosine {words})"
    return Symptom("direction", f"no simple factor explains it. Your gradient points {text}.")


def not_summed(s: Suspect) -> Symptom | None:
    extra = s.got.ndim - s.want.ndim
    if extra < 1 or not fits(s.got.sum(axis=tuple(range(extra))), s.want):
        return None
    return Symptom(
        "not summed",
        f"your gradient has shape {s.got.shape}, one row for each example, where {s.name} has shape "
        f"{s.want.shape}. All {s.got.shape[0]} examples share {s.name}, so their contributions are summed "
        "(axis=0).",
    )


def only_the_shape(s: Suspect) -> Symptom | None:
    if s.got.size != s.want.size or not fits(s.got.reshape(s.want.shape), s.want):
        return None
    return Symptom("shape", f"the numbers are right, the shape is not.{_shapes(s)} Look at keepdims.")


def other_shape(s: Suspect) -> Symptom:
    return Symptom("shape", f"a gradient has one slope for each entry of its argument.{_shapes(s)}")


SAME_SHAPE = (
    not_a_number, zero_everywhere, no_reaction, swapped, named_factor, transposed, one_number, wrong_axis,
    unnamed_factor, negative_inputs, some_entries, direction,
)  # fmt: skip
OTHER_SHAPE = (
    not_a_number,
    swapped,
    transposed,
    only_the_shape,
    not_summed,
    one_number,
    wrong_axis,
    other_shape,
)

WHY = {  # factor -> how to say it, and what to look for
    "2": ("twice", "a factor 2 is counted twice, or a ½ is missing"),
    "1/2": ("half of", "a factor 2 is missing; the slope of e² is 2e"),
    "4": ("4 times", "a factor 2 is counted too often"),
    "1/4": ("a quarter of", "a 2 divides where it should multiply"),
    "N": ("{n} times", "the loss is a mean over the batch, and its 1/N is missing"),
    "1/N": ("1/{n} of", "it is averaged where a sum belongs, or divided by N a second time"),
    "N/2": ("{n}/2 times", "the 2/N of the mean squared error is missing"),
    "2/N": ("2/{n} of", "the 2/N of the mean squared error is applied a second time"),
    "S": ("{n} times", "an average over that axis is missing, or a sum is taken twice"),
    "1/S": ("1/{n} of", "it is averaged over that axis where a sum belongs"),
}


def _factor(name: str, s: Suspect) -> str:
    """A factor by its name, as half a sentence: what it is, and what to look for."""
    if name == "-1":
        return (
            "the negative of the measured one, in every entry: a step would climb. "
            "The minus sign belongs in the update, not in the gradient"
        )
    core = name.removeprefix("-")
    size = next((k for k in s.sizes if core in (k, f"1/{k}", f"{k}/2", f"2/{k}")), None)
    how, why = WHY[core if core in WHY else core.replace(size, "S")]
    minus, turned = ("minus ", "the sign is turned around, and ") if core != name else ("", "")
    named = f", and {s.sizes[size]} is {s.words.get(size, size)}" if size else ""
    return f"{minus}{how.format(n=s.sizes.get(size))} the measured one, in every entry{named}: {turned}{why}"


def _value(name: str, s: Suspect) -> str:
    """The name of a factor as a reader knows it: ``1/len(X)`` for ``1/N``."""
    for size, word in s.words.items():
        if name.removeprefix("-") in (size, f"1/{size}", f"{size}/2", f"2/{size}"):
            return name.replace(size, word)
    return name


def _shapes(s: Suspect) -> str:
    return f" Yours has shape {s.got.shape}, {s.name} has shape {s.want.shape}."


def _same_total(s: Suspect, total: float) -> bool:
    """Whether `total` is the sum of the measured slopes, and that sum is no accident of cancelling."""
    right = s.want.sum()
    return abs(right) > 1e-6 * np.abs(s.want).sum() and abs(total - right) <= 1e-6 * abs(right)


def _size(array: np.ndarray) -> float:
    return float(np.max(np.abs(array), initial=0.0))


def _off(s: Suspect) -> np.ndarray:
    close = 1e-5 * np.maximum(np.abs(s.got), np.abs(s.want)) + 1e-7 * _size(s.want)
    return np.abs(s.got - s.want) > close
