"""Where the course's notebooks are, and where the learner's copies are."""

from __future__ import annotations

import re
from pathlib import Path

from .. import workspace as ws
from .words import Problem


def workspace_for(given: str | None) -> Path:
    """The workspace that was asked for, else the one around the current folder, else ./my-course."""
    if given is not None:
        return Path(given).expanduser().resolve()
    return ws.find_workspace() or Path(ws.DEFAULT).resolve()


def lesson_number(text: str) -> str:
    """A lesson's number as file names have it: "4" and "04" are "04", "15b" is "15b"."""
    match = re.fullmatch(r"(\d{1,2})([a-z]?)", text.strip().lower())
    if not match:
        raise Problem(f"a lesson is named by its number, such as 04; got {text!r}")
    return match[1].zfill(2) + match[2]


def notebooks_of(folder: Path, number: str = "*") -> list[Path]:
    """Notebooks of a lesson (or all) in a folder, without the newer versions that lie beside changed ones."""
    return [path for path in sorted(folder.glob(f"{number}_*.ipynb")) if "(new version" not in path.name]


def lesson_titles() -> dict[str, str]:
    """Each lesson's number and its title, read off the course's file names."""
    names = (path.stem.partition("_") for path in notebooks_of(ws.course_folder() / "notebooks"))
    return {number: title.replace("_", " ") for number, _, title in names}


def lesson_notebook(number: str) -> Path:
    """The learner's copy of a lesson if there is one, else the course's own."""
    for folder in (workspace_for(None), ws.course_folder()):
        if found := notebooks_of(folder / "notebooks", number):
            return found[0]
    raise Problem(f"there is no lesson {number}; there are {', '.join(lesson_titles())}")
