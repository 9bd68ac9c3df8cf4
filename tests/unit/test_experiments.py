"""The ensemble takes the steps that each seed would take alone, and gives the numbers of lesson 06."""

import numpy as np
import pytest

from bpcourse import experiments
from bpcourse.datasets import xor
from bpcourse.experiments import BACKWARD_PASSES, xor_ensemble


def loop_of_one_seed(seed, epochs, rate, hidden=4):
    """The same descent written as a learner would: one network, no third axis."""
    rng = np.random.default_rng(seed)
    X, T = xor()
    W1, W2 = rng.standard_normal((2, hidden)), rng.standard_normal((hidden, 1))
    b1, b2 = np.zeros(hidden), np.zeros(1)
    losses = []
    for _ in range(epochs):
        A1 = 1 / (1 + np.exp(-(X @ W1 + b1)))
        A2 = 1 / (1 + np.exp(-(A1 @ W2 + b2)))
        losses.append(np.mean((A2 - T) ** 2))
        d2 = 2 * (A2 - T) / 4 * A2 * (1 - A2)
        d1 = (d2 @ W2.T) * A1 * (1 - A1)
        W2, b2 = W2 - rate * A1.T @ d2, b2 - rate * d2.sum(axis=0)
        W1, b1 = W1 - rate * X.T @ d1, b1 - rate * d1.sum(axis=0)
    return losses


def step_of(backward, scale=1.0):
    """Return the parameters of one seed before a step at rate 1, and how far the step moved each of them."""
    before = experiments._initial_params([3], 4, scale)
    after = xor_ensemble([3], epochs=1, learning_rate=1.0, backward=backward, scale=scale).params
    return before, {name: before[name] - after[name] for name in before}


def loss_of(params):
    X, T = xor()
    A1 = 1 / (1 + np.exp(-(X @ params["W1"] + params["b1"])))
    return np.mean((1 / (1 + np.exp(-(A1 @ params["W2"] + params["b2"]))) - T) ** 2)


def numerical_gradient(params):
    gradient = {name: np.zeros_like(value) for name, value in params.items()}
    for name, value in params.items():
        for i in np.ndindex(value.shape):
            kept = value[i]
            value[i] = kept + 1e-5
            above = loss_of(params)
            value[i] = kept - 1e-5
            gradient[name][i] = (above - loss_of(params)) / 2e-5
            value[i] = kept
    return gradient


def test_every_seed_takes_the_steps_it_would_take_alone():
    losses = xor_ensemble([5, 0, 7], epochs=60, learning_rate=2.0, record_every=1).losses
    for column, seed in enumerate([5, 0, 7]):
        np.testing.assert_allclose(losses[:60, column], loop_of_one_seed(seed, 60, 2.0), rtol=1e-10)


def test_right_backward_pass_is_the_numerical_gradient():
    before, moved = step_of("right")
    for name, slope in numerical_gradient(before).items():
        np.testing.assert_allclose(moved[name], slope, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("backward", [name for name in BACKWARD_PASSES if name != "right"])
def test_every_planted_fault_is_seen_by_a_gradient_check(backward):
    before, moved = step_of(backward)
    right = np.concatenate([g.ravel() for g in numerical_gradient(before).values()])
    wrong = np.concatenate([g.ravel() for g in moved.values()])
    assert np.linalg.norm(wrong - right) / (np.linalg.norm(wrong) + np.linalg.norm(right)) > 1e-3


@pytest.mark.parametrize(
    ("backward", "parameter", "relation"),
    [
        ("M21", "W1", lambda right: -right),
        ("M34", "b1", lambda right: right / 4),
        ("M34", "W1", lambda right: right),
        ("M35", "b1", lambda right: np.full_like(right, right.sum())),
        ("M35", "W2", lambda right: right),
        ("frozen_bias", "b2", lambda right: 0 * right),
        ("frozen_bias", "W1", lambda right: right),
        ("M38", "W2", lambda right: right),
        ("M23", "W2", lambda right: right),
        ("M24_hidden", "b2", lambda right: right),
    ],
)
def test_a_fault_changes_what_its_line_says_and_nothing_else(backward, parameter, relation):
    right, wrong = step_of("right")[1][parameter], step_of(backward)[1][parameter]
    np.testing.assert_allclose(wrong, relation(right), rtol=1e-12)


def test_updating_W2_first_changes_layer_1_alone():
    right, wrong = step_of("right")[1], step_of("M38")[1]
    assert not np.allclose(wrong["W1"], right["W1"], rtol=1e-3)
    np.testing.assert_array_equal(wrong["b2"], right["b2"])


# The table of lesson 06: solved seeds out of 20, median epochs among them.
@pytest.mark.parametrize(
    ("backward", "solved", "median"),
    [
        ("right", 20, 800),
        ("M22", 20, 147),
        ("M24", 17, 4094),
        ("M34", 20, 900.5),
        ("M35", 18, 888),
        ("M38", 20, 799),
        ("frozen_bias", 20, 1425),
    ],
)
def test_wrong_backward_passes_still_solve_xor(backward, solved, median):
    ensemble = xor_ensemble(range(20), backward=backward)
    assert (ensemble.solved, ensemble.median_epochs) == (solved, median)


@pytest.mark.parametrize(
    ("settings", "at_0_100_1000"),
    [
        ({}, [0.2775, 0.2318, 0.0149]),
        ({"learning_rate": 100}, [0.2775, 0.4999, 0.5]),
        ({"learning_rate": 0.001}, [0.2775, 0.2763, 0.2676]),
        ({"scale": 0}, [0.25, 0.25, 0.25]),
        ({"backward": "M21"}, [0.2775, 0.4958, 0.4997]),
        ({"backward": "M23"}, [0.2775, 0.2491, 0.2492]),
    ],
)
def test_six_curves_of_seed_42(settings, at_0_100_1000):
    ensemble = xor_ensemble([42], epochs=1000, **settings)
    assert ensemble.losses[[0, 1, 10], 0].round(4).tolist() == at_0_100_1000


def test_losses_are_kept_every_so_often_and_at_the_end():
    ensemble = xor_ensemble([0, 1], epochs=25, record_every=10)
    assert ensemble.epochs.tolist() == [0, 10, 20, 25]
    assert ensemble.losses.shape == (4, 2)


def test_solved_at_is_the_first_epoch_below_the_threshold():
    ensemble = xor_ensemble([0, 1], epochs=1500, record_every=1)
    for column in range(2):
        first = int(ensemble.solved_at[column])
        assert ensemble.losses[first, column] < 0.01 <= ensemble.losses[first - 1, column]


def test_an_ensemble_that_never_solves_it_says_so():
    ensemble = xor_ensemble(range(3), epochs=10, scale=0)
    assert repr(ensemble) == "XorEnsemble(solved=0 of 3, median_epochs=nan)"


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"seeds": []}, ValueError, "seeds is empty"),
        ({"seeds": [-1]}, ValueError, "random_state is -1"),
        ({"hidden": 0}, ValueError, "hidden is 0; it must be at least 1"),
        ({"epochs": 0}, ValueError, "epochs is 0; it must be at least 1"),
        ({"record_every": 2.5}, TypeError, "record_every must be a whole number, got 2.5"),
        ({"learning_rate": float("nan")}, ValueError, "learning_rate is nan"),
        ({"scale": -1}, ValueError, "scale is -1"),
        ({"backward": "M99"}, ValueError, "backward is 'M99'; choose one of right, M21"),
    ],
)
def test_bad_arguments_are_named(arguments, error, words):
    with pytest.raises(error, match=words):
        xor_ensemble(**{"seeds": [0], "epochs": 5} | arguments)
