"""Change one thing in one equation: every sign, factor, transpose, axis and comparison, one at a time.

The functions that are changed are those of the way back and of the step: ``*_backward``, ``*_step``,
``backward``, the optimisers' ``step``, and the private helpers that they call.
"""

import ast
import importlib
import inspect
import re
from dataclasses import dataclass
from functools import partial
from types import CodeType

MODULES = ("activations", "layers", "losses", "network", "optim")
SWAPS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult}
COMPARISONS = {ast.Gt: (ast.Lt, ast.GtE), ast.Lt: (ast.Gt, ast.LtE), ast.GtE: (ast.LtE, ast.Gt),
               ast.LtE: (ast.GtE, ast.Lt)}
LEFT_ALONE = (ast.stmt, ast.JoinedStr)
TWINS = {
    "sum": "mean",
    "mean": "sum",
    "multiply": "divide",
    "divide": "multiply",
    "add": "subtract",
}


@dataclass(frozen=True)
class Mutant:
    """One change in one function, compiled."""

    module: str
    function: str
    line: int
    before: str
    after: str
    code: CodeType

    @property
    def diff(self):
        """The change as two lines of a diff, with its place."""
        return (f"bpcourse/{self.module}.py:{self.line} in {self.function}\n"
                f"-    {self.before}\n+    {self.after}")

    def install(self):
        """Put the changed code into the function, so that everybody who holds it sees the change."""
        found = importlib.import_module(f"bpcourse.{self.module}")
        for name in self.function.split("."):
            found = getattr(found, name)
        inspect.unwrap(found).__code__ = self.code


def mutants_of(module):
    """Return every mutant of one module of floor 1."""
    source = inspect.getsource(importlib.import_module(f"bpcourse.{module}"))
    tree = ast.parse(source)
    return [mutant for name, function in targets(tree) for mutant in mutants_in(module, tree, name, function)]


def targets(tree):
    """Return the functions to change, as pairs of qualified name and node."""
    places = [("", tree), *((f"{node.name}.", node) for node in tree.body if isinstance(node, ast.ClassDef))]
    functions = [(prefix + node.name, node) for prefix, owner in places for node in owner.body
                 if isinstance(node, ast.FunctionDef)]
    chosen = [(name, node) for name, node in functions
              if re.search(r"(_|^)backward$|(_|\.)step$", name) and not name.startswith("check_")]
    called = {node.func.id for _, function in chosen for node in ast.walk(function)
              if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return chosen + [(name, node) for name, node in functions if name.startswith("_") and name in called]


def mutants_in(module, tree, name, function):
    """Return the mutants of one function. The tree is changed in place and put right again each time."""
    found = []
    for body, number in _statements(function.body):
        statement = body[number]
        for put, node in [(partial(body.__setitem__, number), statement), *_sites(statement)]:
            for changed in changes(node):
                before = _header(statement)
                put(changed)
                ast.fix_missing_locations(tree)
                code = _find(compile(tree, f"bpcourse/{module}.py", "exec"), name)
                after = _header(body[number])
                put(node)
                found.append(Mutant(module, name, statement.lineno, before, after, code))
    return found


def _statements(body):
    """Return the places of the statements that compute something, the nested ones too: list and index."""
    found = []
    for number, statement in enumerate(body):
        if not _is_talk(statement):
            found.append((body, number))
            for block in ("body", "orelse"):
                found += _statements(getattr(statement, block, []))
    return found


def _is_talk(statement):
    """Whether a statement is a docstring, raises, or calls a check: nothing there is an equation."""
    if isinstance(statement, ast.If):
        return isinstance(statement.body[0], ast.Raise)
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant) or _name(statement.value).startswith("check_")
    return isinstance(statement, ast.Raise)


def _name(call):
    """Return the name of the function or method that a call calls."""
    called = getattr(call, "func", None)
    return getattr(called, "id", "") or getattr(called, "attr", "")


