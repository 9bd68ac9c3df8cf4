"""Every data set of the course: the running example, small made-up tasks, real digits, and how to split.

Rows are examples everywhere. A two-way answer comes as a column ``Y (N, 1)`` of 0 and 1, as a network with
one output needs it; a choice among classes comes as labels ``y (N,)``, and `one_hot` turns labels into rows.
"""

from bpcourse.datasets.digits import Digits, load_digits
from bpcourse.datasets.made_up import mirror_symmetry, parity, running_example, spirals, xor
from bpcourse.datasets.splits import one_hot, split, split_indices

__all__ = [
    "Digits",
    "load_digits",
    "mirror_symmetry",
    "one_hot",
    "parity",
    "running_example",
    "spirals",
    "split",
    "split_indices",
    "xor",
]
