"""Lesson 10, answered in other ways."""

import math

import numpy as np


def std_by_powers(fan_in, fan_out, scheme):
    terms = {"he": fan_in, "xavier": (fan_in + fan_out) / 2}
    variance = {"he": 2.0, "xavier": 1.0}[scheme] / terms[scheme]
    return variance**0.5


def std_by_gain(fan_in, fan_out, scheme):
    gain = math.sqrt(2) if scheme == "he" else 1
    mean = fan_in if scheme == "he" else np.mean([fan_in, fan_out])
    return gain / math.sqrt(mean)


def std_by_uniform_bound(fan_in, fan_out, scheme):
    bound = math.sqrt(6 / (fan_in + (fan_out if scheme == "xavier" else 0)))
    return bound / math.sqrt(3)


def relu_backward_where(dA, Z):
    return np.where(Z > 0, dA, 0)


def relu_backward_loop(dA, Z):
    dZ = np.zeros(Z.shape)
    for n, row in enumerate(Z):
        for h, z in enumerate(row):
            if z > 0:
                dZ[n, h] = dA[n, h]
    return dZ


def relu_backward_on_a_copy(dA, Z):
    dZ = dA.copy()
    dZ[Z <= 0] = 0
    return dZ


def dead_by_maximum(Z):
    return (Z.max(axis=0) <= 0).mean()


def dead_by_activations(Z):
    A = np.maximum(Z, 0)
    return np.count_nonzero(A.sum(axis=0) == 0) / A.shape[1]


def dead_loop(Z):
    dead = 0
    for unit in Z.T:
        dead += all(z <= 0 for z in unit)
    return dead / len(Z.T)


def stack_layer_by_layer(rng):
    return [rng.standard_normal((256, 256)) / np.sqrt(128) for _ in range(20)]


def stack_even(rng):
    bound = (6 / 256) ** 0.5
    return rng.uniform(-bound, bound, (20, 256, 256))


def stack_of_rotations(rng):
    Q, _ = np.linalg.qr(rng.standard_normal((20, 256, 256)))
    return np.sqrt(2) * Q


def stack_by_measuring(rng):
    A, Ws = rng.standard_normal((512, 256)), []
    for _ in range(20):
        W = rng.standard_normal((256, 256))
        W /= np.sqrt(np.mean(np.maximum(A @ W, 0) ** 2))
        A = np.maximum(A @ W, 0)
        Ws.append(W)
    return np.array(Ws)


ANSWERS = {
    "10.1": [std_by_powers, std_by_gain, std_by_uniform_bound],
    "10.2": [relu_backward_where, relu_backward_loop, relu_backward_on_a_copy],
    "10.3": [dead_by_maximum, dead_by_activations, dead_loop],
    "10.5": [stack_layer_by_layer, stack_even, stack_of_rotations, stack_by_measuring],
}
