"""The mutants: what is changed, that a change reaches everybody, and that an unnoticed one is reported."""

import ast
import subprocess
import sys
import textwrap

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from bpcourse import losses, network
from bpcourse.activations import ACTIVATIONS, sigmoid_backward
from bpcourse.autodiff import PRIMITIVES
from tools import digits, mutants, mutate
from tools.sources import ROOT

LINES = {
    "return -dA * 2": ["dA * 2", "-dA / 2", "-dA", "2", "-dA * 3", "-(-dA * 2)"],
    "dW = X.T @ dZ": ["dW = dZ @ X.T", "dW = -(X.T @ dZ)", "dW = X @ dZ"],
    "db = dZ.sum(axis=0)": ["db = dZ.mean(axis=0)", "db = dZ.sum(axis=1)"],
    "dZ = dA - A / N": ["dZ = dA + A / N", "dZ = dA - A * N", "dZ = dA - A"],
    "dZ = A ** 2": ["dZ = A * 2", "dZ = A ** 3"],
    "dZ *= A": ["dZ /= A", "pass"],
    "w -= np.multiply(g, rate)": ["w += np.multiply(g, rate)", "pass", "w -= np.divide(g, rate)",
                                  "w -= np.multiply(g, 1)"],
    "on = A > 0": ["on = A < 0", "on = A >= 0", "on = A > 1"],
    "off = ~on": ["off = on"],
    "n = X.shape[0]": ["n = X.shape[1]"],
    "if layer > 1:\n    dZ = dA": ["if layer < 1:", "if layer >= 1:", "if layer > 2:"],
    "for k in range(L, 0, -1):\n    pass": ["for k in range(L, 1, -1):", "for k in range(L, 0, 1):"],
    '"""A text."""': [], "check_same_shape(dA, A)": [], "dA, A = as_float_arrays(dA=dA, A=A)": [],
    "A = np.exp(-dA).max()": ["A = (-dA).max()", "A = np.exp(-dA).min()", "A = np.exp(dA).max()"],
    "same = dA == A": ["same = dA != A"],
    "c = Gate(dA, (dA, A), (dA, dA))": ["c = Gate(dA, (A, dA), (dA, dA))"],
    "c = apply('divide', dA, A)": ["c = apply('divide', A, dA)"],
    "if len(A) < 2:\n    raise ValueError(f'{2 + 2}')": [], "return dX, dW": [],
}


@pytest.mark.parametrize("line, wanted", LINES.items())
def test_a_line_is_changed_in_every_way_and_in_no_other(line, wanted):
    tree = ast.parse("def f_backward(dA, A):\n" + textwrap.indent(line, "    "))
    (name, function), = mutate.targets(tree)
    found = mutate.mutants_in("layers", tree, name, function)
    assert sorted(mutant.after.removeprefix("return ") for mutant in found) == sorted(wanted)
    assert ast.unparse(tree.body[0].body[0]) == ast.unparse(ast.parse(line).body[0])


def test_backward_passes_steps_and_their_helpers_are_changed_and_nothing_else():
    first = [name for name, pattern in mutate.MODULES.items() if pattern == mutate.BACK]
    changed = {mutant.function for mutant in mutants.mathematics() if mutant.module in first}
    assert {"affine_backward", "backward", "relu_backward", "sgd_step", "momentum_step", "_errors"} <= changed
    assert not {name for name in changed if name.startswith(("check_", "MLP")) or name.endswith("_forward")}


def test_of_the_second_implementation_every_gate_is_changed_forward_and_back():
    changed = mutants.mathematics()
    names = {mutant.function for mutant in changed}
    assert {f"PRIMITIVES[{name!r}]" for name in PRIMITIVES} <= names
    assert {"unbroadcast", "_pass_on", "Value.__mul__", "topological_order", "mlp_loss", "matmul"} <= names
    assert {"recurrent_forward", "recurrent_backward", "global_norm", "decay_bound"} <= names
    division = {m.after for m in changed if m.function == "PRIMITIVES['divide']"}
    assert {"lambda a, b: a * b", "lambda G, c, a, b: G * b", "lambda G, c, a, b: G * c / b"} <= division


def test_a_change_of_a_line_in_a_table_reaches_that_line_alone():
    first, second = PRIMITIVES["add"].rules
    mutant = next(m for m in mutate.mutants_of("autodiff.primitives")
                  if m.function == "PRIMITIVES['add']" and m.after == "lambda G, c, a, b: -G")
    before = first.__code__
    try:
        mutant.install()
        assert first(1, 2, 3, 4) == -1 and second(1, 2, 3, 4) == 1
    finally:
        first.__code__ = before
    assert first(1, 2, 3, 4) == 1


