"""07.3: bring a gradient back to the shape that its operand had before broadcasting, Eq. (7.3)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def unbroadcast(G, shape):
    """Sum over every axis that was stretched or added, Eq. (7.3)."""
    return reduced(np.sum, G, shape)


def reduced(how, G, shape):
    """Every axis that was stretched or added, made one entry by `how`."""
    G = np.asarray(G)
    while G.ndim > len(shape):
        G = how(G, axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            G = how(G, axis=axis, keepdims=True)
    return G


def first_slice(G, axis, keepdims=False):
    """The first entry along an axis, in place of the sum."""
    return np.take(G, [0] if keepdims else 0, axis=axis)


def added_only(G, shape):
    """The axes that were added are summed; those that were stretched from size 1 are not."""
    return G.sum(axis=tuple(range(G.ndim - len(shape))))


def stretched_only(G, shape):
    """The axes that were stretched are summed; those that were added are not."""
    added = G.ndim - len(shape)
    axes = tuple(added + k for k, size in enumerate(shape) if size == 1)
    return G.sum(axis=axes, keepdims=True)


def added_kept(G, shape):
    """The added axes are summed, but stay in the shape with size 1."""
    added = G.ndim - len(shape)
    axes = (*range(added), *(added + k for k, size in enumerate(shape) if size == 1))
    return G.sum(axis=axes, keepdims=True)


def not_kept(G, shape):
    """All the right axes are summed, and those that were stretched are gone from the shape."""
    added = G.ndim - len(shape)
    return G.sum(axis=(*range(added), *(added + k for k, size in enumerate(shape) if size == 1)))


def one_added(G, shape):
    """One added axis is summed, however many there are."""
    G = G.sum(axis=0) if G.ndim > len(shape) else G
    return reduced(np.sum, G, shape) if G.ndim == len(shape) else G


def from_the_left(G, shape):
    """The shapes are lined up from the left: sizes that differ are summed, and what is too much is summed at the end."""
    while G.ndim > len(shape):
        G = G.sum(axis=-1)
    for axis, size in enumerate(shape):
        if size == 1:
            G = G.sum(axis=axis, keepdims=True)
    return G


def total_everywhere(G, shape):
    """The sum of everything, in every entry."""
    return np.full(shape, np.sum(G)) if np.shape(G) != tuple(shape) else G


def over_the_examples(G, shape):
    """Axis 0 is summed where the shapes differ, whatever they are."""
    return G if G.shape == tuple(shape) else G.sum(axis=0)


SHAPES = {  # what arrived, and what the operand had
    "(7, 5) to (5,)": ((7, 5), (5,)),
    "(7, 5) to (7, 1)": ((7, 5), (7, 1)),
    "(7, 5) to (1, 5)": ((7, 5), (1, 5)),
    "(4, 7, 5) to (7, 1)": ((4, 7, 5), (7, 1)),
    "(4, 7, 5) to (5,)": ((4, 7, 5), (5,)),
    "(7, 5) to ()": ((7, 5), ()),
    "(7, 5) to (7, 5)": ((7, 5), (7, 5)),
    "(7, 1) to (7, 1)": ((7, 1), (7, 1)),
    "(5, 5) to (5,)": ((5, 5), (5,)),
    "(2, 5) to (5,)": ((2, 5), (5,)),
}


def shape_cases(rng):
    """An axis added, one stretched, both, two added, none; a single number; and a square array."""
    return [Case(name, (normal(rng, *given), wanted)) for name, (given, wanted) in SHAPES.items()]


EXERCISE = Exercise(
    id="07.3",
    name="unbroadcast",
    points=2,
    title="Undo a broadcast",
    kind="write",
    returns=("gradient",),
    reference=unbroadcast,
    cases=shape_cases,
    mistakes=(
        Mistake(
            "M42",
            lambda G, shape: G,
            message="G comes back as it came. On {case} the operand had the shape {shape}, and its gradient must have it too: each of its entries was used in "
            "several places, and across paths we add. Sum over the axes that were broadcast, Eq. (7.3).",
        ),
        Mistake(
            "M608",
            lambda G, shape: reduced(np.mean, G, shape),
            documented={"ratio": 0.1429},
            message="You take the *mean* over the axes that were broadcast. One entry served many places, and what comes back from each of them is added, "
            "Eq. (3.2): a sum, Eq. (7.3). If the loss is a mean, its 1/N is in G already.",
        ),
        Mistake(
            "M609",
            lambda G, shape: reduced(first_slice, G, shape),
            documented={"rel": 0.94},
            message="You take the first slice along each axis that was broadcast. The copies were equal on the way forward; what comes *back* from them is not. "
            "Add it all up, Eq. (7.3).",
        ),
        Mistake(
            "M610",
            added_only,
            documented={"shape": (7, 5)},
            at="(7, 5) to (7, 1)",
            message="The axes that were added in front are summed. Those that were there with size 1, and were *stretched*, are not: (7, 1) became (7, 5) as "
            "well. Eq. (7.3) sums over both kinds.",
        ),
        Mistake(
            "M611",
            not_kept,
            documented={"shape": (7,)},
            at="(7, 5) to (7, 1)",
            message="The sums are right, but a stretched axis is gone from the shape: {case} needs its last axis, with size 1. `sum` with `keepdims=True` keeps "
            "it. (An axis that was added in front has to go.)",
        ),
        Mistake(
            "M628",
            stretched_only,
            message="The axes that were stretched from size 1 are summed. Those that broadcasting *added* in front are not: an operand of shape (5,) had no such "
            "axis. Eq. (7.3) sums over both kinds.",
        ),
        Mistake(
            "M628b",
            added_kept,
            message="The sums are right, but an axis that was added in front is still there, with size 1. The operand had no such axis: sum it without "
            "`keepdims`. (One that was stretched has to stay.)",
        ),
        Mistake(
            "M628c",
            one_added,
            message="Right where broadcasting added one axis in front. On {case} it added two, and one of them is left. Repeat until the number of axes fits.",
        ),
        Mistake(
            "M629",
            from_the_left,
            message="You line the shapes up from the *left*. NumPy lines them up from the right, so what was added is in front: for (5,) beside (7, 5) it is "
            "axis 0.",
        ),
        Mistake(
            "M630",
            total_everywhere,
            message="Each entry of yours holds the sum of *all* of G. Sum only over the axes that were broadcast, Eq. (7.3); along the others the entries stay "
            "apart.",
        ),
        Mistake(
            "M631",
            over_the_examples,
            message="You sum over axis 0 whenever the shapes differ. That is right for a bias, (5,) beside (7, 5). In general the axes to sum over are those "
            "that were added in front, and those where `shape` has a 1, Eq. (7.3).",
        ),
    ),
    hints=(
        "Broadcasting copies: an axis that was missing is added in front, an axis of size 1 is stretched. What comes back from all copies of an entry adds up.",
        "Sum over axis 0 until G has as many axes as `shape`; then over each axis where `shape` has a 1, with keepdims=True. Eq. (7.3).",
        "while G.ndim > len(shape):\n    G = ...\nfor axis, size in enumerate(shape):\n    if size == 1:\n        G = ...\nreturn G",
    ),
)
