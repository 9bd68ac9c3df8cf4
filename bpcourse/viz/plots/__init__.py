"""One function a figure, one module a subject. Each returns a matplotlib figure for `viz.show`."""
