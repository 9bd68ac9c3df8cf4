"""The build: one way, the same bytes twice, nothing lost when it fails, both sides of an exercise present."""

import base64
import struct
import zlib
from types import SimpleNamespace

import nbformat
import pytest

from tools import blanks, build, execution
from tools.sources import Source, SourceError, read

LESSON = '''# %% [markdown]
# # Print and draw

# %%
import matplotlib.pyplot as plt
from IPython.display import display
import ipywidgets

print("one")
print("two")

# %%
figure, axes = plt.subplots()
_ = axes.plot([1, 2])

# %%
import warnings

warnings.warn("on purpose")
display(ipywidgets.IntSlider())
'''

EXERCISE = '''# %% [markdown]
# # Add

# %%
def check(exercise_id, answer):
    print(exercise_id, answer(1, 2) == 3)

# %% nbgrader={"grade_id": "ex-04-2", "solution": true}
def add(
    a, b,
):
    """Add two numbers.

    a, b : int
    """
    ### BEGIN SOLUTION
    return a + b
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-04-2", "grade": true}
check("04.2", add)
'''
CATALOGUE = {
    "04.2": SimpleNamespace(id="04.2", name="add", points=3, lesson="04"),
    "04.a": SimpleNamespace(id="04.a", name="question", points=0, lesson="04"),
    "05.1": SimpleNamespace(id="05.1", name="other", points=2, lesson="05"),
}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """Return a small course, built once."""
    root = tmp_path_factory.mktemp("course")
    place(root, "lessons", LESSON)
    place(root, "exercises", EXERCISE)
    assert build.main([], root, CATALOGUE) == 0
    return root


@pytest.fixture
def no_kernel(monkeypatch):
    """Fail wherever a notebook is executed."""
    monkeypatch.setattr(execution, "run", lambda notebook: pytest.fail("a notebook was executed"))


def place(root, kind, text):
    """Write a source below `root`, and return it."""
    source = Source(root, kind, "04_small")
    source.path.parent.mkdir(parents=True, exist_ok=True)
    source.path.write_text(text, encoding="utf-8")
    return source


