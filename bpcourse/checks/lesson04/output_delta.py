"""04.1: the error signal of the output layer, Eq. (4.1)."""

from __future__ import annotations

from ...activations import sigmoid
from ..draws import bits, share
from ..exercise import Case, Exercise, Mistake
from .slopes import slope


def output_delta(A2, Y):
    """δ2 of σ outputs under the mean squared error, Eq. (4.1)."""
    return 2 / len(Y) * (A2 - Y) * slope(A2)


def output_cases(rng):
    """N ≠ C and neither of them 2, else N, C and the factor 2 are one number."""
    sizes = {
        "7 examples with 3 outputs": (7, 3),
        "the square case, 4 by 4": (4, 4),
        "a single example": (1, 3),
    }
    return [Case(k, (share(rng, n, c), bits(rng, n, c)), {"N": n, "C": c}) for k, (n, c) in sizes.items()]


EXERCISE = Exercise(
    id="04.1",
    name="output_delta",
    points=2,
    title="Find the error signal of the output layer",
    kind="write",
    returns=("dZ2",),
    reference=output_delta,
    cases=output_cases,
    mistakes=(
        Mistake(
            "M21",
            lambda A2, Y: -output_delta(A2, Y),
            documented={"factor": "-1"},
            message="Your δ is exactly the negative of the gradient in every entry, so each step would climb the loss. "
            "A gradient points uphill, and the minus sign lives in the update, Eq. (6.1), not in Eq. (4.1).",
        ),
        Mistake(
            "M22",
            lambda A2, Y: 2 / len(Y) * (A2 - Y),
            message="This is ∂L/∂A2, the error at the outputs after σ. To reach Z2 it still has to pass through σ, which "
            "scales every entry by its slope, Eq. (3.3). Training would hide this: it is the gradient of another loss.",
        ),
        Mistake(
            "M24",
            lambda A2, Y: 2 / len(Y) * (A2 - Y) * slope(sigmoid(A2)),
            message="You squashed twice: A2 is σ(Z2) already, and your slope applies σ to it once more. "
            "With the activation at hand the slope is a(1 − a), Eq. (3.3).",
        ),
        Mistake(
            "M08",
            lambda A2, Y: 1 / len(Y) * (A2 - Y) * slope(A2),
            documented={"factor": "1/2"},
            message="The direction is right and the size is half: every entry is exactly ½ of the gradient. "
            "Differentiate the square in the loss, Eq. (2.2), and look at the factor in front.",
        ),
        Mistake(
            "M36",
            lambda A2, Y: 2 * (A2 - Y) * slope(A2),
            documented={"factor": "N"},
            message="Every entry is exactly {N} times too large, and {N} is the number of examples. The loss is an average "
            "over the batch; look where that average enters the first δ, Eq. (4.1).",
        ),
        Mistake(
            "M13",
            lambda A2, Y: 2 / Y.size * (A2 - Y) * slope(A2),
            documented={"factor": "1/C"},
            message="Every entry is exactly 1/{C} of the gradient, and {C} is the number of outputs: you averaged over the "
            "outputs as well. The loss of Eq. (2.1) sums over the outputs and averages over the {N} examples.",
        ),
        Mistake(
            "M129",
            lambda A2, Y: (Y - A2) * slope(A2),
            documented={"factor": "-N/2"},
            message="This is the article's form, error · slope with error = target − prediction: −N/2 times the gradient of "
            "our loss. It has the minus of the update inside and no 2/N, Eq. (6.2). Here we want the gradient itself, Eq. (4.1).",
        ),
        Mistake(
            "M130",
            lambda A2, Y: 2 / len(Y) * (A2 - Y) * slope(Y),
            documented={"ratio": 0.0},
            message="Your δ is 0 everywhere, and nothing would ever be learnt. Either an array is subtracted from itself, or the slope is taken at the "
            "target: y(1 − y) is 0 for every target that is 0 or 1. The slope belongs to what the network put out, A2.",
        ),
        Mistake(
            "M131",
            lambda A2, Y: output_delta(A2, Y).sum(axis=1, keepdims=True),
            documented={"shape": (7, 1)},
            message="Your δ has shape {got.shape}: the outputs of each example were added up. Each of the {C} outputs has its own z "
            "and its own δ, so dZ2 has the shape of A2, {A2.shape}.",
        ),
        Mistake(
            "M232",
            lambda A2, Y: (A2 - Y) / len(Y),
            message="(A2 − Y)/N is the first δ of cross-entropy, Eq. (4.5). Under the mean squared error it needs the factor 2, Eq. (2.2), "
            "and the slope of σ, Eq. (3.3).",
        ),
        Mistake(
            "M235",
            lambda A2, Y: (A2 - Y) * slope(A2),
            documented={"factor": "N/2"},
            message="Every entry is exactly N/2 = {N}/2 times too large: error times slope, with the 2/N of the mean square left out, Eq. (4.1).",
        ),
        Mistake(
            "M132",
            lambda A2, Y: 2 / len(Y) * (A2 - Y) * (1 - A2**2),
            documented={"rel": 0.6, "cos": 0.92},
            message="1 − a² is the slope of tanh. These outputs came out of σ, whose slope is a(1 − a), Eq. (3.3).",
        ),
    ),
    hints=(
        "Two slopes meet here: how the loss reacts to each output, and how each output reacts to its z. Along a path they multiply.",
        "∂L/∂A2 = 2(A2 − Y)/N, Eq. (2.2), and ∂A2/∂Z2 = A2(1 − A2), Eq. (3.3). The product, entry by entry, is Eq. (4.1).",
        "N = len(Y)\nerror = ...        # Eq. (2.2)\nreturn error * ... # Eq. (3.3)",
    ),
)
