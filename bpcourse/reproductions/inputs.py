"""Inputs that several reproductions share."""

import numpy as np
from numpy.typing import NDArray


def standardised(X: NDArray) -> NDArray:
    """Every column with mean 0 and standard deviation 1; a constant column becomes 0.

    Examples
    --------
    >>> standardised(np.array([[1.0, 5.0], [3.0, 5.0]])).tolist()
    [[-1.0, 0.0], [1.0, 0.0]]
    """
    spread = X.std(axis=0)
    return (X - X.mean(axis=0)) / np.where(spread > 0, spread, 1)
