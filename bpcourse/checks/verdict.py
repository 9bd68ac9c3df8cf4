"""From what was observed to a verdict, and to the sentence a learner reads.

The order: not attempted; right; a registered mistake (the whole vector of outcomes over
all cases must agree, so a mistake is never named by accident), or a pair of them; then
what can be said of any answer (see `general`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np

from . import general
from .compare import fits, parts, same, same_outcome
from .exercise import Case, Exercise, Mistake
from .facts import gather
from .observe import Outcome, observe

DEFAULT_SEED = 2024
Status = Literal["right", "note", "partly", "wrong", "not attempted"]


@dataclass(frozen=True)
class CheckResult:
    """The verdict on one exercise.

    Attributes
    ----------
    exercise : Exercise
    status : str
        "right", "note" (right, with a remark), "partly", "wrong" or "not attempted".
    points, max_points : float
    mistake : str or None
        Id of the registered mistake that was recognised ("M21+M36" for a pair).
    message : str
        What the learner reads.
    """

    exercise: Exercise
    status: Status
    points: float
    max_points: float
    mistake: str | None = None
    message: str = ""

    @property
    def passed(self) -> bool:
        """Whether the answer is right."""
        return self.status in ("right", "note")


def evaluate(exercise: Exercise | str, function: Callable, *, seed: int = DEFAULT_SEED) -> CheckResult:
    """Judge a function at hand; never raises for what the function does.

    Parameters
    ----------
    exercise : Exercise or str
        An exercise, or its id in the catalogue.
    function : callable
        The learner's answer. A plain value stands for a function that returns it.
    seed : int
        Seed of the inputs.

    Returns
    -------
    CheckResult
    """
    found = resolve(exercise)
    if not callable(function) and function is not ... and found.input_names:
        words = f'Give `check` the function itself, without calling it: `check("{found.id}", {found.name})`.'
        return CheckResult(found, "wrong", 0.0, found.points, message=words)
    answer = function if callable(function) else lambda *_: function
    return evaluate_calls(found, lambda _, inputs: observe(answer, inputs, found.drive), seed=seed)


def evaluate_calls(
    exercise: Exercise | str, call: Callable[[str, tuple], Outcome], *, seed: int = DEFAULT_SEED
) -> CheckResult:
    """Judge an answer that lives elsewhere: ``call(exercise_id, inputs) -> Outcome``.

    Parameters are those of `evaluate`; `call` sends one set of inputs to wherever the
    learner's function is and brings back what `observe` saw there.
    """
    trial = Trial.of(resolve(exercise), call, seed)
    return (
        trial.not_attempted()
        or trial.right()
        or trial.by_items()
        or trial.known_mistake()
        or trial.pair()
        or trial.otherwise()
    )


def resolve(exercise: Exercise | str) -> Exercise:
    """The exercise itself, looked up in the catalogue where an id is given."""
    if isinstance(exercise, Exercise):
        return exercise
    from .catalogue import find

    return find(exercise)


@dataclass(frozen=True)
class Trial:
    """One answer, tried on every case, beside the reference."""

    exercise: Exercise
    cases: Sequence[Case]
    outcomes: Sequence[Outcome]
    references: Sequence[Outcome]

    @classmethod
    def of(cls, exercise: Exercise, call: Callable[[str, tuple], Outcome], seed: int) -> Trial:
        """Draw the cases, run the reference on them here and the answer through `call`."""
        cases = exercise.cases(np.random.default_rng(seed))
        outcomes = []
        for case in cases:
            outcomes.append(call(exercise.id, case.inputs))
            if not outcomes[-1].attempted:
                break
        references = [observe(exercise.reference, c.inputs, exercise.drive) for c in cases]
        return cls(exercise, cases, outcomes, references)

    def result(
        self, status: Status, message: str, *, share: float = 0.0, mistake: str | None = None
    ) -> CheckResult:
        points = round(self.exercise.points * share, 6)
        return CheckResult(self.exercise, status, points, self.exercise.points, mistake, message)

    def not_attempted(self) -> CheckResult | None:
        if all(o.attempted for o in self.outcomes):
            return None
        return self.result("not attempted", "Not attempted yet.")

    def right(self) -> CheckResult | None:
        if not all(same_outcome(o, r) for o, r in zip(self.outcomes, self.references, strict=True)):
            return None
        for mistake in self.exercise.mistakes:
            if mistake.kind == "note" and self._did(mistake.wrong, with_warnings=True):
                return self.result("note", self._fill(mistake), share=1.0, mistake=mistake.id)
        return self.result("right", general.praise(self.exercise), share=1.0)

    def by_items(self) -> CheckResult | None:
        """Choose, predict, debug, test: each item is marked, and each wrong item is explained."""
        if not self.exercise.pays_per_item or not self._structured():
            return None
        if len(self._right_items()) == len(self.exercise.returns) and self._share() == 1:
            return self.result("right", general.praise(self.exercise), share=1.0)
        # One mistake that explains the whole answer says more than one for each of its items.
        whole = [m for m in self.exercise.mistakes if self._did(m.wrong)][:1]
        found = whole or [m for m in self.exercise.mistakes if self._items_agree(m)]
        sentences = [self._fill(m) for m in found] or self._way_on()
        share = self._share()
        lines = [general.tally(self.exercise, self._right_items()), *dict.fromkeys(sentences)]
        text = "\n".join(filter(None, lines))
        ids = "+".join(m.id for m in found) or None
        return self.result("partly" if share else "wrong", text, share=share, mistake=ids)

    def known_mistake(self) -> CheckResult | None:
        found = [m for m in self.exercise.mistakes if m.kind == "wrong" and self._did(m.wrong)]
        # Two mistakes with the same values are told apart by the warnings they cause.
        found.sort(key=lambda m: not self._did(m.wrong, with_warnings=True))
        return self.result("wrong", self._fill(found[0]), mistake=found[0].id) if found else None

    def pair(self) -> CheckResult | None:
        """Two mistakes made together, where the exercise can build such a pair."""
        if self.exercise.variants is None or any(o.error for o in self.outcomes):
            return None
        found = []
        for a, b in combinations([m for m in self.exercise.mistakes if m.cause], 2):
            both = self.exercise.variants((a.id, b.id))
            if both is not None and self._did(both):
                found.append((a, b, self._did(both, with_warnings=True)))
        if not found:
            return None
        # As with one mistake, pairs with the same values are told apart by their warnings.
        a, b, _ = min(found, key=lambda pair: not pair[2])
        text = f"Two things at once: {a.cause or self._fill(a)}; and {b.cause or self._fill(b)}."
        return self.result("wrong", text, mistake=f"{a.id}+{b.id}")

    def otherwise(self) -> CheckResult:
        return self.result(
            "wrong", general.describe(self.exercise, self.cases, self.outcomes, self.references)
        )

    def _did(self, wrong: Callable, *, with_warnings: bool = False) -> bool:
        """Whether the answer did on every case what `wrong` does, and not by raising alone."""
        theirs = []
        for case, mine in zip(self.cases, self.outcomes, strict=True):
            theirs.append(observe(wrong, case.inputs, self.exercise.drive))
            if not same_outcome(mine, theirs[-1], with_warnings=with_warnings):
                return False
        if all(o.error for o in theirs):
            return all(a.error_text == b.error_text for a, b in zip(self.outcomes, theirs, strict=True))
        return True

    def _fill(self, mistake: Mistake) -> str:
        rows = list(zip(self.cases, self.outcomes, self.references, strict=True))
        failed = [r for r in rows if not same_outcome(r[1], r[2])] or rows
        failed.sort(key=lambda r: bool(r[1].error))  # a case with numbers says more than one that raised
        return gather(self.exercise, *failed[0]).fill(mistake.message)

    def _way_on(self) -> list[str]:
        """What to say to items that no registered mistake explains."""
        rows = zip(self._items(self.outcomes), self._items(self.references), strict=True)
        names = self.exercise.returns
        if any(isinstance(a[k], str) and not isinstance(r[k], str) for a, r in rows for k in names):
            return ["What you wrote stands in quotes. Write numbers and shapes without them."]
        return general.way_on(self.exercise)

    def _structured(self) -> bool:
        rows = zip(self.outcomes, self.references, strict=True)
        return all(not o.error and fits(o.value, r.value, self.exercise.returns) for o, r in rows)

    def _items(self, outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
        return [parts(o.value, self.exercise.returns) or {} for o in outcomes]

    def _right_items(self) -> list[str]:
        mine, right = self._items(self.outcomes), self._items(self.references)
        return [
            name
            for name in self.exercise.returns
            if all(same(a[name], b[name]) for a, b in zip(mine, right, strict=True))
        ]

    def _share(self) -> float:
        if self.exercise.score is not None:
            return float(
                self.exercise.score([o.value for o in self.outcomes], [o.value for o in self.references])
            )
        return len(self._right_items()) / len(self.exercise.returns)

    def _items_agree(self, mistake: Mistake) -> bool:
        """Whether every item that this mistake gets wrong is wrong in this very way."""
        theirs = self._items([observe(mistake.wrong, c.inputs, self.exercise.drive) for c in self.cases])
        mine, right = self._items(self.outcomes), self._items(self.references)
        rows = [
            (m[name], t[name])
            for m, t, r in zip(mine, theirs, right, strict=True)
            for name in t
            if t[name] is not None and not same(t[name], r[name])
        ]
        return bool(rows) and all(same(m, t) for m, t in rows)
