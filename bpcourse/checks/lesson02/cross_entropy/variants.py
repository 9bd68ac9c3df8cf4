"""The wrong answers known for 02.5, each at the line where it is made."""

from __future__ import annotations

import numpy as np


def take(table, y):
    """One entry a row, in the column that y names."""
    return table[np.arange(len(y)), y]


CAPS = {
    "M111": 1e-12,
    "M111b": 1e-15,
    "M111c": 1e-10,
    "M111d": 1e-9,
    "M111e": 1e-8,
    "M111f": 1e-7,
    "M111g": 1e-16,
}
ROW_COSTS = {  # what each row costs, from Z, P, log P and the labels
    "M10": lambda Z, P, logP, y: -np.log(take(np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True), y)),
    "M10b": lambda Z, P, logP, y: np.log(np.exp(Z).sum(axis=1)) - take(Z, y),
    "M107b": lambda Z, P, logP, y: -take(logP, y) - Z.max(axis=1),
    "M110": lambda Z, P, logP, y: -np.log(take(P, y)),
    "M110b": lambda Z, P, logP, y: -np.log(take(P, y) - 1),
    "M112": lambda Z, P, logP, y: -np.log(P[:, y]),
    "M112b": lambda Z, P, logP, y: -logP[:, y],
    **{i: lambda Z, P, logP, y, cap=cap: -np.log(take(P, y) + cap) for i, cap in CAPS.items()},
}
GATHERED = {  # the loss from what the rows cost
    "M07": lambda cost, C: cost.sum(),
    "M13": lambda cost, C: cost.mean() / C,
    "M13b": lambda cost, C: cost.mean() / C,
    "M36b": lambda cost, C: cost.sum(),
    "M212d": lambda cost, C: cost,
    "M219c": lambda cost, C: -cost.mean(),
}
SLOPES = {  # N times dZ, from Z, P, the one-hot Y and the labels
    "M10": lambda Z, P, Y, y: np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True) - Y,
    "M14": lambda Z, P, Y, y: P - y[:, None],
    "M14b": lambda Z, P, Y, y: P,
    "M15": lambda Z, P, Y, y: Y * (P - Y),
    "M16": lambda Z, P, Y, y: (P - Y) * P * (1 - P),
    "M17": lambda Z, P, Y, y: -Y / P * P * (1 - P),
    "M112c": lambda Z, P, Y, y: P - np.isin(np.arange(P.shape[1]), y),
    "M113": lambda Z, P, Y, y: P - np.eye(P.shape[1])[P.argmax(axis=1)],
    "M114": lambda Z, P, Y, y: -Y / P,
}
SIZES = {  # what P − Y is divided by
    "M13": lambda N, C: N * C,
    "M13c": lambda N, C: N * C,
    "M21": lambda N, C: -N,
    "M36": lambda N, C: 1,
    "M36b": lambda N, C: 1,
}


def cross_entropy_variant(*faults):
    """`cross_entropy` with these mistakes made, where they can be made together."""
    found = [[table[f] for f in faults if f in table] for table in (ROW_COSTS, GATHERED, SLOPES, SIZES)]
    if max(map(len, found)) > 1:
        return None
    costs, gathered, slopes, sizes = found

    def answer(Z, y):
        N, C = Z.shape
        S = Z - Z.max(axis=1, keepdims=True)
        logP = S - np.log(np.exp(S).sum(axis=1, keepdims=True))
        P, Y = np.exp(logP), np.eye(C)[y]
        cost = costs[0](Z, P, logP, y) if costs else -take(logP, y)
        loss = gathered[0](cost, C) if gathered else cost.mean()
        return loss, (slopes[0](Z, P, Y, y) if slopes else P - Y) / (sizes[0](N, C) if sizes else N)

    return answer
