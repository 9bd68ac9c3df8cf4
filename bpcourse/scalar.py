"""A number that remembers how it was made, and can therefore say what it answers to.

Arithmetic with `Value` gives the same numbers as arithmetic with floats. In passing, every result notes two
things: its *parents*, the numbers it was made from, and its *slope* with respect to each of them, which is
known the moment the numbers are. The notes form a graph, and the graph is enough for the whole backward pass:

- along a path, multiply: a gate hands each parent its own gradient times the slope, Eq. (7.1);
- across paths, add: a number that is used twice gets two such products, and their sum is its gradient.

All that is left is to go through the graph in an order in which a number's sum is complete before it is
passed on, Eq. (7.2). No formula of this module knows what the graph computes.

====================  ==================  ===============================
gate                  c                   slopes ∂c/∂a (and ∂c/∂b)
====================  ==================  ===============================
sum                   a + b               1, 1
product               a b                 b, a
power                 a^n                 n a^(n-1)
exponential           e^a                 c
logarithm             log a               1 / a
tanh                  tanh a              1 - c²
sigmoid               1 / (1 + e^-a)      c (1 - c)
ReLU                  max(a, 0)           1 where a > 0, else 0
====================  ==================  ===============================

Differences and quotients are made of these: a - b = a + (-1) b, a / b = a b^-1.
"""

import math
from numbers import Real
from typing import Any


class Value:
    """A number, how it was made, and after ``backward()`` how the result answers to it.

    Parameters
    ----------
    data : float
    parents : tuple of Value
        The numbers it was computed from. A number of your own has none.
    op : str
        What was done with them, for a picture of the graph.
    slopes : tuple of float
        ∂data/∂parent, one for each parent.

    Attributes
    ----------
    grad : float
        ∂(result)/∂(this number), after ``result.backward()``; 0.0 before.
    label : str
        A name for a picture; assign one.

    Examples
    --------
    >>> a, b = Value(3.0), Value(-1.0)
    >>> c = a * b + a
    >>> c.backward()
    >>> c.data, a.grad, b.grad
    (0.0, 0.0, 3.0)
    """

    def __init__(
        self,
        data: float,
        parents: tuple["Value", ...] = (),
        op: str = "",
        slopes: tuple[float, ...] = (),
    ):
        if not isinstance(data, Real) or isinstance(data, bool):
            raise TypeError(f"a Value holds one number, got {data!r}")
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
        self.op = op
        self.slopes = slopes
        self.label = ""

    def __repr__(self) -> str:
        return f"Value({self.data:g}, grad={self.grad:g})"

    def __add__(self, other: "Value | float") -> "Value":
        other = as_value(other)
        return Value(self.data + other.data, (self, other), "+", (1.0, 1.0))

    def __mul__(self, other: "Value | float") -> "Value":
        other = as_value(other)
        return Value(self.data * other.data, (self, other), "*", (other.data, self.data))

    def __pow__(self, n: float) -> "Value":
        if not isinstance(n, Real):
            raise TypeError(f"the exponent must be a number, got {n!r}; for a^b write (b * a.log()).exp()")
        return Value(self.data**n, (self,), f"**{n}", (n * self.data ** (n - 1) if n else 0.0,))

    def exp(self) -> "Value":
        """e to this power."""
        c = math.exp(self.data)
        return Value(c, (self,), "exp", (c,))

    def log(self) -> "Value":
        """The natural logarithm."""
        if self.data <= 0:
            raise ValueError(f"a logarithm needs a number above 0, got {self.data}")
        return Value(math.log(self.data), (self,), "log", (1 / self.data,))

    def tanh(self) -> "Value":
        """The S-shaped curve from -1 to 1."""
        c = math.tanh(self.data)
        return Value(c, (self,), "tanh", (1 - c * c,))

    def sigmoid(self) -> "Value":
        """The S-shaped curve from 0 to 1."""
        c = 0.5 * (1 + math.tanh(0.5 * self.data))
        return Value(c, (self,), "sigmoid", (c * (1 - c),))

    def relu(self) -> "Value":
        """The number if it is positive, else 0."""
        return Value(max(self.data, 0.0), (self,), "relu", (float(self.data > 0),))

    def __neg__(self) -> "Value":
        return self * -1

    def __sub__(self, other: "Value | float") -> "Value":
        return self + -as_value(other)

    def __truediv__(self, other: "Value | float") -> "Value":
        return self * as_value(other) ** -1

    def __radd__(self, other: float) -> "Value":
        return as_value(other) + self

    def __rmul__(self, other: float) -> "Value":
        return as_value(other) * self

    def __rsub__(self, other: float) -> "Value":
        return as_value(other) - self

    def __rtruediv__(self, other: float) -> "Value":
        return as_value(other) / self

    def backward(self) -> None:
        """Give every number of the graph its gradient: how this result answers to it.

        Gradients of your own numbers (those without parents) add up over several calls, until you set
        ``grad`` to 0 again. Those in between start afresh each time.

        Notes
        -----
        Eq. (7.1): a parent's gradient grows by the gate's gradient times the gate's slope. The order is that
        of ``topological_order``.
        """
        order = topological_order(self)
        for node in order:
            if node.parents:
                node.grad = 0.0
        self.grad += 1.0  # how the result answers to itself
        for node in order:
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += slope * node.grad


def as_value(x: "Value | float") -> Value:
    """Return `x` if it is a Value already, else a Value that holds this number."""
    return x if isinstance(x, Value) else Value(x)


def topological_order(output: Any) -> list[Any]:
    """List the nodes of a graph, the output first, and every node before its parents.

    Parameters
    ----------
    output : Value, Tensor, or anything with a tuple ``parents`` of its kind
        Where the backward pass begins.

    Returns
    -------
    order : list
        All nodes that `output` was made from, each once.

    Notes
    -----
    Eq. (7.2): consumers before what they consume. A node is ready once all nodes that use it are in the list,
    so how often each is used is counted first. Nothing here calls itself: a chain of 100,000 nodes is as good
    as a short one.

    Examples
    --------
    >>> a = Value(2.0)
    >>> b = a * a
    >>> [node.data for node in topological_order(a * b)]
    [8.0, 4.0, 2.0]
    """
    uses = _count_uses(output)
    order = [output]
    for node in order:  # which grows meanwhile
        for parent in node.parents:
            uses[parent] -= 1
            if not uses[parent]:
                order.append(parent)
    return order


def _count_uses(output: Any) -> dict[Any, int]:
    """Return how often each node of the graph is used as a parent."""
    uses, found = {output: 0}, [output]
    for node in found:  # which grows meanwhile
        for parent in node.parents:
            if parent not in uses:
                uses[parent] = 0
                found.append(parent)
            uses[parent] += 1
    return uses
