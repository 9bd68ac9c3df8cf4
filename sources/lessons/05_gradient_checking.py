# %% [markdown]
# # Ask a second witness
#
# Lesson 04 found thirteen slopes by hand, by a loop and by matrices, and all three agreed. But all three were written by the same
# person, from the same formulas. Below are two backward passes that do not agree, and one of them is wrong.
#
# **The question of this lesson: how do I know that my backward pass is right?**

# %% [markdown]
# | | |
# |---|---|
# | **You will be able to** | check any gradient by nudging, say in one number how far it is off, and tell a bug from rounding and from a corner |
# | **You need** | lesson 04 (the backward pass) |
# | **Time** | 40 minutes, and 20 more for the exercises |

# %%
import numpy as np

from bpcourse import check, show
from bpcourse.activations import relu, sigmoid
from bpcourse.buggy import NINE_BUGS, bias_averaged, hidden_squashed_twice
from bpcourse.datasets import running_example
from bpcourse.gradcheck import (
    central_difference, check_gradient, complex_step, diagnose, directional_check,
    one_sided_difference, relative_error,
)
from bpcourse.layers import affine_backward
from bpcourse.viz.plots import gradcheck as plots

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# ## Look at two versions
#
# First what both share: the forward pass, the loss, and the slope of σ at $z$, Eq. (3.3). `loss_on(X, T)` fixes the examples and returns a function:
# the loss of this batch, with nothing left to choose but the thirteen parameters.

# %%
X, T, params = running_example()

def run(params, X):
    Z1 = X @ params["W1"] + params["b1"]
    A1 = sigmoid(Z1)
    Z2 = A1 @ params["W2"] + params["b2"]
    return Z1, A1, Z2, sigmoid(Z2)

def loss_on(X, T):
    return lambda params: np.sum((run(params, X)[-1] - T) ** 2) / len(X)

def slope(z):
    return sigmoid(z) * (1 - sigmoid(z))

# %% [markdown]
# Now the two versions. They differ in one line:

# %%
def version_p(params, X, T):
    Z1, A1, Z2, A2 = run(params, X)
    d2 = 2 / len(X) * (A2 - T) * slope(A2)
    d1 = (d2 @ params["W2"].T) * slope(Z1)
    return {"W1": X.T @ d1, "b1": d1.sum(axis=0), "W2": A1.T @ d2, "b2": d2.sum(axis=0)}

def version_q(params, X, T):
    Z1, A1, Z2, A2 = run(params, X)
    d2 = 2 / len(X) * (A2 - T) * slope(Z2)
    d1 = (d2 @ params["W2"].T) * slope(Z1)
    return {"W1": X.T @ d1, "b1": d1.sum(axis=0), "W2": A1.T @ d2, "b2": d2.sum(axis=0)}

# %% [markdown]
# Both read like Eq. (4.1) to (4.4), and all shapes are right. **Decide before you go on:** which of the two is right, P or Q?
#
# Perhaps the loss can tell. Each version takes 40 steps downhill on example A:

# %%
x, t = X[:1], T[:1]
loss_a = loss_on(x, t)

def descend(version):
    params, losses = running_example()[2], []
    for _ in range(41):
        losses.append(loss_a(params))
        grads = version(params, x, t)
        params = {name: params[name] - grads[name] for name in params}
    return losses

runs = {"version P": descend(version_p), "version Q": descend(version_q)}
for name, losses in runs.items():
    print(f"{name}: {losses[0]:.4f} -> {losses[-1]:.4f}")

# %%
show(plots.falling(runs))

# %% [markdown]
# Both losses fall, and P even comes out ahead: 0.0005 against 0.0029. Neither looking nor training tells which of them is
# right. A witness is needed who knows nothing of Eq. (4.1): somebody who only *runs the network*.

# %% [markdown]
# ## Nudge one weight, on one side
#
# Lesson 03 had such a witness: move `W1[0, 0]` by a little, which we call ε, run the network, and divide the change of the loss by ε.
# (`params | {"W1": W1}` is a new dict: all of `params`, with another W1.)

