# %% [markdown]
# # Exercises: ask a second witness
#
# Five tasks, 12 points, about 20 minutes. You build the witness of lesson 05, learn to read it, write a test that catches six wrong
# implementations, and find three bugs that somebody else has planted.
#
# How it works: replace `raise NotImplementedError` by your code, run the cell, then run the `check` below it. It tells
# you what is right, and which mistake it sees. `hint("05.1")` gives the idea, `hint("05.1", level=2)` the formula,
# `level=3` the skeleton. Attempts and hints cost nothing.

# %%
import numpy as np

from bpcourse import buggy, check, gradcheck, hint, progress, show, try_it
from bpcourse.activations import relu, sigmoid, tanh
from bpcourse.layers import affine_forward
from bpcourse.losses import mean_squared_error, softmax_cross_entropy
from bpcourse.network import MLP
from bpcourse.viz.plots import gradcheck as plots

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# Rows are examples. `dZ` means ∂L/∂Z. A gradient has the shape of what it belongs to.

# %% [markdown]
# ## 05.1 Measure a gradient by nudging
#
# *3 points.* `f` takes an array and returns one number. `x` is an array of any shape. Return `g`, an array with the shape of `x`, with the
# slope of `f` in every entry, by the two-sided rule, Eq. (5.2), where $e_i$ is 1 in entry $i$ and 0 elsewhere:
#
# $$g_i = \frac{f(x + \varepsilon e_i) - f(x - \varepsilon e_i)}{2\,\varepsilon}$$
#
# Two conditions. `x` may hold whole numbers or float32, and is measured in float64 all the same. And after the call the caller's `x` holds what it held before, to the last digit.
#
# Example: with `f = lambda x: np.sum(x**3)`, `x = [1.0, 2.0]` and `eps = 0.1` the answer is `[3.01, 12.01]`. (The exact slopes are 3 and 12: the ε² is visible.)
# <!-- given: 1.0 2.0 0.1 3.01 12.01 -->

# %% nbgrader={"grade_id": "ex-05-1", "solution": true}
def numerical_gradient(f, x, eps):
    """Slope of f in every entry of x, by central differences.

    f : function of an array like x, returns one number
    x : array of any shape    eps : size of the nudge
    Returns g : array of floats with the shape of x
    """
    ### BEGIN SOLUTION
    point = np.array(x, dtype=float)
    g = np.zeros(point.shape)
    for i in np.ndindex(point.shape):
        saved = point[i]
        point[i] = saved + eps
        above = f(point)
        point[i] = saved - eps
        g[i] = (above - f(point)) / (2 * eps)
        point[i] = saved
    return g
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-05-1", "grade": true}
check("05.1", numerical_gradient)

# %% [markdown]
# A place to try your function, here on the example:

# %%
try_it("05.1", numerical_gradient, lambda x: np.sum(x**3), np.array([1.0, 2.0]), 0.1)

# %% [markdown]
# ## 05.2 Say in one number how far two gradients differ
#
# *2 points.* `a` and `b` are arrays of the same shape, vectors or matrices. Return their relative error, Eq. (5.3):
#
# $$\frac{\lVert a - b\rVert}{\lVert a\rVert + \lVert b\rVert}$$
#
# The size ‖a‖ is the root of the sum of the squares of *all* entries. Where both arrays are 0, return 0.
#
# Example: `a = [3.0, 4.0]`, `b = [0.0, 0.0]` gives `1`.
# <!-- given: 3.0 4.0 0.0 -->

# %% nbgrader={"grade_id": "ex-05-2", "solution": true}
def relative_error(a, b):
    """How far two gradients differ, measured by their own size.

    a, b : arrays of the same shape
    Returns a number from 0 (equal) to 1 (opposite, or only one of them 0)
    """
    ### BEGIN SOLUTION
    size = np.linalg.norm(a) + np.linalg.norm(b)
    if size == 0:
        return 0.0
    return np.linalg.norm(a - b) / size
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-05-2", "grade": true}
check("05.2", relative_error)

# %% [markdown]
# ## 05.3 Read the U-curve
#
# *2 points, half a point an item.* The figure shows the relative error of the two-sided rule for two right gradients: that of a tanh network with
# softmax (43 parameters), and that of a ReLU at exactly $z = 0$.

# %%
rng = np.random.default_rng(5)
net = MLP([4, 5, 3], activation="tanh", random_state=5)
X, y = rng.standard_normal((7, 4)), rng.integers(0, 3, 7)

def loss_at(params):
    """The network's loss with these parameters."""
    net.params.update(params)
    return net.loss_and_grads(X, y)[0]

def error_at(eps, f, point, gradient):
    return gradcheck.relative_error(gradient, gradcheck.central_difference(f, point, eps))

start = {name: part.copy() for name, part in net.params.items()}
by_formula = net.loss_and_grads(X, y)[1]

# %%
steps = 10.0 ** np.arange(-12, 0)
smooth = [error_at(eps, loss_at, start, by_formula) for eps in steps]
kinked = [error_at(eps, lambda z: np.sum(relu(z)), np.zeros(1), np.zeros(1)) for eps in steps]
show(plots.u_curve(steps, {"tanh network": smooth, "ReLU at z = 0": kinked}, "How large is the error?", rings=False))

