"""The ensemble takes the steps that each seed would take alone, and gives the numbers of lesson 06."""

import numpy as np
import pytest

from bpcourse import buggy
from bpcourse.datasets import xor
from bpcourse.experiments import xor_ensemble
from bpcourse.network import MLP
from bpcourse.training import fit


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


def test_every_seed_takes_the_steps_it_would_take_alone():
    losses = xor_ensemble([5, 0, 7], epochs=60, learning_rate=2.0, record_every=1).losses
    for column, seed in enumerate([5, 0, 7]):
        np.testing.assert_allclose(losses[:60, column], loop_of_one_seed(seed, 60, 2.0), rtol=1e-10)


def test_one_seed_agrees_with_the_network_and_the_training_loop():
    net = MLP([2, 4, 1], activation="sigmoid", loss="sigmoid_mse", init="normal", random_state=7)
    history = fit(net, *xor(), 1.5, epochs=200, batch_size=None)
    ensemble = xor_ensemble([3, 7], learning_rate=1.5, epochs=200, record_every=1)
    np.testing.assert_allclose(ensemble.losses[:200, 1], history.loss, rtol=1e-10)
    for name, value in net.params.items():
        np.testing.assert_allclose(ensemble.params[name][1], value, rtol=1e-9, err_msg=name)


# The table of lesson 06: solved seeds out of 20, median epochs among them.
@pytest.mark.parametrize(
    ("backward", "solved", "median"),
    [
        (buggy.two_layer_backward, 20, 800),
        (buggy.output_slope_missing, 20, 147),
        (buggy.both_squashed_twice, 17, 4094),
        (buggy.bias_averaged, 20, 900.5),
        (buggy.bias_frozen, 20, 1425),
        (buggy.one_number_for_hidden_biases, 18, 888),
        (buggy.second_layer_moved_first, 20, 799),
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
        ({"backward": buggy.sign_flipped}, [0.2775, 0.4958, 0.4997]),
        ({"backward": buggy.hidden_slope_missing}, [0.2775, 0.2491, 0.2492]),
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
        ({"backward": "M22"}, TypeError, "backward must be a function of X, T and params, got 'M22'"),
    ],
)
def test_bad_arguments_are_named(arguments, error, words):
    with pytest.raises(error, match=words):
        xor_ensemble(**{"seeds": [0], "epochs": 5} | arguments)
