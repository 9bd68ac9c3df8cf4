"""relation: every simple relation that fits, by name; nothing else."""

import numpy as np
import pytest

from bpcourse.gradcheck import relation, relation_of_parts

SIZES = {"N": 7, "H": 5, "C": 3}
WANT = np.random.default_rng(0).standard_normal((5, 3))


@pytest.mark.parametrize(
    "name, factor",
    [
        ("-1", -1), ("2", 2), ("1/2", 1 / 2), ("4", 4), ("1/4", 1 / 4), ("N", 7), ("1/N", 1 / 7),
        ("N/2", 7 / 2), ("-N/2", -7 / 2), ("2/N", 2 / 7), ("C", 3), ("1/C", 1 / 3), ("H", 5), ("1/H", 1 / 5),
        ("-N", -7), ("-1/2", -1 / 2), ("-2/N", -2 / 7),
    ],
)  # fmt: skip
def test_a_factor_is_named(name, factor):
    assert relation(factor * WANT, WANT, sizes=SIZES) == [name]


def test_a_transpose_is_named_for_square_and_other_matrices():
    assert relation(WANT.T, WANT, sizes=SIZES) == ["transposed"]
    square = WANT[:3]
    assert relation(square.T, square, sizes=SIZES) == ["transposed"]


@pytest.mark.parametrize("factor", [1, 1.5, 3.5000351, 2.00001, 0, 6])
def test_a_factor_without_a_name_has_none(factor):
    assert relation(factor * WANT, WANT, sizes=SIZES) == []


def test_names_that_coincide_are_all_returned():
    assert relation(2 * WANT, WANT, sizes={"N": 2, "C": 2}) == ["2", "N", "C"]
    assert set(relation(3 * WANT, WANT, sizes={"N": 6, "C": 3})) == {"C", "N/2"}


def test_intersecting_over_two_sizes_leaves_the_explanation():
    over_n = [set(relation(WANT / n, WANT, sizes={"N": n, "C": c})) for n, c in [(3, 3), (7, 3), (1, 5)]]
    assert set.intersection(*over_n) == {"1/N"}


def test_only_where_z_is_negative():
    z = np.random.default_rng(1).standard_normal((5, 3))
    right = WANT * (z > 0)
    assert relation(WANT, right, sizes=SIZES, where=z) == ["only where z < 0"]
    assert relation(WANT * (z < 0), right, sizes=SIZES, where=z) == []


def test_one_number_has_a_relation_only_if_it_is_in_the_list():
    assert relation(3.7, 1.0, sizes=SIZES) == []
    assert relation(-2.0, 1.0, sizes=SIZES) == ["-2"]


def test_float32_answers_are_recognised():
    assert relation((WANT / 7).astype(np.float32), WANT, sizes=SIZES) == ["1/N"]


@pytest.mark.parametrize(
    "got",
    [np.ones((7, 3)), np.full((5, 3), np.nan), "text", np.array([None]), None, 1.0, [], WANT[..., None]],
)
def test_whatever_came_there_is_no_error(got):
    assert relation(got, WANT, sizes=SIZES) == []


def test_a_size_of_zero_or_one_is_fine():
    assert relation(np.zeros(3), np.ones(3), sizes={"N": 0}) == []
    assert "N" in relation(np.ones(3), np.ones(3), sizes={"N": 1})


PARTS = {name: np.random.default_rng(2).standard_normal(shape) for name, shape in
         {"W1": (4, 5), "b1": (5,), "W2": (5, 3), "b2": (3,)}.items()}  # fmt: skip


def changed(**factors):
    return {name: factors.get(name, 1) * part for name, part in PARTS.items()}


def test_parts_share_a_relation():
    assert relation_of_parts(changed(W1=7, b1=7, W2=7, b2=7), PARTS, sizes=SIZES) == ["N"]
    assert relation_of_parts(changed(W1=7, b1=2, W2=7, b2=7), PARTS, sizes=SIZES) == []


def test_only_the_biases_are_off():
    got = relation_of_parts(changed(b1=1 / 7, b2=1 / 7), PARTS, sizes=SIZES)
    assert got == ["only the biases: 1/N", "only the biases"]


def test_only_some_parts_are_off():
    assert relation_of_parts(changed(W1=1 / 7, b1=1 / 7), PARTS, sizes=SIZES)[0] == "only W1, b1: 1/N"
    assert relation_of_parts(changed(b1=0.3), PARTS, sizes=SIZES) == ["only b1"]
    assert relation_of_parts(changed(W1=2, W2=2), PARTS, sizes=SIZES)[0] == "only the weights: 2"


def test_right_parts_have_no_relation():
    assert relation_of_parts(PARTS, PARTS, sizes={"N": 1}) == []


def test_tuples_of_parts_are_numbered():
    got = relation_of_parts((WANT, -WANT), (WANT, WANT), sizes=SIZES)
    assert got == ["only part 2: -1", "only part 2"]


def test_gradients_are_called_by_either_name():
    want = {"dX": WANT, "dW": WANT.T, "db": WANT[0]}
    assert relation_of_parts({**want, "db": WANT}, want, sizes=SIZES) == ["only the biases"]


def test_where_is_given_part_by_part():
    z = np.random.default_rng(3).standard_normal((5, 3))
    want = {"dZ": WANT * (z > 0), "dW": WANT}
    got = relation_of_parts({"dZ": WANT, "dW": WANT}, want, sizes=SIZES, where={"dZ": z})
    assert got == ["only dZ: only where z < 0", "only dZ"]


def test_parts_must_be_the_same():
    with pytest.raises(ValueError, match="must be the same"):
        relation_of_parts({"W": 1.0}, {"b": 1.0}, sizes={})
