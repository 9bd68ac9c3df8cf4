"""Figures of lesson 06 from the digits on: the images, accuracies, what is taken for what, and the splits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..style import (
    BLACK,
    BLUE,
    CYCLE,
    GREY,
    LINES,
    MARKERS,
    VERMILION,
    describe,
    figure,
    styled,
)


@styled
def samples(images: np.ndarray, labels: np.ndarray, numbers: Sequence[int]) -> Figure:
    """Some images (N, 8, 8) with their labels, in two rows; `numbers` says which."""
    fig, axes = figure(8.4, 2.5, len(numbers) // 2, rows=2)
    for ax, k in zip(axes.ravel(), numbers, strict=True):
        _picture(ax, images[k], str(labels[k]))
    digits = " ".join(str(labels[k]) for k in numbers)
    return describe(
        fig,
        f"{len(numbers)} handwritten digits of 8 by 8 pixels, with ink from 0 (white) to 16 (black), in two "
        f"rows. They show {digits}.",
    )


def _picture(ax: Axes, image: np.ndarray, title: str) -> None:
    ax.imshow(image, cmap="gray_r", vmin=0, vmax=16, interpolation="nearest")
    ax.set_title(title, loc="center", fontsize=11)
    ax.set(xticks=[], yticks=[])
    ax.grid(False)
    for side in ax.spines.values():
        side.set(visible=True, color=GREY, linewidth=0.8)


@styled
def answers(image: np.ndarray, label: int, outputs: Mapping[str, np.ndarray]) -> Figure:
    """An image (8, 8), and the ten outputs (10,) that one or more networks give for it."""
    fig, (left, right) = figure(8.2, 2.8, 2, width_ratios=(1, 3))
    _picture(left, image, _a(label))
    width, said = 0.8 / len(outputs), []
    for k, (name, values) in enumerate(outputs.items()):
        place = np.arange(len(values)) + (k - (len(outputs) - 1) / 2) * width
        look = {"color": CYCLE[k], "hatch": ("//", "")[k % 2], "ec": "white", "label": name}
        right.bar(place, values, 0.94 * width, **look)
        right.plot(place[values.argmax()], values.max() + 0.04, "v", color=BLACK, ms=6)
        said.append(f"{name}: the largest is output {values.argmax()} with {values.max():.3f}")
    right.plot([], [], "v", color=BLACK, ls="", label="the largest: the answer")
    right.set(xticks=range(10), xlabel="output", ylabel="ŷ", ylim=(0, 1.1))
    right.legend(loc="lower center", ncols=len(outputs) + 1, bbox_to_anchor=(0.5, 1.0), fontsize=9)
    return describe(fig, f"An image of {_a(label)}, and the ten outputs for it. {'; '.join(said)}.")


def _a(digit: int) -> str:
    """``a 7``, ``an 8``."""
    return f"{'an' if digit == 8 else 'a'} {digit}"


@styled
def accuracies(runs: Mapping[str, np.ndarray], bar: float | None = None) -> Figure:
    """Shares of right answers after each epoch (epochs + 1,), several runs on one pair of axes."""
    fig, ax = figure(7.6, 3.8)
    said = []
    if bar is not None:
        ax.axhline(100 * bar, color=GREY, ls=":", lw=1.4)
        ax.text(0.5, 100 * bar + 1, f"{100 * bar:.0f} %", fontsize=9, color="#444444", va="bottom")
    for k, (name, shares) in enumerate(runs.items()):
        ax.plot(
            100 * shares,
            ls=LINES[k],
            color=CYCLE[k],
            marker=MARKERS[k],
            markevery=(4 * k, 20),
            ms=6,
            label=name,
        )
        told = ", ".join(f"{100 * shares[e]:.1f}" for e in (1, 5, 10, 20, 40, 100) if e < len(shares))
        said.append(f"{name}: {told} %")
    ax.set(xlabel="epoch", ylabel="right on the test set, %", ylim=(0, 104), xlim=(0, len(shares) - 1))
    ax.legend(loc="lower right")
    return describe(
        fig,
        f"Share of right answers against epochs, after 1, 5, 10, 20, 40 and 100 of them. {'; '.join(said)}.",
    )


@styled
def confusion(matrix: np.ndarray) -> Figure:
    """A confusion matrix (C, C): the true class down, the predicted one across."""
    fig, ax = figure(5.8, 5.2)
    classes = range(len(matrix))
    off = matrix - np.diag(np.diag(matrix))
    shade = np.where(np.eye(len(matrix)) > 0, 0.16, np.where(off > 0, 0.75, 0.0))
    ax.imshow(shade, cmap="Blues", vmin=0, vmax=1)
    for (i, j), count in np.ndenumerate(matrix):
        wrong = i != j and count
        look = {"weight": "bold", "color": "white"} if wrong else {"color": BLACK if count else "#bbbbbb"}
        ax.text(j, i, str(count) if count else "·", ha="center", va="center", fontsize=11, **look)
    ax.set(xticks=classes, yticks=classes, xlabel="predicted", ylabel="true")
    ax.grid(False)
    right = int(np.trace(matrix))
    pairs = [f"{n} times {_a(i)} taken for {_a(j)}" for (i, j), n in np.ndenumerate(off) if n]
    return describe(
        fig,
        f"Confusion matrix: the true digit down, the predicted one across. {right} of {matrix.sum()} stand "
        f"on the diagonal. Off it: {', '.join(pairs).replace('1 times', 'once')}.",
    )


@styled
def wrong_images(images: np.ndarray, truth: np.ndarray, said: np.ndarray, numbers: np.ndarray) -> Figure:
    """The images (K, 8, 8) that a network got wrong, with their numbers in the file."""
    fig, axes = figure(8.4, 2.4, len(images))
    words = []
    for ax, image, t, s, n in zip(np.atleast_1d(axes), images, truth, said, numbers, strict=True):
        _picture(ax, image, f"{t}, taken for {s}")
        ax.set_xlabel(f"image {n}", fontsize=9)
        words.append(f"image {n}, {_a(t)} taken for {_a(s)}")
    return describe(fig, f"The {len(images)} images that the network got wrong: {'; '.join(words)}.")


@styled
def exams(groups: Mapping[str, np.ndarray], bar: float) -> Figure:
    """Accuracies (K,) in per cent of several runs by kind of exam, a row of dots for each kind."""
    fig, ax = figure(7.6, 2.2 + 0.25 * len(groups))
    said = []
    for k, (name, shares) in enumerate(groups.items()):
        ordered = np.sort(shares)
        lift = 0.1 * _stacked(np.round(ordered, 1))
        ax.plot(ordered, k + lift, MARKERS[k], color=CYCLE[k], ms=8, alpha=0.85)
        ax.plot([ordered.mean()] * 2, [k - 0.16, k - 0.34], "-", color=BLACK, lw=2)
        ax.text(ordered.mean(), k - 0.38, f"mean {ordered.mean():.1f}", ha="center", va="top", fontsize=9)
        said.append(f"{name}: {', '.join(f'{s:.1f}' for s in ordered)} %, mean {ordered.mean():.1f}")
    ax.axvline(bar, color=GREY, ls=":", lw=1.4)
    ax.text(bar, len(groups) - 0.42, f"{bar:.0f} %", fontsize=9, ha="center", va="bottom")
    ax.set(
        yticks=range(len(groups)),
        yticklabels=list(groups),
        ylim=(-0.65, len(groups) - 0.45),
        xlabel="right on the test set, %",
    )
    ax.grid(axis="y", visible=False)
    return describe(fig, f"Accuracy of every run, a dot each. {'; '.join(said)}.")


def _stacked(values: np.ndarray) -> np.ndarray:
    """0, 1, 2, … for the first, second, third of equal values in a row."""
    return np.array([np.sum(values[:k] == v) for k, v in enumerate(values)], dtype=float)


@styled
def nearest_rows(distances: np.ndarray, chance: np.ndarray, near: int) -> Figure:
    """How many rows away the most similar image of the same class stands (N,), beside what chance gives."""
    fig, ax = figure(7.4, 3.2)
    bins = np.arange(0, 1801, near)
    for name, rows, colour, hatch in (
        ("most similar image of the same digit", distances, BLUE, ""),
        ("any image of the same digit", chance, "none", "//"),
    ):
        weights = np.full(len(rows), 100 / len(rows))
        edge = VERMILION if hatch else "white"
        ax.hist(rows, bins, weights=weights, color=colour, hatch=hatch, ec=edge, label=name, lw=1.2)
    ax.set(
        xlabel=f"how many rows away in the file (bars of {near})", ylabel="share of images, %", xlim=(0, 1800)
    )
    ax.legend(loc="upper right")
    shares = [100 * np.mean(np.asarray(rows) <= near) for rows in (distances, chance)]
    return describe(
        fig,
        f"How far away in the file the most similar image of the same digit stands. Within {near} rows: "
        f"{shares[0]:.0f} % of the images; of all pairs of images of the same digit only {shares[1]:.0f} % "
        "are that near.",
    )
