"""Batch and layer normalisation: what comes out, the way back in two forms, and the running statistics."""

import numpy as np
import pytest
from oracles import ANALYTIC, anp, assert_gradient, draws, over_shapes

from bpcourse.gradcheck import relative_error
from bpcourse.normalization import (
    batchnorm_backward,
    batchnorm_backward_by_steps,
    batchnorm_forward,
    layernorm_backward,
    layernorm_forward,
    update_running_statistics,
)

EPS = 0.1
BACKWARDS = pytest.mark.parametrize("backward", [batchnorm_backward, batchnorm_backward_by_steps])


def naive(X, gamma, beta, axis):
    """Return the definition, written once more for autograd."""
    center = X - anp.sum(X, axis=axis, keepdims=True) / X.shape[axis]
    variance = anp.sum(center * center, axis=axis, keepdims=True) / X.shape[axis]
    return gamma * center / anp.sqrt(variance + EPS) + beta


def assert_all_gradients(forward, backward, axis, shape, seed):
    draw = draws(seed)
    X, dY = 3 * draw(*shape) + 1, draw(*shape)
    gamma, beta = draw(shape[1]), draw(shape[1])

    def loss(X, gamma, beta):
        return np.sum(dY * forward(X, gamma, beta, eps=EPS))

    def oracle(X, gamma, beta):
        return anp.sum(dY * naive(X, gamma, beta, axis))

    dX, dgamma, dbeta = backward(dY, X, gamma, eps=EPS)
    assert_gradient(lambda x: loss(x, gamma, beta), lambda x: oracle(x, gamma, beta), X, dX)
    assert_gradient(lambda g: loss(X, g, beta), lambda g: oracle(X, g, beta), gamma, dgamma)
    assert_gradient(lambda b: loss(X, gamma, b), lambda b: oracle(X, gamma, b), beta, dbeta)


@BACKWARDS
def test_batch_normalisation_agrees_with_every_witness(backward):
    @over_shapes(2, 1)
    def over(shape, seed):
        shape = (max(2, shape[0]), shape[1])
        assert_all_gradients(batchnorm_forward, backward, 0, shape, seed)

    over()


@over_shapes(1, 2)
def test_layer_normalisation_agrees_with_every_witness(shape, seed):
    assert_all_gradients(layernorm_forward, layernorm_backward, 1, shape, seed)


def test_both_ways_back_are_the_same_one():
    draw = draws(0)
    X, dY, gamma = draw(7, 4), draw(7, 4), draw(4)
    one, other = batchnorm_backward(dY, X, gamma), batchnorm_backward_by_steps(dY, X, gamma)
    assert all(relative_error(a, b) <= ANALYTIC for a, b in zip(one, other, strict=True))


def test_what_is_usual_for_epsilon_is_1e_5():
    X, one, zero = draws(0)(7, 4) / 100, np.ones(4), np.zeros(4)
    for forward, axis in ((batchnorm_forward, 0), (layernorm_forward, 1)):
        center = X - X.mean(axis=axis, keepdims=True)
        want = center / np.sqrt(X.var(axis=axis, keepdims=True) + 1e-5)
        assert relative_error(forward(X, one, zero), want) <= ANALYTIC
    for backward in (batchnorm_backward, batchnorm_backward_by_steps, layernorm_backward):
        usual, given = backward(X, X**2, one), backward(X, X**2, one, eps=1e-5)
        assert all(np.array_equal(a, b) for a, b in zip(usual, given, strict=True))


def test_a_column_comes_out_with_mean_beta_and_spread_gamma():
    Y = batchnorm_forward(3 * draws(0)(7, 2) + 5, [2.0, -3.0], [10.0, 20.0], eps=0)
    assert np.allclose(Y.mean(axis=0), [10, 20]) and np.allclose(Y.std(axis=0), [2, 3])


def test_a_row_comes_out_with_mean_0_and_spread_1_before_gamma_and_beta():
    Y = layernorm_forward(3 * draws(0)(4, 7) + 5, np.ones(7), np.zeros(7), eps=0)
    assert np.allclose(Y.mean(axis=1), 0) and np.allclose(Y.std(axis=1), 1)


