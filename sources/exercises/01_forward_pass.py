# %% [markdown]
# # Exercises: push numbers forward
#
# Five tasks, 12 points, about 15 minutes. You build the forward pass of lesson 01, and give a network its weights by hand.
#
# How it works: replace `raise NotImplementedError` by your code, run the cell, then run the `check` below it. It tells
# you what is right, and which mistake it sees. `hint("01.1")` gives the idea, `hint("01.1", level=2)` the formula,
# `level=3` the skeleton. Attempts and hints cost nothing.

# %%
import numpy as np

from bpcourse import check, hint, progress, try_it

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# Rows are examples. N, D, H, C count examples, inputs, hidden units and outputs. A shape such as (N, D) means N rows and D columns.
# In the examples, arrays are written as lists, to save space; where you type one into a cell, wrap it: `np.array([[1, 2]])`.

# %% [markdown]
# ## 01.1 Compute one layer before its activation
#
# *2 points.* The layer gets a batch `X` (N, D), and has weights `W` (D, H) and biases `b` (H,). Return `Z` (N, H) by Eq. (1.3):
#
# $$Z = XW + b$$
#
# Example: `X = [[1, 2]]`, `W = [[1, 0], [0, -1]]`, `b = [10, 20]` gives `[[11, 18]]`.

# %% nbgrader={"grade_id": "ex-01-1", "solution": true}
def affine(X, W, b):
    """One layer before its activation.

    X : (N, D)    W : (D, H)    b : (H,)
    Returns Z : (N, H)
    """
    ### BEGIN SOLUTION
    return X @ W + b
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-01-1", "grade": true}
check("01.1", affine)

# %% [markdown]
# A place to try your function on numbers of your own, here those of the example:

# %%
try_it("01.1", affine, np.array([[1.0, 2.0]]), np.array([[1.0, 0.0], [0.0, -1.0]]), np.array([10.0, 20.0]))

# %% [markdown]
# ## 01.2 Squash any number into 0 to 1
#
# *2 points.* `z` is an array of any shape. Return σ(z), an array of the same shape, by Eq. (1.2):
#
# $$\sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# Your function will be called with numbers as large as 800 and as small as −800. The end of the lesson says what happens there.
#
# Example: `z = [[0, 1.0986]]` gives `[[0.5, 0.75]]`.
# <!-- given: 1.0986 0.5 0.75 -->

# %% nbgrader={"grade_id": "ex-01-2", "solution": true}
def sigmoid(z):
    """The sigmoid, without an overflow.

    z : array of any shape
    Returns a : array of the same shape
    """
    ### BEGIN SOLUTION
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, small) / (1 + small)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-01-2", "grade": true}
check("01.2", sigmoid)

# %% [markdown]
# ## 01.3 Predict six shapes
#
# *2 points, a third of a point for each.* Without running anything: which shapes have these six? `Y_hat` is (N, 1) and `y` is (N,), `dZ` and `A1` are (N, H).
#
# 1. `X @ W1`, with `X` (N, D) and `W1` (D, H)
# 2. `X @ W1 + b1`, with `b1` (H,)
# 3. `Y_hat - y`
# 4. `dZ.sum(axis=0)`
# 5. `X.T @ dZ`
# 6. `A1.sum(axis=1, keepdims=True)`
#
# Return a list of six tuples made of the letters, such as `(N, D)`; a tuple with one entry is written `(N,)`. The function is called
# with several sizes. A sum over axis 0 adds up each column, one over axis 1 each row; `keepdims=True` keeps the summed axis, with size 1.
#
# Example: with N, D, H, C = 2, 3, 1, 4 the first is `(2, 1)`.

# %% nbgrader={"grade_id": "ex-01-3", "solution": true}
def predict_shapes(N, D, H, C):
    """The shapes of the six expressions above, as a list of six tuples.

    N, D, H, C : whole numbers
    """
    ### BEGIN SOLUTION
    return [(N, H), (N, H), (N, N), (H,), (D, H), (N, 1)]
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-01-3", "grade": true}
check("01.3", predict_shapes)

# %% [markdown]
# ## 01.4 Run a network of two layers
#
# *3 points.* Take `X` (N, D), `W1` (D, H), `b1` (H,), `W2` (H, C) and `b2` (C,). Return the four arrays of Eq. (1.4), in this order: `Z1` and `A1`
# (N, H), `Z2` and `A2` (N, C):
#
# $$Z_1 = XW_1 + b_1,\quad A_1 = \sigma(Z_1),\quad Z_2 = A_1W_2 + b_2,\quad A_2 = \sigma(Z_2)$$
#
# The backward pass of lesson 04 will need all four. Use your own `affine` and `sigmoid`, once their checks are ✓.
#
# Example: `X = [[1, -1]]`, `W1 = [[2, 0], [2, 0]]`, `b1 = [0, 0]`, `W2 = [[4], [2]]`, `b2 = [-3]` gives
# `Z1 = [[0, 0]]`, `A1 = [[0.5, 0.5]]`, `Z2 = [[0]]`, `A2 = [[0.5]]`.
# <!-- given: 0.5 -->

# %% nbgrader={"grade_id": "ex-01-4", "solution": true}
def forward_2layer(X, W1, b1, W2, b2):
    """The forward pass of two layers, with σ after each.

    X : (N, D)    W1 : (D, H)    b1 : (H,)    W2 : (H, C)    b2 : (C,)
    Returns Z1 : (N, H), A1 : (N, H), Z2 : (N, C), A2 : (N, C)
    """
    ### BEGIN SOLUTION
    Z1 = affine(X, W1, b1)
    A1 = sigmoid(Z1)
    Z2 = affine(A1, W2, b2)
    A2 = sigmoid(Z2)
    return Z1, A1, Z2, A2
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-01-4", "grade": true}
check("01.4", forward_2layer)

# %% [markdown]
# ## 01.5 Choose weights that solve XOR
#
# *3 points.* No training here: you are the one who learns. The network is Eq. (1.4) with a step in place of σ: a unit says 1 where its $z > 0$,
# and 0 elsewhere, also at $z = 0$. It has two inputs, two hidden units and one output. Choose numbers so that it solves XOR, and says 1
# where exactly one input is 1:
#
# | inputs | 0 0 | 0 1 | 1 0 | 1 1 |
# |---|---|---|---|---|
# | answer | 0 | 1 | 1 | 0 |
#
# Return `W1` (2, 2), `b1` (2,), `W2` (2, 1), `b2` (1,). Many choices are right, and `check` tries yours on the four rows.

# %% [markdown]
# Sketch first: draw the four corners, as in the lesson's drawing of XOR, and two straight lines with the 1s between them. Each line is
# one hidden unit; the output joins what the two say.
#
# For comparison, *one* unit that says OR: weights `[[1], [1]]`, bias `[-0.5]`. It answers 0 1 1 1.
# <!-- given: 0.5 -->

# %% nbgrader={"grade_id": "ex-01-5", "solution": true}
def xor_weights():
    """Weights and biases of a 2-2-1 network of threshold units that solves XOR.

    Returns W1 : (2, 2), b1 : (2,), W2 : (2, 1), b2 : (1,)
    """
    ### BEGIN SOLUTION
    W1 = np.array([[1, -1], [1, -1]])
    b1 = np.array([-0.5, 1.5])
    W2 = np.array([[1], [1]])
    b2 = np.array([-1.5])
    return W1, b1, W2, b2
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-01-5", "grade": true}
check("01.5", xor_weights)

# %% [markdown]
# ## How far you are

# %%
progress("01")
