# %% [markdown]
# # Push the error back through one layer
#
# In lesson 03 one slope took five factors: how much the loss moves per unit of `W1[0, 0]`. Twelve
# more weights and biases are waiting, and their paths share almost every factor.
#
# **The question of this lesson: can all thirteen slopes come out of one sweep?**

# %% [markdown]
# | | |
# |---|---|
# | **You will be able to** | write the backward pass of a two-layer network, by hand, with a loop and with matrices, and say why each line has its shape |
# | **You need** | lesson 01 (shapes), lesson 03 (multiply along a path, add across paths) |
# | **Time** | 60 minutes, and 40 more for the exercises; there is a good place for a break in the middle |

# %%
import numpy as np

from bpcourse import check, show
from bpcourse.activations import sigmoid
from bpcourse.datasets import running_example
from bpcourse.network import backward, forward
from bpcourse.viz.plots import backward as plots
from bpcourse.viz.plots.network import network_values

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# ## See what is known, and what is missing
#
# The network of lesson 01 again: two inputs, three hidden units, one output, thirteen numbers to learn.
# We begin with example A alone. The forward pass fills the drawing from the left. (Biases are not drawn; they are there.)

# %%
X, T, params = running_example()
W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
x, t = X[0], T[0]

z1 = x @ W1 + b1
a1 = sigmoid(z1)
z2 = a1 @ W2 + b2
a2 = sigmoid(z2)
loss = float(np.sum((a2 - t) ** 2))
print("a1  ", a1)
print(f"a2   {a2[0]:.4f}   target {t[0]:.0f}   loss {loss:.4f}")

# %%
values = {"x": x, "a1": a1, "a2": a2, "L": loss}
unknown = {"d1": np.full(3, np.nan), "d2": np.full(1, np.nan)}
show(network_values(params, values, deltas=unknown))

# %% [markdown]
# Blue numbers are known. The question marks are what this lesson fills in, from the right end to the left.
# Each is a slope, and has a name: $\delta = \partial L/\partial z$, how much the loss moves per unit of that unit's $z$.

# %% [markdown]
# ## Start at the output
#
# Two slopes lie between the loss and $z_2$. The loss reacts to the output by $2(\hat y - t)$, and the output reacts
# to its $z$ by $a(1-a)$. One path, so we multiply.

# %%
reaction = 2 * (a2 - t)
slope2 = a2 * (1 - a2)
d2 = reaction * slope2
print(f"dL/da2   {reaction[0]:.4f}")
print(f"da2/dz2  {slope2[0]:.4f}")
print(f"delta2   {d2[0]:.4f}")

# %% [markdown]
# The product is $-0.2899$: raising $z_2$ by a little lowers the loss by about 0.29 times as much. With $N$ examples
# the loss is a mean, so each example brings $1/N$. In letters, the first equation of backpropagation:
#
# $$\delta_2 = \frac{\partial L}{\partial Z_2} = \frac{2}{N}\,(A_2 - T)\odot A_2\,(1 - A_2) \tag{4.1}$$
#
# The sign $\odot$ multiplies entry by entry, as `*` does in NumPy. Three parts, and each has its name: $2/N$ from the mean of
# squares, the error $A_2 - T$, the slope of the gate.

# %% [markdown]
# ## Read off layer 2
#
# Nudge `W2[0]` by a little: $z_2$ moves by that much times $a_1[0]$, because that is what the weight multiplied.
#
# **Predict before you run:** about how large is $\partial L/\partial W_2[0]$? You have $\delta_2 = -0.2899$ and $a_1[0] = 0.6225$.

# %%
dW2 = a1 * d2
db2 = d2
print("dW2", dW2)
print("db2", db2)

# %% [markdown]
# Each weight's slope is *what went in* times *the δ it fed*. The bias is a weight whose input is always 1, so its slope
# is δ itself. So that it can serve a whole batch later in this lesson, the equation is written with arrays whose rows are
# examples, and a sum over them; for one example it is the product you have just seen.
#
# $$\frac{\partial L}{\partial W_2} = A_1^{\mathsf T}\,\delta_2, \qquad \frac{\partial L}{\partial b_2} = \sum_n \delta_{2,n} \tag{4.2}$$

