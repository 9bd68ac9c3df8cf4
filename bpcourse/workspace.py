"""The learner's own copy of the course, and where progress is kept.

A workspace is a folder with a folder ``.bpcourse`` inside. `deliver` copies lessons and exercises into
it and never touches a file that the learner changed: a newer version arrives beside such a file, under
a name such as ``04_backward_pass (new version 2).ipynb``. To know what was changed, ``manifest.json``
keeps the hash of every version that was delivered. Progress is a file of lines that only grows.
"""

from __future__ import annotations

import hashlib
import json
import os
import warnings
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple

MARK = ".bpcourse"
DEFAULT = "my-course"
FOLDERS = ("notebooks", "exercises")
_PACKAGE = Path(__file__).resolve().parent
_warned = False


class Delivery(NamedTuple):
    """What `deliver` did, as paths relative to the workspace.

    ``beside`` holds pairs: the learner's file, and the newer version that now lies beside it.
    """

    new: list[Path]
    updated: list[Path]
    beside: list[tuple[Path, Path]]
    manifest_was_damaged: bool


class Progress(NamedTuple):
    """Entries of the progress file in order, and how many of its lines could not be read."""

    entries: list[dict]
    damaged: int


def course_folder() -> Path:
    """Folder that holds ``notebooks/`` and ``exercises/``: the clone, else the wheel's copy of them.

    Raises
    ------
    FileNotFoundError
        If neither is there.
    """
    clone = _PACKAGE.parent
    if (clone / "pyproject.toml").is_file() and any((clone / "notebooks").glob("*.ipynb")):
        return clone
    if (_PACKAGE / "_course" / "notebooks").is_dir():
        return _PACKAGE / "_course"
    raise FileNotFoundError(f"no lessons in {clone / 'notebooks'}, and none in {_PACKAGE / '_course'}")


def find_workspace(start: str | os.PathLike | None = None) -> Path | None:
    """Nearest folder at or above `start` (default: the current one) with ``.bpcourse`` inside, or None."""
    here = Path(start or os.curdir).resolve()
    return next((folder for folder in (here, *here.parents) if (folder / MARK).is_dir()), None)


def deliver(
    workspace: str | os.PathLike,
    folders: tuple[str, ...] = FOLDERS,
    *,
    pattern: str = "*",
    source: Path | None = None,
) -> Delivery:
    """Copy `folders` of the course into a workspace, which is made if it is not there.

    A file that is missing is written, one that is as it was delivered is updated in place, and a newer
    version of any other file is written beside it. Any difference counts as a change of the learner's,
    outputs included: these are work too.

    Parameters
    ----------
    workspace : path
        The learner's folder.
    folders : tuple of str
        Which of the course's folders to deliver.
    pattern : str
        Which of their files, as a glob pattern of their names.
    source : Path, optional
        The course; by default `course_folder()`.

    Raises
    ------
    ValueError
        If the workspace would be the course's own folder.
    OSError
        If a file cannot be written. What was delivered until then is kept and known.
    """
    workspace, source = Path(workspace).resolve(), source or course_folder()
    if workspace == source.resolve():
        raise ValueError(f"workspace must not be the course's own folder, {workspace}; try {DEFAULT}")
    (workspace / MARK).mkdir(parents=True, exist_ok=True)
    known, damaged = _read_manifest(workspace)
    done = Delivery([], [], [], damaged)
    try:
        for file in _files(source, folders, pattern):
            versions = known.setdefault(file.as_posix(), [])
            _deliver_file(workspace, file, (source / file).read_bytes(), versions, done)
    finally:
        _write(workspace / MARK / "manifest.json", json.dumps({"delivered": known}, indent=1).encode())
    return done


def _files(source: Path, folders: tuple[str, ...], pattern: str) -> Iterator[Path]:
    """Visible files of the folders, relative to the course, in order."""
    for folder in folders:
        for path in sorted((source / folder).rglob(pattern)):
            file = path.relative_to(source)
            if path.is_file() and not any(part.startswith((".", "__")) for part in file.parts):
                yield file


