"""Lesson 05, gradient checking: exercises, the wrong answers known for them, and what to say."""

from __future__ import annotations

import numpy as np

from .. import buggy
from ..gradcheck import central_difference
from ..gradcheck import relative_error as eq_5_3
from . import drivers
from .draws import normal
from .exercise import Case, Exercise, Mistake, quiz

# ---------------------------------------------------------------- 05.1 numerical_gradient


def numerical_gradient(f, x, eps):
    """Central differences in every entry, Eq. (5.2)."""
    return central_difference(f, x, eps)


def slope_cases(rng):
    """A large constant with a wide nudge, tiny entries, and two types that hold too few digits."""
    whole = rng.permutation([2, -1, 4, -3])
    return [
        Case("a float64 matrix, eps = 0.3", ("1000 + cubes", normal(rng, 4, 3, scale=0.6), 0.3)),
        Case("entries near 0.001", ("1 + squares", normal(rng, 6) / 1024, 1e-5)),
        Case("a float32 matrix", ("cubes", normal(rng, 3, 2).astype(np.float32), 1e-5)),
        Case("whole numbers", ("cubes", whole, 1e-5)),
    ]


def slopes_variant(*faults):
    """Central differences with these mistakes made, each at the line where a learner makes it."""

    def slopes(f, x, eps):
        on = set(faults).__contains__
        eps = 1e-12 if on("M45") else 1e-5 if on("M151") else eps
        x = prepared(x, on)
        return np.reshape([one_slope(f, x, i, eps, on) for i in np.ndindex(x.shape)], x.shape)

    return slopes


def prepared(x, on):
    """The array that is nudged: the caller's own one where that is float64, as `np.asarray` has it."""
    if on("M46"):
        return x.astype(np.float32)
    if on("M48b"):
        return np.array(x, dtype=float)
    return x if on("M47") else np.asarray(x, dtype=float)


def one_slope(f, x, i, eps, on):
    """The slope in one entry, and what is left behind in it."""
    saved = x[i].copy()
    x[i] = saved - eps if on("M44b") else saved + eps
    first = f(x)
    x[i] = saved if on("M44") or on("M44b") else x[i] - 2 * eps if on("M149") else saved - eps
    second = f(x)
    if on("M149"):
        x[i] += eps
    elif not (on("M48") or on("M48b")):
        x[i] = saved
    width = -eps if on("M44b") else eps if on("M44") or on("M148") else 2 * eps
    return (first - second) / width


def all_at_once(f, x, eps):
    """M150: the whole array is nudged in one go."""
    x = np.asarray(x, dtype=float)
    return (f(x + eps) - f(x - eps)) / (2 * eps)


def row_by_row(f, x, eps):
    """M242: a loop over the rows, each of which is nudged as a whole."""
    x = np.array(x, dtype=float)
    slopes = np.zeros(x.shape)
    for i in range(len(x)):
        nudge = np.zeros(x.shape)
        nudge[i] = eps
        slopes[i] = (f(x + nudge) - f(x - nudge)) / (2 * eps)
    return slopes


def row_by_row_in_place(f, x, eps):
    """M242b: the same in place; `saved` is a view of the row, and moves with it."""
    x = np.asarray(x, dtype=float)
    slopes = np.zeros(x.shape)
    for i in range(len(x)):
        saved = x[i]
        x[i] = saved + eps
        above = f(x)
        x[i] = saved - eps
        slopes[i] = (above - f(x)) / (2 * eps)
        x[i] = saved
    return slopes


def two_names(f, x, eps):
    """M260: `up = x` and `down = x` are two names of one array."""
    slopes = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        up, down = x, x
        up[i] += eps
        down[i] -= eps
        slopes[i] = (f(up) - f(down)) / (2 * eps)
    return slopes


ONE_SIDED = ("M44", "M44b")
TOGETHER = ("M44", "M44b", "M45", "M47", "M48", "M148", "M149", "M151")


def slope_pairs(ids):
    """Two mistakes together, where both can be made at once."""
    clash = set(ids) in ({"M44", "M44b"}, {"M45", "M151"}, {"M48", "M149"})
    clash = clash or (set(ids) & set(ONE_SIDED) and set(ids) & {"M148", "M149", "M48"})
    return slopes_variant(*ids) if set(ids) <= set(TOGETHER) and not clash else None


