"""The curves of exercise 06.4 do what is said of them, and the drivers say what they cannot judge."""

import numpy as np
import pytest

from bpcourse.checks import evaluate
from bpcourse.checks.lesson06 import curves

LOSSES, GAPS = (dict(zip(curves.NAMES, part, strict=True)) for part in curves.six_curves())
BY_CAUSE = {cause: (LOSSES[name], GAPS[name]) for name, cause in curves.PLANTED.items()}


def test_a_rate_far_too_large_is_at_a_half_after_one_step_and_stays():
    losses, _ = BY_CAUSE["B"]
    assert abs(losses[1:] - 0.5).max() < 1e-3 and losses[0] < 0.4


def test_a_rate_far_too_small_falls_in_every_step_and_hardly_at_all():
    losses, _ = BY_CAUSE["C"]
    assert (np.diff(losses) < 0).all() and losses[0] - losses[-1] < 0.02


def test_the_turned_sign_climbs_in_each_of_the_first_twenty_steps_to_a_half():
    losses, _ = BY_CAUSE["D"]
    assert (np.diff(losses[:21]) > 0).all() and abs(losses[-1] - 0.5) < 1e-3


def test_zeros_never_move_and_remain_twins():
    losses, gap = BY_CAUSE["E"]
    assert (losses == 0.25).all() and gap == 0


def test_tiny_weights_do_not_move_either_but_are_no_twins():
    losses, gap = BY_CAUSE["F"]
    assert abs(losses - 0.25).max() < 1e-4 and gap > 0.005


def test_broken_pairs_never_come_to_rest():
    losses, _ = BY_CAUSE["G"]
    later = losses[100:]
    assert np.ptp(later) > 0.05 and abs(later.mean() - 0.25) < 0.01


def test_only_six_of_the_eight_causes_are_planted():
    assert sorted(curves.PLANTED.values()) == list("BCDEFG")


def test_every_wrong_letter_has_a_sentence_of_its_own():
    said = {
        curves.sentence(name, letter)
        for name in curves.NAMES
        for letter in curves.CAUSES
        if letter != curves.PLANTED[name]
    }
    assert len(said) == 6 * 7


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda X, y, batch_size, order: [], "list of batches is empty"),
        (lambda X, y, batch_size, order: 3, "a pair `(Xb, yb)` for each batch"),
        (
            lambda X, y, batch_size, order: [(X[order], y[order[:2]])],
            "Batch 1 holds an array of shape (7, 4)",
        ),
        (lambda X, y, batch_size, order: [(X[k], y[k]) for k in order], "needs the shapes (B, 4) and (B,)"),
    ],
)
def test_batches_that_cannot_be_judged_are_described(answer, says):
    assert says in evaluate("06.2", answer).message


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda X, Y, params, lr, epochs: None, "returned None"),
        (lambda X, Y, params, lr, epochs: params, "returned one thing. It should return two"),
        (lambda X, Y, params, lr, epochs: ([0.0], list(params)), "with the keys 'W1', 'b1', 'W2', 'b2'"),
        (lambda X, Y, params, lr, epochs: (["low"], params), "not a list of numbers"),
        (lambda X, Y, params, lr, epochs: ([0.0] * (epochs + 1), params), "losses have shape (2,)"),
    ],
)
def test_what_a_training_loop_returns_is_described(answer, says):
    assert says in evaluate("06.5", answer).message


def test_the_network_of_the_curves_learns_when_nothing_is_planted():
    losses, _ = curves.trained("A")
    assert losses[-1] < 0.02


@pytest.mark.parametrize(
    "answer",
    [
        lambda P, y: np.mean(y),
        lambda P, y: np.mean(P > 0.5),
        lambda P, y: np.mean((P.ravel() > 0) == y),
        lambda P, y: np.mean((P.ravel() >= 0.5) == y),
        lambda P, y: 1 - np.mean(y),
        lambda P, y: np.mean(P.ravel()[y == 1] > 0.5),
        *(lambda P, y, k=k, n=n: k / n for n in (7, 11) for k in range(n + 1)),
    ],
)
def test_no_share_but_the_accuracy_passes_for_it(answer):
    for seed in range(5):
        assert not evaluate("06.3", answer, seed=seed).passed


def test_two_mistakes_of_a_loop_are_told_by_their_causes():
    from bpcourse.checks.lesson06.train import train_variant

    said = evaluate("06.5", train_variant("M235", "M13")).message
    assert said.startswith("Two things at once") and "are right" not in said and ".;" not in said
