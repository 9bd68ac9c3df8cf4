"""A wheel in an empty environment is the whole course: no clone, and no solutions."""

import os
import subprocess
import sys
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    flags = ["--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", folder]
    subprocess.run([sys.executable, "-m", "pip", "wheel", "--quiet", *flags, ROOT], check=True)
    return next(folder.glob("bpcourse-*.whl"))


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory):
    """Python of an environment that holds the learners' lock and the wheel, and knows of no clone."""
    folder = tmp_path_factory.mktemp("env") / "with space"
    venv.create(folder, with_pip=True)
    program = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    install = [program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--require-hashes", "-r", ROOT / "requirements.lock"], check=True)
    subprocess.run([*install, "--no-index", "--no-deps", wheel], check=True)
    return program


@pytest.fixture
def run(python, tmp_path):
    """Run ``python -m bpcourse`` in an empty folder, with Jupyter's own folders elsewhere."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHONPATH", "VIRTUAL_ENV", "JUPYTER"))}
    env |= {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    (tmp_path / "empty").mkdir()

    def start(*args, **more):
        return subprocess.Popen([python, "-m", "bpcourse", *args], cwd=tmp_path / "empty", env=env, text=True,
                                stdout=subprocess.PIPE, **more)
    return start


def test_the_wheel_holds_lessons_and_exercises_but_no_solutions(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for folder in ("notebooks", "exercises"):
        built = {path.name for path in (ROOT / folder).glob("*.ipynb")}
        held = {Path(name).name for name in names if name.startswith(f"bpcourse/_course/{folder}/")}
        assert built and held == built
    assert not [name for name in names if "solution" in name]


def test_the_wheel_holds_the_package_and_nothing_of_the_workshop(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert [top for top in tops if not top.endswith(".dist-info")] == ["bpcourse"]
    assert any(name.endswith("labconfig/default_setting_overrides.json") for name in names)
    assert not [name for name in names if name.endswith((".pyc", "checkpoint.ipynb"))]


def test_the_course_opens_in_an_empty_folder(run, tmp_path):
    with run("lab", "--no-browser", stderr=subprocess.DEVNULL) as process:
        address = next(line.split()[-1] for line in process.stdout if "JupyterLab is at" in line)
        with urllib.request.urlopen(address, timeout=30) as answer:
            page = answer.read().decode()
        process.terminate()
        assert process.wait(30) == 0
    lessons = {path.name for path in (tmp_path / "empty/my-course/notebooks").glob("*.ipynb")}
    assert lessons == {path.name for path in (ROOT / "notebooks").glob("*.ipynb")}
    assert '"appName": "JupyterLab"' in page


def test_the_doctor_finds_the_environment_healthy(run):
    with run("doctor", stderr=subprocess.STDOUT) as process:
        out = process.communicate(timeout=60)[0]
    assert process.returncode == 0, out
    assert "_course" in out  # the lessons are the wheel's own


def test_without_a_clone_it_is_said_where_the_solutions_are(run):
    with run("solutions", stderr=subprocess.STDOUT) as process:
        out = process.communicate(timeout=60)[0]
    assert process.returncode == 2 and "solutions/ in the course's repository" in out
