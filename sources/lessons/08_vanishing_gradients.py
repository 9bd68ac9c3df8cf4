# %% [markdown]
# # Follow the error down ten layers
#
# Lesson 07 ended with a network of ten layers. Its gradient was right to the twelfth digit, and it did not learn. The two-layer
# network of lesson 06 did, on the same images, with the same rate and the same number of steps.
#
# **The question of this lesson: where does the gradient get lost, and what decides how fast?**

# %% [markdown]
# | | |
# |---|---|
# | **You will be able to** | measure the error signal in every layer, say how much gates and weights take from it, bound it, read its decay off a logarithmic axis, and tell a network that starves from one that is ill in another way |
# | **You need** | lesson 04 (δ goes back through weights and gates), lesson 06 (the digits) |
# | **A published result, run again** | Nielsen, *Neural Networks and Deep Learning* (2015), chapter 5: the gradient's length, layer by layer |
# | **Time** | 50 minutes, and 35 more for the exercises; there is a good place for a break in the middle |

# %%
import numpy as np

from bpcourse import MLP, check, show
from bpcourse.activations import sigmoid
from bpcourse.datasets import load_digits, split_indices
from bpcourse.gradcheck import complex_step, relative_error
from bpcourse.losses import softmax_cross_entropy, softmax_cross_entropy_backward
from bpcourse.network import backward, forward
from bpcourse.training import fit
from bpcourse.viz.plots import vanishing as plots

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# ## Train two networks that differ in depth only
#
# The digits of lesson 06, and its split. Both networks have σ units, 32 in each hidden layer, and end in softmax and cross-entropy. Same seed, same rate, 20 epochs each. (`lecun` is the name
# of lesson 06's start: normal weights, divided by the root of the number of inputs. The deep one is the network of lesson 07.)
#
# **Predict before you run:** the deeper network has five times as many layers. Does it end better, equal, or worse?

# %%
digits = load_digits()
train_rows, test_rows = split_indices(digits.y, test_size=360, random_state=0)
X, y = digits.X[train_rows], digits.y[train_rows]
X_test, y_test = digits.X[test_rows], digits.y[test_rows]

def network(layers):
    sizes = [64, *[32] * (layers - 1), 10]
    return MLP(sizes, activation="sigmoid", loss="softmax", init="lecun", random_state=0)

# %%
curves = {}
for layers in (2, 10):
    net = network(layers)
    run = fit(net, X, y, 0.5, epochs=20, batch_size=32, random_state=0)
    curves[f"{layers} layers"] = run.loss
    print(f"{layers:2d} layers: loss {run.loss[-1]:.4f}, test set {100 * net.score(X_test, y_test):.1f} %")
deep_after = net

# %%
show(plots.deep_and_shallow(curves, np.log(10)))

# %% [markdown]
# Two layers reach 96.7 %. Ten layers never leave the level of chance: about one answer in ten is right, and the loss ends near $\ln 10 = 2.303$, what it costs to give every digit the same probability.

# %% [markdown]
# ## Acquit the gradient
#
# Is there a bug? We ask the witness of lesson 05 about the biases of the first layer and of the last. The gradient in layer 1 is so small that rounding would spoil a central difference, so
# we take the complex step, Eq. (5.4), which subtracts nothing.

# %%
deep = network(10)
few, labels = X[:10], y[:10]
_, grads = deep.loss_and_grads(few, labels)

def loss_with(name, value):
    return softmax_cross_entropy(forward(few, deep.params | {name: value}, activation="sigmoid")[-1], labels)

for name in ("b1", "b10"):
    witness = complex_step(lambda value: loss_with(name, value), deep.params[name])
    assert relative_error(grads[name], witness) < 1e-12
    print(f"{name:3s}  largest slope {np.abs(grads[name]).max():.1e}, relative error below 1e-12")

# %% [markdown]
# The gradient is right. It is the true slope of this loss at these weights, and in layer 1 it is almost nothing: a million times smaller than in layer 10. A step along it moves nothing.
# So the fault is not in the program. To find it we need a network in which every number can be seen.

# %% [markdown]
# ## Build a chain one unit wide
#
# One unit in each layer: $z_l = w_l\,a_{l-1} + b_l$ and $a_l = \sigma(z_l)$. Going back, δ passes one weight and one gate from layer to layer, as in lesson 03:
#
# $$\delta_l = \delta_{l+1}\cdot w_{l+1}\cdot\sigma'(z_l)$$
#
# Five layers, all weights 1, no biases, the input ½; and let the loss be the last activation itself, so that $\delta_5 = \sigma'(z_5)$.

