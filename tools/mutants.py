"""Do tests and checks notice? One change at a time, ``mutants.py [--math] [--exercises] [--notebooks]``.

The mathematics: one sign, factor, transpose, axis or comparison in a backward pass, a step, or a line of the
second implementation, then ``tests/equations``. The tests are collected once; each mutant is tried in a
forked child of that process, so trying one costs milliseconds. The exercises: one place of a right
answer, then its own check, see `answers`. The notebooks: one digit in one output of each, then nbval. What
nobody notices is printed as a diff, and the exit code is 1 unless everything was noticed.
"""

import argparse
import gc
import os
import signal
import sys
import tempfile
from pathlib import Path

if not __package__:  # run as a file, as `make mutants` does
    sys.path[0] = str(Path(__file__).resolve().parents[1])

import hypothesis
import pytest
from tqdm import tqdm

from tools import answers, digits, mutate
from tools.sources import ROOT

TESTS = "tests/equations"
# The warning is about plugins that were imported before pytest looked for them.
QUIETLY = ["-p", "no:cacheprovider", "--capture=no", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
PATIENCE = 60  # seconds, for a change that makes a loop endless
CAUGHT, SURVIVED = 10, 11  # exit codes of a child; anything else is a fault of this program
SKIPS = (pytest.skip.Exception, pytest.xfail.Exception)
PHASES = (hypothesis.Phase.explicit, hypothesis.Phase.generate)  # to fail is enough: no shrinking

#: Mutants that compute the same numbers, by function, line and changed line, each with the reason.
EQUIVALENT = {
    ("_count_uses", "uses, found = ({output: 0}, [output])", "uses, found = ({output: 1}, [output])"):
        "how often the output itself is used is never looked at",
    ("Value.__add__", "return Value(self.data + other.data, (self, other), '+', (1.0, 1.0))",
     "return Value(self.data + other.data, (other, self), '+', (1.0, 1.0))"): "both slopes are 1",
    ("Value.__neg__", "return self * -1", "return self / -1"): "a / -1 is a · -1",
    ("_measure", "largest = max((float(np.abs(g).max()) for g in arrays.values() if g.any()), default=1.0)",
     "largest = max((float(np.abs(g).max()) for g in arrays.values() if g.any()), default=2.0)"):
        "zeros have the length 0, whatever they are divided by",
    ("dropout_mask", "keep = as_generator(random_state).random(shape) >= p",
     "keep = as_generator(random_state).random(shape) > p"): "a draw meets p exactly once in 2^53 times",
    ("warmup",
     "return lambda step: follow(1) * _checked(step) / steps if step < steps else follow(step - steps + 1)",
     "return lambda step: follow(1) * _checked(step) / steps if step <= steps else follow(step - steps + 1)"):
        "at the last step of the rise both say the full rate",
    ("growth_rate", "v = v / norm @ W.T", "v = -(v / norm @ W.T)"): "a length has no sign",
    ("log_slope", "return float(layers @ np.log10(norms) / (layers @ layers))",
     "return float(np.log10(norms) @ layers / (layers @ layers))"): "of two vectors, a @ b is b @ a",
    ("_relu", "return np.maximum(a, np.zeros(a.shape[-1:], a.dtype))",
     "return np.maximum(a, np.zeros(a.shape[1:], a.dtype))"): "more zeros are broadcast to the same",
    **{(name, f"return apply('{gate}', {a}, {b})", f"return apply('{gate}', {b}, {a})"): "a ∘ b is b ∘ a"
       for name, gate, a, b in [
           ("Tensor.__add__", "add", "self", "other"), ("Tensor.__radd__", "add", "other", "self"),
           ("Tensor.__mul__", "multiply", "self", "other"), ("maximum", "maximum", "a", "b"),
           ("Tensor.maximum", "maximum", "self", "other")]},
}


class Trial:
    """A pytest plugin that tries mutants instead of running the collected tests."""

    def __init__(self, mutants, jobs):
        self.mutants, self.jobs = mutants, jobs
        self.survivors, self.complaint = [], f"{TESTS} did not start"
        self.in_child, self.failed = False, []

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config):
        """Say nothing: what pytest would report is of no interest here."""
        config.pluginmanager.unregister(name="terminalreporter")

    def pytest_sessionstart(self):
        """Set what the tests' own settings start from."""
        hypothesis.settings.register_profile("mutants", phases=PHASES, database=None)
        hypothesis.settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        """Try the unchanged package first, then every mutant, a few children at a time.

        The first run also warms this process up for its children.
        """
        if session.testsfailed or not session.items:
            self.complaint = f"{TESTS} could not be collected"
            return True
        _run(session.items)
        if self.failed:
            self.complaint = f"{TESTS} fails without any change: {self.failed[0]}"
            return True
        gc.freeze()
        self._try_all(session.items)
        self.complaint = ""
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_makereport(self, item, call):
        """The first failure is enough, and nobody reads about it."""
        meant = item.get_closest_marker("xfail") or (call.excinfo and call.excinfo.errisinstance(SKIPS))
        if call.excinfo and not meant:
            if self.in_child:
                os._exit(CAUGHT)
            self.failed.append(item.nodeid)

    def _try_all(self, items):
        """Keep as many children running as there are jobs."""
        running = {}
        with tqdm(total=len(self.mutants), unit="mutant", disable=not sys.stderr.isatty()) as bar:
            for mutant in self.mutants:
                running[self._start(mutant, nearest_first(items, mutant))] = mutant
                if len(running) == self.jobs:
                    self.survivors += self._wait(running)
                    bar.update()
            while running:
                self.survivors += self._wait(running)
                bar.update()

    def _start(self, mutant, items):
        """Fork a child that runs the tests with a mutant; return its process id."""
        child = os.fork()
        if child:
            return child
        self.in_child = True
        try:
            _be_silent()
            signal.alarm(PATIENCE)
            mutant.install()
            _run(items)
            os._exit(SURVIVED)
        finally:
            os._exit(1)

    def _wait(self, running):
        """Wait for one child; return its mutant in a list if it survived."""
        child, status = os.wait()
        mutant, code = running.pop(child), os.waitstatus_to_exitcode(status)
        if code not in {CAUGHT, SURVIVED, -signal.SIGALRM}:
            raise RuntimeError(f"a child ended with {code}; it tried {mutant.diff}")
        return [mutant] if code == SURVIVED else []


