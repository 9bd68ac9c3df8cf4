"""The learner's copy of the course: nothing of theirs is ever overwritten, and no verdict is lost."""

import json
import multiprocessing
import os
import re
import warnings
from pathlib import Path

import pytest

from bpcourse import workspace as ws

LESSON = Path("notebooks/04_backward_pass.ipynb")
BESIDE = Path("notebooks/04_backward_pass (new version 2).ipynb")
EXERCISE = Path("exercises/04_backward_pass.ipynb")


@pytest.fixture
def course(tmp_path):
    """A course of one lesson and one exercise, at its first version."""
    folder = tmp_path / "course"
    other = (Path("solutions/04_backward_pass.ipynb"), Path("notebooks/.hidden/x.ipynb"))
    for file in (LESSON, EXERCISE, *other):
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(f"first version of {file}")
    return folder


@pytest.fixture
def mine(tmp_path, course):
    """A workspace to which the first version was delivered."""
    ws.deliver(tmp_path / "my-course", source=course)
    return tmp_path / "my-course"


@pytest.fixture(autouse=True)
def no_warning_yet(monkeypatch):
    monkeypatch.setattr(ws, "_warned", False)


def files(folder):
    """All visible files below a folder, as text by relative path."""
    found = (p for p in folder.rglob("*") if p.is_file() and ".bpcourse" not in p.parts)
    return {p.relative_to(folder): p.read_text() for p in found}


def manifest(folder):
    return folder / ".bpcourse" / "manifest.json"


# Delivery

def test_a_new_workspace_holds_lessons_and_exercises_but_no_solutions(tmp_path, course):
    done = ws.deliver(tmp_path / "a" / "b", source=course)
    assert set(files(tmp_path / "a" / "b")) == {LESSON, EXERCISE}
    assert done.new == [LESSON, EXERCISE] and not done.updated and not done.beside


def test_a_second_delivery_of_the_same_version_does_nothing(mine, course):
    before = {p: p.stat().st_mtime_ns for p in mine.rglob("*.ipynb")}
    done = ws.deliver(mine, source=course)
    assert (done.new, done.updated, done.beside) == ([], [], [])
    assert {p: p.stat().st_mtime_ns for p in mine.rglob("*.ipynb")} == before


def test_an_unchanged_file_is_updated_in_place(mine, course):
    (course / LESSON).write_text("second version")
    done = ws.deliver(mine, source=course)
    assert done.updated == [LESSON] and not done.beside
    assert files(mine)[LESSON] == "second version" and BESIDE not in files(mine)


def test_a_changed_file_is_kept_and_the_newer_version_arrives_beside_it(mine, course):
    (mine / LESSON).write_text("my work")
    (course / LESSON).write_text("second version")
    done = ws.deliver(mine, source=course)
    assert done.beside == [(LESSON, BESIDE)] and not done.updated
    assert files(mine)[LESSON] == "my work" and files(mine)[BESIDE] == "second version"


def test_a_version_is_delivered_beside_a_changed_file_only_once(mine, course):
    (mine / LESSON).write_text("my work")
    (course / LESSON).write_text("second version")
    ws.deliver(mine, source=course)
    (mine / BESIDE).unlink()
    assert ws.deliver(mine, source=course).beside == []
    assert BESIDE not in files(mine)


def test_a_changed_copy_beside_a_changed_file_is_kept_too(mine, course):
    (mine / LESSON).write_text("my work")
    (course / LESSON).write_text("second version")
    ws.deliver(mine, source=course)
    (mine / BESIDE).write_text("my work on the second version")
    (course / LESSON).write_text("third version")
    done = ws.deliver(mine, source=course)
    third = Path("notebooks/04_backward_pass (new version 3).ipynb")
    assert done.beside == [(LESSON, third)]
    assert files(mine)[BESIDE] == "my work on the second version" and files(mine)[third] == "third version"


