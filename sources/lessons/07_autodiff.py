# %% [markdown]
# # Let a program write the backward pass
#
# Lesson 04 wrote four equations for one shape of network. Lesson 06 lived on them. Now somebody changes one line of the forward pass, and they are of no use.
#
# **The question of this lesson: can a program write the backward pass, for any formula?**

# %% [markdown]
# | | |
# |---|---|
# | **You will be able to** | say what a program has to remember to find every slope of a formula, write such a program, and say what it costs |
# | **You need** | lesson 03 (along a path multiply, across paths add), lesson 04 (the backward pass) |
# | **Time** | 75 minutes, and 40 more for the exercises; there is a good place for a break before the arrays |

# %%
import inspect

import numpy as np

from bpcourse import MLP, Tensor, check, show
from bpcourse.activations import sigmoid
from bpcourse.autodiff import mlp_loss, value_and_grads
from bpcourse.datasets import load_digits, one_hot, running_example, split_indices, xor
from bpcourse.gradcheck import central_difference, relative_error
from bpcourse.scalar import Value, topological_order
from bpcourse.training import fit
from bpcourse.viz.graph import draw_graph, graph_steps
from bpcourse.viz.plots import autodiff as plots
from bpcourse.viz.plots.backward import product_shapes

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# ## Change one line
#
# The running example, with the activation of the hidden layer left open. Beside it stands the slope of layer 1 as lesson 04 found it, Eq. (4.1), (4.3) and (4.4), in which σ is built in.

# %%
X, T, params = running_example()
W2, b2 = params["W2"], params["b2"]

def loss_of(W1, squash):
    A2 = sigmoid(squash(X @ W1 + params["b1"]) @ W2 + b2)
    return np.sum((A2 - T) ** 2) / len(X)

def dW1_of_lesson_04(W1, squash):
    A1 = squash(X @ W1 + params["b1"])
    A2 = sigmoid(A1 @ W2 + b2)
    D2 = 2 / len(X) * (A2 - T) * A2 * (1 - A2)
    return X.T @ ((D2 @ W2.T) * A1 * (1 - A1))

# %% [markdown]
# Now the line that changes: after σ one more gate, which multiplies by z. $a_1 = \sigma(z_1)$ becomes $a_1 = z_1\,\sigma(z_1)$. The nudges of lesson 05 judge both.

# %%
def gated(Z):
    return Z * sigmoid(Z)

for name, squash in (("a = sigmoid(z)", sigmoid), ("a = z sigmoid(z)", gated)):
    W1 = params["W1"]
    nudged = central_difference(lambda W, squash=squash: loss_of(W, squash), W1)
    found = dW1_of_lesson_04(W1, squash)
    cosine = np.sum(found * nudged) / np.linalg.norm(found) / np.linalg.norm(nudged)
    print(f"{name:17s} relative error {relative_error(found, nudged):.2f}   cosine {cosine:.2f}")

# %% [markdown]
# The old backward pass is right for the old formula. For the new one it points nearly the opposite way, with a cosine of $-0.99$: it would climb, because its factor $a(1-a)$ belongs to σ. We could derive a new factor by hand, and again
# for the next idea. Every one is a new occasion for a mistake. But lesson 03 said that a gate needs to know nothing of the rest. That is work for a program.

# %% [markdown]
# ## Walk back by hand once more
#
# A formula with few numbers, in which two of them are used twice: $c = ab$, $d = a + c$, $e = c\,d$, at $a = 2$, $b = -3$. `Value` is the program that this lesson builds; here it only draws.

# %%
a, b = Value(2.0), Value(-3.0)
c = a * b
d = a + c
e = c * d
a.label, b.label, c.label, d.label, e.label = "abcde"
show(draw_graph(e, label="c = ab, d = a + c, e = cd"))

# %% [markdown]
# Such a drawing is a **computational graph**, the circuit of lesson 03 without its copies. Each number is a **node**. A line leads from a node to each node that was computed from it, its **consumers**; seen from there, the
# nodes that went in are the **parents**.
#
# A bar over a name is short for its slope: $\bar a = \partial e/\partial a$, the **gradient** of the node a. The program will call it `a.grad`.

