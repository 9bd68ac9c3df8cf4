"""The gradient doctor: every fault planted in a hand-written two-layer network is named in words."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpcourse import buggy
from bpcourse.gradcheck import diagnose

N, D, H, C = 7, 4, 5, 3
RNG = np.random.default_rng(1)
X, T = RNG.standard_normal((N, D)), RNG.random((N, C))
W1, b1 = RNG.standard_normal((D, H)), RNG.standard_normal(H)
W2, b2 = RNG.standard_normal((H, C)), RNG.standard_normal(C)
INPUTS = (X, W1, b1, W2, b2)
NAMES = ("X", "W1", "b1", "W2", "b2")


def sigmoid(Z):
    return 1 / (1 + np.exp(-Z))


def loss(X, W1, b1, W2, b2):
    return np.sum((sigmoid(np.tanh(X @ W1 + b1) @ W2 + b2) - T) ** 2) / len(X)


def backward(**faults):
    """A hand-written backward pass; a fault replaces a delta, or changes the gradient of an argument."""

    def gradient(X, W1, b1, W2, b2):
        A1 = np.tanh(X @ W1 + b1)
        A2 = sigmoid(A1 @ W2 + b2)
        d2 = faults.get("d2", lambda A2: 2 * (A2 - T) / N * A2 * (1 - A2))(A2)
        d1 = faults.get("d1", lambda d2, A1: (d2 @ W2.T) * (1 - A1**2))(d2, A1)
        grads = {"X": d1 @ W1.T, "W1": X.T @ d1, "b1": d1.sum(axis=0), "W2": A1.T @ d2, "b2": d2.sum(axis=0)}
        return tuple(faults.get(name, lambda g, d1, d2: g)(grads[name], d1, d2) for name in NAMES)

    return gradient


def plant(**faults):
    return diagnose(loss, backward(**faults), *INPUTS)


def finding(diagnosis, name):
    return next(f for f in diagnosis.findings if f.name == name)


def test_a_right_backward_pass_is_right():
    found = plant()
    assert found.ok and found.worst is None
    assert str(found) == (
        "X, W1, b1, W2 and b2 are right.\n"
        "✓ X, W1, b1, W2, b2: right, in agreement with the complex step, relative error below 1e-8."
    )


FOR_ALL = {
    "the negative of the measured one": lambda A2: -2 * (A2 - T) / N * A2 * (1 - A2),
    "half of the measured one": lambda A2: (A2 - T) / N * A2 * (1 - A2),
    "twice the measured one": lambda A2: 4 * (A2 - T) / N * A2 * (1 - A2),
    "a quarter of the measured one": lambda A2: (A2 - T) / (2 * N) * A2 * (1 - A2),
    "7 times the measured one, in every entry, and 7 is len(X)": lambda A2: 2 * (A2 - T) * A2 * (1 - A2),
    "1/7 of the measured one, in every entry, and 7 is len(X)": lambda A2: (
        2 * (A2 - T) / N**2 * A2 * (1 - A2)
    ),
    "7/2 times the measured one": lambda A2: (A2 - T) * A2 * (1 - A2),
    "minus 7/2 times the measured one": lambda A2: (T - A2) * A2 * (1 - A2),
    "1/3 of the measured one, in every entry, and 3 is": lambda A2: 2 * (A2 - T) / (N * C) * A2 * (1 - A2),
}


@pytest.mark.parametrize("words", FOR_ALL)
def test_a_factor_of_all_gradients_is_said_once(words):
    found = plant(d2=FOR_ALL[words])
    assert not found.ok
    assert str(found).count(words) == 1
    assert f"✗ X, W1, b1, W2, b2: your gradient is exactly {words}" in str(found)
    assert "off by the same factor: look at the slope that the backward pass computes first" in found.summary


def test_a_sign_is_said_to_climb():
    found = plant(d2=FOR_ALL["the negative of the measured one"])
    assert {f.kind for f in found.findings} == {"sign"}
    assert "a step would climb" in found.findings[0].text


FOR_ONE = [
    ("b1", "factor", "averaged where a sum belongs", lambda g, d1, d2: d1.mean(axis=0)),
    ("b1", "not summed", "shape (7, 5), one row for each example, where b1 has", lambda g, d1, d2: d1),
    ("b2", "shape", "the numbers are right, the shape is not. Yours has shape (1, 3)", lambda g, *_: g[None]),
    ("b1", "one number", "the sum of all 5 slopes", lambda g, d1, d2: d1.sum()),
    ("b1", "one number", "the sum of all 5 slopes", lambda g, d1, d2: np.full(H, d1.sum())),
    ("b1", "wrong axis", "summed over the wrong axis. Yours has shape (7,)", lambda g, d1, _: d1.sum(axis=1)),
    ("W1", "transposed", "transpose of the measured one: rows and columns are exchanged", lambda g, *_: g.T),
    ("W1", "swapped", "this is the gradient of X", lambda g, d1, d2: d1 @ W1.T),
    ("W2", "zero", "your gradient is 0 everywhere, but f does react", lambda g, d1, d2: 0 * g),
    ("W1", "factor", "5 times the measured one, in every entry, and 5 is W1.shape[1]", lambda g, *_: 5 * g),
    ("W1", "factor", "exactly 1.5 times the measured one", lambda g, d1, d2: 1.5 * g),
    ("W1", "factor", "1/13 of the measured one, in every entry. If 13 is the number", lambda g, *_: g / 13),
    ("W1", "factor", "minus 13 times the measured one", lambda g, d1, d2: -13 * g),
    ("W1", "factor", "minus twice the measured one, in every entry: the sign is", lambda g, *_: -2 * g),
    ("W1", "some entries", "right everywhere but in row 2", lambda g, d1, d2: g * [[1], [1], [2], [1]]),
    ("W1", "some entries", "right everywhere but in column 3", lambda g, d1, d2: g * [1, 1, 1, 2, 1]),
    ("b1", "some entries", "right in all entries but one", lambda g, d1, d2: g + np.eye(5)[4]),
    ("W1", "some entries", "right in 16 of 20 entries", lambda g, *_: g * (1 + np.eye(4, 5))),
    ("W2", "nan", "1 of 15 entries is nan (not a number), the first at [2, 1]",
     lambda g, d1, d2: np.where(np.arange(15).reshape(5, 3) == 7, np.nan, g)),
    ("W2", "nan", "15 of 15 entries are infinite", lambda g, d1, d2: g * np.inf),
    ("X", "shape", "Yours has shape (7, 5), X has shape (7, 4)", lambda g, d1, d2: d1),
    ("W1", "shape", "must hold real numbers, but it is a str", lambda g, d1, d2: "dW1"),
    ("W1", "shape", "must hold real numbers, but it is of type complex128", lambda g, d1, d2: g + 1j),
]  # fmt: skip


@pytest.mark.parametrize("name, kind, words, fault", FOR_ONE, ids=[f"{row[0]}-{row[1]}" for row in FOR_ONE])
def test_a_fault_in_one_argument_is_named_and_the_others_are_right(name, kind, words, fault):
    found = plant(**{name: fault})
    assert not found.ok
    assert [f.name for f in found.findings if not f.ok] == [name]
    assert finding(found, name).kind == kind
    assert words in finding(found, name).text
    assert found.summary.startswith(f"{name} is off; ")
    assert found.worst is finding(found, name)


def test_a_transposed_square_matrix_is_named():
    A = RNG.standard_normal((4, 4))
    found = diagnose(lambda A: np.sum(X @ A * (X @ A)), lambda A: 2 * (X @ A).T @ X, A)
    assert finding(found, "A").kind == "transposed"


def test_a_sum_over_the_wrong_axis_of_a_square_delta_is_named():
    Z = RNG.standard_normal((5, 5))
    found = diagnose(lambda b: np.sum((Z + b) ** 2), lambda b: 2 * (Z + b).sum(axis=1), b1)
    assert finding(found, "b").kind == "wrong axis"


@pytest.mark.parametrize(
    "d1", [lambda d2, A1: d2 @ W2.T, lambda d2, A1: (d2 @ W2.T) * (1 - A1)], ids=["slope missing", "1 - a"]
)
def test_a_fault_in_the_hidden_slope_shows_in_what_lies_before_it(d1):
    found = plant(d1=d1)
    assert found.summary.startswith("X, W1 and b1 are off; W2 and b2 are right.")
    assert found.summary.endswith("Look for a step that the former share and the latter do not need.")
    assert {finding(found, name).kind for name in ("X", "W1", "b1")} == {"direction"}
    assert "no simple factor explains it" in finding(found, "W1").text
    assert "It is furthest off at [" in finding(found, "W1").text


def test_a_nearly_right_direction_is_called_dangerous():
    found = plant(W1=lambda g, d1, d2: g + 0.1 * np.abs(g).max() * np.sign(g))
    assert "a falling loss would not show the fault" in finding(found, "W1").text


def test_the_worst_finding_is_the_one_with_the_largest_error():
    found = plant(W1=lambda g, d1, d2: g / 2, b2=lambda g, d1, d2: -g)
    assert found.worst.name == "b2"
    assert found.worst.error == pytest.approx(1.0)
    found = plant(W1=lambda g, d1, d2: g.T, b2=lambda g, d1, d2: -g)
    assert found.worst.name == "W1"


def test_the_worst_entry_has_its_place_and_both_values():
    wrong = finding(plant(b1=lambda g, d1, d2: g + np.array([0, 0, 1.0, 0, 0])), "b1")
    assert wrong.index == (2,)
    assert wrong.got - wrong.want == pytest.approx(1.0)


PARAMS = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def of_buggy(name, n=N, **keywords):
    def f(params):
        return buggy.two_layer_loss(X[:n], T[:n], params)

    return diagnose(f, lambda params: getattr(buggy, name)(X[:n], T[:n], params), PARAMS, **keywords)


@pytest.mark.parametrize("name", [name for name in buggy.FAULTS if name not in buggy.SUSPECTS])
def test_the_doctor_finds_every_planted_bug_in_a_dict_of_parameters(name):
    assert of_buggy(name).ok == (buggy.FAULTS[name] is None)


@pytest.mark.parametrize(
    "name, words",
    [
        ("bias_averaged", "Only the biases are off; W1 and W2 are right."),
        ("bias_frozen", "✗ b1, b2: your gradient is 0 everywhere"),
        (
            "batch_size_twice",
            "✗ W1, b1: your gradient is exactly 1/7 of the measured one, in every entry, and 7 is N",
        ),
        ("article_direction", "minus 7/2 times the measured one, in every entry, and 7 is N"),
        ("one_number_for_hidden_biases", "✗ b1: one number, the sum of all 5 slopes"),
    ],
)
def test_a_batch_that_f_holds_is_named_by_its_size(name, words):
    assert words in str(of_buggy(name, sizes={"N": N}))


def test_a_size_that_nobody_gave_is_a_guess():
    found = diagnose(lambda W: np.sum((X @ W) ** 2) / N, lambda W: 2 * X.T @ (X @ W), W1)
    assert "exactly 7 times the measured one, in every entry. If 7 is the number of examples N" in str(found)


def test_equal_sizes_are_told_to_be_made_different():
    x = RNG.standard_normal((2, 3))
    found = diagnose(lambda x: np.sum(x**2) / len(x), lambda x: 2 * x, x)
    assert "twice the measured one" in str(found)
    assert "Here len(x) is the same number: inputs whose sizes all differ tell them apart" in str(found)


@pytest.mark.parametrize("name", ["bias_averaged", "batch_size_missing", "batch_size_twice"])
def test_with_one_example_a_batch_size_does_not_show_and_the_doctor_says_so(name):
    found = of_buggy(name, n=1, sizes={"N": 1})
    assert found.ok
    assert "With one example a missing or doubled 1/N does not show. Compare on a batch as well." in str(
        found
    )
    assert "1/N" not in str(of_buggy("two_layer_backward", sizes={"N": N}))


def test_the_first_input_with_one_row_is_noticed():
    found = diagnose(lambda X: np.sum(X**2) / len(X), lambda X: 2 * X, X[:1])
    assert "len(X) is 1: if that is the number of examples" in found.remark


def test_zeros_that_hide_bugs_are_noticed():
    found = diagnose(loss, backward(d1=lambda d2, A1: d2 @ W2.T * 0), X, W1, b1, 0 * W2, b2)
    assert found.ok
    assert finding(found, "W1").kind == "zero slopes"
    assert "All slopes are 0 at these inputs, so this says little" in str(found)


# --- where the witness itself has to be doubted ---------------------------------------------------------

Z = np.array([[0.5, -1.0, 2.0], [-0.25, 1.5, -3.0]])


def relu_sum(Z):
    return np.sum(np.maximum(Z, 0) * np.array([1.0, 2.0, 3.0]))


def relu_slopes(Z):
    return (Z > 0) * np.array([1.0, 2.0, 3.0])


def test_a_fault_for_negative_inputs_only_is_named():
    found = diagnose(relu_sum, lambda Z: (Z < 9) * np.array([1.0, 2.0, 3.0]), Z)
    assert finding(found, "Z").kind == "negative inputs"
    assert "only wrong where Z is negative (3 of 3 such entries)" in str(found)


def test_a_corner_is_no_bug():
    at_corner = Z.copy()
    at_corner[0, 1] = 0.0
    found = diagnose(relu_sum, relu_slopes, at_corner)
    assert found.ok
    assert finding(found, "Z").kind == "corner"
    assert "At Z[0, 1] f has a corner: its slope is 0 on one side and 2 on the other." in str(found)
    assert "that is no bug" in str(found)


def test_a_corner_in_a_hidden_layer_is_no_bug():
    def f(b):
        return np.sum(np.maximum(X * 0 + b, 0) ** 1 * X**2)

    found = diagnose(f, lambda b: (X**2).sum(axis=0) * (b > 0), np.array([1.0, 0.0, -1.0, 2.0]))
    assert found.ok
    assert "At b[1] f has a corner" in str(found)


def test_a_slope_outside_the_two_of_a_corner_is_a_bug():
    at_corner = Z.copy()
    at_corner[0, 1] = 0.0
    found = diagnose(relu_sum, lambda Z: relu_slopes(Z) + 9 * (Z == 0), at_corner)
    assert not found.ok
    assert "At Z[0, 1] f has a corner" in str(found)


def test_a_bug_beside_a_corner_is_still_a_bug():
    at_corner = Z.copy()
    at_corner[0, 1] = 0.0
    assert not diagnose(relu_sum, lambda Z: -relu_slopes(Z), at_corner).ok


def test_a_function_that_the_complex_step_cannot_take_is_judged_by_differences():
    found = diagnose(lambda Z: np.sum(np.abs(Z) ** 3), lambda Z: 3 * Z * np.abs(Z), Z)
    assert found.ok
    assert "in agreement with central differences, relative error below 1e-8" in str(found)
    assert not diagnose(lambda Z: np.sum(np.abs(Z) ** 3), lambda Z: 3 * Z**2, Z).ok


def test_the_complex_step_is_not_believed_where_it_drops_a_path():
    """np.var of complex numbers is real, so the complex step would take the variance for a constant."""
    x = RNG.standard_normal(6)

    def f(x):
        return np.sum(x**3) / np.var(x)

    constant = 3 * x**2 / np.var(x)
    assert not diagnose(f, lambda x: constant, x).ok
    assert diagnose(f, lambda x: constant - np.sum(x**3) / np.var(x) ** 2 * 2 * (x - x.mean()) / 6, x).ok


@pytest.mark.parametrize("inner", [lambda x: x, np.abs], ids=["analytic", "not analytic"])
def test_too_coarse_a_step_is_noticed_and_refined(inner):
    x = np.array([0.3, 0.4])
    found = diagnose(lambda x: np.sum(np.sin(1e5 * inner(x))), lambda x: 1e5 * np.cos(1e5 * x), x)
    assert found.ok
    assert finding(found, "x").kind == "coarse"
    assert "A step of 1e-5 is too coarse for central differences here" in str(found)
    assert not diagnose(lambda x: np.sum(np.sin(1e5 * inner(x))), lambda x: 2e5 * np.cos(1e5 * x), x).ok


def test_a_function_with_few_digits_is_not_judged():
    def f(x):
        return float(np.sum(x.real.astype(np.float32) ** 2))

    found = diagnose(f, lambda x: 2 * x, np.array([0.3, 0.4]))
    assert not found.ok
    assert found.summary == "x cannot be judged."
    assert "do not settle as the step shrinks from 1e-5 to 1e-8. f may be computed in float32" in str(found)


def test_a_function_that_is_nan_beside_the_point_is_not_judged():
    found = diagnose(lambda x: np.sum(np.sqrt(np.abs(x) * np.sign(x))), lambda x: x, np.array([1e-12, 1.0]))
    assert not found.ok


def test_an_argument_that_f_ignores_is_noticed():
    found = diagnose(lambda A, B: np.sum(A**2), lambda A, B: (2 * A, B), W1, W2)
    assert finding(found, "B").kind == "no reaction"
    assert "f does not react to this argument at these inputs" in str(found)


# --- calls that go wrong --------------------------------------------------------------------------------


def test_a_gradient_that_raises_is_quoted_with_its_line():
    def gradient(W, b):
        nothing = np.ones((2, 3))
        return nothing @ W, b

    found = diagnose(lambda W, b: np.sum(W) + np.sum(b), gradient, np.ones((2, 2)), np.ones(2))
    assert not found.ok
    assert "your gradient stopped with ValueError" in str(found)
    assert "at the line `return nothing @ W, b`" in str(found)
    assert found.summary == "Nothing was compared."


def raising(x):
    raise RuntimeError("no data")


class Unsteady:
    calls = 0

    def __call__(self, x):
        self.calls += 1
        return self.calls * np.sum(x)


def changes(x):
    x *= 2
    return np.sum(x)


@pytest.mark.parametrize(
    "f, words",
    [
        (raising, "f stopped with RuntimeError: no data at the line `raise RuntimeError"),
        (lambda x: x, "f must return one real number, the loss, but it returned an array of shape (3,)"),
        (lambda x: None, "f must return one real number, the loss, but it returned a value of type object"),
        (lambda x: np.float32(np.sum(x)), "f returned a float32, whose digits are too few"),
        (lambda x: 1j, "but it returned a value of type complex128"),
        (lambda x: np.sum(x) * np.nan, "f returned nan at these inputs"),
        (lambda x: np.log(np.sum(0 * x)), "f returned -inf at these inputs"),
        (Unsteady(), "f returned two different numbers for the same inputs. Are there random numbers inside"),
        (changes, "f changes its input x: after the call it holds other numbers than before"),
    ],
)
def test_a_function_that_cannot_be_measured_is_described(f, words):
    found = diagnose(f, lambda x: x, np.array([1.0, 2.0, 3.0]), names=["x"])
    assert not found.ok
    assert words in str(found)
    assert found.summary == "Nothing was compared."


def test_a_gradient_that_changes_its_input_is_told_so_and_still_compared():
    def gradient(x):
        x *= 2
        return x

    found = diagnose(lambda x: np.sum(x**2), gradient, b1)
    assert not found.ok
    assert "your gradient changes its input x" in str(found)
    assert found.summary == "x is right; the call itself is not."


@pytest.mark.parametrize(
    "result, words",
    [
        ((W1,), "returned 1 parts for 2 inputs (W, b)"),
        (W1, "returned one ndarray for 2 inputs (W, b)"),
        (None, "returned one NoneType for 2 inputs"),
        ({"dW": W1}, "returned no part called b"),
        ({}, "returned no part called W, b"),
    ],
)
def test_missing_parts_are_named(result, words):
    found = diagnose(lambda W, b: np.sum(W) + np.sum(b), lambda W, b: result, W1, b1)
    assert not found.ok
    assert words in str(found)


def test_keys_of_a_dict_must_agree():
    for wrong in ({"W": W1}, W1):
        found = diagnose(
            lambda p, c: np.sum(p["W"]) * c, lambda p, c, g=wrong: (g, None), {"W": W1, "b": b1}, 2.0
        )
        assert "p is a dict with the keys W, b; its gradient must be one with the same keys" in str(found)


def test_a_fault_when_nudged_is_not_an_error():
    y = np.array([0, 2, 1])
    found = diagnose(lambda Z, y: np.sum(Z[y] ** 2), lambda Z, y: (2 * Z, y), RNG.standard_normal((3, 2)), y)
    assert finding(found, "Z").ok
    assert "That was when y was nudged" in finding(found, "y").text
    assert "return None for its gradient" in finding(found, "y").text


# --- what may come in -------------------------------------------------------------------------------------


def test_none_stands_for_an_input_that_needs_no_gradient():
    y = np.array([0, 1, 2, 0, 1, 2, 1])

    def f(Z, y):
        return -np.mean(np.log(buggy.softmax(Z)[np.arange(len(y)), y]))

    logits = RNG.standard_normal((7, 3))
    found = diagnose(f, lambda Z, y: (buggy.softmax_cross_entropy_backward(Z, y), None), logits, y)
    assert found.ok
    assert finding(found, "y").kind == "skipped"


def test_gradients_may_come_as_a_dict_with_a_d_in_front():
    found = diagnose(
        loss, lambda *a: {f"d{n}": g for n, g in zip(NAMES, backward()(*a), strict=True)}, *INPUTS
    )
    assert found.ok


@pytest.mark.parametrize("x", [3.0, 3, np.float32(1.5), [1, 2, 3], np.ones((2, 2), np.float32) / 3, True])
def test_numbers_lists_integers_and_float32_are_fine(x):
    assert diagnose(lambda x: np.sum(x**2.0), lambda x: 2.0 * x, x).ok


def test_other_arguments_are_passed_on_untouched():
    found = diagnose(
        lambda x, how: np.sum(x**2 if how == "square" else x), lambda x, how: (2 * x, None), b1, "square"
    )
    assert found.ok


def test_names_come_from_f_or_from_the_caller():
    assert [f.name for f in plant().findings] == list(NAMES)
    found = diagnose(lambda *a: np.sum(a[0] * a[1]), lambda a, b: (b, a), b1, b1 + 1)
    assert [f.name for f in found.findings] == ["input 1", "input 2"]
    assert [f.name for f in diagnose(loss, backward(), *INPUTS, names="abcde").findings] == list("abcde")
    with pytest.raises(ValueError, match="names holds 1 names for 5 inputs"):
        diagnose(loss, backward(), *INPUTS, names=["X"])


def test_the_inputs_are_not_changed():
    before = [a.copy() for a in INPUTS]
    diagnose(loss, backward(), *INPUTS)
    assert all(np.array_equal(a, b) for a, b in zip(INPUTS, before, strict=True))


def test_the_text_does_not_depend_on_the_last_digits():
    def another_order(X, W1, b1, W2, b2):
        Z1 = np.einsum("nd,dh->nh", X, W1) + b1
        A2 = 0.5 * (1 + np.tanh(0.5 * (np.einsum("nh,hc->nc", np.tanh(Z1), W2) + b2)))
        return np.mean(np.sum(np.square(T - A2), axis=1))

    for faults in ({}, {"d1": lambda d2, A1: d2 @ W2.T}, {"b1": lambda g, d1, d2: d1.mean(axis=0)}):
        assert str(diagnose(another_order, backward(**faults), *INPUTS)) == str(plant(**faults))


def test_html_has_the_same_words_escaped():
    found = diagnose(lambda x: np.sum(x**2), lambda x: x, b1, names=["<b>"])
    assert "&lt;b&gt;" in found._repr_html_() and "<b>" not in found._repr_html_()
    assert "half of the measured one" in found._repr_html_()
    assert repr(found) == str(found)


@settings(derandomize=True, deadline=None, max_examples=25)
@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5), st.integers(0, 99))
def test_a_right_affine_backward_is_right_for_all_shapes(n, d, h, seed):
    rng = np.random.default_rng(seed)
    G = rng.standard_normal((n, h))
    inputs = rng.standard_normal((n, d)), rng.standard_normal((d, h)), rng.standard_normal(h)
    found = diagnose(
        lambda X, W, b: np.sum(G * (X @ W + b) ** 2 / 2),
        lambda X, W, b: ((dZ := G * (X @ W + b)) @ W.T, X.T @ dZ, dZ.sum(axis=0)),
        *inputs,
    )
    assert found.ok, str(found)


def test_one_wrong_number_has_no_direction():
    found = diagnose(lambda x: x**2, lambda x: 3 * x, 2.0)
    assert "✗ x: your gradient is another number than the measured one. Yours is 6, measured 4." in str(found)


def test_a_corner_alone_is_judged_too():
    assert diagnose(lambda x: np.maximum(x, 0.0), lambda x: 0.0 * x, 0.0).ok
    assert not diagnose(lambda x: np.maximum(x, 0.0), lambda x: 0.0 * x - 1, 0.0).ok


def test_rows_of_different_lengths_are_no_gradient():
    found = diagnose(lambda W: np.sum(W), lambda W: [[1.0], [1.0, 1.0]], W1)
    assert "must hold real numbers, but it is a list" in str(found)
