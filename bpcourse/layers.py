"""The layer that every network here is made of: a matrix product and a bias.

Rows are examples. ``X`` has one row per example and one column per input, ``W`` has one row per input and
one column per unit, ``b`` has one entry per unit. What comes out, ``Z``, has one row per example and one
column per unit.

On the way back the layer is handed dZ = ∂L/∂Z, and answers three questions with the two rules of the course,
"along a path, multiply" and "across paths, add":

- How does the loss answer to a weight? Every example n meets the weight w_ij once, as x_ni · w_ij in z_nj.
  Multiply x_ni by dz_nj, add over n: dW = Xᵀ dZ.
- To a bias? It is a weight whose input is always 1: db = the sum of dZ over the examples.
- To an input? x_ni reaches every unit j, through w_ij. Multiply and add over j: dX = dZ Wᵀ.
"""

from numpy.typing import ArrayLike, NDArray

from bpcourse._arrays import as_float_arrays, check_affine


def affine_forward(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> NDArray:
    """One layer before its activation, for a whole batch: Z = X W + b.

    Parameters
    ----------
    X : array (n_samples, n_in)
    W : array (n_in, n_out)
    b : array (n_out,)

    Returns
    -------
    Z : array (n_samples, n_out)

    Raises
    ------
    ValueError
        If the shapes do not fit together.

    Notes
    -----
    Eq. (1.1), one neuron: z = Σ_i x_i w_i + b. Eq. (1.3), a layer and a batch: Z = X W + b, where b is added
    to every row.

    Examples
    --------
    >>> affine_forward([[1, 2]], [[1, 0], [0, -1]], [10, 20])
    array([[11., 18.]])
    """
    X, W, b = as_float_arrays(X=X, W=W, b=b)
    check_affine(X, W, b)
    Z = X @ W
    Z += b  # in place, on the array that this function made itself
    return Z


def affine_backward(
    dZ: ArrayLike, X: ArrayLike, W: ArrayLike, *, input_grad: bool = True
) -> tuple[NDArray | None, NDArray, NDArray]:
    """Back through one layer: from dZ to the gradients of its input, its weights and its biases.

    Parameters
    ----------
    dZ : array (n_samples, n_out)
        ∂L/∂Z. A loss that is a mean over the batch has put its 1/N in here already.
    X : array (n_samples, n_in)
        What the layer was given in the forward pass.
    W : array (n_in, n_out)
    input_grad : bool
        The first layer of a network needs no gradient of its input, which is the data. Leaving it out saves
        up to a third of the whole backward pass.

    Returns
    -------
    dX : array (n_samples, n_in), or None without `input_grad`
    dW : array (n_in, n_out)
    db : array (n_out,)

    Raises
    ------
    ValueError
        If the shapes do not fit together.

    Notes
    -----
    Eq. (4.2) and Eq. (4.4), the same rule at two layers: dW = Xᵀ dZ, db = Σ_n dZ. The first factor of
    Eq. (4.3): dX = dZ Wᵀ. The sums over examples and over units are Eq. (3.2), across paths add.

    References
    ----------
    Rumelhart, Hinton, Williams (1986), Learning representations by back-propagating errors, Nature 323,
    pp. 533-536.

    Examples
    --------
    >>> dX, dW, db = affine_backward([[1], [10]], [[1, 2], [3, 4]], [[5], [6]])
    >>> dW
    array([[31.],
           [42.]])
    >>> db
    array([11.])
    """
    dZ, X, W = as_float_arrays(dZ=dZ, X=X, W=W)
    check_affine(X, W)
    check_output_gradient(dZ, X, W)
    dW = X.T @ dZ
    db = dZ.sum(axis=0)
    dX = dZ @ W.T if input_grad else None
    return dX, dW, db


def check_output_gradient(dZ: NDArray, X: NDArray, W: NDArray) -> None:
    """Raise a ValueError unless dZ has the shape of the layer's output."""
    if dZ.shape != (len(X), W.shape[1]):
        raise ValueError(f"dZ has shape {dZ.shape}; it must be {(len(X), W.shape[1])}, the shape of X @ W")
