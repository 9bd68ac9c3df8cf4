"""The mathematics as a whole: what it imports, how long its functions are, and that its examples run."""

import ast
import doctest
import importlib
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import bpcourse

PACKAGE = Path(bpcourse.__file__).parent
MATHEMATICS = {"activations", "layers", "losses", "network", "initializers", "optim", "_arrays", "scalar",
               "autodiff", "recurrent", "clipping"}  # fmt: skip
FLOOR_ONE = MATHEMATICS | {"gradcheck", "buggy"}


def sources():
    """Return the files of floor 1, by module name."""
    paths = [path.relative_to(PACKAGE.parent) for path in sorted(PACKAGE.rglob("*.py"))]
    return {
        ".".join(path.with_suffix("").parts).removesuffix(".__init__"): PACKAGE.parent / path
        for path in paths
        if path.with_suffix("").parts[1] in FLOOR_ONE
    }


MODULES = pytest.mark.parametrize("module", sources())


def imported(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield f"bpcourse.{node.module}" if node.level else node.module


@MODULES
def test_floor_one_imports_nothing_but_numpy_the_standard_library_and_itself(module):
    for name in imported(ast.parse(sources()[module].read_text(encoding="utf-8"))):
        top, *rest = name.split(".")
        allowed = rest[0] in FLOOR_ONE if top == "bpcourse" else top in {"numpy", *sys.stdlib_module_names}
        assert allowed, name


def test_importing_the_network_loads_neither_plots_nor_widgets_nor_a_database():
    code = "import bpcourse.network, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert {"bpcourse", "numpy"} <= loaded
    assert not loaded & {"matplotlib", "ipywidgets", "sqlite3", "IPython", "tqdm", "anywidget"}


@MODULES
def test_a_function_fits_on_a_screen(module):
    for node in ast.walk(ast.parse(sources()[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            body = node.body[ast.get_docstring(node) is not None :]
            length = node.end_lineno - body[0].lineno + 1 if body else 0
            assert length <= 15, f"{module}.{node.name} has {length} lines under its docstring"


@pytest.mark.parametrize("module", [name for name in sources() if name.split(".")[1] in MATHEMATICS])
def test_every_public_function_and_class_says_what_it_is(module):
    tree = ast.parse(sources()[module].read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{module}.{node.name} has no docstring"


@MODULES
def test_the_examples_in_the_docstrings_run(module):
    names = {"np": np}
    failed, _ = doctest.testmod(importlib.import_module(module), extraglobs=names, report=True)
    assert failed == 0
