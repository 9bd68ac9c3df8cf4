# %% [markdown]
# # Put a number on being wrong
#
# The network of lesson 01 answers 0.392, 0.432, 0.369 and 0.543 where 1, 1, 0 and 0 are right. It should improve. But whoever wants to improve it has
# to know, after every small change, whether things got better or worse.
#
# **The question of this lesson: which single number says how wrong a network is, and which way is better?**

# %% [markdown]
# | | |
# |---|---|
# | **You will be able to** | choose a loss, compute it safely for answers of any size, say how it reacts to each answer, and know its value at chance |
# | **You need** | lesson 01; refreshers on slopes and logarithms are folded into the text |
# | **Time** | 45 minutes, and 15 more for the exercises |

# %%
import numpy as np

from bpcourse import MLP, check, show
from bpcourse.activations import sigmoid
from bpcourse.datasets import load_digits, running_example
from bpcourse.viz.plots import losses as plots

np.set_printoptions(precision=4, suppress=True)
X, T, params = running_example()

# %% [markdown]
# ## Count mistakes, and get stuck
#
# The obvious number: cut every answer at ½, and count how many fall on the wrong side. Then turn one weight, `W1[0, 0]`, which is 0.4 now, and see
# whether the count goes down.
#
# **Predict before you run:** the weight grows by 0.01. What happens to the count?
# <!-- given: 0.01 -->

# %%
def answers(weight):
    """The four answers, with W1[0, 0] set to this weight."""
    W1 = params["W1"].copy()
    W1[0, 0] = weight
    return sigmoid(sigmoid(X @ W1 + params["b1"]) @ params["W2"] + params["b2"])

for weight in (0.4, 0.41, -3, 6):
    wrong = (answers(weight) > 0.5) != (T == 1)
    print(f"W1[0, 0] = {weight:<5} answers {answers(weight)[:, 0]}   wrong {wrong.sum()}")

# %%
w = np.linspace(-3, 6, 91)
show(plots.count_over_weight(w, np.array([answers(v)[:, 0] for v in w]), T[:, 0], at=0.4))

# %% [markdown]
# Three of four are wrong, and the count stays at three wherever the weight stands between −3 and 6. The answers do move, but the count notices nothing until one
# of them crosses the middle. So it cannot say which way is better. We need a number that notices every move.

# %% [markdown]
# ## Measure each error
#
# For example A the answer is 0.392 and the *target* 1. The *error* is the difference, answer minus target: about −0.608. Its square is 0.370. Squares are never
# negative, so errors of opposite sign cannot cancel, and one large error counts more than several small ones.

# %%
A2 = answers(0.4)
errors = A2 - T
squares = errors**2
print("errors ", errors[:, 0])
print("squares", squares[:, 0])
print(f"their mean {squares.mean():.6f}")

# %%
show(plots.error_squares(errors[:, 0]))

# %% [markdown]
# The mean of the four areas is our number, 0.281. Such a number is called a *loss*, and this one is the *mean squared error*:
#
# $$L = \frac1N \sum_n \sum_k (\hat y_{nk} - t_{nk})^2 \tag{2.1}$$
#
# $n$ runs over the $N$ examples, $k$ over the outputs of one example; here there is one. The outputs' squares are summed, and the mean is taken over the examples
# only. ($t$ stands for target; programs often call it `y`.) The article that this course began with prints this number while it trains.

# %% [markdown]
# Does the loss notice what the count did not? The same four weights again:

# %%
def mse(y_hat):
    return np.mean((y_hat - T) ** 2)

for weight in (0.4, 0.41, -3, 6):
    print(f"W1[0, 0] = {weight:<5} loss {mse(answers(weight)):.6f}")

# %% [markdown]
# It does. A nudge of 0.01 lowers it, from 0.280911 to 0.280814, so a slightly larger weight is better; 6 overdoes it, and −3 is worse still.
#
# But is 0.281 much?
#
# **Predict before you run:** a machine that does not look at its input, and always answers ½, what is its loss?
# <!-- given: 0.01 -->

# %%
always_half = np.full((4, 1), 0.5)
print(f"always ½     {mse(always_half):.4f}")
print(f"our network  {mse(A2):.4f}")

# %%
show(plots.error_squares((always_half - T)[:, 0]))

