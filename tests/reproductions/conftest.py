"""Every reproduction runs once in a session, however many tests look at it."""

import functools

import pytest


@pytest.fixture(scope="session")
def run():
    """Call with a function of `bpcourse.reproductions`: its result, computed at the first call."""
    return functools.cache(lambda function: function())
