"""02.3: binary cross-entropy from logits, Eq. (2.3)."""

from __future__ import annotations

import numpy as np

from ...losses import binary_cross_entropy
from ..draws import bits, normal
from ..exercise import Case, Exercise, Mistake
from .tables import registered


def bce_with_logits(z, y):
    """Binary cross-entropy from the logits, Eq. (2.3)."""
    return binary_cross_entropy(z, y)


def bce_cases(rng):
    """Ordinary numbers, and the three places where other forms overflow or lose everything."""
    return [
        Case("7 examples", (normal(rng, 7, scale=2.0), bits(rng, 7)), {"N": 7}),
        Case("z = 40 with y = 0", (np.array([40.0]), np.array([0.0])), {"N": 1}),
        Case("z = 800", (np.array([800.0, 800.0]), np.array([0.0, 1.0])), {"N": 2}),
        Case("z = -800", (np.array([-800.0, -800.0]), np.array([1.0, 0.0])), {"N": 2}),
    ]


def squash(z):
    """σ by Eq. (1.2), as a learner writes it."""
    return 1 / (1 + np.exp(-z))


def softplus(z):
    """log(1 + e^z) without overflow."""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))


def by_probability(z, y, guard=lambda p: p):
    """What each example costs, from its probabilities; `guard` keeps these away from 0."""
    p = squash(z)
    return -(y * np.log(guard(p)) + (1 - y) * np.log(guard(1 - p)))


COSTS = {  # what one example costs, in the ways in which it is got wrong
    "M09": by_probability,
    "M09b": lambda z, y: -np.log(np.where(y == 1, squash(z), 1 - squash(z))),
    "M102": lambda z, y: -y * np.log(squash(z)),
    "M102b": lambda z, y: y * softplus(-z),
    "M103": lambda z, y: softplus(-z) + z * y,
    "M104": lambda z, y: np.log1p(np.exp(z)) - z * y,
    "M215": lambda z, y: np.maximum(z, 0) - z * y,
    "M215b": lambda z, y: np.max(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))),
    "M215c": lambda z, y: max(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))),
    "M216": lambda z, y: np.log1p(np.exp(-z)) + (1 - y) * z,
    "M216b": lambda z, y: np.maximum(z, 0) - z * y + np.log1p(np.exp(-z)),
    "M217": lambda z, y: -(y * np.log(z) + (1 - y) * np.log(1 - z)),
    "M218": lambda z, y: np.maximum(z, 0) - z * y + np.log1p(np.exp(np.abs(z))),
    "M219": lambda z, y: softplus(z) + z * y,
    "M219b": lambda z, y: -by_probability(z, y),
    "M410": lambda z, y: np.maximum(z, 0) - z * y + np.log1p(1 + np.exp(-np.abs(z))),
    "M411": lambda z, y: -z * y + np.log1p(np.exp(-np.abs(z))),
    "M412": lambda z, y: np.minimum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))),
    "M413": lambda z, y: np.maximum(z, 0) - y + np.log1p(np.exp(-np.abs(z))),
    "M414": lambda z, y: np.maximum(z, 0) - z * y + np.log(np.exp(-np.abs(z))),
    "M414b": lambda z, y: np.maximum(z, 0) - z * y - np.abs(z),
    "M415": lambda z, y: np.maximum(z, 0) - z * y - np.log1p(np.exp(-np.abs(z))),
    "M416": lambda z, y: np.maximum(z, 0) - z * y + np.exp(-np.abs(z)),
    "M05b": lambda z, y: np.where(z > 0, z + np.log1p(np.exp(-z)), np.log1p(np.exp(z))) - z * y,
}
# How far p is kept away from 0. Whether p is clipped there or has the number added gives the same loss to rounding.
CAPS = {
    "M101": 1e-12,
    "M105": 1e-8,
    "M101b": 1e-7,
    "M101c": 1e-9,
    "M101d": 1e-10,
    "M101e": 1e-15,
    "M101f": 2.0**-52,
    "M101g": 1e-16,
}
for name, cap in CAPS.items():
    COSTS[name] = lambda z, y, cap=cap: by_probability(z, y, lambda p: p + cap)


GATHERED = {  # the loss from what the examples cost
    "M07": np.sum,
    "M212c": lambda cost: cost,
    "M403": lambda cost: np.sum(cost) / 2,
}


def bce_variant(*faults):
    """`bce_with_logits` with these mistakes made: one in the cost of an example, and the sum for the mean."""
    costs = [f for f in faults if f in COSTS]
    if len(costs) > 1:
        return None
    cost = COSTS[costs[0]] if costs else lambda z, y: softplus(z) - z * y
    gathered = [GATHERED[f] for f in faults if f in GATHERED]
    if len(gathered) > 1:
        return None
    gather = (*gathered, np.mean)[0]
    return lambda z, y: gather(cost(z, y))


