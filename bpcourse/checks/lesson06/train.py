"""06.5: the whole training loop."""

from __future__ import annotations

import numpy as np

from ...activations import sigmoid
from ..draws import bits, normal
from ..drivers import losses_and_params
from ..exercise import Case, Exercise, Mistake
from .sgd_step import sgd_step


def train(X, Y, params, lr, epochs):
    """The whole loop: loss, gradients, step, `epochs` times."""
    return train_variant()(X, Y, params, lr, epochs)


def gradients(X, Y, params, on):
    """Loss and gradients of the σ–σ network, with the planted faults at their lines."""
    N = len(X)
    A1 = sigmoid(X @ params["W1"] + params["b1"])
    A2 = sigmoid(A1 @ params["W2"] + params["b2"])
    size = (1 if on("M08") or on("M235") else 2) / (1 if on("M36") or on("M235") else N)
    dZ2 = size / (Y.shape[1] if on("M353") else 1) * (A2 - Y) * (1 if on("M22") else slope(A2, on("M24b")))
    dW2, db2 = A1.T @ dZ2, bias(dZ2, N, on)
    W2 = params["W2"] - on.lr * dW2 if on("M38") else params["W2"]
    dZ1 = dZ2 @ W2.T * (1 if on("M23") else slope(A1, on("M24")))
    return recorded(A2, Y, on), {"W1": X.T @ dZ1, "b1": bias(dZ1, N, on), "W2": dW2, "b2": db2}


def slope(A, squashed_twice):
    """σ′ from the activations A, or σ(A)(1 − σ(A))."""
    A = sigmoid(A) if squashed_twice else A
    return A * (1 - A)


def bias(dZ, N, on):
    """db, in the ways in which it is got wrong."""
    if on("M35"):
        return np.full(dZ.shape[1], dZ.sum())
    return dZ.sum(axis=0) * (0 if on("M174") else 1) / (N if on("M34") else 1)


def recorded(A2, Y, on):
    """The loss that goes into the list."""
    whole = np.sum((A2 - Y) ** 2)
    return whole / (1 if on("M191") else Y.size if on("M13") else 2 if on("M354") else len(Y))


class Faults(set):
    """The faults that are on: asked like a function, and it knows the learning rate."""

    lr = 0.0

    def __call__(self, fault):
        return fault in self


def train_variant(*faults):
    """`train` with these mistakes made, each at the line where a learner makes it."""

    def trained(X, Y, params, lr, epochs):
        on = Faults(faults)
        on.lr = lr
        now = params if on("M188") else {name: value.copy() for name, value in params.items()}
        rate = (-1 if on("M21") else 1) * (0 if on("M357") else 1 if on("M172") else lr)
        losses, piled, start = [], None, {name: value.copy() for name, value in params.items()}
        for _ in range(epochs):
            loss, grads = gradients(X, Y, start if on("M355") or on("M356") else now, on)
            grads = gradients(X, Y, start, on)[1] if on("M187") else grads
            if on("M41"):
                grads = piled = grads if piled is None else sgd_step(piled, grads, -1)
            for name in now:
                now[name][...] = start[name] if on("M355") else now[name]
                now[name] -= rate * grads[name]
            losses.append(gradients(X, Y, now, on)[0] if on("M186") else loss)
        given_back = params if on("M189") else now
        return np.array(losses[-1:] if on("M190") else losses), given_back

    return trained


# What a pair is made of: one fault of the gradient or of the step, and one of what is recorded or returned.
RECORDED = {"M13", "M354", "M191", "M190", "M186", "M189", "M188"}


def train_pairs(ids):
    """Two mistakes together, of which one at most is about what is recorded, returned or kept."""
    return None if RECORDED.issuperset(ids) else train_variant(*ids)


def train_cases(rng):
    """One step, where an order of updates shows, and five, where a sum of gradients shows; a rate of 2 or more.

    b2, which has few entries, comes with both signs too.
    """
    cases = []
    for name, (n, d, h, c), lr, epochs, sign in (
        ("1 epoch", (7, 4, 5, 3), 3.0, 1, 1),
        ("5 epochs", (4, 2, 3, 1), 2.0, 5, -1),
    ):
        shapes = {"W1": (d, h), "b1": (h,), "W2": (h, c), "b2": (c,)}
        params = {key: normal(rng, *shape) for key, shape in shapes.items()}
        params["b2"][0] = sign * abs(params["b2"][0])
        inputs = (normal(rng, n, d), bits(rng, n, c), params, lr, epochs)
        cases.append(Case(name, inputs, {"N": n, "D": d, "H": h, "C": c}))
    return cases


