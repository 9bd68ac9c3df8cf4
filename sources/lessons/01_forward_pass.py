# %% [markdown]
# # Push numbers forward
#
# The network of lesson 00 turned (1.5, −0.5) into 0.39. It is made of *neurons*. A neuron multiplies each input by a weight, adds the
# products up, and adds a bias; here it says 1 if the sum is above 0. Is one neuron enough?
#
# **The question of this lesson: how do numbers get through a network, and why does it need a layer in the middle?**
# <!-- given: 1.5 0.5 -->

# %% [markdown]
# | | |
# |---|---|
# | **You will be able to** | compute every value in a two-layer network, by hand and for a whole batch, and say which shape it has |
# | **You need** | lesson 00; refreshers on the matrix product and on broadcasting are folded into the text |
# | **Time** | 40 minutes, and 15 more for the exercises |

# %%
import warnings

import numpy as np

from bpcourse import MLP, check, show
from bpcourse.datasets import running_example, xor
from bpcourse.training import fit
from bpcourse.viz.plots import forward as plots

np.set_printoptions(precision=4, suppress=True)
X, T, params = running_example()

# %% [markdown]
# Two weights and a bias are three numbers. Draw 10,000 neurons at random, and count how many of the four examples the best
# one gets right.

# %%
rng = np.random.default_rng(0)
best = 0
for _ in range(10_000):
    w, b = rng.normal(size=2), rng.normal()
    says_one = X[:, 0] * w[0] + X[:, 1] * w[1] + b > 0
    best = max(best, np.sum(says_one == (T[:, 0] == 1)))
print(f"best of 10,000 neurons: {best} of {len(X)} right")

# %% [markdown]
# Not one of them gets all four. That is no bad luck, as a drawing will show. First we follow the numbers.

# %% [markdown]
# ## Follow one neuron
#
# Example A is (1.5, −0.5). The first neuron of our network has the weights 0.4 and 0.8, and the bias 0.3. Multiply, and add up.
# <!-- given: 1.5 0.5 0.4 0.8 0.3 -->

# %%
x = X[0]
w, b = np.array([0.4, 0.8]), 0.3
products = x * w
z = products.sum() + b
print("products", products)
print(f"z = {products[0]:.1f} + ({products[1]:.1f}) + {b} = {z:.1f}")

# %% [markdown]
# The same for any number of inputs, in letters:
#
# $$z = \sum_i x_i\,w_i + b \tag{1.1}$$
#
# The $w_i$ are the *weights*, one for each input. The *bias* $b$ shifts the sum, whatever the inputs are. The sum $z$ is called the
# neuron's *pre-activation*.

# %% [markdown]
# ## Squash the sum
#
# $z$ can be any number, and we want an answer between 0 and 1, smoothly. So the neuron passes $z$ through a curve, its
# *activation* function. Ours is the sigmoid: 1 over 1 plus $e^{-z}$.

# %%
shrunk = np.exp(-z)
a = 1 / (1 + shrunk)
print(f"e^-0.5 = {shrunk:.4f}")
print(f"a = 1 / (1 + {shrunk:.4f}) = {a:.4f}")

# %%
show(plots.one_neuron(x, w, b))

# %% [markdown]
# $$a = \sigma(z) = \frac{1}{1 + e^{-z}} \tag{1.2}$$
#
# The sign σ, sigma, is the sigmoid's. # Look at the whole curve before we use it. The dot at $z = 0.5$ is ours; those at $-2$ and $3$ show what becomes of a negative sum and of
# a large one. Two other activation functions are drawn thin: *tanh*, with $\tanh z = (e^z - e^{-z})/(e^z + e^{-z})$, and *ReLU*, which
# keeps a positive $z$ and turns all others into 0. Lesson 03 has their slopes.

# %%
show(plots.squashes(np.array([-2.0, 0.5, 3.0])))

# %% [markdown]
# σ rises from nearly 0 to nearly 1: 0.0025 at $z = -6$, 0.9975 at $z = 6$, and ½ at 0. At our three dots it is 0.1192,
# 0.6225 and 0.9526.