# %% [markdown]
# **Try it:** with two hidden units $a_1 = (0.2,\ 0.5)$ and $\delta_2 = -0.4$, what are the two entries of dW2?
# Replace the `...` by a list of two numbers and run the cell.
# <!-- given: 0.2 0.5 0.4 -->

# %%
check("04.a", ...)

# %% [markdown]
# ## Send the bill to the hidden units
#
# Now the step that gave the method its name. Unit $j$ of the hidden layer fed $z_2$ through the weight $W_2[j]$. So it is
# billed $\delta_2 \cdot W_2[j]$: that is how much the loss moves per unit of $a_1[j]$.
#
# **Predict before you run:** which of the three units gets the largest bill, and why?

# %%
billed = W2[:, 0] * d2
slope1 = a1 * (1 - a1)
d1 = billed * slope1
print("bill    ", billed)
print("slope   ", slope1)
print("delta1  ", d1)

# %%
show(plots.bills(billed, slope1, d1))

# %% [markdown]
# Unit 3 gets the largest bill, because its weight, $-0.9$, is the largest in size: $-0.2899 \cdot (-0.9) = 0.2609$. Then each bill
# passes the unit's own gate, which lets through a quarter at most: $0.2609 \cdot 0.2055 = 0.0536$. What remains is $\delta_1$:
#
# $$\delta_1 = (\delta_2\, W_2^{\mathsf T}) \odot \sigma'(Z_1) \tag{4.3}$$
# <!-- given: 0.9 -->

# %% [markdown]
# ## Read off layer 1
#
# Layer 1 stands to $\delta_1$ as layer 2 stood to $\delta_2$. What went in is now the input $x$, two numbers; what was fed are
# three units. Every pair has a weight, so the slopes form a table of 2 by 3.

# %%
dW1 = np.outer(x, d1)
db1 = d1
print("dW1")
print(dW1)
print("db1", db1)

# %% [markdown]
# $$\frac{\partial L}{\partial W_1} = X^{\mathsf T}\,\delta_1, \qquad \frac{\partial L}{\partial b_1} = \sum_n \delta_{1,n} \tag{4.4}$$
#
# The first entry is $-0.0511$: the very number that took five factors in lesson 03. This time it came with twelve others, and
# nothing was multiplied twice. That is the whole trick of backpropagation.

# %% [markdown]
# ## Does it help?
#
# A slope is a promise: a small step against it lowers the loss. We take one step on all thirteen numbers, 0.5 times the
# slope of each, and run example A forward again. Eq. (3.6) promises a change: the sum of slope times step.
# <!-- given: 0.5 -->

# %%
rate = 0.5
moved = sigmoid(
    sigmoid(x @ (W1 - rate * dW1) + (b1 - rate * db1)) @ (W2 - rate * dW2[:, None]) + (b2 - rate * db2)
)
new_loss = float(np.sum((moved - t) ** 2))
promised = -rate * sum(np.sum(g**2) for g in (dW1, db1, dW2, db2))
print(f"output  {a2[0]:.4f} -> {moved[0]:.4f}")
print(f"loss    {loss:.4f} -> {new_loss:.4f}")
print(f"change  promised {promised:.4f}, happened {new_loss - loss:.4f}")

# %%
show(plots.one_step(a2, moved, t, "A"))

# %% [markdown]
# The output moved from 0.39 to 0.47, towards its target 1, and the loss fell from 0.370 to 0.281, about as much as promised (that 0.281 is also the loss of the whole batch is chance). One example, by hand, done.
#
# *This is the place for a break. What follows is the same, four examples at a time.*

# %% [markdown]
# ## Let four examples vote
#
# The loss of a batch is the mean over its examples, so its gradient is the mean of the examples' gradients. With the $1/N$ inside
# the first δ, each example brings its share, and the shares are *added*: that is all that is left of the mean. First in a loop.

