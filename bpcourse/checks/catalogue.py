"""All exercises of the course, by id."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from .exercise import Exercise


@cache
def catalogue() -> Mapping[str, Exercise]:
    """Every exercise, in the order of the lessons.

    Returns
    -------
    mapping of str to Exercise
        Exercises by id. Those with 0 points are checks inside a lesson's text.
    """
    names = sorted(
        m.name for m in iter_modules(import_module(__package__).__path__) if m.name.startswith("lesson")
    )
    found: dict[str, Exercise] = {}
    for name in names:
        for exercise in import_module(f"{__package__}.{name}").EXERCISES:
            if exercise.id in found:
                raise ValueError(f"exercise {exercise.id} is described twice")
            found[exercise.id] = exercise
    return MappingProxyType(found)


def find(exercise_id: str) -> Exercise:
    """The exercise with this id; a `ValueError` with the nearest ids where there is none."""
    exercises = catalogue()
    if exercise_id not in exercises:
        lesson = str(exercise_id)[:2]
        near = [i for i in exercises if i[:2] == lesson] or sorted({i[:2] for i in exercises})
        raise ValueError(f"there is no exercise {exercise_id!r}; did you mean one of {', '.join(near)}?")
    return exercises[exercise_id]
