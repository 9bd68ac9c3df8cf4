"""What clipping refuses, and in which words."""

import re

import numpy as np
import pytest

from bpcourse.clipping import clip_by_global_norm, clip_by_value, global_norm

LIMITS = pytest.mark.parametrize(
    "clip, name", [(clip_by_global_norm, "max_norm"), (clip_by_value, "limit")], ids=["norm", "value"]
)
CALLS = pytest.mark.parametrize(
    "call",
    [global_norm, lambda grads: clip_by_global_norm(grads, 1.0), lambda grads: clip_by_value(grads, 1.0)],
    ids=["global_norm", "clip_by_global_norm", "clip_by_value"],
)


def good():
    return {"W1": np.ones((2, 3)), "b1": np.ones(3)}


def says(sentence):
    return f"^{re.escape(sentence)}$"


@LIMITS
@pytest.mark.parametrize("zero", [0, 0.0, -0.0, np.float32(0)])
def test_a_limit_of_0_would_throw_every_gradient_away(clip, name, zero):
    sentence = f"{name} is 0, which would throw every gradient away; it must be above 0"
    with pytest.raises(ValueError, match=says(sentence)):
        clip(good(), zero)


@LIMITS
@pytest.mark.parametrize("value", [-1, -1e-300, np.nan, np.inf, -np.inf])
def test_a_limit_must_be_finite_and_above_0(clip, name, value):
    with pytest.raises(ValueError, match=says(f"{name} is {value}; it must be a finite number above 0")):
        clip(good(), value)


@LIMITS
@pytest.mark.parametrize("value", [True, False, "1", None, [1.0], np.ones(1), 1j])
def test_a_limit_must_be_a_number(clip, name, value):
    with pytest.raises(TypeError, match=says(f"{name} must be a number, got {value!r}")):
        clip(good(), value)


@LIMITS
@pytest.mark.parametrize("value", [1, 0.5, np.float32(0.5), np.int64(2), 5e-324])
def test_numbers_of_any_real_type_are_limits(clip, name, value):
    clipped = clip({"w": [3.0, 0.0]}, **{name: value})
    assert np.allclose(clipped["w"], [value, 0], rtol=1e-7, atol=0)


@CALLS
@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
def test_the_first_broken_entry_is_named_with_its_gradient(call, broken):
    b1 = np.array([1.0, broken, broken])
    sentence = f"b1[1] is {broken}; every entry must be a finite number"
    with pytest.raises(ValueError, match=says(sentence)):
        call(good() | {"b1": b1})
    with pytest.raises(ValueError, match=says(f"grads[1][0, 2] is {broken}; {sentence.split('; ')[1]}")):
        call([np.ones(3), [[1.0, 1.0, broken]]])


@CALLS
@pytest.mark.parametrize("empty", [[], {}, ()])
def test_without_a_gradient_there_is_nothing_to_clip(call, empty):
    with pytest.raises(ValueError, match=says("grads is empty; it must hold at least one array")):
        call(empty)


@CALLS
@pytest.mark.parametrize("other, kind", [(np.ones((2, 3)), "ndarray"), (2.0, "float"), (None, "NoneType")])
def test_gradients_come_in_a_list_or_a_dict(call, other, kind):
    with pytest.raises(TypeError, match=says(f"grads must be a list or a dict of arrays, not {kind}")):
        call(other)


@CALLS
def test_an_iterator_is_no_list_since_it_can_be_read_only_once(call):
    with pytest.raises(TypeError, match="not generator"):
        call(g for g in [np.ones(3)])


@CALLS
def test_gradients_hold_numbers(call):
    with pytest.raises(TypeError, match=r"^W1 must hold numbers, but its entries are of type <U1$"):
        call({"W1": ["a"]})
    with pytest.raises(TypeError, match=r"^grads\[1\] must hold numbers"):
        call([[1.0], [None]])
    with pytest.raises(ValueError, match=r"^grads\[0\] cannot be read as an array"):
        call([[[1.0], [1.0, 2.0]]])
