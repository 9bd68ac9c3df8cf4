"""05.4, `test_affine_backward`. (Under that name pytest would take this file for tests of ours.)"""

from __future__ import annotations

from functools import cache

import numpy as np

from ...gradcheck import central_difference
from ...gradcheck import relative_error as eq_5_3
from .. import drivers
from ..exercise import Case, Exercise, Mistake

CANDIDATES = (  # in the order of `drivers.AFFINE_BACKWARDS`
    "right 1",
    "right 2",
    "db not summed",
    "db averaged",
    "db one number",
    "dW and W/100",
    "dW of |X|",
    "dX of |W|",
)
RIGHT = CANDIDATES[:2]
WORD = "all verdicts"  # one more item: it agrees only where every verdict does


def candidate_order(rng):
    """The order in which the candidates come."""
    return [Case("", (rng.permutation(len(CANDIDATES)).tolist(),))]


def rejected(answers, references):
    """A sixth of the points for each wrong candidate rejected, nothing unless both right ones are accepted."""
    said, right = (np.array(verdicts[0][: len(CANDIDATES)]) for verdicts in (answers, references))
    return 0.0 if (said[right == 1] != 1).any() else float(np.mean(said[right == 0] == 0))


def drawn(n=7, seed=5):
    """dZ, X, W and b of a layer, all sizes different."""
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape) for shape in ((n, 5), (n, 4), (4, 5), (5,))]


@cache
def measured(arrays):
    """dX, dW and db of Σ dZ ⊙ (X W + b), by central differences; once for all testers that use these arrays."""
    dZ, X, W, b = arrays()
    return (
        central_difference(lambda X: np.sum(dZ * (X @ W + b)), X),
        central_difference(lambda W: np.sum(dZ * (X @ W + b)), W),
        central_difference(lambda b: np.sum(dZ * (X @ W + b)), b),
    )


def tester(parts=(0, 1, 2), arrays=drawn, line=1e-5):
    """A tester that compares these parts with measured slopes, on these arrays: shapes, and errors below the line."""

    def accepts(affine_backward):
        dZ, X, W, _ = arrays()
        got, want = affine_backward(dZ, X, W), measured(arrays)
        return all(np.shape(got[k]) == want[k].shape and eq_5_3(got[k], want[k]) < line for k in parts)

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


def one_example():
    """A batch of one."""
    return drawn(1)


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


def inverted(affine_backward):
    """A right tester, turned around."""
    return not test_affine_backward(affine_backward)


def only(k, verdict):
    """This verdict on candidate k, and no opinion on the others."""

    def said(affine_backward):
        dZ, X, W, _ = drawn()
        pairs = zip(affine_backward(dZ, X, W), drivers.AFFINE_BACKWARDS[k](dZ, X, W), strict=True)
        return verdict if all(np.array_equal(got, want) for got, want in pairs) else NotImplemented

    return said


LET_THROUGH = {
    "db not summed": "a db of shape (N, H), one row for each example. NumPy compares (7, 5) with (5,) without a word, by broadcasting: compare the "
    "shapes too.",
    "db averaged": "a db that is averaged over the examples where it has to be summed. With one example the two are the same.",
    "db one number": "a db whose entries are all the same number, the sum of everything. Compare db entry by entry, not its total.",
    "dW and W/100": "a dW to which a hundredth of W is added. That is faint, an error of some 0.002 where X and W are of ordinary size, and none where "
    "W is 0.",
    "dW of |X|": "a dW that is made of |X|. Where no entry of X is negative nobody can tell.",
    "dX of |W|": "a dX that is made of |W|. Where no entry of W is negative nobody can tell.",
}


def report(facts):
    """What was refused of the right ones and let through of the wrong ones, and what to look at."""
    said = facts["got"]
    refused = [name for name in RIGHT if said[name] == 0]
    through = [f"- {text}" for name, text in LET_THROUGH.items() if said[name] == 1]
    lines = []
    if refused:
        lines.append(
            f"It refused {'both' if len(refused) == 2 else 'one of the two'} right implementations, so it cannot pay. They differ from each other, and "
            "from a formula, in the last digits: ask whether the relative error, Eq. (5.3), is below 1e-5."
        )
    if through:
        lines += [f"It let through {len(through)} of the six wrong ones:", *through]
        lines.append(
            "What to look at: are all three arrays compared, in shape and in numbers? Are X and W random, of both signs, "
            "with N ≥ 2? Is the line at 1e-5?"
        )
    return "\n".join(lines)


