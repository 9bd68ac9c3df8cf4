"""The pages on notation and words: in order, complete, and about lessons that exist."""

import re
from pathlib import Path

import pytest

from tools import equations

DOCS = Path(__file__).resolve().parents[2] / "docs"
GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")
NOTATION = (DOCS / "notation.md").read_text(encoding="utf-8")
TERMS = re.findall(r"^\*\*(.+?)\*\* \[(\d\d)\]: (.+)$", GLOSSARY, re.MULTILINE)


def test_the_glossary_is_in_alphabetical_order_and_names_nothing_twice():
    names = [name.casefold() for name, _, _ in TERMS]
    assert len(names) > 50 and names == sorted(set(names))


def test_every_entry_of_the_glossary_has_a_lesson_and_an_explanation():
    assert len(TERMS) == len(re.findall(r"^\*\*", GLOSSARY, re.MULTILINE))
    assert all(0 <= int(lesson) <= 10 and text.endswith(".") for _, lesson, text in TERMS)


@pytest.mark.parametrize("name, lesson, text", TERMS, ids=[name for name, _, _ in TERMS])
def test_an_entry_points_only_to_entries_that_exist(name, lesson, text):
    names = {part.strip() for other, _, _ in TERMS for part in other.split(",")}
    assert set(re.findall(r"^see ([\w -]+)", text)) <= names


def test_the_page_on_notation_lists_every_equation_of_the_code_and_no_other():
    listed = re.findall(r"^\| \((\d+\.\d)\) \|", NOTATION, re.MULTILINE)
    assert sorted(listed) == sorted(equations.docstring_tags())
