"""He et al. 2015: ReLU networks of 22 and 30 layers, from the Xavier start and from their own."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bpcourse.datasets import load_digits
from bpcourse.network import MLP
from bpcourse.optim import Momentum
from bpcourse.reproductions.inputs import standardised
from bpcourse.reproductions.result import READ, Reproduction, Row
from bpcourse.training import fit

DEPTHS = (22, 30)
STARTS = ("he", "xavier")
EPOCHS, RATE = 12, 0.005


def thirty_layers(seeds: Iterable[int] = range(3)) -> Reproduction:
    """Train networks of 22 and of 30 layers of ReLU on the digits, from both starts.

    Parameters
    ----------
    seeds : iterable of int
        Each seed draws one network of each kind. For one seed, both starts of a depth are the same draw
        times different factors, and see the same batches.

    Returns
    -------
    Reproduction
        Arrays: ``losses`` (2 depths, 2 starts, S seeds, epochs), the mean loss of each epoch;
        ``first_gradients`` (2, 2, S), ‖dW1‖ of all data before training; ``depths`` (2,).

    Notes
    -----
    The starts are Eq. (10.2), He, and Eq. (10.1), Xavier.
    """
    digits = load_digits()
    X, y = standardised(digits.X), digits.y
    runs = [[[_train(depth, start, seed, X, y) for seed in seeds] for start in STARTS] for depth in DEPTHS]
    losses = np.array([[[loss for loss, _ in row] for row in rows] for rows in runs])
    gradients = np.array([[[gradient for _, gradient in row] for row in rows] for rows in runs])
    return Reproduction(
        "Twenty-two and thirty layers of ReLU",
        ("10",),
        "He, Zhang, Ren, Sun 2015, Delving deep into rectifiers, ICCV, figures 2 and 3",
        f"Layers 64 wide, {len(losses[0, 0])} seeds, all digits, standardised, batches of 32, momentum 0.9, "
        f"rate {RATE:g}, {EPOCHS} epochs; medians of the seeds. The paper trains convolutional networks on "
        "ImageNet, and its two networks differ in more than depth.",
        _rows(losses, gradients),
        {"losses": losses, "first_gradients": gradients, "depths": np.array(DEPTHS)},
    )


def _train(depth: int, start: str, seed: int, X: NDArray, y: NDArray) -> tuple[NDArray, float]:
    """The loss of every epoch, and the size of the first layer's gradient before the first step."""
    rng = np.random.default_rng(seed)
    net = MLP([64] * depth + [10], init=start, random_state=rng)
    first = np.linalg.norm(net.loss_and_grads(X, y)[1]["W1"])
    history = fit(net, X, y, Momentum(RATE), epochs=EPOCHS, batch_size=32, random_state=rng)
    return history.loss, float(first)


def _rows(losses: NDArray, gradients: NDArray) -> tuple[Row, ...]:
    # Rounding grows over hundreds of steps: the late losses differ between processors. These numbers do not.
    (he_22, xavier_22), (he_30, xavier_30) = losses
    done, seeds = np.count_nonzero(he_30[:, -1] < 1.5), len(he_30)
    fading = np.median(gradients[1, 1] / gradients[1, 0])
    return (
        Row("epoch of a loss below 2: 22 layers, He", below_two(he_22), 1, 4, "converges, earlier", READ),
        Row("epoch of a loss below 2: 22 layers, Xavier", below_two(xavier_22), 7, 12, "converges", READ),
        Row("epoch of a loss below 2: 30 layers, He", below_two(he_30), 1, 6, "converges", READ),
        Row(f"seeds of {seeds} below 1.5 at the end: 30 layers, He", done, seeds, seeds),
        Row("loss at the end: 30 layers, Xavier", np.median(xavier_30[:, -1]), 2.29, 2.31, "stalls", READ),
        Row("first gradient at 30 layers, Xavier over He", fading, 1e-5, 1e-4, "diminishing", READ),
    )


def below_two(losses: NDArray) -> int:
    """The first epoch, from 1, in which the median over the seeds (S, epochs) is below 2; 0 if none."""
    below = np.median(losses, axis=0) < 2
    return int(np.argmax(below)) + 1 if below.any() else 0
