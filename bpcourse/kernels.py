"""Run a notebook in a fresh kernel of this environment, in memory."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode


def execute(
    notebook: NotebookNode,
    folder: str | os.PathLike,
    *,
    timeout: int,
    env: Mapping[str, str] | None = None,
    allow_errors: bool = False,
    on_cell: Callable[[int], None] | None = None,
) -> None:
    """Run all cells of `notebook`, which gets their outputs; no file is written.

    Parameters
    ----------
    notebook : NotebookNode
        As `nbformat.read` returns it.
    folder : path
        Current folder of the kernel.
    timeout : int
        Seconds a cell may take.
    env : mapping, optional
        Variables of the kernel's environment beside those of this process.
    allow_errors : bool
        Whether the run goes on behind a cell that fails.
    on_cell : callable, optional
        Called before each code cell with its index in the notebook.

    Raises
    ------
    nbclient.exceptions.CellExecutionError, CellTimeoutError, DeadKernelError
        If a cell fails, takes too long, or takes the kernel with it.
    """
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    manager = AsyncKernelManager()
    manager.kernel_spec.argv[0] = sys.executable  # this environment's, whatever kernel is registered
    client = NotebookClient(
        notebook, km=manager, timeout=timeout, allow_errors=allow_errors, record_timing=False,
        resources={"metadata": {"path": os.fspath(folder)}},
        on_cell_start=(lambda cell, cell_index: on_cell(cell_index)) if on_cell else None,
    )
    with tempfile.TemporaryFile() as log:  # what a kernel says of itself is of no interest to a learner
        # nbclient leaves a kernel running whose manager it did not make, unless it is told to clean up.
        client.execute(env={**os.environ, **(env or {})}, stderr=log, cleanup_kc=True)
