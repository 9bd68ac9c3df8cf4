# %% [markdown]
# # Follow one nudge through the network
#
# The network says 0.39 for example A, where 1 is right. Lesson 02 found how the loss answers to that output. But nobody
# can turn an output. What can be turned are weights, and `W1[0, 0]` sits four steps before the output.
#
# **The question of this lesson: by how much does the loss move per unit of `W1[0, 0]`, exactly, and without
# running the network a second time?**

# %% [markdown]
# | | |
# |---|---|
# | **You will be able to** | follow a change through any formula, from the right end to the left, with two rules, and say which of them applies where |
# | **You need** | lesson 01 (the forward pass), lesson 02 (slopes by nudging, the losses) |
# | **Time** | 50 minutes, and 20 more for the exercises; there is a good place for a break in the middle |

# %%
import numpy as np

from bpcourse import check, show
from bpcourse.activations import sigmoid
from bpcourse.datasets import running_example
from bpcourse.losses import binary_cross_entropy
from bpcourse.viz.plots import chain as plots
from bpcourse.viz.plots import circuits

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# ## Nudge one weight
#
# First the way of lesson 02: move `W1[0, 0]` a little, run the network again, and divide the change of the loss by the
# nudge. Here is the loss of example A, with the one output's weights as three plain numbers.

# %%
X, T, params = running_example()
x, t = X[0], T[0, 0]
W1, b1 = params["W1"], params["b1"]
w2, b2 = params["W2"][:, 0], params["b2"][0]

def loss_of(x, W1):
    """Squared error of example A."""
    y_hat = sigmoid(sigmoid(x @ W1 + b1) @ w2 + b2)
    return (y_hat - t) ** 2

# %%
def nudged(i, j, by):
    """Loss of A after W1[i, j] was moved by this much."""
    moved = W1.copy()
    moved[i, j] += by
    return loss_of(x, moved)

loss = loss_of(x, W1)
print(f"output {sigmoid(sigmoid(x @ W1 + b1) @ w2 + b2):.4f}   loss {loss:.6f}")
for nudge in (0.1, 0.01, 0.001):
    print(f"nudge {nudge:<5}   slope {(nudged(0, 0, nudge) - loss) / nudge:.6f}")

# %% [markdown]
# A slope of about $-0.05$: a larger weight would lower the loss, gently. But every nudge gives another number, none of
# them is exact, and thirteen weights and biases would need thirteen more runs.
#
# What the number means shows in a picture: the loss for every value of this weight from −3 to 6, and a line with the slope
# that was measured.

# %%
w = np.linspace(-3, 6, 91)
curve = [nudged(0, 0, v - W1[0, 0]) for v in w]
show(plots.tangent(w, curve, W1[0, 0], loss, (nudged(0, 0, 0.001) - loss) / 0.001))

# %% [markdown]
# At 0.4 the line touches the curve and the two cannot be told apart. Far away they part: at the left end
# the loss is 0.46 and the line says 0.54. A slope is a promise about small steps only.

# %% [markdown]
# ## Promise a change
#
# Two weights lead from A's inputs into hidden unit 1. Their slopes are about $-0.051$ and $+0.017$.
#
# **Predict before you run:** both weights are raised by 0.1. Does the loss rise or fall, and by how much?

# %%
slopes = [(nudged(i, 0, 1e-6) - loss) / 1e-6 for i in (0, 1)]
both = W1.copy()
both[:, 0] += 0.1
print(f"slopes    {slopes[0]:.4f} {slopes[1]:.4f}")
print(f"promised  {slopes[0] * 0.1 + slopes[1] * 0.1:.6f}")
print(f"happened  {loss_of(x, both) - loss:.6f}")

# %%
each = {"W1[0, 0]": slopes[0] * 0.1, "W1[1, 0]": slopes[1] * 0.1}
show(plots.shares(each, loss_of(x, both) - loss))

# %% [markdown]
# The loss falls: by 0.00341 as promised, by 0.00336 as it happened, since a nudge of 0.1 is small, but not tiny. Each nudge brings (its slope) times
# (its size), and the shares add up. In letters, where Δ is read "the change of":
#
# $$\Delta L \approx \sum_i \frac{\partial L}{\partial x_i}\,\Delta x_i \tag{3.6}$$
#
# Here $x_i$ is not only an input. It stands for whatever was moved: two weights, an input, all entries of a matrix. The sign ≈ becomes exact as
# the nudges shrink. Everything below follows from this line. (Equations are numbered by subject; so
# this one, needed first, is the last of its group.)
# <!-- given: 0.1 -->