def message_cap(facts):
    """What a probability that is kept away from 0 costs at most, and why that is not the loss."""
    return (
        f"On ordinary numbers you are right. But on {facts['case']} your loss is {float(facts['got']):.1f}, and it can hardly go higher, however wrong the answer: "
        "a probability that is kept away from 0 puts a cap on its logarithm. That hides the infinity, and loses the size of the mistake. "
        "Work from z itself: Eq. (2.3) never forms a probability."
    )


HARMLESS = "On ordinary numbers you are right. "
SAID = {
    "M07": (
        "the examples are summed, not averaged",
        "Your loss grows with the batch: it is the sum of what the examples cost. Eq. (2.3) takes the mean over the {N} examples.",
    ),
    "M212c": (
        "the mean is not taken",
        "Your answer has shape {got.shape}: it holds what each example costs. A loss is one number, the mean of these, Eq. (2.3).",
    ),
    "M09": (
        "log(0) is reached, because p is rounded to 0 or 1",
        HARMLESS
        + "But on {case} your loss is infinite: σ(40) is exactly 1 in a computer, so your 1 − p is 0, and log(0) "
        "is minus infinity. Work from z, which still has all its digits: max(z, 0) − zy + log(1 + e^−|z|), Eq. (2.3).",
    ),
    "M09b": (
        "log(0) is reached, because p is rounded to 0 or 1",
        HARMLESS
        + "But on {case} your loss is infinite: the probability of the right answer has been rounded to 0 "
        "before you took its logarithm. Choosing the right one of two does not bring it back; Eq. (2.3) starts from z and never forms p.",
    ),
    "M102": (
        "examples with y = 0 cost nothing",
        "Only examples with y = 1 cost anything in your loss: a sure wrong answer to a y = 0 is free. The other half is (1 − y) times the log of "
        "1 − p. Both are inside Eq. (2.3), which also avoids the log(0) that your log(p) meets at z = −800.",
    ),
    "M102b": (
        "examples with y = 0 cost nothing",
        "Only examples with y = 1 cost anything in your loss: a sure wrong answer to a y = 0, such as z = 40, is free. Eq. (2.3) covers both, because "
        "max(z, 0) does not wait for y.",
    ),
    "M103": (
        "z is used with the wrong sign",
        "You charge the right answers and let the wrong ones go free: z = 40 with y = 0 costs nearly nothing in your loss. "
        "That is Eq. (2.3) with −z in place of z, or with 1 − y in place of y, which comes to the same. A large z means a sure 1.",
    ),
    "M104": (
        "exp(z) overflows at 800",
        HARMLESS
        + "On paper the formula is exact too. But at z = 800 your exp(z) is too large for any float. "
        "The exponent in Eq. (2.3) is −|z|, which is never positive; max(z, 0) makes up for it.",
    ),
    "M215": (
        "the term log(1 + e^−|z|) is missing",
        "For large |z| you are right: there log(1 + e^−|z|) is 0. Near z = 0 it is what is missing; at z = 0 itself it is all that there is, log 2. "
        "Put the third term of Eq. (2.3) back.",
    ),
    "M215b": (
        "np.max takes the largest of the whole array",
        "`np.max(z, 0)` is the largest number of the whole array, the 0 being read as an axis, so every example was given the same. `np.maximum(z, 0)` compares "
        "entry by entry, as max(z, 0) in Eq. (2.3) does.",
    ),
    "M215c": (
        "Python's max is asked about a whole array",
        "Python's `max(z, 0)`, like `if z > 0`, asks about a single number, and z holds {N}: that is what the error says (truth value of an array). "
        "`np.maximum(z, 0)` compares entry by entry, as Eq. (2.3) needs it.",
    ),
    "M216": (
        "exp(−z) overflows at −800",
        HARMLESS
        + "On paper the formula is exact too. But at z = −800 your exp(−z) is too large for any float. "
        "The exponent in Eq. (2.3) is −|z|, which is never positive.",
    ),
    "M216b": (
        "the bars of |z| in the exponent are missing",
        "Where z is positive you are right. The exponent in Eq. (2.3) is −|z|, and yours is −z: for a negative z it is positive, so the cost is too large there, and "
        "at −800 it overflows.",
    ),
    "M217": (
        "the logarithm is taken of z, as if it were a probability",
        "Your loss is not a number (nan), as the logarithm of a negative number is. Did you take one of z itself, as if it were a probability? A logit is any "
        "number, and it may well be negative. The logarithm in Eq. (2.3) is one of 1 + e^−|z|, which is never below 1.",
    ),
    "M218": (
        "the minus in the exponent is lost",
        "The sign in the exponent is lost: you took e^|z|, which overflows at ±800 and is wrong everywhere else. Eq. (2.3) has "
        "e^−|z|, a number between 0 and 1.",
    ),
    "M219": (
        "zy is added where it should be subtracted",
        "The sign of z·y is turned around: a large z is right where y = 1, so it has to lower the cost there. Eq. (2.3) subtracts zy.",
    ),
    "M219b": (
        "the minus in front of the logarithms is missing",
        "Two things. Your loss is negative: the logarithm of a probability is never above 0, so the cost is *minus* the logarithm. And at z = 40 it is infinite, because "
        "p has been rounded to 1 there. Eq. (2.3) starts from z and mends both.",
    ),
    "M403": (
        "the sum is divided by 2, whatever N is",
        "Your loss is half the sum of what the examples cost, whatever their number. In the example N is 2, and 2 is not N elsewhere: take the mean over the {N} "
        "examples that came.",
    ),
    "M416": (
        "the logarithm around 1 + e^−|z| is missing",
        "Your third term is e^−|z| itself. Eq. (2.3) has its logarithm there, log(1 + e^−|z|): at z = 0 that is log 2, not 1.",
    ),
    "M410": (
        "the 1 is counted twice: `log1p` adds it by itself",
        "Every example costs log(2 + e^−|z|) where Eq. (2.3) has log(1 + e^−|z|): the 1 is counted twice. `np.log1p(x)` *is* log(1 + x), so give it e^−|z| alone.",
    ),
    "M411": (
        "the term max(z, 0) is missing",
        "Where z is negative you are right. Where it is positive the term max(z, 0) of Eq. (2.3) is missing: a sure wrong answer such as z = 40 with y = 0 costs "
        "nearly nothing in your loss.",
    ),
    "M412": (
        "min(z, 0) stands where max(z, 0) belongs",
        "You took min(z, 0) where Eq. (2.3) has max(z, 0): `np.maximum(z, 0)` keeps the positive z, and `np.minimum` the negative ones. Some of "
        "your costs are negative, and a cost never is.",
    ),
    "M413": (
        "y is subtracted where z·y should be",
        "You subtracted y alone. Eq. (2.3) subtracts z times y: where the target is 1, a z that is twice as large earns twice as much.",
    ),
    "M414": (
        "the 1 inside the logarithm is missing",
        "The 1 in log(1 + e^−|z|) is missing: the log of e^−|z| alone is −|z|, and the third term of Eq. (2.3) is never negative. (It also meets log(0) at ±800.) "
        "`np.log1p(x)` adds the 1.",
    ),
    "M414b": (
        "−|z| stands where log(1 + e^−|z|) belongs",
        "Your third term is −|z|. That is the log of e^−|z| alone; Eq. (2.3) has log(1 + e^−|z|), which is never negative.",
    ),
    "M415": (
        "the term log(1 + e^−|z|) is subtracted",
        "For large |z| you are right: there log(1 + e^−|z|) is 0. Elsewhere you subtracted it, and Eq. (2.3) adds it: at z = 0 an example costs log 2, not minus log 2.",
    ),
    **dict.fromkeys(CAPS, ("the probability is kept away from 0, which caps the loss", message_cap)),
}

