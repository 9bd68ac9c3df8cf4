"""Real handwritten digits: 1,797 images of 8 x 8 pixels, shipped with the package and checked on loading."""

import gzip
import hashlib
import io
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DIGITS_FILE = Path(__file__).with_name("data") / "digits.csv.gz"
DIGITS_BYTES = 57_523
DIGITS_SHA256 = "09f66e6debdee2cd2b5ae59e0d6abbb73fc2b0e0185d2e1957e9ebb51e23aa22"


class Digits(NamedTuple):
    """The digits as three arrays over the same 1,797 examples.

    Attributes
    ----------
    images : ndarray (1797, 8, 8) of int
        Ink per pixel, 0 (none) to 16 (full).
    X : ndarray (1797, 64)
        The same images, one a row, divided by 16: what a network gets.
    y : ndarray (1797,) of int
        The digit that was written, 0 to 9.
    """

    images: NDArray
    X: NDArray
    y: NDArray


def load_digits() -> Digits:
    """Load the 1,797 handwritten digits of the UCI test set; no download.

    Returns
    -------
    Digits
        ``images`` (1797, 8, 8), ``X`` (1797, 64) between 0 and 1, ``y`` (1797,). Fresh arrays at every call,
        in the order of the file.

    Raises
    ------
    FileNotFoundError
        When the data file is not where the package keeps it.
    ValueError
        When the file is not, byte for byte, the one that the course was written with.

    References
    ----------
    E. Alpaydin, C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning Repository
    (1998). Source, licence and checksum stand in ``bpcourse/datasets/data/README.md``.

    Examples
    --------
    >>> digits = load_digits()
    >>> digits.X.shape, digits.y[:5].tolist()
    ((1797, 64), [0, 1, 2, 3, 4])
    """
    text = gzip.decompress(_verified_bytes(DIGITS_FILE))
    table = np.loadtxt(io.BytesIO(text), delimiter=",", dtype=np.int64)
    pixels = np.ascontiguousarray(table[:, :64])
    return Digits(pixels.reshape(-1, 8, 8), pixels / 16, table[:, 64].copy())


def _verified_bytes(path: Path) -> bytes:
    """Return the bytes of the data file, or say what is wrong with it and what to do."""
    remedy = "Install bpcourse again, or, in a clone, run: git checkout -- bpcourse/datasets/data"
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise FileNotFoundError(f"The digits are missing: there is no file {path}. {remedy}") from None
    found = hashlib.sha256(raw).hexdigest()
    if len(raw) != DIGITS_BYTES:
        what = f"has {len(raw):,} bytes, not {DIGITS_BYTES:,}"
    else:
        what = f"has other content (its SHA-256 is {found[:12]}…, not {DIGITS_SHA256[:12]}…)"
    if found != DIGITS_SHA256:
        raise ValueError(f"The digits are damaged: {path} {what}. {remedy}")
    return raw
