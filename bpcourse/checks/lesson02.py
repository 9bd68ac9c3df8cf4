"""Lesson 02, losses: exercises, the wrong answers known for them, and what to say."""

from __future__ import annotations

import numpy as np

from ..losses import (
    binary_cross_entropy,
    mean_squared_error,
    mean_squared_error_backward,
    softmax_cross_entropy_and_backward,
)
from .draws import bits, normal
from .exercise import Case, Exercise, Mistake, quiz


def registered(variant, said, documented):
    """Mistakes from a table of id -> (cause, message), each made by ``variant(id)``."""
    return tuple(
        Mistake(i, variant(i), message=message, cause=cause, documented=documented.get(i, {}))
        for i, (cause, message) in said.items()
    )


def squash(z):
    """σ by Eq. (1.2), as a learner writes it."""
    return 1 / (1 + np.exp(-z))


# ---------------------------------------------------------------- 02.1 mse


def mse(y_hat, y):
    """Mean squared error, Eq. (2.1), of one prediction an example in either shape."""
    return mean_squared_error(np.ravel(y_hat), np.ravel(y))


def mse_cases(rng):
    """(N, 1) against (N,) makes a table of N by N; one example hides that, and hides the sum."""
    shapes = {
        "y_hat of shape (7, 1) and y of shape (7, 1)": ((7, 1), (7, 1)),
        "y_hat of shape (7, 1) and y of shape (7,)": ((7, 1), (7,)),
        "y_hat of shape (5,) and y of shape (5, 1)": ((5,), (5, 1)),
        "a single example": ((1, 1), (1,)),
    }
    return [
        Case(name, (normal(rng, *first), normal(rng, *second)), {"N": first[0]})
        for name, (first, second) in shapes.items()
    ]


DIFFERENCES = {  # ŷ − y, where the shapes are not made one
    "M06": lambda y_hat, y: y_hat - y,
    "M06b": lambda y_hat, y: y_hat - y,
    "M06c": lambda y_hat, y: y_hat - y.reshape(-1, 1),
    "M06d": lambda y_hat, y: y_hat - y.ravel(),
    "M06e": lambda y_hat, y: y_hat.ravel() - y,
}


def mse_variant(*faults):
    """`mse` with these mistakes made."""
    different = next((DIFFERENCES[f] for f in faults if f in DIFFERENCES), lambda a, b: a.ravel() - b.ravel())

    def loss(y_hat, y):
        N, on = len(y), set(faults).__contains__
        E = different(y_hat, y)
        if on("M96"):
            return np.mean(E) ** 2
        cost = np.abs(E) if on("M95") else E**2
        if on("M212b"):
            return cost
        share = N if on("M06b") else N - 1 if on("M97") else cost.size
        total = np.sum(cost) / (1 if on("M07") else share) / (2 if on("M08") else 1)
        return np.sqrt(total) if on("M94") else total

    return loss


def mse_loop(y_hat, y):
    """A loop over the examples that never takes a number out of its array."""
    return sum((y_hat[n] - y[n]) ** 2 for n in range(len(y))) / len(y)


def message_half_flat(facts):
    """Which shapes still met each other, after one of the two was changed."""
    return (
        f"You gave one of the two another shape, and it still does not always fit: with y_hat of shape {facts['y_hat'].shape} and y of shape "
        f"{facts['y'].shape} your difference is a table of {facts['N']} by {facts['N']}. Either of them may come as (N, 1) or as (N,), so flatten both: "
        "`.ravel()` leaves (N,) as it is."
    )


MSE_TABLE = (
    "Where both shapes agree you are right. But where y_hat has shape (7, 1) and y has shape (7,), your difference has shape (7, 7): "
    "NumPy paired every one of the 7 predictions with every one of the 7 targets. "
)
HALF_FLAT = "one of the two shapes is left as it came, and the difference is a table of N by N"

