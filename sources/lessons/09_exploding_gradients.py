# %% [markdown]
# # Keep the gradient from exploding
#
# Here is a network for the digits of lesson 06, ten layers deep, with ReLU and weights from the standard normal distribution, as we gave them to
# the article's network there. The learning rate is 0.1. It takes two steps.
# <!-- given: 0.1 -->

# %%
import numpy as np

from bpcourse import MLP, check, show
from bpcourse.datasets import load_digits
from bpcourse.optim import sgd_step

digits = load_digits()
X, y = digits.X[:32], digits.y[:32]
net = MLP([64] * 10 + [10], activation="relu", loss="softmax", init="normal", random_state=0)
with np.errstate(all="ignore"):  # no warnings: the numbers say enough
    for step in range(3):
        loss, grads = net.loss_and_grads(X, y)
        print(f"step {step}   loss {loss:.1e}")
        sgd_step(net.params, grads, learning_rate=0.1)

# %% [markdown]
# Then the loss is *not a number*, and nothing brings it back. In lesson 08 the gradient faded on its way through the layers. Here it does the opposite. The article has one sentence
# on that: gradients "sometimes become too large, destabilizing training". It names gradient clipping among the remedies, and leaves it there.
#
# **The questions of this lesson: what makes a gradient explode, what does clipping do about it, and what does it not do?**

# %% [markdown]
# | | |
# |---|---|
# | **You will be able to** | say how fast a product of matrices grows; send a gradient back through time; clip it without turning it; and find the layer in which a training broke |
# | **You need** | lesson 04 (the way back), lesson 08 (δ through many layers) |
# | **Published result** | Pascanu, Mikolov and Bengio (2013): the cliff in the error of a recurrent unit, and gradients over 100 steps |
# | **Time** | 60 minutes, and 25 more for the exercises; there is a good place for a break in the middle |

# %%
import textwrap

from bpcourse.clipping import clip_by_global_norm, clip_by_value, global_norm
from bpcourse.diagnostics import backward_signals, first_not_finite, growth_rate, why_not_learning
from bpcourse.gradcheck import central_difference, relative_error
from bpcourse.losses import softmax_cross_entropy_backward
from bpcourse.recurrent import recurrent_backward, recurrent_forward
from bpcourse.reproductions import recurrent_cliff, spectral_radius
from bpcourse.viz.plots import exploding as plots
from bpcourse.viz.plots import reproductions

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# ## Look at every layer before the first step
#
# The same network again, untouched. Forward we note the norm of what leaves each layer (the norm of a table is the root of the sum of its squares), and backward the norm of δ in each layer, by the recursion of lesson 08, Eq. (8.1).
#
# **Predict before you run:** each unit adds up 64 products, with weights of size about 1, and ReLU silences about half of the units. By roughly which factor does a signal grow in a layer: 2, 6 or 64?

# %%
def fresh(depth):
    """A network of this depth, as at the top of the page."""
    return MLP([64] * depth + [10], activation="relu", loss="softmax", init="normal", random_state=0)

def norms_of(net):
    """Norms of what leaves each layer, and of δ in each layer."""
    activations = net.forward(X)                             # a list: X, A1, ..., Z10
    dZ = softmax_cross_entropy_backward(activations[-1], y)  # Eq. (4.5)
    deltas = backward_signals(dZ, activations, net.params, activation="relu")
    return [[np.linalg.norm(A) for A in arrays] for arrays in (activations[1:], deltas)]

forward_norms, delta_norms = norms_of(fresh(10))
for layer, (a, d) in enumerate(zip(forward_norms, delta_norms, strict=True), 1):
    print(f"layer {layer:2d}   forward {a:12.1f}   delta {d:12.1f}")

# %%
factor = (delta_norms[0] / delta_norms[-1]) ** (1 / 9)
print(f"delta grows by a factor of {factor:.2f} a layer; the root of 64 / 2 is {np.sqrt(64 / 2):.2f}")
show(plots.both_ways(forward_norms, delta_norms))

