"""The four stacks of exercise 08.4: ten layers of 64 units each, and δ carried back through them.

The norms are computed, not drawn by hand: a test confirms that each stack shows what it is said to show.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...activations import ACTIVATIONS

NAMES = ("stack 1", "stack 2", "stack 3", "stack 4")
CAUSES = {
    "A": "the gates: the activation is σ, which never lets through more than a quarter",
    "B": "the weights: they are so small that they shrink δ in every layer",
    "C": "saturation: most z lie where the gate is flat",
    "D": "dead units: most units give 0 for every example",
    "E": "nothing: δ does not vanish in this stack",
    "F": "the weights: they are so large that δ grows on its way back",
}
PLANTED = dict(zip(NAMES, "BDAC", strict=True))
WIDTH, LAYERS, EXAMPLES, SEED = 64, 10, 100, 8
# Activation, standard deviation of the weights in units of 1/√width, bias, share of units with a bias of −10.
RECIPES = {
    "A": ("sigmoid", 1.0, 0.0, 0.0),
    "B": ("relu", 0.08, 0.0, 0.0),
    "C": ("tanh", 1.0, 3.0, 0.0),
    "D": ("relu", np.sqrt(2), 0.0, 0.85),
}


@dataclass(frozen=True)
class Stack:
    """What is shown of one stack.

    Attributes
    ----------
    activation : str
    deltas, grads : arrays (layers,)
        ‖δ‖ and ‖dW‖ of each layer, first layer first.
    gates, weights : float
        By what factor a layer's gates, and its weights, change ‖δ‖ on its way back: the typical (geometric
        mean) one over the layers.
    size_of_z : float
        The median of |z|.
    silent : float
        Share of the units that give 0 for every example.
    """

    activation: str
    deltas: np.ndarray
    grads: np.ndarray
    gates: float
    weights: float
    size_of_z: float
    silent: float


def four_stacks() -> list[Stack]:
    """Build the four stacks, in the order of `NAMES`."""
    return [built(PLANTED[name]) for name in NAMES]


def built(cause: str) -> Stack:
    """The stack with this cause planted: forward, and δ back through every layer."""
    activation, scale, bias, dead = RECIPES[cause]
    rng = np.random.default_rng(SEED)
    Ws = scale / np.sqrt(WIDTH) * rng.standard_normal((LAYERS, WIDTH, WIDTH))
    bs = np.where(rng.random((LAYERS, WIDTH)) < dead, -10.0, bias)
    A, Zs = [rng.standard_normal((EXAMPLES, WIDTH))], []
    for W, b in zip(Ws, bs, strict=True):
        Zs.append(A[-1] @ W + b)
        A.append(ACTIVATIONS[activation].forward(Zs[-1]))
    dA = rng.standard_normal((EXAMPLES, WIDTH)) / EXAMPLES
    deltas, grads, gates, weights = way_back(dA, A, Ws, ACTIVATIONS[activation].backward)
    silent = np.mean(np.all(np.array(Zs) <= 0, axis=1)) if activation == "relu" else 0.0
    return Stack(activation, deltas, grads, gates, weights, float(np.median(np.abs(Zs))), float(silent))


def way_back(dA, A, Ws, slope):
    """‖δ‖ and ‖dW‖ per layer, and the typical factors of gates and weights."""
    deltas, grads, gates, weights = [], [], [], []
    for layer in reversed(range(LAYERS)):
        dZ = slope(dA, A[layer + 1])
        gates.append(np.linalg.norm(dZ) / np.linalg.norm(dA))
        deltas.append(np.linalg.norm(dZ))
        grads.append(np.linalg.norm(A[layer].T @ dZ))
        dA = dZ @ Ws[layer].T
        weights.append(np.linalg.norm(dA) / np.linalg.norm(dZ))
    typical = [float(np.exp(np.mean(np.log(factors)))) for factors in (gates, weights)]
    return np.array(deltas[::-1]), np.array(grads[::-1]), *typical


def show_causes() -> None:
    """Print the letters to choose from, with what they stand for."""
    print("\n".join(f"{letter}  {cause}" for letter, cause in CAUSES.items()))


# What a stack would look like if the letter were its cause; and what each of the four stacks does.
LOOKS = {
    "A": "the quarter belongs to σ alone, and there the gates' factor is just under it and z is moderate",
    "B": "if small weights are the cause, the weights' factor is far below 1",
    "C": "where saturation is the cause, |z| is large, and the gate is a σ or tanh, flat out there",
    "D": "dead units show as silent units, and most of the units would have to be",
    "E": "if nothing vanished, the solid line of ‖δ‖ would be level",
    "F": "if the weights were too large, the solid line would rise to the left",
}
DOES = {
    "A": "has σ, and |z| well below 1; its weights keep the size of δ, and its gates take about three quarters of it in each layer",
    "B": "has ReLU gates of which about half are open, as it should be; its weights leave less than a tenth of δ in each layer",
    "C": "has tanh gates, whose slope is 1 at z = 0; but its |z| is about 3, and out there they let hardly anything through",
    "D": "has ReLU gates and weights that make δ longer; but most of its units give 0 for every example, and their gates are shut",
}


def sentence(name: str, letter: str) -> str:
    """What to say to whoever names this letter, which is not the cause in this stack."""
    return f"{name}: {LOOKS[letter]}. This stack {DOES[PLANTED[name]]}."