MSE_SAID = {
    "M06": (
        "the difference of (N, 1) and (N,) is a table of N by N",
        MSE_TABLE
        + "Give both the same shape before you subtract; the lesson shows the table, below Eq. (2.1).",
    ),
    "M06b": (
        "the difference of (N, 1) and (N,) is a table of N by N",
        MSE_TABLE
        + "The sum then has 7 times as many terms as Eq. (2.1). Give both the same shape before you subtract.",
    ),
    "M06c": (HALF_FLAT, message_half_flat),
    "M06d": (HALF_FLAT, message_half_flat),
    "M06e": (HALF_FLAT, message_half_flat),
    "M07": (
        "the squares are summed, not averaged",
        "Your loss grows with the batch: for the {N} examples it is {N} times what it should be. Eq. (2.1) takes the *mean* of the squares, "
        "so the same batch written twice costs the same.",
    ),
    "M08": (
        "there is a ½ in front that Eq. (2.1) does not have",
        "Exactly half. Some books put ½ in front of the square, to lose a factor 2 later. Eq. (2.1) does not: it is the mean of the "
        "squares as they are.",
    ),
    "M94": (
        "the root is taken at the end",
        "You took the square root of the mean (the RMSE). It is in the units of ŷ, and some reports quote it; the loss of this course, "
        "Eq. (2.1), is the mean of the squares itself.",
    ),
    "M95": (
        "the errors' sizes are averaged, not their squares",
        "You averaged the sizes |ŷ − y|. Eq. (2.1) averages their squares, which makes one large error cost more than several small ones.",
    ),
    "M96": (
        "the mean is taken before the square, so errors of opposite sign cancel",
        "You averaged the errors first and squared then. Errors of opposite sign cancel that way: ŷ − y = 1 and −1 would "
        "cost nothing. Square each error first, Eq. (2.1).",
    ),
    "M97": (
        "it is divided by N − 1",
        "You divided by N − 1, as for a variance that is estimated from a sample (and one example alone gives a division by 0). "
        "Eq. (2.1) is a plain mean over all N examples.",
    ),
    "M212b": (
        "the mean is not taken",
        "Your answer has shape {got.shape}: it holds the squared errors, one beside the other. A loss is one number, their mean, Eq. (2.1).",
    ),
}

MSE_DOCUMENTED = {
    "M07": {"factor": "N"},
    "M08": {"factor": "1/2"},
    "M94": {"ratio": 0.682},
    "M95": {"ratio": 0.587},
    "M96": {"ratio": 0.344},
    "M97": {"ratio": 1.17},
}

MSE = Exercise(
    id="02.1",
    name="mse",
    points=1,
    title="Measure how wrong a batch is",
    kind="write",
    returns=("loss",),
    reference=mse,
    cases=mse_cases,
    variants=lambda ids: mse_variant(*ids),
    mistakes=(
        *registered(mse_variant, MSE_SAID, MSE_DOCUMENTED),
        Mistake(
            "M212",
            mse_loop,
            message="The number is right, but it is still wrapped in an array of shape {got.shape}: `y_hat[n]` is a row, not a number, where y_hat "
            "has shape ({N}, 1). Flatten both with `.ravel()` first, or let `np.mean` take the mean: it adds up everything.",
        ),
    ),
    hints=(
        "An error for each example, squared, and the mean of that. Before you subtract: do both arrays have one shape?",
        "L = (1/N) Σₙ (ŷₙ − yₙ)², Eq. (2.1). `.ravel()` turns (N, 1) into (N,) and leaves (N,) alone.",
        "error = y_hat.ravel() - ...\nreturn np.mean(...)",
    ),
)

# ---------------------------------------------------------------- 02.2 mse_grad


def mse_grad(y_hat, y):
    """Slopes of the mean squared error in the predictions, Eq. (2.2)."""
    return mean_squared_error_backward(y_hat, y)


def mse_grad_cases(rng):
    """Two odd sizes: with N = 2 the factors 2 and N are one number, with N = 4 so are 1/4 and 1/N."""
    return [Case(f"{n} examples", (normal(rng, n, 1), normal(rng, n, 1)), {"N": n}) for n in (7, 5)]


def mse_grad_variant(*faults):
    """`mse_grad` with these mistakes made."""

    def grad(y_hat, y):
        N, on = len(y), set(faults).__contains__
        E = y_hat - (np.ravel(y) if on("M06") else y)
        E = -E if on("M21") else E
        size = (1 if on("M08") else 0.5 if on("M100") else 2) / (1 if on("M07") else N)
        if on("M99"):
            return E / N / np.sqrt(np.mean(E**2))
        slope = size * (E**2 / 2 if on("M213") else np.sign(E) / 2 if on("M214") else E)
        return np.sum(slope) if on("M98") else slope

    return grad


