"""First weights: their spread, their reproducibility, and what is refused."""

import numpy as np
import pytest

from bpcourse.initializers import INITIALIZERS, he_uniform, normal, uniform, xavier_uniform

SHAPE = (300, 500)
STD = {
    "uniform": 0.3 / np.sqrt(3),
    "normal": 1.0,
    "lecun": np.sqrt(1 / 300),
    "xavier": np.sqrt(2 / 800),
    "he": np.sqrt(2 / 300),
    "lecun_normal": np.sqrt(1 / 300),
    "xavier_normal": np.sqrt(2 / 800),
    "xavier_uniform": np.sqrt(2 / 800),
    "he_normal": np.sqrt(2 / 300),
    "he_uniform": np.sqrt(2 / 300),
}
EVERY = pytest.mark.parametrize("name", INITIALIZERS)


def test_every_initializer_has_its_spread_here():
    assert STD.keys() == INITIALIZERS.keys()


@EVERY
def test_weights_have_the_promised_spread_around_0(name):
    W = INITIALIZERS[name](SHAPE, random_state=0)
    assert W.shape == SHAPE and W.dtype == np.float64
    assert W.std() == pytest.approx(STD[name], rel=0.01)
    assert abs(W.mean()) < 4 * STD[name] / np.sqrt(W.size)


@EVERY
def test_same_seed_same_weights(name):
    first = INITIALIZERS[name](SHAPE, random_state=7)
    assert np.array_equal(first, INITIALIZERS[name](SHAPE, random_state=7))
    assert np.array_equal(first, INITIALIZERS[name](SHAPE, random_state=np.random.default_rng(7)))
    assert not np.array_equal(first, INITIALIZERS[name](SHAPE, random_state=8))


@EVERY
def test_one_generator_gives_new_weights_each_time(name):
    rng = np.random.default_rng(0)
    assert not np.array_equal(
        INITIALIZERS[name](SHAPE, random_state=rng), INITIALIZERS[name](SHAPE, random_state=rng)
    )


@EVERY
def test_the_global_random_state_is_left_alone(name):
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    INITIALIZERS[name](SHAPE, random_state=None)
    assert np.array_equal(before, np.random.get_state()[1])  # noqa: NPY002


def test_bounds_of_the_uniform_laws():
    assert abs(xavier_uniform(SHAPE, random_state=0)).max() == pytest.approx(np.sqrt(6 / 800), rel=1e-3)
    assert abs(he_uniform(SHAPE, random_state=0)).max() == pytest.approx(np.sqrt(6 / 300), rel=1e-3)
    W = uniform(SHAPE, low=2.0, high=3.0, random_state=0)
    assert 2 <= W.min() < 2.001 and 2.999 < W.max() < 3


def test_standard_normal_weights_are_the_generators_own():
    assert np.array_equal(normal((2, 4), random_state=42), np.random.default_rng(42).standard_normal((2, 4)))


@EVERY
@pytest.mark.parametrize("shape", [(0, 3), (-1, 3), (2.5, 3), "23", (2, None)])
def test_a_shape_must_hold_whole_numbers(name, shape):
    with pytest.raises(ValueError, match=r"shape is .* whole numbers of 1 or more"):
        INITIALIZERS[name](shape)


@pytest.mark.parametrize("name", sorted(INITIALIZERS.keys() - {"uniform", "normal"}))
@pytest.mark.parametrize("shape", [(3,), (2, 3, 4), 3])
def test_a_scale_that_depends_on_the_fans_needs_both(name, shape):
    with pytest.raises(ValueError, match=r"it must be \(fan_in, fan_out\)"):
        INITIALIZERS[name](shape)


@EVERY
@pytest.mark.parametrize("bad", ["7", 1.5, True, -1])
def test_a_random_state_must_be_a_seed_or_a_generator(name, bad):
    with pytest.raises(ValueError if bad == -1 else TypeError, match="random_state"):
        INITIALIZERS[name](SHAPE, random_state=bad)


def test_a_spread_must_not_be_negative():
    with pytest.raises(ValueError, match=r"std is -1\.0; it must be a finite number, at least 0"):
        normal((2, 2), std=-1.0)


def test_the_upper_bound_must_not_be_below_the_lower():
    with pytest.raises(ValueError, match="high is 0"):
        uniform((2, 2), low=1, high=0)
    with pytest.raises(ValueError, match="low is nan"):
        uniform((2, 2), low=np.nan)
