"""Lesson 04, backward by hand: exercises, the wrong answers known for them, and what to say."""

from __future__ import annotations

import numpy as np

from ..activations import sigmoid
from ..network import backward, forward
from . import listings
from .draws import bits, normal, share
from .exercise import Case, Exercise, Mistake, quiz

SLOPES = {
    "sigmoid": lambda Z, A: A * (1 - A),
    "tanh": lambda Z, A: 1 - A * A,
    "relu": lambda Z, A: (Z > 0).astype(float),
}
SQUASH = {"sigmoid": sigmoid, "tanh": np.tanh, "relu": lambda Z: np.maximum(Z, 0)}


def slope(A):
    """Slope of σ, Eq. (3.3), from its output."""
    return A * (1 - A)


# ---------------------------------------------------------------- 04.1 output_delta


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


OUTPUT_DELTA = Exercise(
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
            message="Your slope is taken at the target: y(1 − y) is 0 for every target that is 0 or 1, so your δ is 0 everywhere "
            "and nothing would ever be learnt. The slope belongs to what the network put out, A2.",
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

# ---------------------------------------------------------------- 04.2 hidden_delta


def hidden_delta(dZ2, W2, Z1, A1, activation):
    """δ1, Eq. (4.3): carry δ2 back over W2 and through the activation."""
    return (dZ2 @ W2.T) * SLOPES[activation](Z1, A1)


def with_slopes(**changed):
    """`hidden_delta` with the slope of some activations replaced."""
    table = {**SLOPES, **changed}
    return lambda dZ2, W2, Z1, A1, activation: (dZ2 @ W2.T) * table[activation](Z1, A1)


def every_slope(rule):
    """`hidden_delta` with the same rule whatever the activation is."""
    return with_slopes(sigmoid=rule, tanh=rule, relu=rule)


def overwrites_z(dZ2, W2, Z1, A1, activation):
    """M29: the mask is made by zeroing the caller's Z1."""
    if activation == "relu":
        Z1[Z1 < 0] = 0
    return hidden_delta(dZ2, W2, Z1, A1, activation)


def masks_the_gradient(dZ2, W2, Z1, A1, activation):
    """The ReLU's mask taken from the sign of the gradient that arrives."""
    dA1 = dZ2 @ W2.T
    return dA1 * (dA1 > 0) if activation == "relu" else dA1 * SLOPES[activation](Z1, A1)


def hidden_cases(rng):
    """Three activations by two sets of sizes; `dZ2 @ W2` fits by luck where H = C."""
    cases = []
    for activation in SLOPES:
        for n, h, c in ((7, 5, 3), (6, 4, 4)):
            Z1 = normal(rng, n, h, scale=1.5)
            inputs = (normal(rng, n, c), normal(rng, h, c), Z1, SQUASH[activation](Z1), activation)
            name = f"{activation} with N, H, C = {n}, {h}, {c}"
            cases.append(Case(name, inputs, {"N": n, "H": h, "C": c}))
    return cases


def message_m27(facts):
    """How many units the wrong mask let through, and how many of them were off."""
    Z1 = facts["Z1"]
    return (
        f"For ReLU you let all {Z1.size} entries through, but {int((Z1 <= 0).sum())} of those units were off. (A mask such as "
        "`A1 >= 0` is no mask: after ReLU nothing is negative.) Whether a unit was on is decided by what went into the gate: Z1 > 0."
    )


HIDDEN_DELTA = Exercise(
    id="04.2",
    name="hidden_delta",
    points=2,
    title="Carry the error back through one layer",
    kind="write",
    returns=("dZ1",),
    reference=hidden_delta,
    cases=hidden_cases,
    mistakes=(
        Mistake(
            "M23",
            lambda dZ2, W2, Z1, A1, activation: dZ2 @ W2.T,
            message="Your dZ1 is still the error at the *activations* of the hidden layer: it has the right shape, but on the case "
            "{case} its cosine with the gradient is only {cos:.2f} (1 would be the same direction). On the way to z it has to pass the activation, "
            "which scales each entry by its local slope, Eq. (4.3).",
        ),
        Mistake(
            "M24",
            with_slopes(sigmoid=lambda Z, A: slope(sigmoid(A)), tanh=lambda Z, A: 1 - np.tanh(A) ** 2),
            message="You squashed twice: A1 is the activation already, and your slope applies the activation to it once more "
            "(the result still points nearly right, cosine {cos:.2f}, so training would hide this). "
            "Take the slope at the z that entered the gate, or from a itself: a(1 − a), Eq. (3.3).",
        ),
        Mistake(
            "M25",
            with_slopes(sigmoid=lambda Z, A: Z * (1 - Z), tanh=lambda Z, A: 1 - Z * Z),
            message="You put Z1 where the activation belongs: a(1 − a) and 1 − a² are the slopes written with a = A1, "
            "the value that left the gate, Eq. (3.3). With z they mean nothing, and can even be negative.",
        ),
        Mistake(
            "M25b",
            with_slopes(sigmoid=lambda Z, A: Z * (1 - Z)),
            message="The tanh and ReLU cases are right. For σ you put Z1 where the activation belongs: the slope is a(1 − a) with a = A1, the "
            "value that left the gate, Eq. (3.3). With z it can even be negative.",
        ),
        Mistake(
            "M25c",
            with_slopes(tanh=lambda Z, A: 1 - Z * Z),
            message="The σ and ReLU cases are right. For tanh you put Z1 where the activation belongs: the slope is 1 − a² with a = A1, the "
            "value that left the gate.",
        ),
        Mistake(
            "M237",
            with_slopes(sigmoid=SLOPES["tanh"], tanh=SLOPES["sigmoid"]),
            message="The ReLU cases are right. The slopes of σ and tanh have changed places: σ has a(1 − a), tanh has 1 − a².",
        ),
        Mistake(
            "M238",
            with_slopes(relu=lambda Z, A: (Z < 0).astype(float)),
            message="For ReLU your mask keeps the units that were off and stops those that were on. A unit passes on what it gets where "
            "Z1 > 0.",
        ),
        Mistake(
            "M26",
            with_slopes(tanh=lambda Z, A: 1 - A),
            message="The sigmoid and ReLU cases are right. For tanh the square is missing: its slope is 1 − a², not 1 − a.",
        ),
        Mistake(
            "M27",
            with_slopes(relu=lambda Z, A: (A >= 0).astype(float)),
            message=message_m27,
        ),
        Mistake(
            "M28",
            with_slopes(relu=lambda Z, A: np.maximum(Z, 0)),
            message="For ReLU you multiplied by relu(z) itself. That is its value; its slope is 1 where z > 0 and 0 elsewhere.",
        ),
        Mistake(
            "M29",
            overwrites_z,
            message="The numbers are right, but after your call Z1 holds no negative entries: you zeroed the caller's array in place. "
            "Whoever called you still needs Z1. Build the mask `Z1 > 0` and multiply with it.",
        ),
        Mistake(
            "M32",
            lambda dZ2, W2, Z1, A1, activation: (dZ2 @ W2) * SLOPES[activation](Z1, A1),
            documented={"cos": 0.48},
            message="On the case where H = C = 4 your product dZ2 @ W2 fits by luck, elsewhere NumPy refuses it. The forward pass went "
            "from H units to C outputs through W2; the way back runs from C to H, through its transpose, Eq. (4.3).",
        ),
        Mistake(
            "M236",
            lambda dZ2, W2, Z1, A1, activation: (W2 @ dZ2) * SLOPES[activation](Z1, A1),
            message="`W2 @ dZ2` is the order for a single example, whose δ is a vector. In a batch the rows of dZ2 are examples, so δ stands "
            "on the left, and each row meets W2 transposed, Eq. (4.3).",
        ),
        Mistake(
            "M37",
            lambda *inputs: hidden_delta(*inputs) / len(inputs[0]),
            documented={"factor": "1/N"},
            message="Every entry is exactly 1/{N} of the gradient, and {N} is the number of examples. The 1/N of the loss is in dZ2 "
            "already; layer 1 inherits it and must not divide again.",
        ),
        Mistake(
            "M133",
            every_slope(SLOPES["sigmoid"]),
            documented={"rel": 0.83, "cos": -0.32},
            at="tanh with N, H, C = 7, 5, 3",
            message="The sigmoid cases are right. Your slope a(1 − a) is used for the other activations too: tanh has 1 − a², and "
            "ReLU has 1 where z > 0 and 0 elsewhere. The argument `activation` says which one it is.",
        ),
        Mistake(
            "M134",
            every_slope(lambda Z, A: A),
            documented={"rel": 0.44, "cos": 0.94},
            message="You multiplied by the activation A1 itself. What scales the error on its way back is the *slope* of the "
            "activation: how much a moves when z moves, Eq. (3.3).",
        ),
        Mistake(
            "M135",
            masks_the_gradient,
            documented={"rel": 0.47, "cos": 0.59},
            at="relu with N, H, C = 7, 5, 3",
            message="For ReLU your mask looks at the sign of the gradient that arrives. A unit passes gradients of either sign; "
            "what decides is whether the unit was on in the forward pass: Z1 > 0.",
        ),
    ),
    hints=(
        "Each hidden unit is billed by every output it fed, in proportion to the weight between them. Then the bill passes the gate.",
        "dA1 = dZ2 @ W2.T adds up the bills; dZ1 = dA1 * (slope of the activation), Eq. (4.3). Slopes: σ: a(1 − a); tanh: 1 − a²; ReLU: 1 where z > 0.",
        'dA1 = dZ2 @ ...\nif activation == "sigmoid":\n    return dA1 * ...\nif activation == "tanh":\n    return dA1 * ...\n'
        "return dA1 * (... > 0)",
    ),
)

# ---------------------------------------------------------------- 04.3 param_grads


def param_grads(A_prev, dZ):
    """dW and db of one layer, Eq. (4.2) and (4.4)."""
    return A_prev.T @ dZ, dZ.sum(axis=0)


def param_cases(rng):
    """All sizes different, a square case, one example, one unit; no column of dZ sums to 0."""
    rows = {
        "7 examples": (7, 4, 5),
        "the square case": (5, 5, 5),
        "a single example": (1, 4, 5),
        "one unit": (6, 4, 1),
    }
    cases = []
    for name, (n, d, h) in rows.items():
        dZ = normal(rng, n, h)
        dZ[0] += np.where(np.abs(dZ.sum(axis=0)) < 0.25, 0.5, 0.0)
        dZ[0, 0] += 1.0 if abs(dZ.sum()) < 0.25 else 0.0
        cases.append(Case(name, (normal(rng, n, d), dZ), {"N": n, "D": d, "H": h}))
    return cases


def with_bias(rule):
    """`param_grads` with another rule for db."""
    return lambda A_prev, dZ: (A_prev.T @ dZ, rule(A_prev, dZ))


PARAM_GRADS = Exercise(
    id="04.3",
    name="param_grads",
    points=2,
    title="Turn δ into the gradients of weights and biases",
    kind="write",
    returns=("dW", "db"),
    reference=param_grads,
    cases=param_cases,
    mistakes=(
        Mistake(
            "M31",
            lambda A_prev, dZ: (A_prev @ dZ, dZ.sum(axis=0)),
            documented={"dW rel": 0.72},
            at="the square case",
            message="Your code computes A_prev @ dZ: NumPy refuses it except where the shapes fit by luck, and there the numbers differ. "
            "Each entry of dW is a sum over examples of (input i) · (δ of unit j); which axis has to be summed away, Eq. (4.2)?",
        ),
        Mistake(
            "M31b",
            lambda A_prev, dZ: (dZ.T @ A_prev, dZ.sum(axis=0)),
            message="Your dW is the transpose: shape {got[dW].shape} for weights of shape ({D}, {H}). In this course W is "
            "(inputs, units), so dW = (input)ᵀ δ, in this order, Eq. (4.2). (Books that write W·x have it the other way round; lesson 01 has both.)",
        ),
        Mistake(
            "M33",
            with_bias(lambda A_prev, dZ: dZ),
            message="dW is right. Your db has shape {got[db].shape}, one row for each example, while b has shape ({H},). One bias served all "
            "{N} examples, so all their contributions meet in its gradient, Eq. (4.2).",
        ),
        Mistake(
            "M34",
            with_bias(lambda A_prev, dZ: dZ.mean(axis=0)),
            documented={"db factor": "1/N"},
            message="dW is right, and every entry of db is exactly 1/{N} of the gradient, with {N} examples: you took the mean. "
            "The 1/N of the loss is in δ already; here the contributions are summed, Eq. (4.2).",
        ),
        Mistake(
            "M35",
            with_bias(lambda A_prev, dZ: dZ.sum()),
            message="dW is right. Your db is one number for all {H} units: everything was summed. Each unit has its own bias, so sum over "
            "the examples only and keep one entry a unit, Eq. (4.2).",
        ),
        Mistake(
            "M136",
            lambda A_prev, dZ: (A_prev.T @ dZ / len(dZ), dZ.mean(axis=0)),
            documented={"factor": "1/N"},
            message="Both are exactly 1/{N} of the gradient, with {N} examples. The 1/N of the loss entered in the first δ, Eq. (4.1), and "
            "is inside dZ; dividing again counts it twice.",
        ),
        Mistake(
            "M137",
            lambda A_prev, dZ: (A_prev.T @ dZ / len(dZ), dZ.sum(axis=0)),
            documented={"dW factor": "1/N"},
            message="db is right, and every entry of dW is exactly 1/{N} of the gradient, with {N} examples. "
            "The 1/N is inside dZ already, for weights as for biases.",
        ),
        Mistake(
            "M138",
            with_bias(lambda A_prev, dZ: dZ.sum(axis=0, keepdims=True)),
            documented={"db shape": (1, 5)},
            message="The numbers are right. Your db has shape {got[db].shape} and b has shape ({H},): a gradient has the shape of what it "
            "changes, else `b -= lr * db` will one day surprise you. Sum without keepdims.",
        ),
        Mistake(
            "M139",
            with_bias(lambda A_prev, dZ: dZ.sum(axis=1)),
            documented={"db shape": (7,)},
            message="dW is right. Your db has one entry for each of the {N} examples: you summed over the units. A bias belongs to a unit, "
            "so the axis that disappears is the examples', Eq. (4.2).",
        ),
        Mistake(
            "M140",
            with_bias(lambda A_prev, dZ: np.full(dZ.shape[1], dZ.sum())),
            documented={"db rel": 0.63, "db cos": 0.56},
            message="dW is right. All {H} entries of your db are the same number, the sum over everything. Each unit collects "
            "only its own column of dZ, Eq. (4.2).",
        ),
        Mistake(
            "M141",
            with_bias(lambda A_prev, dZ: A_prev.sum(axis=0)),
            documented={"db shape": (4,)},
            message="dW is right. Your db sums the layer's *inputs*. A bias multiplies the constant 1, not the input, so its gradient "
            "collects δ alone, Eq. (4.2).",
        ),
    ),
    hints=(
        "A weight's slope is (what went in) times (the δ it fed). Each example contributes one such product, and contributions add.",
        "dW = A_prevᵀ δ and db = Σₙ δₙ, Eq. (4.2). The 1/N is in δ already. Shapes decide where the transpose goes.",
        "dW = A_prev.T @ ...\ndb = dZ.sum(axis=...)\nreturn dW, db",
    ),
)

# ---------------------------------------------------------------- 04.4 which_line


def which_line():
    """The line that is wrong in each of the five listings."""
    return [listings.WRONG_LINE[name] for name in listings.NAMES]


def line_mistakes():
    """A sentence for every line that somebody may point at, in each listing."""
    made = []
    for k, name in enumerate(listings.NAMES):
        for line, sentence in listings.sentences(name).items():
            ident = {listings.SYMPTOM_LINE.get(name): "M142", 0: "M143"}.get(line, f"line-{line}")
            answer = [line if i == k else None for i in range(len(listings.NAMES))]
            made.append(Mistake(f"{ident}:{k + 1}", wrong=lambda a=answer: a, message=f"{name}: {sentence}"))
    return tuple(made)


WHICH_LINE = Exercise(
    id="04.4",
    name="which_line",
    points=2,
    title="Find the line that is wrong",
    kind="debug",
    returns=listings.NAMES,
    reference=which_line,
    mistakes=line_mistakes(),
    hints=(
        "Compare each listing with Eq. (4.1) to (4.4), line by line. The line to name is the one that is wrong, "
        "not the later one where its effect shows.",
        "Ask of each line: which array does this equation need (a or z, which W)? Over which axis is summed, and is it a sum? "
        "Have the weights that it uses been changed already?",
        "One listing has a wrong slope, one a wrong input, two a wrong db, and in one the order of the lines is wrong.",
    ),
)

# ---------------------------------------------------------------- 04.5 two_layer_grads


def two_layer_grads(X, Y, W1, b1, W2, b2):
    """All four gradients of the σ–σ network under the mean squared error."""
    params = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    activations = forward(X, params, activation="sigmoid")
    return backward(output_delta(sigmoid(activations[-1]), Y), activations, params, activation="sigmoid")


def two_layer_variant(*faults):
    """`two_layer_grads` with these mistakes made, each at the line where a learner makes it."""

    def grads(X, Y, W1, b1, W2, b2):
        N, C, on = len(X), Y.shape[1], set(faults).__contains__
        Z1 = X @ W1 + (0 if on("M147") else b1)
        A1 = sigmoid(Z1)
        Z2 = (Z1 if on("M210") else A1) @ W2 + (0 if on("M233") else b2)
        A2 = Z2 if on("M209") else sigmoid(Z2)
        size = (1 if on("M08") else 2) / (1 if on("M36") or on("M145") else N) / (C if on("M13") else 1)
        error = (Y - A2 if on("M21") else A2 - Y) * size
        error = (Y - A2) if on("M144") else error
        error = (A2 - Y) / N if on("M232") else error
        output_slope = (
            slope(Y)
            if on("M130")
            else 1
            if on("M232") or on("M22")
            else slope(sigmoid(A2))
            if on("M24b")
            else slope(A2)
        )
        dZ2 = error * output_slope
        W2_used = W2 - 2.0 * A1.T @ dZ2 if on("M38") else W2
        dA1 = (A2 - Y if on("M146b") else error if on("M146") else dZ2) @ W2_used.T
        hidden = (
            1
            if on("M23")
            else slope(sigmoid(A1))
            if on("M24")
            else (Z1 > 0)
            if on("M234")
            else slope(Z1)
            if on("M25")
            else slope(A1)
        )
        dZ1 = dA1 * hidden / (N if on("M37") else 1)
        return {
            "W1": X.T @ dZ1,
            "b1": bias(dZ1, N, on),
            "W2": (Z1 if on("M30") else A1).T @ dZ2,
            "b2": bias(dZ2, N, on),
        }

    return grads


def bias(dZ, N, on):
    """db, in the ways in which it is got wrong."""
    if on("M33"):
        return dZ
    if on("M35"):
        return dZ.sum()
    return dZ.sum(axis=0) / (N if on("M34") or on("M145") else 1)


def pairs(ids):
    """Two mistakes together, where both can be made at once."""
    return two_layer_variant(*ids)


def two_layer_cases(rng):
    """N(0, 1) weights, so that σ is not at ½ everywhere; all sizes different, and the square case."""
    cases = []
    for name, (n, d, h, c) in {
        "N, D, H, C = 7, 4, 5, 3": (7, 4, 5, 3),
        "the square case": (6, 4, 4, 4),
    }.items():
        weights = (normal(rng, d, h), normal(rng, h), normal(rng, h, c), normal(rng, c))
        cases.append(
            Case(name, (normal(rng, n, d), bits(rng, n, c), *weights), {"N": n, "D": d, "H": h, "C": c})
        )
    return cases


TWO_LAYER_MESSAGES = {
    "M21": "All four gradients are exactly the negative of what they should be: a sign is turned around, perhaps in A2 − Y. A gradient points uphill; "
    "the minus sign belongs to the update, Eq. (6.1).",
    "M22": "The slope of σ at the output is missing from δ2, Eq. (4.1). Training would work, and even faster: this is exactly the direction "
    "of another loss. It is not the gradient of this one.",
    "M23": "W2 and b2 are right; W1 and b1 are not. On its way back, δ1 has to pass the hidden σ, which scales each entry by "
    "a(1 − a), Eq. (4.3).",
    "M24": "W2 and b2 are right; W1 and b1 are a little off. The hidden slope squashes twice: A1 is σ(Z1) already, so the "
    "slope is A1(1 − A1), Eq. (3.3).",
    "M24b": "The slope at the output squashes twice: A2 is σ(Z2) already, so the slope in Eq. (4.1) is A2(1 − A2).",
    "M25": "W2 and b2 are right; W1 and b1 are not. The hidden slope is a(1 − a) with a = A1, the value that left the gate; yours has "
    "Z1 in its place, Eq. (3.3).",
    "M30": "Only W2 is wrong. The weights of layer 2 multiplied A1 in the forward pass, and your dW2 uses Z1, Eq. (4.2).",
    "M33": "The weights are right; the biases are not summed: your b1 has shape {got[b1].shape}. One bias served all {N} examples, "
    "so their contributions meet in one entry a unit, Eq. (4.2).",
    "M34": "The weights are right; both biases are exactly 1/{N} of the gradient, with {N} examples: you took the mean. The 1/N is in δ "
    "already, so here it is a sum, Eq. (4.2).",
    "M35": "The weights are right; each bias gradient is one number, summed over everything. Sum over the examples only: one entry "
    "a unit, Eq. (4.2).",
    "M36": "Every gradient is exactly {N} times too large, and {N} is the number of examples. The loss is an average over the batch; "
    "look where that average enters the first δ, Eq. (4.1).",
    "M37": "W2 and b2 are right; W1 and b1 are exactly 1/{N} of the gradient. The 1/N entered with δ2; layer 1 inherits it and must "
    "not divide again, Eq. (4.3).",
    "M38": "W2 and b2 are right. Layer 1 is not: its δ1 was computed with a W2 that had already moved. All gradients belong to the "
    "weights of one forward pass, Eq. (4.3); only when you hold all four does the update begin.",
    "M08": "Every gradient is exactly half of what it should be: differentiating the square gives a factor 2, Eq. (2.2).",
    "M13": "Every gradient is exactly 1/{C} of what it should be, with {C} outputs. The loss sums over outputs and averages over "
    "the {N} examples, Eq. (2.1); divide by N only.",
    "M144": "All four are the article's update direction, −N/2 times the gradient: no 2/N, and the minus of the update inside, "
    "Eq. (6.2). Here the gradient itself is wanted, Eq. (4.1).",
    "M145": "The weights are exactly {N} times too large and the biases are right: the 1/N was left out of δ2, and then the biases were "
    "averaged. Put the 1/N into the first δ, Eq. (4.1), and sum everywhere after it.",
    "M146": "W2 and b2 are right; W1 and b1 are not. You sent the bare error back over W2. What travels is δ2, the error *times* the "
    "slope of the output's σ, Eq. (4.3).",
    "M209": "A2 = σ(Z2) is missing from your forward pass: the last layer is squashed as well. The backward pass is right for the network "
    "that you ran, which is not the one that was asked for.",
    "M210": "Your second layer is fed Z1, so the hidden σ has no say: A1 = σ(Z1) is what goes on, Eq. (1.4).",
    "M146b": "W2 and b2 are right; W1 and b1 are not. You sent A2 − Y back over W2, without 2/N and without the slope of the output's σ. "
    "What travels is all of δ2, Eq. (4.3).",
    "M232": "Your first δ is (A2 − Y)/N, Eq. (4.5): that is right for cross-entropy. Here the loss is the mean squared error, so the first δ "
    "is Eq. (4.1), with the factor 2 and the slope of σ. The other lines are right as they are.",
    "M233": "b2 is missing from your forward pass: Z2 = A1 @ W2 + b2. The backward pass is right for the network that you ran, which is "
    "not the one that was asked for.",
    "M234": "W2 and b2 are right; W1 and b1 are not. Your hidden slope is that of ReLU, and the hidden layer of this network is σ: "
    "a(1 − a), Eq. (3.3).",
    "M130": "The slope at the output is taken at the targets: y(1 − y) is 0 for every target that is 0 or 1, so all four gradients are 0. "
    "Are the arguments of `output_delta(A2, Y)` in the right order?",
    "M147": "b1 is missing from your forward pass: Z1 = X @ W1 + b1. The backward pass is right for the network that you ran, "
    "which is not the one that was asked for.",
}

TWO_LAYER_CAUSES = {
    "M21": "a sign is turned around",
    "M22": "the slope of σ at the output is missing from δ2",
    "M23": "the slope of the hidden σ is missing from δ1",
    "M24": "the hidden slope squashes A1 once more",
    "M24b": "the output's slope squashes A2 once more",
    "M25": "the hidden slope uses Z1 in place of A1",
    "M30": "dW2 uses Z1 in place of A1",
    "M33": "the biases are not summed over the examples",
    "M34": "the biases are averaged where they should be summed",
    "M35": "each bias gradient is summed over everything",
    "M36": "the 1/N of the mean is missing",
    "M37": "layer 1 is divided by N once more",
    "M38": "W2 has moved before δ1 uses it",
    "M08": "the factor 2 of the square is missing",
    "M13": "it is averaged over the outputs too",
    "M146": "δ1 starts from the bare error, not from δ2",
    "M147": "b1 is missing from the forward pass",
    "M144": "it is the article's update direction",
    "M145": "the 1/N stands in the biases, not in δ2",
    "M209": "the last σ is missing from the forward pass",
    "M210": "the second layer is fed Z1",
    "M146b": "δ1 starts from A2 − Y, not from δ2",
    "M232": "the first δ is that of cross-entropy",
    "M233": "b2 is missing from the forward pass",
    "M234": "the hidden slope is ReLU's",
    "M130": "the output's slope is taken at the target",
}

TWO_LAYER_DOCUMENTED = {
    "M21": {"factor": "-1"},
    "M08": {"factor": "1/2"},
    "M36": {"factor": "N"},
    "M13": {"factor": "1/C"},
    "M34": {"b1 factor": "1/N", "b2 factor": "1/N"},
    "M37": {"W1 factor": "1/N", "b1 factor": "1/N"},
    "M144": {"factor": "-N/2"},
    "M145": {"W1 factor": "N", "W2 factor": "N"},
    "M146": {"W1 rel": 0.71, "W1 cos": 0.86, "b1 rel": 0.76, "b1 cos": 0.96},
    "M147": {"W1 rel": 0.34, "W1 cos": 0.78, "b1 rel": 0.18, "b1 cos": 0.96},
}

TWO_LAYER_GRADS = Exercise(
    id="04.5",
    name="two_layer_grads",
    points=4,
    title="Backpropagate through the whole network",
    kind="write",
    returns=("W1", "b1", "W2", "b2"),
    reference=two_layer_grads,
    cases=two_layer_cases,
    variants=pairs,
    mistakes=tuple(
        Mistake(
            i,
            two_layer_variant(i),
            message=text,
            cause=TWO_LAYER_CAUSES[i],
            documented=TWO_LAYER_DOCUMENTED.get(i, {}),
        )
        for i, text in TWO_LAYER_MESSAGES.items()
    ),
    hints=(
        "First the forward pass, keeping Z1, A1, A2. Then the four equations in order, from the right end to the left.",
        "δ2 by Eq. (4.1); dW2, db2 by (4.2) from A1 and δ2; δ1 by (4.3); dW1, db1 by (4.4) from X and δ1. "
        "Your 04.1 to 04.3 are these equations.",
        "Z1 = ...; A1 = sigmoid(Z1); A2 = sigmoid(...)\ndZ2 = output_delta(A2, Y)\ndW2, db2 = param_grads(A1, dZ2)\n"
        'dZ1 = hidden_delta(dZ2, W2, Z1, A1, "sigmoid")\ndW1, db1 = ...\nreturn {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}',
    ),
)

# ---------------------------------------------------------------- inside the lesson

TRANSPOSED = "A gradient has the shape of what it changes. W is (inputs, units) in this course, and so is dW."
ROWS = "Rows are examples, in δ as in everything else: δ has the shape of Z."
SHAPE_SLIPS = (
    ([None, (3, 5), None, None, None], f"dW2: {TRANSPOSED}"),
    ([None, None, None, (5, 4), None], f"dW1: {TRANSPOSED}"),
    ([(3, 7), None, None, None, None], f"δ2: {ROWS}"),
    ([None, None, (5, 7), None, None], f"δ1: {ROWS}"),
    ([None, None, None, None, (7, 5)], "db1 has one entry a unit: the examples were summed away."),
    (
        [None, None, None, None, (7,)],
        "db1 has one entry a unit, not one an example: the axis that is summed away is the examples'.",
    ),
    (
        [None, None, None, None, (1, 5)],
        "db1 has the shape of b1, a plain row of 5 numbers, `(5,)`: one axis, not two.",
    ),
    (
        [None, None, None, None, 5],
        "`(5)` is the number 5. A shape with one axis is written `(5,)`, with the comma.",
    ),
)

IN_TEXT = (
    Exercise(
        id="04.a",
        name="one layer's dW2",
        points=0,
        title="dW2 by hand",
        kind="predict",
        returns=("first", "second"),
        reference=lambda: [-0.08, -0.2],
        mistakes=(
            Mistake(
                "04.a1",
                lambda: [0.08, 0.2],
                message="The size is right. δ2 is negative here, so both slopes are negative.",
            ),
            Mistake(
                "04.a2",
                lambda: [-0.4, -0.4],
                message="That is δ2 itself, which is db2. A weight's slope is δ2 times what the weight "
                "multiplied in the forward pass.",
            ),
        ),
        hints=(
            "Each weight of layer 2 multiplied one hidden activation.",
            "dW2[j] = a1[j] · δ2, Eq. (4.2).",
            "0.2 · (−0.4), then 0.5 · (−0.4)",
        ),
    ),
    Exercise(
        id="04.b",
        name="five shapes",
        points=0,
        title="Shapes of the backward pass",
        kind="predict",
        returns=("δ2", "dW2", "δ1", "dW1", "db1"),
        reference=lambda: [(7, 3), (5, 3), (7, 5), (4, 5), (5,)],
        mistakes=tuple(
            Mistake(f"04.b{place}", lambda answer=answer: answer, message=message)
            for place, (answer, message) in enumerate(SHAPE_SLIPS, 1)
        ),
        hints=(
            "A gradient has the shape of what it belongs to.",
            "δ has the shape of Z; dW that of W; db that of b.",
            "N, D, H, C = 7, 4, 5, 3: Z2 is (N, C), W2 is (H, C), …",
        ),
    ),
    quiz(
        "04.q1",
        "B",
        right="One bias served N examples: N paths lead from it to the loss, and across paths we add, Eq. (3.2).",
        wrong={
            "A": "A: the sum saves nothing that matters. The shape follows from the meaning.",
            "C": "C: a sum, not an average. The 1/N is in δ2 already.",
        },
    ),
    quiz(
        "04.q2",
        "A",
        right="All gradients belong to one forward pass, so δ1 travels back over the W2 that was used in it.",
        wrong={
            "B": "B: that would be a gradient of a network that was not run.",
            "C": "C: W1 lies on the other side of the hidden layer.",
        },
    ),
    quiz(
        "04.q3",
        "B",
        right="1/1 = 1. A test on one example cannot see this bug, nor the missing 1/N.",
        wrong={
            "A": "A: at N = 1, dividing by N divides by 1, and nothing changes.",
            "C": "C: there is no factor 2 in a division by 1.",
        },
    ),
)

EXERCISES = (OUTPUT_DELTA, HIDDEN_DELTA, PARAM_GRADS, WHICH_LINE, TWO_LAYER_GRADS, *IN_TEXT)
