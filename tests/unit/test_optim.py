"""What the optimisers refuse, and in which words."""

import numpy as np
import pytest

from bpcourse.optim import SGD, Momentum, momentum_step, sgd_step


def params():
    return {"W1": np.ones((2, 3)), "b1": np.ones(3)}


def sgd(**changed):
    arguments = {"params": params(), "grads": params(), "learning_rate": 0.1} | changed
    return sgd_step(**arguments)


def momentum(**changed):
    arguments = {"params": params(), "grads": params(), "velocity": params(), "learning_rate": 0.1} | changed
    return momentum_step(**arguments)


BOTH = pytest.mark.parametrize("step", [sgd, momentum])


@BOTH
@pytest.mark.parametrize("value", [-0.1, np.nan, np.inf])
def test_a_learning_rate_must_be_finite_and_not_negative(step, value):
    with pytest.raises(ValueError, match=f"learning_rate is {value}; it must be a finite number, at least 0"):
        step(learning_rate=value)


@BOTH
@pytest.mark.parametrize("value", ["0.1", None, True, [0.1], 0.1j])
def test_a_learning_rate_must_be_a_number(step, value):
    with pytest.raises(TypeError, match="learning_rate must be a number"):
        step(learning_rate=value)


@pytest.mark.parametrize("value", [-0.1, 1.1, np.nan])
def test_momentum_must_be_from_0_to_1(value):
    with pytest.raises(ValueError, match=r"momentum is .* from 0 to 1"):
        momentum(momentum=value)
    with pytest.raises(ValueError, match=r"momentum is .* from 0 to 1"):
        Momentum(0.1, value)


@pytest.mark.parametrize("make", [SGD, Momentum])
def test_an_optimizer_refuses_a_bad_rate_when_it_is_made(make):
    with pytest.raises(ValueError, match="learning_rate is -1"):
        make(-1)


@BOTH
def test_gradients_must_have_the_names_of_the_parameters(step):
    with pytest.raises(ValueError, match=r"params holds \['W1', 'b1'\] but grads holds \['W1'\]"):
        step(grads={"W1": np.ones((2, 3))})


@BOTH
def test_gradients_must_have_the_shapes_of_the_parameters(step):
    message = r"grads\['b1'\] has shape \(1, 3\), but params\['b1'\] has shape \(3,\)"
    with pytest.raises(ValueError, match=message):
        step(grads=params() | {"b1": np.ones((1, 3))})


def test_velocity_must_fit_the_parameters():
    with pytest.raises(ValueError, match=r"velocity\['W1'\] has shape \(3, 2\)"):
        momentum(velocity=params() | {"W1": np.ones((3, 2))})
    with pytest.raises(ValueError, match="velocity holds"):
        momentum(velocity={})


@BOTH
@pytest.mark.parametrize("what", ["params", "grads"])
@pytest.mark.parametrize("bad, kind", [([1.0, 1.0, 1.0], "a list"), (np.ones(3, int), "an array of int64")])
def test_what_takes_a_step_must_be_an_array_of_floats(step, what, bad, kind):
    with pytest.raises(TypeError, match=rf"{what}\['b1'\] must be an array of floats.*, not {kind}"):
        step(**{what: params() | {"b1": bad}})


@BOTH
def test_nothing_moves_when_one_of_the_arrays_is_refused(step):
    before, bad = params(), params() | {"b1": np.ones(4)}
    with pytest.raises(ValueError, match="b1"):
        step(params=before, grads=bad)
    assert all(np.array_equal(before[name], params()[name]) for name in before)


def test_names_of_any_kind_will_do_and_single_numbers_too():
    theta = {"w": np.array(2.0)}
    sgd_step(theta, {"w": np.array(0.5)}, learning_rate=0.1)
    assert theta["w"] == 1.95


def test_optimizers_say_what_they_are():
    assert repr(SGD(0.5)) == "SGD(learning_rate=0.5)"
    assert repr(Momentum(0.5, 0.8)) == "Momentum(learning_rate=0.5, momentum=0.8)"