# %%
N = len(X)
loop = {name: np.zeros_like(value) for name, value in params.items()}
votes = []
for x_n, t_n in zip(X, T, strict=True):
    a1_n = sigmoid(x_n @ W1 + b1)
    a2_n = sigmoid(a1_n @ W2 + b2)
    d2_n = 2 / N * (a2_n - t_n) * a2_n * (1 - a2_n)
    d1_n = (W2 @ d2_n) * a1_n * (1 - a1_n)  # for one example, W2 @ d2 is d2 @ W2.T
    loop["W2"] += np.outer(a1_n, d2_n)
    loop["b2"] += d2_n
    loop["W1"] += np.outer(x_n, d1_n)
    loop["b1"] += d1_n
    votes.append(a1_n[0] * d2_n[0])

# %%
votes = np.array(votes)
print("votes on W2[0]", votes)
print(f"their sum       {votes.sum():.4f}")
show(plots.votes(votes))

# %% [markdown]
# A negative slope asks for a larger weight. So A and B want it larger, C and D want it smaller, and the batch takes the sum of the
# shares, $-0.0601$. The bias is decided by a vote as well.
#
# In code, `D2` will hold the four $\delta_2$, one row each (the exercises say `dZ2`).
#
# **Predict before you run:** the four values of $\delta_2$ are $-0.0725$, $-0.0697$, $0.0429$ and $0.0674$. What is db2,
# to three decimals? (A alone, with no $1/N$, said $-0.2899$.)

# %%
A1 = sigmoid(X @ W1 + b1)
A2 = sigmoid(A1 @ W2 + b2)
D2 = 2 / N * (A2 - T) * A2 * (1 - A2)
print("delta2", D2.ravel())
print(f"db2     {D2.sum():.4f}")

# %% [markdown]
# ## Replace the loop by matrices
#
# From here on, letters are sizes: N counts examples, D inputs, H hidden units and C outputs; here they are 4, 2, 3 and 1. A transpose exchanges rows
# and columns: `A1` is (N, H), `A1.T` is (H, N). The product of an (H, N) and an (N, C) array sums over N, the examples, which is the
# sum that the loop made.
#
# **Predict from the shapes alone:** dW2 must be (3, 1). `A1` is (4, 3), δ2 is (4, 1). Where does the transpose go?

# %%
show(plots.product_shapes(("A1.T", 3, 4), ("delta2", 4, 1), ("dW2", 3, 1)))

# %%
D1 = (D2 @ W2.T) * A1 * (1 - A1)      # Eq. (4.3)
matrices = {
    "W1": X.T @ D1, "b1": D1.sum(axis=0),   # Eq. (4.4)
    "W2": A1.T @ D2, "b2": D2.sum(axis=0),  # Eq. (4.2)
}
for name, gradient in matrices.items():
    print(f"d{name:3s}", gradient.shape, np.round(gradient.ravel(), 4))

# %% [markdown]
# Four lines for thirteen slopes and any number of examples. Do all ways agree? By hand (A alone, which must be
# the batch of one example), the loop, the matrices, and the course's own `backward`, which the exercises are judged by:

# %%
def by_the_course(X, T):
    activations = forward(X, params, activation="sigmoid")  # a list: X, A1, Z2
    A2 = sigmoid(activations[-1])
    D2 = 2 / len(X) * (A2 - T) * A2 * (1 - A2)
    return backward(D2, activations, params, activation="sigmoid")

def gap(first, second):
    return max(np.abs(first[k] - second[k]).max() for k in first)

# %%
by_hand = {"W1": dW1, "b1": db1, "W2": dW2[:, None], "b2": db2}
assert gap(by_hand, by_the_course(X[:1], T[:1])) < 1e-12
assert gap(loop, matrices) < 1e-12
assert gap(matrices, by_the_course(X, T)) < 1e-12
print("by hand, loop and matrices agree to 1e-12")

# %% [markdown]
# **Try it:** with N, D, H, C = 7, 4, 5, 3, what are the shapes of δ2, dW2, δ1, dW1 and db1? Replace the `...`
# by a list of five tuples, such as `[(7, 3), …]`. One axis has one entry more to write: `(5,)` is a tuple, `(5)` is not.

# %%
check("04.b", ...)

# %% [markdown]
# ## Give the network a second output
#
# One output hides something. Suppose a second output watches the same hidden units, with weights $-0.4$, $0.9$, $0.2$, bias $-0.9$
# and target 0. Now every hidden unit fed two outputs, so two bills arrive.
#
# Two paths: we add.
# <!-- given: 0.4 0.9 0.2 -->

