# %% [markdown]
# # Set up, and see what does not work yet
#
# Welcome. In the six lessons after this one you build backpropagation, the method by which neural networks learn, with
# NumPy alone. We begin with a network that does not work yet: asked whether the signs of two numbers differ, it cannot tell.
#
# **The question of this lesson: what will you be able to do about it, six lessons from now?**

# %% [markdown]
# | | |
# |---|---|
# | **You will be able to** | run a lesson, have an answer checked, and find your way on the map of the course |
# | **You need** | Python functions and lists, and an idea of the slope of a curve |
# | **Time** | 15 minutes |
#
# **How a page works.** Text and code take turns. Click on a code cell and press **Shift + Enter**: it runs, and its result appears
# below it. Go from the top to the bottom. If something gets tangled, *Kernel → Restart Kernel and Run All Cells* untangles it.

# %% [markdown]
# ## Check the machine
#
# Your first cell. Each line of its result begins with `[OK]`, or with `[FAIL]` and a remedy below it.

# %% tags=["nbval-ignore-output"]
from bpcourse.cli.doctor import examine

examine()

# %% [markdown]
# ## Meet the patient
#
# Four examples, A to D, of two numbers each. The target is 1 where their signs differ, and 0 where they agree. The network has
# 13 numbers inside, and turns each pair into one answer between 0 and 1. How it does that is lesson 01. The code of this
# section is a preview (`MLP` is the course's ready-made network): run it and look at the results; you need not follow it yet.

# %%
from bpcourse.datasets import running_example
from bpcourse.network import MLP

X, T, params = running_example()
net = MLP([2, 3, 1], activation="sigmoid", loss="sigmoid_mse")
net.params.update(params)
before = net.predict_proba(X)
for name, x, t, answer in zip("ABCD", X, T[:, 0], before[:, 0], strict=True):
    print(f"{name}   inputs {x[0]:4.1f} {x[1]:4.1f}   target {t:.0f}   answer {answer:.2f}")

# %% [markdown]
# We cut at 0.5: an answer above it counts as 1, any other as 0.
#
# **Predict before you run:** how many of the four are right?
# <!-- given: 0.5 -->

# %%
right = (before > 0.5) == (T == 1)
print("right:", right[:, 0])
print(f"{right.sum()} of {len(X)}")

# %% [markdown]
# One of four, C alone. Yet the network is large enough: with other values, the same 13 numbers get all four right. To find such values
# is what backpropagation is for.
#
# In lesson 06, 1,000 small steps of your own program find them. To see where the road leads, let the course's program take
# these steps now. (`step_size` says how far each goes, `epochs=1000` that there are 1,000 of them, `batch_size=None` that each looks at all four examples.)

# %%
from bpcourse import show
from bpcourse.training import fit
from bpcourse.viz.plots import course_map as plots

step_size = 1.0
history = fit(net, X, T, step_size, epochs=1000, batch_size=None)
after = net.predict_proba(X)
print("before", before[:, 0].round(3))
print("after ", after[:, 0].round(3))

# %%
show(plots.outputs(before[:, 0], after[:, 0], T[:, 0]))

# %% [markdown]
# All four answers now stand near their targets: 0.894, 0.952, 0.098 and 0.075. The program that did this has no secrets:
# by lesson 06 you will have written each part of it yourself, and you will know how to tell whether it is right.

# %% [markdown]
# ## Meet `check`
#
# You learn by writing functions, and `check` tells you about them. Here is a toy task: *return the mean of a list of numbers*; for
# `[2, 4, 9]` that is 5. An exercise arrives as a stub, with its answer left open. Run the next cells one by one.

# %%
from bpcourse import check, hint


def mean_of(values):
    """The mean of a list of numbers."""
    raise NotImplementedError


check("00.a", mean_of)

# %% [markdown]
# The first verdict: *not attempted yet*. That is no error. A notebook full of open exercises runs to its end, and waits for you.
#
# Now an answer that is wrong, on purpose.

# %%
def mean_of(values):
    """The mean of a list of numbers."""
    return sum(values)


check("00.a", mean_of)

# %% [markdown]
# The second verdict: *not yet*, and the mistake is called by its name. `check` never shows the right answer. When you want
# more help, ask for a hint. There are three levels: the idea, the formula, the skeleton of the code.

# %%
hint("00.a")

# %%
def mean_of(values):
    """The mean of a list of numbers."""
    return sum(values) / len(values)


check("00.a", mean_of)