def files(root):
    """Return the bytes of every notebook."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.glob("*/*.ipynb")}


def test_lesson_exercises_and_solutions_are_built_with_ids_and_metadata(course):
    solved = nbformat.read(course / "solutions/04_small.ipynb", 4)
    assert [cell.id for cell in solved.cells] == ["04-001", "04-002", "ex-04-2", "test-04-2"]
    assert solved.cells[3].metadata["nbgrader"] == {
        "grade": True, "grade_id": "test-04-2", "locked": True, "points": 3, "schema_version": 3,
        "solution": False, "task": False}
    assert solved.cells[3].outputs[0].text == "04.2 True\n"
    assert solved.cells[0].metadata["bpcourse"]["source"] == "sources/exercises/04_small.py"
    assert solved.metadata["language_info"] == {"name": "python"}


def test_blank_starts_as_the_solution_and_ends_in_the_stub(course):
    blank = nbformat.read(course / "exercises/04_small.ipynb", 4)
    head = 'def add(\n    a, b,\n):\n    """Add two numbers.\n\n    a, b : int\n    """\n'
    assert blank.cells[2].source == head + "    raise NotImplementedError"
    assert [cell.execution_count for cell in blank.cells if cell.cell_type == "code"] == [None] * 3


def test_outputs_are_merged_and_name_neither_software_nor_files_nor_widgets(course):
    lesson = nbformat.read(course / "notebooks/04_small.ipynb", 4)
    printed, drawn, warned = (cell.outputs for cell in lesson.cells[1:])
    assert [output.text for output in printed] == ["one\ntwo\n"]
    assert b"Software" not in base64.b64decode(drawn[0].data["image/png"])
    assert warned[0].text.startswith("IPYKERNEL_CELL:3: UserWarning: on purpose")
    assert set(warned[1].data) == {"text/plain"}


def test_rebuild_by_force_gives_the_same_bytes(course):
    before = files(course)
    assert build.main(["--force"], course, CATALOGUE) == 0
    assert len(before) == 3
    assert files(course) == before


def test_unchanged_sources_are_neither_executed_nor_written(course, no_kernel):
    times = {path: path.stat().st_mtime_ns for path in course.glob("*/*.ipynb")}
    assert build.main([], course, CATALOGUE) == 0
    assert build.main(["--check"], course, CATALOGUE) == 0
    assert {path: path.stat().st_mtime_ns for path in course.glob("*/*.ipynb")} == times


def test_changed_text_keeps_the_outputs_without_a_run(course, no_kernel):
    source = place(course, "lessons", LESSON.replace("Print and draw", "Draw and print"))
    assert build.main(["--check"], course, CATALOGUE) == 1
    assert build.main(["lessons/04"], course, CATALOGUE) == 0
    lesson = nbformat.read(source.executed, 4)
    assert lesson.cells[0].source == "# Draw and print"
    assert lesson.cells[1].outputs[0].text == "one\ntwo\n"
    place(course, "lessons", LESSON)
    assert build.main([], course, CATALOGUE) == 0


def test_error_in_a_cell_names_the_source_and_keeps_the_old_notebook(course, capsys):
    before = files(course)
    place(course, "lessons", LESSON.replace('print("two")', 'print(1 / 0)'))
    assert build.main(["04"], course, CATALOGUE) == 1
    told = capsys.readouterr().err
    place(course, "lessons", LESSON)
    assert files(course) == before
    for words in ("sources/lessons/04_small.py, line 5", "cell 04-002", "print(1 / 0)", "ZeroDivisionError"):
        assert words in told


def test_check_finds_missing_orphaned_and_hand_edited_notebooks(tmp_path, course, capsys, no_kernel):
    place(tmp_path, "lessons", LESSON)
    assert build.main(["--check"], tmp_path, CATALOGUE) == 1
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/05_old.ipynb").touch()
    text = (course / "notebooks/04_small.ipynb").read_text()
    (tmp_path / "notebooks/04_small.ipynb").write_text(text.replace("# Print and draw", "# Draw by hand"))
    assert build.main(["--check"], tmp_path, CATALOGUE) == 1
    told = capsys.readouterr().err
    assert told.count("notebooks/04_small.ipynb is out of date") == 2
    assert "notebooks/05_old.ipynb has no source" in told


def test_unknown_name_is_refused(course, capsys):
    assert build.main(["44"], course, CATALOGUE) == 1
    assert "no source named '44'" in capsys.readouterr().err


SOURCE_FAULTS = {
    "BEGIN misspelt": ("### BEGIN SOLUTION", "### BEGIN SOLUTOIN", "once each"),
    "END missing": ("    ### END SOLUTION\n", "", "once each"),
    "BEGIN twice": ("### END SOLUTION", "### BEGIN SOLUTION", "once each"),
    "END twice": ("### END SOLUTION", "### END SOLUTION\n    ### END SOLUTION", "once each"),
    "END first": ("    ### BEGIN SOLUTION\n    return a + b\n    ### END SOLUTION",
                  "    ### END SOLUTION\n    return a + b\n    ### BEGIN SOLUTION", "once each"),
    "a marker in the text": ("# # Add", "# # Add\n#\n# ### BEGIN SOLUTION", "no solution cell"),
    "hidden tests": ("def check", "### BEGIN HIDDEN TESTS\ndef check", "no solution cell"),
    "another function": ("def add", "def sum_up", "catalogue says add"),
    "no docstring": ('"""Add two numbers.\n\n    a, b : int\n    """', "c = 1", "no docstring"),
    "code before def": ("def add", "c = 1\ndef add", "one function"),
    "no solution cell": (', "solution": true', "", "no solution cell"),
    "no test cell": ('# %% nbgrader={"grade_id": "test-04-2", "grade": true}', "# %%", "no test cell"),
    "another id checked": ('check("04.2", add)', 'check("04.3", add)', 'check("04.2", add)'),
    "an exercise the catalogue lacks": ("ex-04-2", "ex-04-9", "cell ex-04-9 has no exercise"),
    "an exercise of another notebook": ("test-04-2", "test-05-1", "cell test-05-1 has no exercise"),
    "a title after the percent signs": ("# %%\ndef check", "# %% Helper\ndef check", "title"),
}


@pytest.mark.parametrize("old, new, says", SOURCE_FAULTS.values(), ids=SOURCE_FAULTS)
def test_faulty_exercise_source_is_refused(tmp_path, old, new, says):
    assert EXERCISE.count(old) == 1
    source = place(tmp_path, "exercises", EXERCISE.replace(old, new))
    with pytest.raises(SourceError, match=r"sources/exercises/04_small\.py") as refused:
        read(source, CATALOGUE)
    assert says in str(refused.value)


def test_exercise_of_the_catalogue_without_cells_is_refused(tmp_path):
    more = {**CATALOGUE, "04.3": SimpleNamespace(id="04.3", name="more", points=1, lesson="04")}
    with pytest.raises(SourceError, match=r"04\.3 of the catalogue has no solution cell"):
        read(place(tmp_path, "exercises", EXERCISE), more)


def test_lesson_with_nbgrader_metadata_is_refused(tmp_path):
    with pytest.raises(SourceError, match="belongs into sources/exercises"):
        read(place(tmp_path, "lessons", EXERCISE.replace("SOLUTION", "ANSWER")), CATALOGUE)


def test_answer_that_does_not_end_its_cell_is_refused(tmp_path):
    text = EXERCISE.replace("    ### END SOLUTION", "    ### END SOLUTION\n    return None")
    with pytest.raises(SourceError, match="END must come last"):
        blanks.cut(read(place(tmp_path, "exercises", text), CATALOGUE))


def test_png_loses_its_text_and_nothing_else():
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    first, text, last = chunk(b"IHDR", b"1234"), chunk(b"tEXt", b"Software\0x"), chunk(b"IEND", b"")
    assert execution.without_chatter(execution.PNG_SIGNATURE + first + text + last) \
        == execution.PNG_SIGNATURE + first + last