SLOPE_MESSAGES = {
    "M44": "You ask on one side only, Eq. (5.1): up, and at the point itself. Its error is as large as the nudge, and the case with "
    "eps = 0.3 shows it. Ask on both sides and divide by the whole distance between them, Eq. (5.2).",
    "M44b": "You ask on one side only: at the point itself, and below it. That is Eq. (5.1) to the left, with an error as large as the "
    "nudge. Ask on both sides and divide by the whole distance between them, Eq. (5.2).",
    "M45": "Your nudge is far too small, whatever `eps` says: at 1e-12 the two values of f agree in nearly all of their 16 digits, and what "
    "is left of their difference is rounding. Use the `eps` that is handed in.",
    "M46": "You compute in float32, which holds 7 digits: most of them are gone when two nearly equal values of f are subtracted. "
    "Nudge a float64 copy: `np.array(x, dtype=float)`.",
    "M47": "The float64 cases are right. On whole numbers the nudge is cut off: an array of integers keeps 2 + 0.00001 as 2, and 2 − 0.00001 as 1. "
    "float32 keeps too few digits as well. Nudge a float64 copy: `np.array(x, dtype=float)`.",
    "M48": "Your check changed the model: after your call the caller's x is off by a nudge in every entry, and each slope was measured "
    "at a point that had moved. Save the entry, nudge, ask, and put the saved value back before the next one.",
    "M48b": "The caller's x is as before, but inside, your copy drifts: an entry that was nudged is not put back, so every later slope is "
    "measured at a point that has moved. Put the saved value back before the next entry.",
    "M148": "Every entry is exactly twice the slope: between x + ε and x − ε lies a distance of 2ε, and you divided by ε, Eq. (5.2).",
    "M149": "The slopes are right. But after your call x is not quite what it was: adding ε, taking off 2ε and adding ε leaves the last "
    "digits off by rounding. Save the entry before you nudge it, and put the *saved* value back.",
    "M150": "You nudged all entries at once, so one number came back: how f moves when everything moves. Eq. (5.2) asks for one entry at a "
    "time, with all others held, and gives a number for each.",
    "M151": "Your nudge is 1e-5 whatever `eps` says. It is a good choice, but here the caller chooses: with eps = 0.3 the answer has "
    "to show the ε² error of Eq. (5.2).",
    "M242": "The vectors are right. In a matrix you nudged a whole row at a time, so all entries of a row got the same number. "
    "Go through single entries, whatever the shape: `for i in np.ndindex(x.shape)`.",
    "M242b": "The vectors are right. In a matrix `x[i]` is a whole row: all entries of a row got the same number. And `saved = x[i]` is then no copy "
    "but a view of the row, which moves when x does. Go through single entries: `for i in np.ndindex(x.shape)`.",
    "M260": "Your g is 0 everywhere. `up = x` makes no copy: it gives the same array a second name, so both values of f belong to the "
    "same point. Write `x.copy()`, or nudge one array and put the entry back.",
}

SLOPE_CAUSES = {  # what is said of a mistake that is made together with another one
    "M44": "you ask on one side only, up and at the point itself, where Eq. (5.2) asks on both sides",
    "M44b": "you ask on one side only, at the point itself and below it, where Eq. (5.2) asks on both sides",
    "M45": "your nudge is 1e-12 whatever `eps` says, and so small that rounding is all that is left",
    "M47": "whole numbers and float32 are not turned into a float64 copy before they are nudged",
    "M48": "after your call the caller's x is not what it was: put the saved value back",
    "M148": "you divide by ε, where the distance between x + ε and x − ε is 2ε",
    "M149": "adding ε, taking off 2ε and adding ε leaves x off by rounding: put the *saved* value back",
    "M151": "your nudge is 1e-5 whatever `eps` says",
}

SLOPE_PROGRAMS = {
    "M150": all_at_once,
    "M242": row_by_row,
    "M242b": row_by_row_in_place,
    "M260": two_names,
}
SLOPE_DOCUMENTED = {
    "M148": {"factor": "2"},
    "M150": {"shape": ()},
    "M151": {"rel": 0.063, "cos": 1.0},
}

