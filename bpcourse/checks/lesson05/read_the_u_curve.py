"""05.3: what the error of a central difference shows, nudge by nudge."""

from __future__ import annotations

from .. import drivers
from ..exercise import Exercise, Mistake

CURVE = ("best", "left", "right", "slope")


def read_the_u_curve():
    """What the U-curve of the exercise says."""
    return {"best": 1e-5, "left": "rounding", "right": "formula", "slope": 2}


def reads(**items):
    """Some items of the reading, the others left open."""
    return lambda: {name: items.get(name) for name in CURVE}


EXERCISE = Exercise(
    id="05.3",
    name="read_the_u_curve",
    points=2,
    title="Read the U-curve",
    kind="choose",
    returns=CURVE,
    reference=read_the_u_curve,
    drive=drivers.curve_read,
    mistakes=(
        Mistake(
            "M44",
            reads(best=1e-7),
            message="best: near 1e-7 the *one-sided* rule, Eq. (5.1), is at its best. The curve here is that of the central rule: look for its "
            "lowest point.",
        ),
        Mistake(
            "M158",
            reads(best=1e-12),
            aliases=("M45",),
            message="best: “the smaller, the better” holds on the right arm only. Follow the curve further to the left: it rises again, and at 1e-12 it is "
            "more than a million times higher than at its lowest point. The two values of f agree in nearly all their digits there, and "
            "rounding is what remains of their difference.",
        ),
        Mistake(
            "M256",
            reads(best=1e-9),
            message="best: 1e-9 is on the left arm already. Look for the lowest point of the curve.",
        ),
        Mistake(
            "M283",
            reads(best=1e-3),
            message="best: 1e-3 is on the right arm still. Look for the lowest point of the curve.",
        ),
        Mistake(
            "M284",
            reads(best=1e-1),
            message="best: 1e-1 is the highest point of the right arm. A small *error* is wanted: look for the lowest point of the curve.",
        ),
        Mistake(
            "M159",
            reads(slope=1),
            message="slope: 1 is the one-sided rule, Eq. (5.1): ten times smaller, ten times better. Here the error falls by more than "
            "one power of ten when ε falls by one.",
        ),
        Mistake(
            "M51",
            reads(left="kink"),
            message="left: a kink gives the same wrong number at every ε, the flat line of the figure: 0.5 measured, 0 from the formula. "
            "An error that grows as ε shrinks comes from subtracting two nearly equal numbers.",
        ),
        Mistake(
            "M160",
            reads(right="kink"),
            message="right: a kink does not care how large ε is: the flat line of the figure. What grows with ε, and vanishes with it, is "
            "what the difference quotient leaves out, for any smooth f.",
        ),
        Mistake(
            "M274",
            reads(left="formula"),
            message="left: the formula's own error *falls* as ε shrinks. On the left it grows, so something else limits it: how many digits does a "
            "difference of two nearly equal numbers keep?",
        ),
        Mistake(
            "M275",
            reads(right="rounding"),
            message="right: rounding hurts where the two values of f are nearly equal, so on the side of small ε. With a wide nudge they "
            "differ well, and what is off is the straight line through two points of a curve.",
        ),
        Mistake(
            "M276",
            reads(left="bug"),
            message="left: with a bug, no ε would bring the error down to where the lowest point is. The gradient is right; it is the "
            "measuring that suffers from small ε.",
        ),
        Mistake(
            "M277",
            reads(right="bug"),
            message="right: with a bug, no ε would bring the error down to where the lowest point is. The gradient is right; it is the "
            "measuring that suffers from large ε.",
        ),
        Mistake(
            "M278",
            reads(slope=-1),
            message="slope: −1 is the *left* arm, where ten times smaller means ten times worse. The question is about the right arm.",
        ),
        Mistake(
            "M279",
            reads(slope=-2),
            message="slope: the size is right. On the right arm the error rises with ε, so the slope, read from left to right, is positive.",
        ),
        Mistake(
            "M280",
            reads(best=-5),
            message="best: you gave the exponent. Give ε itself, as in `1e-1`.",
        ),
        Mistake(
            "M550",
            reads(best="1e-1"),
            message="best: your ε stands in quotes. Write it as a number, as in `1e-1`.",
        ),
        Mistake(
            "M551",
            reads(best=1e-2),
            message="best: choose one of the six ε that are offered: 1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-12.",
        ),
        Mistake(
            "M552",
            reads(left="noise"),
            message='left: choose one of the four words that are offered, in quotes: "formula", "rounding", "kink", "bug".',
        ),
        Mistake(
            "M553",
            reads(right="noise"),
            message='right: choose one of the four words that are offered, in quotes: "formula", "rounding", "kink", "bug".',
        ),
        Mistake(
            "M554",
            reads(slope=100),
            message="slope: by how many *powers of ten*, not how many times: 10 times is one power of ten, 1000 times are three.",
        ),
        Mistake(
            "M555",
            reads(slope=3),
            message="slope: take two points of the right arm, such as ε = 1e-3 and ε = 1e-1, and read off the error at both, in powers of ten. "
            "Divide how many powers the error rises by how many ε does.",
        ),
        Mistake(
            "M556",
            reads(slope="3"),
            message="slope: your number stands in quotes. Write it without them.",
        ),
    ),
    hints=(
        "Two things spoil a difference quotient: what the formula leaves out, and what rounding takes away. Which of them grows with ε?",
        "The values of f are right to some 16 digits: their rounding, about 1e-16 · |f|, is divided by 2ε. The formula's own part is what a straight "
        "line leaves out of a curve: it vanishes with ε.",
        "best: where is the lowest point? slope: from ε = 1e-3 to ε = 1e-1, ε grows by two powers of ten. By how many does the error?",
    ),
)
