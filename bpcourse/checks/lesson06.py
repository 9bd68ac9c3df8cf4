"""Lesson 06, the training loop: exercises, the wrong answers known for them, and what to say."""

from __future__ import annotations

import numpy as np

from ..activations import sigmoid
from . import curves
from .draws import bits, normal, share
from .drivers import batches, losses_and_params
from .exercise import Case, Exercise, Mistake, quiz

# ---------------------------------------------------------------- 06.1 sgd_step


def sgd_step(params, grads, lr):
    """One step of gradient descent, Eq. (6.1), into a new dict."""
    return {name: params[name] - lr * grads[name] for name in params}


def stepped(rule):
    """`sgd_step` with another rule for every array."""
    return lambda params, grads, lr: {name: rule(params[name], grads[name], lr) for name in params}


def steps_in_place(params, grads, lr):
    """The caller's arrays are changed."""
    for name in params:
        params[name] -= lr * grads[name]
    return params


def steps_and_returns_nothing(params, grads, lr):
    """As an optimiser of a library does it, without a return."""
    steps_in_place(params, grads, lr)


def step_cases(rng):
    """A rate that is not 1, parameters that are not 1; and a gradient of zeros, where nothing may move."""
    shapes = {"W": (4, 5), "b": (5,)}
    params = {name: normal(rng, *shape) for name, shape in shapes.items()}
    grads = {name: normal(rng, *shape) for name, shape in shapes.items()}
    zeros = {name: np.zeros(shape) for name, shape in shapes.items()}
    return [
        Case("random gradients", (params, grads, 0.375), {"D": 4, "H": 5}),
        Case("a gradient of zeros", (params, zeros, 0.375), {"D": 4, "H": 5}),
    ]


SGD_STEP = Exercise(
    id="06.1",
    name="sgd_step",
    points=2,
    title="Take one step downhill",
    kind="write",
    returns=("W", "b"),
    reference=sgd_step,
    cases=step_cases,
    mistakes=(
        Mistake(
            "M21",
            stepped(lambda p, g, lr: p + lr * g),
            message="Your step goes uphill: it adds the gradient. A gradient points to where the loss grows, so a step that lowers the "
            "loss is taken against it, Eq. (6.1). (The article adds, because its error, target − prediction, has the minus inside.)",
        ),
        Mistake(
            "M171",
            steps_in_place,
            message="The numbers are right. But your function changes the caller's params: after the call the old parameters are gone, "
            "and `-=` has written the new ones over them. Put `p - lr * g` into a new dict.",
        ),
        Mistake(
            "M172",
            stepped(lambda p, g, lr: p - g),
            documented={"W rel": 0.25, "W cos": 0.93, "b rel": 0.5, "b cos": 0.65},
            message="Your step is the whole gradient; the learning rate {lr} is not used. So it is printed in the article, "
            "where the η was lost. Eq. (6.1) has it: how far to go is the reader's choice, not the gradient's.",
        ),
        Mistake(
            "M173",
            stepped(lambda p, g, lr: -lr * g),
            documented={"W rel": 0.72, "W cos": 0.5, "b rel": 0.68, "b cos": 0.14},
            message="You returned the step alone, −η ∂L/∂W. Eq. (6.1) asks for where the step leads: the old parameters, plus this step.",
        ),
        Mistake(
            "M174",
            lambda params, grads, lr: {"W": params["W"] - lr * grads["W"], "b": params["b"].copy()},
            documented={"b rel": 0.29, "b cos": 0.84},
            message="W is right, and b did not move: your step takes the weights only. A bias is a parameter like any other, Eq. (6.1). "
            "(On XOR you would not notice: with frozen biases the loss falls as well.)",
        ),
        Mistake(
            "M175",
            stepped(lambda p, g, lr: p - lr * g * p),
            documented={"W rel": 0.2, "W cos": 0.93, "b rel": 0.4, "b cos": 0.79},
            message="Your step is multiplied by the parameter itself: a weight of 0 could never move, and a negative one would climb. "
            "In Eq. (6.1) the step is the rate times the gradient, whatever the parameter is.",
        ),
        Mistake(
            "M252",
            steps_and_returns_nothing,
            message="Your function returns None, and it changes the caller's params. Many libraries step that way; here the old "
            "parameters stay as they were and a new dict is returned: `p - lr * g` for every name.",
        ),
    ),
    hints=(
        "The gradient points uphill. Go the other way, by a distance that the learning rate sets, and do so for every array in the dict.",
        "For each name: new = params[name] − lr · grads[name], Eq. (6.1), in a dict of its own.",
        "new = {}\nfor name in params:\n    new[name] = ...\nreturn new",
    ),
)

# ---------------------------------------------------------------- 06.2 iterate_minibatches