# %%
def chain(w, b, x=0.5, layers=5):
    """Activations and δ of a chain, first layer first."""
    a = [x]
    for _ in range(layers):
        a.append(sigmoid(w * a[-1] + b))
    slopes = [out * (1 - out) for out in a[1:]]
    deltas = [slopes[-1]]
    for slope in slopes[-2::-1]:
        deltas.insert(0, deltas[0] * w * slope)
    return np.array(a[1:]), np.array(deltas)

# %%
a, deltas = chain(w=1, b=0)
factors = deltas[:-1] / deltas[1:]
print("a      ", a)
print("delta  ", deltas)
print("factors", factors)
show(plots.one_unit_wide(0.5, a, factors, deltas))

# %% [markdown]
# Read it from the right. In every step δ is multiplied by $1\cdot\sigma'(z)$, and σ′ is never above ¼. Four steps leave 0.0006 of a signal that began with 0.2247. Nothing was lost by mistake: the input
# *has* that little influence on an output that is five gates away.

# %% [markdown]
# ## Turn the weights up
#
# The quarter belongs to the gate. But the weight multiplies as well. With a weight of 4, should $4\cdot\frac14 = 1$ not keep δ alive?
#
# **Predict before you run:** ten layers, weight 4, no biases. Does δ keep its size? And with biases of −2, so that z is $4a - 2$?

# %%
chains = {}
for w, b in ((1, 0), (4, 0), (4, -2), (8, -4)):
    name = f"w = {w}, b = {b}".replace("-", "−")
    a, deltas = chain(w, b, layers=10)
    chains[name] = deltas
    slope, factor = a[4] * (1 - a[4]), deltas[4] / deltas[5]
    print(f"{name:13s}  z5 {w * a[3] + b:6.3f}   slope {slope:.4f}   factor {factor:.4f}")
show(plots.per_layer(chains, "δ (logarithmic axis)", quarters=True))

# %% [markdown]
# With weight 4 and no bias it gets *worse*: z grows to nearly 4, σ is flat out there (it is **saturated**), and its slope of 0.0190 times 4 is far below 1. With the bias −2, z is 0 in every layer, the slope is ¼,
# and δ passes ten layers unchanged. With 8 and −4, the factor is 2, and δ *grows*.

# %% [markdown]
# So the size of δ is not a matter of the quarter alone. Each step multiplies by *weight times slope*, and a product of many factors is merciless: below 1 it dies out, above 1 it runs away.
#
# **Try it:** every weight of a chain is 2, and every gate's slope is 0.25. By what factor does δ change over ten steps? Replace the `...` by a number; `**` is a power.
# <!-- given: 0.25 -->

# %%
check("08.a", ...)

# %% [markdown]
# ## Widen the chain
#
# Now full layers. Lesson 04 sent the bill from layer 2 to layer 1, Eq. (4.3). In a deeper network the same line goes from each layer to the one before:
#
# $$\delta_l = (\delta_{l+1}\,W_{l+1}^{\mathsf T}) \odot \varphi'(Z_l) \tag{8.1}$$
#
# φ is whatever activation the layer has. The number of the last layer is called L from here on; as an index, an L is never the loss. The recursion starts with $\delta_L$, which comes from the loss, Eq. (4.5).

# %%
SLOPES = {"sigmoid": lambda a: a * (1 - a), "tanh": lambda a: 1 - a * a, "relu": lambda a: a > 0}

def signals(dZ, A, params, activation):
    """δ of every layer, Eq. (8.1), first layer first; A is what `forward` returns."""
    deltas = [dZ]
    for layer in range(len(A) - 1, 1, -1):
        deltas.insert(0, (deltas[0] @ params[f"W{layer}"].T) * SLOPES[activation](A[layer - 1]))
    return deltas

# %%
A = deep.forward(X)
dZ = softmax_cross_entropy_backward(A[-1], y)
deltas = signals(dZ, A, deep.params, "sigmoid")
print("layers:", len(deltas), "  shapes:", deltas[0].shape, "to", deltas[-1].shape)

