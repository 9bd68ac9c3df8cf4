"""The training loop: it takes the right steps in the right order, records them, and stops in time."""

import numpy as np
import pytest

from bpcourse import training
from bpcourse.datasets import load_digits, one_hot, running_example, split, xor
from bpcourse.network import MLP
from bpcourse.optim import SGD, Momentum
from bpcourse.training import TrainingDiverged, fit, iterate_minibatches, progress


def xor_net(seed=42):
    return MLP([2, 4, 1], activation="sigmoid", loss="sigmoid_mse", init="normal", random_state=seed)


class Line:
    """The smallest thing that can be trained: y = w x, half the mean squared error; it keeps what it saw."""

    def __init__(self, w=0.0):
        self.params = {"w": np.array([w])}
        self.batches = []

    def loss_and_grads(self, X, y):
        self.batches.append((X[:, 0].tolist(), y.tolist()))
        error = X[:, 0] * self.params["w"] - y
        return np.mean(error**2) / 2, {"w": np.array([np.mean(error * X[:, 0])])}


SIX = (np.arange(6.0)[:, None], 2 * np.arange(6.0))


# --- batches ------------------------------------------------------------------------------------------


def test_batches_follow_the_order_and_the_last_holds_the_rest():
    X, y = np.arange(7)[:, None], 10 * np.arange(7)
    order = [6, 2, 0, 5, 1, 3, 4]
    batches = list(iterate_minibatches(X, y, 3, order))
    assert [X_batch[:, 0].tolist() for X_batch, _ in batches] == [[6, 2, 0], [5, 1, 3], [4]]
    assert all((10 * X_batch[:, 0] == y_batch).all() for X_batch, y_batch in batches)


def test_batches_without_an_order_are_a_permutation_that_follows_the_seed():
    X, y = SIX
    first, second, third = (
        np.concatenate([b for _, b in iterate_minibatches(X, y, 4, random_state=seed)]) for seed in (1, 1, 2)
    )
    assert first.tolist() == second.tolist() != third.tolist()
    assert sorted(first) == y.tolist()


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"batch_size": 0}, ValueError, "batch_size is 0; it must be at least 1"),
        ({"batch_size": 1.5}, TypeError, "batch_size must be a whole number, got 1.5"),
        ({"y": [1.0]}, ValueError, r"one row per example each, at least one; got shapes \(6, 1\) and \(1,\)"),
        ({"order": [0, 6]}, ValueError, "order runs from 0 to 6; the rows are 0 to 5"),
        ({"order": [-1]}, ValueError, "order runs from -1 to -1"),
        ({"order": [0.0]}, ValueError, "order is a list of row numbers; got an array of float64"),
    ],
)
def test_bad_batch_arguments_are_named(arguments, error, words):
    with pytest.raises(error, match=words):
        iterate_minibatches(**{"X": SIX[0], "y": SIX[1], "batch_size": 2} | arguments)


# --- the steps ----------------------------------------------------------------------------------------


def test_running_example_learns_as_lesson_06_says():
    X, T, params = running_example()
    net = MLP([2, 3, 1], activation="sigmoid", loss="sigmoid_mse", random_state=0)
    net.params.update(params)
    losses = fit(net, X, T, 1.0, epochs=2001, batch_size=None).loss
    told = {0: 0.2809, 100: 0.1544, 300: 0.1241, 500: 0.0382, 1000: 0.0072, 2000: 0.0025}
    assert {epoch: round(float(losses[epoch]), 4) for epoch in told} == told
    assert np.flatnonzero(losses < 0.25)[0] == 5 and np.flatnonzero(losses < 0.01)[0] == 843


def test_full_batch_descent_is_the_hand_written_loop():
    net, by_hand = xor_net(), xor_net()
    X, Y = xor()
    history = fit(net, X, Y, 0.5, epochs=30, batch_size=4)
    for epoch in range(30):
        loss, grads = by_hand.loss_and_grads(X, Y)
        assert history.loss[epoch] == loss
        for name in grads:
            by_hand.params[name] -= 0.5 * grads[name]
    np.testing.assert_array_equal(net.params["W1"], by_hand.params["W1"])


