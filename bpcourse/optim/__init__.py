"""What to do with a gradient: take a step against it.

``steps`` holds one function for each method, one equation each; ``optimizers`` the same methods as objects
that a training loop can hold; ``decay`` weight decay in its two forms; ``schedules`` rates that change on the
way.
"""

from bpcourse.optim.decay import add_weight_decay, decay_weights
from bpcourse.optim.optimizers import SGD, Adam, AdamW, Momentum, Optimizer, RMSProp
from bpcourse.optim.schedules import cosine, step_decay, warmup
from bpcourse.optim.steps import adam_step, momentum_step, nesterov_step, rmsprop_step, sgd_step

__all__ = [
    "SGD",
    "Adam",
    "AdamW",
    "Momentum",
    "Optimizer",
    "RMSProp",
    "adam_step",
    "add_weight_decay",
    "cosine",
    "decay_weights",
    "momentum_step",
    "nesterov_step",
    "rmsprop_step",
    "sgd_step",
    "step_decay",
    "warmup",
]