# %% [markdown]
# ## Put three neurons side by side
#
# Between inputs and output lies the *hidden layer*: nobody outside sees its values. It has three neurons, also called *units*. All of them see
# both inputs, each with weights and a bias of its own. Unit 1 you know. Unit 2: weights −0.6 and −0.8, bias −0.5. Unit 3: 0.6 and 0.2, bias 0.1.
#
# **Predict before you run:** what are their $z$ for example A, (1.5, −0.5)?
# <!-- given: 0.6 0.8 0.5 0.2 0.1 1.5 -->

# %%
W1, b1 = params["W1"], params["b1"]
print("W1, one column for each unit")
print(W1)
print("b1, one bias for each unit  ", b1)
print("z of the three units for A  ", x @ W1 + b1)

# %% [markdown]
# Unit 2: −0.9 + 0.4 − 0.5 = −1.0. Unit 3: 0.9 − 0.1 + 0.1 = 0.9. The `@` did all three at once: it is the *matrix product*, here of one row
# with a table.
#
# <details><summary><b>Refresher R1: the matrix product</b></summary>
#
# Row times column: multiply in pairs, then add. Row A times column 1 is 1.5·0.4 + (−0.5)·0.8 = 0.2. Every row of the left table meets
# every column of the right one. So (5, 2) @ (2, 7) is (5, 7): the inner sizes must be equal and disappear, the outer ones stay.
#
# </details>
# <!-- given: 1.5 0.5 0.4 0.8 -->

# %% [markdown]
# ## Push four examples at once
#
# Example A was one row. A *batch* is several rows, one for each example, and the same line takes it as a whole:
#
# $$Z = XW + b \tag{1.3}$$
#
# A map of this form, a product and a shift, is called *affine*.
#
# **Predict before you run:** `X` is (4, 2), `W1` is (2, 3), `b1` is (3,). What is the shape of `X @ W1 + b1`?

# %%
Z1 = X @ W1 + b1
print(Z1.shape)
print(Z1)

# %% [markdown]
# One row for each example, one column for each unit: (4, 3). In letters, with N examples, D inputs and H units:
# (N, D) @ (D, H) + (H,) is (N, H). The drawing shows the product; marked are row A, column 1, and the entry where they meet.

# %%
show(plots.row_times_column(X, W1, 0, 0))

# %% [markdown]
# To this product the three biases were added, the same three in every row: the first entry went from 0.2 to 0.5.
#
# <details><summary><b>Refresher R2: broadcasting</b></summary>
#
# NumPy lines shapes up from the right. Where one has size 1, or no axis at all, it is repeated. So (4, 3) + (3,) adds the row of 3 to
# each of the 4 rows. A trap: (4, 1) − (4,) is no error. The column is repeated to the right, the row downwards, and the result is a
# table of 4 by 4 in which everything meets everything.
#
# </details>

# %% [markdown]
# Does the one line say what two loops would say, example by example and unit by unit, with Eq. (1.1)?

# %%
by_loops = np.empty((4, 3))
for n in range(4):
    for j in range(3):
        by_loops[n, j] = sum(X[n, i] * W1[i, j] for i in range(2)) + b1[j]
assert np.abs(by_loops - Z1).max() < 1e-12
print("loops and matrices agree to 1e-12")

# %% [markdown]
# **Try it:** work out, by hand, the three $z$ of example B, (−0.5, 2.0). Then look at the second row above. Replace the `...` by a
# list of three numbers and run the cell.
# <!-- given: 0.5 2.0 -->

# %%
check("01.a", ...)

# %% [markdown]
# ## Add the second layer
#
# The hidden units' activations are the inputs of one more neuron, the output. Its weights are 0.5, 0.7 and −0.9, its bias is −0.3.
# For example A, in three lines:
# <!-- given: 0.5 0.7 0.9 0.3 -->

# %%
def sigmoid(z):
    return 1 / (1 + np.exp(-z))

