"""Every primitive of Tensor: the gradient of each operand, against HIPS autograd and central differences."""

from types import SimpleNamespace

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import ANALYTIC, DIFFERENCES, draws, off_the_kink

from bpcourse.autodiff import PRIMITIVES, Tensor, concatenate, maximum, no_grad, unbroadcast
from bpcourse.gradcheck import central_difference, relative_error

#: The functions of a formula, for Tensors and, written once more, for autograd.
OURS = SimpleNamespace(
    exp=np.exp, log=np.log, sqrt=np.sqrt, tanh=np.tanh, sigmoid=Tensor.sigmoid, relu=Tensor.relu,
    softplus=Tensor.softplus, logsumexp=Tensor.logsumexp, maximum=maximum, sum=np.sum, mean=np.mean,
    max=np.max, reshape=np.reshape, transpose=np.transpose, concatenate=concatenate,
)  # fmt: skip
THEIRS = SimpleNamespace(
    exp=anp.exp, log=anp.log, sqrt=anp.sqrt, tanh=anp.tanh, sigmoid=lambda a: 1 / (1 + anp.exp(-a)),
    relu=lambda a: a * (a > 0), softplus=lambda a: anp.log(1 + anp.exp(a)),
    logsumexp=lambda a, axis=None, keepdims=False: anp.log(anp.sum(anp.exp(a), axis=axis, keepdims=keepdims)),
    maximum=anp.maximum, sum=anp.sum, mean=anp.mean, max=anp.max, reshape=anp.reshape,
    transpose=lambda a, axes: anp.transpose(a, np.mod(axes, a.ndim)),  # its own gradient minds the sign
    concatenate=anp.concatenate,
)  # fmt: skip
ROWS, COLUMNS = np.array([0, 2, 2, 1]), np.array([1, 0, 0, 3])

