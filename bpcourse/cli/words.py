"""What the commands say: errors in one sentence, numbers with their noun."""


class Problem(Exception):
    """An error that ends a command with its sentence and exit code 2, without a traceback."""


def counted(number: int, noun: str) -> str:
    """``1 file``, ``2 files``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