# %% [markdown]
# ## Turn two gears: the chain rule, refreshed
#
# Now a chain. Take $(2w-1)^2$ at $w=1$, in two steps: $u = 2w-1$, then $u^2$. The first gear turns $u$ by 2 per unit of $w$. The second
# turns the square by $2u$ per unit of $u$, the slope of a square, and $u$ is 1 here, so by 2 as well.
#
# And the whole, per unit of $w$? Two times two, if the gears behave like gears.

# %%
def square_of(w):
    return (2 * w - 1) ** 2

inner, outer = 2, 2 * (2 * 1 - 1)
print("inner times outer ", inner * outer)
print(f"by a nudge         {(square_of(1.001) - square_of(1)) / 0.001:.3f}")

# %% [markdown]
# Gears multiply: a nudge is doubled, and doubled again. School calls this the *chain rule*. The network is a longer chain of the same kind.

# %% [markdown]
# ## Take the network apart into gears
#
# `W1[0, 0]` reaches the loss over five gears: $w \to z_1 \to a_1 \to z_2 \to \hat y \to L$. The small number counts the layer; of the three $z_1$ and $a_1$
# only those of hidden unit 1 are on this way. We run example A forward once and keep every value. Then each gear is nudged *alone*, which needs no network.

# %%
z1 = x @ W1 + b1
a1 = sigmoid(z1)
z2 = a1 @ w2 + b2
y_hat = sigmoid(z2)
values = {"w": W1[0, 0], "z₁": z1[0], "a₁": a1[0], "z₂": z2, "ŷ": y_hat, "L": loss}
for name, value in values.items():
    print(f"{name:2s} {value:8.4f}")

# %%
show(circuits.path(values, (x[0], w2[0])))

# %% [markdown]
# Such a drawing is a **circuit**. A value flows right over each wire, from gate to gate: a *gate* is what the drawing has for a gear. The dots in two gates stand for what the other inputs
# and the bias add: that shifts the value, and leaves the slope alone. The question marks are slopes. Now the gates, one at a time:

# %%
def measured(gear, at, nudge=1e-6):
    return (gear(at + nudge) - gear(at)) / nudge

dz1_dw = measured(lambda w: x[0] * w + x[1] * W1[1, 0] + b1[0], W1[0, 0])
da1_dz1 = measured(sigmoid, z1[0])
dz2_da1 = measured(lambda a: w2[0] * a + w2[1:] @ a1[1:] + b2, a1[0])
dy_dz2 = measured(sigmoid, z2)
dL_dy = measured(lambda y: (y - t) ** 2, y_hat)
print(f"{dz1_dw:.4f}  {da1_dz1:.4f}  {dz2_da1:.4f}  {dy_dz2:.4f}  {dL_dy:.4f}")

# %% [markdown]
# From left to right: how much $z_1$ moves per unit of $w$, $a_1$ per unit of $z_1$, and so on. Only the last is negative: a larger output lowers the
# loss, because the target is 1.
#
# **Predict before you run:** multiply them from the right end to the left, in your head. At which gate does the product grow in size? And what must stand at
# the end, if gears multiply here too?

# %%
product = 1.0
local = [dz1_dw, da1_dz1, dz2_da1, dy_dz2, dL_dy]
for name, slope in zip(["dL/dy", "dy/dz2", "dz2/da1", "da1/dz1", "dz1/dw"], local[::-1], strict=True):  # from right to left
    product *= slope
    print(f"{name:8s} {slope:8.4f}    product so far {product:8.4f}")
print(f"their sum would be {sum(local):.4f}")

# %% [markdown]
# After the first factor, only the last gate, ×1.5, makes it grow. The product is $-0.0511$, the slope that cost a second run above. Each gear scales the nudge that it receives, so along a path
# the slopes **multiply**. Adding them would not even give the right sign. In letters:
#
# $$\frac{\partial L}{\partial w} = \frac{\partial L}{\partial \hat y}\cdot\frac{\partial \hat y}{\partial z_2}\cdot\frac{\partial z_2}{\partial a_1}\cdot\frac{\partial a_1}{\partial z_1}\cdot\frac{\partial z_1}{\partial w} \tag{3.1}$$

