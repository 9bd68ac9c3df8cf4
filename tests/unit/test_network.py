"""The network from outside: what it draws, what it predicts, what it refuses, and in which words."""

import numpy as np
import pytest

from bpcourse.activations import sigmoid, softmax
from bpcourse.losses import LOSSES
from bpcourse.network import MLP, backward, forward

RNG = np.random.default_rng(0)
X = RNG.standard_normal((7, 4))
LABELS = np.array([0, 1, 2, 2, 1, 0, 0])
TARGETS = RNG.uniform(0.1, 0.9, (7, 3))


def net(loss="softmax", sizes=(4, 5, 3), **settings):
    return MLP(sizes, loss=loss, random_state=0, **settings)


def targets(loss):
    return LABELS if loss == "softmax" else TARGETS


EVERY_LOSS = pytest.mark.parametrize("loss", LOSSES)


# --- what it holds ----------------------------------------------------------------------------------------


def test_weights_come_in_the_order_of_the_layers_and_biases_start_at_0():
    params = net(sizes=(4, 5, 6, 3)).params
    assert [(name, p.shape) for name, p in params.items()] == [
        ("W1", (4, 5)), ("b1", (5,)), ("W2", (5, 6)), ("b2", (6,)), ("W3", (6, 3)), ("b3", (3,)),
    ]  # fmt: skip
    assert not any(params[f"b{layer}"].any() for layer in (1, 2, 3))


def test_coefs_and_intercepts_are_the_parameters_themselves():
    network = net()
    assert [W is network.params[f"W{n}"] for n, W in enumerate(network.coefs_, 1)] == [True, True]
    assert [b is network.params[f"b{n}"] for n, b in enumerate(network.intercepts_, 1)] == [True, True]


def test_weights_can_be_replaced_by_assigning_into_params():
    network = net()
    network.params["W1"] = np.zeros((4, 5))
    assert not network.forward(X)[1].any() and network.coefs_[0] is network.params["W1"]


def test_same_seed_same_network():
    a, b, c = (MLP([4, 5, 3], random_state=seed) for seed in (1, 1, 2))
    assert all(np.array_equal(a.params[name], b.params[name]) for name in a.params)
    assert not np.array_equal(a.params["W1"], c.params["W1"])


def test_standard_normal_weights_are_drawn_layer_by_layer_from_one_generator():
    rng = np.random.default_rng(42)
    W1, W2 = rng.standard_normal((2, 4)), rng.standard_normal((4, 1))
    network = MLP([2, 4, 1], activation="sigmoid", loss="sigmoid_mse", init="normal", random_state=42)
    assert np.array_equal(network.params["W1"], W1) and np.array_equal(network.params["W2"], W2)


def test_it_says_what_it_is():
    assert repr(net()) == "MLP([4, 5, 3], activation='relu', loss='softmax', init='he')"


# --- what it computes -------------------------------------------------------------------------------------


@EVERY_LOSS
def test_arguments_and_parameters_are_left_alone(loss):
    network, before, y = net(loss), X.copy(), targets(loss).copy()
    params = {name: p.copy() for name, p in network.params.items()}
    _, grads = network.loss_and_grads(X, y)
    for grad in grads.values():
        grad += 1  # no gradient shares memory with a parameter
    network.predict(X)
    assert np.array_equal(X, before) and np.array_equal(y, targets(loss))
    assert all(np.array_equal(p, params[name]) for name, p in network.params.items())


def test_float32_weights_and_inputs_make_a_float32_network():
    network = net()
    network.params = {name: p.astype(np.float32) for name, p in network.params.items()}
    loss, grads = network.loss_and_grads(X.astype(np.float32), LABELS)
    assert {loss.dtype, *(g.dtype for g in grads.values())} == {np.dtype(np.float32)}
    assert network.predict_proba(X.astype(np.float32)).dtype == np.float32


def test_forward_returns_the_hidden_activations_and_the_last_pre_activation():
    activations = net().forward(X.tolist())
    assert [A.shape for A in activations] == [(7, 4), (7, 5), (7, 3)]
    assert np.array_equal(activations[0], X) and (activations[1] >= 0).all() and (activations[2] < 0).any()


def test_probabilities_are_the_softmax_or_the_sigmoid_of_the_logits():
    for loss, output in {"softmax": softmax, "bce": sigmoid, "sigmoid_mse": sigmoid}.items():
        network = net(loss)
        assert np.array_equal(network.predict_proba(X), output(network.forward(X)[-1]))


