"""``bpcourse run`` and ``bpcourse check``: run a notebook without a browser, and report."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

from ..kernels import execute
from .places import lesson_notebook, lesson_number
from .words import Problem, counted


def run(args: argparse.Namespace) -> int:
    """Run a lesson in a temporary folder; the notebook itself stays as it is."""
    path = lesson_notebook(lesson_number(args.lesson))
    notebook = read(path)
    code = [i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]
    begun: list[int] = []
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, _progress_bar(len(code), path.stem) as step:
        error = _error(notebook, folder, args.timeout, lambda index: (begun.append(index), step()))
    seconds = time.perf_counter() - start
    print(f"{path}\n  {counted(len(code), 'code cell')}, {seconds:.1f} s, {'an' if error else 'no'} error")
    if error and begun:
        print(f"  Code cell {len(begun)} of {len(code)}, which begins with")
        print(f"    {notebook.cells[begun[-1]].source.strip().splitlines()[0]}")
    if error:
        print(f"  {error}")
    return 1 if error else 0


def read(path: Path):
    """A notebook; a `Problem` where the file is none."""
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except OSError:
        raise
    except Exception as problem:  # nbformat raises its own errors, json's and jsonschema's
        raise Problem(f"{path} is not a notebook: {str(problem).strip().splitlines()[0]}") from None


def _error(notebook, folder: str, timeout: int, on_cell: Callable[[int], object]) -> str:
    """Run, and say in one sentence what went wrong, "" if nothing did."""
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    try:
        execute(notebook, folder, timeout=timeout, on_cell=on_cell)
    except CellExecutionError as problem:
        return f"raised {problem.ename}: {problem.evalue}"
    except CellTimeoutError:
        return f"took longer than {timeout} s; --timeout allows more"
    except DeadKernelError:
        return "ended the kernel (out of memory, perhaps)"
    return ""


@contextmanager
def _progress_bar(total: int, name: str):
    """A function to call at each step; it moves a bar where a person watches."""
    from tqdm import tqdm

    quiet = not sys.stderr.isatty() or os.environ.get("BPCOURSE_QUIET") == "1"
    with tqdm(total=total, desc=name, unit="cell", disable=quiet, leave=False) as bar:
        yield bar.update


def check(args: argparse.Namespace) -> int:
    """Run the learner's own notebook and print the verdict of every check in it."""
    from ..checks import notebook_report

    path = Path(args.notebook)
    code = sum(cell.cell_type == "code" for cell in read(path).cells)
    with _progress_bar(code, path.stem) as step:
        rows = notebook_report(path, timeout=args.timeout, on_cell=step)
    if not rows:
        raise Problem(f"{path} calls check(...) nowhere, so there is nothing to report")
    for row in rows:
        points = f"{round(row.points, 2):g} of {row.max_points:g} points" if row.max_points else ""
        print(f"{row.exercise:6} {row.name:28} {row.status:14} {points}".rstrip())
        if row.status not in ("right", "not attempted"):
            print(textwrap.indent(textwrap.fill(row.message, 96), " " * 7))
    got, most = sum(row.points for row in rows), sum(row.max_points for row in rows)
    print(f"\n{round(got, 2):g} of {most:g} points")
    return 0 if all(row.status in ("right", "note") for row in rows) else 1
