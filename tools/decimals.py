"""Every decimal in prose is computed: it is in an output of its notebook, or marked as given.

The mark is a comment in the same text cell, ``<!-- given: 0.7 1.5 -->``, for an input or a paper's figure.
"""

import re

from tools.outputs import SUMMARY, code_cells, plain, text_cells, texts

GIVEN = re.compile(r"<!--\s*given:(.*?)-->", re.DOTALL)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
TAG_LIKE = re.compile(r"(?<![\w)])\((\d{1,2}\.\d{1,2})\)")
NOT_NUMBERS = re.compile(
    r"\\tag\{[^}]*\}"  # the tag of an equation
    r"|Eqs?\.\s*\(\d+\.\d+\)"  # a reference to one
    r"|\b0\d\.\w+|\b\d\d[a-z]?\.[a-z]\d?\b"  # an exercise or a check: 04.2, 04.a, 15b.q1
    r"|^#+ \d\d[a-z]?\.\d+|\b[Ee]xercises? \d\d[a-z]?\.\d+"
    r"|https?://\S+|\bdoi:\s*\S+|\b10\.\d{4,}/\S+|\barXiv:\s*\S+"
    r"|\b(?:Python|NumPy|Matplotlib|JupyterLab)\s*(?:≥|>=)?\s*\d+(?:\.\d+)+"
    r"|\d+\.\d+\.\d+(?:\.\d+)*",  # a version
    re.MULTILINE,
)
DECIMAL = re.compile(
    r"(?<![\w.])(\d{1,3}(?:,\d{3})+\.\d+|\d*\.\d+)"
    r"(?:[eE]([-−+]?\d+)|\s*(?:\\times|\\cdot|×|·)\s*10(?:\^\{?([-−+]?\d+)\}?|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)))?"
    r"(\s*\\?%|\s+percent)?")
NUMBER = re.compile(r"(?<![\d.])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹−", "-+0123456789-")


def given(text):
    """Return the numbers that a text cell marks as given, as in ``<!-- given: 0.7 1.5 -->``."""
    return [number for listed in GIVEN.findall(text) for number in re.split(r"[\s,;]+", listed) if number]


def in_prose(text, tags=()):
    """Return the decimals of a text cell, each with the span of values that it may stand for.

    Parameters
    ----------
    text : str
    tags : collection of str
        Tags of equations, such as ``4.3``; ``(4.3)`` is then no number.

    Returns
    -------
    list of (str, list of (float, float))
        As written, and the accepted values as pairs of centre and half width: a percentage has two.
    """
    text = NOT_NUMBERS.sub(" ", COMMENT.sub(" ", text))
    text = TAG_LIKE.sub(lambda found: " " if found[1] in tags else found[0], text)
    return [(found[0].strip(), _spans(found)) for found in DECIMAL.finditer(text)]


def _spans(found):
    """Return what a decimal may stand for: itself, or anything that rounds to it."""
    digits = found[1].replace(",", "")
    power = int(next((p for p in found.groups()[1:4] if p), "0").translate(RAISED))
    centre, half = float(digits) * 10.0**power, 0.5 * 10.0 ** (power - len(digits.partition(".")[2]))
    spans = [(centre, half)]
    return [*spans, (centre / 100, half / 100)] if found[5] else spans


def in_output(text):
    """Return the numbers of an output, without their signs; ``7,128`` is read both ways."""
    text = NOT_NUMBERS.sub(" ", text)
    found = NUMBER.findall(text) + NUMBER.findall(text.replace(",", " "))
    return [float(number.replace(",", "")) for number in found]


def fits(spans, values):
    """Whether one of the values rounds to the decimal with these spans."""
    return any(abs(value - centre) <= half * (1 + 1e-9) + 1e-15 * centre
               for centre, half in spans for value in values)


def complaints(notebook, tags=()):
    """Say which decimals of a notebook's prose nobody computed, and which marks of given ones are idle.

    A figure's description is prose and output at once: what was typed into it must be in another output.
    """
    outputs = [(cell, text) for cell in code_cells(notebook) for text in texts(cell)]
    computed = [value for cell, text in outputs for value in in_output(plain(text))
                if not (text.startswith(SUMMARY) and value in in_output(cell.source))]
    found = [complaint for cell in text_cells(notebook) for complaint in in_text_cell(cell, computed, tags)]
    for cell, text in outputs:
        if text.startswith(SUMMARY):
            found += [f"cell {cell.id}: {number} is typed into a description, and no other output has it"
                      for number, spans in in_prose(plain(text), tags)
                      if number in cell.source and not fits(spans, computed)]
    return found


def in_text_cell(cell, computed, tags):
    """Say what is wrong with the decimals of one text cell."""
    marked = [abs(float(number.translate(RAISED))) for number in given(cell.source)]
    found = in_prose(cell.source, tags)
    missing = [number for number, spans in found if not fits(spans, computed)
               and not any(centre in marked for centre, _ in spans)]
    centres = {centre for _, spans in found for centre, _ in spans}
    return [f"cell {cell.id}: {number} is in no output and not marked as given" for number in missing] \
        + [f"cell {cell.id}: {value} is marked as given, but the cell has no such decimal"
           for value in marked if value not in centres]
