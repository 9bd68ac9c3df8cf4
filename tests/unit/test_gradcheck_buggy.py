"""The planted bugs are the ones that the table at the end of the module says, and no others."""

import inspect

import numpy as np
import pytest

from bpcourse import activations, buggy, losses
from bpcourse.gradcheck import complex_step, relation_of_parts, relative_error
from bpcourse.layers import affine_forward

RNG = np.random.default_rng(20)
N, D, H, C = 7, 4, 5, 3
X, W, b = RNG.standard_normal((N, D)), RNG.standard_normal((D, H)), RNG.standard_normal(H)
Z, dZ = RNG.standard_normal((N, H)), RNG.standard_normal((N, H))
Y_HAT, Y = RNG.standard_normal((N, C)), RNG.standard_normal((N, C))
LABELS = np.array([2, 0, 1, 1, 0, 2, 1])


def of_activation(name):
    """The suspect's gradient of sum(dZ * activation(Z)), and the measured one."""
    forward = getattr(activations, name)
    got = getattr(buggy, f"{name}_backward")(dZ, forward(Z))
    return got, complex_step(lambda Z: np.sum(dZ * forward(Z)), Z)


def of_affine():
    got = dict(zip(("X", "W", "b"), buggy.affine_backward(dZ, X, W), strict=True))
    inputs = {"X": X, "W": W, "b": b}
    return got, complex_step(lambda p: np.sum(dZ * affine_forward(p["X"], p["W"], p["b"])), inputs)


def of_loss(name, prediction, target):
    got = getattr(buggy, f"{name}_backward")(prediction, target)
    return got, complex_step(lambda p: getattr(losses, name)(p, target), prediction)


def compared(name):
    if name == "affine_backward":
        return of_affine()
    if name == "mean_squared_error_backward":
        return of_loss("mean_squared_error", Y_HAT, Y)
    if name == "softmax_cross_entropy_backward":
        return of_loss("softmax_cross_entropy", Y_HAT, LABELS)
    return of_activation(name.removesuffix("_backward"))


@pytest.mark.parametrize("name", buggy.SUSPECTS)
def test_a_suspect_is_wrong_exactly_if_the_table_says_so(name):
    error = relative_error(*compared(name))
    assert error > 0.01 if buggy.FAULTS[name] else error < 1e-12


def test_three_of_the_six_suspects_are_wrong():
    assert sorted(buggy.FAULTS[name] for name in buggy.SUSPECTS if buggy.FAULTS[name]) == [
        "M24",
        "M26",
        "M34",
    ]


def test_the_wrong_affine_backward_averages_the_bias_only():
    got, want = compared("affine_backward")
    assert relation_of_parts(got, want, sizes={"N": N})[0] == "only the biases: 1/N"


def test_the_wrong_tanh_slope_hides_at_zero():
    zeros = np.zeros((N, H))
    assert np.array_equal(buggy.tanh_backward(dZ, zeros), dZ)


def test_the_name_and_the_docstring_of_a_suspect_do_not_give_it_away():
    for name in buggy.SUSPECTS:
        text = getattr(buggy, name).__doc__.lower()
        assert name in dir(activations) + dir(losses) + ["affine_backward"]
        assert not any(word in text for word in ("bug", "wrong", "fault", "missing", "twice", "mistake"))


@pytest.mark.parametrize("name", buggy.SUSPECTS)
def test_a_suspect_leaves_its_arguments_alone(name):
    function = getattr(buggy, name)
    given = {"dA": dZ, "A": Z, "dZ": dZ, "X": X, "W": W, "Y_hat": Y_HAT, "Y": Y, "Z": Y_HAT, "y": LABELS}
    arguments = [given[p].copy() for p in inspect.signature(function).parameters]
    function(*arguments)
    for p, argument in zip(inspect.signature(function).parameters, arguments, strict=True):
        assert np.array_equal(argument, given[p])


