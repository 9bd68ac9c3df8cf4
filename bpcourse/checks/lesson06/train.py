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
    loss = np.sum((A2 - Y) ** 2) / (1 if on("M191") else Y.size if on("M13") else N)
    size = (1 if on("M08") or on("M235") else 2) / (1 if on("M36") or on("M235") else N)
    dZ2 = size * (A2 - Y) * (1 if on("M22") else A2 * (1 - A2))
    dW2, db2 = A1.T @ dZ2, dZ2.sum(axis=0)
    W2 = params["W2"] - on.lr * dW2 if on("M38") else params["W2"]
    dZ1 = dZ2 @ W2.T * (1 if on("M23") else A1 * (1 - A1))
    return loss, {"W1": X.T @ dZ1, "b1": dZ1.sum(axis=0), "W2": dW2, "b2": db2}


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
        losses, piled, frozen = [], None, gradients(X, Y, params, on)[1]
        for _ in range(epochs):
            loss, grads = gradients(X, Y, now, on)
            grads = frozen if on("M187") else grads
            if on("M41"):
                grads = piled = grads if piled is None else sgd_step(piled, grads, -1)
            for name in now:
                now[name] += (lr if on("M21") else -lr) * grads[name]
            losses.append(gradients(X, Y, now, on)[0] if on("M186") else loss)
        given_back = params if on("M189") else now
        return np.array(losses[-1:] if on("M190") else losses), given_back

    return trained


def train_pairs(ids):
    """Two mistakes together."""
    return train_variant(*ids)


def train_cases(rng):
    """One step, where an order of updates shows, and five, where a sum of gradients shows; a rate of 2 or more."""
    cases = []
    for name, (n, d, h, c), lr, epochs in (
        ("1 epoch", (7, 4, 5, 3), 3.0, 1),
        ("5 epochs", (4, 2, 3, 1), 2.0, 5),
    ):
        shapes = {"W1": (d, h), "b1": (h,), "W2": (h, c), "b2": (c,)}
        params = {key: normal(rng, *shape) for key, shape in shapes.items()}
        inputs = (normal(rng, n, d), bits(rng, n, c), params, lr, epochs)
        cases.append(Case(name, inputs, {"N": n, "D": d, "H": h, "C": c}))
    return cases


MESSAGES = {
    "M21": "Your loop climbs: the parameters move along the gradient, and the loss grows. The minus sign is in the step, Eq. (6.1): "
    "old − lr · gradient.",
    "M22": "The slope of σ at the output is missing in δ2, Eq. (4.1). The loss falls all the same, and even faster, since this is the "
    "direction of another loss, Eq. (4.5). The loss that you record is not the one that you descend.",
    "M23": "After one step W2 and b2 are right, and W1 and b1 are not: on its way back, δ1 has to pass the hidden σ, which scales "
    "each entry by a(1 − a), Eq. (4.3).",
    "M36": 'Your steps are too long by a factor of {N}, the number of examples on the case "{case}". The loss is an average over the batch, so '
    "2/N belongs into the first δ, Eq. (4.1).",
    "M38": "After your step layer 2 agrees and layer 1 does not: δ1 was computed with a W2 that had already moved. All gradients "
    "belong to the weights of the same forward pass, Eq. (4.3); only when you hold all of them does Eq. (6.1) begin.",
    "M41": "Your first step is right, and from step 2 on you move along the sum of all gradients so far. A gradient belongs to the "
    "weights at which it was taken, so each pass of Eq. (6.1) starts with fresh ones.",
    "M186": "Your parameters are right. Each loss is one step late: you run the network again after the step. The loss to record is the one "
    "of the forward pass that the gradients come from, so the first entry is the loss of the weights that you were given.",
    "M187": "Your first step is right, and all others repeat it: the gradients are computed once, before the loop. After a step the weights "
    "are others, and so is their gradient; it belongs inside the loop.",
    "M188": "The numbers are right. But the caller's params were changed on the way: `-=` writes into the arrays that you were "
    "given. Start with copies, or let every step make new arrays, as your `sgd_step` does.",
    "M189": "Your losses are right, so the training works. What you return are the parameters from before the first step; return those from "
    "after the last.",
    "M190": "Your parameters are right. Your losses hold one number, the last; a list that collects one number in each epoch "
    'has {epochs} of them on the case "{case}".',
    "M191": "Your parameters are right. Every loss is {N} times too large, and {N} is the number of examples: you added up over the batch. "
    "The loss is the mean over the examples, Eq. (2.1).",
    "M13": "Your parameters are right. Every loss is 1/{C} of what it should be, and {C} is the number of outputs: `np.mean` divides by N · C. "
    "Eq. (2.1) sums over the outputs and divides by N.",
    "M08": "Your steps are half as long as they should be: differentiating the square gives a factor 2, so the first δ "
    "starts with 2/N, Eq. (4.1).",
    "M235": "Your steps are the article's, N/2 times as long: without the 2/N of Eq. (4.1) you descend ½Σ(t − ŷ)², Eq. (6.2). "
    "The loss that is recorded is the mean, and here its gradient is wanted.",
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
            documented=DOCUMENTED.get(i, {}),
            at="5 epochs" if i in DOCUMENTED else "",
        )
        for i, text in MESSAGES.items()
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
