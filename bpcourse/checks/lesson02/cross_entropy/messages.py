"""What to say of each wrong answer to 02.5, and the symptoms that were measured."""

from __future__ import annotations

import numpy as np

from .variants import CAPS


def message_m14(facts):
    """By how much a row went down, and what it sums to."""
    y, dZ, C = facts["y"], facts["got"]["dZ"], facts["C"]
    row = int(np.argmax(y))
    return (
        f"The loss is right. In dZ you subtracted the label itself: in a row with y = {y[row]}, all {C} columns went down by {y[row]} (before the division by N), and "
        f"that row of your dZ sums to {dZ[row].sum():.2f} rather than 0. A label says *which* column, not *how much*: the target Y in Eq. (3.5) has a 1 in the "
        "label's column and 0 elsewhere."
    )


def message_ce_cap(facts):
    """What the loss is on the row at ±1000, where a cap on the logarithm shows."""
    return (
        f"dZ is right, and so is the loss on ordinary logits. On {facts['case']} it is only {float(facts['got']['loss']):.1f}: a probability that is kept away from 0 "
        "puts a cap on its logarithm, and the loss cannot tell a bad mistake from a terrible one. Eq. (2.5) needs no probability: log Σ e^z − z_y, with the "
        "row's maximum taken off first."
    )


def message_not_the_largest(facts):
    """What is left of a row when something smaller than its maximum is taken off."""
    return (
        f"On ordinary logits both are right. On {facts['case']} a logit beyond 709.8 is left after what you took off its row, and its exponential is infinite. "
        "A row's smallest logit, its mean or its first one is not enough: take off its *largest*, Eq. (2.4)."
    )


def message_not_the_largest_in_loss(facts):
    """The same where dZ came out right."""
    return (
        f"dZ is right, and so is the loss on ordinary logits. On {facts['case']} a logit beyond 709.8 is left after what you took off its row, so the loss "
        "is infinite. A row's smallest logit, its mean or its first one is not enough: take off its *largest*, in both places of Eq. (2.5)."
    )


