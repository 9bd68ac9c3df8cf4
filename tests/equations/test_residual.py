"""Residual blocks, dropout and look-ups: every way back against every witness."""

import numpy as np
import pytest
from oracles import ACTIVATIONS, ANALYTIC, anp, assert_gradient, draws, over_shapes

from bpcourse.dropout import dropout_backward, dropout_forward, dropout_mask
from bpcourse.embedding import embedding_backward, embedding_forward
from bpcourse.gradcheck import relative_error
from bpcourse.residual import residual_backward, residual_forward

SMOOTH = pytest.mark.parametrize("activation", ["tanh", "sigmoid", "identity"])


def blocks(shape, seed):
    N, D, depth = shape
    draw = draws(seed)
    return draw(N, D), [draw(D, D) for _ in range(depth)], draw(N, D)


@SMOOTH
def test_residual_gradients_agree_with_every_witness(activation):
    bend = ACTIVATIONS[activation]

    @over_shapes(1, 1, 1)
    def over(shape, seed):
        X, Ws, dY = blocks(shape, seed)

        def loss(X, Ws):
            return np.sum(dY * residual_forward(X, Ws, scale=0.5, activation=activation)[-1])

        def naive(X, Ws):
            for W in Ws:
                X = X + 0.5 * bend(anp.dot(X, W))
            return anp.sum(dY * X)

        activations = residual_forward(X, Ws, scale=0.5, activation=activation)
        dX, dWs = residual_backward(dY, activations, Ws, scale=0.5, activation=activation)
        assert_gradient(lambda x: loss(x, Ws), lambda x: naive(x, Ws), X, dX)
        for k, W in enumerate(Ws):

            def with_(V, k=k):
                return [*Ws[:k], V, *Ws[k + 1 :]]

            assert_gradient(lambda V: loss(X, with_(V)), lambda V: naive(X, with_(V)), W, dWs[k])

    over()


def test_a_relu_branch_is_closed_where_its_sum_is_negative():
    activations = residual_forward([[1.0, 1.0]], [[[1, 0], [0, -1]]], scale=0.5)
    dX, dWs = residual_backward([[1.0, 1.0]], activations, [[[1, 0], [0, -1]]], scale=0.5)
    assert dX.tolist() == [[1.5, 1]] and dWs[0].tolist() == [[0.5, 0], [0.5, 0]]


def test_with_weights_of_0_everything_passes_unchanged():
    X, Ws, dY = blocks((7, 4, 100), 0)
    Ws = [0 * W for W in Ws]
    activations = residual_forward(X, Ws)
    assert np.array_equal(activations[-1], X) and np.array_equal(
        residual_backward(dY, activations, Ws)[0], dY
    )


def test_the_scale_is_1_unless_told_otherwise():
    X, Ws, dY = blocks((7, 4, 2), 0)
    usual, given = residual_forward(X, Ws), residual_forward(X, Ws, scale=1)
    assert all(np.array_equal(a, b) for a, b in zip(usual, given, strict=True))
    assert np.array_equal(residual_backward(dY, usual, Ws)[0], residual_backward(dY, usual, Ws, scale=1)[0])


def test_blocks_that_do_not_fit_are_named():
    with pytest.raises(ValueError, match="must be square"):
        residual_forward(np.ones((2, 3)), [np.ones((3, 4))])
    with pytest.raises(ValueError, match="Ws is empty"):
        residual_forward(np.ones((2, 3)), [])
    with pytest.raises(ValueError, match="2 blocks need 3"):
        residual_backward(np.ones((2, 3)), [np.ones((2, 3))], [np.eye(3)] * 2)
    with pytest.raises(ValueError, match="activation is"):
        residual_forward(np.ones((2, 3)), [np.eye(3)], activation="bend")


def test_dropout_keeps_the_mean_and_silences_a_share_of_p():
    mask = dropout_mask((200, 500), 0.25, random_state=0)
    assert set(np.unique(mask)) == {0, 4 / 3}
    assert abs((mask == 0).mean() - 0.25) < 0.005 and abs(mask.mean() - 1) < 0.01


def test_dropout_of_0_is_nothing_and_of_1_is_refused():
    assert np.array_equal(dropout_mask((3, 2), 0, random_state=0), np.ones((3, 2)))
    with pytest.raises(ValueError, match="p is 1, which silences every unit"):
        dropout_mask((3, 2), 1.0)
    for p in (-0.1, 1.5, float("nan")):
        with pytest.raises(ValueError, match="p is"):
            dropout_mask((3, 2), p)


@over_shapes(1, 1)
def test_dropout_gradients_agree_with_every_witness(shape, seed):
    X, dY = draws(seed)(*shape), draws(seed + 1)(*shape)
    mask = dropout_mask(shape, 0.4, random_state=seed)
    dX = dropout_backward(dY, mask)
    assert_gradient(lambda x: np.sum(dY * dropout_forward(x, mask)), lambda x: anp.sum(dY * mask * x), X, dX)


@over_shapes(1, 1)
def test_look_up_gradients_agree_with_every_witness(shape, seed):
    n_words, n_features = shape
    table, indices = draws(seed)(*shape), np.random.default_rng(seed).integers(0, n_words, (3, 4))
    dE = draws(seed + 1)(3, 4, n_features)
    one_hot = np.eye(n_words)[indices]
    dtable = embedding_backward(dE, indices, n_words)
    assert_gradient(
        lambda t: np.sum(dE * embedding_forward(indices, t)),
        lambda t: anp.sum(dE * anp.dot(one_hot, t)),
        table,
        dtable,
    )


def test_a_word_that_occurs_twice_gets_both_gradients():
    assert embedding_backward([[1.0], [10.0], [100.0]], [1, 0, 1], 3).tolist() == [[10], [101], [0]]


def test_indices_out_of_range_are_named():
    table = np.ones((3, 2))
    for wrong in (3, -1):
        with pytest.raises(ValueError, match=f"indices holds {wrong}, but"):
            embedding_forward([0, wrong], table)
    with pytest.raises(TypeError, match="whole numbers"):
        embedding_forward([0.5], table)
    with pytest.raises(ValueError, match="dE has shape"):
        embedding_backward(np.ones((2, 2)), [0, 1, 2], 3)
    with pytest.raises(ValueError, match="table has shape"):
        embedding_forward([0], np.ones(3))


def test_a_look_up_copies():
    table = np.ones((2, 2))
    embedding_forward([0], table)[:] = 5
    assert np.array_equal(table, np.ones((2, 2)))


def test_a_hundred_blocks_hand_on_what_each_of_them_adds():
    X, Ws, dY = blocks((2, 3, 100), 1)
    activations = residual_forward(X, Ws, scale=0.1, activation="tanh")
    dX, _ = residual_backward(dY, activations, Ws, scale=0.1, activation="tanh")
    signal = dY
    for A, W in zip(reversed(activations[:-1]), reversed(Ws), strict=True):
        signal = signal + 0.1 * (signal * (1 - np.tanh(A @ W) ** 2)) @ W.T
    assert relative_error(dX, signal) <= ANALYTIC
