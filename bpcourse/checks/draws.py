"""Inputs for cases: multiples of 1/64, which float32 holds exactly, and never zero.

So a right answer in float32 stays within 1e-6 of the reference, and no zero hides a bug.
"""

from __future__ import annotations

import numpy as np


def normal(rng: np.random.Generator, *shape: int, scale: float = 1.0) -> np.ndarray:
    """About N(0, scale²), rounded to multiples of 1/64 and moved off zero."""
    steps = np.rint(rng.standard_normal(shape) * 64 * scale)
    return np.where(steps == 0, 3, steps) / 64


def share(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Between 0 and 1, neither included nor ½: what a sigmoid's output looks like."""
    steps = rng.integers(3, 62, shape)
    return np.where(steps == 32, 35, steps) / 64


def bits(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Zeros and ones, as floats, with at least one of each."""
    drawn = rng.integers(0, 2, shape).astype(float)
    flat = drawn.reshape(-1)
    flat[0], flat[-1] = 1.0, 0.0
    return drawn
