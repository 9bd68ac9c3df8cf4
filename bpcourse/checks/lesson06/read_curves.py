"""06.4: what is wrong in each of six trainings, read off their loss curves."""

from __future__ import annotations

from ..exercise import Exercise, Mistake
from . import curves


def read_curves():
    """The cause of each of the six curves, as letters."""
    return [curves.PLANTED[name] for name in curves.NAMES]


# Two confusions have a number of their own: a flat loss taken for a small rate, a large rate taken for a sign.
CONFUSED = {("E", "C"): "M184", ("F", "C"): "M184", ("B", "D"): "M185"}


def curve_mistakes():
    """A sentence for every letter that somebody may give, for each curve."""
    made = []
    for k, name in enumerate(curves.NAMES):
        cause = curves.PLANTED[name]
        for letter in curves.CAUSES:
            if letter == cause:
                continue
            ident = CONFUSED.get((cause, letter), f"{curves.MISTAKE[cause]}-as-{letter}")
            answer = [letter if i == k else None for i in range(len(curves.NAMES))]
            text = curves.sentence(name, letter)
            made.append(Mistake(f"{ident}:{k + 1}", wrong=lambda a=answer: a, message=text))
    return tuple(made)


EXERCISE = Exercise(
    id="06.4",
    name="read_curves",
    points=3,
    title="Name the cause of six loss curves",
    kind="choose",
    returns=curves.NAMES,
    reference=read_curves,
    mistakes=curve_mistakes(),
    hints=(
        "Ask of each curve: does it rise or fall in its first 20 steps, and in one jump or evenly? Where does it end? Is it smooth?",
        "½ is the loss when all answers are stuck at 0 or 1, ¼ when all are ½. A loss that never moves has two possible reasons, "
        "and the gap between the hidden units tells which.",
        "One curve climbs evenly, one jumps to ½; one falls hardly at all; one never comes to rest; two are flat, one of them with twins.",
    ),
)