MSE_GRAD_SAID = {
    "M06": (
        "every prediction is paired with every target",
        "Your answer has shape {got.shape}: it holds a slope for every prediction paired with every target. ŷ and y are both ({N}, 1) here; "
        "keep them so, and subtract row from row, Eq. (2.2).",
    ),
    "M07": (
        "the 1/N of the mean is missing",
        "Every slope is exactly {N} times too large, and {N} is the number of examples. Each prediction has only a 1/N share in the mean, "
        "so the 1/N stays in its slope, Eq. (2.2).",
    ),
    "M08": (
        "the factor 2 of the square is missing",
        "Right direction, half the size: every entry is exactly ½ of the slope. Nudge the square (ŷ − y)² and see how much it moves: "
        "its slope is 2(ŷ − y), Eq. (2.2).",
    ),
    "M21": (
        "the sign is turned around: it is ŷ − y",
        "Exactly the negative in every entry: you took y − ŷ. Where the prediction is too large, raising it makes the loss *larger*, so the slope "
        "there is positive, Eq. (2.2).",
    ),
    "M98": (
        "the slopes are added up, while each prediction has its own",
        "You returned one number, the sum or mean of all the slopes. Every prediction can be nudged alone, so each has a slope of its own: "
        "the answer has the shape of y_hat, {y_hat.shape}.",
    ),
    "M99": (
        "it is divided by the root of the loss",
        "This is the slope of the *root* of the mean squared error: you divided by that root. The loss of Eq. (2.1) has no root, so its "
        "slope, Eq. (2.2), has none either.",
    ),
    "M100": (
        "the 2 stands below the line, and it belongs above",
        "Every entry is exactly a quarter: your 2 stands below the line, and it belongs above. The slope of a square is 2(ŷ − y), and the mean "
        "divides by N alone, Eq. (2.2).",
    ),
    "M213": (
        "it holds the squared errors, not their slopes",
        "These are the squared errors over N, the share that each example has in the *loss*. Asked is how the loss reacts when a prediction is nudged: "
        "the slope of the square, Eq. (2.2).",
    ),
    "M214": (
        "only the sign of the error is left",
        "Your slopes all have the same size, and only the sign of the error is left: that is the slope of the mean of |ŷ − y|. With squares the slope "
        "grows with the error, Eq. (2.2).",
    ),
}

MSE_GRAD_DOCUMENTED = {
    "M06": {"shape": (7, 7)},
    "M07": {"factor": "N"},
    "M08": {"factor": "1/2"},
    "M21": {"factor": "-1"},
    "M98": {"shape": ()},
    "M99": {"ratio": 0.341},
    "M100": {"factor": "1/4"},
}

MSE_GRAD = Exercise(
    id="02.2",
    name="mse_grad",
    points=2,
    title="Find how the loss answers to each prediction",
    kind="write",
    returns=("dL/dŷ",),
    reference=mse_grad,
    cases=mse_grad_cases,
    variants=lambda ids: mse_grad_variant(*ids),
    mistakes=registered(mse_grad_variant, MSE_GRAD_SAID, MSE_GRAD_DOCUMENTED),
    hints=(
        "Nudge one prediction and hold the others. Only one of the N squares in the mean moves. By how much, per unit?",
        "∂L/∂ŷ = 2(ŷ − y)/N, Eq. (2.2): one entry for each prediction, none summed.",
        "N = len(y)\nreturn 2 * (...) / ...",
    ),
)

# ---------------------------------------------------------------- 02.3 bce_with_logits


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


def bce_variant(*faults):
    """`bce_with_logits` with these mistakes made: one in the cost of an example, and the sum for the mean."""
    costs = [f for f in faults if f in COSTS]
    if len(costs) > 1:
        return None
    cost = COSTS[costs[0]] if costs else lambda z, y: softplus(z) - z * y
    gather = np.sum if "M07" in faults else (lambda c: c) if "M212c" in faults else np.mean
    return lambda z, y: gather(cost(z, y))


def message_cap(facts):
    """What a probability that is kept away from 0 costs at most, and why that is not the loss."""
    return (
        f"On ordinary numbers you are right. But on {facts['case']} your loss is {float(facts['got']):.1f}, and it can hardly go higher, however wrong the answer: "
        "a probability that is kept away from 0 puts a cap on its logarithm. That hides the infinity, and loses the size of the mistake. "
        "Work from z itself: Eq. (2.3) never forms a probability."
    )


HARMLESS = "On ordinary numbers you are right. "
BCE_SAID = {
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
        "That is Eq. (2.3) with −z in place of z. A large z means a sure 1.",
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
        "Your loss is not a number (nan): you took logarithms of z itself, as if it were a probability. A logit is any number, and it "
        "may well be negative. Eq. (2.3) takes z as it is.",
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
    **dict.fromkeys(CAPS, ("the probability is kept away from 0, which caps the loss", message_cap)),
}

BCE_DOCUMENTED = {
    "M07": {"factor": "N"},
    "M101": {"ratio": 0.709},
    "M102": {"ratio": 0.221},
    "M103": {"ratio": 0.374},
    "M105": {"ratio": 0.492},
}

