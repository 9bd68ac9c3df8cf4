"""Every guard catches the fault it is there for, shown on small notebooks with one fault each."""

import hashlib

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import decimals, equations, guards, leaks
from tools.outputs import SUMMARY
from tools.sources import ROOT, Source

NBGRADER = {"schema_version": 3, "task": False}
PRINTED = "loss 0.391654 then -0.289890, 98.6 percent of 0.986, 3.21e-05, 5. and 1,797.5"


def text(words, name="t", **metadata):
    """Return a text cell."""
    return new_markdown_cell(words, id=name, metadata=metadata)


def code(source="x", *outputs, count=1, name="c", **metadata):
    """Return a code cell that was run."""
    return new_code_cell(source, id=name, outputs=list(outputs), execution_count=count, metadata=metadata)


def said(words):
    """Return what `print` leaves behind."""
    return new_output("stream", name="stdout", text=words)


def picture(alt="A line rises to 4"):
    """Return a figure without its description."""
    return new_output("display_data", {"image/png": "iVBORw0KGgo="}, metadata={"image/png": {"alt": alt}})


def description(words="A line rises to 4"):
    """Return the fold that `viz.show` puts under a figure."""
    return new_output("display_data", {"text/html": f"{SUMMARY}{words}</details>"})


def drawn(*outputs):
    """Return a notebook with these outputs in one cell."""
    return new_notebook(cells=[code("draw()", *outputs)])


def notebook(*cells, **metadata):
    """Return a notebook of these cells; a second cell of one name gets another id."""
    for place, cell in enumerate(cells):
        if cell.id in {earlier.id for earlier in cells[:place]}:
            cell.id += str(place)
    return new_notebook(cells=list(cells), metadata=metadata)


def answer(body="    ### BEGIN SOLUTION\n    return a + b\n    ### END SOLUTION", name="ex-04-2", **changed):
    """Return a solution cell."""
    mark = NBGRADER | {"grade": False, "grade_id": name, "locked": False, "solution": True}
    return code(f'def add(a, b):\n    """Add."""\n{body}', name=name, nbgrader=mark | changed)


def graded(name="test-04-2", **changed):
    """Return a test cell."""
    mark = NBGRADER | {"grade": True, "grade_id": name, "locked": True, "points": 2, "solution": False}
    return code('check("04.2", add)', name=name, nbgrader=mark | changed)


def stub():
    """Return the blank of `answer`."""
    cell = answer("    raise NotImplementedError")
    cell.execution_count = None
    return cell


ERROR = new_output("error", ename="ValueError", evalue="no", traceback=[])
RUN_FAULTS = {
    "a cell that was not run": (guards.counts, notebook(code(count=None)), "1 to 1"),
    "cells run in another order": (guards.counts, notebook(code(count=2), code(count=1, name="d")), "[2, 1]"),
    "a blank with a count": (guards.never_run, notebook(code(count=1)), "count"),
    "a blank with an output": (guards.never_run, notebook(code("x", said("3"), count=None)), "output"),
    "an error": (guards.errors, notebook(code("x", ERROR)), "ValueError"),
    "widget state": (guards.churn, notebook(widgets={}), "widgets"),
    "execution times": (guards.churn, notebook(code(execution={"iopub.execute_input": "now"})), "times"),
    "a home folder": (guards.machine, notebook(code("x", said("/home/me/bp/x.py:3: Warning"))), "/home/me"),
    "a folder of Windows": (guards.machine, notebook(text(r"see C:\Users\me")), "C:"),
    "this machine's copy": (guards.machine, notebook(text(f"see {ROOT}")), ROOT.name),
    "a registry": (guards.machine, notebook(text("from https://" + "pypi" + ".org/simple")), "pypi"),
    "no title": (guards.title, notebook(text("## Not first"), code()), "title"),
    "no cells": (guards.title, notebook(), "title"),
    "a long code cell": (guards.sizes, notebook(code("x\n" * 26)), "26 lines"),
    "a long text cell": (guards.sizes, notebook(text("word " * 151)), "151 words"),
    "a figure without words": (guards.figures, drawn(picture(""), description()), "alternative"),
    "a figure with nothing after it": (guards.figures, drawn(picture()), "followed"),
    "a figure with other words after it": (guards.figures, drawn(picture(), description("B")), "followed"),
    "words that come too late": (guards.figures, drawn(picture(), said("3"), description()), "followed"),
    "two figures, one description": (guards.figures, drawn(picture(), picture(), description()), "followed"),
    "a picture in the text": (guards.figures, notebook(text("![](a.png)")), "alternative"),
    "a picture in HTML": (guards.figures, notebook(text('<img src="a.png">')), "alternative"),
    "a graded cell that is open": (guards.nbgrader, notebook(graded(locked=False)), "locked"),
    "the same grade_id twice": (guards.nbgrader, notebook(graded(), graded()), "Duplicate"),
    "a graded cell without points": (guards.nbgrader, notebook(graded(points=None)), "rejects"),
    "a grade_id with a dot": (guards.nbgrader, notebook(graded(grade_id="04.2")), "rejects"),
}


