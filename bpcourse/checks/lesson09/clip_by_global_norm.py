"""09.2: shorten a gradient and keep its direction, Eq. (9.2)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake
from .global_norm import global_norm

PARTS = ("array 1", "array 2", "array 3", "array 4")
SHAPES = ((6, 7), (7,), (7, 5), (5,))


def clip_by_global_norm(grads, max_norm):
    """The gradient, no longer than max_norm, and in its own direction, Eq. (9.2)."""
    norm = global_norm(grads)
    factor = max_norm / norm if norm > max_norm else 1.0
    return [g * factor for g in grads]


def clip_cases(rng):
    """Three too long, one of them in one array mainly; one short, one of zeros; the limit is not always 1."""

    def drawn(norm, scales=(1.0, 1.0, 1.0, 1.0)):
        grads = [normal(rng, *shape, scale=scale) for shape, scale in zip(SHAPES, scales, strict=True)]
        stretch = norm / global_norm(grads)
        return [np.where(np.rint(g * stretch * 64) == 0, 1, np.rint(g * stretch * 64)) / 64 for g in grads]

    return [
        Case("a gradient that is too long", (drawn(11.8), 1.0)),
        Case("one array much longer than the others", (drawn(45.0, (1, 15, 1.1, 2.8)), 1.0)),
        Case("another limit", (drawn(20.0, (3, 1, 1, 2)), 8.0)),
        Case("a short gradient", (drawn(5.0), 6.0)),
        Case("a very short gradient", (drawn(0.75), 6.0)),
        Case("nothing but zeros", ([np.zeros(shape) for shape in SHAPES], 1.5)),
    ]


def by(factor_of, number=np.float64):
    """The gradient times one factor, `factor_of(norm, max_norm)`."""
    return lambda grads, max_norm: [g * factor_of(number(global_norm(grads)), max_norm) for g in grads]


def with_norm(norm_of):
    """Eq. (9.2) with another norm."""

    def clipped(grads, max_norm):
        norm = norm_of(grads)
        return [g * min(1.0, max_norm / norm) if norm else g for g in grads]

    return clipped


def guarded(factor_of):
    """The same, where a gradient of zeros is left alone."""
    return by(lambda norm, c: factor_of(norm, c) if norm else 1.0)


def per_array(grads, max_norm):
    """Each array with a factor of its own."""
    return [clip_by_global_norm([g], max_norm)[0] for g in grads]


def in_place(grads, max_norm):
    """The caller's arrays are shortened."""
    factor = min(1.0, max_norm / (global_norm(grads) or 1.0))
    for g in grads:
        g *= factor
    return grads


def in_place_dividing(grads, max_norm):
    """The same, without a guard for zeros."""
    factor = min(1.0, max_norm / global_norm(grads))
    for g in grads:
        g *= factor
    return grads


def in_place_and_returns_nothing(grads, max_norm):
    """As a library does it whose function ends in an underscore."""
    in_place(grads, max_norm)


ALWAYS = (
    "A gradient of norm {norm:.3g} under a limit of {max_norm:g} came back changed: your function sets every gradient to the limit, "
    "short ones too. Near the bottom of a valley gradients are short for a reason; Eq. (9.2) only shrinks: min(1, c/‖g‖)."
)
LONGER = (
    "Long gradients come back as they were, and short ones come back longer: your factor is max(1, c/‖g‖). A factor above 1 "
    "lengthens. Eq. (9.2) takes the smaller of the two, so that it is never above 1."
)
ZERO = "And a gradient of zeros has norm 0, by which nothing can be divided: ask first whether the norm is above the limit."


def told_norm(template):
    """A message that speaks of the short gradient, whichever case fails first."""
    return lambda facts: template.format(norm=5.0, max_norm=6.0)


