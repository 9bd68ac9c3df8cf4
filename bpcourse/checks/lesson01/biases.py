"""Biases for the cases of 01.1 and 01.4."""

from __future__ import annotations

import numpy as np


def spread(b):
    """The same numbers, moved apart so that no two biases are equal."""
    return b + np.arange(len(b)) / 8
