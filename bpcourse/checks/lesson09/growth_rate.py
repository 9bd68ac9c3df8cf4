"""09.3: by how much a vector grows per step, sent through one matrix again and again, Eq. (9.3)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def growth_rate(W, v, steps):
    """Mean factor per step of a vector that goes back through W, Eq. (9.3)."""
    return growth(steps_back(W, v, steps), steps)


def steps_back(W, v, steps):
    """v and what becomes of it in each step, v ← v Wᵀ."""
    seen = [v]
    for _ in range(steps):
        seen.append(seen[-1] @ W.T)
    return seen


def growth(seen, steps):
    """Mean factor from the first to the last of some vectors."""
    return float((np.linalg.norm(seen[-1]) / np.linalg.norm(seen[0])) ** (1 / steps))


def sizes(W, v, steps):
    """The norms of the vectors on the way."""
    return np.array([np.linalg.norm(u) for u in steps_back(W, v, steps)])


def radius(W):
    """Largest size of an eigenvalue."""
    return np.abs(np.linalg.eigvals(W)).max()


def apart(rng, H, steps, scale):
    """W and v such that what may be taken for the rate is at least two per cent off."""
    while True:
        W, v = normal(rng, H, H, scale=scale), normal(rng, H, scale=1.5)
        wrong = np.array([rule(W, v, steps) for rule in RATES.values()])
        if np.abs(wrong / growth_rate(W, v, steps) - 1).min() > 0.02:
            return W, v


# What may be taken for the rate: other numbers of the same size.
RATES = {
    "stretch": lambda W, v, steps: float(np.linalg.norm(W, 2)),
    "radius": lambda W, v, steps: float(radius(W)),
    "forward": lambda W, v, steps: growth_rate(W.T, v, steps),
    "mean": lambda W, v, steps: float(np.mean(sizes(W, v, steps)[1:] / sizes(W, v, steps)[:-1])),
    "last": lambda W, v, steps: float(np.divide(*sizes(W, v, steps)[:-3:-1])),
    "frobenius": lambda W, v, steps: float(np.linalg.norm(W)),
    "one more": lambda W, v, steps: float((sizes(W, v, steps + 1)[-1] / sizes(W, v, 1)[0]) ** (1 / steps)),
    "one less": lambda W, v, steps: float((sizes(W, v, steps - 1)[-1] / sizes(W, v, 1)[0]) ** (1 / steps)),
    "undivided": lambda W, v, steps: float(sizes(W, v, steps)[-1] ** (1 / steps)),
    "power": lambda W, v, steps: float(np.linalg.norm(np.linalg.matrix_power(W, steps), 2) ** (1 / steps)),
    "one step": lambda W, v, steps: float((sizes(W, v, 1)[1] / sizes(W, v, 1)[0]) ** (1 / steps)),
    "entries": lambda W, v, steps: growth([v, v @ W.T**steps], steps),
    "inverse": lambda W, v, steps: 1 / growth_rate(W, v, steps),
    "squares": lambda W, v, steps: growth_rate(W, v, steps) ** 2,
    "nothing": lambda W, v, steps: 1.0,
    "square root": lambda W, v, steps: float((sizes(W, v, steps)[-1] / sizes(W, v, 1)[0]) ** 0.5),
}


def by_entries(W, v, steps):
    """A product entry by entry, which makes a table of the row."""
    table = v
    for _ in range(steps):
        table = table * W.T
    return growth([v, table], steps)


def rate_cases(rng):
    """Matrices that are not symmetric and few steps, so that rate, spectral radius and stretch differ."""
    return [
        Case("5 units, 4 steps", (*apart(rng, 5, 4, 1.0), 4), {"H": 5}),
        Case("4 units, 7 steps, small weights", (*apart(rng, 4, 7, 0.4), 7), {"H": 4}),
        Case("3 units, 3 steps", (*apart(rng, 3, 3, 1.5), 3), {"H": 3}),
        Case("a single step", (normal(rng, 4, 4), normal(rng, 4), 1), {"H": 4}),
    ]


EXERCISE = Exercise(
    id="09.3",
    name="growth_rate",
    points=3,
    title="Measure how fast a product of matrices grows",
    kind="write",
    returns=("rate",),
    reference=growth_rate,
    cases=rate_cases,
    mistakes=(
        Mistake(
            "M708",
            lambda W, v, steps: float(sizes(W, v, steps)[-1] / sizes(W, v, 0)[0] / steps),
            documented={"ratio": 4.05},
            message="You divided the whole growth by the number of steps. Factors multiply, they do not add: the factor per step is the one "
            "whose {steps}th power is the whole, so Eq. (9.3) takes the {steps}th root. (Growing 16-fold in 4 steps is doubling in each.)",
        ),
        Mistake(
            "M708b",
            lambda W, v, steps: float((sizes(W, v, steps)[-1] - sizes(W, v, steps)[0]) / steps),
            message="You took the difference of the two norms, and divided by the number of steps. Factors multiply: Eq. (9.3) takes the quotient, and its {steps}th root.",
        ),
        Mistake(
            "M709",
            RATES["undivided"],
            documented={"ratio": 1.04},
            message="Your rate depends on how long v was to begin with: you took the root of the last norm alone. Growth is last over first, "
            "so divide by ‖v‖ before the root, Eq. (9.3).",
        ),
        Mistake(
            "M710",
            RATES["stretch"],
            documented={"ratio": 1.6},
            message="This is the largest singular value of W: the most that any vector can be stretched in one step. It is a bound. This v is "
            "stretched by less; Eq. (9.3) sends it through W and measures.",
        ),
        Mistake(
            "M711",
            RATES["radius"],
            documented={"ratio": 0.945},
            message="This is the spectral radius of W, towards which the rate goes after very many steps. After {steps} it is not there yet: "
            "Eq. (9.3) measures what happens to this v in these steps.",
        ),
        Mistake(
            "M729",
            RATES["forward"],
            message="You sent v forward, v @ W. On the way back a row δ meets the transpose: δ ← δWᵀ, as in Eq. (4.3).",
        ),
        Mistake(
            "M730",
            RATES["mean"],
            message="You averaged the factors of the {steps} steps by adding them. Factors multiply, so their mean is the {steps}th root of their product, "
            "which is the root in Eq. (9.3). (×4 and then ×¼ is no growth at all; the average of 4 and ¼ is above 2.)",
        ),
        Mistake(
            "M731",
            RATES["last"],
            message="This is the factor of the last step alone. Eq. (9.3) takes the whole way, from v to what it is after {steps} steps, and then the root.",
        ),
        Mistake(
            "M732",
            lambda W, v, steps: float(sizes(W, v, steps)[-1] / sizes(W, v, 0)[0]),
            message="This is the growth over all the steps together. Per step it is the root with the number of steps, a power of "
            "1/steps, Eq. (9.3).",
        ),
        Mistake(
            "M732b",
            RATES["inverse"],
            message="Your fraction is upside down: a vector that grows has a rate above 1, so what it became stands above what it was, Eq. (9.3).",
        ),
        Mistake(
            "M732c",
            RATES["squares"],
            message="This is the square of the rate: you compared sums of squares. A norm is the root of that sum, Eq. (9.3).",
        ),
        Mistake(
            "M733",
            RATES["one more"],
            message="Your loop makes one step too many: v is multiplied {steps} + 1 times. `range(steps)` counts {steps} rounds; does another product stand outside the loop?",
        ),
        Mistake(
            "M733b",
            RATES["one less"],
            message="Your loop makes one step too few: after {steps} steps v has been multiplied {steps} times. `range(1, steps)` has one round less than `range(steps)`.",
        ),
        Mistake(
            "M734",
            RATES["power"],
            message="You took the largest stretch of the whole product of matrices: what the luckiest vector gains. Eq. (9.3) asks about this v.",
        ),
        Mistake(
            "M734b",
            RATES["entries"],
            message="`W.T ** steps` raises every entry to a power by itself. A power of a matrix is a matrix product, again and again: "
            "`v = v @ W.T` in a loop.",
        ),
        Mistake(
            "M735",
            RATES["frobenius"],
            message="This is the root of the sum of the squares of W's entries, and v has no part in it. Eq. (9.3) sends v through W and measures how much longer it gets.",
        ),
        Mistake(
            "M735b",
            by_entries,
            message="`v * W.T` multiplies entry by entry and makes a table of a row. The way back is a matrix product, `v @ W.T`, and leaves a row a row, Eq. (9.3).",
        ),
        Mistake(
            "M736",
            RATES["square root"],
            message="You took the square root. With {steps} steps it is the {steps}th root, a power of 1/{steps}, Eq. (9.3).",
        ),
        Mistake(
            "M737",
            lambda W, v, steps: float(np.log(growth_rate(W, v, steps))),
            message="This is the logarithm of the rate. It is a good number to add up, but the factor per step, Eq. (9.3), is asked for: leave the log out, or take `np.exp` of it.",
        ),
        Mistake(
            "M749",
            RATES["nothing"],
            message="Your rate is 1 on every case. Do you still have the v of the beginning when you divide? A loop with `v = v @ W.T` overwrites it: give the travelling row a name of its own, or write down the first norm.",
        ),
        Mistake(
            "M749b",
            RATES["one step"],
            message="Your loop makes the same first step every time: it multiplies the v of the beginning. The product of one round has to go into the next, u ← u Wᵀ.",
        ),
    ),
    hints=(
        "Send v through W as often as asked, and see how much longer it got. Which factor, multiplied by itself that often, gives this?",
        "(‖v Wᵀ…Wᵀ‖/‖v‖)^(1/steps), Eq. (9.3). Each step is v ← v Wᵀ.",
        "u = v\nfor _ in range(steps):\n    u = ...\nreturn (... / ...) ** (1 / steps)",
    ),
)
