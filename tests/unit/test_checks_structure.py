"""A right value in the wrong container is told apart from a wrong value."""

import pytest

from bpcourse.checks import Exercise, evaluate
from bpcourse.checks.notebook import _marked_up

KEYED = Exercise(
    id="99.1",
    name="keyed",
    points=3,
    title="",
    kind="write",
    returns=("a", "b"),
    reference=lambda: {"a": 1.0, "b": 2.0},
)
IN_A_ROW = Exercise(
    id="99.2", name="row", points=3, title="", kind="write", returns=("a", "b"), reference=lambda: (1.0, 2.0)
)


def by_items(exercise):
    return Exercise(**{**vars(exercise), "kind": "predict"})


@pytest.mark.parametrize("exercise", [KEYED, by_items(KEYED)], ids=["all or nothing", "by items"])
def test_a_tuple_where_a_dict_is_asked_for_gets_the_keys_named(exercise):
    result = evaluate(exercise, lambda: (1.0, 2.0))
    assert result.points == 0
    assert (
        result.message == "Your function returned 2 things. It should return a dict with the keys 'a', 'b'."
    )


@pytest.mark.parametrize("exercise", [IN_A_ROW, by_items(IN_A_ROW)], ids=["all or nothing", "by items"])
def test_a_dict_where_a_tuple_is_asked_for_is_called_a_dict(exercise):
    result = evaluate(exercise, lambda: {"a": 1.0, "b": 2.0})
    assert result.points == 0
    assert (
        result.message == "Your function returned a dict with the keys 'a', 'b'. It should return 2: a and b."
    )


def test_a_list_stands_for_a_tuple():
    assert evaluate(IN_A_ROW, lambda: [1.0, 2.0]).passed


def test_wrong_keys_are_named_beside_the_right_ones():
    message = evaluate(KEYED, lambda: {"da": 1.0, "b": 2.0}).message
    assert (
        "returned a dict with the keys 'da', 'b'. It should return a dict with the keys 'a', 'b'." in message
    )


def test_an_empty_dict_is_called_empty():
    assert evaluate(KEYED, dict).message.startswith("Your function returned an empty dict. It should return")


@pytest.mark.parametrize(("name", "verb"), [("loss", "loss is"), ("losses", "losses are")])
def test_one_part_that_is_many_takes_a_plural(name, verb):
    exercise = Exercise(**{**vars(IN_A_ROW), "returns": (name,), "reference": lambda: [1.0, 2.0]})
    assert f"Your {verb} exactly the negative" in evaluate(exercise, lambda: [-1.0, -2.0]).message


def test_a_stressed_word_is_marked_up_and_code_is_left_alone():
    html = _marked_up("it is *added*, `a * b * c` and 2 * 3 * 4")
    assert html == "it is <em>added</em>, <code>a * b * c</code> and 2 * 3 * 4"
