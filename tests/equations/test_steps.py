"""Every optimiser's step, against steps worked out by hand with numbers that are exact in binary."""

import numpy as np
import pytest

from bpcourse.optim import SGD, Momentum, momentum_step, sgd_step

OVERWRITE = pytest.mark.parametrize("overwrite", [False, True])


def arrays():
    """Return parameters and gradients of two names."""
    params = {"W1": np.array([[1.0, 2.0], [-4.0, 8.0]]), "b1": np.array([0.5, -0.5])}
    grads = {"W1": np.array([[4.0, -8.0], [2.0, 0.0]]), "b1": np.array([1.0, -3.0])}
    return params, grads


@OVERWRITE
def test_sgd_moves_against_the_gradient(overwrite):
    params, grads = arrays()
    sgd_step(params, grads, learning_rate=0.25, overwrite_grads=overwrite)
    assert params["W1"].tolist() == [[0, 4], [-4.5, 8]]
    assert params["b1"].tolist() == [0.25, 0.25]


@OVERWRITE
def test_momentum_repeats_half_of_the_step_before(overwrite):
    params = {"w": np.array([1.0, 0.0])}
    velocity = {"w": np.array([-2.0, 4.0])}
    expected = [  # v = v/2 - g/4, w = w + v
        ([-1.5, 2.25], [-0.5, 2.25]),
        ([-1.25, 1.375], [-1.75, 3.625]),
        ([-1.125, 0.9375], [-2.875, 4.5625]),
    ]
    for v, w in expected:
        grads = {"w": np.array([2.0, -1.0])}
        momentum_step(params, grads, velocity, learning_rate=0.25, momentum=0.5, overwrite_grads=overwrite)
        assert velocity["w"].tolist() == v and params["w"].tolist() == w


def test_momentum_is_nine_tenths_unless_told_otherwise():
    params, velocity = {"w": np.array([0.0])}, {"w": np.array([1.0])}
    momentum_step(params, {"w": np.array([0.0])}, velocity, learning_rate=1.0)
    assert velocity["w"].tolist() == params["w"].tolist() == [0.9]
    assert Momentum(1.0).momentum == 0.9


def test_momentum_of_0_is_plain_descent():
    (params, grads), (plain, _) = arrays(), arrays()
    velocity = {name: np.ones_like(param) for name, param in params.items()}
    momentum_step(params, grads, velocity, learning_rate=0.25, momentum=0)
    sgd_step(plain, grads, learning_rate=0.25)
    assert all(np.array_equal(params[name], plain[name]) for name in params)


def test_momentum_of_1_forgets_nothing():
    params, velocity = {"w": np.array([0.0])}, {"w": np.array([3.0])}
    momentum_step(params, {"w": np.array([0.0])}, velocity, learning_rate=1.0, momentum=1)
    assert params["w"].tolist() == [3]


def test_a_rate_of_0_stands_still():
    params, grads = arrays()
    sgd_step(params, grads, learning_rate=0)
    velocity = {name: np.zeros_like(param) for name, param in params.items()}
    momentum_step(params, grads, velocity, learning_rate=0)
    assert all(np.array_equal(param, arrays()[0][name]) for name, param in params.items())


@pytest.mark.parametrize("settings", [{"learning_rate": -0.1}, {"momentum": -0.1}, {"momentum": 1.1}])
def test_settings_out_of_range_are_refused(settings):
    params, grads = arrays()
    velocity = {name: np.zeros_like(param) for name, param in params.items()}
    with pytest.raises(ValueError, match=next(iter(settings))):
        momentum_step(params, grads, velocity, **({"learning_rate": 0.1} | settings))
    with pytest.raises(ValueError, match="learning_rate"):
        sgd_step(params, grads, learning_rate=-0.1)


def test_gradients_are_left_alone_unless_they_may_be_overwritten():
    params, grads = arrays()
    velocity = {name: np.zeros_like(param) for name, param in params.items()}
    sgd_step(params, grads, learning_rate=0.25)
    momentum_step(params, grads, velocity, learning_rate=0.25)
    SGD(0.25).step(params, grads)
    Momentum(0.25).step(params, grads)
    assert all(np.array_equal(grad, arrays()[1][name]) for name, grad in grads.items())
    sgd_step(params, grads, learning_rate=0.25, overwrite_grads=True)
    assert not np.array_equal(grads["W1"], arrays()[1]["W1"])


@OVERWRITE
def test_optimizers_take_the_steps_of_their_functions(overwrite):
    (params, grads), (plain, _) = arrays(), arrays()
    SGD(0.25).step(params, grads, overwrite_grads=overwrite)
    sgd_step(plain, arrays()[1], learning_rate=0.25)
    assert all(np.array_equal(params[name], plain[name]) for name in params)

    optimizer, velocity = Momentum(0.25, 0.5), {name: np.zeros_like(param) for name, param in plain.items()}
    for _ in range(3):
        optimizer.step(params, arrays()[1], overwrite_grads=overwrite)
        momentum_step(plain, arrays()[1], velocity, learning_rate=0.25, momentum=0.5)
    assert all(np.array_equal(params[name], plain[name]) for name in params)
    assert all(np.array_equal(optimizer.velocity[name], velocity[name]) for name in params)


def test_steps_write_into_the_arrays_that_they_are_given():
    params, grads = arrays()
    W1 = params["W1"]
    sgd_step(params, grads, learning_rate=0.25)
    assert params["W1"] is W1 and W1[0, 0] == 0


def test_float32_stays_float32():
    params, grads = ({name: a.astype(np.float32) for name, a in named.items()} for named in arrays())
    velocity = {name: np.zeros_like(param) for name, param in params.items()}
    momentum_step(params, grads, velocity, learning_rate=0.25)
    sgd_step(params, grads, learning_rate=0.25)
    assert {a.dtype for a in (*params.values(), *velocity.values())} == {np.dtype(np.float32)}
