"""08.1: how large δ is in every layer of a stack of σ layers, Eq. (8.1)."""

from __future__ import annotations

import numpy as np

from ...activations import sigmoid
from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def deltas(X, Ws, dA, *, faults=()):
    """What is recorded in each layer, last layer first: δ itself, or what a fault puts in its place."""
    inputs, Zs = activations(X, Ws, squashed="M671" not in faults)
    recorded = []
    for layer in range(len(Ws)) if "M668c" in faults else reversed(range(len(Ws))):
        dA = dA @ Ws[layer].T if "M683" in faults else dA
        dZ = dA * gate_slope(layer, inputs, Zs, faults)
        recorded.append({"M651": dA, "M52": inputs[layer].T @ dZ}.get(next(iter(faults), ""), dZ))
        carried = dA if "M683b" in faults else dZ
        dA = carried if "M683" in faults else carried @ way_back(layer, Ws, faults)
    return [*recorded, dA] if "M677" in faults else recorded


def activations(X, Ws, *, squashed=True):
    """What went into each layer, and the sums in it."""
    inputs, Zs = [X], []
    for W in Ws:
        Zs.append(inputs[-1] @ W)
        inputs.append(sigmoid(Zs[-1]) if squashed else Zs[-1])
    return inputs, Zs


def gate_slope(layer, inputs, Zs, faults):
    """The slope of σ in this layer, in the ways in which it is got wrong."""
    last = layer == len(Zs) - 1
    if "M23" in faults or ("M670" in faults and last):
        return 1.0
    if "M680" in faults:
        return 0.25
    A = squashed(layer, inputs, Zs, faults)
    if "M26" in faults:
        return A
    return 1 - A * A if "M26b" in faults else A * (1 - A)


def squashed(layer, inputs, Zs, faults):
    """What stands for a in a(1 − a)."""
    last = layer == len(Zs) - 1
    if "M676c" in faults or ("M676b" in faults and not last):
        return inputs[layer]
    if "M25" in faults:
        return Zs[layer]
    A = sigmoid(Zs[layer if last or "M676" not in faults else layer + 1])
    return sigmoid(A) if "M24" in faults else A


def way_back(layer, Ws, faults):
    """The matrix that δ meets on its way out of this layer."""
    W = Ws[max(layer - 1, 0)] if "M668" in faults else Ws[-1 - layer] if "M668b" in faults else Ws[layer]
    return W if "M32" in faults else W.T


TOGETHER = {"M683c": ("M683", "M683b")}
MEASURES = {
    "M652": lambda d: np.mean(np.abs(d)),
    "M653": lambda d: np.linalg.norm(d, 2),
    "M669": lambda d: np.sum(d * d),
    "M672": lambda d: np.max(np.abs(d)),
    "M673": lambda d: np.sum(np.abs(d)),
    "M674": lambda d: np.linalg.norm(d) / len(d),
    "M674b": lambda d: np.linalg.norm(d) / np.sqrt(len(d)),
    "M675": lambda d: np.sqrt(np.mean(d * d)),
    "M678b": lambda d: np.mean(np.linalg.norm(d, axis=1)),
    "M678": lambda d: np.linalg.norm(d, axis=1),
    "M679": lambda d: np.log10(np.linalg.norm(d)),
    "M682": lambda d: np.linalg.norm(np.sum(d, axis=0)),
}


def norms_with(fault=""):
    """`delta_norms` with this mistake made."""
    measure = MEASURES.get(fault, np.linalg.norm)
    faults = TOGETHER.get(fault, (fault,))

    def norms(X, Ws, dA):
        recorded = [measure(d) for d in deltas(X, Ws, dA, faults=faults)]
        return np.array(recorded if fault in ("M650", "M668c") else recorded[::-1])

    return norms


delta_norms = norms_with()
delta_norms.__name__ = "delta_norms"