# %% [markdown]
# Two nearly straight lines on a logarithmic axis: the same factor in every layer, both ways. Adding 64 products of random signs makes a sum of size $\sqrt{64}$, not 64, and ReLU lets half of the squares through: $\sqrt{32}$ is about 6. In
# nine layers that is a factor of a few million. And the gradient of a layer's weights, Eq. (4.2), multiplies what came from the left by what came from the right, so it is huge in *every* layer.
#
# The slopes are not wrong. The way back *is* a product of many factors, and such a product seldom stays near 1.

# %% [markdown]
# ## Multiply by one number, a hundred times
#
# How sensitive is such a product? Take three factors that hardly differ.

# %%
for factor in (0.9, 1.0, 1.1):
    print(f"{factor} to the power 100 is {factor**100:.3g}")

# %% [markdown]
# Ten per cent either way, and a hundred factors later a few hundred-thousandths are left, or there is more than ten thousand times as much. With numbers that is the whole story: above 1 it explodes, below 1 it vanishes. The
# factors of a network are matrices. What takes the place of "above 1"?

# %% [markdown]
# ## Multiply by one matrix, again and again
#
# A small one, so that it fits on a line: $A = \begin{pmatrix} 0.8 & 0.4\\ 0.2 & 1.0\end{pmatrix}$. It turns the vector $(1, 1)$ into $(1.2,\ 1.2)$: same direction, 1.2 times as long. And $(2, -1)$ into $(1.2,\ -0.6)$: same direction again, 0.6 times.
# Every other vector is turned. (As a column on the right of $A$, that is; for a row the same is written $v A^{\mathsf T}$, which is how δ goes back.)
# <!-- given: 0.8 0.4 0.2 1.0 -->

# %%
A = np.array([[0.8, 0.4], [0.2, 1.0]])
print("(1, 1)  becomes", np.array([1.0, 1.0]) @ A.T)
print("(2, -1) becomes", np.array([2.0, -1.0]) @ A.T)

# %% [markdown]
# A direction that a matrix only stretches is called an **eigenvector**, and the stretch its **eigenvalue**. $A$ has two: 1.2 and 0.6.
#
# **Predict before you run:** $(1, 0)$ is neither. It is a sum of the two, $\tfrac13(1, 1) + \tfrac13(2, -1)$. Multiply it by $A$ again and again: where will it point, and by how much will it grow in a step?

# %%
show(plots.repeated(A, [np.array([1.0, 0.0]), np.array([2.0, -1.0])], steps=6))

# %% [markdown]
# Left: the part along $(2, -1)$ shrinks by 0.6 a step, the part along $(1, 1)$ grows by 1.2, so soon the latter is all there is. After a few steps the vector grows 1.2 times a step, and would do so from nearly any start.
# Right: who starts exactly on the other direction stays there.
#
# So in the long run one number rules: the eigenvalue of largest size. It is called the **spectral radius** of the matrix. Above 1, powers of the matrix explode; below 1, they vanish.

# %% [markdown]
# ## Ask what a single step can do
#
# "In the long run" can be long. $B = \begin{pmatrix} 0.9 & 2\\ 0 & 0.9\end{pmatrix}$ has 0.9 as its only eigenvalue, so its powers vanish. But in a single step? All vectors of length 1 lie on a circle; here is what $B$ makes of it.
# <!-- given: 0.9 -->

# %%
B = np.array([[0.9, 2.0], [0.0, 0.9]])
print("spectral radius of B     ", np.abs(np.linalg.eigvals(B)).max())
stretches = np.linalg.svd(B, compute_uv=False)
print("largest, smallest stretch", stretches)
show(plots.circle_to_ellipse(B))

# %% [markdown]
# The circle becomes an ellipse. Its longest and its shortest half-axis, 2.345 and 0.345, are the **singular values** of $B$: the most and the least that one multiplication can stretch. The largest is the norm $\lVert B\rVert_2$ that lesson 08 bounded δ with, Eq. (8.2). A bound
# is not a forecast: the vector that was stretched most is not stretched as much again.