# %%
show(circuits.path(values, (x[0], w2[0]), local))

# %% [markdown]
# Above each wire stands the value that went right. Below it stands its slope: how much $L$ moves per unit of *this wire*.
# Read from the right: each gate takes the slope that arrives, multiplies by its own local slope, and hands the product on. It
# needs to know nothing else of the network.
#
# Two of the slopes get names, since lesson 04 lives on them: $\delta_2 = -0.290$ at $z_2$, and $\delta_1 = -0.034$ at
# the $z_1$ of unit 1.

# %% [markdown]
# **Try it:** along one path lie four gates with the local slopes 3, −2, 0.25 and 4. What is the slope of the whole?
# Replace the `...` by a number and run the cell.
# <!-- given: 0.25 -->

# %%
check("03.a", ...)

# %% [markdown]
# ## Keep six slopes at hand
#
# The next pages need the slopes of six common gates. School has found them; $u$ is what goes *into* the gate, and log is the natural logarithm.
#
# | gate | $u^2$ | $e^u$ | $\log u$ | $1/u$ | $\sin u$ | $\cos u$ |
# |---|---|---|---|---|---|---|
# | its slope | $2u$ | $e^u$ | $1/u$ | $-1/u^2$ | $\cos u$ | $-\sin u$ |
#
# None of them has to be believed. A nudge at $u = 2$ tests each:

# %%
u = 2.0
gates = {
    "u*u": (np.square, 2 * u), "exp u": (np.exp, np.exp(u)), "log u": (np.log, 1 / u),
    "1/u": (np.reciprocal, -1 / u**2), "sin u": (np.sin, np.cos(u)), "cos u": (np.cos, -np.sin(u)),
}
for name, (gate, rule) in gates.items():
    print(f"{name:6s} by the rule {rule:8.4f}   by a nudge {measured(gate, u):8.4f}")

# %% [markdown]
# ## Find the slope of σ
#
# Back to the network. Three of its five slopes are exact: 1.5 and 0.5 are what the gates multiply by, and $2(\hat y - t)$ is Eq. (2.2). The two of σ are
# still only measured. Is there a rule? Look at the last two columns.

# %%
for z in (*z1, z2):
    a = sigmoid(z)
    print(f"z {z:7.4f}   a {a:.4f}   1-a {1 - a:.4f}", end="   ")
    print(f"product {a * (1 - a):.4f}   measured {measured(sigmoid, z):.4f}")

# %% [markdown]
# The slope of σ is the product of $a$ and $1-a$. Why? By Eq. (1.2) σ is a chain of four gears: $-z$, then exp of it, then $u = 1 + e^{-z}$, then $a = 1/u$.
# Their slopes are $-1$, $e^{-z}$, 1 and $-1/u^2$. Along a path we multiply, and minus times minus is plus. With σ′ for the slope of σ:
#
# $$\sigma'(z) = \frac{e^{-z}}{u^2} = \frac{1}{u}\cdot\frac{u - 1}{u} = \frac1u\,\Bigl(1 - \frac1u\Bigr) = a\,(1-a) \tag{3.3}$$
#
# It takes $a$, the value that *left* the gate, which the forward pass has computed anyway.

# %%
show(plots.gate_slopes({"z of unit 1": z1[0], "far left, z": -4.0}))

# %% [markdown]
# The slope of σ is never above 0.25, and at $z=-4$ it is 0.018: far from zero the gate hardly answers any more.

# %% [markdown]
# Two other gates were drawn in lesson 01. **tanh** is σ stretched: $\tanh z = 2\,\sigma(2z) - 1$ runs from −1 to 1. Three gears, so its slope is
# $2\cdot s(1-s)\cdot 2$ with $s = \sigma(2z)$, and in its own $a = 2s - 1$ that is $1-a^2$. **ReLU** keeps what is positive and gives 0 for the rest: $\max(z, 0)$. Its
# slope is 1 where $z > 0$, and 0 elsewhere. Both are in the right picture.

