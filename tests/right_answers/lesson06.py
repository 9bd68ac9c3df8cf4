"""Lesson 06, answered in other ways."""

import numpy as np


def squash(z):
    return 0.5 * (1 + np.tanh(z / 2))


def sgd_step_loop(params, grads, lr):
    new = {}
    for name, old in params.items():
        moved = np.array(old, dtype=np.result_type(old, float))
        for index in np.ndindex(moved.shape):
            moved[index] -= lr * grads[name][index]
        new[name] = moved
    return new


def sgd_step_copies(params, grads, lr):
    new = {name: np.copy(value) for name, value in params.items()}
    for name in new:
        new[name] += -lr * grads[name]
    return new


def minibatches_generator(X, y, batch_size, order):
    at = 0
    while at < len(order):
        rows = list(order[at : at + batch_size])
        yield X[rows], y[rows]
        at += batch_size


def minibatches_split(X, y, batch_size, order):
    cuts = np.arange(batch_size, len(order), batch_size)
    return list(zip(np.split(X[order], cuts), np.split(y[order], cuts), strict=True))


def minibatches_lists(X, y, batch_size, order):
    pairs = [(X[k].tolist(), float(y[k])) for k in order]
    chunks = [pairs[i : i + batch_size] for i in range(0, len(pairs), batch_size)]
    return [[np.array([x for x, _ in chunk]), np.array([t for _, t in chunk])] for chunk in chunks]


def accuracy_loop(P, y):
    right = 0
    for p, t in zip(P, y, strict=True):
        right += int((1 if p > 0.5 else 0) == t)
    return right / len(y)


def accuracy_errors(P, y):
    return 1 - np.abs(np.where(np.reshape(P, -1) > 0.5, 1, 0) - y).sum() / y.size


def train_per_example(X, Y, params, lr, epochs):
    W1, b1, W2, b2 = (np.array(params[k]) for k in ("W1", "b1", "W2", "b2"))
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        dW1, db1 = np.zeros(W1.shape), np.zeros(b1.shape)
        dW2, db2 = np.zeros(W2.shape), np.zeros(b2.shape)
        for x, y in zip(X, Y, strict=True):
            a1 = squash(x @ W1 + b1)
            a2 = squash(a1 @ W2 + b2)
            losses[epoch] += ((y - a2) ** 2).sum() / len(X)
            d2 = 2 / len(X) * (a2 - y) * a2 * (1 - a2)
            d1 = W2 @ d2 * a1 * (1 - a1)
            dW1, db1 = dW1 + np.outer(x, d1), db1 + d1
            dW2, db2 = dW2 + np.outer(a1, d2), db2 + d2
        W1, b1, W2, b2 = W1 - lr * dW1, b1 - lr * db1, W2 - lr * dW2, b2 - lr * db2
    return losses, {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def train_bias_as_weight(X, Y, params, lr, epochs):
    """A column of ones takes the place of the biases; the article's form, with its rate put right."""
    ones = np.ones((len(X), 1))
    V = np.vstack([params["W1"], params["b1"]])
    U = np.vstack([params["W2"], params["b2"]])
    losses = []
    for _ in range(epochs):
        inputs = np.hstack([X, ones])
        hidden = np.hstack([squash(inputs @ V), ones])
        out = squash(hidden @ U)
        losses += [np.einsum("nc,nc->", Y - out, Y - out) / len(X)]
        d_out = (Y - out) * out * (1 - out)
        d_hidden = (d_out @ U[:-1].T) * hidden[:, :-1] * (1 - hidden[:, :-1])
        U = U + 2 * lr / len(X) * hidden.T @ d_out
        V = V + 2 * lr / len(X) * inputs.T @ d_hidden
    return [losses, {"W1": V[:-1], "b1": V[-1], "W2": U[:-1], "b2": U[-1]}]


ANSWERS = {
    "06.1": [sgd_step_loop, sgd_step_copies],
    "06.2": [minibatches_generator, minibatches_split, minibatches_lists],
    "06.3": [accuracy_loop, accuracy_errors],
    "06.5": [train_per_example, train_bias_as_weight],
}
