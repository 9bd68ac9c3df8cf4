"""07.5: the gradient of the last node of a tape with respect to every node, Eq. (7.1) and (7.2)."""

from __future__ import annotations

import numpy as np

from ..exercise import Case, Exercise, Mistake
from .local_backward import gate_variant


def backward(ops, inputs, values):
    """Walk the tape from its end to its beginning, Eq. (7.1)."""
    return tape_variant()(ops, inputs, values)


def tape_variant(*faults):
    """`backward` with these mistakes made, each at the line where a learner makes it."""
    on = set(faults).__contains__
    gate = gate_variant(*(OWN_GATES[f] for f in faults if f in OWN_GATES))

    def answer(ops, inputs, values):
        grads = np.zeros(len(ops), dtype=int if on("M644") else float)
        grads[-1] = values[-1] if on("M615") else 0.0 if on("M637") else 1.0
        way = range(len(ops)) if on("M638") else reversed(range(len(ops) - on("M645")))
        for k in way:
            g = 1.0 if on("M639") else grads[k]
            if ops[k] == "tanh":
                g = 1.0 if on("M639b") else g
                hand_on(grads, inputs[k][:1], [g * tanh_slope(values, k, inputs[k][0], on)], on)
            elif ops[k] != "in":
                i, j = inputs[k]
                shares = gate(ops[k], values[i], values[j], g)
                hand_on(grads, [j, i] if on("M640") else [i, j], shares, on)
        if on("M641"):
            grads[[op != "in" for op in ops]] = 0.0
        return grads[::-1] if on("M642") else grads

    return answer


def hand_on(grads, targets, shares, on):
    """What the gate's inputs get is added to what they have, or with M39 put in its place."""
    if on("M39b"):
        grads[np.array(targets)] += np.array(shares)
        return
    for target, share in zip(targets, shares, strict=True):
        replaced = on("M39") or on("M39d" if len(targets) == 1 else "M39c")
        grads[target] = share if replaced else grads[target] + share


def tanh_slope(values, k, i, on):
    """The slope of tanh, in the ways in which it is got wrong."""
    a = values[k]
    if on("M616"):
        return 1 - values[i] ** 2
    if on("M643"):
        return a * (1 - a)
    if on("M643b"):
        return 1 - np.tanh(a) ** 2
    return 1.0 if on("M643c") else 1 - a if on("M643d") else a if on("M643e") else 1 - a**2


OWN_GATES = {"M600": "M600", "M602": "M602", "M603": "M603", "M604": "M604"}  # brought along from 07.1

TAPES = {  # the op of each node, and the places of its inputs
    "a node that one gate uses twice": (
        ["in", "in", "mul", "mul", "sub"],
        [(-1, -1), (-1, -1), (0, 1), (2, 2), (3, 1)],
    ),
    "a node that two gates use": (
        ["in", "in", "in", "add", "mul", "div", "sub"],
        [(-1, -1), (-1, -1), (-1, -1), (0, 1), (3, 2), (4, 0), (5, 3)],
    ),
    "a tape with tanh": (
        ["in", "in", "mul", "tanh", "add", "tanh", "mul"],
        [(-1, -1), (-1, -1), (0, 1), (2, -1), (3, 1), (4, -1), (5, 2)],
    ),
    "a node that does not lead to the last one": (
        ["in", "in", "add", "mul", "tanh", "div"],
        [(-1, -1), (-1, -1), (0, 1), (2, 0), (1, -1), (2, 4)],
    ),
}


def tape_cases(rng):
    """Tapes whose values are of both signs, none of them near 0 or 1 in size, and all apart."""
    return [
        Case(name, (list(ops), np.array(inputs), _played(rng, ops, inputs)))
        for name, (ops, inputs) in TAPES.items()
    ]


