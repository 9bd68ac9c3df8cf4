"""What the equations are held against: two numerical witnesses, and formulas of our own under HIPS autograd.

A witness must not share the code of the accused. The complex step and central differences only call the
forward function. The formulas below are written once more, naively, for autograd to differentiate.
"""

import autograd.numpy as anp
import numpy as np
from autograd import grad
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bpcourse.gradcheck import central_difference, complex_step, relative_error

ANALYTIC = 1e-12
DIFFERENCES = 1e-8


def over_shapes(*least):
    """Run a test over shapes: as many sizes as there are least values, and a seed. N comes first.

    One example (N = 1), a square and sizes that all differ are always among them.
    """

    def decorate(test):
        sizes = st.tuples(*(st.integers(low, 6) for low in least))
        test = given(shape=sizes, seed=st.integers(0, 2**16))(test)
        one = (1, *((2, 3, 4, 5)[: len(least) - 1]))
        for shape in (one, (4,) * len(least), (7, 4, 5, 3, 2)[: len(least)]):
            test = example(shape=shape, seed=0)(test)
        return settings(derandomize=True, deadline=None, max_examples=10)(test)

    return decorate


def draws(seed):
    """Return a function that draws arrays from N(0, 1), clipped to |z| <= 4."""
    rng = np.random.default_rng(seed)
    return lambda *shape: np.clip(rng.standard_normal(shape), -4, 4)


def off_the_kink(Z):
    """Move entries that are close to 0 a little away, so that no nudge crosses it."""
    return np.where(abs(Z) < 1e-3, np.copysign(1e-3, Z), Z)


def assert_gradient(f, oracle, x, gradient):
    """Assert that `gradient` is that of `f` at `x`: by both numerical witnesses and autograd on `oracle`."""
    assert gradient.shape == np.shape(x)
    assert relative_error(gradient, complex_step(f, x)) <= ANALYTIC
    assert relative_error(gradient, grad(oracle)(x)) <= ANALYTIC
    assert relative_error(gradient, central_difference(f, x)) <= DIFFERENCES


# --- the same functions, written once more ----------------------------------------------------------------


def softmax(Z):
    E = anp.exp(Z)
    return E / anp.sum(E, axis=-1, keepdims=True)


ACTIVATIONS = {
    "identity": lambda Z: Z,
    "sigmoid": lambda Z: 1 / (1 + anp.exp(-Z)),
    "tanh": lambda Z: anp.sinh(Z) / anp.cosh(Z),
    "relu": lambda Z: Z * (Z > 0),
    "leaky_relu": lambda Z: anp.where(Z > 0, Z, 0.01 * Z),
}


def cross_entropy(Z, y):
    return -anp.sum(anp.log(softmax(Z)) * np.eye(Z.shape[1])[y]) / len(y)


def binary_cross_entropy(Z, Y):
    A = ACTIVATIONS["sigmoid"](Z)
    return -anp.sum(Y * anp.log(A) + (1 - Y) * anp.log(1 - A)) / len(Y)


def squared_error(Y_hat, Y):
    return anp.sum((Y_hat - Y) ** 2) / len(Y)


LOSSES = {
    "softmax": cross_entropy,
    "bce": binary_cross_entropy,
    "mse": squared_error,
    "sigmoid_mse": lambda Z, Y: squared_error(ACTIVATIONS["sigmoid"](Z), Y),
}


def network_loss(params, X, y, activation, loss):
    """Return the loss of a whole network, with params as a dictionary."""
    depth = len(params) // 2
    for layer in range(1, depth):
        X = ACTIVATIONS[activation](anp.dot(X, params[f"W{layer}"]) + params[f"b{layer}"])
    return LOSSES[loss](anp.dot(X, params[f"W{depth}"]) + params[f"b{depth}"], y)
