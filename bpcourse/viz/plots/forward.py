"""Figures of lesson 01: one neuron, its squash, rows times columns, values through a network, and borders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle

from ...activations import relu, sigmoid, tanh
from ...network import forward
from ..style import (
    BLACK,
    BLUE,
    FORWARD,
    GREEN,
    GREY,
    ORANGE,
    VERMILION,
    describe,
    figure,
    listed,
    minus,
    styled,
)
from .network import COLUMN, _edges, _places, _units

ONE, ZERO = {"marker": "o", "color": BLUE}, {"marker": "^", "color": VERMILION}  # targets 1 and 0


@styled
def one_neuron(x: np.ndarray, w: np.ndarray, b: float) -> Figure:
    """What one neuron does with two inputs: x (2,), w (2,), and its bias."""
    fig, ax = figure(8.0, 2.9)
    z = float(x @ w + b)
    a = float(sigmoid(z))
    for k, height in enumerate((1.0, -0.1)):
        end = np.sign(height) * 0.1
        _circle(ax, (0, height), minus(f"{x[k]:.1f}"), f"x{'₁₂'[k]}")
        _arrow(ax, (0.3, height), (3.35, end))
        product = minus(f"{x[k]:.1f} · {w[k]:.1f} = {x[k] * w[k]:.1f}")
        _note(ax, (1.6, height + 0.426 * (end - height)), product)
    _arrow(ax, (3.6, -0.95), (3.6, -0.32))
    _note(ax, (3.6, -1.12), f"bias {b:.1f}")
    _circle(ax, (3.6, 0), f"{z:.1f}", "add up: z")
    _arrow(ax, (3.9, 0), (5.0, 0))
    ax.add_patch(FancyBboxPatch((5.05, -0.25), 0.7, 0.5, boxstyle="round,pad=0.05", fc="white", ec=FORWARD))
    ax.text(5.4, 0, "σ", ha="center", va="center", fontsize=14)
    _arrow(ax, (5.82, 0), (6.75, 0))
    _circle(ax, (7.1, 0), f"{a:.3f}", "squash: a")
    ax.set(xlim=(-0.6, 7.8), ylim=(-1.35, 1.6), aspect="equal")
    ax.axis("off")
    parts = " and ".join(f"{x[k]:.1f} times {w[k]:.1f} is {x[k] * w[k]:.1f}" for k in range(2))
    return describe(
        fig,
        f"One neuron: {parts}; with the bias {b:.1f} they add up to z = {z:.1f}, and sigma of it is {a:.4f}.",
    )


def _circle(ax: Axes, place, text: str, name: str) -> None:
    ax.plot(*place, "o", ms=34, mfc="white", mec=FORWARD, mew=1.6, zorder=3)
    ax.text(*place, text, ha="center", va="center", fontsize=10, zorder=4)
    ax.text(place[0], place[1] + 0.42, name, ha="center", va="bottom", fontsize=10, color=GREY, zorder=4)


def _arrow(ax: Axes, start, end) -> None:
    look = {"arrowstyle": "-|>", "color": FORWARD, "lw": 1.4, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", end, start, arrowprops=look, zorder=1)


def _note(ax: Axes, place, text: str) -> None:
    box = {"fc": "white", "ec": "none", "pad": 1.5}
    ax.text(*place, text, ha="center", va="center", fontsize=10, color=FORWARD, bbox=box, zorder=2)


@styled
def squashes(z: np.ndarray) -> Figure:
    """The sigmoid with dots at the given z, and tanh and ReLU in thin lines beside it."""
    fig, ax = figure(7.4, 3.8)
    at = np.linspace(-6, 6, 481)
    a = sigmoid(at)
    ax.plot(at, a, "-", color=BLUE, lw=2.6, label="σ, the sigmoid")
    ax.plot(at, tanh(at), "--", color=GREEN, lw=1.2, label="tanh")
    ax.plot(at, relu(at), ":", color=ORANGE, lw=1.6, label="ReLU")
    ax.plot(z, sigmoid(z), "o", color=BLACK, ms=8, zorder=5)
    for value, height in zip(z, sigmoid(z), strict=True):
        shift, side = ((-4, 9), "right") if value < 0 else ((8, -16), "left")
        look = {"fontsize": 10, "ha": side, "bbox": {"fc": "white", "ec": "none", "pad": 0.8}}
        ax.annotate(f"{height:.4f}", (value, height), shift, textcoords="offset points", **look)
    ax.set(xlim=(-6, 6), ylim=(-1.15, 1.6), xlabel="z, before", ylabel="a, after")
    ax.legend(loc="upper left")
    return describe(
        fig,
        f"The sigmoid is an S that rises from {a[0]:.4f} at z = −6 to {a[-1]:.4f} at z = 6. Dots on it: at "
        f"z = {listed(z, '.1f')} it is {listed(sigmoid(z), '.4f')}. Thin beside it: tanh, an S from −1 to 1, "
        "and ReLU, which is 0 on the left of 0 and z on the right.",
    )


@styled
def row_times_column(X: np.ndarray, W: np.ndarray, row: int, column: int) -> Figure:
    """X @ W as three tables of numbers, with one row, one column and the entry where they meet marked."""
    fig, ax = figure(8.0, 2.9)
    product = X @ W
    at = 0.0
    for name, table, sign in (("X", X, "@"), ("W1", W, "="), ("X @ W1", product, "")):
        rows, columns = table.shape
        marked = {"X": (row, None), "W1": (None, column)}.get(name, (row, column))
        _table(ax, at, table, marked)
        ax.text(at + columns / 2, rows / 2 + 0.15, f"{name}  {table.shape}", ha="center", fontsize=10)
        at += columns + 0.9
        ax.text(at - 0.45, 0, sign, ha="center", va="center", fontsize=16)
    ax.set(xlim=(-0.1, at - 0.7), ylim=(-2.1, 2.6))
    ax.axis("off")
    terms = " plus ".join(f"{x:.1f} times {w:.1f}" for x, w in zip(X[row], W[:, column], strict=True))
    return describe(
        fig,
        f"Tables of X, shape {X.shape}, and W1, shape {W.shape}, and of their product, {product.shape}. "
        f"Marked are row {row + 1}, column {column + 1} and the entry where they meet: {terms} is "
        f"{product[row, column]:.1f}.",
    )


def _table(ax: Axes, at: float, table: np.ndarray, marked: tuple[int | None, int | None]) -> None:
    """Cells with numbers; the marked row, column or entry is shaded, hatched and bold."""
    top = table.shape[0] / 2
    for (i, j), value in np.ndenumerate(table):
        on = all(m is None or m == k for m, k in zip(marked, (i, j), strict=True))
        face = {"fc": "#cfe3f2", "hatch": "//", "ec": "#9dc3e0"} if on else {"fc": "white", "ec": "#bbbbbb"}
        ax.add_patch(Rectangle((at + j, top - i - 1), 1, 1, lw=1, **face))
        box = {"fc": "#cfe3f2", "ec": "none", "pad": 1} if on else None
        look = {"ha": "center", "va": "center", "fontsize": 11, "weight": "bold" if on else "normal"}
        ax.text(at + j + 0.5, top - i - 0.5, minus(f"{value:.1f}"), bbox=box, **look)


@styled
def two_conventions(N: int, D: int, H: int) -> Figure:
    """A layer's product as rectangles: with an example in each row, and with one in each column."""
    fig, ax = figure(8.2, 2.7)
    ours = (("X", N, D, BLUE), ("W", D, H, VERMILION), ("Z", N, H, GREEN))
    theirs = (("Wᵀ", H, D, VERMILION), ("Xᵀ", D, N, BLUE), ("Zᵀ", H, N, GREEN))
    end = _product(ax, 0.0, ours, "here: an example is a row", "row")
    end = _product(ax, end + 2.0, theirs, "other books: a column", "column")
    ax.set(xlim=(-0.3, end + 0.3), ylim=(-N / 2 - 1.3, N / 2 + 1.7), aspect="equal")
    ax.axis("off")
    return describe(
        fig,
        f"One layer twice, as rectangles. Here: X {(N, D)} times W {(D, H)} is Z {(N, H)}. Other books: W "
        f"transposed {(H, D)} times X transposed {(D, N)} is Z transposed {(H, N)}. Hatched is one example, "
        "a row here and a column there.",
    )