# %% [markdown]
# Every error is ½, every square ¼. Our network pays more than that: its answers are *worse than not looking at all*. The loss of a machine that does not look
# is called the *chance level*, and it is the first number to compare a loss with.

# %% [markdown]
# **Try it:** the answers are 0.8 and 0.4, the targets 1 and 0. What is the mean squared error? Replace the `...` by a number and run the cell.
# <!-- given: 0.8 0.4 -->

# %%
check("02.a", ...)

# %% [markdown]
# ## Take the mean, not the sum
#
# Some programs add the squares up and leave it at that. We write our batch down twice, eight rows instead of four. What becomes of the sum of the squares, and what of
# their mean?

# %%
twice = np.concatenate([squares, squares])
for name, gather in (("sum ", np.sum), ("mean", np.mean)):
    once, double = gather(squares), gather(twice)
    print(f"{name}  {once:.4f} -> {double:.4f}, {double / once:.4f} times as much")

# %% [markdown]
# The sum doubles, though the network answers as before; the mean stays. With a mean, losses of batches of different sizes can be compared. (Mind `np.mean` where there are
# several outputs: it divides by their number too, and Eq. (2.1) does not.)

# %% [markdown]
# ## Mind the shapes
#
# `A2` is a column, (4, 1). Targets often come flat, as (4,).
#
# **Predict before you run:** what does `np.mean((A2 - T.ravel()) ** 2)` give, where `ravel` makes `T` flat: an error, 0.2809, or something else?

# %%
flat = T.ravel()
print(A2.shape, "minus", flat.shape, "is", (A2 - flat).shape)
print(f"{np.mean((A2 - flat) ** 2):.4f}")

# %%
show(plots.difference_table(A2[:, 0], flat))

# %% [markdown]
# No error, no warning, and 0.2588: a believable number, and wrong. Broadcasting (refresher R2 in lesson 01) met every answer with every target, in a table of 4 by 4.
# Only the diagonal, in bold, pairs an answer with its own target. So: give both the same shape before you subtract.

# %% [markdown]
# ## Ask which way is better
#
# Nudge one answer a little, and see how the loss moves. The change of the loss, divided by the nudge, is a *slope*: how much the loss moves per unit of that answer. Four
# answers, four slopes.

# %% [markdown]
# <details><summary><b>Refresher R3: a slope by nudging</b></summary>
#
# How fast does $w^2$ grow at $w = 3$? Nudge by 0.001: $(3.001^2 - 3^2) / 0.001 = 6.001$. The smaller the nudge, the closer to 6, which is $2w$. In general
# $(w+h)^2 - w^2 = 2wh + h^2$; divided by $h$ that is $2w + h$.
#
# </details>
#
# <details><summary><b>Refresher R4: a partial derivative</b></summary>
#
# A number that depends on several others has a slope in each of them. Nudge one and hold the rest: that slope is the *partial derivative*, and it is written with a
# round d, as in $\partial L / \partial \hat y$.
#
# </details>
# <!-- given: 0.001 3.001 6.001 -->

# %%
for n, name in enumerate("ABCD"):
    nudged = A2.copy()
    nudged[n] += 0.001
    print(f"{name}  by a nudge {(mse(nudged) - mse(A2)) / 0.001:8.4f}", end="   ")
    print(f"2 error / N {2 * errors[n, 0] / 4:8.4f}")

# %% [markdown]
# Why the second column? A nudge $h$ moves the square $(\hat y - t)^2$ by $2(\hat y - t)\,h + h^2$. Per unit of nudge that is $2(\hat y - t)$, plus an $h$ that shrinks away with the nudge. And
# each square has a share of one $N$-th in the mean. So, for every answer at once:
#
# $$\frac{\partial L}{\partial \hat y} = \frac{2\,(\hat y - t)}{N} \tag{2.2}$$

# %%
show(plots.slopes_of_outputs(A2[:, 0], flat))

# %% [markdown]
# Read the signs. For A the slope is −0.304: a *larger* answer lowers the loss, and A's target is 1. For C and D it is positive: there a smaller answer is better. The larger
# the error, the steeper the slope.

# %% [markdown]
# ## Watch the squared error go numb
#
# Nobody can turn an answer. What feeds it is $z$, since $\hat y = \sigma(z)$. So take a target of 1, and three networks. One says $z = -6$: it is very sure of 0, and very
# wrong. One is ours for A. One says $z = 2$ and is nearly right. For which of them does the loss react most to a nudge of $z$?

