"""Figures of the published results that the course runs again: one each, the paper's number beside ours.

Each takes what the function of the same name in `bpcourse.reproductions` returns.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bpcourse.reproductions.he_2015 import below_two
from bpcourse.reproductions.result import Reproduction, number

from ..style import (
    BLACK,
    BLUE,
    CYCLE,
    GREY,
    LINES,
    MARKERS,
    ORANGE,
    VERMILION,
    describe,
    figure,
    styled,
)

PAPER = {"marker": "D", "mfc": "white", "mec": BLACK, "mew": 1.6, "ms": 8, "ls": "none", "zorder": 5}


@styled
def xor_sweeps(result: Reproduction) -> Figure:
    """Sweeps needed (5, S) by the number of hidden units (5,), medians, and the formula of 1986."""
    fig, ax = figure(7.2, 3.6)
    hidden, sweeps, formula = (result.arrays[name] for name in ("hidden", "sweeps", "formula"))
    place = np.arange(len(hidden))
    medians = np.nanmedian(sweeps, axis=1)
    for x, seeds in zip(place, sweeps, strict=True):
        done = np.sort(seeds[~np.isnan(seeds)])
        ax.plot(x + np.linspace(-0.25, 0.25, len(done)), done, ".", color=BLUE, ms=3, alpha=0.5)
    ax.plot(place, medians, "s-", color=BLUE, label="ours: median of the seeds")
    look = PAPER | {"ls": "--", "color": BLACK, "lw": 1.4, "label": "280 − 33 log₂ H (1986, second hand)"}
    ax.plot(place, formula, **look)
    ax.set(xticks=place, xticklabels=hidden, xlabel="hidden units H", ylabel="sweeps", ylim=(0, 700))
    ax.legend(loc="upper right")
    stuck = np.isnan(sweeps).sum(axis=1)
    return describe(
        fig,
        f"Sweeps until XOR is solved, for {', '.join(map(str, hidden))} hidden units: ours "
        f"{_numbers(medians)}, the formula of 1986 {_numbers(formula)}. Both fall with every doubling. With "
        f"two units {stuck[0]} of {len(sweeps[0])} seeds get stuck, with four and more {stuck[1:].sum()}. "
        "Each dot is a seed, in order of its sweeps.",
    )


@styled
def mirror_symmetry(result: Reproduction) -> Figure:
    """Left, seeds solved against sweeps; right, the six weights into both hidden units of one seed."""
    fig, (left, right) = figure(9.0, 3.5, columns=2, width_ratios=(1.15, 1))
    sweeps, weights = result.arrays["sweeps"], result.arrays["weights"]
    done = np.sort(sweeps[~np.isnan(sweeps)])
    left.step(done, 1 + np.arange(len(done)), where="post", color=BLUE)
    left.axvline(1425, color=BLACK, ls="--", lw=1.4)
    left.text(1500, 2, "1,425: the network\nof figure 1", fontsize=10)
    left.set(xscale="log", xlabel="sweeps", ylabel=f"seeds solved, of {len(sweeps)}", ylim=(0, len(sweeps)))
    left.set(xticks=[500, 1000, 2000, 5000, 10000], xticklabels=["500", "1,000", "2,000", "5,000", "10,000"])
    left.minorticks_off()
    units = _nearest_to_the_median(sweeps, weights)
    scaled = units / np.abs(units).min(axis=0)
    for k, (colour, hatch) in enumerate(((BLUE, ""), (ORANGE, "//"))):
        place = np.arange(1, 7) + (k - 0.5) * 0.4
        look = {"color": colour, "hatch": hatch, "ec": "white", "label": f"unit {k + 1}"}
        bars = right.bar(place, scaled[:, k], 0.38, **look)
        right.bar_label(bars, fmt=lambda v: f"{v:.1f}".replace("-", "−"), fontsize=8, padding=2)
    right.axhline(0, color=GREY, lw=0.8)
    right.axvline(3.5, color=GREY, ls=":", lw=1.4)
    right.set(xlabel="input bit", ylabel="weight / smallest weight", xticks=range(1, 7), ylim=(-5.6, 6.6))
    right.legend(loc="upper right", ncols=2, fontsize=9)
    ratios = " : ".join(f"{v:.1f}" for v in np.sort(np.abs(scaled[:3, 0])))
    return describe(
        fig,
        f"Left: {len(done)} of {len(sweeps)} seeds are solved within 10,000 sweeps, half of these by "
        f"{np.median(done):,.0f}; the paper's network took 1,425. Right: weights of one seed. On one side of "
        f"the middle their sizes are {ratios}, and mirrored inputs have the same size and the opposite sign.",
    )


@styled
def nielsen_gradient_norms(result: Reproduction) -> Figure:
    """‖δ‖ by hidden layer for 2, 3, 4 and 8 hidden layers: median and 5 to 95 % of seeds, and the book."""
    fig, ax = figure(7.4, 3.9)
    told = []
    for k, hidden in enumerate((2, 3, 4, 8)):
        norms = result.arrays[f"norms_{hidden}"]
        layers, middle = np.arange(1, hidden + 1), np.median(norms, axis=0)
        ends = np.abs(np.quantile(norms, [0.05, 0.95], axis=0) - middle)
        look = {"color": CYCLE[k], "ls": LINES[k], "marker": MARKERS[k], "capsize": 3}
        ax.errorbar(layers, middle, ends, label=f"{hidden} hidden layers", **look)
        if f"book_{hidden}" in result.arrays:
            ax.plot(layers, result.arrays[f"book_{hidden}"], label="the book" if k == 0 else None, **PAPER)
            book = _numbers(result.arrays[f"book_{hidden}"])
            told.append(f"with {hidden} hidden layers {_numbers(middle)} (book: {book})")
    ax.set(yscale="log", xlabel="hidden layer", ylabel="length of the bias gradient", xticks=range(1, 9))
    ax.legend(loc="lower right")
    return describe(
        fig,
        f"Length of each hidden layer's gradient before training, on a logarithmic axis, medians: "
        f"{'; '.join(told)}; with 8 from {number(middle[0])} in layer 1 to {number(middle[-1])} in layer 8. "
        f"Each layer further from the output has a gradient about {_factor(middle):.0f} times smaller. Bars: "
        "5 to 95 % of the seeds.",
    )


@styled
def recurrent_cliff(result: Reproduction) -> Figure:
    """The error over (w, b) with both descents on it, and the error after each update."""
    fig, (left, right) = figure(9.2, 3.8, columns=2)
    a = result.arrays
    fill = left.contourf(a["w"], a["b"], a["error"], np.linspace(0, 0.45, 10), cmap="Greys", alpha=0.8)
    fig.colorbar(fill, ax=left, label="error", ticks=[0, 0.1, 0.2, 0.3, 0.4])
    jump = int(np.argmax(np.hypot(*np.diff(a["unclipped"], axis=0).T)))
    left.plot(*a["clipped"].T, "-", color=BLUE, lw=1.4, label="clipped")
    left.plot(*a["unclipped"][: jump + 1].T, "--", color=VERMILION, lw=1.4)
    _arrow_out(left, a["unclipped"][jump], a["unclipped"][jump + 1])
    left.plot(*a["clipped"][0], "o", color=BLACK, ms=7)
    left.annotate("start", a["clipped"][0], (9, -2), textcoords="offset points")
    left.plot(*a["clipped"][-1], "s", color=BLUE, ms=8, mec="white")
    left.set(xlabel="w", ylabel="b", xlim=a["w"][[0, -1]], ylim=a["b"][[0, -1]])
    for name, colour, line in (("clipped", BLUE, "-"), ("unclipped", VERMILION, "--")):
        right.semilogy(a[f"{name}_error"], line, color=colour, label=name, lw=1)
    right.set(xlabel="update", ylabel="error (logarithmic axis)", ylim=(1e-8, 30))
    right.legend(loc="upper right")
    length = np.hypot(*(a["unclipped"][jump + 1] - a["unclipped"][jump]))
    return describe(
        fig,
        f"Left: the error over w and b. Along a line it rises like a wall: there the gradient is up to "
        f"{a['gradient_norm'].max():,.0f} long, and at half of the points less than "
        f"{np.median(a['gradient_norm']):.2f}. Without clipping, update {jump + 1} jumps {length:.1f} units "
        f"off the map, to an error of {a['unclipped_error'][-1]:.2f}, and stays there. With the gradient "
        f"clipped at 1 the descent stays at the wall, and its error ends below {result.rows[-1].ours:g}.",
    )


@styled
def spectral_radius(result: Reproduction) -> Figure:
    """‖δ‖ over 100 steps back, median and 5 to 95 % of the seeds, for each spectral radius."""
    fig, ax = figure(7.4, 3.6)
    radii, norms = result.arrays["radii"], result.arrays["norms"]
    steps, told = np.arange(norms.shape[2]), []
    for k, (radius, seeds) in enumerate(zip(radii, norms, strict=True)):
        low, middle, high = np.quantile(seeds, [0.05, 0.5, 0.95], axis=0)
        ax.semilogy(steps, middle, LINES[k], color=CYCLE[k], label=f"radius {radius:g}")
        ax.fill_between(steps, low, high, color=CYCLE[k], alpha=0.18, lw=0)
        ax.text(steps[-1] + 1, middle[-1], number(middle[-1]), color=CYCLE[k], va="center")
        told.append(f"{number(middle[-1])} at radius {radius:g}")
    ax.set(xlabel="steps back in time", ylabel="‖δ‖, compared with the last step", xlim=(0, steps[-1] + 12))
    ax.legend(loc="upper left")
    return describe(
        fig,
        f"The length of δ on its way back through {steps[-1]} steps of a linear recurrent network, on a "
        f"logarithmic axis; medians at the end: {', '.join(told)}. Bands hold 5 to 95 % of the seeds. "
        "Apart from the first steps the lines are straight: every step multiplies by about the radius.",
    )


@styled
def glorot_jacobians(result: Reproduction) -> Figure:
    """Left, singular values with their means; right, spread of activations and δ by layer."""
    fig, (left, right) = figure(9.2, 3.7, columns=2)
    values = result.arrays["singular_values"]
    means = values.mean(axis=(1, 2, 3))
    looks = (("standard", VERMILION, "--", "s", 0.5), ("normalised", BLUE, "-", "o", 0.8))
    for start, mean, (name, colour, line, _, paper) in zip(values, means, looks, strict=True):
        look = {"color": colour, "label": f"{name}, mean {mean:.2f}"}
        left.plot(np.arange(1, 1001), start.mean(axis=(0, 1)), line, **look)
        left.plot(500, paper, label=f"paper: about {paper}", **(PAPER | {"mec": colour}))
    left.set(xlabel="singular value, by size", ylabel="how much it stretches", ylim=(0, 2.1))
    left.legend(loc="upper right", fontsize=9)
    layers = np.arange(1, 6)
    spreads = result.arrays["activation_stds"], result.arrays["delta_stds"]
    for k, (name, colour, line, marker, _) in enumerate(looks):
        right.semilogy(layers, spreads[0][k], line, marker=marker, color=colour, label=f"activations, {name}")
        relative = spreads[1][k] / spreads[1][k][-1]
        right.semilogy(layers, relative, line, marker=marker, mfc="white", color=colour, label=f"δ, {name}")
    right.set(xlabel="hidden layer", ylabel="spread (δ: layer 5 is 1)", xticks=layers, ylim=(0.006, 2))
    right.legend(loc="lower center", fontsize=8.5, ncols=2, handlelength=1.6, columnspacing=0.8)
    backwards = spreads[1][:, 0] / spreads[1][:, -1]
    return describe(
        fig,
        f"Left: the thousand singular values of a layer's Jacobian, largest first. Their mean is "
        f"{means[0]:.2f} from the standard start and {means[1]:.2f} from the normalised one; the paper says "
        f"about 0.5 and 0.8. Right: from layer 1 to 5 the activations' spread goes from "
        f"{_ends(spreads[0][0])} (standard) and from {_ends(spreads[0][1])} (normalised); from layer 5 back "
        f"to 1 that of δ falls to {backwards[0]:.2f} and {backwards[1]:.2f} of itself.",
    )


@styled
def thirty_layers(result: Reproduction) -> Figure:
    """The loss of each epoch for 22 and for 30 layers, from both starts: one line a seed."""
    fig, axes = figure(9.2, 3.5, columns=2, sharey=True)
    losses, depths, told = result.arrays["losses"], result.arrays["depths"], []
    looks = (("He", BLUE, "-", "o"), ("Xavier", VERMILION, "--", "s"))
    for ax, depth, starts in zip(axes, depths, losses, strict=True):
        for seeds, (name, colour, line, marker) in zip(starts, looks, strict=True):
            for k, loss in enumerate(seeds):
                look = {"marker": marker, "ms": 4, "markevery": 3, "color": colour, "lw": 1.5}
                ax.plot(np.arange(1, len(loss) + 1), loss, line, label=name if k == 0 else None, **look)
            first = below_two(seeds)
            told.append(f"{depth} layers, {name}: {f'from epoch {first} on' if first else 'never'}")
        ax.axhline(np.log(10), color=BLACK, ls=":", lw=1.4)
        ax.set(title=f"{depth} layers", xlabel="epoch", ylim=(0, 2.6))
    axes[0].text(1, np.log(10) + 0.05, "ln 10, a guess", fontsize=9)
    axes[0].set_ylabel("loss")
    axes[1].legend(loc="center right", bbox_to_anchor=(1, 0.7))
    return describe(
        fig,
        f"The loss over {losses.shape[-1]} epochs of networks with 22 and 30 layers, {losses.shape[2]} seeds "
        f"each. The median is below 2: {'; '.join(told)}. With 22 layers both starts train, He's earlier. "
        f"With 30, Xavier's ends at {losses[1, 1, :, -1].min():.2f}, where it began: at the guess, ln 10.",
    )


def _numbers(values: np.ndarray) -> str:
    """``0.0614 and 0.303``."""
    words = [number(float(v)) for v in values]
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _nearest_to_the_median(sweeps: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The weights (6, 2) of the seed whose sweeps are the median of those solved, or next to it."""
    done = sweeps[~np.isnan(sweeps)]
    return weights[np.argsort(done, kind="stable")[len(done) // 2]]


def _factor(norms: np.ndarray) -> float:
    """By what factor the norms grow from one layer to the next, on geometric average."""
    return float((norms[-1] / norms[0]) ** (1 / (len(norms) - 1)))


def _ends(values: np.ndarray) -> str:
    return f"{values[0]:.2f} to {values[-1]:.2f}"


def _arrow_out(ax: Axes, here: np.ndarray, there: np.ndarray) -> None:
    """An arrow from a point in the direction of another one that is far outside."""
    direction = (there - here) / np.hypot(*(there - here))
    look = {"arrowstyle": "-|>", "lw": 2, "ls": "-", "color": VERMILION}
    ax.annotate("", here + 0.45 * direction, here, arrowprops=look)
    ax.text(*(here + 0.48 * direction), "unclipped", color=VERMILION, va="bottom", ha="center")