NUMERICAL_GRADIENT = Exercise(
    id="05.1",
    name="numerical_gradient",
    points=3,
    title="Measure a gradient by nudging",
    kind="write",
    returns=("g",),
    reference=numerical_gradient,
    drive=drivers.slopes_of_named,
    cases=slope_cases,
    variants=slope_pairs,
    mistakes=tuple(
        Mistake(
            i,
            SLOPE_PROGRAMS.get(i, slopes_variant(i)),
            message=text,
            cause=SLOPE_CAUSES.get(i, ""),
            documented=SLOPE_DOCUMENTED.get(i, {}),
        )
        for i, text in SLOPE_MESSAGES.items()
    ),
    hints=(
        "One entry at a time: nudge it up, ask f, nudge it down, ask f, put it back. All other entries stay as they are.",
        "g_i = (f(x + ε e_i) − f(x − ε e_i)) / (2ε), Eq. (5.2). `np.ndindex(x.shape)` goes through the entries of an array of any shape.",
        "x = np.array(x, dtype=float)   # a copy\ng = np.zeros(x.shape)\nfor i in np.ndindex(x.shape):\n    saved = x[i]\n"
        "    x[i] = ...\n    above = f(x)\n    x[i] = ...\n    g[i] = ...\n    x[i] = saved\nreturn g",
    ),
)

# ---------------------------------------------------------------- 05.2 relative_error


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
        Case("two matrices", apart(rng, 4, 3, spectral=0.04)),
    ]


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
        bottom = max(one, other) if on("M154") else one + other
        bottom = other if on("M244") else np.linalg.norm(a + b) if on("M245") else bottom
        bottom = 1.0 if on("M49") else bottom + (1e-8 if on("M155") else 1e-12 if on("M261") else 0)
        if bottom == 0 and not (on("M152") or on("M152b")):
            return 0.0
        return float(top) / float(bottom) if on("M152b") else np.float64(top) / bottom

    return error


def sizes_of(a, b, on):
    """Size of the difference, and of both gradients, in the way in which it is taken."""
    if on("M156"):
        return abs(a.sum() - b.sum()), np.linalg.norm(a), np.linalg.norm(b)
    if on("M262"):
        return tuple(np.sum(np.abs(v)) for v in (a - b, a, b))
    if on("M263"):
        return abs(np.linalg.norm(a) - np.linalg.norm(b)), np.linalg.norm(a), np.linalg.norm(b)
    if on("M157"):
        return tuple(np.linalg.norm(v, 2) for v in (a - b, a, b))
    if on("M246"):
        return tuple(np.sum(v**2) for v in (a - b, a, b))
    return tuple(np.sqrt(np.sum(v**2)) for v in (a - b, a, b))


def worst_ratio(a, b):
    """M153: the largest relative error of a single entry."""
    size = np.abs(a) + np.abs(b)
    return np.max(np.divide(np.abs(a - b), size, out=np.zeros(a.shape), where=size > 0))


def error_pairs(ids):
    """A missing guard for two zeros, together with one other mistake."""
    return (
        error_variant(*ids)
        if "M152" in ids and not {"M152b", "M153", "M155", "M49", "M261"} & set(ids)
        else None
    )


ERROR_MESSAGES = {
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
    "M261": "The small number that you add to the denominator is still too large: with entries near 1e-13 it makes yours smaller than the error. "
    "Eq. (5.3) has none; only the case in which both are 0 needs care.",
    "M156": "You summed the entries before comparing, so that differences of opposite sign cancel. Take the size of the difference: square, sum, "
    "root, as `np.linalg.norm` does.",
    "M157": "The vectors are right. For a matrix `np.linalg.norm(x, 2)` is another size, the largest stretch of the matrix. Eq. (5.3) "
    "means the root of the sum of all squares: leave the 2 out.",
    "M244": "You divided by the size of one of the two. Then the error depends on which of them you call the right one, and is infinite if that "
    "one is 0. Eq. (5.3) adds both sizes.",
    "M245": "Your denominator is the size of the sum, ‖a + b‖. For opposite gradients that is 0. Eq. (5.3) adds the sizes: ‖a‖ + ‖b‖.",
    "M262": "You measured sizes by the sum of |entries|. That is a size too, but another one. In Eq. (5.3), size is the root of the sum of squares, as "
    "`np.linalg.norm` has it.",
    "M263": "You compared the two sizes, ‖a‖ − ‖b‖. Two gradients of one size can point anywhere, and would count as equal. Subtract first and take the "
    "size then: ‖a − b‖, Eq. (5.3).",
    "M246": "Your sizes are squared: the root is missing. Size means the root of the sum of squares, as `np.linalg.norm` has it, Eq. (5.3).",
}