# %% [markdown]
# At the right end $\bar e = 1$. The gate × hands each parent the gradient times the *other* value: $\bar d = c = -6$, and a first share for c: $d = -4$. The gate + hands $\bar d = -6$ on to both of its parents.
#
# **Predict before you run:** what is $\bar c$? And what do a and b get?

# %%
e.backward()
show(graph_steps(e, label="c = ab, d = a + c, e = cd"))
for node in (d, c, b, a):
    print(f"gradient of {node.label}: {node.grad:4.0f}")

# %% [markdown]
# Two shares meet at c: $-4 - 6 = -10$. Only then does c hand on: $-10 \cdot 2 = -20$ to b, and $-10\cdot(-3) = 30$ to a, which has $-6$ from the sum already. Together 24.
#
# Every step was the same. A gate takes the gradient of its own node, multiplies by its local slope, and the parent *adds* the share to what it has:
#
# $$\bar a \;\mathrel{+}=\; \bar c\,\frac{\partial c}{\partial a} \tag{7.1}$$

# %% [markdown]
# **Try it:** $f = ab + a$ at $a = 3$, $b = 6$. What are the gradients of a and b? Replace the `...` by a list of two numbers.

# %%
check("07.a", ...)

# %% [markdown]
# ## Let numbers remember
#
# What did the walk need? At each node: its parents, and the local slope for each of them. Both are known at the moment when the number is computed. So let numbers write it down themselves. In Python, `a * b` calls `a.__mul__(b)`, and a class may
# say what that does.

