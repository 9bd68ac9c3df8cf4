"""The listings of exercise 04.4 are programs: each makes the mistake it is said to make, and no other."""

import numpy as np
import pytest

from bpcourse.activations import sigmoid
from bpcourse.checks.lesson04 import listings
from bpcourse.checks.lesson04.two_layer_grads import two_layer_cases, two_layer_variant

GRADS = {"dW1": "W1", "db1": "b1", "dW2": "W2", "db2": "b2"}


def run(lines):
    """The names that a listing leaves behind, on the inputs of 04.5."""
    names = dict(
        zip(
            ("X", "Y", "W1", "b1", "W2", "b2"),
            two_layer_cases(np.random.default_rng(3))[0].inputs,
            strict=True,
        )
    )
    inputs = tuple(names.values())
    scope = {**names, "N": len(names["X"]), "lr": 2.0, "sigmoid": sigmoid}
    exec("\n".join(lines), scope)
    return inputs, scope


def test_without_a_planted_line_the_listing_is_right():
    inputs, scope = run(listings.RIGHT)
    right = two_layer_variant()(*inputs)
    assert all(np.allclose(scope[d], right[p], rtol=1e-12) for d, p in GRADS.items())


@pytest.mark.parametrize("name", listings.NAMES)
def test_a_listing_makes_its_mistake_and_no_other(name):
    inputs, scope = run(listings.lines(name))
    right, wrong = two_layer_variant()(*inputs), two_layer_variant(listings.MISTAKE[name])(*inputs)
    off = {p for d, p in GRADS.items() if not np.allclose(scope[d], right[p])}
    biases_of_one_layer = {"M34": {"b2"}, "M35": {"b1"}}
    mistaken = {
        p for p in right if np.shape(wrong[p]) != np.shape(right[p]) or not np.allclose(wrong[p], right[p])
    }
    assert off == biases_of_one_layer.get(listings.MISTAKE[name], mistaken)
    assert all(np.allclose(scope[d], wrong[p]) for d, p in GRADS.items() if p in off)


@pytest.mark.parametrize("name", listings.NAMES)
def test_one_line_is_wrong_and_every_other_has_its_sentence(name):
    lines = listings.lines(name)
    assert sorted(lines) != sorted(listings.RIGHT) or name == "listing 4"
    assert set(listings.sentences(name)) == {0, *range(1, len(lines) + 1)} - {listings.WRONG_LINE[name]}
