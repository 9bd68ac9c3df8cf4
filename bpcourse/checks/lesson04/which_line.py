"""04.4: the line that is wrong in each of the five listings."""

from __future__ import annotations

from ..exercise import Exercise, Mistake
from . import listings


def which_line():
    """The line that is wrong in each of the five listings."""
    return [listings.WRONG_LINE[name] for name in listings.NAMES]


def line_mistakes():
    """A sentence for every line that somebody may point at, in each listing."""
    made = []
    for k, name in enumerate(listings.NAMES):
        for line, sentence in listings.sentences(name).items():
            ident = {listings.SYMPTOM_LINE.get(name): "M142", 0: "M143"}.get(line, f"line-{line}")
            answer = [line if i == k else None for i in range(len(listings.NAMES))]
            made.append(Mistake(f"{ident}:{k + 1}", wrong=lambda a=answer: a, message=f"{name}: {sentence}"))
    return tuple(made)


EXERCISE = Exercise(
    id="04.4",
    name="which_line",
    points=2,
    title="Find the line that is wrong",
    kind="debug",
    returns=listings.NAMES,
    reference=which_line,
    mistakes=line_mistakes(),
    hints=(
        "Compare each listing with Eq. (4.1) to (4.4), line by line. The line to name is the one that is wrong, "
        "not the later one where its effect shows.",
        "Ask of each line: which array does this equation need (a or z, which W)? Over which axis is summed, and is it a sum? "
        "Have the weights that it uses been changed already?",
        "One listing has a wrong slope, one a wrong input, two a wrong db, and in one the order of the lines is wrong.",
    ),
)
