"""The six loss curves of exercise 06.4: one network on XOR, trained six times, each time with one fault.

The curves are computed, not drawn by hand: a test confirms that each shows what it is said to show.
"""

from __future__ import annotations

import numpy as np

from ...buggy import two_layer_backward, two_layer_loss
from ...datasets import xor

NAMES = ("curve 1", "curve 2", "curve 3", "curve 4", "curve 5", "curve 6")
CAUSES = {
    "A": "nothing is wrong",
    "B": "the learning rate is far too large",
    "C": "the learning rate is far too small",
    "D": "the sign of the step: it adds the gradient",
    "E": "all weights start at 0",
    "F": "all weights start tiny, 0.01 times a normal draw",
    "G": "X is shuffled before every epoch, and T is not",
    "H": "the slope of the hidden σ is missing in δ1",
}
PLANTED = dict(zip(NAMES, "FDGCEB", strict=True))
MISTAKE = {"B": "M72", "C": "M72b", "D": "M21", "E": "M54", "F": "M55", "G": "M70"}
SEED, EPOCHS, HIDDEN = 35, 1000, 4


def six_curves() -> tuple[list[np.ndarray], list[float]]:
    """Train the network six times.

    Returns
    -------
    losses : list of six arrays (epochs,)
        The loss that the training loop records before each step.
    gaps : list of six floats
        How far apart the hidden units are at the end: the largest difference between two of
        them in the same weight of W1.
    """
    runs = [trained(PLANTED[name]) for name in NAMES]
    return [losses for losses, _ in runs], [gap for _, gap in runs]


def trained(cause: str) -> tuple[np.ndarray, float]:
    """Losses (epochs,) with one of the causes B to G planted, and the gap between hidden units at the end."""
    rng = np.random.default_rng(SEED)
    X, T = xor()
    scale = {"E": 0.0, "F": 0.01}.get(cause, 1.0)
    rate = {"B": 100.0, "C": 0.001, "D": -1.0}.get(cause, 1.0)
    W1, W2 = scale * rng.standard_normal((2, HIDDEN)), scale * rng.standard_normal((HIDDEN, 1))
    params = {"W1": W1, "b1": np.zeros(HIDDEN), "W2": W2, "b2": np.zeros(1)}
    losses = []
    for _ in range(EPOCHS):
        seen = X[rng.permutation(len(X))] if cause == "G" else X
        losses.append(float(two_layer_loss(seen, T, params)))
        grads = two_layer_backward(seen, T, params)
        params = {name: params[name] - rate * grads[name] for name in params}
    return np.array(losses), float(np.ptp(params["W1"], axis=1).max())


def show_causes() -> None:
    """Print the letters to choose from, with what they stand for."""
    print("\n".join(f"{letter}  {cause}" for letter, cause in CAUSES.items()))


# What a curve would look like if the letter were its cause; and what each of the six curves does.
LOOKS = {
    "A": "a run with nothing wrong ends near 0",
    "B": "a rate far too large throws the network within a step or two to where σ is flat, and from there it hardly ever comes back",
    "C": "a rate far too small lowers the loss from the first step on, evenly and hardly at all",
    "D": "with the sign turned around the loss climbs, step by step, and never drops",
    "E": "with all weights at 0 the loss never changes, and the hidden units remain equal to the last digit",
    "F": "weights that start tiny give answers near ½ at once, and so a flat loss; but the hidden units differ a little",
    "G": "with X shuffled and T left in place every epoch asks another question, and the loss jumps up and down for ever",
    "H": "without the hidden slope the loss falls at first, and then settles on a level, smoothly",
}
DOES = {
    "B": "is at ½ after one step, and stays there",
    "C": "falls in every single step, and has hardly come anywhere after 1,000",
    "D": "climbs in each of the first 20 steps",
    "E": "does not move, and its hidden units are exactly equal",
    "F": "does not move, and its hidden units differ a little",
    "G": "jumps up and down around ¼, to its end",
}


def sentence(name: str, letter: str) -> str:
    """What to say to whoever names this letter, which is not the cause of this curve."""
    return f"{name}: {LOOKS[letter]}. This curve {DOES[PLANTED[name]]}."
