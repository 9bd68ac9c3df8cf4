"""08.5: up to which layer δ has fallen below a share of what it is in the last."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake
from .delta_norms import delta_norms


def first_starved_layer(X, Ws, dA, floor):
    """Number of the last layer with ‖δ_l‖ < floor · ‖δ_L‖, or 0."""
    return starved_by()(X, Ws, dA, floor)


def last_of(starved):
    """Number of the last layer that starves, counted from 1; 0 if none."""
    return int(np.max(np.flatnonzero(starved) + 1, initial=0))


def below(norms, floor):
    """Which layers have less than this share of the last layer's norm."""
    return norms < floor * norms[-1]


def starved_by(test=below, choose=last_of):
    """`first_starved_layer` with another test of the norms, or another choice among the layers that fail it."""
    return lambda X, Ws, dA, floor: choose(test(delta_norms(X, Ws, dA), floor))


def first_of(starved):
    """Number of the first layer that starves; 0 if none."""
    return int(np.argmax(starved) + 1) if np.any(starved) else 0


def run_from_the_first(starved):
    """How many layers starve in an unbroken row that begins with the first."""
    return int(np.argmin(starved)) if not np.all(starved) else len(starved)


def from_zero(starved):
    """The last one's index, counted from 0."""
    return max(last_of(starved) - 1, 0)


def minus_one_if_none(starved):
    """The right number, and −1 where there is none."""
    return last_of(starved) or -1


def starved_cases(rng):
    """Stacks in which the first layers starve, because of their number, of X, or of the units that dA reaches;
    one in which only layer 2 does, and layer 1 has the largest δ of all; one where none does; one at the floor."""
    return [
        one_case(rng, "two of five starve", (7, 4), (1, 1, 1, 1, 1), 2),
        one_case(rng, "three of six starve, dA large", (3, 5), (1, 1, 1, 1, 1, 1), 3, unit=2.0**12),
        one_case(rng, "one of four starves, X large", (5, 4), (1, 1, 2, 2), 1, spread=32.0, unit=2.0**-20),
        one_case(rng, "two of three starve", (4, 5), (1, 1, 2), 2, narrow=True),
        one_case(rng, "only layer 2 starves", (6, 5), (2.0**-13, 4096, 1 / 16, 1), 2, balanced=1),
        one_case(rng, "none starves", (4, 3), (1, 1, 1), 0, unit=2.0**-20),
        Case("layer 2 is at the floor", at_the_floor(), {"N": 1, "D": 2, "L": 3}),
    ]


def at_the_floor():
    """Shares of a quarter, a half and 1, exactly, and a floor of a half: each column adds up to 0, so every z is 0."""
    return np.zeros((1, 2)), [np.array([[1.0, -1.0], [-1.0, 1.0]])] * 3, np.array([[4.0, -4.0]]), 0.5


def one_case(rng, name, shape, scales, starved, *, spread=1.0, unit=1.0, balanced=None, narrow=False):
    """A stack with weights of these sizes, and a floor between two of its norms.

    The columns of the balanced matrix add up to 0, so that inputs of ½ all over leave its z near 0. In a narrow case dA
    reaches hardly any unit but the first, and the way back from there is narrow.
    """
    while True:
        Ws = [scale * normal(rng, shape[1], shape[1], scale=0.75) for scale in scales]
        X, dA = spread * normal(rng, *shape), unit * normal(rng, *shape)
        if balanced is not None:
            Ws[balanced][-1] = -Ws[balanced][:-1].sum(axis=0)
        if narrow:
            Ws[-1][:, 0] /= 64
            dA[:, 1:] /= 2**12
        norms = delta_norms(X, Ws, dA)
        shares = norms / norms[-1]
        floor = float(
            f"{np.sqrt(shares[starved - 1] * shares[starved]) if starved else shares.min() / 2:.1g}"
        )
        if suits(shares, floor, starved, shares[0] > 1 if balanced else None):
            return Case(name, (X, Ws, dA, floor), {"N": shape[0], "D": shape[1], "L": len(Ws)})


def suits(shares, floor, starved, first_is_largest):
    """Whether these norms are what the case is to show, with no norm near the floor, where rounding would decide."""
    if first_is_largest is None:
        as_wanted = np.all(np.diff(shares) > 0)
    else:
        as_wanted = first_is_largest and 1.2 * shares[2] < floor * shares[0] < 0.9
    clear = np.all(np.abs(np.log(shares / floor)) > 0.2)
    return bool(as_wanted and clear and last_of(shares < floor) == starved)


