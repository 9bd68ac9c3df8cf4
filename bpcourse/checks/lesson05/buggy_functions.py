"""05.5: the three of six functions that are wrong."""

from __future__ import annotations

import numpy as np

from ... import buggy
from .. import drivers
from ..exercise import Case, Exercise, Mistake

WRONG = ("sigmoid_backward", "tanh_backward", "affine_backward")
RIGHT = tuple(name for name in buggy.SUSPECTS if name not in WRONG)


def buggy_functions():
    """The suspects that break their promise."""
    return list(WRONG)


def hits_minus_false_alarms(answers, references):
    """A third of the points for each wrong function named, minus a third for each right one; never below 0."""
    said, wrong = np.array(answers[0]), np.array(references[0])
    return max(0.0, float(np.sum(said * wrong) - np.sum(said * (1 - wrong))) / wrong.sum())


def naming(*names):
    """An answer that names these functions."""
    return lambda: list(names)


def without(name):
    """The right answer with one name left out."""
    return naming(*(n for n in WRONG if n != name))


def all_three_right_ones(facts):
    """What to say where every right function is named: with all the wrong ones, with some, or with none."""
    hits = sum(facts["got"][name] for name in WRONG)
    if not hits:
        return "You named the three that are right. A large error is the bad one: name those whose error lies *above* 1e-5."
    return (
        f"You named {'all six' if hits == 3 else 'all three right ones too'}. Central differences themselves are off by some 1e-11, so a line at "
        "1e-12 refuses right functions as well. Right ones come out below 1e-8, wrong ones far above 1e-5: that is where the line is."
    )


EXERCISE = Exercise(
    id="05.5",
    name="buggy_functions",
    points=2,
    title="Find the three wrong ones",
    kind="debug",
    returns=buggy.SUSPECTS,
    reference=buggy_functions,
    drive=drivers.suspects_named,
    cases=lambda rng: [Case("", (list(buggy.SUSPECTS),))],
    score=hits_minus_false_alarms,
    mistakes=(
        Mistake("M170", naming(*buggy.SUSPECTS), message=all_three_right_ones),
        Mistake("M545", naming(*RIGHT), aliases=("M170",), message=all_three_right_ones),
        Mistake(
            "M168",
            naming(*WRONG, "relu_backward"),
            aliases=("M51",),
            message="`relu_backward` is right. At z = 0 ReLU has a corner: the measured slope there is 0.5, between the slopes of the two sides, and "
            "every entry of a test at zeros shows it. That is a kink, not a bug. Test away from it.",
        ),
        Mistake(
            "M24",
            without("sigmoid_backward"),
            message="One that you passed points nearly the right way, and its size is not far off. Only numbers show it: pass nothing above 1e-5, Eq. (5.3), and "
            "ask where its slope is taken.",
        ),
        Mistake(
            "M26",
            without("tanh_backward"),
            aliases=("M169", "M50"),
            message="One that you passed is right at z = 0 and wrong everywhere else. Zeros hide it: test at random numbers that are not zero.",
        ),
        Mistake(
            "M34",
            without("affine_backward"),
            message="One that you passed is right for a single example, or in some of its parts. Test on a batch, and compare everything that is "
            "returned.",
        ),
        Mistake(
            "M281",
            naming(*WRONG, "mean_squared_error_backward"),
            message="`mean_squared_error_backward` is right. It belongs to Eq. (2.1): squares are summed over the outputs and averaged over the N examples only. If "
            "your own loss divides by N · C, it is another loss.",
        ),
        Mistake(
            "M282",
            naming(*WRONG, "softmax_cross_entropy_backward"),
            message="`softmax_cross_entropy_backward` is right. It takes the logits Z and returns the slope in them, of the loss that is averaged over the examples. "
            "Nudge Z, not the probabilities.",
        ),
    ),
    hints=(
        "Measure each one: give its function a loss, f = Σ dA ⊙ φ(Z) for a gate, and compare what the suspect returns with the measured slope.",
        "Random numbers of both signs, not zero; N ≥ 2; everything that is returned. Pass below 1e-5, Eq. (5.3). "
        "The right ones come out below 1e-8.",
        "f = lambda Z: np.sum(dA * tanh(Z))\nmeasured = numerical_gradient(f, Z, 1e-5)\n"
        "print(relative_error(buggy.tanh_backward(dA, tanh(Z)), measured))",
    ),
)