def norm_cases(rng):
    """Three stacks with weights from N(0, 1): more examples than units, fewer, and as many; the last has one layer."""
    cases = []
    for n, d, layers in ((7, 4, 4), (3, 6, 5), (5, 5, 3), (4, 3, 1)):
        Ws = [normal(rng, d, d) for _ in range(layers)]
        name = f"N, D = {n}, {d} and {layers} layer{'s' if layers > 1 else ''}"
        cases.append(Case(name, (normal(rng, n, d), Ws, normal(rng, n, d)), {"N": n, "D": d, "L": layers}))
    return cases


SAID = {
    "M23": "Each δ that you measure has passed the weights, and no gate. In every layer the slope of σ multiplies as well, entry by entry: "
    "a(1 − a), at most a quarter, Eq. (8.1). Without it nothing of the quarter shows in your norms.",
    "M52": "These are the norms of the weights' gradients, Aᵀδ. They mix two things, the δ that came back and the activations that went in, and "
    "can stay level while δ vanishes. Take the norm of δ itself, Eq. (8.1).",
    "M650": "Every norm is right, and they stand in the order in which the backward pass finds them, last layer first. Turn the list around: "
    "`norms[::-1]`.",
    "M651": "You measure ∂L/∂A, the slope that arrives at a layer's activations. δ is ∂L/∂Z: it has passed the gate of its own layer too, so "
    "take the norm after the product with σ′, Eq. (8.1).",
    "M652": "You take the mean of |δ| in each layer. The norm asked for is ‖δ‖, the root of the sum of all squares, which is what "
    "`np.linalg.norm(dZ)` gives for an array.",
    "M653": "Your `norm(dZ, 2)` is the largest stretch of the matrix δ, its spectral norm, which Eq. (8.2) needs of the *weights*. For δ we ask for "
    "the root of the sum of all squares: `np.linalg.norm(dZ)`, with no 2.",
    "M24": "You squashed twice: the slope of σ is a(1 − a) with a = σ(Z), Eq. (3.3), and yours squashes that a once more before it multiplies.",
    "M25": "You put Z where the activation belongs: the slope is a(1 − a) with a = σ(Z), the value that left the gate, Eq. (3.3).",
    "M26": "Your slope is the activation a alone. The slope of σ is a(1 − a), Eq. (3.3).",
    "M26b": "Your slope is 1 − a², which is tanh's. The gates here are σ, and its slope is a(1 − a), Eq. (3.3).",
    "M32": "On the way back δ meets W where it should meet its transpose. All matrices here are square, so NumPy has nothing to object: "
    "Eq. (8.1) has a T at its W.",
    "M668": "Only the last norm is right: further on, your δ passes the weights of the layer that it arrives in. To get from layer "
    "l + 1 to layer l it has to pass those that lie between the two, which carry the number l + 1, Eq. (8.1).",
    "M668b": "On the way back your matrices come in the order of the forward pass. The last layer is met first, so its matrix has to come first too: "
    "`Ws[::-1]`.",
    "M668c": "You go through the layers from the first to the last. dA arrives at the *last* layer, so the way back begins there, and each layer gets "
    "what the layer behind it sends, Eq. (8.1).",
    "M683": "In each layer you pass the weights first and the gates second. dA is the slope at the activations: it meets the gates of its layer first, which makes "
    "it δ, and only then the weights, on its way to the layer before.",
    "M683c": "In each layer you pass the weights first, and pass them on without the gates. dA is the slope at the activations: it meets the gates of its layer "
    "first, which makes it δ, and δ is what travels on through the weights to the layer before, Eq. (8.1).",
    "M683b": "Each layer passes on its dA, the slope that arrived, and not its δ. So every layer counts one set of gates, its own, where the gates of all "
    "layers behind it belong too: what travels on is δ Wᵀ, Eq. (8.1).",
    "M669": "These are the squares of the norms: the root is missing. ‖δ‖ is the root of the sum of the squares.",
    "M670": "Your first δ is dA itself, which belongs to the last layer's *activations*. The last layer of this stack has its σ as well, so its δ is "
    "dA times σ′, entry by entry; all other layers inherit the difference.",
    "M671": "Your forward pass multiplies and never squashes: each layer gets Z of the layer before, where it should get σ(Z). So every "
    "slope after the first layer is taken at the wrong place.",
    "M672": "You take the largest entry of |δ|. The norm asked for counts every entry: the root of the sum of all squares.",
    "M673": "You add up |δ|. The norm asked for is the root of the sum of the *squares*: `np.linalg.norm(dZ)`.",
    "M674": 'Each of your norms is divided by the number of examples, {N} on the case "{case}". The mean over the batch is the loss\'s business, '
    "and is in dA already; ‖δ‖ is the root of the sum of all squares, of all examples.",
    "M674b": "Each of your norms is divided by the root of the number of examples. ‖δ‖ is the root of the sum of all squares, of all examples.",
    "M678b": "You take a norm for each example and then their mean. One norm over everything is asked for: `np.linalg.norm(dZ)` of the whole table, without "
    "an axis.",
    "M675": "You take the root of the *mean* of the squares. ‖δ‖ is the root of their sum.",
    "M676": "Each δ is multiplied by the slopes of the layer that it came from, which it has passed already. Arriving in layer l, it passes the gates of layer l: "
    "φ′(Z_l) in Eq. (8.1) has the same number as the δ on its left.",
    "M676b": "Only the last norm is right: further on you take the slope at what *went into* a layer, A(1 − A) of the layer before. φ′(Z_l) in Eq. (8.1) is the "
    "slope of layer l's own gates, a(1 − a) with what came out of them. Mind that A[0] is X.",
    "M676c": "You take the slope at what *went into* each layer: A(1 − A) of the layer before. The gate's slope is a(1 − a) with what came *out* of it, "
    "Eq. (3.3). Mind that A[0] is X.",
    "M677": "Your list has one norm too many: after the first layer you went on through its weights to the inputs. That is ∂L/∂X, and X has no "
    'gate and no δ. There are {L} layers on the case "{case}".',
    "M678": 'You return a norm for each example, {got.shape} numbers on the case "{case}". One number a layer is asked for: over all '
    "examples and units, `np.linalg.norm(dZ)` without an axis.",
    "M679": "These are the logarithms of the norms. The logarithm belongs to the axis of the figure and to Eq. (8.3); return the norms.",
    "M680": "You multiply by a quarter in each layer. A quarter is the *largest* slope of σ, at z = 0; what each entry passes is its own slope "
    "a(1 − a), which is what Eq. (8.1) means by φ′(Z).",
    "M682": "You added δ up over the examples before you took the norm, as for a bias gradient. Entries of opposite sign cancel there. Here every "
    "entry of δ counts: `np.linalg.norm(dZ)` of the whole table.",
}