# %% [markdown]
# What does happen is measured: send a vector through, compare its norm before and after, and take the root that makes it a factor per step. For a row δ that goes back $T$ times through the same weights:
#
# $$\text{growth rate} = \left(\frac{\lVert\,\delta\,W^{\mathsf T}W^{\mathsf T}\cdots W^{\mathsf T}\rVert}{\lVert\delta\rVert}\right)^{1/T} \tag{9.3}$$
#
# **Predict before you run:** for $B$, whose spectral radius is 0.9 and whose largest singular value is 2.345, what is the rate of one step from $(0, 1)$, roughly? And of 100 steps?
# (Equations are numbered by subject; (9.1) and (9.2) come later.)

# %%
starts = {"A": (A, np.array([1.0, 0.0])), "B": (B, np.array([0.0, 1.0]))}
for name, (W, v) in starts.items():
    rates = [growth_rate(W, v, steps) for steps in (1, 5, 20, 100)]
    print(f"matrix {name}: growth rate over 1, 5, 20, 100 steps", np.round(rates, 3))

# %%
def norms_on_the_way(W, v, steps):
    sizes = [np.linalg.norm(v)]
    for _ in range(steps):
        v = v @ W.T
        sizes.append(np.linalg.norm(v))
    return np.array(sizes)

sizes = {f"matrix {name}": norms_on_the_way(W, v, 100) for name, (W, v) in starts.items()}
bounds = {f"matrix {name}": (np.abs(np.linalg.eigvals(W)).max(), np.linalg.norm(W, 2))
          for name, (W, v) in starts.items()}
show(plots.growth(sizes, bounds))

# %% [markdown]
# $B$ first makes the vector almost eight times as long, and then lets it die. Its rate starts near the dotted line (the largest singular value, which no rate passes) and sinks towards the dashed one (the spectral radius). $A$ shrinks the vector at first, and explodes later.
# Few steps are the singular values' business, many steps the spectral radius's.
#
# *This is the place for a break. What follows is a network in which the very same matrix comes a hundred times.*

# %% [markdown]
# ## Use one layer at every time step
#
# A sentence, a melody, a row of measurements: such data come one after the other. A **recurrent network** reads them in order, and keeps a **state**, a row of $H$ numbers. In every time step the same layer makes the new state out of the new input and the old state:
#
# $$H_t = \varphi(X_t W_x + H_{t-1} W_h + b) \tag{9.5}$$
#
# Two weight tables, $W_x$ for what comes in and $W_h$ for what is remembered. There is no $W_h$ of step 3 or step 17: all steps share one.

# %% [markdown]
# With one unit and two steps it fits on a line. Say $w = 1.5$ for $W_h$, $w_x = 0.4$, $b = 0$; the inputs are 1 and $-0.5$; the first state is 0.5; φ is tanh. Let the loss be the last state itself, so its slope there is 1.
# <!-- given: 1.5 0.4 0.5 -->

# %%
w, w_x, h0 = 1.5, 0.4, 0.5
x1, x2 = 1.0, -0.5
z1 = x1 * w_x + h0 * w
h1 = np.tanh(z1)
z2 = x2 * w_x + h1 * w
h2 = np.tanh(z2)
values = {"h₀": h0, "z₁": z1, "h₁": h1, "z₂": z2, "h₂": h2}
print(f"z1 {z1:.4f}   h1 {h1:.4f}   z2 {z2:.4f}   h2 {h2:.4f}")

# %% [markdown]
# Drawn as a circuit, the weight goes through a copy into both steps. So nothing new is needed: along a path slopes multiply, Eq. (3.1), and where copies meet they add, Eq. (3.2).
#
# **Predict before you run:** which of the two uses of $w$ sends back the larger share?

