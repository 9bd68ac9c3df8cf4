# %% [markdown]
# # Exercises: let it learn, and distrust the curve
#
# Five tasks, 12 points, about 30 minutes. Three parts of a training loop, six loops that went wrong, and the whole.
#
# How it works: replace `raise NotImplementedError` by your code, run the cell, then run the `check` below it. It tells
# you what is right, and which mistake it sees. `hint("06.1")` gives the idea, `hint("06.1", level=2)` the formula,
# `level=3` the skeleton. Attempts and hints cost nothing.

# %%
import numpy as np

from bpcourse import check, hint, progress, show, try_it
from bpcourse.activations import sigmoid
from bpcourse.checks.lesson06.curves import show_causes, six_curves
from bpcourse.datasets import xor
from bpcourse.viz.plots.loss_curves import unlabelled

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# ## 06.1 Take one step downhill
#
# *2 points.* `params` and `grads` are dicts of arrays under the same names; `lr` is the learning rate η. Return a **new** dict in which every array has taken one step of Eq. (6.1):
#
# $$W \leftarrow W - \eta\,\frac{\partial L}{\partial W}$$
#
# The arrays in `params` stay as they were. Example: `params = {"w": [1, 2]}`, `grads = {"w": [10, -10]}`, `lr = 0.1` gives `{"w": [0, 3]}`.
# <!-- given: 0.1 -->

# %% nbgrader={"grade_id": "ex-06-1", "solution": true}
def sgd_step(params, grads, lr):
    """One step of gradient descent.

    params, grads : dicts of arrays, with the same names and shapes
    lr : a number, the learning rate
    Returns a new dict, like params
    """
    ### BEGIN SOLUTION
    return {name: params[name] - lr * grads[name] for name in params}
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-06-1", "grade": true}
check("06.1", sgd_step)

# %% [markdown]
# A place to try your function on numbers of your own, here those of the example:

# %%
try_it("06.1", sgd_step, {"w": np.array([1.0, 2.0])}, {"w": np.array([10.0, -10.0])}, 0.1)

# %% [markdown]
# ## 06.2 Cut the data into batches
#
# *2 points.* `X` is (N, D), `y` is (N,), and `order` (N,) says in which order the rows are to come. Return a list of pairs `(Xb, yb)`, the mini-batches of Eq. (6.3): the first
# holds the rows `order[0]`, …, `order[batch_size - 1]` of both, and so on. The last batch holds what is left.
#
# Example: `X = [[1], [2], [3]]`, `y = [10, 20, 30]`, `batch_size = 2`, `order = [2, 0, 1]` gives
# `[([[3], [1]], [30, 10]), ([[2]], [20])]`.

# %% nbgrader={"grade_id": "ex-06-2", "solution": true}
def iterate_minibatches(X, y, batch_size, order):
    """Batches of rows in a given order.

    X : (N, D)    y : (N,)    batch_size : int    order : (N,) ints
    Returns a list of pairs (Xb, yb)
    """
    ### BEGIN SOLUTION
    pieces = [order[i : i + batch_size] for i in range(0, len(order), batch_size)]
    return [(X[rows], y[rows]) for rows in pieces]
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-06-2", "grade": true}
check("06.2", iterate_minibatches)

# %%
try_it("06.2", iterate_minibatches, np.array([[1], [2], [3]]), np.array([10, 20, 30]), 2, np.array([2, 0, 1]))

# %% [markdown]
# ## 06.3 Count how often the network is right
#
# *1 point.* A network with one output gives probabilities `P`, of shape (N, 1) or (N,). The labels `y`, 0 or 1, have the shape (N,). An answer above ½ counts as a 1, any other as a 0 (½ itself as well). Return the accuracy, Eq. (6.4)
# for one output:
#
# $$\text{accuracy} = \frac1N\sum_n \Big[\,[p_n > \tfrac12] = y_n\Big]$$
#
# Example: `P = [[0.9], [0.2], [0.6]]`, `y = [1, 0, 0]` gives ⅔: two of three.
# <!-- given: 0.9 0.2 0.6 -->

# %% nbgrader={"grade_id": "ex-06-3", "solution": true}
def accuracy(P, y):
    """Share of examples on the right side of ½.

    P : (N, 1) or (N,), probabilities    y : (N,), labels 0 or 1
    Returns a number from 0 to 1
    """
    ### BEGIN SOLUTION
    decided = P.reshape(len(y)) > 0.5
    return float(np.mean(decided == y))
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-06-3", "grade": true}
check("06.3", accuracy)