# %% [markdown]
# Ten tables of δ, one number for each image and unit. To compare them we need one number a table: its **norm** ‖δ‖, the root of the sum of the squares of all entries. Beside it, the norm of the gradient of the weights,
# $\partial L/\partial W_l = A_{l-1}^{\mathsf T}\delta_l$, Eq. (4.2).
#
# **Predict before you run:** a quarter for each of nine steps would be $4^{-9}$, which is 4e-6. Does ‖δ₁‖/‖δ₁₀‖ come out above or below?

# %%
def norms(tables):
    return np.array([np.linalg.norm(table) for table in tables])

weight_grads = [before.T @ delta for before, delta in zip(A, deltas)]
by_course = backward(dZ, A, deep.params, activation="sigmoid")
assert all(np.allclose(g, by_course[f"W{k}"], rtol=1e-12, atol=0) for k, g in enumerate(weight_grads, 1))
print("delta ", [f"{n:.0e}" for n in norms(deltas)])
print("dW    ", [f"{n:.0e}" for n in norms(weight_grads)])
left = norms(deltas)[0] / norms(deltas)[-1]
print(f"from layer 10 to layer 1: delta {left:.1e}, a quarter per step {0.25**9:.1e}")

# %%
both = {"‖δ‖": norms(deltas), "‖∂L/∂W‖": norms(weight_grads)}
show(plots.per_layer(both, "norm (logarithmic axis)", quarters=True))

# %% [markdown]
# From right to left, δ falls along a line on the logarithmic axis: about the same factor in every layer. From layer 10 to layer 1 it shrinks to 2.1e-6, even below the quarters' 3.8e-6. This is the **vanishing gradient**.

# %% [markdown]
# ## Look at the other end
#
# But layer 10 does get its gradient. Why does at least *that* layer not learn? Look at what goes in: how much do the activations of a layer differ from image to image?

# %%
differ = np.array([table.std(axis=0).mean() for table in A[:-1]])
print("how much the inputs of each layer differ from image to image:")
print([f"{value:.0e}" for value in differ])
ends = {"δ, coming back": norms(deltas) / norms(deltas)[-1], "differences of the inputs": differ / differ[0]}
show(plots.per_layer(ends, "share (logarithmic axis)"))

# %% [markdown]
# The gates shrink differences on the way forward just as they shrink δ on the way back: a quarter of a change in z is what arrives in a. So layer 10 hears the error, but sees the same thing whatever the image is: its inputs differ by 5e-7.
# Layer 1 sees the image, but hears nothing of the error. Neither can learn, and the layers between get little of both.

# %% [markdown]
# ## Bound what can be left
#
# How bad can it get, or how good? A gate of σ lets through a quarter of each entry at most. And the weights? $\|W\|_2$ is the largest factor by which a matrix can change the length of a row, its largest **singular value**; NumPy
# has it as `np.linalg.norm(W, 2)`. So over L matrices, with a layer of gates for each,
#
# $$\frac{\|\delta_{\text{out}}\|}{\|\delta_{\text{in}}\|} \;\le\; \Bigl(\frac14\Bigr)^{L}\,\prod_{l=1}^{L}\|W_l\|_2 \tag{8.2}$$
#
# Here $\delta_{\text{in}}$ goes into the first of these steps back, and $\delta_{\text{out}}$ comes out of the last.

# %%
W5 = deep.params["W5"]
rows = np.random.default_rng(0).normal(size=(1000, 32))
stretch = np.linalg.norm(rows @ W5.T, axis=1) / np.linalg.norm(rows, axis=1)
largest = np.linalg.norm(W5, 2)
typical = W5.std() * np.sqrt(32)
print(f"1,000 random rows: {stretch.min():.2f} to {stretch.max():.2f}")
print(f"usual {typical:.2f}, at most {largest:.2f}")
show(plots.stretches(stretch, largest, typical))

# %% [markdown]
# No row is stretched by more than 1.86. But a random row meets hardly the direction that is stretched most: its length changes by about *std times the root of the width*, here 0.99, because each entry of the product is a sum of 32 random
# terms. The bound is the worst case; this is the usual one.

# %%
steps = range(2, 11)  # from layer 10 back to layer 1, δ passes W10, …, W2
bound = np.prod([0.25 * np.linalg.norm(deep.params[f"W{k}"], 2) for k in steps])
usual = np.prod([0.25 * deep.params[f"W{k}"].std() * np.sqrt(deep.params[f"W{k}"].shape[1]) for k in steps])
print(f"bound, Eq. (8.2)              {bound:.1e}")
print(f"a quarter, and usual weights  {usual:.1e}")
print(f"measured                      {left:.1e}")

