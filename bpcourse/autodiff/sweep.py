"""The backward pass of any graph of Tensors: one walk from the output to the leaves.

The walk holds one gradient for every node that somebody has used already. When the walk comes to a node, all
its consumers have been there before, Eq. (7.2), so the node's gradient is complete. It is sent through the
rules of the node's gate, Eq. (7.1), brought back to the shapes of the operands, Eq. (7.3), and added to what
the operands have so far, Eq. (3.2).

What a gate needed for this is let go as the walk leaves it. After a training step no graph is left in memory.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from bpcourse.autodiff.primitives import unbroadcast
from bpcourse.scalar import topological_order

if TYPE_CHECKING:
    from bpcourse.autodiff.tensor import Tensor

recording: ContextVar[bool] = ContextVar("recording", default=True)


@contextmanager
def no_grad() -> Iterator[None]:
    """Compute without noting anything: what results has no graph behind it.

    Examples
    --------
    >>> from bpcourse.autodiff import Tensor
    >>> W = Tensor([1.0, 2.0])
    >>> with no_grad():
    ...     prediction = W * 3
    >>> prediction.requires_grad
    False
    """
    before = recording.set(False)
    try:
        yield
    finally:
        recording.reset(before)


def zero_grad(tensors: Iterable["Tensor"]) -> None:
    """Forget the gradients, so that the next backward pass does not add to them.

    Parameters
    ----------
    tensors : list of Tensors, or a dict of them

    Examples
    --------
    >>> from bpcourse.autodiff import Tensor
    >>> w = Tensor(3.0)
    >>> (w * w).backward()
    >>> zero_grad([w])
    >>> print(w.grad)
    None
    """
    if hasattr(tensors, "grad"):
        raise TypeError("zero_grad takes a list or a dict of Tensors; for a single one write zero_grad([t])")
    for tensor in tensors.values() if isinstance(tensors, dict) else tensors:
        tensor.grad = None


def sweep(output: "Tensor", *, retain_graph: bool) -> None:
    """Go through the graph behind a Tensor and give its nodes their gradients. See ``Tensor.backward``."""
    order = topological_order(output)
    check_not_freed(order)
    order.reverse()
    grads = {output: np.ones(output.data.shape, output.data.dtype)}
    while order:  # a node leaves the list as it is done, so that its arrays may go
        node = order.pop()
        G = grads.pop(node, None)
        if G is None:  # a constant
            continue
        if node.op:
            _pass_on(node, G, grads, retain_graph)
        if retain_graph or not node.op:
            node.grad = np.asarray(G if node.grad is None else node.grad + G)
        else:
            node.parents, node.gate = (), None


def _pass_on(node, G, grads, retain_graph):
    """Send a node's complete gradient through its gate, and add the shares to what its operands have."""
    rules, arrays, options = node.gate
    for parent, rule in zip(node.parents, rules, strict=False):
        if not parent.requires_grad:
            continue
        share, shape = rule(G, node.data, *arrays, **options), parent.data.shape
        if share.shape != shape:
            share = unbroadcast(share, shape)
        if retain_graph or not parent.op:
            share = _of_its_own(share, G, parent.data.dtype)
        grads[parent] = grads[parent] + share if parent in grads else share


def _of_its_own(share: NDArray, G: NDArray, dtype: np.dtype) -> NDArray:
    """Return the share as an array that nobody else holds: the gate a + b hands the same G to both."""
    if share is G or share.base is not None or share.dtype != dtype:
        return np.array(share, dtype)
    return share


def check_not_freed(order: list["Tensor"]) -> None:
    """Raise a RuntimeError if part of the graph has been let go by a backward pass before."""
    for node in order:
        if node.op and not node.parents:
            raise RuntimeError(
                f"the graph behind this Tensor was freed by a backward() before, at the gate {node.op!r};"
                " compute the loss anew, or call the first backward with retain_graph=True"
            )
