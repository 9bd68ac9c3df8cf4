"""Bring files of the course into the workspace, and say what was done."""

from __future__ import annotations

import argparse
from pathlib import Path

from .. import workspace as ws
from .places import lesson_number, notebooks_of, workspace_for
from .words import Problem, counted


def say_delivery(workspace: Path, done: ws.Delivery) -> None:
    """Tell the learner what came, what was updated, and which newer versions lie beside their own files."""
    print(f"Your copy of the course: {workspace}")
    if done.manifest_was_damaged:
        print("  The list of what was delivered is damaged, so every file counts as changed by you.")
    if done.new:
        print(f"  {counted(len(done.new), 'new file')}")
    for file in done.updated:
        print(f"  {file} was as it came, and is now the newer version.")
    for mine, newer in done.beside:
        print(f"  You changed {mine}, so it stays as it is. The newer version lies beside it: {newer.name}")


def solutions(args: argparse.Namespace) -> int:
    """Copy solutions from the clone into the workspace."""
    course = ws.course_folder()
    if not (course / "solutions").is_dir():
        raise Problem("an installed package has no solutions: see solutions/ in the course's repository")
    number = "*" if args.lesson is None else lesson_number(args.lesson)
    if not notebooks_of(course / "solutions", number):
        have = ", ".join(path.name.partition("_")[0] for path in notebooks_of(course / "solutions"))
        raise Problem(f"there are no solutions for lesson {number}; there are some for {have or 'no lesson'}")
    workspace = workspace_for(args.workspace)
    say_delivery(workspace, ws.deliver(workspace, ("solutions",), pattern=f"{number}_*", source=course))
    print(f"The solutions are in {workspace / 'solutions'}")
    return 0
