"""What a learner sees who types `make lab`: JupyterLab on the start page, which runs without an error."""

import os
import shutil
import subprocess
import sys

import pytest

from bpcourse import workspace as ws
from bpcourse.cli.places import notebooks_of

pytestmark = pytest.mark.browser
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update"]
OPEN = "path => window.jupyterapp?.shell?.currentWidget?.context?.path === path"
RUN = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.context.ready;
  await panel.sessionContext.ready;
  await window.jupyterapp.commands.execute('notebook:run-all-cells');
  const code = [...panel.content.model.cells].filter(cell => cell.type === 'code');
  return code.map(cell => cell.outputs.toJSON());
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """The address that `bpcourse lab` prints, in an empty folder, with Jupyter's own folders elsewhere."""
    folder = tmp_path_factory.mktemp("learner")
    env = os.environ | {f"JUPYTER_{name}_DIR": str(folder / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    more = ["--", "--LabApp.expose_app_in_browser=True"]
    command = [sys.executable, "-m", "bpcourse", "lab", "--no-browser", *more]
    quiet = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL, "text": True}
    with subprocess.Popen(command, cwd=folder, env=env, **quiet) as process:
        yield next(line.split()[-1] for line in process.stdout if "JupyterLab is at" in line)
        process.terminate()


@pytest.fixture(scope="module")
def page(lab):
    """The start page in Chromium, opened at that address."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.outside = []
        page.on("request", lambda request: page.outside.append(request.url)
                if not request.url.startswith((lab.partition("/lab")[0], "data:", "blob:")) else None)
        page.goto(lab)
        yield page
        browser.close()


def start_page():
    return notebooks_of(ws.course_folder() / "notebooks")[0].relative_to(ws.course_folder()).as_posix()


def test_the_start_page_is_open(page):
    page.wait_for_function(OPEN, arg=start_page(), timeout=60_000)
    assert start_page().startswith("notebooks/00")


def test_the_start_page_runs_without_an_error(page):
    outputs = page.evaluate(RUN)
    assert len(outputs) > 0
    assert [o for cell in outputs for o in cell if o["output_type"] == "error"] == []


def test_nothing_asks_about_news_and_nothing_leaves_the_machine(page):
    page.wait_for_timeout(1500)  # the question about news would come a second after the page
    assert page.locator(".jp-toast, .Toastify__toast").count() == 0
    assert page.outside == []
