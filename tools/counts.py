"""Count what the course promises: lessons, exercises, mistakes, equations, figures. Printed, never typed.

``python -m tools.counts`` prints the table that stands in README.md, and a test holds the two equal;
``python -m tools.counts --write`` puts it there.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from bpcourse.checks import catalogue

from . import mutants

ROOT = Path(__file__).resolve().parents[1]
BEGIN, END = "<!-- counts: python -m tools.counts -->", "<!-- end of counts -->"


def notebooks(folder: str) -> list[dict]:
    """The built notebooks of one folder."""
    files = sorted((ROOT / folder).glob("[0-9]*.ipynb"))
    return [json.loads(file.read_text(encoding="utf-8")) for file in files]


def figures() -> int:
    """Pictures in the lessons, each with its description."""
    cells = [cell for book in notebooks("notebooks") for cell in book["cells"] if cell["cell_type"] == "code"]
    return sum("image/png" in output.get("data", {}) for cell in cells for output in cell["outputs"])


def equations() -> int:
    """Equations that carry a tag, in the lessons."""
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "sources" / "lessons").glob("*.py")]
    return len({tag for text in sources for tag in re.findall(r"\\tag\{([\d.]+)\}", text)})


def counts() -> list[tuple[str, int]]:
    """What there is, and how much of it."""
    exercises = [e for e in catalogue().values() if e.points]
    written = [(e.id, m.id) for e in exercises for m in e.mistakes]
    asked = [m for e in catalogue().values() if not e.points for m in e.mistakes]
    return [
        ("lessons, run and compared output by output", len(notebooks("notebooks"))),
        ("equations with a tag, each run in its lesson and named in the code", equations()),
        ("figures, each with a description in words", figures()),
        ("exercises, marked automatically", len(exercises)),
        ("known wrong answers to them, each with its own message", len(written)),
        ("more, to the questions inside the lessons", len(asked)),
        ("faults planted in formulas, answers and outputs by `make mutants`, all caught", mutants.total()),
    ]


def table() -> str:
    """The counts as a Markdown table, between its marks."""
    rows = "\n".join(f"| {number} | {what} |" for what, number in counts())
    return f"{BEGIN}\n| | |\n|--:|---|\n{rows}\n{END}"


def with_table(text: str) -> str:
    """The README's text with the table of today in it."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return before + table() + after


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    if parser.parse_args().write:
        readme = ROOT / "README.md"
        readme.write_text(with_table(readme.read_text(encoding="utf-8")), encoding="utf-8")
    print(table())


if __name__ == "__main__":
    main()