def _run(items):
    """Run tests in this order."""
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.ihook.pytest_runtest_protocol(item=item, nextitem=following)


def _be_silent():
    """Send what a child says to nobody."""
    nobody = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nobody, 1)
    os.dup2(nobody, 2)


def nearest_first(items, mutant):
    """Return the tests in an order that soon finds the mutant: first those that name its function."""
    table, _, row = mutant.function.rsplit(".", 1)[-1].partition("[")
    rooms = mutant.module.split(".")
    files = {path for path in {item.path for item in items}
             if table in path.read_text(encoding="utf-8") or rooms[0] in path.stem}
    words = {*table.split("_"), row.strip("']"), rooms[-1]} - {"", "backward", "step"}
    named = {item: sum(word in item.nodeid for word in words) for item in items}
    return sorted(items, key=lambda item: (item.path not in files, -named[item]))


def mathematics():
    """Return every mutant that computes other numbers."""
    mutants = [mutant for module in mutate.MODULES for mutant in mutate.mutants_of(module)]
    known = {(m.function, m.before, m.after, m.place): m for m in mutants}
    idle = [" / ".join(key) for key in EQUIVALENT if key not in {known_key[:3] for known_key in known}]
    if idle:
        raise SystemExit("EQUIVALENT lists what is no longer a mutant:\n" + "\n".join(idle))
    return [mutant for key, mutant in known.items() if key[:3] not in EQUIVALENT]


def total():
    """Return how many changes a full run tries."""
    return len(mathematics()) + len(answers.wrong()[0]) + len(digits.notebooks())


def try_mathematics(jobs):
    """Try every mutant of floor 1; return how many there were, and what survived in words."""
    trial = Trial(mathematics(), jobs)
    pytest.main([*QUIETLY, str(ROOT / TESTS)], plugins=[trial])
    if trial.complaint:
        raise SystemExit(trial.complaint)
    return len(trial.mutants), [mutant.diff for mutant in trial.survivors]


def try_notebooks():
    """Change a digit in every built notebook; return how many there were, and what nbval missed in words."""
    with tempfile.TemporaryDirectory(prefix="bpcourse-digits-") as name:
        folder = Path(name)
        changed = digits.change_all(folder)
        failed = digits.failures(folder) if changed else {}
    return len(changed), [missed for place, what in changed.items() if (missed := judge(place, what, failed))]


def judge(place, what, failed):
    """Return in words why a changed notebook does not count as caught, or nothing if it does."""
    if what is None:
        return f"{place}: no output has a digit"
    cell, diff = what
    if failed.get(place) == [cell]:
        return ""
    return f"{place}, code cell {cell}; nbval fails at {failed.get(place, 'no cell, it did not run')}\n{diff}"


def main(arguments=None):
    """Try what is asked for, print what survived and the count; return the exit code."""
    parser = argparse.ArgumentParser(prog="tools/mutants.py", description="Do the tests notice one change?")
    for part in ("math", "exercises", "notebooks"):
        parser.add_argument(f"--{part}", dest="parts", action="append_const", const=part, help=f"the {part}")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="children at a time, for the math")
    options = parser.parse_args(arguments)
    ways = {"exercises": answers.try_answers, "math": lambda: try_mathematics(options.jobs),
            "notebooks": try_notebooks}
    parts = [way() for part, way in ways.items() if part in (options.parts or ways)]
    total, survivors = sum(part[0] for part in parts), [words for part in parts for words in part[1]]
    for words in survivors:
        print(f"not noticed: {words}")
    print(f"mutants: {total - len(survivors)}/{total}")
    return 0 if total and not survivors else 1


if __name__ == "__main__":
    sys.exit(main())
