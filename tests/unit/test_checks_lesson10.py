"""The curves of exercise 10.4 and the stacks of 10.5 do what is said of them."""

import numpy as np
import pytest

from bpcourse.checks import evaluate
from bpcourse.checks.drivers import BAND, ROWS, STACK, spread_per_layer
from bpcourse.checks.lesson10 import starts

RUNS = {cause: starts.trained(cause) for cause in starts.CAUSES}


def test_the_four_curves_are_those_of_their_causes():
    losses, gaps = starts.four_curves()
    for name, curve, gap in zip(starts.NAMES, losses, gaps, strict=True):
        alone, its_gap = RUNS[starts.PLANTED[name]]
        assert np.allclose(curve, alone, rtol=1e-9) and abs(gap - its_gap) < 1e-6


def test_zeros_never_move_and_remain_twins():
    losses, gap = RUNS["A"]
    assert (losses == 0.25).all() and gap == 0


def test_a_constant_learns_a_little_and_its_units_remain_twins():
    losses, gap = RUNS["B"]
    assert abs(losses[-1] - 0.168) < 1e-3 and losses[-1] < losses[0] - 0.1 and gap == 0


def test_tiny_weights_hardly_move_but_are_no_twins():
    losses, gap = RUNS["C"]
    assert abs(losses - 0.25).max() < 1e-4 and 0 < gap < 0.1


def test_xavier_learns_with_units_far_apart():
    losses, gap = RUNS["D"]
    assert losses[-1] < 1e-3 and gap > 3


def test_a_rate_far_too_small_begins_above_a_quarter_and_hardly_falls():
    losses, gap = RUNS["E"]
    assert losses[0] > 0.27 and losses[0] - losses[-1] < 0.02 and 0.5 < gap < 2
    assert (np.diff(losses) < 0).all()


def test_large_weights_begin_far_above_a_quarter_with_units_tens_apart():
    losses, gap = RUNS["F"]
    assert losses[0] > 0.4 and gap > 20


def test_two_of_the_six_causes_are_not_planted():
    assert sorted(starts.PLANTED.values()) == list("ABCD")


def test_every_wrong_letter_has_a_sentence_of_its_own():
    said = {
        starts.sentence(name, letter)
        for name in starts.NAMES
        for letter in starts.CAUSES
        if letter != starts.PLANTED[name]
    }
    assert len(said) == 4 * 5


def layers_in_band(Ws):
    X = np.random.default_rng(3).standard_normal((1, 4 * ROWS, STACK[1]))
    stds = spread_per_layer(Ws, X)[:, 0]
    return int(np.sum((stds >= BAND[0]) & (stds <= BAND[1])))


@pytest.mark.parametrize(
    ("std", "low", "high"),
    [(np.sqrt(2 / 256), 20, 20), (np.sqrt(1 / 256), 3, 3), (1.0, 0, 0), (0.1, 9, 16)],
    ids=["He", "Xavier", "N(0, 1)", "0.1"],
)
def test_layers_in_the_band_are_as_many_as_the_table_says(std, low, high):
    Ws = std * np.random.default_rng(0).standard_normal(STACK)
    assert low <= layers_in_band(Ws) <= high


def test_he_stays_in_the_band_on_every_seed():
    """At width 256 the band is wide enough for what chance does to twenty layers."""
    for seed in range(20):
        stack = np.sqrt(2 / 256) * np.random.default_rng(seed).standard_normal(STACK)
        assert evaluate("10.5", lambda rng, stack=stack: stack).passed


def test_an_identity_would_stay_in_the_band_and_is_refused_for_its_zeros():
    eye = np.broadcast_to(np.eye(256), STACK)
    assert layers_in_band(eye) == 20
    assert "Most of your weights are 0" in evaluate("10.5", lambda rng: eye).message


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            lambda rng: rng.normal(size=(256, 256)),
            "has shape (256, 256); it should have shape (20, 256, 256)",
        ),
        (lambda rng: None, "returned None"),
        (lambda rng: np.full(STACK, np.nan), "not a number"),
        (lambda rng: rng.random(STACK), "all positive"),
        (lambda rng: rng.random(STACK) * np.sqrt(2 / 256), "all positive"),
        (lambda rng: np.zeros(STACK), "Most of your weights are 0"),
        (lambda rng: rng.normal(0, 0.01, STACK), "0.01 does it as well"),
        (lambda rng: rng.uniform(-np.sqrt(2 / 256), np.sqrt(2 / 256), STACK), "c/√3"),
    ],
)
def test_a_stack_that_fails_is_described(answer, says):
    assert says in evaluate("10.5", answer).message