def _sites(owner):
    """Yield the nodes below a node that may be exchanged, each with what puts another in its place.

    A block of statements is left to `_statements`; an axis and a negative number are exchanged as a whole.
    """
    for field, value in ast.iter_fields(owner):
        nodes = value if isinstance(value, list) else [value]
        for number, node in enumerate(nodes):
            if not isinstance(node, ast.AST) or isinstance(node, LEFT_ALONE) or field == "annotation":
                continue
            node.is_index = isinstance(owner, ast.Subscript) and field == "slice"
            put = partial(value.__setitem__, number) if value is nodes else partial(setattr, owner, field)
            yield put, node
            if not _is_axis(node) and not _is_negative_number(node):
                yield from _sites(node)


def _header(statement):
    """Return the text of a statement, of a loop or a condition its first line."""
    return ast.unparse(statement).splitlines()[0]


def _find(code, name):
    """Return the code of a function inside the code of its module."""
    for part in name.split("."):
        code = next(c for c in code.co_consts if isinstance(c, CodeType) and c.co_name == part)
    return code


def _is_axis(node):
    return isinstance(node, ast.keyword) and node.arg == "axis"


def _is_negative_number(node):
    return isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant)


def changes(node):
    """Return what a node may be exchanged for, each a wrong equation."""
    found = CHANGES.get(type(node))
    return found(node) if found else []


def _operation(node):
    """An operator is turned round, a factor or divisor dropped, a matrix product swapped or negated."""
    left, op, right = node.left, type(node.op), node.right
    if op is ast.MatMult:
        return [ast.BinOp(right, ast.MatMult(), left), _minus(node)]
    found = [ast.BinOp(left, SWAPS[op](), right)] if op in SWAPS else []
    return found + {ast.Mult: [left, right], ast.Div: [left]}.get(op, [])


def _in_place(node):
    """The same for ``+=``, ``*=`` and their kind; dropping is leaving the statement out."""
    return [ast.AugAssign(node.target, SWAPS[type(node.op)](), node.value), ast.Pass()]


def _unary(node):
    """A minus, or a not of an array, is dropped."""
    return [node.operand] if isinstance(node.op, (ast.USub, ast.Invert)) else []


def _comparison(node):
    """A comparison is turned round, and its border moved."""
    return [ast.Compare(node.left, [other()], node.comparators)
            for other in COMPARISONS.get(type(node.ops[0]), ())] if len(node.ops) == 1 else []


def _attribute(node):
    """A transpose is dropped; a sum becomes a mean, a product a quotient."""
    if node.attr == "T":
        return [node.value]
    return [ast.Attribute(node.value, TWINS[node.attr], node.ctx)] if node.attr in TWINS else []


def _call(node):
    """The second factor of ``np.multiply`` is dropped."""
    if _name(node) != "multiply":
        return []
    return [ast.Call(node.func, [node.args[0], ast.Constant(1), *node.args[2:]], node.keywords)]


def _number(node):
    """A number becomes the next one, an index its neighbour."""
    if type(node.value) not in (int, float):
        return []
    is_index = getattr(node, "is_index", False)
    return [ast.Constant(node.value - 1 if is_index and node.value > 0 else node.value + 1)]


def _axis(node):
    """Rows become columns and columns rows."""
    if not _is_axis(node):
        return []
    rows = isinstance(node.value, ast.Constant) and node.value.value == 0
    return [ast.keyword("axis", ast.Constant(1 if rows else 0))]


def _returned(node):
    """A gradient that is returned gets a minus; a tuple or a dictionary got its signs further up."""
    value = node.value
    is_array = isinstance(value, (ast.BinOp, ast.Call)) or getattr(value, "id", "").startswith("d")
    return [ast.Return(_minus(value))] if is_array else []


def _minus(node):
    return ast.UnaryOp(ast.USub(), node)


CHANGES = {ast.BinOp: _operation, ast.AugAssign: _in_place, ast.UnaryOp: _unary, ast.Compare: _comparison,
           ast.Attribute: _attribute, ast.Call: _call, ast.Constant: _number, ast.keyword: _axis,
           ast.Return: _returned}
