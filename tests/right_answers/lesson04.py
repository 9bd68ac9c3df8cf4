"""Lesson 04, answered in other ways."""

import numpy as np


def squash(z):
    return 0.5 * (1 + np.tanh(z / 2))


def output_delta_loop(A2, Y):
    N, C = A2.shape
    out = np.zeros((N, C))
    for n in range(N):
        for c in range(C):
            out[n, c] = 2 * (A2[n, c] - Y[n, c]) * (A2[n, c] - A2[n, c] ** 2) / N
    return out


def output_delta_expanded(A2, Y):
    return (A2 - A2**2) * (2 * A2 - 2 * Y) / A2.shape[0]


def hidden_delta_loop(dZ2, W2, Z1, A1, activation):
    out = np.zeros_like(Z1)
    slopes = {"sigmoid": A1 - A1**2, "tanh": (1 - A1) * (1 + A1), "relu": np.where(Z1 > 0, 1.0, 0.0)}
    for n in range(len(Z1)):
        for j in range(W2.shape[0]):
            out[n, j] = sum(dZ2[n, c] * W2[j, c] for c in range(W2.shape[1]))
    return slopes[activation] * out


def hidden_delta_einsum(dZ2, W2, Z1, A1, activation):
    bill = np.einsum("nc,hc->nh", dZ2, W2)
    if activation == "relu":
        return np.where(Z1 > 0, bill, 0)
    slope = {"sigmoid": lambda: squash(Z1) * squash(-Z1), "tanh": lambda: 1 / np.cosh(Z1) ** 2}[activation]
    return bill * slope()


def param_grads_outer(A_prev, dZ):
    dW = np.zeros((A_prev.shape[1], dZ.shape[1]))
    db = np.zeros(dZ.shape[1])
    for a, d in zip(A_prev, dZ, strict=True):
        dW += np.outer(a, d)
        db += d
    return dW, db


def param_grads_einsum(A_prev, dZ):
    return [np.einsum("nd,nh->dh", A_prev, dZ), np.ones(len(dZ)) @ dZ]


def two_layer_per_example(X, Y, W1, b1, W2, b2):
    parts = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}
    grads = {name: np.zeros(part.shape) for name, part in parts.items()}
    for x, y in zip(X, Y, strict=True):
        a1 = squash(x @ W1 + b1)
        a2 = squash(a1 @ W2 + b2)
        d2 = 2 * (a2 - y) * a2 * (1 - a2) / len(X)
        d1 = W2 @ d2 * a1 * (1 - a1)
        grads["W2"] += np.outer(a1, d2)
        grads["b2"] += d2
        grads["W1"] += np.outer(x, d1)
        grads["b1"] += d1
    return grads


def two_layer_column_convention(X, Y, W1, b1, W2, b2):
    x, y = X.T, Y.T
    a1 = squash(W1.T @ x + b1[:, None])
    a2 = squash(W2.T @ a1 + b2[:, None])
    d2 = 2 / x.shape[1] * (a2 - y) * (a2 - a2 * a2)
    d1 = (W2 @ d2) * (a1 - a1 * a1)
    return {"W2": (d2 @ a1.T).T, "b2": d2.sum(1), "W1": (d1 @ x.T).T, "b1": d1.sum(1)}


ANSWERS = {
    "04.1": [output_delta_loop, output_delta_expanded],
    "04.2": [hidden_delta_loop, hidden_delta_einsum],
    "04.3": [param_grads_outer, param_grads_einsum],
    "04.5": [two_layer_per_example, two_layer_column_convention],
}
