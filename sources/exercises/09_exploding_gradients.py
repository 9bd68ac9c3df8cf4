# %% [markdown]
# # Exercises: keep the gradient from exploding
#
# Four tasks, 12 points, about 25 minutes. You measure a whole gradient with one number, shorten it without turning it, find out how fast
# a product of matrices grows, and read a log to find the layer that broke first.
#
# How it works: replace `raise NotImplementedError` by your code, run the cell, then run the `check` below it. It tells
# you what is right, and which mistake it sees. `hint("09.1")` gives the idea, `hint("09.1", level=2)` the formula,
# `level=3` the skeleton. Attempts and hints cost nothing.

# %%
import numpy as np

from bpcourse import check, hint, progress, try_it

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# ## 09.1 Measure all gradients with one norm
#
# *2 points.* `grads` is a list of arrays, of any shapes: the gradients of all weights and biases. Return one number, the length of all of them
# together, Eq. (9.1):
#
# $$\lVert g\rVert = \sqrt{\textstyle\sum_i \lVert g_i\rVert^2}$$
#
# where $\lVert g_i\rVert^2$ is the sum of the squares of all entries of one array. Example: `grads = [[3], [[4]]]`, an array of shape (1,) and one of shape (1, 1), gives 5.

# %% nbgrader={"grade_id": "ex-09-1", "solution": true}
def global_norm(grads):
    """One norm over all arrays.

    grads : list of arrays
    Returns a number
    """
    ### BEGIN SOLUTION
    squares = [np.sum(g**2) for g in grads]
    return float(np.sqrt(sum(squares)))
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-09-1", "grade": true}
check("09.1", global_norm)

# %% [markdown]
# A place to try your function on numbers of your own, here those of the example:

# %%
try_it("09.1", global_norm, [np.array([3.0]), np.array([[4.0]])])

# %% [markdown]
# ## 09.2 Shorten a gradient and keep its direction
#
# *4 points.* `grads` is a list of arrays, `max_norm` the limit $c$, above 0. Return a **new** list of arrays of the same shapes, by Eq. (9.2):
#
# $$g \leftarrow g\cdot\min\Bigl(1,\ \frac{c}{\lVert g\rVert}\Bigr)$$
#
# One factor for all arrays. A gradient that is not above the limit comes back as it was; a gradient of zeros is one of these. The arrays in `grads` stay as they were.
#
# Example: `grads = [[3], [4]]`, `max_norm = 1` gives `[[0.6], [0.8]]`.
# <!-- given: 0.6 0.8 -->

# %% nbgrader={"grade_id": "ex-09-2", "solution": true}
def clip_by_global_norm(grads, max_norm):
    """Shorten a gradient to a norm of at most max_norm.

    grads : list of arrays    max_norm : a number above 0
    Returns a new list of arrays
    """
    ### BEGIN SOLUTION
    length = global_norm(grads)
    factor = max_norm / length if length > max_norm else 1.0
    return [factor * g for g in grads]
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-09-2", "grade": true}
check("09.2", clip_by_global_norm)

# %%
try_it("09.2", clip_by_global_norm, [np.array([3.0]), np.array([4.0])], 1.0)

# %% [markdown]
# ## 09.3 Measure how fast a product of matrices grows
#
# *3 points.* A row `v` (H,) is sent back through the square matrix `W` (H, H) as often as `steps` says: each time it becomes $v W^{\mathsf T}$. Return the mean factor per step by which
# its norm grew, Eq. (9.3):
#
# $$\Bigl(\frac{\lVert v\,W^{\mathsf T}\cdots W^{\mathsf T}\rVert}{\lVert v\rVert}\Bigr)^{1/\text{steps}}$$
#
# A tool: `np.linalg.norm(v)` is the norm of a row. Example: `W = [[2, 0], [0, 1]]`, `v = [1, 0]`, `steps = 3` gives 2: the norm goes 1, 2, 4, 8.

# %% nbgrader={"grade_id": "ex-09-3", "solution": true}
def growth_rate(W, v, steps):
    """Mean factor per step of a row that goes back through W.

    W : (H, H)    v : (H,)    steps : int, 1 or more
    Returns a number
    """
    ### BEGIN SOLUTION
    back = v
    for _ in range(steps):
        back = back @ W.T
    return (np.linalg.norm(back) / np.linalg.norm(v)) ** (1 / steps)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-09-3", "grade": true}
check("09.3", growth_rate)

# %%
try_it("09.3", growth_rate, np.array([[2.0, 0.0], [0.0, 1.0]]), np.array([1.0, 0.0]), 3)

# %% [markdown]
# ## 09.4 Find the layer that broke first
#
# *3 points, 1.5 for the step and 1.5 for the layer.* Somebody trained a network and wrote down, in each step, the norm of δ in each layer. `log` is (T, K): a row for each of T steps, a column for each of K layers in forward
# order. The training broke. Return `(step, layer)` by Eq. (9.4): the first row in which a norm is infinite or nan, and in this row the *rightmost* such column, since the
# backward pass came there first. Both count from 0. In a log in which nothing is broken, return `(-1, -1)`.
# <!-- given: 1.5 -->

# %% [markdown]
# Two tools: `np.isfinite(log)` is True where a number is neither infinite nor nan, `~` turns True and False around, and `np.flatnonzero(row)` lists the places in a row that hold True.
#
# Example: `[[1, 2], [inf, nan]]` gives `(1, 1)`.

# %% nbgrader={"grade_id": "ex-09-4", "solution": true}
def nan_detective(log):
    """Where a training broke first.

    log : (T, K), norms: a row for each step, a column for each layer, in forward order
    Returns step, layer (both -1 where nothing is broken)
    """
    ### BEGIN SOLUTION
    broken = ~np.isfinite(log)
    rows = np.flatnonzero(broken.any(axis=1))
    if len(rows) == 0:
        return -1, -1
    return rows[0], np.flatnonzero(broken[rows[0]])[-1]
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-09-4", "grade": true}
check("09.4", nan_detective)

# %%
try_it("09.4", nan_detective, np.array([[1.0, 2.0], [np.inf, np.nan]]))

# %% [markdown]
# ## How far you are

# %%
progress("09")
