"""Planted bugs: backward passes with at most one fault each, for exercises and lessons to find.

Six backward functions (`SUSPECTS`) promise what their namesakes in `bpcourse.activations`, `bpcourse.layers`
and `bpcourse.losses` do. Three of them keep the promise; which three is for the reader to find out.

The others are backward passes of one network, X → affine → sigmoid → affine → sigmoid → mean squared error,
with the fault in the name. All have the signature of `two_layer_backward`, which is right: ``X (N, D)``,
``T (N, C)`` and ``params`` with W1 (D, H), b1 (H,), W2 (H, C), b2 (C,) give a dict of gradients. An axis in
front stacks networks, so that twenty of them can be trained at once: W1 (S, D, H), b1 (S, H) and so on.

`FAULTS`, at the end, says which mistake is planted where. Reading it spoils the search.
"""

import numpy as np

from bpcourse.activations import sigmoid, softmax

# --- six suspects -----------------------------------------------------------------------------------------


def sigmoid_backward(dA, A):
    """dZ (N, H) of A = sigmoid(Z), from dA (N, H) and the activations A (N, H)."""
    return dA * sigmoid(A) * (1 - sigmoid(A))


def tanh_backward(dA, A):
    """dZ (N, H) of A = tanh(Z), from dA (N, H) and the activations A (N, H)."""
    return dA * (1 - A)


def relu_backward(dA, A):
    """dZ (N, H) of A = max(Z, 0), from dA (N, H) and the activations A (N, H)."""
    return np.where(A > 0, dA, 0.0)


def affine_backward(dZ, X, W):
    """dX (N, D), dW (D, H) and db (H,) of Z = X @ W + b, from dZ (N, H), X (N, D) and W (D, H)."""
    return dZ @ W.T, X.T @ dZ, dZ.mean(axis=0)


def mean_squared_error_backward(Y_hat, Y):
    """dY_hat (N, C) of the mean squared error: squares summed over outputs, averaged over examples."""
    return (Y_hat - Y) * (2 / len(Y))


def softmax_cross_entropy_backward(Z, y):
    """dZ (N, C) of the softmax cross-entropy, averaged over examples; logits Z (N, C), labels y (N,)."""
    dZ = softmax(Z)
    dZ[np.arange(len(y)), y] -= 1
    return dZ / len(y)


SUSPECTS = (
    "sigmoid_backward",
    "tanh_backward",
    "relu_backward",
    "affine_backward",
    "mean_squared_error_backward",
    "softmax_cross_entropy_backward",
)

# --- the two-layer network, and its right backward pass ---------------------------------------------------


def two_layer_forward(X, params):
    """Z1, A1 (N, H) and A2 (N, C) of the sigmoid network."""
    Z1 = X @ params["W1"] + params["b1"][..., None, :]
    A1 = sigmoid(Z1)
    A2 = sigmoid(A1 @ params["W2"] + params["b2"][..., None, :])
    return Z1, A1, A2


def two_layer_loss(X, T, params):
    """Mean squared error of the network: squares summed over outputs, averaged over examples.

    Examples
    --------
    >>> params = {"W1": np.zeros((2, 3)), "b1": np.zeros(3), "W2": np.zeros((3, 1)), "b2": np.zeros(1)}
    >>> float(two_layer_loss(np.eye(2), np.array([[0.0], [1.0]]), params))
    0.25
    """
    A2 = two_layer_forward(X, params)[-1]
    return np.sum((A2 - T) ** 2, axis=(-2, -1)) / len(T)


def slope(A):
    """Slope of the sigmoid, from its activation."""
    return A * (1 - A)


def two_layer_backward(X, T, params, *, output_slope=slope, hidden_slope=slope):
    """The right gradients of `two_layer_loss`, unless another slope is handed in.

    Parameters
    ----------
    X : array (N, D)
    T : array (N, C)
    params : dict of arrays W1 (D, H), b1 (H,), W2 (H, C), b2 (C,)
    output_slope, hidden_slope : callable
        Slope of a layer's activation function, given its activations.

    Returns
    -------
    dict of arrays, like `params`
    """
    _, A1, A2 = two_layer_forward(X, params)
    dZ2 = 2 * (A2 - T) / len(T) * output_slope(A2)
    dZ1 = dZ2 @ params["W2"].mT * hidden_slope(A1)
    return _parameter_gradients(X, A1, dZ1, dZ2)


def _parameter_gradients(X, A1, dZ1, dZ2):
    return {"W1": X.mT @ dZ1, "b1": dZ1.sum(axis=-2), "W2": A1.mT @ dZ2, "b2": dZ2.sum(axis=-2)}


# --- its wrong backward passes: one fault each ------------------------------------------------------------


def factor_2_missing(X, T, params):
    """The 2 of the squared error is left out."""
    return {name: grad / 2 for name, grad in two_layer_backward(X, T, params).items()}


def sign_flipped(X, T, params):
    """The error is taken as target minus prediction."""
    return {name: -grad for name, grad in two_layer_backward(X, T, params).items()}


def output_squashed_twice(X, T, params):
    """The output's slope is evaluated at the activation, as if that were z."""
    return two_layer_backward(X, T, params, output_slope=_slope_of_squashed)


def hidden_squashed_twice(X, T, params):
    """The hidden layer's slope is evaluated at the activation, as if that were z."""
    return two_layer_backward(X, T, params, hidden_slope=_slope_of_squashed)


