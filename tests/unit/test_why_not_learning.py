"""The doctor names the planted cause, on networks that really do not learn, and calls healthy what trains."""

from functools import partial

import numpy as np
import pytest

from bpcourse.datasets import load_digits, xor
from bpcourse.diagnostics import why_not_learning
from bpcourse.diagnostics.signs import (
    batches_hold_few_classes,
    first_layer_of_twins,
    labels_follow_inputs,
    scales,
)
from bpcourse.diagnostics.trials import constant_loss
from bpcourse.network import MLP

DIGITS = load_digits()
X, Y = DIGITS.X, DIGITS.y
BY_CLASS = np.argsort(Y, kind="stable")
SEEDS = (0, 1, 2)


def scaled(net, factor):
    for W in net.coefs_:
        W *= factor
    return net


def all_equal(net):
    for param in net.params.values():
        param[:] = 0.1
    return net


def with_bias(net, name, value):
    net.params[name][:] = value
    return net


def deep(activation, init, depth=4, width=32):
    return partial(MLP, [64, *[width] * depth, 10], activation=activation, init=init)


two_layers = partial(MLP, [64, 32, 10])

#: By a name: the cause and the layer (None: any) that must be named, the network of a seed, the settings.
FAILING = {
    "sigmoid, ten layers": (
        "too_deep",
        1,
        lambda s: deep("sigmoid", "xavier", 10)(random_state=s),
        {"learning_rate": 0.5},
    ),
    "sigmoid, eight narrow": (
        "too_deep",
        1,
        lambda s: deep("sigmoid", "lecun", 8, 16)(random_state=s),
        {"learning_rate": 0.1},
    ),
    "tanh, small": (
        "weights_too_small",
        None,
        lambda s: scaled(deep("tanh", "xavier")(random_state=s), 0.01),
        {"learning_rate": 0.1},
    ),
    "relu, small": (
        "weights_too_small",
        None,
        lambda s: scaled(deep("relu", "he")(random_state=s), 0.02),
        {"learning_rate": 0.1},
    ),
    "relu, N(0, 1)": (
        "weights_too_large",
        None,
        lambda s: deep("relu", "normal", 6, 64)(random_state=s),
        {"learning_rate": 0.1},
    ),
    "tanh, large": (
        "weights_too_large",
        None,
        lambda s: scaled(deep("tanh", "xavier")(random_state=s), 20),
        {"learning_rate": 0.1},
    ),
    "zeros": ("zeros", 1, lambda s: scaled(two_layers(random_state=s), 0), {"learning_rate": 0.1}),
    "all equal": (
        "symmetry",
        1,
        lambda s: all_equal(two_layers(activation="sigmoid", random_state=s)),
        {"learning_rate": 0.1},
    ),
    "silent second layer": (
        "dead_relu",
        2,
        lambda s: with_bias(deep("relu", "he", 2)(random_state=s), "b2", -10),
        {"learning_rate": 0.1},
    ),
    "silent first layer": (
        "dead_relu",
        1,
        lambda s: with_bias(two_layers(random_state=s), "b1", -20),
        {"learning_rate": 0.1},
    ),
    "rate 30": ("rate_too_high", None, lambda s: two_layers(random_state=s), {"learning_rate": 30.0}),
    "rate 3, deep": (
        "rate_too_high",
        None,
        lambda s: deep("relu", "he", 3)(random_state=s),
        {"learning_rate": 3.0},
    ),
    "rate 1e-5": ("rate_too_low", None, lambda s: two_layers(random_state=s), {"learning_rate": 1e-5}),
    "rate 1e-4, tanh": (
        "rate_too_low",
        None,
        lambda s: deep("tanh", "xavier", 2)(random_state=s),
        {"learning_rate": 1e-4},
    ),
}
HEALTHY = {
    "relu": (lambda s: two_layers(random_state=s), 0.1),
    "tanh, three layers": (lambda s: deep("tanh", "xavier", 3)(random_state=s), 0.1),
    "sigmoid": (lambda s: two_layers(activation="sigmoid", init="xavier", random_state=s), 1.0),
    "relu, ten layers": (lambda s: deep("relu", "he", 10, 64)(random_state=s), 0.05),
}


