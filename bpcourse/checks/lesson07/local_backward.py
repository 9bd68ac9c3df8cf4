"""07.1: what one gate hands to its two inputs, Eq. (7.1)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake

OPS = ("add", "sub", "mul", "div")

RIGHT = {  # the slopes of a ∘ b in a and in b
    "add": (lambda a, b: 1.0, lambda a, b: 1.0),
    "sub": (lambda a, b: 1.0, lambda a, b: -1.0),
    "mul": (lambda a, b: b, lambda a, b: a),
    "div": (lambda a, b: 1 / b, lambda a, b: -a / b**2),
}


def local_backward(op, a, b, g):
    """The gradients of both inputs of one gate, Eq. (7.1)."""
    along_a, along_b = RIGHT[op]
    return g * along_a(a, b), g * along_b(a, b)


RULES = {  # op -> what is taken for the slope in a and in b; None where it is right
    "M600": {"mul": (lambda a, b: a, lambda a, b: b)},
    "M602": {"sub": (None, lambda a, b: 1.0)},
    "M603": {"div": (None, lambda a, b: -a / b)},
    "M604": {"div": (None, lambda a, b: a / b**2)},
    "M617": {"div": (None, lambda a, b: -1 / b**2)},
    "M617b": {"div": (None, lambda a, b: 1 / b)},
    "M617c": {"div": (None, lambda a, b: -1 / b)},
    "M617d": {"div": (None, lambda a, b: 1 / a)},
    "M617e": {"div": (None, lambda a, b: -a)},
    "M617f": {"div": (None, lambda a, b: a / b)},
    "M617g": {"div": (None, lambda a, b: -b / a**2)},
    "M617h": {"div": (None, lambda a, b: a)},
    "M618": {"div": (lambda a, b: b, None)},
    "M618b": {"div": (lambda a, b: 1.0, None)},
    "M618c": {"div": (lambda a, b: a / b, None)},
    "M619": {"sub": (lambda a, b: -1.0, lambda a, b: 1.0)},
    "M619b": {"sub": (lambda a, b: -1.0, None)},
    "M620": {"add": (lambda a, b: 0.5, lambda a, b: 0.5)},
    "M620b": {"add": (lambda a, b: a, lambda a, b: b)},
    "M620c": {"add": (lambda a, b: b, lambda a, b: a)},
    "M621": {"mul": (lambda a, b: a * b, lambda a, b: a * b)},
}


def gate_variant(*faults):
    """`local_backward` with these mistakes made, each at the gate where a learner makes it."""
    on = set(faults).__contains__

    def answer(op, a, b, g):
        pair = list(RIGHT[op])
        for fault in faults:
            for k, rule in enumerate(RULES.get(fault, {}).get(op, ())):
                pair[k] = rule or pair[k]
        slopes = [rule(a, b) for rule in pair]
        if on("M601") or on("M601b"):
            return tuple(s if on("M601") else s * np.ones_like(g) for s in slopes)
        shares = tuple(g + s if on("M18") else g * s for s in slopes)
        return shares[::-1] if on("M622") else shares

    return answer


def gate_pair(ids):
    """Two mistakes together, where they sit at different gates, or at different inputs of one."""
    if not set(ids) <= set(RULES):
        return None
    first, second = (RULES[i] for i in ids)
    for op in first.keys() & second.keys():
        if any(x and y for x, y in zip(first[op], second[op], strict=True)):
            return None
    return gate_variant(*ids)


def gate_cases(rng):
    """Each gate on numbers of both signs; none of a, b, g near 0 or 1, and all of them different."""
    return [Case(op, (op, *(_sizeable(rng, 3, 4) for _ in range(3)))) for op in OPS]


def _sizeable(rng, *shape):
    """Between 1.25 and 3 in size, of both signs, in steps of 1/64."""
    sizes = rng.integers(80, 193, shape) / 64
    return sizes * np.where(normal(rng, *shape) > 0, 1, -1)


SAID = {  # the mistake alone, and what is said of it where it is the only one
    "M600": (
        "at the product each input gets its own value",
        "The product hands each input *its own* value back. Nudge a in a·b: the product moves by b times the nudge. So a gets g times the value of the "
        "*other* input, Eq. (7.1).",
    ),
    "M601": (
        "g is left out",
        "These are the local slopes alone: what arrives, g, is forgotten. That is also why the sum returns a bare 1 and not an array. Eq. (7.1) multiplies each "
        "local slope by g.",
    ),
    "M601b": (
        "g is left out",
        "These are the local slopes alone, in arrays of the right shape. What arrives from the right, g, is forgotten: Eq. (7.1) multiplies each local slope by it.",
    ),
    "M18": (
        "g is added to the local slopes",
        "You *added* g to the local slopes. Along a path slopes multiply, Eq. (3.1), and each gate is one step of the path: g times the local slope, Eq. (7.1).",
    ),
    "M602": (
        "in the difference b lost its minus",
        "The difference treats b like a. Raise b in a − b, and the result falls: the local slope in b is −1, so gb is −g.",
    ),
    "M603": (
        "in the quotient the square of b is missing",
        "In the quotient gb has a/b where a/b² belongs. The slope of 1/u is −1/u² (lesson 03), and a stands in front of it.",
    ),
    "M604": (
        "in the quotient gb lost its minus",
        "In the quotient gb has lost its minus. With a and b positive, a larger b makes a/b *smaller*: the slope of 1/u is −1/u² (lesson 03).",
    ),
    "M617": (
        "in the quotient gb lacks the factor a",
        "In the quotient gb is that of 1/b; the a above the line is missing. Nudge b in a/b: 1/b moves by −1/b² per unit, and the whole by a times that.",
    ),
    "M617b": (
        "in the quotient b is treated like a",
        "In the quotient both inputs get g/b. That is right for a, which stands above the line. b stands below it: a/b is a · (1/b), and the slope of 1/u is "
        "−1/u² (lesson 03).",
    ),
    "M617c": (
        "in the quotient gb is −g/b",
        "In the quotient you gave b what a gets, with a minus. The minus is right, the size is not: a/b is a · (1/b), the slope of 1/u is −1/u², and a stands in "
        "front of it.",
    ),
    "M617d": (
        "in the quotient gb is g/a",
        "In the quotient gb is g/a, as if the two were exchanged. A quotient is not symmetric: a/b is a · (1/b), and the slope of 1/u is −1/u² (lesson 03).",
    ),
    "M617e": (
        "in the quotient gb lacks the 1/b²",
        "In the quotient gb has −a, and 1/b² is missing: the slope of 1/u is −1/u² (lesson 03), taken at b, with a in front.",
    ),
    "M617f": (
        "in the quotient gb has the value a/b for its slope",
        "In the quotient gb is g times the *value* a/b. What belongs there is the slope in b: a times the slope of 1/u at b, which is −1/u² (lesson 03).",
    ),
    "M617g": (
        "in the quotient gb has a and b exchanged",
        "In the quotient gb has a and b in each other's place: yours is −b/a². It is b that is below the line and nudged, so the square is b's.",
    ),
    "M617h": (
        "in the quotient gb is that of a product",
        "In the quotient b gets g·a, which is what a *product* would hand it. Here b divides: the slope of 1/u is −1/u² (lesson 03), with a in front.",
    ),
    "M618": (
        "in the quotient ga is multiplied by b",
        "In the quotient ga is multiplied by b. a/b is a times 1/b, so per unit of a it moves by 1/b: divide.",
    ),
    "M618b": (
        "in the quotient ga is g unchanged",
        "In the quotient a gets g unchanged, as at a sum. a/b is a times 1/b, so per unit of a it moves by 1/b.",
    ),
    "M618c": (
        "in the quotient ga has the value a/b for its slope",
        "In the quotient ga is g times the *value* a/b. The slope in a is what multiplies a: 1/b.",
    ),
    "M619": (
        "in the difference the minus is at a",
        "In the difference the minus sits at the wrong input. a − b rises with a and falls with b.",
    ),
    "M619b": (
        "in the difference both get a minus",
        "In the difference both inputs get a minus. a − b rises with a: only b's local slope is −1.",
    ),
    "M620": (
        "the sum splits g in halves",
        "The sum splits g between a and b, half and half. Nudge a in a + b: the sum moves by the whole nudge. Both inputs get all of g.",
    ),
    "M620b": (
        "at the sum each input's own value comes in",
        "At the sum each input's own value comes in. Nudge a in a + b: the sum moves by as much, whatever the values are. Both local slopes are 1.",
    ),
    "M620c": (
        "the sum is treated like a product",
        "The sum is treated like a product: each input gets the other's value. Nudge a in a + b: the sum moves by as much, whatever b is. Both local slopes are 1.",
    ),
    "M621": (
        "the product hands its own result back",
        "The product hands g times its own *result*, a·b, to both. Per unit of a the product moves by b, and per unit of b by a.",
    ),
    "M622": (
        "ga and gb are returned in each other's place",
        "Every number is right, and the two are in each other's place: return what a gets first, then what b gets. (The sum is too symmetric to show it.)",
    ),
}

DOCUMENTED = {
    "M600": ({"rel": 0.57, "cos": 0.86}, "mul"),
    "M601": ({"ga shape": (), "gb shape": ()}, "add"),
    "M602": ({"gb factor": "-1"}, ""),
    "M603": ({"gb rel": 0.98}, "div"),
    "M604": ({"gb factor": "-1"}, ""),
}

EXERCISE = Exercise(
    id="07.1",
    name="local_backward",
    points=2,
    title="Hand a gradient through one gate",
    kind="write",
    returns=("ga", "gb"),
    reference=local_backward,
    cases=gate_cases,
    variants=gate_pair,
    mistakes=tuple(
        Mistake(
            i,
            gate_variant(i),
            message=text,
            cause=cause,
            documented=DOCUMENTED.get(i, ({}, ""))[0],
            at=DOCUMENTED.get(i, ({}, ""))[1],
        )
        for i, (cause, text) in SAID.items()
    ),
    hints=(
        "For each gate ask twice: if this input alone is nudged, by how much does the result move, per unit? That is the local slope; g multiplies it.",
        "Local slopes in a and b: sum 1 and 1; difference 1 and −1; product b and a; quotient 1/b and −a/b². Eq. (7.1): g times each.",
        'if op == "add":\n    return g, g\nif op == "sub":\n    return g, ...\nif op == "mul":\n    return g * ..., g * ...\nreturn g / ..., ...   # div',
    ),
)
