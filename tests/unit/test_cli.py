"""The command bpcourse: what it prints, what it leaves alone, and how it ends."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from importlib import metadata
from types import SimpleNamespace

import nbformat
import pytest
from packaging.specifiers import SpecifierSet

from bpcourse import workspace as ws
from bpcourse.cli import doctor, main
from bpcourse.cli import lab as lab_module
from bpcourse.cli.progress import best_points, lines


def notebook(*cells):
    v4 = nbformat.v4
    return nbformat.writes(v4.new_notebook(cells=[v4.new_code_cell(text) for text in cells]))


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A small course, and a current folder in which nothing lies yet."""
    files = {
        "notebooks/00_start.ipynb": notebook("1 + 1"),
        "notebooks/04_backward_pass.ipynb": notebook("x = 1", "", "x + 1"),
        "notebooks/05_broken.ipynb": notebook("x = 1", "\n# say why\nx / 0", "x"),
        "exercises/04_backward_pass.ipynb": notebook("pass"),
        "solutions/04_backward_pass.ipynb": notebook("x = 1"),
        "solutions/05_broken.ipynb": notebook("x = 1"),
    }
    for name, text in files.items():
        path = tmp_path / "course" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr(ws, "course_folder", lambda: tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def say(capsys):
    """Run a command; returns its exit code, what it printed, and its errors."""
    def run(*argv):
        try:
            code = main(argv)
        except SystemExit as end:
            code = end.code
        return code, *capsys.readouterr()
    return run


def is_one_sentence(errors):
    return errors.startswith("bpcourse") and errors.count("\n") == 1 and "Traceback" not in errors


# The command itself

def test_the_command_without_arguments_helps(say):
    code, out, _ = say()
    assert code == 0 and "examples:" in out
    names = ("lab", "doctor", "run", "check", "solutions", "progress")
    assert all(f"bpcourse {name}" in out for name in names)


def test_help_says_that_check_is_for_ones_own_notebook_only(say):
    code, out, _ = say("check", "--help")
    assert code == 0 and "your own notebook only" in " ".join(out.split())


def test_the_version_is_that_of_the_package(say):
    assert say("--version")[:2] == (0, f"bpcourse {metadata.version('bpcourse')}\n")


@pytest.mark.parametrize("argv", [
    ["frob"], ["run"], ["run", "04", "05"], ["run", "x"], ["run", "17"], ["run", "004"], ["solutions", "17"],
    ["check", "absent.ipynb"], ["progress"], ["lab", "--port", "x"], ["lab", "--port", "99999"],
])
def test_errors_are_one_sentence_and_exit_code_2(course, say, argv):
    code, out, errors = say(*argv)
    assert code == 2 and out == "" and is_one_sentence(errors)


def test_a_lesson_that_is_not_there_is_answered_with_those_that_are(course, say):
    assert "there is no lesson 17; there are 00, 04, 05" in say("run", "17")[2]


def test_help_loads_neither_numpy_nor_jupyter():
    code = "import sys, bpcourse.cli as cli; cli.build_parser().format_help(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "bpcourse.cli" in loaded and not {"numpy", "matplotlib", "nbclient", "jupyter_client"} & loaded


# lab

@pytest.fixture
def served(monkeypatch):
    """What would have been started in place of JupyterLab."""
    calls = []
    monkeypatch.setattr(lab_module, "_serve", lambda *call: calls.append(call) or 0)
    monkeypatch.setattr(lab_module, "is_root", lambda: False)
    monkeypatch.setattr(lab_module, "has_browser", lambda: True)
    return calls


def test_lab_makes_the_workspace_and_opens_the_start_page(course, say, served, tmp_path):
    code, out, _ = say("lab")
    (command, workspace, page), = served
    assert code == 0 and workspace == tmp_path / "here/my-course"
    assert page == "lab/tree/notebooks/00_start.ipynb" and f"--LabApp.default_url=/{page}" in command
    assert command[:3] == [sys.executable, "-m", "jupyterlab"] and "--no-browser" not in command
    assert str(workspace) in out and "4 new files" in out
    assert not (workspace / "solutions").exists()


def test_lab_inside_a_workspace_opens_that_one(course, say, served, tmp_path, monkeypatch):
    say("lab")
    monkeypatch.chdir("my-course/notebooks")
    say("lab")
    assert [call[1] for call in served] == [tmp_path / "here/my-course"] * 2


def test_lab_says_which_newer_version_lies_beside_a_changed_file(course, say, served):
    say("lab", "--workspace", "w")
    for name in ("04_backward_pass", "05_broken"):
        (course / f"notebooks/{name}.ipynb").write_text("newer")
    mine = ws.Path("w/notebooks/04_backward_pass.ipynb")
    mine.write_text("mine")
    out = say("lab", "--workspace", "w")[1]
    assert "04_backward_pass (new version 2).ipynb" in out and mine.read_text() == "mine"
    assert re.search(r"05_broken.ipynb was as it came", out)


def test_lab_as_root_allows_it_with_a_warning(course, say, served, monkeypatch):
    monkeypatch.setattr(lab_module, "is_root", lambda: True)
    _, _, errors = say("lab")
    assert "--allow-root" in served[0][0] and "You are root" in errors


def test_lab_as_anybody_else_does_not_allow_root(course, say, served):
    assert say("lab")[2] == "" and "--allow-root" not in served[0][0]


def test_lab_without_a_browser_says_so_and_opens_none(course, say, served, monkeypatch):
    monkeypatch.setattr(lab_module, "has_browser", lambda: False)
    assert "no browser here" in say("lab")[1] and "--no-browser" in served[0][0]


def test_lab_hands_further_arguments_to_jupyterlab(course, say, served):
    say("lab", "--no-browser", "--", "--ServerApp.ip=0.0.0.0")
    assert served[0][0][-1] == "--ServerApp.ip=0.0.0.0"


def test_lab_refuses_a_port_that_is_taken(course, say, served):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, _, errors = say("lab", "--port", str(taken.getsockname()[1]))
    assert code == 2 and "leave --port out" in errors and not served


def test_lab_that_ends_before_it_answers_is_an_error(course, say, monkeypatch):
    ends = [sys.executable, "-c", "raise SystemExit(3)"]
    monkeypatch.setattr(lab_module, "lab_command", lambda *_, **__: ends)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    code, _, errors = say("lab", "--no-browser")
    assert code == 2 and "exit code 3" in errors


def test_a_display_less_machine_has_no_browser(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    assert lab_module.has_browser() is False


def test_lab_asks_nobody_about_news_and_keeps_the_learners_own_settings(monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "theirs")
    ours, theirs = lab_module._environment()["JUPYTER_CONFIG_PATH"].split(os.pathsep)
    file = ws.Path(ours) / "labconfig/default_setting_overrides.json"
    overrides = json.loads(file.read_text())["@jupyterlab/apputils-extension:notification"]
    assert overrides == {"fetchNews": "false", "checkForUpdates": False} and theirs == "theirs"


def test_lab_serves_its_start_page_at_the_address_it_prints(tmp_path):
    dirs = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", "bpcourse", "lab", "--no-browser"]
    with subprocess.Popen(command, cwd=tmp_path, env={**os.environ, **dirs}, stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, text=True) as process:
        address = next(line.split()[-1] for line in process.stdout if "JupyterLab is at" in line)
        with urllib.request.urlopen(address, timeout=20) as answer:
            page = answer.read().decode()
        process.terminate()
        assert process.wait(20) == 0
    assert "/lab/tree/notebooks/" in address and '"appName": "JupyterLab"' in page


# run

def test_run_reports_cells_time_and_no_error(course, say):
    code, out, _ = say("run", "4")
    assert code == 0 and re.search(r"04_backward_pass.ipynb\n  2 code cells, [\d.]+ s, no error\n$", out)


def test_run_names_the_cell_that_fails_and_changes_no_file(course, say):
    before = (course / "notebooks/05_broken.ipynb").read_bytes()
    code, out, _ = say("run", "05")
    assert code == 1 and "Code cell 2 of 3" in out and "# say why" in out
    assert "raised ZeroDivisionError: division by zero" in out
    assert (course / "notebooks/05_broken.ipynb").read_bytes() == before


def test_run_names_the_cell_that_takes_too_long(course, say):
    (course / "notebooks/05_broken.ipynb").write_text(notebook("import time; time.sleep(30)"))
    code, out, _ = say("run", "05", "--timeout", "1")
    assert code == 1 and "Code cell 1 of 1" in out and "took longer than 1 s" in out


def test_run_takes_the_learners_own_copy_where_there_is_one(course, say):
    ws.deliver("my-course")
    ws.Path("my-course/notebooks/04_backward_pass.ipynb").write_text(notebook("1", "2", "3"))
    code, out, _ = say("run", "04")
    assert code == 0 and "my-course" in out and "3 code cells" in out


def test_run_refuses_a_file_that_is_no_notebook(course, say):
    (course / "notebooks/05_broken.ipynb").write_text("no notebook")
    code, _, errors = say("run", "05")
    assert code == 2 and is_one_sentence(errors) and "is not a notebook" in errors


# check

def row(status, points, message=""):
    return SimpleNamespace(
        exercise="04.2", name="hidden_delta", status=status, points=points, max_points=3, message=message
    )


@pytest.fixture
def report(monkeypatch):
    """Verdicts that stand in for those of a run."""
    from bpcourse import checks

    rows = []
    monkeypatch.setattr(checks, "notebook_report", lambda path, *, timeout, on_cell: rows)
    return rows


def test_check_prints_every_verdict_and_the_sum(course, say, report):
    report += [row("right", 3), row("wrong", 0, "Exactly the negative gradient: you climb.")]
    code, out, _ = say("check", str(course / "exercises/04_backward_pass.ipynb"))
    assert code == 1 and "Exactly the negative gradient" in out and out.endswith("3 of 6 points\n")


def test_check_succeeds_when_everything_is_right(course, say, report):
    report += [row("right", 3), row("note", 3, "Right, by a detour.")]
    code, out, _ = say("check", str(course / "exercises/04_backward_pass.ipynb"))
    assert code == 0 and "by a detour" in out


def test_check_of_a_notebook_without_checks_is_an_error(course, say, report):
    code, _, errors = say("check", str(course / "exercises/04_backward_pass.ipynb"))
    assert code == 2 and "calls check(...) nowhere" in errors


# progress

def exercise(id, points):
    return SimpleNamespace(id=id, lesson=id[:2], points=points)


def test_progress_shows_a_bar_for_each_lesson_and_one_for_all():
    entries = [{"exercise": "04.1", "points": 3}, {"exercise": "05.1", "points": 1}]
    exercises = [exercise("04.1", 3), exercise("04.2", 3), exercise("05.1", 2), exercise("05.q1", 0)]
    four, five, together = lines(entries, exercises, {"04": "backward pass"})
    assert four == "04  backward pass            [############............]  3 of 6 points, 1 of 2 exercises"
    assert five.startswith("05 ") and five.endswith("1 of 2 points, 0 of 1 exercise")
    assert together.endswith("[############............]  4 of 8 points, 1 of 3 exercises")


def test_progress_keeps_the_best_try():
    tries = [{"exercise": "04.1", "points": points} for points in (1, 3, 0, None, "3")]
    assert best_points(tries) == {"04.1": 3.0}


def test_a_bar_is_full_only_with_every_point():
    entries = [{"exercise": "04.1", "points": 99}]
    assert "#." in lines(entries, [exercise("04.1", 100)], {})[0]


def test_progress_counts_the_lines_it_leaves_out(course, say):
    ws.deliver("my-course")
    ws.Path("my-course/.bpcourse/progress.jsonl").write_text("{\n")
    code, out, _ = say("progress")
    assert code == 0 and "No verdict yet" in out and "1 line of" in out


# solutions

def test_solutions_of_one_lesson_come_into_the_workspace(course, say):
    code, out, _ = say("solutions", "4")
    assert code == 0 and "1 new file" in out
    assert [p.name for p in ws.Path("my-course/solutions").iterdir()] == ["04_backward_pass.ipynb"]


def test_all_solutions_come_when_no_lesson_is_named(course, say):
    say("solutions")
    assert len(list(ws.Path("my-course/solutions").iterdir())) == 2


def test_a_changed_solution_is_not_overwritten(course, say):
    say("solutions", "04")
    mine = ws.Path("my-course/solutions/04_backward_pass.ipynb")
    mine.write_text("mine")
    (course / "solutions/04_backward_pass.ipynb").write_text("newer")
    out = say("solutions", "04")[1]
    assert mine.read_text() == "mine" and "(new version 2)" in out


def test_where_there_are_no_solutions_it_says_where_they_are(course, say):
    (course / "solutions").rename(course / "elsewhere")
    code, _, errors = say("solutions")
    assert code == 2 and "solutions/ in the course's repository" in errors


# doctor

def test_doctor_finds_a_healthy_machine_healthy(say, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, _ = say("doctor")
    assert code == 0 and "[FAIL]" not in out and out.endswith("All is well.\n")
    assert all(f"[OK]    {name} " in out for name in ("Python", "numpy", "matplotlib", "jupyterlab", "tqdm"))
    assert "1 + 1 is 2" in out and "numpy multiplies matrices with" in out
    assert list(tmp_path.iterdir()) == []


def test_doctor_in_a_notebook_names_no_folder_and_starts_no_kernel(course, monkeypatch, capsys):
    monkeypatch.setattr(doctor, "kernel", None)
    doctor.examine()
    out = capsys.readouterr().out
    assert "[OK]    Python" in out and out.endswith("All is well.\n")
    assert str(course) not in out and sys.executable not in out


def test_doctor_fails_with_a_remedy_when_a_package_is_missing_or_old(course, say, monkeypatch):
    monkeypatch.setattr(doctor, "kernel", lambda: doctor.Finding(True, "a kernel"))
    needs = ["nosuchpackage>=2", "numpy>=999", "absent; extra == 'x'"]
    monkeypatch.setattr(metadata, "requires", lambda _: needs)
    code, out, _ = say("doctor")
    assert code == 1 and out.count("\n[FAIL]") == 2 and "absent" not in out
    assert "nosuchpackage is not installed, needed >=2" in out and "pip install 'numpy>=999'" in out


@pytest.mark.parametrize("version, ok", [("2.0", False), ("2.1", True), ("3.0rc1", True)])
def test_doctor_compares_versions_with_bounds(monkeypatch, version, ok):
    monkeypatch.setattr(metadata, "version", lambda _: version)
    assert doctor.package("numpy", SpecifierSet(">=2.1")).ok is ok


def test_doctor_says_when_the_kernel_does_not_run(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    finding = doctor.kernel()
    assert not finding.ok and "the kernel does not run" in finding.text and "ipykernel" in finding.remedy


def test_doctor_says_when_the_workspace_cannot_be_written(tmp_path, monkeypatch):
    def refuse(**_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor.tempfile, "NamedTemporaryFile", refuse)
    finding = doctor.writable(tmp_path / "a" / "b")
    assert not finding.ok and str(tmp_path) in finding.text and "--workspace" in finding.remedy
