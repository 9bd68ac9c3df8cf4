"""Drivers: they build what cannot travel to another process, and call the learner's function.

``drive(function, *inputs) -> outputs``, where the outputs are arrays, numbers, strings, or
flat tuples, lists and dicts of them. With `observe`, this is all that a grader's isolated
child loads of the checks: it imports NumPy and floor 1, and holds no answer.
"""

from __future__ import annotations

import numpy as np


class NotAsAsked(ValueError):
    """What came back cannot be judged. The text is the sentence that the learner reads."""


def threshold_table(function):
    """01.5: what a network of threshold units says to 0 0, 0 1, 1 0 and 1 1, from W1, b1, W2, b2."""
    given = function()
    if not isinstance(given, (tuple, list)) or len(given) != 4:
        what = f"{len(given)} things" if isinstance(given, (tuple, list)) else repr(given)
        raise NotAsAsked(f"Your function returned {what}. It should return four arrays: W1, b1, W2 and b2.")
    W1, b1, W2, b2 = (
        _array_of(shape, name, value)
        for name, shape, value in zip(
            ("W1", "b1", "W2", "b2"), ((2, 2), (2,), (2, 1), (1,)), given, strict=True
        )
    )
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    hidden = corners @ W1 + b1 > 0
    return [int(answer) for answer in (hidden @ W2 + b2 > 0)[:, 0]]


def _array_of(shape, name, value):
    """The value as an array of floats of this shape, or the sentence that says what it is instead."""
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        raise NotAsAsked(f"Your {name} is not an array of numbers of shape {shape}.") from None
    if array.shape != shape:
        raise NotAsAsked(f"Your {name} has shape {array.shape}; it should have shape {shape}.")
    return array


def batches(function, X, y, batch_size, order):
    """06.2: how many rows each batch holds, and the rows of all batches, one below the other."""
    given = function(X, y, batch_size, order)
    if given is None:
        raise NotAsAsked("Your function returned None: is there a `return` line?")
    try:
        pairs = [(np.asarray(rows), np.asarray(labels)) for rows, labels in given]
    except (TypeError, ValueError):
        raise NotAsAsked("Return a list with a pair `(Xb, yb)` for each batch.") from None
    if not pairs:
        raise NotAsAsked("Your list of batches is empty.")
    for k, (rows, labels) in enumerate(pairs, 1):
        if rows.shape[1:] != X.shape[1:] or labels.ndim != y.ndim or len(rows) != len(labels):
            raise NotAsAsked(
                f"Batch {k} holds an array of shape {rows.shape} from X and one of shape {labels.shape} "
                f"from y. A batch of B examples needs the shapes (B, {X.shape[1]}) and (B,)."
            )
    return {
        "batch_sizes": np.array([len(rows) for rows, _ in pairs]),
        "rows_of_X": np.concatenate([rows for rows, _ in pairs]),
        "rows_of_y": np.concatenate([labels for _, labels in pairs]),
    }


def losses_and_params(function, X, Y, params, lr, epochs):
    """06.5: the losses, and the trained parameters under their names."""
    given = function(X, Y, params, lr, epochs)
    if not isinstance(given, (tuple, list)) or len(given) != 2:
        what = f"{len(given)} things" if isinstance(given, (tuple, list)) else "one thing"
        what = "None: is there a `return` line?" if given is None else f"{what}."
        raise NotAsAsked(f"Your function returned {what} It should return two: losses, params.")
    losses, trained = given
    if not isinstance(trained, dict) or trained.keys() != params.keys():
        raise NotAsAsked(
            "The second thing that your function returns should be a dict of parameters, with the keys "
            f"{', '.join(map(repr, params))}."
        )
    try:
        return {"losses": np.asarray(losses, dtype=float), **trained}
    except (TypeError, ValueError):
        raise NotAsAsked("Your losses are not a list of numbers: collect one for each epoch.") from None


def _small_squares(x):
    """1 + Σ x²: beside the 1, small entries leave few digits."""
    return 1 + np.sum(x**2)


def _cubes(x):
    """Σ x³, and a product of three entries: a nudge of several at once is not the sum of single ones."""
    return np.sum(x**3) + x.flat[0] * x.flat[1] * x.flat[-1]


def _high_cubes(x):
    """The same of a matrix, whose rows matter, seen from 1000: what rounding takes off is large."""
    return 1000 + _cubes(x) + np.sum(x[0] * x[-1])


SCALAR_FUNCTIONS = {"1 + squares": _small_squares, "cubes": _cubes, "1000 + cubes": _high_cubes}


