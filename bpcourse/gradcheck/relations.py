"""The simplest relation that explains a wrong gradient: a factor, a transpose, or only a part of it off.

Several relations may fit one pair of arrays (with two examples, "2" and "N" are the same number), and all of
them are returned: the names that survive over inputs of several sizes are the explanation.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from bpcourse.gradcheck.numeric import relative_error

FITS = 1e-6


def relation(got, want, *, sizes: Mapping[str, int], where=None) -> list[str]:
    """Names of all simple relations that turn `want` into `got`.

    Parameters
    ----------
    got, want : array_like
        The given gradient and the right one.
    sizes : dict of str to int
        What numbers may explain a factor, by name: ``{"N": 7, "H": 5, "C": 3}``. They come from the caller,
        because a shape does not tell which axis counts the examples.
    where : array_like of the shape of `want`, optional
        The pre-activation z, to find a gradient that is off only where z < 0.

    Returns
    -------
    list of str
        Simplest first; empty where nothing fits, or where shapes do not agree. "-1", "2", "1/2", "4", "1/4";
        "N", "1/N" for every name in `sizes`; "N/2", "2/N"; each of these but "-1" with a minus in front
        as well; "transposed"; "only where z < 0". A name fits also where it says nothing ("N" when N is 1
        and the arrays are equal), so that names can be intersected over several inputs.

    Notes
    -----
    A relation fits when the relative error, Eq. (5.3), between `got` and what it makes of `want` is at
    most 1e-6. "-N/2" is the update direction of Eq. (6.2) held against the gradient of the mean.

    Examples
    --------
    >>> want = np.array([[1.0, -2.0], [3.0, 0.5]])
    >>> relation(2 * want, want, sizes={"N": 2, "C": 3})
    ['2', 'N']
    >>> relation(want.T, want, sizes={"N": 7})
    ['transposed']
    >>> relation(np.abs(want), want, sizes={"N": 7}, where=want)
    ['only where z < 0']
    """
    got, want = np.asarray(got), np.asarray(want)
    if not (_is_numeric(got) and _is_numeric(want)):
        return []
    names = [name for name, factor in factors(sizes).items() if fits(got, factor * want)]
    if want.ndim > 1 and fits(got, want.T):
        names.append("transposed")
    if where is not None and got.shape == want.shape == np.shape(where):
        elsewhere = ~(np.asarray(where) < 0)
        names += ["only where z < 0"] * fits(got[elsewhere], want[elsewhere])
    return names


def relation_of_parts(got, want, *, sizes: Mapping[str, int], where: Mapping | None = None) -> list[str]:
    """Names of all simple relations between two gradients that come in parts.

    Parameters
    ----------
    got, want : dict of str to array_like, or tuples of array_like
        The parts of a tuple are called "part 1", "part 2" and so on.
    sizes : dict of str to int
        As in `relation`.
    where : dict of str to array_like, optional
        The pre-activation z that belongs to a part, for the parts that have one.

    Returns
    -------
    list of str
        What `relation` finds in every part that is off. If some parts are right, the names begin with the
        others: "only the biases", and "only the biases: 1/N" where a relation is known. Parts are called
        "the biases" and "the weights" when all of these, and no others, are off, else by their names.
        Empty when every part is right.

    Raises
    ------
    ValueError
        `got` and `want` do not have the same parts.

    Examples
    --------
    >>> want = {"W1": np.eye(2), "b1": np.array([1.0, 2.0])}
    >>> relation_of_parts({"W1": np.eye(2), "b1": want["b1"] / 7}, want, sizes={"N": 7})
    ['only the biases: 1/N', 'only the biases']
    """
    got, want = named_parts(got), named_parts(want)
    if set(got) != set(want):
        raise ValueError(f"got has the parts {sorted(got)}, want has {sorted(want)}: they must be the same")
    off = [name for name in want if not fits(np.asarray(got[name]), np.asarray(want[name]))]
    found = [relation(got[n], want[n], sizes=sizes, where=(where or {}).get(n)) for n in off]
    shared = [name for name in (found[0] if off else []) if all(name in names for names in found)]
    if len(off) == len(want) or not off:
        return shared
    only = f"only {group_name(off, want)}"
    return [f"{only}: {name}" for name in shared] + [only]


def factors(sizes: Mapping[str, int]) -> dict[str, float]:
    """The factors that have a name, simplest first."""
    table = {"-1": -1.0}
    positive = {"2": 2.0, "1/2": 0.5, "4": 4.0, "1/4": 0.25}
    for name, size in sizes.items():
        positive |= {name: float(size), f"1/{name}": 1.0 / size} if size else {}
    if sizes.get("N"):
        positive |= {"N/2": sizes["N"] / 2, "2/N": 2 / sizes["N"]}
    return table | positive | {f"-{name}": -factor for name, factor in positive.items()}


def fits(got: np.ndarray, want: np.ndarray) -> bool:
    """Whether two arrays have one shape and agree to 1e-6 of their size; never with a NaN."""
    comparable = _is_numeric(got) and _is_numeric(want) and got.shape == want.shape
    return comparable and relative_error(got, want) <= FITS


def group_name(off: Sequence[str], all_names) -> str:
    """The name of some parts: "the biases", "the weights", or a list."""
    for word, pattern in (("the biases", r"_?b\d*"), ("the weights", r"_?W\d*")):
        group = [name for name in all_names if re.fullmatch(f"(d|grad)?{pattern}", name)]
        if group and set(off) == set(group):
            return word
    return ", ".join(off)


def named_parts(parts) -> dict:
    """A dict as it is; a tuple as a dict."""
    if isinstance(parts, Mapping):
        return dict(parts)
    return {f"part {i}": part for i, part in enumerate(parts, start=1)}


def _is_numeric(array: np.ndarray) -> bool:
    return array.dtype.kind in "fciub"
