"""What every equation makes of its arguments: types in, types out, nothing changed, bad ones named."""

import datetime
import inspect

import numpy as np
import pytest

from bpcourse import activations, layers, losses

RNG = np.random.default_rng(0)
Z, Y = RNG.standard_normal((7, 3)), RNG.uniform(0.1, 0.9, (7, 3))
X, W, b = RNG.standard_normal((7, 4)), RNG.standard_normal((4, 3)), RNG.standard_normal(3)
LABELS = np.array([0, 1, 2, 2, 1, 0, 0])

# Every equation, with one set of good arguments by name.
CALLS = {
    activations.identity: {"Z": Z},
    activations.sigmoid: {"Z": Z},
    activations.tanh: {"Z": Z},
    activations.relu: {"Z": Z},
    activations.leaky_relu: {"Z": Z},
    activations.softmax: {"Z": Z},
    activations.log_softmax: {"Z": Z},
    activations.identity_backward: {"dA": Z, "A": Y},
    activations.sigmoid_backward: {"dA": Z, "A": Y},
    activations.tanh_backward: {"dA": Z, "A": Y},
    activations.relu_backward: {"dA": Z, "A": Y},
    activations.leaky_relu_backward: {"dA": Z, "A": Y},
    activations.softmax_backward: {"dA": Z, "A": Y},
    activations.log_softmax_backward: {"dA": Z, "log_p": -Y},
    layers.affine_forward: {"X": X, "W": W, "b": b},
    layers.affine_backward: {"dZ": Z, "X": X, "W": W},
    losses.mean_squared_error: {"Y_hat": Z, "Y": Y},
    losses.mean_squared_error_backward: {"Y_hat": Z, "Y": Y},
    losses.binary_cross_entropy: {"Z": Z, "Y": Y},
    losses.binary_cross_entropy_backward: {"Z": Z, "Y": Y},
    losses.sigmoid_mean_squared_error: {"Z": Z, "Y": Y},
    losses.sigmoid_mean_squared_error_backward: {"Z": Z, "Y": Y},
    losses.softmax_cross_entropy: {"Z": Z, "y": LABELS},
    losses.softmax_cross_entropy_backward: {"Z": Z, "y": LABELS},
    losses.softmax_cross_entropy_and_backward: {"Z": Z, "y": LABELS},
}
NAMES = [call.__name__ for call in CALLS]
EQUATIONS = pytest.mark.parametrize("equation", CALLS, ids=NAMES)
ARGUMENTS = pytest.mark.parametrize(
    "equation, name",
    [(equation, name) for equation, arguments in CALLS.items() for name in arguments],
    ids=lambda value: getattr(value, "__name__", value),
)


def call(equation, convert=lambda array, name: array, **replaced):
    """Call an equation with its good arguments, converted or replaced; return its results as a list."""
    arguments = {name: convert(array, name) for name, array in CALLS[equation].items()} | replaced
    result = equation(**arguments)
    return list(result) if isinstance(result, tuple) else [result]


def test_every_equation_is_in_the_table():
    modules = {module.__name__: module for module in (activations, layers, losses)}
    functions = {f.__name__ for m in modules.values() for f in vars(m).values()
                 if inspect.isfunction(f) and f.__module__ in modules}  # fmt: skip
    helpers = {name for name in functions if name.startswith(("_", "check_", "shifted_"))}
    assert functions - helpers == set(NAMES)


@EQUATIONS
def test_arguments_are_never_changed(equation):
    before = {name: array.copy() for name, array in CALLS[equation].items()}
    results = call(equation)
    assert all(np.array_equal(array, before[name]) for name, array in CALLS[equation].items())
    for result in results:
        if np.ndim(result):
            result += 1  # nor is one of them handed back
    assert all(np.array_equal(array, before[name]) for name, array in CALLS[equation].items())


@EQUATIONS
def test_read_only_arguments_will_do(equation):
    frozen = {name: array.copy() for name, array in CALLS[equation].items()}
    for array in frozen.values():
        array.setflags(write=False)
    for got, want in zip(call(equation, **frozen), call(equation), strict=True):
        assert np.array_equal(got, want)


@EQUATIONS
def test_lists_will_do(equation):
    for got, want in zip(call(equation, lambda array, name: array.tolist()), call(equation), strict=True):
        assert np.array_equal(got, want)


@EQUATIONS
def test_float32_stays_float32(equation):
    def single(array, name):
        return array if name == "y" else array.astype(np.float32)

    assert {result.dtype for result in call(equation, single)} == {np.dtype(np.float32)}


