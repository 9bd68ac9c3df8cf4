"""Every built notebook of the course passes every guard. Nothing is run here."""

import hashlib

import nbformat
import pytest

from tools import build, decimals, equations, guards, leaks
from tools.sources import ROOT, discover

SOURCES = discover()
LESSONS = [source for source in SOURCES if source.kind == "lessons"]
EXERCISES = [source for source in SOURCES if source.kind == "exercises"]
TAGS = equations.docstring_tags() | set().union(*equations.lesson_tags().values())


def each(sources, attribute):
    """Parametrise over (source, its notebook), named after the notebook's file."""
    pairs = [(source, getattr(source, attribute)) for source in sources]
    return pytest.mark.parametrize(
        "source, path", pairs, ids=[f"{path.parent.name}/{path.name}" for _, path in pairs])


every_executed = each(SOURCES, "executed")
every_blank = each(EXERCISES, "blank")
every_lesson = each(LESSONS, "executed")


def read(path):
    """Return a built notebook; one that is missing is a failure with the remedy."""
    assert path.exists(), f"{path.name} is not built: run make build"
    return nbformat.read(path, as_version=4)


# The notebooks of the course

@every_executed
def test_executed_notebook_was_run_once_from_top_to_bottom(source, path):
    notebook = read(path)
    assert guards.counts(notebook) + guards.errors(notebook) == []


@every_blank
def test_blank_was_never_run(source, path):
    assert guards.never_run(read(path)) == []


@every_executed
def test_executed_notebook_equals_its_source(source, path):
    assert guards.same_as_source(read(path), source, sha256(source)) == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.place)
def test_a_build_would_change_nothing(source):
    exercises = build.course_catalogue() if source.blank else None
    assert [path.name for path in build.out_of_date(source, exercises)] == []


@every_executed
def test_executed_notebook_holds_nothing_of_one_run_or_one_machine(source, path):
    notebook = read(path)
    assert guards.churn(notebook) + guards.machine(notebook) == []


@every_blank
def test_blank_holds_nothing_of_one_run_or_one_machine(source, path):
    notebook = read(path)
    assert guards.churn(notebook) + guards.machine(notebook) == []


@every_executed
def test_notebook_starts_with_a_title_and_its_cells_are_short(source, path):
    notebook = read(path)
    assert guards.title(notebook) + guards.sizes(notebook) == []


@every_executed
def test_every_figure_is_followed_by_its_description(source, path):
    assert guards.figures(read(path)) == []


@every_executed
def test_every_decimal_in_the_text_is_computed_or_marked_as_given(source, path):
    assert decimals.complaints(read(path), TAGS) == []


@every_lesson
def test_lesson_has_figures_checks_and_a_quiz(source, path):
    assert guards.lesson(read(path), source.number) == []


@every_blank
def test_no_answer_reached_the_blank(source, path):
    assert leaks.leaks(read(path), read(source.executed)) == []


@every_blank
def test_blank_and_solutions_agree_but_for_the_cut(source, path):
    assert leaks.differences(read(path), read(source.executed)) == []


@every_blank
def test_nbgrader_accepts_blank_and_solutions(source, path):
    assert guards.nbgrader(read(path)) + guards.nbgrader(read(source.executed)) == []


def test_every_built_notebook_has_a_source():
    folders = ("notebooks", "solutions", "exercises")
    built = {path for folder in folders for path in (ROOT / folder).glob("*.ipynb")}
    assert built - {path for source in SOURCES for path in (source.executed, source.blank)} == set()


def test_lessons_and_docstrings_have_the_same_equation_tags():
    assert equations.complaints() == []


def sha256(source):
    """Return the fingerprint that the build writes into the first cell."""
    return hashlib.sha256(source.path.read_bytes()).hexdigest()
