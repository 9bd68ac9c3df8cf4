"""07.2: an order of the nodes in which every gradient is complete before it is passed on, Eq. (7.2)."""

from __future__ import annotations

from collections import Counter, deque

import numpy as np

from ..drivers import order_judged
from ..exercise import Case, Exercise, Mistake


def topological_order(edges, output):
    """The output first, and every node after all of its consumers, Eq. (7.2)."""
    return by_counting(edges, output, among=ancestors(edges, output))


def sources_of(edges):
    """Node -> the nodes that flow into it, as often as they do."""
    found = {}
    for s, t in edges.tolist():
        found.setdefault(t, []).append(s)
    return found


def ancestors(edges, output):
    """The output and every node from which a path leads to it."""
    sources, found, stack = sources_of(edges), {output}, [output]
    while stack:
        fresh = [s for s in sources.get(stack.pop(), []) if s not in found]
        found.update(fresh)
        stack.extend(fresh)
    return found


def by_counting(edges, output, among=None, start=None):
    """List a node when as many of its edges have come in as there are; `among` says which edges count."""
    sources = sources_of(edges)
    waits = Counter(s for s, t in edges.tolist() if among is None or t in among)
    ready = deque([output] if start is None else start)
    order = []
    while ready:
        order.append(ready.popleft())
        for s in sources.get(order[-1], []):
            waits[s] -= 1
            if waits[s] == 0:
                ready.append(s)
    return order


def by_first_sight(edges, output, *, deepest=False, once=True):
    """List each node where it is first met on the way back from the output: not what Eq. (7.2) asks for."""
    sources, met, waiting, order = sources_of(edges), {output}, deque([output]), []
    while waiting:
        node = waiting.pop() if deepest else waiting.popleft()
        order.append(node)
        for s in sources.get(node, []):
            if not once or s not in met:
                met.add(s)
                waiting.append(s)
    return order


def by_recursion(edges, output, *, before=False):
    """Depth first, by a function that calls itself: each node after, or before, what flows into it."""
    sources, seen, order = sources_of(edges), set(), []

    def visit(node):
        if node in seen:
            return
        seen.add(node)
        if before:
            order.append(node)
        for s in sources.get(node, []):
            visit(s)
        if not before:
            order.append(node)

    visit(output)
    return order if before else order[::-1]


def walk_every_way(edges, output):
    """Every node once for each way back to it, by a function that calls itself."""
    sources = sources_of(edges)

    def visit(node):
        return [node, *(n for s in sources.get(node, []) for n in visit(s))]

    return visit(output)


def whole_graph(edges, output):
    """Every node of the graph, in a right order, beginning with those that feed nothing."""
    nodes, consumed = dict.fromkeys([*edges.ravel().tolist(), output]), set(edges[:, 0].tolist())
    return by_counting(edges, output, start=[n for n in nodes if n not in consumed])


def downstream(edges, output):
    """The edges followed the wrong way: from the output to its consumers."""
    return topological_order(edges[:, ::-1], output)


def gates_only(edges, output):
    """Right, but the leaves, which nothing flows into, are left out."""
    sources = sources_of(edges)
    return [node for node in topological_order(edges, output) if node in sources]


def edge_once(edges, output):
    """Consumers counted once each, though an edge that stands twice comes in twice."""
    sources, found = sources_of(edges), ancestors(edges, output)
    waits = Counter(s for s, t in set(map(tuple, edges.tolist())) if t in found)
    ready, order = deque([output]), []
    while ready:
        order.append(ready.popleft())
        for s in sources.get(order[-1], []):
            waits[s] -= 1
            if waits[s] == 0:
                ready.append(s)
    return order


# 0 reaches 3 directly, and over 1 and 2; 3 reaches the output 6 over 4, and over 5.
ARMS = [(0, 1), (1, 2), (2, 3), (0, 3), (3, 4), (3, 5), (4, 6), (5, 6)]
AFTER = (6, 7)
BESIDE = [AFTER, (2, 8), (9, 10)]  # 7 consumes the output, 8 consumes 2, and 9 and 10 stand apart


def order_cases(rng):
    """A row of nodes, then graphs whose nodes are numbered at random, so that no sorting of numbers is an order."""
    chain = [(k, k + 1) for k in range(1999)]
    return [
        Case("four nodes in a row", (np.array([[0, 1], [1, 2], [2, 3]]), 3)),
        Case("the same, numbered from its end", (np.array([[3, 2], [2, 1], [1, 0]]), 0)),
        Case("a short way beside a long one", renumbered(rng, ARMS, 6)),
        Case("a node that one gate uses twice", renumbered(rng, ARMS, 6, [(0, 3)])),
        Case("nodes that do not lead to the output", renumbered(rng, ARMS, 6, BESIDE)),
        Case("an output that nothing flows into", renumbered(rng, ARMS, 0, [AFTER])),
        Case(
            "three such graphs in a row",
            renumbered(rng, [(s + k, t + k) for k in (0, 6, 12) for s, t in ARMS], 18),
        ),
        Case("a chain of 2,000 nodes", renumbered(rng, chain, 1999)),
    ]