# %%
def slope(loss, z, nudge=1e-6):
    return (loss(z + nudge) - loss(z)) / nudge

def squared(z):
    return (sigmoid(z) - 1) ** 2

Z2 = sigmoid(X @ params["W1"] + params["b1"]) @ params["W2"] + params["b2"]
for z in (-6, Z2[0, 0], 2):
    print(f"z {z:7.4f}   answer {sigmoid(z):.4f}", end="   ")
    print(f"loss {squared(z):.4f}   slope {slope(squared, z):.4f}")

# %% [markdown]
# Ours, with −0.2899. At $z = -6$ the answer is as wrong as can be, and the slope is only −0.0049: σ is flat out there, so a nudge of $z$ hardly moves the answer. Whoever is most sure
# and most wrong would learn the least. That is the opposite of what we want.

# %% [markdown]
# ## Charge for surprise
#
# Read $\hat y$ as a *probability*: how likely, says the network, is a 1? Then charge it minus the logarithm of the probability that it gave to the right answer. A sure right answer is nearly free. A sure
# wrong one costs a lot, without limit. This price is called *cross-entropy*. (A logarithm here is the natural one, `np.log`.)
#
# By hand: a right answer that got the probability 1 costs $-\log 1 = 0$; with ½ it costs 0.693, with ¼ twice that, and with 0.392, as A's, 0.937.

# %% [markdown]
# <details><summary><b>Refresher R5: logarithms</b></summary>
#
# The logarithm undoes the exponential: $\log e^z = z$. So $\log 1 = 0$, and numbers below 1 have negative logarithms. It turns products into sums, and fractions into
# differences: $\log(ab) = \log a + \log b$ and $\log(a/b) = \log a - \log b$. Hence $\log(1/a) = -\log a$.
#
# </details>
#
# **Predict before you run:** at $z = -6$, how many times steeper than the squared error will this be: 2, 20 or 200?

# %%
def surprise(z):
    return -np.log(sigmoid(z))  # the target is 1

for z in (-6, Z2[0, 0], 2):
    steep = slope(surprise, z)
    print(f"z {z:7.4f}   loss {surprise(z):.4f}   slope {steep:.4f}", end="   ")
    print(f"{steep / slope(squared, z):5.1f} times as steep")

# %%
show(plots.two_losses((-6, Z2[0, 0], 2)))

# %% [markdown]
# About 200 times: −0.9975. In the right panel the squared error flattens towards the left, while the new loss becomes a straight line. The further off, the harder it pulls. These slopes are
# only measured; lesson 03 will prove a short formula for them.

# %% [markdown]
# ## Compute it from z
#
# Since $\sigma(z) = 1/(1 + e^{-z})$, the price for a target of 1 is $-\log\sigma(z) = \log(1 + e^{-z})$. For a target of 0 it is $-\log(1 - \sigma(z)) = \log(1 + e^{z})$.
#
# One of these exponentials may grow too large for a computer: $e^{z}$ for a large $z$, and $e^{-z}$ for a very negative one. There, take it out of the logarithm:
# $\log(1 + e^{z}) = \log\bigl(e^{z}(e^{-z} + 1)\bigr) = z + \log(1 + e^{-z})$, and likewise for the other. So there are four cases:
#
# | | target 1 | target 0 |
# |---|---|---|
# | $z \ge 0$ | $\log(1 + e^{-z})$ | $z + \log(1 + e^{-z})$ |
# | $z < 0$ | $-z + \log(1 + e^{z})$ | $\log(1 + e^{z})$ |

# %% [markdown]
# All four end in $\log(1 + e^{-|z|})$, whose exponent is never positive. In front of it stand $0$ and $z$ in the first row, $-z$ and $0$ in the second. That is
# $\max(z, 0) - z\,t$: with $z = 3$ and $t = 1$ it is $3 - 3$, with $t = 0$ it is $3$; with $z = -3$ it is $3$ and $0$. One line says it all:
#
# $$L = \frac1N \sum_n \Bigl(\max(z_n, 0) - z_n t_n + \log\bigl(1 + e^{-|z_n|}\bigr)\Bigr) \tag{2.3}$$
#
# This is the *binary cross-entropy*. The value before the last squash, $z$, is called the *logit*, or the *score*.