def test_a_number_is_the_rate_of_plain_descent():
    with_number, with_sgd, with_momentum = xor_net(), xor_net(), xor_net()
    for net, optimizer in ((with_number, 0.3), (with_sgd, SGD(0.3)), (with_momentum, Momentum(0.3))):
        fit(net, *xor(), optimizer, epochs=5)
    np.testing.assert_array_equal(with_number.params["W1"], with_sgd.params["W1"])
    assert not np.allclose(with_number.params["W1"], with_momentum.params["W1"])


def test_every_epoch_sees_every_pair_once_in_a_new_order():
    net = Line()
    fit(net, *SIX, 0.01, epochs=2, batch_size=4, random_state=0)
    epochs = [net.batches[i][0] + net.batches[i + 1][0] for i in (0, 2)]
    assert [len(xs) for xs, _ in net.batches] == [4, 2, 4, 2]
    assert sorted(epochs[0]) == sorted(epochs[1]) == SIX[0][:, 0].tolist()
    assert epochs[0] != epochs[1]
    assert all([2 * x for x in xs] == ys for xs, ys in net.batches)


def test_without_shuffling_rows_stay_in_order():
    net = Line()
    fit(net, *SIX, 0.01, epochs=1, batch_size=4, shuffle=False)
    assert [xs for xs, _ in net.batches] == [[0, 1, 2, 3], [4, 5]]


@pytest.mark.parametrize("batch_size", [None, 6, 100])
def test_one_batch_of_everything_keeps_the_order(batch_size):
    net = Line()
    history = fit(net, *SIX, 0.01, epochs=3, batch_size=batch_size)
    assert [xs for xs, _ in net.batches] == [SIX[0][:, 0].tolist()] * 3
    assert history.steps == 3


def test_the_seed_fixes_the_run():
    digits = load_digits()
    nets = [MLP([64, 8, 10], random_state=0) for _ in range(3)]
    for net, seed in zip(nets, (5, 5, 6), strict=True):
        fit(net, digits.X[:200], digits.y[:200], 0.1, epochs=2, random_state=seed)
    np.testing.assert_array_equal(nets[0].params["W2"], nets[1].params["W2"])
    assert not np.array_equal(nets[0].params["W2"], nets[2].params["W2"])


def test_digits_reach_97_percent_of_a_random_split():
    _, X, y = load_digits()
    X_train, X_test, y_train, y_test = split(X, y, test_size=360, random_state=0)
    net = MLP([64, 32, 10], activation="sigmoid", loss="sigmoid_mse", init="lecun", random_state=0)
    history = fit(net, X_train, one_hot(y_train, 10), 1.0, epochs=100, batch_size=32, random_state=0)
    assert history.steps == 4500
    assert net.score(X_test, y_test) >= 0.97


# --- the record ---------------------------------------------------------------------------------------


def test_history_weighs_every_example_alike_in_an_unequal_last_batch():
    net = Line(w=1.0)
    history = fit(net, *SIX, 0.0, epochs=1, batch_size=4, shuffle=False)
    assert history.loss[0] == pytest.approx(np.mean(SIX[0] ** 2) / 2)


def test_history_has_the_accuracies_of_the_untrained_network_first():
    X, Y = xor()
    net = xor_net()
    before = net.score(X, Y)
    history = fit(net, X, Y, 1.0, epochs=1500, batch_size=None, validation=(X[:2], Y[:2]))
    assert history.train_accuracy.shape == history.validation_accuracy.shape == (1501,)
    assert history.train_accuracy[0] == before and history.train_accuracy[-1] == 1.0
    assert history.validation_accuracy[-1] == net.score(X[:2], Y[:2])


