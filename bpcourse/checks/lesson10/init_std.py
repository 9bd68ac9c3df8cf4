"""10.1: how far from zero the weights start, Eq. (10.1) and (10.2)."""

from __future__ import annotations

from math import sqrt

from ..exercise import Case, Exercise, Mistake

RIGHT = {"xavier": lambda i, o: sqrt(2 / (i + o)), "he": lambda i, o: sqrt(2 / i)}


def init_std(fan_in, fan_out, scheme):
    """Standard deviation of the first weights, Eq. (10.1) and (10.2)."""
    return RIGHT[scheme](fan_in, fan_out)


def with_rules(**changed):
    """`init_std` with the rule of one scheme or of both replaced."""
    rules = {**RIGHT, **changed}
    return lambda fan_in, fan_out, scheme: rules[scheme](fan_in, fan_out)


def with_both(rule):
    """`init_std` with one rule, whatever the scheme."""
    return with_rules(xavier=rule, he=rule)


def std_cases(rng):
    """A layer that narrows, one that widens, and one that keeps its width; each under both schemes."""
    wide, narrow, same = (int(n) for n in rng.permutation([36, 60, 100]))
    sizes = ((784, 64), (narrow, 9 * wide), (same, same))
    return [
        Case(f"{fan_in} inputs, {fan_out} units, {scheme!r}", (fan_in, fan_out, scheme), {})
        for fan_in, fan_out in sizes
        for scheme in RIGHT
    ]


EXERCISE = Exercise(
    id="10.1",
    name="init_std",
    points=2,
    title="Say how far from zero the weights start",
    kind="write",
    returns=("std",),
    reference=init_std,
    cases=std_cases,
    mistakes=(
        Mistake(
            "M56",
            with_rules(he=lambda i, o: sqrt(2 / o)),
            documented={"ratio": 3.5},
            at="784 inputs, 64 units, 'he'",
            message="Xavier is right. For He you counted the units of the layer, fan_out; what makes a unit's sum large is the number of its "
            "*inputs*, {fan_in} here, Eq. (10.2).",
        ),
        Mistake(
            "M56b",
            with_rules(xavier=lambda i, o: 2 / (i + o), he=lambda i, o: 2 / i),
            documented={"ratio": 0.05},
            at="784 inputs, 64 units, 'he'",
            message="That is the *variance* of the weights. The standard deviation is its square root, Eq. (10.1) and (10.2): yours makes the "
            "weights of a layer with {fan_in} inputs far too small.",
        ),
        Mistake(
            "M750",
            with_rules(xavier=lambda i, o: sqrt(1 / i)),
            documented={"ratio": 0.735},
            at="784 inputs, 64 units, 'xavier'",
            message="He is right. For Xavier you took √(1/fan_in): that is LeCun's rule, which looks at the way forward alone. Xavier makes a "
            "compromise with the way back, and counts inputs and units, Eq. (10.1).",
        ),
        Mistake(
            "M751",
            with_rules(xavier=lambda i, o: sqrt(6 / (i + o)), he=lambda i, o: sqrt(6 / i)),
            documented={"ratio": 1.73},
            message="Every number is √3 times too large. √6 belongs to weights drawn *evenly* from −c to c: then √6 in place of √2 gives the bound c. "
            "Here the standard deviation is asked for, Eq. (10.1) and (10.2).",
        ),
        Mistake(
            "M752",
            with_rules(xavier=lambda i, o: sqrt(1 / (i + o)), he=lambda i, o: sqrt(1 / i)),
            documented={"ratio": 0.707},
            message="Every number is √2 times too small: there is a 2 above the line in both, Eq. (10.1) and (10.2). In Xavier it makes a mean of "
            "the two counts, in He it pays for the half that ReLU sets to 0.",
        ),
        Mistake(
            "M753",
            with_rules(he=lambda i, o: sqrt(1 / i)),
            message="Xavier is right. For He the 2 is missing: √(1/fan_in) keeps the size of a sum, and then ReLU sets half of it to 0. He pays "
            "for that half in advance, Eq. (10.2).",
        ),
        Mistake(
            "M754",
            with_rules(xavier=lambda i, o: sqrt(1 / (i + o))),
            message="He is right. For Xavier the 2 is missing: with inputs and units counted together, the 2 above the line makes their *mean* of them, "
            "Eq. (10.1).",
        ),
        Mistake(
            "M755",
            with_rules(xavier=RIGHT["he"], he=RIGHT["xavier"]),
            message="Both formulas are right, and they have changed places: 'he' looks at the inputs alone, 'xavier' at inputs and units.",
        ),
        Mistake(
            "M756",
            with_both(RIGHT["he"]),
            message="'he' is right, and 'xavier' gets the same number. The argument `scheme` says which one is asked for: Xavier counts inputs and "
            "units, Eq. (10.1).",
        ),
        Mistake(
            "M757",
            with_both(RIGHT["xavier"]),
            message="'xavier' is right, and 'he' gets the same number. The argument `scheme` says which one is asked for: He counts the inputs "
            "alone, Eq. (10.2).",
        ),
        Mistake(
            "M758",
            with_rules(xavier=lambda i, o: sqrt(4 / (i + o))),
            message="He is right. Xavier is √2 times too large: the 2 was counted twice, once for the mean of the two counts and once more for "
            "ReLU. Xavier makes no allowance for ReLU, Eq. (10.1).",
        ),
        Mistake(
            "M759",
            with_rules(xavier=lambda i, o: sqrt(2 / i + o)),
            message="He is right. In Xavier the brackets are missing: `2 / fan_in + fan_out` divides first and adds then. Eq. (10.1) divides by the "
            "sum of the two.",
        ),
        Mistake(
            "M760",
            with_rules(xavier=lambda i, o: sqrt(2) / (i + o), he=lambda i, o: sqrt(2) / i),
            message="The root is drawn from the 2 alone. It goes over the whole fraction, Eq. (10.1) and (10.2).",
        ),
        Mistake(
            "M760b",
            with_rules(xavier=lambda i, o: 2 / sqrt(i + o), he=lambda i, o: 2 / sqrt(i)),
            message="Every number is √2 times too large: the 2 stands outside the root. It belongs under it, with the counts, Eq. (10.1) and (10.2).",
        ),
        Mistake(
            "M760c",
            with_rules(xavier=lambda i, o: sqrt((i + o) / 2), he=lambda i, o: sqrt(i / 2)),
            message="The fraction is upside down: your weights would be larger, the more inputs a unit has. The counts stand below the line, Eq. (10.1) "
            "and (10.2).",
        ),
        Mistake(
            "M760d",
            with_both(lambda i, o: 0.0),
            message="Your standard deviation is 0 on every case, so that all weights would start at 0. One slip that gives this: dividing with `//`, which "
            "rounds down.",
        ),
        Mistake(
            "M760e",
            with_rules(xavier=lambda i, o: sqrt(2 / (i * o))),
            message="He is right. For Xavier the two counts are *added* below the line, Eq. (10.1); you multiplied them.",
        ),
    ),
    hints=(
        "Both make the variance of a unit's sum independent of how many terms it has. Xavier averages over the two directions, He pays for ReLU.",
        "Xavier: √(2/(fan_in + fan_out)), Eq. (10.1). He: √(2/fan_in), Eq. (10.2).",
        'if scheme == "xavier":\n    return np.sqrt(2 / (...))\nreturn np.sqrt(2 / ...)',
    ),
)
