"""Put the numbers of a layer back on one scale: batch normalisation and layer normalisation.

Batch normalisation takes each *feature* (a column of X) and subtracts its mean over the batch, and divides
by its standard deviation over the batch. Layer normalisation takes each *example* (a row) and does the same
along the row. Both then multiply by γ and add β, which are learnt, so that a layer can undo what was done.

The way back has three roads from an entry x to the loss: through its own x̂, through the mean, and through
the variance. Along each, multiply; across them, add. ``batchnorm_backward_by_steps`` walks every edge of
that graph; ``batchnorm_backward`` is what is left when the walk is written in one line.

Written for columns, layer normalisation is batch normalisation of the transposed table, except that γ and β
belong to the features in both. So both share two functions here, ``_standardise`` and
``_standardise_backward``.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_array, as_float_arrays, check_batch, check_number, check_same_shape


def batchnorm_forward(
    X: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    *,
    eps: float = 1e-5,
    training: bool = True,
    running_mean: ArrayLike | None = None,
    running_var: ArrayLike | None = None,
) -> NDArray:
    """Batch normalisation: each column to mean 0 and variance 1 over the batch, then scaled and shifted.

    Parameters
    ----------
    X : array (n_samples, n_features)
        In training at least two examples: the variance of one is 0, whatever it is.
    gamma, beta : arrays (n_features,)
        Scale and shift.
    eps : float
        Added to the variance, so that a constant column does not divide by 0.
    training : bool
        Take mean and variance of this batch. Otherwise `running_mean` and `running_var` take their place,
        so that what an example comes to does not depend on its company.
    running_mean, running_var : arrays (n_features,), optional
        Needed when `training` is False; see ``update_running_statistics``.

    Returns
    -------
    Y : array (n_samples, n_features)

    Raises
    ------
    ValueError
        If a shape does not fit, if there is one example in training, or if the running statistics are
        missing where they are needed.

    Notes
    -----
    Eq. (11.1): y = γ (x - μ) / √(σ² + ε) + β. Eq. (11.2): μ is the mean over the batch and σ² the mean of
    (x - μ)², divided by N, not by N - 1.

    References
    ----------
    Ioffe, Szegedy (2015), Batch normalization: accelerating deep network training by reducing internal
    covariate shift, ICML, pp. 448-456, algorithm 1.

    Examples
    --------
    >>> batchnorm_forward([[1], [3]], [10], [1], eps=0)
    array([[-9.],
           [11.]])
    >>> batchnorm_forward([[3]], [10], [1], eps=0, training=False, running_mean=[2], running_var=[4])
    array([[6.]])
    """
    X, gamma, beta = as_float_arrays(X=X, gamma=gamma, beta=beta)
    check_normalised(X, eps, gamma=gamma, beta=beta)
    if training:
        check_company(X)
        X_hat, _ = _standardise(X, eps, axis=0)
    else:
        mean, var = _running(X, running_mean, running_var)
        X_hat = (X - mean) / np.sqrt(var + eps)
    X_hat *= gamma
    X_hat += beta
    return X_hat


def batchnorm_backward(
    dY: ArrayLike, X: ArrayLike, gamma: ArrayLike, *, eps: float = 1e-5
) -> tuple[NDArray, NDArray, NDArray]:
    """Back through batch normalisation in training, in one line for each gradient.

    Parameters
    ----------
    dY : array (n_samples, n_features)
        ∂L/∂Y.
    X : array (n_samples, n_features)
        What the layer was given in the forward pass.
    gamma : array (n_features,)
    eps : float
        That of the forward pass.

    Returns
    -------
    dX : array (n_samples, n_features)
    dgamma, dbeta : arrays (n_features,)

    Notes
    -----
    Eq. (11.3): dX = s (dŷ - mean dŷ - x̂ mean(dŷ x̂)) with dŷ = γ dY and s = 1 / √(σ² + ε). The means are
    over the batch. What is taken off dŷ is its part along 1 and its part along x̂: a step that shifts a
    column, or stretches it, changes nothing behind the normalisation, so no gradient points there.
    dγ = Σ dY x̂ and dβ = Σ dY, over the batch.

    References
    ----------
    Ioffe, Szegedy (2015), section 3, gives the same gradient in six steps; see
    ``batchnorm_backward_by_steps``.

    Examples
    --------
    >>> dX, dgamma, dbeta = batchnorm_backward([[3], [0], [0]], [[0], [0], [3]], [2], eps=2)
    >>> dX.ravel(), dgamma, dbeta
    (array([ 1.75, -1.25, -0.5 ]), array([-1.5]), array([3.]))
    """
    dY, X, gamma = as_float_arrays(dY=dY, X=X, gamma=gamma)
    check_normalised(X, eps, gamma=gamma)
    check_same_shape("dY", dY, "X", X)
    check_company(X)
    X_hat, s = _standardise(X, eps, axis=0)
    dgamma, dbeta = np.sum(dY * X_hat, axis=0), dY.sum(axis=0)
    return _standardise_backward(dY * gamma, X_hat, s, axis=0), dgamma, dbeta


def batchnorm_backward_by_steps(
    dY: ArrayLike, X: ArrayLike, gamma: ArrayLike, *, eps: float = 1e-5
) -> tuple[NDArray, NDArray, NDArray]:
    """The same gradients, through every edge of the graph of batch normalisation.

    Parameters and what is returned are those of ``batchnorm_backward``, which does the same work in a third
    of the operations.

    Notes
    -----
    The steps are Eq. (3.1) and Eq. (3.2), five times: y = γ x̂ + β; x̂ = c s with c = x - μ; s = (v + ε)^-½;
    v = mean c²; μ = mean x. Eq. (11.3) is what they come to.

    References
    ----------
    Ioffe, Szegedy (2015), section 3.

    Examples
    --------
    >>> dX, _, _ = batchnorm_backward_by_steps([[3], [0], [0]], [[0], [0], [3]], [2], eps=2)
    >>> dX.ravel()
    array([ 1.75, -1.25, -0.5 ])
    """
    dY, X, gamma = as_float_arrays(dY=dY, X=X, gamma=gamma)
    check_normalised(X, eps, gamma=gamma)
    check_same_shape("dY", dY, "X", X)
    check_company(X)
    N = len(X)
    c = X - X.mean(axis=0)
    s = (np.mean(c**2, axis=0) + eps) ** -0.5
    dgamma, dbeta = np.sum(dY * c * s, axis=0), dY.sum(axis=0)
    dX_hat = dY * gamma
    ds = np.sum(dX_hat * c, axis=0)  # s is in every example's x̂: across paths, add
    dv = ds * -0.5 * s**3
    dc = dX_hat * s + dv * 2 * c / N  # c is in x̂, and in the variance
    dmu = -dc.sum(axis=0)
    return dc + dmu / N, dgamma, dbeta


def update_running_statistics(
    X: ArrayLike, running_mean: ArrayLike, running_var: ArrayLike, *, momentum: float = 0.9
) -> tuple[NDArray, NDArray]:
    """Mix mean and variance of a batch into the averages that stand in for them after training.

    Parameters
    ----------
    X : array (n_samples, n_features)
        A batch in training, of at least two examples.
    running_mean, running_var : arrays (n_features,)
        The averages so far; 0 and 1 at the start.
    momentum : float, from 0 to 1
        How much of the old average is kept.

    Returns
    -------
    running_mean, running_var : arrays (n_features,)
        New arrays. The variance is the one over N - 1, as of a sample that stands for all data.

    References
    ----------
    Ioffe, Szegedy (2015), algorithm 2, takes N / (N - 1) times the mean of the batches' variances.

    Examples
    --------
    >>> update_running_statistics([[1], [3]], [0], [1], momentum=0.5)
    (array([1.]), array([1.5]))
    """
    X, mean, var = as_float_arrays(X=X, running_mean=running_mean, running_var=running_var)
    check_number("momentum", momentum, low=0, high=1)
    check_normalised(X, 0, running_mean=mean, running_var=var)
    check_company(X)
    new = 1 - momentum
    return momentum * mean + new * X.mean(axis=0), momentum * var + new * X.var(axis=0, ddof=1)


def layernorm_forward(X: ArrayLike, gamma: ArrayLike, beta: ArrayLike, *, eps: float = 1e-5) -> NDArray:
    """Layer normalisation: each row to mean 0 and variance 1 over its features, then scaled and shifted.

    Parameters
    ----------
    X : array (n_samples, n_features)
    gamma, beta : arrays (n_features,)
    eps : float

    Returns
    -------
    Y : array (n_samples, n_features)

    Notes
    -----
    Eq. (11.4): y = γ (x - μ) / √(σ² + ε) + β, with μ and σ² of the row. No example sees another one, so
    training and use do the same, and one example is enough.

    References
    ----------
    Ba, Kiros, Hinton (2016), Layer normalization, arXiv:1607.06450.

    Examples
    --------
    >>> layernorm_forward([[1, 3]], [10, 1], [0, 5], eps=0)
    array([[-10.,   6.]])
    """
    X, gamma, beta = as_float_arrays(X=X, gamma=gamma, beta=beta)
    check_normalised(X, eps, gamma=gamma, beta=beta)
    Y, _ = _standardise(X, eps, axis=1)
    Y *= gamma
    Y += beta
    return Y


def layernorm_backward(
    dY: ArrayLike, X: ArrayLike, gamma: ArrayLike, *, eps: float = 1e-5
) -> tuple[NDArray, NDArray, NDArray]:
    """Back through layer normalisation.

    Parameters
    ----------
    dY, X : arrays (n_samples, n_features)
    gamma : array (n_features,)
    eps : float

    Returns
    -------
    dX : array (n_samples, n_features)
    dgamma, dbeta : arrays (n_features,)

    Notes
    -----
    Eq. (11.3) with the means along the row. dγ and dβ are sums over the batch, as before.

    Examples
    --------
    >>> dX, dgamma, dbeta = layernorm_backward([[3, 0, 0]], [[0, 0, 3]], [2, 2, 2], eps=2)
    >>> dX, dgamma
    (array([[ 1.75, -1.25, -0.5 ]]), array([-1.5,  0. ,  0. ]))
    """
    dY, X, gamma = as_float_arrays(dY=dY, X=X, gamma=gamma)
    check_normalised(X, eps, gamma=gamma)
    check_same_shape("dY", dY, "X", X)
    X_hat, s = _standardise(X, eps, axis=1)
    dgamma, dbeta = np.sum(dY * X_hat, axis=0), dY.sum(axis=0)
    return _standardise_backward(dY * gamma, X_hat, s, axis=1), dgamma, dbeta


def _standardise(X: NDArray, eps: float, axis: int) -> tuple[NDArray, NDArray]:
    """Return x̂ along an axis, and what it was multiplied by, s = 1 / √(σ² + ε)."""
    X_hat = X - X.mean(axis=axis, keepdims=True)
    s = 1 / np.sqrt(np.mean(X_hat**2, axis=axis, keepdims=True) + eps)
    X_hat *= s
    return X_hat, s


def _standardise_backward(dX_hat: NDArray, X_hat: NDArray, s: NDArray, axis: int) -> NDArray:
    """Return dX; `dX_hat`, an array of the caller's own making, is overwritten."""
    along = np.mean(dX_hat * X_hat, axis=axis, keepdims=True)
    dX_hat -= dX_hat.mean(axis=axis, keepdims=True)
    dX_hat -= X_hat * along
    dX_hat *= s
    return dX_hat


