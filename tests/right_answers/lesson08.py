"""Lesson 08, answered in other ways."""

import math

import numpy as np


def squash(z):
    return 0.5 * (1 + np.tanh(z / 2))


def delta_norms_per_example(X, Ws, dA):
    squares = [0.0] * len(Ws)
    for x, error in zip(X, dA, strict=True):
        outs = []
        for W in Ws:
            x = squash(W.T @ x)
            outs.append(x)
        for k in range(len(Ws) - 1, -1, -1):
            delta = error * (outs[k] - outs[k] ** 2)
            squares[k] += float(delta @ delta)
            error = Ws[k] @ delta
    return [math.sqrt(s) for s in squares]


def delta_norms_recursive(X, Ws, dA):
    """From the first layer down: each layer asks the ones behind it for ∂L/∂A."""

    def back_from(A, rest):
        if not rest:
            return dA, []
        Z = A @ rest[0]
        dOut, norms = back_from(squash(Z), rest[1:])
        dZ = dOut * squash(Z) * squash(-Z)
        return np.einsum("nh,dh->nd", dZ, rest[0]), [np.sqrt(np.einsum("nh,nh->", dZ, dZ)), *norms]

    return back_from(X, list(Ws))[1]


def decay_bound_singular_values(Ws):
    return math.prod(np.linalg.svd(W, compute_uv=False)[0] / 4 for W in Ws)


def decay_bound_eigenvalues(Ws):
    log = 0.0
    for W in Ws:
        log += 0.5 * math.log(np.linalg.eigvalsh(W @ W.T).max()) - math.log(4)
    return math.exp(log)


def log_slope_pairs(norms):
    """Of all pairs of layers, each weighted by the square of its distance."""
    up = across = 0.0
    for i, right in enumerate(norms):
        for j, left in enumerate(norms[:i]):
            up += (i - j) * math.log10(right / left)
            across += (i - j) ** 2
    return up / across


def log_slope_lstsq(norms):
    table = np.column_stack([np.ones(len(norms)), np.arange(len(norms), 0, -1)])
    return -np.linalg.lstsq(table, np.log(norms), rcond=None)[0][1] / np.log(10)


def starved_from_behind(X, Ws, dA, floor):
    norms = delta_norms_per_example(X, Ws, dA)
    for layer in range(len(Ws), 0, -1):
        if norms[layer - 1] / norms[-1] < floor:
            return layer
    return 0


def starved_by_index(X, Ws, dA, floor):
    shares = np.asarray(delta_norms_recursive(X, Ws, dA))
    return np.max(np.where(shares < floor * shares[-1], np.arange(1, len(Ws) + 1), 0))


ANSWERS = {
    "08.1": [delta_norms_per_example, delta_norms_recursive],
    "08.2": [decay_bound_singular_values, decay_bound_eigenvalues],
    "08.3": [log_slope_pairs, log_slope_lstsq],
    "08.5": [starved_from_behind, starved_by_index],
}
