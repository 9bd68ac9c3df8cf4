"""Equations (5.1) to (5.4) and (3.6), and the table of planted bugs, on the running example of the course."""

import numpy as np
import pytest

from bpcourse import buggy
from bpcourse.gradcheck import central_difference, complex_step, directional_check, relative_error

X = np.array([[1.5, -0.5], [-0.5, 2.0], [2.0, 0.5], [-1.5, -2.0]])
T = np.array([[1.0], [1.0], [0.0], [0.0]])
PARAMS = {
    "W1": np.array([[0.4, -0.6, 0.6], [0.8, -0.8, 0.2]]),
    "b1": np.array([0.3, -0.5, 0.1]),
    "W2": np.array([[0.5], [0.7], [-0.9]]),
    "b2": np.array([-0.3]),
}


def loss(params, n=4):
    return buggy.two_layer_loss(X[:n], T[:n], params)


def loss_of_one_weight(w, n=1):
    W1 = PARAMS["W1"] + np.array([[1.0, 0, 0], [0, 0, 0]]) * (w - 0.4)
    return loss({**PARAMS, "W1": W1}, n)


TRUE_SLOPE = -0.051094


@pytest.mark.parametrize("n, want", [(1, 0.370085), (4, 0.280911)])
def test_the_running_example_has_its_loss(n, want):
    assert loss(PARAMS, n) == pytest.approx(want, abs=5e-7)


@pytest.mark.parametrize("n, name, want", [
    (1, "W1", [[-0.051094, -0.059846, 0.080423], [0.017031, 0.019949, -0.026808]]),
    (1, "b1", [-0.034063, -0.039897, 0.053615]),
    (1, "W2", [[-0.180445], [-0.077964], [-0.206097]]),
    (1, "b2", [-0.289890]),
    (4, "W1", [[-0.009814, -0.013579, 0.016264], [-0.010868, -0.015331, 0.042851]]),
    (4, "b1", [-0.006049, -0.008036, 0.012000]),
    (4, "W2", [[-0.060137], [0.034673], [-0.039778]]),
    (4, "b2", [-0.031799]),
])  # fmt: skip
def test_the_running_example_has_its_gradients(n, name, want):
    got = complex_step(lambda p: loss(p, n), PARAMS)[name]
    assert np.allclose(got, want, rtol=0, atol=5e-7)


@pytest.mark.parametrize("eps, want", [(0.1, 1.1e-3), (0.01, 1.0e-4), (0.001, 1.0e-5)])
def test_one_sided_error_falls_with_eps(eps, want):
    """Eq. (5.1)."""
    exact = complex_step(loss_of_one_weight, 0.4)
    one_sided = (loss_of_one_weight(0.4 + eps) - loss_of_one_weight(0.4)) / eps
    assert abs(one_sided - exact) == pytest.approx(want, rel=0.05)


@pytest.mark.parametrize("eps, want", [(0.1, 7.7e-5), (0.01, 7.7e-7), (0.001, 7.7e-9)])
def test_central_error_falls_with_eps_squared(eps, want):
    """Eq. (5.2)."""
    exact = complex_step(loss_of_one_weight, 0.4)
    assert abs(central_difference(loss_of_one_weight, 0.4, eps) - exact) == pytest.approx(want, rel=0.05)


def test_relative_error_of_two_against_one_is_a_third():
    """Eq. (5.3)."""
    assert relative_error(2.0, 1.0) == pytest.approx(1 / 3, abs=1e-15)


def test_complex_step_agrees_with_the_right_backward_pass_to_the_last_digits():
    """Eq. (5.4)."""
    right = buggy.two_layer_backward(X, T, PARAMS)
    assert relative_error(complex_step(loss, PARAMS), right) < 1e-14
    assert relative_error(central_difference(loss, PARAMS), right) < 1e-8


def test_all_parameters_together_cost_two_forward_passes_each():
    calls = []
    central_difference(lambda p: calls.append(1) or loss(p), PARAMS)
    assert len(calls) == 2 * 13


def test_along_a_direction_the_loss_changes_by_slope_times_nudge():
    """Eq. (3.6)."""
    right = buggy.two_layer_backward(X, T, PARAMS)
    report = directional_check(loss, PARAMS, right, random_state=0)
    assert report.passed and report.error < 1e-8