def test_the_table_of_faults_lists_every_public_backward_pass():
    public = {n for n, f in vars(buggy).items() if inspect.isfunction(f) and f.__module__ == buggy.__name__}
    helpers = {"two_layer_forward", "two_layer_loss", "slope"}
    assert {n for n in public if not n.startswith("_")} - helpers == set(buggy.FAULTS)


def drawn(seed=0, shape=()):
    """Inputs and parameters of the two-layer network, all sizes different; `shape` stacks networks."""
    rng = np.random.default_rng(seed)
    sizes = {"W1": (D, H), "b1": (H,), "W2": (H, C), "b2": (C,)}
    params = {name: rng.standard_normal(shape + size) for name, size in sizes.items()}
    return rng.standard_normal((N, D)), rng.random((N, C)), params


def measured(X, T, params):
    return complex_step(lambda p: buggy.two_layer_loss(X, T, p), params)


TWO_LAYER = [name for name in buggy.FAULTS if name not in buggy.SUSPECTS]


@pytest.mark.parametrize("name", TWO_LAYER)
def test_a_two_layer_pass_is_wrong_exactly_if_the_table_says_so(name):
    X, T, params = drawn()
    error = relative_error(getattr(buggy, name)(X, T, params), measured(X, T, params))
    assert error > 1e-3 if buggy.FAULTS[name] else error < 1e-14


@pytest.mark.parametrize(
    "name, relation",
    [
        ("factor_2_missing", "1/2"),
        ("sign_flipped", "-1"),
        ("batch_size_missing", "N"),
        ("article_direction", "-N/2"),
        ("bias_averaged", "only the biases: 1/N"),
        ("bias_frozen", "only the biases"),
        ("batch_size_twice", "only W1, b1: 1/N"),
        ("hidden_squashed_twice", "only W1, b1"),
        ("hidden_slope_missing", "only W1, b1"),
        ("second_layer_moved_first", "only W1, b1"),
        ("one_number_for_hidden_biases", "only b1"),
        ("second_layer_fed_z", "only W2"),
    ],
)
def test_a_two_layer_pass_has_only_the_fault_in_its_name(name, relation):
    X, T, params = drawn()
    got = getattr(buggy, name)(X, T, params)
    assert (
        relation_of_parts(got, measured(X, T, params), sizes={"N": N, "D": D, "H": H, "C": C})[0] == relation
    )


def test_one_number_for_hidden_biases_keeps_their_shape():
    X, T, params = drawn()
    b1 = buggy.one_number_for_hidden_biases(X, T, params)["b1"]
    assert b1.shape == (H,) and np.ptp(b1) == 0
    assert b1[0] == pytest.approx(measured(X, T, params)["b1"].sum())


def test_the_article_ascends_minus_the_gradient_of_half_the_sum_of_squares():
    X, T, params = drawn()
    want = complex_step(lambda p: -0.5 * np.sum((T - buggy.two_layer_forward(X, p)[-1]) ** 2), params)
    assert relative_error(buggy.article_direction(X, T, params), want) < 1e-14


@pytest.mark.parametrize("name", TWO_LAYER)
def test_stacked_networks_are_networks_one_by_one(name):
    X, T, stacked = drawn(shape=(6,))
    got = getattr(buggy, name)(X, T, stacked)
    for s in range(6):
        alone = getattr(buggy, name)(X, T, {k: v[s] for k, v in stacked.items()})
        assert relative_error({k: v[s] for k, v in got.items()}, alone) < 1e-14
    assert buggy.two_layer_loss(X, T, stacked).shape == (6,)


@pytest.mark.parametrize("name", TWO_LAYER)
def test_a_two_layer_pass_leaves_its_arguments_alone(name):
    (X, T, params), (X0, T0, params0) = drawn(), drawn()
    getattr(buggy, name)(X, T, params)
    assert np.array_equal(X, X0) and np.array_equal(T, T0)
    assert all(np.array_equal(params[k], params0[k]) for k in params)


def test_w2_moves_by_the_learning_rate_first():
    X, T, params = drawn()
    at_rest = buggy.second_layer_moved_first(X, T, params, learning_rate=0.0)
    assert relative_error(at_rest, measured(X, T, params)) < 1e-14
