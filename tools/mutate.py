"""Change one thing in one equation: every sign, factor, transpose, axis and comparison, one at a time.

In the first implementation the functions that are changed are those of the way back and of the step:
``*_backward``, ``*_step``, ``backward``, the optimisers' ``step``, and the private helpers that they call. In
the second, and in what measures or clips gradients, it is all of them, and every line of a table.
"""

import ast
import importlib
import inspect
import re
from dataclasses import dataclass
from functools import partial
from types import CodeType, FunctionType

BACK = r"(_|^)backward$|(_|\.)step$"
#: What is changed, by module: the functions whose names hold such a pattern.
MODULES = {
    **dict.fromkeys(("activations", "layers", "losses", "network", "optim.steps", "optim.optimizers"), BACK),
    **dict.fromkeys(("scalar", "recurrent", "clipping", "diagnostics.signals"), r""),
    **dict.fromkeys(("normalization", "residual", "dropout", "embedding"), r""),
    **dict.fromkeys(("optim.decay", "optim.schedules"), r""),
    "sequential.layers": r"(forward|backward)$",
    "diagnostics.statistics": r"^(layer_|singular_|norms_)",
    "autodiff.primitives": r"",
    "autodiff.tensor": r"^Tensor\.(__(?!init|array|repr|len|iter|float)|[a-zT])|^(matmul|maximum|concat\w+)$",
    "autodiff.sweep": r"^(sweep|zero_grad|_pass_on|_of_its_own)$",
    "autodiff.networks": r"",
}
SWAPS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult}
COMPARISONS = {ast.Gt: (ast.Lt, ast.GtE), ast.Lt: (ast.Gt, ast.LtE), ast.GtE: (ast.LtE, ast.Gt),
               ast.LtE: (ast.GtE, ast.Lt), ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,)}
LEFT_ALONE = (ast.stmt, ast.JoinedStr)
TWINS = {
    "sum": "mean",
    "mean": "sum",
    "multiply": "divide",
    "divide": "multiply",
    "add": "subtract",
    "max": "min",
    "maximum": "minimum",
}
BENDS = {"exp", "log", "sqrt", "tanh", "sigmoid"}


@dataclass(frozen=True)
class Mutant:
    """One change in one function, compiled."""

    module: str
    function: str
    line: int
    before: str
    after: str
    code: CodeType
    place: frozenset = frozenset()  # of a lambda, which has no name to find it by

    @property
    def diff(self):
        """The change as two lines of a diff, with its place."""
        return (f"bpcourse/{self.module.replace('.', '/')}.py:{self.line} in {self.function}\n"
                f"-    {self.before}\n+    {self.after}")

    def install(self):
        """Put the changed code into the function, so that everybody who holds it sees the change."""
        found = importlib.import_module(f"bpcourse.{self.module}")
        if self.place:
            found = next(f for f in _lambdas_held(vars(found)) if _place(f.__code__) == self.place)
        else:
            for name in self.function.split("."):
                found = getattr(found, name)
            found = inspect.unwrap(getattr(found, "fget", found))
        found.__code__ = self.code


def mutants_of(module):
    """Return every mutant of one module."""
    source = inspect.getsource(importlib.import_module(f"bpcourse.{module}"))
    tree = ast.parse(source)
    found = [mutant for name, function in targets(tree, MODULES[module])
             for mutant in mutants_in(module, tree, name, function)]
    lambdas = _lambdas_written(tree) if MODULES[module] != BACK else []
    return found + [mutant for name, node in lambdas for mutant in mutants_of_lambda(module, name, node)]


def targets(tree, pattern=BACK):
    """Return the functions to change, as pairs of qualified name and node."""
    places = [("", tree), *((f"{node.name}.", node) for node in tree.body if isinstance(node, ast.ClassDef))]
    functions = [(prefix + node.name, node) for prefix, owner in places for node in owner.body
                 if isinstance(node, ast.FunctionDef)]
    chosen = [(name, node) for name, node in functions
              if re.search(pattern, name) and not name.startswith("check_")]
    called = {node.func.id for _, function in chosen for node in ast.walk(function)
              if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    return chosen + [(name, node) for name, node in functions
                     if name.startswith("_") and name in called and (name, node) not in chosen]


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
                if after != before:
                    found.append(Mutant(module, name, statement.lineno, before, after, code))
    return found


def mutants_of_lambda(module, name, node):
    """Return the mutants of one line of a table. The tree is changed in place and put right again."""
    found, before, place = [], ast.unparse(node), _place(_alone(node))
    whole = partial(setattr, node, "body"), node.body
    for put, part in [whole, *_sites(node)]:
        for changed in [*changes(part), *([_minus(part)] if part is node.body else [])]:
            put(ast.copy_location(changed, part))
            ast.fix_missing_locations(node)
            found.append(Mutant(module, name, node.lineno, before, ast.unparse(node), _alone(node), place))
            put(part)
    return found


def _alone(node):
    """Return the code of a lambda, compiled by itself."""
    return compile(ast.Expression(node), "<lambda>", "eval").co_consts[0]


def _place(code):
    """Return where in the source the parts of a function stand: no two functions have that in common."""
    return frozenset(code.co_positions())


def _lambdas_written(tree):
    """Return the lambdas of a module's tables, each with the name of its table and its row."""
    found = []
    for statement in tree.body:
        if isinstance(statement, (ast.Assign, ast.AnnAssign)):
            table = ast.unparse(getattr(statement, "target", None) or statement.targets[0])
            keys, rows = (getattr(statement.value, part, []) for part in ("keys", "values"))
            for key, row in zip(keys, rows, strict=True):
                name = f"{table}[{ast.unparse(key)}]"
                found += [(name, node) for node in ast.walk(row) if isinstance(node, ast.Lambda)]
    return found


def _lambdas_held(thing):
    """Yield the lambdas that a module's tables hold."""
    if isinstance(thing, FunctionType):
        yield from [thing] if thing.__name__ == "<lambda>" else []
    elif isinstance(thing, (dict, list, tuple)):
        for part in thing.values() if isinstance(thing, dict) else thing:
            yield from _lambdas_held(part)


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
    """A bend is left out; operands change places; the second factor of ``np.multiply`` is dropped."""
    name, args = _name(node), node.args
    if name == "multiply":
        return [ast.Call(node.func, [args[0], ast.Constant(1), *args[2:]], node.keywords)]
    if name in BENDS and len(args) == 1:
        return [args[0]]
    if name == "apply" and len(args) == 3:
        return [ast.Call(node.func, [args[0], args[2], args[1]], node.keywords)]
    swapped = [[*args[:i], ast.Tuple(pair.elts[::-1], pair.ctx), *args[i + 1 :]]
               for i, pair in enumerate(args) if isinstance(pair, ast.Tuple) and len(pair.elts) == 2]
    return [ast.Call(node.func, other, node.keywords) for other in swapped]


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
