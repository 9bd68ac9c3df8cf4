"""03.4: the gradients of a chain of four σ neurons, by Eq. (3.1) and (3.3)."""

from __future__ import annotations

import numpy as np

from ...activations import sigmoid
from ..exercise import Case, Exercise, Mistake


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


SAID = {  # the mistake alone, and what is said of it where it is the only one
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

DOCUMENTED = {
    "M125": {"dw cos": 1.0},
    "M126": {"dw rel": 0.98, "dw cos": -0.87},
    "M127": {"dw rel": 0.47, "dw cos": 0.57, "db rel": 0.4, "db cos": 0.68},
    "M128": {"dw rel": 0.12, "dw cos": 0.97, "db rel": 0.11, "db cos": 0.98},
}

EXERCISE = Exercise(
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
            documented=DOCUMENTED.get(i, {}),
            aliases=("M20",) if i == "M24" else (),  # σ at its output *is* σ squashed twice
        )
        for i, (cause, text) in SAID.items()
    ),
    hints=(
        "Forward first, keeping every activation. Then from the last neuron to the first: a slope g arrives at a_k, passes σ, and splits into "
        "what belongs to w_k, to b_k and to the neuron before.",
        "δ_k = g_k · a_k(1 − a_k); dw_k = δ_k · a_{k−1}; db_k = δ_k; g_{k−1} = δ_k · w_k. Begin with g₄ = 1.",
        "a = [x]\nfor k in range(4):\n    a.append(...)\ng = 1.0\nfor k in reversed(range(4)):   # w[k] leads from a[k] to a[k + 1]\n"
        "    db[k] = g * ...\n    dw[k] = ...\n    g = ...\nreturn dw, db",
    ),
)
