"""What can be said of a wrong answer that nobody registered.

The order in which it is looked at: an exception; a missing answer; structure and shape;
inputs that were changed; complex numbers; not-a-number; a simple relation to the right answer that holds
on every case; and last the first entry that differs. What is right already is named.
The right answer is never printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..gradcheck import relation
from .compare import as_number, fits, parts, same
from .exercise import Case, Exercise
from .observe import Outcome
from .plain_words import RELATION_SENTENCES, plain


def praise(exercise: Exercise) -> str:
    """What to say of a right answer: a quiz adds why it is right."""
    if exercise.hints[0] and exercise.name.startswith("quiz"):
        return f"Right. {exercise.hints[0]}"
    return "Right."


def tally(exercise: Exercise, right: Sequence[str]) -> str:
    """One line for exercises with several items: how many are right, and which.

    Nothing where a rule of its own makes the points: the items are then not marked one by one, and naming
    the right ones could give the others away.
    """
    total = len(exercise.returns)
    if total == 1 or exercise.score is not None:
        return ""
    if not right:
        return f"None of the {total} items is right yet."
    return f"{len(right)} of {total} right: {', '.join(right)}."


def way_on(exercise: Exercise) -> list[str]:
    """What to say to an answer with items that no registered mistake explains."""
    if exercise.name.startswith("quiz"):
        letters = sorted([exercise.reference(), *(m.id[-1] for m in exercise.mistakes)])
        return [f"Answer with one of the letters {_listed(letters)}, in quotes."]
    return [f'`hint("{exercise.id}")` gives the idea.'] if exercise.hints[0] else []


def describe(
    exercise: Exercise, cases: Sequence[Case], outcomes: Sequence[Outcome], references: Sequence[Outcome]
) -> str:
    """The most helpful true sentence about a wrong answer."""
    rows = list(zip(cases, outcomes, references, strict=True))
    if reordered := _reordered(exercise, rows):
        return reordered
    for look in (_raised, _nothing, _structure, _shapes, _changed, _not_real):
        for case, got, want in rows:
            sentence = look(exercise, case, got, want)
            if sentence:
                return sentence
    return _relation(exercise, rows) or _first_difference(exercise, rows)


def _raised(exercise: Exercise, case: Case, got: Outcome, want: Outcome) -> str:
    if not got.error:
        return ""
    if got.error == "NotAsAsked":  # a driver's own sentence, see `drivers`
        return got.error_text
    if got.error == "StubCalled":
        return f"Your function is written, but it calls `{got.error_text}`, which is still a stub. Write that one first."
    where = f" (at {got.error_where})" if got.error_where else ""
    shapes = ", ".join(
        f"{name} is {a.shape}"
        for name, a in zip(exercise.input_names, case.inputs, strict=False)
        if isinstance(a, np.ndarray)
    )
    on = f" On this case {shapes}." if shapes else ""
    return f"Your function stopped with {got.error}: {plain(got.error_text)}{where}.{on}"


def _nothing(exercise: Exercise, case: Case, got: Outcome, want: Outcome) -> str:
    if got.value is not None:
        return ""
    on = f" on {case.name}" if case.name else ""
    words = f"It should return {_listed(exercise.returns)}: does every way through it reach a `return` line?"
    return f"Your function returned None{on}. {words}"


def _structure(exercise: Exercise, case: Case, got: Outcome, want: Outcome) -> str:
    if fits(got.value, want.value, exercise.returns):
        return ""
    many = isinstance(got.value, (tuple, list))
    what = _things(len(got.value)) if many else _keyed(got.value) or "one thing"
    should = _keyed(want.value) or f"{len(exercise.returns)}: {_listed(exercise.returns)}"
    if exercise.points == 0 and exercise.pays_per_item:  # inside a lesson, where a value is asked for
        return f"Your answer is {what}. It should be {should}."
    return f"Your function returned {what}. It should return {should}."


def _reordered(exercise: Exercise, rows: Sequence[tuple[Case, Outcome, Outcome]]) -> str:
    """All the right parts, returned in another order."""
    names = exercise.returns
    if len(names) < 2 or not all(fits(g.value, w.value, names) for _, g, w in rows):
        return ""
    pairs = [(parts(g.value, names), parts(w.value, names)) for _, g, w in rows]
    holds = [[n for n in names if all(same(g[place], w[n]) for g, w in pairs)] for place in names]
    found = [h[0] for h in holds if len(h) == 1]
    if sorted(found) != sorted(names) or found == list(names):  # in order: then something else is wrong
        return ""
    if isinstance(rows[0][2].value, dict):
        swapped = [
            f"{name!r} holds {holds}" for name, holds in zip(names, found, strict=True) if name != holds
        ]
        return f"Every value is right, but not under its own key: {_listed(swapped)}."
    return f"Everything is right but the order: you returned {_listed(found)}. It should be {_listed(names)}."


def _are(names: Sequence[str]) -> bool:
    """Whether these parts take a plural: several, or one such as "losses" or "norms"."""
    return len(names) > 1 or (len(names[0]) > 1 and names[0].endswith("s") and not names[0].endswith("ss"))


def _things(number: int) -> str:
    return "one thing" if number == 1 else f"{number} things"


def _keyed(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    return f"a dict with the keys {', '.join(map(repr, value))}" if value else "an empty dict"


def _shapes(exercise: Exercise, case: Case, got: Outcome, want: Outcome) -> str:
    mine, right = parts(got.value, exercise.returns), parts(want.value, exercise.returns)
    for name in exercise.returns:
        a, b = as_number(mine[name]), as_number(right[name])
        has, it = ("have", "they") if _are([name]) else ("has", "it")
        if b is None:
            continue
        if a is None:
            return f"{name} should be numbers; yours is {_no_number(mine[name])}."
        if a.shape != b.shape and not b.shape:
            return f"Your {name} {has} shape {a.shape}; it should be one number."
        if a.shape != b.shape:
            sizes = ", ".join(f"{k} = {v}" for k, v in case.sizes.items())
            here = f" ({sizes} here)" if sizes else ""
            return f"Your {name} {has} shape {a.shape}; {it} should have shape {b.shape}{here}."
    return ""


def _no_number(value: Any) -> str:
    ragged = isinstance(value, (list, tuple)) and all(as_number(v) is not None for v in value)
    return "a list of parts that differ in shape" if ragged else type(value).__name__


def _changed(exercise: Exercise, case: Case, got: Outcome, want: Outcome) -> str:
    extra = [i for i in got.changed if i not in want.changed]
    if not extra:
        return ""
    name = exercise.input_names[extra[0]] if extra[0] < len(exercise.input_names) else "an input"
    return (
        f"Your function changes its input {name}: after the call it holds other numbers than before, and whoever "
        "called you still needs them. Work on a copy, or write the result into a new array."
    )


def _not_real(exercise: Exercise, case: Case, got: Outcome, want: Outcome) -> str:
    for name, value in parts(got.value, exercise.returns).items():
        array, yours = as_number(value), f"Your {name} {'hold' if _are([name]) else 'holds'}"
        if array is not None and np.any(array.imag):
            return f"{yours} complex numbers, and real ones are asked for: a nudge along i is read off with `.imag`."
        if array is not None and array.dtype.kind in "fc" and not np.isfinite(array).all():
            word = "not a number (nan)" if np.isnan(array).any() else "infinite"
            return f"{yours} a value that is {word}, on {case.name}. Look for a log of 0, a division by 0, or an exp of a large number."
    return ""


def _wrong_parts(exercise: Exercise, rows: Sequence[tuple[Case, Outcome, Outcome]]) -> list[str]:
    def right(name: str) -> bool:
        return all(
            same(parts(g.value, exercise.returns)[name], parts(w.value, exercise.returns)[name])
            for _, g, w in rows
        )

    return [name for name in exercise.returns if not right(name)]


def _relation(exercise: Exercise, rows: Sequence[tuple[Case, Outcome, Outcome]]) -> str:
    """A factor, or a transpose, that explains every wrong part on every case."""
    wrong = _wrong_parts(exercise, rows)
    names: set[str] | None = None
    for case, got, want in rows:
        for part in wrong:
            a, b = (as_number(parts(o.value, exercise.returns)[part]) for o in (got, want))
            if a is None or b is None or not np.any(b):
                continue
            found = set(relation(a, b, sizes=dict(case.sizes)))
            names = found if names is None else names & found
    known = [n for n in RELATION_SENTENCES if n in (names or ())]
    if not known:
        return ""
    many = _are(wrong)
    entries = max(np.size(parts(w.value, exercise.returns)[name]) for _, _, w in rows for name in wrong)
    words = {"it": "they" if many else "it", "every": ", in every entry" if entries > 1 else ""}
    sentence = RELATION_SENTENCES[known[0]].format(**rows[0][0].sizes, **words)
    return f"{_already_right(exercise, wrong)}Your {_listed(wrong)} {'are' if many else 'is'} {sentence}."


def _first_difference(exercise: Exercise, rows: Sequence[tuple[Case, Outcome, Outcome]]) -> str:
    wrong = _wrong_parts(exercise, rows)
    for case, got, want in rows:
        for name in wrong:
            a, b = parts(got.value, exercise.returns)[name], parts(want.value, exercise.returns)[name]
            if not same(a, b):
                at, value = _first_entry(a, b)
                on = f' on the case "{case.name}"' if case.name else ""
                lead = _already_right(exercise, wrong)
                differ = "differ" if _are([name]) else "differs"
                return f"{lead}Your {name} {differ} from the right answer{on}{at}; yours is {value} there."
    return "This is not the right answer."


def _first_entry(a: Any, b: Any) -> tuple[str, str]:
    x, y = as_number(a), as_number(b)
    if x is None or y is None or x.ndim == 0:
        return "", f"{float(x):.6g}" if x is not None and y is not None else repr(a)
    gap = np.abs(x.astype(float) - y.astype(float)) > 1e-6 * (np.abs(y) + np.abs(x)) + 1e-12
    index = tuple(int(i) for i in np.argwhere(gap)[0]) if gap.any() else (0,) * x.ndim
    return f", first at entry [{', '.join(map(str, index))}]", f"{float(x[index]):.6g}"


def _already_right(exercise: Exercise, wrong: Sequence[str]) -> str:
    """Name the parts that are right, in front of what is said of the others."""
    right = [n for n in exercise.returns if n not in wrong]
    return f"Right already: {_listed(right)}. " if right and len(exercise.returns) > 1 else ""


def _listed(names: Sequence[str]) -> str:
    names = list(names)
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