BCE = Exercise(
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
        *registered(bce_variant, BCE_SAID, BCE_DOCUMENTED),
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

# ---------------------------------------------------------------- 02.4 softmax_rows


def softmax_rows(Z):
    """Probabilities from scores, row by row, Eq. (2.4)."""
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def softmax_cases(rng):
    """N ≠ C, the square case, and a row near 1000 beside one near 0."""
    far = normal(rng, 2, 3)
    far[1] += 1000
    return [
        Case("7 examples with 3 classes", (normal(rng, 7, 3, scale=1.5),), {"N": 7, "C": 3}),
        Case("the square case, 4 by 4", (normal(rng, 4, 4, scale=1.5),), {"N": 4, "C": 4}),
        Case("scores near 0 in row 0, near 1000 in row 1", (far,), {"N": 2, "C": 3}),
    ]


SHIFTS = {  # what is taken off the scores before the exponential
    "M10": lambda Z: 0.0,
    "M107": lambda Z: 0.0,
    "M106c": lambda Z: 0.0,
    "M11": lambda Z: Z.max(),
    "M221": lambda Z: Z.max(axis=0),
    "M220": lambda Z: Z.max(axis=1),
    "M106b": lambda Z: Z.max(axis=1),
}
SUMS = {  # what the exponentials are divided by
    "M12": lambda E: E.sum(axis=0),
    "M106": lambda E: E.sum(axis=1),
    "M106b": lambda E: E.sum(axis=1),
    "M106c": lambda E: E.sum(axis=1),
    "M108": lambda E: E.sum(),
}


def softmax_variant(*faults):
    """`softmax_rows` with these mistakes made."""
    shift = next((SHIFTS[f] for f in faults if f in SHIFTS), lambda Z: Z.max(axis=1, keepdims=True))
    total = next((SUMS[f] for f in faults if f in SUMS), lambda E: E.sum(axis=1, keepdims=True))

    def softmax(Z):
        if "M109" in faults:
            Z -= shift(Z)
        E = Z if "M221b" in faults else np.exp(Z - shift(Z))
        above = np.exp(Z - Z.max(axis=1, keepdims=True)) if "M107" in faults else E
        return above / total(E)

    return softmax


BY_LUCK = "On the square case that fits by luck, and column j gets the number of *row j*; elsewhere NumPy refuses it. "
SOFTMAX_SAID = {
    "M10": (
        "exp of scores near 1000 overflows",
        "The row with scores near 1000 came back as nan: exp(1000) is too large for any float, and inf/inf has no value. Subtracting one number "
        "from all scores of a row does not change its probabilities, Eq. (2.4), so you are free to choose a harmless one.",
    ),
    "M11": (
        "the maximum of the whole table is subtracted, not each row's own",
        "The row near 1000 is right, and the row near 0 came back as nan: you subtracted the largest score of the whole table, so all its exponentials "
        "became 0, and 0/0 has no value. Each row needs its own maximum: `axis=1, keepdims=True`.",
    ),
    "M12": (
        "the columns sum to 1, not the rows",
        "In your answer the *columns* sum to 1. Every row is one example, and its probabilities have to sum to 1 among themselves, "
        "Eq. (2.4): sum over axis 1, the classes.",
    ),
    "M106": (
        "the sums lack `keepdims=True`",
        "Your row sums have shape (N,), without the axis of size 1. "
        + BY_LUCK
        + "`keepdims=True` keeps the sums as a column, one beside each row.",
    ),
    "M106b": (
        "maxima and sums lack `keepdims=True`",
        "Your row maxima and your row sums have shape (N,), without the axis of size 1. "
        + BY_LUCK
        + "`keepdims=True`, in both places, keeps a number beside "
        "each row.",
    ),
    "M106c": (
        "the sums lack `keepdims=True`, and no row's maximum is taken off",
        "Your row sums have shape (N,), without the axis of size 1. "
        + BY_LUCK
        + "`keepdims=True` keeps a number beside each row. "
        "Then take each row's maximum off its scores, or exp(1000) will overflow.",
    ),
    "M107": (
        "the maximum is subtracted above the line only",
        "You subtracted the maximum above the line and not below it, so the two no longer belong together. Compute e^(z − m) once, "
        "and use it in both places, Eq. (2.4).",
    ),
    "M108": (
        "it is divided by the sum of the whole table",
        "All entries of your table *together* sum to 1. Each row is one example with probabilities of its own: divide every row by its own sum, Eq. (2.4).",
    ),
    "M109": (
        "`Z -= …` changes the caller's array",
        "The numbers are right, but after your call Z holds other numbers than before: `Z -= …` works on the caller's array. "
        "Write `Z - …`, which makes a new one.",
    ),
    "M220": (
        "the maxima lack `keepdims=True`",
        "Your row maxima have shape (N,), without the axis of size 1. "
        + BY_LUCK
        + "`keepdims=True` keeps the maxima as a column, one beside each row.",
    ),
    "M221": (
        "each column's maximum is subtracted, not each row's",
        "You subtracted each *column's* maximum. Only one and the same number for all scores of a row leaves its probabilities as they are, "
        "Eq. (2.4): take the maximum over axis 1.",
    ),
    "M221b": (
        "the exponential is missing",
        "You divided the scores by their sum, and the exponential is missing. Scores may be negative, and a share may not: e^z makes "
        "them positive first, Eq. (2.4).",
    ),
}

SOFTMAX_DOCUMENTED = {
    "M106": {"rel": 0.084, "cos": 0.99},
    "M107": {"rel": 0.25, "cos": 0.89},
    "M108": {"rel": 0.74, "cos": 0.87},
}

SOFTMAX_ROWS = Exercise(
    id="02.4",
    name="softmax_rows",
    points=2,
    title="Turn scores into probabilities",
    kind="write",
    returns=("P",),
    reference=softmax_rows,
    cases=softmax_cases,
    variants=lambda ids: softmax_variant(*ids),
    mistakes=registered(softmax_variant, SOFTMAX_SAID, SOFTMAX_DOCUMENTED),
    hints=(
        "Exponentials, then shares of the row's sum. Before that, take the row's own maximum off every score.",
        "p = e^(z − m) / Σ e^(z − m) with m the largest z of the row, Eq. (2.4). `axis=1, keepdims=True` gives shape (N, 1).",
        "E = np.exp(Z - Z.max(axis=..., keepdims=...))\nreturn E / ...",
    ),
)

# ---------------------------------------------------------------- 02.5 cross_entropy


def cross_entropy(Z, y):
    """Cross-entropy of a batch, Eq. (2.5), and its gradient in the logits, Eq. (3.5)."""
    return softmax_cross_entropy_and_backward(Z, y)


def labels(rng, n, c):
    """Every label occurs, and the first ones are not 0, 1, 2 in order."""
    while True:
        y = rng.integers(0, c, n)
        if len(set(y.tolist())) == c and y[:c].tolist() != list(range(c)):
            return y


def cross_entropy_cases(rng):
    """N ≠ C; and a row of logits at ±1000 whose label is the improbable one."""
    cases = [
        Case(
            f"{n} examples with {c} classes",
            (normal(rng, n, c, scale=1.5), labels(rng, n, c)),
            {"N": n, "C": c},
        )
        for n, c in ((7, 3), (6, 4))
    ]
    Z, y = normal(rng, 5, 3), labels(rng, 5, 3)
    Z[0] += [1000, -1000, 1000]
    y[0] = 1
    return [*cases, Case("the case with logits of ±1000", (Z, y), {"N": 5, "C": 3})]


def take(table, y):
    """One entry a row, in the column that y names."""
    return table[np.arange(len(y)), y]


CE_CAPS = {
    "M111": 1e-12,
    "M111b": 1e-15,
    "M111c": 1e-10,
    "M111d": 1e-9,
    "M111e": 1e-8,
    "M111f": 1e-7,
    "M111g": 1e-16,
}
ROW_COSTS = {  # what each row costs, from Z, P, log P and the labels
    "M10": lambda Z, P, logP, y: -np.log(take(np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True), y)),
    "M10b": lambda Z, P, logP, y: np.log(np.exp(Z).sum(axis=1)) - take(Z, y),
    "M107b": lambda Z, P, logP, y: -take(logP, y) - Z.max(axis=1),
    "M110": lambda Z, P, logP, y: -np.log(take(P, y)),
    "M110b": lambda Z, P, logP, y: -np.log(take(P, y) - 1),
    "M112": lambda Z, P, logP, y: -np.log(P[:, y]),
    "M112b": lambda Z, P, logP, y: -logP[:, y],
    **{i: lambda Z, P, logP, y, cap=cap: -np.log(take(P, y) + cap) for i, cap in CE_CAPS.items()},
}
GATHERED = {  # the loss from what the rows cost
    "M07": lambda cost, C: cost.sum(),
    "M13": lambda cost, C: cost.mean() / C,
    "M13b": lambda cost, C: cost.mean() / C,
    "M36b": lambda cost, C: cost.sum(),
    "M212d": lambda cost, C: cost,
    "M219c": lambda cost, C: -cost.mean(),
}
SLOPES = {  # N times dZ, from Z, P, the one-hot Y and the labels
    "M10": lambda Z, P, Y, y: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True) - Y,
    "M14": lambda Z, P, Y, y: P - y[:, None],
    "M14b": lambda Z, P, Y, y: P,
    "M15": lambda Z, P, Y, y: Y * (P - Y),
    "M16": lambda Z, P, Y, y: (P - Y) * P * (1 - P),
    "M17": lambda Z, P, Y, y: -Y / P * P * (1 - P),
    "M112c": lambda Z, P, Y, y: P - np.isin(np.arange(P.shape[1]), y),
    "M113": lambda Z, P, Y, y: P - np.eye(P.shape[1])[P.argmax(axis=1)],
    "M114": lambda Z, P, Y, y: -Y / P,
}
SIZES = {  # what P − Y is divided by
    "M13": lambda N, C: N * C,
    "M13c": lambda N, C: N * C,
    "M21": lambda N, C: -N,
    "M36": lambda N, C: 1,
    "M36b": lambda N, C: 1,
}


