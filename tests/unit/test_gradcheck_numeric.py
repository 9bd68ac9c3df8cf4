"""Central differences, the complex step, the relative error: what they promise to any caller."""

import numpy as np
import pytest

from bpcourse.gradcheck import central_difference, complex_step, one_sided_difference, relative_error

METHODS = [central_difference, complex_step]
ALL = [*METHODS, one_sided_difference]


def sum_of_cubes(x):
    return np.sum(x**3)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("shape", [(), (3,), (1, 4), (2, 3, 2), (0,)])
def test_gradient_has_the_shape_of_the_input(method, shape):
    x = np.random.default_rng(0).standard_normal(shape)
    got = method(sum_of_cubes, x)
    assert got.shape == shape and got.dtype == np.float64
    assert relative_error(got, 3 * x**2) < 1e-8


def test_central_difference_shows_its_eps_squared_error():
    assert np.allclose(
        central_difference(sum_of_cubes, [1.0, 2.0], eps=0.1), [3.01, 12.01], rtol=0, atol=1e-12
    )


def test_one_sided_difference_has_an_error_that_falls_with_eps_only():
    errors = [one_sided_difference(sum_of_cubes, [1.0, 2.0], eps) - [3.0, 12.0] for eps in (1e-2, 1e-3)]
    assert np.allclose(errors[0], [0.0301, 0.0601], rtol=0, atol=1e-9)
    assert np.allclose(errors[0] / errors[1], 10, rtol=0.01)


@pytest.mark.parametrize("shape", [(), (3,), (2, 3, 2), (0,)])
def test_one_sided_difference_measures_every_entry_from_the_same_point(shape):
    x = np.random.default_rng(3).standard_normal(shape)
    got = one_sided_difference(lambda x: np.sum(x**3) + np.sum(x) ** 2, x)
    assert got.shape == shape and got.dtype == np.float64
    assert relative_error(got, 3 * x**2 + 2 * np.sum(x)) < 1e-6


def test_one_sided_difference_takes_dicts_and_integers():
    got = one_sided_difference(lambda p: np.sum(p["W"] ** 2) * p["b"], {"W": np.array([1, 2]), "b": 3})
    assert relative_error(got, {"W": [6.0, 12.0], "b": 5.0}) < 1e-6


def test_complex_step_has_no_rounding_error_to_speak_of():
    x = np.random.default_rng(1).standard_normal(9)
    assert (
        relative_error(
            complex_step(lambda x: np.sum(np.exp(x) * np.sin(x)), x), np.exp(x) * (np.sin(x) + np.cos(x))
        )
        < 1e-15
    )


@pytest.mark.parametrize("method", METHODS)
def test_integers_are_nudged_as_floats(method):
    got = method(sum_of_cubes, np.array([2, -1, 0, 3]))
    assert np.allclose(got, [12, 3, 0, 27], atol=1e-8)


@pytest.mark.parametrize("dtype", [np.float32, bool, np.int8])
def test_short_types_are_measured_in_float64(dtype):
    seen = []
    central_difference(lambda x: seen.append(x.dtype) or np.sum(x), np.ones(2, dtype))
    assert set(seen) == {np.dtype(np.float64)}


@pytest.mark.parametrize("method", ALL)
def test_input_is_the_same_to_the_last_bit(method):
    x = np.random.default_rng(2).standard_normal((3, 4)) * 1e3
    before = x.copy()
    method(sum_of_cubes, x)
    assert x.tobytes() == before.tobytes()


def test_every_entry_is_put_back_before_the_next_is_nudged():
    x, seen = np.array([0.1, 0.7, 1e5]), []
    central_difference(lambda x: seen.append(x.copy()) or np.sum(x), x, eps=1e-5)
    for i, (up, down) in enumerate(zip(seen[::2], seen[1::2], strict=True)):
        others = np.arange(3) != i
        assert np.array_equal(up[others], x[others]) and np.array_equal(down[others], x[others])


@pytest.mark.parametrize("method", METHODS)
def test_read_only_and_strided_inputs_are_fine(method):
    x = np.broadcast_to(np.array([1.0, 2.0]), (3, 2))
    assert np.allclose(method(sum_of_cubes, x), 3 * x**2)
    assert np.allclose(method(sum_of_cubes, np.arange(10.0)[::3]), 3 * np.arange(10.0)[::3] ** 2)


@pytest.mark.parametrize("method", METHODS)
def test_a_dict_of_parameters_gives_a_dict_of_gradients(method):
    params = {"W": np.array([[1.0, 2.0]]), "b": np.array([3.0])}
    got = method(lambda p: np.sum(p["W"] ** 2) * p["b"][0], params)
    assert list(got) == ["W", "b"]
    assert relative_error(got, {"W": [[6.0, 12.0]], "b": [5.0]}) < 1e-9
    assert np.array_equal(params["W"], [[1.0, 2.0]])


