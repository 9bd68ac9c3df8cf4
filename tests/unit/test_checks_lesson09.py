"""Exercises of lesson 09: the statements' examples, and inputs on which every slip shows."""

import numpy as np
import pytest

from bpcourse.checks import catalogue, evaluate
from bpcourse.checks.lesson09 import growth_rate, nan_detective

EXAMPLES = {
    "09.1": (([np.array([3.0]), np.array([[4.0]])],), 5.0),
    "09.2": (([np.array([3.0]), np.array([4.0])], 1.0), [[0.6], [0.8]]),
    "09.3": ((np.array([[2.0, 0.0], [0.0, 1.0]]), np.array([1.0, 0.0]), 3), 2.0),
    "09.4": ((np.array([[1.0, 2.0], [np.inf, np.nan]]),), (1, 1)),
}


@pytest.mark.parametrize("id", EXAMPLES)
def test_the_example_in_the_statement_has_the_answer_that_is_printed_there(id):
    inputs, answer = EXAMPLES[id]
    np.testing.assert_allclose(catalogue()[id].reference(*inputs), answer, rtol=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_what_may_be_taken_for_the_growth_rate_is_two_per_cent_off(seed):
    for case in growth_rate.rate_cases(np.random.default_rng(seed)):
        if case.inputs[-1] > 1:
            right = growth_rate.growth_rate(*case.inputs)
            assert all(abs(rule(*case.inputs) / right - 1) > 0.02 for rule in growth_rate.RATES.values())


def test_a_clipped_gradient_is_as_long_as_the_limit_and_points_the_same_way():
    exercise = catalogue()["09.2"]
    for case in exercise.cases(np.random.default_rng(0))[:3]:
        grads, limit = case.inputs
        row, cut = (
            np.concatenate([a.ravel() for a in arrays])
            for arrays in (grads, exercise.reference(*case.inputs))
        )
        assert np.linalg.norm(cut) == pytest.approx(limit)
        assert cut @ row == pytest.approx(np.linalg.norm(cut) * np.linalg.norm(row))


def test_the_logs_hold_every_place_in_which_a_training_may_break():
    cases = nan_detective.log_cases(np.random.default_rng(0))
    found = {nan_detective.nan_detective(log) for (log,) in (case.inputs for case in cases)}
    assert (-1, -1) in found
    assert 0 in {step for step, _ in found} and 0 in {layer for _, layer in found}


def test_a_missing_guard_against_zeros_is_a_remark_with_numpy_and_an_error_with_python():
    def numpy_alone(grads, max_norm):
        norm = np.sqrt(sum(np.sum(g**2) for g in grads))
        return [g * min(1, max_norm / norm) for g in grads]

    def with_a_float(grads, max_norm):
        norm = float(np.sqrt(sum(np.sum(g**2) for g in grads)))
        return [g * min(1, max_norm / norm) for g in grads]

    assert evaluate("09.2", numpy_alone).status == "note"
    assert "ZeroDivisionError" in evaluate("09.2", with_a_float).message
