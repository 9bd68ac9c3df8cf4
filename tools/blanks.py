"""Cut the answers out of an exercise notebook, with nbgrader's own preprocessor."""

import ast
from copy import deepcopy

from nbgrader.preprocessors import ClearSolutions
from traitlets.config import Config

from tools.sources import SourceError, is_solution

STUB = "raise NotImplementedError"


def cut(solved):
    """Return the blank of a notebook: every answer replaced by the stub, no outputs, no counts.

    Raises
    ------
    SourceError
        When a cut cell lost its signature or its docstring, or does not end in the stub.
    """
    blank = deepcopy(solved)
    for cell in blank.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    config = Config()
    config.ClearSolutions.code_stub = {"python": STUB}
    blank, _ = ClearSolutions(config=config).preprocess(blank, {})
    complaints = [complaint for before, after in zip(solved.cells, blank.cells, strict=True)
                  if is_solution(before) for complaint in stub_complaints(before, after)]
    if complaints:
        raise SourceError(solved.cells[0].metadata.get("bpcourse", {}).get("source", "notebook"), complaints)
    return blank


def head(source):
    """Return the source of a function up to the end of its docstring."""
    docstring = ast.parse(source).body[0].body[0]
    return "\n".join(source.split("\n")[:docstring.end_lineno])


def stub_complaints(before, after):
    """Say where a cut cell does not start as its solution does or does not end in the stub."""
    complaints = []
    if not after.source.startswith(head(before.source) + "\n"):
        complaints.append(f"the blank of {before.id} does not start with its def line and docstring")
    if after.source.split("\n")[-1] != f"    {STUB}":
        complaints.append(f"the blank of {before.id} does not end in {STUB!r}: END must come last")
    return complaints