# %%
class Node:
    """A number that remembers what it was made from."""

    def __init__(self, data, parents=(), slopes=()):
        self.data, self.parents, self.slopes = data, parents, slopes
        self.grad = 0.0

    def __add__(self, other):
        return Node(self.data + other.data, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Node(self.data * other.data, (self, other), (other.data, self.data))

# %%
a, b = Node(2.0), Node(-3.0)
c = a * b
e = c * (a + c)
print("value            ", e.data)
print("slopes at c = ab ", c.slopes)
print("parents of c     ", [parent.data for parent in c.parents])

# %% [markdown]
# The formula was computed as ever, and a trail of it is left behind. Such a record, read from its end, is often called a **tape**.

# %% [markdown]
# ## Try the walk, and get it wrong
#
# A first try: give every parent its share, then do the same at each parent. The function calls itself, which is called **recursion**.
#
# **Predict before you run:** the two formulas are $ab$ at 2 and −3, and $a + a$ at 3. Which gradients will be right?

# %%
def first_try(node):
    for parent, slope in zip(node.parents, node.slopes):
        parent.grad = node.grad * slope
    for parent in node.parents:
        first_try(parent)

a, b = Node(2.0), Node(-3.0)
product = a * b
product.grad = 1.0
first_try(product)
print("ab:    gradients", a.grad, b.grad)
a = Node(3.0)
double = a + a
double.grad = 1.0
first_try(double)
print("a + a: gradient ", a.grad)

# %% [markdown]
# The product is right. But $a + a$ is $2a$, with the slope 2, and the program says 1. The second share has *replaced* the first. Eq. (7.1) says `+=`, and this is why: across paths we add.

# %%
def second_try(node):
    for parent, slope in zip(node.parents, node.slopes):
        parent.grad += node.grad * slope
    for parent in node.parents:
        second_try(parent)

a = Node(3.0)
double = a + a
double.grad = 1.0
second_try(double)
print("a + a:                   gradient", a.grad)

a = Node(1.0)
b = a + a
c = b + b
c.grad = 1.0
second_try(c)
print("b = a + a, then b + b:   gradient", a.grad)

# %% [markdown]
# The first is mended. The second formula is $4a$, and the program says 8. What went wrong this time? Look at b: it is a parent of c twice, so it is *visited* twice, and each time it hands on all that it has, 2 and again 2, to both
# of its own parents.
#
# A node may hand on only once, and only when nothing more will come in.

# %% [markdown]
# ## Find an order
#
# So before the walk, put the nodes in an order:
#
# $$\text{every node stands after all of its consumers} \tag{7.2}$$
#
# It is called a **topological order**. In it, a node's turn comes when its gradient is complete. One way to find it: list a node when all of its *parents* are listed, parents first, and turn the list around.

# %%
def in_order(output):
    listed, seen = [], set()

    def visit(node):
        if node not in seen:
            seen.add(node)
            for parent in node.parents:
                visit(parent)
            listed.append(node)

    visit(output)
    return listed[::-1]

# %%
def third_try(output):
    output.grad = 1.0
    for node in in_order(output):
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += node.grad * slope

a = Node(1.0)
b = a + a
c = b + b
third_try(c)
print("first walk:  gradient", a.grad)
third_try(c)
print("second walk: gradient", a.grad)

# %% [markdown]
# The first walk gives 4, which is right. The second, over the same graph, gives 12: the old gradients were still there, at b as well as at a, and were handed on once more.
#
# So before each walk the gradients are **set to zero**. Lesson 06 saw a training loop fail for that reason.

# %%
def backward(output):
    order = in_order(output)
    for node in order:
        node.grad = 0.0
    output.grad = 1.0
    for node in order:
        for parent, slope in zip(node.parents, node.slopes):
            parent.grad += node.grad * slope

backward(c)
backward(c)
print("after two walks: gradient", a.grad)

# %% [markdown]
# ## Go deep
#
# One more trap. A training loop, or a network with many steps, is a long chain. Two thousand additions:

# %%
chain = Node(0.0)
for _ in range(2000):
    chain = chain + Node(1.0)
try:
    backward(chain)
except RecursionError as error:
    print(type(error).__name__)

# %% [markdown]
# `visit` calls itself once for each step of the chain, and Python gives up at about 1,000 calls inside each other. The remedy is to keep the nodes that wait in a list of one's own, an **explicit stack**, which may be as long as it likes. The
# course's `topological_order` does without calling itself. It counts how many consumers each node still waits for, and lists it at zero.

# %%
print(inspect.getsource(topological_order).split('"""')[2])
leaf = Value(0.0)
chain = leaf
for _ in range(100_000):
    chain = chain + 1.0
chain.backward()
print("100,000 additions: gradient of the first number", leaf.grad)

# %% [markdown]
# ## Fill the table of gates
#
# That is the whole program. What is left is a line for each gate, with its value and its slopes, as lesson 03 has them. This is what `bpcourse.scalar` holds: about sixty lines without its comments. Three of its gates:

# %%
for gate in (Value.__mul__, Value.tanh, Value.sigmoid):
    print(inspect.getsource(gate))

# %% [markdown]
# And its walk. One thing differs from ours: the gradients *in between* are set to zero, while those of your own numbers, without parents, stay and add up until you set them to zero. So one may collect gradients from several losses, on purpose.

# %%
print(inspect.getsource(Value.backward).split('"""')[2])

# %% [markdown]
# ## Give it the network of lesson 04
#
# NumPy can hold any objects in an array, also Values, and `@` then uses their `*` and `+`. So the forward pass is the one of lesson 01, and there is no other pass to write.
#
# **Predict before you run:** four examples, thirteen parameters. How many nodes will the graph have: about 50, 200 or 1,000?

# %%
each = np.vectorize(Value, otypes=[object])  # an array of numbers -> an array of Values
squash = np.vectorize(Value.sigmoid, otypes=[object])
grad_of = np.vectorize(lambda value: value.grad)

def loss_by_values(P, hidden):
    A2 = squash(hidden(X @ P["W1"] + P["b1"]) @ P["W2"] + P["b2"])
    return ((A2 - T) ** 2).sum() / len(X)

P = {name: each(array) for name, array in params.items()}
loss = loss_by_values(P, squash)
loss.backward()
print(f"loss {loss.data:.6f}, {len(topological_order(loss))} nodes")
print("dW1", grad_of(P["W1"]).ravel())

# %% [markdown]
# 151 nodes. And those are the slopes of lesson 04, whose first was $-0.0098$ for the batch. All thirteen, against the hand-written backward pass:

# %%
net = MLP([2, 3, 1], activation="sigmoid", loss="sigmoid_mse")
net.params.update(params)
_, by_hand = net.loss_and_grads(X, T)
for name in params:
    assert np.abs(grad_of(P[name]) - by_hand[name]).max() < 1e-12
print("13 gradients agree to 1e-12")

# %% [markdown]
# And the line that broke everything? It is one line here too, and it is in the forward pass.

# %%
P = {name: each(array) for name, array in params.items()}
loss_by_values(P, lambda Z: Z * squash(Z)).backward()
nudged = central_difference(lambda W: loss_of(W, gated), params["W1"])
assert relative_error(grad_of(P["W1"]), nudged) < 1e-8
print("a = z sigmoid(z): relative error below 1e-8")

# %% [markdown]
# The question of the lesson has its answer. To see it at work, here is one hidden unit by itself, with the inputs of example A, and the squared error of its activation for the target 1:

# %%
x1, x2, target = Value(1.5), Value(-0.5), 1.0
w1, w2, bias = Value(0.4), Value(0.8), Value(0.3)
z = x1 * w1 + x2 * w2 + bias
out = z * z.sigmoid()
small = (out - target) ** 2
for node, name in zip((x1, x2, w1, w2, bias, z, out), ("x1", "x2", "w1", "w2", "b", "z", "a")):
    node.label = name
small.backward()
show(draw_graph(small, label="(z σ(z) − 1)²"))

# %% [markdown]
# z is used twice, and its gradient is the sum of two shares. The leaves without a name are numbers of the formula: $a - 1$ is computed as $a + (-1)\cdot 1$, so that no gate for the difference is needed. A **leaf** is a node without parents.
#
# *This is the place for a break. What follows is the same with arrays, and then the bill.*

# %% [markdown]
# ## Put arrays into the nodes
#
# The digits network of lesson 06 has 2,410 parameters and batches of 32. The next cell counts 75,776 multiplications in the products alone, and there are as many sums: a graph of more than 150,000 nodes for one step. NumPy is fast because it does many numbers at once. So let a node hold an *array*: `Tensor`.
#
# Gates that work entry by entry stay as they are. Two things are new: arrays of different shapes meet, and there is `@`.

# %%
print("multiplications in the two products:", 32 * (64 * 32 + 32 * 10))
Z = Tensor(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), label="Z")
bias = Tensor(np.array([10.0, 20.0, 30.0]), label="b")
G = np.array([[1.0, 0.0, -2.0], [0.5, 3.0, 1.0]])
((Z + bias) * G).sum().backward()
print("gradient of Z", Z.grad.tolist())
print("gradient of b", bias.grad)