#: Formulas of functions f and operands of these shapes; together they go through every rule.
CASES = {
    "a + b": (lambda f, a, b: a + b, (3, 4), (3, 4)),
    "a + row": (lambda f, a, b: a + b, (3, 4), (4,)),
    "column + row": (lambda f, a, b: a + b, (3, 1), (1, 4)),
    "number + a": (lambda f, a: 2 + a, (3, 4)),
    "a - b": (lambda f, a, b: a - b, (3, 4), (3, 1)),
    "1 - a": (lambda f, a: 1 - a, (3, 4)),
    "a * b": (lambda f, a, b: a * b, (3, 4), (4,)),
    "number * a": (lambda f, a: 0.5 * a, (3, 4)),
    "a * a": (lambda f, a: a * a, (3, 4)),
    "a / b": (lambda f, a, b: a / (b * b + 1), (3, 4), (3, 1)),
    "1 / a": (lambda f, a: 1 / (a * a + 1), (3, 4)),
    "a / number": (lambda f, a: a / 4, (3, 4)),
    "-a": (lambda f, a: -a, (3, 4)),
    "a ** 2": (lambda f, a: a**2, (3, 4)),
    "a ** 3": (lambda f, a: a**3, (3, 4)),
    "a ** 0": (lambda f, a: a**0 * a, (3, 4)),
    "a ** -1.5": (lambda f, a: (a * a + 1) ** -1.5, (3, 4)),
    "a @ b": (lambda f, a, b: a @ b, (3, 4), (4, 2)),
    "vector @ b": (lambda f, a, b: a @ b, (4,), (4, 2)),
    "a @ vector": (lambda f, a, b: a @ b, (3, 4), (4,)),
    "vector @ vector": (lambda f, a, b: a @ b, (4,), (4,)),
    "stack @ b": (lambda f, a, b: a @ b, (2, 3, 4), (4, 2)),
    "a @ stack": (lambda f, a, b: a @ b, (3, 4), (2, 4, 5)),
    "exp": (lambda f, a: f.exp(a), (3, 4)),
    "log": (lambda f, a: f.log(a * a + 1), (3, 4)),
    "sqrt": (lambda f, a: f.sqrt(a * a + 1), (3, 4)),
    "tanh": (lambda f, a: f.tanh(a), (3, 4)),
    "sigmoid": (lambda f, a: f.sigmoid(a), (3, 4)),
    "relu": (lambda f, a: f.relu(a), (3, 4)),
    "softplus": (lambda f, a: f.softplus(a), (3, 4)),
    "maximum": (lambda f, a, b: f.maximum(a, b), (3, 4), (3, 1)),
    "maximum of a number": (lambda f, a: f.maximum(0.1, a), (3, 4)),
    "sum": (lambda f, a: f.sum(a) * a, (3, 4)),
    "sum of columns": (lambda f, a: f.sum(a, axis=0), (3, 4)),
    "sum, kept": (lambda f, a: f.sum(a, axis=1, keepdims=True), (3, 4)),
    "sum over two axes": (lambda f, a: f.sum(a, axis=(0, -1)), (2, 3, 4)),
    "sum over all, kept": (lambda f, a: f.sum(a, keepdims=True), (3, 4)),
    "mean": (lambda f, a: f.mean(a) * a, (3, 4)),
    "mean of rows": (lambda f, a: f.mean(a, axis=-1), (3, 4)),
    "max": (lambda f, a: f.max(a) * a, (3, 4)),
    "max of rows": (lambda f, a: f.max(a, axis=1), (3, 4)),
    "max of columns, kept": (lambda f, a: f.max(a, axis=0, keepdims=True), (3, 4)),
    "logsumexp": (lambda f, a: f.logsumexp(a) * a, (3, 4)),
    "logsumexp of rows": (lambda f, a: f.logsumexp(a, axis=1), (3, 4)),
    "logsumexp of columns, kept": (lambda f, a: f.logsumexp(a, axis=0, keepdims=True), (3, 4)),
    "reshape": (lambda f, a: f.reshape(a, (2, 6)), (3, 4)),
    "transpose": (lambda f, a: a.T, (3, 4)),
    "transpose of three axes": (lambda f, a: f.transpose(a, (2, 0, 1)), (2, 3, 4)),
    "transpose from behind": (lambda f, a: f.transpose(a, (-1, 0, 1)), (2, 3, 4)),
    "one row": (lambda f, a: a[1], (3, 4)),
    "a slice": (lambda f, a: a[1:, ::2], (3, 4)),
    "entries, one twice": (lambda f, a: a[ROWS, COLUMNS], (3, 4)),
    "rows, one twice": (lambda f, a: a[ROWS], (3, 4)),
    "a mask": (lambda f, a: a[np.eye(3, 4) > 0], (3, 4)),
    "a new axis": (lambda f, a: a[:, None], (3, 4)),
    "concatenate": (lambda f, a, b: f.concatenate([a, b]), (3, 4), (2, 4)),
    "concatenate columns": (lambda f, a, b: f.concatenate([a, b, a], axis=1), (3, 4), (3, 2)),
    "concatenate from behind": (lambda f, a, b: f.concatenate([b, a], axis=-1), (3, 4), (3, 2)),
}  # fmt: skip


def weighted(total, result):
    """Turn a result into one number to which each of its entries matters differently."""
    return total(result * (1.5 + np.cos(np.arange(np.prod(result.shape))).reshape(result.shape)))


def operands(shapes, seed=0):
    """Return arrays by name, away from kinks, and all entries of one clearly apart."""
    draw = draws(seed)
    return {name: off_the_kink(draw(*shape)) for name, shape in zip("ab", shapes, strict=False)}


def by_autograd(formula, arrays):
    return grad(lambda arrays: weighted(anp.sum, formula(THEIRS, **arrays)))(arrays)


def by_tensor(formula, arrays, wanted="ab"):
    tensors = {name: Tensor(a) if name in wanted else a for name, a in arrays.items()}
    weighted(np.sum, formula(OURS, **tensors)).backward()
    return {name: t.grad for name, t in tensors.items() if name in wanted}


def value(formula, arrays):
    with no_grad():
        result = formula(OURS, **{name: Tensor(a) for name, a in arrays.items()})
        return float(weighted(np.sum, result))


@pytest.mark.parametrize("formula, shapes", [(f, s) for f, *s in CASES.values()], ids=list(CASES))
def test_gradients_of_all_operands_agree_with_autograd_and_central_differences(formula, shapes):
    arrays = operands(shapes)
    got, want = by_tensor(formula, arrays), by_autograd(formula, arrays)
    nudged = central_difference(lambda arrays: value(formula, arrays), arrays)
    for name, array in arrays.items():
        assert got[name].shape == array.shape and got[name].dtype == array.dtype
        assert relative_error(got[name], want[name]) <= ANALYTIC
        assert relative_error(got[name], nudged[name]) <= DIFFERENCES


