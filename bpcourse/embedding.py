"""Give every word a row of numbers: a table that is looked up, not multiplied.

The forward pass copies rows. The backward pass sends each gradient to the row that was copied, and a row that
was copied twice gets both: across paths, add.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_array


def embedding_forward(indices: ArrayLike, table: ArrayLike) -> NDArray:
    """Look up a row of the table for each index.

    Parameters
    ----------
    indices : int array of any shape
        From 0 to n_words - 1.
    table : array (n_words, n_features)

    Returns
    -------
    E : array (*indices.shape, n_features)
        A copy.

    Raises
    ------
    ValueError, TypeError
        If an index is out of range, or not a whole number.

    Examples
    --------
    >>> embedding_forward([2, 0, 2], [[1, 10], [2, 20], [3, 30]])
    array([[ 3., 30.],
           [ 1., 10.],
           [ 3., 30.]])
    """
    table = as_float_array(table, "table")
    if table.ndim != 2:
        raise ValueError(f"table has shape {table.shape}; it must be (n_words, n_features)")
    return table[as_indices(indices, len(table))]


def embedding_backward(dE: ArrayLike, indices: ArrayLike, n_words: int) -> NDArray:
    """Back through a look-up: the gradient of the whole table.

    Parameters
    ----------
    dE : array (*indices.shape, n_features)
    indices : int array
        Those of the forward pass.
    n_words : int
        The number of rows of the table.

    Returns
    -------
    dtable : array (n_words, n_features)
        0 in the rows that were not looked up.

    Notes
    -----
    dtable_w = Σ dE over all places that hold the word w: Eq. (3.2). ``dtable[indices] += dE`` is not that:
    of a word that occurs twice it keeps the last one only.

    Examples
    --------
    >>> embedding_backward([[1, 2], [3, 4], [5, 6]], [2, 0, 2], 3)
    array([[3., 4.],
           [0., 0.],
           [6., 8.]])
    """
    dE = as_float_array(dE, "dE")
    indices = as_indices(indices, n_words)
    if dE.ndim != indices.ndim + 1 or dE.shape[:-1] != indices.shape:
        raise ValueError(f"dE has shape {dE.shape}; it must be {indices.shape} and one more axis")
    dtable = np.zeros((n_words, dE.shape[-1]), dE.dtype)
    np.add.at(dtable, indices, dE)
    return dtable


def as_indices(indices: ArrayLike, n_words: int) -> NDArray:
    """Return the indices as an array of ints, all from 0 to ``n_words - 1``."""
    array = np.asarray(indices)
    if array.dtype.kind not in "iu":
        raise TypeError(f"indices must hold whole numbers, but its entries are of type {array.dtype}")
    if array.size and (array.min() < 0 or array.max() >= n_words):
        wrong = array[(array < 0) | (array >= n_words)].flat[0]
        raise ValueError(f"indices holds {wrong}, but the rows of the table are 0 to {n_words - 1}")
    return array
