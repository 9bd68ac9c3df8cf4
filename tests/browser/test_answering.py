"""A learner answers wrongly in JupyterLab and is told why, then rightly."""

import os
from pathlib import Path

import pytest

from .pages import ANSWER, IS_OPEN, READ, RUN_ALL

pytestmark = pytest.mark.browser
NOTEBOOK = "exercises/04_backward_pass.ipynb"
SHOTS = os.environ.get("BPCOURSE_SCREENSHOTS")  # a folder for pictures, for people who want to look


@pytest.fixture(scope="module")
def exercises(page, lab):
    page.goto(f"{lab.partition('/lab')[0]}/lab/workspaces/answering/tree/{NOTEBOOK}?reset")
    page.wait_for_function(IS_OPEN, arg=NOTEBOOK, timeout=60_000)
    return page


def verdict(page, answer):
    """The words under 04.1 after `answer` was typed there and all cells were run."""
    if answer:
        page.evaluate(ANSWER, ["output_delta", answer])
    outputs = page.evaluate(RUN_ALL)
    assert [o for cell in outputs for o in cell if o["output_type"] == "error"] == []
    return page.evaluate(READ, 'check("04.1"')


def picture(page, name):
    if SHOTS:
        page.wait_for_timeout(500)
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"))


def test_an_untouched_exercise_is_not_an_error(exercises):
    assert "not attempted yet" in verdict(exercises, None)
    picture(exercises, "untouched")


def test_a_wrong_answer_is_told_what_is_wrong(exercises):
    words = verdict(exercises, "return -2 / len(Y) * (A2 - Y) * A2 * (1 - A2)")
    assert "✗" in words and "exactly the negative of the gradient" in words
    picture(exercises, "wrong")


def test_a_right_answer_is_right(exercises):
    words = verdict(exercises, "return 2 / len(Y) * (A2 - Y) * A2 * (1 - A2)")
    assert "✓ 04.1 output_delta: right (2 of 2 points)" in words
    picture(exercises, "right")
