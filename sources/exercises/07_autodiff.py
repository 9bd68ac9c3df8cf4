# %% [markdown]
# # Exercises: let a program write the backward pass
#
# Five tasks, 12 points, about 40 minutes. You build the parts of an autodiff program: one gate, the order of the nodes, two rules for
# arrays, and in the last task the whole walk.
#
# How it works: replace `raise NotImplementedError` by your code, run the cell, then run the `check` below it. It tells
# you what is right, and which mistake it sees. `hint("07.1")` gives the idea, `hint("07.1", level=2)` the formula,
# `level=3` the skeleton. Attempts and hints cost nothing.

# %%
import numpy as np

from bpcourse import check, hint, progress, try_it

np.set_printoptions(precision=4, suppress=True)

# %% [markdown]
# ## 07.1 Hand a gradient through one gate
#
# *2 points.* A gate computes $c$ from `a` and `b`, entry by entry: `"add"` is $a + b$, `"sub"` is $a - b$, `"mul"` is $ab$, and `"div"` is $a/b$.
# The gradient `g` $= \bar c$ arrives. Return what it hands to `a` and what it hands to `b`, by Eq. (7.1):
#
# $$\bar a = \bar c\,\frac{\partial c}{\partial a}, \qquad \bar b = \bar c\,\frac{\partial c}{\partial b}$$
#
# `a`, `b`, `g` and both results are arrays of one shape.
#
# Example: `"div"`, `a = 6`, `b = 2`, `g = 10` gives `5` and `-15`.

# %% nbgrader={"grade_id": "ex-07-1", "solution": true}
def local_backward(op, a, b, g):
    """What one gate hands to its two inputs.

    op : "add", "sub", "mul" or "div"    a, b, g : arrays of one shape
    Returns ga, gb : arrays of that shape
    """
    ### BEGIN SOLUTION
    if op == "add":
        return g, g
    if op == "sub":
        return g, -g
    if op == "mul":
        return g * b, g * a
    return g / b, -g * a / b**2
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-07-1", "grade": true}
check("07.1", local_backward)

# %% [markdown]
# A place to try your function on numbers of your own, here those of the example:

# %%
try_it("07.1", local_backward, "div", np.array(6.0), np.array(2.0), np.array(10.0))

# %% [markdown]
# ## 07.2 Put the nodes in an order that works
#
# *3 points.* A graph is given by its `edges`, an array of whole numbers of shape (E, 2). A row `[source, target]` says that node `source` flows into node `target`;
# so `target` consumes `source`. Return a list of the numbers of nodes, `output` first, in which every node stands after all that consume it, Eq. (7.2). The list holds each node once,
# and only nodes that lead to the output. Any such order is right.

# %% [markdown]
# Three things to know. An edge may stand twice: `b = a + a` uses `a` twice. The numbers of the nodes say nothing about their order. And one of the graphs is a chain of 2,000 nodes, too
# deep for a function that calls itself.
#
# Example: `edges = [[0, 1], [1, 2], [0, 2]]`, `output = 2` gives `[2, 1, 0]`.

# %% nbgrader={"grade_id": "ex-07-2", "solution": true}
def topological_order(edges, output):
    """The nodes that lead to the output, each after all of its consumers.

    edges : (E, 2) ints, rows [source, target]    output : int
    Returns a list of ints, the output first
    """
    ### BEGIN SOLUTION
    sources, listed, stack = {}, {}, [output]
    for s, t in edges.tolist():
        sources.setdefault(t, []).append(s)
    while stack:
        open_ones = [s for s in sources.get(stack[-1], []) if s not in listed]
        if open_ones:
            stack.append(open_ones[0])
        else:
            listed[stack.pop()] = True
    return list(listed)[::-1]
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-07-2", "grade": true}
check("07.2", topological_order)

# %%
try_it("07.2", topological_order, np.array([[0, 1], [1, 2], [0, 2]]), 2)

