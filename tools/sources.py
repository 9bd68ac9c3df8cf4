"""From a source in ``sources/`` to a notebook without outputs, joined with the catalogue of exercises."""

import ast
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import jupytext
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_raw_cell

ROOT = Path(__file__).resolve().parents[1]
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
KEPT_METADATA = {"tags", "slideshow", "nbgrader", "editable", "deletable"}
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
ANY_MARKER = re.compile(r"#\s*(BEGIN|END)\s+\w+|#.*\b(BEGIN|END) (SOLUTION|HIDDEN TESTS)|#+ *\w+ SOLUTION\b")
NEW_CELL = {"code": new_code_cell, "markdown": new_markdown_cell, "raw": new_raw_cell}


class SourceError(ValueError):
    """What is wrong with a source, one sentence a line."""

    def __init__(self, source, complaints):
        super().__init__(f"{source}:\n" + "\n".join(f"  - {complaint}" for complaint in complaints))


@dataclass(frozen=True)
class Source:
    """One file in ``sources/lessons`` or ``sources/exercises``, and the notebooks that are built from it."""

    root: Path
    kind: str
    name: str

    @property
    def number(self):
        """The lesson's number, as in ``04`` or ``15b``."""
        return self.name.split("_")[0]

    @property
    def place(self):
        """The path below the root, the same on every system."""
        return f"sources/{self.kind}/{self.name}.py"

    @property
    def path(self):
        """Where the source lies."""
        return self.root / self.place

    @property
    def executed(self):
        """The notebook with outputs: the lesson, or the solutions."""
        folder = "notebooks" if self.kind == "lessons" else "solutions"
        return self.root / folder / f"{self.name}.ipynb"

    @property
    def blank(self):
        """The notebook that a learner fills in, or None for a lesson."""
        return self.root / "exercises" / f"{self.name}.ipynb" if self.kind == "exercises" else None


def discover(root=ROOT):
    """Return every source below `root`, lessons first."""
    return [Source(root, kind, path.stem) for kind in ("lessons", "exercises")
            for path in sorted((root / "sources" / kind).glob("*.py"))]


def read(source, exercises):
    """Return the notebook of a source, without outputs, with ids, metadata and points filled in.

    Parameters
    ----------
    source : Source
    exercises : mapping of id to an object with ``id``, ``name``, ``points`` and ``lesson``
        The catalogue; only a source of exercises looks into it.

    Raises
    ------
    SourceError
        All that is wrong with the source, at once.
    """
    text = source.path.read_text(encoding="utf-8")
    raw = jupytext.reads(text, fmt="py:percent")
    complaints = unknown_metadata(raw)
    cells = [_cell(cell, f"{source.number}-{place:03d}") for place, cell in enumerate(raw.cells, start=1)]
    if not complaints:
        complaints = join(cells, source.number, exercises) if source.blank else lesson_complaints(cells)
    if complaints or not cells:
        raise SourceError(source.place, complaints or ["there is no cell in it"])
    sha = hashlib.sha256(text.encode()).hexdigest()
    cells[0].metadata["bpcourse"] = {"source": source.place, "sha256": sha}
    metadata = {"kernelspec": dict(KERNELSPEC), "language_info": {"name": "python"}}
    return new_notebook(cells=cells, metadata=metadata)


def unknown_metadata(raw):
    """Complain of cell metadata that would be lost: a title after ``# %%``, or a key that nobody reads."""
    return [f"cell {place} carries the metadata {sorted(extra)}; kept are only {sorted(KEPT_METADATA)}"
            for place, cell in enumerate(raw.cells, start=1)
            if (extra := set(cell.metadata) - KEPT_METADATA - {"lines_to_next_cell"})]


def _cell(cell, default_id):
    """Return a clean copy of a cell; an nbgrader cell gets the keys that its source leaves out."""
    metadata = {key: value for key, value in cell.metadata.items() if key in KEPT_METADATA}
    given = metadata.get("nbgrader")
    if given is not None:
        graded, solution = given.get("grade", False), given.get("solution", False)
        metadata["nbgrader"] = {"grade": graded, "grade_id": "", "locked": graded and not solution,
                                "schema_version": 3, "solution": solution, "task": False, **given}
        metadata["deletable"] = False
        if metadata["nbgrader"]["locked"]:
            metadata["editable"] = False
        default_id = metadata["nbgrader"]["grade_id"] or default_id
    return NEW_CELL[cell.cell_type](source=cell.source, metadata=metadata, id=default_id)