@pytest.mark.parametrize("guard, bad, says", RUN_FAULTS.values(), ids=RUN_FAULTS)
def test_guard_catches(guard, bad, says):
    complaints = guard(bad)
    assert len(complaints) == 1
    assert says in complaints[0]


def test_guards_accept_a_good_notebook():
    good = notebook(
        text("# Title\n\nSee ![a line](a.png) on 1/2 of a page, at a/tmp/b."),
        code("x", picture("A > B"), description("A &gt; B"), said("3")),
        code("1 / 0", ERROR, count=2, name="d", tags=["raises-exception"]),
        answer(), graded())
    good.cells[-2].execution_count, good.cells[-1].execution_count = 3, 4
    chosen = (guards.counts, guards.errors, guards.churn, guards.machine, guards.title, guards.sizes,
              guards.figures, guards.nbgrader)
    assert {guard.__name__: guard(good) for guard in chosen} == {guard.__name__: [] for guard in chosen}


LESSON_CODE = ['check("04.a", 1)', "check('04.b', 1)", *(f'check("04.q{n}", "A")' for n in (1, 2, 3))]


@pytest.mark.parametrize("drop, add, says", [
    (LESSON_CODE[0], "", "2 checks"), (LESSON_CODE[4], "", "3 quiz"), ("", "plt.show()", "viz.show")])
def test_lesson_guard_catches_a_missing_question_and_plt_show(drop, add, says):
    cells = [code(line, picture()) for line in [*LESSON_CODE, add] if line != drop and line]
    assert [says in complaint for complaint in guards.lesson(notebook(*cells), "04")] == [True]


def test_lesson_guard_counts_figures_and_asks_less_of_the_set_up():
    asked = [code(line) for line in LESSON_CODE]
    assert guards.lesson(notebook(*asked), "04") == ["there are 0 figures, fewer than 3"]
    set_up = [code(line.replace("04.", "00."), picture()) for line in LESSON_CODE[:2]]
    assert guards.lesson(notebook(*set_up), "00") == []


# Built from its source

def sha256(source):
    """Return the fingerprint that the build writes into the first cell."""
    return hashlib.sha256(source.path.read_bytes()).hexdigest()


SOURCE_TEXT = '''# %% [markdown]
# # Title

# %% tags=["nbval-skip"]
x = 1

# %% nbgrader={"grade_id": "ex-04-2", "solution": true}
x = 2
'''


@pytest.fixture
def source(tmp_path):
    """Return a source on disk."""
    made = Source(tmp_path, "lessons", "04_sample")
    made.path.parent.mkdir(parents=True)
    made.path.write_text(SOURCE_TEXT)
    return made


def built_from(source):
    """Return the notebook that a build of SOURCE_TEXT gives."""
    mark = {"source": "sources/lessons/04_sample.py", "sha256": sha256(source)}
    return notebook(text("# Title", bpcourse=mark), code("x = 1", tags=["nbval-skip"]),
                    code("x = 2", nbgrader={"grade_id": "ex-04-2", "solution": True, "grade": False}))


def test_source_guard_accepts_what_was_built_from_it(source):
    assert guards.same_as_source(built_from(source), source, sha256(source)) == []


@pytest.mark.parametrize("place, change", [
    (0, {"source": "# Other title"}), (1, {"source": "x = 2"}), (1, {"metadata": {}}),
    (2, {"metadata": {"nbgrader": {"grade_id": "ex-04-3", "solution": True}}}), (2, {"metadata": {}})])
def test_source_guard_catches_one_changed_cell(source, place, change):
    bad = built_from(source)
    bad.cells[place].update(nbformat.from_dict(change))
    assert len(guards.same_as_source(bad, source, sha256(source))) == 1


def test_source_guard_catches_a_missing_cell_and_an_older_source(source):
    bad = built_from(source)
    assert "built from" in guards.same_as_source(bad, source, "0" * 64)[0]
    del bad.cells[2]
    assert "2 cells" in guards.same_as_source(bad, source, sha256(source))[0]


# Decimals in prose

