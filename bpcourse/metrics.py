"""How often a classifier is right, and which classes it takes for which."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def accuracy(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Return the share of examples whose predicted label is the true one.

    Parameters
    ----------
    y_true, y_pred : array_like (N,), or both (N, 1)
        Labels: whole numbers or booleans, not probabilities.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        When the shapes differ. NumPy would compare (N, 1) with (N,) as a table of N x N answers, in which
        even a perfect classifier looks like a guess.

    Notes
    -----
    Eq. (6.4): the mean over the examples of [y_pred = y_true].

    Examples
    --------
    >>> accuracy([1, 0, 0], [1, 0, 1])
    0.6666666666666666
    """
    y_true, y_pred = _pair_of_labels(y_true, y_pred)
    return float(np.mean(y_true == y_pred))


def confusion_matrix(y_true: ArrayLike, y_pred: ArrayLike, n_classes: int | None = None) -> NDArray:
    """Count how often class i was taken for class j.

    Parameters
    ----------
    y_true, y_pred : array_like (N,), or both (N, 1)
        Labels 0 to ``n_classes - 1``.
    n_classes : int, optional
        By default one more than the largest label that occurs.

    Returns
    -------
    ndarray (n_classes, n_classes) of int
        Row: the true class; column: the predicted one. The diagonal holds what was right.

    Examples
    --------
    >>> confusion_matrix([0, 0, 1, 2], [0, 2, 1, 2]).tolist()
    [[1, 0, 1], [0, 1, 0], [0, 0, 1]]
    """
    y_true, y_pred = (labels.ravel().astype(np.int64) for labels in _pair_of_labels(y_true, y_pred))
    largest = max(y_true.max(), y_pred.max())
    n_classes = largest + 1 if n_classes is None else n_classes
    for name, labels in (("y_true", y_true), ("y_pred", y_pred)):
        if labels.min() < 0 or labels.max() >= n_classes:
            wrong = labels[(labels < 0) | (labels >= n_classes)][0]
            raise ValueError(
                f"{name} holds the label {wrong}; {n_classes} classes have labels 0 to {n_classes - 1}"
            )
    return np.bincount(y_true * n_classes + y_pred, minlength=n_classes**2).reshape(n_classes, n_classes)


def _pair_of_labels(y_true: ArrayLike, y_pred: ArrayLike) -> tuple[NDArray, NDArray]:
    """Return both as arrays of one shape, or say which of them is not a list of labels."""
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    if y_true.shape != y_pred.shape:
        raise ValueError(
            f"y_true has shape {y_true.shape} and y_pred {y_pred.shape}; give both one label per example, "
            "shape (N,): .ravel() makes (N,) of (N, 1), .argmax(axis=1) of (N, C)"
        )
    if y_true.size == 0 or y_true.ndim not in (1, 2) or y_true.shape[1:] not in ((), (1,)):
        raise ValueError(f"y_true and y_pred hold one label per example, shape (N,); got {y_true.shape}")
    for name, labels in (("y_true", y_true), ("y_pred", y_pred)):
        _require_whole_numbers(labels, name)
    return y_true, y_pred


def _require_whole_numbers(labels: NDArray, name: str) -> None:
    if labels.dtype.kind not in "biuf":
        raise TypeError(f"{name} holds labels as whole numbers; got an array of {labels.dtype}")
    if labels.dtype.kind == "f":
        unfit = labels[~(np.isfinite(labels) & (labels == np.floor(labels)))]
        if unfit.size:
            raise ValueError(
                f"{name} holds {unfit.flat[0]}, which is no label; "
                "turn probabilities into labels first, with (p > 0.5) or argmax"
            )