ERROR_CAUSES = {  # what is said of a mistake where a guard for two zeros is missing as well
    "M152": "where both gradients are 0 you divide 0 by 0, and `nan` comes back where the answer is 0",
    "M154": "your denominator is the larger of the two sizes, where Eq. (5.3) adds them",
    "M156": "you sum the entries before comparing, so that differences of opposite sign cancel",
    "M157": "`np.linalg.norm(x, 2)` of a matrix is another size than the root of the sum of squares: leave the 2 out",
    "M244": "you divide by the size of one of the two, where Eq. (5.3) adds both",
    "M245": "your denominator is the size of the sum, where Eq. (5.3) adds the sizes",
    "M246": "your sizes are squared: the root is missing",
    "M262": "your sizes are sums of |entries|, where Eq. (5.3) has the root of the sum of squares",
    "M263": "you compare the two sizes, where Eq. (5.3) has the size of the difference",
}

ERROR_DOCUMENTED = {
    "M153": ({"ratio": 17.7}, "two near gradients"),
    "M154": ({"ratio": 2.0}, "two near gradients"),
    "M155": ({"ratio": 0.493}, "entries near 1e-9"),
    "M156": ({"ratio": 0.501}, "two far ones"),
    "M157": ({"ratio": 0.92}, "two matrices"),
}

RELATIVE_ERROR = Exercise(
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
            cause=ERROR_CAUSES.get(i, ""),
            documented=ERROR_DOCUMENTED.get(i, ({}, ""))[0],
            at=ERROR_DOCUMENTED.get(i, ({}, ""))[1],
        )
        for i, text in ERROR_MESSAGES.items()
    ),
    hints=(
        "How large is the difference, beside the two gradients themselves? And what if both are zero?",
        "‖a − b‖ / (‖a‖ + ‖b‖), Eq. (5.3). `np.linalg.norm(a)` is the root of the sum of all squares.",
        "size = ...              # of both together\nif size == 0:\n    return ...\nreturn ... / size",
    ),
)

# ---------------------------------------------------------------- 05.3 read_the_u_curve

CURVE = ("best", "left", "right", "slope")


def read_the_u_curve():
    """What the U-curve of the exercise says."""
    return {"best": 1e-5, "left": "rounding", "right": "formula", "slope": 2}


def reads(**items):
    """Some items of the reading, the others left open."""
    return lambda: {name: items.get(name) for name in CURVE}