EXERCISE = Exercise(
    id="08.5",
    name="first_starved_layer",
    points=3,
    title="Find how far up the gradient starves",
    kind="write",
    returns=("layer",),
    reference=first_starved_layer,
    cases=starved_cases,
    mistakes=(
        Mistake(
            "M664",
            starved_by(lambda norms, floor: norms < floor * norms[0]),
            documented={"ratio": 0},
            message="You compare with the first layer. δ is born at the last one, so that is where the measure comes from: ‖δ_l‖ < floor · ‖δ_L‖.",
        ),
        Mistake(
            "M665",
            starved_by(choose=from_zero),
            documented={"ratio": 0.75},
            at="three of six starve, dA large",
            message="Your number is one too small where a layer starves: the layers are counted from 1 here, and Python counts from 0. (0 is kept for "
            "“none”.)",
        ),
        Mistake(
            "M666",
            starved_by(lambda norms, floor: norms < floor),
            documented={"ratio": 0},
            at="three of six starve, dA large",
            message="You compare ‖δ‖ with the floor itself. Then the unit of the loss decides: with a dA a million times smaller every layer would starve. Ask for a "
            "share: ‖δ_l‖ < floor · ‖δ_L‖.",
        ),
        Mistake(
            "M667",
            starved_by(lambda norms, floor: norms >= floor * norms[-1]),
            documented={"ratio": 2},
            at="three of six starve, dA large",
            message="Your comparison is turned around: you look for layers that get *enough*. A layer starves when its ‖δ‖ is below the floor, `<`.",
        ),
        Mistake(
            "M681",
            starved_by(choose=first_of),
            message="You return the first layer that starves. The question is how far up it reaches, so the *last* layer below the floor is asked for.",
        ),
        Mistake(
            "M681b",
            starved_by(choose=lambda starved: int(np.sum(starved))),
            message="You count the layers that starve. In most stacks these are the first ones, and then the count is the number of the last; on the case "
            '"{case}" they are not. Return the largest number of a layer that starves.',
        ),
        Mistake(
            "M681c",
            starved_by(choose=run_from_the_first),
            message='Your search stops at the first layer that gets enough. On the case "{case}" layer 1 gets enough and a later one does not. Look at all of them, and '
            "return the last that starves.",
        ),
        Mistake(
            "M681d",
            starved_by(choose=minus_one_if_none),
            message="One thing is off: where no layer starves you return −1, and 0 is asked for.",
        ),
        Mistake(
            "M681j",
            starved_by(lambda norms, floor: norms <= floor * norms[-1]),
            message='One thing is off: on the case "{case}" a layer has exactly the share that is asked for, and with you it starves. '
            "Less than the floor is meant, `<`.",
        ),
        Mistake(
            "M681k",
            starved_by(choose=lambda starved: int(np.argmax(starved))),
            message="Two things: you return the *first* layer that starves, where the last is asked for, and you count it from 0, where the layers are counted from 1.",
        ),
        Mistake(
            "M681l",
            starved_by(choose=lambda starved: int(np.flatnonzero(starved)[-1]) + 1),
            message="It is right wherever a layer starves. Where none does, your function looks for the last entry of an empty list, and stops. Return 0 there.",
        ),
        Mistake(
            "M681m",
            starved_by(choose=lambda starved: max(k + 1 for k, one in enumerate(starved) if one)),
            message="It is right wherever a layer starves. Where none does, there is nothing to take the `max` of, and your function stops. `max(…, default=0)` returns 0 there.",
        ),
        Mistake(
            "M681n",
            lambda X, Ws, dA, floor: int(np.argmin(delta_norms(X, Ws, dA))) + 1,
            message="This is the layer with the smallest δ, whatever the floor is. Compare every layer with floor · ‖δ_L‖, and return the last that is below.",
        ),
        Mistake(
            "M681e",
            starved_by(lambda norms, floor: norms < floor * np.append(norms[1:], 0.0)),
            message="You compare each layer with the next one. That is the factor of one step; starving is meant against the *last* layer, "
            "‖δ_l‖ < floor · ‖δ_L‖.",
        ),
        Mistake(
            "M681f",
            starved_by(choose=lambda starved: len(starved) + 1 - last_of(starved) if np.any(starved) else 0),
            message="You count the layers from the output. Layer 1 is the one next to the inputs.",
        ),
        Mistake(
            "M681g",
            starved_by(lambda norms, floor: norms < floor * norms.max()),
            message='You compare with the largest norm of the stack. In most stacks that is the last layer\'s; on the case "{case}" it is not. The measure '
            "is ‖δ_L‖.",
        ),
        Mistake(
            "M681h",
            lambda X, Ws, dA, floor: last_of(delta_norms(X, Ws, dA) < floor * np.linalg.norm(dA)),
            message="You compare with ‖dA‖, the slope at the last layer's activations. ‖δ_L‖ has passed the gates of that layer: it is the last "
            "entry of your `delta_norms`.",
        ),
        Mistake(
            "M681i",
            starved_by(choose=lambda starved: last_of(starved) or None),
            message="Where no layer starves, your function returns None, or reaches its end without a `return`. 0 is asked for there.",
        ),
    ),
    hints=(
        "Your `delta_norms` gives ‖δ‖ of every layer, and its last entry is the measure for all. Which layers are below the floor, and which of these comes last?",
        "The largest l with ‖δ_l‖ < floor · ‖δ_L‖, counted from 1; 0 if there is none.",
        "norms = delta_norms(X, Ws, dA)\nlast = 0\nfor l, norm in enumerate(norms, start=1):\n    if ...:\n        last = ...\nreturn last",
    ),
)