DOCUMENTED = {
    "M07": {"factor": "N"},
    "M101": {"ratio": 0.709},
    "M102": {"ratio": 0.221},
    "M103": {"ratio": 0.374},
    "M105": {"ratio": 0.492},
}

EXERCISE = Exercise(
    id="02.3",
    name="bce_with_logits",
    points=3,
    title="Compute cross-entropy from the logit",
    kind="write",
    returns=("loss",),
    reference=bce_with_logits,
    cases=bce_cases,
    variants=lambda ids: bce_variant(*ids),
    mistakes=(
        *registered(bce_variant, SAID, DOCUMENTED),
        Mistake(
            "M05b",
            bce_variant("M05b"),
            kind="note",
            message="All values are right, so this counts in full. But NumPy warned of an overflow: `np.where` computes both branches for every z and picks "
            "afterwards, so e^800 was taken all the same. The form with e^−|z|, Eq. (2.3), stays quiet.",
        ),
    ),
    hints=(
        "The probability σ(z) loses its digits when z is large; z itself does not. Use the form that never computes σ.",
        "The mean of max(z, 0) − zy + log(1 + e^−|z|), Eq. (2.3). `np.log1p(x)` is log(1 + x), exact for small x too.",
        "cost = np.maximum(z, 0) - ... + np.log1p(np.exp(...))\nreturn cost.mean()",
    ),
)
