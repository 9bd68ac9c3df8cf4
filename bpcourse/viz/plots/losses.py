"""Figures of lesson 02: counts and squares, slopes of a loss, softmax, and where floats end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ...activations import sigmoid
from ..style import (
    BACKWARD,
    BLACK,
    BLUE,
    CYCLE,
    FORWARD,
    GREEN,
    GREY,
    LINES,
    ORANGE,
    VERMILION,
    describe,
    figure,
    listed,
    styled,
)
from .wires import number

NAMES = "ABCD"


@styled
def count_over_weight(w: np.ndarray, answers: np.ndarray, targets: np.ndarray, at: float) -> Figure:
    """Four answers (K, 4) over one weight w (K,), and how many of them are on the wrong side of ½."""
    fig, (left, right) = figure(8.6, 3.6, 2, gridspec_kw={"width_ratios": [1.5, 1]})
    for n, name in enumerate(NAMES):
        left.plot(w, answers[:, n], ls=LINES[n], color=CYCLE[n], label=f"{name}, target {targets[n]:.0f}")
    wrong = ((answers > 0.5) != (targets == 1)).sum(axis=1)
    right.plot(w, wrong, color=BLACK)
    left.axhline(0.5, color=GREY, lw=1)
    left.text(w[0], 0.51, "the middle, ½", color=GREY, fontsize=10, va="bottom")
    for ax, low in ((left, 0.03), (right, 0.12)):
        ax.axvline(at, color=GREY, lw=1, ls=":")
        ax.text(at + 0.1, low, f"now: {at}", color=GREY, fontsize=10)
    left.set(xlabel="W1[0, 0]", ylabel="answer ŷ", ylim=(0, 1), title="The answers move")
    left.legend(ncols=2, loc="upper center", fontsize=9)
    right.set(xlabel="W1[0, 0]", ylabel="answers on the wrong side", title="The count does not")
    right.set(ylim=(0, 4.2), yticks=range(5))
    ends = zip(NAMES, answers[0], answers[-1], strict=True)
    moved = ", ".join(f"{name} from {first:.2f} to {last:.2f}" for name, first, last in ends)
    return describe(
        fig,
        f"Left: the four answers over W1[0, 0] from {w[0]:.0f} to {w[-1]:.0f}. They move, and none crosses "
        f"0.5: {moved}. Right: how many are on the wrong side: never fewer than {wrong.min()}, "
        f"never more than {wrong.max()}.",
    )


@styled
def error_squares(errors: np.ndarray) -> Figure:
    """Each error (N,) as the side of a square, and the mean square beside them."""
    fig, ax = figure(8.0, 2.9)
    mean, place = float(np.mean(errors**2)), 0.0
    for name, error in zip(NAMES, errors, strict=True):
        label = f"{name}: {number(error, sign='+')}"
        place = _square(ax, place, abs(error), label, {"fc": BLUE, "ec": "white"})
    look = {"fc": "white", "hatch": "//", "ec": GREY}
    place = _square(ax, place + 0.2, np.sqrt(mean), "the mean", look)
    ax.set(xlim=(-0.05, place), ylim=(-0.15, 0.7), aspect="equal", title="Each error is the side of a square")
    ax.axis("off")
    return describe(
        fig,
        f"Squares whose sides are the errors of A to D, {listed(errors)}. Their areas are "
        f"{listed(errors**2, '.3f')}; the mean area is {mean:.4f}.",
    )


def _square(ax: Axes, place: float, side: float, label: str, look: dict) -> float:
    """A square with its area in it; returns where the next one may stand."""
    ax.add_patch(Rectangle((place, 0), side, side, **look))
    plain = look["fc"] == "white"
    ax.text(
        place + side / 2,
        side / 2,
        f"area\n{side**2:.3f}",
        ha="center",
        va="center",
        color=BLACK if plain else "white",
        bbox={"fc": "white", "ec": "none", "pad": 1.5} if plain else None,
    )
    ax.text(place + side / 2, -0.04, label, ha="center", va="top")
    return place + side + 0.12


@styled
def difference_table(y_hat: np.ndarray, targets: np.ndarray) -> Figure:
    """The table that (N, 1) minus (N,) makes, squared; the diagonal holds the pairs that belong together."""
    squares = (y_hat[:, None] - targets[None, :]) ** 2
    fig, ax = figure(6.6, 3.6)
    for i, j in np.ndindex(squares.shape):
        own = i == j
        ax.add_patch(Rectangle((j, -i - 1), 1, 1, fc=BLUE if own else "white", ec=GREY))
        text = {"color": "white", "weight": "bold"} if own else {"color": BLACK}
        ax.text(j + 0.5, -i - 0.5, f"{squares[i, j]:.3f}", ha="center", va="center", **text)
    for k, name in enumerate(NAMES):
        ax.text(-0.1, -k - 0.5, f"answer {name}: {y_hat[k]:.3f}", ha="right", va="center")
        ax.text(k + 0.5, 0.12, f"{name}: {targets[k]:.0f}", ha="center", va="bottom")
    ax.text(2, 0.5, "target", ha="center", va="bottom")
    ax.set(xlim=(-1.9, 4.1), ylim=(-4.1, 0.95), title="(answer − target)², every one with every one")
    ax.axis("off")
    own = np.mean(np.diag(squares))
    return describe(
        fig,
        "A table of 4 by 4: every answer paired with every target, their difference squared. The mean of all "
        f"{squares.size} entries is {squares.mean():.4f}; that of the diagonal, where answer and target "
        f"belong together, is {own:.4f}.",
    )


@styled
def slopes_of_outputs(y_hat: np.ndarray, targets: np.ndarray) -> Figure:
    """The loss over one prediction, with its tangent; and the slope in each of them, (N,)."""
    slopes = 2 * (y_hat - targets) / len(y_hat)
    fig, (left, right) = figure(8.6, 3.3, 2)
    _parabola(left, y_hat, targets, slopes[0])
    bars = right.bar(list(NAMES), slopes, color=[BACKWARD if s < 0 else BLUE for s in slopes], width=0.6)
    for bar, slope in zip(bars, slopes, strict=True):
        bar.set(hatch="//" if slope < 0 else "", edgecolor="white")
    right.bar_label(bars, [number(s, sign="+") for s in slopes], padding=3, fontsize=10)
    right.axhline(0, color=GREY, lw=0.8)
    right.margins(y=0.2)
    right.set(xlabel="example", ylabel="slope ∂L/∂ŷ", title="One slope for each answer")
    return describe(
        fig,
        f"Left: the loss over the answer to A is a parabola; at {y_hat[0]:.3f} it falls with slope "
        f"{slopes[0]:.3f}. Right: the slopes for A to D are {listed(slopes)}.",
    )


def _parabola(ax: Axes, y_hat: np.ndarray, targets: np.ndarray, slope: float) -> None:
    """The loss over the first prediction while the others are held."""

    def loss(first):
        return np.mean([(first - targets[0]) ** 2, *(y_hat[1:] - targets[1:]) ** 2])

    y, now = np.linspace(0, 1, 101), y_hat[0]
    near = np.array([now - 0.35, now + 0.35])
    ax.plot(y, [loss(v) for v in y], color=FORWARD, label="loss")
    ax.plot(near, loss(now) + slope * (near - now), "--", color=BACKWARD, label=f"slope {number(slope)}")
    ax.plot(now, loss(now), "o", color=BLACK, label=f"now: ŷ = {now:.3f}")
    ax.set(xlabel="answer ŷ to example A", ylabel="loss", title="Nudge one answer")
    ax.legend()


@styled
def two_losses(marked: Sequence[float]) -> Figure:
    """Squared error and cross-entropy for target 1, over the answer and over z; dots at the marked z."""
    z, at = np.linspace(-6.5, 6.5, 261), sigmoid(np.asarray(marked))
    fig, (left, right) = figure(8.6, 3.5, 2, sharey=True)
    said = []
    for name, price, line, look in (
        ("squared error", lambda a: (a - 1) ** 2, "-", {"color": FORWARD, "marker": "o", "ms": 5}),
        (
            "cross-entropy",
            lambda a: -np.log(a),
            "--",
            {"color": BACKWARD, "marker": "s", "ms": 10, "mfc": "none"},
        ),
    ):
        for ax, x, dots in ((left, sigmoid(z), at), (right, z, marked)):
            ax.plot(x, price(sigmoid(z)), ls=line, color=look["color"])
            ax.plot(dots, price(at), ls="", **look)
        left.plot([], [], ls=line, label=name, **look)
        said.append(f"{name} {listed(price(at), '.3f')}")
    left.set(xlabel="answer ŷ", ylabel="loss, target 1", title="Over the answer", ylim=(-0.2, 6.6))
    right.set(xlabel="z, before the squash", title="Over z")
    left.legend()
    return describe(
        fig,
        "Two losses for target 1, over the answer and over z from −6.5 to 6.5, with dots at z = "
        f"{listed(marked, '.2f')}: {'; '.join(said)}. Over z, the squared error is flat at the left end, and "
        "cross-entropy is a straight line of slope −1.",
    )


@styled
def lost_digits(z: np.ndarray) -> Figure:
    """Cross-entropy for target 0 over large z: from the rounded probability, and from z itself."""
    with np.errstate(divide="ignore"):
        rounded = -np.log(1 - sigmoid(z))
    known = np.isfinite(rounded)
    ends = z[known][-1]
    fig, ax = figure(7.2, 3.4)
    ax.plot(z, z + np.log1p(np.exp(-z)), "--", color=FORWARD, label="from z, Eq. (2.3)")
    ax.plot(z[known], rounded[known], color=BACKWARD, label="−log(1 − σ(z))")
    ax.axvspan(ends, z[-1], color=GREY, alpha=0.15, lw=0)
    words = "here 1 − σ(z) is 0,\nits logarithm −∞"
    ax.text((ends + z[-1]) / 2, z[0] + 1.5, words, ha="center", fontsize=10)
    ax.set(xlabel="z", ylabel="loss, target 0", title="First steps, then nothing")
    ax.legend(loc="upper left")
    return describe(
        fig,
        f"Cross-entropy for target 0, z from {z[0]:.0f} to {z[-1]:.0f}. From z it is a straight line. "
        f"Computed from the probability it turns into steps, and beyond z = {ends:.1f} it is infinite.",
    )


@styled
def softmax_steps(z: np.ndarray) -> Figure:
    """Scores, their exponentials, and the shares of the sum, all (C,)."""
    E = np.exp(z)
    rows = (
        ("scores z", z, 1, BLUE),
        ("their exponentials", E, 3, ORANGE),
        (f"divided by the sum, {E.sum():.3f}", E / E.sum(), 3, GREEN),
    )
    fig, axes = figure(8.8, 3.0, 3)
    for ax, (title, values, digits, colour) in zip(axes, rows, strict=True):
        bars = ax.bar(range(len(z)), values, color=colour, width=0.6)
        ax.bar_label(bars, [number(v, digits) for v in values], padding=3, fontsize=10)
        ax.axhline(0, color=GREY, lw=0.8)
        ax.margins(y=0.2)
        ax.set(title=title, xlabel="class", xticks=range(len(z)))
    return describe(
        fig,
        f"Scores {listed(z, '.0f')}, their exponentials {listed(E, '.3f')} with the sum {E.sum():.3f}, and "
        f"the shares of it: {listed(E / E.sum(), '.3f')}.",
    )


@styled
def off_the_scale(scores: np.ndarray) -> Figure:
    """e^z beside the largest float, for scores as they are, and with their maximum taken off."""
    limit, shifted, names = np.log(np.finfo(float).max), scores - scores.max(), range(len(scores))
    powers, end = scores / np.log(10), limit / np.log(10)
    fig, (left, right) = figure(8.6, 3.3, 2)
    bars = left.bar(names, powers, color=VERMILION, width=0.6)
    left.bar_label(bars, ["∞"] * len(scores), padding=3, fontsize=12)
    left.axhline(end, color=BLACK, ls="--", lw=1.5)
    box = {"fc": "white", "ec": "none", "pad": 2}
    left.text(
        1, end - 18, f"the largest float, z = {limit:.1f}", fontsize=10, ha="center", va="top", bbox=box
    )
    left.set(ylabel="k, where $e^z = 10^k$", ylim=(0, 520), title="As they are: too large")
    bars = right.bar(names, np.exp(shifted), color=GREEN, width=0.6)
    right.bar_label(bars, [number(v) for v in np.exp(shifted)], padding=3, fontsize=10)
    right.set(ylabel="$e^z$", ylim=(0, 1.2), title="Their maximum taken off")
    for ax, values in ((left, scores), (right, shifted)):
        ax.set(xlabel="score z", xticks=names, xticklabels=[number(v, 0) for v in values])
    return describe(
        fig,
        f"Left: e^z for the scores {listed(scores, '.0f')}, as powers of ten: {listed(powers, '.0f')}."
        f" Floats end at {end:.0f}, where z = {limit:.1f}. Right: with their maximum off the scores are "
        f"{listed(shifted, '.0f')}, and e^z is {listed(np.exp(shifted), '.3f')}.",
    )


@styled
def chance(first: Mapping[str, float], classes: int) -> Figure:
    """log C over the number of classes C, and the first losses of networks with so many classes."""
    C = np.arange(2, 21)
    fig, ax = figure(7.2, 3.5)
    ax.plot(C, np.log(C), ".-", color=FORWARD, label="chance: log C")
    for (name, loss), marker, colour in zip(first.items(), "sX", (GREEN, VERMILION), strict=False):
        ax.plot(classes, loss, marker, color=colour, ms=11, label=f"{name}: {loss:.2f}")
    ax.set(xlabel="number of classes C", ylabel="cross-entropy", title="What knowing nothing costs")
    ax.set(xticks=C[::2], ylim=(0, 1.12 * max(first.values())))
    ax.legend(loc="center right")
    levels = ", ".join(f"{np.log(k):.4f} for {k}" for k in (2, 3, 10))
    said = "; ".join(f"{name}, {loss:.3f}" for name, loss in first.items())
    return describe(
        fig,
        f"Over the number of classes C, the cross-entropy of equal probabilities is log C: {levels}. "
        f"First losses of networks with {classes} classes: {said}.",
    )
