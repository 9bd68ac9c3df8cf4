"""The two commands, looked at without running them (`make --dry-run`)."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def clone(tmp_path):
    """A folder with a space in its name, and in it what make looks at; the stamps are not there."""
    folder = tmp_path / "my clone"
    folder.mkdir()
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        shutil.copy(ROOT / name, folder / name)
    return folder


def make(clone, *args):
    """Output of make; variables that an outer make handed down are taken away."""
    handed_down = ("MAKE", "MFLAGS", "BIN", "STAMP", "VENV", "PYTHON")
    env = {name: value for name, value in os.environ.items() if not name.startswith(handed_down)}
    done = subprocess.run(["make", *args], cwd=clone, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def stamps(clone, *names):
    (clone / ".venv").mkdir()
    for name in names:
        (clone / ".venv" / name).touch()


def test_make_alone_lists_the_commands(clone):
    out = make(clone)
    assert all(f"make {name}" in out for name in ("lab", "test", "check", "lock", "mutants", "wheel-test"))


def test_lab_installs_the_learners_lock_and_opens_the_course(clone):
    out = make(clone, "-n", "lab")
    assert "--require-hashes -r requirements.lock" in out and "requirements-dev.lock" not in out
    places = [out.index(part) for part in ("-m venv", "--require-hashes", "-e .", "-m bpcourse lab")]
    assert places == sorted(places)


def test_the_package_itself_is_installed_without_asking_any_index(clone):
    line = next(line for line in make(clone, "-n", "lab").splitlines() if line.endswith("-e ."))
    assert all(flag in line for flag in ("--no-index", "--no-deps", "--no-build-isolation"))


def test_test_is_check_and_mistakes_and_reproductions_and_notebooks(clone):
    out = make(clone, "-n", "test")
    places = [out.index(part) for part in (
        "requirements-dev.lock", "ruff check", "importlinter", "tests/unit tests/equations", "tests/mistakes",
        "tests/reproductions", "--nbval --nbval-current-env", "--nbval-lax", "tests/notebooks",
    )]
    assert places == sorted(places)


def test_tests_run_quietly_on_one_blas_thread(clone):
    runs = [line for line in make(clone, "-n", "test").splitlines() if "-m pytest" in line]
    assert len(runs) >= 5
    assert all("OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 BPCOURSE_QUIET=1" in line for line in runs)


def test_notebooks_are_never_split_over_workers(clone):
    runs = [line for line in make(clone, "-n", "notebooks").splitlines() if "--nbval" in line]
    assert len(runs) == 2
    assert all("--dist loadfile" in line and "--nbval-cell-timeout=60" in line for line in runs)


@pytest.mark.parametrize("target, stamp", [("lab", ".stamp-lab"), ("test", ".stamp-dev")])
def test_repeating_a_command_sets_nothing_up(clone, target, stamp):
    stamps(clone, stamp)
    out = make(clone, "-n", target)
    assert "pip install" not in out and "-m venv" not in out


def test_what_maintainers_installed_serves_learners_too(clone):
    out = make(clone, "-n", "check")
    assert re.search(r'touch "\.venv/\.stamp-lab" "\.venv/\.stamp-dev"', out)


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_newer_lock_or_project_is_installed(clone, changed):
    stamps(clone, ".stamp-lab")
    later = (clone / ".venv/.stamp-lab").stat().st_mtime + 5
    os.utime(clone / changed, (later, later))
    assert "--require-hashes" in make(clone, "-n", "lab")


def test_an_environment_of_ones_own_is_used_as_it_is(clone):
    out = make(clone, "-n", "test", "BIN=/opt/my env/bin", "STAMP=")
    assert '"/opt/my env/bin/python" -m pytest' in out
    assert "pip install" not in out and "-m venv" not in out and ".venv" not in out


def test_an_old_python_is_answered_with_a_sentence(clone):
    old = clone / "old python"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = subprocess.run(["make", "lab", "PYTHON='./old python'"], cwd=clone, capture_output=True, text=True)
    assert done.returncode != 0 and "needs Python 3.11 or newer" in done.stderr
    assert not (clone / ".venv").exists()


def test_programs_are_run_as_modules_of_the_environments_python(clone):
    for target in ("test", "lab", "mutants", "lock", "wheel", "build", "benchmarks"):
        out = make(clone, "-n", target)
        assert not re.search(r"bin/(?!python\b)\w+", out), target


def test_clean_never_touches_the_learners_work(clone):
    assert "my-course" not in make(clone, "-n", "clean")
