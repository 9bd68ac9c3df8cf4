"""Nielsen 2015, chapter 5: how fast each hidden layer of a sigmoid network would learn, before training."""

import numpy as np
from numpy.typing import NDArray

from bpcourse.datasets import load_digits, one_hot
from bpcourse.diagnostics import decay_bound
from bpcourse.network import MLP
from bpcourse.reproductions.result import READ, Reproduction, Row

BOOK = {2: (0.07, 0.31), 3: (0.012, 0.060, 0.283), 4: (0.003, 0.017, 0.070, 0.285)}
DEPTHS = (2, 3, 4, 8)  # hidden layers; eight is ours alone


def nielsen_gradient_norms(n_seeds: int = 50) -> Reproduction:
    """The length of each hidden layer's bias gradient, for networks with 2, 3, 4 and 8 hidden layers.

    Parameters
    ----------
    n_seeds : int
        Networks drawn for each depth. The book has one of each.

    Returns
    -------
    Reproduction
        Arrays, for each number of hidden layers: ``norms_2`` (n_seeds, 2), ``norms_3``, ``norms_4``,
        ``norms_8``; the book's own, ``book_2`` (2,), ``book_3``, ``book_4``; and, for eight layers and one
        image, ``decay`` (n_seeds,), ‖δ1‖/‖δ8‖, and ``bound`` (n_seeds,), Eq. (8.2).

    Notes
    -----
    A bias enters z with factor 1, so its gradient, summed over the examples, is the layer's δ, Eq. (8.1),
    summed over the examples; with the 1/N of the loss it is their mean.
    """
    digits = load_digits()
    X, T = digits.X[:1000], one_hot(digits.y[:1000], 10)
    norms = {L: np.array([_norms(_network(L, seed), X, T) for seed in range(n_seeds)]) for L in DEPTHS}
    decay, bound = np.array([_decay(_network(8, seed), X[:1], T[:1]) for seed in range(n_seeds)]).T
    arrays = {f"norms_{L}": values for L, values in norms.items()} | {"decay": decay, "bound": bound}
    return Reproduction(
        "Gradient norm per layer of sigmoid networks",
        ("08",),
        "Nielsen 2015, Neural Networks and Deep Learning, Determination Press, chapter 5",
        "30 sigmoid units in each hidden layer, 10 sigmoid outputs, cross-entropy; weights normal, divided "
        "by the root of the number of inputs, biases normal; before training, mean over 1,000 images; "
        f"medians of {n_seeds} seeds. Ours sees 8 × 8 digits (the book: MNIST, 28 × 28; one network each).",
        _rows(norms, decay / bound),
        arrays | {f"book_{L}": np.array(values) for L, values in BOOK.items()},
    )


def _network(hidden: int, seed: int) -> MLP:
    rng = np.random.default_rng(seed)
    net = MLP([64, *[30] * hidden, 10], activation="sigmoid", loss="bce", init="lecun", random_state=rng)
    for b in net.intercepts_:
        b += rng.standard_normal(len(b))
    return net


def _norms(net: MLP, X: NDArray, T: NDArray) -> list[float]:
    """‖db‖ of the hidden layers."""
    _, grads = net.loss_and_grads(X, T)
    return [np.linalg.norm(grads[f"b{layer}"]) for layer in range(1, len(net.layer_sizes) - 1)]


def _decay(net: MLP, x: NDArray, t: NDArray) -> tuple[float, float]:
    """‖δ1‖/‖δ8‖ for one image, and Eq. (8.2) of the weights between."""
    norms = _norms(net, x, t)
    return norms[0] / norms[-1], decay_bound(net.coefs_[1 : len(norms)])


def _rows(norms: dict[int, NDArray], shares: NDArray) -> tuple[Row, ...]:
    rows, inside = [], 0
    for L, book in BOOK.items():
        low, high = np.quantile(norms[L], [0.05, 0.95], axis=0)
        inside += np.count_nonzero((low <= book) & (book <= high))
        for layer, (paper, ours) in enumerate(zip(book, np.median(norms[L], axis=0), strict=True), start=1):
            name = f"{L} hidden layers, layer {layer}"
            rows.append(Row(name, float(ours), 0.6 * paper, 1.6 * paper, paper, READ))
    first, last = np.median(norms[8], axis=0)[[0, -1]]
    return (
        *rows,
        Row("the book's nine numbers between 5 % and 95 % of our seeds", inside, 9, 9),
        Row("8 hidden layers, layer 1", float(first), 1e-6, 1e-5),
        Row("8 hidden layers, layer 8", float(last), 0.2, 0.4),
        Row("8 hidden layers, largest decay over its bound", float(shares.max()), 0.0, 1.0),
    )