def _product(ax: Axes, at: float, product, words: str, example: str) -> float:
    """Rectangles (name, rows, columns, colour) with one example hatched; return where they end."""
    left = at
    for (name, rows, columns, colour), sign in zip(product, "@= ", strict=True):
        ax.add_patch(Rectangle((at, -rows / 2), columns, rows, fc=colour, alpha=0.22, ec=colour, lw=1.5))
        label = f"{name}\n({rows}, {columns})"
        ax.text(at + columns / 2, rows / 2 + 0.2, label, ha="center", va="bottom", fontsize=10)
        if not name.startswith("W"):
            size = (columns, 1) if example == "row" else (1, rows)
            ax.add_patch(Rectangle((at, rows / 2 - size[1]), *size, fc="none", ec=BLACK, hatch="//", lw=1.2))
        at += columns + 1.5
        ax.text(at - 0.75, 0, sign, ha="center", va="center", fontsize=15)
    ax.text((left + at - 1.5) / 2, -3.1, words, ha="center", fontsize=11)
    return at - 1.5


@styled
def values_forward(params: Mapping[str, np.ndarray], x: np.ndarray, a1: np.ndarray, a2: np.ndarray) -> Figure:
    """The 2-3-1 network with the values of one example on it: x (2,), a1 (3,), a2 (1,)."""
    fig, ax = figure(7.6, 4.0)
    left, middle, right = (_places(n, COLUMN[name]) for n, name in ((2, "x"), (3, "h"), (1, "y")))
    _edges(ax, left, middle, params["W1"])
    _edges(ax, middle, right, params["W2"])
    for places, values, name in ((left, x, "x"), (middle, a1, "unit"), (right, a2, "ŷ")):
        _units(ax, places, values, None, name)
    for places, biases in ((middle, params["b1"]), (right, params["b2"])):
        for (px, py), bias in zip(places, biases, strict=True):
            look = {"ha": "center", "va": "top", "fontsize": 9, "color": FORWARD}
            ax.text(px, py - 0.33, f"bias {bias:.1f}", **look)
    sweep = {"arrowstyle": "->", "color": FORWARD, "lw": 1.5}
    ax.annotate("", (3.3, 1.75), (-0.2, 1.75), arrowprops=sweep)
    ax.text(1.5, 1.8, "values flow right", color=FORWARD, ha="center", va="bottom", fontsize=10)
    ax.set(xlim=(-0.5, 3.6), ylim=(-1.7, 2.1))
    ax.axis("off")
    return describe(
        fig,
        f"The network with the values of one example on it: inputs {listed(x, '.1f')}, "
        f"hidden units {listed(a1, '.3f')}, output {a2[0]:.4f}. "
        "Weights stand on the edges, biases under the units.",
    )


