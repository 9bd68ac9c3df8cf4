"""10.4: how each of four networks was started, read off its loss curve."""

from __future__ import annotations

from ..exercise import Exercise, Mistake
from . import starts


def what_init_does():
    """The start of each of the four curves, as letters."""
    return [starts.PLANTED[name] for name in starts.NAMES]


# The number in the catalogue of taking one start for another; a flat loss taken for a small rate has its own.
MISTAKE = {"A": "M54", "B": "M54b", "C": "M55", "D": "M55b"}
CONFUSED = {("C", "E"): "M787"}


def start_mistakes():
    """A sentence for every letter that somebody may give, for each curve."""
    made = []
    for k, name in enumerate(starts.NAMES):
        start = starts.PLANTED[name]
        for letter in starts.CAUSES:
            if letter == start:
                continue
            ident = CONFUSED.get((start, letter), f"{MISTAKE[start]}-as-{letter}")
            answer = [letter if i == k else None for i in range(len(starts.NAMES))]
            text = starts.sentence(name, letter)
            made.append(Mistake(f"{ident}:{k + 1}", wrong=lambda a=answer: a, message=text))
    return tuple(made)


EXERCISE = Exercise(
    id="10.4",
    name="what_init_does",
    points=2,
    title="Name the start of four networks",
    kind="choose",
    returns=starts.NAMES,
    reference=what_init_does,
    mistakes=start_mistakes(),
    hints=(
        "Two questions for each curve: does the loss move, and are the hidden units equal?",
        "Units that start equal stay equal. Units that start different and tiny stay different and tiny for a long time. What is 0.25 on XOR? The loss of "
        "whoever answers ½ to everything.",
        "Two curves have units that are exactly equal; one of them falls. One curve stays flat although its units differ. One learns.",
    ),
)
