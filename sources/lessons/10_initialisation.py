# %% [markdown]
# # Start the weights where the signal survives
#
# In lesson 08 a gradient faded away on its road through the layers, in lesson 09 one exploded, and clipping only kept it finite. Both fates were sealed before the first step, when the weights were drawn.
# The article that this course began with names remedies: clipping (09), batch normalisation (11), Adam and RMSProp (12). Of the start it says nothing.
#
# **The question of this lesson: where must the weights start, so that a deep network learns?**

# %% [markdown]
# | | |
# |---|---|
# | **You will be able to** | say why zeros and tiny weights stop a network; work out how large its weights may start; go back through ReLU; find dead units, and mend them |
# | **You need** | lesson 06 (training on the digits), lesson 08 (δ through many layers), lesson 09 (growth by a factor a layer, singular values) |
# | **Published results** | Glorot and Bengio (2010): how much a layer stretches a signal. He, Zhang, Ren and Sun (2015): thirty layers of ReLU that start to learn |
# | **Time** | 60 minutes, and 30 more for the exercises; there is a good place for a break in the middle |

# %%
import textwrap

import numpy as np

from bpcourse import MLP, check, show
from bpcourse.datasets import load_digits, running_example, split_indices
from bpcourse.diagnostics import (dead_fraction, layer_jacobians, layer_statistics, singular_values,
                                  why_not_learning)
from bpcourse.reproductions import glorot_jacobians, thirty_layers
from bpcourse.training import fit
from bpcourse.viz.plots import initialisation as plots
from bpcourse.viz.plots import reproductions

np.set_printoptions(precision=4, suppress=True)
digits = load_digits()
train_rows, test_rows = split_indices(digits.y, test_size=360, random_state=0)
X, y = digits.X[train_rows], digits.y[train_rows]
X_test, y_test = digits.X[test_rows], digits.y[test_rows]

# %% [markdown]
# ## Watch a good loop go nowhere
#
# The loop of lesson 06, in the hands of `fit`: the digits, batches of 32, 20 epochs. The network has ten layers, 64 wide, with tanh. Nothing is wrong with the backward pass. We are free to choose one thing, the size of the first weights.

# %%
def network(depth, activation, init, scale=1.0):
    """Layers 64 wide and ten outputs; the weights of a named start, times `scale`."""
    net = MLP([64] * depth + [10], activation=activation, init=init, random_state=0)
    for W in net.coefs_:
        W *= scale
    return net

def learn(net, rate, epochs=20):
    """The loss of every epoch, and the accuracy on the test set in per cent."""
    history = fit(net, X, y, rate, epochs=epochs, batch_size=32, random_state=0)
    return history.loss, 100 * net.score(X_test, y_test)

# %% [markdown]
# Three starts: from the standard normal distribution, N(0, 1) for short, as in lessons 06 and 09; the same numbers times 0.01; and zeros. Biases are 0 in all of them.
#
# **Predict before you run:** whoever answers "each digit with a probability of 0.1" has a loss of $\ln 10 = 2.303$, and one answer in ten right. Which of the three comes off that level?
# <!-- given: 0.01 0.1 -->

# %%
guess = np.log(10)
tanh_starts = {"N(0, 1)": ("normal", 1.0), "0.01 · N(0, 1)": ("normal", 0.01), "zeros": ("normal", 0.0)}
tanh_losses = {}
for name, (init, scale) in tanh_starts.items():
    tanh_losses[name], right = learn(network(10, "tanh", init, scale), rate=0.1)
    print(f"{name:15s} loss {tanh_losses[name][-1]:.3f}, test set {right:.1f} %")
print(f"guessing costs  {guess:.3f}")
show(plots.guessing(tanh_losses, guess))

# %% [markdown]
# None. Two sit on the level of guessing, and the standard normal start, which was good enough for one hidden layer, comes down from above and ends a little over it. Three different ailments, as we shall see, from the simplest to the most common.

# %% [markdown]
# ## Start all equal, and make twins
#
# Zeros first, or more generally: one number for all weights. The network of the running example shows it best, with three hidden units and σ. All nine weights start at 0.5.
# <!-- given: 0.5 -->

