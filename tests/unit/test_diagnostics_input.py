"""What the measurements refuse, and in which words."""

import re

import numpy as np
import pytest

from bpcourse.diagnostics import (
    backward_signals,
    dead_fraction,
    decay_bound,
    first_not_finite,
    growth_rate,
    layer_jacobians,
    layer_statistics,
    log_slope,
    saturated_fraction,
    singular_values,
)
from bpcourse.network import MLP, forward

X, Y = np.random.default_rng(0).standard_normal((7, 4)), np.arange(7) % 3
CHOICES = "identity, sigmoid, tanh, relu, leaky_relu"


def network(**choices):
    return MLP([4, 5, 3], random_state=0, **choices)


def refuses(sentence, function, *arguments, error=ValueError, **named):
    """Assert that a call raises exactly this sentence."""
    with pytest.raises(error, match=f"^{re.escape(sentence)}$"):
        function(*arguments, **named)


def signals(**changed):
    net = network()
    arguments = {"dZ": np.ones((7, 3)), "activations": forward(X, net.params), "params": net.params} | changed
    return backward_signals(**arguments)


# --- backward_signals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(7, 4), (6, 3), (3,), (7,), (7, 3, 1)])
def test_the_last_signal_has_the_shape_of_the_outputs(shape):
    refuses(f"δ2 has shape {shape}, which does not fit W2 (5, 3)", signals, dZ=np.ones(shape))


def test_activations_are_one_more_than_layers():
    sentence = (
        "activations holds 2 arrays, but 2 layers need 3: X, the hidden activations, and the last"
        " pre-activation"
    )
    refuses(sentence, signals, activations=forward(X, network().params)[1:])


def test_parameters_come_in_pairs():
    sentence = "params holds ['W1', 'b1', 'W2']; it must hold W1, b1, W2, b2 and so on, in pairs"
    params = network().params
    refuses(sentence, signals, params={name: params[name] for name in ("W1", "b1", "W2")})


@pytest.mark.parametrize("activation", ["softmax", "ReLU", None])
def test_an_unknown_activation_is_answered_with_those_there_are(activation):
    sentence = f"activation is {activation!r}; choose one of {CHOICES}"
    refuses(sentence, signals, activation=activation)
    refuses(sentence, saturated_fraction, [0.5], activation)


def test_a_signal_holds_numbers():
    sentence = "dZ must hold numbers, but its entries are of type <U1"
    refuses(sentence, signals, dZ=[["a"] * 3] * 7, error=TypeError)


# --- decay_bound, singular_values ---------------------------------------------------------------------------


def test_a_bound_needs_a_matrix():
    refuses("weights is empty; it must hold at least one matrix", decay_bound, [])
    refuses("weights[1] has shape (3,); it must be a matrix", decay_bound, [np.eye(3), np.ones(3)])


@pytest.mark.parametrize("slope", [-0.25, np.nan, np.inf])
def test_the_slope_must_be_finite_and_not_negative(slope):
    sentence = f"slope is {slope}; it must be a finite number, at least 0"
    refuses(sentence, decay_bound, [np.eye(2)], slope=slope)


@pytest.mark.parametrize("slope", ["0.25", True, None])
def test_the_slope_must_be_a_number(slope):
    refuses(f"slope must be a number, got {slope!r}", decay_bound, [np.eye(2)], slope=slope, error=TypeError)


def test_a_slope_of_0_lets_nothing_through():
    assert decay_bound([np.eye(2)], slope=0) == 0.0


@pytest.mark.parametrize("broken", [np.nan, np.inf])
def test_a_matrix_with_a_broken_number_is_named(broken):
    W = np.array([[1.0, 2.0], [broken, 4.0]])
    end = f"[1, 0] is {broken}; every entry must be a finite number"
    refuses(f"weights[1]{end}", decay_bound, [np.eye(2), W])
    refuses(f"jacobians[1]{end}", singular_values, [np.eye(2), W])
    refuses(f"W{end}", growth_rate, W, [1.0, 1.0], 3)


def test_singular_values_are_those_of_matrices():
    sentence = "jacobians[0] has shape (3,); it must be a matrix, one row for each example"
    refuses(sentence, singular_values, [np.ones(3)])
    refuses("jacobians[0] has shape (0, 2): it holds no numbers", singular_values, [np.ones((0, 2))])
    assert singular_values([]) == []


# --- log_slope, growth_rate ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "norms, shape", [([1.0], "(1,)"), (1.0, "()"), ([], "(0,)"), ([[1.0, 2.0]], "(1, 2)")]
)
def test_a_slope_needs_two_numbers(norms, shape):
    refuses(f"norms has shape {shape}; a slope needs at least two numbers in a row", log_slope, norms)


@pytest.mark.parametrize("broken", [0.0, -1.0, np.nan, np.inf])
def test_a_logarithm_needs_finite_norms_above_0(broken):
    sentence = f"norms holds {broken}; a logarithm needs finite numbers above 0"
    refuses(sentence, log_slope, [1.0, broken, 3.0])
    refuses(sentence, log_slope, [1.0, 2.0, broken, 0.0])


