"""What Value and Tensor say to what they cannot do: the operation, both shapes, and what would be right."""

import copy

import numpy as np
import pytest

import bpcourse
from bpcourse.autodiff import (
    PRIMITIVES,
    Tensor,
    concatenate,
    maximum,
    mlp_loss,
    no_grad,
    unbroadcast,
    value_and_grads,
    zero_grad,
)
from bpcourse.autodiff.words import OPERATIONS
from bpcourse.scalar import Value


@pytest.fixture
def t():
    return Tensor(np.arange(6.0).reshape(2, 3))


@pytest.fixture
def v():
    return Tensor([1.0, 2.0, 3.0])


def test_tensor_is_offered_by_the_package():
    assert bpcourse.Tensor is Tensor and "Tensor" in dir(bpcourse)


# --- data -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", ["text", ["a", "b"], None, [object()], np.array(["2020-01-01"], "M8[D]")])
def test_what_holds_no_numbers_is_no_tensor(data):
    with pytest.raises(TypeError, match="data must hold numbers, but its entries are of type"):
        Tensor(data)
    with pytest.raises(TypeError, match="data must hold numbers"):
        Tensor([1.0]) + data


def test_complex_numbers_are_no_tensor():
    with pytest.raises(TypeError, match="complex"):
        Tensor([1j])


def test_rows_of_different_lengths_are_no_tensor():
    with pytest.raises(ValueError, match="data cannot be read as an array"):
        Tensor([[1.0], [2.0, 3.0]])


def test_a_tensor_of_tensors_is_refused(t):
    with pytest.raises(TypeError, match="a Tensor already"):
        Tensor(t)
    for make in (np.asarray, Tensor, np.array):
        with pytest.raises(TypeError, match=r"would lose its graph; if that is meant, write t\.data"):
            make([t, t])


@pytest.mark.parametrize("data, want", [([1, 2], "float64"), ([True], "float64"), (np.float32(2), "float32")])
def test_whole_numbers_become_floats_and_float32_stays(data, want):
    assert Tensor(data).data.dtype == want


# --- shapes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "operation, sign",
    [(lambda a, b: a + b, "+"), (lambda a, b: a - b, "-"), (lambda a, b: a * b, "*"),
     (lambda a, b: a / b, "/"), (maximum, "maximum"), (np.add, "+")],
)  # fmt: skip
def test_shapes_that_cannot_be_broadcast_are_named_with_the_operation(operation, sign, t):
    for b in (Tensor(np.ones(4)), np.ones(4)):
        with pytest.raises(ValueError) as info:
            operation(t, b)
        assert f"shapes (2, 3) and (4,) do not fit together for {sign}: read from the" in str(info.value)


def test_a_matrix_product_names_both_shapes(t):
    for b in (t, np.ones((2, 3)), Tensor(1.0), np.ones(2)):
        with pytest.raises(ValueError, match=r"shapes \(2, 3\) and .* do not fit together for @: the left"):
            t @ b
    with pytest.raises(ValueError, match=r"shapes \(4, 4\) and \(2, 3\)"):
        np.ones((4, 4)) @ t


def test_concatenate_names_the_shapes(t, v):
    with pytest.raises(ValueError, match=r"shapes \(2, 3\) and \(3,\) do not fit together for concatenate"):
        concatenate([t, v])
    with pytest.raises(ValueError, match="concatenate"):
        concatenate([])


@pytest.mark.parametrize(
    "call, words",
    [(lambda t: t.reshape(4), "reshape is not possible for shape (2, 3): cannot reshape array of size 6"),
     (lambda t: t.sum(axis=5), "sum is not possible for shape (2, 3): axis 5 is out of bounds"),
     (lambda t: t.max(axis=2), "max is not possible for shape (2, 3): axis 2"),
     (lambda t: t.transpose(0, 0), "transpose is not possible for shape (2, 3): repeated axis"),
     (lambda t: t[:0].max(), "max is not possible for shape (0, 3): zero-size")],
)  # fmt: skip
def test_one_operand_that_does_not_fit_is_named_with_its_shape(call, words, t):
    with pytest.raises(ValueError) as info:
        call(t)
    assert words in str(info.value)


@pytest.mark.parametrize("shape", [(2,), (2, 2, 3), (3, 3)])
def test_unbroadcast_to_a_shape_that_was_never_broadcast_is_refused(shape):
    with pytest.raises(ValueError, match=r"cannot have been broadcast to shape \(2, 3\)"):
        unbroadcast(np.ones((2, 3)), shape)


# --- operations -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "call, name",
    [(lambda t: t.sin(), "'sin'"), (np.sin, "'np.sin'"), (np.var, "'np.var'"),
     (np.add.reduce, "'np.add.reduce'"), (lambda t: np.exp(t, out=np.ones((2, 3))), "'np.exp with out='"),
     (lambda t: np.ones((2, 3)) > t, "'np.greater'"), (np.linalg.norm, "'np.norm'"),
     (lambda t: np.dot(t, t), "'np.dot'")],
)  # fmt: skip
def test_an_operation_that_is_not_there_lists_those_that_are(call, name, t):
    with pytest.raises((AttributeError, TypeError)) as info:
        call(t)
    assert f"a Tensor has no operation {name}" in str(info.value)
    assert "+ - * / @ ** [] exp log" in str(info.value)


