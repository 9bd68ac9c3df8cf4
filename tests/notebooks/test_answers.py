"""The changed answers: which slips are made, and that one which a check lets pass is reported."""

import ast
import textwrap
from dataclasses import replace

import numpy as np
import pytest

from bpcourse.checks import Case, catalogue
from tools import answers, slips

MADE = [
    ("Z = X @ W + b", "Z = X @ W"), ("Z = X @ W + b", "Z = X * W + b"), ("Z = X @ W + b", "Z = X @ W.T + b"),
    ("Z = X @ W + b", "Z = X @ W + g"), ("Z = X - W", "Z = W - X"), ("Z = X - W", "Z = -W"),
    ("s = np.sum(g * b)", "s = g * b"), ("s = np.sum(g * b)", "s = np.sum(g)"),
    ("s = np.sum(g * b)", "s = np.sum(g @ b)"), ("s = np.sin(g)", "s = np.cos(g)"),
    ("s = np.maximum(g, 0)", "s = g"), ("s = X.sum(axis=0, keepdims=True)", "s = X"),
    ("s = X.sum(axis=0, keepdims=True)", "s = X.sum(axis=0)"), ("s = X.sum(axis=0)", "s = X.sum()"),
    ("s = X.sum(axis=0, keepdims=True)", "s = X.sum(axis=0, keepdims=False)"),
    ("s = f(X, W)", "s = f(W, X)"), ("n = len(X)", "n = X.size"), ("n = len(X)", "n = X.shape[1]"),
    ("X[i, j] = g[i]", "X[j, i] = g[i]"), ("X[i, j] = g[i]", "X[i, j] = g[i - 1]"),
    ("X[i, j] = g[i]", "X[i, j] = g"), ("X[i, j] = g[i]", "pass"), ("g += b", "g = b"),
    ("g = g[i:j]", "g = g[:j]"), ("return X, W", "return (W, X)"), ("return X, W", "return (X, -W)"),
    ("g.append(b)", "pass"),
    ("return {'X': X, 'W': W}", "return {'X': W, 'W': X}"), ("s = i if j else n", "s = n if j else i"),
    ("if i == j:\n    return b", "if i != j:"), ("if i > j:\n    return b", "if not i > j:"),
    ("if i > j and i > n:\n    return b", "if i > j or i > n:"),
    ("s = [x * y for x, y in b]", "s = [y * y for x, y in b]"),
]
LEFT_ALONE = [
    ("s = (X - W) ** 2", "s = (W - X) ** 2"), ("s = np.abs(X - W)", "s = np.abs(W - X)"),
    ("s = np.maximum(g, 0)", "s = np.maximum(0, g)"), ("s = float(b)", "s = b"), ("n = len(X)", "n = len(W)"),
    ("s = g @ b", "s = g.T @ b"), ("s = zip(g, b, strict=True)", "s = zip(g, b)"),
    ("n = len(b)", "n = b.size"),
]


def changed_lines(line):
    """All slips of one line inside a function with these arguments."""
    source = "def f(X, W, b, g, i, j, n):\n" + textwrap.indent(line, "    ")
    function = ast.parse(source).body[0]
    found = slips.slips(function)
    assert ast.unparse(function) == ast.unparse(ast.parse(source))
    return [after for _, _, after, _ in found]


@pytest.mark.parametrize("line, slip", MADE)
def test_a_slip_that_learners_make_is_made(line, slip):
    assert slip in changed_lines(line)


@pytest.mark.parametrize("line, same", LEFT_ALONE)
def test_what_computes_the_same_is_no_slip(line, same):
    assert same not in changed_lines(line)


def test_every_function_that_is_asked_for_is_changed():
    changed = {answer.exercise for answer in answers.answers()} | answers.LEFT_OUT.keys()
    assert {e.id for e in catalogue().values() if e.points} <= changed


def affine(changed, source):
    return answers.Answer("01.1", "here:1", "affine", "return X @ W + b", changed, source, "")


def test_what_weak_cases_let_pass_is_told(monkeypatch):
    made = [affine(f"return {f}", f"def affine(X, W, b): return {f}") for f in ("X @ W", "X @ W - 1")]
    monkeypatch.setattr(answers, "wrong", lambda: (made, []))
    assert answers.try_answers() == (2, [])
    without_biases = [Case("", (np.ones((3, 2)), np.ones((2, 4)), np.zeros(4)))]
    weak = replace(catalogue()["01.1"], cases=lambda rng: without_biases)
    monkeypatch.setattr(answers, "catalogue", lambda: {"01.1": weak})
    assert answers.try_answers() == (2, ["here:1 in affine\n-    return X @ W + b\n+    return X @ W"])


def test_an_answer_that_does_not_end_is_refused():
    assert answers.is_refused(affine("while True:", "def affine(X, W, b):\n    while True: pass"))


def test_an_answer_that_is_listed_as_right_has_to_pass(monkeypatch):
    monkeypatch.setattr(answers, "wrong", lambda: ([], [affine("", "def affine(X, W, b): return X")]))
    with pytest.raises(SystemExit, match="lists what its check refuses"):
        answers.try_answers()


def test_a_listed_change_that_nobody_makes_any_more_is_told(monkeypatch):
    monkeypatch.setattr(answers, "EQUIVALENT", [("affine", "return Z", "")])
    with pytest.raises(SystemExit, match="no longer a change"):
        answers.wrong()