# %%
def price(z, t):
    """What one example costs."""
    return max(z, 0) - z * t + np.log1p(np.exp(-abs(z)))  # log1p(x) is log(1 + x)

p = sigmoid(Z2)
by_probability = -(T * np.log(p) + (1 - T) * np.log(1 - p))
costs = np.array([price(z, t) for z, t in zip(Z2[:, 0], T[:, 0])])
print("by the probability", by_probability[:, 0])
print("by Eq. (2.3)      ", costs)
print(f"mean {costs.mean():.6f}   always ½ would cost log 2 = {np.log(2):.6f}")

# %% [markdown]
# Both ways agree, example by example. And again the mean, 0.755, is above chance: always answering ½ costs $\log 2 = 0.693$, whatever the targets are.
#
# So why the unusual form? Let a network be surer and surer, up to $z = 40$, and let the target be 0.

# %%
for z in (20.0, 36.0, 40.0):
    with np.errstate(divide="ignore"):  # no warning of log(0), please
        naive = -np.log(1 - sigmoid(z))
    print(f"z = {z:.0f}   by the probability {naive:8.4f}   by Eq. (2.3) {price(z, 0):8.4f}")

# %%
show(plots.lost_digits(np.linspace(30, 40, 501)))

# %% [markdown]
# At 40 the probability of a 1 is rounded to exactly 1, so that of a 0 is 0, and its logarithm minus infinity. Already before, from about $z = 34$, the price comes in steps: the digits are gone, and no
# logarithm brings them back. The logit still has them all. Cross-entropy is computed from logits.

# %% [markdown]
# ## Choose among several classes
#
# Which of three *classes* is it? Then the network has three outputs, a logit (or score) for each: say 2, 0 and −1. To make probabilities of them, take exponentials, which are positive, and divide each by their
# sum:

# %%
z = np.array([2.0, 0.0, -1.0])
E = np.exp(z)
p = E / E.sum()
print("exponentials ", E, "  sum", E.sum().round(4))
print("probabilities", p, "  sum", p.sum().round(4))

# %%
show(plots.softmax_steps(z))

# %% [markdown]
# In letters, the *softmax*:
#
# $$p_k = \frac{e^{z_k}}{\sum_j e^{z_j}} \tag{2.4}$$
#
# Now charge for surprise as before, minus the log of the probability of the true class. The number of that class is the *label*, and $t$ from here on. If $t = 0$, the price is $-\log 0.8438 = 0.1698$.
#
# **Predict before you run:** how much more does it cost if class 2 is true? (Look at the logits.)

# %%
for true in (0, 2):
    print(f"class {true} is true   -log p = {-np.log(p[true]):.4f}", end="   ")
    print(f"log sum - z = {np.log(E.sum()) - z[true]:.4f}")

# %% [markdown]
# Exactly 3 more, the gap between the logits 2 and −1. For $\log p_t$ is the logarithm of a fraction, $\log e^{z_t} - \log \sum_k e^{z_k}$, and $\log e^{z_t}$ is $z_t$. The sum is the same for every
# class. With the minus in front, this is the *cross-entropy* of several classes:
#
# $$L = \log \sum_k e^{z_k} - z_t \tag{2.5}$$
#
# For a batch, take the mean over the examples.

# %% [markdown]
# A label says *which* column, not *how much*. Sometimes the same is written as a row of zeros with a single 1, as $(0, 0, 1)$ for class 2. Such a row is called *one-hot*.

# %% [markdown]
# ## Shift before you exponentiate
#
# Logits may be large. Take 1000, 1001 and 1002.

# %%
def shares(z, shift):
    E = np.exp(z - shift)
    return E / E.sum()

z = np.array([1000.0, 1001.0, 1002.0])
with np.errstate(all="ignore"):  # no warnings, please
    print("as they are     ", shares(z, 0))
print("minus their max ", shares(z, z.max()))
print("of 0, 1 and 2   ", shares(np.array([0.0, 1.0, 2.0]), 0))

# %%
show(plots.off_the_scale(z))