# %% [markdown]
# The bound holds, and is generous. The usual stretch comes close to what was measured.
#
# *This is the place for a break. What follows asks what the quarter does not explain.*

# %% [markdown]
# ## Doubt the quarter
#
# "A sigmoid loses a quarter per layer" is half the story. Here is a plain stack for experiments: 64 units in every layer, random inputs, and a random δ at its end. Ten layers of σ, from weights as before ($\text{std} = 1/\sqrt{64}$),
# and from N(0, 1), normal weights with std 1, twenty seeds each.
#
# **Predict before you run:** the gates are the same σ. What is ‖δ₁‖/‖δ₁₀‖ with the larger weights?

# %%
def stack(activation, std, layers=10, width=64, seed=0):
    """Activations and δ of a random stack."""
    rng = np.random.default_rng(seed)
    params = {}
    for k in range(1, layers + 1):
        params |= {f"W{k}": std * rng.normal(size=(width, width)), f"b{k}": np.zeros(width)}
    A = forward(rng.normal(size=(100, width)), params, activation=activation)
    return A, signals(rng.normal(size=(100, width)) / 100, A, params, activation)

# %%
def share_left(activation, std, seed):
    sizes = norms(stack(activation, std, seed=seed)[1])
    return sizes[0] / sizes[-1]

for name, std in {"1/8": 1 / 8, "1": 1.0}.items():
    shares = [share_left("sigmoid", std, seed) for seed in range(20)]
    print(f"std {name:3s}: median {np.median(shares):.2g}, from {min(shares):.2g} to {max(shares):.2g}")
shown = {f"std {name}": norms(stack("sigmoid", std)[1]) for name, std in {"1/8": 1 / 8, "1": 1.0}.items()}
show(plots.per_layer(shown, "‖δ‖ (logarithmic axis)", quarters=True))

# %% [markdown]
# More than a hundred thousand times more: 0.28 is left in place of 2e-6, through the same ten layers of σ. The gates pass much less than a quarter there, since many of them are saturated; the next section counts them. But a matrix of std 1 stretches by $\sqrt{64} = 8$, and that makes up for
# most of it. Weights and gates multiply, and only the product counts.

# %% [markdown]
# ## Draw the map
#
# So we vary the size of the weights from very small to very large, for σ, tanh and ReLU, and measure the factor per layer: the ninth root of ‖δ₁‖/‖δ₁₀‖.
#
# **Predict before you run:** at small weights each z is near 0. How do the three curves lie to each other there?

# %%
scales = np.geomspace(0.1, 100, 31)  # std · √width
factors = {}
for activation in SLOPES:
    factors[activation] = np.array([share_left(activation, g / 8, 0) ** (1 / 9) for g in scales])
    one = np.exp(np.interp(0, np.log(factors[activation]), np.log(scales)))
    told = [f"{factors[activation][k]:.3f} at {scales[k]:g}" for k in (0, 10, 20)]
    print(f"{activation:8s}", ", ".join(told), f"  and 1 at {one:.1f}")
show(plots.factor_map(scales, factors))

# %%
for g in (1, 8, 12):
    A, _ = stack("sigmoid", g / 8)
    slopes = np.concatenate([SLOPES["sigmoid"](table) for table in A[1:-1]])
    shut = 100 * np.mean(slopes < 0.01)
    print(f"σ at {g:2d}: mean slope {slopes.mean():.3f}, slopes below 0.01: {shut:.0f} %")

# %% [markdown]
# At the left end σ passes a quarter of what the weights leave, 0.025 of 0.1; ReLU, with half of its gates shut and so half of the squares gone, 0.069; tanh, whose slope is 1 at 0, all of it. On the right σ and tanh saturate, and their curves flatten.
#
# The factor is 1 near 1.4 for tanh and for ReLU, and only near 12 for σ. There 60 % of its slopes are below 0.01: most units of σ are shut, and the few that are open carry δ alone. Lesson 10 comes back to this map.
# <!-- given: 0.01 -->

# %% [markdown]
# ## Read the decay as a slope
#
# A constant factor is a straight line on a logarithmic axis, and its slope says it all. Counted in powers of ten, or **decades**:
#
# $$\text{decades per layer} = \text{slope of } \log_{10}\|\delta_l\| \text{ over } l \tag{8.3}$$
#
# from the straight line that fits best (least squares; `np.polyfit` finds it). Positive means that δ vanishes towards the first layer.