def _running(X: NDArray, running_mean: ArrayLike | None, running_var: ArrayLike | None):
    if running_mean is None or running_var is None:
        raise ValueError("running_mean and running_var are needed when training is False")
    mean = as_float_array(running_mean, "running_mean").astype(X.dtype, copy=False)
    var = as_float_array(running_var, "running_var").astype(X.dtype, copy=False)
    check_normalised(X, 0, running_mean=mean, running_var=var)
    if np.any(var.real < 0):
        raise ValueError(f"running_var holds {var.min()}; a variance is 0 or more")
    return mean, var


def check_normalised(X: NDArray, eps: float, **per_feature: NDArray) -> None:
    """Raise unless X is a batch, ε is 0 or more, and the others have one entry for each feature."""
    check_batch("X", X)
    check_number("eps", eps, low=0)
    for name, array in per_feature.items():
        if array.shape != X.shape[1:]:
            raise ValueError(
                f"{name} has shape {array.shape}; it must be ({X.shape[1]},), one entry for each column of X"
            )


def check_company(X: NDArray) -> None:
    """Raise a ValueError where a batch holds one example."""
    if len(X) < 2:
        raise ValueError(
            "X holds one example; batch normalisation in training needs at least 2, since one example is its"
            " own mean and nothing of it would be left. For use after training pass training=False"
        )
