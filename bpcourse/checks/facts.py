"""What a message may talk about: the facts of the first case in which an answer failed.

A message is a ``str.format`` template. Its slots are

- the inputs by name (``{X.shape}``), and the sizes of the case (``{N}``);
- ``{got[dW]}``, the learner's own answer by part, or ``{got}`` where there is one part;
- ``{case}``, the name of the case; ``{cos}`` and ``{ratio}``, the cosine with the right
  answer and the factor to it; ``{error}``, the text of an exception.

The right answer itself is not among them: no message can print it.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any

import numpy as np

from .compare import as_number, parts
from .exercise import Case, Exercise
from .observe import Outcome


class Facts(dict):
    """The slots of a message; a slot that does not exist is a bug of the catalogue."""

    def fill(self, message: Any) -> str:
        """The message with its slots filled."""
        if callable(message):
            return message(self)
        return Formatter().vformat(message, (), self)


def gather(exercise: Exercise, case: Case, outcome: Outcome, reference: Outcome) -> Facts:
    """The facts of one case."""
    facts = Facts(zip(exercise.input_names, case.inputs, strict=False))
    facts.update(case.sizes)
    got = parts(outcome.value, exercise.returns)
    facts["case"] = case.name
    facts["got"] = outcome.value if got is None or len(exercise.returns) == 1 else _arrays(got)
    if len(exercise.returns) == 1 and as_number(outcome.value) is not None:
        facts["got"] = as_number(outcome.value)
    facts["error"] = outcome.error_text
    facts["cos"], facts["ratio"] = _angle_and_ratio(outcome.value, reference.value, exercise.returns)
    return facts


def _arrays(got: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v if as_number(v) is None else as_number(v) for k, v in got.items()}


def _angle_and_ratio(got: Any, want: Any, names: tuple[str, ...]) -> tuple[float, float]:
    """Cosine and size ratio of the whole answer to the right one, nan where not comparable."""
    a, b = _flat(got, names), _flat(want, names)
    if a is None or b is None or a.shape != b.shape:
        return np.nan, np.nan
    with np.errstate(all="ignore"):
        na, nb = np.linalg.norm(a), np.linalg.norm(b)
        return float(a @ b / (na * nb)), float(na / nb)


def _flat(value: Any, names: tuple[str, ...]) -> np.ndarray | None:
    taken = parts(value, names)
    arrays = [as_number(v) for v in taken.values()] if taken else []
    if not arrays or any(a is None for a in arrays):
        return None
    return np.concatenate([np.ravel(a).astype(float) for a in arrays])
