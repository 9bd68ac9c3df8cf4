"""What an exercise *is*: one description, used by the notebook, by the grader and by CI.

An :class:`Exercise` holds everything that is known about one task: a reference
implementation, the inputs it is tried on, the wrong answers that learners are known to
give, and three hints. Nothing here runs a learner's code; `observe` does that, and
`verdict` compares what was observed.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

Kind = Literal["write", "predict", "choose", "debug", "test", "construct"]
PER_ITEM: frozenset[str] = frozenset({"predict", "choose", "debug", "test"})


@dataclass(frozen=True)
class Case:
    """One set of inputs, and the sizes that give a wrong factor its name.

    Parameters
    ----------
    name : str
        How a message calls this case: ``"7 examples"``, ``"the square case"``.
    inputs : tuple
        Positional arguments of the learner's function (or of the driver, after it).
    sizes : mapping of str to int
        What N, D, H and C are here. Read from the case, never guessed from shapes.
    """

    name: str
    inputs: tuple = ()
    sizes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Mistake:
    """A known wrong answer, as a program, with the sentence a learner should get.

    Parameters
    ----------
    id : str
        Number in the catalogue of mistakes, such as ``"M23"``.
    wrong : callable
        The wrong answer, with the signature of the reference.
    message : str or callable
        What to tell the learner. A string is a format template over the facts of the
        first failing case (see `bpcourse.checks.facts`); a callable receives the facts.
    kind : {"wrong", "note"}
        A note is a right value reached in a bad way: full points, and the message.
    aliases : tuple of str
        Other ids that give the same outcome on every case.
    cause : str
        The mistake alone, without its effect: what is said of it where it is one of two.
    documented : mapping
        The symptom as the catalogue of mistakes has it, by part and measure:
        ``{"dW rel": 0.6, "dW cos": 0.2}``, ``{"factor": "1/N"}``, ``{"shape": (7, 1)}``; the
        part is left out where there is one part. CI measures it again.
    at : str
        Name of the case on which `documented` was measured; the first that fails if empty.
    """

    id: str
    wrong: Callable
    message: str | Callable[[Mapping[str, Any]], str]
    kind: Literal["wrong", "note"] = "wrong"
    aliases: tuple[str, ...] = ()
    cause: str = ""
    documented: Mapping[str, Any] = field(default_factory=dict)
    at: str = ""


@dataclass(frozen=True)
class Exercise:
    """One task of the course.

    Parameters
    ----------
    id, name, title : str
        ``"04.2"``, the name of the learner's function, and a title with a verb.
    points : int
        Points of the exercise; 0 for a check inside a lesson's text.
    kind : str
        ``"write"`` and ``"construct"`` pay all or nothing, the others per item.
    returns : tuple of str
        Names of what comes back, so that a message can use them.
    reference : callable
        The right answer.
    cases : callable
        ``cases(rng) -> list of Case``: the inputs, drawn from a seeded generator.
    mistakes : tuple of Mistake
    hints : tuple of three str
        The idea, the formula, the skeleton.
    drive : callable, optional
        ``drive(function, *inputs) -> outputs`` for what cannot travel to another process.
    score : callable, optional
        ``score(answers, references) -> share`` in [0, 1], in place of the kind's rule.
    variants : callable, optional
        ``variants(ids) -> function`` with these mistakes made together, for pairs.
    home : str, optional
        The notebook it lives in, where that is not the lesson its id begins with.
    """

    id: str
    name: str
    points: int
    title: str
    kind: Kind
    returns: tuple[str, ...]
    reference: Callable
    cases: Callable[[np.random.Generator], list[Case]] = lambda rng: [Case("")]
    mistakes: tuple[Mistake, ...] = ()
    hints: tuple[str, str, str] = ("", "", "")
    drive: Callable | None = None
    score: Callable | None = None
    variants: Callable | None = None
    home: str = ""

    @property
    def lesson(self) -> str:
        """Number of the notebook that holds this exercise, such as ``"04"``."""
        return self.home or self.id[:2]

    @property
    def input_names(self) -> tuple[str, ...]:
        """Names of the inputs, as the reference's signature has them."""
        return tuple(inspect.signature(self.reference).parameters)

    @property
    def pays_per_item(self) -> bool:
        """Whether each item of the answer is marked on its own."""
        return self.kind in PER_ITEM


def quiz(id: str, answer: str, *, wrong: Mapping[str, str], right: str = "") -> Exercise:
    """A multiple-choice question inside a lesson: one letter, no points.

    Parameters
    ----------
    id : str
        Such as ``"04.q1"``.
    answer : str
        The right letter.
    wrong : mapping of str to str
        Each wrong letter, and the sentence that explains why it is wrong.
    right : str
        What to add when the answer is right.
    """

    def mistake(letter: str, sentence: str) -> Mistake:
        return Mistake(f"{id}{letter}", wrong=lambda: letter, message=sentence)

    return Exercise(
        id=id,
        name=f"quiz {id[-1]}",
        points=0,
        title="Self-quiz",
        kind="choose",
        returns=("letter",),
        reference=lambda: answer,
        mistakes=tuple(mistake(k, v) for k, v in wrong.items()),
        hints=(right, "", ""),
    )
