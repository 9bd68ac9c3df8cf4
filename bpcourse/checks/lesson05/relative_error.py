"""05.2: how far two gradients differ, by their own size, Eq. (5.3)."""

from __future__ import annotations

import numpy as np

from ...gradcheck import relative_error as eq_5_3
from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def relative_error(a, b):
    """How far two gradients differ, by their own size, Eq. (5.3)."""
    return eq_5_3(a, b)


def error_cases(rng):
    """Gradients of every size that matters: near, far, tiny, both zero, one zero, and a matrix."""
    b = normal(rng, 7)
    tiny = 2.0**-29
    return [
        Case("two near gradients", (b + normal(rng, 7) / 1024, b)),
        Case("two far ones", apart(rng, 7)),
        Case("entries near 1e-9", tuple(tiny * part for part in apart(rng, 7))),
        Case("entries near 1e-13", tuple(tiny / 8192 * part for part in apart(rng, 7))),
        Case("both zero", (np.zeros(5), np.zeros(5))),
        Case("the second zero", (normal(rng, 5), np.zeros(5))),
        Case("the first zero", (np.zeros(5), normal(rng, 5))),
        Case("two matrices", apart(rng, 4, 3, spectral=0.04)),
        Case("a zero among the entries of each", with_a_zero(*apart(rng, 6))),
        Case("entries that add up to 0", tuple(np.append(part, -part.sum()) for part in apart(rng, 4))),
    ]


def with_a_zero(a, b):
    """The two, where a single entry of each is 0: a guard for two zero arrays has no business here."""
    a[0], b[1] = 0, 0
    return a, b


def apart(rng, *shape, spectral=0.0):
    """Two arrays whose sums and sizes differ, so that no wrong error meets the right one.

    For matrices, `spectral` is how far the error by the largest stretch has to be off, as a part.
    """
    while True:
        a, b = normal(rng, *shape), normal(rng, *shape)
        if spectral and abs(error_variant("M157")(a, b) / eq_5_3(a, b) - 1) < spectral:
            continue
        sizes = np.linalg.norm(np.ravel(a)) / np.linalg.norm(np.ravel(b))
        if 0.6 < sizes < 0.95 and 0.3 < abs(a.sum() - b.sum()) / (abs(a.sum()) + abs(b.sum())) < 0.9:
            return a, b


def error_variant(*faults):
    """`relative_error` with these mistakes made."""

    def error(a, b):
        on = set(faults).__contains__
        if on("M153"):
            return worst_ratio(a, b)
        top, one, other = sizes_of(a, b, on)
        bottom = bottom_of(a, b, one, other, on)
        if guarded(a, b, bottom, on):
            return 0.0
        if on("M530"):
            return np.float64(top) / one + other
        return float(top) / float(bottom) if on("M152b") else np.float64(top) / bottom

    return error


def bottom_of(a, b, one, other, on):
    """What is divided by."""
    if on("M49"):
        return 1.0
    if on("M271") or on("M271b"):
        return other
    if on("M531") or on("M530"):
        return one
    if on("M532"):
        return one * other
    if on("M272"):
        return np.linalg.norm(a + b)
    bottom = max(one, other) if on("M154") else one + other
    return bottom + (1e-8 if on("M155") else 1e-12 if on("M287") else 0)


def guarded(a, b, bottom, on):
    """Whether 0 is returned before anything is divided."""
    if on("M533"):
        return not a.all() and not b.all()
    if on("M534"):
        return a.sum() == 0 and b.sum() == 0
    if on("M536"):
        return not a.any()
    if on("M535"):
        return not a.any() or not b.any()
    if on("M152") or on("M152b"):
        return False
    return bottom == 0 if on("M271b") else not (a.any() or b.any())