# %%
signs_X, signs_T, _ = running_example()

def small_network(weights):
    """The 2-3-1 network; `weights` is one number for all, or "random"."""
    net = MLP([2, 3, 1], activation="sigmoid", loss="sigmoid_mse", init="xavier", random_state=0)
    if weights != "random":
        for W in net.coefs_:
            W[:] = weights
    return net

net = small_network(0.5)
_, grads = net.loss_and_grads(signs_X, signs_T)
print("A1, a column for each hidden unit")
print(net.forward(signs_X)[1])
print("dW1, a column for each hidden unit")
print(grads["W1"])

# %% [markdown]
# Three equal columns of activations, and three equal columns of gradients.
#
# **Predict before you run:** after 1,000 steps, how far apart are the weights of the three units?

# %%
paths, small_losses = {}, {}
for name, weights in {"0.5": 0.5, "zeros": 0.0, "random": "random"}.items():
    net = small_network(weights)
    walked, losses = [net.params["W1"][0].copy()], []
    for _ in range(1000):
        losses.append(fit(net, signs_X, signs_T, 1.0, epochs=1, batch_size=None).loss[0])
        walked.append(net.params["W1"][0].copy())
    paths[name], small_losses[name] = np.array(walked), losses
    print(f"{name:7s} loss {losses[-1]:.4f}   weights from input 1: {paths[name][-1]}")
show(plots.twins(paths, small_losses))

# %% [markdown]
# Not at all: equal to the last digit. Equal weights give equal activations, equal bills by Eq. (4.3), and so equal gradients: twins remain twins. The network has three hidden units and the ability of one, and its loss stops at 0.170. This is called **symmetry**. With zeros even the bills are 0, and nothing moves.
#
# The remedy is in the right panel: *unequal* weights, drawn at random. The biases may all start at 0; the weights make the difference.

# %% [markdown]
# ## Throw dice
#
# So, at random. But how large? A unit adds up many products, and to see what adding does to random numbers we throw dice. One die shows 3.5 on average. How far from it? The **variance** is the mean of the squared distances: $(2.5^2 + 1.5^2 + 0.5^2)/3 = 2.92$. Its root is the **standard deviation** (std), 1.71: so far off is a typical throw.
# <!-- given: 3.5 2.5 1.5 0.5 -->

# %% [markdown]
# **Predict before you run:** 64 dice show 224 on average. How far from it is a typical throw: 1.71, 14, or 64 times 1.71, which is 109?

# %%
rng = np.random.default_rng(0)
sums = {}
for n in (1, 4, 16, 64):
    throws = rng.integers(1, 7, size=(20_000, n))
    sums[n] = throws.sum(axis=1) - 3.5 * n
    variance = sums[n].var()
    print(f"dice {n:2d}: variance {variance:6.2f} = {n:2d} · {variance / n:.2f}, std {np.sqrt(variance):5.2f}")
show(plots.dice(sums))

# %% [markdown]
# With four times the dice the *variance* is four times as large, and the standard deviation only doubles: high throws and low ones cancel, partly. For numbers that know nothing of each other, variances add. 64 dice are off by $\sqrt{64}\cdot 1.71$, about 14.

# %% [markdown]
# ## Weigh a unit's sum
#
# A unit's $z$ is such a sum, of products $x_i w_i$. The number of its inputs is called **fan-in**, the number of units in the layer **fan-out**. With weights drawn around 0, each product has the variance $\operatorname{Var}(w)$ times the mean square of $x$, the mean of the $x_i^2$, written $\overline{x^2}$. So
#
# $$\operatorname{Var}(z) = \text{fan-in}\cdot\operatorname{Var}(w)\cdot\overline{x^2}$$
#
# **Predict before you run:** 64 inputs of mean square 1 and weights of standard deviation 1: what is the standard deviation of $z$?

