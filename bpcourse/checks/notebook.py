"""What a learner calls in a notebook: `check`, `try_it`, `hint` and `progress`.

`check` shows a verdict and returns nothing. An answer that is still a stub is not an error:
*Restart & Run All* of an untouched exercise notebook stays green. Only a run that marks
(nbgrader, which sets ``NBGRADER_EXECUTION``, or ``strict=True``) raises on a wrong answer.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import numpy as np

from .. import workspace
from .catalogue import catalogue, find
from .compare import as_number
from .observe import place_of
from .plain_words import plain
from .verdict import CheckResult, evaluate

SYMBOL = {"right": "✓", "note": "✓", "partly": "◐", "wrong": "✗", "not attempted": "○"}
WORD = {
    "right": "right",
    "note": "right, with a remark",
    "partly": "partly right",
    "wrong": "not yet",
    "not attempted": "not attempted yet",
}
# Okabe–Ito; the symbol and the word carry the same meaning for those who cannot tell them apart.
COLOUR = {
    "right": "#009E73",
    "note": "#009E73",
    "partly": "#E69F00",
    "wrong": "#D55E00",
    "not attempted": "#888888",
}

_best: dict[str, CheckResult] = {}  # this kernel's best verdict on each exercise, for `progress`


class CheckFailed(AssertionError):
    """A wrong answer in a run that marks. Its text is the verdict."""


class Verdict:
    """A verdict as a notebook shows it: plain text, and the same words in HTML."""

    def __init__(self, result: CheckResult):
        self.result = result

    def __repr__(self) -> str:
        r = self.result
        head = f"{SYMBOL[r.status]} {_label(r)}: {WORD[r.status]}{_points(r)}"
        return head if r.status == "not attempted" or r.message == "Right." else f"{head}\n{r.message}"

    def _repr_html_(self) -> str:
        r = self.result
        head = (
            f"<b>{SYMBOL[r.status]} {html.escape(_label(r))}: {WORD[r.status]}</b>{html.escape(_points(r))}"
        )
        body = "" if r.status == "not attempted" or r.message == "Right." else f"<br>{_marked_up(r.message)}"
        style = f"border-left:4px solid {COLOUR[r.status]};padding:0.3em 0.8em;margin:0.2em 0"
        return f'<div style="{style}">{head}{body}</div>'


def check(exercise_id: str, answer: Any = ..., *, strict: bool = False) -> float | None:
    """Check an answer and show the verdict.

    Parameters
    ----------
    exercise_id : str
        Id of the exercise, such as ``"04.2"``.
    answer : callable or value
        Your function; for the questions inside a lesson, the value itself. ``...`` stands
        for "not attempted yet".
    strict : bool
        Raise `CheckFailed` unless the answer is right, as a run that marks does.

    Returns
    -------
    None, or the points of an exercise that pays per item where nbgrader is marking.
    """
    result = evaluate(exercise_id, answer)
    best = _best.get(result.exercise.id)
    if best is None or result.points > best.points or result.passed:
        _best[result.exercise.id] = result  # attempts cost nothing: a later slip takes nothing away
    marking = bool(os.environ.get("NBGRADER_EXECUTION"))
    _record(result)
    per_item = marking and result.exercise.pays_per_item and result.status != "not attempted"
    if (strict or marking) and not result.passed and not per_item:
        raise CheckFailed(repr(Verdict(result)))
    if per_item:
        return result.points
    _show(Verdict(result))
    return None


def try_it(exercise_id: str, function: Callable, *inputs: Any) -> Any:
    """Call your function on inputs of your own choice, and return what it returns.

    Lists of numbers become arrays, so that the examples can be typed as they are written.
    A function that is still a stub prints "not written yet" instead of raising, and an error is
    told in a sentence, so that *Run All* goes on.
    """
    exercise = find(exercise_id)
    try:
        return function(
            *(np.array(v) if isinstance(v, list) and as_number(v) is not None else v for v in inputs)
        )
    except NotImplementedError:
        print(f"{exercise.id} {exercise.name}: not written yet.")
    except Exception as problem:
        where = place_of(problem, function)
        at = f" (at {where})" if where else ""
        print(
            f"{exercise.id} {exercise.name} stopped with {type(problem).__name__}: {plain(str(problem))}{at}"
        )
    return None


def hint(exercise_id: str, level: int = 1) -> None:
    """Show a hint: level 1 is the idea, 2 the formula, 3 the skeleton of the code."""
    exercise = find(exercise_id)
    available = [h for h in exercise.hints if h]
    if exercise.name.startswith("quiz") or not available:
        print(f"{exercise.id} has no hints: choose, check, and read what the verdict says.")
        return
    if level not in range(1, len(available) + 1):
        raise ValueError(f"level must be one of 1 to {len(available)}, got {level!r}")
    print(f"Hint {level} of {len(available)} for {exercise.id} {exercise.name}:\n{available[level - 1]}")
    if level < len(available):
        print(f"More: hint({exercise.id!r}, level={level + 1})")


def progress(lesson: str) -> None:
    """Show how many exercises of a lesson are done in this kernel, with the points."""
    rows = [e for e in catalogue().values() if e.lesson == lesson and e.points]
    if not rows:
        known = ", ".join(sorted({e.lesson for e in catalogue().values() if e.points}))
        raise ValueError(f"no exercises for lesson {lesson!r}; lessons with exercises: {known}")
    done = [e for e in rows if e.id in _best and _best[e.id].passed]
    points = sum(_best[e.id].points for e in rows if e.id in _best)
    total = sum(e.points for e in rows)
    print(
        f"Lesson {lesson}: {len(done)} of {len(rows)} exercises done, {round(points, 2):g} of {total} points."
    )


def _label(result: CheckResult) -> str:
    return f"{result.exercise.id} {result.exercise.name}"


def _points(result: CheckResult) -> str:
    if not result.max_points or result.status == "not attempted":
        return ""
    word = "point" if result.max_points == 1 else "points"
    return f" ({round(result.points, 2):g} of {result.max_points:g} {word})"


def _marked_up(text: str) -> str:
    """Escaped HTML, with `code` between backticks, a *word* between asterisks, and line breaks kept."""
    pieces = html.escape(text).replace("\n", "<br>").split("`")
    for k, piece in enumerate(pieces):
        stressed = re.sub(r"(?<![\w*])\*(\w[\w ]*)\*(?![\w*])", r"<em>\1</em>", piece)
        pieces[k] = f"<code>{piece}</code>" if k % 2 else stressed
    return "".join(pieces)


def _show(verdict: Verdict) -> None:
    try:
        from IPython import get_ipython
        from IPython.display import display
    except ImportError:
        print(verdict)
        return
    if get_ipython() is None:
        print(verdict)
    else:
        display(verdict)


def _record(result: CheckResult) -> None:
    """Write the verdict down where progress is kept, and where `bpcourse check` reads it."""
    entry = {
        "exercise": result.exercise.id,
        "passed": result.passed,
        "points": result.points,
        "max_points": result.max_points,
        "mistake": result.mistake,
        "status": result.status,
    }
    report = os.environ.get("BPCOURSE_REPORT")
    if report:
        with open(report, "a", encoding="utf-8") as file:
            file.write(json.dumps({**entry, "name": result.exercise.name, "message": result.message}) + "\n")
    elif result.status != "not attempted":
        workspace.record_progress({**entry, "time": datetime.now(UTC).isoformat(timespec="seconds")})