def sizes_of(a, b, on):
    """Size of the difference, and of both gradients, in the way in which it is taken."""
    if on("M156"):
        return abs(a.sum() - b.sum()), np.linalg.norm(a), np.linalg.norm(b)
    if on("M288"):
        return tuple(np.sum(np.abs(v)) for v in (a - b, a, b))
    if on("M289"):
        return abs(np.linalg.norm(a) - np.linalg.norm(b)), np.linalg.norm(a), np.linalg.norm(b)
    if on("M157"):
        return tuple(np.linalg.norm(v, 2) for v in (a - b, a, b))
    if on("M273"):
        return tuple(np.sum(v**2) for v in (a - b, a, b))
    return tuple(np.sqrt(np.sum(v**2)) for v in (a - b, a, b))


def worst_ratio(a, b):
    """M153: the largest relative error of a single entry."""
    size = np.abs(a) + np.abs(b)
    return np.max(np.divide(np.abs(a - b), size, out=np.zeros(a.shape), where=size > 0))


GUARDS = ("M271b", "M533", "M534", "M535", "M536")


def error_pairs(ids):
    """A missing guard for two zeros, together with one other mistake."""
    return (
        error_variant(*ids)
        if "M152" in ids and not {"M152b", "M153", "M155", "M49", "M287", *GUARDS} & set(ids)
        else None
    )


MESSAGES = {
    "M49": "That is the distance ‖a − b‖ itself. A threshold on it passes any pair of gradients that are small enough, right or wrong. "
    "Divide by the size of both, Eq. (5.3).",
    "M152": "Right, except where both gradients are 0: there you divide 0 by 0, and `nan` comes back, with a warning. Two equal gradients do "
    "not differ, so the answer there is 0. Look at the denominator before you divide.",
    "M152b": "Right, except where both gradients are 0: there you divide by zero, and Python stops. Two equal gradients do "
    "not differ, so the answer there is 0. Look at the denominator before you divide.",
    "M153": "You took the worst single entry. One entry that is nearly 0 then decides over all the others: rounding alone can make it 1. "
    "Eq. (5.3) takes the size of whole arrays first, and divides once.",
    "M154": "Your denominator is the larger of the two sizes. Eq. (5.3) adds them, so that the error is never above 1: for nearly equal gradients "
    "yours is twice as large.",
    "M155": "A small number added to the denominator swallows small gradients: with entries near 1e-9 yours shrinks to {ratio:.2f} of "
    "the error. Eq. (5.3) has none; only the case in which both are 0 needs care.",
    "M287": "The small number that you add to the denominator is still too large: with entries near 1e-13 it makes yours smaller than the error. "
    "Eq. (5.3) has none; only the case in which both are 0 needs care.",
    "M156": "You summed the entries before comparing, so that differences of opposite sign cancel. Take the size of the difference: square, sum, "
    "root, as `np.linalg.norm` does.",
    "M157": "The vectors are right. For a matrix `np.linalg.norm(x, 2)` is another size, the largest stretch of the matrix. Eq. (5.3) "
    "means the root of the sum of all squares: leave the 2 out.",
    "M271": "You divided by the size of one of the two. Then the error depends on which of them you call the right one, and is infinite if that "
    "one is 0. Eq. (5.3) adds both sizes.",
    "M271b": "You divide by the size of the second array alone, and return 0 where that one is 0, though the first is not. Eq. (5.3) adds both sizes; "
    "the answer is 0 only where *both* arrays are.",
    "M531": "You divided by the size of the first array alone. Then the error depends on which of the two comes first. Eq. (5.3) adds both sizes.",
    "M530": "Yours is ‖a − b‖/‖a‖ with ‖b‖ added to it: `/` comes before `+`. Put the sum in brackets, `... / (... + ...)`, Eq. (5.3).",
    "M532": "You multiplied the two sizes below the line. Eq. (5.3) adds them: a product makes the error depend on the units, and infinite where one of the "
    "arrays is 0.",
    "M533": "You return 0 as soon as each array has *one* entry that is 0: `a.all()` asks whether all entries differ from 0. Two arrays that hold a 0 "
    "each can be far apart. Ask whether any entry differs from 0, `a.any()`, or look at the sizes.",
    "M534": "You return 0 where the entries *add up* to 0 in both arrays. Those of [1, −1] do, and the array is not 0. Look at the sizes, where nothing "
    "cancels.",
    "M535": "You return 0 as soon as *one* of the arrays is 0. Beside a gradient that is not 0 that is the largest error there is, 1. Only where both are 0 the answer "
    "is 0.",
    "M536": "You return 0 as soon as the *first* array is 0, whatever the second one is. Beside a gradient that is not 0 that is the largest error there is, 1. "
    "Only where both are 0 the answer is 0.",
    "M272": "Your denominator is the size of the sum, ‖a + b‖. For opposite gradients that is 0. Eq. (5.3) adds the sizes: ‖a‖ + ‖b‖.",
    "M288": "You measured sizes by the sum of |entries|. That is a size too, but another one. In Eq. (5.3), size is the root of the sum of squares, as "
    "`np.linalg.norm` has it.",
    "M289": "You compared the two sizes, ‖a‖ − ‖b‖. Two gradients of one size can point anywhere, and would count as equal. Subtract first and take the "
    "size then: ‖a − b‖, Eq. (5.3).",
    "M273": "Your sizes are squared: the root is missing. Size means the root of the sum of squares, as `np.linalg.norm` has it, Eq. (5.3).",
}