def marker_lines(cell):
    """Return the lines of a cell that are, or look like, a marker of nbgrader's."""
    return [line.strip() for line in cell.source.splitlines()
            if ANY_MARKER.search(line) or BEGIN[4:] in line or END[4:] in line]


def is_solution(cell):
    """Whether the cell holds an answer to be cut."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_test(cell):
    """Whether the cell is graded and holds no answer."""
    mark = cell.metadata.get("nbgrader", {})
    return bool(mark.get("grade")) and not mark.get("solution")


def lesson_complaints(cells):
    """A lesson holds neither answers to be cut nor cells to be graded."""
    complaints = [f"cell {cell.id} has nbgrader metadata, which belongs into sources/exercises"
                  for cell in cells if "nbgrader" in cell.metadata]
    return complaints + stray_markers(cells)


def stray_markers(cells):
    """Complain of markers outside solution cells: nbgrader would cut there, text cells included."""
    return [f"cell {cell.id} is no solution cell but has the marker {line!r}"
            for cell in cells if not is_solution(cell) for line in marker_lines(cell)]


def marker_complaints(cell):
    """A solution cell has one BEGIN and one END, in that order, and nothing that nearly looks like one."""
    found = marker_lines(cell)
    if found == [BEGIN, END]:
        return []
    return [f"cell {cell.id} must have {BEGIN!r} and {END!r}, once each and in that order; it has {found}"]


def definition_complaints(cell, name):
    """A solution cell is one function of the exercise's name, with a docstring, and nothing before it."""
    try:
        body = ast.parse(cell.source).body
    except SyntaxError as error:
        return [f"cell {cell.id} cannot be read as Python: {error}"]
    if len(body) != 1 or not isinstance(body[0], ast.FunctionDef) or not cell.source.startswith("def "):
        return [f"cell {cell.id} must hold one function and nothing else, starting with its def line"]
    complaints = []
    if body[0].name != name:
        complaints.append(f"cell {cell.id} defines {body[0].name}, the catalogue says {name}")
    if not ast.get_docstring(body[0]):
        complaints.append(f"cell {cell.id}: the function has no docstring")
    return complaints


def join(cells, number, exercises):
    """Check the cells of an exercise notebook against the catalogue; write the points into the test cells.

    Returns
    -------
    list of str
        What is missing on either side, what has the wrong name, which marker is wrong.
    """
    by_id, complaints = {}, stray_markers(cells)
    for cell in cells:
        if "nbgrader" in cell.metadata:
            if cell.id in by_id:
                complaints.append(f"the grade_id {cell.id} occurs twice")
            by_id[cell.id] = cell
    for wanted in (e for e in exercises.values() if e.points > 0 and e.lesson == number):
        solution, test = (by_id.pop(f"{kind}-{wanted.id.replace('.', '-')}", None) for kind in ("ex", "test"))
        complaints += _join_one(wanted, solution, test, cells)
    return complaints + [f"cell {name} has no exercise with points in the catalogue for notebook {number}"
                         for name in by_id]


def _join_one(exercise, solution, test, cells):
    """Check the two cells of one exercise, and write its points."""
    complaints = []
    if solution is None or not is_solution(solution):
        complaints.append(f"exercise {exercise.id} of the catalogue has no solution cell")
    else:
        complaints += marker_complaints(solution) + definition_complaints(solution, exercise.name)
    if test is None or not is_test(test):
        return [*complaints, f"exercise {exercise.id} of the catalogue has no test cell"]
    call = f'check("{exercise.id}", {exercise.name})'
    if test.source.strip() != call:
        complaints.append(f"cell {test.id} must be {call}; it is {test.source!r}")
    if solution is not None and cells.index(test) < cells.index(solution):
        complaints.append(f"cell {test.id} comes before its solution cell")
    test.metadata["nbgrader"]["points"] = exercise.points
    return complaints
