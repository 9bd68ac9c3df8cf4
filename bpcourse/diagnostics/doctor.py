"""Why isn't it learning? Look for signs, try the remedy on a copy, and name what helped.

A sign alone proves little: a network may carry one and train all the same. So nothing is named before two
things were seen. The network as it is does not learn: after a trial on a copy its loss is not clearly below
that of the best constant answer. And a second copy, with one thing changed, does. Two exceptions: rows in the
order of their classes, and units that are all alike, are named also where a network learns a little, if the
remedy halves its loss. And where no single change helps, those of the weights are tried once more together
with another learning rate, since a rate that suits the one size of weights may not suit the other.

The signs decide what is tried first, and their thresholds only that. In this order:

===================  ====================================  =======================================
cause                sign                                  what is changed on the copy
===================  ====================================  =======================================
unshuffled           batches in a row hold few classes     the rows are shuffled
zeros, symmetry      the units of a layer are all alike    weights are drawn at random
dead_relu            9 of 10 units of a layer are silent   weights are drawn anew, biases are 0
weights_too_large    a layer's scale is above 3            weights are drawn anew
weights_too_small    a layer's scale is below 0.3          weights are drawn anew
too_deep             ‖δ₁‖ is below a thousandth of ‖δ_L‖   ReLU, weights for it, the rate or a tenth
rate_too_high        none is needed                        the rate over 10, 100, 1000
rate_too_low         none is needed                        the rate times 10, 100, 1000
labels_do_not_match  neighbours seldom share a label       nothing: right labels are the remedy
===================  ====================================  =======================================

A layer's scale is √fan_in times the root mean square of its weights: what it multiplies the spread of its
input by, before the bend. It is 1 for LeCun's start, 1.4 for He's.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_array, check_count, check_number
from bpcourse.diagnostics.signs import (
    batches_hold_few_classes,
    first_dead_layer,
    first_layer_of_twins,
    labels_follow_inputs,
    scales,
)
from bpcourse.diagnostics.statistics import LayerStatistics, check_network, layer_statistics
from bpcourse.diagnostics.trials import Setting, Trial, redrawn, try_training
from bpcourse.diagnostics.words import OTHER_RATE, WORDS
from bpcourse.network import MLP

LARGE, SMALL, STARVED = 3.0, 0.3, 1e-3
FACTORS = (10, 100, 1000)
OTHER_RATES = (10, 0.1, 100)
HOLD_BACK = {"unshuffled", "zeros", "symmetry"}  # a network may learn a little in spite of them
OF_WEIGHTS = {"zeros", "symmetry", "dead_relu", "weights_too_large", "weights_too_small", "too_deep"}


@dataclass(frozen=True)
class Diagnosis:
    """Why a network does not learn, or that it does.

    Attributes
    ----------
    cause : str
        "healthy", one of the causes of ``bpcourse.diagnostics.doctor``, or "unknown".
    layer : int or None
        The layer to look at, from 1; None where the cause is in no layer.
    words : str
        What was seen, what it means, and what to do, in a few sentences.
    statistics : LayerStatistics
        Of the network as it is, on the first rows.
    trial, remedy : Trial
        How the network trains as it is, and with the one change; `remedy` is None where nothing was changed.
    """

    cause: str
    layer: int | None
    words: str
    statistics: LayerStatistics
    trial: Trial
    remedy: Trial | None

    def __str__(self) -> str:
        where = "" if self.layer is None else f", layer {self.layer}"
        return f"{self.cause.replace('_', ' ')}{where}: {self.words}"


@dataclass(frozen=True)
class Suspicion:
    """A cause to be tried: what would be changed, and what was seen."""

    cause: str
    layer: int | None
    net: MLP
    setting: Setting
    seen: dict


def why_not_learning(
    net: MLP,
    X: ArrayLike,
    y: ArrayLike,
    *,
    learning_rate: float,
    batch_size: int = 32,
    shuffle: bool = True,
    steps: int = 300,
) -> Diagnosis:
    """Find out why a network does not learn: name the layer and the likely cause.

    Only copies are trained; the network, X and y stay as they are. The same call gives the same answer.

    Parameters
    ----------
    net : MLP
        As it is before training.
    X : array (n_samples, n_in)
    y : labels (n_samples,) or targets (n_samples, n_out)
    learning_rate : float
        That of plain descent.
    batch_size : int
    shuffle : bool
        Whether the rows are shuffled in every epoch, or come as they lie.
    steps : int
        How long a trial is. A problem that needs thousands of steps, as XOR does, needs as many here.

    Returns
    -------
    Diagnosis
        Print it to read it.

    Raises
    ------
    ValueError, TypeError
        If an argument does not fit, as for ``net.loss_and_grads`` and ``fit``.

    Examples
    --------
    >>> from bpcourse.datasets import load_digits
    >>> digits = load_digits()
    >>> net = MLP([64, 32, 10], init="normal", random_state=0)
    >>> net.params["W1"] *= 0
    >>> net.params["W2"] *= 0
    >>> diagnosis = why_not_learning(net, digits.X, digits.y, learning_rate=0.1)
    >>> diagnosis.cause, diagnosis.layer
    ('zeros', 1)
    """
    check_network(net)
    check_number("learning_rate", learning_rate, low=0)
    check_count("batch_size", batch_size)
    check_count("steps", steps)
    X, y = as_float_array(X, "X"), np.asarray(y)
    statistics = layer_statistics(net, X[:256], y[:256], learning_rate=learning_rate)
    setting = Setting(learning_rate, batch_size, steps, shuffle)
    trial = try_training(net, X, y, setting)
    for suspicion in _to_be_tried(list(_suspicions(net, X, y, setting, statistics)), trial):
        remedy = try_training(suspicion.net, X, y, suspicion.setting)
        if remedy.end < trial.end / 2 if trial.learnt else remedy.learnt:
            found = suspicion.cause, suspicion.layer, suspicion.seen
            return _diagnosis(*found, statistics, trial, remedy, setting)
    return _diagnosis(_without_a_remedy(X, y, trial), None, {}, statistics, trial, None, setting)


def _without_a_remedy(X: NDArray, y: NDArray, trial: Trial) -> str:
    if trial.learnt:
        return "healthy"
    return "unknown" if labels_follow_inputs(X, y) else "labels_do_not_match"


def _to_be_tried(suspicions: list[Suspicion], trial: Trial) -> Iterator[Suspicion]:
    """Yield each of them, and at last those of the weights again, each with other learning rates."""
    if trial.learnt:
        yield from (suspicion for suspicion in suspicions if suspicion.cause in HOLD_BACK)
        return
    yield from suspicions
    for suspicion in (suspicion for suspicion in suspicions if suspicion.cause in OF_WEIGHTS):
        for factor in OTHER_RATES:
            rate = suspicion.setting.learning_rate * factor
            changed = replace(suspicion.setting, learning_rate=rate)
            seen = suspicion.seen | {"rate": rate, "other_rate": True}
            yield replace(suspicion, setting=changed, seen=seen)


def _suspicions(
    net: MLP, X: NDArray, y: NDArray, setting: Setting, statistics: LayerStatistics
) -> Iterator[Suspicion]:
    """Yield what may be wrong, the surest sign first."""
    if not setting.shuffle and batches_hold_few_classes(y, setting.batch_size):
        yield Suspicion("unshuffled", None, net, replace(setting, shuffle=True), {})
    twins = first_layer_of_twins(net)
    if twins:
        cause = "zeros" if not any(W.any() for W in net.coefs_) else "symmetry"
        yield Suspicion(cause, twins, redrawn(net), setting, {})
    dead = first_dead_layer(statistics)
    if dead:
        yield Suspicion("dead_relu", dead, redrawn(net), setting, {"share": statistics.dead[dead - 1]})
    yield from _suspicions_of_size(net, setting)
    ratio = statistics.delta_norms[0] / statistics.delta_norms[-1] if statistics.delta_norms[-1] else 0.0
    if len(net.coefs_) > 2 and ratio < STARVED:
        for rate in (setting.learning_rate, setting.learning_rate / 10):  # ReLU bears less
            changed = replace(setting, learning_rate=rate)
            yield Suspicion(
                "too_deep", 1, redrawn(net, activation="relu"), changed, {"ratio": ratio, "rate": rate}
            )
    yield from _suspicions_of_rate(net, setting, statistics)


def _suspicions_of_size(net: MLP, setting: Setting) -> Iterator[Suspicion]:
    sizes = scales(net)
    large, small = int(np.argmax(sizes)), int(np.argmin(sizes))
    if sizes[large] > LARGE:
        yield Suspicion("weights_too_large", large + 1, redrawn(net), setting, {"scale": sizes[large]})
    if sizes[small] < SMALL:
        yield Suspicion("weights_too_small", small + 1, redrawn(net), setting, {"scale": sizes[small]})


def _suspicions_of_rate(net: MLP, setting: Setting, statistics: LayerStatistics) -> Iterator[Suspicion]:
    ratios = np.nan_to_num(statistics.update_ratios)
    for cause, layer, sign in (("rate_too_high", ratios.argmax(), -1), ("rate_too_low", ratios.argmin(), 1)):
        for factor in FACTORS:
            changed = replace(setting, learning_rate=setting.learning_rate * float(factor) ** sign)
            seen = {"ratio": ratios[layer], "rate": setting.learning_rate, "factor": factor}
            yield Suspicion(cause, int(layer) + 1, net, changed, seen)


def _diagnosis(cause, layer, seen, statistics, trial, remedy, setting) -> Diagnosis:
    """Fill the words of a cause with the numbers that were seen."""
    start = f"In {setting.steps} steps the loss went from {trial.start:.3g} to {trial.end:.3g}"
    seen = {"layer": layer, "trial": start, "constant": f"{trial.constant:.3g}"} | seen
    end = "" if remedy is None else f"{remedy.end:.3g}"
    words = WORDS[cause] + (OTHER_RATE if "other_rate" in seen and cause != "too_deep" else "")
    words = words.format(**seen, remedy=end, given=setting.learning_rate)
    return Diagnosis(cause, layer, words, statistics, trial, remedy)