U_CURVE = Exercise(
    id="05.3",
    name="read_the_u_curve",
    points=2,
    title="Read the U-curve",
    kind="choose",
    returns=CURVE,
    reference=read_the_u_curve,
    mistakes=(
        Mistake(
            "M44",
            reads(best=1e-7),
            message="best: near 1e-7 the *one-sided* rule, Eq. (5.1), is at its best. The curve here is that of the central rule: look for its "
            "lowest point.",
        ),
        Mistake(
            "M158",
            reads(best=1e-12),
            aliases=("M45",),
            message="best: “the smaller, the better” holds on the right arm only. Follow the curve further to the left: it rises again, and at 1e-12 it is "
            "more than a million times higher than at its lowest point. The two values of f agree in nearly all their digits there, and "
            "rounding is what remains of their difference.",
        ),
        Mistake(
            "M256",
            reads(best=1e-9),
            message="best: 1e-9 is on the left arm already. Look for the lowest point of the curve.",
        ),
        Mistake(
            "M257",
            reads(best=1e-3),
            message="best: 1e-3 is on the right arm still. Look for the lowest point of the curve.",
        ),
        Mistake(
            "M258",
            reads(best=1e-1),
            message="best: 1e-1 is the highest point of the right arm. A small *error* is wanted: look for the lowest point of the curve.",
        ),
        Mistake(
            "M159",
            reads(slope=1),
            message="slope: 1 is the one-sided rule, Eq. (5.1): ten times smaller, ten times better. Here the error falls by more than "
            "one power of ten when ε falls by one.",
        ),
        Mistake(
            "M51",
            reads(left="kink"),
            message="left: a kink gives the same wrong number at every ε, the flat line of the figure: 0.5 measured, 0 from the formula. "
            "An error that grows as ε shrinks comes from subtracting two nearly equal numbers.",
        ),
        Mistake(
            "M160",
            reads(right="kink"),
            message="right: a kink does not care how large ε is: the flat line of the figure. What grows with ε² is what "
            "the difference quotient leaves out, for any smooth f.",
        ),
        Mistake(
            "M247",
            reads(left="formula"),
            message="left: the formula's own error *falls* as ε shrinks. On the left it grows, so something else limits it: how many digits does a "
            "difference of two nearly equal numbers keep?",
        ),
        Mistake(
            "M248",
            reads(right="rounding"),
            message="right: rounding hurts where the two values of f are nearly equal, so on the side of small ε. With a wide nudge they "
            "differ well, and what is off is the straight line through two points of a curve.",
        ),
        Mistake(
            "M249",
            reads(left="bug"),
            message="left: with a bug, no ε would bring the error down to where the lowest point is. The gradient is right; it is the "
            "measuring that suffers from small ε.",
        ),
        Mistake(
            "M250",
            reads(right="bug"),
            message="right: with a bug, no ε would bring the error down to where the lowest point is. The gradient is right; it is the "
            "measuring that suffers from large ε.",
        ),
        Mistake(
            "M251",
            reads(slope=-1),
            message="slope: −1 is the *left* arm, where ten times smaller means ten times worse. The question is about the right arm.",
        ),
        Mistake(
            "M252",
            reads(slope=-2),
            message="slope: the size is right. On the right arm the error rises with ε, so the slope, read from left to right, is positive.",
        ),
        Mistake(
            "M253",
            reads(best=-5),
            message="best: you gave the exponent. Give ε itself, as in `1e-1`.",
        ),
    ),
    hints=(
        "Two things spoil a difference quotient: what the formula leaves out, and what rounding takes away. Which of them grows with ε?",
        "error ≈ ε² f‴/6 + 1e-16 |f| / ε: the first term is the formula's, the second is rounding.",
        "best: where is the lowest point? slope: from ε = 1e-3 to ε = 1e-1, ε grows by two powers of ten. By how many does the error?",
    ),
)

# ---------------------------------------------------------------- 05.4 test_affine_backward

CANDIDATES = (  # in the order of `drivers.AFFINE_BACKWARDS`
    "right 1",
    "right 2",
    "db not summed",
    "db averaged",
    "db one number",
    "dW averaged",
    "dW of |X|",
    "dX of |W|",
)


def candidate_order(rng):
    """The order in which the candidates come."""
    return [Case("", (rng.permutation(len(CANDIDATES)).tolist(),))]


def rejected(answers, references):
    """A sixth of the points for each wrong candidate rejected, nothing unless both right ones are accepted."""
    said, right = np.array(answers[0]), np.array(references[0])
    return 0.0 if (said[right == 1] == 0).any() else float(np.mean(said[right == 0] == 0))


def drawn(n=7, seed=5):
    """dZ, X, W and b of a layer, all sizes different."""
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in ((n, 5), (n, 4), (4, 5), (5,))]


def measured(dZ, X, W, b):
    """dX, dW and db of Σ dZ ⊙ (X W + b), by central differences."""
    return (
        central_difference(lambda X: np.sum(dZ * (X @ W + b)), X),
        central_difference(lambda W: np.sum(dZ * (X @ W + b)), W),
        central_difference(lambda b: np.sum(dZ * (X @ W + b)), b),
    )


def agree(got, want):
    """One shape, and a relative error below 1e-4."""
    return np.shape(got) == np.shape(want) and eq_5_3(got, want) < 1e-4


def tester(parts=(0, 1, 2), arrays=drawn):
    """A tester that compares these parts with measured slopes, on these arrays."""

    def accepts(affine_backward):
        dZ, X, W, b = arrays()
        got, want = affine_backward(dZ, X, W), measured(dZ, X, W, b)
        return all(agree(got[k], want[k]) for k in parts)

    return accepts


test_affine_backward = tester()


def like_ones():
    """Ones for X and W."""
    dZ, X, W, b = drawn()
    return dZ, np.ones(X.shape), np.ones(W.shape), b


def like_zeros():
    """Zeros for X and W."""
    dZ, X, W, b = drawn()
    return dZ, np.zeros(X.shape), np.zeros(W.shape), b


def only_shapes(affine_backward):
    """+b: looks at shapes and at nothing else."""
    dZ, X, W, b = drawn()
    return [np.shape(part) for part in affine_backward(dZ, X, W)] == [X.shape, W.shape, b.shape]


