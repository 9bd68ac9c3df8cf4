"""01.5: weights of threshold units that compute XOR."""

from __future__ import annotations

import numpy as np

from ..drivers import threshold_table
from ..exercise import Exercise, Mistake

OR_AND_NAND = ([[1, -1], [1, -1]], [-0.5, 1.5])  # unit 1 says OR, unit 2 says NAND


def weights(W1_b1, W2, b2):
    """A function without arguments that returns these weights."""
    return lambda: (*map(np.array, W1_b1), np.array(W2), np.array(b2))


BOTH_INPUTS = ([[1, 0], [0, 1]], [-0.5, -0.5])  # each unit passes one input on
HALF = "It is one half of XOR: one hidden unit can find this half, the other one the other, and the output join the two."
ONE_LINE = "One straight line is enough for that. XOR needs two, and each hidden unit can draw one."
WORK_OUT = "For each pair, work out what the two hidden units say, and then the output's z."

# id, the gate's name, its table, the output's weights and bias on x₁ and x₂, and what to do
OTHER_GATES = (
    ("M329", "x₁ and not x₂", "0010", [[1], [-1]], [-0.5], HALF),
    ("M330", "x₂ and not x₁", "0100", [[-1], [1]], [-0.5], HALF),
    ("M331", "x₁, whatever x₂ is", "0011", [[1], [0]], [-0.5], ONE_LINE),
    ("M332", "x₂, whatever x₁ is", "0101", [[0], [1]], [-0.5], ONE_LINE),
    ("M333", "NOT x₁, whatever x₂ is", "1100", [[-1], [0]], [0.5], ONE_LINE),
    ("M334", "NOT x₂, whatever x₁ is", "1010", [[0], [-1]], [0.5], ONE_LINE),
    ("M335", "NOR, neither of the two", "1000", [[-1], [-1]], [0.5], WORK_OUT),
    ("M336", "x₁ or not x₂", "1011", [[1], [-1]], [0.5], WORK_OUT),
    ("M337", "x₂ or not x₁", "1101", [[-1], [1]], [0.5], WORK_OUT),
)


def gate_message(name, table, way):
    """What the network says, what that is called, and for which pairs it is not XOR."""
    pairs = zip(("0 0", "0 1", "1 0", "1 1"), table, "0110", strict=True)
    wrong = [pair for pair, said, right in pairs if said != right]
    many = f"The answers to {', '.join(wrong[:-1])} and {wrong[-1]} are not those of XOR."
    where = many if len(wrong) > 1 else f"Only the answer to {wrong[0]} is wrong."
    return f"Your network says {' '.join(table)}: that is {name}. {where} {way}"


EXERCISE = Exercise(
    id="01.5",
    name="xor_weights",
    points=3,
    title="Choose weights that solve XOR",
    kind="construct",
    returns=("answer to 0 0", "answer to 0 1", "answer to 1 0", "answer to 1 1"),
    reference=weights(OR_AND_NAND, [[1], [1]], [-1.5]),
    drive=threshold_table,
    mistakes=(
        Mistake(
            "M90",
            weights(OR_AND_NAND, [[-1], [-1]], [1.5]),
            message="Your network says 1 0 0 1: it finds the pairs that are *equal* (XNOR), the exact opposite of XOR. "
            "The hidden layer can stay; turn the signs of W2 and b2 around (and keep every z away from 0).",
        ),
        Mistake(
            "M91",
            weights(OR_AND_NAND, [[1], [0]], [-0.5]),
            message="Your network says 0 1 1 1: that is OR. Only the answer to 1 1 is wrong. One straight line is enough for OR; a second unit has to "
            "switch the answer off where both inputs are 1.",
        ),
        Mistake(
            "M92",
            weights(OR_AND_NAND, [[0], [1]], [-0.5]),
            message="Your network says 1 1 1 0: that is NAND, not both. Only the answer to 0 0 is wrong. A second unit has to switch the answer off "
            "where both inputs are 0.",
        ),
        Mistake(
            "M93",
            weights(([[1, -1], [-1, 1]], [-1, -1]), [[1], [1]], [-0.5]),
            message="Your network says 0 to all four: the output's z never gets above 0. For each pair, work out what the two hidden units say, "
            "and then the output's z. Perhaps a weight has the wrong sign, a bias is too low, or a z is exactly 0, where a unit says 0.",
        ),
        Mistake(
            "M204",
            weights(([[1, 1], [1, 1]], [-1.5, -1.5]), [[1], [1]], [-0.5]),
            message="Your network says 0 0 0 1: that is AND. It is a useful unit: XOR is 1 where OR says 1 and AND does not.",
        ),
        Mistake(
            "M205",
            weights(OR_AND_NAND, [[1], [1]], [-0.5]),
            message="Your network says 1 to all four: the output's z is always above 0. For each pair, work out what the two hidden units say, "
            "and then the output's z. Do the hidden units tell the pairs apart at all? If they do, W2 or b2 is what lets all pass.",
        ),
        *(
            Mistake(id, weights(BOTH_INPUTS, W2, b2), message=gate_message(name, table, way))
            for id, name, table, W2, b2, way in OTHER_GATES
        ),
    ),
    hints=(
        "XOR is 1 where at least one input is 1 *and* not both are. Each half is one straight line, so each can be one unit.",
        "Unit 1: OR, x₁ + x₂ − 0.5 > 0. Unit 2: NAND, −x₁ − x₂ + 1.5 > 0. The output: both of them, an AND.",
        "W1 = np.array([[1, -1], [1, -1]]); b1 = np.array([..., ...])\nW2 = np.array([[1], [1]]); b2 = np.array([...])\nreturn W1, b1, W2, b2",
    ),
)
