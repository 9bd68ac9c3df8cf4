"""What a node of a graph says: its name, its gate, its value and its gradient, as lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..scalar import topological_order
from .plots.wires import number

LIMIT = 60  # nodes; more is a pattern, not something to read
SIGNS = {"*": "×", "-": "−", "/": "÷", "**": "xⁿ", "sigmoid": "σ", "transpose": "ᵀ"}
RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")


@dataclass(frozen=True)
class Card:
    """The texts of a node; a gradient that is not known yet has no lines, and a constant has none at all."""

    label: str
    op: str
    value: tuple[str, ...]
    gradient: tuple[str, ...] | None

    @property
    def name(self) -> str:
        """What a sentence calls the node."""
        return self.label or self.op or self.value[0]


def nodes_of(output: Any) -> list[Any]:
    """All nodes of an expression, each once, the output first, consumers before what they consume.

    Raises
    ------
    TypeError
        If `output` is not a node.
    ValueError
        If there are too many nodes to read, or a backward pass has freed the graph.
    """
    if not all(hasattr(output, name) for name in ("parents", "op", "data", "grad")):
        raise TypeError(f"output must be a Value or a Tensor, got {type(output).__name__}: {output!r:.60}")
    nodes = topological_order(output)
    if len(nodes) > LIMIT:
        raise ValueError(
            f"output is made of {len(nodes):,} nodes, and a picture of more than {LIMIT} cannot be read; "
            "draw one of the results on the way to it, or the same formula for fewer examples or units"
        )
    freed = [node for node in nodes if node.op and not node.parents]
    if freed:
        raise ValueError(
            f"the node {_label(freed[0]) or freed[0].op!r} no longer knows its parents, for backward() has "
            "freed the graph; draw before it, or call backward(retain_graph=True)"
        )
    return nodes


def cards_of(nodes: Sequence[Any]) -> list[Card]:
    """The texts of each node.

    A `Value` holds 0.0 until ``backward()``: if every node has just that, no gradient is computed yet.
    """
    untouched = all(isinstance(node.grad, float) and node.grad == 0 for node in nodes)
    return [Card(_label(node), sign(node.op), texts(node.data), _gradient(node, untouched)) for node in nodes]


def _label(node: Any) -> str:
    """The name of a node, if it has one."""
    return str(getattr(node, "label", ""))


def _gradient(node: Any, untouched: bool) -> tuple[str, ...] | None:
    if not getattr(node, "requires_grad", True):
        return None
    return () if untouched or node.grad is None else texts(node.grad, "+")


def sign(op: str) -> str:
    """A gate's name as a picture has it: × for ``*``, x² for ``**2``."""
    power = op.removeprefix("**").removesuffix(".0")
    if op in SIGNS or power == op:
        return SIGNS.get(op, op)
    return f"x^{power}" if "." in power else "x" + power.translate(RAISED)


def texts(array: Any, plus: str = "") -> tuple[str, ...]:
    """A number on one line; the shape of an array, and its rows if it is small (two spaces apart)."""
    array = np.asarray(array)
    if array.ndim == 0:
        return (entry(float(array), 3, plus),)
    if array.ndim > 2 or array.shape[-1] > 3 or not 0 < array.size <= 9:
        return (str(array.shape),)
    digits = next((d for d in range(2) if np.allclose(array, array.round(d), rtol=0, atol=1e-7)), 2)
    rows = [[entry(float(x), digits, plus, exact=False) for x in row] for row in np.atleast_2d(array)]
    return (str(array.shape), *("  ".join(row) for row in rows))


def entry(x: float, digits: int, plus: str, exact: bool = True) -> str:
    """A number with so many digits, fewer where it is exact: 2, −0.123; or 1.2e−5, 3.5e+8, inf, nan."""
    if x == 0:
        text = "0" if exact else f"{0:.{digits}f}"
    elif not np.isfinite(x):
        text = f"{x:{plus}}"
    elif not 0.5 * 10.0**-digits <= abs(x) < 1e5:
        mantissa, exponent = f"{x:{plus}.1e}".split("e")
        text = f"{mantissa}e{int(exponent):+d}"
    else:
        text = number(x, digits, plus) if exact else f"{x:{plus}.{digits}f}"
    return text.replace("-", "−")
