"""Cut a data set into a part to learn from and a part to be tested on, and labels into one-hot rows."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_generator, as_labels, check_choice

HOW = ("random", "stratified", "file_order")


def split(
    X: ArrayLike,
    y: ArrayLike,
    *,
    test_size: float = 0.2,
    how: str = "random",
    random_state: int | np.random.Generator | None = 0,
) -> tuple[NDArray, NDArray, NDArray, NDArray]:
    """Return ``X_train, X_test, y_train, y_test``.

    Parameters
    ----------
    X : array_like (N, ...)
    y : array_like (N,) or (N, C)
    test_size : int or float
        A number of examples, or a share between 0 and 1, of which the next whole number is taken:
        0.2 of 1,797 is 360.
    how : {"random", "stratified", "file_order"}
        See `split_indices`.
    random_state : int, Generator or None

    Returns
    -------
    X_train, X_test, y_train, y_test : ndarray
        Copies, so that changing one leaves the data alone.

    Examples
    --------
    >>> X_train, X_test, y_train, y_test = split(np.arange(10)[:, None], np.arange(10), test_size=3)
    >>> X_train.shape, y_test.tolist()
    ((7, 1), [0, 8, 1])
    """
    X, y = np.asarray(X), np.asarray(y)
    if X.ndim == 0 or y.ndim == 0 or len(X) != len(y):
        raise ValueError(f"X and y need one row per example each; got shapes {X.shape} and {y.shape}")
    train, test = split_indices(y, test_size=test_size, how=how, random_state=random_state)
    return X[train], X[test], y[train], y[test]


def split_indices(
    y: ArrayLike,
    *,
    test_size: float = 0.2,
    how: str = "random",
    random_state: int | np.random.Generator | None = 0,
) -> tuple[NDArray, NDArray]:
    """Return the row numbers of the training part and of the test part.

    Parameters
    ----------
    y : array_like (N,) or (N, C)
        Only the stratified split looks at the values, and needs labels ``(N,)``.
    test_size : int or float
        As for `split`.
    how : {"random", "stratified", "file_order"}
        ``"random"`` shuffles all rows and takes the last ones as test part. ``"stratified"`` shuffles in the
        same way, but every class gives the same share to the test part, to within one example.
        ``"file_order"`` does not shuffle: the last rows of the file are the test part.
    random_state : int, Generator or None

    Returns
    -------
    train, test : ndarray of int
        Every row occurs once, in one of the two.

    Examples
    --------
    >>> train, test = split_indices(np.zeros(6), test_size=2, how="file_order")
    >>> train.tolist(), test.tolist()
    ([0, 1, 2, 3], [4, 5])
    """
    y = np.asarray(y)
    check_choice("how", how, HOW)
    n_test = _number_of_test_rows(test_size, len(y))
    if how == "file_order":
        order = np.arange(len(y))
    else:
        order = as_generator(random_state).permutation(len(y))
    if how == "stratified":
        chosen = _last_of_every_class(y[order], n_test)
        return order[~chosen], order[chosen]
    return order[: len(y) - n_test], order[len(y) - n_test :]


def one_hot(y: ArrayLike, n_classes: int) -> NDArray:
    """Return one row per label, 1 at the label's place and 0 elsewhere.

    Parameters
    ----------
    y : array_like (N,) of int
        Labels 0 to ``n_classes - 1``.
    n_classes : int

    Returns
    -------
    ndarray (N, n_classes)
        float64.

    Examples
    --------
    >>> one_hot([2, 0], 3).tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    return np.eye(n_classes)[as_labels(y, np.size(y), n_classes)]


def _number_of_test_rows(test_size: float, n_rows: int) -> int:
    """Return `test_size` as a number of rows, with at least one row on each side."""
    is_share = isinstance(test_size, float | np.floating)
    # A share like 0.07 of 100 is 7.000000000000001 in floating point: not a reason to take 8 rows.
    n_test = int(np.ceil(round(test_size * n_rows, 9))) if is_share and 0 < test_size < 1 else test_size
    if isinstance(n_test, bool) or not isinstance(n_test, int | np.integer) or not 1 <= n_test < n_rows:
        raise ValueError(
            f"test_size is a share between 0 and 1, or a whole number from 1 to {n_rows - 1} "
            f"for {n_rows} examples; got {test_size!r}"
        )
    return int(n_test)


def _last_of_every_class(labels: NDArray, n_test: int) -> NDArray:
    """Mark the last rows of every class: its share of `n_test`, all of them together exactly `n_test`."""
    if labels.ndim != 1:
        raise ValueError(f"a stratified split needs labels of shape (N,); got {labels.shape}")
    classes, counts = np.unique(labels, return_counts=True)
    chosen = np.zeros(len(labels), dtype=bool)
    for label, count, taken in zip(classes, counts, _quotas(counts, n_test), strict=True):
        if not 0 < taken < count:
            raise ValueError(
                f"class {label} has {count} of {len(labels)} examples: too few to put one on each side; "
                f"use how='random', or another test_size (now {n_test})"
            )
        chosen[np.flatnonzero(labels == label)[-taken:]] = True
    return chosen


def _quotas(counts: NDArray, n_test: int) -> NDArray:
    """Share `n_test` rows among classes: round down, then give what is left to the largest remainders."""
    share = counts * n_test / counts.sum()
    quota = np.floor(share).astype(int)
    by_remainder = np.argsort(quota - share, kind="stable")
    quota[by_remainder[: n_test - quota.sum()]] += 1
    return quota