def test_history_shows_what_matters_and_no_time():
    X, Y = xor()
    history = fit(xor_net(), X, Y, 1.0, epochs=10, batch_size=2, random_state=0, validation=(X, Y))
    again = fit(xor_net(), X, Y, 1.0, epochs=10, batch_size=2, random_state=0, validation=(X, Y))
    assert repr(history) == repr(again)
    assert repr(history).startswith("History(epochs=10, steps=20, loss=0.") and "seconds" not in repr(history)
    assert history.seconds > 0


def test_history_without_validation_has_no_accuracies():
    history = fit(Line(), *SIX, 0.01, epochs=1)
    assert history.train_accuracy is None and history.validation_accuracy is None


# --- stopping -----------------------------------------------------------------------------------------


def test_a_loss_that_blows_up_stops_with_layer_epoch_and_step():
    X = np.random.default_rng(0).standard_normal((50, 3))
    net = MLP([3, 5, 4, 1], loss="mse", random_state=0)
    with pytest.raises(
        TrainingDiverged, match=r"The loss is inf in epoch 8, step 3: .* layer 3 has grown"
    ) as caught:
        fit(net, X, X[:, :1], 1e3, epochs=100, batch_size=10, random_state=0)
    error = caught.value
    assert (error.layer, error.epoch, error.step) == (3, 8, 3)
    assert error.history.epochs == 7 and error.history.steps == 37
    assert "Make a new network and train it with a smaller learning rate than 1000" in str(error)


def test_a_parameter_that_is_not_finite_is_named_with_its_layer():
    net = xor_net()
    net.params["b2"][:] = np.nan
    with pytest.raises(
        TrainingDiverged, match=r"nan in epoch 1, step 1: b2 is the first parameter.* in layer 2"
    ):
        fit(net, *xor(), 0.1, epochs=1)


def test_activations_are_named_when_the_parameters_are_still_finite():
    X = np.full((4, 2), 10.0)
    net = MLP([2, 3, 1], loss="mse", random_state=0)
    net.params["W1"][:] = 1e308
    message = r"epoch 1, step 1: all parameters are finite, but what comes out of layer 1 has grown to inf"
    with pytest.raises(TrainingDiverged, match=message) as caught:
        fit(net, X, np.zeros((4, 1)), 0.1, epochs=1)
    assert caught.value.layer == 1


def test_a_loss_that_is_nan_by_itself_is_blamed_on_the_loss():
    class Broken(Line):
        def loss_and_grads(self, X, y):
            return float("nan"), {"w": np.zeros(1)}

    with pytest.raises(
        TrainingDiverged, match=r"The loss is nan in epoch 1, step 1: .*how the loss is computed"
    ):
        fit(Broken(), *SIX, 0.1, epochs=1)


def test_the_last_step_is_looked_at_too():
    class Leap(Line):
        def loss_and_grads(self, X, y):
            loss, grads = super().loss_and_grads(X, y)
            return loss, {"w": np.array([np.inf])} if len(self.batches) == 4 else grads

    with pytest.raises(
        TrainingDiverged, match=r"The last step broke the network in epoch 2, step 2: w is the first"
    ):
        fit(Leap(), *SIX, 0.1, epochs=2, batch_size=3)


def test_divergence_is_a_floating_point_error():
    assert issubclass(TrainingDiverged, FloatingPointError)


def test_an_interrupt_leaves_a_network_that_trains_on():
    class Interrupted(Line):
        def loss_and_grads(self, X, y):
            if len(self.batches) == 4:
                self.batches.append(None)
                raise KeyboardInterrupt
            return super().loss_and_grads(X, y)

    net = Interrupted()
    with pytest.raises(KeyboardInterrupt):
        fit(net, *SIX, 0.05, epochs=100, batch_size=2)
    assert net.params["w"][0] > 1
    assert fit(net, *SIX, 0.05, epochs=100, batch_size=2).loss[-1] < 1e-6


# --- the bar ------------------------------------------------------------------------------------------


@pytest.fixture
def watched(monkeypatch):
    """Pretend that a person looks at a terminal, and that two seconds have passed."""
    monkeypatch.delenv("BPCOURSE_QUIET", raising=False)
    monkeypatch.setattr(progress, "DELAY", 0.0)
    monkeypatch.setattr(progress, "_in_terminal", lambda: True)


