"""Right answers that differ in method from the reference pass, whatever they look like.

Each ``lessonNN.py`` beside this file holds ``ANSWERS``: exercise id -> list of functions.
They do not use bpcourse. At least two for every exercise that asks for a function.
"""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

from bpcourse.checks import catalogue, evaluate
from bpcourse.checks.compare import distance
from bpcourse.checks.observe import observe

FILES = sorted(Path(__file__).parent.glob("lesson*.py"))
ANSWERS = {
    (id, k): function
    for file in FILES
    for id, functions in import_module(f"{__package__}.{file.stem}").ANSWERS.items()
    for k, function in enumerate(functions)
}
NEEDED = [e for e in catalogue().values() if e.points and e.kind in ("write", "construct", "test")]


@pytest.mark.parametrize(("key", "function"), ANSWERS.items(), ids=[f"{i}-{k}" for i, k in ANSWERS])
def test_a_right_answer_passes_on_every_seed(key, function):
    exercise = catalogue()[key[0]]
    for seed in range(5):
        result = evaluate(exercise, function, seed=seed)
        assert result.passed and result.points == exercise.points, result.message


@pytest.mark.parametrize("exercise", NEEDED, ids=[e.id for e in NEEDED])
def test_there_are_two_right_answers_that_differ_in_method(exercise):
    assert sum(id == exercise.id for id, _ in ANSWERS) >= 2


@pytest.mark.parametrize("exercise", catalogue().values(), ids=list(catalogue()))
def test_the_reference_passes_with_full_points(exercise):
    result = evaluate(exercise, exercise.reference)
    assert result.status == "right" and result.points == exercise.points


@pytest.mark.parametrize(("key", "function"), ANSWERS.items(), ids=[f"{i}-{k}" for i, k in ANSWERS])
def test_right_answers_leave_no_grey_zone(key, function):
    """Far below the tolerance in float64, and in float32 where every input is given so."""
    exercise = catalogue()[key[0]]
    for case in exercise.cases(np.random.default_rng(0)):
        want = observe(exercise.reference, case.inputs, exercise.drive).value
        assert distance(observe(function, case.inputs, exercise.drive).value, want) < 1e-7


@pytest.mark.parametrize("file", FILES, ids=[f.stem for f in FILES])
def test_right_answers_do_not_use_the_course(file):
    imported = [
        name
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in [getattr(node, "module", None) or node.names[0].name]
    ]
    assert not [name for name in imported if name.startswith("bpcourse")]


# The reference of 01.2 is the fast tanh form, which in float32 has no digits left at z = −12; 05.1 must
# compute in float64 whatever it is given.
NOT_IN_FLOAT32 = {"01.2", "05.1"}
IN_FLOAT32 = [e for e in catalogue().values() if e.points and e.id not in NOT_IN_FLOAT32]


def as_float32(value):
    if isinstance(value, dict):
        return {name: as_float32(part) for name, part in value.items()}
    return value.astype(np.float32) if isinstance(value, np.ndarray) and value.dtype == float else value


@pytest.mark.parametrize("exercise", IN_FLOAT32, ids=[e.id for e in IN_FLOAT32])
def test_a_right_answer_in_float32_is_far_below_the_tolerance(exercise):
    for case in exercise.cases(np.random.default_rng(0)):
        right = observe(exercise.reference, case.inputs, exercise.drive).value
        single = observe(exercise.reference, tuple(map(as_float32, case.inputs)), exercise.drive).value
        if isinstance(right, dict):
            right, single = list(right.values()), list(single.values())
        pairs = zip(right, single, strict=True) if isinstance(right, (list, tuple)) else [(right, single)]
        assert max(distance(a, b) for a, b in pairs) < 3e-6
