"""Drivers: they build what cannot travel to another process, and call the learner's function.

``drive(function, *inputs) -> outputs``, where the outputs are arrays, numbers, strings, or
flat tuples, lists and dicts of them. With `observe`, this is all that a grader's isolated
child loads of the checks: it imports NumPy and floor 1, and holds no answer.
"""

from __future__ import annotations
