"""Methods as objects that a training loop can hold: they keep what is remembered from step to step.

Each class names its step function and its settings. What they share (the rate or its schedule, the number of
the step, weight decay, room for what is remembered) is in one place, ``Optimizer``.
"""

import numpy as np

from bpcourse._arrays import check_number
from bpcourse.optim.decay import add_weight_decay, decay_weights
from bpcourse.optim.schedules import Schedule, as_schedule
from bpcourse.optim.steps import (
    Arrays,
    adam_step,
    check_fractions,
    momentum_step,
    nesterov_step,
    rmsprop_step,
    sgd_step,
)


class Optimizer:
    """What all methods share.

    Parameters
    ----------
    learning_rate : float or schedule
        A schedule gives the rate of each step, see ``bpcourse.optim.schedules``.
    weight_decay : float
        λ, Eq. (12.6): coupled; ``AdamW`` decouples it.

    Attributes
    ----------
    steps : int
        How many steps were taken.
    """

    memories: tuple[str, ...] = ()
    _extra = ""

    def __init__(self, learning_rate: float | Schedule, *, weight_decay: float = 0.0):
        check_number("weight_decay", weight_decay, low=0)
        self.learning_rate = learning_rate
        self._schedule = as_schedule(learning_rate)
        self.weight_decay = weight_decay
        self.steps = 0
        for memory in self.memories:
            setattr(self, memory, {})

    def step(self, params: Arrays, grads: Arrays, *, overwrite_grads: bool = False) -> None:
        """Change `params` in place by one step; `grads` too, if they may be overwritten."""
        for memory in self.memories:
            if not getattr(self, memory):
                setattr(self, memory, {name: np.zeros_like(param) for name, param in params.items()})
        self.steps += 1
        rate = self._schedule(self.steps)
        self._step(params, self._decayed(params, grads, rate), rate, overwrite_grads)

    def _decayed(self, params: Arrays, grads: Arrays, rate: float) -> Arrays:
        if not self.weight_decay:
            return grads
        return add_weight_decay(params, grads, weight_decay=self.weight_decay)

    def _step(self, params: Arrays, grads: Arrays, rate: float, overwrite: bool) -> None:
        raise NotImplementedError

    def __repr__(self) -> str:
        rate = "schedule" if callable(self.learning_rate) else self.learning_rate
        settings = [f"learning_rate={rate}", *(f"{name}={getattr(self, name)}" for name in self._settings())]
        return f"{type(self).__name__}({', '.join(settings)})"

    def _settings(self) -> list[str]:
        return [*self._extra.split(), *(["weight_decay"] if self.weight_decay else [])]


class SGD(Optimizer):
    """Gradient descent.

    Parameters
    ----------
    learning_rate : float or schedule
    weight_decay : float

    Examples
    --------
    >>> params = {"w": np.array([1.0])}
    >>> SGD(learning_rate=0.5).step(params, {"w": np.array([1.0])})
    >>> params["w"]
    array([0.5])
    """

    def _step(self, params: Arrays, grads: Arrays, rate: float, overwrite: bool) -> None:
        sgd_step(params, grads, learning_rate=rate, overwrite_grads=overwrite)


class Momentum(Optimizer):
    """Gradient descent with momentum, the classical one or Nesterov's.

    Parameters
    ----------
    learning_rate : float or schedule
    momentum : float, from 0 to 1
    nesterov : bool
    weight_decay : float

    Attributes
    ----------
    velocity : dict of arrays
        Empty before the first step.

    Examples
    --------
    >>> params = {"w": np.array([1.0])}
    >>> optimizer = Momentum(learning_rate=0.5, momentum=0.5)
    >>> for _ in range(2):
    ...     optimizer.step(params, {"w": np.array([1.0])})
    >>> params["w"]
    array([-0.25])
    """

    memories = ("velocity",)
    _extra = "momentum"

    def __init__(
        self,
        learning_rate: float | Schedule,
        momentum: float = 0.9,
        *,
        nesterov: bool = False,
        weight_decay: float = 0.0,
    ):
        super().__init__(learning_rate, weight_decay=weight_decay)
        check_number("momentum", momentum, low=0, high=1)
        self.momentum = momentum
        self.nesterov = nesterov

    def _step(self, params: Arrays, grads: Arrays, rate: float, overwrite: bool) -> None:
        take = nesterov_step if self.nesterov else momentum_step
        settings = {"learning_rate": rate, "momentum": self.momentum}
        take(params, grads, self.velocity, **settings, overwrite_grads=overwrite)


