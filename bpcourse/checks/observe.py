"""Run a learner's function once, and write down everything that can be seen of it.

This module and `drivers` are all of the checks that a grader's isolated child process
loads, so it imports NumPy and the standard library and holds no answer.
"""

from __future__ import annotations

import copy
import linecache
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

# NumPy's floating-point warnings, by the words they contain. Anything else is "other".
WARNING_KINDS = {"overflow": "overflow", "invalid value": "invalid", "divide by zero": "divide"}
NO_VALUE = (
    "What your function returned holds something that is not a number, such as a generator. "
    "`list(...)` or `tuple(...)` turns a generator into its numbers."
)


@dataclass(frozen=True)
class Outcome:
    """What one call did.

    Attributes
    ----------
    value : object
        What came back (None where an error was raised).
    error, error_text, error_where : str
        Type and text of the exception, and the line of the learner's code it came from.
        "StubCalled", with the name of the stub, where the function calls one that is not written.
    changed : tuple of int
        Positions of the inputs that the call changed.
    warnings : frozenset of str
        Kinds of warning: "overflow", "invalid", "divide", "other".
    attempted : bool
        False where the function is still a stub.
    """

    value: Any = None
    error: str = ""
    error_text: str = ""
    error_where: str = ""
    changed: tuple[int, ...] = ()
    warnings: frozenset[str] = frozenset()
    attempted: bool = True


def observe(function: Callable, inputs: tuple, drive: Callable | None = None) -> Outcome:
    """Call ``function(*inputs)`` (through ``drive``, if there is one) on copies, and report.

    Never raises for what the function does, except that an interrupt from the keyboard
    passes, so that an endless loop can be stopped.
    """
    given = copy.deepcopy(inputs)
    with warnings.catch_warnings(record=True) as caught, np.errstate(all="warn", under="ignore"):
        warnings.simplefilter("always")
        try:
            value = function(*given) if drive is None else drive(function, *given)
        except (Exception, SystemExit) as problem:
            stub = _stub_behind(problem)
            if stub is not None and stub == getattr(getattr(function, "__code__", None), "co_name", stub):
                return Outcome(attempted=False)
            return Outcome(
                error="StubCalled" if stub else type(problem).__name__,
                error_text=stub or str(problem),
                error_where=place_of(problem, function),
                changed=_changed(inputs, given),
                warnings=_kinds(caught),
            )
    if value is Ellipsis:
        return Outcome(attempted=False)
    error, text = "", ""
    try:
        value = copy.deepcopy(value)
    except Exception:  # a generator and its kind cannot be copied
        value, error, text = None, "NotAsAsked", NO_VALUE
    return Outcome(value, error, text, changed=_changed(inputs, given), warnings=_kinds(caught))


def _kinds(caught: list[warnings.WarningMessage]) -> frozenset[str]:
    def kind(text: str) -> str:
        return next((name for words, name in WARNING_KINDS.items() if words in text), "other")

    return frozenset(kind(str(w.message)) for w in caught)


def _changed(before: tuple, after: tuple) -> tuple[int, ...]:
    return tuple(i for i, (a, b) in enumerate(zip(before, after, strict=True)) if not _identical(a, b))


def _identical(a: Any, b: Any) -> bool:
    if isinstance(a, dict):
        return isinstance(b, dict) and a.keys() == b.keys() and all(_identical(a[k], b[k]) for k in a)
    if isinstance(a, (list, tuple)):
        return len(a) == len(b) and all(_identical(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, np.ndarray):
        return a.shape == b.shape and a.dtype == b.dtype and a.tobytes() == b.tobytes()
    return bool(a == b)


def _stub_behind(problem: BaseException) -> str | None:
    """Name of the function that is still a stub, where it was one that stopped the call."""
    if not isinstance(problem, NotImplementedError):
        return None
    step = problem.__traceback__
    while step.tb_next is not None:
        step = step.tb_next
    return step.tb_frame.f_code.co_name


def place_of(problem: BaseException, function: Callable) -> str:
    """The deepest line of the learner's own file, as text: ``line 3: return X @ W``."""
    home = getattr(getattr(function, "__code__", None), "co_filename", None)
    found, step = "", problem.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == home:
            first = step.tb_frame.f_code.co_firstlineno
            line = step.tb_lineno or first  # an interrupt may come between two lines
            text = linecache.getline(home, line).strip()
            found = f"line {line - first + 1} of {step.tb_frame.f_code.co_name}"
            found += f", `{text}`" if text else ""
        step = step.tb_next
    return found
