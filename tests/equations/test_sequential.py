"""Networks of several kinds of layers: the same numbers as MLP, as Tensor, and as central differences."""

import numpy as np
import pytest
from oracles import ANALYTIC, DIFFERENCES, draws

from bpcourse.autodiff import Tensor, value_and_grads
from bpcourse.datasets import load_digits, split
from bpcourse.gradcheck import central_difference, relative_error
from bpcourse.network import MLP
from bpcourse.optim import Adam
from bpcourse.sequential import Affine, BatchNorm, Bend, Dropout, LayerNorm, Residual, Sequential
from bpcourse.training import fit

LABELS = np.array([0, 2, 1, 1, 0, 2, 2])


def everything(rng=0):
    """Return a network that has every kind of layer, with parameters that are not where they start."""
    rng = np.random.default_rng(rng)
    inner = [LayerNorm(5), Affine(5, 5, init="xavier", random_state=rng), Bend("tanh")]
    layers = [Affine(4, 5, random_state=rng), BatchNorm(5), Bend("sigmoid"), Residual(*inner, scale=0.5)]
    net = Sequential([*layers, Dropout(0.4, random_state=1), Affine(5, 3, random_state=rng)])
    for param in net.params.values():
        param += 0.1 * rng.standard_normal(param.shape)
    return net


def test_without_new_layers_it_is_the_network_of_before():
    mlp = MLP([4, 5, 6, 3], random_state=0)
    sizes = [(4, 5), (5, 6), (6, 3)]
    net = Sequential([layer for size in sizes for layer in (Affine(*size), Bend())][:-1])
    for ours, theirs in zip(net.params.values(), mlp.params.values(), strict=True):
        ours[...] = theirs
    X = draws(0)(7, 4)
    (loss, grads), (want_loss, want) = net.loss_and_grads(X, LABELS), mlp.loss_and_grads(X, LABELS)
    assert loss == want_loss and net.score(X, LABELS) == mlp.score(X, LABELS)
    assert all(np.array_equal(a, b) for a, b in zip(grads.values(), want.values(), strict=True))
    assert np.array_equal(net.predict_proba(X), mlp.predict_proba(X))


def test_every_gradient_agrees_with_central_differences():
    net, X = everything(), draws(1)(7, 4)

    def loss_at(array, values):
        kept, array[...] = array.copy(), values
        net.layers[4].rng = np.random.default_rng(3)  # the same units silent each time
        loss, _ = net.loss_and_grads(X, LABELS)
        array[...] = kept
        return loss

    net.layers[4].rng = np.random.default_rng(3)
    _, grads = net.loss_and_grads(X, LABELS)
    assert grads.keys() == net.params.keys()
    for name, param in net.params.items():
        measured = central_difference(lambda values, param=param: loss_at(param, values), param.copy())
        if name == "b1":  # a shift before batch normalisation is undone by it
            assert np.allclose(grads[name], 0, atol=1e-12)
        else:
            assert relative_error(grads[name], measured) <= DIFFERENCES, name


def test_every_gradient_agrees_with_tensor():
    net, X = everything(), draws(1)(7, 4)
    net.layers[4].rng = np.random.default_rng(3)
    loss, grads = net.loss_and_grads(X, LABELS)
    (mask,) = net.layers[4].kept

    def normalised(A, axis, gamma, beta):
        center = A - A.mean(axis=axis, keepdims=True)
        return gamma * center / ((center**2).mean(axis=axis, keepdims=True) + 1e-5).sqrt() + beta

    def formula(p):
        A = normalised(X @ p["W1"] + p["b1"], 0, p["gamma2"], p["beta2"]).sigmoid()
        branch = normalised(A, 1, p["gamma4.1"], p["beta4.1"]) @ p["W4.2"] + p["b4.2"]
        A = (A + 0.5 * branch.tanh()) * mask
        Z = A @ p["W6"] + p["b6"]
        return (Z.logsumexp(axis=1) - Z[np.arange(7), LABELS]).mean()

    want_loss, want = value_and_grads(formula, net.params)
    assert abs(loss - want_loss) <= ANALYTIC
    for name in grads:
        if name != "b1":
            assert relative_error(grads[name], want[name]) <= ANALYTIC, name
    assert isinstance(formula({name: Tensor(p) for name, p in net.params.items()}), Tensor)


def test_a_step_on_params_is_seen_by_the_layers():
    net = Sequential([Affine(2, 2, random_state=0)])
    net.params["W1"] -= 1
    assert net.params["W1"] is net.layers[0].params["W"]


def test_after_training_nothing_is_random_and_nothing_depends_on_the_batch():
    net, X = everything(), draws(1)(7, 4)
    net.loss_and_grads(X, LABELS)
    together = net.forward(X)[-1]
    alone = np.concatenate([net.forward(x[None])[-1] for x in X])
    assert relative_error(together, alone) <= ANALYTIC and np.array_equal(together, net.forward(X)[-1])


def test_using_the_network_does_not_move_the_running_statistics():
    net, X = everything(), draws(1)(7, 4)
    net.loss_and_grads(X, LABELS)
    before = net.layers[1].running_mean.copy()
    net.forward(X)
    assert np.array_equal(net.layers[1].running_mean, before) and np.any(before != 0)


def test_it_trains_on_digits_with_every_kind_of_layer():
    digits = load_digits()
    X_train, X_test, y_train, y_test = split(digits.X, digits.y, random_state=0)
    rng = np.random.default_rng(0)
    block = Residual(LayerNorm(32), Affine(32, 32, random_state=rng), Bend())
    layers = [Affine(64, 32, random_state=rng), BatchNorm(32), Bend(), block, Dropout(0.1, random_state=rng)]
    net = Sequential([*layers, Affine(32, 10, random_state=rng)])
    fit(net, X_train, y_train, Adam(0.01), epochs=10, batch_size=64, random_state=0)
    assert net.score(X_test, y_test) > 0.95


def test_what_does_not_fit_is_named():
    with pytest.raises(TypeError, match="layer 2 is 'relu'; it must be a Layer"):
        Sequential([Affine(2, 2), "relu"])
    with pytest.raises(ValueError, match="layers is empty"):
        Sequential([])
    with pytest.raises(ValueError, match="at least one layer"):
        Residual()
    with pytest.raises(ValueError, match=r"the branch made shape \(3, 4\) of \(3, 2\)"):
        Sequential([Residual(Affine(2, 4))]).forward(np.ones((3, 2)))
    with pytest.raises(ValueError, match="activation is 'bend'"):
        Bend("bend")
    with pytest.raises(ValueError, match="p is 1"):
        Dropout(1)
    with pytest.raises(ValueError, match="X holds one example"):
        Sequential([Affine(2, 2), BatchNorm(2)]).loss_and_grads([[1.0, 2.0]], [0])
    with pytest.raises(ValueError, match=r"X\[0, 1\] is nan"):
        Sequential([Affine(2, 2)]).forward([[1.0, np.nan]])
    with pytest.raises(ValueError, match="predicts numbers"):
        Sequential([Affine(2, 2)], loss="mse").predict_proba([[1.0, 2.0]])