def test_a_method_that_is_not_there_is_an_attribute_error():
    assert not hasattr(Tensor(1.0), "sin") and not hasattr(Tensor(1.0), "_repr_html_")
    assert getattr(Tensor(1.0), "sin", None) is None


def test_the_list_of_operations_is_that_of_the_table():
    signs = {primitive.sign for primitive in PRIMITIVES.values()}
    assert set(OPERATIONS.split()) == signs


def test_numpys_functions_are_those_of_the_table(t, v):
    W = np.ones((3, 2))
    for got, want in [
        (np.exp(t), t.exp()), (np.add(1, t), 1 + t), (np.subtract(v, t), v - t), (W.T * t, t * W.T),
        (np.float64(2) * t, 2 * t), (np.power(t, 2), t**2), (np.sum(t, axis=1), t.sum(axis=1)),
        (np.max(t, axis=0, keepdims=True), t.max(axis=0, keepdims=True)), (W @ t, Tensor(W) @ t),
        (np.matmul(t, W), t @ W), (np.negative(t), -t), (np.reshape(t, (3, 2)), t.reshape(3, 2)),
        (np.transpose(t), t.T), (np.mean(t), t.mean()), (np.maximum(t, 2), t.maximum(2)),
        (np.concatenate([t, t], axis=1), concatenate([t, t], axis=1)), (t.transpose((1, 0)), t.T),
    ]:  # fmt: skip
        assert isinstance(got, Tensor) and got.requires_grad
        assert np.array_equal(got.data, want.data) and got.op == want.op


@pytest.mark.parametrize("call", [lambda t: t**t, lambda t: 2**t, lambda t: t ** np.ones(3), lambda t: t**"2",
                                  lambda t: np.power(2, t)])  # fmt: skip
def test_an_exponent_must_be_a_plain_number(call, t):
    with pytest.raises(TypeError, match=r"exponent of \*\* must be a plain number, got .*write \(n \* t"):
        call(t)


@pytest.mark.parametrize("key", ["tensor", "pair"])
def test_a_tensor_is_no_index(key, t, v):
    with pytest.raises(TypeError, match="cannot be an index; use whole numbers, slices, or arrays"):
        t[v if key == "tensor" else (0, v)]


def test_an_index_that_is_out_of_bounds_or_no_index_is_numpys_own_error(t):
    with pytest.raises(IndexError, match="index 5 is out of bounds for axis 0 with size 2"):
        t[5]
    with pytest.raises(IndexError, match="only integers, slices"):
        t[0.5]


def test_comparisons_and_truth_ask_for_the_data(t):
    for compare in (lambda: t > 0, lambda: t <= t, lambda: 0 < t, lambda: bool(t), lambda: not t):
        with pytest.raises(TypeError, match=r"compare numbers, such as t\.data > 0"):
            compare()


def test_entries_cannot_be_set(t):
    with pytest.raises(TypeError, match=r"set those of t\.data"):
        t[0, 0] = 5.0


def test_changing_a_leaf_in_place_is_refused_and_said_how(t):
    for change, sign in ((t.__iadd__, "+"), (t.__isub__, "-"), (t.__imul__, "*"), (t.__itruediv__, "/")):
        with pytest.raises(TypeError) as info:
            change(1.0)
        assert f"write t.data {sign}= ... for an update" in str(info.value)
    with pytest.raises(TypeError, match=r"t\.data -="):
        t -= 0.1


def test_adding_to_a_sum_makes_a_new_node(t):
    total = first = t.sum()
    total += t.mean()
    assert total.op == "+" and total.parents[0] is first
    total -= 1
    total *= 2
    total /= 4
    assert np.isclose(float(total), (15 + 2.5 - 1) * 2 / 4)
    total.backward()
    assert np.allclose(t.grad, (1 + 1 / 6) / 2)


def test_a_plain_array_is_not_changed_into_a_tensor_in_place(t):
    array = np.ones((2, 3))
    with pytest.raises(TypeError, match=r"'np\.add with out='"):
        array += t


def test_rows_can_be_looped_over_and_single_numbers_cannot(t):
    assert [row.data.tolist() for row in t] == [[0, 1, 2], [3, 4, 5]] and len(t) == 2
    with pytest.raises(TypeError):
        list(Tensor(1.0))


def test_a_number_can_be_taken_out_and_several_cannot(t):
    assert float(t.sum()) == 15 and f"{float(t.mean()):.1f}" == "2.5"
    with pytest.raises(TypeError):
        float(t)


def test_a_tensor_can_be_copied(t):
    other = copy.copy(t)
    assert other is not t and other.data is t.data