def _deliver_file(workspace: Path, file: Path, content: bytes, versions: list[str], done: Delivery) -> None:
    """Bring one file to the learner; `versions` are the hashes delivered so far, and gets the new one."""
    version, there = _digest(content), _digest_of(workspace / file)
    if there is None:
        _write(workspace / file, content)
        done.new.append(file)
    elif there != version and there in versions:
        _write(workspace / file, content)
        done.updated.append(file)
    elif there != version and version not in versions:
        copy = _place_beside(workspace, file, version, versions)
        if _digest_of(workspace / copy) != version:
            _write(workspace / copy, content)
            done.beside.append((file, copy))
    if version in versions:
        versions.remove(version)
    versions.append(version)


def _place_beside(workspace: Path, file: Path, version: str, versions: list[str]) -> Path:
    """First name beside `file` that is free, or holds this version already, or an older one untouched."""
    names = (file.with_name(f"{file.stem} (new version {number}){file.suffix}") for number in count(2))
    return next(copy for copy in names if _digest_of(workspace / copy) in (None, version, *versions))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of(path: Path) -> str | None:
    """Hash of a file, None where there is nothing, "" for what is no file and so belongs to the learner."""
    if path.is_file():
        return _digest(path.read_bytes())
    return "" if os.path.lexists(path) else None


def _write(path: Path, content: bytes) -> None:
    """Write all of it or nothing: a reader, or a power cut, never meets half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def _read_manifest(workspace: Path) -> tuple[dict[str, list[str]], bool]:
    """What was delivered, and whether the manifest is damaged (then every file counts as the learner's)."""
    try:
        delivered = json.loads((workspace / MARK / "manifest.json").read_bytes())["delivered"]
        return {str(file): [*map(str, versions)] for file, versions in delivered.items()}, False
    except FileNotFoundError:
        return {}, False
    except (ValueError, LookupError, TypeError, AttributeError):
        return {}, True


def record_progress(entry: Mapping, start: str | os.PathLike | None = None) -> bool:
    """Append a verdict to the progress of the workspace around `start`; elsewhere write nothing.

    Several kernels may write at once: a line is one write to a file opened for appending. A file that
    cannot be written costs one warning per process and never the verdict.

    Parameters
    ----------
    entry : mapping
        ``{"exercise": id, "passed": bool, "points": p, "max_points": m, "mistake": id or None}``; the time
        is added where it is missing.
    start : path, optional
        Where to look for the workspace; by default the current folder, which is the notebook's.

    Returns
    -------
    bool
        Whether the line was written.
    """
    try:
        workspace = find_workspace(start)
        if workspace is None:
            return False
        line = json.dumps({"time": datetime.now(UTC).isoformat(timespec="seconds"), **entry})
        _append(workspace / MARK / "progress.jsonl", line.encode() + b"\n")
        return True
    except (OSError, TypeError, ValueError) as problem:
        _warn_once(f"your progress could not be written down: {problem}")
        return False


def _append(path: Path, line: bytes) -> None:
    with open(path, "ab+", buffering=0) as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                line = b"\n" + line  # a line that a crash cut short must not swallow this one
        if file.write(line) != len(line):
            raise OSError("the disk is full")


def _warn_once(sentence: str) -> None:
    global _warned
    if not _warned:
        _warned = True
        try:
            warnings.warn(sentence, stacklevel=4)
        except Warning:
            pass  # the learner turned warnings into errors; a verdict is worth more than this sentence


def read_progress(workspace: str | os.PathLike) -> Progress:
    """Read the progress of a workspace; lines that are damaged are left out and counted."""
    try:
        lines = (Path(workspace) / MARK / "progress.jsonl").read_bytes().split(b"\n")
    except FileNotFoundError:
        return Progress([], 0)
    parsed = [_parse(line) for line in lines if line.strip()]
    entries = [entry for entry in parsed if entry is not None]
    return Progress(entries, len(parsed) - len(entries))


def _parse(line: bytes) -> dict | None:
    """The entry on a line, None if it is not one."""
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    is_entry = isinstance(entry, dict) and isinstance(entry.get("exercise"), str) and "passed" in entry
    return entry if is_entry else None