def cross_entropy_variant(*faults):
    """`cross_entropy` with these mistakes made, where they can be made together."""
    found = [[table[f] for f in faults if f in table] for table in (ROW_COSTS, GATHERED, SLOPES, SIZES)]
    if max(map(len, found)) > 1:
        return None
    costs, gathered, slopes, sizes = found

    def answer(Z, y):
        N, C = Z.shape
        S = Z - Z.max(axis=1, keepdims=True)
        logP = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
        P, Y = np.exp(logP), np.eye(C)[y]
        cost = costs[0](Z, P, logP, y) if costs else -take(logP, y)
        loss = gathered[0](cost, C) if gathered else cost.mean()
        return loss, (slopes[0](Z, P, Y, y) if slopes else P - Y) / (sizes[0](N, C) if sizes else N)

    return answer


def message_m14(facts):
    """By how much a row went down, and what it sums to."""
    y, dZ, C = facts["y"], facts["got"]["dZ"], facts["C"]
    row = int(np.argmax(y))
    return (
        f"The loss is right. In dZ you subtracted the label itself: in a row with y = {y[row]}, all {C} columns went down by {y[row]} (before the division by N), and "
        f"that row of your dZ sums to {dZ[row].sum():.2f} rather than 0. A label says *which* column, not *how much*: the target Y in Eq. (3.5) has a 1 in the "
        "label's column and 0 elsewhere."
    )


