# %% [markdown]
# # Exercises: put a number on being wrong
#
# Four tasks, 8 points, about 15 minutes. A fifth, 02.5, needs the gradient of cross-entropy, so it waits in the exercises of lesson 04, with its 4 points.
#
# How it works: replace `raise NotImplementedError` by your code, run the cell, then run the `check` below it. It tells
# you what is right, and which mistake it sees. `hint("02.1")` gives the idea, `hint("02.1", level=2)` the formula,
# `level=3` the skeleton. Attempts and hints cost nothing.

# %%
import numpy as np

from bpcourse import check, hint, progress, try_it

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# Rows are examples; N counts them, and C counts classes. `y` holds what is right, the lesson's t; `y_hat` what was predicted; `z` or `Z` the values before the last squash,
# called logits or scores.

# %% [markdown]
# ## 02.1 Measure how wrong a batch is
#
# *1 point.* One prediction an example. `y_hat` and `y` hold N numbers each, and each of them may come as a column (N, 1) or flat, (N,).
# Return the mean squared error, one number, Eq. (2.1):
#
# $$L = \frac1N \sum_n (\hat y_n - y_n)^2$$
#
# Example: `y_hat = [[1], [3]]`, `y = [0, 1]` gives `2.5`.
# <!-- given: 2.5 -->

# %% nbgrader={"grade_id": "ex-02-1", "solution": true}
def mse(y_hat, y):
    """Mean squared error of a batch.

    y_hat, y : arrays of N numbers, each of shape (N, 1) or (N,)
    Returns a number
    """
    ### BEGIN SOLUTION
    return np.mean((y_hat.ravel() - y.ravel()) ** 2)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-02-1", "grade": true}
check("02.1", mse)

# %% [markdown]
# A place to try your function on numbers of your own, here those of the example:

# %%
try_it("02.1", mse, np.array([[1.0], [3.0]]), np.array([0.0, 1.0]))

# %% [markdown]
# ## 02.2 Find how the loss answers to each prediction
#
# *2 points.* `y_hat` and `y` are both (N, 1) here. Return ∂L/∂ŷ, also (N, 1): by how much the mean squared error moves per unit of each
# prediction, Eq. (2.2):
#
# $$\frac{\partial L}{\partial \hat y} = \frac{2\,(\hat y - y)}{N}$$
#
# Example: `y_hat = [[1], [3]]`, `y = [[0], [1]]` gives `[[1], [2]]`.

# %% nbgrader={"grade_id": "ex-02-2", "solution": true}
def mse_grad(y_hat, y):
    """Slope of the mean squared error in each prediction.

    y_hat, y : arrays of shape (N, 1)
    Returns an array of shape (N, 1)
    """
    ### BEGIN SOLUTION
    return 2 * (y_hat - y) / len(y)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-02-2", "grade": true}
check("02.2", mse_grad)

# %% [markdown]
# ## 02.3 Compute cross-entropy from the logit
#
# *3 points.* `z` holds N logits and `y` N targets, each 0 or 1, both (N,). Return the binary cross-entropy, one number: the mean over the examples of what each
# of them costs, Eq. (2.3):
#
# $$\max(z, 0) - z\,y + \log\bigl(1 + e^{-|z|}\bigr)$$
#
# It has to be exact at $z = 40$ and at $z = \pm 800$ too. `np.log1p(x)` is log(1 + x).
#
# Example: `z = [0, 40]`, `y = [1, 0]` gives `20.3466` (to four digits).
# <!-- given: 20.3466 -->

# %% nbgrader={"grade_id": "ex-02-3", "solution": true}
def bce_with_logits(z, y):
    """Binary cross-entropy of a batch, from the logits.

    z : (N,)    y : (N,), each 0 or 1
    Returns a number
    """
    ### BEGIN SOLUTION
    cost = np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z)))
    return cost.mean()
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-02-3", "grade": true}
check("02.3", bce_with_logits)

# %% [markdown]
# ## 02.4 Turn scores into probabilities
#
# *2 points.* Each of the N rows of `Z` holds the scores of C classes. Return `P`, also (N, C): each row's probabilities, by Eq. (2.4), which sum to 1.
# Scores may be near 1000 or −1000, in one row and not in another, or all in one row. So take each row's own largest score $m_n$ off first:
#
# $$p_{nc} = \frac{e^{z_{nc} - m_n}}{\sum_k e^{z_{nk} - m_n}}$$
#
# `Z` itself has to stay as it was.
#
# Example: `Z = [[0, 1.0986], [1000, 1000]]` gives `[[0.25, 0.75], [0.5, 0.5]]` (to four digits).
# <!-- given: 1.0986 0.25 0.75 0.5 -->

# %% nbgrader={"grade_id": "ex-02-4", "solution": true}
def softmax_rows(Z):
    """Probabilities from scores, row by row.

    Z : (N, C)
    Returns P : (N, C), every row sums to 1
    """
    ### BEGIN SOLUTION
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-02-4", "grade": true}
check("02.4", softmax_rows)

# %% [markdown]
# ## How far you are

# %%
progress("02")
