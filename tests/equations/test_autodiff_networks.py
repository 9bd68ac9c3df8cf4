"""The networks of the course, by Tensor and by hand: two implementations that share no line must agree."""

import ast
import inspect
import sys

import numpy as np
import pytest
from oracles import ANALYTIC, draws, over_shapes
from test_network_backward import PARAMS, SIZES, T, X, problem

import bpcourse.autodiff
from bpcourse.autodiff import Tensor, mlp_loss, value_and_grads, zero_grad
from bpcourse.autodiff.networks import ACTIVATIONS, LOSSES
from bpcourse.datasets import load_digits
from bpcourse.gradcheck import relative_error
from bpcourse.network import MLP
from bpcourse.optim import sgd_step
from bpcourse.scalar import Value


def by_hand(params, X, y, activation, loss):
    layers = [len(params["W1"]), *(len(b) for name, b in params.items() if name[0] == "b")]
    net = MLP(layers, activation=activation, loss=loss, random_state=0)
    net.params.update(params)
    return net.loss_and_grads(X, y)


def assert_agree(params, X, y, activation, loss):
    L, grads = value_and_grads(lambda p: mlp_loss(p, X, y, activation=activation, loss=loss), params)
    want_L, want = by_hand(params, X, y, activation, loss)
    assert np.isclose(L, want_L, rtol=ANALYTIC, atol=0)
    assert list(grads) == list(want)
    for name, got in grads.items():
        assert got.shape == params[name].shape
        assert relative_error(got, want[name]) <= ANALYTIC


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("depth", SIZES)
def test_both_implementations_agree_under_every_loss_and_activation(activation, loss, depth):
    X, y, params = problem(SIZES[depth], loss)
    assert_agree(params, X, y, activation, loss)


@over_shapes(1, 1, 1, 2)
def test_both_implementations_agree_for_every_shape(shape, seed):
    N, *layer_sizes = shape
    X, y, params = problem(layer_sizes, "softmax", N, seed)
    assert_agree(params, X, y, "tanh", "softmax")


@pytest.mark.parametrize("activation", ["relu", "leaky_relu"])
def test_both_implementations_agree_on_the_kink(activation):
    X, y, params = problem((4, 5, 3), "softmax")
    params["W1"][:, :2] = params["b1"][:2] = 0
    assert_agree(params, X, y, activation, "softmax")


@pytest.mark.parametrize("loss", ["sigmoid_mse", "bce"])
def test_both_implementations_agree_on_the_network_of_lesson_04(loss):
    assert_agree(PARAMS, X, T, "sigmoid", loss)


@pytest.mark.parametrize("loss", ["softmax", "sigmoid_mse"])
@pytest.mark.parametrize("sizes", [[64, 32, 10], [64, 64, 32, 10]])
def test_both_implementations_agree_on_the_network_of_lesson_06(sizes, loss):
    digits = load_digits()
    y = digits.y[:32] if loss == "softmax" else np.eye(10)[digits.y[:32]]
    net = MLP(sizes, activation="sigmoid", loss=loss, init="lecun", random_state=0)
    assert_agree(net.params, digits.X[:32], y, "sigmoid", loss)


def test_both_implementations_agree_on_a_network_of_fifty_layers():
    X, y, params = problem((5, *50 * [6], 3), "softmax")
    assert_agree(params, X, y, "tanh", "softmax")


def test_training_by_tensor_follows_training_by_hand():
    X, y, params = problem((4, 5, 3), "softmax")
    tensors = {name: Tensor(param.copy(), label=name) for name, param in params.items()}
    net = MLP([4, 5, 3], random_state=0)
    net.params.update({name: param.copy() for name, param in params.items()})
    for _ in range(20):
        zero_grad(tensors)
        mlp_loss(tensors, X, y).backward()
        for tensor in tensors.values():
            tensor.data -= 0.1 * tensor.grad
        sgd_step(net.params, net.loss_and_grads(X, y)[1], learning_rate=0.1)
    assert relative_error({name: t.data for name, t in tensors.items()}, net.params) <= ANALYTIC


def test_relu_and_softmax_are_what_a_network_has_unless_told_otherwise():
    X, y, params = problem((4, 5, 3), "softmax")
    tensors = {name: Tensor(param) for name, param in params.items()}
    named = mlp_loss(tensors, X, y, activation="relu", loss="softmax")
    assert mlp_loss(tensors, X, y).data == named.data
    assert {"relu", "logsumexp"} <= {node.op for node in bpcourse.autodiff.topological_order(named)}


def test_the_input_can_have_a_gradient_too():
    X, y, params = problem((4, 5, 3), "mse")
    inputs = Tensor(X)
    mlp_loss({name: Tensor(p) for name, p in params.items()}, inputs, y, loss="mse").backward()
    assert inputs.grad.shape == X.shape and (inputs.grad != 0).all()


def test_what_the_loss_does_not_depend_on_gets_zeros():
    loss, grads = value_and_grads(lambda p: (p["a"] * 2).sum(), {"a": np.ones(2), "b": np.ones((3, 1))})
    assert loss == 4 and type(loss) is float
    assert grads["a"].tolist() == [2, 2] and grads["b"].tolist() == [[0], [0], [0]]


def test_value_builds_the_network_of_lesson_04_number_by_number():
    params = {name: np.vectorize(Value, otypes=[object])(param) for name, param in PARAMS.items()}
    sigmoid = np.vectorize(Value.sigmoid, otypes=[object])
    outputs = sigmoid(sigmoid(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"])
    loss = ((outputs - T) ** 2).sum() / len(X)
    loss.backward()
    want_L, want = by_hand(PARAMS, X, T, "sigmoid", "sigmoid_mse")
    assert np.isclose(loss.data, want_L, rtol=ANALYTIC, atol=0)
    for name, param in params.items():
        assert relative_error(np.vectorize(lambda p: p.grad)(param), want[name]) <= ANALYTIC


def test_value_agrees_with_tensor_on_a_softmax():
    draw = draws(0)
    z = draw(4)
    values, tensor = [Value(x) for x in z], Tensor(z)
    (sum((v.exp() for v in values), Value(0.0)).log() - values[2]).backward()
    (tensor.logsumexp() - tensor[2]).backward()
    assert relative_error(np.array([v.grad for v in values]), tensor.grad) <= ANALYTIC


def test_the_second_implementation_names_nothing_of_the_first():
    first = {"activations", "layers", "losses", "network"}
    modules = [module for name, module in sys.modules.items() if name.startswith("bpcourse.autodiff")]
    for module in [*modules, sys.modules["bpcourse.scalar"]]:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.ImportFrom):
                assert node.module.split(".")[1:2] not in [[name] for name in first]
