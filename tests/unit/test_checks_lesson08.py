"""The stacks of exercise 08.4 do what is said of them, and each case of 08.5 shows what its name says."""

import numpy as np
import pytest

from bpcourse.checks import catalogue, evaluate
from bpcourse.checks.lesson08 import stacks
from bpcourse.checks.lesson08.delta_norms import delta_norms
from bpcourse.checks.lesson08.first_starved_layer import first_starved_layer

BY_CAUSE = {stacks.PLANTED[n]: s for n, s in zip(stacks.NAMES, stacks.four_stacks(), strict=True)}


@pytest.mark.parametrize("cause", "ABCD")
def test_the_error_signal_vanishes_in_every_stack(cause):
    assert BY_CAUSE[cause].deltas[0] / BY_CAUSE[cause].deltas[-1] < 1e-3


def test_the_sigmoid_stack_loses_a_quarter_to_its_gates_and_nothing_to_its_weights():
    stack = BY_CAUSE["A"]
    assert stack.activation == "sigmoid" and stack.size_of_z < 1
    assert 0.2 < stack.gates < 0.25 and 0.9 < stack.weights < 1.1


def test_small_weights_leave_less_than_a_tenth_through_gates_that_are_half_open():
    stack = BY_CAUSE["B"]
    assert stack.weights < 0.1 and 0.65 < stack.gates < 0.75 and stack.silent < 0.2


def test_the_saturated_stack_has_large_z_and_weights_that_keep_the_size():
    stack = BY_CAUSE["C"]
    assert stack.activation == "tanh" and stack.size_of_z > 2.5
    assert stack.gates < 0.2 and 0.9 < stack.weights < 1.1


def test_most_units_of_the_dead_stack_are_silent_and_its_weights_stretch():
    stack = BY_CAUSE["D"]
    assert stack.activation == "relu" and stack.silent > 0.8 and stack.weights > 1.2


@pytest.mark.parametrize("cause", "BD")
def test_the_weights_gradient_is_level_where_somebody_may_trust_it(cause):
    grads = BY_CAUSE[cause].grads
    assert grads.max() / grads.min() < 10


def test_gates_and_weights_together_make_the_decay():
    for stack in BY_CAUSE.values():
        factor = (stack.deltas[0] / stack.deltas[-1]) ** (1 / (stacks.LAYERS - 1))
        assert 0.8 < factor / (stack.gates * stack.weights) < 1.25


def test_only_four_of_the_six_causes_are_planted():
    assert sorted(stacks.PLANTED.values()) == list("ABCD")


@pytest.mark.parametrize("seed", range(10))
def test_no_norm_of_a_drawn_stack_lies_so_near_the_floor_that_rounding_decides(seed):
    for case in catalogue()["08.5"].cases(np.random.default_rng(seed)):
        *stack, floor = case.inputs
        norms = delta_norms(*stack)
        if case.name != "layer 2 is at the floor":
            assert np.abs(np.log(norms / (floor * norms[-1]))).min() > 0.15


@pytest.mark.parametrize("unit", [2.0**-30, 1.0, 2.0**30])
def test_starving_does_not_depend_on_the_unit_of_the_loss(unit):
    for case in catalogue()["08.5"].cases(np.random.default_rng(3)):
        X, Ws, dA, floor = case.inputs
        assert first_starved_layer(X, Ws, unit * dA, floor) == first_starved_layer(X, Ws, dA, floor)


def test_the_example_of_each_statement_is_right():
    eye = [[1.0, 0.0], [0.0, 1.0]]
    X, dA = np.zeros((1, 2)), np.array([[3.0, 4.0]])
    assert delta_norms(X, [np.array(eye)], dA).tolist() == [1.25]
    assert first_starved_layer(X, [np.array(eye)] * 3, dA, 0.1) == 1
    assert catalogue()["08.2"].reference([np.diag([2.0, 1.0]), np.diag([3.0, 1.0])]) == 0.375
    assert np.isclose(catalogue()["08.3"].reference(np.array([0.001, 0.01, 0.1])), 1)


def test_blaming_the_quarter_everywhere_is_right_once_in_four():
    result = evaluate("08.4", lambda: ["A"] * 4)
    assert result.points == 0.5 and "quarter per layer" in result.message
