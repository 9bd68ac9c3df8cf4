"""The walk back through a graph of Tensors: sums over paths, what is kept, and what is let go."""

import weakref

import numpy as np
import pytest

from bpcourse.autodiff import Tensor, no_grad, topological_order, zero_grad

FREED = "was freed by a backward"


def test_a_tensor_used_twice_gets_the_sum_of_both_paths():
    a = Tensor([1.0, 2.0])
    (a * a + a).sum().backward()
    assert a.grad.tolist() == [3, 5]


def test_a_node_in_between_used_twice_is_passed_on_once_and_whole():
    a = Tensor(3.0)
    b = a * 2
    c = b * b
    (b + c).backward()
    assert a.grad == 2 + 24


def test_gradients_add_up_over_two_losses_until_they_are_forgotten():
    a, b = Tensor(2.0), Tensor(5.0)
    (a * 3).backward()
    (a * b).backward()
    assert a.grad == 8 and b.grad == 2
    zero_grad([a, b])
    assert a.grad is None and b.grad is None
    (a * 3).backward()
    zero_grad({"a": a})
    assert a.grad is None


def test_gradients_of_two_leaves_are_arrays_of_their_own():
    a, b = Tensor([1.0, 2.0]), Tensor([3.0, 4.0])
    (a + b).sum().backward()
    a.grad *= 10
    assert b.grad.tolist() == [1, 1]
    c = Tensor([[1.0, 2.0]])
    (c.T + c.reshape(2, 1)).sum().backward()
    c.grad *= 10
    assert c.grad.flags.owndata and c.grad.tolist() == [[20, 20]]


def test_a_gradient_that_was_handed_out_is_not_changed_by_the_next_backward():
    a = Tensor([1.0, 2.0])
    a.sum().backward()
    first = a.grad
    a.sum().backward()
    assert first.tolist() == [1, 1] and a.grad.tolist() == [2, 2]


def test_gradients_of_single_numbers_are_arrays():
    a = Tensor(2.0)
    for _ in range(2):
        (a * a * a).backward()
        assert type(a.grad) is np.ndarray and a.grad.shape == ()


def test_a_result_of_one_entry_may_have_any_shape():
    a = Tensor([[2.0]])
    (a * a).backward()
    assert a.grad.tolist() == [[4]]


def test_a_leaf_answers_to_itself():
    a = Tensor(3.0)
    a.backward()
    assert a.grad == 1


def test_constants_get_no_gradient_and_cost_no_rule():
    X, W = Tensor([[1.0, 2.0]], requires_grad=False), Tensor([[3.0], [4.0]])
    loss = (X @ W).sum()
    rules, arrays, options = loss.parents[0].gate
    loss.parents[0].gate = (None, rules[1]), arrays, options  # the rule for X is not there to be called
    loss.backward()
    assert X.grad is None and W.grad.tolist() == [[1], [2]]


def test_what_comes_from_constants_alone_is_a_constant():
    X = Tensor([1.0, 2.0], requires_grad=False)
    result = (X * 2 + 1).sum()
    assert not result.requires_grad and result.parents == () and result.op == ""


def test_nodes_say_how_they_were_made():
    a = Tensor([1.0, 2.0], label="a")
    b = 2 * a
    assert b.op == "*" and b.parents[1] is a and b.parents[0].data == 2 and not b.parents[0].requires_grad
    assert (a.parents, a.op, a.label, b.label) == ((), "", "a", "")
    assert topological_order(b)[0] is b
    assert repr(a) == "Tensor([1. 2.])" and repr(b) == "Tensor([2. 4.], op='*')"


# --- no graph ---------------------------------------------------------------------------------------------


def test_under_no_grad_nothing_is_noted():
    a = Tensor([1.0, 2.0])
    with no_grad():
        b = a * a
        with no_grad():
            pass
        c = b.sum()
    assert not b.requires_grad and b.parents == () and not c.requires_grad
    assert (a * a).requires_grad


def test_no_grad_ends_with_an_error_too():
    with pytest.raises(RuntimeError), no_grad():
        raise RuntimeError
    assert (Tensor(1.0) * 2).requires_grad


def test_a_graph_from_outside_may_be_walked_under_no_grad():
    a = Tensor(3.0)
    loss = a * a
    with no_grad():
        loss.backward()
    assert a.grad == 6


# --- a graph is let go ------------------------------------------------------------------------------------


def test_a_graph_that_was_freed_cannot_be_walked_again():
    a = Tensor(3.0)
    loss = a * a
    loss.backward()
    with pytest.raises(RuntimeError, match=FREED):
        loss.backward()
    assert a.grad == 6


def test_a_loss_that_leans_on_a_freed_part_gives_an_error_and_no_half_gradients():
    a, b = Tensor(3.0), Tensor(2.0)
    shared = (a * a).tanh()
    (shared * 2).backward()
    before = a.grad.copy()
    with pytest.raises(RuntimeError, match="at the gate 'tanh'"):
        (shared * b + b).backward()
    assert a.grad == before and b.grad is None


def test_a_retained_graph_can_be_walked_again_and_gradients_add_up():
    a = Tensor(3.0)
    square = a * a
    loss = square * square
    loss.backward(retain_graph=True)
    assert (a.grad, square.grad, loss.grad) == (108, 18, 1)
    loss.backward(retain_graph=True)
    assert (a.grad, square.grad, loss.grad) == (216, 36, 2)
    loss.backward()
    assert a.grad == 324 and square.parents == ()


def test_gradients_in_between_are_kept_only_with_the_graph():
    a = Tensor([1.0, 2.0])
    b = a + a
    b.sum().backward()
    assert b.grad is None
    c, d = a * 1, a * 1
    (c + d).sum().backward(retain_graph=True)
    c.grad *= 10
    assert d.grad.tolist() == [1, 1]


def test_backward_releases_nodes_and_arrays():
    a = Tensor(np.ones((3, 4)))
    hidden = a.tanh()
    middle = hidden * hidden
    arrays = [weakref.ref(middle.data), weakref.ref(hidden.data)]
    loss = middle.sum()
    nodes = [weakref.ref(middle), weakref.ref(hidden)]
    del middle, hidden
    assert all(ref() is not None for ref in nodes + arrays)
    loss.backward()
    assert all(ref() is None for ref in nodes + arrays)
    assert loss.parents == () and loss.gate is None


def test_a_node_that_is_still_held_lets_go_of_what_it_was_made_from():
    a = Tensor(np.ones(3))
    factor = np.arange(3.0)
    held = a * factor
    gone = weakref.ref(factor)
    del factor
    held.sum().backward()
    assert gone() is None and held.data.tolist() == [0, 1, 2]


def test_a_graph_that_is_never_walked_is_released_without_the_collector():
    a = Tensor(np.ones(3))
    loss = (a.exp() * a).sum()
    nodes = [weakref.ref(node) for node in topological_order(loss) if node.op]
    assert len(nodes) == 3
    del loss
    assert all(ref() is None for ref in nodes)


def test_slopes_are_those_of_the_forward_pass_if_data_is_replaced_meanwhile():
    a, b = Tensor([2.0]), Tensor([5.0])
    loss = (a * b).sum()
    a.data, b.data = np.array([100.0]), np.array([100.0])
    loss.backward()
    assert a.grad == 5 and b.grad == 2


def test_the_data_is_shared_with_the_array_that_was_given():
    W = np.ones(2)
    a = Tensor(W)
    a.data -= 0.5
    assert W.tolist() == [0.5, 0.5]