# %%
def log_slope(sizes):
    return np.polyfit(np.arange(1, len(sizes) + 1), np.log10(sizes), 1)[0]

print(f"ten-layer network: {log_slope(norms(deltas)):.2f} decades per layer, a quarter is {np.log10(4):.2f}")
depths = {}
for layers in (5, 10, 20, 50):
    sizes = norms(stack("sigmoid", 1 / 8, layers)[1])
    depths[f"{layers} layers"] = sizes / sizes[-1]
    told = f"slope {log_slope(sizes):.2f}, layer 1 has {sizes[0] / sizes[-1]:.0e} of the last"
    print(f"stack of {layers:2d} layers: {told}")
show(plots.per_layer(depths, "‖δ‖ as a share of the last (logarithmic axis)"))

# %% [markdown]
# Four parallel lines: the slope hardly depends on the depth, 0.63 to 0.64 decades per layer. What the depth decides is how far the line goes down: with fifty layers it ends at 2e-31 of where it began.
#
# **Try it:** a line has the slope 0.5 decades per layer, and in layer 10 the norm is 0.1. What is it in layer 2? Write it like `1e-3`.
# <!-- given: 0.5 0.1 -->

# %%
check("08.b", ...)

# %% [markdown]
# ## See fifty layers
#
# Three activations, four starts, fifty layers. `tiny` is std 0.01; `xavier` is 1/8 here, `he` is $\sqrt2/8$ (lesson 10 derives both); N(0, 1) has std 1.
#
# **Predict before you run:** in how many of the twelve is ‖δ₁‖ within a factor of 100 of ‖δ₅₀‖? (The figure's axis is cut off at 1e-40.)
# <!-- given: 0.01 -->

# %%
starts = {"tiny": 0.01, "xavier": 1 / 8, "he": np.sqrt(2) / 8, "N(0, 1)": 1.0}
groups, inside = {}, 0
for activation in SLOPES:
    groups[activation] = {}
    for name, std in starts.items():
        sizes = norms(stack(activation, std, layers=50)[1])
        groups[activation][name] = sizes / sizes[-1]
        share = sizes[0] / sizes[-1]
        inside += 0.01 <= share <= 100
        print(f"{activation:8s} {name:8s} slope {log_slope(sizes):5.2f}   share left {share:.0e}")
print("within a factor of 100:", inside, "of 12")

# %%
show(plots.panels(groups, "‖δ‖ as a share of layer 50"))

# %% [markdown]
# Four of twelve. δ vanishes with σ from three of four starts, and with tiny weights whatever the gate is; ReLU loses a seventh of a decade in each layer from Xavier's start, and keeps δ from He's. From N(0, 1), tanh and ReLU do the opposite: δ *grows*, to
# 6e+36 times its size. No activation is safe by itself, and none is lost by itself.

# %% [markdown]
# ## Do not be fooled by a level line
#
# It is tempting to watch ‖∂L/∂W‖, because that is what the optimiser gets. Ten layers of ReLU, from three starts, twenty seeds each:
#
# **Predict before you run:** with tiny weights, δ falls by more than a factor of ten in each layer. What does ‖∂L/∂W‖ do?

# %%
def two_shares(std, seed):
    A, deltas = stack("relu", std, seed=seed)
    grads = norms([before.T @ delta for before, delta in zip(A, deltas)])
    return norms(deltas)[0] / norms(deltas)[-1], grads[0] / grads[-1], grads[0]

for name in ("N(0, 1)", "xavier", "tiny"):
    d, g, size = np.median([two_shares(starts[name], seed) for seed in range(20)], axis=0)
    print(f"{name:8s} layer 1 over layer 10:  delta {d:.2g},  dW {g:.2g}   (dW itself {size:.1e})")

# %%
A, tiny = stack("relu", 0.01)
weight_grads = [before.T @ delta for before, delta in zip(A, tiny)]
seen = {"‖δ‖": norms(tiny), "‖∂L/∂W‖": norms(weight_grads), "‖A‖ going in": norms(A[:-1])}
show(plots.per_layer(seen, "norm (logarithmic axis)"))