# %%
inputs = rng.standard_normal((1000, 64))
for std in (1.0, 0.01, 0.125):
    Z = inputs @ rng.normal(0, std, size=(64, 64))
    slope = np.mean(1 - np.tanh(Z) ** 2)
    print(f"weights {std:5.3f}: z by the formula {np.sqrt(64) * std:.2f}, measured {Z.std():.2f}", end="")
    print(f"; mean slope of tanh {slope:.2f}")

# %% [markdown]
# There are the two other ailments. Weights of size 1 make $z$ as large as 8, where tanh is flat: little gradient gets through. Weights of size 0.01 let 0.08 of the signal through; ten layers leave $0.08^{10}$, a hundred-billionth. In between lies the size that keeps the signal as it is, fan-in · Var(w) = 1:
#
# $$\operatorname{Var}(w) = \frac{1}{\text{fan-in}}$$
#
# For 64 inputs that is a standard deviation of 0.125. LeCun and others wrote it down in 1998 (*Efficient BackProp*); it is the start that lesson 06 gave to the digits.
# <!-- given: 0.01 0.08 -->

# %% [markdown]
# **Try it:** a unit has 100 inputs of mean square 1. Which standard deviation should its weights have, so that $z$ has the variance 1? Replace the `...` by a number.

# %%
check("10.a", ...)

# %% [markdown]
# ## Count the road back as well
#
# On the way back, δ goes through the transposed weights: every unit of the layer before adds up fan-out bills. By the same reasoning that direction asks for $\operatorname{Var}(w) = 1/\text{fan-out}$. Take a layer with 400 inputs and 100 units.

# %%
fan_in, fan_out = 400, 100
rules = {"1 / fan_in": 1 / fan_in, "1 / fan_out": 1 / fan_out}
rules["2 / (fan_in + fan_out)"] = 2 / (fan_in + fan_out)
A_prev, delta = rng.standard_normal((500, fan_in)), rng.standard_normal((500, fan_out))
for name, variance in rules.items():
    W = rng.normal(0, np.sqrt(variance), size=(fan_in, fan_out))
    print(f"Var(w) = {name:22s} forward × {(A_prev @ W).std():.2f}, backward × {(delta @ W.T).std():.2f}")

# %% [markdown]
# Each of the first two rules is right in one direction. Xavier Glorot and Yoshua Bengio (2010) proposed to divide by the mean of both counts, a little too much forward, a little too little backward. As a standard deviation:
#
# $$\text{std}(w) = \sqrt{\frac{2}{\text{fan-in} + \text{fan-out}}} \tag{10.1}$$
#
# It is known by the first author's first name, **Xavier**. In a layer that is as wide as the one before, the three rules are one.

# %% [markdown]
# ## Mend the tanh network
#
# Back to the ten layers. Same seed, so the same normal numbers; same rate, same 20 epochs. Only the factor that they are multiplied by is another one, that of Eq. (10.1).
#
# **Predict before you run:** how many of the 360 test images does it get right?

# %%
tanh_losses["Xavier"], right = learn(network(10, "tanh", "xavier"), rate=0.1)
print(f"Xavier: loss {tanh_losses['Xavier'][-1]:.3f}, test set {right:.1f} %")
show(plots.guessing(tanh_losses, guess))

# %% [markdown]
# 98.6 %, which is 355 of 360, from a draw that differs by a factor of eight from one that learnt nothing. What did the factor do? The course's `layer_statistics` looks into every layer *before* the first step: how far the activations spread, and how long δ is, by Eq. (8.1).

# %%
tanh_starts["Xavier"] = ("xavier", 1.0)
looked_at = {name: layer_statistics(network(10, "tanh", init, scale), X[:200], y[:200], learning_rate=0.1)
             for name, (init, scale) in tanh_starts.items() if name != "zeros"}
spreads = {name: s.activation_stds[:-1] for name, s in looked_at.items()}
deltas = {name: s.delta_norms for name, s in looked_at.items()}
for name in looked_at:
    print(f"{name:15s} layer 9: std {spreads[name][-1]:.1e}   layer 1: delta {deltas[name][0]:.1e}")
show(plots.through_layers(spreads, deltas, forward_label="std of activations", backward_label="norm of δ"))