# %% [markdown]
# The third verdict: *right*. Each carries a sign as well as a colour: ○ not attempted, ✗ not yet, ✓ right; and ◐ where a part of
# several is right. Attempts and hints cost nothing.

# %% [markdown]
# ## Test what you bring
#
# Six questions. No answer bars you from anything: behind each stands the lesson that goes over it.
#
# 1. How steep is the curve $w^2$ at $w = 3$? (lesson 02)
# 2. How steep is $(2w - 1)^2$ at $w = 1$? (lesson 03)
# 3. Which shape has the product of a (4, 2) and a (2, 3) array, `(4, 2) @ (2, 3)`? (lesson 01)
# 4. `[1, 2] @ [[3], [4]]` is one number. Which? (lesson 01)
# 5. Which shape has the sum of a (4, 3) and a (3,) array? (lesson 01)
# 6. How steep is $w \cdot x$ in $w$, with $x$ held at 5? (lesson 02)
#
# Replace a `...` by a number, or by a shape such as `(2, 2)`, and run the cell. Leave what you do not know.

# %%
check("00.s1", ...)
check("00.s2", ...)
check("00.s3", ...)
check("00.s4", ...)
check("00.s5", ...)
check("00.s6", ...)

# %% [markdown]
# ## Read the map
#
# Lessons 00 to 06 on one drawing. The circles in the middle are *units*, small calculators between the two inputs and the output
# $\hat y$; they are called *hidden*, since nobody outside sees their values. $L$ is the *loss*: one number that says how wrong $\hat y$ is.
#
# Look for the two lines on every edge, for the one path that is drawn bold, and for the lessons' numbers.

# %%
show(plots.course_map())

# %% [markdown]
# Values flow to the right, slopes flow to the left, over the same edges. Not drawn: each edge holds a *weight*, each unit and the output a *bias*,
# and the slopes say how these 13 numbers should move. Lesson 01 goes right, 02 ends at $L$, 03 follows the bold path
# there and back, 04 takes all paths at once. 05 tests the whole way back from outside: it calls a witness who knows none of your
# formulas, because a loss can fall with wrong slopes too. 06 goes round and round until the network has learnt.

# %% [markdown]
# ## Agree on words
#
# | we write | and mean |
# |---|---|
# | `X`, `T` | inputs and targets; **rows are examples** |
# | $W$, $b$ | the weights and the biases of a layer: what is learnt |
# | $z$, then $a$ | a unit's value before its activation, and after it; `Z`, `A` for many at once |
# | $\hat y$, $L$ | the network's answer, and the loss |
# | $\partial L/\partial z$ | the slope of $L$ in $z$: how much $L$ moves per unit of $z$, all else held; also written $\delta$ |
# | the *gradient* | all slopes of $L$ together, one for each weight and bias |
# | `dZ`, `dW` | in code: $\partial L/\partial Z$ and $\partial L/\partial W$, with the shape of `Z` and `W` |
#
# Each returns in the lesson that needs it.

# %% [markdown]
# **Try it:** which shape has `X`, with its four examples of two numbers? Replace the `...` by a pair of numbers in
# parentheses and run the cell.

# %%
check("00.b", ...)

# %% [markdown]
# ## Test yourself
#
# **1.** You choose *Restart Kernel and Run All Cells* in an exercise notebook that you have not touched. What happens?
# - **A** it ends with an error
# - **B** it runs to its end without an error, and 0 exercises are done
# - **C** all answers are marked wrong
#
# **2.** In `dZ1`, what does the d stand for?
# - **A** a small change of Z1
# - **B** the slope ∂L/∂Z1
# - **C** the derivative of the activation
#
# **3.** Does a falling loss show that the gradient is right?
# - **A** yes
# - **B** only when it falls below 0.01
# - **C** no
#
# Replace each `...` by a letter in quotes, such as `"A"`.
# <!-- given: 0.01 -->

# %%
check("00.q1", ...)
check("00.q2", ...)
check("00.q3", ...)

# %% [markdown]
# ## What you take with you
#
# - The set-up works, and `check` answers: ○, ✗ and ✓ are verdicts that you have seen.
# - Rows are examples, and `dZ` means ∂L/∂Z.
# - A network of 13 numbers gets one of four right. It is our patient until lesson 06.

# %% [markdown]
# ## And next
#
# For A the network says 0.39, and 1 would be right. Where did 0.39 come from? Open `01_forward_pass.ipynb`, in the same folder, and
# follow the numbers.
