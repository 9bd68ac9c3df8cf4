"""The five listings of exercise 04.4: one backward pass, each time with one line wrong.

Each is a program: a test runs it and confirms that it makes the mistake it is said to make.
"""

from __future__ import annotations

NAMES = ("listing 1", "listing 2", "listing 3", "listing 4", "listing 5")

RIGHT = (
    "Z1 = X @ W1 + b1",
    "A1 = sigmoid(Z1)",
    "Z2 = A1 @ W2 + b2",
    "A2 = sigmoid(Z2)",
    "dZ2 = 2 * (A2 - Y) / N * A2 * (1 - A2)",
    "dW2 = A1.T @ dZ2",
    "db2 = dZ2.sum(axis=0)",
    "dZ1 = (dZ2 @ W2.T) * A1 * (1 - A1)",
    "dW1 = X.T @ dZ1",
    "db1 = dZ1.sum(axis=0)",
    "W2 = W2 - lr * dW2",
    "b2 = b2 - lr * db2",
    "W1 = W1 - lr * dW1",
    "b1 = b1 - lr * db1",
)

WRONG_LINE = {"listing 1": 7, "listing 2": 8, "listing 3": 6, "listing 4": 7, "listing 5": 10}
SYMPTOM_LINE = {"listing 2": 9, "listing 4": 9}  # where the fault shows, which is not where it is
MISTAKE = {"listing 1": "M34", "listing 2": "M24", "listing 3": "M30", "listing 4": "M38", "listing 5": "M35"}

_PLANTED = {
    "listing 1": "db2 = dZ2.mean(axis=0)",
    "listing 2": "dZ1 = (dZ2 @ W2.T) * sigmoid(A1) * (1 - sigmoid(A1))",
    "listing 3": "dW2 = Z1.T @ dZ2",
    "listing 5": "db1 = dZ1.sum()",
}

_MEANING = {
    "Z1 = X @ W1 + b1": "is the first layer's forward pass, Eq. (1.4), and it is right",
    "A1 = sigmoid(Z1)": "squashes the hidden layer, Eq. (1.2), and it is right",
    "Z2 = A1 @ W2 + b2": "is the second layer's forward pass, Eq. (1.4), and it is right",
    "A2 = sigmoid(Z2)": "squashes the output, Eq. (1.2), and it is right",
    "dZ2 = 2 * (A2 - Y) / N * A2 * (1 - A2)": "is Eq. (4.1) with its three parts: error, 2/N, slope. It is right",
    "dW2 = A1.T @ dZ2": "is Eq. (4.2): the weights of layer 2 saw A1. It is right",
    "db2 = dZ2.sum(axis=0)": "is Eq. (4.2): a sum over the examples. It is right",
    "dZ1 = (dZ2 @ W2.T) * A1 * (1 - A1)": "is Eq. (4.3), letter by letter. If its value is off, something before it is",
    "dW1 = X.T @ dZ1": "is Eq. (4.4): the weights of layer 1 saw X. If its value is off, look at what goes into it",
    "db1 = dZ1.sum(axis=0)": "is Eq. (4.4): a sum over the examples. If its value is off, look at what goes into it",
    "W2 = W2 - lr * dW2": "is one step downhill, after all gradients are known. It is right",
    "b2 = b2 - lr * db2": "is one step downhill, and it is right",
    "W1 = W1 - lr * dW1": "is one step downhill, and it is right",
    "b1 = b1 - lr * db1": "is one step downhill, and it is right",
}


def lines(name: str) -> list[str]:
    """The lines of one listing, from line 1 on."""
    text = list(RIGHT)
    if name == "listing 4":  # the order is wrong: W2 moves before δ1 has used it
        text.insert(WRONG_LINE[name] - 1, text.pop(text.index("W2 = W2 - lr * dW2")))
    else:
        text[WRONG_LINE[name] - 1] = _PLANTED[name]
    return text


def show_listing(number: int) -> None:
    """Print a listing with its line numbers.

    Parameters
    ----------
    number : int
        1 to 5.
    """
    if number not in range(1, len(NAMES) + 1):
        raise ValueError(f"number must be 1 to {len(NAMES)}, got {number!r}")
    print("\n".join(f"{i:2d}  {line}" for i, line in enumerate(lines(NAMES[number - 1]), 1)))


def sentences(name: str) -> dict[int, str]:
    """What to say to whoever points at another line than the wrong one; 0 stands for "no bug"."""
    said = {
        0: "there is a bug. Compare every line with its equation; a network with such a bug may even learn, as lesson 06 shows."
    }
    for number, line in enumerate(lines(name), 1):
        if number != WRONG_LINE[name]:
            said[number] = f"line {number}, `{line}`, {_MEANING[line]}."
    return said
