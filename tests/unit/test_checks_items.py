"""What is said of an answer with items that no registered mistake explains."""

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
