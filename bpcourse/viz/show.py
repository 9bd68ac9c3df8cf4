"""Show a figure with its description, so that a reader who cannot see it reads it."""

from __future__ import annotations

import html

import matplotlib.pyplot as plt
from matplotlib.figure import Figure


def show(figure: Figure, *, alt: str | None = None) -> None:
    """Display a figure, then its description in a fold, then close the figure.

    No Jupyter page reads an alternative text out of a picture's metadata, so the words are
    an output of their own, which every reader gets.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        A figure of `bpcourse.viz.plots` brings its description with it (see `describe`).
    alt : str, optional
        What the figure shows, with the numbers read off it, in a sentence or two. Needed
        for a figure that has no description of its own.

    Raises
    ------
    ValueError
        If there is no description, or it only names the figure.
    """
    from IPython.display import HTML, display

    words = " ".join((alt or figure.get_label()).split())
    if len(words) < 30:
        raise ValueError(f"alt must say in a sentence what the figure shows, with a number; got {words!r}")
    display(figure, metadata={"image/png": {"alt": words}})
    text = html.escape(words)
    display(HTML(f"<details><summary>Describe this figure</summary>{text}</details>"))
    plt.close(figure)
