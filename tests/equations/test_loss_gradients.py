"""Every loss, its gradient, and the values that the lessons quote."""

import numpy as np
import pytest
from oracles import ANALYTIC, LOSSES, assert_gradient, draws, over_shapes

from bpcourse import losses
from bpcourse.activations import log_softmax, log_softmax_backward
from bpcourse.gradcheck import relative_error

PAIRS = {
    "softmax": (losses.softmax_cross_entropy, losses.softmax_cross_entropy_backward),
    "bce": (losses.binary_cross_entropy, losses.binary_cross_entropy_backward),
    "mse": (losses.mean_squared_error, losses.mean_squared_error_backward),
    "sigmoid_mse": (losses.sigmoid_mean_squared_error, losses.sigmoid_mean_squared_error_backward),
}


def targets(name, shape, seed):
    """Labels for the softmax, else numbers strictly between 0 and 1."""
    rng = np.random.default_rng(seed)
    return rng.integers(0, shape[1], shape[0]) if name == "softmax" else rng.uniform(0.1, 0.9, shape)


@pytest.mark.parametrize("name", PAIRS)
@over_shapes(1, 2)
def test_gradient_agrees_with_every_witness(name, shape, seed):
    value, backward = PAIRS[name]
    Z, Y = draws(seed)(*shape), targets(name, shape, seed)
    assert_gradient(lambda Z: value(Z, Y), lambda Z: LOSSES[name](Z, Y), Z, backward(Z, Y))


@pytest.mark.parametrize("name", PAIRS)
@over_shapes(1, 2)
def test_value_agrees_with_the_textbook_formula(name, shape, seed):
    Z, Y = draws(seed)(*shape), targets(name, shape, seed)
    assert np.isclose(PAIRS[name][0](Z, Y), LOSSES[name](Z, Y), rtol=ANALYTIC, atol=0)


@pytest.mark.parametrize("name", PAIRS)
@over_shapes(1, 2)
def test_value_and_gradient_at_once_are_value_and_gradient(name, shape, seed):
    value, backward = PAIRS[name]
    Z, Y = draws(seed)(*shape), targets(name, shape, seed)
    L, dZ = losses.LOSSES[name].value_and_backward(Z, Y)
    assert np.isclose(L, value(Z, Y), rtol=ANALYTIC, atol=0)
    assert relative_error(dZ, backward(Z, Y)) <= ANALYTIC


@pytest.mark.parametrize("name", ["bce", "mse"])
def test_a_plain_list_of_outputs_is_as_good_as_a_column(name):
    value, backward = PAIRS[name]
    z, y = draws(0)(7), targets(name, (7,), 0)
    assert_gradient(lambda z: value(z, y), lambda z: LOSSES[name](z, y), z, backward(z, y))
    assert np.array_equal(backward(z, y)[:, None], backward(z[:, None], y[:, None]))


@pytest.mark.parametrize("name", PAIRS)
def test_the_batch_written_twice_has_the_same_loss_and_half_the_gradient(name):
    value, backward = PAIRS[name]
    Z, Y = draws(1)(5, 3), targets(name, (5, 3), 1)
    twice = np.concatenate([Z, Z]), np.concatenate([Y, Y])
    assert np.isclose(value(*twice), value(Z, Y), rtol=ANALYTIC, atol=0)
    assert relative_error(backward(*twice)[:5], backward(Z, Y) / 2) <= ANALYTIC


@pytest.mark.parametrize("name", PAIRS)
def test_float32_stays_float32(name):
    value, backward = PAIRS[name]
    Z, Y = draws(2)(5, 3), targets(name, (5, 3), 2)
    single = Z.astype(np.float32), Y if name == "softmax" else Y.astype(np.float32)
    for L, dZ in ((value(*single), backward(*single)), losses.LOSSES[name].value_and_backward(*single)):
        assert L.dtype == dZ.dtype == np.float32
        assert relative_error(dZ, backward(Z, Y)) < 3e-6


def test_squared_errors_are_summed_over_outputs_and_averaged_over_examples():
    assert losses.mean_squared_error([[0.8, 0.4]], [[1, 0]]) == pytest.approx(0.2)
    assert losses.mean_squared_error([[0.8], [0.4]], [[1], [0]]) == pytest.approx(0.1)


def test_logits_of_any_size_cost_what_they_should():
    with np.errstate(all="raise", under="ignore"):
        assert losses.binary_cross_entropy([[40.0]], [[0]]) == 40
        assert losses.binary_cross_entropy([[800.0], [-800.0]], [[1], [0]]) == 0
        assert losses.softmax_cross_entropy([[1000.0, 0.0, -1000.0]], [2]) == 2000
        assert losses.softmax_cross_entropy_backward([[1000.0, 0.0, -1000.0]], [2]).tolist() == [[1, 0, -1]]


def test_knowing_nothing_costs_the_logarithm_of_the_number_of_classes():
    for C in (2, 3, 10):
        assert losses.softmax_cross_entropy(np.zeros((4, C)), [0, 1, 1, 0]) == pytest.approx(np.log(C))
    assert losses.binary_cross_entropy(np.zeros((4, 1)), [[0], [1], [1], [0]]) == pytest.approx(np.log(2))


def test_softmax_gradient_rows_sum_to_0():
    dZ = losses.softmax_cross_entropy_backward(draws(3)(7, 5), [0, 1, 2, 3, 4, 4, 0])
    assert np.allclose(dZ.sum(axis=1), 0, rtol=0, atol=1e-16)


def test_cross_entropy_through_log_softmax_is_the_same_loss():
    Z, y = draws(4)(7, 5), np.array([0, 1, 2, 3, 4, 4, 0])
    log_p, Y = log_softmax(Z), np.eye(5)[y]
    assert losses.softmax_cross_entropy(Z, y) == pytest.approx(-np.sum(Y * log_p) / 7, rel=ANALYTIC)
    dZ = log_softmax_backward(-Y / 7, log_p)
    assert relative_error(dZ, losses.softmax_cross_entropy_backward(Z, y)) <= ANALYTIC
