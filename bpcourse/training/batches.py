"""Cut the data into batches, and notice where X and y do not belong together."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_generator, check_count


def iterate_minibatches(
    X: ArrayLike,
    y: ArrayLike,
    batch_size: int,
    order: ArrayLike | None = None,
    *,
    random_state: int | np.random.Generator | None = None,
) -> Iterator[tuple[NDArray, NDArray]]:
    """Cut the data into batches of `batch_size` rows; X and y stay in step.

    Parameters
    ----------
    X : array_like (N, ...)
    y : array_like (N, ...)
    batch_size : int
        The last batch holds what is left.
    order : array_like of int, optional
        The row numbers in the order in which they come. By default one is drawn from `random_state`.
    random_state : int, Generator or None

    Returns
    -------
    iterator over pairs ``(X_batch, y_batch)``

    Examples
    --------
    >>> for X_batch, y_batch in iterate_minibatches([[1], [2], [3]], [10, 20, 30], 2, order=[2, 0, 1]):
    ...     print(X_batch.tolist(), y_batch.tolist())
    [[3], [1]] [30, 10]
    [[2]] [20]
    """
    X, y = np.asarray(X), np.asarray(y)
    check_lengths(X, y)
    check_count("batch_size", batch_size)
    order = as_generator(random_state).permutation(len(X)) if order is None else np.asarray(order)
    if order.ndim != 1 or order.dtype.kind not in "iu":
        raise ValueError(
            f"order is a list of row numbers; got an array of {order.dtype} with shape {order.shape}"
        )
    if order.size and not 0 <= order.min() <= order.max() < len(X):
        raise ValueError(f"order runs from {order.min()} to {order.max()}; the rows are 0 to {len(X) - 1}")
    return cut_batches(X, y, batch_size, order)


def cut_batches(X: NDArray, y: NDArray, batch_size: int, order: NDArray) -> Iterator[tuple[NDArray, NDArray]]:
    """Yield the batches of `iterate_minibatches`, for arguments that were looked at before."""
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


def check_lengths(X: NDArray, y: NDArray) -> None:
    """Raise a ValueError that shows both shapes, unless every example has its target."""
    if X.ndim == 0 or y.ndim == 0 or len(X) != len(y) or len(X) == 0:
        raise ValueError(
            f"X and y need one row per example each, at least one; got shapes {X.shape} and {y.shape}"
        )
