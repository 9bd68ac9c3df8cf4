"""The runs behind the numbers: floor 1's own steps, the same at every call, right where that is known."""

import numpy as np
import pytest

from bpcourse import datasets, reproductions
from bpcourse.network import MLP
from bpcourse.optim import momentum_step
from bpcourse.reproductions import he_2015, nielsen_2015, pascanu_2013
from bpcourse.reproductions.inputs import standardised
from bpcourse.reproductions.sweeps import draw_uniform, learn_in_sweeps


@pytest.mark.parametrize(
    "X, T, bound, rate, tolerance, seed",
    [(*datasets.xor(), 0.5, 0.5, 0.1, 3), (*datasets.mirror_symmetry(6), 0.3, 0.1, 0.2, 0)],
    ids=["xor", "mirror symmetry"],
)
def test_one_seed_of_many_takes_the_steps_of_one_network(X, T, bound, rate, tolerance, seed):
    starts = draw_uniform(range(6), X.shape[1], 2, bound)
    run = learn_in_sweeps(X, T, starts, rate=rate, tolerance=tolerance, limit=600)
    net = MLP([X.shape[1], 2, 1], activation="sigmoid", loss="sigmoid_mse")
    net.params = {name: value[seed].copy() for name, value in starts.items()}
    velocity = {name: np.zeros_like(value) for name, value in net.params.items()}
    sweeps = 0
    while sweeps < 600 and np.abs(net.predict_proba(X) - T).max() >= tolerance:
        _, grads = net.loss_and_grads(X, T)
        momentum_step(net.params, grads, velocity, learning_rate=rate * len(X) / 2, momentum=0.9)
        sweeps += 1
    assert sweeps == (run.solved_at[seed] if run.solved[seed] else 600)
    for name, value in net.params.items():
        np.testing.assert_allclose(run.params[name][seed], value, rtol=1e-9, atol=1e-12, err_msg=name)


def test_a_seed_that_is_solved_at_once_takes_no_sweep_and_one_that_is_stuck_has_none():
    X, T = datasets.xor()
    solved = {"W1": [[[9, 9], [9, 9]]], "b1": [[-4, -13]], "W2": [[[9], [-18]]], "b2": [[-4]]}
    params = {name: np.array(value, dtype=float) for name, value in solved.items()}
    settings = {"rate": 0.5, "tolerance": 0.1, "limit": 20}
    assert learn_in_sweeps(X, T, params, **settings).solved_at.tolist() == [0]
    zeros = {name: np.zeros_like(value) for name, value in params.items()}
    assert np.isnan(learn_in_sweeps(X, T, zeros, **settings).solved_at).all()
    assert all(not value.any() for value in zeros.values())


def test_fewer_seeds_give_the_first_seeds_of_more(run):
    few, many = reproductions.xor_sweeps(10).arrays["sweeps"], run(reproductions.xor_sweeps).arrays["sweeps"]
    np.testing.assert_array_equal(few, many[:, :10])
    few = reproductions.mirror_symmetry(8).arrays["sweeps"]
    np.testing.assert_array_equal(few, run(reproductions.mirror_symmetry).arrays["sweeps"][:8])
    few = reproductions.nielsen_gradient_norms(4).arrays["norms_4"]
    np.testing.assert_array_equal(few, run(reproductions.nielsen_gradient_norms).arrays["norms_4"][:4])


def test_a_deep_network_trained_again_has_the_same_losses(run):
    digits = datasets.load_digits()
    losses, gradient = he_2015._train(22, "xavier", 1, standardised(digits.X), digits.y)
    arrays = run(reproductions.thirty_layers).arrays
    np.testing.assert_array_equal(losses, arrays["losses"][0, 1, 1])
    assert gradient == arrays["first_gradients"][0, 1, 1]


def test_mean_singular_values_lie_a_little_below_those_of_random_matrices(run):
    """The slope of tanh is at most 1, so it can only take something away."""
    values = run(reproductions.glorot_jacobians).arrays["singular_values"]
    assert values.shape == (2, 4, 3, 1000)
    assert (np.diff(values, axis=-1) <= 1e-12).all() and (values >= 0).all()
    # Random square matrices with entries of variance s²/n have a mean singular value of 8 s / (3π): 0.849 s.
    bounds = 8 / (3 * np.pi) * np.array([3**-0.5, 1.0])
    means = values.mean(axis=(1, 2, 3))
    assert (means < bounds).all() and (means > 0.9 * bounds).all()


