# %% [markdown]
# # Exercises: follow one nudge through the network
#
# Four tasks, 12 points, about 20 minutes. The last one is a small network of its own: a chain of four neurons.
#
# How it works: replace `raise NotImplementedError` by your code, run the cell, then run the `check` below it. It tells
# you what is right, and which mistake it sees. `hint("03.1")` gives the idea, `hint("03.1", level=2)` the formula,
# `level=3` the skeleton. Attempts and hints cost nothing.

# %%
import numpy as np

from bpcourse import check, hint, progress, show, try_it
from bpcourse.activations import sigmoid
from bpcourse.viz.plots.circuits import to_fill_in

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# Two rules carry all four tasks: along a path multiply, Eq. (3.1); across paths add, Eq. (3.2).

# %% [markdown]
# ## 03.1 Promise a change of the loss
#
# *2 points.* `grad` holds the slopes ∂L/∂x, and `dx` the nudges Δx, of the same shape: (D,) or (D, H). Return by how much the loss changes
# to first order, as one number, Eq. (3.6):
#
# $$\Delta L \approx \sum_i \frac{\partial L}{\partial x_i}\,\Delta x_i$$
#
# Example: `grad = [2, -1]`, `dx = [0.1, 0.5]` gives `-0.3`.
# <!-- given: 0.1 0.5 0.3 -->

# %% nbgrader={"grade_id": "ex-03-1", "solution": true}
def first_order_change(grad, dx):
    """By how much the loss changes, to first order, when x moves by dx.

    grad, dx : arrays of shape (D,) or (D, H)
    Returns a number
    """
    ### BEGIN SOLUTION
    return np.sum(grad * dx)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-03-1", "grade": true}
check("03.1", first_order_change)

# %% [markdown]
# A place to try your function on numbers of your own, here those of the example:

# %%
try_it("03.1", first_order_change, np.array([2.0, -1.0]), np.array([0.1, 0.5]))

# %% [markdown]
# ## 03.2 Fill in the slopes of a circuit
#
# *3 points, 0.6 for each slope.* The circuit of $f = (xy + z)\cdot y$, with the names $q = xy$ and $s = q + z$. The values are there; the question marks are
# yours. Find them first with a pencil, from the right end to the left, for the numbers in the drawing.
# <!-- given: 0.6 -->

# %%
show(to_fill_in(3, -1, 4))

# %% [markdown]
# Then write down *how* you found them: a function of x, y, z, all single numbers. Return a dict with the keys `"s"`, `"q"`, `"z"`, `"x"`, `"y"`, each the slope
# of f on that wire; the two copies of y are only stations on the way. Eq. (3.1) along a path, Eq. (3.2) where y is copied. The check takes the numbers of the
# drawing, and others. (The function is named after the reddish arrows.)
#
# Example: `x, y, z = 1, 1, 1` gives `{"s": 1, "q": 1, "z": 1, "x": 1, "y": 3}`.

# %% nbgrader={"grade_id": "ex-03-2", "solution": true}
def red_numbers(x, y, z):
    """Slopes of f = (x*y + z) * y on the wires s, q, z, x and y.

    x, y, z : numbers
    Returns a dict with the keys s, q, z, x, y
    """
    ### BEGIN SOLUTION
    s = x * y + z
    ds = y
    dq, dz = ds, ds
    dx = dq * y
    dy = s + dq * x
    return {"s": ds, "q": dq, "z": dz, "x": dx, "y": dy}
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-03-2", "grade": true}
check("03.2", red_numbers)

# %% [markdown]
# ## 03.3 Differentiate a formula by stages
#
# *3 points.* $f = (xy + \sin x)^2$, the formula of the lesson, now for any two numbers x and y: $f = u^2$ with $u = xy + s$ and $s = \sin x$. Go forward
# through the stages, then back by Eq. (3.1) and (3.2). Return three numbers: f, ∂f/∂x, ∂f/∂y. (Nudges would pass the check as well. They are a fine way to
# test your answer; here the exact slopes are asked for.)
#
# Example: `x = 2`, `y = 0.3` gives about `(2.278, -0.3506, 6.0372)`.
# <!-- given: 0.3 2.278 0.3506 6.0372 -->

# %% nbgrader={"grade_id": "ex-03-3", "solution": true}
def composite_grad(x, y):
    """f = (x*y + sin(x))**2 and its two slopes.

    x, y : numbers
    Returns f, df/dx, df/dy
    """
    ### BEGIN SOLUTION
    s = np.sin(x)
    u = x * y + s
    du = 2 * u
    dx = du * y + du * np.cos(x)
    dy = du * x
    return u**2, dx, dy
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-03-3", "grade": true}
check("03.3", composite_grad)

# %% [markdown]
# ## 03.4 Walk back through four neurons
#
# *4 points.* Four σ neurons in a row, each with one weight and one bias. With $a_0 = x$, and for k = 1 to 4:
#
# $$z_k = w_k\,a_{k-1} + b_k, \qquad a_k = \sigma(z_k)$$
#
# Return the gradients of the last activation, $a_4$: `dw` (4,) with ∂a₄/∂w_k, and `db` (4,) with ∂a₄/∂b_k. Every factor is a multiplier or the slope
# of a σ, Eq. (3.3), and all lie on one path, Eq. (3.1). In Python `w[0]` is $w_1$.

# %% [markdown]
# Walk from the right. The slope of $a_4$ in itself is 1. It passes σ, which gives the slope at $z_4$; that is ∂a₄/∂b₄, and times what came in
# it is ∂a₄/∂w₄. Across the weight $w_4$ it reaches $a_3$, and there the next neuron begins.
#
# Example: `x = 1`, `w = [0, 4, 4, 4]`, `b = [0, -2, -2, -2]` makes every activation ½, and gives `dw = [0.25, 0.125, 0.125, 0.125]`,
# `db = [0.25, 0.25, 0.25, 0.25]`.
# <!-- given: 0.25 0.125 -->

# %% nbgrader={"grade_id": "ex-03-4", "solution": true}
def chain_of_four(x, w, b):
    """Gradients of the last activation of a chain of four sigmoid neurons.

    x : number    w, b : (4,)
    Returns dw : (4,), db : (4,)
    """
    ### BEGIN SOLUTION
    a = [x]
    for k in range(4):
        a.append(sigmoid(w[k] * a[k] + b[k]))
    dw, db, g = np.zeros(4), np.zeros(4), 1.0
    for k in [3, 2, 1, 0]:
        db[k] = g * a[k + 1] * (1 - a[k + 1])
        dw[k] = db[k] * a[k]
        g = db[k] * w[k]
    return dw, db
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-03-4", "grade": true}
check("03.4", chain_of_four)

# %% [markdown]
# ## How far you are

# %%
progress("03")
