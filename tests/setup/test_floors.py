"""What import-linter cannot say: floor 1 is NumPy alone, and loading it loads nothing else."""

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
FLOOR_1 = [name.strip(" ()\n") for name in CONTRACTS[0]["layers"][-1].split(":")]


def sources(module):
    path = ROOT / "bpcourse" / module
    return sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]


def imported(path):
    """Top-level names of what a file imports from outside the package, anywhere in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module.partition(".")[0]


@pytest.mark.parametrize("module", FLOOR_1)
def test_floor_1_imports_nothing_but_numpy_and_the_standard_library(module):
    names = {name for path in sources(module) for name in imported(path)}
    assert names - {"numpy", "bpcourse"} <= set(sys.stdlib_module_names)


def test_the_mathematics_load_neither_plots_nor_widgets_nor_databases():
    code = "import sys, bpcourse.network; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "bpcourse.network" in loaded
    assert not {"matplotlib", "ipywidgets", "sqlite3", "IPython", "tqdm"} & loaded
