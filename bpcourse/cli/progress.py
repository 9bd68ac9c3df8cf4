"""``bpcourse progress``: a bar for each lesson, from the verdicts that the workspace keeps."""

from __future__ import annotations

import argparse

from .. import workspace as ws
from .places import lesson_titles, workspace_for
from .words import Problem, counted

WIDTH = 24


def progress(args: argparse.Namespace) -> int:
    """Show how far the learner has come, lesson by lesson."""
    workspace = workspace_for(args.workspace)
    if not (workspace / ws.MARK).is_dir():
        raise Problem(f"{workspace} is no workspace; `bpcourse lab` makes one, --workspace names another")
    from ..checks import catalogue

    recorded = ws.read_progress(workspace)
    print("\n".join(lines(recorded.entries, catalogue().values(), lesson_titles())))
    if not recorded.entries:
        print("\nNo verdict yet: open an exercise with `bpcourse lab` and call check(...) in it.")
    if recorded.damaged:
        print(f"\nLeft out, because damaged: {counted(recorded.damaged, 'line')} of "
              f"{workspace / ws.MARK / 'progress.jsonl'}")
    return 0


def lines(entries: list[dict], exercises, titles: dict[str, str]) -> list[str]:
    """A line for each lesson that has exercises with points, and one for all of them."""
    best = best_points(entries)
    rows = [(e.lesson, best.get(e.id, 0.0), e.points) for e in exercises if e.points]
    lessons = sorted({lesson for lesson, _, _ in rows})
    parts = [(f"{k:4}{titles.get(k, '')}", [row[1:] for row in rows if row[0] == k]) for k in lessons]
    return [_line(name, part) for name, part in [*parts, ("    together", [row[1:] for row in rows])]]


def best_points(entries: list[dict]) -> dict[str, float]:
    """The most points that each exercise ever got; a later wrong try takes nothing away."""
    best: dict[str, float] = {}
    for entry in entries:
        points = entry.get("points")
        if isinstance(points, int | float):
            best[entry["exercise"]] = max(best.get(entry["exercise"], 0.0), float(points))
    return best


def _line(name: str, rows: list[tuple[float, float]]) -> str:
    got, total = sum(points for points, _ in rows), sum(most for _, most in rows)
    full = int(WIDTH * got / total) if total else 0  # rounded down: a full bar means every point
    done = sum(points >= most for points, most in rows)
    bar = "#" * full + "." * (WIDTH - full)
    points = f"{round(got, 2):g} of {total:g} points"
    return f"{name:28.28} [{bar}]  {points}, {done} of {counted(len(rows), 'exercise')}"
