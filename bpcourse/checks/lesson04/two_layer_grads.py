"""04.5: all four gradients of a network of two layers, Eq. (4.1) to (4.4)."""

from __future__ import annotations

from ...activations import sigmoid
from ...network import backward, forward
from ..draws import bits, normal
from ..exercise import Case, Exercise, Mistake
from .output_delta import output_delta
from .slopes import slope


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


MESSAGES = {
    "M21": "All four gradients are exactly the negative of what they should be: a sign is turned around, perhaps in A2 − Y. A gradient points uphill; "
    "the minus sign belongs to the update, Eq. (6.1).",
    "M22": "The slope of σ at the output is missing from δ2, Eq. (4.1). Training would work, often even faster: this is exactly the direction "
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
    "M209": "A2 = σ(Z2) is missing from your forward pass: the last layer is squashed as well, Eq. (1.4). With that A2 the lines of your backward pass are "
    "right.",
    "M210": "In your forward pass the second layer is fed Z1. A1 = σ(Z1) is what goes on, Eq. (1.4).",
    "M146b": "W2 and b2 are right; W1 and b1 are not. You sent A2 − Y back over W2, without 2/N and without the slope of the output's σ. "
    "What travels is all of δ2, Eq. (4.3).",
    "M232": "Your first δ is (A2 − Y)/N, Eq. (4.5): that is right for cross-entropy. Here the loss is the mean squared error, so the first δ "
    "is Eq. (4.1), with the factor 2 and the slope of σ. The other lines are right as they are.",
    "M233": "b2 is missing from your forward pass: Z2 = A1 @ W2 + b2. The backward pass is right for the network that you ran, which is "
    "not the one that was asked for.",
    "M234": "W2 and b2 are right; W1 and b1 are not. Your hidden slope is that of ReLU, and the hidden layer of this network is σ: "
    "a(1 − a), Eq. (3.3).",
    "M130": "All four gradients are 0: your δ2 is. Either A2 or Y is subtracted from itself, or the slope is taken at the targets, where y(1 − y) is 0. "
    "Are the arguments of `output_delta(A2, Y)` in the right order?",
    "M147": "b1 is missing from your forward pass: Z1 = X @ W1 + b1. The backward pass is right for the network that you ran, "
    "which is not the one that was asked for.",
}

CAUSES = {
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

DOCUMENTED = {
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

EXERCISE = Exercise(
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
            cause=CAUSES[i],
            documented=DOCUMENTED.get(i, {}),
        )
        for i, text in MESSAGES.items()
    ),
    hints=(
        "First the forward pass, keeping Z1, A1, A2. Then the four equations in order, from the right end to the left.",
        "δ2 by Eq. (4.1); dW2, db2 by (4.2) from A1 and δ2; δ1 by (4.3); dW1, db1 by (4.4) from X and δ1. "
        "Your 04.1 to 04.3 are these equations.",
        "Z1 = ...; A1 = sigmoid(Z1); A2 = sigmoid(...)\ndZ2 = output_delta(A2, Y)\ndW2, db2 = param_grads(A1, dZ2)\n"
        'dZ1 = hidden_delta(dZ2, W2, Z1, A1, "sigmoid")\ndW1, db1 = ...\nreturn {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}',
    ),
)
