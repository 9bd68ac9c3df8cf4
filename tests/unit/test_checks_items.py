"""What is said of an answer with items that no registered mistake explains."""

import numpy as np

from bpcourse.checks import evaluate


def test_an_unknown_wrong_answer_is_pointed_to_the_hint():
    result = evaluate("00.s1", 41)
    assert result.status == "wrong" and result.mistake is None
    assert 'hint("00.s1")' in result.message


def test_a_known_wrong_answer_gets_its_sentence_and_no_pointer():
    result = evaluate("00.s1", 9)
    assert result.mistake == "00.s1a" and "hint(" not in result.message


def test_a_quiz_has_no_hint_but_letters_to_choose_from():
    assert evaluate("00.q1", "Z").message == "Answer with one of the letters A, B and C, in quotes."


def test_a_value_is_spoken_of_as_an_answer_and_not_as_a_function():
    assert evaluate("01.a", 1.7).message.startswith("Your answer is one thing.")


def test_the_first_exercise_says_nothing_of_gradients():
    assert "gradient" not in evaluate("00.a", lambda values: sum(values) / 2).message


def test_a_driver_says_in_its_own_sentence_what_cannot_be_judged():
    message = evaluate("01.5", lambda: ([[1, 1], [1, 1]], [0, 0], [1, 1], [0])).message
    assert message == "Your W2 has shape (2,); it should have shape (2, 1)."


def test_right_values_in_order_with_a_changed_input_are_not_called_out_of_order():
    def changes_its_input(Z, y):
        Z -= Z.max(axis=1, keepdims=True)
        logs = np.log(np.exp(Z).sum(axis=1, keepdims=True))
        loss = (logs[:, 0] - Z[np.arange(len(y)), y]).mean()
        return loss, (np.exp(Z - logs) - np.eye(Z.shape[1])[y]) / len(y)

    message = evaluate("02.5", changes_its_input).message
    assert message.startswith("Your function changes its input Z")


def test_pairs_with_the_same_values_are_told_apart_by_their_warnings():
    """The loss of 02.5 is infinite at ±1000 by log(0) in one answer, by exp(1000) in the other."""

    def answer(Z, y, loss):
        S = Z - np.logaddexp.reduce(Z, axis=1)[:, None]
        return loss(Z, np.exp(S), y, np.arange(len(y))).mean(), np.exp(S) - np.eye(Z.shape[1])[y]

    rounded = evaluate("02.5", lambda Z, y: answer(Z, y, lambda Z, P, y, rows: -np.log(P[rows, y])))
    too_large = evaluate(
        "02.5", lambda Z, y: answer(Z, y, lambda Z, P, y, rows: np.log(np.exp(Z).sum(axis=1)) - Z[rows, y])
    )
    assert (rounded.mistake, too_large.mistake) == ("M36+M110", "M10b+M36")
