"""The verdict on an answer: its order, its words, and what it never does."""

from __future__ import annotations

import json

import numpy as np
import pytest

from bpcourse.checks import (
    Case,
    CheckFailed,
    Exercise,
    Mistake,
    catalogue,
    check,
    evaluate,
    find,
    hint,
    notebook,
    progress,
    try_it,
)
from bpcourse.checks.compare import as_number, distance, same
from bpcourse.checks.notebook import Verdict
from bpcourse.checks.observe import observe


def double(X, k):
    return 2 * X * k


def halves(X):
    return X / 2, X.sum(axis=0)


TOY = Exercise(
    id="99.1",
    name="double",
    points=3,
    title="Double it",
    kind="write",
    returns=("Y",),
    reference=double,
    cases=lambda rng: [
        Case("7 rows", (rng.integers(1, 9, (7, 4)) / 4, 1.5), {"N": 7}),
        Case("the square case", (rng.integers(1, 9, (4, 4)) / 4, 0.5), {"N": 4}),
    ],
    mistakes=(
        Mistake(
            "M900",
            lambda X, k: X * k,
            message="You did not double X of shape {X.shape}; ratio {ratio:.1f} on {case}.",
        ),
        Mistake(
            "M901",
            lambda X, k: np.log(np.exp(2 * X * k)) + 0 * np.log(np.zeros(1) + 1e-320),
            kind="note",
            message="x",
        ),
    ),
    hints=("idea", "formula", "skeleton"),
)
PARTS = Exercise(
    id="99.2",
    name="halves",
    points=2,
    title="Halve it",
    kind="write",
    returns=("H", "s"),
    reference=halves,
    cases=lambda rng: [
        Case("7 rows", (rng.integers(1, 9, (7, 4)) / 4,), {"N": 7}),
        Case("", (np.ones((3, 3)),), {"N": 3}),
    ],
)
LETTERS = Exercise(
    id="99.3",
    name="letters",
    points=2,
    title="Choose",
    kind="choose",
    returns=("first", "second"),
    reference=lambda: ["A", "C"],
    mistakes=(
        Mistake("M902", lambda: ["B", None], message="B is for beginners."),
        Mistake("M903", lambda: [None, "A"], message="A was the first."),
    ),
)


def wrong(exercise, function, words):
    result = evaluate(exercise, function)
    assert not result.passed and result.points == 0
    assert words in result.message, result.message
    return result


def test_a_right_answer_gets_all_points():
    assert evaluate(TOY, lambda X, k: X * k + k * X).points == 3


def test_a_stub_is_not_attempted_and_not_an_error():
    def stub(X, k):
        raise NotImplementedError

    assert evaluate(TOY, stub).status == "not attempted"
    assert evaluate(LETTERS, ...).status == "not attempted"


def test_a_registered_mistake_is_named_with_the_learners_own_numbers():
    result = wrong(TOY, lambda X, k: k * X, "You did not double X of shape (7, 4); ratio 0.5 on 7 rows.")
    assert result.mistake == "M900"


def test_an_exception_is_told_with_its_type_text_and_line():
    def broken(X, k):
        return X @ np.ones((9, 9))

    message = wrong(TOY, broken, "ValueError").message
    assert "line 2 of broken" in message and "X is (7, 4)" in message


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (lambda X, k: None, "returned None"),
        (lambda X, k: (2 * X * k).T, "has shape (4, 7); it should have shape (7, 4)"),
        (lambda X, k: "twelve", "should be numbers"),
        (lambda X, k: 2 * X * np.nan, "not a number (nan)"),
        (lambda X, k: 2 * X * np.inf, "infinite"),
        (lambda X, k: 2 * X * (k + 1e-3j), "holds complex numbers"),
        (lambda X, k: (row for row in 2 * X * k), "such as a generator"),
        (lambda X, k: -2 * X * k, "exactly the negative"),
        (lambda X, k: 2 * X * k / len(X), "exactly 1/7"),
        (lambda X, k: 2 * X * k + (np.arange(X.size) == 5).reshape(X.shape), "first at entry [1, 1]"),
    ],
)
def test_an_unregistered_wrong_answer_gets_the_most_helpful_true_sentence(function, words):
    wrong(TOY, function, words)


def test_an_input_that_is_changed_fails_although_the_value_is_right():
    def in_place(X, k):
        X *= 2 * k
        return X

    wrong(TOY, in_place, "changes its input X")


def test_what_is_right_already_is_named():
    wrong(PARTS, lambda X: (X / 2, X.sum(axis=0) / len(X)), "Right already: H. Your s is exactly 1/7")


def test_the_number_of_things_returned_is_told():
    wrong(PARTS, lambda X: X / 2, "returned one thing. It should return 2: H and s")


