"""Figures: one function each in `plots`, shown by `show` together with their description."""

from .show import show

__all__ = ["show"]