def message_ce_cap(facts):
    """What the loss is on the row at ±1000, where a cap on the logarithm shows."""
    return (
        f"dZ is right, and so is the loss on ordinary logits. On {facts['case']} it is only {float(facts['got']['loss']):.1f}: a probability that is kept away from 0 "
        "puts a cap on its logarithm, and the loss cannot tell a bad mistake from a terrible one. Eq. (2.5) needs no probability: log Σ e^z − z_y, with the "
        "row's maximum taken off first."
    )


DZ, LOSS = "dZ is right. ", "The loss is right. "
CE_SAID = {
    "M07": (
        "the loss is summed over the examples, not averaged",
        DZ
        + "Your loss grows with the batch: it is exactly {N} times the mean over the {N} examples, with which Eq. (2.5) ends.",
    ),
    "M10": (
        "exp of logits near 1000 overflows",
        "On ordinary logits both are right. On {case} exp(1000) is too large for any float: the loss is infinite, and dZ holds nan (inf/inf). Take the row's maximum off "
        "all its logits first, which changes no probability, Eq. (2.4).",
    ),
    "M10b": (
        "exp of logits near 1000 overflows in the loss",
        DZ
        + "On ordinary logits the loss is right too. On {case} exp(1000) is too large for any float, and the loss is infinite. Take the row's maximum off all its "
        "logits first, S = Z − max, and use S in both places of Eq. (2.5).",
    ),
    "M13": (
        "it is divided by the number of classes too",
        "Loss and dZ are both exactly 1/{C} of what they should be, with {C} classes: you averaged over all {N}·{C} entries. The loss is a mean over "
        "the {N} examples; divide by {N} only.",
    ),
    "M13b": (
        "the loss is divided by the number of classes too",
        DZ
        + "Your loss is exactly 1/{C} of the right one, with {C} classes: a mean over the whole table counts the zeros of each row too. "
        "Take one entry a row, the true class's, and the mean over the {N} rows, Eq. (2.5).",
    ),
    "M13c": (
        "dZ is divided by the number of classes too",
        LOSS
        + "Your dZ is exactly 1/{C} of the gradient, with {C} classes: you divided by the number of entries. Divide by the {N} examples "
        "only, Eq. (3.5).",
    ),
    "M14": ("the label itself is subtracted in dZ, not its one-hot row", message_m14),
    "M14b": (
        "nothing is subtracted at the true class in dZ",
        LOSS
        + "Your dZ is P/N: the 1 at the true class was not taken off, so nothing pulls the true class up. The rows of P − Y sum to 0, Eq. (3.5).",
    ),
    "M15": (
        "dZ is 0 for all wrong classes",
        LOSS
        + "In dZ only the true classes' entries are right. The others are 0, as if the wrong classes had nothing to lose. Whatever the true class "
        "gains, the others lose: each row of P − Y sums to 0, Eq. (3.5).",
    ),
    "M16": (
        "dZ is multiplied by P(1 − P) once more",
        LOSS
        + "Your dZ has P(1 − P) in it once more: P − Y is *already* the slope in Z, with softmax's own slopes inside, Eq. (3.5). "
        "(The overall cosine is still {cos:.2f}, so training would hide this.)",
    ),
    "M17": (
        "each probability is given a slope in its own logit only",
        LOSS
        + "In dZ you gave every probability a slope in its own logit only, P(1 − P), and left out that each logit moves *every* probability of its row; "
        "at ±1000 it ends in 0 times infinity. Add those paths, Eq. (3.2), and P − Y is left, Eq. (3.5).",
    ),
    "M21": (
        "dZ has the wrong sign",
        LOSS
        + "Your dZ is exactly the negative of the gradient: Y − P in place of P − Y. A gradient points uphill, Eq. (3.5); the minus comes later, in the update.",
    ),
    "M36": (
        "the 1/N is missing in dZ",
        LOSS
        + "Your dZ is exactly {N} times too large, and {N} is the number of examples: the loss is a mean, so every row of its gradient "
        "carries 1/N, Eq. (3.5).",
    ),
    "M36b": (
        "loss and dZ are summed over the examples, not averaged",
        "Loss and dZ are both exactly {N} times too large, and {N} is the number of examples. They fit each other, but both grow with the batch: the loss of "
        "this course is the *mean* over the examples, and its gradient carries 1/N, Eq. (3.5).",
    ),
    "M107b": (
        "the maximum is taken off in the sum, but not in the true class's logit",
        DZ
        + "In the loss you took the row's maximum off inside the sum, and not in z of the true class, so the two no longer belong together. Shift once, "
        "S = Z − max, and use S in both places of Eq. (2.5).",
    ),
    "M110": (
        "the logarithm is taken of a probability that is rounded to 0",
        "dZ is right, and so is the loss on ordinary logits. On {case} it is infinite: the true class's probability is rounded to 0, and its logarithm "
        "is lost. The softmax is right; do not go through it. Eq. (2.5) takes log Σ e^z − z_y, with the row's maximum taken off first.",
    ),
    "M110b": (
        "the loss is taken after 1 was subtracted from P",
        DZ
        + "Your loss is not a number (nan): you subtracted the 1 at the true class first, and took the logarithm of what was left, p − 1, which is negative. "
        "Compute the loss before you change P, or let dZ begin as a copy.",
    ),
    **dict.fromkeys(CE_CAPS, ("the probability is kept away from 0, which caps the loss", message_ce_cap)),
    "M112": (
        "the loss takes the columns of all labels for every row",
        DZ
        + "`P[:, y]` is a table of {N} by {N}: for every row the columns of *all* labels. One entry a row is wanted: "
        "`P[np.arange(N), y]` walks down rows and labels together. (And at ±1000 it is safer from the logits, Eq. (2.5).)",
    ),
    "M112b": (
        "the loss takes the columns of all labels for every row",
        DZ
        + "Indexing with `[:, y]` gives a table of {N} by {N}: for every row the columns of *all* labels. One entry a row is wanted: "
        "`[np.arange(N), y]` walks down rows and labels together, Eq. (2.5).",
    ),
    "M112c": (
        "in dZ every row loses 1 in the columns of all labels",
        LOSS
        + "In dZ every row lost 1 in the columns of *all* labels: that is what `[:, y]` means. One entry a row is wanted: "
        "`[np.arange(N), y]` walks down rows and labels together.",
    ),
    "M113": (
        "1 is subtracted at the largest score, not at the label",
        LOSS
        + "In dZ you subtracted 1 in the column of the *largest* score, which is what the network believes. The target is what is true: "
        "the column that y names, Eq. (3.5).",
    ),
    "M114": (
        "dZ is still the slope in the probabilities",
        LOSS
        + "Your dZ is still the slope in the *probabilities*, −Y/(N·P). It has to pass the softmax, where every logit moves every probability; "
        "what comes out is P − Y over N, Eq. (3.5).",
    ),
    "M212d": (
        "the mean of the loss is not taken",
        DZ
        + "Your loss has shape {got[loss].shape}, one number for each example. The loss of a batch is one number, their mean.",
    ),
    "M219c": (
        "the loss has the wrong sign",
        DZ
        + "Your loss is exactly the negative: the logarithm of a probability is never above 0, so a loss, which grows with the mistake, is *minus* "
        "that logarithm, Eq. (2.5).",
    ),
}

