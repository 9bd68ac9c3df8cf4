"""One training step, by several libraries: the same network, batch and update for each.

Every function here takes the layer sizes and the number of examples, prepares all it can, and returns a
function without arguments that does one step: forward, backward, update (or as many as its attribute `steps`
says). ReLU in the hidden layers, softmax
and cross-entropy at the end (one output: sigmoid and binary cross-entropy), float64, learning rate 0.01.
``CONTENDERS`` holds those whose library is installed.
"""

import importlib.util
from itertools import pairwise

import numpy as np

from bpcourse.autodiff import mlp_loss, value_and_grads
from bpcourse.network import MLP
from bpcourse.optim import sgd_step

LEARNING_RATE = 0.01


def data(layer_sizes, n_samples):
    """Return a batch: X, and labels or a column of 0 and 1."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((n_samples, layer_sizes[0]))
    y = rng.integers(0, max(2, layer_sizes[-1]), n_samples)
    return X, y if layer_sizes[-1] > 1 else y.reshape(-1, 1).astype(float)


def gemm(layer_sizes, n_samples):
    """Only the matrix products."""
    rng = np.random.default_rng(0)
    shapes = list(pairwise(layer_sizes))
    A = [rng.standard_normal((n_samples, n)) for n in layer_sizes]
    W = [rng.standard_normal(shape) for shape in shapes]
    Z = [np.empty((n_samples, n)) for _, n in shapes]
    dA = [np.empty_like(a) for a in A]
    dW = [np.empty_like(w) for w in W]

    def step():
        for layer in range(len(W)):
            np.matmul(A[layer], W[layer], out=Z[layer])
        for layer in reversed(range(len(W))):
            np.matmul(A[layer].T, Z[layer], out=dW[layer])
            if layer:
                np.matmul(Z[layer], W[layer].T, out=dA[layer])

    return step


def bpcourse_mlp(layer_sizes, n_samples):
    """The network of this course."""
    X, y = data(layer_sizes, n_samples)
    net = MLP(layer_sizes, loss="softmax" if layer_sizes[-1] > 1 else "bce", random_state=0)

    def step():
        _, grads = net.loss_and_grads(X, y)
        sgd_step(net.params, grads, learning_rate=LEARNING_RATE, overwrite_grads=True)

    return step


def bpcourse_tensor(layer_sizes, n_samples):
    """The same network as a formula of Tensors: the gradient found by walking its graph."""
    X, y = data(layer_sizes, n_samples)
    loss = "softmax" if layer_sizes[-1] > 1 else "bce"
    params = MLP(layer_sizes, loss=loss, random_state=0).params

    def step():
        _, grads = value_and_grads(lambda p: mlp_loss(p, X, y, loss=loss), params)
        sgd_step(params, grads, learning_rate=LEARNING_RATE, overwrite_grads=True)

    return step


def scikit_learn(layer_sizes, n_samples):
    """MLPClassifier, twenty batches a call, so that the cost of a call is shared."""
    from sklearn.neural_network import MLPClassifier

    X, y = data(layer_sizes, n_samples * 20)
    y = y.ravel().astype(int)
    y[: max(2, layer_sizes[-1])] = range(max(2, layer_sizes[-1]))  # every class occurs
    net = MLPClassifier(
        layer_sizes[1:-1], solver="sgd", batch_size=n_samples, momentum=0, alpha=0, shuffle=False,
        learning_rate_init=LEARNING_RATE, max_iter=1, random_state=0,
    )
    classes = np.unique(y)

    def step():
        net.partial_fit(X, y, classes=classes)

    step.steps = 20
    return step


def hips_autograd(layer_sizes, n_samples):
    """HIPS autograd: the gradient found by tracing."""
    import autograd.numpy as anp
    from autograd import grad

    X, y = data(layer_sizes, n_samples)
    rows = np.arange(n_samples)
    net = MLP(layer_sizes, loss="softmax" if layer_sizes[-1] > 1 else "bce", random_state=0)
    params = list(net.params.values())

    def loss(params):
        A = X
        for W, b in zip(params[:-2:2], params[1:-2:2], strict=True):
            A = anp.maximum(A @ W + b, 0)
        Z = A @ params[-2] + params[-1]
        if layer_sizes[-1] == 1:
            return anp.sum(anp.logaddexp(0, Z) - Z * y) / n_samples
        S = Z - anp.max(Z, axis=1, keepdims=True)
        return anp.sum(anp.log(anp.sum(anp.exp(S), axis=1)) - S[rows, y]) / n_samples

    slope = grad(loss)

    def step():
        for param, g in zip(params, slope(params), strict=True):
            param -= LEARNING_RATE * g

    return step


def pytorch(layer_sizes, n_samples):
    """PyTorch, eager, one thread."""
    import torch

    torch.set_num_threads(1)
    X, y = (torch.from_numpy(array) for array in data(layer_sizes, n_samples))
    layers = []
    for shape in pairwise(layer_sizes):
        layers += [torch.nn.Linear(*shape, dtype=torch.float64), torch.nn.ReLU()]
    net = torch.nn.Sequential(*layers[:-1])
    loss = torch.nn.CrossEntropyLoss() if layer_sizes[-1] > 1 else torch.nn.BCEWithLogitsLoss()
    optimizer = torch.optim.SGD(net.parameters(), lr=LEARNING_RATE)

    def step():
        optimizer.zero_grad()
        loss(net(X), y).backward()
        optimizer.step()

    return step


def jax_jit(layer_sizes, n_samples):
    """JAX, compiled."""
    import jax

    jax.config.update("jax_enable_x64", True)
    X, y = data(layer_sizes, n_samples)
    net = MLP(layer_sizes, loss="softmax" if layer_sizes[-1] > 1 else "bce", random_state=0)
    params = [jax.numpy.asarray(param) for param in net.params.values()]

    def loss(params):
        A = X
        for W, b in zip(params[:-2:2], params[1:-2:2], strict=True):
            A = jax.nn.relu(A @ W + b)
        Z = A @ params[-2] + params[-1]
        if layer_sizes[-1] == 1:
            return jax.numpy.sum(jax.numpy.logaddexp(0, Z) - Z * y) / n_samples
        return -jax.numpy.sum(jax.nn.log_softmax(Z)[np.arange(n_samples), y]) / n_samples

    @jax.jit
    def update(params):
        return [p - LEARNING_RATE * g for p, g in zip(params, jax.grad(loss)(params), strict=True)]

    def step():
        nonlocal params
        params = jax.block_until_ready(update(params))

    return step


ALL = {
    "gemm": ("numpy", gemm),
    "bpcourse MLP": ("numpy", bpcourse_mlp),
    "bpcourse Tensor": ("numpy", bpcourse_tensor),
    "scikit-learn": ("sklearn", scikit_learn),
    "HIPS autograd": ("autograd", hips_autograd),
    "PyTorch": ("torch", pytorch),
    "JAX jit": ("jax", jax_jit),
}
CONTENDERS = {name: make for name, (module, make) in ALL.items() if importlib.util.find_spec(module)}
