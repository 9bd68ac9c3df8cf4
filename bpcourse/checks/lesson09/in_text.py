"""The checks and quizzes inside lesson 09."""

from __future__ import annotations

from ..exercise import Exercise, Mistake, quiz

EXERCISES = (
    Exercise(
        id="09.a",
        name="two steps through time",
        points=0,
        title="Two steps through time",
        kind="predict",
        returns=("slope in w",),
        reference=lambda: 12,
        mistakes=(
            Mistake(
                "09.a1",
                lambda: 6,
                message="6 is what the second step brings: the state h₁ = 6 that it multiplied. The first step used the same w, and its "
                "share, w · h₀, comes on top.",
            ),
            Mistake(
                "09.a2",
                lambda: 18,
                message="18 is the state h₂ itself. The slope says how much it moves per unit of w, which is used in both steps.",
            ),
            Mistake(
                "09.a3",
                lambda: 8,
                message="6 + 2 leaves out that the share of the first step still has to go through the second: 2 · w, and w is 3.",
            ),
            Mistake(
                "09.a4",
                lambda: 36,
                message="The two shares are multiplied. Along a path slopes multiply, Eq. (3.1); here are two paths, one for each use of w, and across paths they add.",
            ),
        ),
        hints=(
            "The weight is used twice, so two paths lead from it to h₂. Find the share of each, and add.",
            "Second use: h₁. First use: h₀, carried through the second step by w. Eq. (9.6).",
            "6 + 3 · …",
        ),
    ),
    Exercise(
        id="09.b",
        name="clipped by norm",
        points=0,
        title="Clip by norm",
        kind="predict",
        returns=("first entry", "second entry"),
        reference=lambda: (3, -4),
        mistakes=(
            Mistake(
                "09.b1",
                lambda: (5, -5),
                message="Each entry was cut to 5: that is clipping by value. The norm is above 5 still, and the direction has turned.",
            ),
            Mistake(
                "09.b2",
                lambda: (6, -8),
                message="Nothing was clipped. The norm of (6, −8) is √(36 + 64) = 10, and that is above 5.",
            ),
            Mistake(
                "09.b3",
                lambda: (0.6, -0.8),
                message="The direction is right, and the norm is 1. The limit is 5.",
            ),
            Mistake(
                "09.b4",
                lambda: (3, 4),
                message="The sizes are right. The second entry has lost its sign: the factor is above 0 and keeps the signs.",
            ),
            Mistake(
                "09.b5",
                lambda: (5, -8),
                message="5 and −8 is not shortened to 5. Find the norm of the whole first, then one factor for both entries.",
            ),
            Mistake(
                "09.b6",
                lambda: (12, -16),
                message="That is twice as long as before: the fraction is upside down. The factor is limit over norm.",
            ),
        ),
        hints=(
            "How long is (6, −8)? By which factor is that too long?",
            "g · min(1, c/‖g‖), Eq. (9.2), with ‖g‖ = √(36 + 64).",
            "6 · ½ and …",
        ),
    ),
    quiz(
        "09.q1",
        "B",
        right="A step through W stretches no vector by more than its largest singular value. After many steps the spectral radius rules, here 0.9, "
        "and what grew at first dies out.",
        wrong={
            "A": "A: one step may stretch a vector by 2.3, but the next ones cannot do the same again: in the long run the spectral radius rules, and 0.9 per step shrinks.",
            "C": "C: each factor is at most 2.3, but how it goes on is decided by the spectral radius, which is known: 0.9.",
        },
    ),
    quiz(
        "09.q2",
        "A",
        right="The factor min(1, c/‖g‖) is never above 1. A gradient that has died out is short, and stays as it is.",
        wrong={
            "B": "B: that would need a factor above 1. min(1, c/‖g‖) never is; and what would be made longer is mostly the share of the latest steps.",
            "C": "C: by norm or by value, clipping only makes smaller. A short gradient passes both unchanged.",
        },
    ),
    quiz(
        "09.q3",
        "C",
        right="Step 7 is the first row with something broken, and in it the backward pass came through layer 5 before it came through 4 and 3.",
        wrong={
            "A": "A: layer 3 is the leftmost. The backward pass runs from the last layer to the first, and came to 5 before it came to 3.",
            "B": "B: in step 8 everything is broken, and nothing can be learnt from that. The first broken step is 7.",
        },
    ),
)