CE_DOCUMENTED = {
    "M07": {"loss factor": "N"},
    "M13": {"factor": "1/C"},
    "M16": {"dZ ratio": 0.23, "dZ cos": 0.99},
    "M21": {"dZ factor": "-1"},
    "M36": {"dZ factor": "N"},
    "M111": {"loss ratio": 0.0184},
    "M112": {"loss ratio": 0.809},
    "M113": {"dZ rel": 0.77, "dZ cos": -0.15},
    "M114": {"dZ rel": 0.81, "dZ cos": 0.71},
}

CROSS_ENTROPY = Exercise(
    id="02.5",
    name="cross_entropy",
    points=4,
    title="Come back to cross-entropy, now with its gradient",
    kind="write",
    home="04",
    returns=("loss", "dZ"),
    reference=cross_entropy,
    cases=cross_entropy_cases,
    variants=lambda ids: cross_entropy_variant(*ids),
    mistakes=registered(cross_entropy_variant, CE_SAID, CE_DOCUMENTED),
    hints=(
        "Take the row's maximum off all its logits first. The loss then needs the log of a sum and one logit a row; dZ needs the probabilities.",
        "L is the mean of log Σ e^z − z_y, Eq. (2.5). dZ = (P − Y)/N, Eq. (3.5), where Y is 1 in column y of each row, and 0 elsewhere.",
        "N = len(y)\nS = Z - ...                       # the largest of a row is now 0\nloss = np.mean(np.log(...) - S[np.arange(N), y])\n"
        "dZ = softmax(Z)\ndZ[np.arange(N), y] -= ...\nreturn loss, dZ / ...",
    ),
)