DOCUMENTED = {
    "M650": {"rel": 0.64, "cos": 0.18},
    "M651": {"rel": 0.67, "cos": 1.0},
    "M652": {"rel": 0.78, "cos": 1.0},
    "M653": {"rel": 0.23, "cos": 0.99},
}

EXERCISE = Exercise(
    id="08.1",
    name="delta_norms",
    points=3,
    title="Measure δ in every layer",
    kind="write",
    returns=("norms",),
    reference=delta_norms,
    cases=norm_cases,
    mistakes=tuple(
        Mistake(i, norms_with(i), message=text, documented=DOCUMENTED.get(i, {})) for i, text in SAID.items()
    ),
    hints=(
        "Two loops. Forward: keep the activation of every layer. Backward: start with dA, and in each layer first pass the gate, then note the norm, "
        "then pass the weights.",
        "In layer l: δ = dA ⊙ A(1 − A) with this layer's activations; note ‖δ‖; then dA = δ Wᵀ with this layer's weights, which is what arrives "
        "at the layer before. At the end turn the list around.",
        "A = [X]\nfor W in Ws:\n    A.append(...)\nnorms = []\nfor W, out in zip(Ws[::-1], A[::-1]):\n    dZ = dA * ...\n"
        "    norms.append(...)\n    dA = ...\nreturn norms[::-1]",
    ),
)
