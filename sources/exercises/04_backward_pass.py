# %% [markdown]
# # Exercises: push the error back through one layer
#
# Six tasks, 16 points, about 40 minutes. You build the backward pass of lesson 04 out of small functions. The last task comes back
# to lesson 02, whose cross-entropy now gets its gradient.
#
# How it works: replace `raise NotImplementedError` by your code, run the cell, then run the `check` below it. It tells
# you what is right, and which mistake it sees. `hint("04.1")` gives the idea, `hint("04.1", level=2)` the formula,
# `level=3` the skeleton. Attempts and hints cost nothing.

# %%
import numpy as np

from bpcourse import check, hint, progress, try_it
from bpcourse.activations import sigmoid, softmax
from bpcourse.checks.lesson04.listings import show_listing

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# Rows are examples. N, D, H, C count examples, inputs, hidden units and outputs. `dZ` means ∂L/∂Z; the targets, T in
# the lesson, are called `Y` here. Up to 04.5 the loss is the mean
# squared error, Eq. (2.1): summed over outputs, averaged over examples.

# %% [markdown]
# ## 04.1 Find the error signal of the output layer
#
# *2 points.* The outputs `A2 = σ(Z2)` and the targets `Y` are both (N, C). Return δ2 = ∂L/∂Z2, also (N, C), by Eq. (4.1):
#
# $$\delta_2 = \frac{2}{N}\,(A_2 - Y)\odot A_2\,(1 - A_2)$$
#
# Example: `A2 = [[0.5], [0.2]]`, `Y = [[0], [1]]` gives `[[0.125], [-0.128]]`.
# <!-- given: 0.5 0.2 0.125 0.128 -->

# %% nbgrader={"grade_id": "ex-04-1", "solution": true}
def output_delta(A2, Y):
    """Error signal of a sigmoid output layer under the mean squared error.

    A2, Y : arrays of shape (N, C)
    Returns dZ2 : array of shape (N, C)
    """
    ### BEGIN SOLUTION
    return 2 / len(Y) * (A2 - Y) * A2 * (1 - A2)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-04-1", "grade": true}
check("04.1", output_delta)

# %% [markdown]
# A place to try your function on numbers of your own, here those of the example:

# %%
try_it("04.1", output_delta, np.array([[0.5], [0.2]]), np.array([[0.0], [1.0]]))

# %% [markdown]
# ## 04.2 Carry the error back through one layer
#
# *2 points.* From δ2 (N, C), the weights `W2` (H, C), and the hidden layer's `Z1` and `A1` (N, H), return δ1 (N, H) by Eq. (4.3), for any
# of three activations. Their slopes: `"sigmoid"`: $a(1-a)$; `"tanh"`: $1-a^2$; `"relu"`: 1 where $z > 0$, else 0.
#
# Example: `dZ2 = [[2]]`, `W2 = [[1], [3]]`, `Z1 = [[4, -1]]`, `A1 = [[4, 0]]`, `"relu"` gives `[[2, 0]]`.

# %% nbgrader={"grade_id": "ex-04-2", "solution": true}
def hidden_delta(dZ2, W2, Z1, A1, activation):
    """Error signal of a hidden layer.

    dZ2 : (N, C)    W2 : (H, C)    Z1, A1 : (N, H)
    activation : "sigmoid", "tanh" or "relu"
    Returns dZ1 : (N, H)
    """
    ### BEGIN SOLUTION
    bill = dZ2 @ W2.T
    if activation == "sigmoid":
        return bill * A1 * (1 - A1)
    if activation == "tanh":
        return bill * (1 - A1**2)
    return bill * (Z1 > 0)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-04-2", "grade": true}
check("04.2", hidden_delta)

# %% [markdown]
# ## 04.3 Turn δ into the gradients of weights and biases
#
# *2 points.* One layer received `A_prev` (N, D) and has the error signal `dZ` (N, H). Return the gradients `dW` (D, H) and `db` (H,), by
# Eq. (4.2), which is Eq. (4.4) with other names. The $1/N$ of the loss is in `dZ` already.
#
# Example: `A_prev = [[1, 2], [3, 4]]`, `dZ = [[1], [10]]` gives `dW = [[31], [42]]`, `db = [11]`.

# %% nbgrader={"grade_id": "ex-04-3", "solution": true}
def param_grads(A_prev, dZ):
    """Gradients of one layer's weights and biases.

    A_prev : (N, D)    dZ : (N, H)
    Returns dW : (D, H), db : (H,)
    """
    ### BEGIN SOLUTION
    weights = A_prev.T @ dZ
    biases = dZ.sum(axis=0)
    return weights, biases
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-04-3", "grade": true}
check("04.3", param_grads)

