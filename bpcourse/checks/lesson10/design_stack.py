"""10.5: weights for twenty ReLU layers through which a signal keeps its size, by Eq. (10.2)."""

from __future__ import annotations

from functools import cache

import numpy as np

from ..drivers import STACK, fate_of_a_signal
from ..exercise import Case, Exercise, Mistake

LAYERS, WIDTH, _ = STACK


@cache
def _drawn():
    """Standard normal numbers for one stack, drawn once: the mistakes below differ in scale alone."""
    return np.random.default_rng(10).standard_normal(STACK)


def scaled(std):
    """A stack of normal weights with this standard deviation."""
    return lambda rng: std * _drawn()


def per_layer(factor):
    """A stack whose signal changes by this factor in each layer."""
    return scaled(factor * np.sqrt(2 / WIDTH))


def design_stack(rng):
    """Weights by Eq. (10.2)."""
    return np.sqrt(2 / WIDTH) * rng.standard_normal(STACK)


GROWS = "Your activations grow: by a factor of {} in each layer, and there are twenty of them. {}"
SHRINKS = "Your activations shrink: to {} of their size in each layer, and there are twenty of them. {}"

EXERCISE = Exercise(
    id="10.5",
    name="design_stack",
    points=4,
    title="Start twenty layers",
    kind="construct",
    returns=("stack",),
    reference=design_stack,
    drive=fate_of_a_signal,
    cases=lambda rng: [Case("three inputs from N(0, 1)", (7,))],
    mistakes=(
        Mistake(
            "M788",
            scaled(np.sqrt(1 / WIDTH)),
            message=SHRINKS.format(
                "about 0.7",
                "That is √½: the sums keep their size, and then ReLU sets half of them to 0. Xavier and LeCun both stop there. What pays for the lost "
                "half? Eq. (10.2).",
            ),
        ),
        Mistake(
            "M789",
            scaled(1.0),
            message=GROWS.format(
                "about 11",
                "Weights from N(0, 1) do that at this width: each sum has 256 terms, and its variance is that of 256 terms. How small has Var(w) to be, "
                "Eq. (10.2)?",
            ),
        ),
        Mistake(
            "M790",
            scaled(0.1),
            message=GROWS.format(
                "1.05 to 1.25",
                "A round number such as 0.1 for the standard deviation is near, and twenty layers are enough to make near too far. The right one depends "
                "on the width, Eq. (10.2).",
            ),
        ),
        Mistake(
            "M791",
            lambda rng: np.stack([np.eye(WIDTH) * (1 + layer / 1000) for layer in range(LAYERS)]),
            message="Most of your weights are 0: each unit hands on what a single unit gave it. The signal keeps its size that way, but a stack of such "
            "layers computes next to nothing. Draw the weights at random: at least 90 % of them have to differ from 0.",
        ),
        Mistake(
            "M792",
            lambda rng: np.broadcast_to(np.sqrt(2 / WIDTH) * _drawn()[0], STACK),
            message="Two of your layers, one after the other, are the same matrix. Draw each layer for itself: `rng.normal(size=(20, 256, 256))` draws "
            "all twenty at once.",
        ),
        Mistake(
            "M56c",
            scaled(2 / WIDTH),
            message=SHRINKS.format(
                "less than a fifth",
                "A slip that does it: taking the *variance*, 2/fan_in, for the standard deviation, which is its root, Eq. (10.2). A standard deviation "
                "of 0.01 does it as well.",
            ),
        ),
        Mistake(
            "M793",
            scaled(np.sqrt(6 / WIDTH)),
            message=GROWS.format(
                "about 1.7",
                "That is √3. √6 in place of √2 is right for weights drawn *evenly* from −c to c, where it gives c; as a standard deviation it is too "
                "large, Eq. (10.2).",
            ),
        ),
        Mistake(
            "M794",
            per_layer(1 / np.sqrt(3)),
            message=SHRINKS.format(
                "0.4 to 0.65",
                "If you drew evenly from −c to c: such weights have the standard deviation c/√3, not c. Eq. (10.2) says which standard deviation is "
                "needed.",
            ),
        ),
        Mistake(
            "M795",
            per_layer(0.85),
            message=SHRINKS.format(
                "0.77 to 0.95",
                "Your weights are a little too small: compare their standard deviation with Eq. (10.2).",
            ),
        ),
        Mistake(
            "M796",
            per_layer(1.4),
            message=GROWS.format(
                "1.25 to 1.6",
                "√2 lies in that range: is there one factor √2 too many in your standard deviation? Eq. (10.2) has a single 2, under the root.",
            ),
        ),
        Mistake(
            "M797",
            per_layer(4.0),
            message=GROWS.format(
                "2 to 8", "Your weights are too large: what is Var(w) for a unit with 256 inputs, Eq. (10.2)?"
            ),
        ),
        Mistake(
            "M798",
            per_layer(0.3),
            message=SHRINKS.format(
                "0.2 to 0.4",
                "Your weights are too small: what is Var(w) for a unit with 256 inputs, Eq. (10.2)?",
            ),
        ),
        Mistake(
            "M799",
            per_layer(0.01),
            message=SHRINKS.format(
                "less than a fiftieth",
                "After the first layers hardly anything is left. What is the root of 2/fan_in, for a fan_in of 256, Eq. (10.2)?",
            ),
        ),
        Mistake(
            "M799b",
            per_layer(30.0),
            message=GROWS.format(
                "more than 16", "What is the root of 2/fan_in, for a fan_in of 256, Eq. (10.2)?"
            ),
        ),
        Mistake(
            "M799d",
            lambda rng: np.sqrt(2 / WIDTH) * np.abs(_drawn()),
            message="Your weights are all positive, or nearly so, as those of `rng.random` are. Then the terms of a sum no longer cancel one another, and "
            "variances say little about its size. Draw around 0: normal, or evenly from −c to c.",
        ),
        Mistake(
            "M799c",
            lambda rng: np.sqrt(2 / WIDTH) * _drawn() * np.r_[10.0, np.ones(LAYERS - 1)][:, None, None],
            message="From one layer to the next your activations keep their size; and still some layer's standard deviation lies outside ¼ to 4, from "
            "the first layer on or after a slow drift. Eq. (10.2) holds for the first layer as for all others.",
        ),
    ),
    hints=(
        "All layers have the same width, so one standard deviation serves them all. The activation is ReLU: which of the two schemes is made for it?",
        "Normal weights with standard deviation √(2/fan_in), Eq. (10.2), and fan_in is 256.",
        "return rng.normal(0, ..., size=(20, 256, 256))",
    ),
)
