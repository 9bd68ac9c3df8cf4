"""The loop around the gradient: batches, steps, a record of how it went, and a stop when it blows up.

`fit` asks little of what it trains: a network has ``params`` (a dictionary of arrays) and
``loss_and_grads(X, y)``; an optimizer has ``step(params, grads)``, which changes the arrays in place. A
learning rate alone stands for gradient descent at that rate.
"""

from bpcourse.training.batches import iterate_minibatches
from bpcourse.training.history import History, TrainingDiverged
from bpcourse.training.loop import fit

__all__ = ["History", "TrainingDiverged", "fit", "iterate_minibatches"]
