"""08.4: why δ vanishes in each of four stacks."""

from __future__ import annotations

from ..exercise import Exercise, Mistake
from . import stacks


def why_vanishing():
    """The cause in each of the four stacks, as letters."""
    return [stacks.PLANTED[name] for name in stacks.NAMES]


# By cause and letter: confusions with a number of their own, and the sentence that only they need.
CONFUSED = {
    ("B", "A"): (
        "M53",
        "“A quarter per layer” is σ's, and this stack has ReLU gates, whose slope is 0 or 1. Weights multiply as well, Eq. (8.2), and here it is "
        "they who leave less than a tenth of δ in each layer.",
    ),
    ("B", "E"): (
        "M52",
        "You looked at ‖dW‖, the dashed line, which is level. It is Aᵀδ: the same small weights that shrink δ on its way back shrink the activations on "
        "their way forward, and the two cancel. The solid line, ‖δ‖, falls by more than a factor of ten in each layer.",
    ),
    ("D", "A"): (
        "M662",
        "“A quarter per layer” is σ's alone, and this stack has ReLU gates, whose slope is 0 or 1. Look at how many of its units are silent: their "
        "gates are shut, for every example.",
    ),
    ("C", "A"): (
        "M662",
        "“A quarter per layer” is σ's alone, and this stack has tanh gates, whose slope reaches 1. It does so at z = 0. Look at |z| here, and at what "
        "1 − a² is out there.",
    ),
    ("D", "E"): (
        "M663",
        "You looked at ‖dW‖, the dashed line, which does not fall. It is Aᵀδ, and here the activations shrink forward as δ shrinks backward. Judge by the solid "
        "line, ‖δ‖.",
    ),
}
OWN = {"A": "M684", "B": "M685", "C": "M686", "D": "M687"}


def stack_mistakes():
    """A sentence for every letter that somebody may give, for each stack."""
    made = []
    for k, name in enumerate(stacks.NAMES):
        cause = stacks.PLANTED[name]
        for letter in stacks.CAUSES:
            if letter == cause:
                continue
            usual = (f"{OWN[cause]}-as-{letter}", stacks.sentence(name, letter)[len(name) + 2 :])
            ident, text = CONFUSED.get((cause, letter), usual)
            answer = [letter if i == k else None for i in range(len(stacks.NAMES))]
            made.append(Mistake(f"{ident}:{k + 1}", wrong=lambda a=answer: a, message=f"{name}: {text}"))
    return tuple(made)


EXERCISE = Exercise(
    id="08.4",
    name="why_vanishing",
    points=2,
    title="Say why δ vanishes in four stacks",
    kind="choose",
    returns=stacks.NAMES,
    reference=why_vanishing,
    mistakes=stack_mistakes(),
    hints=(
        "Two factors make each step: gates and weights. Which of the two is far below 1? If it is the gates, what shuts them?",
        "A quarter at most: σ, whatever z is. Far below what the gate could do: look at |z| (σ and tanh are flat far out) and at the silent units (ReLU).",
        "One stack has a weights' factor far below 1. In the other three the gates are to blame: one has σ near z = 0, one a gate far out, one units that never open.",
    ),
)
