"""Learning rates that change on the way: a function of the step's number, from 1, that gives the rate.

An optimiser takes a schedule wherever it takes a rate: ``Adam(cosine(0.01, steps=1000))``.
"""

from collections.abc import Callable
from math import cos, pi

from bpcourse._arrays import check_count, check_number

Schedule = Callable[[int], float]


def step_decay(rate: float, *, every: int, factor: float = 0.5) -> Schedule:
    """Multiply the rate by a factor after so many steps, again and again.

    Parameters
    ----------
    rate : float
        Of the first step.
    every : int
    factor : float, from 0 to 1

    Returns
    -------
    schedule : callable (step) -> rate
        For every step from 1 on; it has no end.

    Examples
    --------
    >>> schedule = step_decay(0.8, every=2)
    >>> [schedule(t) for t in (1, 2, 3, 4, 5)]
    [0.8, 0.8, 0.4, 0.4, 0.2]
    """
    check_number("rate", rate, low=0)
    check_count("every", every)
    check_number("factor", factor, low=0, high=1)
    return lambda step: rate * factor ** ((_checked(step) - 1) // every)


def cosine(rate: float, *, steps: int, final: float = 0.0) -> Schedule:
    """From `rate` to `final` along half a wave of the cosine.

    Parameters
    ----------
    rate : float
        Of the first step.
    steps : int
        The step at which `final` is reached. From there on the rate stays `final`.
    final : float

    Returns
    -------
    schedule : callable (step) -> rate

    References
    ----------
    Loshchilov, Hutter (2017), SGDR: stochastic gradient descent with warm restarts, ICLR, equation 5.

    Examples
    --------
    >>> schedule = cosine(1.0, steps=5)
    >>> [round(schedule(t), 4) for t in (1, 2, 3, 4, 5, 6)]
    [1.0, 0.8536, 0.5, 0.1464, 0.0, 0.0]
    """
    check_number("rate", rate, low=0)
    check_number("final", final, low=0)
    check_count("steps", steps, low=2)

    def schedule(step: int) -> float:
        done = min(1.0, (_checked(step) - 1) / (steps - 1))
        return final + (rate - final) * (1 + cos(pi * done)) / 2

    return schedule


def warmup(then: float | Schedule, *, steps: int) -> Schedule:
    """Rise in equal parts to the full rate, then follow another schedule, or stay.

    Parameters
    ----------
    then : float or schedule
        A rate, or a schedule whose step 1 is the last step of the rise.
    steps : int
        The step at which the full rate is reached.

    Returns
    -------
    schedule : callable (step) -> rate

    Examples
    --------
    >>> schedule = warmup(0.8, steps=4)
    >>> [round(schedule(t), 2) for t in (1, 2, 3, 4, 5)]
    [0.2, 0.4, 0.6, 0.8, 0.8]
    """
    check_count("steps", steps)
    follow = as_schedule(then)
    return lambda step: follow(1) * _checked(step) / steps if step < steps else follow(step - steps + 1)


def as_schedule(rate: float | Schedule) -> Schedule:
    """Return a schedule: the one given, or one that always says the rate given."""
    if callable(rate):
        return rate
    check_number("learning_rate", rate, low=0)
    return lambda step: rate


def _checked(step: int) -> int:
    check_count("step", step)
    return step
