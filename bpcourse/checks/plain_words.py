"""One sentence for each simple relation to the right answer, and NumPy's own sentences in plain words."""

from __future__ import annotations

import re

# One sentence a relation; {N} and the like are filled from the first failing case.
RELATION_SENTENCES = {
    "-1": "exactly the negative of what {it} should be{every}: a sign is turned around somewhere",
    "2": "exactly twice what {it} should be{every}: a factor 2 is counted twice, or a ½ is missing",
    "1/2": "exactly half of what {it} should be{every}: a factor 2 is missing",
    "1/4": "exactly a quarter of what {it} should be{every}",
    "4": "exactly four times what {it} should be{every}: a factor 2 is counted too often",
    "N": "exactly {N} times what {it} should be, and {N} is the number of examples: the mean over the batch is missing",
    "1/N": "exactly 1/{N} of what {it} should be, and {N} is the number of examples: something is divided by N once too often",
    "N/2": "exactly N/2 = {N}/2 times what {it} should be: the gradient of ½Σ(ŷ − y)² instead of the mean",
    "-N/2": "exactly −N/2 = −{N}/2 times what {it} should be: the article's update direction, with the minus of the update inside and no 2/N",
    "2/N": "exactly 2/N = 2/{N} times what {it} should be: the factor 2/N was applied once too often",
    "C": "exactly {C} times what {it} should be, and {C} is the number of outputs",
    "1/C": "exactly 1/{C} of what {it} should be, and {C} is the number of outputs: divide by N only",
    "H": "exactly {H} times what {it} should be, and {H} is the number of hidden units",
    "1/H": "exactly 1/{H} of what {it} should be, and {H} is the number of hidden units",
    "transposed": "exactly the transpose of what {it} should be: rows and columns are exchanged",
}


# What Python and NumPy say of common slips, and what a learner can do with it.
ADVICE = {
    "indexing arrays could not be broadcast": "the two index arrays in `Z[rows, columns]` need the same length: one "
    "row number and one column number for each entry that you pick",
    "'bitwise_xor'": "`^` is no power in Python: write `x**2` for a square",
    "truth value of an array": "`if` needs one True or False, and got an array of them: compare entry by entry with "
    "`np.where`, or ask for all of them with `np.all`",
}


def plain(error_text: str) -> str:
    """NumPy's words on shapes that do not fit, in plain ones; other texts as they are."""
    inner = re.search(r"matmul: .*size (\d+) is different from (\d+)", error_text)
    if inner:
        rows, columns = inner.groups()
        return (
            "a matrix product `@` needs as many columns in the factor on its left as rows in the one on its right, "
            f"and here the left one has {columns} columns and the right one has {rows} rows; entry by entry is `*`"
        )
    for words, advice in ADVICE.items():
        if words in error_text:
            return advice
    pair = re.search(r"could not be broadcast together with shapes (\(.*?\)) (\(.*?\))", error_text)
    if pair:
        first, second = pair.groups()
        return (
            "an operation entry by entry (`+`, `-`, `*`) needs shapes that fit, and here they are "
            f"{first} and {second}; a matrix product is written `@`"
        )
    return error_text.rstrip(".")
