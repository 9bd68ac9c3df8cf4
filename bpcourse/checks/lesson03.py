"""Lesson 03, chain rule with numbers: exercises, the wrong answers known for them, and what to say."""

from __future__ import annotations

import numpy as np

from ..activations import sigmoid
from .draws import normal
from .exercise import Case, Exercise, Mistake, quiz

# ---------------------------------------------------------------- 03.1 first_order_change


def first_order_change(grad, dx):
    """ΔL to first order, Eq. (3.6)."""
    return float(np.sum(grad * dx))


def change_cases(rng):
    """A vector, a matrix and a square one: a rise, a fall, a rise, none near 0, where a wrong one could meet it."""
    kinds = {
        "a vector of 4": ((4,), 1.0),
        "a matrix, 4 by 5": ((4, 5), -1.0),
        "the square case, 4 by 4": ((4, 4), 1.0),
    }
    return [Case(name, aligned(rng, shape, sign)) for name, (shape, sign) in kinds.items()]


def aligned(rng, shape, sign):
    """Slopes and nudges whose shares add up to a change of this sign, and largely agree."""
    while True:
        grad, dx = normal(rng, *shape), normal(rng, *shape, scale=0.5)
        size = np.linalg.norm(grad) * np.linalg.norm(dx)
        if 0.3 < abs(np.sum(grad * dx)) / size < 0.95:
            return grad, dx * sign * np.sign(np.sum(grad * dx))