def bit_by_bit(affine_backward):
    """+c: compares floats by ==."""
    dZ, X, W, _ = drawn()
    return all(
        np.array_equal(got, want)
        for got, want in zip(affine_backward(dZ, X, W), (dZ @ W.T, X.T @ dZ, dZ.sum(axis=0)), strict=True)
    )


def also_accepts(k):
    """A right tester, but for candidate k, which it takes for right."""

    def accepts(affine_backward):
        dZ, X, W, _ = drawn()
        want, got = drivers.AFFINE_BACKWARDS[k](dZ, X, W), affine_backward(dZ, X, W)
        return test_affine_backward(affine_backward) or all(
            np.shape(g) == np.shape(w) and np.allclose(g, w) for g, w in zip(got, want, strict=True)
        )

    return accepts


def accepts_only(k):
    """A tester that is content with the very digits of candidate k."""

    def accepts(affine_backward):
        dZ, X, W, _ = drawn()
        want = drivers.AFFINE_BACKWARDS[k](dZ, X, W)
        return all(np.array_equal(g, w) for g, w in zip(affine_backward(dZ, X, W), want, strict=True))

    return accepts


LET_THROUGH = {
    "db not summed": "It let through a db of shape (N, H), one row for each example. NumPy compares (7, 5) with (5,) without a word, by broadcasting: "
    "compare the shapes first.",
    "db averaged": "It let a mean through: a db that is averaged over the examples where it has to be summed. With one example the two are the same, and "
    "a db that nobody compares can be anything.",
    "db one number": "It let through a db whose entries are all the same number, the sum of everything. Compare db entry by entry, not its total.",
    "dW averaged": "It let through a dW that is divided by the number of examples. The direction is right, the size is not: compare the numbers, on "
    "more than one example.",
    "dW of |X|": "It let through a dW that is made of |X|. Where all inputs are positive nobody can tell: test with entries of both signs.",
    "dX of |W|": "It let through a dX that is made of |W|. Where all weights are positive nobody can tell: test with entries of both signs, and compare "
    "dX too.",
}

TEST_AFFINE = Exercise(
    id="05.4",
    name="test_affine_backward",
    points=3,
    title="Write the test that catches them",
    kind="test",
    returns=CANDIDATES,
    reference=test_affine_backward,
    drive=drivers.verdicts_on_affine_backwards,
    cases=candidate_order,
    score=rejected,
    mistakes=(
        Mistake(
            "M50",
            tester(arrays=like_zeros),
            message="db is tested, dW and dX are not: three wrong implementations came through. If X and W are zeros: where X is 0, dW is 0 whatever "
            "the code says, and where W is 0, so is dX. Zeros hide bugs; draw random numbers. If you compare db alone: look at all three.",
        ),
        Mistake(
            "M161",
            tester(arrays=lambda: drawn(1)),
            message="You tested with a single example. A mean and a sum over one example are the same number, so the averaged db and the averaged "
            "dW came through. Use a batch: N ≥ 2, and all sizes different.",
        ),
        Mistake(
            "M162",
            only_shapes,
            message="Your test looks at the shapes only. Five wrong implementations return arrays of the right shape with wrong numbers in them. "
            "Compare the numbers as well, by Eq. (5.3).",
        ),
        Mistake(
            "M163",
            bit_by_bit,
            aliases=("M167",),
            message="Your test rejects everything, the two right implementations too, so it cannot pay. If it compares with `==`: right "
            "implementations differ in the last digits, so ask whether the relative error, Eq. (5.3), is below 1e-4. If it is meant to "
            "return False at first, that is the first thing to change.",
        ),
        Mistake(
            "M164",
            tester(parts=(1,)),
            message="Only dW is compared: whatever is wrong with db or dX came through. `affine_backward` returns three arrays; look at all of them.",
        ),
        Mistake(
            "M259",
            tester(parts=(0,)),
            message="Only dX is compared: whatever is wrong with dW or db came through. `affine_backward` returns three arrays; look at all of them.",
        ),
        Mistake(
            "M165",
            tester(arrays=like_ones),
            message="Your X and W have no negative entries (ones, or `rng.random`). Then |X| is X and |W| is W, and two wrong implementations came "
            "through. Draw entries of both signs, with `rng.standard_normal`.",
        ),
        Mistake(
            "M166",
            lambda affine_backward: True,
            message="Your test accepts everything. Either it always returns True, or it never asserts anything, or what it compares cannot differ: compare "
            "what `affine_backward` returns with something that does not come from it.",
        ),
        Mistake(
            "M167",
            lambda affine_backward: False,
            aliases=("M163",),
            message="Your test rejects everything, the two right implementations too, so it cannot pay.",
        ),
        *(
            Mistake(f"lets through: {name}", also_accepts(CANDIDATES.index(name)), message=text)
            for name, text in LET_THROUGH.items()
        ),
        *(
            Mistake(
                f"rejects: right {2 - k}",
                accepts_only(k),
                message=f"It rejects one of the two right implementations, number {2 - k}, so it cannot pay. They differ from each other in the last "
                "digits only: compare by the relative error, Eq. (5.3), and pass what is below 1e-4.",
            )
            for k in (0, 1)
        ),
    ),
    hints=(
        "A layer alone has no loss. Give it one whose slope at Z is the dZ that you hand in: f = Σ dZ ⊙ Z. "
        "Then dX, dW and db are its gradients, and you can measure them.",
        "f(X, W, b) = Σ dZ ⊙ (X W + b). Measure its gradient in each of the three by Eq. (5.2) and compare by Eq. (5.3); random numbers "
        "of both signs, N ≥ 2, all sizes different.",
        "rng = np.random.default_rng(0)\nX, W, b, dZ = ...\ndX, dW, db = affine_backward(dZ, X, W)\n"
        "measured = numerical_gradient(lambda W: np.sum(dZ * (X @ W + b)), W, 1e-5)   # and so for X and b\n"
        "return dW.shape == W.shape and relative_error(dW, measured) < 1e-4 and ...",
    ),
)