class RMSProp(Optimizer):
    """Each entry by its gradient over the recent size of that gradient.

    Parameters
    ----------
    learning_rate : float or schedule
    rho : float, from 0 up to but not including 1
    eps : float
    weight_decay : float

    Attributes
    ----------
    squares : dict of arrays
        Empty before the first step.

    Examples
    --------
    >>> params = {"w": np.array([1.0, 1.0])}
    >>> RMSProp(learning_rate=0.1, rho=0.75, eps=0).step(params, {"w": np.array([2.0, -200.0])})
    >>> params["w"]
    array([0.8, 1.2])
    """

    memories = ("squares",)
    _extra = "rho"

    def __init__(
        self,
        learning_rate: float | Schedule,
        rho: float = 0.9,
        *,
        eps: float = 1e-8,
        weight_decay: float = 0.0,
    ):
        super().__init__(learning_rate, weight_decay=weight_decay)
        check_fractions(rho=rho)
        check_number("eps", eps, low=0)
        self.rho = rho
        self.eps = eps

    def _step(self, params: Arrays, grads: Arrays, rate: float, overwrite: bool) -> None:
        settings = {"learning_rate": rate, "rho": self.rho, "eps": self.eps}
        rmsprop_step(params, grads, self.squares, **settings, overwrite_grads=overwrite)


class Adam(Optimizer):
    """Momentum over the recent size of the gradient, both corrected for their start at 0.

    Parameters
    ----------
    learning_rate : float or schedule
    beta1, beta2 : float, from 0 up to but not including 1
    eps : float
    amsgrad : bool
        Divide by the largest size so far.
    weight_decay : float

    Attributes
    ----------
    mean, squares, largest : dicts of arrays
        Empty before the first step; `largest` stays empty without `amsgrad`.

    Examples
    --------
    >>> params = {"w": np.array([1.0, 1.0])}
    >>> Adam(learning_rate=0.1, eps=0).step(params, {"w": np.array([2.0, -200.0])})
    >>> params["w"].round(12)
    array([0.9, 1.1])
    """

    memories = ("mean", "squares")
    _extra = "beta1 beta2"

    def __init__(
        self,
        learning_rate: float | Schedule = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        *,
        eps: float = 1e-8,
        amsgrad: bool = False,
        weight_decay: float = 0.0,
    ):
        super().__init__(learning_rate, weight_decay=weight_decay)
        check_fractions(beta1=beta1, beta2=beta2)
        check_number("eps", eps, low=0)
        self.beta1, self.beta2, self.eps, self.amsgrad = beta1, beta2, eps, amsgrad
        self.largest: Arrays = {}

    def _step(self, params: Arrays, grads: Arrays, rate: float, overwrite: bool) -> None:
        if self.amsgrad and not self.largest:
            self.largest = {name: np.zeros_like(param) for name, param in params.items()}
        settings = {"learning_rate": rate, "beta1": self.beta1, "beta2": self.beta2, "eps": self.eps}
        adam_step(
            params, grads, self.mean, self.squares, self.steps, **settings, largest=self.largest or None
        )


class AdamW(Adam):
    """Adam with decoupled weight decay, Eq. (12.7): the weights shrink beside the step, not through it.

    Parameters are those of ``Adam``; `weight_decay` is 0.01 unless told otherwise.

    Examples
    --------
    >>> params = {"W1": np.array([2.0])}
    >>> AdamW(learning_rate=0.5, weight_decay=0.1).step(params, {"W1": np.array([0.0])})
    >>> params["W1"]
    array([1.9])
    """

    def __init__(
        self, learning_rate: float | Schedule = 0.001, *args, weight_decay: float = 0.01, **settings
    ):
        super().__init__(learning_rate, *args, weight_decay=weight_decay, **settings)

    def _decayed(self, params: Arrays, grads: Arrays, rate: float) -> Arrays:
        decay_weights(params, learning_rate=rate, weight_decay=self.weight_decay)
        return grads