@pytest.mark.parametrize("formula, shapes", [(f, s) for f, *s in CASES.values()], ids=list(CASES))
def test_values_agree_with_autograd_numpy(formula, shapes):
    arrays = operands(shapes)
    got = formula(OURS, **{name: Tensor(a) for name, a in arrays.items()})
    want = formula(THEIRS, **arrays)
    assert got.shape == np.shape(want)
    assert relative_error(got.data, want) <= ANALYTIC


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if len(case) == 3])
@pytest.mark.parametrize("wanted", "ab")
def test_beside_a_constant_the_gradient_is_the_same(name, wanted):
    formula, *shapes = CASES[name]
    arrays = operands(shapes)
    assert np.array_equal(by_tensor(formula, arrays, wanted)[wanted], by_tensor(formula, arrays)[wanted])


def test_a_list_on_the_left_counts_as_an_array():
    x, a = [[2.0, 3.0], [5.0, 7.0]], Tensor([[1.0, 2.0], [4.0, 8.0]])
    for got, want in (
        (x + a, np.array(x) + a.data), (x - a, np.array(x) - a.data), (x * a, np.array(x) * a.data),
        (x / a, np.array(x) / a.data), (x @ a, np.array(x) @ a.data),
    ):  # fmt: skip
        assert np.array_equal(got.data, want)


def test_every_primitive_has_a_case():
    seen = set()
    for formula, *shapes in CASES.values():
        found = [formula(OURS, **{name: Tensor(a) for name, a in operands(shapes).items()})]
        for node in found:
            seen.add(node.op)
            found += node.parents
    assert seen - {""} == {primitive.sign for primitive in PRIMITIVES.values()}


def test_float32_stays_float32_beside_numbers_and_whole_numbers():
    a = Tensor(np.array([[1.0, -2.0]], np.float32))
    loss = (2 * a.sigmoid() * np.array([[1, 3]]) + 0.5).sum() / 3
    loss.backward()
    assert loss.data.dtype == a.grad.dtype == np.float32


def test_a_float32_leaf_gets_a_float32_gradient_beside_float64():
    a = Tensor(np.array([1.0, 2.0], np.float32))
    (a * np.array([1.0, 3.0])).sum().backward()
    assert a.grad.dtype == np.float32 and a.grad.tolist() == [1, 3]


# --- where there is no slope, or more than one: what is agreed on -----------------------------------------


def test_several_largest_entries_share_the_gradient_equally():
    a = Tensor([[1.0, 5.0, 5.0], [2.0, 2.0, 2.0]])
    (a.max(axis=1) * np.array([6.0, 9.0])).sum().backward()
    assert a.grad.tolist() == [[0, 3, 3], [3, 3, 3]]


@pytest.mark.parametrize("way", [maximum, Tensor.maximum])
def test_of_two_equal_entries_maximum_gives_each_half(way):
    a, b = Tensor([1.0, 2.0, 3.0]), Tensor([1.0, 0.0, 5.0])
    (way(a, b) * np.array([4.0, 10.0, 100.0])).sum().backward()
    assert a.grad.tolist() == [2, 10, 0] and b.grad.tolist() == [2, 0, 100]


def test_relu_has_slope_0_at_0():
    a = Tensor([-1.0, 0.0, 2.0])
    a.relu().sum().backward()
    assert a.grad.tolist() == [0, 0, 1]


def test_the_power_0_has_slope_0_even_at_0():
    a = Tensor([0.0, 2.0])
    (a**0).sum().backward()
    assert a.grad.tolist() == [0, 0]


def test_what_saturates_neither_overflows_nor_warns():
    a = Tensor([-1000.0, 1000.0])
    (a.sigmoid() + a.softplus() + a.tanh()).sum().backward()
    assert a.grad.tolist() == [0, 1]
    assert np.array_equal((a * 1).softplus().data, [0, 1000])
    assert a.logsumexp().data == 1000


# --- Eq. (7.3) --------------------------------------------------------------------------------------------


