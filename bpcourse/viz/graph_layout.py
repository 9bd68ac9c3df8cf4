"""Where the nodes of a graph stand: layers from left to right, few crossings, no line through a node.

The way of Sugiyama, Tagawa and Toda (1981), in four steps: a layer for each node, a bend wherever an
edge passes a layer, an order within each layer that crosses little, and at last a height for
everything. Nodes are numbers here, every parent before what it feeds, the output last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

Link = tuple[int, int]
GAP = (1.3, 4.0)  # least and largest room for curves between two layers
STUB = 0.4  # the straight end of an edge at a node
ROW = 1.1  # room between two nodes of a layer
LEAF = 0.1  # how much a leaf pulls, where a gate pulls by 1
BEND = 0.7  # the height that a passing edge takes
PORT = 0.9  # from the first to the last edge that enters a node


@dataclass(frozen=True)
class Layout:
    """Places of nodes and ways of edges; x grows to the right, y downwards.

    Attributes
    ----------
    boxes : array (n_nodes, 4)
        Left, top, width and height of each node.
    routes : list of (parent, child, points)
        One for each edge; points is an array (k, 2): a straight piece, then by turns a curve
        (three points) and a straight piece (one point).
    width, height : float
    """

    boxes: np.ndarray
    routes: list[tuple[int, int, np.ndarray]]
    width: float
    height: float


def layout(parents: Sequence[Sequence[int]], sizes: np.ndarray, anchors: np.ndarray) -> Layout:
    """Place the nodes of a graph that has one output.

    Parameters
    ----------
    parents : sequence of sequences of int
        What feeds each node, by its number; every parent comes before its children.
    sizes : array (n_nodes, 2)
        Width and height of each node.
    anchors : array (n_nodes,)
        How far below its top the edges of a node begin and end.

    Returns
    -------
    Layout
    """
    layer = _layers(parents)
    columns, links, paths = _cells(parents, layer)
    columns = _ordered(columns, links)
    n_bends = sum(map(len, columns)) - len(parents)
    above = np.concatenate([anchors, np.full(n_bends, BEND / 2)])
    below = np.concatenate([sizes[:, 1] - anchors, np.full(n_bends, BEND / 2)])
    y = _heights(columns, links, above, below)
    sides = _sides(columns, links, y, sizes[:, 0])
    middles = np.array([sides[at].mean() for at in layer])
    boxes = np.column_stack([middles - sizes[:, 0] / 2, y[: len(parents)] - anchors, sizes])
    return Layout(
        boxes, _routes(parents, paths, layer, sides, y, boxes), sides[-1][1] - STUB, float((y + below).max())
    )


def _layers(parents: Sequence[Sequence[int]]) -> list[int]:
    """The layer of each node: as far left of the output as its longest way there is long."""
    before = [0] * len(parents)
    for child in reversed(range(len(parents))):
        for parent in parents[child]:
            before[parent] = max(before[parent], before[child] + 1)
    return [max(before) - steps for steps in before]


def _cells(parents, layer) -> tuple[list[list[int]], list[Link], dict[Link, list[int]]]:
    """Nodes and bends of each layer, links between neighbours, and the cells on the way of each edge.

    All edges of one node that pass a layer share a bend there: a wire that forks late.
    """
    bends: dict[Link, int] = {}
    paths = {}
    for child, its in enumerate(parents):
        for parent in its:
            passed = range(layer[parent] + 1, layer[child])
            way = [bends.setdefault((parent, at), len(parents) + len(bends)) for at in passed]
            paths[parent, child] = [parent, *way, child]
    links = dict.fromkeys(pair for way in paths.values() for pair in pairwise(way))
    columns: list[list[int]] = [[] for _ in range(max(layer) + 1)]
    seen = {node: rank for rank, node in enumerate(_walk(parents))}
    places = {**{(node, at): node for node, at in enumerate(layer)}, **bends}
    for node, at in sorted(places, key=lambda place: seen[place[0]]):
        columns[at].append(places[node, at])
    return columns, list(links), paths


def _walk(parents: Sequence[Sequence[int]]) -> list[int]:
    """Nodes as one meets them from the output, the first parent first."""
    stack, seen = [len(parents) - 1], {}
    while stack:
        node = stack.pop()
        if node not in seen:
            seen[node] = True
            stack.extend(reversed(parents[node]))
    return list(seen)


# ---- order within the layers ----


def _ordered(columns: list[list[int]], links: list[Link], sweeps: int = 12) -> list[list[int]]:
    """The order with the fewest crossings among those that barycentre sweeps come by."""
    best, fewest = columns, _all_crossings(columns, links)
    ahead, back = _neighbours(links), _neighbours([(b, a) for a, b in links])
    for sweep in range(sweeps if fewest else 0):
        columns = [list(column) for column in columns]
        order = range(1, len(columns)) if sweep % 2 else range(len(columns) - 2, -1, -1)
        for at in order:
            fixed, near = (columns[at - 1], back) if sweep % 2 else (columns[at + 1], ahead)
            _by_barycentre(columns[at], fixed, near)
        crossings = _all_crossings(columns, links)
        if crossings < fewest:
            best, fewest = columns, crossings
    return best


def _by_barycentre(column: list[int], fixed: list[int], near: dict[int, list[int]]) -> None:
    """Sort a layer by the mean place of each cell's neighbours; who has none stays about where it was."""
    rank = {cell: (k + 0.5) / len(fixed) for k, cell in enumerate(fixed)}
    own = {cell: (k + 0.5) / len(column) for k, cell in enumerate(column)}
    column.sort(key=lambda c: sum(rank[m] for m in near[c]) / len(near[c]) if near.get(c) else own[c])


