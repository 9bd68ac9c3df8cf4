"""The data sets: what they hold, that damage is noticed, and that a split loses and repeats nothing."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import pytest

from bpcourse import datasets
from bpcourse.datasets import digits as digits_module

ROOT = Path(__file__).parents[2]


# --- made on the spot ---------------------------------------------------------------------------------


def test_running_example_has_the_pre_activations_of_the_script():
    X, T, p = datasets.running_example()
    Z1 = X @ p["W1"] + p["b1"]
    expected = [[0.5, -1.0, 0.9], [1.7, -1.8, 0.2], [1.5, -2.1, 1.4], [-1.9, 2.0, -1.2]]
    np.testing.assert_allclose(Z1, expected, atol=1e-12)
    assert T.ravel().tolist() == (X[:, 0] * X[:, 1] < 0).astype(float).tolist()


def test_running_example_has_thirteen_different_parameters_in_the_order_of_the_layers():
    params = datasets.running_example()[2]
    assert list(params) == ["W1", "b1", "W2", "b2"]
    assert [p.shape for p in params.values()] == [(2, 3), (3,), (3, 1), (1,)]
    assert len({float(v) for p in params.values() for v in p.ravel()}) == 13


def test_running_example_is_fresh_at_every_call():
    datasets.running_example()[2]["W1"][:] = 0
    assert datasets.running_example()[2]["W1"][0, 0] == 0.4


def test_xor_is_one_where_the_bits_differ():
    X, Y = datasets.xor()
    assert Y.shape == (4, 1)
    np.testing.assert_array_equal(Y[:, 0], X[:, 0] != X[:, 1])


@pytest.mark.parametrize("n_bits", [1, 3, 5])
def test_parity_counts_the_ones_of_every_pattern_once(n_bits):
    X, Y = datasets.parity(n_bits)
    assert len({tuple(row) for row in X}) == 2**n_bits
    assert [sum(row) % 2 for row in X.astype(int).tolist()] == Y[:, 0].tolist()


def test_mirror_symmetry_marks_the_palindromes():
    X, Y = datasets.mirror_symmetry(6)
    palindromes = [bits == bits[::-1] for bits in X.tolist()]
    assert palindromes == Y[:, 0].astype(bool).tolist()
    assert Y.dtype == np.float64 and Y.sum() == 8


def test_spirals_without_noise_start_at_a_tenth_and_end_at_one():
    X, y = datasets.spirals(20, 3, noise=0)
    radius = np.linalg.norm(X, axis=1).reshape(3, 20)
    np.testing.assert_allclose(radius[:, [0, -1]], [[0.1, 1.0]] * 3)
    assert np.bincount(y).tolist() == [20, 20, 20]


def test_spirals_follow_the_seed():
    first, second, third = (datasets.spirals(random_state=seed)[0] for seed in (1, 1, 2))
    assert np.array_equal(first, second) and not np.array_equal(first, third)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: datasets.parity(2.5), TypeError, "n_bits must be a whole number, got 2.5"),
        (lambda: datasets.parity(0), ValueError, "n_bits is 0; it must be at least 1"),
        (lambda: datasets.mirror_symmetry(17), ValueError, "at most 16 bits"),
        (lambda: datasets.spirals(0), ValueError, "n_per_class is 0; it must be at least 1"),
        (lambda: datasets.spirals(5, 1), ValueError, "n_classes is 1; it must be at least 2"),
        (
            lambda: datasets.spirals(noise=-1),
            ValueError,
            "noise is -1; it must be a finite number, at least 0",
        ),
        (lambda: datasets.spirals(noise=float("nan")), ValueError, "noise is nan"),
    ],
)
def test_bad_sizes_are_named(call, error, words):
    with pytest.raises(error, match=words):
        call()


# --- the digits ---------------------------------------------------------------------------------------


def test_digits_have_the_counts_that_the_readme_states():
    images, X, y = datasets.load_digits()
    assert images.shape == (1797, 8, 8) and X.shape == (1797, 64) and y.shape == (1797,)
    assert np.bincount(y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (images.min(), images.max()) == (0, 16)


def test_digits_X_is_the_image_divided_by_sixteen():
    images, X, _ = datasets.load_digits()
    np.testing.assert_array_equal(16 * X.reshape(-1, 8, 8), images)


def test_digits_equal_those_of_scikit_learn():
    theirs = pytest.importorskip("sklearn.datasets").load_digits()
    ours = datasets.load_digits()
    np.testing.assert_array_equal(ours.images, theirs.images)
    np.testing.assert_array_equal(ours.y, theirs.target)


def test_digits_come_as_fresh_arrays():
    datasets.load_digits().X[:] = 7
    assert datasets.load_digits().X.max() == 1


def test_file_repeats_one_sequence_of_labels():
    y = datasets.load_digits().y
    start_of_form = [i for i in range(1797 - 24) if np.array_equal(y[i : i + 24], y[:24])]
    assert len(start_of_form) == 12  # the README's fourteen, less two in which a digit is missing
    assert min(np.diff(start_of_form)) >= 124


def test_neighbours_in_the_file_look_alike():
    _, X, y = datasets.load_digits()
    distance = (X**2).sum(1)[:, None] + (X**2).sum(1) - 2 * X @ X.T
    distance[y[:, None] != y] = np.inf
    np.fill_diagonal(distance, np.inf)
    rows = np.arange(1797)
    near = np.abs(rows[:, None] - rows) < 150
    assert round(near[rows, distance.argmin(axis=1)].mean(), 2) == 0.59
    other = (y[:, None] == y) & ~np.eye(1797, dtype=bool)
    assert round(((near & other).sum(1) / other.sum(1)).mean(), 2) == 0.16


def test_checksum_is_the_same_in_the_file_the_loader_and_both_documents():
    raw = digits_module.DIGITS_FILE.read_bytes()
    assert hashlib.sha256(raw).hexdigest() == digits_module.DIGITS_SHA256
    assert len(raw) == digits_module.DIGITS_BYTES
    for document in (digits_module.DIGITS_FILE.with_name("README.md"), ROOT / "docs" / "data.md"):
        text = document.read_text(encoding="utf-8")
        assert digits_module.DIGITS_SHA256 in text and f"{digits_module.DIGITS_BYTES:,}" in text, document


def test_missing_digits_are_reported_with_a_remedy(monkeypatch, tmp_path):
    monkeypatch.setattr(digits_module, "DIGITS_FILE", tmp_path / "digits.csv.gz")
    with pytest.raises(
        FileNotFoundError, match=r"The digits are missing: there is no file .*Install bpcourse"
    ):
        datasets.load_digits()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda raw: raw[:-100], "has 57,423 bytes, not 57,523"),
        (lambda raw: raw[:500] + bytes([raw[500] ^ 1]) + raw[501:], r"has other content \(its SHA-256 is"),
    ],
)
def test_damaged_digits_are_refused(monkeypatch, tmp_path, damage, words):
    copy = Path(shutil.copy(digits_module.DIGITS_FILE, tmp_path))
    copy.write_bytes(damage(copy.read_bytes()))
    monkeypatch.setattr(digits_module, "DIGITS_FILE", copy)
    with pytest.raises(ValueError, match=f"The digits are damaged: .*{words}.*Install bpcourse again"):
        datasets.load_digits()


# --- splits -------------------------------------------------------------------------------------------


def test_random_split_is_the_recipe_of_lesson_06():
    _, X, y = datasets.load_digits()
    p = np.random.default_rng(0).permutation(1797)
    X_train, X_test, y_train, y_test = datasets.split(X, y, test_size=360, random_state=0)
    np.testing.assert_array_equal(X_train, X[p[:1437]])
    np.testing.assert_array_equal(X_test, X[p[1437:]])
    np.testing.assert_array_equal(y_train, y[p[:1437]])
    np.testing.assert_array_equal(y_test, y[p[1437:]])


def test_a_share_is_rounded_up_to_whole_examples():
    assert len(datasets.split_indices(np.zeros(1797), test_size=0.2)[1]) == 360
    assert len(datasets.split_indices(np.zeros(100), test_size=0.07)[1]) == 7


def test_file_order_takes_the_last_rows_and_shuffles_nothing():
    train, test = datasets.split_indices(np.zeros(1797), test_size=360, how="file_order", random_state=5)
    assert train.tolist() == list(range(1437)) and test.tolist() == list(range(1437, 1797))


@pytest.mark.parametrize("how", ["random", "stratified", "file_order"])
@pytest.mark.parametrize("test_size", [1, 10, 0.5, 29])
def test_every_row_lands_on_exactly_one_side(how, test_size):
    y = np.repeat([0, 1, 2], 10)
    if how == "stratified" and test_size in (1, 29):
        with pytest.raises(ValueError, match="too few to put one on each side"):
            datasets.split_indices(y, test_size=test_size, how=how)
        return
    train, test = datasets.split_indices(y, test_size=test_size, how=how)
    assert sorted([*train, *test]) == list(range(30))
    assert len(test) == (15 if test_size == 0.5 else test_size)


def test_stratified_split_gives_every_class_its_share_to_within_one_example():
    y = datasets.load_digits().y
    _, test = datasets.split_indices(y, test_size=360, how="stratified", random_state=3)
    exact = np.bincount(y) * 360 / 1797
    assert len(test) == 360
    assert np.abs(np.bincount(y[test]) - exact).max() < 1


@pytest.mark.parametrize("how", ["random", "stratified"])
def test_shuffled_splits_follow_the_seed(how):
    y = np.repeat([0, 1], 20)
    first, second, third = (datasets.split_indices(y, how=how, random_state=seed)[1] for seed in (1, 1, 2))
    assert np.array_equal(first, second) and not np.array_equal(np.sort(first), np.sort(third))


def test_split_copies():
    X = np.zeros((5, 1))
    datasets.split(X, np.arange(5), how="file_order")[0][:] = 1
    assert X.sum() == 0


@pytest.mark.parametrize("test_size", [0, 5, 1.0, 0.0, -1, float("nan"), True, "1"])
def test_an_impossible_test_size_is_named(test_size):
    with pytest.raises(
        ValueError, match="test_size is a share between 0 and 1, or a whole number from 1 to 4"
    ):
        datasets.split_indices(np.zeros(5), test_size=test_size)


def test_an_unknown_way_to_split_is_named():
    with pytest.raises(ValueError, match="how is 'sorted'; choose one of random, stratified, file_order"):
        datasets.split_indices(np.zeros(5), how="sorted")


def test_split_wants_as_many_labels_as_examples():
    with pytest.raises(ValueError, match=r"one row per example each; got shapes \(5, 2\) and \(4,\)"):
        datasets.split(np.zeros((5, 2)), np.zeros(4))


def test_stratified_split_wants_labels():
    with pytest.raises(ValueError, match=r"needs labels of shape \(N,\); got \(5, 2\)"):
        datasets.split_indices(np.zeros((5, 2)), how="stratified")


def test_one_hot_puts_a_one_at_the_label():
    Y = datasets.one_hot([2, 0, 1, 2], 4)
    assert Y.shape == (4, 4) and Y.dtype == np.float64
    assert Y.argmax(axis=1).tolist() == [2, 0, 1, 2] and Y.sum(axis=1).tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("y", "error", "words"),
    [
        ([0, 3], ValueError, r"y\[1\] is 3, but the labels must be from 0 to 2"),
        ([0, -1], ValueError, r"y\[1\] is -1"),
        ([0.0, 1.0], TypeError, "integer class labels, but its entries are of type float64"),
        ([[0], [1]], ValueError, r"y has shape \(2, 1\); it must be \(2,\)"),
    ],
)
def test_one_hot_names_a_bad_label(y, error, words):
    with pytest.raises(error, match=words):
        datasets.one_hot(y, 3)
