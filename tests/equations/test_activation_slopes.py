"""Every activation's slope, against witnesses that do not share its code."""

import numpy as np
import pytest
from oracles import ACTIVATIONS as NAIVE
from oracles import ANALYTIC, anp, assert_gradient, draws, off_the_kink, over_shapes, softmax

from bpcourse import activations
from bpcourse.activations import ACTIVATIONS
from bpcourse.gradcheck import relative_error

ROWWISE = {
    "softmax": (activations.softmax, activations.softmax_backward, softmax),
    "log_softmax": (
        activations.log_softmax,
        activations.log_softmax_backward,
        lambda Z: anp.log(softmax(Z)),
    ),
}
ALL = {name: (*pair, NAIVE[name]) for name, pair in ACTIVATIONS.items()} | ROWWISE


@pytest.mark.parametrize("name", ALL)
@over_shapes(1, 2)
def test_slope_agrees_with_every_witness(name, shape, seed):
    forward, backward, naive = ALL[name]
    draw = draws(seed)
    Z, dA = off_the_kink(draw(*shape)), draw(*shape)
    gradient = backward(dA, forward(Z))
    assert_gradient(lambda Z: np.sum(dA * forward(Z)), lambda Z: anp.sum(dA * naive(Z)), Z, gradient)


@pytest.mark.parametrize("name", ALL)
def test_any_number_of_axes_will_do(name):
    forward, backward, naive = ALL[name]
    for shape in ((5,), (2, 3, 4)):
        draw = draws(0)
        Z, dA = off_the_kink(draw(*shape)), draw(*shape)
        dZ = backward(dA, forward(Z))
        assert_gradient(
            lambda Z, dA=dA: np.sum(dA * forward(Z)), lambda Z, dA=dA: anp.sum(dA * naive(Z)), Z, dZ
        )


@pytest.mark.parametrize("name", ALL)
def test_forward_agrees_with_the_textbook_formula(name):
    forward, _, naive = ALL[name]
    Z = draws(1)(7, 5)
    assert relative_error(forward(Z), naive(Z)) <= ANALYTIC


@pytest.mark.parametrize("name", ALL)
def test_float32_stays_float32(name):
    forward, backward, _ = ALL[name]
    draw = draws(2)
    Z, dA = off_the_kink(draw(7, 5)), draw(7, 5)
    A = forward(Z.astype(np.float32))
    dZ = backward(dA.astype(np.float32), A)
    assert A.dtype == dZ.dtype == np.float32
    assert relative_error(dZ, backward(dA, forward(Z))) < 3e-6


def test_relu_has_slope_0_at_the_kink():
    A = activations.relu([-1.0, 0.0, 1.0])
    assert activations.relu_backward([3.0, 3.0, 3.0], A).tolist() == [0, 0, 3]


def test_leaky_relu_has_its_small_slope_at_the_kink():
    A = activations.leaky_relu([-1.0, 0.0, 1.0], slope=0.25)
    assert A.tolist() == [-0.25, 0, 1]
    assert activations.leaky_relu_backward([3.0, 3.0, 3.0], A, slope=0.25).tolist() == [0.75, 0.75, 3]


def test_leaky_relu_leaks_a_hundredth_unless_told_otherwise():
    assert activations.leaky_relu([-1.0]).tolist() == [-0.01]
    assert activations.leaky_relu_backward([1.0], [-0.01]).tolist() == [0.01]


@pytest.mark.parametrize("slope", [0, 1])
def test_leaky_relu_may_leak_nothing_or_everything(slope):
    A = activations.leaky_relu([-2.0, 3.0], slope)
    assert A.tolist() == [-2.0 * slope, 3.0]
    assert activations.leaky_relu_backward([5.0, 5.0], [-1.0, 1.0], slope).tolist() == [5.0 * slope, 5.0]


@pytest.mark.parametrize("slope", [-0.01, 1.01])
def test_leaky_relu_must_not_leak_more_than_everything_or_turn_round(slope):
    with pytest.raises(ValueError, match="slope"):
        activations.leaky_relu_backward([1.0], [1.0], slope)
    with pytest.raises(ValueError, match="slope"):
        activations.leaky_relu([1.0], slope)


def test_sigmoid_slope_is_a_quarter_at_most():
    A = activations.sigmoid(np.linspace(-4, 4, 81))
    slopes = activations.sigmoid_backward(np.ones_like(A), A)
    assert slopes.max() == slopes[40] == 0.25


def test_softmax_rows_are_pushed_by_sums_of_0():
    draw = draws(3)
    dZ = activations.softmax_backward(draw(6, 4), activations.softmax(draw(6, 4)))
    assert np.allclose(dZ.sum(axis=1), 0, rtol=0, atol=1e-15)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64, complex])
def test_a_result_may_be_put_where_its_argument_was(name, dtype):
    forward, backward = ACTIVATIONS[name]
    draw = draws(4)
    Z, dA = off_the_kink(draw(7, 5)).astype(dtype), draw(7, 5).astype(dtype)
    A = forward(Z)
    dZ = backward(dA, A)
    given, wanted = A.copy(), (A.tolist(), dZ.tolist())
    assert forward(Z, out=Z) is Z and backward(dA, given, out=dA) is dA
    assert (Z.tolist(), dA.tolist()) == wanted
    assert np.array_equal(given, A)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_nothing_given_is_changed_unless_it_is_named_as_out(name):
    forward, backward = ACTIVATIONS[name]
    draw = draws(5)
    Z, dA = draw(7, 5), draw(7, 5)
    before = Z.tolist(), dA.tolist()
    A = forward(Z)
    dZ = backward(dA, A)
    assert (Z.tolist(), dA.tolist()) == before
    assert not np.shares_memory(A, Z) and not np.shares_memory(dZ, dA)
