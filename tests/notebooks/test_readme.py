"""The README shows what there is: its counts are those a command prints, its map lists what was built."""

import re
from pathlib import Path

from tools import counts

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_counts_in_the_readme_are_those_of_today():
    assert counts.table() in README, "run: python -m tools.counts --write"


def test_every_count_is_above_zero():
    assert all(number > 0 for _, number in counts.counts())


def test_the_map_lists_every_lesson_that_is_built():
    listed = re.findall(r"\(notebooks/(\w+\.ipynb)\)", README)
    built = sorted(path.name for path in (ROOT / "notebooks").glob("*.ipynb"))
    assert sorted(listed) == built


def test_every_link_of_the_readme_leads_somewhere():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert [link for link in links if "://" not in link and not (ROOT / link).exists()] == []


def test_the_minutes_in_the_map_are_those_of_the_lessons():
    for number, minutes in re.findall(r"^\| (\d\d) \| .*? \| (\d+) \|", README, re.M):
        source = next((ROOT / "sources" / "lessons").glob(f"{number}_*.py")).read_text(encoding="utf-8")
        row = re.search(r"\*\*Time\*\* \| (.*)", source).group(1)
        said = [int(m) for m in re.findall(r"(\d+) (?:minutes|more)", row)]
        assert sum(said) == int(minutes), number
