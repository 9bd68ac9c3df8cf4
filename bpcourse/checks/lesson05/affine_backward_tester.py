"""05.4, `test_affine_backward`. (Under that name pytest would take this file for tests of ours.)"""

from __future__ import annotations

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

EXERCISE = Exercise(
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
            "M285",
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
