"""Write docs/reproductions.md from the reproductions: ``python -m tools.reproductions [--write]``.

Without ``--write`` the page is only compared, and the first line that differs is shown.
"""

import argparse
import sys
from pathlib import Path

from bpcourse.reproductions import REPRODUCTIONS
from bpcourse.reproductions.result import READ, SECONDARY, WHERE_FROM

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reproductions.md"
HEAD = f"""# Published results, run again

What papers report, beside what this course measures with its own code. The last column is the band that a
test holds. A paper's number without a star was {WHERE_FROM[READ]}; one with a star (\\*)
is {WHERE_FROM[SECONDARY]}. Where a paper gives words in place of a number, they stand in its column.

Run any of them yourself: `from bpcourse.reproductions import mirror_symmetry; print(mirror_symmetry())`.
This page is written by `python -m tools.reproductions --write`.
"""


def main(arguments=None):
    """Write or compare the page; return the exit code."""
    parser = argparse.ArgumentParser(prog="tools.reproductions", description="docs/reproductions.md")
    parser.add_argument("--write", action="store_true", help="write the page instead of comparing it")
    text = page([function() for function in REPRODUCTIONS])
    if parser.parse_args(arguments).write:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    written = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    if written == text:
        return 0
    print(f"{PAGE.name} is out of date: {first_difference(written, text)}", file=sys.stderr)
    return 1


def page(results):
    """The whole page, for a list of reproductions."""
    return "\n".join([HEAD, *(section(result) for result in results)])


def section(result):
    """One result: heading, source, conditions, and a table with a line for each number."""
    lessons = " and ".join(result.lessons)
    lines = [
        f"## {result.title}",
        "",
        f"Lesson {lessons}. {result.source}.",
        "",
        result.conditions,
        "",
        "| quantity | paper | ours | band |",
        "|---|---:|---:|---:|",
        *(f"| {' | '.join(as_markdown(words) for words in row.words())} |" for row in result.rows),
        "",
    ]
    return "\n".join(lines)


def as_markdown(words):
    """Escape what Markdown would take for its own."""
    return words.replace("*", "\\*").replace("|", "\\|")


def first_difference(old, new):
    """The first line that differs, as it is and as it should be."""
    lines = zip([*old.splitlines(), ""], [*new.splitlines(), ""], strict=False)
    return next((f"{a!r} should be {b!r}" for a, b in lines if a != b), "it ends too early or too late")


if __name__ == "__main__":
    sys.exit(main())
