"""What the testers of exercise 05.4 let through, how 05.4 and 05.5 pay, and what their drivers say."""

import numpy as np
import pytest

from bpcourse import buggy
from bpcourse.checks import catalogue, drivers, evaluate, observe
from bpcourse.checks.lesson05.affine_backward_tester import drawn
from bpcourse.checks.lesson05.buggy_functions import WRONG
from bpcourse.checks.lesson05.numerical_gradient import slopes_variant

EVERY = list(range(len(drivers.AFFINE_BACKWARDS)))
RIGHT_ONES = 2


def verdicts(tester, order=EVERY):
    return observe(tester, (list(order),), drivers.verdicts_on_affine_backwards).value


@pytest.mark.parametrize(
    ("mistake", "verdict"),
    [
        ("M50", "11000111"),
        ("M161", "11010000"),
        ("M162", "11011111"),
        ("M163", "00000000"),
        ("M164", "11111001"),
        ("M165", "11000011"),
        ("M541", "11111000"),
        ("M542", "11000110"),
        ("M543", "11000100"),
        ("M544", "00111111"),
        ("M166", "11111111"),
        ("M167", "00000000"),
    ],
)
def test_a_weak_tester_lets_through_what_the_catalogue_says(mistake, verdict):
    found = next(m for m in catalogue()["05.4"].mistakes if m.id == mistake)
    assert verdicts(found.wrong) == [*map(int, verdict), verdict]


def test_the_order_of_the_candidates_does_not_change_the_verdicts():
    tester = next(m for m in catalogue()["05.4"].mistakes if m.id == "M161").wrong
    assert verdicts(tester, reversed(EVERY)) == verdicts(tester)


def test_candidates_have_one_name_so_that_a_tester_cannot_go_by_it():
    names = []
    verdicts(lambda candidate: names.append((candidate.__name__, candidate.__doc__)) or True)
    assert len(names) == len(EVERY) and len(set(names)) == 1


def test_right_candidates_differ_from_the_usual_formula_in_the_last_digits_only():
    dZ, X, W, _ = drawn()
    usual = (dZ @ W.T, X.T @ dZ, dZ.sum(axis=0))
    for candidate in drivers.AFFINE_BACKWARDS[:RIGHT_ONES]:
        pairs = list(zip(candidate(dZ, X, W), usual, strict=True))
        assert not all(np.array_equal(got, want) for got, want in pairs)
        assert all(np.allclose(got, want, rtol=1e-12, atol=1e-14) for got, want in pairs)


def like_right_one(k):
    """A tester that is content with the very digits of candidate k."""

    def accepts(affine_backward):
        dZ, X, W, _ = drawn()
        pairs = zip(affine_backward(dZ, X, W), drivers.AFFINE_BACKWARDS[k](dZ, X, W), strict=True)
        return all(np.array_equal(got, want) for got, want in pairs)

    return accepts


@pytest.mark.parametrize("k", [0, 1])
def test_a_tester_that_refuses_a_right_implementation_gets_nothing(k):
    result = evaluate("05.4", like_right_one(k))
    assert verdicts(like_right_one(k))[:RIGHT_ONES] == [1 - k, k]
    assert result.points == 0 and "refused one of the two right" in result.message


def test_an_inverted_tester_is_told_so_and_nothing_else():
    result = evaluate("05.4", lambda candidate: not catalogue()["05.4"].reference(candidate))
    assert result.mistake == "M544" and result.message.count("\n") == 0


def test_what_is_let_through_is_listed_once_each():
    def first_column(affine_backward):
        dZ, X, W, _ = drawn()
        _, dW, db = affine_backward(dZ, X, W)
        return db.shape == (5,) and np.allclose(db, dZ.sum(axis=0)) and np.allclose(dW, X.T @ dZ, atol=1)

    result = evaluate("05.4", first_column)
    message = result.message
    assert not any(part.startswith("M") for part in result.mistake.split("+"))
    assert message.startswith("It let through 2 of the six wrong ones:") and message.count("\n- ") == 2