def iterate_minibatches(X, y, batch_size, order):
    """Rows order[i:i+B], for i = 0, B, 2B, …, of X and y alike."""
    starts = range(0, len(order), batch_size)
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]]) for i in starts]


def cut(starts=None, rows_of_X=None, rows_of_y=None):
    """`iterate_minibatches` with other places to begin, or another rule for the rows."""
    starts = starts or (lambda n, size: range(0, n, size))
    rows_of_X = rows_of_X or (lambda order: order)
    rows_of_y = rows_of_y or rows_of_X

    def batched(X, y, batch_size, order):
        for_X, for_y = rows_of_X(order), rows_of_y(order)
        return [
            (X[for_X[i : i + batch_size]], y[for_y[i : i + batch_size]])
            for i in starts(len(order), batch_size)
        ]

    return batched


def so_many_batches(X, y, batch_size, order):
    """`batch_size` taken for the number of batches."""
    return [(X[rows], y[rows]) for rows in np.array_split(order, batch_size)]


def in_place(order):
    """The rows as they stand, whatever the order says."""
    return np.arange(len(order))


def order_that_tells(rng, n):
    """An order that is neither its own inverse nor the one of the rows, in its first three places."""
    while True:
        order = rng.permutation(n)
        differs = np.concatenate([order[:3] != np.argsort(order)[:3], order[:3] != np.arange(n)[:3]])
        if differs.all():
            return order


def batch_cases(rng):
    """A rest in the last batch, no rest, and a batch that is larger than the data."""
    sizes = {"7 examples by 3": (7, 3), "6 examples by 3": (6, 3), "5 examples, batch_size 8": (5, 8)}
    cases = []
    for name, (n, size) in sizes.items():
        y = rng.permutation(n) + 1.0  # all different, so that a label tells whose it is
        cases.append(Case(name, (normal(rng, n, 4), y, size, order_that_tells(rng, n)), {"N": n, "D": 4}))
    return cases


MINIBATCHES = Exercise(
    id="06.2",
    name="iterate_minibatches",
    points=2,
    title="Cut the data into batches",
    kind="write",
    returns=("sizes", "X", "y"),
    reference=iterate_minibatches,
    cases=batch_cases,
    drive=batches,
    mistakes=(
        Mistake(
            "M70",
            cut(rows_of_y=in_place),
            message="X comes in the given order and y does not: from the first batch on, the examples have the labels of others. One "
            "order for both, else there is nothing to learn in the pairs. (A loss does not say so; it settles on a guess.)",
        ),
        Mistake(
            "M70b",
            cut(rows_of_X=in_place, rows_of_y=lambda order: order),
            message="y comes in the given order and X does not, so that examples and labels are no longer pairs. Take the rows "
            "`order[i:i + batch_size]` of both.",
        ),
        Mistake(
            "M176",
            cut(starts=lambda n, size: range(0, n - size + 1, size)),
            documented={"sizes shape": (2,)},
            message='On the case "{case}" the last batch is missing: it is smaller than the others, and it was dropped with the examples in '
            "it. A slice that reaches beyond the end simply stops there, so the rest is a batch like any other, Eq. (6.3).",
        ),
        Mistake(
            "M177",
            cut(rows_of_X=in_place),
            documented={"X rel": 0.74},
            message="Your pairs are intact, and they come in the order of the rows: `order` was not used. It says which example comes "
            "first, which second, and so on; a loop that shuffles draws a new one for every epoch.",
        ),
        Mistake(
            "M178",
            cut(rows_of_X=np.argsort),
            documented={"X rel": 0.77},
            message="Your pairs are intact, but they come in the inverse order: you sent row 0 to place order[0]. `order` is a list of rows to "
            "take: first row order[0], then row order[1], which is `X[order[...]]`.",
        ),
        Mistake(
            "M179",
            cut(starts=lambda n, size: range(n)),
            message='Your window moves on by one example, so the batches overlap and there are {N} of them on the case "{case}". '
            "The next batch begins where the last one ended: i = 0, B, 2B, …",
        ),
        Mistake(
            "M253",
            so_many_batches,
            message="You made `batch_size` batches, and it means something else: how many examples are in one. How many batches there "
            "are follows from it.",
        ),
    ),
    hints=(
        "Walk along `order` in strides of batch_size. Each stretch of it is a list of row numbers, and X and y are asked for the same ones.",
        "rows = order[i : i + B] for i = 0, B, 2B, …; a batch is (X[rows], y[rows]), Eq. (6.3).",
        "out = []\nfor i in range(0, len(order), ...):\n    rows = order[i : ...]\n    out.append((..., ...))\nreturn out",
    ),
)

# ---------------------------------------------------------------- 06.3 accuracy


def accuracy(P, y):
    """Share of examples on the right side of ½, Eq. (6.4)."""
    return float(np.mean((P.ravel() > 0.5) == (y == 1)))