@styled
def crossing(X: np.ndarray, T: np.ndarray, corners: np.ndarray, targets: np.ndarray) -> Figure:
    """Two sets of four points, both with two points of each kind whose segments cross."""
    fig, axes = figure(8.4, 3.7, 2)
    said = []
    for ax, points, t, names, title in (
        (axes[0], X, T, "ABCD", "do the signs differ?"),
        (axes[1], corners, targets, None, "XOR with 0 and 1"),
    ):
        ones, zeros = points[t.ravel() == 1], points[t.ravel() == 0]
        _points(ax, points, t, names)
        ax.plot(*ones.T, "-", color=BLUE, lw=1.6)
        ax.plot(*zeros.T, "--", color=VERMILION, lw=1.6)
        meet = meeting_point(ones, zeros)
        ax.plot(*meet, "x", color=BLACK, ms=10, mew=2.5, zorder=6)
        look = {"fontsize": 10, "ha": "right", "va": "center", "textcoords": "offset points"}
        ax.annotate(minus(f"({meet[0]:.3f}, {meet[1]:.3f})"), meet, (-14, 0), **look)
        ax.set(title=title, xlabel="x₁", ylabel="x₂")
        ax.margins(0.16)
        said.append(f"{title.removesuffix('?')}: they cross at ({meet[0]:.3f}, {meet[1]:.3f})")
    axes[0].legend(loc="lower right")
    return describe(
        fig,
        "Two drawings of four points: discs where the target is 1, triangles where it is 0. In each a solid "
        f"segment joins the two discs and a dashed one the two triangles. Left, {said[0]}. Right, {said[1]}.",
    )


