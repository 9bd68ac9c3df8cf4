"""Every number of a reproduction lies in its band, and the page in docs/ shows what was computed."""

import numpy as np
import pytest

from bpcourse.reproductions import REPRODUCTIONS
from bpcourse.reproductions.result import READ, SECONDARY, Reproduction, Row, number
from tools import reproductions as page

every = pytest.mark.parametrize("function", REPRODUCTIONS, ids=lambda function: function.__name__)


@every
def test_every_number_lies_in_its_band(run, function):
    outside = [row.words() for row in run(function).rows if not row.holds]
    assert not outside


@every
def test_a_band_is_narrow_enough_to_fail(run, function):
    """A band has two ends: a number far above ours is outside, and one below the lower end."""
    for row in run(function).rows:
        assert row.low <= row.high < np.inf
        far = [Row(row.quantity, ours, row.low, row.high) for ours in (row.ours * 60 + 10, row.low - 1)]
        assert not any(moved.holds for moved in far), row.quantity


@every
def test_source_and_conditions_say_who_when_where_and_what(run, function):
    result = run(function)
    assert any(year in result.source for year in ("1986", "2010", "2013", "2015"))
    assert len(result.conditions) > 60 and result.conditions.endswith(".")
    assert all(lesson in ("06", "08", "09", "10", "17") for lesson in result.lessons)


@every
def test_the_docstring_names_every_array(run, function):
    for name in run(function).arrays:
        generic = name.rstrip("0123456789")
        assert f"``{name}``" in function.__doc__ or f"``{generic}" in function.__doc__


@every
def test_a_table_marks_what_a_secondary_source_says_and_nothing_else(run, function):
    result = run(function)
    marked = [row for row in result.rows if row.words()[1].endswith("*")]
    assert marked == [row for row in result.rows if row.provenance == SECONDARY]
    assert ("from a secondary source" in str(result)) == bool(marked)


def test_the_page_in_docs_is_what_is_computed(run):
    text = page.page([run(function) for function in REPRODUCTIONS])
    written = page.PAGE.read_text(encoding="utf-8")
    assert written == text, page.first_difference(written, text)


def test_a_number_of_a_paper_needs_a_provenance_and_the_other_way_round():
    for known in ({"paper": 7}, {"provenance": READ}, {"paper": 7, "provenance": "hearsay"}):
        with pytest.raises(ValueError, match="needs the other"):
            Row("sweeps", 7, 6, 8, **known)


def test_a_row_outside_its_band_does_not_hold():
    outside = (5.9, 8.1, float("nan"))
    assert Row("sweeps", 6, 6, 8).holds and Row("sweeps", 8, 6, 8).holds
    assert not any(Row("sweeps", ours, 6, 8).holds for ours in outside)


def test_the_printed_table_has_one_line_for_each_row_with_paper_ours_and_band():
    row = Row("sweeps", 1945.0, 1000, 3000, 1425, READ)
    made = Reproduction("Mirror", ("06",), "Somebody 1986, page 1", "As there.", (row,), {})
    assert str(made).splitlines()[2].split() == ["sweeps", "1,425", "1,945", "1,000", "to", "3,000"]


def test_small_numbers_are_written_with_a_power_of_ten():
    words = [number(value) for value in (0.000372, 2.5e-08, 0.0, 0.00125)]
    assert words == ["3.7e-04", "2.5e-08", "0", "0.00125"]