def test_a_misspelt_attribute_cannot_be_set(t):
    with pytest.raises(AttributeError):
        t.gard = 1.0


# --- backward ---------------------------------------------------------------------------------------------


def test_a_loss_must_be_a_single_number(t):
    with pytest.raises(ValueError, match=r"single number, but this Tensor has shape \(2, 3\); take its sum"):
        (t * 2).backward()


def test_backward_without_a_graph_says_why(t):
    with no_grad():
        loss = t.sum()
    for nothing in (loss, Tensor(2.0, requires_grad=False), Tensor(2.0, requires_grad=False) * 3):
        with pytest.raises(ValueError, match="no graph behind this Tensor: it was computed under no_grad"):
            nothing.backward()


def test_a_graph_that_was_freed_says_what_to_do(t):
    loss = t.sum()
    loss.backward()
    with pytest.raises(RuntimeError, match=r"freed by a backward\(\) before.*retain_graph=True"):
        loss.backward()


def test_zero_grad_takes_a_list_or_a_dict(t):
    with pytest.raises(TypeError, match=r"for a single one write zero_grad\(\[t\]\)"):
        zero_grad(t)


# --- networks ---------------------------------------------------------------------------------------------

PARAMS = {"W1": np.ones((2, 3)), "b1": np.ones(3)}


@pytest.mark.parametrize(
    "X, y, options, words",
    [(np.ones((1, 5)), [0], {}, "shapes (1, 5) and (2, 3) do not fit together for @"),
     (np.ones(2), [0], {}, "X has shape (2,); it must be a matrix"),
     (np.ones((1, 2)), [7], {}, "y[0] is 7, but the labels must be from 0 to 2"),
     (np.ones((1, 2)), [0, 1], {}, "y has shape (2,); it must be (1,)"),
     (np.ones((1, 2)), [1, 2, 3], {"loss": "mse"}, "Y has shape (3,); they must be equal"),
     (np.ones((1, 2)), [[1], [1]], {"loss": "bce"}, "the output has shape (1, 3) but Y has shape (2, 1)"),
     (np.ones((1, 2)), [0], {"loss": "hinge"}, "loss is 'hinge'; choose one of softmax, bce, mse"),
     (np.ones((1, 2)), [0], {"activation": "gelu"}, "activation is 'gelu'; choose one of identity")],
)  # fmt: skip
def test_a_network_names_what_does_not_fit(X, y, options, words):
    with pytest.raises(ValueError) as info:
        value_and_grads(lambda p: mlp_loss(p, X, y, **options), PARAMS)
    assert words in str(info.value)


def test_a_network_says_in_which_layer_shapes_do_not_fit():
    params = PARAMS | {"W2": np.ones((4, 2)), "b2": np.ones(2)}
    with pytest.raises(ValueError, match=r"\(1, 3\) and \(4, 2\)") as info:
        value_and_grads(lambda p: mlp_loss(p, np.ones((1, 2)), [0]), params)
    assert info.value.__notes__ == ["In layer 2: A1 @ W2 + b2."]


def test_a_network_without_its_bias_is_refused():
    with pytest.raises(ValueError, match=r"params holds \['W1'\]; it must hold W1, b1"):
        mlp_loss({"W1": Tensor(np.ones((2, 3)))}, np.ones((1, 2)), [0])


def test_value_and_grads_wants_a_dict_and_a_tensor_back():
    with pytest.raises(TypeError, match="params must be a dict of arrays, got list"):
        value_and_grads(lambda p: p, [1.0])
    with pytest.raises(TypeError, match=r"f must return a Tensor.*got float"):
        value_and_grads(lambda p: 3.0, {"w": np.ones(2)})
    with pytest.raises(ValueError, match="no graph behind"):
        value_and_grads(lambda p: Tensor(1.0, requires_grad=False), {"w": np.ones(2)})


def test_value_and_grads_changes_nothing_it_is_given():
    params = {"w": np.array([1.0, 2.0])}
    _, grads = value_and_grads(lambda p: p["w"].sum(), params)
    grads["w"] += 5
    assert params["w"].tolist() == [1, 2]


# --- Value ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", ["1", None, [1.0], np.ones(2), 1j, True])
def test_a_value_holds_one_number(data):
    with pytest.raises(TypeError, match="a Value holds one number, got"):
        Value(data)
    with pytest.raises(TypeError):
        Value(1.0) + data


def test_a_value_takes_numpys_numbers():
    assert Value(np.float32(0.5)).data == 0.5 and type(Value(np.int64(2)).data) is float


def test_an_exponent_of_a_value_must_be_a_number():
    with pytest.raises(TypeError, match="the exponent must be a number, got Value"):
        Value(2.0) ** Value(3.0)


def test_a_logarithm_needs_a_number_above_0():
    for x in (0.0, -1.0):
        with pytest.raises(ValueError, match="a logarithm needs a number above 0"):
            Value(x).log()


def test_dividing_by_0_is_an_error():
    with pytest.raises(ZeroDivisionError):
        Value(1.0) / Value(0.0)