# %%
def moved(by):
    """Loss of A after W1[0, 0] was moved by this much."""
    W1 = params["W1"].copy()
    W1[0, 0] += by
    return loss_a(params | {"W1": W1})

p, q = (version(params, x, t)["W1"][0, 0] for version in (version_p, version_q))
print(f"version P   {p:.6f}\nversion Q   {q:.6f}")
for eps in (0.1, 0.01):
    print(f"eps {eps:<6}  {(moved(eps) - moved(0)) / eps:.6f}")

# %% [markdown]
# The two versions differ in the third digit. The witness moves as ε shrinks, and has not settled yet. In letters, for any function $f$ of a
# weight $w$, the **one-sided difference** is
#
# $$\frac{\partial f}{\partial w} \approx \frac{f(w+\varepsilon) - f(w)}{\varepsilon} \tag{5.1}$$

# %% [markdown]
# ## Nudge it on both sides
#
# Why is it off? Take a curve that bends more, $w^3$ at $w = 1$, where the slope is 3, and a wide nudge, ε = 0.5. The rule draws a straight line
# through two points of the curve, a *chord*. There are two ways to choose them:
# <!-- given: 0.5 -->

# %%
show(plots.chords(lambda w: w**3, at=1.0, eps=0.5, slope=3.0))

# %% [markdown]
# The chord to one side is much too steep, because the curve bends away from it. The chord across both sides errs up on the one side, errs down on the other,
# and most of it cancels: 3.25 in place of 4.75. So ask twice, and divide by the whole distance. That is the **central**, or two-sided, **difference**:
#
# $$\frac{\partial f}{\partial w} \approx \frac{f(w+\varepsilon) - f(w-\varepsilon)}{2\,\varepsilon} \tag{5.2}$$
# <!-- given: 3.25 4.75 -->

# %% [markdown]
# **Try it:** what does Eq. (5.2) say for $w^3$ at $w = 1$ with ε = 0.1? You need $1.1^3 = 1.331$ and $0.9^3 = 0.729$.
# <!-- given: 0.1 1.1 0.9 1.331 0.729 -->

# %%
check("05.a", ...)

# %% [markdown]
# Back to the network, with both rules, and with their distance from both versions.
#
# **Predict before you run:** each row has a tenth of the ε of the row above. By how much does the distance from Q shrink for the one-sided rule,
# and by how much for the two-sided?

# %%
for eps in (0.1, 0.01, 0.001):
    one = (moved(eps) - moved(0)) / eps
    two = (moved(eps) - moved(-eps)) / (2 * eps)
    print(f"eps {eps:<6} one-sided {one:.6f}   from P {abs(one - p):.1e}   from Q {abs(one - q):.1e}")
    print(f"{'':10} two-sided {two:.6f}   from P {abs(two - p):.1e}   from Q {abs(two - q):.1e}")

# %% [markdown]
# A tenth of ε brings the one-sided rule 10 times nearer to Q, and the two-sided one 100 times: 7.7e-09 in the last row. From P both keep a
# distance of 5.1e-04 in the end, however small ε gets. **The witness sides with Q.** P has squashed twice: its `slope` expects a $z$, and was given `A2`, which is σ(Z2) already.

# %% [markdown]
# ## Say how close is close
#
# A distance of 5.1e-04 was enough to convict. Is a small distance always a good sign? Here are three pairs of slopes, each with its distance:

# %%
for g, witness in ((1 + 1e-9, 1.0), (2e-9, 1e-9), (1000.001, 1000.0)):
    distance = abs(g - witness)
    beside = distance / (g + witness)
    print(f"{g:<12.10g} {witness:<6.10g} distance {distance:.0e}   beside both sizes {beside:.2g}")

