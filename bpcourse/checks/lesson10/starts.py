"""The four loss curves of exercise 10.4: one network on XOR, started in four ways, with nothing else changed.

The curves are computed, not drawn by hand: a test confirms that each shows what it is said to show.
"""

from __future__ import annotations

from math import sqrt

import numpy as np

from ...buggy import two_layer_backward, two_layer_loss
from ...datasets import xor

NAMES = ("curve 1", "curve 2", "curve 3", "curve 4")
CAUSES = {
    "A": "zeros: all weights start at 0",
    "B": "constant: all weights start at 0.5",
    "C": "tiny: weights of standard deviation 0.01",
    "D": "Xavier: the standard deviation of Eq. (10.1)",
    "E": "Xavier, and the learning rate is far too small",
    "F": "large: weights of standard deviation 20",
}
PLANTED = dict(zip(NAMES, "CBDA", strict=True))
SEED, EPOCHS, HIDDEN = 0, 10_000, 4


def four_curves() -> tuple[list[np.ndarray], list[float]]:
    """Train the network four times.

    Returns
    -------
    losses : list of four arrays (epochs,)
    gaps : list of four floats
        How far apart the hidden units are at the end: the largest difference between two of
        them in the same weight of W1.
    """
    return _trained([PLANTED[name] for name in NAMES])


def trained(cause: str) -> tuple[np.ndarray, float]:
    """Losses (epochs,) from one of the starts A to F, and the gap between hidden units at the end."""
    losses, gaps = _trained([cause])
    return losses[0], gaps[0]


def _trained(causes: list[str]) -> tuple[list[np.ndarray], list[float]]:
    """Train a network from each start, all of them in one array."""
    X, T = xor()
    params = _stacked([_start(cause) for cause in causes])
    rates = [1e-4 if cause == "E" else 1.0 for cause in causes]
    losses = np.empty((EPOCHS, len(causes)))
    for epoch in range(EPOCHS):
        losses[epoch] = two_layer_loss(X, T, params)
        for name, gradient in two_layer_backward(X, T, params).items():
            params[name] -= np.reshape(rates, (-1,) + (1,) * (gradient.ndim - 1)) * gradient
    return list(losses.T), [float(np.ptp(W1, axis=1).max()) for W1 in params["W1"]]


def _start(cause: str) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(SEED)
    first, second = rng.standard_normal((2, HIDDEN)), rng.standard_normal((HIDDEN, 1))
    if cause in "AB":
        size = {"A": 0.0, "B": 0.5}[cause]
        first, second = np.full_like(first, size), np.full_like(second, size)
    stds = {"C": (0.01, 0.01), "F": (20.0, 20.0)}
    stds |= dict.fromkeys("DE", (sqrt(2 / (2 + HIDDEN)), sqrt(2 / (HIDDEN + 1))))
    std1, std2 = stds.get(cause, (1.0, 1.0))
    return {"W1": std1 * first, "b1": np.zeros(HIDDEN), "W2": std2 * second, "b2": np.zeros(1)}


def _stacked(starts: list[dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    return {name: np.stack([start[name] for start in starts]) for name in starts[0]}


def show_causes() -> None:
    """Print the letters to choose from, with what they stand for."""
    print("\n".join(f"{letter}  {cause}" for letter, cause in CAUSES.items()))


# What a curve would look like if the letter were its start; and what each of the four curves does.
LOOKS = {
    "A": "from zeros the hidden units are exactly equal, and XOR's four errors cancel: every gradient is 0, so the loss is 0.25 to the last digit",
    "B": "from one constant the loss falls, for a while; but the hidden units get equal gradients, and so are exactly equal at the end",
    "C": "tiny weights give answers near ½ at once, and hardly a gradient: the loss stays near 0.25, while the hidden units differ a little",
    "D": "from Xavier's start the hidden units differ, and the loss ends near 0",
    "E": "a rate that is far too small moves a network of ordinary weights hardly at all: its hidden units differ by as much as they were drawn apart, which "
    "is about 1, and the loss begins above 0.25",
    "F": "large weights throw σ to where it is flat: the loss starts far above 0.25, and the hidden units lie tens apart",
}
DOES = {
    "A": "does not move at all, and its hidden units are exactly equal",
    "B": "falls, and settles far above 0, with hidden units that are exactly equal",
    "C": "hardly moves, and its hidden units differ a little",
    "D": "ends near 0, and its hidden units are far apart",
}


def sentence(name: str, letter: str) -> str:
    """What to say to whoever names this letter, which is not the start of this curve."""
    return f"{name}: {LOOKS[letter]}. This curve {DOES[PLANTED[name]]}."