def test_unbroadcast_sums_over_what_was_added_and_what_was_stretched():
    G = np.arange(24.0).reshape(2, 3, 4)
    assert np.array_equal(unbroadcast(G, (3, 1)), G.sum(axis=0).sum(axis=1, keepdims=True))
    assert np.array_equal(unbroadcast(G, (1, 3, 1)), G.sum(axis=(0, 2), keepdims=True))
    assert unbroadcast(G, ()) == G.sum()
    assert unbroadcast(G, (2, 3, 4)) is G


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.data())
def test_unbroadcast_is_the_transpose_of_broadcasting(data):
    result = tuple(data.draw(st.lists(st.integers(1, 4), max_size=4)))
    keep = data.draw(st.integers(0, len(result)))
    shape = tuple(data.draw(st.sampled_from((1, n))) for n in result[keep:])
    draw = draws(len(result))
    x, G = draw(*shape), draw(*result)
    there, back = np.vdot(np.broadcast_to(x, result), G), np.vdot(x, unbroadcast(G, shape))
    assert np.isclose(there, back, rtol=1e-12, atol=1e-12)


# --- whole formulas, drawn --------------------------------------------------------------------------------


def fits(a, b):
    """Whether two shapes can be broadcast together."""
    return all(1 in (m, n) or m == n for m, n in zip(a.shape[::-1], b.shape[::-1], strict=False))


def paired(f, a, b, number):
    """Combine two operands by one of the operations for two, if their shapes allow it."""
    if not fits(a, b) or len(a.shape) + len(b.shape) > 4:
        b = f.sum(b)
    ways = (a + b, a - b, a * f.tanh(b), a / (b * b + 1), f.maximum(a, b), b - 2 * a)
    return ways[number % len(ways)]


def bent(f, a, b, number):
    small = f.tanh(a)
    ways = (f.exp(small), f.log(a * a + 1), f.sqrt(a * a + 1), small, f.sigmoid(a), f.relu(a), f.softplus(a),
            -a, small**2, (small + 2) ** -1.5, a * a / 4)  # fmt: skip
    return ways[number % len(ways)]


def reduced(f, a, b, number):
    axes = (None, *range(-len(a.shape), len(a.shape)))
    axis, keepdims = axes[number % len(axes)], bool(number // 7 % 2)
    way = (f.sum, f.mean, f.max, f.logsumexp)[number // 3 % 4]
    return way(a, axis=axis, keepdims=keepdims)


def moved(f, a, b, number):
    if not a.shape:
        return f.concatenate([f.reshape(a, (1,)), f.reshape(f.mean(b), (1,))])
    rows = np.array([number, number // 2, number, 0]) % a.shape[0]
    ways = (a[rows], a[rows[0]], a[::-1], a.T, f.reshape(a, (-1,)), f.concatenate([a, a[rows]]), a[None])
    return ways[number % len(ways)]


def multiplied(f, a, b, number):
    A = f.reshape(a, (a.shape[0] if a.shape else 1, -1))
    B = f.reshape(b, (-1, b.shape[-1] if b.shape else 1))
    return A @ B if A.shape[1] == B.shape[0] else A.T @ (A / 2) if number % 2 else A @ A.T


STEP = st.tuples(st.sampled_from([paired, bent, reduced, moved, multiplied]), *3 * [st.integers(0, 99)])
SHAPES = {"a": (3, 4), "b": (4,), "c": (4, 2), "d": (3, 1), "e": ()}


def evaluate(f, leaves, steps):
    """Let every step make a new node of two that are there; add up all of them, weighted."""
    nodes = list(leaves.values())
    for step, i, j, number in steps:
        nodes.append(step(f, nodes[i % len(nodes)], nodes[j % len(nodes)], number))
    return sum(weighted(f.sum, node) / np.prod(node.shape) for node in nodes)


@settings(derandomize=True, deadline=None, max_examples=100)
@given(steps=st.lists(STEP, min_size=1, max_size=8), seed=st.integers(0, 2**16))
def test_any_formula_agrees_with_autograd(steps, seed):
    draw = draws(seed)
    leaves = {name: draw(*shape) for name, shape in SHAPES.items()}
    tensors = {name: Tensor(leaf) for name, leaf in leaves.items()}
    loss = evaluate(OURS, tensors, steps)
    loss.backward()
    assert np.isclose(loss.data, evaluate(THEIRS, leaves, steps), rtol=1e-12, atol=1e-12)
    want = grad(lambda leaves: evaluate(THEIRS, leaves, steps))(leaves)
    for name, tensor in tensors.items():
        assert relative_error(tensor.grad, want[name]) <= ANALYTIC