# ---------------------------------------------------------------- inside the lesson

IN_TEXT = (
    Exercise(
        id="02.a",
        name="a mean squared error",
        points=0,
        title="The loss of two answers, by hand",
        kind="predict",
        returns=("loss",),
        reference=lambda: 0.1,
        mistakes=(
            Mistake(
                "02.a1",
                lambda: 0.2,
                message="That is the sum of the two squares. The loss is their mean, Eq. (2.1).",
            ),
            Mistake(
                "02.a2",
                lambda: 0.3,
                message="That is the mean of the errors' sizes. Square each error first, then take the mean, Eq. (2.1).",
            ),
            Mistake(
                "02.a3",
                lambda: 0.05,
                message="Exactly half. Two examples: divide the sum of the squares by 2, once.",
            ),
            Mistake(
                "02.a4",
                lambda: 0.01,
                message="You squared the mean of the errors, in which −0.2 and 0.4 partly cancel. Square first, then take the mean.",
            ),
        ),
        hints=(
            "Two errors, two squares, one mean.",
            "½((ŷ₁ − t₁)² + (ŷ₂ − t₂)²), Eq. (2.1)",
            "(0.2² + …) / 2",
        ),
    ),
    Exercise(
        id="02.b",
        name="four equal logits",
        points=0,
        title="The value at chance, for four classes",
        kind="predict",
        returns=("probability", "cross-entropy"),
        reference=lambda: [0.25, float(np.log(4))],
        mistakes=(
            Mistake(
                "02.b1",
                lambda: [1.0, None],
                message="The probability: the four are equal, and together they sum to 1.",
            ),
            Mistake(
                "02.b2",
                lambda: [None, float(np.log(5))],
                message="The cross-entropy: the 5 does not matter. Take 5 off every logit and nothing changes; what counts is how many there are.",
            ),
            Mistake(
                "02.b3",
                lambda: [None, float(-np.log(4))],
                message="The cross-entropy: the logarithm of a probability is negative, and the loss is *minus* that.",
            ),
            *(
                Mistake(
                    f"02.b{k}",
                    lambda value=value: [None, value],
                    message=f"The cross-entropy: {value} is right as far as it goes. Give it to four decimals, or as `np.log(...)`.",
                )
                for k, value in ((4, 1.386), (5, 1.39), (6, 1.4))
            ),
            Mistake(
                "02.b7",
                lambda: [None, float(np.log10(4))],
                message="The cross-entropy: that is a logarithm to base 10. In this course log is the natural one, `np.log`.",
            ),
            Mistake(
                "02.b8",
                lambda: [[0.25] * 4, None],
                message="The probability: yes, all four of them. Give one number, since they are equal.",
            ),
            Mistake(
                "02.b9",
                lambda: [None, 2.0],
                message="The cross-entropy: that is a logarithm to base 2. In this course log is the natural one, `np.log`.",
            ),
        ),
        hints=(
            "Equal logits give equal probabilities.",
            "p = 1/C for C classes, and the cross-entropy is −log p, Eq. (2.5).",
            "[1 / ..., np.log(...)]",
        ),
    ),
    quiz(
        "02.q1",
        "B",
        right="The mean over the examples does not care how often the batch is written down; the sum does.",
        wrong={
            "A": "A: the network answers as before. The same rows came twice, with the same predictions.",
            "C": "C: nothing was updated, so no size of step has played a part.",
        },
    ),
    quiz(
        "02.q2",
        "B",
        right="σ(40) is 1 in a computer, and log(1 − 1) is minus infinity. The logit still says 40.",
        wrong={
            "A": "A: speed is not the reason. z = 40 is: the way over the probability gives infinity there.",
            "C": "C: on paper it is the same function, with the same minimum.",
        },
    ),
    quiz(
        "02.q3",
        "A",
        right="With ten classes, knowing nothing costs log 10, about 2.30. To pay four times that, one has to be sure, and wrong.",
        wrong={
            "B": "B: normal is near log 10, about 2.30, the price of knowing nothing.",
            "C": "C: whoever has learnt the answers by heart pays nearly 0.",
        },
    ),
)

EXERCISES = (MSE, MSE_GRAD, BCE, SOFTMAX_ROWS, CROSS_ENTROPY, *IN_TEXT)