def meeting_point(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Where the segment between two points crosses another one; both (2, 2), a point a row.

    Returns
    -------
    array (2,)
    """
    (p, q), (r, s) = first, second
    along = np.linalg.solve(np.column_stack([q - p, r - s]), r - p)
    return p + along[0] * (q - p)


def _points(ax: Axes, points: np.ndarray, targets: np.ndarray, names: str | None) -> None:
    for target, look in ((1, ONE), (0, ZERO)):
        rows = points[targets.ravel() == target]
        ax.plot(*rows.T, ls="", ms=10, zorder=5, label=f"target {target}", **look)
    for point, name in zip(points, names or "", strict=False):
        shift = (12 if point[0] > 0 else -12, 3)
        look = {
            "ha": "center",
            "fontsize": 11,
            "zorder": 6,
            "bbox": {"fc": "white", "ec": "none", "pad": 1.2},
        }
        ax.annotate(name, point, shift, textcoords="offset points", **look)


@styled
def borders(networks: Sequence[tuple[str, Mapping[str, np.ndarray]]], X: np.ndarray, T: np.ndarray) -> Figure:
    """Where networks (title, params) say 1 and where 0: their 0.5 border, and four examples."""
    fig, axes = figure(8.4, 4.0, len(networks))
    side = np.linspace(-3, 3, 241)
    grid = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    said = []
    for ax, (title, params) in zip(np.atleast_1d(axes), networks, strict=True):
        answers = sigmoid(forward(grid, params, activation="sigmoid")[-1]).reshape(len(side), -1)
        ax.contourf(side, side, answers, levels=[0, 0.5, 1], colors=["#fbe3d6", "#d9e8f5"])
        ax.contourf(side, side, answers, levels=[0, 0.5], colors="none", hatches=[".."])
        border = ax.contour(side, side, answers, levels=[0.5], colors=BLACK, linewidths=2)
        _points(ax, X, T, "ABCD")
        right = int(np.sum((sigmoid(forward(X, params, activation="sigmoid")[-1]) > 0.5) == (T == 1)))
        ax.set(title=f"{title}: {right} of {len(X)} right", xlabel="x₁", ylabel="x₂", aspect="equal")
        ax.grid(False)
        pieces = len(border.allsegs[0])
        said.append(f"{title}: border in {counted(pieces)}, {right} of {len(X)} examples on their side of it")
    ax.legend(loc="lower right", fontsize=9, handletextpad=0.1, frameon=True)
    return describe(
        fig,
        "The plane of the two inputs, cut by each network's border, where its answer is 0.5; dotted where "
        f"the answer counts as 0. {'; '.join(said)}.",
    )


def counted(pieces: int) -> str:
    """``1 piece``, ``3 pieces``."""
    return f"{pieces} piece{'' if pieces == 1 else 's'}"
