"""Lesson 03, answered in other ways."""

import math

import numpy as np


def squash(z):
    return 1 / (1 + math.exp(-z))


def change_loop(grad, dx):
    total = 0.0
    for slope, nudge in zip(np.ravel(grad), np.ravel(dx), strict=True):
        total += slope * nudge
    return total


def change_dot(grad, dx):
    return grad.reshape(-1) @ dx.reshape(-1)


def change_trace(grad, dx):
    return np.trace(np.atleast_2d(grad).T @ np.atleast_2d(dx))


def red_expanded(x, y, z):
    """f = x y² + y z, differentiated as a polynomial."""
    return {"x": y**2, "y": 2 * x * y + z, "z": y, "q": y, "s": y}


def red_by_nudging(x, y, z):
    """Complex nudges, each stage alone."""
    h = 1e-20

    def after_s(s, y):
        return s * y

    def f(x, y, z):
        return after_s(x * y + z, y)

    return {
        "s": after_s(x * y + z + 1j * h, y).imag / h,
        "q": after_s(x * y + 1j * h + z, y).imag / h,
        "z": f(x, y, z + 1j * h).imag / h,
        "x": f(x + 1j * h, y, z).imag / h,
        "y": f(x, y + 1j * h, z).imag / h,
    }


def composite_expanded(x, y):
    """x²y² + 2xy sin x + sin² x, term by term."""
    s, c = math.sin(x), math.cos(x)
    return [
        x * x * y * y + 2 * x * y * s + s * s,
        2 * x * y * y + 2 * y * s + 2 * x * y * c + 2 * s * c,
        2 * x * x * y + 2 * x * s,
    ]


def composite_dual(x, y):
    """Values and slopes pushed forward together."""
    u = np.array([x * y + np.sin(x), y + np.cos(x), x])
    return tuple(np.array([u[0] ** 2, 2 * u[0] * u[1], 2 * u[0] * u[2]]))


def chain_paths(x, w, b):
    """Every path on its own, from its weight to the end."""
    a, slopes = [x], []
    for k in range(4):
        a.append(squash(w[k] * a[k] + b[k]))
        slopes.append(a[-1] - a[-1] ** 2)
    dw, db = [], []
    for k in range(4):
        db.append(np.prod(slopes[k:]) * np.prod(w[k + 1 :]))
        dw.append(db[-1] * a[k])
    return dw, db


def chain_forward_mode(x, w, b):
    """Eight nudges carried along with the forward pass."""
    a, slope = x, np.zeros(8)
    for k in range(4):
        into = w[k] * slope
        into[k] += a
        into[4 + k] += 1
        a = squash(w[k] * a + b[k])
        slope = a * (1 - a) * into
    return slope[:4], slope[4:]


ANSWERS = {
    "03.1": [change_loop, change_dot, change_trace],
    "03.2": [red_expanded, red_by_nudging],
    "03.3": [composite_expanded, composite_dual],
    "03.4": [chain_paths, chain_forward_mode],
}
