"""Run a notebook in a fresh kernel of this Python, and make its outputs the same on every run."""

import base64
import os
import re
import struct
import subprocess
import tempfile
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellControlSignal, CellExecutionError, DeadKernelError
from traitlets import default

from tools.sources import ROOT

CELL_TIMEOUT = 60
ANSI = re.compile(r"\x1b\[[0-9;]*m")
# The same replacement as in tests/nbval.cfg: a warning names a temporary file that differs on every run.
KERNEL_FILE = re.compile(r"\S*[/\\]ipykernel_\d+[/\\]\d+\.py")
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
PNG_CHATTER = {b"tEXt", b"zTXt", b"iTXt", b"tIME"}


class CellFailed(RuntimeError):
    """A cell raised, took too long, or took the kernel with it."""

    def __init__(self, cell, what):
        super().__init__(what)
        self.cell, self.what = cell, what


class ThisPython(AsyncKernelManager):
    """Starts the kernel of the running interpreter, whatever kernels the user has installed."""

    @default("kernel_spec_manager")
    def _only_the_native_kernel(self):
        return KernelSpecManager(kernel_dirs=[])


def run(notebook):
    """Execute a notebook in place, in a folder of its own outside any learner's workspace.

    Raises
    ------
    CellFailed
        At the first cell that raises without the tag ``raises-exception``.
    """
    started = []
    with tempfile.TemporaryDirectory(prefix="bpcourse-build-") as folder:
        client = NotebookClient(
            notebook, kernel_name="python3", kernel_manager_class=ThisPython, timeout=CELL_TIMEOUT,
            record_timing=False, store_widget_state=False, coalesce_streams=True,
            resources={"metadata": {"path": folder}},
            on_cell_start=lambda cell, cell_index: started.append(cell))
        try:
            client.execute(env=environment(folder), stderr=subprocess.DEVNULL)
        except CellExecutionError as error:
            words = ANSI.sub("", str(error)).partition(started[-1].source)[2]  # the cell comes first
            raise CellFailed(started[-1], words.strip("-\n")) from None
        except (CellControlSignal, DeadKernelError, TimeoutError) as error:
            raise CellFailed(started[-1] if started else None, f"{type(error).__name__}: {error}") from None
    notebook.metadata["language_info"] = {"name": "python"}
    tidy(notebook)


def environment(folder):
    """Return the environment of the kernel: one BLAS thread, no progress bars, no settings of the user's."""
    mine = {name: value for name, value in os.environ.items()
            if not name.startswith(("MPL", "NBGRADER", "BPCOURSE", "PYTHONWARNINGS"))}
    settings = Path(folder) / "matplotlibrc"
    settings.touch()
    return {**mine, "OPENBLAS_NUM_THREADS": "1", "BPCOURSE_QUIET": "1", "MATPLOTLIBRC": str(settings),
            "IPYTHONDIR": str(Path(folder) / ".ipython")}


def tidy(notebook):
    """Take out of the outputs what differs from run to run or from machine to machine."""
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if output.output_type == "stream":
                output.text = stable_text(output.text)
            elif output.output_type == "error":
                output.traceback = [stable_text(line) for line in output.traceback]
            else:
                _tidy_data(output.data)


def _tidy_data(data):
    """A widget's id is drawn at random and leads nowhere without its state; a picture names its software."""
    data.pop(WIDGET_VIEW, None)
    if "image/png" in data:
        data["image/png"] = base64.b64encode(without_chatter(base64.b64decode(data["image/png"]))).decode()


def stable_text(text):
    """Replace the paths of this machine."""
    return KERNEL_FILE.sub("IPYKERNEL_CELL", text).replace(f"{ROOT}{os.sep}", "")


def without_chatter(png):
    """Return a PNG without its text and time chunks; the picture is untouched.

    A chunk is a length, a name of four letters, that many bytes, and a checksum.
    """
    if not png.startswith(PNG_SIGNATURE):
        return png
    kept, place = [PNG_SIGNATURE], len(PNG_SIGNATURE)
    while place < len(png):
        length, name = struct.unpack(">I4s", png[place:place + 8])
        end = place + 12 + length
        if name not in PNG_CHATTER:
            kept.append(png[place:end])
        place = end
    return b"".join(kept)