# %%
wide_W2 = np.column_stack([W2, [-0.4, 0.9, 0.2]])
wide_a2 = sigmoid(a1 @ wide_W2 + np.array([b2[0], -0.9]))
wide_d2 = 2 * (wide_a2 - [1, 0]) * wide_a2 * (1 - wide_a2)
first, second = wide_W2[:, 0] * wide_d2[0], wide_W2[:, 1] * wide_d2[1]
print("delta2     ", wide_d2)
print("both bills ", first + second)
print("d2 @ W2.T  ", wide_d2 @ wide_W2.T)

# %%
show(plots.two_bills(first, second))

# %% [markdown]
# For unit 2 the bills disagree, and the sum is what counts. That sum *is* the product $\delta_2 W_2^{\mathsf T}$: row $j$ of $W_2$ holds
# the weights from unit $j$ to every output. The forward pass went through $W_2$; the way back goes through its transpose.

# %% [markdown]
# ## Change the loss, and change one line
#
# With cross-entropy in place of the squared error, the slope of the gate cancels (lesson 03, Eq. (3.4)), and
# the first δ becomes
#
# $$\delta_2 = (A_2 - T)/N \tag{4.5}$$
#
# for σ with binary cross-entropy and for softmax with cross-entropy (there $A_2$ is the P and $T$ the Y of Eq. (3.5)). Equations (4.2) to (4.4) do not notice.

# %%
D2_bce = (A2 - T) / N                      # Eq. (4.5)
D1_bce = (D2_bce @ W2.T) * A1 * (1 - A1)   # as before
print("dW2", (A1.T @ D2_bce).ravel())
print("db2", D2_bce.sum(axis=0))
show(plots.two_losses(D2.ravel(), D2_bce.ravel()))

# %% [markdown]
# ## Who is to blame?
#
# This course grew out of an article, *Backpropagation Algorithm in Neural Network* (2022). It says that the method finds "the
# network layer that indulged in the error". In sober words that is the question of *credit assignment*: which of the
# thirteen numbers should move, and by how much? The nine weights' slopes are on the edges; a bias's slope is the δ under its unit.

# %%
show(network_values(params, values, deltas={"d1": d1, "d2": d2}, grads={"W1": dW1, "W2": dW2[:, None]}))

# %% [markdown]
# No layer is guilty alone. The widest edge, $-0.206$, leads from unit 3 to the output: that unit was the most active one, so its
# weight has the most say. Most edges of layer 1 are thinner: one more gate stands between them and the loss, and lets
# through less than a quarter. What if there are twenty gates? That is another lesson.

# %% [markdown]
# ## Test yourself
#
# **1.** Why is db summed over the batch?
# - **A** to save memory
# - **B** one bias served N examples, and paths add
# - **C** to average
#
# **2.** δ1 uses which W2?
# - **A** the one of the forward pass
# - **B** the updated one
# - **C** the transpose of W1
#
# **3.** With N = 1, what does dividing db by N do?
# - **A** it fails the check
# - **B** nothing, so a test on one example cannot see it
# - **C** it doubles the bias
#
# Replace each `...` by a letter in quotes, such as `"A"`.

# %%
check("04.q1", ...)
check("04.q2", ...)
check("04.q3", ...)

# %% [markdown]
# ## What you take with you
#
# - δ2 comes from the loss, Eq. (4.1); then everything repeats, layer by layer, to the left.
# - A weight's gradient is (what went in)ᵀ δ; a bias's is the sum of δ, Eq. (4.2) and (4.4).
# - δ goes back over the transposed weights and through the local slope, Eq. (4.3). Another loss changes one line, Eq. (4.5).
#
# **Now the exercises**: `exercises/04_backward_pass.ipynb`, six tasks, 40 minutes.

# %% [markdown]
# ## And next
#
# By hand, by loop and by matrices: all three agree. But they were written by the same person, from the same formulas. If all three shared one
# mistake, would we notice? Lesson 05 calls a witness that knows nothing of these formulas.