@EQUATIONS
@pytest.mark.parametrize("dtype", [np.int64, np.uint8, np.int32, np.bool_, np.float16])
def test_whole_numbers_and_half_precision_become_float64(equation, dtype):
    def convert(array, name):
        return array if name == "y" else (abs(array) > 0.5).astype(dtype)

    assert {result.dtype for result in call(equation, convert)} == {np.dtype(np.float64)}


@EQUATIONS
def test_complex_numbers_pass_through(equation):
    def as_complex(array, name):
        return array if name == "y" else array.astype(complex)

    for got, want in zip(call(equation, as_complex), call(equation), strict=True):
        assert got.dtype == np.complex128
        assert np.allclose(got, want, rtol=1e-14, atol=0)


@ARGUMENTS
def test_one_complex_argument_beside_real_ones_will_do(equation, name):
    if name != "y":
        results = call(equation, **{name: CALLS[equation][name].astype(complex)})
        for got, want in zip(results, call(equation), strict=True):
            assert np.allclose(got, want, rtol=1e-14, atol=0)
    else:
        with pytest.raises(TypeError, match="y must hold integer class labels"):
            call(equation, y=LABELS.astype(complex))


@ARGUMENTS
@pytest.mark.parametrize("bad", ["text", "objects", "dates"])
def test_anything_but_numbers_is_a_type_error_that_names_the_argument(equation, name, bad):
    array = CALLS[equation][name]
    fill = {
        "text": np.full(array.shape, "1.0"),
        "objects": np.full(array.shape, None, dtype=object),
        "dates": np.full(array.shape, np.datetime64(datetime.date(1986, 10, 9))),
    }[bad]
    with pytest.raises(TypeError, match=rf"^{name} must hold .* of type "):
        call(equation, **{name: fill})


@ARGUMENTS
def test_rows_of_different_lengths_are_a_value_error_that_names_the_argument(equation, name):
    with pytest.raises(ValueError, match=f"^{name} cannot be read as an array"):
        call(equation, **{name: [[1.0, 2.0], [3.0]]})


def test_whole_number_targets_follow_float32_predictions():
    for equation in (losses.mean_squared_error_backward, losses.binary_cross_entropy_backward):
        assert equation(np.ones((2, 1), np.float32), np.array([[0], [1]])).dtype == np.float32


@pytest.mark.parametrize("name", ["identity", "sigmoid", "tanh", "relu", "leaky_relu"])
def test_a_single_number_comes_back_as_a_number(name):
    pair = activations.ACTIVATIONS[name]
    a = pair.forward(0.5)
    assert np.ndim(a) == 0 and float(a) == pair.forward([0.5])[0]
    assert np.ndim(pair.backward(2.0, a)) == 0


def test_sigmoid_of_any_number_overflows_nowhere():
    with np.errstate(all="raise"):
        assert activations.sigmoid([-800.0, 0.0, 800.0]).tolist() == [0, 0.5, 1]


def test_softmax_of_huge_scores_is_taken_row_by_row():
    P = activations.softmax([[1000.0, 1001.0, 1002.0], [1.0, 2.0, 3.0]])
    assert np.allclose(P, [[0.090031, 0.244728, 0.665241]] * 2, rtol=0, atol=5e-7)


# --- shapes -----------------------------------------------------------------------------------------------

