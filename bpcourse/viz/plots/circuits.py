"""Circuits of lesson 03: one path, an input used three times, and two small formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from ..style import GREY, describe, figure, listed, styled
from .wires import frame, gate, number, ports, wire


@styled
def path(
    values: Mapping[str, float], factors: tuple[float, float], local: Sequence[float] | None = None
) -> Figure:
    """The path from one weight of layer 1 to the loss, as a circuit.

    Parameters
    ----------
    values : mapping of str to float
        Name and value of each of the 6 wires, from the weight to the loss.
    factors : (float, float)
        What the first and the third gate multiply by.
    local : sequence of 5 floats, optional
        The local slope of each gate, from left to right; question marks without them.
    """
    own = [np.nan] * 5 if local is None else list(local)
    slopes = np.cumprod([1.0, *own[::-1]])[::-1]
    does = (f"×{number(factors[0])}\n+ …", "σ", f"×{number(factors[1])}\n+ …", "σ", "(ŷ−t)²")
    fig, ax = figure(9.6, 1.9)
    apart = 1.55
    for k, ((name, value), slope) in enumerate(zip(values.items(), slopes, strict=True)):
        ends = ports((k * apart, 0), ((k + 1) * apart, 0), from_gate=k > 0, to_gate=k < 5)
        wire(ax, *ends, value, slope, name=name)
    for k, (text, slope) in enumerate(zip(does, own, strict=True), 1):
        gate(ax, (k * apart, 0), text, f"local {number(slope)}")
    frame(ax, (-0.1, apart * len(values) + 0.05), (-0.55, 1.15))
    return describe(fig, _path_words(values, own, slopes))


def _path_words(values: Mapping[str, float], own: Sequence[float], slopes: np.ndarray) -> str:
    said = "A circuit of one path. Values above the wires, from left to right: "
    said += ", ".join(f"{name} = {value:.3f}" for name, value in values.items())
    if not np.isfinite(own).all():
        return (
            said
            + ". The slope at L is 1; question marks stand for all other slopes, and for those of the gates."
        )
    return (
        f"{said}. Local slopes of the gates: {listed(own, '.3f')}. Slopes below the wires, from right to "
        f"left: {listed(slopes[::-1])}."
    )


@styled
def fan_out(value: float, weights: np.ndarray, deltas: np.ndarray) -> Figure:
    """One input that feeds several units: what comes back over each wire, and the sum.

    Parameters
    ----------
    value : float
        The input.
    weights, deltas : arrays (n_units,)
        The weight from the input to each unit, and ∂L/∂z of each unit.
    """
    shares = weights * deltas
    fig, ax = figure(8.6, 3.9)
    fork = (1.9, 0.0)
    wire(ax, *ports((0, 0), fork, from_gate=False), value, shares.sum(), name="x₁")
    gate(ax, fork, "copy")
    for k, (weight, delta, share) in enumerate(zip(weights, deltas, shares, strict=True)):
        height = 1.3 * (len(weights) - 1) / 2 - 1.3 * k
        here = (4.4, height)
        wire(ax, *ports(fork, here), value, share, at=0.56)
        gate(ax, here, f"×{number(weight)}")
        wire(ax, *ports(here, (6.6, height), to_gate=False), value * weight, delta)
        ax.text(6.68, height, f"into unit {k + 1}", va="center", fontsize=10, color=GREY)
    frame(ax, (-0.1, 7.7), (-1.85, 2.0))
    return describe(
        fig,
        f"The input x1 = {value:.1f} is copied to three multipliers, {listed(weights, '.1f')}, one for "
        f"each hidden unit. From the units come back the slopes {listed(deltas)}; after the multipliers they "
        f"are {listed(shares)}, and where the copies meet they add up to {shares.sum():+.3f}.",
    )


@styled
def two_uses(x: float, y: float) -> Figure:
    """(xy + sin x)² as a circuit, with its values and slopes at this point."""
    p, s = x * y, np.sin(x)
    u = p + s
    shares = 2 * u * y, 2 * u * np.cos(x)
    fig, ax = figure(9.4, 3.5)
    fork, times, sine, plus, square = (1.7, 0), (4.0, 1.0), (4.0, -1.0), (6.2, 0), (7.8, 0)
    wire(ax, *ports((0, 0), fork, from_gate=False), x, sum(shares), name="x")
    wire(ax, *ports((1.9, 1.75), times, from_gate=False), y, 2 * u * x, name="y", at=0.42)
    wire(ax, *ports(fork, times), x, shares[0], at=0.52)
    wire(ax, *ports(fork, sine), x, shares[1], at=0.52)
    wire(ax, *ports(times, plus), p, 2 * u, name="p")
    wire(ax, *ports(sine, plus), s, 2 * u, name="s")
    wire(ax, *ports(plus, square), u, 2 * u, name="u")
    wire(ax, *ports(square, (9.4, 0), to_gate=False), u**2, 1.0, name="f")
    for place, text in ((fork, "copy"), (times, "×"), (sine, "sin"), (plus, "+"), (square, "u²")):
        gate(ax, place, text)
    frame(ax, (-0.1, 9.5), (-1.5, 2.3))
    return describe(
        fig,
        f"The circuit of (xy + sin x)² at x = {x:.1f}, y = {y:.1f}. Values: xy = {p:.3f}, sin x = {s:.3f}, "
        f"their sum {u:.3f}, its square {u**2:.3f}. Slopes, from the right: 1, then {2 * u:.3f} on both "
        f"wires into the sum. Two slopes come back to x, {listed(shares)}, and add up to {sum(shares):+.3f}; "
        f"one comes back to y, {2 * u * x:+.3f}.",
    )


@styled
def to_fill_in(x: float, y: float, z: float) -> Figure:
    """(xy + z)·y as a circuit with its values, and a question mark for each slope left of f."""
    q, s = x * y, x * y + z
    fig, ax = figure(9.4, 3.4)
    times, plus, last = (2.6, -0.55), (4.7, -0.55), (6.9, 0.25)
    fork = (1.2, 0.95)
    wire(ax, *ports((-0.6, 0.95), fork, from_gate=False), y, None, name="y")
    wire(ax, *ports((0.4, -0.55), times, from_gate=False), x, None, name="x")
    wire(ax, *ports(fork, times), y, None)
    wire(ax, *ports(fork, last), y, None)
    wire(ax, *ports(times, plus), q, None, name="q")
    wire(ax, *ports((2.9, -1.75), plus, from_gate=False), z, None, name="z")
    wire(ax, *ports(plus, last), s, None, name="s")
    wire(ax, *ports(last, (8.9, 0.25), to_gate=False), s * y, 1.0, name="f")
    for place, text in ((fork, "copy"), (times, "×"), (plus, "+"), (last, "×")):
        gate(ax, place, text)
    frame(ax, (-0.7, 9.0), (-2.1, 2.2))
    return describe(
        fig,
        f"The circuit of f = (xy + z)·y with its values: x = {x:g}, y = {y:g}, z = {z:g}, q = xy = {q:g}, "
        f"s = q + z = {s:g}, f = s·y = {s * y:g}. y is copied into both multiplications. Question marks "
        "stand for the slopes at x, y, z, q and s, and on both copies of y; the slope at f is 1.",
    )
