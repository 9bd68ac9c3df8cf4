"""RMSProp, Adam, AMSGrad, Nesterov and weight decay: three exact steps against the papers, in fractions.

What the papers write is evaluated without rounding (of a square root, to 40 digits). The code, in floats, may
differ from it in the last digits.
"""

from fractions import Fraction as F
from math import isqrt

import numpy as np
import pytest

from bpcourse.datasets import xor
from bpcourse.network import MLP
from bpcourse.optim import (
    SGD,
    Adam,
    AdamW,
    Momentum,
    RMSProp,
    adam_step,
    add_weight_decay,
    cosine,
    decay_weights,
    nesterov_step,
    rmsprop_step,
    step_decay,
    warmup,
)
from bpcourse.training import fit

CLOSE = {"rtol": 1e-14, "atol": 0}
GRADS = (F(4), F(-2), F(3))


def root(x):
    """Return the square root of a fraction to 40 digits, as a fraction."""
    scale = 10**40
    return F(isqrt(x.numerator * scale**2 // x.denominator), scale)


def one(x):
    return {"w": np.array([float(x)])}


def test_three_steps_of_nesterov_are_those_of_the_paper():
    """Sutskever's form holds θ, and takes the gradient at θ + βv: ours holds that point."""
    params, velocity = one(1), one(0)
    theta, v, rate, beta = F(1), F(0), F(1, 4), F(1, 2)
    for k in range(3):
        assert np.allclose(params["w"], float(theta + beta * v), **CLOSE)
        g = GRADS[k]
        v = beta * v - rate * g
        theta += v
        nesterov_step(params, one(g), velocity, learning_rate=0.25, momentum=0.5, overwrite_grads=k == 1)
        assert np.allclose(velocity["w"], float(v), **CLOSE)
    assert np.allclose(params["w"], float(theta + beta * v), **CLOSE)


@pytest.mark.parametrize("overwrite", [False, True])
def test_three_steps_of_rmsprop(overwrite):
    params, squares = one(1), one(2)
    w, s, rho, rate, eps = F(1), F(2), F(3, 4), F(1, 2), F(1, 8)
    for g in GRADS:
        s = rho * s + (1 - rho) * g**2
        w -= rate * g / (root(s) + eps)
        settings = {"learning_rate": 0.5, "rho": 0.75, "eps": 0.125}
        rmsprop_step(params, one(g), squares, **settings, overwrite_grads=overwrite)
        assert np.allclose([squares["w"][0], params["w"][0]], [float(s), float(w)], **CLOSE)


@pytest.mark.parametrize("amsgrad", [False, True])
def test_three_steps_of_adam_are_those_of_the_paper(amsgrad):
    params, mean, squares, largest = one(1), one(0), one(0), one(0)
    w, m, v, top = F(1), F(0), F(0), F(0)
    beta1, beta2, rate, eps = F(1, 2), F(1, 4), F(1, 2), F(1, 8)
    for t, g in enumerate((F(4), F(-1), F(1, 2)), start=1):
        m = beta1 * m + (1 - beta1) * g
        v = beta2 * v + (1 - beta2) * g**2
        top = max(top, v)
        m_hat, v_hat = m / (1 - beta1**t), (top if amsgrad else v) / (1 - beta2**t)
        w -= rate * m_hat / (root(v_hat) + eps)
        settings = {"learning_rate": 0.5, "beta1": 0.5, "beta2": 0.25, "eps": 0.125}
        adam_step(params, one(g), mean, squares, t, **settings, largest=largest if amsgrad else None)
        assert np.allclose(
            [mean["w"][0], squares["w"][0], params["w"][0]], [float(m), float(v), float(w)], **CLOSE
        )
    assert np.allclose(largest["w"], float(top) if amsgrad else 0, **CLOSE)


def test_the_usual_settings_are_those_of_the_papers():
    assert repr(Adam()) == "Adam(learning_rate=0.001, beta1=0.9, beta2=0.999)" and Adam().eps == 1e-8
    assert repr(RMSProp(0.1)) == "RMSProp(learning_rate=0.1, rho=0.9)" and RMSProp(0.1).eps == 1e-8
    assert repr(AdamW()) == "AdamW(learning_rate=0.001, beta1=0.9, beta2=0.999, weight_decay=0.01)"
    params, usual = one(1), one(1)
    adam_step(params, one(3), one(1), one(2), 2)
    adam_step(usual, one(3), one(1), one(2), 2, learning_rate=0.001, beta1=0.9, beta2=0.999, eps=1e-8)
    assert params["w"] == usual["w"]
    params, usual = one(1), one(1)
    rmsprop_step(params, one(1e-8), one(0), learning_rate=0.1)
    rmsprop_step(usual, one(1e-8), one(0), learning_rate=0.1, rho=0.9, eps=1e-8)
    assert params["w"] == usual["w"]
    params, usual = one(1), one(1)
    nesterov_step(params, one(3), one(1), learning_rate=0.1)
    nesterov_step(usual, one(3), one(1), learning_rate=0.1, momentum=0.9)
    assert params["w"] == usual["w"]


def test_the_first_step_of_adam_is_the_rate_whatever_the_gradient():
    params = {"w": np.zeros(7)}
    grads = {"w": np.array([1e-3, -1e-3, 1, -1, 1e3, -1e3, 0])}
    Adam(0.1, eps=0).step(params, grads)
    assert np.allclose(params["w"], -0.1 * np.sign(grads["w"]), rtol=1e-12)


def test_every_object_repeats_its_step_function():
    grads = [{"W": np.array([g, 2.0]), "b": np.array([-g])} for g in (1.0, -3.0, 0.5)]

    def start():
        return {"W": np.array([1.0, 2.0]), "b": np.array([3.0])}

    def zeros():
        return {"W": np.zeros(2), "b": np.zeros(1)}

    for optimizer, step, states in (
        (
            Momentum(0.1, 0.5, nesterov=True),
            lambda p, g, t, v: nesterov_step(p, g, v, learning_rate=0.1, momentum=0.5),
            1,
        ),
        (
            RMSProp(0.1, 0.5, eps=0.1),
            lambda p, g, t, s: rmsprop_step(p, g, s, learning_rate=0.1, rho=0.5, eps=0.1),
            1,
        ),
        (
            Adam(0.1, 0.5, 0.6, eps=0.1),
            lambda p, g, t, m, v: adam_step(p, g, m, v, t, learning_rate=0.1, beta1=0.5, beta2=0.6, eps=0.1),
            2,
        ),
        (
            Adam(0.1, amsgrad=True),
            lambda p, g, t, m, v, top: adam_step(p, g, m, v, t, learning_rate=0.1, largest=top),
            3,
        ),
    ):
        got, want, memory = start(), start(), [zeros() for _ in range(states)]
        for t, grad in enumerate(grads, start=1):
            optimizer.step(got, grad)
            step(want, grad, t, *memory)
        assert all(np.array_equal(got[name], want[name]) for name in got) and optimizer.steps == 3


def test_coupled_decay_is_the_gradient_of_half_lambda_times_the_squares():
    params, grads = (
        {"W1": np.array([4.0, -2.0]), "b1": np.array([1.0])},
        {"W1": np.array([1.0, 1.0]), "b1": np.array([1.0])},
    )
    decayed = add_weight_decay(params, grads, weight_decay=0.5)
    assert (
        decayed["W1"].tolist() == [3, 0] and decayed["b1"].tolist() == [1] and grads["W1"].tolist() == [1, 1]
    )


def test_decoupled_decay_shrinks_weights_and_leaves_biases():
    params = {"W1": np.array([4.0, -2.0]), "b1": np.array([1.0])}
    decay_weights(params, learning_rate=0.5, weight_decay=0.25)
    assert params["W1"].tolist() == [3.5, -1.75] and params["b1"].tolist() == [1]


def test_for_plain_descent_both_kinds_of_decay_are_the_same_and_for_adam_they_are_not():
    grads = {"W1": np.array([1.0, 100.0])}
    plain, shrunk = {"W1": np.array([4.0, 4.0])}, {"W1": np.array([4.0, 4.0])}
    SGD(0.5, weight_decay=0.25).step(plain, grads)
    decay_weights(shrunk, learning_rate=0.5, weight_decay=0.25)
    SGD(0.5).step(shrunk, grads)
    assert np.array_equal(plain["W1"], shrunk["W1"])
    coupled, decoupled = {"W1": np.array([4.0, 4.0])}, {"W1": np.array([4.0, 4.0])}
    Adam(0.5, eps=0, weight_decay=0.25).step(coupled, grads)
    AdamW(0.5, eps=0, weight_decay=0.25).step(decoupled, grads)
    assert np.allclose(coupled["W1"], 3.5) and np.allclose(decoupled["W1"], 3.0)


def test_schedules_say_the_rate_of_each_step():
    assert [step_decay(8.0, every=2, factor=0.25)(t) for t in (1, 2, 3, 4, 5)] == [8, 8, 2, 2, 0.5]
    assert np.allclose([cosine(4.0, steps=3, final=2.0)(t) for t in (1, 2, 3, 4)], [4, 3, 2, 2])
    assert [warmup(8.0, steps=4)(t) for t in (1, 2, 4, 5)] == [2, 4, 8, 8]
    rising = warmup(step_decay(8.0, every=1), steps=2)
    assert [rising(t) for t in (1, 2, 3, 4)] == [4, 8, 4, 2]


def test_past_its_end_a_cosine_stays_where_it_ended():
    assert cosine(1.0, steps=10, final=0.125)(10**6) == 0.125


def test_an_optimizer_follows_its_schedule():
    params = {"w": np.array([0.0])}
    optimizer = SGD(step_decay(8.0, every=1))
    for _ in range(3):
        optimizer.step(params, {"w": np.array([1.0])})
    assert params["w"].tolist() == [-14] and repr(optimizer) == "SGD(learning_rate=schedule)"


@pytest.mark.parametrize(
    "make",
    [
        lambda: Adam(0.05),
        lambda: RMSProp(0.01),
        lambda: Momentum(0.5, nesterov=True),
        lambda: AdamW(0.05, weight_decay=1e-4),
        lambda: Adam(0.05, amsgrad=True),
    ],
)
def test_every_method_learns_xor(make):
    X, Y = xor()
    net = MLP([2, 8, 1], activation="tanh", loss="bce", init="xavier", random_state=0)
    fit(net, X, Y, make(), epochs=300, batch_size=4, random_state=0)
    assert net.score(X, Y) == 1


def test_what_is_out_of_range_is_refused():
    for make, match in (
        (lambda: Momentum(0.1, 1.5), "momentum is 1.5"),
        (lambda: Adam(float("nan")), "learning_rate is nan"),
        (lambda: Adam(beta1=1.0), "beta1 is 1; it must be below 1"),
        (lambda: Adam(beta2=-0.1), "beta2 is -0.1"),
        (lambda: Adam(eps=-1.0), "eps is -1"),
        (lambda: RMSProp(0.1, 1.0), "rho is 1; it must be below 1"),
        (lambda: SGD(0.1, weight_decay=-1), "weight_decay is -1"),
        (lambda: cosine(1.0, steps=1), "steps is 1"),
        (lambda: cosine(1.0, steps=5)(0), "step is 0"),
        (lambda: step_decay(1.0, every=0), "every is 0"),
        (lambda: adam_step(one(1), one(1), one(0), one(0), 0), "t is 0"),
        (lambda: SGD(lambda step: float("nan")).step(one(1), one(1)), "learning_rate is nan"),
    ):
        with pytest.raises(ValueError, match=match):
            make()