# %% [markdown]
# Return a dict with four items, which are about the curve of the *tanh network*:
#
# - `"best"`: the best ε, one of `1e-1`, `1e-3`, `1e-5`, `1e-7`, `1e-9`, `1e-12`;
# - `"left"`: what limits it for small ε, one of `"formula"`, `"rounding"`, `"kink"`, `"bug"`;
# - `"right"`: what limits it for large ε, one of the same four;
# - `"slope"`: on the right arm, by how many powers of ten does the error *grow* when ε grows by one power of ten? A whole number.
#
# Example of the form: `{"best": 1e-1, "left": "bug", "right": "bug", "slope": 0}`.

# %% nbgrader={"grade_id": "ex-05-3", "solution": true}
def read_the_u_curve():
    """What the curve of the tanh network says: a dict with best, left, right and slope."""
    ### BEGIN SOLUTION
    return {"best": 1e-5, "left": "rounding", "right": "formula", "slope": 2}
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-05-3", "grade": true}
check("05.3", read_the_u_curve)

# %% [markdown]
# ## 05.4 Write the test that catches them
#
# *3 points: half a point for each wrong implementation that your test rejects, and none at all unless it accepts both right ones.*
#
# An affine layer computes Z = XW + b. Its backward pass `affine_backward(dZ, X, W)` takes `dZ` (N, H), `X` (N, D), `W` (D, H) and returns three
# arrays: `dW` (D, H) and `db` (H,) as in Eq. (4.2), and `dX` (N, D), the matrix product with which Eq. (4.3) begins.
# They come in the order dX, dW, db.
#
# Eight people have written one. Two are right, six are wrong, each in its own way. You write the tester: it is handed *a function*, tries it on arrays of your choice, and
# returns True or False. (A test by `assert` works as well.)

# %% [markdown]
# What could it be compared with? A layer alone has no loss, so give it one: $f = \sum \mathrm{dZ} \odot (XW + b)$. Its slope in $Z$ is dZ, so its gradients in X, W and b are
# what `affine_backward` has to return, and your own 05.1 can measure them.
#
# Example: a tester that returns True for an implementation with `dZ.mean(axis=0)` as db is told that it let a mean through.

# %% nbgrader={"grade_id": "ex-05-4", "solution": true}
def test_affine_backward(affine_backward):
    """Whether this implementation is right.

    affine_backward : function (dZ, X, W) -> (dX, dW, db)
    Returns True or False
    """
    ### BEGIN SOLUTION
    draw = np.random.default_rng(0).standard_normal
    dZ, X, W, b = draw((7, 5)), draw((7, 4)), draw((4, 5)), draw(5)
    dX, dW, db = affine_backward(dZ, X, W)
    trials = [
        (dX, X, lambda v: np.sum(dZ * (v @ W + b))),
        (dW, W, lambda v: np.sum(dZ * (X @ v + b))),
        (db, b, lambda v: np.sum(dZ * (X @ W + v))),
    ]
    errors = [relative_error(g, numerical_gradient(f, x, 1e-5)) for g, x, f in trials if g.shape == x.shape]
    return len(errors) == 3 and max(errors) < 1e-5
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-05-4", "grade": true}
check("05.4", test_affine_backward)

# %% [markdown]
# ## 05.5 Find the three wrong ones
#
# *2 points: two thirds for each wrong function that you name, less two thirds for each right one, never below 0.*
#
# `bpcourse.buggy` holds six backward functions. Three of them are wrong. Find them by measuring, with your 05.1 and 05.2, and return a list of their three names. (The source of `buggy` says which
# they are; that would spoil the search.)

# %% [markdown]
# | function | belongs to |
# |---|---|
# | `sigmoid_backward(dA, A)` | `A = sigmoid(Z)`; returns dZ |
# | `tanh_backward(dA, A)` | `A = tanh(Z)`; returns dZ |
# | `relu_backward(dA, A)` | `A = relu(Z)`; returns dZ |
# | `affine_backward(dZ, X, W)` | `Z = affine_forward(X, W, b)`; returns dX, dW, db |
# | `mean_squared_error_backward(Y_hat, Y)` | `mean_squared_error(Y_hat, Y)`, Eq. (2.1); returns the slope in Y_hat |
# | `softmax_cross_entropy_backward(Z, y)` | `softmax_cross_entropy(Z, y)` with labels y, averaged over examples; returns the slope in Z |
#
# The functions in the right column are right, and imported above. Here is how one of the six is questioned:

# %%
Z, dA = rng.standard_normal((2, 7, 5))
measured = try_it("05.1", numerical_gradient, lambda Z: np.sum(dA * relu(Z)), Z, 1e-5)
if measured is not None:
    error = try_it("05.2", relative_error, buggy.relu_backward(dA, relu(Z)), measured)
    print("relu_backward is off by more than 1e-5:", error is not None and error > 1e-5)

# %% [markdown]
# The next cell is your workbench for the other five. When you have found the three, open `bpcourse/buggy.py` and read them: each differs from the right function in one place.

# %%
# measure here

# %% nbgrader={"grade_id": "ex-05-5", "solution": true}
def buggy_functions():
    """Names of the three wrong functions in bpcourse.buggy, in any order, such as ["relu_backward", ...]."""
    ### BEGIN SOLUTION
    return ["sigmoid_backward", "tanh_backward", "affine_backward"]
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-05-5", "grade": true}
check("05.5", buggy_functions)

# %% [markdown]
# ## How far you are

# %%
progress("05")
