"""What a built notebook must be like. Each guard takes a notebook and returns a list of complaints.

The guards run nothing. That the outputs are right is for nbval to say; here it is said that there are some,
that they come from the source, and that readers get what they need. More guards are in `tools.decimals`
(numbers in prose), `tools.leaks` (answers in blanks) and `tools.equations` (tags).
"""

import html
import os
import re
import tempfile
from pathlib import Path

import jupytext
from nbgrader.nbgraderformat.common import ValidationError
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

from tools.outputs import SUMMARY, code_cells, has_tag, text_cells, texts
from tools.sources import ROOT, is_test

LONGEST_CODE, LONGEST_TEXT = 25, 150  # lines, words
FEWEST_FIGURES, FEWEST_FIGURES_SET_UP = 3, 1  # in a lesson; in lesson 00
FEWEST_CHECKS, FEWEST_QUIZZES = 2, 3  # inside a lesson's text; at its end
SET_UP = "00"
NO_ALT = re.compile(r"!\[\s*\]|<img(?![^>]*\balt=[\"'][^\"'])")
START = r"(?<![\w.~/:-])"  # of an absolute path
FOLDERS = START + r"/(?:home|Users|tmp|root|usr|opt|var|private|mnt)/[\w.-]+|\b[A-Z]:\\+\w+"
REGISTRIES = r"\b(?:pypi|pythonhosted|npmjs|anaconda|conda)\.(?:org|com)\b"
INDEX_SETTING = re.compile(r"(?:pip|uv|npm)_\w*(?:index|registry|url)", re.IGNORECASE)
HOST = re.compile(r"://(?:[^/@\s]*@)?([\w-]+\.[\w.-]+)")


# What a run leaves behind

def counts(notebook):
    """The code cells of an executed notebook are counted from 1 to n."""
    found = [cell.execution_count for cell in code_cells(notebook)]
    wanted = list(range(1, len(found) + 1))
    return [] if found == wanted else [f"execution counts are {found}, not 1 to {len(found)}: build it again"]


def never_run(notebook):
    """A blank has neither counts nor outputs."""
    return [f"cell {cell.id} of a blank has a count or an output" for cell in notebook.cells
            if cell.cell_type == "code" and (cell.execution_count is not None or cell.outputs)]


def errors(notebook):
    """An error may stand in an output only where the cell says so."""
    return [f"cell {cell.id} ends in {output.ename} but has no tag raises-exception"
            for cell in code_cells(notebook) if not has_tag(cell, "raises-exception")
            for output in cell.outputs if output.output_type == "error"]


def churn(notebook):
    """Neither widget state nor times may be stored: both differ on every run."""
    complaints = ["the notebook's metadata has widgets"] if "widgets" in notebook.metadata else []
    return complaints + [f"the metadata of cell {cell.id} has execution times"
                         for cell in notebook.cells if "execution" in cell.metadata]


def machine(notebook):
    """No absolute path and no host of a package registry may be in a notebook."""
    places = {ROOT, Path.home(), Path(tempfile.gettempdir())}
    names = [START + re.escape(str(path)) + r"\b" for path in places if len(path.parts) > 1] + index_hosts()
    pattern = re.compile("|".join([FOLDERS, REGISTRIES, *names]))
    return [f"cell {cell.id} names {found[0]!r}, which is of one machine or a registry"
            for cell in notebook.cells for text in [cell.source, *texts(cell)]
            for found in pattern.finditer(text)]


def index_hosts():
    """Return patterns for the hosts of the indexes that this machine is set up with."""
    addresses = " ".join(value for name, value in os.environ.items() if INDEX_SETTING.match(name))
    return [rf"\b{re.escape(found[1])}\b" for found in HOST.finditer(addresses)]


# Built from its source