# %%
delta2 = 1 - h2**2                       # the slope 1, through tanh
delta1 = delta2 * w * (1 - h1**2)        # back over w, and through tanh
shares = [h0 * delta1, h1 * delta2]      # what went in, times delta
slopes = [delta1 * w, delta1, delta2 * w, delta2, 1.0]
print(f"delta2 {delta2:.4f}   delta1 {delta1:.4f}")
print(f"share of step 1 {shares[0]:.4f}, of step 2 {shares[1]:.4f}, together {sum(shares):.4f}")
show(plots.unrolled(values, slopes, w, shares))

# %% [markdown]
# The late use has the larger share: the early one is heard only through another $w$ and another tanh. With rows for the examples, and a slope $dH_t$ that may reach each state from outside, this is **backpropagation through time**:
#
# $$\delta_t = (dH_t + \delta_{t+1} W_h^{\mathsf T})\odot\varphi'(Z_t), \qquad dW_h = \sum_t H_{t-1}^{\mathsf T}\,\delta_t \tag{9.6}$$
#
# It is Eq. (8.1) with time steps for layers, and with one and the same $W_h$ in all of them. $dW_x$ and $db$ are sums over the steps as well.

# %%
def table(*numbers):
    return np.array(numbers).reshape(1, -1)

steps = np.array([x1, x2]).reshape(1, 2, 1)                   # one example, two steps, one input
states = recurrent_forward(steps, table(w_x), table(w), np.zeros(1), H0=table(h0))
from_outside = np.array([0.0, 1.0]).reshape(1, 2, 1)          # the loss looks at the last state only
dX, dW_x, dW_h, db, dH0 = recurrent_backward(from_outside, steps, states, table(w_x), table(w))
print("states   ", states.ravel())
print("dW_h     ", dW_h.ravel())
assert abs(dW_h[0, 0] - sum(shares)) < 1e-12

# %% [markdown]
# The course's `recurrent_forward` and `recurrent_backward` do what we did by hand. And for a batch, with sizes that all differ, the witness of lesson 05 is asked:

# %%
rng = np.random.default_rng(0)
N, T, D, H = 3, 6, 2, 4
X_t, W_x, W_h = rng.normal(size=(N, T, D)), rng.normal(size=(D, H)), rng.normal(size=(H, H))
b, pull = rng.normal(size=H), rng.normal(size=(N, T, H))   # the loss: each state times a number, added up

def loss_of(W):
    return np.sum(pull * recurrent_forward(X_t, W_x, W, b)[:, 1:])

states = recurrent_forward(X_t, W_x, W_h, b)
_, _, by_formula, _, _ = recurrent_backward(pull, X_t, states, W_x, W_h)
assert relative_error(by_formula, central_difference(loss_of, W_h)) < 1e-8
print("relative error below 1e-8, Eq. (5.3)")

# %% [markdown]
# **Try it:** a recurrent unit without tanh, without inputs: $h_t = w\,h_{t-1}$, with $w = 3$ and $h_0 = 2$, so $h_1 = 6$ and $h_2 = 18$. What is the slope of $h_2$ in $w$? Replace the `...` by a number.

# %%
check("09.a", ...)

# %% [markdown]
# ## Send a gradient back through 100 steps
#
# Now the powers of a matrix are no longer a toy. Without φ, Eq. (9.6) is $\delta_t = \delta_{t+1}W_h^{\mathsf T}$: from step 100 back to step 0 the same table a hundred times. Take 50 units and random weights, scaled to a spectral radius of 0.9, of 1 and of 1.1.
# Pascanu, Mikolov and Bengio (*On the difficulty of training recurrent neural networks*, ICML 2013, section 2.1) say: below 1 suffices for vanishing, above 1 is needed for exploding.
# <!-- given: 0.9 1.1 2.1 -->

# %%
result = spectral_radius()
print(result)
show(reproductions.spectral_radius(result))

# %% [markdown]
# Three straight lines once the first steps are over, with the slopes that the spectral radius sets. A difference of ten per cent in the weights decides between a gradient that has died out and one that is thousands of times too long. To stay at 1 would take luck, and training moves the weights.
# (With tanh, φ′ is at most 1 and only shrinks; then a radius above 1 *may* explode.)