@pytest.mark.parametrize("name", FAILING)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_planted_cause_is_named_on_a_network_that_does_not_learn(name, seed):
    cause, layer, make, settings = FAILING[name]
    diagnosis = why_not_learning(make(seed), X, Y, **settings)
    assert not diagnosis.trial.learnt and diagnosis.remedy.learnt
    assert diagnosis.cause == cause, str(diagnosis)
    assert diagnosis.layer == layer if layer else 1 <= diagnosis.layer <= len(make(seed).coefs_)


@pytest.mark.parametrize("name", HEALTHY)
@pytest.mark.parametrize("seed", SEEDS)
def test_a_network_that_trains_is_healthy(name, seed):
    make, rate = HEALTHY[name]
    diagnosis = why_not_learning(make(seed), X, Y, learning_rate=rate)
    assert diagnosis.cause == "healthy" and diagnosis.layer is None
    assert diagnosis.trial.end < 0.5 * diagnosis.trial.constant


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("rate", [0.1, 1.0])
def test_rows_in_the_order_of_their_classes_are_named_unless_they_are_shuffled(seed, rate):
    net = two_layers(random_state=seed)
    in_order = why_not_learning(net, X[BY_CLASS], Y[BY_CLASS], learning_rate=rate, shuffle=False)
    assert in_order.cause == "unshuffled" and in_order.remedy.end < in_order.trial.end / 2
    assert why_not_learning(net, X[BY_CLASS], Y[BY_CLASS], learning_rate=0.1).cause == "healthy"


def blobs(seed, n_classes=4):
    rng = np.random.default_rng(seed)
    centres, labels = 2 * rng.standard_normal((n_classes, 6)), rng.integers(0, n_classes, 600)
    return centres[labels] + rng.standard_normal((600, 6)), labels


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("activation, hidden", [("sigmoid", [10]), ("relu", [10, 10])])
def test_twins_are_named_also_where_they_learn_a_little(activation, hidden, seed):
    net = all_equal(MLP([6, *hidden, 4], activation=activation, random_state=0))
    diagnosis = why_not_learning(net, *blobs(seed), learning_rate=0.1)
    assert (diagnosis.cause, diagnosis.layer) == ("symmetry", 1)
    assert diagnosis.remedy.end < diagnosis.trial.end / 2


@pytest.mark.parametrize("seed", SEEDS)
def test_weights_are_named_also_where_other_weights_need_another_rate(seed):
    net = scaled(deep("sigmoid", "xavier", 2)(random_state=seed), 50)
    diagnosis = why_not_learning(net, X, Y, learning_rate=0.1)
    assert diagnosis.cause == "weights_too_large" and not diagnosis.trial.learnt and diagnosis.remedy.learnt
    assert str(diagnosis).endswith("another learning rate as well, 1: with 0.1 the copy did not get far in as"
                                   " many steps.")  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_labels_that_belong_to_other_rows_are_named(seed):
    mixed = np.random.default_rng(seed).permutation(Y)
    assert (
        why_not_learning(two_layers(random_state=seed), X, mixed, learning_rate=0.1).cause
        == "labels_do_not_match"
    )


def test_what_no_change_helps_with_is_unknown():
    rows, labels = np.ones((40, 3)), np.arange(40) % 2
    diagnosis = why_not_learning(MLP([3, 4, 2], random_state=0), rows, labels, learning_rate=0.1)
    assert (
        diagnosis.cause == "unknown" and diagnosis.remedy is None and "Check the gradient" in str(diagnosis)
    )


