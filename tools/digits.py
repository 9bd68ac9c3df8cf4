"""Change one digit in one output of each built notebook: nbval must fail at exactly that cell."""

import hashlib
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

import nbformat

from tools.sources import ROOT

FOLDERS = ("notebooks", "solutions")
NOT_COMPARED = {"nbval-ignore-output", "nbval-skip", "raises-exception"}
COMPARED = {"text/plain", "text/html"}
NBVAL = ("--nbval", "--nbval-current-env", "--nbval-cell-timeout=60", "-n", "2", "--dist", "loadfile")


def notebooks(root=ROOT):
    """Return the paths of the built notebooks that have outputs."""
    return sorted(path for kind in FOLDERS for path in (root / kind).glob("*.ipynb"))


def digits(notebook):
    """Return every digit in an output that is compared: cell, output, mime type or None, place in the text.

    The cell is counted as nbval counts it, among the code cells from 0.
    """
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    texts = [(number, place, kind, text) for number, cell in enumerate(code)
             if not NOT_COMPARED & set(cell.metadata.get("tags", []))
             for place, output in enumerate(cell.outputs) for kind, text in _texts(output)]
    return [(number, place, kind, found.start()) for number, place, kind, text in texts
            for found in re.finditer(r"\d", text)]


def _texts(output):
    """Return the texts of an output that nbval compares, by mime type; a stream has none."""
    if output.output_type == "stream":
        return [(None, output.text)] if output.name == "stdout" else []
    return [(kind, text) for kind, text in output.get("data", {}).items() if kind in COMPARED]


def change(notebook, name):
    """Change one digit, chosen by the notebook's name; return the number of its cell and a line of a diff.

    Returns
    -------
    (int, str), or None where no output has a digit
    """
    found = digits(notebook)
    if not found:
        return None
    number, place, kind, start = found[int(hashlib.sha256(name.encode()).hexdigest(), 16) % len(found)]
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    output = code[number].outputs[place]
    owner, key = (output, "text") if kind is None else (output.data, kind)
    before = owner[key]
    owner[key] = before[:start] + str((int(before[start]) + 1) % 10) + before[start + 1:]
    return number, f"-    {_around(before, start)}\n+    {_around(owner[key], start)}"


def _around(text, place):
    """Return the piece of the line around a place in a text."""
    start = text.rfind("\n", 0, place) + 1
    return text[max(start, place - 40):place + 40].split("\n")[0]


def change_all(folder, root=ROOT):
    """Write a copy of every built notebook with one digit changed.

    Returns
    -------
    dict
        By the notebook's place: the number of the changed cell and its diff, or None.
    """
    changed = {}
    for kind in FOLDERS:
        (folder / kind).mkdir()
    for path in notebooks(root):
        place = path.relative_to(root).as_posix()
        notebook = nbformat.read(path, as_version=4)
        changed[place] = change(notebook, place)
        nbformat.write(notebook, folder / place)
    return changed


def failures(folder):
    """Run nbval over a folder of notebooks; return the numbers of the failing cells by notebook."""
    report = folder / "report.xml"
    settings = [f"--nbval-sanitize-with={ROOT / 'tests' / 'nbval.cfg'}", "-c", str(ROOT / "pyproject.toml"),
                f"--rootdir={folder}", "-p", "no:cacheprovider", f"--junitxml={report}"]
    command = [sys.executable, "-m", "pytest", *NBVAL, *settings, *(str(folder / kind) for kind in FOLDERS)]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "BPCOURSE_QUIET": "1"}
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if not report.exists():
        raise RuntimeError(f"nbval did not run:\n{run.stdout}{run.stderr}")
    failed = {}
    for case in ElementTree.parse(report).iter("testcase"):
        place = "/".join(case.get("classname").removesuffix(".ipynb").rsplit(".", 1)) + ".ipynb"
        cells = failed.setdefault(place, [])
        if case.find("failure") is not None or case.find("error") is not None:
            cells.append(int(case.get("name").removeprefix("Cell ")))
    return failed