@BACKWARDS
def test_no_gradient_points_where_the_normalisation_undoes_the_step(backward):
    draw = draws(0)
    X, dY, gamma = draw(7, 4), draw(7, 4), draw(4)
    dX, _, _ = backward(dY, X, gamma, eps=0)
    assert np.allclose(dX.sum(axis=0), 0) and np.allclose(np.sum(dX * X, axis=0), 0)


def test_after_training_an_example_does_not_depend_on_its_company():
    draw = draws(0)
    X, gamma, beta, mean, var = draw(7, 4), draw(4), draw(4), draw(4), draw(4) ** 2
    settings = {"eps": EPS, "training": False, "running_mean": mean, "running_var": var}
    together = batchnorm_forward(X, gamma, beta, **settings)
    alone = [batchnorm_forward(x[None], gamma, beta, **settings)[0] for x in X]
    assert np.array_equal(together, alone)
    assert relative_error(together, gamma * (X - mean) / np.sqrt(var + EPS) + beta) <= ANALYTIC


def test_running_statistics_mix_old_and_new():
    mean, var = update_running_statistics([[1.0, 8.0], [3.0, 0.0]], [4.0, -4.0], [1.0, 8.0], momentum=0.75)
    assert mean.tolist() == [3.5, -2] and var.tolist() == [1.25, 14]


def test_running_statistics_keep_nine_tenths_unless_told_otherwise():
    X = [[-1.0], [1.0]]
    assert np.allclose(update_running_statistics(X, [10.0], [10.0]), [[9], [9.2]])


def test_running_statistics_tend_to_those_of_the_data():
    rng, mean, var = np.random.default_rng(0), np.zeros(1), np.ones(1)
    for _ in range(500):
        mean, var = update_running_statistics(3 + 2 * rng.standard_normal((20, 1)), mean, var, momentum=0.99)
    assert abs(mean - 3) < 0.2 and abs(var - 4) < 0.4


@pytest.mark.parametrize("function", [batchnorm_forward, batchnorm_backward, batchnorm_backward_by_steps])
def test_one_example_in_training_is_refused(function):
    arguments = ([[1.0]], [1.0], [0.0]) if function is batchnorm_forward else ([[1.0]], [[1.0]], [1.0])
    with pytest.raises(ValueError, match="at least 2"):
        function(*arguments)
    with pytest.raises(ValueError, match="at least 2"):
        update_running_statistics([[1.0]], [0.0], [1.0])


def test_what_does_not_fit_is_named():
    X, one = np.ones((3, 2)), np.ones(2)
    with pytest.raises(ValueError, match="gamma has shape"):
        batchnorm_forward(X, np.ones(3), one)
    with pytest.raises(ValueError, match="beta has shape"):
        layernorm_forward(X, one, np.ones(3))
    with pytest.raises(ValueError, match="eps is -1"):
        layernorm_forward(X, one, one, eps=-1)
    with pytest.raises(ValueError, match="dY has shape"):
        batchnorm_backward(X.T, X, one)
    with pytest.raises(ValueError, match="running_mean and running_var are needed"):
        batchnorm_forward(X, one, one, training=False)
    with pytest.raises(ValueError, match="running_var holds -1"):
        batchnorm_forward(X, one, one, training=False, running_mean=one, running_var=-one)
    with pytest.raises(ValueError, match=r"momentum is 1\.5"):
        update_running_statistics(X, one, one, momentum=1.5)


@pytest.mark.parametrize(
    "forward, backward", [(batchnorm_forward, batchnorm_backward), (layernorm_forward, layernorm_backward)]
)
def test_float32_stays_float32_and_arguments_stay_as_they_are(forward, backward):
    draw = draws(1)
    arrays = [draw(7, 4).astype(np.float32), draw(7, 4).astype(np.float32), draw(4).astype(np.float32)]
    before = [a.copy() for a in arrays]
    dY, X, gamma = arrays
    assert all(a.dtype == np.float32 for a in (forward(X, gamma, gamma), *backward(dY, X, gamma)))
    assert all(np.array_equal(a, b) for a, b in zip(arrays, before, strict=True))