def test_both_starts_of_a_seed_are_one_draw_times_a_factor():
    nets = [MLP([64] * 30 + [10], init=start, random_state=5) for start in he_2015.STARTS]
    he, xavier = (net.coefs_[7] for net in nets)
    np.testing.assert_allclose(he, np.sqrt(2) * xavier, rtol=1e-12)


def test_a_network_that_never_learns_has_no_epoch_below_two():
    flat, falling = np.full((3, 4), 2.3), np.array([[2.3, 1.9, 1.5], [2.3, 2.1, 1.9], [2.2, 1.0, 0.5]])
    assert he_2015.below_two(flat) == 0
    assert he_2015.below_two(falling) == 2


def test_the_bias_gradient_of_the_book_is_the_mean_of_the_examples():
    net = nielsen_2015._network(3, 7)
    digits = datasets.load_digits()
    X, T = digits.X[:6], datasets.one_hot(digits.y[:6], 10)
    alone = [net.loss_and_grads(X[n : n + 1], T[n : n + 1])[1]["b2"] for n in range(6)]
    of_the_mean = np.linalg.norm(np.mean(alone, axis=0))
    assert nielsen_2015._norms(net, X, T)[1] == pytest.approx(of_the_mean, rel=1e-12)


def test_the_decay_never_exceeds_its_bound(run):
    arrays = run(reproductions.nielsen_gradient_norms).arrays
    assert arrays["decay"].shape == arrays["bound"].shape == (50,)
    assert (0 < arrays["decay"]).all() and (arrays["decay"] < arrays["bound"]).all()


def test_standardised_columns_have_mean_zero_and_spread_one():
    X = standardised(np.array([[1.0, 2.0, 7.0], [3.0, 2.5, 7.0], [8.0, 9.0, 7.0]]))
    np.testing.assert_allclose(X.mean(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(X.std(axis=0), [1, 1, 0], rtol=1e-12)


def paper_error(w, b):
    """The error as the paper writes it, in x: x_t = w σ(x_(t−1)) + b from x_0 = 0.5, E = (σ(x_50) − 0.7)²."""
    x = 0.5
    for _ in range(50):
        x = w / (1 + np.exp(-x)) + b
    return (1 / (1 + np.exp(-x)) - 0.7) ** 2


def test_units_that_share_a_network_have_the_error_and_the_slopes_of_the_paper_s_unit():
    w, b = np.array([4.4, 5.0, 5.6]), np.array([-2.3, -2.62, -2.1])
    error, slope_w, slope_b = pascanu_2013.unit_error(w, b)
    np.testing.assert_allclose(error, paper_error(w, b), rtol=1e-9)
    h = 1e-6
    by_nudges = (paper_error(w + h, b) - paper_error(w - h, b)) / (2 * h)
    np.testing.assert_allclose(slope_w, by_nudges, rtol=1e-4, atol=1e-9)
    by_nudges = (paper_error(w, b + h) - paper_error(w, b - h)) / (2 * h)
    np.testing.assert_allclose(slope_b, by_nudges, rtol=1e-4, atol=1e-9)


def test_a_clipped_step_is_never_longer_than_the_rate_and_an_unclipped_one_is(run):
    arrays = run(reproductions.recurrent_cliff).arrays
    steps = {name: np.hypot(*np.diff(arrays[name], axis=0).T) for name in ("clipped", "unclipped")}
    assert steps["clipped"].max() <= pascanu_2013.RATE * (1 + 1e-9)
    assert steps["unclipped"].max() > 100 * pascanu_2013.RATE
    np.testing.assert_array_equal(arrays["clipped"][0], arrays["unclipped"][0])


def test_a_radius_scales_every_step_of_a_linear_network(run):
    arrays = run(reproductions.spectral_radius).arrays
    low, one, high = arrays["norms"]
    powers = np.arange(one.shape[1])
    np.testing.assert_allclose(low, 0.9**powers * one, rtol=1e-9)
    np.testing.assert_allclose(high, 1.1**powers * one, rtol=1e-9)
    np.testing.assert_array_equal(one[:, 0], 1)
    again = reproductions.spectral_radius(range(3), radii=(1.1,)).arrays["norms"][0]
    np.testing.assert_array_equal(again, high[:3])
