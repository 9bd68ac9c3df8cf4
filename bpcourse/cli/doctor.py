"""``bpcourse doctor``: what the course needs from this machine, [OK] or [FAIL] with the remedy."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from .. import workspace as ws
from .places import lesson_titles, workspace_for
from .words import counted

INSTALL = "install it again: in a clone `make lab`, elsewhere `{python} -m pip install {what}`"


class Finding(NamedTuple):
    """One line of the report, what to do when it is a failure, and which file or folder it is about."""

    ok: bool
    text: str
    remedy: str = ""
    where: str = ""


def doctor(args: argparse.Namespace) -> int:
    """Look at everything the course needs, and say what to do about what is missing."""
    return 0 if report(findings(workspace_for(args.workspace))) else 1


def examine() -> None:
    """The same report for a notebook: without folders, and without a kernel, for one is running already."""
    report(finding._replace(where="") for finding in without_kernel(workspace_for(None)))


def report(found: Iterable[Finding]) -> bool:
    """Print a line for each finding; return whether all of them are good."""
    healthy = True
    for finding in found:
        where = f" ({finding.where})" if finding.where else ""
        print(f"{'[OK]' if finding.ok else '[FAIL]':8}{finding.text}{where}", flush=True)
        if not finding.ok:
            print(f"        remedy: {finding.remedy}", flush=True)
        healthy &= finding.ok
    print("\nAll is well." if healthy else "\nSomething is missing: the lines with [FAIL] say what to do.")
    return healthy


def findings(workspace: Path) -> Iterator[Finding]:
    """All findings, the quick ones first."""
    yield from without_kernel(workspace)
    yield kernel()


def without_kernel(workspace: Path) -> Iterator[Finding]:
    """The findings that take no time."""
    yield python()
    yield from packages()
    yield lessons()
    yield writable(workspace)
    yield blas()


def python() -> Finding:
    """The version of Python against what the package demands."""
    from packaging.specifiers import SpecifierSet

    demanded = metadata.metadata("bpcourse")["Requires-Python"]
    ok = SpecifierSet(demanded).contains(platform.python_version(), prereleases=True)
    text = f"Python {platform.python_version()}, needed {demanded}"
    return Finding(ok, text, "install a newer Python and name it: make lab PYTHON=python3.12", sys.executable)


def packages() -> Iterator[Finding]:
    """The version of each package that a learner needs against its bounds."""
    from packaging.requirements import Requirement

    for text in sorted(metadata.requires("bpcourse") or []):
        need = Requirement(text)
        if need.marker is None or need.marker.evaluate({"extra": ""}):
            yield package(need.name, need.specifier)


def package(name: str, bounds) -> Finding:
    """One package: is it there, and new enough."""
    remedy = INSTALL.format(python=sys.executable, what=f"'{name}{bounds}'")
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Finding(False, f"{name} is not installed, needed {bounds}", remedy)
    return Finding(bounds.contains(version, prereleases=True), f"{name} {version}, needed {bounds}", remedy)


def lessons() -> Finding:
    """Whether the course's own notebooks are there."""
    try:
        return Finding(True, counted(len(lesson_titles()), "lesson"), where=str(ws.course_folder()))
    except FileNotFoundError as problem:
        return Finding(False, str(problem), "get the course again: the whole clone, or a wheel of it")


def writable(workspace: Path) -> Finding:
    """Whether the workspace, or the folder in which it will be made, takes files."""
    folder = next(place for place in (workspace, *workspace.parents) if place.exists())
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            return Finding(True, "the workspace can be written", where=str(workspace))
    except OSError as problem:
        remedy = "choose a folder of your own: bpcourse lab --workspace FOLDER"
        return Finding(False, f"{folder} cannot be written: {problem.strerror}", remedy)


def blas() -> Finding:
    """Which library multiplies matrices, with how many threads, and whether it multiplies right."""
    try:
        import numpy as np
    except Exception as problem:  # a broken install raises more than ImportError
        return Finding(False, f"numpy cannot be imported: {str(problem).strip().splitlines()[0]}",
                       INSTALL.format(python=sys.executable, what="--force-reinstall numpy"))
    built = np.show_config(mode="dicts")["Build Dependencies"]["blas"]
    threads = os.environ.get("OPENBLAS_NUM_THREADS") or os.environ.get("OMP_NUM_THREADS")
    threads = f"{threads} at most" if threads else "as many as it likes"
    text = (f"numpy multiplies matrices with {built.get('name')} {built.get('version')}, "
            f"on {threads} of {counted(os.cpu_count() or 1, 'core')}")
    A = np.arange(150.0 * 150).reshape(150, 150) % 13
    right = np.array_equal(A @ A, (A[:, :, None] * A[None]).sum(axis=1))
    return Finding(right, text if right else f"{text}, and gets a product wrong",
                   "try OPENBLAS_CORETYPE=Haswell in the environment, or a newer numpy")


def kernel() -> Finding:
    """Whether a notebook's kernel starts and adds."""
    remedy = INSTALL.format(python=sys.executable, what="--force-reinstall ipykernel")
    try:
        import nbformat.v4 as v4

        from ..kernels import execute

        notebook = v4.new_notebook(cells=[v4.new_code_cell("1 + 1")])
        execute(notebook, tempfile.gettempdir(), timeout=60)
        answer = notebook.cells[0].outputs[0]["data"]["text/plain"]
    except Exception as problem:  # whatever it is, the learner should read it here and not as a traceback
        said = (str(problem).strip().splitlines() or [""])[-1]
        return Finding(False, f"the kernel does not run: {type(problem).__name__}: {said}", remedy)
    return Finding(answer == "2", f"a kernel starts, and finds that 1 + 1 is {answer}", remedy)