CAUSES = {  # what is said of a mistake where a guard for two zeros is missing as well
    "M152": "where both gradients are 0 you divide 0 by 0, and `nan` comes back where the answer is 0",
    "M154": "your denominator is the larger of the two sizes, where Eq. (5.3) adds them",
    "M156": "you sum the entries before comparing, so that differences of opposite sign cancel",
    "M157": "`np.linalg.norm(x, 2)` of a matrix is another size than the root of the sum of squares: leave the 2 out",
    "M271": "you divide by the size of one of the two, where Eq. (5.3) adds both",
    "M531": "you divide by the size of the first array alone, where Eq. (5.3) adds both",
    "M530": "`/` comes before `+`, so that ‖b‖ is added to the quotient: put the sum below the line in brackets",
    "M532": "you multiply the two sizes below the line, where Eq. (5.3) adds them",
    "M272": "your denominator is the size of the sum, where Eq. (5.3) adds the sizes",
    "M273": "your sizes are squared: the root is missing",
    "M288": "your sizes are sums of |entries|, where Eq. (5.3) has the root of the sum of squares",
    "M289": "you compare the two sizes, where Eq. (5.3) has the size of the difference",
}

DOCUMENTED = {
    "M153": ({"ratio": 17.7}, "two near gradients"),
    "M154": ({"ratio": 2.0}, "two near gradients"),
    "M155": ({"ratio": 0.493}, "entries near 1e-9"),
    "M156": ({"ratio": 0.501}, "two far ones"),
    "M157": ({"ratio": 0.92}, "two matrices"),
}

EXERCISE = Exercise(
    id="05.2",
    name="relative_error",
    points=2,
    title="Say in one number how far two gradients differ",
    kind="write",
    returns=("error",),
    reference=relative_error,
    cases=error_cases,
    variants=error_pairs,
    mistakes=tuple(
        Mistake(
            i,
            error_variant(i),
            message=text,
            cause=CAUSES.get(i, ""),
            documented=DOCUMENTED.get(i, ({}, ""))[0],
            at=DOCUMENTED.get(i, ({}, ""))[1],
        )
        for i, text in MESSAGES.items()
    ),
    hints=(
        "How large is the difference, beside the two gradients themselves? And what if both are zero?",
        "‖a − b‖ / (‖a‖ + ‖b‖), Eq. (5.3). `np.linalg.norm(a)` is the root of the sum of all squares.",
        "size = ...              # of both together\nif size == 0:\n    return ...\nreturn ... / size",
    ),
)
