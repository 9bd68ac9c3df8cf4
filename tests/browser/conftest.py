"""One JupyterLab and one Chromium for all browser tests."""

import os
import shutil
import subprocess
import sys

import pytest

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]


@pytest.fixture(scope="session")
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


@pytest.fixture(scope="session")
def page(lab):
    """A page in Chromium that remembers what it asked other machines for."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium here")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.outside = []
        page.on(
            "request",
            lambda request: (
                page.outside.append(request.url)
                if not request.url.startswith((lab.partition("/lab")[0], "data:", "blob:"))
                else None
            ),
        )
        page.goto(lab)  # with its token, which the browser keeps
        yield page
        browser.close()