# Each: the cause alone, for where it is one of two; and what is said where it is the only one.
SAID = {
    "M21": (
        "a sign is turned around, in the step or in the error",
        "Your loop climbs: the parameters move along the gradient. One sign is turned around, in one of two places. With A2 − Y in the first δ, "
        "Eq. (4.1), the step subtracts, Eq. (6.1); with Y − A2, as in the article, it adds.",
    ),
    "M22": (
        "the slope of σ at the output is missing from δ2",
        "The slope of σ at the output is missing in δ2, Eq. (4.1). A loss falls all the same, since this is the direction of another one, "
        "Eq. (4.5). The loss that you record is not the one that you descend.",
    ),
    "M23": (
        "the slope of the hidden σ is missing from δ1",
        "After one step W2 and b2 are right, and W1 and b1 are not: on its way back, δ1 has to pass the hidden σ, which scales "
        "each entry by a(1 − a), Eq. (4.3).",
    ),
    "M24": (
        "the hidden slope squashes A1 once more",
        "After one step W2 and b2 are right, and W1 and b1 are a little off. The hidden slope squashes twice: A1 is σ(Z1) already, so the slope "
        "is A1(1 − A1), Eq. (3.3).",
    ),
    "M24b": (
        "the output's slope squashes A2 once more",
        "The slope at the output squashes twice: A2 is σ(Z2) already, so the slope in Eq. (4.1) is A2(1 − A2), Eq. (3.3).",
    ),
    "M34": (
        "the bias gradients are averaged where they should be summed",
        "After one step the weights are right, and both biases are not: their gradients are 1/{N} of what they should be on the case "
        '"{case}", with {N} examples. The 1/N is in δ already, so here it is a sum, Eq. (4.2).',
    ),
    "M35": (
        "each bias gradient is summed over everything",
        "After one step the weights are right, and the biases are not: all biases of a layer moved by one and the same number, the sum over "
        "everything. Sum over the examples only, `axis=0`: one entry a unit, Eq. (4.2).",
    ),
    "M174": (
        "the biases never move",
        "After one step the weights are right, and the biases stand where they stood. A bias is a parameter like any other: its gradients are "
        "in Eq. (4.2) and (4.4), and its step is Eq. (6.1).",
    ),
    "M36": (
        "the 1/N of the mean is missing from the first δ",
        'Your steps are too long by a factor of {N}, the number of examples on the case "{case}". The loss is an average over the batch, so '
        "2/N belongs into the first δ, Eq. (4.1).",
    ),
    "M353": (
        "the first δ is divided by the number of outputs too",
        'Your steps are 1/{C} of what they should be on the case "{case}", with {C} outputs. The loss sums over the outputs and averages over the '
        "examples, Eq. (2.1), so the first δ has 2/N, Eq. (4.1), and no C.",
    ),
    "M38": (
        "W2 has moved before δ1 uses it",
        "After one step W2 and b2 are right and layer 1 is not: δ1 was computed with a W2 that had already moved. All gradients "
        "belong to the weights of the same forward pass, Eq. (4.3); only when you hold all of them does Eq. (6.1) begin.",
    ),
    "M41": (
        "the gradients of all steps pile up",
        "Your first step is right, and from step 2 on you move along the sum of all gradients so far. A gradient belongs to the "
        "weights at which it was taken, so each pass of Eq. (6.1) starts with fresh ones.",
    ),
    "M172": (
        "the learning rate is not used",
        'Your steps are the whole gradient: the learning rate, {lr:g} on the case "{case}", is not used. Eq. (6.1) multiplies by it.',
    ),
    "M186": (
        "each loss is recorded one step late",
        "Your parameters are right. Each loss is one step late: it is that of the network after the step. The loss to record is the one "
        "of the forward pass that the gradients come from, so the first entry is the loss of the weights that you were given.",
    ),
    "M187": (
        "all steps use the gradients of the start",
        "Your first step is right, and all others repeat it: they use the gradients of the weights that you were given. After a step the "
        "weights are others, and so is their gradient; it is computed anew in every pass of the loop.",
    ),
    "M355": (
        "every epoch starts again from the weights that were given",
        "Your first step is right, and it is the only one: every epoch computes it again from the weights that you were given. What a step "
        "returns is what the next epoch starts from.",
    ),
    "M356": (
        "every forward pass uses the weights that were given",
        "Your first step is right, and all others repeat it, and your losses are all one number: every forward pass uses the weights that you "
        "were given. From the second epoch on it uses those that the last step left.",
    ),
    "M357": (
        "the parameters never move",
        "Your losses are all one number, and the parameters that you return are those that you were given: nothing moves. Either the step's result is "
        "not kept, `params = sgd_step(...)`, or the gradients are 0, as they are when an array is subtracted from itself.",
    ),
    "M188": (
        "the caller's params are changed",
        "The numbers are right. But after the call the `params` that you were given hold other numbers than before. Three ways lead there: "
        "`-=` on an array of `params`; `params[name] = …`; and `params.copy()` followed by `-=`, because it copies the dict and not the arrays "
        "in it. Let every step make a new dict of new arrays, as your `sgd_step` does.",
    ),
    "M189": (
        "the parameters that you return are those of the start",
        "Your losses are right, so the training works. What you return are the parameters from before the first step; return those from "
        "after the last.",
    ),
    "M190": (
        "only the last loss is returned",
        "Your parameters are right. Your losses hold one number, the last; a list that collects one number in each epoch "
        'has {epochs} of them on the case "{case}".',
    ),
    "M191": (
        "the loss that is recorded is summed over the examples",
        'Your parameters are right. Every loss is {N} times too large on the case "{case}", and {N} is the number of examples. '
        "The loss is the mean over the examples, Eq. (2.1).",
    ),
    "M13": (
        "the loss that is recorded is averaged over the outputs too",
        'Your parameters are right. Every loss is 1/{C} of what it should be on the case "{case}", and {C} is the number of outputs: `np.mean` '
        "divides by N · C. Eq. (2.1) sums over the outputs and divides by N.",
    ),
    "M354": (
        "the loss that is recorded is half the sum of the squares",
        "Your parameters are right. The loss that you record is ½Σ(y − a)², which is what the article descends, Eq. (6.2). Eq. (2.1) is the "
        "mean over the {N} examples.",
    ),
    "M08": (
        "the factor 2 of the square is missing",
        "Your steps are half as long as they should be: differentiating the square gives a factor 2, so the first δ "
        "starts with 2/N, Eq. (4.1).",
    ),
    "M235": (
        "the steps are the article's, without 2/N",
        "Your steps are the article's, N/2 times as long: without the 2/N of Eq. (4.1) you descend ½Σ(t − ŷ)², Eq. (6.2). "
        "The loss to descend is the mean, as recorded.",
    ),
}

