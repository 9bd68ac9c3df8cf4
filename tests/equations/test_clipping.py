"""Gradients that are too long: how long they are together, and what is left of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import draws, over_shapes

from bpcourse.clipping import clip_by_global_norm, clip_by_value, global_norm

SCALES = [1e-200, 1e-30, 1.0, 1e30, 1e200]


def gradients(*shape, seed=0):
    """Return gradients of three shapes, by name."""
    draw = draws(seed)
    return {"W1": draw(*shape), "b1": draw(shape[-1]), "w": draw()}


def in_a_row(grads):
    """Return all entries as one long vector."""
    arrays = grads.values() if isinstance(grads, dict) else grads
    return np.concatenate([np.ravel(g) for g in arrays])


@over_shapes(1, 1)
def test_the_global_norm_is_the_length_of_all_entries_in_a_row(shape, seed):
    grads = gradients(*shape, seed=seed)
    assert np.isclose(global_norm(grads), np.linalg.norm(in_a_row(grads)), rtol=1e-14, atol=0)
    assert global_norm(list(grads.values())) == global_norm(grads)


def test_the_global_norm_of_numbers_by_hand():
    assert global_norm([[3.0], [4.0]]) == 5.0
    assert global_norm({"W": [[1.0, -2.0], [2.0, 4.0]], "b": [10.0, 0.0]}) == np.sqrt(125)
    assert global_norm([[-7.0]]) == 7.0
    assert global_norm([3]) == 3.0 and type(global_norm([3])) is float


def test_zeros_have_no_length_and_stay_as_they_are():
    assert global_norm([np.zeros((2, 3)), np.zeros(3)]) == 0.0
    assert global_norm([np.zeros(0)]) == 0.0 and global_norm([np.zeros((0, 2)), [2.0]]) == 2.0
    (clipped,) = clip_by_global_norm([np.zeros(3)], 1.0)
    assert clipped.tolist() == [0, 0, 0]


@over_shapes(1, 1)
def test_what_is_too_long_gets_the_limit_as_its_length_and_keeps_its_direction(shape, seed):
    grads = gradients(*shape, seed=seed)
    max_norm = global_norm(grads) / 3
    clipped = clip_by_global_norm(grads, max_norm)
    assert np.isclose(global_norm(clipped), max_norm, rtol=1e-14, atol=0)
    assert [g.shape for g in clipped.values()] == [np.shape(g) for g in grads.values()]
    assert np.allclose(in_a_row(clipped), in_a_row(grads) / 3, rtol=1e-14, atol=0)


@given(max_norm=st.floats(1e-3, 1e3), seed=st.integers(0, 99))
@settings(derandomize=True, deadline=None, max_examples=50)
def test_the_length_afterwards_is_the_smaller_of_the_two(max_norm, seed):
    grads = {name: 10 * g for name, g in gradients(3, 4, seed=seed).items()}
    after = global_norm(clip_by_global_norm(grads, max_norm))
    assert np.isclose(after, min(max_norm, global_norm(grads)), rtol=1e-14, atol=0)


@pytest.mark.parametrize("share", [1, 1.0001, 2, 1e9])
def test_what_is_short_enough_comes_back_as_it_is(share):
    grads = gradients(3, 4)
    clipped = clip_by_global_norm(grads, share * global_norm(grads))
    assert all(np.array_equal(clipped[name], g) for name, g in grads.items())


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("max_norm", SCALES)
def test_tiny_and_huge_gradients_are_clipped_like_others(scale, max_norm):
    grads = [scale * np.array([3.0, 0.0]), scale * np.array([[-4.0]])]
    assert np.isclose(global_norm(grads), 5 * scale, rtol=1e-14, atol=0)
    clipped = clip_by_global_norm(grads, max_norm)
    length = min(max_norm, 5 * scale)
    assert np.allclose(in_a_row(clipped) / length, [0.6, 0, -0.8], rtol=1e-14, atol=0)


def test_tiny_gradients_beside_huge_ones_do_no_harm():
    grads = [np.array([1e-200, 3e200, -4e200]), np.array([1e-300])]
    assert np.isclose(global_norm(grads), 5e200, rtol=1e-14, atol=0)
    clipped = clip_by_global_norm(grads, 1.0)
    assert np.allclose(in_a_row(clipped), [0, 0.6, -0.8, 0], rtol=1e-14, atol=0)


def test_gradients_near_the_end_of_the_range_keep_their_direction():
    largest = np.finfo(float).max
    (clipped,) = clip_by_global_norm([np.array([largest, -largest])], 2.0)
    assert np.allclose(clipped, [np.sqrt(2), -np.sqrt(2)], rtol=1e-14, atol=0)


def test_float32_stays_float32_at_both_ends_of_its_range():
    for scale in (np.float32(1e-30), np.float32(1), np.float32(1e30)):
        grads = [scale * np.array([3.0, -4.0], np.float32)]
        assert np.isclose(global_norm(grads), 5 * float(scale), rtol=1e-6, atol=0)
        for max_norm in (1e-30, 1e-3, 2.5e30):
            (clipped,) = clip_by_global_norm(grads, max_norm)
            assert clipped.dtype == np.float32
            want = min(max_norm, 5 * float(scale)) * np.array([0.6, -0.8])
            assert np.allclose(clipped.astype(float), want, rtol=1e-6, atol=0)
        assert clip_by_value(grads, 1.0)[0].dtype == np.float32


def test_lists_of_numbers_and_whole_numbers_become_floats():
    (clipped,) = clip_by_global_norm([[3, 4]], 1)
    assert clipped.dtype == float and np.allclose(clipped, [0.6, 0.8], rtol=1e-15, atol=0)
    (cut,) = clip_by_value([[3, -4, 0]], 1)
    assert cut.dtype == float and cut.tolist() == [1, -1, 0]


@pytest.mark.parametrize("limit", [0.25, 1.0, 3])
@pytest.mark.parametrize("seed", range(3))
def test_by_value_each_entry_is_cut_off_at_the_limit_on_both_sides(limit, seed):
    grads = gradients(3, 4, seed=seed)
    clipped = clip_by_value(grads, limit)
    want = [max(-limit, min(limit, entry)) for entry in in_a_row(grads)]
    assert in_a_row(clipped).tolist() == want
    assert [g.shape for g in clipped.values()] == [np.shape(g) for g in grads.values()]


def test_by_value_the_direction_is_not_kept():
    (clipped,) = clip_by_value([[3.0, 0.5, -2.0]], 1.0)
    assert clipped.tolist() == [1.0, 0.5, -1.0]


@pytest.mark.parametrize("clip", [clip_by_global_norm, clip_by_value])
@pytest.mark.parametrize("limit", [0.1, 1e6])
def test_lists_give_lists_and_dictionaries_dictionaries_of_new_arrays(clip, limit):
    grads = gradients(2, 3)
    before = {name: g.copy() for name, g in grads.items()}
    named, in_order = clip(grads, limit), clip(list(grads.values()), limit)
    assert type(named) is dict and type(in_order) is list and list(named) == list(grads)
    for name, other in zip(grads, in_order, strict=True):
        assert np.array_equal(named[name], other)
        assert not np.shares_memory(named[name], grads[name])
        assert np.array_equal(grads[name], before[name])
    assert type(clip(tuple(grads.values()), limit)) is list