def _neighbours(links: list[Link]) -> dict[int, list[int]]:
    """What each cell is linked to, on the side of a link's second end."""
    near: dict[int, list[int]] = {}
    for a, b in links:
        near.setdefault(a, []).append(b)
    return near


def _all_crossings(columns: list[list[int]], links: list[Link]) -> int:
    """How many pairs of links cross."""
    place = {cell: (at, k) for at, column in enumerate(columns) for k, cell in enumerate(column)}
    ends = np.array([(*place[a], place[b][1]) for a, b in links]).reshape(-1, 3)
    layer, start, end = ends.T
    same = layer[:, None] == layer
    return int((same & (start[:, None] < start) & (end[:, None] > end)).sum())


# ---- heights ----


def _heights(columns, links, above: np.ndarray, below: np.ndarray, sweeps: int = 60) -> np.ndarray:
    """y of the middle line of each cell: near the mean of its neighbours, in order, and apart.

    Leaves pull little: they follow, so that the way from gate to gate is straight where it can be.
    """
    fed = {b for _, b in links}
    pull = np.zeros((len(above), len(above)))
    for a, b in links:
        pull[a, b] = pull[b, a] = 1.0 if a in fed else LEAF
    weight = np.maximum(pull.sum(axis=1), LEAF)
    y = np.zeros(len(above))
    for sweep in range(sweeps):
        for column in columns if sweep % 2 else columns[::-1]:
            apart = [below[a] + above[b] + ROW for a, b in pairwise(column)]
            y[column] = spread(pull[column] @ y / weight[column], weight[column], apart)
    return y - (y - above).min()


def spread(wanted: np.ndarray, weights: np.ndarray, apart: Sequence[float]) -> np.ndarray:
    """The places nearest to the wanted ones (weighted least squares) that keep order and distances.

    Less the distances it is a regression with rising values: neighbours in the wrong order are
    pooled until none is left.
    """
    offsets = np.concatenate([[0.0], np.cumsum(apart)])
    pools: list[tuple[float, float, int]] = []  # a mean, its weight, and of how many
    for value, weight in zip((wanted - offsets).tolist(), weights.tolist(), strict=True):
        mean, heavy, many = value, weight, 1
        while pools and pools[-1][0] > mean:
            before, weight, more = pools.pop()
            mean = (before * weight + mean * heavy) / (weight + heavy)
            heavy, many = heavy + weight, many + more
        pools.append((mean, heavy, many))
    return np.repeat([mean for mean, _, _ in pools], [many for _, _, many in pools]) + offsets


# ---- widths and ways ----


def _sides(columns, links, y: np.ndarray, widths: np.ndarray) -> list[np.ndarray]:
    """Left and right of each layer; between two there is more room where an edge climbs far."""
    at = {cell: k for k, column in enumerate(columns) for cell in column}
    climb = np.zeros(len(columns))
    for a, b in links:
        climb[at[b]] = max(climb[at[b]], abs(y[b] - y[a]))
    room = np.clip(GAP[0] + 0.12 * climb, *GAP)
    wide = [max(widths[cell] for cell in column if cell < len(widths)) + 2 * STUB for column in columns]
    right = np.cumsum(wide) + np.cumsum(room) - room[0] - STUB
    return [np.array([end - width, end]) for end, width in zip(right, wide, strict=True)]


def _routes(parents, paths, layer, sides, y, boxes) -> list[tuple[int, int, np.ndarray]]:
    """The way of each edge: straight through a layer, curved between two."""
    routes = []
    for child, its in enumerate(parents):
        order = sorted(range(len(its)), key=lambda k: y[paths[its[k], child][-2]])
        step = PORT / max(len(its) - 1, 1)
        for place, k in enumerate(order):
            way = paths[its[k], child]
            heights = [*y[way[:-1]], y[child] + step * (place - (len(its) - 1) / 2)]
            columns = sides[layer[its[k]] : layer[child] + 1]
            ends = boxes[its[k], 0] + boxes[its[k], 2], boxes[child, 0]
            routes.append((its[k], child, _points(heights, columns, ends)))
    return routes


def _points(heights: Sequence[float], columns: Sequence[np.ndarray], ends: Link) -> np.ndarray:
    """Points of one way: from the rim of a node to its layer's side, over to the next side, and so on."""
    points = [(ends[0], heights[0])]
    for k in range(1, len(heights)):
        (start, low), (end, high) = (columns[k - 1][1], heights[k - 1]), (columns[k][0], heights[k])
        middle = (start + end) / 2
        points += [(start, low), (middle, low), (middle, high), (end, high)]
    return np.array([*points, (ends[1], heights[-1])])
