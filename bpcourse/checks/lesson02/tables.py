"""Mistakes from a table of what is said of each."""

from __future__ import annotations

from ..exercise import Mistake


def registered(variant, said, documented):
    """Mistakes from a table of id -> (cause, message), each made by ``variant(id)``."""
    return tuple(
        Mistake(i, variant(i), message=message, cause=cause, documented=documented.get(i, {}))
        for i, (cause, message) in said.items()
    )
