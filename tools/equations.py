"""The tags of the equations, in lessons and in docstrings: both sides must have the same ones."""

import ast
import re

from tools.sources import ROOT

TAG = re.compile(r"\bEqs?\.\s*\((\d+)\.(\d+)\)|\\tag\{(\d+)\.(\d+)\}")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def tags_in(text):
    """Return the tags in a text, as a set of strings such as ``4.3``."""
    return {".".join(filter(None, found.groups())) for found in TAG.finditer(text)}


def docstring_tags(root=ROOT):
    """Return the tags in the docstrings of the package."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (root / "bpcourse").rglob("*.py")]
    return set().union(*(tags_in(ast.get_docstring(node) or "") for tree in trees for node in ast.walk(tree)
                         if isinstance(node, DOCUMENTED)))


def lesson_tags(root=ROOT):
    """Return, by the lesson's number without leading zeros, the tags in the text of each lesson's source."""
    return {path.stem.split("_")[0].lstrip("0") or "0": tags_in(path.read_text(encoding="utf-8"))
            for path in sorted((root / "sources" / "lessons").glob("*.py"))}


def complaints(root=ROOT):
    """Say which tags only one side has.

    A lesson must hold every tag of its own number that a docstring has; the docstrings must have every tag
    that a lesson uses, its own or another's. Tags of lessons without a source yet do not count.
    """
    in_code, by_lesson = docstring_tags(root), lesson_tags(root)
    found = []
    for number, tags in by_lesson.items():
        own = {tag for tag in in_code if tag.split(".")[0] == number}
        found += [f"Eq. ({tag}) is in a docstring but not in lesson {number}" for tag in sorted(own - tags)]
        found += [f"Eq. ({tag}) is in lesson {number} but in no docstring" for tag in sorted(tags - in_code)]
    return found