# %% [markdown]
# The bias has the shape (3,). Broadcasting used each of its entries in both rows. Each use sends a share back, and the shares are added: the gradient of b is the sum over the rows.

# %%
show(plots.copies(bias.data, G))

# %% [markdown]
# In general, an operand is brought to a larger shape in two ways: an axis is *added* in front, or one of size 1 is *stretched*. The way back sums over both kinds, so that a gradient always has the shape of what it belongs to:
#
# $$\bar b = \sum_{\text{axes added or stretched}} G \tag{7.3}$$
#
# where $G$ is the gradient that arrives. The function is called `unbroadcast`. You know one case by heart: db of lesson 04 is the sum over the examples.

# %% [markdown]
# The other gate is $C = AB$. Entry $C_{nh}$ is $\sum_d A_{nd}B_{dh}$, so per unit of $A_{nd}$ it moves by $B_{dh}$, and $A_{nd}$ is used for every $h$. With $G = \bar C$, add over the uses: $\bar A_{nd} = \sum_h G_{nh}B_{dh}$. As matrices:
#
# $$\bar A = G\,B^{\mathsf T}, \qquad \bar B = A^{\mathsf T}G \tag{7.4}$$

# %%
show(product_shapes(("A.T", 3, 4), ("G", 4, 2), ("gradient of B", 3, 2)))

