"""Lessons 00 and 01: what their verdicts may say, and whom they may accuse of what."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from bpcourse.checks import evaluate


def squash(z):
    return 1 / (1 + np.exp(-z))


def branches_exchanged(z):
    small = np.exp(-np.abs(z))
    return np.where(z < 0, 1, small) / (1 + small)


def sign_turned_in_tanh(z):
    return 0.5 * (1 - np.tanh(0.5 * z))


@pytest.mark.parametrize("answer", [branches_exchanged, sign_turned_in_tanh])
def test_a_falling_sigmoid_is_told_what_came_out_and_not_what_was_written(answer):
    result = evaluate("01.2", answer)
    assert result.mistake == "M81"
    assert "you took" not in result.message.lower()


def test_a_forgotten_division_is_not_accused_of_missing_parentheses():
    result = evaluate("01.2", lambda z: 1 + np.exp(-z))
    assert result.mistake == "M207" and "If you wrote" in result.message


def test_a_bias_beside_a_transposed_product_is_the_bias_for_each_example():
    assert evaluate("01.1", lambda X, W, b: (W.T @ X.T + b).T).mistake == "M02"


def test_two_mistakes_of_a_forward_pass_are_named_without_saying_that_parts_are_right():
    def no_first_bias_and_squashed_early(X, W1, b1, W2, b2):
        Z1 = X @ W1
        A1 = squash(Z1)
        Z2 = squash(A1 @ W2 + b2)
        return Z1, A1, Z2, squash(Z2)

    result = evaluate("01.4", no_first_bias_and_squashed_early)
    assert result.mistake == "M203+M04" and "right" not in result.message


@pytest.mark.parametrize("table", [t for t in product((0, 1), repeat=4) if t != (0, 1, 1, 0)])
def test_whatever_else_than_xor_a_network_says_has_a_name(table):
    result = evaluate("01.5", network_that_says(table))
    assert result.mistake is not None
    assert f"says {' '.join(map(str, table))}" in result.message or len(set(table)) == 1


def network_that_says(table):
    """Weights found by trying: hidden units OR and NAND, or one for each input; a few outputs."""
    inputs = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    hidden = (
        ([[1, -1], [1, -1]], [-0.5, 1.5]),
        ([[1, 0], [0, 1]], [-0.5, -0.5]),
        ([[1, 1], [-1, -1]], [-0.5, 0.5]),
    )
    for (W1, b1), w, v, b2 in product(hidden, (-1, 0, 1), (-1, 0, 1), (-1.5, -0.5, 0.5, 1.5)):
        says = (inputs @ np.array(W1) + b1 > 0) @ np.array([w, v]) + b2 > 0
        if tuple(says.astype(int)) == table:
            return lambda: (W1, b1, [[w], [v]], [b2])
    raise AssertionError(f"no network tried says {table}")


@pytest.mark.parametrize(("question", "text"), [("00.s1", "6"), ("00.s5", "(4,3)"), ("00.s5", "(4, 3)")])
def test_a_right_answer_in_quotes_is_asked_for_without_them(question, text):
    message = evaluate(question, text).message
    assert "without the quotes" in message and "Lesson" not in message


def test_a_verdict_on_the_mean_shows_the_list_that_was_tried():
    assert "[" in evaluate("00.a", lambda values: max(values)).message