# %% [markdown]
# ## 07.3 Undo a broadcast
#
# *2 points.* An operand had the shape `shape`. It was broadcast, and its gradient `G` comes back in the larger shape. Return the gradient in the shape of the operand, by Eq. (7.3): the sum over
# every axis that broadcasting stretched or added.
#
# Example: `G = [[1, 2, 3], [4, 5, 6]]`, `shape = (1, 3)` gives `[[5, 7, 9]]`. With `shape = (3,)` it is `[5, 7, 9]`, and with `shape = ()` the number 21.

# %% nbgrader={"grade_id": "ex-07-3", "solution": true}
def unbroadcast(G, shape):
    """The gradient of an operand, from that of what it was broadcast to.

    G : array, in the shape of the result    shape : tuple, the shape of the operand
    Returns an array of shape `shape`
    """
    ### BEGIN SOLUTION
    while G.ndim > len(shape):
        G = G.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            G = G.sum(axis=axis, keepdims=True)
    return G
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-07-3", "grade": true}
check("07.3", unbroadcast)

# %%
try_it("07.3", unbroadcast, np.array([[1, 2, 3], [4, 5, 6]]), (1, 3))

# %% [markdown]
# ## 07.4 Send a gradient through a matrix product
#
# *2 points.* `A` is (N, D), `B` is (D, H), and $C = AB$. The gradient `G` $= \bar C$, of shape (N, H), arrives. Return $\bar A$ and $\bar B$ by Eq. (7.4):
#
# $$\bar A = G\,B^{\mathsf T}, \qquad \bar B = A^{\mathsf T} G$$
#
# Example: `A = [[1, 2]]`, `B = [[3], [4]]`, `G = [[10]]` gives `[[30, 40]]` and `[[10], [20]]`.

# %% nbgrader={"grade_id": "ex-07-4", "solution": true}
def matmul_backward(A, B, G):
    """What a matrix product hands to its two factors.

    A : (N, D)    B : (D, H)    G : (N, H)
    Returns gA : (N, D), gB : (D, H)
    """
    ### BEGIN SOLUTION
    return G @ B.T, A.T @ G
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-07-4", "grade": true}
check("07.4", matmul_backward)

# %%
try_it("07.4", matmul_backward, np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), np.array([[10.0]]))

# %% [markdown]
# ## 07.5 Walk a tape backward
#
# *3 points.* A *tape* lists the nodes of a graph in the order in which they were computed. Node k is described by `ops[k]`, which is `"in"` (a number that was given), `"add"`, `"sub"`, `"mul"`, `"div"` or `"tanh"`; by `inputs[k]`, the numbers
# of the two nodes that it was computed from; and by its value `values[k]`. Where an input is missing, −1 stands: twice for `"in"`, and as the second of `"tanh"`, which has one input.

# %% [markdown]
# Return the gradient of the **last** node with respect to every node, an array of shape (n,). Eq. (7.1) at each gate, and shares that meet are added, Eq. (3.2). A node that the last one does not depend on has the gradient 0.
# Use your `local_backward`; `"tanh"` has the slope $1 - a^2$, with $a$ the value that left it.
#
# Example: `ops = ["in", "mul"]`, `inputs = [[-1, -1], [0, 0]]`, `values = [3, 9]` gives `[6, 1]`.

# %% nbgrader={"grade_id": "ex-07-5", "solution": true}
def backward(ops, inputs, values):
    """Gradients of the last node of a tape.

    ops : list of n strings    inputs : (n, 2) ints, -1 for none    values : (n,)
    Returns grads : (n,)
    """
    ### BEGIN SOLUTION
    grads = np.zeros(len(ops))
    grads[-1] = 1.0
    for k in reversed(range(len(ops))):
        i, j = inputs[k]
        if ops[k] == "tanh":
            grads[i] += grads[k] * (1 - values[k] ** 2)
        elif ops[k] != "in":
            for node, share in zip((i, j), local_backward(ops[k], values[i], values[j], grads[k])):
                grads[node] += share
    return grads
    ### END SOLUTION

# %% nbgrader={"grade_id": "test-07-5", "grade": true}
check("07.5", backward)

# %%
try_it("07.5", backward, ["in", "mul"], np.array([[-1, -1], [0, 0]]), np.array([3.0, 9.0]))

# %% [markdown]
# ## How far you are

# %%
progress("07")