def slopes_of_named(function, f, x, eps):
    """05.1: the gradient that the learner's function measures; f is a name in `SCALAR_FUNCTIONS`."""
    return function(SCALAR_FUNCTIONS[f], x, eps)


NUDGES = (1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-12)
LIMITS = ("formula", "rounding", "kink", "bug")


def curve_read(function):
    """05.3: the learner's dict, with a word in place of what was not on offer."""
    given = function()
    if not isinstance(given, dict):
        return given
    read = {"best": _nudge_read, "left": _limit_read, "right": _limit_read, "slope": _slope_read}
    return {k: read[k](v) if k in read and v is not None else v for k, v in given.items()}


def _nudge_read(value):
    if isinstance(value, str):
        return "in quotes"
    if not isinstance(value, (int, float, np.number)):
        return "not on the list"
    if value in (-1, -3, -5, -7, -9, -12):
        return "an exponent"
    near = [eps for eps in NUDGES if np.isclose(value, eps, rtol=1e-6, atol=0)]
    return near[0] if near else "not on the list"


def _limit_read(value):
    word = value.strip().casefold() if isinstance(value, str) else ""
    return word if word in LIMITS else "not on the list"


def _slope_read(value):
    if isinstance(value, str):
        return "in quotes"
    if not isinstance(value, (int, float, np.number)):
        return "no number"
    if value in (10, 100, 1000):
        return "times"
    return float(value) if value in (-2, -1, 1, 2) else "another number"


def _by_example(dZ, X, W):
    """dX, dW and db of an affine layer: from the last example to the first, one at a time."""
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(W.shape[1])
    for n in reversed(range(len(X))):
        dX[n] = W @ dZ[n]
        dW += np.outer(X[n], dZ[n])
        db += dZ[n]
    return dX, dW, db


def _in_thirds(dZ, X, W):
    """dX, dW and db of an affine layer: of a third of dZ, times 3, which is off in the last digits."""
    third = dZ / 3
    return 3 * (third @ W.T), 3 * (X.T @ third), 3 * third.sum(axis=0)


AFFINE_BACKWARDS = (
    _by_example,
    _in_thirds,
    lambda dZ, X, W: (dZ @ W.T, X.T @ dZ, dZ),
    lambda dZ, X, W: (dZ @ W.T, X.T @ dZ, dZ.mean(axis=0)),
    lambda dZ, X, W: (dZ @ W.T, X.T @ dZ, np.full(W.shape[1], dZ.sum())),
    lambda dZ, X, W: (dZ @ W.T, X.T @ dZ + W / 100, dZ.sum(axis=0)),
    lambda dZ, X, W: (dZ @ W.T, np.abs(X).T @ dZ, dZ.sum(axis=0)),
    lambda dZ, X, W: (dZ @ np.abs(W).T, X.T @ dZ, dZ.sum(axis=0)),
)


def verdicts_on_affine_backwards(function, order):
    """05.4: what the learner's tester says of each candidate, 1 or 0, and all of it as one word.

    The candidates are shown to it in this order. NotImplemented stands for no opinion: no item, no word.
    """
    said, troubles, returned = {}, [], []
    for k in order:
        try:
            returned.append(function(_nameless(AFFINE_BACKWARDS[k])))
            said[k] = _verdict(returned[-1])
        except (NotImplementedError, NotAsAsked):
            raise
        except AssertionError:
            said[k] = 0
        except Exception as problem:  # a tester that breaks down on a candidate has not accepted it
            said[k] = 0
            troubles.append(problem)
    if len(troubles) == len(order):
        raise troubles[0]
    if len(returned) == len(order) and all(one is None for one in returned):
        raise NotAsAsked(
            "Your function returned None for each of the eight, and no `assert` in it failed, so it has "
            "accepted all of them. Return True or False (`print` returns nothing), or assert what must hold."
        )
    verdicts = [said[k] for k in range(len(order))]
    return [*verdicts, None if None in verdicts else "".join(map(str, verdicts))]


def _nameless(candidate):
    """The candidate under the name that all of them have."""

    def affine_backward(dZ, X, W):
        return candidate(dZ, X, W)

    return affine_backward


def _verdict(said):
    """1 for True, and for a test by assertions that came to its end; 0 for False; None for no opinion."""
    if said is NotImplemented:
        return None
    if said is None or isinstance(said, (bool, np.bool_)):
        return int(said is None or bool(said))
    raise NotAsAsked(
        f"Your function returned a value of type {type(said).__name__}. It should return True where the "
        "implementation is right and False where it is wrong (or assert what must hold, and return nothing)."
    )