# %%
def relu(z):
    return max(z, 0.0)

for z in (-1.0, 0.5):
    print(f"tanh at {z:4.1f}   1 - a*a {1 - np.tanh(z) ** 2:.4f}   by a nudge {measured(np.tanh, z):.4f}")
    print(f"ReLU at {z:4.1f}   by a nudge {measured(relu, z):.4f}")

# %% [markdown]
# Back to σ and the path of `W1[0, 0]`. All five factors are exact now, and so is the answer. No nudge is in it:

# %%
delta2 = 2 * (y_hat - t) * y_hat * (1 - y_hat)
at_unit_1 = delta2 * w2[0] * a1[0] * (1 - a1[0])
print(f"at z2            {delta2:.6f}")
print(f"at z1 of unit 1  {at_unit_1:.6f}")
print(f"at W1[0, 0]      {at_unit_1 * x[0]:.6f}")

# %% [markdown]
# The question has its answer: $-0.051094$. The nudge of 0.001 came close with $-0.051084$.
#
# *This is the place for a break. What follows is the second rule, and what both rules can do.*

# %% [markdown]
# ## Nudge what is used three times
#
# The weight had one path to the loss. The *input* $x_1 = 1.5$ has more: it is multiplied by three weights and feeds all
# three hidden units.
#
# **Predict before you run:** when $x_1$ is nudged, is the slope that of the strongest path, a product of three paths, or a sum?

# %%
delta1 = delta2 * w2 * a1 * (1 - a1)  # all three units at once
through = delta1 * W1[0]
print("slope at each z1       ", delta1)
print("through each unit to x1", through)
moved = x + np.array([1e-6, 0])
print(f"sum {through.sum():.6f}   by a nudge {(loss_of(moved, W1) - loss) / 1e-6:.6f}")

# %%
show(circuits.fan_out(x[0], W1[0], delta1))

# %% [markdown]
# A sum. One nudge of $x_1$ moves three $z$ at once, and by Eq. (3.6) their shares add up. Across paths, slopes **add**:
#
# $$\frac{\partial L}{\partial x} = \sum_j \frac{\partial L}{\partial z_j}\,\frac{\partial z_j}{\partial x} \tag{3.2}$$
#
# Note what was *not* done three times: all three paths end in the same factor $\delta_2$, and it was computed once.

# %% [markdown]
# **Try it:** $f = xy + x$ at $x = 4$, $y = 5$. What is $\partial f/\partial x$?

# %%
check("03.b", ...)

# %% [markdown]
# ## Use the two rules without a network
#
# Nothing so far was about networks. Take $f = (xy + \sin x)^2$ at $x = 2$, $y = 0.3$, and compute it in stages, each with a name.
# <!-- given: 0.3 -->

# %%
x0, y0 = 2.0, 0.3
p = x0 * y0
s = np.sin(x0)
u = p + s
f = u**2
print(f"p {p:.4f}   s {s:.4f}   u {u:.4f}   f {f:.4f}")

# %% [markdown]
# On the way back, three kinds of gate. A **sum** hands its slope on unchanged to both inputs. A **product** hands each input the slope times *the other* input.
# A **copy** adds what comes back.
#
# Through the product the slope of $f$ in $x$ will be positive. Through the sine, whose slope is the cosine, it will be negative, because $\cos 2$ is. Which of
# them wins?

# %%
du = 2 * u
dp, ds = du, du
dx_product = dp * y0
dx_sine = ds * np.cos(x0)
dy = dp * x0
print(f"df/dx through the product  {dx_product:.4f}")
print(f"df/dx through the sine    {dx_sine:.4f}")
print(f"df/dx together            {dx_product + dx_sine:.4f}")
print(f"df/dy                      {dy:.4f}")

# %%
show(circuits.two_uses(x0, y0))

# %% [markdown]
# Together $-0.3506$. Whoever follows the product alone gets $0.9056$: not even the sign is right. When a name is
# used twice, look for both paths.

# %% [markdown]
# ## Take the slope where the value went in
#
# The gate $\sin$ received $x = 2$ and put out 0.9093. Its slope is $\cos$ of what went **in**. It is tempting to
# take the number at hand, the output. Both, beside a nudge:

