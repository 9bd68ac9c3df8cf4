"""Lesson 07, answered in other ways."""

import math
from graphlib import TopologicalSorter

import numpy as np


def gate_by_table(op, a, b, g):
    """Signs and powers of the two local slopes, in place of four formulas."""
    quotient = g / b, -(g * a) * (1 / b) / b
    return {"add": (g, g), "sub": (g, -g), "mul": (g * b, a * g), "div": quotient}[op]


def gate_by_complex_step(op, a, b, g):
    """A nudge along i, of each input in turn."""

    def gate(u, v):
        return {"add": u + v, "sub": u - v, "mul": u * v, "div": u / v}[op]

    h = 1e-20
    return [g * gate(a + 1j * h, b).imag / h, g * gate(a, b + 1j * h).imag / h]


def order_by_depth_first(edges, output):
    """Children before parents with a stack of its own, turned around."""
    into = {}
    for source, target in edges:
        into.setdefault(int(target), []).append(int(source))
    done, order, stack = set(), [], [(output, False)]
    while stack:
        node, is_left = stack.pop()
        if is_left:
            order.append(node)
        elif node not in done:
            done.add(node)
            stack.append((node, True))
            stack.extend((source, False) for source in into.get(node, []))
    return order[::-1]


def order_by_the_library(edges, output):
    """The standard library's sorter, told the edges that lead to the output."""
    sorter, stack, into = TopologicalSorter({output: []}), [output], {}
    for source, target in edges.tolist():
        into.setdefault(target, set()).add(source)
    while stack:
        node = stack.pop()
        for source in into.pop(node, ()):
            sorter.add(source, node)
            stack.append(source)
    return tuple(sorter.static_order())


def unbroadcast_at_once(G, shape):
    """All axes in one sum, then the shape."""
    padded = (1,) * (np.ndim(G) - len(shape)) + tuple(shape)
    axes = tuple(k for k, size in enumerate(padded) if size != G.shape[k])
    return G.sum(axis=axes).reshape(shape)


def unbroadcast_entry_by_entry(G, shape):
    """Where each entry of the operand went, by broadcasting its number."""
    number = np.broadcast_to(np.arange(math.prod(shape)).reshape(shape), G.shape)
    total = [0.0] * math.prod(shape)
    for place, value in zip(number.ravel(), G.ravel(), strict=True):
        total[place] += value
    return np.array(total).reshape(shape)


def matmul_einsum(A, B, G):
    return np.einsum("nh,dh->nd", G, B), np.einsum("nd,nh->dh", A, G)


def matmul_row_by_row(A, B, G):
    gA, gB = np.zeros(A.shape), np.zeros(B.shape)
    for n in range(len(A)):
        gA[n] = B @ G[n]
        gB += np.outer(A[n], G[n])
    return gA, gB


def tape_forward_mode(ops, inputs, values):
    """A nudge at each node in turn, carried to the end of the tape."""
    grads = []
    for nudged in range(len(ops)):
        slope = []
        for k, op in enumerate(ops):
            i, j = inputs[k]
            a, b = values[i], values[j]
            if k == nudged:
                slope.append(1.0)
            elif op == "in":
                slope.append(0.0)
            elif op == "tanh":
                slope.append((1 - values[k] ** 2) * slope[i])
            elif op == "add":
                slope.append(slope[i] + slope[j])
            elif op == "sub":
                slope.append(slope[i] - slope[j])
            elif op == "mul":
                slope.append(b * slope[i] + a * slope[j])
            else:
                slope.append((slope[i] - values[k] * slope[j]) / b)
        grads.append(slope[-1])
    return grads


def tape_by_a_matrix(ops, inputs, values):
    """Local slopes in a matrix; its triangular system has the gradients for its solution."""
    n = len(ops)
    local = np.zeros((n, n))
    for k in range(n):
        i, j = inputs[k]
        a, b = values[i], values[j]
        slopes = {
            "in": (),
            "tanh": (1 - math.tanh(a) ** 2,),
            "add": (1, 1),
            "sub": (1, -1),
            "mul": (b, a),
            "div": (1 / b, -a / b**2),
        }[ops[k]]
        for place, slope in zip((i, j), slopes, strict=False):
            local[place, k] += slope
    return np.linalg.solve(np.eye(n) - local, np.eye(n)[-1])


ANSWERS = {
    "07.1": [gate_by_table, gate_by_complex_step],
    "07.2": [order_by_depth_first, order_by_the_library],
    "07.3": [unbroadcast_at_once, unbroadcast_entry_by_entry],
    "07.4": [matmul_einsum, matmul_row_by_row],
    "07.5": [tape_forward_mode, tape_by_a_matrix],
}
