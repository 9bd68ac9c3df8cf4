"""What a learner sees who types `make lab`: JupyterLab on the start page, which runs without an error."""

import pytest

from bpcourse import workspace as ws
from bpcourse.cli.places import notebooks_of

from .pages import IS_OPEN, RUN_ALL

pytestmark = pytest.mark.browser


def start_page():
    return notebooks_of(ws.course_folder() / "notebooks")[0].relative_to(ws.course_folder()).as_posix()


def test_the_start_page_is_open(page, lab):
    page.goto(lab)
    page.wait_for_function(IS_OPEN, arg=start_page(), timeout=60_000)
    assert start_page().startswith("notebooks/00")


def test_the_start_page_runs_without_an_error(page):
    outputs = page.evaluate(RUN_ALL)
    assert len(outputs) > 0
    assert [o for cell in outputs for o in cell if o["output_type"] == "error"] == []


def test_nothing_asks_about_news_and_nothing_leaves_the_machine(page):
    page.wait_for_timeout(1500)  # the question about news would come a second after the page
    assert page.locator(".jp-toast, .Toastify__toast").count() == 0
    assert page.outside == []