def test_a_tester_that_prints_is_told_that_it_returns_none():
    assert "returned None" in evaluate("05.4", lambda candidate: None).message


def test_each_wrong_implementation_rejected_pays_half_a_point():
    points = {m.id: evaluate("05.4", m.wrong).points for m in catalogue()["05.4"].mistakes}
    assert (
        points["M162"] == 0.5
        and points["M164"] == 1
        and points["M165"] == 2
        and points["M543"] == 2.5
        and points["M166"] == 0
    )


def test_a_test_by_assertions_counts_as_its_outcome():
    def tester(affine_backward):
        dZ, X, W, b = drawn()
        assert affine_backward(dZ, X, W)[2].shape == b.shape

    assert verdicts(tester) == [1, 1, 0, 1, 1, 1, 1, 1, "11011111"]


def test_a_tester_that_breaks_down_on_one_candidate_has_rejected_it():
    def tester(affine_backward):
        dZ, X, W, b = drawn()
        return bool((affine_backward(dZ, X, W)[2].reshape(b.shape) < np.inf).all())

    assert verdicts(tester) == [1, 1, 0, 1, 1, 1, 1, 1, "11011111"]


def test_a_tester_that_always_breaks_down_is_told_where():
    message = evaluate("05.4", lambda affine_backward: affine_backward.nothing).message
    assert "AttributeError" in message and "affine_backward.nothing" in message


def test_a_tester_that_returns_something_else_is_told_what_is_wanted():
    message = evaluate("05.4", lambda affine_backward: 0.3).message
    assert message.startswith("Your function returned a value of type float. It should return True")


def test_a_tester_that_calls_a_stub_is_not_taken_for_one():
    def numerical_gradient(f, x, eps):
        raise NotImplementedError

    assert "numerical_gradient" in evaluate("05.4", lambda candidate: numerical_gradient(0, 0, 0)).message


@pytest.mark.parametrize(
    ("names", "points"),
    [
        (WRONG, 2),
        (WRONG[::-1], 2),
        (WRONG[:2], 4 / 3),
        ([*WRONG, "relu_backward"], 4 / 3),
        ([WRONG[0], "relu_backward"], 0),
        (["relu_backward"], 0),
        ([], 0),
        (buggy.SUSPECTS, 0),
        (WRONG * 2, 2),
    ],
)
def test_hits_pay_and_false_alarms_cost(names, points):
    assert evaluate("05.5", lambda: list(names)).points == pytest.approx(points, abs=1e-5)


def test_all_six_are_said_to_be_named_only_where_they_are():
    right_ones = [name for name in buggy.SUSPECTS if name not in WRONG]
    assert "all six" in evaluate("05.5", lambda: buggy.SUSPECTS).message
    assert "all six" not in evaluate("05.5", lambda: right_ones).message


def test_a_search_without_a_hit_is_not_told_the_names():
    message = evaluate("05.5", lambda: []).message
    assert not any(name in message for name in buggy.SUSPECTS)


@pytest.mark.parametrize(
    ("answer", "words"), [("relu_backward", "Return a list"), (["relu"], "'relu' is not")]
)
def test_names_that_cannot_be_read_get_a_sentence(answer, words):
    assert words in evaluate("05.5", lambda: answer).message


def test_functions_count_as_their_names():
    functions = [getattr(buggy, name) for name in WRONG]
    assert evaluate("05.5", lambda: functions).passed


def test_three_suspects_are_wrong_and_they_are_those():
    assert [name for name in buggy.SUSPECTS if buggy.FAULTS[name]] == list(WRONG)


def test_two_things_wrong_with_a_measured_gradient_are_both_named():
    result = evaluate("05.1", slopes_variant("M47", "M148"))
    assert result.mistake == "M47+M148" and "float64" in result.message and "2ε" in result.message


def test_whole_numbers_give_the_slopes_that_the_catalogue_says():
    nudged = slopes_variant("M47")(lambda x: np.sum(x**3), np.array([2, -1, 0, 3]), 1e-5)
    assert np.allclose(nudged, [350_000, 50_000, 0, 950_000])
