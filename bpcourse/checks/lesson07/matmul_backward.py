"""07.4: the backward pass of a matrix product, Eq. (7.4)."""

from __future__ import annotations

import numpy as np

from ..draws import normal
from ..exercise import Case, Exercise, Mistake


def matmul_backward(A, B, G):
    """The gradients of A and B from that of A @ B, Eq. (7.4)."""
    return G @ B.T, A.T @ G


def product_variant(*faults):
    """`matmul_backward` with other rules for one or both of its parts."""

    def answer(A, B, G):
        gA, gB = matmul_backward(A, B, G)
        for fault in faults:
            along_A, along_B = RULES[fault]
            gA = along_A(A, B, G) if along_A else gA
            gB = along_B(A, B, G) if along_B else gB
        return gA, gB

    return answer


RULES = {  # what is taken for gA and for gB; None where it is right
    "M32": (lambda A, B, G: G @ B, None),
    "M31": (None, lambda A, B, G: G.T @ A),
    "M31b": (None, lambda A, B, G: A @ G),
    "M612": (lambda A, B, G: G * B, lambda A, B, G: G * A),
    "M613": (lambda A, B, G: A.T @ G, lambda A, B, G: G @ B.T),
    "M614": (lambda A, B, G: B @ G, None),
    "M632": (lambda A, B, G: B @ G.T, None),
    "M632b": (lambda A, B, G: B.T @ G, None),
    "M633": (None, lambda A, B, G: A.T @ G / len(A)),
    "M634": (lambda A, B, G: np.ones_like(G) @ B.T, lambda A, B, G: A.T @ np.ones_like(G)),
    "M635": (lambda A, B, G: G @ A.T, lambda A, B, G: B.T @ G),
    "M636": (None, lambda A, B, G: G @ A),
}


def product_pair(ids):
    """Two mistakes together, where one is in gA alone and the other in gB alone."""
    (a1, b1), (a2, b2) = (RULES[i] for i in ids)
    return product_variant(*ids) if not (a1 and a2) and not (b1 and b2) else None


def product_cases(rng):
    """All sizes different, one row, and all sizes alike, where a wrong product fits."""
    rows = {"N, D, H = 7, 4, 5": (7, 4, 5), "a single row": (1, 4, 5), "the square case": (4, 4, 4)}
    return [
        Case(name, (normal(rng, n, d), normal(rng, d, h), normal(rng, n, h)), {"N": n, "D": d, "H": h})
        for name, (n, d, h) in rows.items()
    ]


SAID = {  # the mistake alone, and what is said of it where it is the only one
    "M32": (
        "gA is G @ B, without the transpose",
        "gB is right. On the square case your gA is G @ B; elsewhere the shapes do not fit. Row d of B held the weights from input d to every output, so the "
        "way back to input d runs along that row: B.T, Eq. (7.4).",
    ),
    "M31": (
        "gB is transposed",
        "gA is right. Your gB is G.T @ A, which is the right one *transposed*: it has one row for each column of B. A gradient has the shape of what it belongs "
        "to, Eq. (7.4).",
    ),
    "M31b": (
        "gB is A @ G, without the transpose",
        "gA is right. On the square case your gB is A @ G; elsewhere the shapes do not fit. Entry [d, h] of gB gathers what went in at d times what came back at "
        "h, over all rows: A.T @ G, Eq. (7.4).",
    ),
    "M612": (
        "both are products entry by entry",
        "On the square case your gradients are G * B and G * A, those of a product entry by entry; elsewhere the shapes do not fit. C = A @ B is a matrix "
        "product, and so are its gradients, Eq. (7.4).",
    ),
    "M613": (
        "gA and gB are returned in each other's place",
        "Both gradients are right, and they are in each other's place: return that of A first, with the shape of A, then that of B.",
    ),
    "M614": (
        "gA is B @ G",
        "gB is right. On the square case your gA is B @ G; elsewhere the shapes do not fit. Rows are examples: each row of G goes back through B.T on its own, "
        "so G stands on the left, Eq. (7.4).",
    ),
    "M632": (
        "gA is transposed",
        "gB is right. Your gA is B @ G.T, which is the right one *transposed*. A gradient has the shape of what it belongs to: (N, D), Eq. (7.4).",
    ),
    "M632b": (
        "gA is B.T @ G",
        "gB is right. On the square case your gA is B.T @ G; elsewhere the shapes do not fit. The transpose is right, the order is not: G, whose rows are "
        "examples, stands on the left, Eq. (7.4).",
    ),
    "M633": (
        "gB is divided by N",
        "gA is right. Your gB is divided by the number of rows. Each row of A met the same B, so what comes back is *added*; if the loss is a mean, its 1/N is "
        "in G already.",
    ),
    "M634": (
        "G is left out",
        "Your gradients are those of the *sum* of C: ones stand in the place of G. Each entry of C has its own say in the loss, and G holds it, Eq. (7.4).",
    ),
    "M635": (
        "each gradient is made from its own matrix",
        "On the square case gA is made from A, and gB from B; elsewhere the shapes do not fit. A product hands each input the *other* one, as in 07.1: G meets B.T for "
        "gA, and A.T for gB, Eq. (7.4).",
    ),
    "M636": (
        "gB is G @ A",
        "gA is right. On the square case your gB is G @ A; elsewhere the shapes do not fit. The sum has to run over the rows, the N examples: A.T @ G, "
        "Eq. (7.4).",
    ),
}

DOCUMENTED = {
    "M612": {"gA rel": 0.78, "gB rel": 0.76},
    "M613": {"gA shape": (4, 5), "gB shape": (7, 4)},
    "M614": {"gA rel": 0.76},
}

EXERCISE = Exercise(
    id="07.4",
    name="matmul_backward",
    points=2,
    title="Send a gradient through a matrix product",
    kind="write",
    returns=("gA", "gB"),
    reference=matmul_backward,
    cases=product_cases,
    variants=product_pair,
    mistakes=tuple(
        Mistake(i, product_variant(i), message=text, cause=cause, documented=DOCUMENTED.get(i, {}))
        for i, (cause, text) in SAID.items()
    ),
    hints=(
        "Lesson 04 has both: the gradient of weights, and the bill that goes back over them. And the shapes leave only one way to multiply.",
        "gA = G Bᵀ: (N, H) times (H, D). gB = Aᵀ G: (D, N) times (N, H). Eq. (7.4).",
        "return ... @ ..., ... @ ...",
    ),
)