GATES = {"add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide}


def _played(rng, ops, inputs):
    """The values on the tape, from inputs drawn until the values suit."""
    while True:
        values = []
        for op, (i, j) in zip(ops, inputs, strict=True):
            drawn = float(rng.integers(20, 130) / 64 * rng.choice([-1, 1]))
            values.append(drawn if op == "in" else float(_gate(op, values[i], values[j])))
        if _suits(np.array(values)) and min(values) < 0 < max(values):
            return np.array(values)


def _gate(op, a, b):
    """What a gate makes of its inputs; nan where it would divide by 0."""
    if op == "tanh":
        return np.tanh(a)
    return np.nan if op == "div" and b == 0 else GATES[op](a, b)


def _suits(values):
    """No value near 0 or 1 in size, none large, no two alike in size."""
    sizes = np.sort(np.abs(np.append(values, 1.0)))
    return sizes[0] > 0.2 and sizes[-1] < 6 and np.diff(sizes).min() > 0.02


SAID = {  # the mistake alone, and what is said of it where it is the only one
    "M39": (
        "a gradient is put in the place of what a node has, and not added",
        "Where a node is used more than once, your gradient is that of one use alone: the later share takes the place of the earlier one. Across paths slopes "
        "add, Eq. (3.2): `+=`, not `=`.",
    ),
    "M39b": (
        "both shares go to one node in a single `+=`, of which one is lost",
        "Right, except where one gate uses a node twice, as in c · c. `grads[[i, i]] += …` with the same place twice adds only once: NumPy reads both before it "
        "writes. Hand on the two shares one after the other.",
    ),
    "M39c": (
        "a gate with two inputs puts gradients in the place of what its inputs have",
        "The gates with two inputs put their shares *in the place* of what a node has, and tanh adds its own. A node may be used by any of them, and across paths "
        "slopes add, Eq. (3.2): `+=` everywhere.",
    ),
    "M39d": (
        "tanh puts its share in the place of what its input has",
        "Right but at tanh, which puts its share *in the place* of what its input has from other consumers. Across paths slopes add, Eq. (3.2): `+=` here too.",
    ),
    "M615": (
        "the walk starts from the output's value",
        "Your walk starts from the last node's *value*. It starts from that node's gradient with respect to itself: 1. So all your gradients are too large by one and the same "
        "factor, that value.",
    ),
    "M616": (
        "the slope of tanh is taken as 1 minus the square of what went in",
        "At tanh you used 1 − u² with the u that went *in*. The slope of tanh is 1 − a² with the a that came *out* of the gate (lesson 03), the node's own "
        "value.",
    ),
    "M637": (
        "the walk starts from 0",
        "All your gradients are 0, because nothing was there to hand on. The gradient of the last node with respect to itself is 1: begin with that.",
    ),
    "M638": (
        "the tape is walked from its beginning",
        "You walk the tape from its beginning. There the gradients are still 0, and nodes hand on nothing; only the last node's inputs get anything. A node "
        "passes on when its consumers have, Eq. (7.2): from the end to the beginning.",
    ),
    "M639": (
        "what arrives is left out: each gate hands on its local slopes alone",
        "Each gate hands on its *local* slopes alone, and not what has arrived at it. Eq. (7.1): the node's own gradient times the local slope.",
    ),
    "M639b": (
        "at tanh what arrives is left out",
        "At tanh you hand on the local slope alone, and not what has arrived at the node. Eq. (7.1): the node's own gradient times the local slope.",
    ),
    "M644": (
        "the gradients are kept in an array of whole numbers",
        "Your array of gradients holds whole numbers, so whatever is added to it loses its decimals. `np.zeros(n)` without a type holds floats.",
    ),
    "M645": (
        "the last node does not hand on",
        "Only the last node has a gradient: your walk begins one node too far to the left, so what the last one has is never handed on. It is a gate like the "
        "others, and comes first.",
    ),
    "M640": (
        "the two inputs of a gate get each other's share",
        "The two inputs of each gate get each other's share. `inputs[k]` is (first, second), and the first share belongs to the first.",
    ),
    "M641": (
        "the gates' own gradients are set to 0",
        "The inputs' gradients are right. Those of the gates are 0, and every node is asked for: the last one has 1, and what arrives at a gate is its "
        "gradient.",
    ),
    "M642": (
        "the gradients stand in the order in which they are found",
        "All numbers are right, in the order in which the walk finds them, from the last node to the first. Entry k belongs to node k.",
    ),
    "M643": (
        "σ's slope is taken for that of tanh",
        "a(1 − a) is the slope of σ. At tanh it is 1 − a² (lesson 03).",
    ),
    "M643b": (
        "tanh is applied to a, which is tanh(u) already, before its slope is taken",
        "You squashed twice: the node's value is tanh(u) already, and your slope applies tanh to it once more. With that value a at hand it is 1 − a².",
    ),
    "M643c": (
        "the slope of tanh is missing",
        "The gate tanh hands its gradient on unchanged. It squashes, so it has a slope of its own: 1 − a² with the node's value a (lesson 03).",
    ),
    "M643d": (
        "1 − a stands where the slope of tanh, 1 − a², belongs",
        "At tanh yours is 1 − a; the slope is 1 − a², with the square (lesson 03).",
    ),
    "M643e": (
        "a, the value of tanh, is taken for its slope",
        "At tanh you multiply by a, its *value*. What scales a gradient on its way back is the slope, 1 − a² (lesson 03).",
    ),
    "M600": (
        "at the product each input gets its own value",
        'The product hands each input its *own* value. It gets the other\'s, Eq. (7.1). If you use your `local_backward`, see what `check("07.1", '
        "local_backward)` says of it.",
    ),
    "M602": (
        "in the difference the second input lost its minus",
        "The difference hands both inputs the same. The second one is subtracted: its share has a minus. If you use your `local_backward`, see what "
        '`check("07.1", local_backward)` says of it.',
    ),
    "M603": (
        "in the quotient the square is missing",
        "In the quotient the second input gets −g·a/b, and the square is missing: the slope of 1/u is −1/u². If you use your `local_backward`, see what "
        '`check("07.1", local_backward)` says of it.',
    ),
    "M604": (
        "in the quotient the second input lost its minus",
        "In the quotient the second input lost its minus: the slope of 1/u is −1/u². If you use your `local_backward`, see what "
        '`check("07.1", local_backward)` says of it.',
    ),
}

EXERCISE = Exercise(
    id="07.5",
    name="backward",
    points=3,
    title="Walk a tape backward",
    kind="write",
    returns=("grads",),
    reference=backward,
    cases=tape_cases,
    variants=lambda ids: tape_variant(*ids),
    mistakes=tuple(
        Mistake(i, tape_variant(i), message=text, cause=cause) for i, (cause, text) in SAID.items()
    ),
    hints=(
        "Begin with zeros, and with 1 at the last node. Then node by node, from the last to the first: what a node has is complete, so hand it on to its inputs.",
        "Eq. (7.1): each input gets, added to what it has, grads[k] times the local slope. tanh has one input, and the slope 1 − a² with a = values[k].",
        'grads = np.zeros(len(ops))\ngrads[-1] = ...\nfor k in reversed(range(len(ops))):\n    i, j = inputs[k]\n    if ops[k] == "tanh":\n        grads[i] += ...\n'
        '    elif ops[k] != "in":\n        gi, gj = local_backward(ops[k], ...)\n        ...\nreturn grads',
    ),
)
