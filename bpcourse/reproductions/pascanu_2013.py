"""Pascanu, Mikolov, Bengio 2013: the cliff of a recurrent unit, clipping, and the spectral radius.

The paper's single unit, x_t = w σ(x_(t−1)) + b, is a recurrent network in h = σ(x): h_t = σ(w h_(t−1) + b).
To look at many pairs (w, b) at once, each pair gets a unit of its own, and W_h is diagonal: no unit hears
another.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bpcourse.activations import sigmoid
from bpcourse.clipping import clip_by_global_norm
from bpcourse.recurrent import recurrent_backward, recurrent_forward
from bpcourse.reproductions.result import READ, Reproduction, Row

SOURCE = "Pascanu, Mikolov, Bengio 2013, On the difficulty of training recurrent neural networks, ICML"
STEPS = 50
TARGET = 0.7
W_GRID, B_GRID = np.linspace(4, 6, 101), np.linspace(-3, -2, 101)
START, RATE, UPDATES = (5.0, -2.6), 0.1, 1000
CLIFF = (
    "The paper's unit and error, (σ(x_50) − 0.7)² from x_0 = 0.5, on 101 × 101 points, w from 4 to 6 and b "
    "from −3 to −2. The paper draws its descents as a sketch; ours start at w = 5, b = −2.6 and make "
    f"{UPDATES:,} updates at rate {RATE}, one of them with the gradient clipped at norm 1."
)
RADIUS = (
    "50 linear units, W_h normal and scaled to the spectral radius, {} seeds; ‖δ‖ at the first step over ‖δ‖ "
    "at the last, medians. The paper gives no numbers, but proves what follows from the radius: below 1 is "
    "enough for vanishing, above 1 is needed for exploding."
)


def recurrent_cliff() -> Reproduction:
    """The error surface of one recurrent unit over 50 steps, and two descents on it from the same start.

    Returns
    -------
    Reproduction
        Arrays: ``w`` (101,), ``b`` (101,), ``error`` (101, 101) and ``gradient_norm`` (101, 101) of the
        surface, a row for each b; for the descents ``unclipped`` and ``clipped`` (1001, 2), a row (w, b)
        before every update and after the last; ``unclipped_error`` and ``clipped_error`` (1001,).
    """
    surface = [unit_error(W_GRID, np.full_like(W_GRID, b)) for b in B_GRID]
    error = np.array([line[0] for line in surface])
    norm = np.array([np.hypot(*line[1:]) for line in surface])
    paths = {"unclipped": _descend(None), "clipped": _descend(1.0)}
    arrays = {"w": W_GRID, "b": B_GRID, "error": error, "gradient_norm": norm}
    for name, path in paths.items():
        arrays |= {name: path, f"{name}_error": unit_error(*path.T)[0]}
    return Reproduction(
        "The cliff of a recurrent unit, and clipping",
        ("09",),
        f"{SOURCE}, section 2.3 and figure 6",
        CLIFF,
        _cliff_rows(arrays),
        arrays,
    )


def unit_error(w: NDArray, b: NDArray) -> tuple[NDArray, NDArray, NDArray]:
    """The error of K units, (σ(x_50) − 0.7)², and its slopes in w and in b, three arrays (K,)."""
    X, W_x, W_h = np.zeros((1, STEPS, 1)), np.zeros((1, len(w))), np.diag(w)
    H0 = np.full((1, len(w)), sigmoid(np.array(0.5)))
    H = recurrent_forward(X, W_x, W_h, b, H0=H0, activation="sigmoid")
    dH = np.zeros_like(H[:, 1:])
    dH[:, -1] = 2 * (H[:, -1] - TARGET)
    _, _, dW_h, db, _ = recurrent_backward(dH, X, H, W_x, W_h, activation="sigmoid")
    return (H[0, -1] - TARGET) ** 2, np.diag(dW_h), db


def _descend(max_norm: float | None) -> NDArray:
    path = np.empty((UPDATES + 1, 2))
    path[0] = START
    for k in range(UPDATES):
        _, *slopes = unit_error(*path[k, :, None])
        gradient = np.concatenate(slopes)
        if max_norm is not None:
            (gradient,) = clip_by_global_norm([gradient], max_norm)
        path[k + 1] = path[k] - RATE * gradient
    return path


def _cliff_rows(arrays: dict[str, NDArray]) -> tuple[Row, ...]:
    jump = np.hypot(*np.diff(arrays["unclipped"], axis=0).T).max()
    ends = {name: arrays[f"{name}_error"][-1] for name in ("unclipped", "clipped")}
    # Close to the wall, a rounding error in the last digit shows in the first: only the power of ten is told.
    below = 10.0 ** np.ceil(np.log10(ends["clipped"]))
    return (
        Row("largest gradient norm of the surface", arrays["gradient_norm"].max(), 100, 5000, "a wall", READ),
        Row("median gradient norm of the surface", np.median(arrays["gradient_norm"]), 0.01, 0.2),
        Row("longest step, unclipped", jump, 10, 20, "very far", READ),
        Row("error at the end, unclipped", ends["unclipped"], 0.08, 0.1),
        Row("error at the end, clipped at 1, is below", below, 1e-6, 1e-4, "stays close", READ),
    )


def spectral_radius(
    seeds: Iterable[int] = range(20), radii: tuple[float, ...] = (0.9, 1.0, 1.1)
) -> Reproduction:
    """How a gradient fares on its way back through 100 steps of a linear recurrent net, by spectral radius.

    Parameters
    ----------
    seeds : iterable of int
        Each draws W_h (50, 50), normal, and the gradient that starts at the last step.
    radii : tuple of float
        W_h is scaled until the largest of its eigenvalues in size is this.

    Returns
    -------
    Reproduction
        Arrays: ``radii`` (R,); ``norms`` (R, S, 101), ‖δ‖ after k steps back over ‖δ‖ at the start.
    """
    norms = np.array([[_norms_back(seed, radius) for seed in seeds] for radius in radii])
    ends = np.median(norms[..., -1], axis=1)
    words = {0.9: "vanishes", 1.1: "may explode"}
    rows = []
    for radius, end in zip(radii, ends, strict=True):
        known = (words[radius], READ) if radius in words else ()
        rows.append(Row(f"‖δ‖ after 100 steps, radius {radius:g}", end, *_band(radius), *known))
    return Reproduction(
        "Spectral radius of a linear recurrent network",
        ("09",),
        f"{SOURCE}, section 2.1",
        RADIUS.format(norms.shape[1]),
        tuple(rows),
        {"radii": np.array(radii), "norms": norms},
    )


def _norms_back(seed: int, radius: float, units: int = 50, steps: int = 100) -> NDArray:
    rng = np.random.default_rng(seed)
    W_h = rng.standard_normal((units, units))
    W_h *= radius / np.abs(np.linalg.eigvals(W_h)).max()
    X, H, dH = (np.zeros((1, length, units)) for length in (steps, steps + 1, steps))
    dH[:, -1] = rng.standard_normal(units)
    # With W_x the identity, the gradient of an input is the δ of its step.
    dX, *_, dH0 = recurrent_backward(dH, X, H, np.eye(units), W_h, activation="identity")
    norms = np.linalg.norm([dH0[0], *dX[0]], axis=1)[::-1]
    return norms / norms[0]


def _band(radius: float) -> tuple[float, float]:
    """What random matrices give: radius¹⁰⁰ is reached only along one direction, so the median lies below."""
    return float(f"{0.02 * radius**100:.0e}"), float(f"{2 * radius**100:.0e}")