W2, b2 = params["W2"], params["b2"]
a1 = sigmoid(x @ W1 + b1)
z2 = a1 @ W2 + b2
a2 = sigmoid(z2)
print("a1", a1)
print(f"z2 = {' + '.join(f'({p:.4f})' for p in a1 * W2[:, 0])} + ({b2[0]}) = {z2[0]:.4f}")
print(f"a2 = {a2[0]:.4f}")

# %%
show(plots.values_forward(params, x, a1, a2))

# %% [markdown]
# There it is: $z_2 = -0.4404$, and σ makes 0.3917 of it, the 0.39 of lesson 00. (Numbers are rounded where they are printed,
# and more so in drawings: by hand, a last digit may differ.) The output $a_2$ is also called $\hat y$, the prediction. Six weights and three biases, then three weights and one bias:
# these are the 13 numbers. The whole *forward pass* of a batch takes four lines:
#
# $$Z_1 = XW_1 + b_1,\quad A_1 = \sigma(Z_1),\quad Z_2 = A_1W_2 + b_2,\quad A_2 = \sigma(Z_2) \tag{1.4}$$

# %%
Z1 = X @ W1 + b1
A1 = sigmoid(Z1)
Z2 = A1 @ W2 + b2
A2 = sigmoid(Z2)
for name, array in (("Z1", Z1), ("A1", A1), ("Z2", Z2), ("A2", A2)):
    print(name, array.shape)
print("answers", A2[:, 0], "  targets", T[:, 0])

# %% [markdown]
# The answers 0.392, 0.432, 0.369 and 0.543 again, now with every step in view.
#
# **Try it:** which shapes have `X @ W1`, `A1 @ W2`, `W2.T` and `b1`? `.T` is the transpose: it exchanges rows and columns. Replace the
# `...` by a list of four tuples, such as `[(4, 2), …]`; a tuple with one entry is written `(5,)`.

# %%
check("01.b", ...)

# %% [markdown]
# ## See why one neuron is not enough
#
# σ is above ½ exactly where $z > 0$. A neuron with two inputs changes sides where $x_1w_1 + x_2w_2 + b = 0$, and that is the equation of a
# straight line. So it says 1 on one side of a line, and 0 on the other. And a side that holds two points holds the segment between them.
#
# Join the two examples with target 1, A and B, by a segment, and the two with target 0, C and D. The left panel does that. The right one
# does the same for *XOR*, "either or": 1 where exactly one of two inputs is 1.

# %%
corners, answers = xor()
show(plots.crossing(X, T, corners, answers))
meet = plots.meeting_point(X[:2], X[2:])
print("AB and CD cross at", meet)

# %% [markdown]
# The segments cross at (1.173, −0.091). A neuron that has A and B on its 1-side has the whole segment there, the crossing included. One that has C and D
# on its 0-side has the crossing there. One point cannot lie on both sides. So no neuron gets all four right, however long we search.

# %% [markdown]
# ## See why the squash is needed
#
# Then take more neurons. But suppose that we leave out σ in the middle: `(X @ W1 + b1) @ W2 + b2`.
#
# **Predict before you run:** can these two layers be replaced by a single one, with some weights $W$ and bias $b$?

# %%
two_layers = (X @ W1 + b1) @ W2 + b2
W, b = W1 @ W2, b1 @ W2 + b2
one_layer = X @ W + b
print("W", W[:, 0], "  b", b)
print("two layers", two_layers[:, 0])
print("one layer ", one_layer[:, 0])

# %% [markdown]
# They can: $W = (-0.76, -0.34)$ and $b = -0.59$ give the same −1.56, −0.89, −2.28 and 1.23. Without the squash, a middle layer is worth nothing: the border
# between the answers 1 and 0 stays a straight line. With it, the border can bend. Here is our network before and after the 1,000 steps of
# lesson 00 (the same call: 02 explains the loss, 06 the steps); where its answer counts as 0, the plane is dotted.

# %%
net = MLP([2, 3, 1], activation="sigmoid", loss="sigmoid_mse")
net.params.update({name: value.copy() for name, value in params.items()})
history = fit(net, X, T, 1.0, epochs=1000, batch_size=None)
show(plots.borders([("as given", params), ("after 1,000 steps", net.params)], X, T))

