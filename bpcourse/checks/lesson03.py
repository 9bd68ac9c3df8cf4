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
    """A vector, a matrix and a square one; the sum is nowhere near 0, else a wrong one could meet it."""
    shapes = {"a vector of 4": (4,), "a matrix, 4 by 5": (4, 5), "the square case, 4 by 4": (4, 4)}
    return [Case(name, aligned(rng, shape)) for name, shape in shapes.items()]


def aligned(rng, shape):
    """Slopes and nudges that agree in sign more often than not."""
    while True:
        grad, dx = normal(rng, *shape), normal(rng, *shape, scale=0.5)
        size = np.linalg.norm(grad) * np.linalg.norm(dx)
        if 0.3 < abs(np.sum(grad * dx)) / size < 0.95:
            return grad, dx


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
            message="You took the mean of the {grad.size} shares, which is 1/{grad.size} of the change. All nudges happen together, so their "
            "shares add up; nothing in Eq. (3.6) is divided by their number.",
        ),
        Mistake(
            "M117",
            lambda grad, dx: np.linalg.norm(grad) * np.linalg.norm(dx),
            documented={"ratio": 1.25},
            message="(Size of the gradient) times (size of the nudge) is the most that a nudge of this size could do: the change if it "
            "pointed along the gradient. This one points elsewhere, so take entry by entry, with the signs, Eq. (3.6).",
        ),
        Mistake(
            "M118",
            lambda grad, dx: grad @ dx,
            documented={"shape": (4, 4)},
            at="the square case, 4 by 4",
            message="The vector is right. For matrices `@` is another product: each row of the one meets each column of the other. On the square case it fits "
            "by luck, and gives an array of shape {got.shape}. "
            "Eq. (3.6) pairs every slope with its own nudge: entry by entry, then the sum over all of them.",
        ),
        Mistake(
            "M118b",
            lambda grad, dx: float(grad @ dx),
            message="The vector is right. For matrices `@` is another product: each row of the one meets each column of the other, and NumPy refuses it "
            "or returns a table. Eq. (3.6) pairs every slope with its own nudge: entry by entry, then the sum over all of them.",
        ),
        Mistake(
            "M222",
            lambda grad, dx: np.sum(grad) * np.sum(dx),
            message="You summed first and multiplied then, so every slope was paired with every nudge. Eq. (3.6) pairs a slope with *its own* nudge: "
            "multiply entry by entry first.",
        ),
        Mistake(
            "M223",
            lambda grad, dx: sum(grad * dx),
            message="The vector is right. For a matrix your answer has shape {got.shape}: Python's `sum` adds up rows and stops there, as does a "
            "sum over one axis. `np.sum` without an axis adds all entries.",
        ),
        Mistake(
            "M224",
            lambda grad, dx: np.sum(np.abs(grad * dx)),
            message="You added the shares without their signs. A share that lowers the loss is negative and is taken off, Eq. (3.6).",
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
    title="Fill in the red numbers",
    kind="predict",
    returns=WIRES,
    reference=red_numbers,
    cases=circuit_cases,
    mistakes=(
        Mistake(
            "M18",
            red(x=lambda x, y, z: y + y),
            message="x: you added the two slopes on the path from x to f. Along a path they multiply, Eq. (3.1): each gate scales what arrives.",
        ),
        Mistake(
            "M18b",
            red(y=lambda x, y, z: s_of(x, y, z) + y + x),
            message="y: two paths, and you added them, which is right. But on the longer one, over q, you added the slopes too. Along a path they "
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
            red(q=lambda x, y, z: 1.0, z=lambda x, y, z: 1.0),
            message="q, z: 1 is the local slope of the sum, and only that. Multiply it by the slope that arrives from the right, Eq. (3.1).",
        ),
        Mistake(
            "M225c",
            red(x=lambda x, y, z: y),
            message="x: y is the local slope of the multiplication xy, and only that. Multiply it by the slope that arrives at q, Eq. (3.1).",
        ),
        Mistake(
            "M225d",
            red(y=lambda x, y, z: x * y + z + x),
            message="y: two paths, and you added them, which is right. But on the longer one x is only the local slope at the multiplication xy. Multiply it "
            "by the slope that arrives at q, Eq. (3.1).",
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
            message="Your five numbers are right for x, y, z = 3, −1, 4. Now write down how you found each of them, as a formula in x, y and z: the check "
            "tries other numbers as well.",
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


def composite(along_x, along_y=lambda x, y, u: 2 * u * x):
    """`composite_grad` with other rules for its slopes; f is right."""

    def answer(x, y):
        u = x * y + np.sin(x)
        return u * u, along_x(x, y, u), along_y(x, y, u)

    return answer


def composite_cases(rng):
    """Points where no two rules meet: x off 0 and 2πk, where cos(sin x) = cos x; |u| off 1, where u² = |u|."""
    cases = []
    while len(cases) < 3:
        x, y = (float(v) for v in normal(rng, 2, scale=1.5))
        u, slope = x * y + np.sin(x), np.cos(x)
        apart = (
            x,
            y,
            x - y,
            u,
            abs(u) - 1,
            slope,
            y + slope,
            y + slope - y * slope,
            np.cos(np.sin(x)) - slope,
        )
        if np.abs(apart).min() > 0.2:
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
    mistakes=(
        Mistake(
            "M18",
            composite(lambda x, y, u: 2 * u + y + np.cos(x), lambda x, y, u: 2 * u + x),
            message="f is right. In both slopes you *added* the slope of the square, 2u, to the slope inside. Along a path they multiply, Eq. (3.1); "
            "only the two paths from x are added.",
        ),
        Mistake(
            "M19",
            composite(lambda x, y, u: 2 * u * y),
            message="f and df/dy are right. Your df/dx follows the path through the product alone. x is used twice: add the path through the sine, "
            "Eq. (3.2).",
        ),
        Mistake(
            "M19b",
            composite(lambda x, y, u: 2 * u * np.cos(x)),
            message="f and df/dy are right. Your df/dx follows the path through the sine alone. x is used twice: add the path through the product, "
            "Eq. (3.2).",
        ),
        Mistake(
            "M20",
            composite(lambda x, y, u: 2 * u * (y + np.cos(np.sin(x)))),
            message="f and df/dy are right. In df/dx you took the slope of the sine at what came *out* of it, cos(sin x). A local slope belongs to "
            "the value that went in, Eq. (3.1).",
        ),
        Mistake(
            "M20b",
            composite(lambda x, y, u: 2 * u * u * (y + np.cos(x)), lambda x, y, u: 2 * u * u * x),
            message="f is right. You took the slope of the square at what came *out* of it: 2f. The square received u, so its local slope "
            "is 2u, Eq. (3.1).",
        ),
        Mistake(
            "M121",
            composite(lambda x, y, u: u * (y + np.cos(x)), lambda x, y, u: u * x),
            documented={"df/dx factor": "1/2", "df/dy factor": "1/2"},
            message="f is right, and both slopes are exactly half of what they should be. How much does u² move per unit of u?",
        ),
        Mistake(
            "M122",
            composite(lambda x, y, u: 2 * u, lambda x, y, u: 2 * u),
            documented={"df/dx ratio": 0.848, "df/dy ratio": 0.964},
            message="f is right. Both of your slopes are 2u, the slope in u: the way stops there. It has to go on through the sum to x and to y, and "
            "each gate on it multiplies, Eq. (3.1).",
        ),
        Mistake(
            "M123",
            composite(lambda x, y, u: 2 * u * (x + np.cos(x)), lambda x, y, u: 2 * u * y),
            documented={"df/dx ratio": 1.31, "df/dy ratio": 0.646},
            message="f is right. At the product xy each of your inputs got its own value. Nudge x, and xy moves by y times the nudge: each input "
            "gets the value of the *other*.",
        ),
        Mistake(
            "M124",
            composite(lambda x, y, u: 2 * u * y * np.cos(x)),
            documented={"df/dx ratio": 0.289},
            message="f and df/dy are right. In df/dx you multiplied the two paths from x, y and cos x. Along a path multiply, "
            "across paths *add*, Eq. (3.2).",
        ),
        Mistake(
            "M226",
            composite(lambda x, y, u: 2 * u * (y - np.cos(x))),
            message="f and df/dy are right. One sign in df/dx is not: the slope of sin is +cos. (The minus belongs to cos, whose slope is −sin.)",
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
        Mistake(
            "M227b",
            composite(lambda x, y, u: 2 * u * x, lambda x, y, u: 2 * u * (y + np.cos(x))),
            message="All three numbers are right, and the two slopes stand in each other's place. The order is f, df/dx, df/dy.",
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
        z, a = np.empty(4), np.empty(5)
        a[0] = x
        for k in range(4):
            z[k] = w[k] * a[k] + (0 if on("M229") else b[k])
            a[k + 1] = sigmoid(z[k])
        dw, db, g = np.empty(4), np.empty(4), 1.0
        for k in (0, 1, 2, 3) if on("M231b") else (3, 2, 1, 0):
            db[k] = g if k == 3 and on("M228") else along(g, slope_at(z, a, k, on), on)
            dw[k] = along(db[k], a[k + 1] if on("M125") else z[k] if on("M126") else a[k], on)
            weight = 1.0 if on("M128") else w[k - 1] if on("M127") else w[k]
            g = along(db[k], weight, on)
        return (dw[::-1], db[::-1]) if on("M231") else (dw, db)

    return answer


def along(arriving, local, on):
    """One step of a path: a product, or with M18 a sum."""
    return arriving + local if on("M18") else arriving * local


def slope_at(z, a, k, on):
    """Slope of the k-th σ, in the ways in which it is got wrong."""
    if on("M23"):
        return 1.0
    at = sigmoid(a[k + 1]) if on("M24") else z[k] if on("M25") else a[k] if on("M230") else a[k + 1]
    return at * (1 - at)


def chain_pair(ids):
    """Two mistakes together, where both can be made at once."""
    return chain_variant(*ids)


def chain_cases(rng):
    """Weights of both signs, none near 0 or 1, and biases that keep the gates awake; x is not 1."""
    return [
        Case(f"x = {x:g}", (x, signed(rng, 1.25, 3.0), signed(rng, 0.25, 1.0))) for x in (0.75, -1.5, 2.25)
    ]


def signed(rng, low, high):
    """Four multiples of 1/64 between low and high in size, two of them negative."""
    steps = np.rint(rng.uniform(low, high, 4) * 64) / 64
    return steps * rng.permutation([1.0, 1.0, -1.0, -1.0])


CHAIN_MESSAGES = {
    "M18": "You added where the path multiplies. Each gate *scales* the slope that arrives, so δ, dw and g are all products, Eq. (3.1).",
    "M23": "The slope of σ is missing. What arrives at the activation a has to pass the gate to reach z, and the gate scales it by "
    "a(1 − a), Eq. (3.3).",
    "M24": "You squashed twice: a is σ(z) already, and your slope applies σ to it once more, so it is taken at what left the gate. "
    "With a at hand the slope is a(1 − a), Eq. (3.3).",
    "M25": "You put z where a belongs: a(1 − a) is the slope of σ written with the value that *left* the gate, Eq. (3.3). "
    "z(1 − z) means nothing, and can be negative.",
    "M125": "db is right. In dw each weight got its own neuron's output. A weight's slope has the value that the weight *multiplied*: what came "
    "in, the activation before it.",
    "M126": "db is right. In dw you used z. What a weight multiplied in the forward pass is the activation that came in, and that is what its "
    "slope has.",
    "M127": "The last neuron is right. From there on the slope crosses the wrong weight: on the way into neuron k it crossed w_k, so on the way back from δ_k "
    "it crosses the same w_k.",
    "M128": "The last neuron is right. From there on the weights are missing: between δ_k and the activation before it lies the gate ×w_k, "
    "and its local slope is w_k, Eq. (3.1).",
    "M228": "You began at z₄, as if it were the output. The output is a₄ = σ(z₄): one more gate, whose slope belongs to every path, Eq. (3.1).",
    "M229": "The biases are missing from your forward pass: each z is w · (the a before) + b. The way back is right for the chain that you ran, "
    "which is not the one that was asked for.",
    "M230": "The slope of each σ is taken one neuron too early: you used the activation that came into the neuron. a(1 − a) wants the value "
    "that left this gate, Eq. (3.3).",
    "M231b": "You walked from the first neuron to the last. A slope of a₄ is known at a₄, where it is 1, and nowhere else at the start: "
    "begin there and go left, Eq. (3.1).",
    "M231": "All numbers are right, and in the order in which you found them, from the last neuron to the first. Entry 0 belongs to the first "
    "neuron: fill arrays by index, or turn your lists around.",
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
            documented=CHAIN_DOCUMENTED.get(i, {}),
            aliases=("M20",) if i == "M24" else (),  # σ at its output *is* σ squashed twice
        )
        for i, text in CHAIN_MESSAGES.items()
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
                message="That is the path through the product alone. x is used twice: it is also added to the product.",
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