def precision(P, y):
    """Of those called 1, the share that is 1."""
    called = P.ravel() > 0.5
    return float(np.sum(called & (y == 1)) / np.sum(called))


def accuracy_cases(rng):
    """Five ones and two zeros, with one error of each kind, so that no shortcut is right by chance."""
    cases = []
    for name, column in {"P of shape (7, 1), y of shape (7,)": True, "P and y of shape (7,)": False}.items():
        y = np.array([1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0])
        sure = share(rng, 7)
        P = np.where(y == 1, np.maximum(sure, 1 - sure), np.minimum(sure, 1 - sure))
        P[[0, 6]] = 1 - P[[0, 6]]
        mixed = rng.permutation(7)
        P, y = P[mixed], y[mixed]
        cases.append(Case(name, (P[:, None] if column else P, y), {"N": 7}))
    return cases


ACCURACY = Exercise(
    id="06.3",
    name="accuracy",
    points=1,
    title="Count how often the network is right",
    kind="write",
    returns=("accuracy",),
    reference=accuracy,
    cases=accuracy_cases,
    mistakes=(
        Mistake(
            "M71",
            lambda P, y: float(np.mean((P > 0.5) == y)),
            message="Where P has shape {P.shape} and y {y.shape}, NumPy compares every prediction with every label: a table of {N} by {N} "
            "answers, of which you took the mean. Give both the same shape first; `ravel()` makes (N,) of (N, 1).",
        ),
        Mistake(
            "M180",
            lambda P, y: float(np.mean(P.ravel() == y)),
            documented={"ratio": 0.0},
            message="You compared the probabilities themselves with 0 and 1, and none of them is exactly that. First decide: a probability "
            "above ½ counts as a 1, Eq. (6.4).",
        ),
        Mistake(
            "M181",
            lambda P, y: float(1 - np.mean(np.abs(P.ravel() - y))),
            documented={"ratio": 0.794},
            message="This is how near the probabilities are to the labels, on average. Accuracy counts decisions: above ½ or not, right or "
            "not, and how sure the network was does not matter, Eq. (6.4).",
        ),
        Mistake(
            "M182",
            lambda P, y: float(np.sum((P.ravel() > 0.5) == (y == 1))),
            documented={"factor": "N"},
            message="You counted the examples that are right: {got:.0f}. A share is the count divided by the number of examples, {N} here.",
        ),
        Mistake(
            "M183",
            precision,
            documented={"ratio": 1.12},
            message="You looked only at the examples that the network calls 1, and at how many of these are 1. That is its "
            "precision. Accuracy counts all {N} examples, those called 0 as well, Eq. (6.4).",
        ),
    ),
    hints=(
        "Decide each example first: is its probability above ½? Then compare with the labels, one by one, and take the share that agrees.",
        "mean([p > ½] = y), Eq. (6.4), with p and y of one shape, (N,).",
        "decided = P.ravel() > ...\nreturn np.mean(decided == ...)",
    ),
)

# ---------------------------------------------------------------- 06.4 read_curves


def read_curves():
    """The cause of each of the six curves, as letters."""
    return [curves.PLANTED[name] for name in curves.NAMES]


# Two confusions have a number of their own: a flat loss taken for a small rate, a large rate taken for a sign.
CONFUSED = {("E", "C"): "M184", ("F", "C"): "M184", ("B", "D"): "M185"}


def curve_mistakes():
    """A sentence for every letter that somebody may give, for each curve."""
    made = []
    for k, name in enumerate(curves.NAMES):
        cause = curves.PLANTED[name]
        for letter in curves.CAUSES:
            if letter == cause:
                continue
            ident = CONFUSED.get((cause, letter), f"{curves.MISTAKE[cause]}-as-{letter}")
            answer = [letter if i == k else None for i in range(len(curves.NAMES))]
            text = curves.sentence(name, letter)
            made.append(Mistake(f"{ident}:{k + 1}", wrong=lambda a=answer: a, message=text))
    return tuple(made)


READ_CURVES = Exercise(
    id="06.4",
    name="read_curves",
    points=3,
    title="Name the cause of six loss curves",
    kind="choose",
    returns=curves.NAMES,
    reference=read_curves,
    mistakes=curve_mistakes(),
    hints=(
        "Ask of each curve: does it rise or fall in its first 20 steps, and in one jump or evenly? Where does it end? Is it smooth?",
        "½ is the loss when all answers are stuck at 0 or 1, ¼ when all are ½. A loss that never moves has two possible reasons, "
        "and the gap between the hidden units tells which.",
        "One curve climbs evenly, one jumps to ½; one falls hardly at all; one never comes to rest; two are flat, one of them with twins.",
    ),
)

# ---------------------------------------------------------------- 06.5 train