@pytest.mark.parametrize("method", ALL)
@pytest.mark.parametrize(
    "x", [np.array(["a"]), np.array([1, None]), np.array([1j]), np.array(["2024-01-01"], "M8[D]")]
)
def test_inputs_that_are_not_real_numbers_are_refused(method, x):
    with pytest.raises(TypeError, match=r"x must hold (real )?numbers, but its entries are of type"):
        method(lambda x: 0.0, x)


@pytest.mark.parametrize("method", ALL)
def test_a_function_that_returns_an_array_is_refused_with_its_shape(method):
    with pytest.raises(ValueError, match=r"f\(x\) must be one number, but it has shape \(2,\)"):
        method(lambda x: x, [1.0, 2.0])


@pytest.mark.parametrize("value", [None, "0.5", [1.0, None]])
def test_a_function_that_returns_no_number_is_refused(value):
    with pytest.raises(TypeError, match=r"f\(x\) must be one number"):
        central_difference(lambda x: value, [1.0])


def test_a_number_wrapped_in_an_array_counts_as_one_number():
    assert np.allclose(central_difference(lambda x: (x @ x).reshape(1, 1), [1.0, 2.0]), [2.0, 4.0])


def test_central_difference_refuses_a_complex_value():
    with pytest.raises(TypeError, match="must be a real number"):
        central_difference(lambda x: 1j * np.sum(x), [1.0])


@pytest.mark.parametrize(
    "f", [lambda x: np.sum(np.abs(x)), lambda x: np.linalg.norm(x), lambda x: x.real.sum()]
)
def test_complex_step_says_so_when_the_imaginary_part_is_dropped(f):
    with pytest.raises(TypeError, match="drops the imaginary part"):
        complex_step(f, [1.0, 2.0])


@pytest.mark.parametrize("step", [0.0, -1e-5, np.nan, np.inf])
def test_a_step_must_be_positive(step):
    with pytest.raises(ValueError, match="eps must be a positive number"):
        central_difference(sum_of_cubes, [1.0], eps=step)
    with pytest.raises(ValueError, match="eps must be a positive number"):
        one_sided_difference(sum_of_cubes, [1.0], eps=step)
    with pytest.raises(ValueError, match="h must be a positive number"):
        complex_step(sum_of_cubes, [1.0], h=step)


@pytest.mark.parametrize(
    "a, b, want",
    [
        ([2.0], [1.0], 1 / 3),
        ([3.0, 4.0], [0.0, 0.0], 1.0),
        ([0.0], [0.0], 0.0),
        ([], [], 0.0),
        ([1.0, -2.0], [-1.0, 2.0], 1.0),
        ([[1.0, 0.0], [0.0, 1.0]], [[0.0, 0.0], [0.0, 0.0]], 1.0),
        ([1e-9], [2e-9], 1 / 3),
        ([1e-300], [2e-300], 1 / 3),
        ([1e300], [2e300], 1 / 3),
        (2, 1, 1 / 3),
    ],
)
def test_relative_error_measures_by_the_size_of_the_gradients(a, b, want):
    assert relative_error(a, b) == pytest.approx(want, abs=1e-15)


def test_relative_error_of_a_matrix_uses_all_entries():
    a, b = np.array([[3.0, 0.0], [0.0, 4.0]]), np.zeros((2, 2))
    a2 = np.array([[3.0, 1.0], [0.0, 4.0]])
    assert relative_error(a, b) == 1.0
    assert relative_error(a2, a) == pytest.approx(1 / (np.sqrt(26) + 5))


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_no_threshold_accepts_a_relative_error_with_nan_or_infinity(bad):
    for a, b in [([1.0, bad], [1.0, 2.0]), ([1.0, 2.0], [1.0, bad]), ([bad, 1.0], [bad, 1.0])]:
        assert not relative_error(a, b) <= 1.0


def test_relative_error_of_dicts_treats_all_parts_as_one_vector():
    a, b = {"W": [3.0], "b": [[4.0]]}, {"b": [[0.0]], "W": [0.0]}
    assert relative_error(a, b) == 1.0
    assert relative_error(a, {"W": [3.0], "b": [[0.0]]}) == pytest.approx(4 / 8)
    assert relative_error({}, {}) == 0.0


def test_relative_error_refuses_different_shapes_and_keys():
    with pytest.raises(ValueError, match=r"a has \(2,\) and b has \(2, 1\)"):
        relative_error([1.0, 2.0], [[1.0], [2.0]])
    for other in ({"b": 1.0}, 1.0):
        with pytest.raises(ValueError, match="same keys"):
            relative_error({"W": 1.0}, other)
