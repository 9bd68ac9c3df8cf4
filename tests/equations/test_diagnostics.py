"""Measurements on a network: error signals, their bound and growth, Jacobians, the table of its layers."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import ACTIVATIONS, ANALYTIC, DIFFERENCES, LOSSES, draws, over_shapes
from scipy.linalg import svdvals

from bpcourse.activations import ACTIVATIONS as IMPLEMENTED
from bpcourse.diagnostics import (
    LayerStatistics,
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
from bpcourse.gradcheck import central_difference, complex_step, relative_error
from bpcourse.losses import LOSSES as IMPLEMENTED_LOSSES
from bpcourse.network import MLP, backward, forward

BENDS = pytest.mark.parametrize("activation", ACTIVATIONS)


def network(layer_sizes, n_samples=7, seed=0, spread=1.0):
    """Return X and parameters, biases too drawn from N(0, 1)."""
    draw, params = draws(seed), {}
    for layer, (n_in, n_out) in enumerate(pairwise(layer_sizes), start=1):
        params[f"W{layer}"] = spread * draw(n_in, n_out) / np.sqrt(n_in)
        params[f"b{layer}"] = draw(n_out)
    return draw(n_samples, layer_sizes[0]), params


def signals(X, params, activation, seed=1):
    """Return a drawn δ of the last layer, and the signals that it sends back."""
    activations = forward(X, params, activation=activation)
    dZ = draws(seed)(*activations[-1].shape)
    return dZ, backward_signals(dZ, activations, params, activation=activation)


def onwards(Z, layer, params, bend):
    """Run the network on from the pre-activations of one layer."""
    for later in range(layer + 1, len(params) // 2 + 1):
        Z = bend(Z) @ params[f"W{later}"] + params[f"b{later}"]
    return Z


# --- the signal on its way back -----------------------------------------------------------------------------


@BENDS
@pytest.mark.parametrize("layer_sizes", [(4, 3), (4, 5, 3), (4, 5, 6, 2, 3)])
def test_signals_are_the_slopes_in_the_pre_activations_of_every_layer(activation, layer_sizes):
    X, params = network(layer_sizes)
    dZ, deltas = signals(X, params, activation)
    assert len(deltas) == len(layer_sizes) - 1 and np.array_equal(deltas[-1], dZ)
    activations = forward(X, params, activation=activation)
    bend = IMPLEMENTED[activation].forward
    for layer, delta in enumerate(deltas, start=1):
        Z = activations[layer - 1] @ params[f"W{layer}"] + params[f"b{layer}"]

        def loss(Z, layer=layer):
            return np.sum(dZ * onwards(Z, layer, params, bend))

        assert delta.shape == Z.shape
        assert relative_error(delta, complex_step(loss, Z)) <= ANALYTIC
        assert relative_error(delta, central_difference(loss, Z)) <= DIFFERENCES


@over_shapes(1, 1, 1, 1)
def test_signals_are_what_the_gradients_are_made_of(shape, seed):
    n_samples, *layer_sizes = shape
    X, params = network(layer_sizes, n_samples, seed)
    dZ, deltas = signals(X, params, "tanh", seed)
    activations = forward(X, params, activation="tanh")
    grads = backward(dZ.copy(), activations, params, activation="tanh")
    for layer, delta in enumerate(deltas, start=1):
        assert relative_error(delta.sum(axis=0), grads[f"b{layer}"]) <= ANALYTIC
        assert relative_error(activations[layer - 1].T @ delta, grads[f"W{layer}"]) <= ANALYTIC


def test_hidden_layers_are_relu_unless_told_otherwise():
    X, params = network((4, 5, 5, 3))
    activations = forward(X, params, activation="relu")
    dZ = draws(1)(7, 3)
    named = backward_signals(dZ, activations, params, activation="relu")
    for got, want in zip(backward_signals(dZ, activations, params), named, strict=True):
        assert np.array_equal(got, want)


def test_signals_leave_what_they_are_given_alone():
    X, params = network((4, 5, 3))
    activations, dZ = forward(X, params), draws(1)(7, 3)
    before = [a.copy() for a in (*activations, *params.values(), dZ)]
    backward_signals(dZ, activations, params)
    after = (*activations, *params.values(), dZ)
    assert all(np.array_equal(old, new) for old, new in zip(before, after, strict=True))


# --- how far it can fade ------------------------------------------------------------------------------------


@over_shapes(1, 1, 1)
def test_the_bound_is_a_product_of_slopes_and_largest_singular_values(shape, seed):
    a, b, c = shape
    draw = draws(seed)
    weights = [draw(a, b), draw(b, c), draw(c, a)]
    stretch = np.prod([svdvals(W)[0] for W in weights])
    assert np.isclose(decay_bound(weights, slope=0.5), stretch / 8, rtol=1e-12, atol=0)
    assert np.isclose(decay_bound(weights[:1], slope=2), 2 * svdvals(weights[0])[0], rtol=1e-12, atol=0)


def test_the_steepest_slope_is_a_quarter_unless_told_otherwise():
    assert decay_bound([np.eye(2)]) == 0.25
    assert decay_bound([np.eye(2)] * 3) == decay_bound([np.eye(2)] * 3, slope=0.25) == 1 / 64


@given(depth=st.integers(2, 8), width=st.integers(1, 6), spread=st.floats(0.01, 8), seed=st.integers(0, 999))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_no_signal_of_a_sigmoid_network_is_longer_than_the_bound(depth, width, spread, seed):
    X, params = network((3, *[width] * depth), 5, seed, spread)
    dZ, deltas = signals(X, params, "sigmoid", seed)
    bound = decay_bound([params[f"W{layer}"] for layer in range(2, depth + 1)])
    assert np.linalg.norm(deltas[0]) <= bound * np.linalg.norm(dZ) * (1 + 1e-12)


@pytest.mark.parametrize("activation, slope", [("sigmoid", 0.25), ("tanh", 1.0), ("identity", 1.0)])
def test_the_bound_is_attained_where_every_slope_is_steepest_and_no_weight_shortens(activation, slope):
    X, params = network((3, 4, 4, 4, 4), n_samples=2)
    middle = float(IMPLEMENTED[activation].forward(np.zeros(1))[0])
    for layer in range(1, 5):  # biases for which every pre-activation is 0
        W = np.linalg.qr(params[f"W{layer}"])[0] * (layer + 1) if layer > 1 else 0 * params["W1"]
        params |= {f"W{layer}": W, f"b{layer}": -middle * W.sum(axis=0) * (layer > 1)}
    dZ, deltas = signals(X, params, activation)
    bound = decay_bound([params[f"W{layer}"] for layer in (2, 3, 4)], slope=slope)
    assert np.isclose(bound, slope**3 * 60, rtol=1e-12, atol=0)
    assert np.isclose(np.linalg.norm(deltas[0]), bound * np.linalg.norm(dZ), rtol=1e-12, atol=0)


# --- how fast it fades or grows -----------------------------------------------------------------------------


@pytest.mark.parametrize("n_layers", [2, 3, 8, 31])
def test_the_slope_of_the_logarithms_is_that_of_a_fitted_line(n_layers):
    norms = 10.0 ** draws(n_layers)(n_layers)
    want = np.polyfit(np.arange(n_layers), np.log10(norms), 1)[0]
    assert np.isclose(log_slope(norms), want, rtol=1e-11, atol=0)
    assert np.isclose(log_slope(norms[::-1]), -want, rtol=1e-11, atol=0)
    assert np.isclose(log_slope(1000 * norms), want, rtol=1e-10, atol=0)


def test_a_tenth_in_each_layer_is_a_slope_of_minus_1():
    assert np.isclose(log_slope([1.0, 0.1, 0.01, 0.001]), -1, rtol=1e-14)
    assert log_slope([1.0, 100.0]) == 2.0 and log_slope([3, 3, 3]) == 0.0
    assert type(log_slope([1.0, 2.0])) is float


@pytest.mark.parametrize("broken", [0.0, -2.0, np.nan, np.inf])
def test_a_logarithm_of_what_has_none_is_refused_and_named(broken):
    with pytest.raises(ValueError, match=f"norms holds {broken};"):
        log_slope([0.5, 2.0, broken, 3.0])


@over_shapes(1, 1)
def test_the_growth_is_that_of_a_power_of_the_matrix(shape, seed):
    n, steps = shape
    draw = draws(seed)
    W, v = draw(n, n), 10 * draw(n)
    sent = v @ np.linalg.matrix_power(W.T, steps)
    want = (np.linalg.norm(sent) / np.linalg.norm(v)) ** (1 / steps)
    assert np.isclose(growth_rate(W, v, steps), want, rtol=1e-12, atol=0)


@pytest.mark.parametrize("seed", range(3))
def test_the_growth_tends_to_the_spectral_radius(seed):
    W, v = draws(seed)(5, 5), np.ones(5)
    radius = max(abs(np.linalg.eigvals(W)))
    far = [abs(growth_rate(W, v, steps) - radius) / radius for steps in (1, 100, 10_000)]
    assert far[2] < 2e-3 and far[2] < far[1] < far[0]


@pytest.mark.parametrize("factor", [1e-30, 1e30])
def test_growth_over_many_steps_neither_overflows_nor_dies(factor):
    assert np.isclose(growth_rate(factor * np.eye(3), [3.0, 0.0, -4.0], 1000), factor, rtol=1e-12, atol=0)


def test_a_signal_that_is_gone_has_grown_by_0():
    nilpotent = [[0.0, 1.0], [0.0, 0.0]]
    assert growth_rate(nilpotent, [0.0, 4.0], 1) == 1.0
    assert growth_rate(nilpotent, [0.0, 4.0], 2) == growth_rate(nilpotent, [0.0, 4.0], 9) == 0.0


def test_a_shear_grows_by_its_own_numbers():
    assert np.isclose(growth_rate([[1.0, 1.0], [0.0, 1.0]], [0.0, 1.0], 2), np.sqrt(np.sqrt(5)), rtol=1e-14)
    assert np.isclose(growth_rate([[1.0, 1.0], [0.0, 1.0]], [1.0, 0.0], 2), 1, rtol=1e-14)


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
def test_the_first_broken_number_is_in_the_first_row_and_there_the_rightmost(broken):
    log = np.ones((4, 5))
    assert first_not_finite(log) == (-1, -1)
    log[3, 4] = broken
    assert first_not_finite(log) == (3, 4)
    log[2, [0, 1, 3]] = broken
    assert first_not_finite(log) == (2, 3)
    log[0, 0] = broken
    assert first_not_finite(log) == (0, 0)
    assert all(type(n) is int for n in first_not_finite(log))


# --- units that answer no more ------------------------------------------------------------------------------


@pytest.mark.parametrize("activation, low, high", [("sigmoid", 0.0, 1.0), ("tanh", -1.0, 1.0)])
def test_saturated_is_what_lies_within_the_margin_of_an_end(activation, low, high):
    wide = high - low
    shares = np.array([[0.0, 0.125, 0.1875, 0.25], [0.5, 0.875, 0.9375, 1.0]])  # exact in binary
    A = low + wide * shares
    assert saturated_fraction(A, activation, margin=0.125) == 5 / 8  # the border counts
    assert saturated_fraction(A, activation, margin=0.0625) == 3 / 8
    assert saturated_fraction(A, activation, margin=0) == 2 / 8
    assert saturated_fraction(A, activation, margin=0.5) == 1.0
    assert saturated_fraction(A[:1], activation, margin=0.125) == 2 / 4
    assert saturated_fraction(A[1:], activation, margin=0.125) == 3 / 4


def test_the_margin_is_two_hundredths_unless_told_otherwise():
    A = [0.019, 0.021, 0.5, 0.979, 0.981]
    assert saturated_fraction(A, "sigmoid") == saturated_fraction(A, "sigmoid", margin=0.02) == 2 / 5
    assert saturated_fraction([-0.97, -0.95, 0.95, 0.97], "tanh") == 2 / 4


@pytest.mark.parametrize("activation", ["identity", "relu", "leaky_relu"])
def test_what_has_no_flat_end_is_never_saturated(activation):
    assert saturated_fraction([0.0, 1.0, -1.0, 100.0], activation, margin=0.5) == 0.0


def test_dead_is_a_unit_that_is_silent_for_every_example():
    Z = np.array([[-1.0, 2.0, 0.0, -0.5, -3.0], [-1.0, -1.0, 0.0, 1e-9, -2.0], [-9.0, -1.0, -1.0, -1.0, 0.0]])
    assert dead_fraction(Z) == dead_fraction(np.maximum(Z, 0)) == 3 / 5
    assert dead_fraction(Z[:1]) == 4 / 5 and dead_fraction(abs(Z) + 1) == 0.0
    assert type(dead_fraction(Z)) is float


# --- Jacobians ----------------------------------------------------------------------------------------------


def jacobian(measure, f, a):
    """Return ∂f/∂a with a row for each entry of `a`, column by column."""
    return np.column_stack([measure(lambda a, i=i: f(a)[i], a) for i in range(len(f(a)))])


@BENDS
def test_the_jacobian_of_each_layer_agrees_with_complex_step_and_central_differences(activation):
    X, params = network((4, 5, 6, 3), n_samples=1)
    net = MLP([4, 5, 6, 3], activation=activation, loss="mse", random_state=0)
    net.params.update(params)
    found, a = layer_jacobians(net, X[0]), X[0]
    assert [J.shape for J in found] == [(4, 5), (5, 6), (6, 3)]
    for layer, J in enumerate(found, start=1):
        bend = IMPLEMENTED[activation if layer < 3 else "identity"].forward

        def f(a, layer=layer, bend=bend):
            return bend(a @ params[f"W{layer}"] + params[f"b{layer}"])

        assert relative_error(J, jacobian(complex_step, f, a)) <= ANALYTIC
        assert relative_error(J, jacobian(central_difference, f, a)) <= DIFFERENCES
        a = f(a)


def test_the_jacobians_in_a_row_are_that_of_the_whole_network_and_belong_to_nobody_else():
    net = MLP([3, 4, 4, 2], activation="tanh", loss="mse", random_state=1)
    x = draws(0)(3)
    found = layer_jacobians(net, x)
    whole = jacobian(complex_step, lambda x: forward(x[None], net.params, activation="tanh")[-1][0], x)
    assert relative_error(found[0] @ found[1] @ found[2], whole) <= ANALYTIC
    before = net.coefs_[-1].copy()
    for J in found:
        J += 1
    assert np.array_equal(net.coefs_[-1], before)


@over_shapes(1, 1)
def test_singular_values_are_the_roots_of_the_eigenvalues_of_the_square_largest_first(shape, seed):
    draw = draws(seed)
    matrices = [draw(*shape), draw(*shape[::-1])]
    found = singular_values(matrices)
    for J, values in zip(matrices, found, strict=True):
        assert values.shape == (min(J.shape),) and (np.diff(values) <= 0).all()
        square = J @ J.T if len(J) <= J.shape[1] else J.T @ J
        assert np.allclose(values[::-1] ** 2, np.linalg.eigvalsh(square), rtol=1e-9, atol=1e-12)


def test_singular_values_of_a_stretch_are_its_factors():
    assert [values.tolist() for values in singular_values([np.diag([-2.0, 5.0]), np.eye(1)])] == [[5, 2], [1]]


# --- the table of all layers --------------------------------------------------------------------------------


def by_hand(net, X, y):
    """Return activations, δ and gradients of the weights, each layer by layer, from the formulas."""
    bend = ACTIVATIONS[net.activation]
    params, depth = net.params, len(net.layer_sizes) - 1
    Z = [X @ params["W1"] + params["b1"]]
    for layer in range(2, depth + 1):
        Z.append(bend(Z[-1]) @ params[f"W{layer}"] + params[f"b{layer}"])
    A = [X, *map(bend, Z[:-1]), Z[-1]]

    def loss_after(Z, layer):
        return IMPLEMENTED_LOSSES[net.loss].value_and_backward(
            onwards(Z, layer, params, IMPLEMENTED[net.activation].forward), y
        )[0]

    deltas = [complex_step(lambda z, n=n: loss_after(z, n), Z[n - 1]) for n in range(1, depth + 1)]
    return A, deltas, [A[n].T @ deltas[n] for n in range(depth)]


def norms(arrays):
    return [np.sqrt(np.sum(np.asarray(array) ** 2)) for array in arrays]


def a_network(activation, loss, n_samples=7):
    """Return a network, its inputs and its targets."""
    X, params = network((4, 5, 6, 3), n_samples)
    net = MLP([4, 5, 6, 3], activation=activation, loss=loss, random_state=0)
    net.params.update(params)
    y = np.arange(n_samples) % 3 if loss == "softmax" else np.random.default_rng(0).random((n_samples, 3))
    return net, X, y


@pytest.mark.parametrize(
    "activation, loss",
    [
        ("sigmoid", "softmax"),
        ("tanh", "bce"),
        ("relu", "mse"),
        ("identity", "sigmoid_mse"),
        ("relu", "softmax"),
    ],
)
def test_the_numbers_of_every_layer_are_those_of_the_formulas(activation, loss):
    net, X, y = a_network(activation, loss)
    net.params["b2"][:2] = -8.0  # two units that are dead, or far into saturation
    found = layer_statistics(net, X, y, learning_rate=0.5)
    A, deltas, gradients = by_hand(net, X, y)
    assert np.isclose(found.loss, LOSSES[loss](A[-1], y), rtol=1e-9) and type(found.loss) is float
    assert np.allclose(found.activation_norms, norms(A[1:]), rtol=1e-12, atol=0)
    spread = [np.sqrt(np.mean((a - np.mean(a)) ** 2)) for a in A[1:]]
    assert np.allclose(found.activation_stds, spread, rtol=1e-12, atol=0)
    assert np.allclose(found.delta_norms, norms(deltas), rtol=1e-11, atol=0)
    assert np.allclose(found.grad_norms, norms(gradients), rtol=1e-11, atol=0)
    assert np.allclose(found.weight_norms, norms(net.coefs_), rtol=1e-12, atol=0)
    ratios = 0.5 * np.array(norms(gradients)) / norms(net.coefs_)
    assert np.allclose(found.update_ratios, ratios, rtol=1e-11, atol=0)
    near = {"sigmoid": lambda a: min(a, 1 - a) <= 0.02, "tanh": lambda a: 1 - abs(a) <= 0.04}
    flat = near.get(activation, lambda a: False)
    assert found.saturated.tolist() == [*(np.mean([flat(a) for a in h.ravel()]) for h in A[1:-1]), 0]
    silent = [np.mean((h <= 0).all(axis=0)) if activation == "relu" else 0 for h in A[1:-1]]
    assert found.dead.tolist() == [*silent, 0]
    assert found.dead[1] >= 1 / 3 or activation != "relu"
    assert found.saturated[1] >= 1 / 3 or activation not in near
    assert found.activation == activation


def test_without_a_rate_there_is_no_length_of_a_step():
    assert layer_statistics(*a_network("tanh", "mse")).update_ratios is None


def test_a_step_from_weights_of_0_is_infinitely_long_or_no_number():
    net, X, y = a_network("tanh", "mse")
    net.params["W3"][:] = 0  # no signal comes through, but W3 itself has a gradient
    net.params["W2"][:] = 0
    ratios = layer_statistics(net, X, y, learning_rate=0.1).update_ratios
    assert ratios[0] == 0 and np.isnan(ratios[1]) and ratios[2] == np.inf


def test_a_rate_of_0_makes_no_step():
    assert layer_statistics(*a_network("tanh", "mse"), learning_rate=0).update_ratios.tolist() == [0, 0, 0]


@pytest.mark.parametrize("loss", LOSSES)
def test_looking_at_a_network_changes_nothing(loss):
    net, X, y = a_network("relu", loss)
    arrays = [*net.params.values(), X, y]
    before = [array.copy() for array in arrays]
    first = layer_statistics(net, X, y, learning_rate=0.1)
    layer_jacobians(net, X[0])
    second = layer_statistics(net, X, y, learning_rate=0.1)
    assert all(np.array_equal(old, new) for old, new in zip(before, arrays, strict=True))
    assert str(first) == str(second)
    assert all(array is held for array, held in zip(arrays, net.params.values(), strict=False))


TABLE = LayerStatistics(
    loss=1.23456,
    activation_norms=np.array([9999.0, 10000.0]),
    activation_stds=np.array([0.001, 0.00099]),
    delta_norms=np.array([1e-12, 0.0]),
    grad_norms=np.array([0.0123456, 1.0]),
    weight_norms=np.array([77.0, 78.0]),
    update_ratios=np.array([np.inf, np.nan]),
    saturated=np.array([0.333, 0.0]),
    dead=np.array([1.0, 0.0]),
    activation="relu",
)


def test_the_table_has_a_row_for_each_layer_and_the_loss_below():
    assert str(TABLE).splitlines() == [
        "layer        ‖a‖      std a        ‖δ‖       ‖dW‖   step/‖W‖  saturated       dead",
        "    1       9999      0.001   1.00e-12    0.01235        inf        33%       100%",
        "    2   1.00e+04   9.90e-04          0          1        nan         0%         0%",
        "loss 1.235",
    ]


def test_the_table_leaves_out_what_was_not_measured_and_shares_that_are_all_0():
    zero = np.zeros(2)
    lines = str(replace(TABLE, update_ratios=None, saturated=zero, dead=zero)).splitlines()
    assert lines[0] == "layer        ‖a‖      std a        ‖δ‖       ‖dW‖"
    assert lines[2] == "    2   1.00e+04   9.90e-04          0          1"
    only_dead = str(replace(TABLE, update_ratios=None, saturated=zero)).splitlines()
    assert only_dead[0].endswith("‖dW‖       dead") and only_dead[1].endswith("0.01235       100%")


def test_the_table_of_a_network_is_aligned():
    net, X, y = a_network("sigmoid", "softmax")
    title, *rows, loss = str(layer_statistics(net, X, y, learning_rate=0.1)).splitlines()
    assert [row.split()[0] for row in rows] == ["1", "2", "3"]
    assert {len(row) for row in rows} == {len(title)}
    assert loss.startswith("loss ")