# %% [markdown]
# From tiny weights nothing arrives at either end. From N(0, 1) most activations sit at ±1, where the gate is flat, and what still gets through is blown up by large weights on its way back. From Xavier's start both lines are nearly level. The same as a table, with one column more: how long a first step is, compared with the weights.

# %%
print(looked_at["Xavier"])

# %% [markdown]
# A few thousandths of the weights in every layer: all of them move, and none is thrown about.
#
# The course has a program that looks for causes. `why_not_learning` trains a copy for 300 steps, and where it does not learn, other copies with one thing changed, until one of them learns.

# %%
for name, (init, scale) in tanh_starts.items():
    report = why_not_learning(network(10, "tanh", init, scale), X, y, learning_rate=0.1)
    print(f"{name:15s} {report.cause}")
    if name == "N(0, 1)":
        print(textwrap.fill(report.words, 95, initial_indent="    ", subsequent_indent="    "))

# %% [markdown]
# Before, three ailments by name; after, healthy. (The factor that it names is $\sqrt{64}$ times the size of the weights in that layer, as in the formula above.)

# %% [markdown]
# ## Know what the rule takes for granted
#
# Eq. (10.1) counts terms, and leaves the gate out. Near 0 tanh has the slope 1, so that was fair. σ has ¼ there (lesson 08), whatever the weights are. Four layers of σ still learn from Xavier's start, and not from 0.01.
#
# **Predict before you run:** ten layers of σ from Xavier's start: do they learn? And which number would you multiply the weights by?
# <!-- given: 0.01 -->

# %%
for depth, init, scale in [(4, "normal", 0.01), (4, "xavier", 1.0), (10, "xavier", 1.0), (10, "xavier", 4.0)]:
    losses, right = learn(network(depth, "sigmoid", init, scale), rate=0.3)
    print(f"{depth:2d} layers of σ, {scale:.2f} · {init:7s} loss {losses[-1]:.3f}, test set {right:.1f} %")

# %% [markdown]
# Four times Xavier pays for the slope of ¼, and ten layers of σ learn after all. A start is bookkeeping: what the layer multiplies by, times what the gate multiplies by, should be 1.
#
# *This is the place for a break. Next: a sharper look at one layer, and another gate.*

# %% [markdown]
# ## Ask a layer what it does to any change
#
# So far we spoke of random signals, and of averages. For one layer and one example there is an exact table: how much each activation moves per unit of each activation before it. First times the weights, then times the local slope of the gate:
#
# $$J_l = \frac{\partial a_l}{\partial a_{l-1}} = W_l\,\operatorname{diag}\bigl(\varphi'(z_l)\bigr) \tag{10.5}$$
#
# It is called the layer's **Jacobian**. diag(…) is a table with these numbers on its diagonal and 0 elsewhere; the product gives each column of $W_l$ its unit's slope. A small change of the activations, a row, times $J_l$ is the change that comes out.

# %% [markdown]
# A layer with two inputs and two units: what comes in, times this, comes out. Every small change that comes in is an arrow; those of length 1 end on a circle, and what comes out ends on an ellipse, as in lesson 09.

# %%
W, slopes = np.array([[1.2, -0.4], [0.6, 0.9]]), np.array([0.9, 0.5])
J = W * slopes               # W @ np.diag(slopes)
print("J")
print(J)
print("a change of (1, 0) comes out as", [1, 0] @ J)
print("singular values", singular_values([J])[0])
show(plots.arrows(J))

# %% [markdown]
# The arrow that fares best leaves with a length of 1.21, the one that fares worst with 0.49: the singular values of $J$. δ goes back through the transpose of the same table, whose singular values are the same. So one list of numbers speaks for both directions, and 1 is the value at which a signal neither grows nor shrinks.

# %%
for name, (init, scale) in tanh_starts.items():
    values = singular_values(layer_jacobians(network(10, "tanh", init, scale), X[0]))[4]
    lost = 100 * np.mean(values < 0.1)
    print(f"{name:15s} largest {values[0]:5.2f}, mean {values.mean():.2f}, below 0.1: {lost:3.0f} %")

