"""``python -m bpcourse``: the same as the command ``bpcourse``."""

import sys

from .cli import main

if __name__ == "__main__":
    sys.exit(main())