def suspects_named(function, suspects):
    """05.5: 1 for each of the suspects that the learner's list names, 0 for the others."""
    given = function()
    if isinstance(given, str) or not isinstance(given, (list, tuple, set, frozenset)):
        raise NotAsAsked(f"Return a list of names, such as ['relu_backward']; yours is {given!r}.")
    names = [getattr(name, "__name__", name) for name in given]
    unknown = [name for name in names if name not in suspects]
    if unknown:
        raise NotAsAsked(f"{unknown[0]!r} is not the name of one of the six: {', '.join(suspects)}.")
    return [int(name in names) for name in suspects]


ORDER_FAULTS = (
    "a node is listed twice",
    "a node that leads to the output is missing",
    "a node that does not lead to the output is listed",
    "the output is not the first",
    "a node comes before a consumer of it",
)


def order_judged(function, edges, output):
    """07.2: what is wrong with the learner's order, in words, found without another order to hold it against.

    All that flows into a node on the list has to be listed, and every node but the output has to have a
    consumer on the list, which it comes after.
    """
    listed = _node_list(function(edges, output))
    place = {node: k for k, node in enumerate(listed)}
    inside = [(s, t) for s, t in edges.tolist() if t in place]
    faults = (
        len(place) < len(listed),
        output not in place or any(s not in place for s, _ in inside),
        not place.keys() <= {s for s, _ in inside} | {output},
        listed[:1] != [output],
        any(place[s] < place[t] for s, t in inside if s in place),
    )
    return "; ".join(words for words, is_so in zip(ORDER_FAULTS, faults, strict=True) if is_so) or "as asked"


def _node_list(given):
    """The learner's order as a list of ints, or the sentence that says what it is instead."""
    if given is None:
        raise NotAsAsked("Your function returned None: is there a `return` line?")
    wanted = "Return a list of the numbers of nodes, such as [2, 1, 0]"
    if isinstance(given, (set, frozenset)):
        raise NotAsAsked(f"{wanted}; yours is a set, which has no order.")
    if isinstance(given, (str, bytes, dict)) or not hasattr(given, "__iter__"):
        raise NotAsAsked(f"{wanted}; yours is of type {type(given).__name__}.")
    listed = list(given)
    odd = [node for node in listed if not isinstance(node, (int, np.integer)) or isinstance(node, bool)]
    if odd:
        raise NotAsAsked(f"{wanted}; yours holds an entry of type {type(odd[0]).__name__}.")
    return [int(node) for node in listed]


STACK, BAND, ROWS = (20, 256, 256), (0.25, 4.0), 16
STEPS_OF_SIZE = (0.02, 0.2, 0.4, 0.65, 0.77, 0.95, 1.05, 1.25, 1.6, 1.9, 8, 16)


def fate_of_a_signal(function, seed):
    """10.5: in a word, what a stack of ReLU layers does to three inputs drawn from N(0, 1)."""
    given = function(np.random.default_rng(seed))
    if given is None:
        raise NotAsAsked("Your function returned None: is there a `return` line?")
    Ws = _array_of(STACK, "stack", given)
    if np.mean(Ws != 0) < 0.9:
        return "mostly zeros"
    if np.mean(Ws > 0) > 0.95:
        return "nearly all positive"
    if np.abs(Ws - np.roll(Ws, 1, axis=0)).max(axis=(1, 2)).min() < 1e-9:
        return "layers repeat"
    stds = spread_per_layer(Ws, np.random.default_rng([seed, 1]).standard_normal((3, ROWS, STACK[1])))
    return "stays" if np.all((stds >= BAND[0]) & (stds <= BAND[1])) else _growth(stds)


def spread_per_layer(Ws, X):
    """Standard deviation of what leaves each ReLU layer, for several inputs (K, N, H) at once: (L, K)."""
    stds, A = [], X.reshape(-1, X.shape[-1])
    with np.errstate(all="ignore"):
        for W in Ws:
            A = np.maximum(A @ W, 0)
            stds.append(A.reshape(X.shape).std(axis=(1, 2)))
    return np.array(stds)


def _growth(stds):
    """Between which two of `STEPS_OF_SIZE` the mean factor of a layer lies, after the first of them."""
    with np.errstate(all="ignore"):
        factor = np.median((stds[-1] / stds[0]) ** (1 / (len(stds) - 1)))
    if not np.isfinite(factor):
        return "not a number" if np.isnan(stds[0]).any() else "leaves the floats"
    low = [step for step in STEPS_OF_SIZE if step <= factor]
    high = [step for step in STEPS_OF_SIZE if step > factor]
    below, above = (f"×{low[-1]:g}" if low else ""), (f"×{high[0]:g}" if high else "")
    return (
        f"{below} to {above} a layer"
        if low and high
        else f"under {above} a layer"
        if high
        else f"over {below} a layer"
    )