# %% [markdown]
# From tiny weights nothing passes, from zeros nothing at all. From N(0, 1) a few changes are stretched up to eight times, and eighty per cent of the directions are as good as lost, because most gates are flat: what arrives is loud, and says little. From Xavier's start the mean is 0.76, with few directions lost.

# %% [markdown]
# Glorot and Bengio looked at the mean of these. In five layers of 1,000 tanh units it was about 0.5 for the start that was standard then, weights drawn evenly from $-1/\sqrt{n}$ to $1/\sqrt{n}$ for $n$ inputs, and about 0.8 for their own, which they called normalised. We run it again, on our digits:
# <!-- given: 0.5 0.8 -->

# %%
result = glorot_jacobians()
print(result)
show(reproductions.glorot_jacobians(result))

# %% [markdown]
# 0.48 and 0.81 here. Over four layers that adds up: from the standard start the spread of the activations falls to a tenth, and so does that of δ on its way back; from the normalised one three quarters arrive, in both directions.

# %% [markdown]
# ## Take a gate that lets all through
#
# Even from Xavier's start the mean stays below 1, because the slope of tanh is 1 at its very best. The article names another gate: ReLU, $\max(0, z)$, whose slope is 1 wherever it is on, however large $z$ is. So the way back is
#
# $$\frac{\partial L}{\partial Z} = \frac{\partial L}{\partial A}\odot [Z > 0] \tag{10.3}$$
#
# The bracket is 1 where it holds and 0 where not; the course takes 0 at $z = 0$, where the curve has a kink.

# %%
z, dA = np.array([-1.0, 2.0, 0.5, 0.0]), np.array([5.0, 6.0, -7.0, 8.0])
print("dZ        ", dA * (z > 0))
a = np.maximum(z, 0)
print("a >= 0    ", a >= 0)
grid = np.linspace(-4, 4, 401)
gates = {"σ": 1 / (2 + 2 * np.cosh(grid)), "tanh": 1 - np.tanh(grid) ** 2, "ReLU": (grid > 0).astype(float)}
show(plots.slopes_of_gates(list(gates), grid, list(gates.values())))

# %% [markdown]
# The unit that is on hands on what it gets, of either sign. (The second line is a classic bug: after ReLU *nothing* is negative, so a mask `a >= 0` masks nothing. Ask $z > 0$, or $a > 0$.)
#
# So then, thirty layers of ReLU, from Xavier's start. **Predict before you run:** ReLU sets about half of the values to 0. What is the mean square of what is left, if that of $z$ is 1?

# %%
z = rng.standard_normal(100_000)
print(f"mean square of z {np.mean(z**2):.3f}, of max(0, z) {np.mean(np.maximum(z, 0) ** 2):.3f}")
print(f"after 30 layers  {0.5**30:.1e}, as a standard deviation {0.5**15:.1e}")
show(plots.halved(z))

# %% [markdown]
# One half, in every layer. Thirty layers leave a billionth of the mean square. The remedy is to pay in advance: twice the variance, so that the half that is left is what came in. Kaiming He and colleagues (2015) derived it:
#
# $$\text{std}(w) = \sqrt{\frac{2}{\text{fan-in}}} \tag{10.2}$$

# %%
relu_stats = {name: layer_statistics(network(30, "relu", init), X[:200], y[:200])
              for name, init in {"Xavier": "xavier", "He": "he"}.items()}
spreads = {name: s.activation_stds[:-1] for name, s in relu_stats.items()}
deltas = {name: s.delta_norms for name, s in relu_stats.items()}
for name in relu_stats:
    print(f"{name:6s} layer 29: std {spreads[name][-1]:.1e}   layer 1: delta {deltas[name][0]:.1e}")
show(plots.through_layers(spreads, deltas, forward_label="std of activations", backward_label="norm of δ"))

# %% [markdown]
# A straight fall on the logarithmic axis, and beside it a line that wanders, but stays. Does it decide whether the network learns? He and colleagues showed it on networks of 22 and of 30 layers (figures 2 and 3 of *Delving deep into rectifiers*). Ours are small, and see the digits; same seed and same batches for both starts.

