"""Value: every gate, numbers used twice, the order of the walk, and long chains."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import ANALYTIC, DIFFERENCES

from bpcourse.autodiff import Tensor
from bpcourse.gradcheck import central_difference, relative_error
from bpcourse.scalar import Value, topological_order

#: Formulas of two numbers that go through every gate. They work for floats where no method is called.
FORMULAS = {
    "a + b": lambda a, b: a + b,
    "a + number": lambda a, b: a + 2 + b * 0,
    "number + a": lambda a, b: 2 + a * b,
    "a - b": lambda a, b: a - b,
    "number - a": lambda a, b: 1 - a * b,
    "a * b": lambda a, b: a * b,
    "number * a": lambda a, b: 3 * a + b * 3,
    "a / b": lambda a, b: a / b,
    "number / a": lambda a, b: 5 / a + b,
    "-a": lambda a, b: -a * b,
    "a ** 3": lambda a, b: a**3 + b**2,
    "a ** 0": lambda a, b: a**0 * b,
    "a ** -1.5": lambda a, b: (a * a + 1) ** -1.5 - b,
    "exp": lambda a, b: (a * b).exp(),
    "log": lambda a, b: (a * a + b * b).log(),
    "tanh": lambda a, b: (a - b).tanh(),
    "sigmoid": lambda a, b: (a - b).sigmoid(),
    "relu": lambda a, b: a.relu() + b.relu(),
    "used often": lambda a, b: a * a * b + a * b + a,
    "one gate twice": lambda a, b: (a * b) * (a * b),
}
POINTS = [(0.7, -1.3), (-0.4, 0.9), (1.7, 0.6)]


def slopes(formula, kind, point):
    a, b = (kind(x) for x in point)
    formula(a, b).backward()
    return [a.grad, b.grad]


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=list(FORMULAS))
@pytest.mark.parametrize("point", POINTS)
def test_every_gate_agrees_with_central_differences_and_with_tensor(formula, point):
    got = slopes(formula, Value, point)
    nudged = central_difference(lambda x: formula(Value(x[0]), Value(x[1])).data, np.array(point))
    assert relative_error(got, nudged) <= DIFFERENCES
    assert relative_error(got, [0.0 if g is None else g for g in slopes(formula, Tensor, point)]) <= ANALYTIC


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=list(FORMULAS))
def test_values_are_those_of_tensor(formula):
    for a, b in POINTS:
        want = float(formula(Tensor(a), Tensor(b)).data)
        assert math.isclose(formula(Value(a), Value(b)).data, want, rel_tol=1e-14, abs_tol=1e-15)


def test_values_are_those_of_floats():
    a, b = POINTS[0]
    for name in ("a + b", "a - b", "a / b", "number / a", "a ** -1.5", "used often"):
        assert math.isclose(FORMULAS[name](Value(a), Value(b)).data, FORMULAS[name](a, b), rel_tol=1e-14)
    assert Value(a).exp().data == math.exp(a) and Value(a).log().data == math.log(a)
    assert math.isclose(Value(a).sigmoid().data, 1 / (1 + math.exp(-a)), rel_tol=1e-14)
    assert Value(a).tanh().data == math.tanh(a) and Value(b).relu().data == 0


def test_sigmoid_and_tanh_do_not_overflow():
    assert Value(-1000.0).sigmoid().data == 0 and Value(1000.0).sigmoid().data == 1


def test_relu_has_slope_0_at_0():
    assert slopes(lambda a, b: a.relu() + b, Value, (0.0, 1.0)) == [0, 1]


def test_a_number_used_twice_gets_the_sum_of_both_paths():
    a = Value(5.0)
    (a + a).backward()
    assert a.grad == 2
    b = Value(3.0)
    (b * b * b).backward()
    assert b.grad == 27


def test_gradients_add_up_over_two_losses():
    a = Value(2.0)
    (a * 3).backward()
    (a * a).backward()
    assert a.grad == 7


def test_a_second_backward_adds_the_same_again_to_leaves_only():
    a = Value(2.0)
    square = a * a
    loss = square * square
    loss.backward()
    assert (a.grad, square.grad, loss.grad) == (32, 8, 1)
    loss.backward()
    assert (a.grad, square.grad, loss.grad) == (64, 8, 1)


def test_a_leaf_answers_to_itself():
    a = Value(3.0)
    a.backward()
    assert a.grad == 1


def test_nodes_say_how_they_were_made():
    a, b = Value(2.0), Value(3.0)
    c = a * b
    assert (c.parents, c.op, a.parents, a.op, a.label) == ((a, b), "*", (), "", "")
    assert repr(c) == "Value(6, grad=0)"
    assert [node.op for node in (a + b, a**2, a.tanh(), a.exp())] == ["+", "**2", "tanh", "exp"]


# --- Eq. (7.2) --------------------------------------------------------------------------------------------


class Node:
    """A node that is nothing but its parents."""

    def __init__(self, parents=()):
        self.parents = parents


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.lists(st.lists(st.integers(0, 99), max_size=3), min_size=1, max_size=12))
def test_the_order_lists_every_node_once_and_before_its_parents(drawn):
    nodes = []
    for number, picks in enumerate(drawn):
        nodes.append(Node(tuple(nodes[i % number] for i in picks) if number else ()))
    order = topological_order(nodes[-1])
    assert order[0] is nodes[-1] and len(set(order)) == len(order)
    place = {node: i for i, node in enumerate(order)}
    assert all(place[node] < place[parent] for node in order for parent in node.parents)
    below = {nodes[-1]}
    for node in reversed(nodes):
        below |= set(node.parents) if node in below else set()
    assert set(order) == below


class Counting:
    """A node that counts how often it is asked for its parents."""

    asked = 0

    def __init__(self, *parents):
        self._parents = parents

    @property
    def parents(self):
        Counting.asked += 1
        return self._parents


@pytest.mark.parametrize("length", [10, 1000, 100_000])
def test_the_order_looks_at_every_node_twice_however_long_the_chain(length):
    node = Counting()
    for _ in range(length):
        node = Counting(node, node)  # 2^length paths
    Counting.asked = 0
    assert len(topological_order(node)) == length + 1
    assert Counting.asked == 2 * (length + 1)


@pytest.mark.parametrize("kind", [Value, Tensor])
def test_a_chain_of_100_000_nodes_does_not_recurse(kind):
    a = kind(1.0)
    c = a
    for _ in range(100_000):
        c = c + a
    c.backward()
    assert a.grad == 100_001
