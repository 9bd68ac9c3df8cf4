"""A layer: what comes out, and the three gradients."""

import numpy as np
import pytest
from oracles import ANALYTIC, anp, assert_gradient, draws, over_shapes

from bpcourse.gradcheck import relative_error
from bpcourse.layers import affine_backward, affine_forward


@over_shapes(1, 1, 1)
def test_all_three_gradients_agree_with_every_witness(shape, seed):
    N, D, H = shape
    draw = draws(seed)
    X, W, b, dZ = draw(N, D), draw(D, H), draw(H), draw(N, H)
    dX, dW, db = affine_backward(dZ, X, W)

    def loss(X, W, b):
        return np.sum(dZ * affine_forward(X, W, b))

    def naive(X, W, b):
        return anp.sum(dZ * (anp.dot(X, W) + b))

    assert_gradient(lambda x: loss(x, W, b), lambda x: naive(x, W, b), X, dX)
    assert_gradient(lambda w: loss(X, w, b), lambda w: naive(X, w, b), W, dW)
    assert_gradient(lambda c: loss(X, W, c), lambda c: naive(X, W, c), b, db)


@over_shapes(1, 1, 1)
def test_one_line_equals_the_loop_over_examples_and_units(shape, seed):
    N, D, H = shape
    draw = draws(seed)
    X, W, b, dZ = draw(N, D), draw(D, H), draw(H), draw(N, H)
    Z, dX, dW, db = np.zeros((N, H)), np.zeros((N, D)), np.zeros((D, H)), np.zeros(H)
    for n in range(N):
        for j in range(H):
            Z[n, j] = b[j] + sum(X[n, i] * W[i, j] for i in range(D))
            db[j] += dZ[n, j]
            for i in range(D):
                dW[i, j] += X[n, i] * dZ[n, j]
                dX[n, i] += dZ[n, j] * W[i, j]
    assert relative_error(affine_forward(X, W, b), Z) <= ANALYTIC
    for got, want in zip(affine_backward(dZ, X, W), (dX, dW, db), strict=True):
        assert relative_error(got, want) <= ANALYTIC


def test_bias_gradient_sums_over_the_batch():
    dZ = [[1.0, -2.0], [10.0, -20.0], [100.0, -200.0]]
    _, _, db = affine_backward(dZ, np.ones((3, 4)), np.ones((4, 2)))
    assert db.tolist() == [111, -222]


@pytest.mark.parametrize("input_grad", [True, False])
def test_the_input_gradient_is_left_out_only_on_request(input_grad):
    draw = draws(0)
    X, W, dZ = draw(7, 4), draw(4, 5), draw(7, 5)
    dX, dW, db = affine_backward(dZ, X, W, input_grad=input_grad)
    assert (dX is None) is not input_grad
    assert np.array_equal(dW, affine_backward(dZ, X, W)[1]) and np.array_equal(db, dZ.sum(axis=0))


def test_float32_stays_float32():
    draw = draws(1)
    X, W, b, dZ = draw(7, 4), draw(4, 5), draw(5), draw(7, 5)
    single = [a.astype(np.float32) for a in (X, W, b, dZ)]
    got = affine_forward(*single[:3]), *affine_backward(single[3], *single[:2])
    want = affine_forward(X, W, b), *affine_backward(dZ, X, W)
    for a, b in zip(got, want, strict=True):
        assert a.dtype == np.float32 and relative_error(a, b) < 3e-6
