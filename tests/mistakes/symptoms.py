"""Measure what a wrong answer looks like beside the right one."""

from __future__ import annotations

import numpy as np

from bpcourse.checks.compare import as_number, distance, parts, same_outcome
from bpcourse.checks.exercise import Exercise, Mistake
from bpcourse.checks.observe import observe
from bpcourse.gradcheck import relation


def outcomes(exercise: Exercise, function, seed: int):
    """(case, outcome) of every case of a seed."""
    cases = exercise.cases(np.random.default_rng(seed))
    return [(case, observe(function, case.inputs, exercise.drive)) for case in cases]


def failing(exercise: Exercise, mistake: Mistake, seed: int):
    """(case, wrong outcome, right outcome) where they differ, or on the case named `at`."""
    wrong, right = outcomes(exercise, mistake.wrong, seed), outcomes(exercise, exercise.reference, seed)
    rows = [(case, w, r) for (case, w), (_, r) in zip(wrong, right, strict=True)]
    if mistake.at:
        return [row for row in rows if row[0].name == mistake.at]
    return [row for row in rows if not same_outcome(row[1], row[2])]


def measure(exercise: Exercise, mistake: Mistake, key: str, seed: int):
    """One measure, such as ``"dW rel"``, on the first failing case that has numbers."""
    *part, what = key.split(" ")
    rows = [row for row in failing(exercise, mistake, seed) if not row[1].error]
    name = part[0] if part else None
    if what == "factor":
        sets = [set(relation(*_pair(exercise, row, name), sizes=dict(row[0].sizes))) for row in rows]
        return set.intersection(*sets) if sets else set()
    if not rows:
        return None
    a, b = _pair(exercise, rows[0], name)
    if what == "shape":
        return a.shape
    a, b = a.ravel().astype(float), b.ravel().astype(float)
    with np.errstate(all="ignore"):
        size = np.linalg.norm(a) / np.linalg.norm(b)
        return {
            "rel": distance(a, b),
            "cos": float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b))),
            "ratio": float(size),
        }[what]


def _pair(exercise: Exercise, row, name: str | None):
    """The wrong and the right value of one part, or of all of them as one vector."""
    _, wrong, right = row
    w, r = parts(wrong.value, exercise.returns), parts(right.value, exercise.returns)
    if name is not None:
        return as_number(w[name]), as_number(r[name])
    if len(exercise.returns) == 1:
        return as_number(w[exercise.returns[0]]), as_number(r[exercise.returns[0]])
    return tuple(np.concatenate([np.ravel(as_number(p[k])) for k in exercise.returns]) for p in (w, r))


def in_words(exercise: Exercise, mistake: Mistake, seed: int) -> str:
    """The symptom in a line, for the table that CI prints."""
    rows = failing(exercise, mistake, seed)
    if not rows:
        return (
            "right value; "
            + ", ".join(sorted(outcomes(exercise, mistake.wrong, seed)[-1][1].warnings))
            + " warning"
        )
    case, wrong, right = rows[0]
    if wrong.error:
        return f"{wrong.error} on {case.name or 'the only case'}; {len(rows)} cases fail"
    if wrong.changed != right.changed:
        return "an input changed"
    said = []
    w, r = parts(wrong.value, exercise.returns) or {}, parts(right.value, exercise.returns)
    for name in exercise.returns:
        a, b = as_number(w.get(name)), as_number(r[name])
        if a is None or b is None:
            said.append("" if w.get(name) in (None, r[name]) else f"{name}: {w.get(name)}")
        elif a.shape != b.shape:
            said.append(f"{name} shape {a.shape}")
        elif distance(a, b) > 1e-9:
            said.append(f"{name} rel {distance(a, b):.2g}")
    return "; ".join(s for s in said if s) or "structure"