# %% [markdown]
# As given, the border is nearly straight, and only C lies where it should. After the steps it bends around C and around D, and all four
# are right. Same neurons, same four lines of Eq. (1.4), other numbers.
#
# But a third region is dotted, at the upper left. No example lies in it. What does the network say there?

# %%
far = np.array([[-2.5, 1.5]])
print(f"inputs {far[0]}: the signs differ, the answer is {net.predict_proba(far)[0, 0]:.4f}")

# %% [markdown]
# It says 0, and the signs differ: it has learnt the four examples, not the rule. Four examples cannot tell it more.
#
# With that the story of this lesson ends. Two notes for practice follow: one that exercise 01.2 needs, and one for whoever reads other books.

# %% [markdown]
# ## In practice: keep the exponential small
#
# Eq. (1.2) is exact on paper. In a computer, σ(−800) needs $e^{800}$, which no float can hold. The first line below takes Eq. (1.2) as it stands,
# the second uses another form of the same function, $\sigma(z) = \tfrac12\,(1 + \tanh \tfrac z2)$.

# %%
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print("by Eq. (1.2)", sigmoid(np.array([-800.0, 2.0])))
print("NumPy warns:", caught[0].message)
z = np.array([-800.0, 2.0])
print("by tanh     ", 0.5 * (1 + np.tanh(0.5 * z)))

# %% [markdown]
# Both give the same values, and only the second is quiet. Prefer it: among warnings that do not matter, one that does is easily missed.
#
# A third way takes $e^{-|z|}$, which never exceeds 1: for $z \ge 0$ divide 1 by $1 + e^{-|z|}$, for $z < 0$ divide $e^{-|z|}$ by it.

# %% [markdown]
# ## In practice: read other books
#
# Many books write $z = W \cdot x + b$. So does the article from which this course grew, *Backpropagation Algorithm in Neural Network*
# (2022), in its formula; its code multiplies inputs by weights, as we do. In that convention an example is a column, and $W$ has one
# *row* for each unit. It is the same network, lying on its side. To translate, transpose: their $W$ is our $W^{\mathsf T}$.

# %%
their_W, their_x = W1.T, X.T
their_b = b1[:, None]  # the same three biases as a column, (3, 1)
theirs = their_W @ their_x + their_b
print("their z has shape", theirs.shape)
assert np.abs(theirs.T - Z1).max() < 1e-12
print("transposed, it is ours")

# %%
show(plots.two_conventions(*X.shape, W1.shape[1]))

# %% [markdown]
# ## Test yourself
#
# **1.** The hidden layer has three units and the batch four examples. Why has b1 the shape (3,)?
# - **A** one bias for each example
# - **B** a bias belongs to a unit; broadcasting gives it to every row
# - **C** one bias for each weight
#
# **2.** Remove σ in the hidden layer. Before the last σ, the two layers together are
# - **A** still more able than one layer
# - **B** always 0
# - **C** exactly one affine layer, $XW + b$
#
# **3.** `W1 @ X` fails here, because
# - **A** (2, 3) @ (4, 2): the inner sizes 3 and 4 differ
# - **B** NumPy needs `np.dot` for this
# - **C** X must be transposed in every library
#
# Replace each `...` by a letter in quotes, such as `"A"`.

# %%
check("01.q1", ...)
check("01.q2", ...)
check("01.q3", ...)

# %% [markdown]
# ## What you take with you
#
# - A layer is $XW + b$, Eq. (1.3), then a squash, Eq. (1.2).
# - Shapes: (N, D) @ (D, H) is (N, H), with N examples, D inputs, H units. Rows are examples, columns are units.
# - Without σ the middle layer is worth nothing. With it, XOR is in reach.
#
# **Now the exercises**: `exercises/01_forward_pass.ipynb`, five functions, 15 minutes. In the last one you give a network the weights that solve XOR.

# %% [markdown]
# ## And next
#
# For A the network says 0.39, and 1 would be right. How wrong is that, in one number that we can lower? Lesson 02 looks for it.
