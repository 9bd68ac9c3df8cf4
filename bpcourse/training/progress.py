"""A bar that moves while a network trains, where a person watches and the wait is worth one."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

DELAY = 2.0  # seconds; a bar that comes and goes at once only unsettles a page


@contextmanager
def progress_bar(epochs: int, progress: bool | str) -> Iterator[Callable[[float], None]]:
    """Yield a function to call after each epoch with its loss; it moves a bar where a person watches one."""
    if not isinstance(progress, bool) and progress != "auto":
        raise ValueError(f'progress is {progress!r}; it must be "auto", True or False')
    if not (progress and _wants_a_bar(progress)):
        yield lambda loss: None
        return
    from tqdm.auto import tqdm  # here, because it brings in the widgets, which most calls do not need

    delay = 0 if progress is True else DELAY
    with tqdm(total=epochs, unit="epoch", leave=False, delay=delay) as bar:

        def advance(loss: float) -> None:
            bar.set_postfix_str(f"loss {loss:.4f}", refresh=False)
            bar.update()

        yield advance


def _wants_a_bar(progress: bool | str) -> bool:
    if os.environ.get("BPCOURSE_QUIET", "0") not in ("", "0"):
        return False
    return progress is True or _in_notebook() or _in_terminal()


def _in_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()


def _in_notebook() -> bool:
    ipython = sys.modules.get("IPython")  # a notebook's kernel has imported it long before
    return ipython is not None and hasattr(ipython.get_ipython(), "kernel")