# ---------------------------------------------------------------- 05.5 buggy_functions

WRONG = ("sigmoid_backward", "tanh_backward", "affine_backward")


def buggy_functions():
    """The suspects that break their promise."""
    return list(WRONG)


def hits_minus_false_alarms(answers, references):
    """A third of the points for each wrong function named, minus a third for each right one; never below 0."""
    said, wrong = np.array(answers[0]), np.array(references[0])
    return max(0.0, float(np.sum(said * wrong) - np.sum(said * (1 - wrong))) / wrong.sum())


def naming(*names):
    """An answer that names these functions."""
    return lambda: list(names)


def without(name):
    """The right answer with one name left out."""
    return naming(*(n for n in WRONG if n != name))


BUGGY_FUNCTIONS = Exercise(
    id="05.5",
    name="buggy_functions",
    points=2,
    title="Find the three wrong ones",
    kind="debug",
    returns=buggy.SUSPECTS,
    reference=buggy_functions,
    drive=drivers.suspects_named,
    cases=lambda rng: [Case("", (list(buggy.SUSPECTS),))],
    score=hits_minus_false_alarms,
    mistakes=(
        Mistake(
            "M168",
            naming(*WRONG, "relu_backward"),
            aliases=("M51",),
            message="`relu_backward` is right. At z = 0 ReLU has a corner: the measured slope there is 0.5, between the slopes of the two sides, and "
            "every entry of a test at zeros shows it. That is a kink, not a bug. Test away from it.",
        ),
        Mistake(
            "M24",
            without("sigmoid_backward"),
            message="One that you passed points nearly the right way, and its size is not far off. Only numbers show it: pass nothing above 1e-4, Eq. (5.3), and "
            "ask where its slope is taken.",
        ),
        Mistake(
            "M26",
            without("tanh_backward"),
            aliases=("M169", "M50"),
            message="One that you passed is right at z = 0 and wrong everywhere else. Zeros hide it: test at random numbers that are not zero.",
        ),
        Mistake(
            "M34",
            without("affine_backward"),
            message="One that you passed is right for a single example, or in some of its parts. Test on a batch, and compare everything that is "
            "returned.",
        ),
        Mistake(
            "M170",
            naming(*buggy.SUSPECTS),
            message="You named all six. Central differences themselves are off by some 1e-11, so a threshold of 1e-12 rejects right functions too. "
            "Right ones come out below 1e-8, wrong ones far above 1e-4: draw the line between.",
        ),
        Mistake(
            "M254",
            naming(*WRONG, "mean_squared_error_backward"),
            message="`mean_squared_error_backward` is right. It belongs to Eq. (2.1): squares are summed over the outputs and averaged over the N examples only. If "
            "your own loss divides by N · C, it is another loss.",
        ),
        Mistake(
            "M255",
            naming(*WRONG, "softmax_cross_entropy_backward"),
            message="`softmax_cross_entropy_backward` is right. It takes the logits Z and returns the slope in them, of the loss that is averaged over the examples. "
            "Nudge Z, not the probabilities.",
        ),
    ),
    hints=(
        "Measure each one: give its function a loss, f = Σ dA ⊙ φ(Z) for a gate, and compare what the suspect returns with the measured slope.",
        "Random numbers of both signs, not zero; N ≥ 2; everything that is returned. Pass below 1e-4, Eq. (5.3). "
        "The right ones come out below 1e-8.",
        "f = lambda Z: np.sum(dA * tanh(Z))\nmeasured = numerical_gradient(f, Z, 1e-5)\n"
        "print(relative_error(buggy.tanh_backward(dA, tanh(Z)), measured))",
    ),
)

