"""Build the notebooks from their sources: ``python tools/build.py [NN ...] [--force] [--check]``.

``sources/lessons/NN_name.py`` becomes ``notebooks/NN_name.ipynb``, executed. ``sources/exercises/NN_name.py``
becomes ``solutions/NN_name.ipynb``, executed, and ``exercises/NN_name.ipynb`` with the answers cut out.
One way only: a change made in a built notebook is lost. Only a notebook whose code changed is executed again;
after a change in the package itself, say ``--force``.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import nbformat

if not __package__:  # run as a file, as `make build` does
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from tools import blanks, execution
from tools.sources import ROOT, SourceError, discover, read


def main(arguments=None, root=ROOT, exercises=None):
    """Build what is asked for; return the exit code.

    Parameters
    ----------
    arguments : list of str, optional
    root : Path
        The folder with ``sources/``.
    exercises : mapping, optional
        The catalogue of exercises; by default the course's own.
    """
    options = parser().parse_args(arguments)
    try:
        chosen = choose(discover(root), options.names)
        if exercises is None and any(source.blank for source in chosen):
            exercises = course_catalogue()
        if options.check:
            return check(chosen, exercises, root)
        for source in chosen:
            build(source, exercises, force=options.force)
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    except execution.CellFailed as error:
        print(explain(source, error), file=sys.stderr)
        return 1
    return 0


def parser():
    """Return the parser of the command line."""
    made = argparse.ArgumentParser(prog="tools/build.py",
                                   description="Build the notebooks from their sources.")
    made.add_argument("names", nargs="*", metavar="NN", help="which: 04, lessons/04, a name; default: all")
    made.add_argument("--force", action="store_true", help="execute even what has not changed")
    made.add_argument("--check", action="store_true", help="build nothing; fail if anything is out of date")
    return made


def course_catalogue():
    """Return the catalogue of exercises; imported late, since a lesson by itself does not need it."""
    from bpcourse.checks import catalogue
    return catalogue()


def choose(sources, names):
    """Return the sources that the names on the command line mean."""
    chosen = [s for s in sources if not names or any(_means(name, s) for name in names)]
    unknown = [name for name in names if not any(_means(name, s) for s in sources)]
    if unknown:
        raise SourceError("sources/", [f"there is no source named {name!r}" for name in unknown])
    return chosen


def _means(name, source):
    """Whether a word on the command line means the source: its number, name, kind or path."""
    name = name.removeprefix("sources/").removesuffix(".py")
    kind = source.kind
    return name in {source.number, source.name, kind, f"{kind}/{source.number}", f"{kind}/{source.name}"}


def build(source, exercises, *, force=False):
    """Build the one or two notebooks of a source, and say what was done.

    Nothing is written before all has gone well, so a failure keeps the old notebooks.
    """
    start = time.perf_counter()
    fresh = read(source, exercises)
    blank = blanks.cut(fresh) if source.blank else None
    executed = force or not carry_outputs(load(source.executed), fresh)
    if executed:
        print(f"{source.executed.relative_to(source.root)} ...", end=" ", flush=True)
        execution.run(fresh)
    changed = write(source.executed, text_of(fresh))
    if blank is not None:
        changed = write(source.blank, text_of(blank)) or changed
    if executed:
        print(f"executed in {time.perf_counter() - start:.1f} s")
    else:
        print(f"{source.executed.relative_to(source.root)} {'text updated' if changed else 'unchanged'}")


def load(path):
    """Return the notebook at `path`, or None where there is none that can be read."""
    with suppress(OSError, ValueError, AttributeError):
        return nbformat.read(path, as_version=4)
    return None


def text_of(notebook):
    """Return the text of a notebook's file."""
    return nbformat.writes(notebook, version=nbformat.NO_CONVERT).rstrip("\n") + "\n"


def carry_outputs(old, fresh):
    """Copy the outputs of an earlier build into `fresh` if its code is the same; return whether it was.

    Counts that do not run from 1 to n show that the old notebook was never run, or run by hand.
    """
    if old is None:
        return False
    before, after = ([c for c in nb.cells if c.cell_type == "code"] for nb in (old, fresh))
    counts = [cell.execution_count for cell in before if cell.source.strip()]
    if counts != list(range(1, len(counts) + 1)) or [_code(c) for c in before] != [_code(c) for c in after]:
        return False
    for had, gets in zip(before, after, strict=True):
        gets.outputs, gets.execution_count = had.outputs, had.execution_count
    return True


def _code(cell):
    """What of a code cell can change its outputs."""
    return cell.source, cell.metadata.get("tags")


def write(path, text):
    """Write a file in one step, if it differs; return whether it did."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with open(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def check(sources, exercises, root):
    """Say which notebooks are out of date, without running any; return the exit code."""
    late = [path for source in sources for path in out_of_date(source, exercises)]
    every = discover(root)
    built = {path for source in every for path in (source.executed, source.blank)}
    orphans = [path for folder in ("notebooks", "solutions", "exercises")
               for path in sorted((root / folder).glob("*.ipynb")) if path not in built]
    for path in late:
        print(f"{path.relative_to(root)} is out of date: run make build", file=sys.stderr)
    for path in orphans:
        print(f"{path.relative_to(root)} has no source in sources/", file=sys.stderr)
    return 1 if late or orphans else 0


def out_of_date(source, exercises):
    """Return the notebooks of a source that a build would change."""
    fresh = read(source, exercises)
    blank = text_of(blanks.cut(fresh)) if source.blank else None
    late = [] if carry_outputs(load(source.executed), fresh) and is_text(source.executed, text_of(fresh)) \
        else [source.executed]
    return late if blank is None or is_text(source.blank, blank) else [*late, source.blank]


def is_text(path, text):
    """Whether the file at `path` holds exactly this text."""
    return path.exists() and path.read_text(encoding="utf-8") == text


def explain(source, error):
    """Say in which source, at which line and in which cell the run stopped, and why."""
    if error.cell is None:
        return f"\n{source.place}: the kernel did not start\n{error.what}"
    before, found, _ = source.path.read_text(encoding="utf-8").partition(error.cell.source)
    line = f", line {before.count(chr(10)) + 1}" if found else ""
    return (f"\n{source.place}{line}, cell {error.cell.id}:\n\n{error.cell.source}\n\n{error.what}\n"
            "The old notebook is kept.")


if __name__ == "__main__":
    sys.exit(main())