def renumbered(rng, core, output, more=()):
    """The edges in any order, under new numbers: no sorting of those of `core` is right; the output is in between."""
    edges = np.array([*core, *more])
    nodes = edges.max() + 1
    while True:
        number = rng.permutation(nodes)
        s, t = number[np.array(core)].T
        if (s > t).any() and (s < t).any() and 0 < number[output] < nodes - 1:
            return number[rng.permutation(edges)], int(number[output])


EXERCISE = Exercise(
    id="07.2",
    name="topological_order",
    points=3,
    title="Put the nodes in an order that works",
    kind="construct",
    returns=("order",),
    reference=topological_order,
    cases=order_cases,
    drive=order_judged,
    mistakes=(
        Mistake(
            "M40",
            by_first_sight,
            message="The right nodes are in your list, each once, but on the case '{case}' one comes before a consumer of it: you list a node when it is first *met*. "
            "There the direct edge meets it early, while the longer way back to it is still open, so it would pass its gradient on before that is complete, "
            "Eq. (7.2).",
        ),
        Mistake(
            "M40b",
            lambda edges, output: by_recursion(edges, output, before=True),
            message="Two things. On the case '{case}' a node comes before a consumer of it: you list each node as soon as you *enter* it, and not when all of its "
            "consumers are listed, Eq. (7.2). And your function calls itself for every step, which Python gives up on the chain of 2,000 nodes: an explicit "
            "stack, a list, has no such limit.",
        ),
        Mistake(
            "M43",
            by_recursion,
            message="The order is right. But your function calls itself once for each node of a path, and on the chain of 2,000 nodes Python gives up (RecursionError): its limit "
            "is about 1,000 calls inside each other. A network of many steps is such a chain. Keep the nodes that wait in a list of your own, an explicit stack.",
        ),
        Mistake(
            "M605",
            lambda edges, output: topological_order(edges, output)[::-1],
            message="This is the order of the *forward* pass: inputs first, output last. Gradients flow the other way, so a node comes after all that consume "
            "it, Eq. (7.2). Your list, turned around, would be right.",
        ),
        Mistake(
            "M606",
            whole_graph,
            message="Your order holds for the whole graph. But on the case '{case}' it lists nodes from which no way leads to the output: their gradient is 0 and nobody asks "
            "for it. Begin at the output, and list only what is met from there.",
        ),
        Mistake(
            "M607",
            lambda edges, output: by_first_sight(edges, output, once=False),
            message="On the case '{case}' a node stands in your list more than once, once for every way back to it. It would pass its gradient on each time. List it "
            "once, when all of its consumers are listed, Eq. (7.2).",
        ),
        Mistake(
            "M607b",
            walk_every_way,
            message="On the case '{case}' a node stands in your list more than once, once for every way back to it. List it once, when all of its consumers are listed, "
            "Eq. (7.2). (And a function that calls itself for every step does not come to the end of the chain of 2,000 nodes.)",
        ),
        Mistake(
            "M623",
            by_counting,
            message="You list a node when all of its consumers are listed. But on the case '{case}' some consumers never are: no way leads from them to the output. What "
            "feeds them waits for ever, and is missing from your list. Count only the consumers that lead to the output.",
        ),
        Mistake(
            "M624",
            lambda edges, output: topological_order(edges, output)[1:],
            message="The order is right, and the output itself is left out. It comes first: the way back begins there, with the gradient 1.",
        ),
        Mistake(
            "M624b",
            gates_only,
            message="The nodes that something flows into are all there, in a right order. Those that nothing flows into are missing: the inputs and weights, "
            "whose gradients are what one wants.",
        ),
        Mistake(
            "M625",
            downstream,
            message="You follow the edges forward, from the output to what consumes it. A row of `edges` is [source, target]; the way back goes from a target "
            "to its sources.",
        ),
        Mistake(
            "M626",
            lambda edges, output: sorted(ancestors(edges, output), reverse=True),
            message="The right nodes are in your list, each once, but in the order of their numbers. The numbers say nothing: on the case '{case}' a source may have "
            "the larger one. Only the edges tell who consumes whom, Eq. (7.2).",
        ),
        Mistake(
            "M626b",
            lambda edges, output: sorted(ancestors(edges, output)),
            message="The right nodes are in your list, each once, in the order of their numbers, from the smallest. The numbers say nothing: on "
            "the case '{case}' a source has the smaller one. Only the edges tell who consumes whom, Eq. (7.2).",
        ),
        Mistake(
            "M627",
            edge_once,
            message="Right, except on the case '{case}': there an edge stands twice, because one gate uses the node twice, as in b = a + a. Your count of consumers "
            "takes the two for one, so it is used up too early. Count edges, or count each consumer once on both sides.",
        ),
    ),
    hints=(
        "A node may be listed when all of its consumers are. Or build the list from its other end: there a node may be listed when all of its *sources* are; "
        "turn the list around at the end.",
        "One way: find the nodes that lead to the output, count for each how many edges to them it has, list the output, and take 1 off for each edge into a "
        "listed node; what comes to 0 is next, Eq. (7.2). Another: walk back from the output with a stack, a source before its consumer, and turn the list around.",
        "sources = {}                  # node -> what flows into it\n...\nlisted, stack = [], [output]   # a set beside the list makes `in` fast\n"
        "while stack:\n    open_ones = [...]          # sources of stack[-1] that are not listed\n    if open_ones:\n        ...                    # go deeper\n"
        "    else:\n        ...                    # list the node, and take it off the stack\nreturn listed[::-1]",
    ),
)
