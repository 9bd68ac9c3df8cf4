"""check_gradient and directional_check: verdict, worst entry, and a text that is the same everywhere."""

import numpy as np
import pytest

from bpcourse.gradcheck import check_gradient, directional_check
from bpcourse.gradcheck.report import order

X = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -3.0]])


def f(x):
    return np.sum(x**3)


def test_a_right_gradient_passes():
    report = check_gradient(f, 3 * X**2, X)
    assert report.passed is True
    assert report.error < 1e-9
    assert str(report) == "gradient passed: relative error below 1e-8"


def test_the_worst_entry_is_named_with_both_values():
    wrong = 3 * X**2
    wrong[1, 0] += 1.0
    wrong[0, 1] -= 0.5
    report = check_gradient(f, wrong, X)
    assert report.passed is False
    assert report.index == (1, 0)
    assert report.got == 7.75 and report.want == pytest.approx(6.75)
    assert "worst entry [1, 0] is 7.75, measured 6.75" in str(report)


def test_the_gradient_may_be_a_function_and_cannot_harm_the_input():
    def greedy(x):
        x *= 0
        return x

    x = X.copy()
    assert not check_gradient(f, greedy, x).passed
    assert np.array_equal(x, X)
    assert check_gradient(f, lambda x: 3 * x**2, x).passed


def test_a_part_of_a_dict_is_named():
    params = {"W": X, "b": np.array([1.0, 2.0])}
    report = check_gradient(lambda p: f(p["W"]) + f(p["b"]), {"W": 3 * X**2, "b": [3.0, 11.0]}, params)
    assert report.index == ("b", 1)
    assert "worst entry b[1] is 11, measured 12" in str(report)


def test_a_nan_fails_and_is_the_worst_entry():
    wrong = 3 * X**2
    wrong[0, 2] = np.nan
    wrong[1, 2] = 1e9
    report = check_gradient(f, wrong, X)
    assert not report.passed
    assert report.index == (0, 2)
    assert "relative error nan; worst entry [0, 2] is nan" in str(report)


def test_a_gradient_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="same shape"):
        check_gradient(f, np.ones(6), X)
    with pytest.raises(ValueError, match="shape of x"):
        directional_check(f, X, np.ones(6))


def test_an_empty_input_passes():
    assert check_gradient(lambda x: 1.0, np.zeros((0, 3)), np.zeros((0, 3))).passed


def test_one_direction_finds_a_wrong_entry_among_many():
    x = np.random.default_rng(0).standard_normal((40, 30))
    right, wrong = 3 * x**2, 3 * x**2
    wrong[17, 3] *= 2
    assert directional_check(f, x, right, random_state=1).passed
    assert not directional_check(f, x, wrong, random_state=1).passed


def test_one_direction_costs_two_calls():
    calls = []
    directional_check(lambda x: calls.append(1) or f(x), X, 3 * X**2, random_state=0)
    assert len(calls) == 2


def test_directional_check_of_dicts_and_callables():
    params = {"W": X, "b": np.array([1.0, 2.0])}
    report = directional_check(
        lambda p: f(p["W"]) + f(p["b"]), params, lambda p: {k: 3 * v**2 for k, v in p.items()}, random_state=3
    )
    assert report.passed
    assert report.index == ()
    half = {k: 1.5 * v**2 for k, v in params.items()}
    again = directional_check(lambda p: f(p["W"]) + f(p["b"]), params, half, random_state=3)
    assert again.error == pytest.approx(1 / 3, abs=1e-6)
    assert 2 * again.got == pytest.approx(again.want)


def test_the_same_seed_gives_the_same_direction():
    one, two, other = (directional_check(f, X, X, random_state=seed).got for seed in (5, 5, 6))
    assert one == two != other


def test_text_has_no_noisy_digits():
    assert [order(e) for e in (0.0, 3.1e-17, 7e-10)] == ["below 1e-8"] * 3
    assert order(4e-7) == "below 1e-6"
    assert order(0.3333333333331) == "0.33"
    assert order(float("nan")) == "nan"


def test_rounding_noise_beside_a_number_prints_as_zero():
    report = check_gradient(lambda x: np.sum((x - 1) ** 2), np.array([1.0]), np.array([1.0]))
    assert "it is" not in str(report)
    assert "worst entry [0] is 1, measured 0" in str(report)


def test_html_is_escaped():
    report = check_gradient(lambda p: f(p["<W>"]), {"<W>": X}, {"<W>": X})
    assert "&lt;W&gt;" in report._repr_html_() and "<W>" not in report._repr_html_()
    assert report._repr_html_().startswith("<p>✗")