# %%
def f_of(x):
    return (x * y0 + np.sin(x)) ** 2

print(f"cos of the input   {dx_product + ds * np.cos(x0):.4f}")
print(f"cos of the output  {dx_product + ds * np.cos(s):.4f}")
print(f"by a nudge         {measured(f_of, x0):.4f}")

# %% [markdown]
# The input is right: at 2 the sine falls. Eq. (3.3) seems to do otherwise, since $a$ left the gate. But $a(1-a)$ is a short way to write the slope
# of σ *at z*, by the algebra above. The sine has no such short way.

# %% [markdown]
# ## Tame a monster
#
# How far do the rules carry? Here is a chain of gates one unit wide, and the squared error of what it puts out, at $x = 1.5$ and with the target 1:
#
# $$y = 0.4 + 2\cos\bigl(-0.5 + 1.2\,e^{\,0.1 - 0.8\sin(0.3 + 0.5x)}\bigr), \qquad m = (y - 1)^2$$
#
# By stages, with $u$ before a gate and $v$ after it, it is eight short lines. (A function of this shape is worked through in
# S. J. D. Prince, *Understanding Deep Learning*, MIT Press 2023, section 7.3.)
# <!-- given: 0.4 0.5 1.2 0.1 0.8 0.3 1.5 7.3 -->

# %%
xm = 1.5
u1 = 0.3 + 0.5 * xm
v1 = np.sin(u1)
u2 = 0.1 - 0.8 * v1
v2 = np.exp(u2)
u3 = -0.5 + 1.2 * v2
v3 = np.cos(u3)
y = 0.4 + 2 * v3
m = (y - 1) ** 2
print(f"m = {m:.6f}")

# %% [markdown]
# And back. Each line takes the slope of the line before it, times the local slope of one gate. That is all of Eq. (3.1), step by step. For
# comparison, `at_once` writes the whole product in one line.

# %%
dm = 1.0
dy = dm * 2 * (y - 1)
dv3 = dy * 2
du3 = dv3 * -np.sin(u3)
dv2 = du3 * 1.2
du2 = dv2 * np.exp(u2)
dv1 = du2 * -0.8
du1 = dv1 * np.cos(u1)
dx = du1 * 0.5
at_once = 2 * (y - 1) * 2 * -np.sin(u3) * 1.2 * np.exp(u2) * -0.8 * np.cos(u1) * 0.5
print(f"dm/dx by stages {dx:.6f}, in one formula {at_once:.6f}")

# %% [markdown]
# One formula says the same, but a typo in it spoils everything, and nothing says where. By stages a typo has a place.
#
# **Predict before you run:** suppose the line of `du2` lacks its `np.exp(u2)`. Which of the slopes `dv3`, `du3`, `dv2`, `du2`, `dv1`, `du1`, `dx` come out wrong?

# %%
typo_u2 = dv2
typo_v1 = typo_u2 * -0.8
typo_u1 = typo_v1 * np.cos(u1)
forward = [xm, u1, v1, u2, v2, u3, v3, y, m]
right = [dx, du1, dv1, du2, dv2, du3, dv3, dy, dm]
typo = [typo_u1 * 0.5, typo_u1, typo_v1, typo_u2, dv2, du3, dv3, dy, dm]
show(plots.ladder(forward, typo, right, typo=("u2", "dv2")))

# %% [markdown]
# Values go down on the left, slopes come up on the right. The crosses begin at `du2` and go all the way to `dx`; the slopes below do not notice
# the typo. So whoever compares the slopes one by one, *coming from the end*, finds it at the first that is off.

# %% [markdown]
# ## Derive two slopes of lesson 02
#
# Lesson 02 measured how cross-entropy answers to $z$. With $\hat y = \sigma(z)$, Eq. (2.3) is $-t\log\hat y - (1-t)\log(1-\hat y)$. Nudge $\hat y$: the log has the slope $1/u$,
# and in the second one sits the gear $1-\hat y$, with the slope $-1$.
#
# $$\frac{\partial L}{\partial \hat y} = -\frac{t}{\hat y} + \frac{1-t}{1-\hat y} = \frac{-t(1-\hat y) + (1-t)\,\hat y}{\hat y\,(1-\hat y)} = \frac{\hat y - t}{\hat y\,(1-\hat y)}$$
#
# **Predict before you run:** one gate of σ follows, with the slope $\hat y(1-\hat y)$. What will be left?