# %% [markdown]
# Floats end at about $e^{709.8}$, the dashed line; beyond it there is only infinity, and infinity over infinity is not a number (nan). But a softmax knows nothing except the *gaps*: take one number off all logits, and each exponential is
# divided by the same factor, which cancels. With the largest taken off, the largest exponential is 1.
#
# Which largest, in a batch?

# %%
Z = np.array([[1000.0, 1001.0, 1002.0], [1.0, 2.0, 3.0]])
for row in Z:
    with np.errstate(all="ignore"):
        print("the largest of all", shares(row, Z.max()), end="   ")
    print("its own largest", shares(row, row.max()))

# %% [markdown]
# With the largest of the whole table taken off, the second row has logits of about −1000. Their exponentials are rounded to 0, and 0/0 is nan again. So each row needs its own maximum. Without a
# loop that is `Z.max(axis=1, keepdims=True)`: `axis=1` runs along the rows, and `keepdims=True` keeps the two maxima as a column, (2, 1), so that each meets its own row. (As (2,), they would line up with columns.)

# %% [markdown]
# ## Know the price of knowing nothing
#
# A network that has learnt nothing should favour no class: equal logits. What does it pay with 2, 3 and 10 classes?

# %%
for C in (2, 3, 10):
    z = np.zeros(C)
    print(f"{C:2d} classes: each p = {1 / C:.4f}, cross-entropy {np.log(np.exp(z).sum()) - z[0]:.4f}")

# %% [markdown]
# Each probability is $1/C$, so the price is $\log C$: the chance level of cross-entropy. To see it at work, take a network with ten outputs and the 1,797 handwritten digits that lesson 06 will learn to read. It has learnt
# nothing yet. Its first weights are drawn at random; then we make the last layer's 15 times larger. (`MLP` is such a network, here with 64 inputs, 32 hidden units and
# 10 logits. `random_state=0` draws the same weights every time. `loss_and_grads` gives its cross-entropy, and slopes that lesson 04 will need.)

# %%
digits = load_digits()
net = MLP([64, 32, 10], random_state=0)
first, _ = net.loss_and_grads(digits.X, digits.y)
net.params["W2"] *= 15
larger, _ = net.loss_and_grads(digits.X, digits.y)
print(f"first loss {first:.4f}, with larger weights {larger:.4f}, chance {np.log(10):.4f}")

# %%
show(plots.chance({"as usual": first, "last weights 15 times larger": larger}, classes=10))

# %% [markdown]
# The first is close to chance. The second pays nearly four times as much: it knows no more, but is very sure of it. A first loss far from $\log C$ is a bug report, and
# it costs one forward pass.

# %% [markdown]
# **Try it:** four classes, all logits are 5. What is the probability of each class, and what is the cross-entropy? Replace the `...` by a list of two numbers, the second to four decimals or
# as `np.log(...)`.

# %%
check("02.b", ...)

# %% [markdown]
# ## Test yourself
#
# **1.** You write every example of the batch down twice, and the loss doubles. Why?
# - **A** the network got worse
# - **B** you summed where you should have averaged
# - **C** the steps of the training are too large
#
# **2.** Why is cross-entropy computed from logits?
# - **A** it is faster
# - **B** a probability that is rounded to 0 or 1 has lost its digits, and log(0) is infinite
# - **C** it has another minimum
#
# **3.** A network for 10 classes starts with a loss of 9.2. What does that tell?
# - **A** it is sure and wrong from the start; chance would be 2.30
# - **B** nothing, that is normal
# - **C** it knows the answers by heart
#
# Replace each `...` by a letter in quotes, such as `"A"`.
# <!-- given: 9.2 -->

# %%
check("02.q1", ...)
check("02.q2", ...)
check("02.q3", ...)

# %% [markdown]
# ## What you take with you
#
# - A loss is one number with a slope: it notices every move, and says which way is better, Eq. (2.2).
# - Mean squared error for amounts, Eq. (2.1); cross-entropy for yes or no, Eq. (2.3), and for classes, Eq. (2.5), always from logits.
# - Know the value at chance: ¼, log 2, log C.
#
# **Now the exercises**: `exercises/02_losses.ipynb`, four functions, 15 minutes.

# %% [markdown]
# ## And next
#
# We know how the loss reacts to an answer, −0.304 for A. But what can be turned is `W1[0, 0]`, four steps before the answer. How does the loss react to that? Lesson 03 follows one nudge through the network.
