"""The slope of σ, which three exercises share."""


def slope(A):
    """Slope of σ, Eq. (3.3), from its output."""
    return A * (1 - A)
