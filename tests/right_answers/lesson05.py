"""Lesson 05, answered in other ways."""

import math

import numpy as np


def slopes_by_unit_vectors(f, x, eps):
    x = np.asarray(x, dtype=np.float64)
    steps = eps * np.eye(x.size).reshape(x.size, *x.shape)
    return np.array([(f(x + e) - f(x - e)) / (2 * eps) for e in steps]).reshape(x.shape)


def slopes_in_place(f, x, eps):
    work = x.astype(float)
    flat, out = work.reshape(-1), np.zeros(x.size)
    for k, old in enumerate(flat.tolist()):
        flat[k] = old + eps
        up = f(work)
        flat[k] = old - eps
        down = f(work)
        flat[k] = old
        out[k] = up / (2 * eps) - down / (2 * eps)
    return out.reshape(x.shape)


def slopes_on_the_callers_array(f, x, eps):
    """Nudges x itself where it is float64, and puts every entry back."""
    x = np.asarray(x, dtype=float)
    g = np.zeros_like(x)
    it = np.nditer(x, flags=["multi_index"])
    while not it.finished:
        i = it.multi_index
        old = float(x[i])
        x[i] = old - eps
        low = f(x)
        x[i] = old + eps
        g[i] = 0.5 * (f(x) - low) / eps
        x[i] = old
        it.iternext()
    return g


def error_by_norms(a, b):
    size = np.linalg.norm(a) + np.linalg.norm(b)
    return np.linalg.norm(a - b) / size if size > 0 else 0.0


def error_by_loops(a, b):
    def size(values):
        return math.sqrt(math.fsum(v * v for v in values))

    x, y = np.ravel(a).tolist(), np.ravel(b).tolist()
    total = size(x) + size(y)
    return size([p - q for p, q in zip(x, y, strict=True)]) / (total or 1)


def error_by_hypot(a, b):
    if not (np.any(a) or np.any(b)):
        return 0
    return math.hypot(*np.ravel(a - b)) / (math.hypot(*np.ravel(a)) + math.hypot(*np.ravel(b)))


def arrays():
    rng = np.random.default_rng(17)
    return [rng.standard_normal(shape) for shape in ((6, 3), (6, 2), (2, 3), (3,))]


def tests_by_measuring(affine_backward):
    dZ, X, W, b = arrays()
    got = affine_backward(dZ, X, W)
    fs = (
        lambda v: np.sum(dZ * (v @ W + b)),
        lambda v: np.sum(dZ * (X @ v + b)),
        lambda v: np.sum(dZ * (X @ W + v)),
    )
    for g, f, x in zip(got, fs, (X, W, b), strict=True):
        if g.shape != x.shape or error_by_norms(g, slopes_by_unit_vectors(f, x, 1e-5)) > 1e-4:
            return False
    return True


def tests_by_assertions(affine_backward):
    dZ, X, W, b = arrays()
    dX, dW, db = affine_backward(dZ, X, W)
    np.testing.assert_allclose(dX, np.einsum("nh,dh->nd", dZ, W), rtol=1e-7)
    np.testing.assert_allclose(dW, sum(np.outer(x, d) for x, d in zip(X, dZ, strict=True)), rtol=1e-7)
    assert db.shape == b.shape
    np.testing.assert_allclose(db, np.ones(len(dZ)) @ dZ, rtol=1e-7)


def tests_along_random_directions(affine_backward):
    """What the gradients promise for a nudge of everything at once, Eq. (3.6)."""
    dZ, X, W, b = arrays()
    rng = np.random.default_rng(3)
    got = affine_backward(dZ, X, W)
    if [np.shape(g) for g in got] != [X.shape, W.shape, b.shape]:
        return False
    for k in range(3):
        for _ in range(5):
            nudge = [np.zeros(v.shape) for v in (X, W, b)]
            nudge[k] = rng.standard_normal(nudge[k].shape)
            up = np.sum(dZ * ((X + nudge[0]) @ (W + nudge[1]) + b + nudge[2]))
            if not np.isclose(np.sum(got[k] * nudge[k]), up - np.sum(dZ * (X @ W + b)), rtol=1e-6):
                return False
    return True


def names_in_another_order():
    return ("affine_backward", "tanh_backward", "sigmoid_backward")


ANSWERS = {
    "05.1": [slopes_by_unit_vectors, slopes_in_place, slopes_on_the_callers_array],
    "05.2": [error_by_norms, error_by_loops, error_by_hypot],
    "05.4": [tests_by_measuring, tests_by_assertions, tests_along_random_directions],
    "05.5": [names_in_another_order],
}