@pytest.mark.parametrize("loss", ["softmax", "bce", "sigmoid_mse"])
def test_prediction_of_several_outputs_is_the_index_of_the_largest(loss):
    network = net(loss)
    assert np.array_equal(network.predict(X), network.predict_proba(X).argmax(axis=1))


@pytest.mark.parametrize("loss", ["bce", "sigmoid_mse"])
def test_prediction_of_one_output_is_1_above_a_half(loss):
    network = net(loss, sizes=(1, 1))
    network.params.update(W1=np.array([[1.0]]), b1=np.array([0.0]))
    assert network.predict([[-2.0], [0.0], [0.5], [3.0]]).tolist() == [0, 0, 1, 1]


def test_prediction_of_numbers_is_the_output_itself():
    network = net("mse")
    assert np.array_equal(network.predict(X), network.forward(X)[-1])


def test_score_is_the_share_of_right_answers_for_labels_columns_and_one_hot_rows():
    network = net()
    right = network.predict(X)
    y = right.copy()
    y[:2] = (y[:2] + 1) % 3
    assert network.score(X, right) == 1 and network.score(X, y) == pytest.approx(5 / 7)
    assert network.score(X, np.eye(3)[y]) == network.score(X, y)
    one = net("bce", sizes=(4, 1))
    y = 1 - one.predict(X)
    assert one.score(X, y) == one.score(X, y[:, None]) == 0


# --- what it refuses --------------------------------------------------------------------------------------


@pytest.mark.parametrize("sizes", [[], [3], [4, 0, 2], [4, -1, 2], [4, 2.5, 2], "123", 5, [4, None]])
def test_layer_sizes_must_be_whole_numbers(sizes):
    with pytest.raises(ValueError, match="layer_sizes is"):
        MLP(sizes)


@pytest.mark.parametrize("name", ["activation", "loss", "init"])
@pytest.mark.parametrize("bad", ["reluu", None, 1])
def test_a_name_that_does_not_exist_is_answered_with_those_that_do(name, bad):
    with pytest.raises(ValueError, match=rf"{name} is {bad!r}; choose one of \w+, \w+"):
        MLP([4, 5, 3], **{name: bad})


def test_a_softmax_over_one_output_is_refused():
    with pytest.raises(ValueError, match="a softmax over one output is always 1"):
        MLP([4, 5, 1])


def test_a_random_state_must_be_a_seed_or_a_generator():
    with pytest.raises(TypeError, match="random_state must be"):
        MLP([4, 5, 3], random_state="0")


@EVERY_LOSS
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_the_first_entry_that_is_not_finite_is_named(loss, bad):
    spoilt = X.copy()
    spoilt[3, 2] = spoilt[5, 0] = bad
    with pytest.raises(ValueError, match=rf"X\[3, 2\] is {bad}; every entry must be a finite number"):
        net(loss).loss_and_grads(spoilt, targets(loss))
    if loss != "softmax":
        y = TARGETS.copy()
        y[4, 1] = bad
        with pytest.raises(ValueError, match=rf"y\[4, 1\] is {bad}; every entry must be a finite number"):
            net(loss).loss_and_grads(X, y)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_large_numbers_are_not_taken_for_infinite(dtype):
    network = net("softmax")
    network.params = {name: (p * 0).astype(dtype) for name, p in network.params.items()}
    large = np.full((7, 4), 1e30 if dtype is np.float32 else 1e200, dtype)  # the squares overflow
    loss, _ = network.loss_and_grads(large, LABELS)
    assert loss == pytest.approx(np.log(3))


@EVERY_LOSS
@pytest.mark.parametrize("bad, message", [
    (X[:, :3], r"X has shape \(7, 3\), but this network takes 4 inputs"),
    (X[0], r"X has shape \(4,\); it must be a matrix, one row for each example"),
    (X[:0], r"X has shape \(0, 4\): it holds no numbers"),
])  # fmt: skip
def test_inputs_of_a_wrong_shape_are_shown(loss, bad, message):
    network = net(loss)
    for ask in (network.predict, network.forward, lambda X: network.loss_and_grads(X, targets(loss))):
        with pytest.raises(ValueError, match=message):
            ask(bad)