def train(X, Y, params, lr, epochs):
    """The whole loop: loss, gradients, step, `epochs` times."""
    return train_variant()(X, Y, params, lr, epochs)


def gradients(X, Y, params, on):
    """Loss and gradients of the σ–σ network, with the planted faults at their lines."""
    N = len(X)
    A1 = sigmoid(X @ params["W1"] + params["b1"])
    A2 = sigmoid(A1 @ params["W2"] + params["b2"])
    loss = np.sum((A2 - Y) ** 2) / (1 if on("M191") else Y.size if on("M13") else N)
    size = (1 if on("M08") or on("M254") else 2) / (1 if on("M36") or on("M254") else N)
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


TRAIN_MESSAGES = {
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
    "M254": "Your steps are the article's, N/2 times as long: without the 2/N of Eq. (4.1) you descend ½Σ(t − ŷ)², Eq. (6.2). "
    "The loss that is recorded is the mean, and here its gradient is wanted.",
}

TRAIN_DOCUMENTED = {
    "M186": {"losses rel": 0.017},
    "M187": {"losses rel": 0.004, "W1 rel": 0.0054},
    "M189": {"W1 rel": 0.041, "b1 rel": 0.061},
    "M190": {"losses shape": (1,)},
    "M191": {"losses factor": "N"},
}

TRAIN = Exercise(
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
            documented=TRAIN_DOCUMENTED.get(i, {}),
            at="5 epochs" if i in TRAIN_DOCUMENTED else "",
        )
        for i, text in TRAIN_MESSAGES.items()
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

# ---------------------------------------------------------------- inside the lesson

IN_TEXT = (
    Exercise(
        id="06.a",
        name="one step",
        points=0,
        title="One step by hand",
        kind="predict",
        returns=("w",),
        reference=lambda: 1.95,
        mistakes=(
            Mistake(
                "06.a1",
                lambda: 2.05,
                message="The size is right. A gradient points uphill, so the step is subtracted.",
            ),
            Mistake(
                "06.a2",
                lambda: 1.5,
                message="That is a step as long as the gradient: the rate 0.1 was left out, as in the article's formula.",
            ),
            Mistake(
                "06.a3",
                lambda: -0.05,
                message="That is the step. Where does it lead, from w = 2?",
            ),
            Mistake(
                "06.a4",
                lambda: 0.05,
                message="That is the length of the step. Where does it lead, from w = 2?",
            ),
        ),
        hints=(
            "Rate times gradient is how far; minus is which way.",
            "w − η ∂L/∂w, Eq. (6.1).",
            "2 − 0.1 · …",
        ),
    ),
    Exercise(
        id="06.b",
        name="steps in an epoch",
        points=0,
        title="Steps in an epoch",
        kind="predict",
        returns=("steps",),
        reference=lambda: 45,
        mistakes=(
            Mistake(
                "06.b1",
                lambda: 44,
                message="44 batches hold 44 · 32 = 1,408 images. The 29 that remain are a batch as well, a smaller one.",
            ),
            Mistake(
                "06.b2",
                lambda: 1437 / 32,
                message="A step is taken or not: what remains after the last full batch makes one whole step more.",
            ),
            Mistake(
                "06.b3",
                lambda: 1437,
                message="That would be batches of one image. Here 32 of them share a step.",
            ),
            Mistake(
                "06.b4",
                lambda: 32,
                message="32 is how many images share a step. How many steps does it take to see all 1,437?",
            ),
        ),
        hints=(
            "How many batches does it take to see every image once?",
            "1437 / 32, and a rest.",
            "44 full batches hold 1,408 images.",
        ),
    ),
    quiz(
        "06.q1",
        "B",
        right="Six wrong backward passes get there too. The curve is no evidence; the gradient check is.",
        wrong={
            "A": "A: all six wrong backward passes end with a median loss below 0.001, too.",
            "C": "C: with four of the six wrong ones all 20 seeds agree, and with the other two nearly all do.",
        },
    ),
    quiz(
        "06.q2",
        "B",
        right="Its error is target − prediction, the negative of ours, so the minus of Eq. (6.1) is inside.",
        wrong={
            "A": "A: descent subtracts the gradient, Eq. (6.1).",
            "C": "C: a(1 − a) lies between 0 and ¼; it is never negative.",
        },
    ),
    quiz(
        "06.q3",
        "C",
        right="W2 = 0 makes δ1 = 0, and equal hidden units get equal gradients: they stay twins for ever.",
        wrong={
            "A": "A: with any rate the loss stays at 0.2500, since every gradient is 0 there.",
            "B": "B: after any number of epochs the loss is 0.2500; nothing moves that could help.",
        },
    ),
)

EXERCISES = (SGD_STEP, MINIBATCHES, ACCURACY, READ_CURVES, TRAIN, *IN_TEXT)