# %% [markdown]
# ## Meet the cliff
#
# What does an exploding gradient look like from above? The same paper draws the error of a single recurrent unit after 50 steps, over its two parameters (section 2.3, figure 6). We run it again: $h_t = \sigma(w\,h_{t-1} + b)$, and the error is $(h_{50} - 0.7)^2$. And from one
# point two descents start, one with the gradients as they are, one with gradients cut to a length of 1.
#
# **Predict before you run** (it takes a few seconds): on most of such a map the slope is gentle. How does a descent end that comes upon a wall?
# <!-- given: 2.3 0.7 -->

# %%
cliff = recurrent_cliff()
print(cliff)
show(reproductions.recurrent_cliff(cliff))

# %% [markdown]
# On either side the ground is gentle, and between runs a wall on which the gradient is up to two thousand times its median. The direction of the gradient is fine there. Its *length* is the trouble: a step is rate times gradient, and a slope knows only its neighbourhood, as lesson 06 saw. One touch of the wall throws the plain descent 14.7 units far, and out there
# the unit is stuck at 1 and the error at $(1 - 0.7)^2 = 0.09$. The clipped one takes a short step in the same direction, and goes on.
# <!-- given: 0.7 -->

# %% [markdown]
# ## Shorten the gradient, and do not turn it
#
# Clipping needs one number for how long a whole gradient is: all entries of all arrays in one row, so to speak, and the length of that.
#
# $$\lVert g\rVert = \sqrt{\textstyle\sum_i \lVert g_i\rVert^2} \tag{9.1}$$
#
# If it is above a limit $c$, all arrays are multiplied by the same factor $c/\lVert g\rVert$; if not, nothing happens:
#
# $$g \leftarrow g\cdot\min\Bigl(1,\ \frac{c}{\lVert g\rVert}\Bigr) \tag{9.2}$$
#
# The min matters. Near the bottom of a valley a gradient is short for a good reason, and must not be stretched to $c$.

# %%
g = [np.array([6.0]), np.array([[1.5]])]      # the gradients of two weights
print(f"norm {global_norm(g):.4f}")
by_norm = clip_by_global_norm(g, 2.0)
print("by norm ", by_norm[0], by_norm[1], f"norm {global_norm(by_norm):.4f}")
by_value = clip_by_value(g, 2.0)
print("by value", by_value[0], by_value[1], f"norm {global_norm(by_value):.4f}")

# %% [markdown]
# The second way, **clipping by value**, cuts each entry by itself to the range from $-c$ to $c$. It is as quick to write.
#
# **Predict before you run:** the gradient is $(6,\ 1.5)$ and the limit is 2. Which of the two points in another direction afterwards, and towards which axis has it turned?
# <!-- given: 1.5 -->

# %%
flat = [np.concatenate([part.ravel() for part in arrays]) for arrays in (g, by_value, by_norm)]
show(plots.clipped(*flat, limit=2.0))

# %% [markdown]
# By value, the large entry lost two thirds and the small one nothing, so the arrow turned towards the second axis. It is no longer the direction in which the loss falls fastest. By norm, the arrow kept its direction. In two dimensions the turn is mild. In a real
# gradient with a few large entries and thousands of small ones?

# %%
_, big = fresh(10).loss_and_grads(X, y)
row = np.concatenate([part.ravel() for part in big.values()])
print(f"{row.size} entries, norm {np.linalg.norm(row):.1e}")

def one_by_one(grads, limit):
    """Each array with a factor of its own: a common slip."""
    return {name: clip_by_global_norm([part], limit)[0] for name, part in grads.items()}

ways = {"by norm": clip_by_global_norm, "by value": clip_by_value, "array by array": one_by_one}
for name, clip in ways.items():
    cut = np.concatenate([part.ravel() for part in clip(big, 1.0).values()])
    cosine = cut @ row / (np.linalg.norm(cut) * np.linalg.norm(row))
    print(f"{name:15s} norm {np.linalg.norm(cut):6.2f}   cosine {cosine:.3f}")

