"""The inputs on which answers are tried leave no sign untried: an `abs` in the wrong place has to show."""

from __future__ import annotations

import numpy as np
import pytest

from bpcourse.checks import catalogue
from bpcourse.checks.compare import as_number, parts
from bpcourse.checks.observe import observe
from bpcourse.checks.verdict import DEFAULT_SEED

WRITTEN = [e for e in catalogue().values() if e.points and e.kind == "write"]

# Inputs that are labels, probabilities, rates or counts; answers that are squares, shares or losses.
NEVER_NEGATIVE = {"shape", "y", "Y", "A2", "P", "lr", "eps", "epochs", "batch_size", "order"}
NEVER_NEGATIVE |= {"norm", "max_norm", "rate", "steps"}
NEVER_NEGATIVE |= {"a", "A1", "loss", "losses", "f", "error", "accuracy", "batch_sizes", "rows_of_y"}
NEVER_NEGATIVE |= {"norms", "bound", "floor", "layer"}
NEVER_NEGATIVE |= {"fan_in", "fan_out", "std", "dead"}


def numbers(name, value):
    """All arrays in a value, each with its name."""
    if isinstance(value, dict):
        return [pair for key, part in value.items() for pair in numbers(key, part)]
    array = as_number(value)
    return [] if array is None else [(name, array.ravel().astype(float))]


def values_by_name(exercise):
    """Everything that goes in and comes out, over all cases, by name."""
    found = {}
    for case in exercise.cases(np.random.default_rng(DEFAULT_SEED)):
        given = zip(exercise.input_names, case.inputs, strict=False)
        right = observe(exercise.reference, case.inputs, exercise.drive).value
        for name, value in [*given, *parts(right, exercise.returns).items()]:
            for key, array in numbers(name, value):
                found.setdefault(key, []).append(array)
    return {name: np.concatenate(arrays) for name, arrays in found.items()}


@pytest.mark.parametrize("exercise", WRITTEN, ids=[e.id for e in WRITTEN])
def test_what_may_be_negative_is_negative_here_and_positive_there(exercise):
    values = values_by_name(exercise)
    one_sign = {name for name, v in values.items() if not v.min() < 0 < v.max()}
    assert one_sign <= NEVER_NEGATIVE