# %% [markdown]
# The ratio of ‖∂L/∂W‖ is 1.1 in all three, whether δ explodes, fades or vanishes. The gradient is $A_{l-1}^{\mathsf T}\delta_l$, and the same weights that shrink δ going back shrink the activations going forward: the two factors cancel. Judge by ‖δ‖
# itself, and by the *size* of the gradients: with tiny weights all ten layers get almost nothing.

# %% [markdown]
# ## Watch the first layers starve
#
# What does it do to the training? A step of Eq. (6.1) moves the weights by η ‖∂L/∂W‖. Whether that is much depends on how large they are, so the number to watch is the ratio η ‖∂L/∂W‖ / ‖W‖: by what share of themselves the weights move in one step.

# %%
rate = 0.5
ratios = {}
for layers in (2, 10):
    net = network(layers)
    _, grads = net.loss_and_grads(X, y)
    names = [f"W{k}" for k in range(1, layers + 1)]
    step, size = norms([rate * grads[n] for n in names]), norms([net.params[n] for n in names])
    ratios[f"{layers} layers"] = step / size
    print(f"{layers:2d} layers:", [f"{r:.0e}" for r in step / size])

# %%
moved = norms([deep_after.params[n] - deep.params[n] for n in names]) / size
print("moved by all 900 steps:", [f"{m:.0e}" for m in moved])
show(plots.per_layer(ratios | {"10 layers, all 900 steps": moved}, "share of the weights (logarithmic axis)"))

# %% [markdown]
# In the two-layer network a step moves both layers by some hundredths of themselves. In the deep one, layer 1 moves by about a ten-millionth; a layer that gets so much less than the last one is said to **starve**. After twenty epochs the weights of layer 1 are
# still those of the random start, to four digits.

# %% [markdown]
# ## Try to feed it by force
#
# Layer 1 gets a step that is some hundred thousand times too small. So multiply the rate?
#
# **Predict before you run:** one step from the start, with all images. What is the loss after it, at a rate that gives layer 1 a decent step?

# %%
loss, grads = deep.loss_and_grads(X, y)
print(f"before the step: loss {loss:.4f}")
for rate in (0.5, 50, 5000, 50_000):
    moved_params = {name: deep.params[name] - rate * grads[name] for name in deep.params}
    Z = forward(X, moved_params, activation="sigmoid")[-1]
    step = rate * np.linalg.norm(grads["W1"]) / np.linalg.norm(deep.params["W1"])
    print(f"rate {rate:7,}: layer 1 moves by {step:.0e} of itself, loss {softmax_cross_entropy(Z, y):.4g}")

# %% [markdown]
# One rate serves all layers. At 5,000 layer 1 moves by about a thousandth of itself, and the loss is 1,407: layer 10 has been thrown hundreds of times its own size. A rate for each layer, or one for each weight? Lesson 12 goes that way. But a larger step does not bring back the images that layer 10 does not see. The
# factor per layer has to be mended: by the start and the gate (lesson 10), and by the architecture (lesson 11).

# %% [markdown]
# ## Let a program say it
#
# `bpcourse.diagnostics` does this lesson's measuring for any network of the course. Its δ, its bound and its slope are ours. `layer_statistics` prints a table with a row for each layer; its last column is the share of themselves by which the weights move. (`std a` is taken over images and units together, so it does not tell that the images have become alike.)

# %%
from bpcourse import diagnostics

A = deep.forward(X)
theirs = diagnostics.backward_signals(dZ, A, deep.params, activation="sigmoid")
ours = signals(dZ, A, deep.params, "sigmoid")
assert all(np.allclose(a, b, rtol=1e-12, atol=0) for a, b in zip(theirs, ours))
assert abs(diagnostics.decay_bound([deep.params[f"W{k}"] for k in steps]) / bound - 1) < 1e-12
assert abs(diagnostics.log_slope(norms(ours)) - log_slope(norms(ours))) < 1e-12
print(diagnostics.layer_statistics(deep, X, y, learning_rate=0.5))

# %% [markdown]
# And `why_not_learning` looks for signs, tries a remedy on a copy of the network, and names what helped.

# %%
for layers in (2, 10):
    print(f"{layers} layers:", diagnostics.why_not_learning(network(layers), X, y, learning_rate=0.5))

# %% [markdown]
# It says what we found: healthy, and too deep. The remedy that it tried, ReLU with weights made for it, is the subject of lesson 10.