DOCUMENTED = {
    "M186": {"losses rel": 0.017},
    "M187": {"losses rel": 0.004, "W1 rel": 0.0054},
    "M189": {"W1 rel": 0.041, "b1 rel": 0.061},
    "M190": {"losses shape": (1,)},
    "M191": {"losses factor": "N"},
}

EXERCISE = Exercise(
    id="06.5",
    name="train",
    points=4,
    title="Write the whole training loop",
    kind="write",
    returns=("losses", "W1", "b1", "W2", "b2"),
    reference=train,
    cases=train_cases,
    drive=losses_and_params,
    variants=train_pairs,
    mistakes=tuple(
        Mistake(
            i,
            train_variant(i),
            message=text,
            cause=cause,
            documented=DOCUMENTED.get(i, {}),
            at="5 epochs" if i in DOCUMENTED else "",
        )
        for i, (cause, text) in SAID.items()
    ),
    hints=(
        "Four things, in this order, in every epoch: forward, loss, all gradients, one step. Nothing of an epoch is carried over but the "
        "parameters.",
        "In each epoch: A1, A2 by Eq. (1.4); the loss by Eq. (2.1), into the list; gradients by Eq. (4.1) to (4.4); then Eq. (6.1), "
        "which is your `sgd_step`.",
        "losses = []\nfor _ in range(epochs):\n    A1 = ...; A2 = ...\n    losses.append(...)\n    grads = ...\n"
        "    params = sgd_step(params, grads, lr)\nreturn losses, params",
    ),
)