# %%
try_it("06.3", accuracy, np.array([[0.9], [0.2], [0.6]]), np.array([1, 0, 0]))

# %% [markdown]
# ## 06.4 Name the cause of six loss curves
#
# *3 points, half a point for each curve.* Six times the same network with four hidden units on XOR, from the same seed, 1,000 epochs. Unless the letter says otherwise, the rate is 1 and the weights come from a normal distribution. The
# small panels show the first 20 steps. Below each curve stands how far apart two hidden units are at the end.

# %%
losses, gaps = six_curves()
show(unlabelled(losses, gaps))

# %% [markdown]
# These are the letters to choose from. Two of the eight are not among the curves.

# %%
show_causes()

# %% nbgrader={"grade_id": "ex-06-4", "solution": true}
def read_curves():
    """The causes of curves 1 to 6, as a list of six letters, such as ["A", "A", "A", "A", "A", "A"]."""
    ### BEGIN SOLUTION
    return ["F", "D", "G", "C", "E", "B"]
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-06-4", "grade": true}
check("06.4", read_curves)

# %% [markdown]
# ## 06.5 Write the whole training loop
#
# *4 points.* Two layers, σ after each, mean squared error: the network of 04.5, with `X` (N, D), `Y` (N, C) and `params`, a dict with the keys `"W1"`, `"b1"`, `"W2"`, `"b2"`. In each of `epochs` epochs: forward, Eq. (1.4); the
# loss, Eq. (2.1), into a list; all gradients, Eq. (4.1) to (4.4); one step, Eq. (6.1), with all examples. Return the losses, one for each epoch and each from *before* the step, and the trained parameters. The caller's
# `params` stay as they were.
#
# Example: `X = [[1]]`, `Y = [[0]]`, `W1 = [[0]]`, `b1 = [0]`, `W2 = [[2]]`, `b2 = [-1]`, `lr = 8`, `epochs = 1` gives the losses `[0.25]` and
# `{"W1": [[-1]], "b1": [-1], "W2": [[1]], "b2": [-3]}`.
# <!-- given: 0.25 -->

# %%
# Room for your own functions of lesson 04: paste `two_layer_grads` and what it uses, if you like.

# %% nbgrader={"grade_id": "ex-06-5", "solution": true}
def train(X, Y, params, lr, epochs):
    """Train the two-layer sigmoid network.

    X : (N, D)    Y : (N, C)    params : dict W1 (D, H), b1 (H,), W2 (H, C), b2 (C,)
    Returns losses (a list of `epochs` numbers), and a dict like params
    """
    ### BEGIN SOLUTION
    losses = []
    for _ in range(epochs):
        A1 = sigmoid(X @ params["W1"] + params["b1"])
        A2 = sigmoid(A1 @ params["W2"] + params["b2"])
        losses.append(np.sum((A2 - Y) ** 2) / len(X))
        D2 = 2 / len(X) * (A2 - Y) * A2 * (1 - A2)
        D1 = D2 @ params["W2"].T * A1 * (1 - A1)
        grads = {"W1": X.T @ D1, "b1": D1.sum(axis=0), "W2": A1.T @ D2, "b2": D2.sum(axis=0)}
        params = sgd_step(params, grads, lr)
    return losses, params
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-06-5", "grade": true}
check("06.5", train)

# %% [markdown]
# Now let your loop work: XOR, four hidden units, seed 42, rate 1, as in the lesson. There the loss was 0.2775 at the start and 0.0149 after 1,000 epochs.
# <!-- given: 0.2775 0.0149 -->

# %%
rng = np.random.default_rng(42)
start = {"W1": rng.standard_normal((2, 4)), "b1": np.zeros(4)}
start |= {"W2": rng.standard_normal((4, 1)), "b2": np.zeros(1)}
run = try_it("06.5", train, *xor(), start, 1.0, 1001)
if isinstance(run, tuple) and len(run) == 2:
    print(f"loss {run[0][0]:.4f} at the start, {run[0][-1]:.4f} after 1,000 epochs")

# %% [markdown]
# ## How far you are

# %%
progress("06")
