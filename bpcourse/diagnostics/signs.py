"""Signs that something is wrong, each seen without training."""

import numpy as np
from numpy.typing import NDArray

from bpcourse.diagnostics.statistics import LayerStatistics
from bpcourse.network import MLP

DEAD = 0.9
NEIGHBOURS = 400  # rows whose nearest neighbour is looked up: the cost grows with the square


def first_layer_of_twins(net: MLP) -> int:
    """The first hidden layer whose units are all the same: equal weights in, equal weights out; 0 if none."""
    params = net.params
    for layer in range(1, len(net.layer_sizes) - 1):
        into, out = params[f"W{layer}"], params[f"W{layer + 1}"]
        same = (into == into[:, :1]).all() and (out == out[:1]).all()
        if into.shape[1] > 1 and same and (params[f"b{layer}"] == params[f"b{layer}"][0]).all():
            return layer
    return 0


def first_dead_layer(statistics: LayerStatistics) -> int:
    """The first layer in which at least nine units of ten are silent for every row, from 1; 0 if none."""
    layers = np.flatnonzero(statistics.dead >= DEAD)
    return int(layers[0]) + 1 if len(layers) else 0


def scales(net: MLP) -> NDArray:
    """√fan_in · std W of each layer: what it multiplies the spread of its input by, before the bend."""
    return np.array([np.sqrt(len(W) * np.mean(W**2)) for W in net.coefs_])


def batches_hold_few_classes(y: NDArray, batch_size: int) -> bool:
    """Whether batches of rows in a row hold less than half of the classes that batches at random would.

    Targets with several columns, or that are not whole, have no classes: then the answer is no.
    """
    labels = y.ravel() if y.ndim == 1 or y.shape[1] == 1 else y.argmax(axis=1)
    if len(np.unique(labels)) > len(labels) // 2:
        return False
    mixed = labels[np.random.default_rng(0).permutation(len(labels))]
    in_a_row, at_random = (_classes_per_batch(order, batch_size) for order in (labels, mixed))
    return in_a_row - 1 < 0.5 * (at_random - 1)


def _classes_per_batch(labels: NDArray, batch_size: int) -> float:
    starts = range(0, len(labels), batch_size)
    return float(np.mean([len(np.unique(labels[start : start + batch_size])) for start in starts]))


def labels_follow_inputs(X: NDArray, y: NDArray) -> bool:
    """Whether nearest neighbours share their label more often than rows at random do.

    Targets that are no classes, and fewer than 50 rows, say little: then the answer is yes.
    """
    labels = y.ravel() if y.ndim == 1 or y.shape[1] == 1 else y.argmax(axis=1)
    if len(labels) < 50 or len(np.unique(labels)) > len(labels) // 5:
        return True
    rows = slice(None, None, -(-len(X) // NEIGHBOURS))
    X, labels = X[rows], labels[rows]
    squares = np.sum(X**2, axis=1)
    distances = squares[:, None] + squares - 2 * X @ X.T
    np.fill_diagonal(distances, np.inf)
    agree = np.mean(labels[distances.argmin(axis=1)] == labels)
    by_chance = np.sum((np.unique(labels, return_counts=True)[1] / len(labels)) ** 2)
    return bool(agree > by_chance + 3 * np.sqrt(by_chance * (1 - by_chance) / len(labels)))
