"""A layer used at every time step: its states step by step, and all five gradients back through time."""

import autograd.numpy as anp
import numpy as np
import pytest
from oracles import ACTIVATIONS, assert_gradient, draws, over_shapes

from bpcourse import autodiff
from bpcourse.autodiff import Tensor, value_and_grads
from bpcourse.gradcheck import relative_error
from bpcourse.recurrent import recurrent_backward, recurrent_forward

NAMES = ("X", "W_x", "W_h", "b", "H0")  # in the order of recurrent_backward's results
BENDS = pytest.mark.parametrize("activation", ACTIVATIONS)


def problem(n_samples, n_steps, n_in, n_units, seed=0):
    """Return all five arguments by name, and what reaches each state from outside."""
    draw = draws(seed)
    arguments = {
        "X": draw(n_samples, n_steps, n_in),
        "W_x": draw(n_in, n_units) / np.sqrt(n_in),
        "W_h": draw(n_units, n_units) / np.sqrt(n_units),
        "b": draw(n_units),
        "H0": draw(n_samples, n_units) / 2,
    }
    return arguments, draw(n_samples, n_steps, n_units)


def loss_of(dH, activation, **arguments):
    """Return a loss whose answer to the states after each step is dH."""
    return np.sum(dH * recurrent_forward(**arguments, activation=activation)[:, 1:])


def states(bend, X, W_x, W_h, b, H0=None):
    """Return the states after each step, naively, one at a time."""
    found = [np.zeros((len(X), len(W_h))) if H0 is None else H0]
    for t in range(X.shape[1]):
        found.append(bend(anp.dot(X[:, t], W_x) + anp.dot(found[-1], W_h) + b))
    return found[1:]


def loss_by_hand(dH, activation, **arguments):
    return sum(anp.sum(dH[:, t] * H) for t, H in enumerate(states(ACTIVATIONS[activation], **arguments)))


def gradients(dH, activation, X, W_x, W_h, b, H0=None):
    H = recurrent_forward(X, W_x, W_h, b, H0=H0, activation=activation)
    return dict(zip(NAMES, recurrent_backward(dH, X, H, W_x, W_h, activation=activation), strict=True))


def assert_right(arguments, dH, activation):
    """Assert that the gradients of all arguments are those of all witnesses."""
    found = gradients(dH, activation, **arguments)
    for name, x in arguments.items():
        assert_gradient(
            lambda x, name=name: loss_of(dH, activation, **(arguments | {name: x})),
            lambda x, name=name: loss_by_hand(dH, activation, **(arguments | {name: x})),
            x,
            found[name],
        )


@BENDS
def test_all_five_gradients_agree_under_every_activation(activation):
    assert_right(*problem(3, 4, 2, 5), activation)


@over_shapes(1, 1, 1, 1)
def test_all_five_gradients_agree_for_every_shape(shape, seed):
    assert_right(*problem(*shape, seed), "tanh")


@BENDS
def test_states_are_those_of_one_step_after_the_other(activation):
    arguments, _ = problem(3, 4, 2, 5)
    H = recurrent_forward(**arguments, activation=activation)
    want = states(ACTIVATIONS[activation], **arguments)
    assert H.shape == (3, 5, 5)
    assert np.array_equal(H[:, 0], arguments["H0"])
    assert np.allclose(H[:, 1:], np.stack(want, axis=1), rtol=1e-13, atol=1e-15)


@BENDS
def test_without_a_start_the_state_before_the_first_step_is_zero(activation):
    arguments, dH = problem(3, 4, 2, 5)
    zero = arguments | {"H0": np.zeros((3, 5))}
    del arguments["H0"]
    without = recurrent_forward(**arguments, activation=activation)
    assert np.array_equal(without, recurrent_forward(**zero, activation=activation))
    assert not without[:, 0].any()
    found, want = gradients(dH, activation, **arguments), gradients(dH, activation, **zero)
    assert all(np.array_equal(found[name], want[name]) for name in NAMES)
    assert_right(arguments, dH, activation)


def test_the_bend_is_tanh_unless_told_otherwise():
    arguments, dH = problem(3, 4, 2, 5)
    X, W_x, W_h, *_ = arguments.values()
    H = recurrent_forward(**arguments)
    assert np.array_equal(H, recurrent_forward(**arguments, activation="tanh"))
    named = recurrent_backward(dH, X, H, W_x, W_h, activation="tanh")
    for got, want in zip(recurrent_backward(dH, X, H, W_x, W_h), named, strict=True):
        assert np.array_equal(got, want)