FIRST_ORDER_CHANGE = Exercise(
    id="03.1",
    name="first_order_change",
    points=2,
    title="Promise a change of the loss",
    kind="write",
    returns=("ΔL",),
    reference=first_order_change,
    cases=change_cases,
    mistakes=(
        Mistake(
            "M115",
            lambda grad, dx: grad * dx,
            documented={"shape": (4,)},
            message="Your answer has shape {got.shape}: it holds the share of every nudge, one beside the other. The loss is one number, "
            "and all shares arrive in it, so the last step of Eq. (3.6) is the sum Σ.",
        ),
        Mistake(
            "M116",
            lambda grad, dx: np.mean(grad * dx),
            documented={"ratio": 0.25},
            at="a vector of 4",
            message="Your number is the mean of the {grad.size} shares, 1/{grad.size} of the change. All nudges happen together, so their "
            "shares add up; nothing in Eq. (3.6) is divided by their number.",
        ),
        Mistake(
            "M240",
            lambda grad, dx: np.sum(grad * dx) / len(grad),
            message="Your number is the right sum divided by {grad.shape[0]}, the length of `grad` (for a matrix: its number of rows). All nudges happen "
            "together, so their shares add up; nothing in Eq. (3.6) is divided by their number.",
        ),
        Mistake(
            "M117",
            lambda grad, dx: np.linalg.norm(grad) * np.linalg.norm(dx),
            documented={"ratio": 1.25},
            message="Your number is (size of the gradient) times (size of the nudge). That is the most that a nudge of this size could do: the change "
            "if it pointed along the gradient. This one points elsewhere, so take entry by entry, with the signs, Eq. (3.6).",
        ),
        Mistake(
            "M118",
            lambda grad, dx: grad @ dx,
            documented={"shape": (4, 4)},
            at="the square case, 4 by 4",
            message="The vector is right. For matrices `@` and `np.dot` are another product: each row of the one meets each column of the other. "
            "On the square case it fits by luck, and gives an array of shape {got.shape}. "
            "Eq. (3.6) pairs every slope with its own nudge: entry by entry, then the sum over all of them.",
        ),
        Mistake(
            "M118b",
            lambda grad, dx: float(grad @ dx),
            message="The vector is right. For matrices `@` and `np.dot` are another product: each row of the one meets each column of the other, and NumPy "
            "refuses it or returns a table. Eq. (3.6) pairs every slope with its own nudge: entry by entry, then the sum over all of them.",
        ),
        Mistake(
            "M243",
            lambda grad, dx: grad.T @ dx,
            message="The vector is right. For a matrix your answer is a table of shape {got.shape}: each *column* of `grad` met each column of `dx`. "
            "Eq. (3.6) pairs every slope with its own nudge: entry by entry, then the sum over all of them.",
        ),
        Mistake(
            "M243b",
            lambda grad, dx: grad @ dx.T,
            message="The vector is right. For a matrix your answer is a table of shape {got.shape}: each *row* of `grad` met each row of `dx`. "
            "Eq. (3.6) pairs every slope with its own nudge: entry by entry, then the sum over all of them.",
        ),
        Mistake(
            "M244",
            np.outer,
            message="Your answer is a table of shape {got.shape}: every slope times *every* nudge. Eq. (3.6) pairs a slope with its own nudge alone, "
            "entry by entry, and adds up.",
        ),
        Mistake(
            "M245",
            lambda grad, dx: np.sum(grad @ dx),
            message="The vector is right. For matrices a matrix product pairs rows with columns: a matrix of 4 by 5 with one of 4 by 5 it refuses, and on "
            "the square case its entries hold slopes times nudges that are not their own. Multiply entry by entry, then add, Eq. (3.6).",
        ),
        Mistake(
            "M245b",
            lambda grad, dx: np.sum(grad.T @ dx),
            message="The vector is right. For a matrix your number is the sum over a whole table: every column of `grad` met every column of `dx`, so most "
            "slopes were multiplied by nudges that are not their own. Multiply entry by entry, then add, Eq. (3.6).",
        ),
        Mistake(
            "M222",
            lambda grad, dx: np.sum(grad) * np.sum(dx),
            message="Your number is (the sum of all slopes) times (the sum of all nudges): every slope is paired with every nudge. Eq. (3.6) pairs a slope "
            "with *its own* nudge: first multiply entry by entry, then add.",
        ),
        Mistake(
            "M223",
            lambda grad, dx: sum(grad * dx),
            message="The vector is right. For a matrix your answer has shape {got.shape}: one sum a column. Rows were added to rows, as Python's `sum`, a "
            "loop over rows and a sum over axis 0 do. `np.sum` without an axis adds all entries.",
        ),
        Mistake(
            "M241",
            lambda grad, dx: np.sum(grad * dx, axis=-1),
            message="The vector is right. For a matrix your answer has shape {got.shape}: one sum a row. They still have to be added to each other; "
            "`np.sum` without an axis adds all entries.",
        ),
        Mistake(
            "M241b",
            lambda grad, dx: np.sum(grad * dx, axis=1),
            message="A vector of shape (D,) has no axis 1, so NumPy stops there. And of a matrix a sum over axis 1 leaves one number a row. "
            "`np.sum` without an axis adds all entries, whatever the shape.",
        ),
        Mistake(
            "M241c",
            lambda grad, dx: sum(sum(grad * dx)),
            message="The matrices are right. With a vector your function stops: one sum makes it a number already, and a number has no parts that a second sum "
            "could add up. `np.sum` without an axis adds all entries, whatever the shape.",
        ),
        Mistake(
            "M242",
            lambda grad, dx: np.array([np.sum(grad * dx)]),
            message="The number is right, but it comes in an array of shape {got.shape}. Return the number itself, with no brackets around it.",
        ),
        Mistake(
            "M242b",
            lambda grad, dx: np.sum(grad * dx, keepdims=True),
            message="The number is right, but the array's axes are kept: the shape is {got.shape} for the vector, and (1, 1) for a matrix. "
            "`np.sum` without `keepdims` returns the number itself.",
        ),
        Mistake(
            "M224",
            lambda grad, dx: np.sum(np.abs(grad * dx)),
            message="Your number is the sum of the shares *without their signs*. A share that lowers the loss is negative and is taken off, Eq. (3.6).",
        ),
        Mistake(
            "M246",
            lambda grad, dx: abs(np.sum(grad * dx)),
            message="The size is right and the sign is lost: on {case} the loss falls, so ΔL is negative, and your answer is positive. Eq. (3.6) takes no "
            "absolute value.",
        ),
        Mistake(
            "M247",
            lambda grad, dx: np.sum(grad),
            message="Your number is the sum of the slopes alone. A slope says how much the loss moves *per unit* of a nudge; multiply each by the size of its "
            "own nudge, Eq. (3.6).",
        ),
        Mistake(
            "M247b",
            lambda grad, dx: np.sum(grad + dx),
            message="Your number adds slopes and nudges to each other. Each nudge is *scaled* by its slope: multiply the two, entry by entry, and add the "
            "shares, Eq. (3.6).",
        ),
    ),
    hints=(
        "Each entry that moves brings its own share of the change. What happens to the shares of nudges that are made together?",
        "ΔL ≈ Σᵢ (∂L/∂xᵢ) Δxᵢ, Eq. (3.6), over all entries, whatever the shape.",
        "shares = ...        # entry by entry\nreturn ...          # one number",
    ),
)

# ---------------------------------------------------------------- 03.2 red_numbers

WIRES = ("s", "q", "z", "x", "y")


def red_numbers(x, y, z):
    """Slopes of f = (xy + z)·y on every wire, by Eq. (3.1) and (3.2)."""
    s = x * y + z
    return {"s": y, "q": y, "z": y, "x": y * y, "y": s + y * x}


def red(**changed):
    """Some wires of `red_numbers` filled in by another rule; the others are left open."""
    return lambda x, y, z: {k: changed[k](x, y, z) if k in changed else None for k in WIRES}


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


