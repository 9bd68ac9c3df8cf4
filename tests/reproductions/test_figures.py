"""Every reproduction has a figure that says in words what it shows, with numbers, and names its axes."""

import re

import matplotlib
import matplotlib.pyplot as plt
import pytest

from bpcourse.reproductions import REPRODUCTIONS
from bpcourse.viz.plots import reproductions as plots

matplotlib.use("Agg")


@pytest.mark.parametrize("function", REPRODUCTIONS, ids=lambda function: function.__name__)
def test_a_figure_describes_itself_and_names_its_axes(run, function):
    figure = getattr(plots, function.__name__)(run(function))
    words = figure.get_label()
    assert len(words) > 100 and len(re.findall(r"\d", words)) > 5 and words.endswith(".")
    for axes in figure.axes:
        shared = axes.get_shared_y_axes().get_siblings(axes)
        assert axes.get_xlabel() or axes.get_ylabel(), "a colour bar names its quantity"
        assert any(sibling.get_ylabel() for sibling in shared)
    plt.close(figure)