# %% [markdown]
# In the second row the distance is as tiny as in the first, and yet one slope is twice the other. In the third it is a million times
# larger, and means little. What counts is the distance *beside the size of the slopes*: the last column. For a gradient $g$ and a measured one $\hat g$:
#
# $$\text{relative error} = \frac{\lVert g - \hat g\rVert}{\lVert g\rVert + \lVert \hat g\rVert} \tag{5.3}$$
#
# The size $\lVert g\rVert$ is the root of the sum of all squares. The error is 0 for equal gradients and never above 1: it is 1 for opposite ones, and where only
# one of the two is 0. If both are 0 it is 0, by agreement.

# %% [markdown]
# **Try it:** a backward pass says 2 where the witness says 1. What is the relative error? A fraction, such as `3 / 4`, is welcome.

# %%
check("05.b", ...)

# %% [markdown]
# ## Question all thirteen
#
# The course's `central_difference` does Eq. (5.2) for every entry of every array; you will write your own in exercise 05.1. It only calls the loss: a witness must not
# share the code of the accused. Comparing with it is a **gradient check**. Here are P and Q in one number each, for example A and for all four examples:

# %%
def in_words(error):
    return "below 1e-8" if error < 1e-8 else f"{error:.4f}"

for X_n, T_n in ((x, t), (X, T)):
    measured = central_difference(loss_on(X_n, T_n), params, eps=1e-5)
    for name, version in (("P", version_p), ("Q", version_q)):
        error = relative_error(version(params, X_n, T_n), measured)
        print(f"N = {len(X_n)}   version {name}   {in_words(error)}")

# %%
show(plots.thirteen(measured, {"P": version_p(params, X, T), "Q": version_q(params, X, T)}))

# %% [markdown]
# On the upper panel both sit on their bars, or a hair beside them. On the lower one, whose axis is logarithmic, they lie more than five powers of ten apart.
#
# Where is the line between right and wrong? Right code comes out below 1e-8. One wrong name comes out at 0.0050. In between lies a wide
# gap. **The line of this course is 1e-5**, far from both sides. `check_gradient` has it, and names the worst entry:

# %%
loss = loss_on(X, T)
print(check_gradient(loss, version_q(params, X, T), params))
print(check_gradient(loss, version_p(params, X, T), params))

# %% [markdown]
# An error above 1e-5 is a bug (or a corner, see the end of this lesson). What comes out near the line, not far below or above it, is rare and suspicious in another way: look at ε and
# at the number type before you search the formulas. The next section shows both.

# %% [markdown]
# ## Do not nudge too little
#
# So far a smaller ε was a better one. **Predict before you run:** 1e-5 gave an error below 1e-8. What will 1e-12 give, a smaller error or a larger one?
#
# Before the answer, a fact about computers: a float64, the number type that NumPy uses, keeps about 16 digits. (There is also float32, half as long, which
# keeps about 7.)

# %%
print(1 + 1e-16 == 1)
print((1 + 1e-12) - 1)

# %% [markdown]
# Beside a 1, a nudge of 1e-16 is not there at all. A nudge of 1e-12 is there with four digits; the rest of 1.0000889e-12 is rounding. This is what it does to Eq. (5.2),
# for $w^3$ at 1. In each row the two values of $f$, and the slope that comes out:

# %%
show(plots.digits(lambda w: w * w * w, 1.0, (1e-5, 1e-8, 1e-12)))

# %% [markdown]
# The grey digits say how near the two numbers are to each other, and vanish in the difference. With ε = 1e-12 only five black digits are left, the last of them not to be trusted, and the slope
# is 3.000100168. Now the network: all thirteen slopes, measured with thirteen different ε, by three witnesses. A ring marks the lowest point of each.

# %%
exact = version_q(params, X, T)
steps = 10.0 ** np.arange(-13, 0)

def errors(rule, f):
    return [relative_error(rule(f, params, eps), exact) for eps in steps]

def loss_in_float32(params):
    small = {name: part.astype(np.float32) for name, part in params.items()}
    return loss_on(X.astype(np.float32), T.astype(np.float32))(small)

one = errors(one_sided_difference, loss)
two = errors(central_difference, loss)
short = errors(central_difference, loss_in_float32)