# %% [markdown]
# Lesson 04 knew these too: the first sends δ back over the weights, Eq. (4.3), the second is (what went in)ᵀ δ, Eq. (4.2). Backpropagation through a network is Eq. (7.4) and a local slope, in turn.

# %%
rng = np.random.default_rng(0)
A, B = Tensor(rng.standard_normal((4, 3))), Tensor(rng.standard_normal((3, 2)))
G = rng.standard_normal((4, 2))
((A @ B) * G).sum().backward()
assert np.allclose(A.grad, G @ B.data.T) and np.allclose(B.grad, A.data.T @ G)
print("shapes", A.grad.shape, B.grad.shape, "and the entries are those of Eq. (7.4)")

# %% [markdown]
# **Try it:** X is (7, 4), W is (4, 5), b is (5,), and $Z = XW + b$. What are the shapes of the gradients of b and of W? Replace the `...` by a list of two tuples.

# %%
check("07.b", ...)

# %% [markdown]
# ## Let two implementations judge each other
#
# Lesson 05 asked for a witness that does not share the code of the accused. Now there are two ways to every gradient: equations by hand, and a graph that knows none of them. Every network of lessons 04 and 06 goes through both.

# %%
digits = load_digits()
train_rows, test_rows = split_indices(digits.y, test_size=360, random_state=0)
X_train, y_train = digits.X[train_rows], digits.y[train_rows]
wide = params | {"W2": np.column_stack([W2, [-0.4, 0.9, 0.2]]), "b2": np.array([-0.3, -0.9])}
networks = {
    "04: 2-3-1, squared error": ([2, 3, 1], "sigmoid_mse", X, T, params),
    "04: two outputs": ([2, 3, 2], "sigmoid_mse", X[:1], np.array([[1.0, 0.0]]), wide),
    "04: 2-3-1, cross-entropy": ([2, 3, 1], "bce", X, T, params),
    "06: XOR, 2-4-1": ([2, 4, 1], "sigmoid_mse", *xor(), {}),
    "06: digits, squared error": ([64, 32, 10], "sigmoid_mse", X_train, one_hot(y_train, 10), {}),
    "06: digits, softmax": ([64, 32, 10], "softmax", X_train, y_train, {}),
}

# %%
def worst_gap(sizes, loss, X, y, given, activation="sigmoid"):
    """Largest relative error between the two, over the parameters; and how many numbers there are."""
    net = MLP(sizes, activation=activation, loss=loss, init="lecun", random_state=0)
    net.params.update(given)
    by_hand = net.loss_and_grads(X, y)[1]
    by_graph = value_and_grads(
        lambda P: mlp_loss(P, X, y, activation=activation, loss=loss), net.params
    )[1]
    gaps = [relative_error(by_graph[name], by_hand[name]) for name in by_hand]
    return max(gaps), sum(value.size for value in by_hand.values())

for name, network in networks.items():
    gap, size = worst_gap(*network)
    assert gap < 1e-12
    print(f"{name:27s} {size:5d} gradients agree to 1e-12")

# %% [markdown]
# They agree on every one. In the tests of this course, each keeps watch over the other: a slip in either is found by the other.

# %% [markdown]
# ## Count what it costs
#
# There is another way to let a program find slopes: walk *forward*. Choose one input, give it the slope 1, and let each node compute its own slope from those of its parents, along with its value. That is **forward mode**. What we built is **reverse mode**.

# %%
def forward_sweep(order, source):
    """How every node answers to one source: Eq. (3.1) and (3.2), from left to right."""
    answer = {source: 1.0}
    for node in reversed(order):
        if node.parents:
            shares = [s * answer.get(p, 0.0) for p, s in zip(node.parents, node.slopes)]
            answer[node] = sum(shares)
    return answer