DZ, LOSS = "dZ is right. ", "The loss is right. "
SAID = {
    "M07": (
        "the loss is summed over the examples, not averaged",
        DZ
        + "Your loss grows with the batch: it is exactly {N} times the mean over the {N} examples, with which Eq. (2.5) ends.",
    ),
    "M10": (
        "exp of logits near 1000 overflows",
        "On ordinary logits both are right. On {case} exp(1000) is too large for any float: the loss is infinite, and dZ holds nan (inf/inf). Take the row's maximum off "
        "all its logits first, which changes no probability, Eq. (2.4).",
    ),
    "M10b": (
        "exp of logits near 1000 overflows in the loss",
        DZ
        + "On ordinary logits the loss is right too. On {case} exp(1000) is too large for any float, and the loss is infinite. Take the row's maximum off all its "
        "logits first, S = Z − max, and use S in both places of Eq. (2.5).",
    ),
    "M11": (
        "the maximum of the whole table is taken off, not each row's own",
        "On ordinary logits both are right. On {case} they are not: after one maximum for the whole table, a row near 0 has only logits near −1000, their exponentials "
        "are 0, and log(0) and 0/0 follow. Each row needs its own maximum: `axis=1, keepdims=True`, Eq. (2.4).",
    ),
    "M11b": (
        "in the loss the maximum of the whole table is taken off, not each row's own",
        DZ
        + "On ordinary logits the loss is right too. On {case} it is infinite: after one maximum for the whole table, a row near 0 has only logits near −1000, "
        "their exponentials are 0, and the log of their sum is minus infinity. Each row needs its own maximum: `axis=1, keepdims=True`.",
    ),
    "M11c": (
        "the maximum of the whole table is taken off, and the loss takes the logarithm of a probability",
        "On ordinary logits both are right. On {case} they are nan: after one maximum for the whole table, a row near 0 has only logits near −1000, and its "
        "probabilities are 0/0. Each row needs its own maximum: `axis=1, keepdims=True`. Then take the loss from the logits, Eq. (2.5), so that no log(0) is left.",
    ),
    "M13": (
        "it is divided by the number of classes too",
        "Loss and dZ are both exactly 1/{C} of what they should be, with {C} classes: you averaged over all {N}·{C} entries. The loss is a mean over "
        "the {N} examples; divide by {N} only.",
    ),
    "M13b": (
        "the loss is divided by the number of classes too",
        DZ
        + "Your loss is exactly 1/{C} of the right one, with {C} classes: a mean over the whole table counts the zeros of each row too. "
        "Take one entry a row, the true class's, and the mean over the {N} rows, Eq. (2.5).",
    ),
    "M13c": (
        "dZ is divided by the number of classes too",
        LOSS
        + "Your dZ is exactly 1/{C} of the gradient, with {C} classes: you divided by the number of entries. Divide by the {N} examples "
        "only, Eq. (3.5).",
    ),
    "M14": ("the label itself is subtracted in dZ, not its one-hot row", message_m14),
    "M14b": (
        "nothing is subtracted at the true class in dZ",
        LOSS
        + "Your dZ is P/N: the 1 at the true class was not taken off, so nothing pulls the true class up. The rows of P − Y sum to 0, Eq. (3.5).",
    ),
    "M15": (
        "dZ is 0 for all wrong classes",
        LOSS
        + "In dZ only the true classes' entries are right. The others are 0, as if the wrong classes had nothing to lose. Whatever the true class "
        "gains, the others lose: each row of P − Y sums to 0, Eq. (3.5).",
    ),
    "M16": (
        "dZ is multiplied by P(1 − P) once more",
        LOSS
        + "Your dZ has P(1 − P) in it once more: P − Y is *already* the slope in Z, with softmax's own slopes inside, Eq. (3.5). "
        "(The overall cosine is still {cos:.2f}, so training would hide this.)",
    ),
    "M17": (
        "each probability is given a slope in its own logit only",
        LOSS
        + "In dZ you gave every probability a slope in its own logit only, P(1 − P), and left out that each logit moves *every* probability of its row; "
        "at ±1000 it ends in 0 times infinity. Add those paths, Eq. (3.2), and P − Y is left, Eq. (3.5).",
    ),
    "M21": (
        "dZ has the wrong sign",
        LOSS
        + "Your dZ is exactly the negative of the gradient: Y − P in place of P − Y. A gradient points uphill, Eq. (3.5); the minus comes later, in the update.",
    ),
    "M21b": (
        "dZ has the wrong sign and no 1/N",
        LOSS
        + "Your dZ is exactly −{N} times the gradient: Y − P in place of P − Y, and without the 1/N of the mean over {N} examples, Eq. (3.5).",
    ),
    "M36": (
        "the 1/N is missing in dZ",
        LOSS
        + "Your dZ is exactly {N} times too large, and {N} is the number of examples: the loss is a mean, so every row of its gradient "
        "carries 1/N, Eq. (3.5).",
    ),
    "M36b": (
        "loss and dZ are summed over the examples, not averaged",
        "Loss and dZ are both exactly {N} times too large, and {N} is the number of examples. They fit each other, but both grow with the batch: the loss of "
        "this course is the *mean* over the examples, and its gradient carries 1/N, Eq. (3.5).",
    ),
    "M107b": (
        "the maximum is taken off in the sum, but not in the true class's logit",
        DZ
        + "In the loss you took the row's maximum off inside the sum, and not in z of the true class, so the two no longer belong together. Shift once, "
        "S = Z − max, and use S in both places of Eq. (2.5).",
    ),
    "M108": (
        "the exponentials of the whole table are summed, not each row's own",
        "Loss and dZ both use the sum of *all* exponentials of the table. Each row is one example: its probabilities are shares of its own sum, over axis 1, Eq. (2.4).",
    ),
    "M108b": (
        "in the loss the exponentials of the whole table are summed, not each row's own",
        DZ
        + "In the loss the exponentials of the *whole table* are summed under the logarithm. Each row has its own sum, over axis 1, Eq. (2.5).",
    ),
    "M108c": (
        "the exponentials of the whole table are summed, and the loss takes the logarithm of a probability",
        "Your probabilities are shares of the sum of the *whole table*. Each row is one example, and has its own sum, over axis 1, Eq. (2.4). Then take the loss from "
        "the logits, Eq. (2.5): at ±1000 the logarithm of a probability is infinite.",
    ),
    "M221": (
        "in the loss each column's maximum is taken off, not each row's",
        DZ
        + "In the loss each *column's* maximum is taken off, and that changes the gaps within a row. Only one and the same number for all logits of a row leaves "
        "Eq. (2.5) as it is: take the maximum over axis 1.",
    ),
    "M221c": (
        "each column's maximum is taken off, not each row's",
        "In loss and dZ each *column's* maximum is taken off, and that changes the gaps within a row. Only one and the same number for all logits of a row leaves its "
        "probabilities as they are: take the maximum over axis 1.",
    ),
    **{
        i: ("it is not the row's maximum that is taken off", message)
        for i, message in (
            ("M425", message_not_the_largest_in_loss),
            ("M425b", message_not_the_largest),
            ("M425c", message_not_the_largest_in_loss),
            ("M425d", message_not_the_largest),
        )
    },
    "M403": (
        "the sum of the loss is divided by 2, whatever N is",
        DZ
        + "Your loss is half the sum over the rows, whatever their number. In the example N is 2, and 2 is not N elsewhere: take the mean over the {N} rows that came.",
    ),
    "M430": (
        "in dZ whole rows lose 1: the labels are used as numbers of rows",
        LOSS
        + "In dZ whole *rows* lost 1, in every column: with `[y]` alone the labels pick rows. A label names a column of its own row: "
        "`[np.arange(N), y]` takes rows and labels together.",
    ),
    "M431": (
        "only the 1 at the true class is divided by N in dZ",
        LOSS
        + "In dZ the 1/N is on the 1 of the true class alone, and P went without it. The whole difference is divided by N: (P − Y)/N, Eq. (3.5).",
    ),
    "M432": (
        "only P is divided by N in dZ",
        LOSS
        + "In dZ the 1/N is on P alone, and the 1 of the true class went without it. The whole difference is divided by N: (P − Y)/N, Eq. (3.5).",
    ),
    "M433": (
        "a table (N, C) meets N numbers that are no column",
        "Your function stopped where a table of shape {Z.shape} meets an array of shape {y.shape}: NumPy lines the {N} numbers up with the {C} *columns*. Row maxima and row "
        "sums need `keepdims=True`, which keeps them as a column. Labels are no numbers to subtract: they say in which column a row loses 1, `[np.arange(N), y]`.",
    ),
    "M110": (
        "the logarithm is taken of a probability that is rounded to 0",
        "dZ is right, and so is the loss on ordinary logits. On {case} it is infinite: the true class's probability is rounded to 0, and its logarithm "
        "is lost. The softmax is right; do not go through it. Eq. (2.5) takes log Σ e^z − z_y, with the row's maximum taken off first.",
    ),
    "M110b": (
        "the loss is taken after 1 was subtracted from P",
        DZ
        + "Your loss is not a number (nan), as the logarithm of a negative number is. Did you subtract the 1 at the true class first? Then p − 1 is left there. "
        "Compute the loss before you change P, or let dZ begin as a copy.",
    ),
    **dict.fromkeys(CAPS, ("the probability is kept away from 0, which caps the loss", message_ce_cap)),
    "M112": (
        "the loss takes the columns of all labels for every row",
        DZ
        + "`P[:, y]` is a table of {N} by {N}: for every row the columns of *all* labels. One entry a row is wanted: "
        "`P[np.arange(N), y]` walks down rows and labels together. (And at ±1000 it is safer from the logits, Eq. (2.5).)",
    ),
    "M112b": (
        "the loss takes the columns of all labels for every row",
        DZ
        + "Indexing with `[:, y]` gives a table of {N} by {N}: for every row the columns of *all* labels. One entry a row is wanted: "
        "`[np.arange(N), y]` walks down rows and labels together, Eq. (2.5).",
    ),
    "M112c": (
        "in dZ every row loses 1 in the columns of all labels",
        LOSS
        + "In dZ every row lost 1 in the columns of *all* labels: that is what `[:, y]` means. One entry a row is wanted: "
        "`[np.arange(N), y]` walks down rows and labels together.",
    ),
    "M113": (
        "1 is subtracted at the largest score, not at the label",
        LOSS
        + "In dZ you subtracted 1 in the column of the *largest* score, which is what the network believes. The target is what is true: "
        "the column that y names, Eq. (3.5).",
    ),
    "M114": (
        "dZ is still the slope in the probabilities",
        LOSS
        + "Your dZ is still the slope in the *probabilities*, −Y/(N·P). It has to pass the softmax, where every logit moves every probability; "
        "what comes out is P − Y over N, Eq. (3.5).",
    ),
    "M212d": (
        "the mean of the loss is not taken",
        DZ
        + "Your loss has shape {got[loss].shape}, one number for each example. The loss of a batch is one number, their mean.",
    ),
    "M219c": (
        "the loss has the wrong sign",
        DZ
        + "Your loss is exactly the negative: the logarithm of a probability is never above 0, so a loss, which grows with the mistake, is *minus* "
        "that logarithm, Eq. (2.5).",
    ),
}

DOCUMENTED = {
    "M07": {"loss factor": "N"},
    "M13": {"factor": "1/C"},
    "M16": {"dZ ratio": 0.23, "dZ cos": 0.99},
    "M21": {"dZ factor": "-1"},
    "M36": {"dZ factor": "N"},
    "M111": {"loss ratio": 0.0184},
    "M112": {"loss ratio": 0.809},
    "M113": {"dZ rel": 0.77, "dZ cos": -0.15},
    "M114": {"dZ rel": 0.81, "dZ cos": 0.71},
}
