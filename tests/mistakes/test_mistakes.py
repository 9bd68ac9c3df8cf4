"""Every registered mistake fails with its own message, and shows the symptom it is said to show.

Run with ``-s`` for the table: id, exercise, measured symptom, message.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from bpcourse.checks import catalogue, evaluate
from bpcourse.checks.compare import distance, same_outcome
from bpcourse.checks.verdict import DEFAULT_SEED

from .symptoms import in_words, measure, outcomes

SEEDS = range(20)
EXERCISES = list(catalogue().values())
MISTAKES = [(e, m) for e in EXERCISES for m in e.mistakes]
IDS = [f"{e.id}-{m.id}" for e, m in MISTAKES]
WRITTEN = [(e, m) for e, m in MISTAKES if not e.pays_per_item]


@pytest.mark.parametrize(("exercise", "mistake"), MISTAKES, ids=IDS)
def test_a_registered_mistake_gets_its_own_message(exercise, mistake):
    result = evaluate(exercise, mistake.wrong)
    named = (result.mistake or "").split("+")
    assert mistake.id in named or set(mistake.aliases) & set(named), result.message
    assert result.passed == (mistake.kind == "note")
    assert len(result.message) > 30 and "{" not in result.message
    print(
        f"\n{mistake.id} | {exercise.id} | {in_words(exercise, mistake, DEFAULT_SEED)} | {result.message}",
        end="",
    )


@pytest.mark.parametrize("exercise", EXERCISES, ids=[e.id for e in EXERCISES])
def test_each_mistake_of_an_exercise_has_a_different_message(exercise):
    texts = [m.message for m in exercise.mistakes if isinstance(m.message, str)]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("exercise", EXERCISES, ids=[e.id for e in EXERCISES])
def test_mistakes_can_be_told_apart_on_every_seed(exercise):
    for seed in (DEFAULT_SEED, 1, 2):
        for a, b in combinations([m for m in exercise.mistakes if not exercise.pays_per_item], 2):
            if b.id in a.aliases or a.id in b.aliases:
                continue
            rows = zip(outcomes(exercise, a.wrong, seed), outcomes(exercise, b.wrong, seed), strict=True)
            assert not all(same_outcome(x, y, with_warnings=True) for (_, x), (_, y) in rows), (
                a.id,
                b.id,
                seed,
            )


@pytest.mark.parametrize(("exercise", "mistake"), WRITTEN, ids=[f"{e.id}-{m.id}" for e, m in WRITTEN])
def test_a_wrong_answer_is_far_from_the_right_one_on_some_case(exercise, mistake):
    for seed in SEEDS:
        right, wrong = (outcomes(exercise, f, seed) for f in (exercise.reference, mistake.wrong))
        rows = [(w, r) for (_, w), (_, r) in zip(wrong, right, strict=True)]
        seen = any(w.error != r.error or w.changed != r.changed or w.warnings != r.warnings for w, r in rows)
        assert seen or max(distance(w.value, r.value) for w, r in rows) > 1e-3, seed


DOCUMENTED = [(e, m, k, v) for e, m in MISTAKES for k, v in m.documented.items()]


@pytest.mark.parametrize(
    ("exercise", "mistake", "key", "value"),
    DOCUMENTED,
    ids=[f"{e.id}-{m.id}-{k}" for e, m, k, _ in DOCUMENTED],
)
def test_the_symptom_is_the_documented_one(exercise, mistake, key, value):
    """Factors and shapes exactly; a number within 20 % of what twenty draws show."""
    seen = [measure(exercise, mistake, key, seed) for seed in SEEDS]
    if key.endswith("factor"):
        assert all(value in names for names in seen)
    elif key.endswith("shape"):
        assert all(shape == value for shape in seen)
    else:
        low, high = np.min(seen), np.max(seen)
        slack = 0.2 * abs(value) + 1e-12
        assert low - slack <= value <= high + slack, f"documented {value}, measured {low:.3g} to {high:.3g}"