order = topological_order(small)
print(f"forward, from w1: {forward_sweep(order, w1)[small]:.4f}")
print(f"forward, from w2: {forward_sweep(order, w2)[small]:.4f}")
print(f"reverse, w1 and w2 at once: {w1.grad:.4f} {w2.grad:.4f}")

# %% [markdown]
# Same numbers. But a forward sweep answers for *one input*, and a reverse sweep for *one output*. Either multiplies once for each line of the graph. So the price of all slopes is (lines) × (inputs) or (lines) × (outputs).
#
# **Predict before you run:** a network with 64 inputs and one output: by what factor is reverse mode cheaper?

# %%
def lines(n_in, n_out):
    """Lines in the graph of a network with n_in inputs, 4 hidden units and n_out outputs."""
    rng = np.random.default_rng(0)
    hidden = squash(each(rng.standard_normal(n_in)) @ rng.standard_normal((n_in, 4)))
    total = (hidden @ rng.standard_normal((4, n_out))).sum()
    return sum(len(node.parents) for node in topological_order(total))

sizes = [1, 2, 4, 8, 16, 32, 64]
inputs = {"size": sizes, "forward": [n * lines(n, 1) for n in sizes], "reverse": [lines(n, 1) for n in sizes]}
outputs = {"size": sizes, "forward": [lines(1, n) for n in sizes], "reverse": [n * lines(1, n) for n in sizes]}
print("64 inputs, 1 output: forward", inputs["forward"][-1], "reverse", inputs["reverse"][-1])
print("1 input, 64 outputs: forward", outputs["forward"][-1], "reverse", outputs["reverse"][-1])
show(plots.two_modes(inputs, outputs))

# %% [markdown]
# By 64: 1,034 multiplications in place of 66,176. With one input and 64 outputs it is the other way round. A network in training has thousands of inputs, its parameters, and one output, the loss. For such a formula reverse mode is the way to go, and it has a second name: backpropagation.

# %% [markdown]
# ## Pay in memory
#
# Nothing is free. A forward sweep can forget a value as soon as its consumers are done. The way back begins at the end, and needs the values again: $a(1-a)$ needs a, Eq. (7.4) needs A. So the graph keeps them all. How many numbers is that, for layers of 32 units and a batch of 32?

# %%
def kept(depth):
    """Numbers in the graph; the most that one gate needs at a time; and parameters."""
    net = MLP([32] * (depth + 1), activation="sigmoid", loss="mse", random_state=0)
    P = {name: Tensor(value) for name, value in net.params.items()}
    batch = np.ones((32, 32))
    order = topological_order(mlp_loss(P, batch, batch, activation="sigmoid", loss="mse"))
    gates = [node for node in order if node.op]
    at_once = max(n.data.size + sum(p.data.size for p in n.parents if p.op) for n in gates)
    return sum(n.data.size for n in gates), at_once, sum(v.size for v in net.params.values())

depths = [2, 10, 20, 30, 40, 50]
graph, at_once, weights = zip(*map(kept, depths))
for row in zip(depths, graph, at_once, weights):
    print("{:2d} layers: kept {:6d}, at one time {:4d}, parameters {:5d}".format(*row))
show(plots.kept(depths, graph, at_once, weights))

# %% [markdown]
# It grows with every layer, and with every example of the batch. Here the graph keeps about three times as many numbers as there are parameters. Reverse mode buys its speed with memory; a later lesson counts it, and shows how to trade some of it back.

# %% [markdown]
# ## Build ten layers, since it costs nothing
#
# Depth is no work any more. Nine hidden layers of 32 σ units, for the digits. By hand nobody would want to derive that; the graph does it in one call. Is it right?

# %%
deep = [64] + [32] * 9 + [10]
gap, size = worst_gap(deep, "softmax", X_train, y_train, {})
assert gap < 1e-12
print(f"{size} gradients agree to 1e-12")

