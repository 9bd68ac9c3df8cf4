"""Exercises and their verdicts.

`check`, `try_it`, `hint` and `progress` are what a learner calls; `evaluate` and
`evaluate_calls` are what graders and CI call; `catalogue` lists every exercise.
"""

from .catalogue import catalogue, find
from .exercise import Case, Exercise, Mistake, quiz
from .notebook import CheckFailed, check, hint, progress, try_it
from .observe import Outcome, observe
from .report import notebook_report
from .verdict import CheckResult, evaluate, evaluate_calls

__all__ = [
    "Case",
    "CheckFailed",
    "CheckResult",
    "Exercise",
    "Mistake",
    "Outcome",
    "catalogue",
    "check",
    "evaluate",
    "evaluate_calls",
    "find",
    "hint",
    "notebook_report",
    "observe",
    "progress",
    "quiz",
    "try_it",
]