def test_other_losses_are_judged_too():
    inputs, targets = xor()
    net = MLP([2, 8, 1], activation="tanh", loss="bce", init="xavier", random_state=0)
    assert why_not_learning(net, inputs, targets, learning_rate=0.5, batch_size=4).cause == "healthy"
    assert why_not_learning(net, inputs, targets, learning_rate=1e-4, batch_size=4).cause == "rate_too_low"
    t = np.linspace(-1, 1, 40)[:, None]
    curve = MLP([1, 16, 1], activation="tanh", loss="mse", init="xavier", random_state=0)
    assert why_not_learning(curve, t, t**2, learning_rate=0.3).cause == "healthy"
    assert why_not_learning(scaled(curve, 0), t, t**2, learning_rate=0.3).cause == "zeros"


def test_the_words_hold_the_numbers_that_were_seen():
    diagnosis = why_not_learning(with_bias(two_layers(random_state=0), "b1", -20), X, Y, learning_rate=0.1)
    text = str(diagnosis)
    assert text.startswith("dead relu, layer 1: In 300 steps the loss went from ")
    assert "100% of the units" in text and f"{diagnosis.remedy.end:.3g}" in text and "{" not in text


def test_nothing_is_changed_and_the_answer_is_the_same_again():
    net, inputs, labels = two_layers(random_state=0), X.copy(), Y.copy()
    before = {name: param.copy() for name, param in net.params.items()}
    first = why_not_learning(net, inputs, labels, learning_rate=30.0)
    assert all(np.array_equal(net.params[name], before[name]) for name in before)
    assert np.array_equal(inputs, X) and np.array_equal(labels, Y) and net.activation == "relu"
    assert str(first) == str(why_not_learning(net, inputs, labels, learning_rate=30.0))


def test_the_constant_answer_pays_the_entropy_or_the_variance():
    assert constant_loss(np.array([0, 0, 1, 1]), "softmax") == pytest.approx(np.log(2))
    assert constant_loss(np.array([[0.0], [1.0]]), "bce") == pytest.approx(np.log(2))
    assert constant_loss(np.array([[1.0], [1.0]]), "bce") == 0
    assert constant_loss(np.array([[0.0, 1.0], [2.0, 1.0]]), "mse") == 1


def test_signs():
    net = all_equal(deep("relu", "he", 2)(random_state=0))
    assert first_layer_of_twins(net) == 1
    net.params["W1"][0, 0] = 5
    assert first_layer_of_twins(net) == 2  # whatever comes in, its units do the same with it
    net.params["W3"][0, 0] = 5
    assert first_layer_of_twins(net) == 0  # what comes back to them differs
    assert first_layer_of_twins(two_layers(random_state=0)) == 0
    assert np.allclose(scales(two_layers(random_state=0)), np.sqrt(2), rtol=0.2)
    assert batches_hold_few_classes(np.sort(Y), 32) and not batches_hold_few_classes(Y, 32)
    assert not batches_hold_few_classes(np.linspace(0, 1, 100)[:, None], 10)
    assert labels_follow_inputs(X, Y) and not labels_follow_inputs(X, np.random.default_rng(0).permutation(Y))
    assert labels_follow_inputs(X[:20], Y[:20])  # too few to tell


@pytest.mark.parametrize(
    "change, match",
    [
        ({"learning_rate": float("nan")}, "learning_rate is nan"),
        ({"learning_rate": -1}, "learning_rate is -1"),
        ({"batch_size": 0}, "batch_size is 0"),
        ({"steps": 0}, "steps is 0"),
        ({"X": X[:, :5]}, "this network takes 64 inputs"),
        ({"y": Y[:5]}, "y has shape"),
    ],
)
def test_what_does_not_fit_is_named(change, match):
    arguments = {"X": X, "y": Y, "learning_rate": 0.1} | change
    with pytest.raises(ValueError, match=match):
        why_not_learning(two_layers(random_state=0), arguments.pop("X"), arguments.pop("y"), **arguments)


def test_only_an_mlp_is_looked_at():
    with pytest.raises(TypeError, match="net must be an MLP, got dict"):
        why_not_learning({}, X, Y, learning_rate=0.1)