@pytest.mark.parametrize("activation", ["identity", "sigmoid", "tanh", "relu"])
def test_the_second_implementation_finds_the_same_when_it_is_unrolled(activation):
    arguments, dH = problem(4, 5, 3, 2)

    def loss(tensors):
        X, W_x, W_h, b, H = (tensors[name] for name in NAMES)
        total = Tensor(0.0)
        for t in range(5):
            H = bend(X[:, t] @ W_x + H @ W_h + b)
            total = total + (H * dH[:, t]).sum()
        return total

    bend = autodiff.networks.ACTIVATIONS[activation]
    value, grads = value_and_grads(loss, arguments)
    assert np.isclose(value, loss_of(dH, activation, **arguments), rtol=1e-12, atol=0)
    assert relative_error(gradients(dH, activation, **arguments), grads) <= 1e-12


def test_a_state_answers_only_for_the_steps_after_it():
    arguments, dH = problem(3, 4, 2, 5)
    dH[:, 2:] = 0  # a loss that looks at the first two states only
    dX = gradients(dH, "tanh", **arguments)["X"]
    assert dX[:, :2].all() and not dX[:, 2:].any()


def test_a_linear_layer_sends_the_signal_back_through_powers_of_its_weights():
    arguments, dH = problem(2, 4, 3, 3)
    dH[:, :-1] = 0  # a loss of the last state only
    W_h = arguments["W_h"]
    found = gradients(dH, "identity", **arguments)
    for steps in range(4):
        want = dH[:, -1] @ np.linalg.matrix_power(W_h.T, steps) @ arguments["W_x"].T
        assert np.allclose(found["X"][:, 3 - steps], want, rtol=1e-12, atol=1e-14)
    assert np.allclose(found["H0"], dH[:, -1] @ np.linalg.matrix_power(W_h.T, 4), rtol=1e-12, atol=1e-14)


def test_the_gradients_of_a_batch_are_the_sums_over_its_sequences():
    arguments, dH = problem(3, 4, 2, 5)
    single = [
        gradients(dH[n : n + 1], "tanh", **{
            name: array[n : n + 1] if name in ("X", "H0") else array for name, array in arguments.items()
        })
        for n in range(3)
    ]  # fmt: skip
    found = gradients(dH, "tanh", **arguments)
    for name in ("W_x", "W_h", "b"):
        assert relative_error(found[name], sum(one[name] for one in single)) <= 1e-12
    for name in ("X", "H0"):
        assert relative_error(found[name], np.concatenate([one[name] for one in single])) <= 1e-12


def test_no_step_leaves_the_state_as_it_was_and_every_weight_without_a_gradient():
    arguments, _ = problem(2, 4, 3, 5)
    arguments["X"] = arguments["X"][:, :0]
    assert np.array_equal(recurrent_forward(**arguments), arguments["H0"][:, None])
    found = gradients(np.zeros((2, 0, 5)), "tanh", **arguments)
    assert [found[name].shape for name in NAMES] == [(2, 0, 3), (3, 5), (5, 5), (5,), (2, 5)]
    assert not any(gradient.any() for gradient in found.values())


def test_two_steps_by_hand():
    # h1 = 1·2 + 1·½ + 1 = 3.5, h2 = -1·2 + 3.5·½ + 1 = 0.75; δ2 = 4, δ1 = 2 + 4·½ = 4
    X, W_x, W_h, b, H0 = [[[1.0], [-1.0]]], [[2.0]], [[0.5]], [1.0], [[1.0]]
    H = recurrent_forward(X, W_x, W_h, b, H0=H0, activation="identity")
    assert H.tolist() == [[[1.0], [3.5], [0.75]]]
    found = recurrent_backward([[[2.0], [4.0]]], X, H, W_x, W_h, activation="identity")
    assert [gradient.ravel().tolist() for gradient in found] == [[8, 8], [0], [18], [8], [2]]


def test_float32_stays_float32():
    arguments, dH = problem(3, 4, 2, 5)
    single = {name: array.astype(np.float32) for name, array in arguments.items()}
    assert recurrent_forward(**single).dtype == np.float32
    found = gradients(dH.astype(np.float32), "tanh", **single)
    assert {gradient.dtype for gradient in found.values()} == {np.dtype(np.float32)}
    assert relative_error(found, gradients(dH, "tanh", **arguments)) < 1e-6
