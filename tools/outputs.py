"""Look into a notebook: its cells, its tags, the words in its outputs."""

import html
import re

SUMMARY = "<details><summary>Describe this figure</summary>"


def code_cells(notebook):
    """Return the code cells that hold code."""
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def text_cells(notebook):
    """Return the text cells."""
    return [cell for cell in notebook.cells if cell.cell_type == "markdown"]


def has_tag(cell, tag):
    """Whether a cell carries a tag."""
    return tag in cell.metadata.get("tags", [])


def texts(cell):
    """Return the texts in a cell's outputs, as they are stored; pictures are no text."""
    found = []
    for output in cell.get("outputs", []):
        found += [output.get("text", ""), output.get("evalue", ""), *output.get("traceback", [])]
        found += [value for kind, value in output.get("data", {}).items()
                  if isinstance(value, str) and (kind.startswith("text/") or kind.endswith("xml"))]
    return [text for text in found if text]


def plain(markup):
    """Return the words of an HTML or SVG output."""
    return html.unescape(re.sub(r"<[^>]*>", " ", markup))
