"""Lesson 09, answered in other ways."""

import math

import numpy as np


def norm_one_long_row(grads):
    row = np.concatenate([np.ravel(g) for g in grads])
    return math.sqrt(row @ row)


def norm_by_entries(grads):
    total = 0.0
    for g in grads:
        for x in np.asarray(g).flat:
            total += x * x
    return total**0.5


def norm_of_norms(grads):
    return np.linalg.norm([np.linalg.norm(g) for g in grads])


def clip_dividing_by_the_larger(grads, max_norm):
    length = math.hypot(*(float(x) for g in grads for x in g.flat))
    return [max_norm / max(max_norm, length) * g for g in grads]


def clip_with_an_early_return(grads, max_norm):
    squares = sum(np.vdot(g, g) for g in grads)
    if squares <= max_norm**2:
        return [g.copy() for g in grads]
    return [max_norm * g / np.sqrt(squares) for g in grads]


def clip_and_cut_again(grads, max_norm):
    row = np.concatenate([g.ravel() for g in grads])
    length = np.linalg.norm(row)
    if length > max_norm:
        row = row / length * max_norm
    ends = np.cumsum([g.size for g in grads])
    return tuple(part.reshape(g.shape) for part, g in zip(np.split(row, ends[:-1]), grads, strict=True))


def rate_by_logarithms(W, v, steps):
    u, total = v, 0.0
    for _ in range(steps):
        before = np.linalg.norm(u)
        u = W @ u
        total += math.log(np.linalg.norm(u) / before)
    return math.exp(total / steps)


def rate_by_a_power(W, v, steps):
    u = v @ np.linalg.matrix_power(W.T, steps)
    return (np.sqrt(u @ u) / np.sqrt(v @ v)) ** (1 / steps)


def rate_in_unit_steps(W, v, steps):
    u = v / np.linalg.norm(v)
    product = 1.0
    for _ in range(steps):
        u = np.einsum("j,ij->i", u, W)
        product *= np.linalg.norm(u)
        u = u / np.linalg.norm(u)
    return product ** (1.0 / steps)


def detective_loops(log):
    for step, row in enumerate(log):
        for layer in reversed(range(len(row))):
            if math.isnan(row[layer]) or math.isinf(row[layer]):
                return step, layer
    return -1, -1


def detective_places(log):
    steps, layers = np.nonzero(~np.isfinite(log))
    if steps.size == 0:
        return (-1, -1)
    return steps[0], layers[steps == steps[0]].max()


ANSWERS = {
    "09.1": [norm_one_long_row, norm_by_entries, norm_of_norms],
    "09.2": [clip_dividing_by_the_larger, clip_with_an_early_return, clip_and_cut_again],
    "09.3": [rate_by_logarithms, rate_by_a_power, rate_in_unit_steps],
    "09.4": [detective_loops, detective_places],
}