# %% [markdown]
# That is the gradient of the network at the top, with a limit of 1. Only by norm the cosine with the true gradient is 1, the same direction. By value, an entry of 10 and one of 10,000 both become 1, and what comes out is far longer than the limit. And whoever gives each array a factor of its own clips "by norm" and turns the gradient all the same:
# it takes one norm over all, and one factor for all.

# %% [markdown]
# **Try it:** a gradient $(6, -8)$ is clipped by norm, with the limit 5. What is left? Replace the `...` by a list of two numbers.

# %%
check("09.b", ...)

# %% [markdown]
# ## Clip the network that broke
#
# Back to the top of the page: the same ten layers, the same rate of 0.1, and now five epochs of mini-batches, once without and once with clipping at 1.
#
# **Predict before you run:** does clipping keep the loss finite? And does the network learn?
# <!-- given: 0.1 -->

# %%
def train(limit, epochs=5):
    """The loss of every step, and the network at the end."""
    net, rng, losses = fresh(10), np.random.default_rng(0), []
    for _ in range(epochs):
        for rows in np.array_split(rng.permutation(1437), 45):  # 45 batches of about 32
            loss, grads = net.loss_and_grads(digits.X[rows], digits.y[rows])
            losses.append(loss)
            if not np.isfinite(loss):
                return np.array(losses), net
            sgd_step(net.params, clip_by_global_norm(grads, limit) if limit else grads, learning_rate=0.1)
    return np.array(losses), net

# %%
with np.errstate(all="ignore"):
    plain, _ = train(None)
clipped, mended = train(1.0)
print("plain    ", [f"{loss:.1e}" for loss in plain])
print(f"clipped   {clipped[0]:.1e} at first, {np.median(clipped[-45:]):.1e} in the last epoch")
accuracy = 100 * mended.score(digits.X[1437:], digits.y[1437:])
print(f"accuracy on the 360 images at the end of the file: {accuracy:.0f} %")
show(plots.with_and_without({"plain": plain, "clipped at norm 1": clipped}))

# %% [markdown]
# It stays finite, and it even learns: from chance, 10 %, to more than half. But look at the axis. The loss is still in the hundreds of thousands, because the signal grows on its way *forward*, and clipping touches only the step. Clipping is a safety belt: it saves the run in an accident, and
# it does not repair the road.

# %% [markdown]
# ## Find where it broke
#
# How does a large number become no number? The largest float has 309 digits, about $10^{308}$; beyond it NumPy writes `inf`. With infinity one can still calculate, mostly. In a few places there is no sensible answer, and then `nan` arises:

# %%
inf = np.float64(np.inf)
with np.errstate(all="ignore"):
    print("1e200 * 1e200 =", np.float64(1e200) * 1e200, "  inf + 1 =", inf + 1, "  1 / inf =", 1 / inf)
    print("inf - inf =", inf - inf, "  0 * inf =", 0 * inf, "  inf / inf =", inf / inf)
    print("nan + 1 =", np.nan + 1, "  nan == nan:", np.nan == np.nan, "  nan < 1:", np.nan < 1)

# %% [markdown]
# `inf - inf` sits in every softmax that subtracts the row's maximum, and `0 * inf` in every product with a silent unit. From then on nan spreads: whatever it touches becomes nan, and every comparison with it is False, `nan == nan` too. So ask with `np.isfinite`, which catches both.
#
# In the end everything is nan, and tells nothing. The place to look is the *first* step in which something is not finite. In it, the backward pass came from the right: the rightmost broken layer was the first.
#
# $$\text{first row, then rightmost column, that is not finite} \tag{9.4}$$

# %%
deep = fresh(18)
log = []
with np.errstate(all="ignore"):
    for _ in range(4):
        log.append(norms_of(deep)[1])
        sgd_step(deep.params, deep.loss_and_grads(X, y)[1], learning_rate=0.1)
log = np.array(log)                       # a row for each step, a column for each layer
found = first_not_finite(log)
print("first not finite: step, layer", found)
show(plots.broken_log(log, found))