net = MLP(deep, activation="sigmoid", loss="softmax", init="lecun", random_state=0)
loss, grads = value_and_grads(
    lambda P: mlp_loss(P, X_train, y_train, activation="sigmoid", loss="softmax"), net.params
)
norms = [np.linalg.norm(grads[f"W{layer}"]) for layer in range(1, 11)]
history = fit(net, X_train, y_train, 0.5, epochs=20, batch_size=32, random_state=0)
print(f"loss {loss:.2f} -> {history.loss[-1]:.2f}, guessing costs {np.log(10):.2f}")
print(f"test set: {100 * net.score(digits.X[test_rows], digits.y[test_rows]):.1f} %")

# %% [markdown]
# The gradient is right in every digit, and after 20 epochs the network guesses. In lesson 06, with a single hidden layer, the same recipe came close to 99 %.
#
# **Predict before you look:** how much smaller is the gradient at the first layer than at the last?

# %%
show(plots.by_layer(norms, [loss, *history.loss], np.log(10)))
print(f"last layer {norms[-1]:.2f}, first layer {norms[0]:.1e}, ratio {norms[-1] / norms[0]:.0e}")

# %% [markdown]
# By a factor of about 400,000. From layer to layer, about the same factor is lost each time: the points lie nearly on a line, and the axis is logarithmic.

# %% [markdown]
# ## In practice
#
# - Frameworks such as PyTorch, TensorFlow and JAX are this program, with more gates, for graphics processors, and with many years of care. `loss.backward()` is PyTorch's name for it too, and there as here gradients add up until they are set to zero.
# - A gate that is missing from the table has no slope. `Tensor` refuses it and says what there is.
# - `backward()` lets the graph go, to free its memory. A second call needs `retain_graph=True` in the first, or a new forward pass.
# - What is only computed, without training, needs no graph: `with no_grad():`.

# %% [markdown]
# Neither mode was invented for networks. R. E. Wengert described the forward mode in 1964 (*A simple automatic derivative evaluation program*, Communications of the ACM 7(8), pages 463–464). S. Linnainmaa described the reverse mode in his master's thesis at the University of Helsinki in 1970, to
# follow rounding errors. A. Griewank tells who else had a part in it (*Who invented the reverse mode of differentiation?*, Documenta Mathematica, Extra Volume ISMP, 2012, pages 389–400). A survey for our subject: A. G. Baydin and others, *Automatic differentiation in machine learning*, Journal of Machine Learning Research
# 18(153), 2018.

# %% [markdown]
# ## Test yourself
#
# **1.** Why does a parent's gradient grow by `+=`, and not by `=`?
# - **A** it is faster
# - **B** a number may be used more than once, and across paths we add
# - **C** to collect the gradients of earlier calls
#
# **2.** Why must a node come after all of its consumers?
# - **A** its value is not known before
# - **B** Python limits the number of nodes
# - **C** before that its gradient is not complete, and it would pass on a part
#
# **3.** 2,410 parameters, one loss. How many sweeps for all slopes?
# - **A** one in reverse mode, 2,410 in forward mode
# - **B** 2,410 in either
# - **C** one in forward mode, 2,410 in reverse mode
#
# Replace each `...` by a letter in quotes, such as `"A"`.

# %%
check("07.q1", ...)
check("07.q2", ...)
check("07.q3", ...)

# %% [markdown]
# ## What you take with you
#
# - A number that remembers its parents and its local slopes is enough: Eq. (7.1) at each gate, in the order of Eq. (7.2), with `+=` and from zero.
# - With arrays, sum over what was broadcast, Eq. (7.3), and send G through the transposes, Eq. (7.4).
# - One reverse sweep finds all slopes of one output. It is paid for in memory.
#
# **Now the exercises**: `exercises/07_autodiff.ipynb`, five tasks, 40 minutes.

# %% [markdown]
# ## And next
#
# A gradient that is right to twelve digits, and a network that does not learn. So correctness is not enough. Why does the gradient fade on its way to the first layer, and is σ to blame? That is lesson 08.