MESSAGES = {
    "M50": "db is tested, dW and dX are not: it let through what is wrong with these, and nothing else. Either they are not compared, or X and W are zeros: "
    "where X is 0, so is dW, and where W is 0, so is dX. Zeros hide bugs; draw random numbers.",
    "M161": "It let through the averaged db, and caught everything else. A mean and a sum over one example are the same number. If you "
    "test with one example: take a batch, N ≥ 2, and all sizes different.",
    "M162": "It let through all that return arrays of the right shape, with wrong numbers in them: five of six. Either only shapes are "
    "compared, or the line is so high that all these errors lie below it. Compare the numbers, by Eq. (5.3), and pass what is below 1e-5.",
    "M163": "Your test refuses everything, the two right implementations too, so it cannot pay. The usual reasons: `==`, where right ones differ in the last "
    "digits; a line that no measured slope meets, such as 1e-12; the slopes of another f than Σ dZ ⊙ (XW + b); a test that always returns False.",
    "M164": "It let through what is wrong with db or dX, and nothing else, as if dW alone were compared. `affine_backward` returns three "
    "arrays; look at all of them.",
    "M285": "It let through what is wrong with dW or db, and nothing else, as if dX alone were compared. `affine_backward` returns three "
    "arrays; look at all of them.",
    "M541": "It let through what is wrong with db, and nothing else, as if db were not compared. `affine_backward` returns three arrays; look at all of them, "
    "shapes included.",
    "M542": "It let through what is wrong with dW, and nothing else, as if dW were not compared. `affine_backward` returns three arrays; look at all of them.",
    "M165": "It let through the two that are made of |X| and of |W|. Where no entry is negative, as in ones, zeros or `rng.random`, |X| is X and |W| is W. "
    "Draw entries of both signs, with `rng.standard_normal`.",
    "M543": "It let through the faintest of the six, a dW to which a hundredth of W is added. Its error is some 0.002, so the line lies too high "
    "(or W is 0 where dW is compared). Right ones come out below 1e-8: pass nothing above 1e-5.",
    "M166": "Your test accepts everything. Either it always returns True, or it never comes to a comparison, or what it compares cannot differ: compare "
    "what `affine_backward` returns with something that does not come from it.",
    "M544": "All eight verdicts are turned around: you return True for the wrong implementations and False for the right ones. A small error is the good "
    "one: return True where it is *below* 1e-5.",
}

PROGRAMS = {
    "M50": tester(arrays=like_zeros),
    "M161": tester(arrays=one_example),
    "M162": only_shapes,
    "M163": bit_by_bit,
    "M164": tester(parts=(1,)),
    "M285": tester(parts=(0,)),
    "M541": tester(parts=(0, 1)),
    "M542": tester(parts=(0, 2)),
    "M165": tester(arrays=like_ones),
    "M543": tester(line=0.1),
    "M166": lambda affine_backward: True,
    "M544": inverted,
}

EXERCISE = Exercise(
    id="05.4",
    name="test_affine_backward",
    points=3,
    title="Write the test that catches them",
    kind="test",
    returns=(*CANDIDATES, WORD),
    reference=test_affine_backward,
    drive=drivers.verdicts_on_affine_backwards,
    cases=candidate_order,
    score=rejected,
    mistakes=(
        *(Mistake(i, PROGRAMS[i], message=text) for i, text in MESSAGES.items()),
        Mistake(
            "M167",
            lambda affine_backward: False,
            aliases=("M163",),
            message="Your test refuses everything: it always returns False.",
        ),
        *(Mistake(f"lets through: {CANDIDATES[k]}", only(k, True), message=report) for k in range(2, 8)),
        *(Mistake(f"refuses: {CANDIDATES[k]}", only(k, False), message=report) for k in range(2)),
    ),
    hints=(
        "A layer alone has no loss. Give it one whose slope at Z is the dZ that you hand in: f = Σ dZ ⊙ Z. "
        "Then dX, dW and db are its gradients, and you can measure them.",
        "f(X, W, b) = Σ dZ ⊙ (X W + b). Measure its gradient in each of the three by Eq. (5.2) and compare by Eq. (5.3); random numbers "
        "of both signs, N ≥ 2, all sizes different.",
        "rng = np.random.default_rng(0)\nX, W, b, dZ = ...\ndX, dW, db = affine_backward(dZ, X, W)\n"
        "measured = numerical_gradient(lambda W: np.sum(dZ * (X @ W + b)), W, 1e-5)   # and so for X and b\n"
        "return dW.shape == W.shape and relative_error(dW, measured) < 1e-5 and ...",
    ),
)