# %% [markdown]
# In step 0 every number is fine, and growing to the left. One step later the norms pass the end of the floats (to be exact, the squares in them do): first in the frame, then in everything to its left. In steps 2 and 3 all is nan, and without the log one would
# search the output layer for a fault that is not there.

# %% [markdown]
# ## Let a program look
#
# The course's `why_not_learning` measures every layer, trains copies, and names a layer and a likely cause. The network itself stays as it is. What does it say of our ten layers?

# %%
diagnosis = why_not_learning(fresh(10), X, y, learning_rate=0.1)
print(diagnosis.cause, "in layer", diagnosis.layer)
print(*textwrap.wrap(str(diagnosis), 100), sep="\n")

# %% [markdown]
# It found the factor of the first pages: 64 products of size 1 make a sum of size 8, layer after layer. (Every layer of ours has that fault; it names one.) Its last sentence is a promise: the same network, with weights of another size, learns these 32 images, without any clipping.

# %% [markdown]
# ## Do not expect what clipping cannot do
#
# **Predict before you run:** a gradient has come back through 100 steps at spectral radius 0.9, and is 1e-5 long. What does clipping at 1 make of it?
# <!-- given: 0.9 -->

# %%
tiny = [np.full(4, 0.5e-5)]
still_tiny = clip_by_global_norm(tiny, 1.0)
print(f"norm before {global_norm(tiny):.0e}   after {global_norm(still_tiny):.0e}")

# %% [markdown]
# Nothing: the factor is never above 1. Nor could one stretch it. A gradient of $W_h$ is a sum over time steps; when the early ones have faded, the sum consists of the late ones, and a longer arrow made of these still says nothing about the early ones. Vanishing has to be prevented on the way, in the factors themselves.

# %% [markdown]
# ## In practice
#
# - Log the global norm of every step. A limit a little above its usual size cuts the accidents only.
# - Clip by norm, over all parameters together, after the backward pass and before the step.
# - Clipping hides a learning rate that is too large. If most steps are cut, look for the cause.
# - `np.linalg.eigvals` may print complex numbers: a pair of directions that the matrix turns as well as stretches. Their size, `np.abs`, is what counts here.

# %% [markdown]
# ## Test yourself
#
# **1.** $W_h$ has a spectral radius of 0.9, and 2.3 as its largest singular value. What becomes of δ, without φ, after very many steps back?
# - **A** it explodes, because 2.3 is above 1
# - **B** it may grow at first, and then vanishes
# - **C** nobody can say
#
# **2.** A gradient that has vanished is clipped by norm. What changes?
# - **A** nothing
# - **B** it becomes as long as the limit
# - **C** by norm nothing; by value it would grow
#
# **3.** In step 7 the norms of δ in layers 3, 4 and 5 of 6 are infinite, in step 8 all are nan. Which layer broke first?
# - **A** 3
# - **B** 6
# - **C** 5
#
# Replace each `...` by a letter in quotes, such as `"A"`.
# <!-- given: 0.9 2.3 -->

# %%
check("09.q1", ...)
check("09.q2", ...)
check("09.q3", ...)

# %% [markdown]
# ## What you take with you
#
# - The way back is a product. Few factors are bounded by their singular values; of many equal ones the spectral radius decides, Eq. (9.3).
# - A recurrent network uses one layer in every step, Eq. (9.5), so its gradient is a sum over steps, and each share a power of one matrix, Eq. (9.6).
# - Clip by one norm over everything, Eq. (9.1) and (9.2): the step gets shorter, the direction stays. What has vanished stays vanished.
# - When it breaks, look for the first step, and in it the rightmost layer, Eq. (9.4).
#
# **Now the exercises**: `exercises/09_exploding_gradients.ipynb`, four tasks, 25 minutes.

# %% [markdown]
# ## And next
#
# A factor of 6 in every layer explodes, a factor of a quarter vanishes. Both were decided before the first step, when the weights were drawn. Could they be drawn so that the factor is *one*? That is lesson 10.