def both_squashed_twice(X, T, params):
    """Both slopes are evaluated at the activation, as if that were z."""
    return two_layer_backward(X, T, params, output_slope=_slope_of_squashed, hidden_slope=_slope_of_squashed)


def output_slope_missing(X, T, params):
    """The output's slope is left out."""
    return two_layer_backward(X, T, params, output_slope=np.ones_like)


def hidden_slope_missing(X, T, params):
    """The hidden layer's slope is left out."""
    return two_layer_backward(X, T, params, hidden_slope=np.ones_like)


def second_layer_fed_z(X, T, params):
    """dW2 is made with Z1, where the second layer saw A1."""
    Z1, _, A2 = two_layer_forward(X, params)
    dZ2 = 2 * (A2 - T) / len(T) * slope(A2)
    return two_layer_backward(X, T, params) | {"W2": Z1.mT @ dZ2}


def bias_averaged(X, T, params):
    """Both bias gradients are averaged over the batch, where they should be summed."""
    grads = two_layer_backward(X, T, params)
    return grads | {"b1": grads["b1"] / len(X), "b2": grads["b2"] / len(X)}


def bias_frozen(X, T, params):
    """The biases get no gradient."""
    grads = two_layer_backward(X, T, params)
    return grads | {"b1": np.zeros_like(grads["b1"]), "b2": np.zeros_like(grads["b2"])}


def one_number_for_hidden_biases(X, T, params):
    """The hidden bias gradient is summed over the units too, so that all of them get one number."""
    grads = two_layer_backward(X, T, params)
    return grads | {"b1": np.zeros_like(grads["b1"]) + grads["b1"].sum(axis=-1, keepdims=True)}


def batch_size_missing(X, T, params):
    """The 1/N of the mean is left out."""
    return {name: grad * len(X) for name, grad in two_layer_backward(X, T, params).items()}


def batch_size_twice(X, T, params):
    """Layer 1 is divided by N a second time."""
    grads = two_layer_backward(X, T, params)
    return grads | {"W1": grads["W1"] / len(X), "b1": grads["b1"] / len(X)}


def second_layer_moved_first(X, T, params, *, learning_rate=1.0):
    """W2 takes its step before dZ1 is computed with it."""
    grads = two_layer_backward(X, T, params)
    _, A1, A2 = two_layer_forward(X, params)
    dZ2 = 2 * (A2 - T) / len(T) * slope(A2)
    dZ1 = dZ2 @ (params["W2"] - learning_rate * grads["W2"]).mT * slope(A1)
    return grads | {"W1": X.mT @ dZ1, "b1": dZ1.sum(axis=-2)}


def article_direction(X, T, params):
    """What the article adds to the parameters: right as an update, but not the gradient of the mean.

    Notes
    -----
    Eq. (6.2): with ``T - A2`` for the error and neither 2 nor N, this is minus the gradient of half the sum
    of squares, ``½ Σ (t - y)²``, and so -N/2 times the gradient of the mean squared error.
    """
    _, A1, A2 = two_layer_forward(X, params)
    d_output = (T - A2) * slope(A2)
    d_hidden = d_output @ params["W2"].mT * slope(A1)
    return _parameter_gradients(X, A1, d_hidden, d_output)


def _slope_of_squashed(A):
    return slope(sigmoid(A))


# Of lesson 05: a gradient check on a batch catches all nine, on a single example only six.
NINE_BUGS = {
    "factor 2 missing": factor_2_missing,
    "sign": sign_flipped,
    "σ′(a) at the output": output_squashed_twice,
    "σ′(a) at the hidden layer": hidden_squashed_twice,
    "bias averaged": bias_averaged,
    "1/N missing": batch_size_missing,
    "1/N twice in layer 1": batch_size_twice,
    "one number for all hidden biases": one_number_for_hidden_biases,
    "W2 updated first": second_layer_moved_first,
}

# Of lesson 06: none has the right gradient, and the loss on XOR falls all the same.
SIX_THAT_LEARN = {
    "output σ′ missing": output_slope_missing,
    "σ′(a), both layers": both_squashed_twice,
    "bias gradient averaged": bias_averaged,
    "bias frozen": bias_frozen,
    "one number for all hidden biases": one_number_for_hidden_biases,
    "W2 updated first": second_layer_moved_first,
}

# Name -> id of the planted mistake in the catalogue; None where the function is right.
FAULTS = {
    "sigmoid_backward": "M24",
    "tanh_backward": "M26",
    "relu_backward": None,
    "affine_backward": "M34",
    "mean_squared_error_backward": None,
    "softmax_cross_entropy_backward": None,
    "two_layer_backward": None,
    "factor_2_missing": "M08",
    "sign_flipped": "M21",
    "output_squashed_twice": "M24",
    "hidden_squashed_twice": "M24",
    "both_squashed_twice": "M24",
    "output_slope_missing": "M22",
    "hidden_slope_missing": "M23",
    "second_layer_fed_z": "M30",
    "bias_averaged": "M34",
    "bias_frozen": "M174",
    "one_number_for_hidden_biases": "M35",
    "batch_size_missing": "M36",
    "batch_size_twice": "M37",
    "second_layer_moved_first": "M38",
    "article_direction": "M144",
}