def test_the_u_curve_has_its_best_eps_near_1e_5():
    right = complex_step(loss, PARAMS)
    errors = {
        eps: relative_error(central_difference(loss, PARAMS, eps), right) for eps in (1e-1, 1e-5, 1e-12)
    }
    assert errors[1e-5] < 1e-8
    assert errors[1e-1] == pytest.approx(1e-3, rel=0.5)
    assert 1e-6 < errors[1e-12] < 1e-2


NINE = {  # relative error over all 13 parameters: one example, batch of four
    "factor 2 missing": (0.333, 0.333),
    "sign": (1.000, 1.000),
    "σ′(a) at the output": (0.0050, 0.0265),
    "σ′(a) at the hidden layer": (0.0233, 0.1190),
    "bias averaged": (0.000, 0.1343),
    "1/N missing": (0.000, 0.600),
    "1/N twice in layer 1": (0.000, 0.2165),
    "one number for all hidden biases": (0.0909, 0.0779),
    "W2 updated first": (0.0390, 0.0149),
}


@pytest.mark.parametrize("label", NINE)
@pytest.mark.parametrize("column, n", [(0, 1), (1, 4)])
def test_each_of_the_nine_bugs_has_its_relative_error(label, column, n):
    got = buggy.NINE_BUGS[label](X[:n], T[:n], PARAMS)
    error = relative_error(got, central_difference(lambda p: loss(p, n), PARAMS))
    assert error == pytest.approx(NINE[label][column], abs=6e-5 if NINE[label][column] < 0.2 else 6e-4)


def test_the_table_of_the_nine_bugs_is_complete():
    assert list(NINE) == list(buggy.NINE_BUGS)


def test_three_of_the_nine_bugs_are_invisible_with_one_example():
    want = complex_step(lambda p: loss(p, 1), PARAMS)
    unseen = [
        k for k, wrong in buggy.NINE_BUGS.items() if relative_error(wrong(X[:1], T[:1], PARAMS), want) < 1e-12
    ]
    assert unseen == ["bias averaged", "1/N missing", "1/N twice in layer 1"]


@pytest.mark.parametrize("label", buggy.SIX_THAT_LEARN)
def test_a_gradient_check_rejects_each_of_the_six_that_learn(label):
    got = buggy.SIX_THAT_LEARN[label](X, T, PARAMS)
    assert relative_error(got, central_difference(loss, PARAMS)) > 1e-2


def test_zeros_hide_bugs():
    params = {**PARAMS, "W2": np.zeros((3, 1))}
    for wrong in (buggy.hidden_squashed_twice, buggy.hidden_slope_missing, buggy.batch_size_twice):
        assert relative_error(wrong(X, T, params), complex_step(loss, params)) < 1e-14


def test_at_a_corner_central_differences_give_the_middle_of_two_slopes():
    assert central_difference(lambda z: np.maximum(z, 0), 0.0) == pytest.approx(0.5)


SOLVED = dict(zip(buggy.SIX_THAT_LEARN, (20, 17, 20, 20, 18, 20), strict=True))


@pytest.mark.parametrize("label, solved", list(SOLVED.items()))
def test_a_falling_loss_does_not_show_that_the_gradient_is_right(label, solved):
    """Twenty networks 2-4-1 on XOR, rate 1, 10,000 epochs, with a wrong backward pass."""
    X, T = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]]), np.array([[0.0], [1], [1], [0]])
    drawn = [np.random.default_rng(seed) for seed in range(20)]
    params = {"W1": np.stack([rng.standard_normal((2, 4)) for rng in drawn]), "b1": np.zeros((20, 4))}
    params |= {"W2": np.stack([rng.standard_normal((4, 1)) for rng in drawn]), "b2": np.zeros((20, 1))}
    for _ in range(10_000):
        grads = buggy.SIX_THAT_LEARN[label](X, T, params)
        params = {name: params[name] - grads[name] for name in params}
    assert abs(np.sum(buggy.two_layer_loss(X, T, params) < 0.01) - solved) <= 1