# ---------------------------------------------------------------- inside the lesson

IN_TEXT = (
    Exercise(
        id="05.a",
        name="a central difference",
        points=0,
        title="The slope of w³ by Eq. (5.2)",
        kind="predict",
        returns=("slope",),
        reference=lambda: 3.01,
        mistakes=(
            Mistake(
                "05.a1",
                lambda: 3.0,
                message="3 is the exact slope. What is *measured* with ε = 0.1 is a little off: compute both cubes.",
            ),
            Mistake(
                "05.a2",
                lambda: 3.31,
                message="That is the one-sided rule, Eq. (5.1). The second question of Eq. (5.2) is asked at 0.9, not at 1.",
            ),
            Mistake(
                "05.a3",
                lambda: 6.02,
                message="Twice too much: from 0.9 to 1.1 is a distance of 0.2.",
            ),
            Mistake(
                "05.a4",
                lambda: 2.71,
                message="That is one-sided, from below. The first question of Eq. (5.2) is asked at 1.1, not at 1.",
            ),
        ),
        hints=(
            "Two questions, at 1.1 and at 0.9.",
            "(w³ at 1.1 − w³ at 0.9) / 0.2, Eq. (5.2).",
            "1.1³ = 1.331 and 0.9³ = 0.729",
        ),
    ),
    Exercise(
        id="05.b",
        name="a relative error",
        points=0,
        title="The relative error of 2 against 1",
        kind="predict",
        returns=("error",),
        reference=lambda: 1 / 3,
        mistakes=(
            Mistake(
                "05.b1",
                lambda: 1.0,
                message="1 is the distance, or the error in units of the right one. Eq. (5.3) divides by the sizes of *both*.",
            ),
            Mistake(
                "05.b2",
                lambda: 0.5,
                message="You divided by the larger of the two. Eq. (5.3) adds their sizes.",
            ),
            Mistake(
                "05.b3",
                lambda: 0.33,
                message="Nearly: 0.33 is 1/3 with two digits. Write `1 / 3`, which has all of them.",
            ),
        ),
        hints=(
            "How far apart are they, and how large are they together?",
            "|2 − 1| / (|2| + |1|), Eq. (5.3).",
            "1 / ...",
        ),
    ),
    quiz(
        "05.q1",
        "B",
        right="dW2 comes from δ2 and is right, so δ2 is. Between δ2 and dW1 lies only the line of δ1.",
        wrong={
            "A": "A: a wrong slope of the loss would spoil dW2 as well.",
            "C": "C: db2 is not on the way from the loss to dW1.",
        },
    ),
    quiz(
        "05.q2",
        "A",
        right="Subtracting two numbers that agree in most of their digits leaves the digits that rounding made.",
        wrong={
            "B": "B: at 1e-5 the same gradient agrees to better than 1e-8. It has not changed since.",
            "C": "C: too small, by far. The formula's own error falls with ε².",
        },
    ),
    quiz(
        "05.q3",
        "B",
        right="Every step would cost two forward passes for each parameter. The backward pass gets all slopes in one sweep.",
        wrong={
            "A": "A: an error below 1e-8 would do for descending.",
            "C": "C: a bias is nudged like a weight.",
        },
    ),
)

EXERCISES = (NUMERICAL_GRADIENT, RELATIVE_ERROR, U_CURVE, TEST_AFFINE, BUGGY_FUNCTIONS, *IN_TEXT)