def test_a_relation_is_named_only_if_it_holds_in_every_case():
    message = wrong(TOY, lambda X, k: 2 * X * k * (2 if len(X) == 7 else 3), "differs").message
    assert "twice" not in message


def test_items_are_marked_one_by_one_and_each_wrong_one_is_explained():
    result = evaluate(LETTERS, lambda: ["B", "C"])
    assert (result.status, result.points, result.mistake) == ("partly", 1.0, "M902")
    assert "1 of 2 right: second." in result.message and "B is for beginners." in result.message
    both = evaluate(LETTERS, lambda: ["b", "A"])
    assert both.points == 0 and both.mistake == "M902+M903"


def test_no_message_prints_the_right_answer():
    def off(X, k):
        return 2 * X * k + 0.1234

    right = 2 * TOY.cases(np.random.default_rng(2024))[0].inputs[0] * 1.5
    message = evaluate(TOY, off).message
    assert f"{right[0, 0]:.6g}" not in message.replace(f"{right[0, 0] + 0.1234:.6g}", "")


@pytest.mark.parametrize(
    "bad", [lambda X, k: 1 / 0, lambda X, k: exec("raise SystemExit"), lambda: None, lambda X, k: object()]
)
def test_evaluate_never_raises_for_what_the_function_does(bad):
    assert evaluate(TOY, bad).status == "wrong"


def test_an_interrupt_from_the_keyboard_passes():
    def endless(X, k):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(TOY, endless)


def test_warnings_are_observed_and_not_shown(recwarn):
    outcome = observe(lambda z: np.exp(z), (np.array([1000.0]),))
    assert outcome.warnings == {"overflow"} and not recwarn.list


def test_the_function_gets_copies_of_the_inputs():
    given = np.ones(3)
    observe(lambda X: X.fill(7), (given,))
    assert given.tolist() == [1, 1, 1]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (np.nan, 1.0, False),
        (np.nan, np.nan, True),
        ([np.inf, 1], [np.inf, 1 + 1e-9], True),
        ([np.inf, 1], [-np.inf, 1], False),
        ("a", "A ", True),
        ((7,), 7, False),
        ((7,), [7], True),
        (1.0, 1.0001, False),
        (0.0, 1e-13, True),
        ({"a": 1}, {"b": 1}, False),
    ],
)
def test_same_has_one_tolerance_and_fails_on_nan(a, b, expected):
    assert same(a, b) is expected


def test_distance_is_the_relative_error_of_norms():
    assert distance([3.0, 4.0], [0.0, 0.0]) == 1.0 and distance("a", "b") == np.inf


def test_check_shows_the_verdict_in_words_and_symbols(capsys):
    check("04.q1", "A")
    shown = capsys.readouterr().out
    assert shown.startswith("✗ 04.q1") and "not yet" in shown


def test_html_of_a_verdict_is_escaped():
    exercise = Exercise("99.9", "<b>", 1, "", "write", ("Y",), lambda: 1.0)
    text = Verdict(evaluate(exercise, lambda: "<script>"))._repr_html_()
    assert "<script>" not in text and "&lt;b&gt;" in text


def test_strict_and_nbgrader_raise_on_a_wrong_answer(monkeypatch):
    with pytest.raises(CheckFailed, match="not yet"):
        check("04.q1", "A", strict=True)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(CheckFailed, match="negative"):
        check("04.1", lambda A2, Y: -find("04.1").reference(A2, Y))
    with pytest.raises(CheckFailed):
        check("04.1")
    assert check("04.1", find("04.1").reference) is None