# %%
def cost(y):
    return -t * np.log(y) - (1 - t) * np.log(1 - y)

slope = (y_hat - t) / (y_hat * (1 - y_hat))
through_gate = slope * y_hat * (1 - y_hat)
by_nudge = measured(lambda z: binary_cross_entropy(np.array([z]), np.array([t])), z2)
print(f"slope in the output {slope:.4f}   by a nudge {measured(cost, y_hat):.4f}")
print(f"slope in z2         {through_gate:.4f}   by a nudge {by_nudge:.4f}")
print(f"output - target     {y_hat - t:.4f}")

# %% [markdown]
# The slope of the gate cancels, and the bare error is left. With $N$ examples, whose mean is taken:
#
# $$\frac{\partial L}{\partial z} = \frac{\hat y - t}{N} \tag{3.4}$$
#
# That is why cross-entropy stays steep where the squared error goes flat: no factor $\hat y(1-\hat y)$ is left to shrink it.

# %% [markdown]
# Softmax with cross-entropy, Eq. (2.5), for one example: $L = \log S - z_y$, where $S = \sum_k e^{z_k}$ and $y$, from here on, is the true class. Two paths lead from a logit $z_k$ to $L$:
#
# - through $S$: exp has the slope $e^{z_k}$, the sum 1, the log $1/S$. Together $e^{z_k}/S$, and that is $p_k$;
# - at the true class alone, straight: $-1$.
#
# Across paths we add: $p_k - 1$ at the true class, $p_k$ elsewhere.

# %%
z = np.array([2.0, 0.0, -1.0])
p = np.exp(z) / np.sum(np.exp(z))
unit = np.eye(3)  # row k is 1 at place k and 0 elsewhere

def ce(z, true):
    return np.log(np.sum(np.exp(z))) - z[true]

for true in (0, 2):
    nudges = [(ce(z + 1e-6 * unit[k], true) - ce(z, true)) / 1e-6 for k in range(3)]
    print(f"class {true} is true:   by the rule {p - unit[true]}   by nudges {np.array(nudges)}")

# %%
show(plots.softmax_slopes(p, (0, 2)))

# %% [markdown]
# The slopes of a row sum to 0: what the true class is to gain, the others are to lose. The surer the wrong answer, the larger the pull. For a batch, the labels $y$ are
# written as a table $Y$ of targets, with a row per example: 1 at the true class, 0 elsewhere. So
#
# $$\frac{\partial L}{\partial Z} = \frac{P - Y}{N} \tag{3.5}$$

# %% [markdown]
# ## Test yourself
#
# **1.** Two paths lead from $x$ to $L$. On the first lie the slopes 2 and 3, on the second −4 and 1. What is $\partial L/\partial x$?
# - **A** 2
# - **B** −24
# - **C** 6
#
# **2.** What is the slope of σ at $z = -1$, where $a = 0.2689$?
# - **A** σ′(0.2689) = 0.2455
# - **B** 0.1966
# - **C** −2
#
# **3.** Why go from the loss backward, and not along one path at a time?
# - **A** there are too many paths to follow them at all
# - **B** the paths share their last factors, such as δ₂; computed once, they serve all
# - **C** it is more exact
#
# Replace each `...` by a letter in quotes, such as `"A"`.
# <!-- given: 0.2455 -->

# %%
check("03.q1", ...)
check("03.q2", ...)
check("03.q3", ...)

# %% [markdown]
# ## What you take with you
#
# - Along a path multiply, Eq. (3.1); across paths add, Eq. (3.2).
# - A gate needs two numbers: the slope that arrives from the right, and its own local slope, taken where the value went in.
# - σ has the slope $a(1-a)$, Eq. (3.3). Under cross-entropy the slope at the output's $z$ is prediction minus target, over N, Eq. (3.4) and (3.5).
#
# **Now the exercises**: `exercises/03_chain_rule.ipynb`, four functions, 20 minutes.

# %% [markdown]
# ## And next
#
# One weight took five factors. Twelve more numbers are waiting, and their paths share almost every factor. Lesson 04 finds all
# thirteen slopes in one sweep.