# %%
show(plots.u_curve(steps, {"one-sided": one, "two-sided": two, "two-sided, float32": short}))

# %% [markdown]
# Each curve is a U. On its right arm the formula is to blame: a tenth of ε buys 10 times (one-sided) or 100 times (two-sided). On the left arm it is rounding: a tenth
# of ε costs about 10 times. The lowest point is the best that a witness can do:

# %%
for name, curve in (("one-sided", one), ("two-sided", two), ("float32", short)):
    print(f"{name:10s} best eps {steps[np.argmin(curve)]:.0e}   error at 1e-1: {curve[-1]:.0e}")
print("two-sided at 1e-5 below 1e-8: ", two[8] < 1e-8)
print("two-sided at 1e-12 above 1e-5:", two[1] > 1e-5)

# %% [markdown]
# So the answer to the prediction: far worse. The two-sided rule with ε = 1e-5 in float64 is the usual choice, and leaves room on both sides. float32 keeps only 7 digits:
# its best ε is a thousand times wider, and at 1e-8 its witness is useless.

# %% [markdown]
# ## Nudge sideways
#
# Rounding came in by a subtraction. There is a rule without one. It needs *complex numbers*: numbers with two parts, $a + ib$, where
# $i\cdot i = -1$. NumPy computes with them, and writes `1j` for $i$. Nudge $w = 1$ in the direction of $i$, and look at the second part of $w^3$:

# %%
for h in (0.1, 1e-20):
    w = 1 + 1j * h
    cube = w * w * w
    print(f"h {h:<6}  second part {cube.imag:.4g}   divided by h {cube.imag / h:.4f}")

# %% [markdown]
# With $h = 0.1$ the slope comes out as 2.99, as good as the two-sided rule. With $h = 10^{-20}$ it comes out exact: nothing was subtracted, so nothing was lost,
# and $h$ may be as small as you like. This is the **complex step**, with Im for the second part:
#
# $$\frac{\partial f}{\partial w} \approx \frac{\operatorname{Im} f(w + i h)}{h} \tag{5.4}$$

# %%
imaginary = complex_step(loss, params, h=1e-20)
print("relative error below 1e-14:", relative_error(exact, imaginary) < 1e-14)
sideways = errors(complex_step, loss)
show(plots.u_curve(steps, {"two-sided": two, "complex step": sideways}, "One of them has no left arm"))

# %% [markdown]
# From h = 1e-7 down the complex step is exact to the last digits, and stays so. The price: every operation on the way has to compute with complex numbers, and `abs` or `float` would drop the
# second part. Where it works it is the most exact of the witnesses, and the tests of this course rely on it.

# %% [markdown]
# ## Plant nine bugs
#
# A witness should not only confirm. Does it also convict? `NINE_BUGS` holds nine backward passes. Each is like version Q but for one mistake.

# %% [markdown]
# | bug | in place of | it has |
# |---|---|---|
# | factor 2 missing | `2 / N * (A2 - T)` | `1 / N * (A2 - T)` |
# | sign | `(A2 - T)` | `(T - A2)` |
# | σ′(a) at the output | `slope(Z2)` | `slope(A2)`: version P |
# | σ′(a) at the hidden layer | `slope(Z1)` | `slope(A1)` |
# | bias averaged | `d1.sum(axis=0)`, `d2.sum(axis=0)` | `d1.mean(axis=0)`, `d2.mean(axis=0)` |
# | 1/N missing | `2 / N * (A2 - T)` | `2 * (A2 - T)` |
# | 1/N twice in layer 1 | W1: `X.T @ d1`, and b1 | `X.T @ d1 / N`, and b1 too |
# | one number for all hidden biases | b1: `d1.sum(axis=0)` | `d1.sum()` |
# | W2 updated first | `d2 @ W2.T` | `d2 @ (W2 - dW2).T` |

# %% [markdown]
# Each is questioned twice: on example A alone, and on the batch of four.
#
# **Predict before you run:** one of the two columns is blind for some bugs. Which column, and for what kind of bug?