def test_an_untouched_copy_beside_a_changed_file_gives_way_to_a_newer_one(mine, course):
    (mine / LESSON).write_text("my work")
    for version in ("second version", "third version"):
        (course / LESSON).write_text(version)
        assert ws.deliver(mine, source=course).beside == [(LESSON, BESIDE)]
    assert len(files(mine)) == 3 and files(mine)[BESIDE] == "third version"


def test_a_changed_file_alone_brings_no_copy_while_the_course_stands_still(mine, course):
    (mine / LESSON).write_text("my work")
    assert ws.deliver(mine, source=course).beside == []
    assert set(files(mine)) == {LESSON, EXERCISE}


def test_a_deleted_file_comes_back_fresh(mine, course):
    (mine / LESSON).unlink()
    assert ws.deliver(mine, source=course).new == [LESSON]


def test_files_of_the_learner_that_the_course_does_not_know_are_left_alone(mine, course):
    (mine / "notebooks/notes.txt").write_text("mine")
    ws.deliver(mine, source=course)
    assert files(mine)[Path("notebooks/notes.txt")] == "mine"


DAMAGES = [b"", b"{", b"[]", b"{}", b'{"delivered": [1]}', b'{"delivered": {"a": 1}}', b"\xff"]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_manifest_loses_nothing_and_the_delivery_says_so(mine, course, damage):
    (mine / LESSON).write_text("my work")
    (course / LESSON).write_text("second version")
    (course / EXERCISE).write_text("second version")
    manifest(mine).write_bytes(damage)
    done = ws.deliver(mine, source=course)
    assert done.manifest_was_damaged
    kept = files(mine)
    assert kept[LESSON] == "my work" and kept[EXERCISE] == f"first version of {EXERCISE}"
    assert [kept[copy] for _, copy in done.beside] == ["second version"] * 2
    assert not ws.deliver(mine, source=course).manifest_was_damaged


def test_a_missing_manifest_counts_every_file_as_the_learners(mine, course):
    manifest(mine).unlink()
    (course / LESSON).write_text("second version")
    ws.deliver(mine, source=course)
    assert files(mine)[LESSON] == f"first version of {LESSON}" and files(mine)[BESIDE] == "second version"


def test_a_folder_where_a_file_should_be_is_left_alone(mine, course):
    (mine / LESSON).unlink()
    (mine / LESSON).mkdir()
    (mine / LESSON / "notes.txt").write_text("mine")
    (course / LESSON).write_text("second version")
    assert ws.deliver(mine, source=course).beside == [(LESSON, BESIDE)]
    assert (mine / LESSON / "notes.txt").read_text() == "mine"


def test_an_interrupted_write_leaves_the_old_file_and_no_rest(mine, course, monkeypatch):
    (course / LESSON).write_text("second version")

    def full(*_):
        raise OSError("no space left on device")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="no space"):
        patch.setattr(os, "replace", full)
        ws.deliver(mine, source=course)
    assert files(mine)[LESSON] == f"first version of {LESSON}" and set(files(mine)) == {LESSON, EXERCISE}
    assert ws.deliver(mine, source=course).updated == [LESSON]


def test_delivered_files_are_readable_by_the_group_as_the_umask_says(mine):
    umask = os.umask(0)
    os.umask(umask)
    assert (mine / LESSON).stat().st_mode & 0o777 == 0o666 & ~umask


def test_the_courses_own_folder_is_refused_as_a_workspace(course):
    with pytest.raises(ValueError, match="workspace must not be the course's own folder"):
        ws.deliver(course, source=course)
    assert not (course / ".bpcourse").exists()


