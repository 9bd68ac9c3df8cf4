"""The whole network: every gradient of every parameter, and the numbers of the running example."""

from itertools import pairwise

import numpy as np
import pytest
from autograd import grad
from oracles import ANALYTIC, DIFFERENCES, draws, network_loss, over_shapes

import bpcourse.network
from bpcourse.gradcheck import central_difference, complex_step, relative_error
from bpcourse.losses import LOSSES
from bpcourse.network import MLP, backward, forward

SIZES = {1: (4, 3), 2: (4, 5, 3), 3: (4, 5, 6, 3), 4: (4, 5, 5, 6, 3)}


def problem(layer_sizes, loss, n_samples=7, seed=0):
    """Return X, targets and parameters, biases too drawn from N(0, 1)."""
    draw, rng = draws(seed), np.random.default_rng(seed)
    params = {}
    for layer, shape in enumerate(pairwise(layer_sizes), start=1):
        params[f"W{layer}"] = draw(*shape) / np.sqrt(shape[0])
        params[f"b{layer}"] = draw(shape[1])
    shape = n_samples, layer_sizes[-1]
    y = rng.integers(0, shape[1], n_samples) if loss == "softmax" else rng.uniform(0.1, 0.9, shape)
    return draw(n_samples, layer_sizes[0]), y, params


def loss_of(params, X, y, activation, loss):
    return LOSSES[loss].value_and_backward(forward(X, params, activation=activation)[-1], y)[0]


def grads_of(params, X, y, activation, loss):
    activations = forward(X, params, activation=activation)
    dZ = LOSSES[loss].value_and_backward(activations[-1], y)[1]
    return backward(dZ, activations, params, activation=activation)


def assert_right(params, X, y, activation, loss):
    grads = grads_of(params, X, y, activation, loss)
    assert list(grads) == list(params)
    by_steps = complex_step(lambda p: loss_of(p, X, y, activation, loss), params)
    by_autograd = grad(network_loss)(params, X, y, activation, loss)
    for name, got in grads.items():
        assert got.shape == params[name].shape
        assert relative_error(got, by_steps[name]) <= ANALYTIC
        assert relative_error(got, by_autograd[name]) <= ANALYTIC


@pytest.mark.parametrize("activation", ["identity", "sigmoid", "tanh", "relu", "leaky_relu"])
@pytest.mark.parametrize("depth", SIZES)
def test_every_gradient_agrees_with_complex_step_and_autograd(activation, depth):
    X, y, params = problem(SIZES[depth], "softmax")
    assert_right(params, X, y, activation, "softmax")


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("n_samples", [1, 2, 7])
def test_every_gradient_agrees_under_every_loss(loss, n_samples):
    X, y, params = problem((4, 5, 3), loss, n_samples)
    assert_right(params, X, y, "tanh", loss)


@over_shapes(1, 1, 1, 2)
def test_every_gradient_agrees_for_every_shape(shape, seed):
    N, *layer_sizes = shape
    X, y, params = problem(layer_sizes, "softmax", N, seed)
    assert_right(params, X, y, "sigmoid", "softmax")


def test_every_gradient_agrees_with_central_differences():
    X, y, params = problem((4, 5, 6, 3), "bce")
    nudged = central_difference(lambda p: loss_of(p, X, y, "tanh", "bce"), params)
    assert relative_error(grads_of(params, X, y, "tanh", "bce"), nudged) <= DIFFERENCES


def test_batch_gradient_is_the_mean_of_the_gradients_of_its_examples():
    X, y, params = problem((4, 5, 3), "softmax")
    ones = [grads_of(params, X[n : n + 1], y[n : n + 1], "tanh", "softmax") for n in range(len(X))]
    for name, got in grads_of(params, X, y, "tanh", "softmax").items():
        assert relative_error(got, np.mean([one[name] for one in ones], axis=0)) <= ANALYTIC


def test_hidden_layers_are_relu_unless_told_otherwise():
    X, y, params = problem((4, 5, 3), "softmax")
    A = forward(X, params)
    dZ = LOSSES["softmax"].value_and_backward(A[-1], y)[1]
    assert np.array_equal(A[1], forward(X, params, activation="relu")[1]) and (A[1] == 0).any()
    named = backward(dZ, A, params, activation="relu")
    assert all(np.array_equal(grad, named[name]) for name, grad in backward(dZ, A, params).items())


def test_no_gradient_of_the_input_is_computed(monkeypatch):
    asked = []

    def spy(dZ, X, W, *, input_grad=True):
        asked.append(input_grad)
        return affine_backward(dZ, X, W, input_grad=input_grad)

    affine_backward = bpcourse.network.affine_backward
    monkeypatch.setattr(bpcourse.network, "affine_backward", spy)
    X, y, params = problem((4, 5, 6, 3), "softmax")
    grads_of(params, X, y, "relu", "softmax")
    assert asked == [True, True, False]


