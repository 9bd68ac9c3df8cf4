"""Are an exercise's cases strong enough? Change one place of a right answer: its own check must refuse it.

The right answers are the solutions in ``sources/exercises`` and those in ``tests/right_answers``.
"""

import ast
import re
import signal
import sys
import warnings
from dataclasses import dataclass, replace

from tqdm import tqdm

from bpcourse.checks import catalogue, evaluate
from tools import slips
from tools.equivalents import EQUIVALENT, LEFT_OUT
from tools.sources import ROOT

FOLDERS = ("sources/exercises", "tests/right_answers")
PATIENCE = 0.3  # seconds a call, for a change that makes a loop endless


@dataclass(frozen=True)
class Answer:
    """One changed answer to one exercise."""

    exercise: str
    place: str
    function: str
    before: str
    after: str
    source: str
    surroundings: str

    @property
    def diff(self):
        """The change as two lines of a diff, with its place."""
        return f"{self.place} in {self.function}\n-    {self.before}\n+    {self.after}"

    def build(self):
        """Return the changed function, in a module of its own."""
        names = {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # a slip may well look like one
            exec(compile(self.surroundings, self.place, "exec"), names)
            exec(compile(self.source, self.place, "exec"), names)
        return names[self.function]


def answers():
    """Return every changed answer, in the order of the files."""
    files = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*[0-9]*.py"))]
    return [answer for path in files for answer in _answers_in(path)]


def _answers_in(path):
    """Return the changed answers of one file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    surroundings = ast.unparse(ast.Module([*_imports(tree, functions), *functions], []))
    place = path.relative_to(ROOT).as_posix()
    return [Answer(id, f"{place}:{line}", node.name, before, after, source, surroundings)
            for node in functions for id in _asked(node.name, tree) if not {id, node.name} & LEFT_OUT.keys()
            for line, before, after, source in slips.slips(node)]


def _imports(tree, functions):
    """Return the imports that the functions use; a notebook's others draw figures and check."""
    used = {node.id for function in functions for node in ast.walk(function) if isinstance(node, ast.Name)}
    return [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))
            and used & {alias.asname or alias.name for alias in node.names}]


def _asked(name, tree):
    """Return the exercise that a function answers, in a list, or nothing for a helper."""
    for table in [node.value for node in tree.body if isinstance(node, ast.Assign)
                  and getattr(node.targets[0], "id", "") == "ANSWERS"]:
        return [key.value for key, names in zip(table.keys, table.values, strict=True)
                if name in {entry.id for entry in names.elts}]
    return [e.id for e in catalogue().values() if e.points and e.name == name]


def wrong():
    """Return the changed answers that compute something else, and those that are listed as equivalent."""
    found, alike, used = [], [], set()
    for answer in answers():
        rows = [k for k, (function, line, _) in enumerate(EQUIVALENT)
                if function == answer.function and re.search(line, answer.after)]
        used.update(rows)
        (alike if rows else found).append(answer)
    idle = [f"{function}: {line}" for k, (function, line, _) in enumerate(EQUIVALENT) if k not in used]
    if idle:
        raise SystemExit("EQUIVALENT lists what is no longer a change:\n" + "\n".join(idle))
    return found, alike


def is_refused(answer):
    """Whether the check of the exercise says no; what it would say is of no interest here."""
    exercise, function = replace(catalogue()[answer.exercise], mistakes=(), variants=None), answer.build()
    before = signal.signal(signal.SIGALRM, _too_long)
    signal.setitimer(signal.ITIMER_REAL, PATIENCE, PATIENCE)
    try:
        return not evaluate(exercise, function).passed
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _too_long(*_):
    raise TimeoutError("the answer does not come to an end")


def try_answers():
    """Try every changed answer; return how many there were, and in words what its check let pass."""
    found, alike = wrong()
    shown = tqdm([*found, *alike], unit="answer", disable=not sys.stderr.isatty())
    said = {id(answer): is_refused(answer) for answer in shown}
    refused = [answer.diff for answer in alike if said[id(answer)]]
    if refused:
        raise SystemExit("EQUIVALENT lists what its check refuses:\n" + "\n".join(refused))
    return len(found), [answer.diff for answer in found if not said[id(answer)]]