@EVERY_LOSS
def test_inputs_and_targets_must_be_numbers(loss):
    with pytest.raises(TypeError, match="X must hold numbers"):
        net(loss).loss_and_grads(X.astype(str), targets(loss))
    with pytest.raises(TypeError, match="y must hold"):
        net(loss).loss_and_grads(X, targets(loss).astype(str))


@pytest.mark.parametrize("loss", ["bce", "mse", "sigmoid_mse"])
def test_targets_of_a_wrong_shape_are_shown_beside_the_right_one(loss):
    with pytest.raises(ValueError, match=r"y has shape \(7, 2\); it must be \(7, 3\)$"):
        net(loss).loss_and_grads(X, TARGETS[:, :2])
    with pytest.raises(ValueError, match=r"y has shape \(7,\); it must be \(7, 1\); y.reshape\(-1, 1\)"):
        net(loss, sizes=(4, 1)).loss_and_grads(X, TARGETS[:, 0])


def test_labels_of_a_wrong_shape_are_shown_beside_the_right_one():
    with pytest.raises(ValueError, match=r"y has shape \(6,\); it must be \(7,\), one label for each row"):
        net().loss_and_grads(X, LABELS[:6])
    with pytest.raises(TypeError, match="y must hold integer class labels"):
        net().loss_and_grads(X, np.eye(3)[LABELS])


@pytest.mark.parametrize("bad", [3, -1])
def test_a_label_out_of_range_is_shown_with_its_row_and_the_range(bad):
    y = LABELS.copy()
    y[5] = bad
    with pytest.raises(ValueError, match=rf"y\[5\] is {bad}, but the labels must be from 0 to 2"):
        net().loss_and_grads(X, y)


@pytest.mark.parametrize("bad", [1.5, -0.5])
def test_targets_of_a_binary_cross_entropy_must_be_from_0_to_1(bad):
    y = TARGETS.copy()
    y[2, 1] = bad
    with pytest.raises(ValueError, match=rf"y\[2, 1\] is {bad}; it must be from 0 to 1"):
        net("bce").loss_and_grads(X, y)


def test_score_refuses_targets_of_another_length():
    with pytest.raises(ValueError, match=r"y has shape \(6,\); it must be \(7,\), one label for each row"):
        net().score(X, LABELS[:6])


def test_a_network_that_predicts_numbers_has_neither_probabilities_nor_accuracy():
    with pytest.raises(ValueError, match="predicts numbers, not probabilities"):
        net("mse").predict_proba(X)
    with pytest.raises(ValueError, match="it has no accuracy"):
        net("mse").score(X, TARGETS)


# --- the two passes by themselves -------------------------------------------------------------------------


def bad_params(**changed):
    params = dict(net().params)
    for name, value in changed.items():
        params.pop(name)
        if value is not None:
            params[name] = value
    return params


@pytest.mark.parametrize("params", [{}, bad_params(b2=None), bad_params(W1=None, b1=None)])
def test_parameters_must_come_in_pairs_from_1(params):
    with pytest.raises(ValueError, match="it must hold W1, b1, W2, b2 and so on, in pairs"):
        forward(X, params)
    with pytest.raises(ValueError, match="it must hold W1, b1, W2, b2 and so on, in pairs"):
        backward(TARGETS, [X], params)


def test_a_layer_that_does_not_fit_is_named():
    with pytest.raises(ValueError, match=r"X has shape \(7, 5\) and W has shape \(6, 3\)") as caught:
        forward(X, bad_params(W2=np.ones((6, 3))))
    assert caught.value.__notes__ == ["In layer 2: X is A1, W is W2, b is b2."]


def test_backward_needs_all_activations_and_an_error_of_their_shape():
    activations = net().forward(X)
    with pytest.raises(ValueError, match="activations holds 2 arrays, but 2 layers need 3"):
        backward(TARGETS, activations[:2], net().params)
    with pytest.raises(ValueError, match=r"dZ has shape \(7, 2\); it must be \(7, 3\)"):
        backward(TARGETS[:, :2], activations, net().params)


def test_an_activation_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(ValueError, match="activation is 'selu'; choose one of identity, sigmoid"):
        forward(X, net().params, activation="selu")
    with pytest.raises(ValueError, match="activation is 'selu'; choose one of identity, sigmoid"):
        backward(TARGETS, net().forward(X), net().params, activation="selu")