def test_the_course_is_found_in_the_clone_first(tmp_path, monkeypatch):
    for folder in ("clone/notebooks", "clone/bpcourse/_course/notebooks"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(ws, "_PACKAGE", tmp_path / "clone/bpcourse")
    assert ws.course_folder() == tmp_path / "clone/bpcourse/_course"
    (tmp_path / "clone/pyproject.toml").touch()
    (tmp_path / "clone/notebooks/00_start.ipynb").touch()
    assert ws.course_folder() == tmp_path / "clone"


def test_a_course_without_lessons_is_an_error_that_says_where_they_should_be(tmp_path, monkeypatch):
    monkeypatch.setattr(ws, "_PACKAGE", tmp_path / "bpcourse")
    with pytest.raises(FileNotFoundError, match=re.escape(str(tmp_path / "notebooks"))):
        ws.course_folder()


# The workspace around a notebook

def test_the_nearest_workspace_above_a_notebook_is_found(mine):
    assert ws.find_workspace(mine / "notebooks") == mine.resolve() == ws.find_workspace(mine)


def test_outside_a_workspace_there_is_none(tmp_path):
    (tmp_path / ".bpcourse").write_text("a file is no workspace")
    assert ws.find_workspace(tmp_path) is None


# Progress

def entry(number=1, **more):
    return {"exercise": f"04.{number}", "passed": True, "points": 3, "max_points": 3, "mistake": None, **more}


def test_a_verdict_is_written_down_and_read_back_with_its_time(mine, monkeypatch):
    monkeypatch.chdir(mine / "notebooks")
    assert ws.record_progress(entry())
    (read,), damaged = ws.read_progress(mine)
    assert damaged == 0 and {**entry(), "time": read["time"]} == read
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:]{8}\+00:00", read["time"])


def test_outside_a_workspace_nothing_is_written(tmp_path):
    assert ws.record_progress(entry(), tmp_path) is False
    assert list(tmp_path.iterdir()) == []


def test_damaged_lines_are_left_out_and_counted(mine):
    ws.record_progress(entry(1), mine)
    with open(mine / ".bpcourse/progress.jsonl", "ab") as file:
        file.write(b'\xff\xfe\n{"exercise": \n[]\n\n{"exercise": "04.1"}\n')
    ws.record_progress(entry(2), mine)
    entries, damaged = ws.read_progress(mine)
    assert [e["exercise"] for e in entries] == ["04.1", "04.2"] and damaged == 4


def test_a_line_cut_short_does_not_swallow_the_next_one(mine):
    (mine / ".bpcourse/progress.jsonl").write_bytes(b'{"exercise": "04')
    ws.record_progress(entry(2), mine)
    entries, damaged = ws.read_progress(mine)
    assert [e["exercise"] for e in entries] == ["04.2"] and damaged == 1


def test_a_workspace_without_verdicts_has_no_progress(mine):
    assert ws.read_progress(mine) == ([], 0)


def test_progress_that_cannot_be_written_costs_one_warning_and_no_error(mine):
    (mine / ".bpcourse/progress.jsonl").mkdir()
    with pytest.warns(UserWarning, match="progress could not be written") as caught:
        assert [ws.record_progress(entry(), mine) for _ in range(3)] == [False] * 3
    assert len(caught) == 1


def test_progress_that_is_no_json_costs_a_warning_and_no_error(mine):
    with pytest.warns(UserWarning, match="progress could not be written"):
        assert ws.record_progress(entry(mistake=object()), mine) is False


def test_a_learner_who_turns_warnings_into_errors_still_gets_the_verdict(mine):
    (mine / ".bpcourse/progress.jsonl").mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert ws.record_progress(entry(), mine) is False


def _write_many(folder, writer):
    for number in range(100):
        ws.record_progress(entry(number, writer=writer, filler="x" * 500), folder)


def test_several_kernels_lose_no_line(mine):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_many, args=(mine, k)) for k in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    entries, damaged = ws.read_progress(mine)
    assert damaged == 0
    assert sorted((e["writer"], e["exercise"]) for e in entries) == sorted(
        (k, f"04.{number}") for k in range(3) for number in range(100)
    )


def test_a_progress_file_only_grows(mine):
    ws.record_progress(entry(1), mine)
    before = (mine / ".bpcourse/progress.jsonl").read_bytes()
    ws.record_progress(entry(2), mine)
    after = (mine / ".bpcourse/progress.jsonl").read_bytes()
    assert after.startswith(before) and json.loads(after[len(before):])["exercise"] == "04.2"