def test_float32_stays_float32():
    X, y, params = problem((4, 5, 3), "softmax")
    single = {name: param.astype(np.float32) for name, param in params.items()}
    grads = grads_of(single, X.astype(np.float32), y, "sigmoid", "softmax")
    assert all(grad.dtype == np.float32 for grad in grads.values())
    assert relative_error(grads, grads_of(params, X, y, "sigmoid", "softmax")) < 3e-6


@pytest.mark.parametrize("loss", LOSSES)
def test_mlp_returns_the_loss_and_these_gradients(loss):
    X, y, _ = problem((4, 5, 3), loss)
    net = MLP([4, 5, 3], activation="tanh", loss=loss, random_state=0)
    L, grads = net.loss_and_grads(X, y)
    assert np.isclose(L, network_loss(net.params, X, y, "tanh", loss), rtol=ANALYTIC, atol=0)
    want = complex_step(lambda p: loss_of(p, X, y, "tanh", loss), net.params)
    assert relative_error(grads, want) <= ANALYTIC


# --- the running example of the lessons, values to six decimals -------------------------------------------

X = np.array([[1.5, -0.5], [-0.5, 2.0], [2.0, 0.5], [-1.5, -2.0]])
T = np.array([[1.0], [1.0], [0.0], [0.0]])
PARAMS = {
    "W1": np.array([[0.4, -0.6, 0.6], [0.8, -0.8, 0.2]]),
    "b1": np.array([0.3, -0.5, 0.1]),
    "W2": np.array([[0.5], [0.7], [-0.9]]),
    "b2": np.array([-0.3]),
}
HIDDEN = [
    [0.622459, 0.268941, 0.710950],
    [0.845535, 0.141851, 0.549834],
    [0.817574, 0.109097, 0.802184],
    [0.130108, 0.880797, 0.231475],
]
LOGITS = [[-0.440366], [-0.272787], [-0.536810], [0.173284]]
EXPECTED = {  # number of examples: loss, error at the output, gradients
    1: (
        0.370085,
        [[-0.289890]],
        {
            "W1": [[-0.051094, -0.059846, 0.080423], [0.017031, 0.019949, -0.026808]],
            "b1": [-0.034063, -0.039897, 0.053615],
            "W2": [[-0.180445], [-0.077964], [-0.206097]],
            "b2": [-0.289890],
        },
    ),
    3: (
        0.276188,
        [[-0.096630], [-0.092891], [0.057263]],
        {
            "W1": [[-0.005458, -0.008199, 0.000105], [-0.004320, -0.007233, 0.028361]],
            "b1": [-0.013150, -0.017318, 0.030386],
            "W2": [[-0.091874], [-0.032917], [-0.073838]],
            "b2": [-0.132258],
        },
    ),
    4: (
        0.280911,
        [[-0.072473], [-0.069668], [0.042947], [0.067394]],
        {
            "W1": [[-0.009814, -0.013579, 0.016264], [-0.010868, -0.015331, 0.042851]],
            "b1": [-0.006049, -0.008036, 0.012000],
            "W2": [[-0.060137], [0.034673], [-0.039778]],
            "b2": [-0.031799],
        },
    ),
}


def to_six_decimals(got, want):
    return np.allclose(got, want, rtol=0, atol=5.001e-7)


@pytest.mark.parametrize("n_samples", EXPECTED)
def test_running_example_has_the_numbers_of_the_lessons(n_samples):
    loss, delta2, gradients = EXPECTED[n_samples]
    A = forward(X[:n_samples], PARAMS, activation="sigmoid")
    L, dZ2 = LOSSES["sigmoid_mse"].value_and_backward(A[-1], T[:n_samples])
    grads = backward(dZ2, A, PARAMS, activation="sigmoid")
    assert np.array_equal(A[0], X[:n_samples])
    assert to_six_decimals(A[1], HIDDEN[:n_samples]) and to_six_decimals(A[2], LOGITS[:n_samples])
    assert to_six_decimals(L, loss) and to_six_decimals(dZ2, delta2)
    assert all(to_six_decimals(grads[name], want) for name, want in gradients.items())


def test_running_example_under_binary_cross_entropy():
    A = forward(X, PARAMS, activation="sigmoid")
    L, dZ2 = LOSSES["bce"].value_and_backward(A[-1], T)
    grads = backward(dZ2, A, PARAMS, activation="sigmoid")
    assert to_six_decimals(L, 0.755017)
    assert to_six_decimals(dZ2, [[-0.152087], [-0.141944], [0.092232], [0.135803]])
    assert to_six_decimals(grads["W2"], [[-0.121610], [0.068640], [-0.080749]])
    assert to_six_decimals(grads["b2"], [-0.065995])


def test_mlp_with_these_weights_has_the_same_numbers():
    net = MLP([2, 3, 1], activation="sigmoid", loss="sigmoid_mse", random_state=0)
    net.params.update(PARAMS)
    loss, grads = net.loss_and_grads(X, T)
    assert to_six_decimals(loss, 0.280911) and to_six_decimals(grads["W1"], EXPECTED[4][2]["W1"])
    assert to_six_decimals(net.predict_proba(X), [[0.391654], [0.432223], [0.368930], [0.543213]])
    assert net.score(X, T) == 0.25