RED_NUMBERS = Exercise(
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
            message="y: two paths, and they are added, which is right. But on the longer one x is only the local slope at the multiplication xy. "
            "The slope at q belongs in front of it, Eq. (3.1).",
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
            message="x: yours is the slope at q times x's *own* value. Nudge x in x·y: the product moves by y times the nudge, so x gets the value of the other "
            "input.",
        ),
        Mistake(
            "M251b",
            red(y=lambda x, y, z: s_of(x, y, z) + y * y),
            message="y: two paths, and they are added, which is right. But at the multiplication xy, y got its *own* value. Nudge y in x·y: the product moves "
            "by x times the nudge.",
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


def s_of(x, y, z):
    """The value on wire s."""
    return x * y + z


# ---------------------------------------------------------------- 03.3 composite_grad


def composite_grad(x, y):
    """f = (xy + sin x)², ∂f/∂x and ∂f/∂y."""
    u = x * y + np.sin(x)
    return u * u, 2 * u * (y + np.cos(x)), 2 * u * x


def composite(along_x=None, along_y=None):
    """`composite_grad` with other rules for its slopes; f is right."""

    def answer(x, y):
        u = x * y + np.sin(x)
        dx = 2 * u * (y + np.cos(x)) if along_x is None else along_x(x, y, u)
        return u * u, dx, 2 * u * x if along_y is None else along_y(x, y, u)

    return answer


def composite_pair(ids):
    """Two mistakes together, where one is in df/dx alone and the other in df/dy alone."""
    if not set(ids) <= set(COMPOSITE_RULES):
        return None
    (x1, y1), (x2, y2) = (COMPOSITE_RULES[i] for i in ids)
    if x1 and not y1 and y2 and not x2:
        return composite(x1, y2)
    return composite(x2, y1) if x2 and not y2 and y1 and not x1 else None


COMPOSITE_RULES = {  # what is taken for df/dx and for df/dy; None where it is right
    "M18": (lambda x, y, u: 2 * u + y + np.cos(x), lambda x, y, u: 2 * u + x),
    "M19": (lambda x, y, u: 2 * u * y, None),
    "M19b": (lambda x, y, u: 2 * u * np.cos(x), None),
    "M20": (lambda x, y, u: 2 * u * (y + np.cos(np.sin(x))), None),
    "M20b": (lambda x, y, u: 2 * u * u * (y + np.cos(x)), lambda x, y, u: 2 * u * u * x),
    "M121": (lambda x, y, u: u * (y + np.cos(x)), lambda x, y, u: u * x),
    "M122": (lambda x, y, u: 2 * u, lambda x, y, u: 2 * u),
    "M123": (lambda x, y, u: 2 * u * (x + np.cos(x)), lambda x, y, u: 2 * u * y),
    "M124": (lambda x, y, u: 2 * u * y * np.cos(x), None),
    "M226": (lambda x, y, u: 2 * u * (y - np.cos(x)), None),
    "M227b": (lambda x, y, u: 2 * u * x, lambda x, y, u: 2 * u * (y + np.cos(x))),
    "M252": (lambda x, y, u: y + np.cos(x), lambda x, y, u: x),
    "M252b": (lambda x, y, u: 2 * (y + np.cos(x)), lambda x, y, u: 2 * x),
    "M252c": (lambda x, y, u: u * u * (y + np.cos(x)), lambda x, y, u: u * u * x),
    "M253": (lambda x, y, u: 2 * u * y + np.cos(x), None),
    "M253b": (lambda x, y, u: y + 2 * u * np.cos(x), None),
    "M253c": (lambda x, y, u: y + np.cos(x), None),
    "M254": (lambda x, y, u: 2 * u * (y + np.sin(x)), None),
    "M254b": (lambda x, y, u: 2 * u * (y + 1), None),
    "M254c": (lambda x, y, u: 2 * u * (y + np.cos(y)), None),
    "M254d": (lambda x, y, u: 2 * u * (y + np.cos(u)), None),
    "M255": (None, lambda x, y, u: 2 * u * y),
    "M255b": (None, lambda x, y, u: 2 * u),
    "M255c": (None, lambda x, y, u: x),
    "M255d": (None, lambda x, y, u: 2 * u * (x + np.cos(x))),
}

COMPOSITE_SAID = {  # the mistake alone, and what is said of it where it is the only one
    "M18": (
        "in both slopes 2u is added, not multiplied",
        "f is right. In both slopes you *added* the slope of the square, 2u, to the slope inside. Along a path they multiply, Eq. (3.1); "
        "only the two paths from x are added.",
    ),
    "M19": (
        "df/dx follows the path through the product alone, and the path through the sine has to be added",
        "f and df/dy are right. Your df/dx follows the path through the product alone. x is used twice: add the path through the sine, "
        "Eq. (3.2).",
    ),
    "M19b": (
        "df/dx follows the path through the sine alone, and the path through the product has to be added",
        "f and df/dy are right. Your df/dx follows the path through the sine alone. x is used twice: add the path through the product, "
        "Eq. (3.2).",
    ),
    "M20": (
        "in df/dx the slope of the sine is taken at what came out of it, cos(sin x)",
        "f and df/dy are right. In df/dx the slope of the sine is taken at what came *out* of it, cos(sin x). A local slope belongs to "
        "the value that went in, Eq. (3.1).",
    ),
    "M20b": (
        "the slope of the square is taken as 2f",
        "f is right. In both slopes the square brings 2u² = 2f, twice what came *out* of it. The square received u, so its local slope "
        "is 2u, Eq. (3.1).",
    ),
    "M121": (
        "both slopes are half of what they should be",
        "f is right, and both slopes are exactly half of what they should be. How much does u² move per unit of u?",
    ),
    "M122": (
        "both slopes are 2u, the slope in u",
        "f is right. Both of your slopes are 2u, the slope in u: the way stops there. It has to go on through the sum to x and to y, and "
        "each gate on it multiplies, Eq. (3.1).",
    ),
    "M123": (
        "at the product xy each input got its own value",
        "f is right. At the product xy each of your inputs got its own value. Nudge x, and xy moves by y times the nudge: each input "
        "gets the value of the *other*.",
    ),
    "M124": (
        "in df/dx the two paths, y and cos x, are multiplied",
        "f and df/dy are right. In df/dx the two paths from x, y and cos x, are multiplied. Along a path multiply, "
        "across paths *add*, Eq. (3.2).",
    ),
    "M226": (
        "in df/dx cos x has the wrong sign",
        "f and df/dy are right. One sign in df/dx is not: the slope of sin is +cos. (The minus belongs to cos, whose slope is −sin.)",
    ),
    "M227b": (
        "the two slopes stand in each other's place",
        "All three numbers are right, and the two slopes stand in each other's place. The order is f, df/dx, df/dy.",
    ),
    "M252": (
        "the slope of the square, 2u, is missing",
        "f is right. Both of your slopes are those of u, the inside: the slope of the square is missing. The way back starts at f, and "
        "the first gate on it multiplies everything that lies before it by 2u, Eq. (3.1).",
    ),
    "M252b": (
        "the square brings 2 where it should bring 2u",
        "f is right. In both slopes the square brings a factor 2, and it should bring 2u: how much u² moves depends on where u stands.",
    ),
    "M252c": (
        "the square brings its value u² where it should bring its slope, 2u",
        "f is right. In both slopes the square brings u², its *value*. What scales a nudge is its slope, 2u.",
    ),
    "M253": (
        "in df/dx cos x lacks the factor 2u",
        "f and df/dy are right. In df/dx the path through the sine lacks the factor 2u: cos x stands there alone. *Both* paths pass the square, so 2u "
        "multiplies their sum. (Are there parentheses around y + cos x?)",
    ),
    "M253b": (
        "in df/dx y lacks the factor 2u",
        "f and df/dy are right. In df/dx the path through the product lacks the factor 2u: y stands there alone. *Both* paths pass the square, so 2u "
        "multiplies their sum.",
    ),
    "M253c": (
        "df/dx lacks the factor 2u",
        "f and df/dy are right. Your df/dx is the slope of the inside, u: the slope of the square, 2u, is missing there, Eq. (3.1).",
    ),
    "M254": (
        "in df/dx the sine brings sin x where it should bring its slope, cos x",
        "f and df/dy are right. In df/dx the sine brings sin x, its *value*. What scales a nudge is its slope, cos x.",
    ),
    "M254b": (
        "in df/dx the sine brings 1 where it should bring its slope, cos x",
        "f and df/dy are right. In df/dx the path through the sine brings the factor 1, as if the sine were not there. It scales a nudge of x by its "
        "local slope, cos x.",
    ),
    "M254c": (
        "in df/dx the slope of the sine is taken at y",
        "f and df/dy are right. In df/dx the slope of the sine is taken at y. A local slope belongs to the value that went in, and into this sine went x.",
    ),
    "M254d": (
        "in df/dx the slope of the sine is taken at u",
        "f and df/dy are right. In df/dx the slope of the sine is taken at u. A local slope belongs to the value that went in, and into this sine went x.",
    ),
    "M255": (
        "in df/dy y got its own value at the product xy",
        "f and df/dx are right. In df/dy the product xy gave y its *own* value. Nudge y, and xy moves by x times the nudge.",
    ),
    "M255b": (
        "df/dy stops at u",
        "f and df/dx are right. Your df/dy is 2u, the slope in u: the way stops there. One gate is left, the product xy, and it multiplies, Eq. (3.1).",
    ),
    "M255d": (
        "df/dy has a share of the sine, which holds no y",
        "f and df/dx are right. In df/dy you added cos x. Nudge y alone: the sine does not move, since there is no y in it. One path leads from y to f.",
    ),
    "M255c": (
        "df/dy lacks the factor 2u",
        "f and df/dx are right. Your df/dy is the slope of the inside, u: the slope of the square, 2u, is missing there, Eq. (3.1).",
    ),
}

COMPOSITE_DOCUMENTED = {
    "M121": {"df/dx factor": "1/2", "df/dy factor": "1/2"},
    "M122": {"df/dx ratio": 0.848, "df/dy ratio": 0.964},
    "M123": {"df/dx ratio": 1.31, "df/dy ratio": 0.646},
    "M124": {"df/dx ratio": 0.289},
}


def composite_cases(rng):
    """Points, in eighths, where no two rules meet: x off 0 and 2πk, where cos(sin x) = cos x; |u| off ½ and 1."""
    cases = []
    while len(cases) < 3:
        x, y = (float(v) for v in np.rint(normal(rng, 2, scale=1.5) * 8) / 8)
        u, slope = x * y + np.sin(x), np.cos(x)
        apart = (
            x,
            y,
            x - y,
            u,
            abs(u) - 1,
            u - 0.5,
            slope,
            slope - 1,
            slope - np.sin(x),
            y + slope,
            y + slope - y * slope,
            np.cos(np.sin(x)) - slope,
        )
        if np.abs(apart).min() > 0.15:
            cases.append(Case(f"x = {x:g}, y = {y:g}", (x, y)))
    return cases


COMPOSITE_GRAD = Exercise(
    id="03.3",
    name="composite_grad",
    points=3,
    title="Differentiate a formula by stages",
    kind="write",
    returns=("f", "df/dx", "df/dy"),
    reference=composite_grad,
    cases=composite_cases,
    variants=composite_pair,
    mistakes=(
        *(
            Mistake(
                i,
                composite(*COMPOSITE_RULES[i]),
                text,
                cause=cause,
                documented=COMPOSITE_DOCUMENTED.get(i, {}),
            )
            for i, (cause, text) in COMPOSITE_SAID.items()
        ),
        Mistake(
            "M227",
            lambda x, y: (
                x * y + np.sin(x),
                2 * (x * y + np.sin(x)) * (y + np.cos(x)),
                2 * (x * y + np.sin(x)) * x,
            ),
            message="Both slopes are right. Your first value is u = xy + sin x; f is its square.",
        ),
    ),
    hints=(
        "Write the stages down: a product, a sine, their sum, the square. Then go back through them, from f to x and y.",
        "u = xy + s with s = sin x, f = u². ∂f/∂u = 2u goes on to both terms of the sum; x then collects two shares, Eq. (3.2).",
        "s = ...\nu = ...\ndu = ...             # slope of the square\ndx = du * (... + ...)  # two paths\ndy = du * ...\nreturn u**2, dx, dy",
    ),
)

# ---------------------------------------------------------------- 03.4 chain_of_four


def chain_of_four(x, w, b):
    """Gradients of a4 in a chain of four σ neurons, by Eq. (3.1) and (3.3)."""
    return chain_variant()(x, w, b)


def chain_variant(*faults):
    """`chain_of_four` with these mistakes made, each at the line where a learner makes it."""
    on = set(faults).__contains__

    def answer(x, w, b):
        z, a = chain_forward(x, w, 0 * b if on("M229") else b)
        dw, db, g = np.empty(4), np.empty(4), 1.0
        for k in (0, 1, 2, 3) if on("M231b") else (3, 2, 1, 0):
            delta = g if k == 3 and on("M228") else along(g, slope_at(z, a, k, on), on)
            own = 1.0 if on("M257b") else delta
            db[k] = g if on("M259") else 1.0 if on("M265") else own
            dw[k] = along(g if on("M264") else own, met_by_weight(z, a, w, k, on), on)
            weight = 1.0 if on("M128") else w[k - 1] if on("M127") else w[k]
            g = 1.0 if on("M257") else along(g if on("M263") else delta, weight, on)
        return (dw[::-1], db[::-1]) if on("M231") else (dw, db)

    return answer


def chain_forward(x, w, b):
    """All z (4,) and all activations (5,), the input first."""
    z, a = np.empty(4), np.empty(5)
    a[0] = x
    for k in range(4):
        z[k] = w[k] * a[k] + b[k]
        a[k + 1] = sigmoid(z[k])
    return z, a


def along(arriving, local, on):
    """One step of a path: a product, or with M18 a sum."""
    return arriving + local if on("M18") else arriving * local


def slope_at(z, a, k, on):
    """Slope of the k-th σ, in the ways in which it is got wrong."""
    if on("M23") or (on("M267") and k < 3):
        return 1.0
    if on("M258") or on("M262") or on("M262b"):
        return a[k + 1] if on("M262") else 1 - a[k + 1] if on("M262b") else 1 - a[k + 1] ** 2
    at = sigmoid(a[k + 1]) if on("M24") else z[k] if on("M25") else a[k] if on("M230") else a[k + 1]
    return at * (1 - at)


def met_by_weight(z, a, w, k, on):
    """What δ is multiplied by to give the slope of the k-th weight; rightly, what came in."""
    if on("M260") or on("M261"):
        return w[k] if on("M261") else 1.0
    return a[k + 1] if on("M125") else z[k] if on("M126") else a[0] if on("M266") else a[k]


def chain_pair(ids):
    """Two mistakes together, where both can be made at once."""
    return chain_variant(*ids)


def chain_cases(rng):
    """Weights of both signs, none near 0 or 1, and biases that keep the gates awake; x is not 1. All can be copied."""
    cases = []
    for x in (0.75, -1.5, 2.25):
        w, b = signed(rng, 1.25, 3.0, 0.25), signed(rng, 0.25, 1.0, 0.125)
        cases.append(Case(f"x = {x:g}, w = {written(w)}, b = {written(b)}", (x, w, b)))
    return cases


def signed(rng, low, high, step):
    """Four numbers of different size between low and high, in steps, two of them negative."""
    sizes = rng.choice(np.arange(low, high + step / 2, step), 4, replace=False)
    return sizes * rng.permutation([1.0, 1.0, -1.0, -1.0])


def written(numbers):
    """As Python has them, to be copied: ``[1.5, -2, 3, -1.25]``."""
    return f"[{', '.join(f'{v:g}' for v in numbers)}]"


CHAIN_SAID = {  # the mistake alone, and what is said of it where it is the only one
    "M18": (
        "the slopes along the path are added, not multiplied",
        "You added where the path multiplies. Each gate *scales* the slope that arrives, so what passes σ, what reaches a weight and what reaches the neuron "
        "before are all products, Eq. (3.1).",
    ),
    "M23": (
        "the slope of σ is missing everywhere",
        "The slope of σ is missing. What arrives at the activation a has to pass the gate to reach z, and the gate scales it by a(1 − a), Eq. (3.3).",
    ),
    "M24": (
        "σ is applied to a, which is σ(z) already, before its slope is taken",
        "You squashed twice: a is σ(z) already, and your slope applies σ to it once more, so it is taken at what left the gate. "
        "With a at hand the slope is a(1 − a), Eq. (3.3).",
    ),
    "M25": (
        "z(1 − z) stands where a(1 − a) belongs",
        "You put z where a belongs: a(1 − a) is the slope of σ written with the value that *left* the gate, Eq. (3.3). "
        "z(1 − z) means nothing, and can be negative.",
    ),
    "M258": (
        "1 − a², the slope of tanh, is taken for that of σ",
        "1 − a² is the slope of tanh. These neurons squash with σ, whose slope is a(1 − a), Eq. (3.3).",
    ),
    "M262": (
        "a, the value of σ, is taken for its slope",
        "Each gate brings a, its *value*. What scales a slope on its way back is the gate's own slope, a(1 − a), Eq. (3.3).",
    ),
    "M262b": (
        "1 − a stands where the slope of σ, a(1 − a), belongs",
        "Your slope of σ is 1 − a; the factor a in front is missing. The slope is a(1 − a), Eq. (3.3).",
    ),
    "M263": (
        "what goes on to the neuron before has not passed σ",
        "The last neuron is right. From there on slopes of σ are missing: what crosses the weight w_k, on to the neuron before, is the slope at z_k, which has "
        "passed σ, and not the one that arrived at a_k.",
    ),
    "M125": (
        "in dw each weight got its own neuron's output, not what came in",
        "db is right. In dw each weight got its own neuron's output. A weight's slope has the value that the weight *multiplied*: what came "
        "in, the activation before it.",
    ),
    "M126": (
        "in dw z stands where the activation that came in belongs",
        "db is right. In dw you used z. What a weight multiplied in the forward pass is the activation that came in, and that is what its "
        "slope has.",
    ),
    "M260": (
        "in dw the activation that came in is missing",
        "db is right, and your dw equals it. z moves by 1 per unit of b, but per unit of w it moves by what the weight *multiplied*: the activation that came "
        "in.",
    ),
    "M261": (
        "in dw the weight itself stands where the activation that came in belongs",
        "db is right. In dw each slope was multiplied by the weight itself. Nudge w in w·a: the product moves by a times the nudge, so a weight gets the "
        "activation that came in.",
    ),
    "M259": (
        "db holds the slopes at the activations, before they pass σ",
        "dw is right. Your db holds the slopes at the *activations*, before they pass σ. The bias sits in z, behind that gate: its slope has a(1 − a) in it too, "
        "Eq. (3.3).",
    ),
    "M264": (
        "dw is made from the slope at the activation, before it passes σ",
        "db is right. Your dw is made from the slope that arrives at the *activation*, before it passes σ. The weight sits in z, behind that gate: take the "
        "slope at z, which has a(1 − a) in it too, times what came in.",
    ),
    "M265": (
        "db is 1 everywhere, the local slope of z in b",
        "dw is right. Your db is 1 everywhere: how much each neuron's own *z* moves per unit of b. What follows, up to a₄, multiplies it, as it does for dw, "
        "Eq. (3.1).",
    ),
    "M266": (
        "in dw every weight got the chain's input x",
        "db is right. In dw every weight got the chain's input x. Only the first weight multiplied x; each of the others multiplied the activation of the neuron "
        "before it.",
    ),
    "M267": (
        "only the last σ has its slope",
        "The last neuron is right. From there on slopes of σ are missing: every neuron on the path squashes, so each brings its own a(1 − a), Eq. (3.3).",
    ),
    "M127": (
        "the slope crosses the wrong weight on its way back",
        "The last neuron is right. From there on the slope crosses the wrong weight: on the way into neuron k it crossed w_k, so on the way back from z_k "
        "it crosses the same w_k.",
    ),
    "M128": (
        "the weights are missing on the way from neuron to neuron",
        "The last neuron is right. From there on the weights are missing: between z_k and the activation before it lies the gate ×w_k, "
        "and its local slope is w_k, Eq. (3.1).",
    ),
    "M257": (
        "each neuron has its local slopes alone, and not what arrives from the right",
        "The last neuron is right. The others have their *local* slopes alone: how much their own activation moves, not how much a₄ does. Multiply by what "
        "arrives from the neurons to the right, Eq. (3.1).",
    ),
    "M257b": (
        "the slopes are those of each neuron's own z",
        "Your db is 1 everywhere and your dw is what came in: how much each neuron's own *z* moves. From there to a₄ lie a σ, and the neurons to the right, "
        "and each of their gates multiplies, Eq. (3.1).",
    ),
    "M228": (
        "the slope of the last σ is missing",
        "The slope of the last σ is missing from all your slopes, as if z₄ were the output. The output is a₄ = σ(z₄): one more gate, which every path passes, "
        "Eq. (3.1).",
    ),
    "M229": (
        "the biases are missing from the forward pass",
        "The biases are missing from your forward pass: each z is w · (the a before) + b. The way back is right for the chain that you ran, "
        "which is not the one that was asked for.",
    ),
    "M230": (
        "the slope of each σ is taken one neuron too early",
        "The slope of each σ is taken one neuron too early: at the activation that came into the neuron. a(1 − a) wants the value "
        "that left this gate, Eq. (3.3).",
    ),
    "M231b": (
        "the products are built from the first neuron on",
        "Your products are built from the first neuron on: entry k has the gates of the neurons up to k in it. But a nudge in neuron k travels *right*, to a₄. "
        "A slope of a₄ is known at a₄, where it is 1; begin there and go left, Eq. (3.1).",
    ),
    "M231": (
        "the entries stand in the order from the last neuron to the first",
        "All numbers are right, and in the order in which the way back finds them, from the last neuron to the first. Entry 0 belongs to the first "
        "neuron: fill arrays by index, or turn your lists around.",
    ),
}

CHAIN_DOCUMENTED = {
    "M125": {"dw cos": 1.0},
    "M126": {"dw rel": 0.98, "dw cos": -0.87},
    "M127": {"dw rel": 0.47, "dw cos": 0.57, "db rel": 0.4, "db cos": 0.68},
    "M128": {"dw rel": 0.12, "dw cos": 0.97, "db rel": 0.11, "db cos": 0.98},
}

CHAIN_OF_FOUR = Exercise(
    id="03.4",
    name="chain_of_four",
    points=4,
    title="Walk back through four neurons",
    kind="write",
    returns=("dw", "db"),
    reference=chain_of_four,
    cases=chain_cases,
    variants=chain_pair,
    mistakes=tuple(
        Mistake(
            i,
            chain_variant(i),
            message=text,
            cause=cause,
            documented=CHAIN_DOCUMENTED.get(i, {}),
            aliases=("M20",) if i == "M24" else (),  # σ at its output *is* σ squashed twice
        )
        for i, (cause, text) in CHAIN_SAID.items()
    ),
    hints=(
        "Forward first, keeping every activation. Then from the last neuron to the first: a slope g arrives at a_k, passes σ, and splits into "
        "what belongs to w_k, to b_k and to the neuron before.",
        "δ_k = g_k · a_k(1 − a_k); dw_k = δ_k · a_{k−1}; db_k = δ_k; g_{k−1} = δ_k · w_k. Begin with g₄ = 1.",
        "a = [x]\nfor k in range(4):\n    a.append(...)\ng = 1.0\nfor k in reversed(range(4)):   # w[k] leads from a[k] to a[k + 1]\n"
        "    db[k] = g * ...\n    dw[k] = ...\n    g = ...\nreturn dw, db",
    ),
)

# ---------------------------------------------------------------- inside the lesson


def without(*slopes):
    """The product with one gate left out, for each gate."""
    return tuple(
        Mistake(
            f"03.a{k}",
            lambda left=slope: np.prod(slopes) / left,
            message=f"This is the product of the other three: the gate with the slope {slope:g} is left out.",
        )
        for k, slope in enumerate(slopes, 3)
    )


IN_TEXT = (
    Exercise(
        id="03.a",
        name="four gates in a row",
        points=0,
        title="Multiply along a path",
        kind="predict",
        returns=("slope",),
        reference=lambda: -6.0,
        mistakes=(
            Mistake(
                "03.a1",
                lambda: 5.25,
                message="That is the sum. Along a path each gate scales what arrives, so the slopes multiply.",
            ),
            Mistake("03.a2", lambda: 6.0, message="The size is right. One gate turns the direction around."),
            *without(3, -2, 0.25, 4),
            Mistake(
                "03.a7",
                lambda: [-6.0],
                message="The number is right. Hand it over as it is, without brackets.",
            ),
        ),
        hints=(
            "A nudge goes in at the left; each gate scales it in turn.",
            "The product of the four, Eq. (3.1).",
            "3 · (−2) · 0.25 · 4",
        ),
    ),
    Exercise(
        id="03.b",
        name="x used twice",
        points=0,
        title="Add across paths",
        kind="predict",
        returns=("∂f/∂x",),
        reference=lambda: 6.0,
        mistakes=(
            Mistake(
                "03.b1",
                lambda: 5.0,
                message="5 is what comes over the product. x is used twice: the lone x has a path of its own, and across paths we add, Eq. (3.2).",
            ),
            Mistake(
                "03.b2",
                lambda: 1.0,
                message="That is the path through the lone x. x also enters the product.",
            ),
            Mistake("03.b3", lambda: 4.0, message="That is ∂f/∂y. How much does xy move when *x* is nudged?"),
            Mistake(
                "03.b4",
                lambda: 24.0,
                message="That is the value of f. The slope says how much f moves per unit of x.",
            ),
            Mistake(
                "03.b5",
                lambda: 10.0,
                message="That is ∂f/∂x and ∂f/∂y added to each other. Nudge x alone; y stays.",
            ),
            Mistake(
                "03.b6",
                lambda: [6.0],
                message="The number is right. Hand it over as it is, without any brackets.",
            ),
        ),
        hints=(
            "Nudge x: which of the two terms move?",
            "Two paths, so two shares, Eq. (3.2).",
            "y from the product, and 1 from the lone x",
        ),
    ),
    quiz(
        "03.q1",
        "A",
        right="2 · 3 along the first path, −4 · 1 along the second, and the two add up.",
        wrong={
            "B": "B: that multiplies the two paths. Across paths we add.",
            "C": "C: that is the first path alone. The second brings −4 · 1.",
        },
    ),
    quiz(
        "03.q2",
        "B",
        right="a(1 − a) with a = σ(z): the value that left the gate.",
        wrong={
            "A": "A: this squashes twice. a is σ(z) already; the slope is a(1 − a).",
            "C": "C: that is z(1 − z), a formula for a applied to z. A slope of σ is never negative.",
        },
    ),
    quiz(
        "03.q3",
        "B",
        right="All paths from layer 1 end in δ₂. Going backward, it is computed once, and every path uses it.",
        wrong={
            "A": "A: here there are few enough to follow them all. It would be the same factors again and again.",
            "C": "C: both ways give the same numbers.",
        },
    ),
)

EXERCISES = (FIRST_ORDER_CHANGE, RED_NUMBERS, COMPOSITE_GRAD, CHAIN_OF_FOUR, *IN_TEXT)