MISTAKES = (
    Mistake(
        "M57",
        per_array,
        documented={"cos": 0.70, "ratio": 2.0},
        at="one array much longer than the others",
        message="You clip each array by its own norm. Each is short enough then, but all four together are not, and their "
        "proportions are gone: long arrays lost more than short ones, so the step points elsewhere. One norm over all, "
        "one factor for all, Eq. (9.1) and (9.2).",
    ),
    Mistake(
        "M58",
        lambda grads, max_norm: [np.clip(g, -max_norm, max_norm) for g in grads],
        documented={"cos": 0.57, "ratio": 8.0},
        at="one array much longer than the others",
        message="You clip every entry by itself: that is clipping by value. Large entries are cut and small ones stay, so the gradient "
        "turns; and the norm of many entries, each within the limit, is still above it. Eq. (9.2) multiplies all of them by one factor.",
    ),
    Mistake(
        "M58b",
        lambda grads, max_norm: [np.minimum(g, max_norm) for g in grads],
        message="You cut each entry by itself, and only at the upper end: large negative ones stay. That is neither clipping by value nor by norm. "
        "Eq. (9.2) finds one norm over everything, and multiplies all arrays by one factor.",
    ),
    Mistake("M59", by(lambda norm, c: c / norm), message=told_norm(ALWAYS + " " + ZERO)),
    Mistake(
        "M59b",
        by(lambda norm, c: c / norm, float),
        message=told_norm(ALWAYS + " " + ZERO + " Python stops there."),
    ),
    Mistake("M59c", guarded(lambda norm, c: c / norm), message=told_norm(ALWAYS)),
    Mistake(
        "M704",
        guarded(lambda norm, c: min(1.0, norm / c)),
        documented={"ratio": 11.8},
        at="a gradient that is too long",
        message="Your fraction is upside down: min(1, ‖g‖/c) leaves the long gradients as they are and shortens the short ones. The factor "
        "has to bring ‖g‖ to c, so it is c/‖g‖, Eq. (9.2).",
    ),
    Mistake(
        "M704c",
        guarded(lambda norm, c: norm / c if norm > c else 1.0),
        message="Your fraction is upside down: with the factor ‖g‖/c a long gradient comes back longer still. The factor "
        "has to bring ‖g‖ to c, so that it is c/‖g‖, Eq. (9.2).",
    ),
    Mistake(
        "M705",
        by(lambda norm, c: max(1.0, c / norm)),
        documented={"ratio": 11.8},
        message=LONGER + " " + ZERO,
    ),
    Mistake(
        "M705b",
        by(lambda norm, c: max(1.0, c / norm), float),
        message=LONGER + " " + ZERO + " Python stops there.",
    ),
    Mistake("M705c", guarded(lambda norm, c: max(1.0, c / norm)), message=LONGER),
    Mistake(
        "M706",
        guarded(lambda norm, c: 0.0 if norm > c else 1.0),
        documented={"ratio": 0.0},
        message="A gradient that is too long comes back as zeros: the step is thrown away, and with it the direction, which was right. "
        "Eq. (9.2) shortens it to the limit.",
    ),
    Mistake(
        "M707",
        in_place,
        message="The numbers are right. But the arrays that you were given hold the new numbers after the call, and whoever called may "
        "still need the old ones, for instance to write down the norm. `g *= factor` changes an array; `g * factor` makes a new one.",
    ),
    Mistake(
        "M707b",
        in_place_and_returns_nothing,
        message="Your function returns None, and it changes the caller's arrays. Some libraries clip that way; here the old arrays stay as "
        "they were, and a new list is returned: `g * factor` for each of them.",
    ),
    Mistake(
        "M723",
        by(lambda norm, c: min(1.0, c / norm)),
        kind="note",
        message="Right, and one remark: for a gradient of zeros you divide by a norm of 0. NumPy warns, makes it infinity, and `min` saves "
        "you. Ask first whether the norm is above the limit, and the division happens only where it is safe.",
    ),
    Mistake(
        "M723b",
        by(lambda norm, c: min(1.0, c / norm), float),
        message="Long and short gradients come back right. A gradient of zeros stops your function: its norm is 0, and dividing by it raises "
        "ZeroDivisionError. Ask first whether the norm is above the limit, and divide only then.",
    ),
    Mistake(
        "M724",
        with_norm(lambda grads: sum(np.linalg.norm(g) for g in grads)),
        message="You come out too short: the norms of the four arrays are added, and their sum is compared with the limit. The norm of all "
        "of them together is the root of the sum of *squares*, Eq. (9.1); take it from 09.1.",
    ),
    Mistake(
        "M725",
        with_norm(lambda grads: global_norm(grads) ** 2),
        message="Your factor holds the *square* of the norm: the root of Eq. (9.1) is missing. So what is too long comes back "
        "far too short, with the norm c/‖g‖ in place of c.",
    ),
    Mistake(
        "M726",
        with_norm(lambda grads: max(np.linalg.norm(g) for g in grads)),
        message="You compare the limit with the longest array alone. All four together are longer than that, and come back too long. "
        "The norm over all is Eq. (9.1); take it from 09.1.",
    ),
    Mistake(
        "M727",
        guarded(lambda norm, c: 1.0 / norm if norm > c else 1.0),
        message="What is too long comes back with the norm 1, whatever the limit is. The factor has to bring ‖g‖ to c: it is c/‖g‖, and not "
        "1/‖g‖, Eq. (9.2).",
    ),
    Mistake(
        "M746",
        lambda grads, max_norm: grads,
        message="Every gradient comes back as it was, the long ones too. Does your loop say `g = g * factor`? That gives the product "
        "to the name `g`, and the list still holds the old array. Put the products into a new list.",
    ),
    Mistake(
        "M747",
        guarded(lambda norm, c: c / norm if norm > 1 else 1.0),
        message="You ask whether the norm is above 1. The limit is `max_norm`, {max_norm:g} here: a gradient between the two came back changed, Eq. (9.2).",
    ),
    Mistake(
        "M747b",
        guarded(lambda norm, c: min(c, c / norm)),
        message="Your factor is min(c, c/‖g‖), and with a limit of {max_norm:g} a short gradient comes back longer. A factor that shrinks or does nothing is at most 1: min(1, c/‖g‖), Eq. (9.2).",
    ),
    Mistake(
        "M748",
        lambda grads, max_norm: [g - max(global_norm(grads) - max_norm, 0.0) for g in grads],
        message="You subtract what is too much from every entry. That moves positive and negative entries the same way, and turns the gradient. Eq. (9.2) multiplies by a factor.",
    ),
    Mistake(
        "M728",
        guarded(lambda norm, c: c if norm > c else 1.0),
        message="You multiply a long gradient by the limit itself. A limit of 1 then changes nothing. The factor that brings ‖g‖ to c is c/‖g‖, Eq. (9.2).",
    ),
)

EXERCISE = Exercise(
    id="09.2",
    name="clip_by_global_norm",
    points=4,
    title="Shorten a gradient and keep its direction",
    kind="write",
    returns=PARTS,
    reference=clip_by_global_norm,
    cases=clip_cases,
    mistakes=MISTAKES,
    hints=(
        "One factor for all arrays. What must it be for a gradient of norm 10 and a limit of 2? And for a gradient of norm 1?",
        "g · min(1, c/‖g‖), Eq. (9.2), with the norm of Eq. (9.1) over all arrays. A norm of 0 is not above any limit.",
        "norm = global_norm(grads)\nfactor = 1.0\nif norm > max_norm:\n    factor = ...\nreturn [... for g in grads]",
    ),
)