def same_as_source(notebook, source, sha256):
    """The cells are those of the source: type, text, tags, and every nbgrader key that the source gives."""
    mark = notebook.cells[0].metadata.get("bpcourse", {}) if notebook.cells else {}
    if mark != {"source": source.place, "sha256": sha256}:
        return [f"the notebook was not built from {source.place} as it is now: run make build"]
    wanted = jupytext.read(source.path, fmt="py:percent").cells
    if len(wanted) != len(notebook.cells):
        return [f"the notebook has {len(notebook.cells)} cells, its source {len(wanted)}"]
    pairs = zip(notebook.cells, wanted, strict=True)
    return [f"cell {built.id} differs from {source.place}" for built, cell in pairs
            if _seen(built, cell) != _seen(cell, cell)]


def _seen(cell, wanted):
    """Return what of a cell is compared with the one in the source, `wanted`."""
    mark, given = cell.metadata.get("nbgrader", {}), wanted.metadata.get("nbgrader", {})
    return (cell.cell_type, cell.source, cell.metadata.get("tags"), cell.metadata.get("slideshow"),
            {key: mark.get(key) for key in given}, bool(mark))


def nbgrader(notebook):
    """The metadata are what nbgrader accepts, and cells that are graded are locked."""
    complaints = [f"the graded cell {cell.id} is not locked" for cell in notebook.cells
                  if is_test(cell) and not cell.metadata["nbgrader"].get("locked")]
    try:
        MetadataValidatorV3().validate_nb(notebook)
    except (ValidationError, KeyError) as error:
        complaints.append(f"nbgrader rejects the metadata: {error}")
    return complaints


# What readers need

def title(notebook):
    """A notebook starts with its title."""
    first = notebook.cells[0] if notebook.cells else None
    good = first and first.cell_type == "markdown" and re.match(r"# \S", first.source)
    return [] if good else ["the first cell is no text that starts with a title: # and a space"]


def sizes(notebook):
    """Neither code nor text cells may be long."""
    long = [(cell.id, len(cell.source.splitlines()), "lines", LONGEST_CODE) for cell in code_cells(notebook)]
    long += [(cell.id, len(cell.source.split()), "words", LONGEST_TEXT) for cell in text_cells(notebook)]
    return [f"cell {name} has {size} {unit}, more than {most}"
            for name, size, unit, most in long if size > most]


def figures(notebook):
    """Every picture has an alternative text, and the same words follow it as an output of their own."""
    complaints = [f"cell {cell.id} shows a picture without alternative text"
                  for cell in text_cells(notebook) if NO_ALT.search(cell.source)]
    for cell in code_cells(notebook):
        for place, output in enumerate(cell.outputs):
            if "image/png" in output.get("data", {}):
                complaints += _figure_complaints(cell, output, cell.outputs[place + 1:place + 2])
    return complaints


def _figure_complaints(cell, picture, followers):
    """Say what one picture lacks."""
    alt = picture.metadata.get("image/png", {}).get("alt", "").strip()
    shown = followers[0].get("data", {}).get("text/html", "") if followers else ""
    if not alt:
        return [f"a figure of cell {cell.id} has no alternative text: show it with viz.show"]
    if not shown.startswith(SUMMARY) or html.escape(alt) not in shown:
        return [f"a figure of cell {cell.id} is not followed by its description: show it with viz.show"]
    return []


def lesson(notebook, number):
    """A lesson has figures, questions inside the text and a quiz at the end, and shows figures in one way."""
    code = "\n".join(cell.source for cell in code_cells(notebook))
    asked = set(re.findall(rf"\bcheck\(\s*[\"']{number}\.([\w-]+)[\"']", code))
    quizzes = {name for name in asked if re.fullmatch(r"q\d+", name)}
    drawn = sum("image/png" in output.get("data", {}) for c in code_cells(notebook) for output in c.outputs)
    fewest = FEWEST_FIGURES_SET_UP if number == SET_UP else FEWEST_FIGURES
    inside = asked if number == SET_UP else asked - quizzes
    found = {f"there are {drawn} figures, fewer than {fewest}": drawn < fewest,
             f"fewer than {FEWEST_CHECKS} checks inside the text": len(inside) < FEWEST_CHECKS,
             f"fewer than {FEWEST_QUIZZES} quiz checks": number != SET_UP and len(quizzes) < FEWEST_QUIZZES,
             "figures are shown with viz.show, never with plt.show": "plt.show(" in code}
    return [complaint for complaint, holds in found.items() if holds]
