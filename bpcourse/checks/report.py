"""Run a learner's own notebook and collect every verdict in it, for ``bpcourse check``."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from .. import kernels


class Row(NamedTuple):
    """One line of the report: an exercise and the verdict on it."""

    exercise: str
    name: str
    status: str
    points: float
    max_points: float
    message: str


def notebook_report(
    path: str | Path, *, timeout: int = 120, on_cell: Callable[[], None] | None = None
) -> list[Row]:
    """Run a notebook in a fresh kernel, in memory, and return the verdict of each check.

    The file itself is not changed. Cells that fail do not stop the run.

    Parameters
    ----------
    path : path
        The learner's notebook. It is run: use it on your own notebooks only.
    timeout : int
        Seconds a cell may take.
    on_cell : callable, optional
        Called before each cell, for a progress bar.

    Raises
    ------
    ValueError
        If the file is not a notebook.
    """
    import nbformat

    path = Path(path)
    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError:
        raise
    except Exception as problem:
        raise ValueError(f"{path} is not a notebook that can be read: {problem}") from problem
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.jsonl"
        kernels.execute(
            notebook,
            path.resolve().parent,
            timeout=timeout,
            env={"BPCOURSE_REPORT": str(file)},
            allow_errors=True,
            on_cell=(lambda _: on_cell()) if on_cell else None,
        )
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    latest = {entry["exercise"]: entry for entry in map(json.loads, lines)}
    keys = ("exercise", "name", "status", "points", "max_points", "message")
    return [Row(*(entry[k] for k in keys)) for entry in latest.values()]
