"""No answer reaches the learners, and blank and solutions agree but for the cut."""

import re

from tools.blanks import STUB, head
from tools.sources import BEGIN, END, is_solution, marker_lines

TRIVIAL = re.compile(r"#.*|return( \w+)?|\W*")


def answer_lines(cell):
    """Return the lines between the markers that give something away."""
    inside = cell.source.partition(BEGIN)[2].partition(END)[0]
    return [line.strip() for line in inside.splitlines() if not TRIVIAL.fullmatch(line.strip())]


def leaks(blank, solved):
    """Say which lines of an answer, and which markers, stand in any cell of the blank."""
    answers = [line for cell in solved.cells if is_solution(cell) for line in answer_lines(cell)]
    return [f"cell {cell.id} of the blank has the answer's line {line!r}" for line in answers
            for cell in blank.cells if re.search(rf"(?<!\w){re.escape(line)}(?!\w)", cell.source)] \
        + [f"cell {cell.id} of the blank has the marker {line!r}"
           for cell in blank.cells for line in marker_lines(cell)]


def differences(blank, solved):
    """Say where blank and solutions differ by more than the cut."""
    if [cell.id for cell in blank.cells] != [cell.id for cell in solved.cells]:
        return ["blank and solutions do not have the same cells"]
    complaints = ["blank and solutions have different metadata"] if blank.metadata != solved.metadata else []
    for cell, answer in zip(blank.cells, solved.cells, strict=True):
        wanted = stub_of(answer.source) if is_solution(answer) else answer.source
        if (cell.cell_type, cell.metadata, cell.source) != (answer.cell_type, answer.metadata, wanted):
            complaints.append(f"cell {cell.id} differs between blank and solutions by more than the cut")
    return complaints


def stub_of(source):
    """Return the blank of a solution, cut a second way: what stands before BEGIN, and the stub."""
    stub = source.partition(BEGIN)[0] + STUB
    return stub if stub.startswith(head(source)) else head(source)