def test_nbgrader_gets_the_bare_number_of_points_of_an_exercise_with_items(monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert check("04.4", lambda: [7, 8, 6, 7, 9]) == pytest.approx(1.6)


def test_try_it_says_not_written_yet(capsys):
    def stub(A2, Y):
        raise NotImplementedError

    assert try_it("04.1", stub, 1, 2) is None
    assert "not written yet" in capsys.readouterr().out
    assert try_it("04.1", lambda a, b: a + b, 1, 2) == 3


def test_hints_come_in_levels(capsys):
    hint("04.2")
    assert "level=2" in capsys.readouterr().out
    hint("04.2", level=3)
    assert "Hint 3 of 3" in capsys.readouterr().out
    with pytest.raises(ValueError, match="level must be one of 1 to 3, got 4"):
        hint("04.2", level=4)


def test_an_unknown_exercise_names_the_near_ones():
    with pytest.raises(ValueError, match=r"no exercise '04.9'.*04.1"):
        check("04.9", len)


def test_progress_counts_what_was_checked_in_this_kernel(capsys, monkeypatch):
    monkeypatch.setattr(notebook, "_best", {})
    check("04.1", find("04.1").reference)
    capsys.readouterr()
    progress("04")
    assert "1 of" in capsys.readouterr().out
    with pytest.raises(ValueError, match="no exercises for lesson '77'"):
        progress("77")


def test_progress_is_written_in_a_workspace_and_nowhere_else(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    check("04.q1", "B")
    assert not list(tmp_path.iterdir())
    (tmp_path / ".bpcourse").mkdir()
    check("04.q1", "B")
    check("04.q1", ...)
    lines = (tmp_path / ".bpcourse" / "progress.jsonl").read_text().splitlines()
    assert [json.loads(line)["passed"] for line in lines] == [True]


def test_a_check_whose_progress_cannot_be_written_still_answers(tmp_path, monkeypatch, capsys):
    (tmp_path / ".bpcourse" / "progress.jsonl").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    with pytest.warns(UserWarning):
        check("04.q1", "B")
    assert "✓" in capsys.readouterr().out


@pytest.mark.parametrize("exercise", catalogue().values(), ids=list(catalogue()))
def test_inputs_and_outputs_can_travel_to_another_process(exercise):
    """Numbers, strings, arrays, and flat tuples, lists and dicts of them: nothing else."""

    def travels(value, depth=0):
        if isinstance(value, dict):
            return depth < 2 and all(isinstance(k, str) and travels(v, depth + 1) for k, v in value.items())
        if isinstance(value, (list, tuple)):
            return depth < 2 and all(travels(v, depth + 1) for v in value)
        return isinstance(value, str) or (as_number(value) is not None)

    for case in exercise.cases(np.random.default_rng(0)):
        assert all(travels(value) for value in case.inputs)
        assert travels(observe(exercise.reference, case.inputs, exercise.drive).value)


@pytest.mark.parametrize("exercise", catalogue().values(), ids=list(catalogue()))
def test_every_exercise_with_points_has_three_hints(exercise):
    assert not exercise.points or all(len(h) > 10 for h in exercise.hints)
    assert len(exercise.hints) == 3


def unwritten(X):
    raise NotImplementedError


def test_a_finished_function_that_calls_a_stub_is_told_which():
    result = evaluate(TOY, lambda X, k: unwritten(X) * k)
    assert result.status == "wrong" and "calls `unwritten`, which is still a stub" in result.message


def test_a_value_where_a_function_is_asked_for_is_told_how_to_pass_it():
    wrong(TOY, 5, 'without calling it: `check("99.1", double)`')


def test_right_parts_in_another_order_are_recognised():
    wrong(PARTS, lambda X: (X.sum(axis=0), X / 2), "right but the order: you returned s and H")


def test_a_product_that_does_not_fit_is_told_in_plain_words():
    wrong(TOY, lambda X, k: X @ np.ones((9, 9)), "the left one has 4 columns and the right one has 9 rows")


def test_a_row_or_a_column_of_answers_counts_as_a_list():
    for answer in ([[-0.08, -0.2]], [[-0.08], [-0.2]], np.array([[-0.08], [-0.2]])):
        assert evaluate("04.a", answer).passed


def test_try_it_tells_an_error_in_a_sentence(capsys):
    assert try_it("04.1", lambda a, b: a / b, 1, 0) is None
    assert "stopped with ZeroDivisionError" in capsys.readouterr().out


def test_a_slip_after_a_right_answer_takes_no_points_away(capsys, monkeypatch):
    monkeypatch.setattr(notebook, "_best", {})
    check("04.1", find("04.1").reference)
    check("04.1", lambda A2, Y: A2)
    capsys.readouterr()
    progress("04")
    assert "2 of" in capsys.readouterr().out


@pytest.mark.parametrize("exercise", [e for e in catalogue().values() if e.variants], ids=lambda e: e.id)
def test_a_mistake_that_may_be_one_of_two_has_a_cause_that_fits_into_a_sentence(exercise):
    """Alone it may tell its effect; beside another one that would be false."""
    causes = [m.cause for m in exercise.mistakes if m.cause]
    assert len(causes) > 1
    assert [c for c in causes if c.endswith(".") or "exactly" in c] == []


def test_numbers_in_quotes_are_told_so():
    exercise = Exercise("99.8", "n", 0, "", "predict", ("a", "b"), lambda: [0.5, 2.0])
    assert "in quotes" in evaluate(exercise, ["0.5", "2"]).message


def test_what_numpy_says_of_common_slips_is_told_in_plain_words():
    wrong(TOY, lambda X, k: X ^ 2, "no power in Python")
    wrong(TOY, lambda X, k: X if X > 0 else k, "`if` needs one True or False")
