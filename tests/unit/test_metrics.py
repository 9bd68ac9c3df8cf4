"""Accuracy and confusion matrix: right on small cases, equal to a peer, and safe against shapes."""

import numpy as np
import pytest

from bpcourse.metrics import accuracy, confusion_matrix


def test_accuracy_is_the_share_of_right_answers():
    assert accuracy([3, 1, 4, 1], [3, 1, 4, 2]) == 0.75


def test_accuracy_of_columns_counts_examples_not_pairs():
    column = np.array([[1], [0], [1], [1], [0]])
    assert accuracy(column, column) == 1.0


def test_accuracy_of_a_column_against_a_row_is_refused():
    with pytest.raises(ValueError, match=r"y_true has shape \(3,\) and y_pred \(3, 1\).*\.ravel\(\)"):
        accuracy(np.array([1, 0, 1]), np.array([[1], [0], [1]]))


def test_accuracy_takes_booleans_and_whole_floats():
    assert accuracy([True, False], [1.0, 1.0]) == 0.5


def test_confusion_matrix_has_the_true_class_down_and_the_predicted_across():
    table = confusion_matrix([0, 0, 0, 1], [1, 1, 0, 2])
    assert table.tolist() == [[1, 2, 0], [0, 0, 1], [0, 0, 0]]


def test_confusion_matrix_keeps_a_class_that_never_occurs():
    assert confusion_matrix([0], [1], n_classes=4).shape == (4, 4)


def test_confusion_matrix_equals_scikit_learns_and_its_trace_is_the_accuracy():
    peer = pytest.importorskip("sklearn.metrics")
    y_true, y_pred = np.random.default_rng(0).integers(0, 5, (2, 200))
    table = confusion_matrix(y_true, y_pred)
    np.testing.assert_array_equal(table, peer.confusion_matrix(y_true, y_pred))
    assert np.trace(table) / 200 == accuracy(y_true, y_pred)


@pytest.mark.parametrize("metric", [accuracy, confusion_matrix])
@pytest.mark.parametrize(
    ("y_true", "y_pred", "error", "words"),
    [
        ([], [], ValueError, r"one label per example, shape \(N,\); got \(0,\)"),
        (np.eye(3), np.eye(3), ValueError, r"one label per example, shape \(N,\); got \(3, 3\)"),
        (1, 1, ValueError, r"one label per example, shape \(N,\); got \(\)"),
        ([0, 1], [0.0, 0.9], ValueError, "y_pred holds 0.9, which is no label"),
        ([0, np.nan], [0, 1], ValueError, "y_true holds nan, which is no label"),
        ([0, 1], [0, np.inf], ValueError, "y_pred holds inf, which is no label"),
        (["a"], ["a"], TypeError, "y_true holds labels as whole numbers"),
    ],
)
def test_what_is_no_list_of_labels_is_named(metric, y_true, y_pred, error, words):
    with pytest.raises(error, match=words):
        metric(y_true, y_pred)


@pytest.mark.parametrize(
    ("y_true", "y_pred", "words"),
    [
        ([0, 3], [0, 1], "y_true holds the label 3; 3 classes have labels 0 to 2"),
        ([0, 1], [0, -1], "y_pred holds the label -1; 3 classes"),
    ],
)
def test_confusion_matrix_names_a_label_out_of_range(y_true, y_pred, words):
    with pytest.raises(ValueError, match=words):
        confusion_matrix(y_true, y_pred, n_classes=3)