# %% [markdown]
# ## Read what was found when
#
# Backpropagation became widely known in 1986, by Rumelhart, Hinton and Williams (*Nature* 323, pp. 533–536). In 1991 Sepp Hochreiter studied in his diploma thesis at the Technical University of Munich (*Untersuchungen zu dynamischen neuronalen
# Netzen*, in German) what becomes of the error on a long way back. Its result, as his adviser Jürgen Schmidhuber sums it up (*Sepp Hochreiter's Fundamental Deep Learning Problem*, web page, 2013): it shrinks or it grows, exponentially in the number of layers.

# %% [markdown]
# In 1994 Bengio, Simard and Frasconi showed for recurrent networks, in which one layer is passed again and again, that gradient descent finds it harder the longer the time that has to be bridged: *Learning long-term dependencies with gradient
# descent is difficult* (IEEE Transactions on Neural Networks 5, pp. 157–166).

# %% [markdown]
# The article that this course began with has one sentence for it: in complex networks "sometimes gradients become too small to update weights effectively". Complex means *deep* here, and "sometimes" is now exact: when weights and gates multiply to less than 1. It lists remedies for all its challenges
# together: clipping, batch normalization, Adam, RMSProp. Clipping is none for this one, since it only shortens what is too long (lesson 09). And the "architectures with hundreds of layers" that it promises need lesson 11.

# %% [markdown]
# ## Run a published result again
#
# Michael Nielsen's book *Neural Networks and Deep Learning* (2015), chapter 5, gives the length of the gradient in each hidden layer of sigmoid networks before training, for two, three and four hidden layers of 30 units. (It is the gradient of the biases, so δ, averaged over the images.) It uses MNIST, 28 by 28 pixels; we use the digits, 8 by 8,
# and fifty seeds, not one. The bars span 5 to 95 % of them.

# %%
from bpcourse.reproductions import nielsen_gradient_norms
from bpcourse.viz.plots import reproductions

result = nielsen_gradient_norms()
print(result)
show(reproductions.nielsen_gradient_norms(result))

# %% [markdown]
# All nine numbers of the book lie within our bars: the book's 0.003 in the first of four layers, and our 0.00245. The inputs are other pictures, of another size; the decay is the same, because it is made by gates and weights. With eight hidden layers, which is our addition, the first has 3.8e-06.

# %% [markdown]
# ## In practice
#
# - Look at ‖δ‖ per layer, on a logarithmic axis, before the first epoch: `diagnostics.layer_statistics`.
# - A loss at chance with a right gradient: look at both ends, what comes back and what goes in.
# - Judge a step by its share of the weights: some hundredths of them where it learnt, a ten-millionth where it did not.

# %% [markdown]
# ## Test yourself
#
# **1.** σ′ is at most ¼. So do ten layers of σ always shrink δ to about $4^{-10}$?
# - **A** yes, whatever the weights are
# - **B** no, the weights multiply as well
# - **C** no, the quarter holds for ReLU only
#
# **2.** ‖∂L/∂W‖ is the same in all ten layers. Does δ vanish?
# - **A** no
# - **B** yes
# - **C** that cannot be told from it
#
# **3.** The first layer's gradient is 100,000 times too small, and you take a rate 100,000 times as large. What happens?
# - **A** the last layers jump much too far
# - **B** all layers learn now
# - **C** nothing, since the gradient is as small as before
#
# Replace each `...` by a letter in quotes, such as `"A"`.

# %%
check("08.q1", ...)
check("08.q2", ...)
check("08.q3", ...)

# %% [markdown]
# ## What you take with you
#
# - Going back one layer multiplies δ by weights and by slopes, Eq. (8.1). Over many layers only the factor per layer counts: below 1, δ vanishes.
# - The gates of σ leave a quarter at most, and Eq. (8.2) bounds the rest. But the weights are half the story: 2e-6 or 0.28 of δ, through the same gates.
# - Look at ‖δ‖ on a logarithmic axis, Eq. (8.3). ‖∂L/∂W‖ can be level while δ vanishes.
# - The first layers starve, and the last ones see nothing. No learning rate mends it.
#
# **Now the exercises**: `exercises/08_vanishing_gradients.ipynb`, five tasks, 35 minutes.

# %% [markdown]
# ## And next
#
# In some of the panels δ did not vanish at all: it grew by a factor of $10^{36}$ on its way through fifty layers. What does a network do with such a gradient? That is lesson 09: what if the factor is larger than one?
