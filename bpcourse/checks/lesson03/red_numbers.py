"""03.2: the slope on every wire of a circuit, by Eq. (3.1) and (3.2)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake

WIRES = ("s", "q", "z", "x", "y")


def red_numbers(x, y, z):
    """Slopes of f = (xy + z)·y on every wire, by Eq. (3.1) and (3.2)."""
    s = x * y + z
    return {"s": y, "q": y, "z": y, "x": y * y, "y": s + y * x}


def red(**changed):
    """Some wires of `red_numbers` filled in by another rule; the others are left open."""
    return lambda x, y, z: {k: changed[k](x, y, z) if k in changed else None for k in WIRES}


def s_of(x, y, z):
    """The value on wire s."""
    return x * y + z


def circuit_cases(rng):
    """The numbers of the statement, then two drawn sets: no two values on the wires alike, none 0 or ±1."""
    cases = [Case("x, y, z = 3, -1, 4", (3.0, -1.0, 4.0))]
    for name in ("other numbers", "a third set of numbers"):
        cases.append(Case(name, apart(rng)))
    return cases


def apart(rng):
    """x, y, z so that the values on all wires differ by half at least, in size too."""
    while True:
        x, y, z = (float(v) for v in normal(rng, 3, scale=2.0))
        sizes = np.abs([x, y, z, x * y, x * y + z, 1.0, 2.0, 0.0])
        if np.diff(np.sort(sizes)).min() > 0.2:
            return x, y, z


EXERCISE = Exercise(
    id="03.2",
    name="red_numbers",
    points=3,
    title="Fill in the slopes of a circuit",
    kind="predict",
    returns=WIRES,
    reference=red_numbers,
    cases=circuit_cases,
    mistakes=(
        Mistake(
            "M18",
            red(x=lambda x, y, z: y + y),
            message="x: yours is y + y, the two slopes on the path from x to f, added. Along a path they multiply, Eq. (3.1): each gate scales what arrives.",
        ),
        Mistake(
            "M18b",
            red(y=lambda x, y, z: s_of(x, y, z) + y + x),
            message="y: two paths, and they are added, which is right. But on the longer one, over q, the slopes y and x are added too. Along a path they "
            "multiply, Eq. (3.1); across paths they add, Eq. (3.2).",
        ),
        Mistake(
            "M19",
            red(y=lambda x, y, z: s_of(x, y, z)),
            message="y: this is the path straight into the last multiplication. y is used twice: it also made q. Add what comes back on that path, "
            "Eq. (3.2).",
        ),
        Mistake(
            "M19b",
            red(y=lambda x, y, z: y * x),
            message="y: this is the path over q. y is used twice: it also enters the last multiplication directly. Add what comes back on that path, "
            "Eq. (3.2).",
        ),
        Mistake(
            "M119",
            red(
                s=lambda x, y, z: s_of(x, y, z),
                q=lambda x, y, z: s_of(x, y, z),
                z=lambda x, y, z: s_of(x, y, z),
                x=lambda x, y, z: s_of(x, y, z) * x,
                y=lambda x, y, z: y + s_of(x, y, z) * y,
            ),
            documented={"s ratio": 2.37, "x ratio": 3.81},
            at="other numbers",
            message="Your multiplications hand each input *its own* value back. Nudge s in s·y: the product moves by y times the nudge. So each input "
            "gets the value of the other one, times the slope that arrives.",
        ),
        Mistake(
            "M120",
            red(
                q=lambda x, y, z: y / 2,
                z=lambda x, y, z: y / 2,
                x=lambda x, y, z: y * y / 2,
                y=lambda x, y, z: s_of(x, y, z) + y * x / 2,
            ),
            documented={"q factor": "1/2", "z factor": "1/2", "x factor": "1/2", "y ratio": 0.788},
            at="other numbers",
            message="Your sum gate splits its slope between q and z, half and half. Nudge q in q + z: the sum moves by the whole nudge. "
            "A sum hands the slope on to both, unchanged, and what lies left of it inherits that.",
        ),
        Mistake(
            "M225b",
            red(q=lambda x, y, z: 1.0),
            message="q: 1 is the local slope of the sum, and only that. Multiply it by the slope that arrives at s, Eq. (3.1).",
        ),
        Mistake(
            "M249",
            red(z=lambda x, y, z: 1.0),
            message="z: 1 is the local slope of the sum, and only that. Multiply it by the slope that arrives at s, Eq. (3.1).",
        ),
        Mistake(
            "M249b",
            red(s=lambda x, y, z: 1.0),
            message="s: 1 is the slope at f, where the way back begins. Before it reaches s it passes the last multiplication, which scales it by the value on "
            "its *other* wire.",
        ),
        Mistake(
            "M251c",
            red(s=lambda x, y, z: s_of(x, y, z)),
            message="s: at the last multiplication s got its *own* value. Nudge s in s·y: the product moves by y times the nudge, so s gets the value of the "
            "other input.",
        ),
        Mistake(
            "M225c",
            red(x=lambda x, y, z: y),
            message="x: y is the local slope of the multiplication xy, and only that. The slope at q belongs in front of it, Eq. (3.1).",
        ),
        Mistake(
            "M225d",
            red(y=lambda x, y, z: x * y + z + x),
            message="y: yours is xy + z and x, added. The short path brings xy + z, the value of the other wire. The longer one, over q, brings more than x, "
            "which is only the local slope at the multiplication xy: the slope at q belongs in front of it, Eq. (3.1).",
        ),
        Mistake(
            "M251d",
            red(y=lambda x, y, z: x),
            message="y: x is the local slope at the multiplication xy, and only that: the slope at q belongs in front of it, Eq. (3.1). And y is used twice: add "
            "the path straight into the last multiplication, Eq. (3.2).",
        ),
        Mistake(
            "M250",
            red(y=lambda x, y, z: z),
            message="y: yours equals z, which is what is left of s = xy + z when the other path, xy, is taken off. Both paths bring a share, and across paths "
            "we add, Eq. (3.2).",
        ),
        Mistake(
            "M250b",
            red(y=lambda x, y, z: s_of(x, y, z) * y * x),
            message="y: yours is the product of the two paths, s and y·x. Along a path multiply, across paths *add*, Eq. (3.2).",
        ),
        Mistake(
            "M250c",
            red(y=lambda x, y, z: 2 * x * y),
            message="y: two paths, and they are added, which is right. But on the short one the last multiplication hands y the value of its other wire, s, and "
            "that is xy + z: yours lacks z.",
        ),
        Mistake(
            "M251",
            red(x=lambda x, y, z: y * x),
            message="x: yours has x's *own* value in it. Nudge x in x·y: the product moves by y times the nudge. So the slope at x is the slope at q times the "
            "value of the *other* input, and neither of them depends on x.",
        ),
        Mistake(
            "M251b",
            red(y=lambda x, y, z: s_of(x, y, z) + y * y),
            message="y: yours is xy + z and y², added. The short path brings xy + z, the value of the other wire. On the longer one, nudge y in x·y: the product "
            "moves by x times the nudge, so there the slope at q meets the value of the *other* input, not y's own.",
        ),
        Mistake(
            "M225",
            red(
                s=lambda x, y, z: -1.0,
                q=lambda x, y, z: -1.0,
                z=lambda x, y, z: -1.0,
                x=lambda x, y, z: 1.0,
                y=lambda x, y, z: -2.0,
            ),
            message="But your pencil was right: these are the five slopes of the drawing, where x, y, z = 3, −1, 4. An item counts when it holds for *any* x, y "
            "and z, so return the formula by which you found each of them.",
        ),
        Mistake(
            "M248",
            red(
                s=lambda x, y, z: 1.0,
                q=lambda x, y, z: 1.0,
                z=lambda x, y, z: 1.0,
                x=lambda x, y, z: 1.0,
                y=lambda x, y, z: 3.0,
            ),
            message="These are the five numbers of the example, where x, y, z = 1, 1, 1. An item counts when it holds for *any* x, y and z: find a formula for "
            "each.",
        ),
    ),
    hints=(
        "Begin at f with slope 1 and go left. A product hands each input the slope times the other input; a sum hands it on unchanged; a copy adds.",
        "f = s·y, so ∂f/∂s = y. Sum: q and z get the same. Product q = x·y: x gets ∂f/∂q · y. And y has two paths, Eq. (3.2).",
        "q = x * y\ns = q + z\nds = ...\ndq = ...\ndz = ...\ndx = ...\ndy = ...   # two paths\n"
        'return {"s": ds, "q": dq, "z": dz, "x": dx, "y": dy}',
    ),
)
