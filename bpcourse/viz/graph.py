"""Pictures of an expression: what flowed right through its graph, and what flowed back.

Every node is a card. Its gate stands in a circle, its name above it; the value is in a blue box with
round corners, and below it the gradient in a vermilion box that points to the left, the way it
travels. A gradient that is not computed yet is an empty dashed outline; a constant has none.
"""

from __future__ import annotations

import io
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.figure import Figure

from .graph_cards import Card, cards_of, nodes_of
from .graph_ink import Plan, Sheet
from .style import describe, styled

SVG = {"svg.fonttype": "none", "svg.hashsalt": "bpcourse"}  # texts as texts, and the same ids every time
SMALL = 24  # nodes in a picture that is one of several


@styled
def draw_graph(output: Any, *, label: str = "") -> Figure:
    """Draw an expression as a graph, with all values and the gradients known so far.

    Parameters
    ----------
    output : Value or Tensor
        The result of the expression. Anything with `parents`, `op`, `data` and `grad` will do.
    label : str
        What the picture is called, such as the formula; its title.

    Returns
    -------
    Figure
        With a description: give it to `viz.show`.

    Raises
    ------
    TypeError
        If `output` is not a node.
    ValueError
        If it is made of more than 60 nodes, or its graph was freed.
    """
    cards, parents = _read(output)
    (sheet,) = Plan(cards, parents).paper([label])
    sheet.edges()
    for k, card in enumerate(cards):
        sheet.card(k, card.gradient)
    return describe(sheet.ax.figure, _words(cards, parents, label))


def graph_svg(output: Any, *, label: str = "") -> str:
    """The picture of `draw_graph` as the text of an SVG file, the same every time.

    Parameters
    ----------
    output : Value or Tensor
    label : str

    Returns
    -------
    str
    """
    with plt.rc_context(SVG):
        fig = draw_graph(output, label=label)
        text, about = io.StringIO(), {"Title": fig.get_label(), "Date": None, "Creator": None}
        fig.savefig(text, format="svg", metadata=about)
    plt.close(fig)
    return text.getvalue()


@styled
def graph_steps(output: Any, *, label: str = "", panels: int = 6) -> Figure:
    """Draw how the gradients fill in, from the output to the leaves, in at most so many panels.

    In each step one gate, whose own gradient is complete, hands its share to each of its parents. A
    parent that has not heard from all of its consumers shows how many it has heard from.

    Parameters
    ----------
    output : Value or Tensor
        After ``backward()``; of a Tensor, after ``backward(retain_graph=True)``.
    label : str
        The formula, for the description.
    panels : int
        The most panels to draw, at least 2. With more steps than that, some go by between two panels.

    Returns
    -------
    Figure

    Raises
    ------
    ValueError
        If the gradients are not computed yet, if there are more than 24 nodes, or if the graph was freed.
    """
    cards, parents = _read(output)
    _check_steps(cards, panels)
    gates = [k for k in reversed(range(len(cards))) if parents[k]]
    shown = np.unique(np.linspace(0, len(gates), min(panels, len(gates) + 1)).round().astype(int))
    titles = [_step_title(k, gates, cards) for k in shown]
    sheets = Plan(cards, parents, len(titles)).paper(titles)
    for sheet, k in zip(sheets, shown, strict=True):
        _step(sheet, cards, parents, gates[:k])
    return describe(sheets[0].ax.figure, _step_words(cards, parents, gates, label))


def _read(output: Any) -> tuple[list[Card], list[list[int]]]:
    """The cards, the output last, and the numbers of each one's parents."""
    nodes = nodes_of(output)[::-1]
    at = {id(node): k for k, node in enumerate(nodes)}
    return cards_of(nodes), [[at[id(parent)] for parent in node.parents] for node in nodes]


def _check_steps(cards: list[Card], panels: int) -> None:
    if panels < 2:
        raise ValueError(f"panels must be 2 or more, got {panels}")
    if len(cards) > SMALL:
        raise ValueError(
            f"output is made of {len(cards)} nodes, and several pictures of more than {SMALL} beside each "
            "other cannot be read; use draw_graph, or take a smaller formula"
        )
    if any(card.gradient == () for card in cards):
        raise ValueError(
            "output has gradients that are not computed yet; call backward() first, and for a Tensor "
            "backward(retain_graph=True)"
        )


def _step(sheet: Sheet, cards: list[Card], parents: list[list[int]], done: list[int]) -> None:
    """One panel: the last gate of `done` has just handed on."""
    heard = [sum(parents[gate].count(k) for gate in done) for k in range(len(cards))]
    uses = [sum(its.count(k) for its in parents) for k in range(len(cards))]
    sheet.edges(handed=done[-1:])
    for k, card in enumerate(cards):
        waits = f"{heard[k]} of {uses[k]}" if heard[k] else ""
        complete = card.gradient is None or heard[k] == uses[k]
        sheet.card(k, card.gradient if complete else (), waits=waits, marked=k in done[-1:])


def _step_title(k: int, gates: list[int], cards: list[Card]) -> str:
    """Which step it is, and who hands on; a gate without a name is told by its value."""
    if not k:
        return f"0 of {len(gates)}: the output gets 1"
    card = cards[gates[k - 1]]
    name = card.label or (f"{card.op} ({card.value[0]})" if len(card.value) == 1 else card.op)
    return f"{k} of {len(gates)}: {name} hands on"


def _words(cards: list[Card], parents: list[list[int]], label: str) -> str:
    """The description: the whole graph if it is small, else what has a name, and the output."""
    told = [k for k, card in enumerate(cards) if len(cards) <= 12 or card.label or k == len(cards) - 1]
    said = (
        f"The graph of {label or cards[-1].name}: {len(cards)} node{'s' * (len(cards) > 1)}, left to right. "
    )
    if len(told) < len(cards):
        said += "Those with names, and the output: "
    said += "; ".join(_node_words(cards, parents[k], k) for k in told) + "."
    if all(not card.gradient for card in cards):
        said += " No gradient is computed yet."
    return said


def _node_words(cards: list[Card], its: list[int], k: int) -> str:
    card = cards[k]
    made = f" ({card.op} of {' and '.join(cards[p].name for p in its)})" if its else ""
    value = "" if card.name == card.value[0] else f" = {', '.join(card.value)}"
    gradient = f", gradient {', '.join(card.gradient)}" if card.gradient else ""
    return f"{card.name}{value}{made}{gradient}"


def _step_words(cards: list[Card], parents: list[list[int]], gates: list[int], label: str) -> str:
    """The description of the steps: the order of the gates, and what each one's gradient is."""
    steps = []
    for gate in gates:
        to = " and ".join(dict.fromkeys(cards[p].name for p in parents[gate]))
        steps.append(f"{cards[gate].name}, gradient {', '.join(cards[gate].gradient)}, to {to}")
    leaves = [
        f"{card.name} {', '.join(card.gradient)}"
        for card, its in zip(cards, parents, strict=True)
        if not its and card.gradient
    ]
    return (
        f"How the gradients of {label or 'the graph'} fill in, from the output leftwards. "
        f"The gates hand on in this order: {'; '.join(steps)}. At the end, the leaves: {', '.join(leaves)}."
    )