@pytest.mark.parametrize("prose", [
    "0.391654", "0.39", "0.4", "**0.392**,", "$-0.29$", "−0.2899", "98.6 %", r"98.6\%", "98.6%", "3.2e-5",
    r"$3.2 \times 10^{-5}$", "3.2·10⁻⁵", "1,797.5", "1797.5", "5.0", "Eq. (4.3)", r"\tag{4.3}", "see (4.3)",
    "exercise 04.2", "exercise 12.4", "## 12.4 Draw", "04.q1", "Python 3.11", "NumPy 2.4.6", "https://doi.org/10.1038/323533a0",
    "7.25 <!-- given: 7.25 -->",
    "-7.25 and 0.39 <!-- given: 7.25 -->", "the whole 17, no decimal", "σ(5.0)"])
def test_decimals_that_are_computed_given_or_no_numbers_pass(prose):
    assert decimals.complaints(notebook(text(prose), code("x", said(PRINTED))), {"4.3"}) == []


@pytest.mark.parametrize("prose", [
    "0.391655", "0.38", "0.392 and 0.7", ".75", "$0.7x$", "97.6 %", "3.3e-5", r"3.2 \times 10^{-6}", "(4.4)",
    "σ(4.3)", "7.25 <!-- given: 7.5 -->", "7.25 <!-- 7.25 -->", "`lr=0.7`", "(0.7)", "12.4"])
def test_decimals_that_nobody_computed_are_caught(prose):
    assert decimals.complaints(notebook(text(prose), code("x", said(PRINTED))), {"4.3"}) != []


def test_an_idle_mark_of_a_given_number_is_caught():
    complaints = decimals.complaints(notebook(text("0.39 <!-- given: 0.7 -->"), code("x", said(PRINTED))))
    assert complaints == ["cell t: 0.7 is marked as given, but the cell has no such decimal"]


def test_a_decimal_typed_into_a_description_is_no_evidence():
    figure = [picture("A line at 0.75"), description("A line at 0.75")]
    typed = notebook(text("The line is at 0.75."), code('show(fig, alt="A line at 0.75")', *figure))
    assert [complaint.split(":")[0] for complaint in decimals.complaints(typed)] == ["cell t", "cell c"]
    computed = notebook(text("The line is at 0.75."), code('show(fig, alt=f"A line at {y}")', *figure))
    assert decimals.complaints(computed) == []


# Answers in blanks

def test_leak_guard_accepts_a_clean_blank():
    assert leaks.leaks(notebook(text("# Add"), stub()), notebook(text("# Add"), answer())) == []
    assert leaks.differences(notebook(text("# Add"), stub()), notebook(text("# Add"), answer())) == []


@pytest.mark.parametrize("bad", [
    notebook(text("Write `return a + b`."), stub()), notebook(text("# Add"), answer("    return a + b")),
    notebook(text("# Add\n\n### BEGIN SOLUTION"), stub()), notebook(text("# Add"), answer())],
    ids=["in the statement", "not cut", "a marker in the text", "nothing cut"])
def test_leak_guard_catches_an_answer_or_a_marker(bad):
    assert leaks.leaks(bad, notebook(text("# Add"), answer())) != []


@pytest.mark.parametrize("bad", [
    notebook(text("# Subtract"), stub()), notebook(stub()),
    notebook(text("# Add"), answer("    raise ValueError")),
    notebook(text("# Add"), answer("    raise NotImplementedError", points=3)),
    notebook(text("# Add"), code("raise NotImplementedError", name="ex-04-2", **answer().metadata))],
    ids=["another text", "a missing cell", "another stub", "other metadata", "the signature lost"])
def test_blank_and_solutions_that_differ_by_more_than_the_cut_are_caught(bad):
    assert leaks.differences(bad, notebook(text("# Add"), answer())) != []


# Tags of equations

@pytest.mark.parametrize("lesson, docstring, says", [
    ("Eq. (4.1)", "Eq. (4.1) and Eq. (7.1)", []),
    (r"$$x \tag{4.1}$$", "Eq. (4.1)", []),
    ("Eq. (4.1)", "Eq. (4.1) and Eq. (4.2)", ["Eq. (4.2) is in a docstring but not in lesson 4"]),
    ("Eq. (4.1), Eq. (4.3)", "Eq. (4.1)", ["Eq. (4.3) is in lesson 4 but in no docstring"])])
def test_tags_of_lessons_and_docstrings_are_compared(tmp_path, lesson, docstring, says):
    (tmp_path / "bpcourse").mkdir()
    (tmp_path / "bpcourse" / "layers.py").write_text(f'def f():\n    r"""{docstring}"""\n')
    (tmp_path / "sources" / "lessons").mkdir(parents=True)
    (tmp_path / "sources" / "lessons" / "04_x.py").write_text(f"# %% [markdown]\n# {lesson}\n")
    assert equations.complaints(tmp_path) == says