# %%
found = {}
print(f"{'':34}   N = 1   N = 4")
for name, wrong in NINE_BUGS.items():
    alone = relative_error(wrong(x, t, params), complex_step(loss_a, params))
    batch = relative_error(wrong(X, T, params), imaginary)
    found[name] = alone, batch
    print(f"{name:34} {alone:7.3f} {batch:7.3f}")

# %%
show(plots.planted_bugs(found))

# %% [markdown]
# On the batch all nine are caught, the faintest with 0.015. On a single example three get away: all those about $N$, since 1/1, a mean of one and a sum of one are all the same. There a
# line at 0.01 would also let σ′(a) at the output pass, with 0.005. So: **a batch of at least two, all sizes different, and no patience above 1e-5.**
# <!-- given: 0.01 -->

# %% [markdown]
# ## Let the doctor speak
#
# A number says *that* something is wrong. To say *what*, look at every array by itself, and look for a simple relation to the measured slopes. `diagnose` does that, for any
# function and any gradient. Its first two patients are the fourth and the fifth bug of the table:

# %%
diagnose(loss, lambda params: hidden_squashed_twice(X, T, params), params, sizes={"N": 4})

# %% [markdown]
# W2 and b2 are right, so δ2 is, for they are made of it. W1 and b1 are made of δ1. Between the two lies one line, Eq. (4.3), and there the bug is. (The *cosine*
# says how nearly two arrays point the same way: 1 for the same direction, 0 for nothing in common.)
#
# Another patient:

# %%
diagnose(loss, lambda params: bias_averaged(X, T, params), params, sizes={"N": 4})

# %% [markdown]
# A quarter, or 1/N? With four examples nobody can tell. That is what "all sizes different" is for, from each other and from 2 and 4. The same patient on seven
# random examples:

# %%
rng = np.random.default_rng(0)
X7, T7 = rng.standard_normal((7, 2)), rng.random((7, 1))
diagnose(loss_on(X7, T7), lambda params: bias_averaged(X7, T7, params), params, sizes={"N": 7})

# %% [markdown]
# ## Check one layer at a time
#
# A single layer has no loss. Give it one: $f = \sum \mathrm{dZ} \odot Z$, with any array dZ of the shape of $Z$. The slope of this $f$ in $Z$ *is* dZ. So what
# `affine_backward(dZ, X, W)` returns must be the gradients of $f$ in X, W and b, and these can be measured:

# %%
W, b, dZ, inputs = (rng.standard_normal(shape) for shape in ((4, 5), 5, (7, 5), (7, 4)))
dX, dW, db = affine_backward(dZ, inputs, W)

print("dX:", check_gradient(lambda inputs: np.sum(dZ * (inputs @ W + b)), dX, inputs))
print("dW:", check_gradient(lambda W: np.sum(dZ * (inputs @ W + b)), dW, W))
print("db:", check_gradient(lambda b: np.sum(dZ * (inputs @ W + b)), db, b))

# %% [markdown]
# ## Know how a check is fooled
#
# A check can pass a wrong gradient. The doctor's first patient again, with its bug in the line of δ1. This time W2 is made smaller and smaller, and at last 0.
#
# **Predict before you run:** what happens to the relative error?

# %%
scales = (1, 0.1, 0.01, 0.001, 0)
hidden = []
for scale in scales:
    shrunk = params | {"W2": scale * params["W2"]}
    hidden.append(relative_error(hidden_squashed_twice(X, T, shrunk), complex_step(loss, shrunk)))
    print(f"W2 times {scale:<6} error {hidden[-1]:.6f}")

# %%
show(plots.hidden_by_zeros(scales, hidden))

# %% [markdown]
# At W2 = 0 the check passes with 0.000000. δ1 has the factor $W_2^{\mathsf T}$, and zero times a wrong slope is as good as zero times a right one. **Zeros hide bugs:** check at random
# weights that are not zero, and not tiny.
#
# A check can also fail a right gradient. Two ways, beginning with the number type:

