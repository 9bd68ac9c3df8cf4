"""What is said of an answer with items that no registered mistake explains."""

from bpcourse.checks import evaluate


def test_an_unknown_wrong_answer_is_pointed_to_the_hint():
    result = evaluate("00.s1", 41)
    assert result.status == "wrong" and result.mistake is None
    assert 'hint("00.s1")' in result.message


def test_a_known_wrong_answer_gets_its_sentence_and_no_pointer():
    result = evaluate("00.s1", 9)
    assert result.mistake == "00.s1a" and "hint(" not in result.message


def test_a_quiz_has_no_hint_to_point_to():
    assert "hint(" not in evaluate("00.q1", "Z").message