BAD_SHAPES = [
    (activations.sigmoid_backward, {"A": Y[:, :1]}, r"dA has shape \(7, 3\) but A has shape \(7, 1\)"),
    (activations.identity_backward, {"A": Y[:3]}, r"dA has shape \(7, 3\) but A has shape \(3, 3\)"),
    (activations.tanh_backward, {"A": Y[0]}, r"dA has shape \(7, 3\) but A has shape \(3,\)"),
    (activations.relu_backward, {"dA": Z[:, 0]}, r"dA has shape \(7,\) but A has shape \(7, 3\)"),
    (activations.leaky_relu_backward, {"dA": Z[0]}, r"dA has shape \(3,\) but A has shape \(7, 3\)"),
    (activations.softmax_backward, {"dA": Z[:, :1]}, r"dA has shape \(7, 1\) but A has shape \(7, 3\)"),
    (activations.log_softmax_backward, {"log_p": Y[0]}, r"dA has shape \(7, 3\) but log_p has shape \(3,\)"),
    (activations.softmax, {"Z": 1.0}, r"Z has shape \(\); it must have at least one score"),
    (activations.log_softmax, {"Z": np.ones((2, 0))}, r"Z has shape \(2, 0\); it must have at least one"),
    (layers.affine_forward, {"X": X[0]}, r"X has shape \(4,\) and W has shape \(4, 3\); both must be matr"),
    (layers.affine_forward, {"W": W[:3]}, r"\(7, 4\) and W has shape \(3, 3\): W needs one row for each"),
    (layers.affine_forward, {"W": W.T}, r"of the 4 columns of X; W looks transposed"),
    (layers.affine_forward, {"b": b[None]}, r"b has shape \(1, 3\); it must be \(3,\), one bias for each"),
    (layers.affine_forward, {"b": X[:, 0]}, r"b has shape \(7,\); it must be \(3,\)"),
    (layers.affine_backward, {"dZ": Z[:, :2]}, r"dZ has shape \(7, 2\); it must be \(7, 3\), the shape of X"),
    (layers.affine_backward, {"dZ": Z.T}, r"dZ has shape \(3, 7\); it must be \(7, 3\)"),
    (layers.affine_backward, {"W": W.T}, r"W looks transposed"),
    (losses.mean_squared_error, {"Y": Y[:, 0]}, r"Y_hat has shape \(7, 3\) but Y has shape \(7,\)"),
    (losses.mean_squared_error_backward, {"Y": Y[:, :1]}, r"Y has shape \(7, 1\)"),
    (losses.binary_cross_entropy, {"Y": Y[:, 0]}, r"Z has shape \(7, 3\) but Y has shape \(7,\)"),
    (losses.binary_cross_entropy_backward, {"Z": Z[:, 0]}, r"Z has shape \(7,\) but Y has shape \(7, 3\)"),
    (losses.softmax_cross_entropy, {"Z": Z[0]}, r"Z has shape \(3,\); it must be a matrix"),
    (losses.softmax_cross_entropy, {"y": LABELS[:, None]}, r"y has shape \(7, 1\); it must be \(7,\), one"),
    (losses.softmax_cross_entropy_backward, {"y": LABELS[:6]}, r"y has shape \(6,\); it must be \(7,\)"),
]


@pytest.mark.parametrize("equation, replaced, message", BAD_SHAPES)
def test_a_wrong_shape_is_shown_beside_the_right_one(equation, replaced, message):
    with pytest.raises(ValueError, match=message):
        call(equation, **replaced)


def test_a_column_against_a_list_is_refused_where_numpy_would_make_a_table():
    with pytest.raises(ValueError, match=r"Y_hat has shape \(7, 1\) but Y has shape \(7,\)"):
        losses.mean_squared_error(np.ones((7, 1)), np.ones(7))


@pytest.mark.parametrize("shape", [(0, 3), (3, 0), (0,), ()])
def test_a_loss_needs_at_least_one_number(shape):
    with pytest.raises(ValueError, match="Y_hat has shape"):
        losses.mean_squared_error(np.ones(shape), np.ones(shape))


def test_a_cross_entropy_needs_at_least_one_example():
    with pytest.raises(ValueError, match=r"Z has shape \(0, 3\): it holds no numbers"):
        losses.softmax_cross_entropy(np.ones((0, 3)), np.ones(0, int))


# --- labels -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", [3, -1, 2**40, -(2**40)])
@pytest.mark.parametrize("name", ["", "_backward", "_and_backward"])
def test_a_label_out_of_range_is_shown_with_its_row_and_the_range(bad, name):
    y = LABELS.copy()
    y[4] = bad
    with pytest.raises(ValueError, match=rf"y\[4\] is {bad}, but the labels must be from 0 to 2"):
        getattr(losses, f"softmax_cross_entropy{name}")(Z, y)


@pytest.mark.parametrize("y", [LABELS.astype(float), LABELS > 0, np.eye(3)[LABELS]])
def test_labels_that_are_not_integers_are_a_type_error(y):
    with pytest.raises(TypeError, match="y must hold integer class labels, but its entries are of type"):
        losses.softmax_cross_entropy(Z, y)


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int32, np.uint64, ">i4"])
def test_labels_may_be_integers_of_any_size(dtype):
    got = losses.softmax_cross_entropy_backward(Z, LABELS.astype(dtype))
    assert np.array_equal(got, losses.softmax_cross_entropy_backward(Z, LABELS))


# --- the slope of the leak --------------------------------------------------------------------------------


@pytest.mark.parametrize("function", [activations.leaky_relu, activations.leaky_relu_backward])
@pytest.mark.parametrize("slope", [-0.1, 2, np.nan, "1", True, None])
def test_a_slope_must_be_a_number_from_0_to_1(function, slope):
    error = TypeError if slope in ("1", True, None) else ValueError
    with pytest.raises(error, match=r"^slope "):
        call(function, slope=slope)
