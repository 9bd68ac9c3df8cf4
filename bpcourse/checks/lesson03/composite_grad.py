"""03.3: the slopes of a formula, taken by stages."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def composite_grad(x, y):
    """f = (xy + sin x)², ∂f/∂x and ∂f/∂y."""
    u = x * y + np.sin(x)
    return u * u, 2 * u * (y + np.cos(x)), 2 * u * x


def composite(along_x=None, along_y=None):
    """`composite_grad` with other rules for its slopes; f is right."""

    def answer(x, y):
        u = x * y + np.sin(x)
        dx = 2 * u * (y + np.cos(x)) if along_x is None else along_x(x, y, u)
        return u * u, dx, 2 * u * x if along_y is None else along_y(x, y, u)

    return answer


def composite_pair(ids):
    """Two mistakes together, where one is in df/dx alone and the other in df/dy alone."""
    if not set(ids) <= set(RULES):
        return None
    (x1, y1), (x2, y2) = (RULES[i] for i in ids)
    if x1 and not y1 and y2 and not x2:
        return composite(x1, y2)
    return composite(x2, y1) if x2 and not y2 and y1 and not x1 else None


RULES = {  # what is taken for df/dx and for df/dy; None where it is right
    "M18": (lambda x, y, u: 2 * u + y + np.cos(x), lambda x, y, u: 2 * u + x),
    "M19": (lambda x, y, u: 2 * u * y, None),
    "M19b": (lambda x, y, u: 2 * u * np.cos(x), None),
    "M20": (lambda x, y, u: 2 * u * (y + np.cos(np.sin(x))), None),
    "M20b": (lambda x, y, u: 2 * u * u * (y + np.cos(x)), lambda x, y, u: 2 * u * u * x),
    "M121": (lambda x, y, u: u * (y + np.cos(x)), lambda x, y, u: u * x),
    "M122": (lambda x, y, u: 2 * u, lambda x, y, u: 2 * u),
    "M123": (lambda x, y, u: 2 * u * (x + np.cos(x)), lambda x, y, u: 2 * u * y),
    "M124": (lambda x, y, u: 2 * u * y * np.cos(x), None),
    "M226": (lambda x, y, u: 2 * u * (y - np.cos(x)), None),
    "M227b": (lambda x, y, u: 2 * u * x, lambda x, y, u: 2 * u * (y + np.cos(x))),
    "M252": (lambda x, y, u: y + np.cos(x), lambda x, y, u: x),
    "M252b": (lambda x, y, u: 2 * (y + np.cos(x)), lambda x, y, u: 2 * x),
    "M252c": (lambda x, y, u: u * u * (y + np.cos(x)), lambda x, y, u: u * u * x),
    "M253": (lambda x, y, u: 2 * u * y + np.cos(x), None),
    "M253b": (lambda x, y, u: y + 2 * u * np.cos(x), None),
    "M253c": (lambda x, y, u: y + np.cos(x), None),
    "M254": (lambda x, y, u: 2 * u * (y + np.sin(x)), None),
    "M254b": (lambda x, y, u: 2 * u * (y + 1), None),
    "M254c": (lambda x, y, u: 2 * u * (y + np.cos(y)), None),
    "M254d": (lambda x, y, u: 2 * u * (y + np.cos(u)), None),
    "M255": (None, lambda x, y, u: 2 * u * y),
    "M255b": (None, lambda x, y, u: 2 * u),
    "M255c": (None, lambda x, y, u: x),
    "M255d": (None, lambda x, y, u: 2 * u * (x + np.cos(x))),
}

SAID = {  # the mistake alone, and what is said of it where it is the only one
    "M18": (
        "in both slopes 2u is added, not multiplied",
        "f is right. In both slopes you *added* the slope of the square, 2u, to the slope inside. Along a path they multiply, Eq. (3.1); "
        "only the two paths from x are added.",
    ),
    "M19": (
        "df/dx follows the path through the product alone, and the path through the sine has to be added",
        "f and df/dy are right. Your df/dx follows the path through the product alone. x is used twice: add the path through the sine, "
        "Eq. (3.2).",
    ),
    "M19b": (
        "df/dx follows the path through the sine alone, and the path through the product has to be added",
        "f and df/dy are right. Your df/dx follows the path through the sine alone. x is used twice: add the path through the product, "
        "Eq. (3.2).",
    ),
    "M20": (
        "in df/dx the slope of the sine is taken at what came out of it, cos(sin x)",
        "f and df/dy are right. In df/dx the slope of the sine is taken at what came *out* of it, cos(sin x). A local slope belongs to "
        "the value that went in, Eq. (3.1).",
    ),
    "M20b": (
        "the slope of the square is taken as 2f",
        "f is right. In both slopes the square brings 2u² = 2f, twice what came *out* of it. The square received u, so its local slope "
        "is 2u, Eq. (3.1).",
    ),
    "M121": (
        "both slopes are half of what they should be",
        "f is right, and both slopes are exactly half of what they should be. How much does u² move per unit of u?",
    ),
    "M122": (
        "both slopes are 2u, the slope in u",
        "f is right. Both of your slopes are 2u, the slope in u: the way stops there. It has to go on through the sum to x and to y, and "
        "each gate on it multiplies, Eq. (3.1).",
    ),
    "M123": (
        "at the product xy each input got its own value",
        "f is right. At the product xy each of your inputs got its own value. Nudge x, and xy moves by y times the nudge: each input "
        "gets the value of the *other*.",
    ),
    "M124": (
        "in df/dx the two paths, y and cos x, are multiplied",
        "f and df/dy are right. In df/dx the two paths from x, y and cos x, are multiplied. Along a path multiply, "
        "across paths *add*, Eq. (3.2).",
    ),
    "M226": (
        "in df/dx cos x has the wrong sign",
        "f and df/dy are right. One sign in df/dx is not: the slope of sin is +cos. (The minus belongs to cos, whose slope is −sin.)",
    ),
    "M227b": (
        "the two slopes stand in each other's place",
        "All three numbers are right, and the two slopes stand in each other's place. The order is f, df/dx, df/dy.",
    ),
    "M252": (
        "the slope of the square, 2u, is missing",
        "f is right. Both of your slopes are those of u, the inside: the slope of the square is missing. The way back starts at f, and "
        "the first gate on it multiplies everything that lies before it by 2u, Eq. (3.1).",
    ),
    "M252b": (
        "the square brings 2 where it should bring 2u",
        "f is right. In both slopes the square brings a factor 2, and it should bring 2u: how much u² moves depends on where u stands.",
    ),
    "M252c": (
        "the square brings its value u² where it should bring its slope, 2u",
        "f is right. In both slopes the square brings u², its *value*. What scales a nudge is its slope, 2u.",
    ),
    "M253": (
        "in df/dx cos x lacks the factor 2u",
        "f and df/dy are right. In df/dx the path through the sine lacks the factor 2u: cos x stands there alone. *Both* paths pass the square, so 2u "
        "multiplies their sum. (Are there parentheses around y + cos x?)",
    ),
    "M253b": (
        "in df/dx y lacks the factor 2u",
        "f and df/dy are right. In df/dx the path through the product lacks the factor 2u: y stands there alone. *Both* paths pass the square, so 2u "
        "multiplies their sum.",
    ),
    "M253c": (
        "df/dx lacks the factor 2u",
        "f and df/dy are right. Your df/dx is the slope of the inside, u: the slope of the square, 2u, is missing there, Eq. (3.1).",
    ),
    "M254": (
        "in df/dx the sine brings sin x where it should bring its slope, cos x",
        "f and df/dy are right. In df/dx the sine brings sin x, its *value*. What scales a nudge is its slope, cos x.",
    ),
    "M254b": (
        "in df/dx the sine brings 1 where it should bring its slope, cos x",
        "f and df/dy are right. In df/dx the path through the sine brings the factor 1, as if the sine were not there. It scales a nudge of x by its "
        "local slope, cos x.",
    ),
    "M254c": (
        "in df/dx the slope of the sine is taken at y",
        "f and df/dy are right. In df/dx the slope of the sine is taken at y. A local slope belongs to the value that went in, and into this sine went x.",
    ),
    "M254d": (
        "in df/dx the slope of the sine is taken at u",
        "f and df/dy are right. In df/dx the slope of the sine is taken at u. A local slope belongs to the value that went in, and into this sine went x.",
    ),
    "M255": (
        "in df/dy y got its own value at the product xy",
        "f and df/dx are right. In df/dy the product xy gave y its *own* value. Nudge y, and xy moves by x times the nudge.",
    ),
    "M255b": (
        "df/dy stops at u",
        "f and df/dx are right. Your df/dy is 2u, the slope in u: the way stops there. One gate is left, the product xy, and it multiplies, Eq. (3.1).",
    ),
    "M255d": (
        "df/dy has a share of the sine, which holds no y",
        "f and df/dx are right. In df/dy you added cos x. Nudge y alone: the sine does not move, since there is no y in it. One path leads from y to f.",
    ),
    "M255c": (
        "df/dy lacks the factor 2u",
        "f and df/dx are right. Your df/dy is the slope of the inside, u: the slope of the square, 2u, is missing there, Eq. (3.1).",
    ),
}

DOCUMENTED = {
    "M121": {"df/dx factor": "1/2", "df/dy factor": "1/2"},
    "M122": {"df/dx ratio": 0.848, "df/dy ratio": 0.964},
    "M123": {"df/dx ratio": 1.31, "df/dy ratio": 0.646},
    "M124": {"df/dx ratio": 0.289},
}


def composite_cases(rng):
    """Points, in eighths, where no two rules meet: x off 0 and 2πk, where cos(sin x) = cos x; |u| off ½ and 1.

    x, u and both slopes come with both signs.
    """
    cases = []
    for signs in ((1, 1, 1), (-1, 1, -1), (1, -1, -1)):  # of x, of u and of the slope of u in x
        x, y = apart(rng, signs)
        cases.append(Case(f"x = {x:g}, y = {y:g}", (x, y)))
    return cases


def apart(rng, signs):
    """One point of `composite_cases`."""
    while True:
        x, y = (float(v) for v in np.rint(normal(rng, 2, scale=1.5) * 8) / 8)
        u, slope = x * y + np.sin(x), np.cos(x)
        gaps = [x, y, x - y, u, abs(u) - 1, u - 0.5, slope, slope - 1, slope - np.sin(x), y + slope]
        gaps += [y + slope - y * slope, np.cos(np.sin(x)) - slope]
        if np.abs(gaps).min() > 0.15 and np.array_equal(np.sign([x, u, y + slope]), signs):
            return x, y


EXERCISE = Exercise(
    id="03.3",
    name="composite_grad",
    points=3,
    title="Differentiate a formula by stages",
    kind="write",
    returns=("f", "df/dx", "df/dy"),
    reference=composite_grad,
    cases=composite_cases,
    variants=composite_pair,
    mistakes=(
        *(
            Mistake(
                i,
                composite(*RULES[i]),
                text,
                cause=cause,
                documented=DOCUMENTED.get(i, {}),
            )
            for i, (cause, text) in SAID.items()
        ),
        Mistake(
            "M227",
            lambda x, y: (
                x * y + np.sin(x),
                2 * (x * y + np.sin(x)) * (y + np.cos(x)),
                2 * (x * y + np.sin(x)) * x,
            ),
            message="Both slopes are right. Your first value is u = xy + sin x; f is its square.",
        ),
    ),
    hints=(
        "Write the stages down: a product, a sine, their sum, the square. Then go back through them, from f to x and y.",
        "u = xy + s with s = sin x, f = u². ∂f/∂u = 2u goes on to both terms of the sum; x then collects two shares, Eq. (3.2).",
        "s = ...\nu = ...\ndu = ...             # slope of the square\ndx = du * (... + ...)  # two paths\ndy = du * ...\nreturn u**2, dx, dy",
    ),
)
