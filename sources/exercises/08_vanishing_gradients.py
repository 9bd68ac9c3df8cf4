# %% [markdown]
# # Exercises: follow the error down
#
# Five tasks, 12 points, about 35 minutes. You measure δ in every layer, bound it, read its decay off a logarithmic axis, find causes, and say how far up a
# network starves.
#
# How it works: replace `raise NotImplementedError` by your code, run the cell, then run the `check` below it. It tells
# you what is right, and which mistake it sees. `hint("08.1")` gives the idea, `hint("08.1", level=2)` the formula,
# `level=3` the skeleton. Attempts and hints cost nothing.

# %%
import numpy as np

from bpcourse import check, hint, progress, show, try_it
from bpcourse.activations import sigmoid
from bpcourse.checks.lesson08.stacks import four_stacks, show_causes
from bpcourse.viz.plots import vanishing as plots

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# A **stack** here is layers without biases, each with a σ, the last one too: $Z_l = A_{l-1}W_l$, $A_l = \sigma(Z_l)$, with $A_0 = X$. In Python, `Ws` is the list of their weights, so $W_1$ is
# `Ws[0]`. The slope ∂L/∂A of the loss in the last activations, `dA`, is given: the loss itself plays no part. An L that is an index or an exponent is the number of layers.

# %% [markdown]
# ## 08.1 Measure δ in every layer
#
# *3 points.* `X` and `dA` are (N, D), and `Ws` is a list of L matrices (D, D). Run the stack forward, then bring δ back. It starts with $\delta_L = dA \odot \sigma'(Z_L)$, and then goes on by Eq. (8.1):
#
# $$\delta_l = (\delta_{l+1}\,W_{l+1}^{\mathsf T}) \odot \sigma'(Z_l)$$
#
# Return L numbers, first layer first: $\|\delta_l\|$, the root of the sum of the squares of all its entries.
#
# Example: `X = [[0, 0]]`, one matrix `[[1, 0], [0, 1]]`, `dA = [[3, 4]]` gives `[1.25]`: at z = 0 the slope is ¼, so δ is `[[0.75, 1]]`.
# <!-- given: 1.25 0.75 -->

# %% nbgrader={"grade_id": "ex-08-1", "solution": true}
def delta_norms(X, Ws, dA):
    """Norm of the error signal in each layer of a stack of sigmoid layers.

    X, dA : (N, D)    Ws : list of L arrays (D, D)
    Returns norms : (L,), or a list of L numbers, first layer first
    """
    ### BEGIN SOLUTION
    A = [X]
    for W in Ws:
        A.append(sigmoid(A[-1] @ W))
    norms = []
    for W, out in zip(Ws[::-1], A[::-1]):
        dZ = dA * out * (1 - out)
        norms.append(np.linalg.norm(dZ))
        dA = dZ @ W.T
    return norms[::-1]
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-08-1", "grade": true}
check("08.1", delta_norms)

# %% [markdown]
# A place to try your function, here on twelve layers of 30 units:

# %%
rng = np.random.default_rng(8)
X, dA = rng.normal(size=(20, 30)), rng.normal(size=(20, 30))
twelve = [rng.normal(size=(30, 30)) / np.sqrt(30) for _ in range(12)]
norms = try_it("08.1", delta_norms, X, twelve, dA)
if isinstance(norms, (list, np.ndarray)) and len(norms) == 12:
    show(plots.one_stack(norms))

# %% [markdown]
# ## 08.2 Bound what can be left of δ
#
# *2 points.* `Ws` is a list of L matrices, not all of them square. On its way back through a σ stack δ passes all of them, and a layer of gates for each. Return the largest factor by which its norm can have changed
# when it comes out, Eq. (8.2):
#
# $$\Bigl(\tfrac14\Bigr)^{L}\,\prod_{l=1}^{L}\|W_l\|_2$$
#
# where $\|W\|_2$ is the largest factor by which $W$ can stretch a row, its largest singular value.
#
# Example: `[[[2, 0], [0, 1]], [[3, 0], [0, 1]]]` gives `0.375`: one matrix stretches by 2 at most, the other by 3, and $6/16$ is 0.375.
# <!-- given: 0.375 -->

# %% nbgrader={"grade_id": "ex-08-2", "solution": true}
def decay_bound(Ws):
    """Largest factor by which the norm of δ can change through a stack of sigmoid layers.

    Ws : list of L arrays
    Returns a number
    """
    ### BEGIN SOLUTION
    bound = 1.0
    for W in Ws:
        bound *= 0.25 * np.linalg.norm(W, 2)
    return bound
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-08-2", "grade": true}
check("08.2", decay_bound)