def test_a_change_reaches_all_who_hold_the_function_and_can_be_taken_back():
    mutant = next(m for m in mutate.mutants_of("activations") if m.after == "dZ = 1 + A")
    before = sigmoid_backward.__code__
    try:
        mutant.install()
        for held in (sigmoid_backward, ACTIVATIONS["sigmoid"].backward, losses.sigmoid_backward):
            assert held(np.array([1.0]), np.array([0.5])) == 0.75
    finally:
        sigmoid_backward.__code__ = before
    assert network.ACTIVATIONS["sigmoid"].backward(np.array([1.0]), np.array([0.5])) == 0.25


TRIAL = """
import sys
from pathlib import Path
from tools import mutants
mutants.TESTS = Path(sys.argv[1])
tanh = [mutant for mutant in mutants.mathematics() if mutant.function == "tanh_backward"]
mutants.mathematics = lambda: tanh
sys.exit(mutants.main(["--math", "--jobs", "1"]))
"""


def trial(folder, test):
    """Try the mutants of tanh_backward against one test, in a process of its own."""
    (folder / "test_tanh.py").write_text("from bpcourse.activations import tanh_backward\n" + test)
    command = [sys.executable, "-c", TRIAL, str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_what_the_tests_do_not_notice_is_printed_and_fails(tmp_path):
    run = trial(tmp_path, "def test_sign(): assert tanh_backward([1.0], [0.5]) > 0.6")
    assert run.returncode == 1, run.stderr
    assert "in tanh_backward\n-    dZ = 1 - A\n+    dZ = 2 - A\n" in run.stdout
    assert "return -dZ" not in run.stdout
    caught, total = run.stdout.rsplit("mutants: ", 1)[1].split("/")
    assert 0 < int(caught) < int(total)


@pytest.mark.parametrize("test, says", [
    ("def test_wrong(): assert tanh_backward([1.0], [0.5]) == 7", "fails without any change"),
    ("import no_such_module", "could not be collected"), ("", "could not be collected")])
def test_tests_that_do_not_run_count_nothing_as_caught(tmp_path, test, says):
    run = trial(tmp_path, test)
    assert run.returncode == 1
    assert says in run.stderr
    assert "mutants:" not in run.stdout


def sample():
    """Return a notebook with digits in outputs that are compared, and in some that are not."""
    def cell(name, *outputs, **metadata):
        return new_code_cell("x", id=name, outputs=list(outputs), metadata=metadata)

    return new_notebook(cells=[
        cell("a", new_output("stream", name="stderr", text="1")),
        cell("b", new_output("stream", name="stdout", text="33"), tags=["nbval-ignore-output"]),
        cell("c", new_output("stream", name="stdout", text="loss 0.49\n")),
        cell("d", new_output("display_data", {"text/html": "<b>5</b>", "image/png": "6"}))])


def test_one_digit_is_changed_in_an_output_that_is_compared():
    places = digits.digits(sample())
    assert [(number, kind) for number, _, kind, _ in places] == [(2, None)] * 3 + [(3, "text/html")]
    changed = sample()
    number, diff = digits.change(changed, "notebooks/04.ipynb")
    differing = [n for n, (x, y) in enumerate(zip(changed.cells, sample().cells, strict=True)) if x != y]
    assert differing == [number]
    assert diff.count("\n") == 1
    assert digits.change(sample(), "notebooks/04.ipynb") == (number, diff)


def test_nine_becomes_nought_and_no_digit_is_nothing_to_change():
    nine = nbformat.from_dict({"cells": [new_code_cell("x", outputs=[new_output("stream", text="9")])]})
    assert digits.change(nine, "x") == (0, "-    9\n+    0")
    assert nine.cells[0].outputs[0].text == "0"
    assert digits.change(new_notebook(cells=[new_code_cell("x")]), "x") is None


@pytest.mark.parametrize("failed", [{}, {"a.ipynb": []}, {"a.ipynb": [3]}, {"a.ipynb": [2, 3]}])
def test_a_notebook_counts_as_caught_only_if_that_cell_alone_fails(failed):
    assert mutants.judge("a.ipynb", (2, "-    1\n+    2"), {"a.ipynb": [2]}) == ""
    assert "code cell 2" in mutants.judge("a.ipynb", (2, "-    1\n+    2"), failed)
    assert "no output has a digit" in mutants.judge("a.ipynb", None, failed)