@pytest.mark.parametrize("W, v", [((3, 4), 3), ((3, 4), 4), ((3, 3), 2), ((3,), 3), ((1, 3, 3), 3)])
def test_growth_needs_a_square_matrix_and_a_vector_that_fits(W, v):
    sentence = f"W has shape {W} and v ({v},); they must be (n, n) and (n,)"
    refuses(sentence, growth_rate, np.ones(W), np.ones(v), 3)


@pytest.mark.parametrize("entry, norm", [(0.0, 0.0), (np.nan, np.nan), (np.inf, np.inf)])
def test_growth_needs_a_vector_with_a_length(entry, norm):
    sentence = f"v has norm {norm}; it must be finite and above 0"
    refuses(sentence, growth_rate, np.eye(2), [entry, 0.0], 3)


def test_growth_needs_a_step():
    refuses("steps is 0; it must be at least 1", growth_rate, np.eye(2), [1.0, 0.0], 0)
    for steps in (1.5, True, "3"):
        sentence = f"steps must be a whole number, got {steps!r}"
        refuses(sentence, growth_rate, np.eye(2), [1.0, 0.0], steps, error=TypeError)


# --- first_not_finite, saturated_fraction, dead_fraction ----------------------------------------------------


@pytest.mark.parametrize("log, shape", [([1.0, 2.0], "(2,)"), (1.0, "()"), ([[[1.0]]], "(1, 1, 1)")])
def test_a_log_has_steps_and_layers(log, shape):
    refuses(f"log has shape {shape}; it must be (n_steps, n_layers)", first_not_finite, log)


def test_a_log_without_a_step_holds_nothing_broken():
    assert first_not_finite(np.ones((0, 3))) == (-1, -1)


@pytest.mark.parametrize("margin", [-0.01, 0.51, np.nan])
def test_the_margin_is_at_most_half_of_the_range(margin):
    sentence = f"margin is {margin}; it must be a finite number, from 0 to 0.5"
    refuses(sentence, saturated_fraction, [0.5], "tanh", margin=margin)
    refuses(sentence, saturated_fraction, [0.5], "relu", margin=margin)


def test_of_nothing_there_is_no_share():
    refuses("A has shape (0,): it holds no numbers", saturated_fraction, [], "sigmoid")
    for shape in ((0, 3), (3, 0), (3,), (1, 2, 3), ()):
        sentence = f"Z has shape {shape}; it must be (n_samples, n_units), not empty"
        refuses(sentence, dead_fraction, np.ones(shape))


# --- a whole network ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("other, kind", [({}, "dict"), (None, "NoneType"), (MLP, "type"), ([1, 2], "list")])
def test_only_an_mlp_has_layers_to_look_at(other, kind):
    sentence = f"net must be an MLP, got {kind}"
    refuses(sentence, layer_statistics, other, X, Y, error=TypeError)
    refuses(sentence, layer_jacobians, other, X[0], error=TypeError)


@pytest.mark.parametrize("shape", [(3,), (1, 4), (7, 4), ()])
def test_a_jacobian_is_that_of_one_example(shape):
    sentence = f"x has shape {shape}; it must be (4,), one example"
    refuses(sentence, layer_jacobians, network(), np.ones(shape))


def test_a_jacobian_needs_finite_inputs():
    with pytest.raises(ValueError, match=r"\[0, 1\] is nan; every entry must be a finite number$"):
        layer_jacobians(network(), [1.0, np.nan, 0.0, 0.0])


@pytest.mark.parametrize("rate", [-0.1, np.nan, np.inf])
def test_a_learning_rate_must_be_finite_and_not_negative(rate):
    sentence = f"learning_rate is {rate}; it must be a finite number, at least 0"
    refuses(sentence, layer_statistics, network(), X, Y, learning_rate=rate)


@pytest.mark.parametrize("rate", ["0.1", True, [0.1]])
def test_a_learning_rate_must_be_a_number(rate):
    sentence = f"learning_rate must be a number, got {rate!r}"
    refuses(sentence, layer_statistics, network(), X, Y, learning_rate=rate, error=TypeError)


def test_what_is_wrong_with_the_batch_is_said_as_the_network_says_it():
    refuses("X has shape (7, 3), but this network takes 4 inputs", layer_statistics, network(), X[:, 1:], Y)
    refuses("y[0] is 3, but the labels must be from 0 to 2", layer_statistics, network(), X, Y + 3)
    sentence = "y has shape (7, 2); it must be (7, 3)"
    refuses(sentence, layer_statistics, network(loss="mse"), X, np.ones((7, 2)))
    broken = np.where(np.arange(7)[:, None] == 2, np.nan, X)
    sentence = "X[2, 0] is nan; every entry must be a finite number"
    refuses(sentence, layer_statistics, network(), broken, Y)


def test_lists_and_whole_numbers_will_do():
    net = MLP([2, 3, 1], loss="bce", activation="sigmoid", random_state=0)
    listed = layer_statistics(net, [[0, 1], [1, 1]], [[0], [1]], learning_rate=1)
    arrays = layer_statistics(
        net, np.array([[0.0, 1.0], [1.0, 1.0]]), np.array([[0.0], [1.0]]), learning_rate=1.0
    )
    assert str(listed) == str(arrays)
    assert [J.tolist() for J in layer_jacobians(net, [0, 1])] == [
        J.tolist() for J in layer_jacobians(net, np.array([0.0, 1.0]))
    ]