# %%
whole = np.array([1, 2])
whole[0] += 1e-5
print(whole)

# %% [markdown]
# An array of whole numbers cannot hold a nudge, and says nothing. Turn parameters into float64 first.
#
# And here is ReLU at exactly $z = 0$, where the rule of lesson 03 says that the slope is 0:

# %%
for eps in (0.1, 1e-5):
    print("eps", eps, "measured", central_difference(lambda z: np.sum(relu(z)), np.array([0.0]), eps))
show(plots.corner(0.1))

# %% [markdown]
# Measured 0.5, whatever ε is. That is a **corner** (or kink): the slope is 0 on one side and 1 on the other, and the chord takes the middle. It is no bug. Move away from the corner and check again.

# %% [markdown]
# ## Make it a routine
#
# Before you train a network that you wrote yourself: random weights that are not zero, float64, at least two examples, all sizes different; the two-sided
# rule with ε = 1e-5, every entry put back after its nudge; the relative error, and the worst entry by name. What does that cost? We count the runs of the network:

# %%
calls = []

def counted(params):
    calls.append("one run")
    return loss(params)

central_difference(counted, params)
print("runs for 13 parameters:   ", len(calls))
print("runs for 2,410 parameters:", 2 * 2410)

# %% [markdown]
# Two runs for every parameter: the network of lesson 06 has 2,410, so 4,820 runs for *one* gradient. The backward pass gets it in one sweep. Measured gradients are for checking, never for training.
#
# A large network can be asked one question instead: move *all* parameters at once, each by its own random amount. By Eq. (3.6) the loss then changes by the sum
# of slope times nudge. Is that so?

# %%
direction = {name: rng.standard_normal(part.shape) for name, part in params.items()}

def walked(step):
    return loss({name: params[name] + step * direction[name] for name in params})

promised = sum(np.sum(exact[name] * direction[name]) for name in params)
seen = (walked(1e-5) - walked(-1e-5)) / 2e-5
print(f"promised by the gradient {promised:.6f}\nmeasured                 {seen:.6f}")
print(directional_check(loss, params, exact, random_state=0))

# %%
show(plots.cost({"every entry": (26, 4820), "one direction": (2, 2)}, (13, 2410)))

# %% [markdown]
# Two runs, however many parameters; `directional_check` does the same in one call. It says whether something is wrong, though not where.

# %% [markdown]
# ## Test yourself
#
# **1.** dW1 is wrong by 0.119, dW2 is right. Where do you look first?
# - **A** at the loss
# - **B** at the line of δ1
# - **C** at db2
#
# **2.** ε = 1e-12 gave an error above 1e-5 on a right gradient. Why?
# - **A** rounding: the two losses agree in most of their digits, and the rest is noise
# - **B** the gradient is wrong
# - **C** ε is too large
#
# **3.** Why not train with measured gradients?
# - **A** they are not exact enough to descend
# - **B** two forward passes for every parameter
# - **C** biases cannot be nudged
#
# Replace each `...` by a letter in quotes, such as `"A"`.

# %%
check("05.q1", ...)
check("05.q2", ...)
check("05.q3", ...)

# %% [markdown]
# ## What you take with you
#
# - The two-sided rule, Eq. (5.2), ε = 1e-5, float64; then the relative error, Eq. (5.3). Right code comes out below 1e-8. The line is 1e-5: above it is a bug, unless there is a corner.
# - Check on a batch, at random weights that are not zero, before training.
# - A witness must not share the code of the accused.
#
# **Now the exercises**: `exercises/05_gradient_checking.ipynb`, five tasks, 20 minutes.

# %% [markdown]
# ## In practice
#
# The complex step is described by W. Squire and G. Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review 40(1), 1998, pp. 110–112. If a network has random parts (dropout, which switches units off at random, is one), they have to be held still while it is questioned.

# %% [markdown]
# ## And next
#
# The gradient is right, and you can show it. Version P learnt as well, and on example A it was even ahead: remember that when you see a falling loss. Now let the right one
# work, ten thousand times.
