# %% [markdown]
# # Exercises: start the weights where the signal survives
#
# Five tasks, 12 points, about 30 minutes. Two formulas, the way back through ReLU, four starts to tell apart, and twenty layers of your own.
#
# How it works: replace `raise NotImplementedError` by your code, run the cell, then run the `check` below it. It tells
# you what is right, and which mistake it sees. `hint("10.1")` gives the idea, `hint("10.1", level=2)` the formula,
# `level=3` the skeleton. Attempts and hints cost nothing.

# %%
import numpy as np

from bpcourse import check, hint, progress, show, try_it
from bpcourse.checks.lesson10.starts import four_curves, show_causes
from bpcourse.viz.plots.starts import spread_of_a_stack, unlabelled

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# ## 10.1 Say how far from zero the weights start
#
# *2 points.* A layer has `fan_in` inputs and `fan_out` units; `scheme` is `"xavier"` or `"he"`. Return the standard deviation from which its weights are drawn, one number, by Eq. (10.1) or Eq. (10.2):
#
# $$\text{Xavier: } \sqrt{\frac{2}{\text{fan-in} + \text{fan-out}}}, \qquad \text{He: } \sqrt{\frac{2}{\text{fan-in}}}$$
#
# Example: `8, 24, "he"` gives `0.5`, and `8, 24, "xavier"` gives `0.25`.
# <!-- given: 0.5 0.25 -->

# %% nbgrader={"grade_id": "ex-10-1", "solution": true}
def init_std(fan_in, fan_out, scheme):
    """Standard deviation of the first weights of a layer.

    fan_in, fan_out : ints, its inputs and its units
    scheme : "xavier" or "he"
    Returns a number
    """
    ### BEGIN SOLUTION
    if scheme == "xavier":
        return np.sqrt(2 / (fan_in + fan_out))
    return np.sqrt(2 / fan_in)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-10-1", "grade": true}
check("10.1", init_std)

# %% [markdown]
# A place to try your function on numbers of your own, here those of the example:

# %%
try_it("10.1", init_std, 8, 24, "he")

# %% [markdown]
# ## 10.2 Go back through ReLU
#
# *2 points.* From `dA` (N, H), the slope of the loss in the activations, and `Z` (N, H), what went into ReLU, return `dZ` (N, H) by Eq. (10.3):
#
# $$\frac{\partial L}{\partial Z} = \frac{\partial L}{\partial A} \odot [Z > 0]$$
#
# The bracket is 1 where its condition holds, and 0 elsewhere: at $z = 0$ as well. `dA` and `Z` stay as they were.
#
# Example: `dA = [[5, 6]]`, `Z = [[-1, 2]]` gives `[[0, 6]]`.

# %% nbgrader={"grade_id": "ex-10-2", "solution": true}
def relu_backward(dA, Z):
    """Back through ReLU.

    dA, Z : (N, H)
    Returns dZ : (N, H)
    """
    ### BEGIN SOLUTION
    return dA * (Z > 0)
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-10-2", "grade": true}
check("10.2", relu_backward)

# %%
try_it("10.2", relu_backward, [[5, 6]], [[-1, 2]])

# %% [markdown]
# ## 10.3 Count the dead units
#
# *2 points.* `Z` (N, H) is what goes into a layer of ReLU: a row for each example, a column for each unit. A unit is dead when its $z$ is 0 or below for *every* example. Return the share of the units that are dead, Eq. (10.4):
#
# $$\text{dead} = \frac1H \sum_h \big[\, z_{nh} \le 0 \text{ for all } n \,\big]$$
#
# Example: `Z = [[-1, 2], [-3, -4]]` gives `0.5`: the first unit is dead, the second is on for one example.
# <!-- given: 0.5 -->

# %% nbgrader={"grade_id": "ex-10-3", "solution": true}
def dead_fraction(Z):
    """Share of the units that are silent for every example.

    Z : (N, H), pre-activations
    Returns a number from 0 to 1
    """
    ### BEGIN SOLUTION
    silent = (Z <= 0).all(axis=0)
    return float(np.mean(silent))
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-10-3", "grade": true}
check("10.3", dead_fraction)

# %%
try_it("10.3", dead_fraction, [[-1, 2], [-3, -4]])

# %% [markdown]
# ## 10.4 Name the start of four networks
#
# *2 points, half a point for each curve.* Four times the same network, 2-4-1 with σ after each layer, learns XOR for 10,000 epochs at rate 1 (unless the letter says otherwise). Only the start differs. Below each curve stands how far apart two
# hidden units are at the end: the largest difference between them in the same weight.

# %%
losses, gaps = four_curves()
show(unlabelled(losses, gaps))

# %% [markdown]
# These are the letters to choose from. Two of the six are not among the curves.

# %%
show_causes()

# %% nbgrader={"grade_id": "ex-10-4", "solution": true}
def what_init_does():
    """The starts of curves 1 to 4, as a list of four letters, such as ["F", "F", "F", "F"]."""
    ### BEGIN SOLUTION
    return ["C", "B", "D", "A"]
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-10-4", "grade": true}
check("10.4", what_init_does)

# %% [markdown]
# ## 10.5 Start twenty layers
#
# *4 points.* A stack of twenty ReLU layers, each 256 wide, without biases: $A_l = \max(0,\ A_{l-1} W_l)$. Return its weights, one array of shape (20, 256, 256), drawn with `rng`, a random generator such as
# `np.random.default_rng(0)`. `rng.normal(0, s, size)` draws normal numbers of standard deviation `s`.
#
# The check sends three inputs through, drawn from N(0, 1). In every one of the twenty layers the activations must have a standard deviation between ¼ and 4. At least 90 % of the weights
# must differ from 0, and no layer may be the same as the one before.
#
# Example: weights drawn from N(0, 1) multiply the standard deviation by about 11 in each layer, and fail.

# %% nbgrader={"grade_id": "ex-10-5", "solution": true}
def design_stack(rng):
    """Weights through which a signal keeps its size.

    rng : a NumPy random generator
    Returns an array (20, 256, 256)
    """
    ### BEGIN SOLUTION
    std = np.sqrt(2 / 256)
    return rng.normal(0, std, size=(20, 256, 256))
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-10-5", "grade": true}
check("10.5", design_stack)

# %% [markdown]
# Look at your stack: the standard deviation of the activations after each layer, for one input.

# %%
stack = try_it("10.5", design_stack, np.random.default_rng(0))
if np.shape(stack) == (20, 256, 256):
    show(spread_of_a_stack(stack))

# %% [markdown]
# ## How far you are

# %%
progress("10")
