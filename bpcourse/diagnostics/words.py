"""What the doctor says of each cause. Names in braces are filled with the numbers that were seen."""

STUCK = "{trial}; the best answer that is the same for every example has {constant}. "

OTHER_RATE = " That took another learning rate as well, {rate:g}: with {given:g} the copy did not get far in as many steps."

WORDS = {
    "healthy": "{trial}, clearly below {constant}, the loss of the best answer that is the same for every example. It learns.",
    "unshuffled": STUCK
    + "The batches, taken as the rows lie, hold few of the classes each, so every step unlearns what the steps before it learnt. "
    "With shuffled rows, and nothing else changed, a copy came to {remedy}. Shuffle the rows in every epoch.",
    "zeros": STUCK
    + "All weights are 0, so every unit of layer {layer} is the same, gets the same gradient, and stays the same. "
    "A copy with weights drawn at random came to {remedy}. Start at random.",
    "symmetry": STUCK
    + "All units of layer {layer} have the same weights, in and out. They get the same gradient and stay twins: the layer works as one unit. "
    "A copy with weights drawn at random came to {remedy}. Start at random.",
    "dead_relu": STUCK
    + "In layer {layer}, {share:.0%} of the units are silent for every row. ReLU has slope 0 there, so no gradient gets through, and none wakes them. "
    "A copy with weights drawn anew and biases of 0 came to {remedy}. Look at the biases of that layer, and at the size of its weights.",
    "weights_too_large": STUCK
    + "The weights of layer {layer} multiply the spread of what comes in by about {scale:.2g}, where 1 to 1.4 keeps it. "
    "Sums grow from layer to layer; a sigmoid or tanh saturates, and with ReLU the numbers explode. "
    "A copy whose weights have the usual size came to {remedy}.",
    "weights_too_small": STUCK
    + "The weights of layer {layer} multiply the spread of what comes in by about {scale:.2g}, where 1 to 1.4 keeps it. "
    "What tells the examples apart fades on the way forward, and the gradient on the way back. "
    "A copy whose weights have the usual size came to {remedy}.",
    "too_deep": STUCK
    + "On its way to layer {layer} the error signal shrinks to {ratio:.1e} of what it is at the output, though the weights have a usual size: "
    "the slopes of the activation, multiplied layer by layer, eat it up. "
    "A copy with ReLU, weights for it, and the learning rate {rate:g} came to {remedy}.",
    "rate_too_high": STUCK + "A step changes layer {layer} by {ratio:.1e} of its own length. "
    "With the learning rate {rate:g} divided by {factor}, and nothing else changed, a copy came to {remedy}.",
    "rate_too_low": STUCK + "A step changes layer {layer} by only {ratio:.1e} of its own length. "
    "With the learning rate {rate:g} times {factor}, and nothing else changed, a copy came to {remedy}. More steps would do as well.",
    "labels_do_not_match": STUCK
    + "Rows that lie close together have their labels in common no more often than rows at random, so this X says nothing of this y. "
    "Were the rows of one of them moved, and those of the other not?",
    "unknown": STUCK
    + "None of the usual causes: with shuffled rows, other weights, or a rate up to a thousand times smaller or larger, it does no better in as many steps. "
    "Check the gradient (lesson 05), then give it more steps.",
}