# %% [markdown]
# ## 04.4 Find the line that is wrong
#
# *2 points, 0.4 for each listing.* The next cell prints five programs: forward pass, backward pass, and one step downhill at the
# end, where `lr` is the size of the step. In each of them one line is wrong. Return the five line
# numbers, in order. Name the line that is wrong, not a later one where its effect shows. (0 would say
# that no line is wrong.)
# <!-- given: 0.4 -->

# %%
for number in range(1, 6):
    print(f"listing {number}")
    show_listing(number)
    print()

# %% nbgrader={"grade_id": "ex-04-4", "solution": true}
def which_line():
    """The number of the wrong line in listings 1 to 5, as a list of five."""
    ### BEGIN SOLUTION
    return [7, 8, 6, 7, 10]
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-04-4", "grade": true}
check("04.4", which_line)

# %% [markdown]
# ## 04.5 Backpropagate through the whole network
#
# *4 points.* Two layers, σ after each, mean squared error. Take `X` (N, D), `Y` (N, C) and the weights; run the forward pass of
# Eq. (1.4), then Eq. (4.1) to (4.4). Return a dict with the keys `"W1"`, `"b1"`, `"W2"`, `"b2"`, each a gradient with the shape of what it belongs to.
# Use your own functions from above.
#
# Example: `X = [[1]]`, `Y = [[0]]`, `W1 = [[0]]`, `b1 = [0]`, `W2 = [[2]]`, `b2 = [-1]` gives
# `{"W1": [[0.125]], "b1": [0.125], "W2": [[0.125]], "b2": [0.25]}`.
# <!-- given: 0.125 0.25 -->

# %% nbgrader={"grade_id": "ex-04-5", "solution": true}
def two_layer_grads(X, Y, W1, b1, W2, b2):
    """All gradients of the two-layer sigmoid network.

    X : (N, D)   Y : (N, C)   W1 : (D, H)   b1 : (H,)   W2 : (H, C)   b2 : (C,)
    Returns a dict with the keys W1, b1, W2, b2
    """
    ### BEGIN SOLUTION
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    A2 = sigmoid(A1 @ W2 + b2)
    dZ2 = output_delta(A2, Y)
    dW2, db2 = param_grads(A1, dZ2)
    dZ1 = hidden_delta(dZ2, W2, Z1, A1, "sigmoid")
    dW1, db1 = param_grads(X, dZ1)
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-04-5", "grade": true}
check("04.5", two_layer_grads)

# %% [markdown]
# ## 02.5 Come back to cross-entropy, now with its gradient
#
# *4 points.* The logits `Z` are (N, C), the labels `y` (N,) whole numbers from 0 to C − 1. Return the loss, one number, and its gradient `dZ` (N, C). The loss
# of a row is Eq. (2.5), and the batch takes the mean; the gradient is Eq. (3.5), with 1/N inside:
#
# $$L = \frac1N\sum_n\Bigl(\log\sum_k e^{z_{nk}} - z_{n,y_n}\Bigr), \qquad \frac{\partial L}{\partial Z} = \frac{P - Y}{N}$$
#
# `softmax(Z)` is imported, and is what your `softmax_rows` of lesson 02 was: the rows of P. Y is 1 in the label's column of each row, and 0 elsewhere.

# %% [markdown]
# The loss has to be right for logits of ±1000 too, so it cannot take the logarithm of a probability. Take each row's largest logit off first.
#
# A tool you will want: `Z[np.arange(N), y]` picks one entry from each row, in the column that `y` names.
#
# Example: `Z = [[0, 0], [0, 0]]`, `y = [0, 1]` gives the loss `0.6931` (to four digits) and `dZ = [[-0.25, 0.25], [0.25, -0.25]]`.
# <!-- given: 0.6931 0.25 -->

# %% nbgrader={"grade_id": "ex-02-5", "solution": true}
def cross_entropy(Z, y):
    """Cross-entropy of a batch of logits, and its gradient in the logits.

    Z : (N, C)    y : (N,), whole numbers from 0 to C - 1
    Returns loss : a number, dZ : (N, C)
    """
    ### BEGIN SOLUTION
    N = len(y)
    rows = np.arange(N)
    S = Z - Z.max(axis=1, keepdims=True)
    loss = np.mean(np.log(np.exp(S).sum(axis=1)) - S[rows, y])
    dZ = softmax(Z)
    dZ[rows, y] -= 1
    return loss, dZ / N
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-02-5", "grade": true}
check("02.5", cross_entropy)

# %% [markdown]
# ## How far you are

# %%
progress("04")
