"""Glorot, Bengio 2010: how far a layer shrinks a signal, by the singular values of its Jacobian."""

import numpy as np
from numpy.typing import NDArray

from bpcourse.datasets import load_digits
from bpcourse.diagnostics import backward_signals, layer_jacobians, singular_values
from bpcourse.initializers import uniform
from bpcourse.losses import softmax_cross_entropy_backward
from bpcourse.network import MLP
from bpcourse.reproductions.inputs import standardised
from bpcourse.reproductions.result import READ, Reproduction, Row

SOURCE = (
    "Glorot, Bengio 2010, Understanding the difficulty of training deep feedforward neural networks, "
    "AISTATS, section 4.2.2 and figures 6 and 7"
)
STARTS = ("standard", "normalised")
IMAGES = 3  # whose Jacobians are taken: a thousand singular values a layer, a tenth of a second each


def glorot_jacobians() -> Reproduction:
    """Five layers of 1,000 tanh units, before training: mean singular value of the layers' Jacobians.

    Returns
    -------
    Reproduction
        Arrays, one row a start (standard, normalised): ``singular_values`` (2, 4, 3, 1000) of layers 2 to 5
        for three images, the largest first; ``activation_stds`` (2, 5); ``delta_stds`` (2, 5).

    Notes
    -----
    Eq. (10.5): the Jacobian of a layer, and its singular values. The normalised start is Eq. (10.1).
    """
    digits = load_digits()
    X, y = standardised(digits.X)[:300], digits.y[:300]
    nets = [_network(start) for start in STARTS]
    values = np.array([_singular_values(net, X[:IMAGES]) for net in nets])
    spreads = np.array([_spreads(net, X, y) for net in nets])
    return Reproduction(
        "Mean singular value of the layers' Jacobians",
        ("10",),
        SOURCE,
        "Five hidden layers of 1,000 tanh units, biases 0, seed 0. Standard: U(−1/√n, 1/√n), n inputs; "
        "normalised: Xavier, uniform. Ours sees 300 of the 8 × 8 digits, standardised (the paper: its own "
        "shapes, 32 × 32 pixels), and takes the Jacobians of layers 2 to 5 for three images.",
        _rows(values.mean(axis=(1, 2, 3)), spreads),
        {"singular_values": values, "activation_stds": spreads[:, 0], "delta_stds": spreads[:, 1]},
    )


def _network(start: str) -> MLP:
    rng = np.random.default_rng(0)
    net = MLP([64, *[1000] * 5, 10], activation="tanh", init="xavier_uniform", random_state=rng)
    if start == "standard":
        for name, W in net.params.items():
            if name.startswith("W"):
                bound = len(W) ** -0.5
                net.params[name] = uniform(W.shape, low=-bound, high=bound, random_state=rng)
    return net


def _singular_values(net: MLP, X: NDArray) -> NDArray:
    """Singular values (4, images, 1000) of ∂a_l/∂a_(l−1) for l = 2 to 5: square matrices, all of them."""
    return np.stack([singular_values(layer_jacobians(net, x)[1:-1]) for x in X], axis=1)


def _spreads(net: MLP, X: NDArray, y: NDArray) -> tuple[NDArray, NDArray]:
    """Standard deviations of the activations and of the δ of the five hidden layers."""
    activations = net.forward(X)
    dZ = softmax_cross_entropy_backward(activations[-1], y)
    deltas = backward_signals(dZ, activations, net.params, activation="tanh")[:-1]
    return np.array([A.std() for A in activations[1:-1]]), np.array([D.std() for D in deltas])


def _rows(means: NDArray, spreads: NDArray) -> tuple[Row, ...]:
    forwards = spreads[:, 0, -1] / spreads[:, 0, 0]
    backwards = spreads[:, 1, 0] / spreads[:, 1, -1]
    return (
        Row("mean singular value, standard start", means[0], 0.4, 0.55, 0.5, READ),
        Row("mean singular value, normalised start", means[1], 0.75, 0.85, 0.8, READ),
        Row("spread of activations, layer 5 over layer 1, standard", forwards[0], 0.07, 0.15),
        Row("spread of activations, layer 5 over layer 1, normalised", forwards[1], 0.65, 0.9),
        Row("spread of δ, layer 1 over layer 5, standard", backwards[0], 0.05, 0.2),
        Row("spread of δ, layer 1 over layer 5, normalised", backwards[1], 0.5, 1.2),
    )