# %%
result = thirty_layers()
print(result)
show(reproductions.thirty_layers(result))

# %% [markdown]
# With 22 layers both learn, He's earlier. With 30, Xavier's start never leaves the level of guessing in the time given, and He's does. A factor of √2 in the first weights, and nothing else.

# %% [markdown]
# ## Find the units that are dead
#
# ReLU has a price. One unit with $w = 1$, $b = 0$, and four inputs: it is on for all of them. Now a step that is far too large throws its bias to −2.5.
# <!-- given: 2.5 -->

# %%
x, w = np.array([0.5, 1.0, 1.5, 2.0]), 1.0
dA = np.array([0.3, -0.2, 0.4, 0.1])                       # whatever arrives from the layers after it
for b in (0.0, -2.5):
    z = w * x + b
    dZ = dA * (z > 0)
    print(f"b = {b:4.1f}   z {z}   dw {np.sum(x * dZ):.2f}   db {np.sum(dZ):.2f}")
show(plots.one_unit(x, w, {"before the step": 0.0, "after it": -2.5}))

# %% [markdown]
# Silent for every example: then every slope is 0, $dw$ and $db$ are exactly 0, and no step of its own will bring it back. Such a unit is called **dead**. The share of dead units among the $H$ of a layer:
#
# $$\text{dead} = \frac1H\sum_h \bigl[\,z_{nh} \le 0 \text{ for all } n\,\bigr] \tag{10.4}$$

# %% [markdown]
# **Try it:** two examples, four units, $Z = \begin{pmatrix} -1 & 2 & 3 & 0\\ 4 & -1 & 5 & -2\end{pmatrix}$. Which share of the units is dead? Replace the `...` by a number.

# %%
check("10.b", ...)

# %% [markdown]
# A whole network can die of it. The digits, two hidden layers of 32 ReLU units, He's start, and a learning rate of 1. After every epoch we count the dead units of the second hidden layer.
#
# **Remedies to compare**, from the same seed: a smaller rate; and **leaky ReLU**, which gives $0.01\,z$ where $z$ is negative, so that its slope there is 0.01 and never 0.
# <!-- given: 0.01 -->

# %%
def watch(activation, rate, bias=0.0, sizes=(64, 32, 32, 10), epochs=20):
    """Losses and shares of dead units in the last hidden layer, by epoch; the accuracy at the end."""
    rng = np.random.default_rng(0)
    net = MLP(sizes, activation=activation, init="he", random_state=rng)
    for b in net.intercepts_[:-1]:
        b += bias
    losses, dead = [], [dead_fraction(net.forward(X)[-2])]
    for _ in range(epochs):
        losses.append(fit(net, X, y, rate, epochs=1, batch_size=32, random_state=rng).loss[0])
        dead.append(dead_fraction(net.forward(X)[-2]))
    return losses, dead, 100 * net.score(X_test, y_test)

# %%
def compare(settings, **more):
    runs = {name: watch(*arguments, **more) for name, arguments in settings.items()}
    for name, (losses, dead, right) in runs.items():
        print(f"{name:21s} loss {losses[-1]:.3f}, dead {100 * dead[-1]:3.0f} %, test set {right:.1f} %")
    losses, dead = ({name: run[k] for name, run in runs.items()} for k in (0, 1))
    return plots.dead_and_mended(losses, dead)

settings = {"ReLU, rate 1": ("relu", 1.0), "ReLU, rate 0.3": ("relu", 0.3)}
show(compare(settings | {"leaky ReLU, rate 1": ("leaky_relu", 1.0)}))

# %% [markdown]
# (After leaky ReLU, too, a value of 0 or below means that $z$ was 0 or below.) At rate 1 the last hidden layer is dead, all of it, and the loss is that of guessing. At 0.3 nearly all units live. Leaky ReLU at rate 1 is hurt and goes on learning: what seems dead still gets one per cent of its gradient. Where it is not the rate but the start, the difference is sharper. All hidden biases start at −2:
# <!-- given: 0.3 -->