# %%
bound = try_it("08.2", decay_bound, [np.array([[2.0, 0.0], [0.0, 1.0]]), np.array([[3.0, 0.0], [0.0, 1.0]])])
if bound is not None:
    print(np.round(bound, 6))

# %% [markdown]
# ## 08.3 Read the decay off a logarithmic axis
#
# *2 points.* `norms` (L,) holds $\|\delta_l\|$, first layer first. On a logarithmic axis a steady decay is a straight line. Return the slope, in decades (powers of ten) per layer, of the line that fits best: least squares on
# $\log_{10}\|\delta_l\|$ over $l$, Eq. (8.3). A δ that vanishes towards the first layer has a positive slope.
#
# A tool you will want: `np.polyfit(x, y, 1)` returns slope and height of the line that fits best.
#
# Example: `[0.001, 0.01, 0.1]` gives `1`.
# <!-- given: 0.001 0.01 0.1 -->

# %% nbgrader={"grade_id": "ex-08-3", "solution": true}
def log_slope(norms):
    """Decades per layer by which the norm of δ changes.

    norms : (L,), first layer first
    Returns a number
    """
    ### BEGIN SOLUTION
    layers = np.arange(1, len(norms) + 1)
    return np.polyfit(layers, np.log10(norms), 1)[0]
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-08-3", "grade": true}
check("08.3", log_slope)

# %%
slope = try_it("08.3", log_slope, np.array([0.001, 0.01, 0.1]))
if slope is not None:
    print(np.round(slope, 6))

# %% [markdown]
# ## 08.4 Say why δ vanishes in four stacks
#
# *2 points, half a point for each stack.* Four stacks of ten layers with 64 units each. The panels show ‖δ‖ in each layer, the solid line, and ‖∂L/∂W‖, the dashed one. Above them: by what factor the gates and the weights of a layer
# typically change ‖δ‖ on its way back, and how large |z| typically is, or, for ReLU, how many units are **silent**: give 0 for every example.

# %%
show(plots.four_stacks(four_stacks()))

# %% [markdown]
# These are the letters to choose from. Two of the six are not among the stacks.

# %%
show_causes()

# %% nbgrader={"grade_id": "ex-08-4", "solution": true}
def why_vanishing():
    """The causes in stacks 1 to 4, as a list of four letters, such as ["A", "A", "A", "A"]."""
    ### BEGIN SOLUTION
    return ["B", "D", "A", "C"]
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-08-4", "grade": true}
check("08.4", why_vanishing)

# %% [markdown]
# ## 08.5 Find how far up the gradient starves
#
# *3 points.* A layer **starves** when its error signal is less than a given share, `floor`, of that of the last layer: $\|\delta_l\| < \text{floor}\cdot\|\delta_L\|$. Return the number of the last layer that starves, counted from 1, or 0 if
# none does. `X`, `Ws` and `dA` are those of 08.1, and your `delta_norms` does most of the work.
#
# Example: `X = [[0, 0]]`, three matrices `[[1, 0], [0, 1]]`, `dA = [[3, 4]]` and `floor = 0.1` gives `1`: the norms are 0.0668, 0.2670 and 1.1363, and only the first is below a tenth of the last.
# <!-- given: 0.1 0.0668 0.2670 1.1363 -->

# %% nbgrader={"grade_id": "ex-08-5", "solution": true}
def first_starved_layer(X, Ws, dA, floor):
    """Number of the last layer whose error signal is below a share of the last layer's.

    X, dA : (N, D)    Ws : list of L arrays (D, D)    floor : a number, the share
    Returns an int from 1 to L - 1, or 0 if no layer starves
    """
    ### BEGIN SOLUTION
    norms = delta_norms(X, Ws, dA)
    last = 0
    for number, norm in enumerate(norms, start=1):
        if norm < floor * norms[-1]:
            last = number
    return last
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-08-5", "grade": true}
check("08.5", first_starved_layer)

# %% [markdown]
# Now all your functions on one question. Up to which of the twelve layers of 08.1 is δ less than a thousandth of what it is in the last? And what do the slope and the bound say?

# %%
starved = try_it("08.5", first_starved_layer, X, twelve, dA, 0.001)
slope = None if norms is None else try_it("08.3", log_slope, norms)
bound = try_it("08.2", decay_bound, twelve[1:])
if None not in (starved, slope, bound):
    print("starved up to layer", starved)
    print(f"{slope:.2f} decades per layer")
    print(f"from layer 12 to layer 1: {norms[0] / norms[-1]:.0e} of it is left, and {bound:.0e} at most")

# %% [markdown]
# ## How far you are

# %%
progress("08")
