"""What the recurrent layer refuses, and in which words."""

import re

import numpy as np
import pytest

from bpcourse.recurrent import recurrent_backward, recurrent_forward

RNG = np.random.default_rng(0)
X, W_x, W_h = RNG.standard_normal((2, 4, 3)), RNG.standard_normal((3, 5)), RNG.standard_normal((5, 5))
b, H0, dH = RNG.standard_normal(5), RNG.standard_normal((2, 5)), RNG.standard_normal((2, 4, 5))
H = recurrent_forward(X, W_x, W_h, b, H0=H0)

FORWARD = {"X": X, "W_x": W_x, "W_h": W_h, "b": b, "H0": H0}
BACKWARD = {"dH": dH, "X": X, "H": H, "W_x": W_x, "W_h": W_h}
BOTH = pytest.mark.parametrize(
    "function, arguments",
    [(recurrent_forward, FORWARD), (recurrent_backward, BACKWARD)],
    ids=["forward", "backward"],
)


def says(sentence):
    return f"^{re.escape(sentence)}$"


def refuses(function, arguments, sentence, **changed):
    with pytest.raises(ValueError, match=says(sentence)):
        function(**(arguments | changed))


@BOTH
@pytest.mark.parametrize("shape", [(4, 3), (3,), (1, 2, 4, 3)])
def test_sequences_come_in_a_batch(function, arguments, shape):
    sentence = f"X has shape {shape}; it must be (n_samples, n_steps, n_in)"
    refuses(function, arguments, sentence, X=np.ones(shape))


@BOTH
@pytest.mark.parametrize("shape", [(5, 4), (4, 5), (5,), (1, 5, 5)])
def test_the_weights_between_the_units_must_be_square(function, arguments, shape):
    sentence = f"W_h has shape {shape}; it must be square, (n_units, n_units)"
    refuses(function, arguments, sentence, W_h=np.ones(shape))


@BOTH
@pytest.mark.parametrize("shape", [(5, 3), (3, 4), (2, 5), (3,), (3, 5, 1)])
def test_the_weights_of_the_inputs_must_have_a_row_for_each_and_a_column_for_each_unit(
    function, arguments, shape
):
    sentence = f"W_x has shape {shape}; it must be (3, 5), a row for each input and a column for each unit"
    refuses(function, arguments, sentence, W_x=np.ones(shape))


@pytest.mark.parametrize("shape", [(3,), (1, 5), (5, 1), ()])
def test_each_unit_has_a_bias(shape):
    sentence = f"b has shape {shape}; it must be (5,), one bias for each unit"
    refuses(recurrent_forward, FORWARD, sentence, b=np.ones(shape))


@pytest.mark.parametrize("shape", [(5,), (1, 5), (2, 4), (2, 1, 5)])
def test_each_sequence_has_a_start(shape):
    sentence = f"H0 has shape {shape}; it must be (2, 5), a state for each sequence"
    refuses(recurrent_forward, FORWARD, sentence, H0=np.ones(shape))


@pytest.mark.parametrize("shape", [(2, 5, 5), (2, 5), (1, 4, 5), (2, 4, 3)])
def test_what_reaches_the_states_has_a_number_for_each_step(shape):
    sentence = f"dH has shape {shape}; it must be (2, 4, 5)"
    refuses(recurrent_backward, BACKWARD, sentence, dH=np.ones(shape))


@pytest.mark.parametrize("shape", [(2, 4, 5), (2, 5), (1, 5, 5), (2, 5, 3)])
def test_the_states_begin_before_the_first_step(shape):
    sentence = f"H has shape {shape}; it must be (2, 5, 5)"
    refuses(recurrent_backward, BACKWARD, sentence, H=np.ones(shape))


@BOTH
@pytest.mark.parametrize("activation", ["softmax", "Tanh", "", None, 1])
def test_an_unknown_activation_is_answered_with_those_there_are(function, arguments, activation):
    choices = "identity, sigmoid, tanh, relu, leaky_relu"
    sentence = f"activation is {activation!r}; choose one of {choices}"
    refuses(function, arguments, sentence, activation=activation)


@pytest.mark.parametrize(
    "function, arguments, name",
    [(recurrent_forward, FORWARD, name) for name in FORWARD]
    + [(recurrent_backward, BACKWARD, name) for name in BACKWARD],
)
def test_what_holds_no_numbers_is_named(function, arguments, name):
    with pytest.raises(TypeError, match=f"^{name} must hold numbers, but its entries are of type <U4$"):
        function(**(arguments | {name: np.full(arguments[name].shape, "text")}))


@BOTH
def test_arguments_are_never_changed_nor_handed_back(function, arguments):
    before = {name: array.copy() for name, array in arguments.items()}
    results = function(**arguments)
    for result in results if isinstance(results, tuple) else [results]:
        result += 1
    assert all(np.array_equal(array, before[name]) for name, array in arguments.items())


@BOTH
def test_read_only_arguments_and_lists_will_do(function, arguments):
    want = function(**arguments)
    listed = function(**{name: array.tolist() for name, array in arguments.items()})
    fixed = {name: array.copy() for name, array in arguments.items()}
    for array in fixed.values():
        array.flags.writeable = False
    for other in (listed, function(**fixed)):
        pairs = zip(want, other, strict=True) if isinstance(want, tuple) else [(want, other)]
        assert all(np.array_equal(a, b) for a, b in pairs)


def test_the_start_counts_for_the_type_of_the_states():
    single = {name: array.astype(np.float32) for name, array in FORWARD.items()}
    assert recurrent_forward(**single).dtype == np.float32
    assert recurrent_forward(**(single | {"H0": H0})).dtype == np.float64
    assert recurrent_forward(**(single | {"H0": np.ones((2, 5), int)})).dtype == np.float32
    assert recurrent_forward(**(FORWARD | {"H0": 1j * H0}))[0, 0, 0] == 1j * H0[0, 0]