# %%
low = {"bias": -2.0, "sizes": (64, 32, 10)}
show(compare({"ReLU, bias −2": ("relu", 1.0), "leaky ReLU, bias −2": ("leaky_relu", 1.0)}, **low))

# %% [markdown]
# Both start with every unit silent. ReLU's stay so. Leaky ReLU's wake up, one after the other, and the network learns. What the program says of these networks, before and after:

# %%
def verdict(sizes, rate, bias=0.0):
    net = MLP(sizes, activation="relu", init="he", random_state=0)
    for b in net.intercepts_[:-1]:
        b += bias
    report = why_not_learning(net, X, y, learning_rate=rate)
    return report.cause, report.layer

print("rate 1   ", verdict((64, 32, 32, 10), 1.0), "   rate 0.3", verdict((64, 32, 32, 10), 0.3))
print("bias −2  ", verdict((64, 32, 10), 1.0, -2.0), "   bias 0  ", verdict((64, 32, 10), 1.0))

# %% [markdown]
# ## See how far a good start carries
#
# He's start brought 30 layers to learn. The article speaks of "architectures with hundreds of layers". So once more 30 layers, and beside them 100, from He's start, for five epochs.
#
# **Predict before you run:** do a hundred layers learn as well?

# %%
for depth in (30, 100):
    losses, right = learn(network(depth, "relu", "he"), rate=0.003, epochs=5)
    print(f"{depth:3d} layers, He: loss {losses[-1]:.3f}, test set {right:.1f} %")

# %% [markdown]
# Hardly. Thirty layers are on their way, a hundred have scarcely left the level of guessing. Keeping the factor at 1 *on average* is not enough over a hundred layers, in which chance adds up, and after every step the weights are no longer the ones that were drawn.

# %% [markdown]
# ## In practice
#
# - tanh: Xavier. ReLU and its leaky kin: He. Biases start at 0.
# - The rules expect inputs of mean square about 1: bring yours to that size first (lesson 16 does it).
# - Run `layer_statistics` before training, not after: level lines forward and backward are what you want.
# - A few dead units are no harm. Watch their share over the epochs; if it climbs, lower the rate.
# - Evenly drawn weights, from $-c$ to $c$, have the standard deviation $c/\sqrt3$. So libraries write $\sqrt6$ where Eq. (10.1) and (10.2) have $\sqrt2$.

# %% [markdown]
# ## Test yourself
#
# **1.** All weights of a layer start at 0.3. Why is that no good?
# - **A** the network learns too slowly
# - **B** its units get equal gradients for ever, and remain copies of each other
# - **C** the biases would have to be random as well
#
# **2.** Where does the 2 in He's rule come from?
# - **A** ReLU sets half of the values to 0, and with them half of the mean square
# - **B** signals go in two directions, forward and back
# - **C** the slope of ReLU has to be doubled
#
# **3.** A ReLU unit is dead. What brings it back?
# - **A** a larger learning rate
# - **B** more epochs
# - **C** none of its own steps: its gradient is 0 for every example
#
# Replace each `...` by a letter in quotes, such as `"A"`.
# <!-- given: 0.3 -->

# %%
check("10.q1", ...)
check("10.q2", ...)
check("10.q3", ...)

# %% [markdown]
# ## What you take with you
#
# - Equal weights make twins; only a random start breaks the symmetry.
# - Variances add: a layer multiplies the mean square by fan-in · Var(w). Xavier, Eq. (10.1), keeps it near 1 in both directions; He, Eq. (10.2), pays for ReLU's half.
# - A layer's Jacobian, Eq. (10.5), says it exactly; singular values near 1 mean that nothing grows or fades.
# - ReLU passes all or nothing, Eq. (10.3). What is never on is dead, Eq. (10.4).
#
# **Now the exercises**: `exercises/10_initialisation.ipynb`, five tasks, 30 minutes.

# %% [markdown]
# ## And next
#
# A start is right at the start, on average, and a hundred layers are too many for it. Could the network itself keep its signals in shape, in every step, or give them a road around the layers? That is lesson 11.