def test_a_bar_shows_where_a_person_watches(watched, capsys):
    fit(Line(), *SIX, 0.01, epochs=3)
    assert "0/3" in capsys.readouterr().err


def test_no_bar_in_a_short_run(watched, monkeypatch, capsys):
    monkeypatch.setattr(progress, "DELAY", 2.0)
    fit(Line(), *SIX, 0.01, epochs=3)
    assert capsys.readouterr().err.strip() == ""


def test_no_bar_where_nobody_watches(watched, monkeypatch, capsys):
    monkeypatch.setattr(progress, "_in_terminal", lambda: False)
    fit(Line(), *SIX, 0.01, epochs=3)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("wish", ["auto", True])
def test_quiet_is_stronger_than_any_wish(watched, monkeypatch, capsys, wish):
    monkeypatch.setenv("BPCOURSE_QUIET", "1")
    fit(Line(), *SIX, 0.01, epochs=3, progress=wish)
    assert capsys.readouterr().err == ""


def test_no_bar_when_it_is_not_wanted(watched, capsys):
    fit(Line(), *SIX, 0.01, epochs=3, progress=False)
    assert capsys.readouterr().err == ""


# --- bad arguments ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"epochs": 0}, ValueError, "epochs is 0; it must be at least 1"),
        ({"epochs": 2.5}, TypeError, "epochs must be a whole number, got 2.5"),
        ({"batch_size": 0}, ValueError, "batch_size is 0; it must be at least 1"),
        ({"batch_size": True}, TypeError, "batch_size must be a whole number, got True"),
        ({"y": np.zeros(5)}, ValueError, r"got shapes \(6, 1\) and \(5,\)"),
        ({"X": np.zeros((0, 1)), "y": np.zeros(0)}, ValueError, "at least one"),
        ({"X": [["a"]] * 6}, TypeError, "X must hold numbers"),
        ({"X": np.full((6, 1), np.nan)}, ValueError, r"X\[0, 0\] is nan"),
        ({"y": np.full(6, np.inf)}, ValueError, r"y\[0\] is inf"),
        ({"optimizer": float("nan")}, ValueError, "learning_rate is nan"),
        ({"optimizer": -0.1}, ValueError, "learning_rate is -0.1"),
        ({"optimizer": True}, TypeError, "learning_rate must be a number, got True"),
        ({"optimizer": "sgd"}, TypeError, "optimizer is a learning rate, or has step.*got 'sgd'"),
        ({"net": object()}, TypeError, r"net needs params and loss_and_grads\(X, y\)"),
        ({"progress": "always"}, ValueError, "progress is 'always'; it must be \"auto\", True or False"),
        ({"random_state": "x"}, TypeError, "random_state must be"),
        ({"validation": SIX}, TypeError, r"validation needs a network with score\(X, y\)"),
    ],
)
def test_bad_arguments_are_named(arguments, error, words):
    with pytest.raises(error, match=words):
        fit(**{"net": Line(), "X": SIX[0], "y": SIX[1], "optimizer": 0.1, "epochs": 2} | arguments)


@pytest.mark.parametrize(
    ("validation", "error", "words"),
    [
        (xor()[0], TypeError, r"validation is a pair \(X, y\); got ndarray"),
        ((xor()[0], xor()[1][:3]), ValueError, r"got shapes \(4, 2\) and \(3, 1\)"),
        ((np.full((4, 2), np.nan), xor()[1]), ValueError, r"X\[0, 0\] is nan"),
    ],
)
def test_a_bad_validation_pair_is_named(validation, error, words):
    with pytest.raises(error, match=words) as caught:
        fit(xor_net(), *xor(), 0.1, epochs=1, validation=validation)
    if error is ValueError:
        assert caught.value.__notes__ == ["This is about the pair given as validation."]


def test_the_package_offers_what_the_lessons_use():
    assert set(training.__all__) == {"History", "TrainingDiverged", "fit", "iterate_minibatches"}
