"""Change one place of an answer to an exercise: what `mutate` changes in equations, and what learners mix up.

The wrong name of two, an index too far, rows for columns, a call or a line left out, arguments, entries or
keys in each other's place. Each slip is a whole function again, ready to be tried.
"""

import ast
from functools import partial

from tools import mutate

# Where the order of two does not matter: of the arguments, or of a difference that is an argument.
COMMUTATIVE = {"maximum", "minimum", "logaddexp", "hypot", "multiply", "add", "result_type"}
EVEN = {"norm", "abs", "square", "hypot"}
TWINS = {"max": "min", "min": "max", "maximum": "minimum", "minimum": "maximum", "sin": "cos", "cos": "sin",
         "log1p": "log", "log": "log1p", "exp": "expm1"}
# What is the same number, list or loop without it, and what looks at the size of an array alone.
CONVERSIONS = {"float", "int", "list", "tuple", "asarray", "tolist"}
SIZES = {"shape", "size", "zeros_like", "empty_like"}
EQUALITY = {ast.Eq: ast.NotEq, ast.NotEq: ast.Eq}


def slips(function):
    """Return every function that differs from this one in one place.

    Parameters
    ----------
    function : ast.FunctionDef
        It is changed in place and put right again each time.

    Returns
    -------
    list of (int, str, str, str)
        The number of the line, the line before and after, and the source of the changed function.
    """
    found, original = {}, ast.unparse(function)
    for put, node, changed, statement in _all_changes(function):
        before = mutate._header(statement)
        put(changed)
        source, after = ast.unparse(function), mutate._header(changed if node is statement else statement)
        put(node)
        found.setdefault(source, (statement.lineno, before, after, source))
    found.pop(original, None)
    return list(found.values())


def _all_changes(function):
    """Yield what puts another node in the place of one, that node, the other one, and its statement."""
    for body, number in mutate._statements(function.body):
        statement, names = body[number], _known_at(function, body[number])
        for put, node in [(partial(body.__setitem__, number), statement), *mutate._sites(statement)]:
            for changed in [*mutate.changes(node), *_changes(node, names, statement)]:
                yield put, node, changed, statement


def _known_at(function, statement):
    """Return the names that are bound where a statement begins: arguments, and what is stored above it."""
    arguments = [a.arg for f in ast.walk(function) if isinstance(f, ast.FunctionDef) and _holds(f, statement)
                 for a in f.args.args]
    stored = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
              and n.lineno < statement.lineno]
    return {*arguments, *stored} - _inner_names(function)


def _holds(owner, statement):
    return owner.lineno <= statement.lineno <= owner.end_lineno


def _inner_names(tree):
    """Return the names that live inside a comprehension or a lambda only."""
    targets = [n.id for c in ast.walk(tree) if isinstance(c, ast.comprehension) for n in ast.walk(c.target)
               if isinstance(n, ast.Name)]
    return {*targets, *(a.arg for f in ast.walk(tree) if isinstance(f, ast.Lambda) for a in f.args.args)}


def _changes(node, names, statement):
    """Return what a node may be exchanged for, beyond what `mutate` does in an equation."""
    if isinstance(node, ast.Name):
        return _name(node, names, _inner_names(statement))
    if node is statement and isinstance(node, ast.Assign):
        return _assignment(node, names)
    found = CHANGES.get(type(node))
    return found(node) if found else []


def _name(node, names, inner):
    """A name becomes another one that is known here; an index moves by one."""
    if not isinstance(node.ctx, ast.Load) or getattr(node, "is_sized", False):
        return []
    others = next((group for group in (inner, names) if node.id in group), set()) - {node.id}
    earlier = [ast.BinOp(node, ast.Sub(), ast.Constant(1))] if getattr(node, "is_index", False) else []
    return [ast.Name(other, node.ctx) for other in sorted(others)] + earlier


def _assignment(node, names):
    """A line is left out, where what it stores into exists without it."""
    target = node.targets[0]
    return [ast.Pass()] if not isinstance(target, ast.Name) or target.id in names else []


def _operation(node):
    """An operand is dropped, two are exchanged, a product is taken for the other product."""
    left, op, right = node.left, type(node.op), node.right
    if op is ast.Pow:
        left.is_even = True
    if op is ast.MatMult:
        turned = [(_turned(left), right), (left, _turned(right))]
        return [ast.BinOp(left, ast.Mult(), right), *(ast.BinOp(a, node.op, b) for a, b in turned if a and b)]
    even = getattr(node, "is_even", False)
    exchanged = [ast.BinOp(right, node.op, left)] if op is ast.Div or (op is ast.Sub and not even) else []
    kept = {ast.Add: [left, right], ast.Sub: [left, mutate._minus(right)], ast.Div: [right], ast.Pow: [left],
            ast.Mult: [ast.BinOp(left, ast.MatMult(), right)]}
    return exchanged + kept.get(op, [])


def _turned(node):
    """Return the transpose of a matrix, which has a capital letter."""
    is_matrix = isinstance(node, ast.Name) and not _is_vector(node)
    return ast.Attribute(node, "T", ast.Load()) if is_matrix else None


def _is_vector(node):
    """Whether a name has no capital letter: then it has one axis, or its transpose is not at stake."""
    return getattr(node, "id", "A").islower()


def _in_place(node):
    """What is collected is replaced instead."""
    return [ast.Assign([node.target], node.value, lineno=0)]


def _attribute(node):
    """A function is taken for its neighbour; the rows are counted in place of all entries."""
    node.value.is_sized = node.attr in SIZES
    if node.attr == "size" and not _is_vector(node.value):
        return [ast.Call(ast.Name("len", ast.Load()), [node.value], [])]
    return [ast.Attribute(node.value, TWINS[node.attr], node.ctx)] if node.attr in TWINS else []


def _call(node):
    """A call is left out, two arguments are exchanged, a keyword is forgotten."""
    name, args = mutate._name(node), node.args
    if name == "len":
        return _length(args[0])
    for arg in args:
        arg.is_even, arg.is_sized = name in EVEN, name in SIZES
    ordered = [] if name in COMMUTATIVE else range(len(args) - 1)
    left_out = [] if name in CONVERSIONS else _without(node)
    return [*left_out, *(ast.Call(node.func, _exchanged(args, k), node.keywords) for k in ordered),
            *(ast.Call(node.func, args, [k for k in node.keywords if k is not dropped])
              for dropped in node.keywords if dropped.arg != "strict")]


def _length(node):
    """All entries, or the columns, are counted in place of the rows."""
    node.is_sized = True
    columns = ast.Subscript(ast.Attribute(node, "shape", ast.Load()), ast.Constant(1), ast.Load())
    return [] if _is_vector(node) else [ast.Attribute(node, "size", ast.Load()), columns]


def _without(node):
    """Return what a call is without its function: an argument, or the array whose method it was."""
    owner = getattr(node.func, "value", None)
    if owner is None or _is_module(owner):
        return [arg for arg in node.args if not isinstance(arg, (ast.Tuple, ast.List, ast.Starred))]
    return [owner]


def _is_module(node):
    """Whether a node is np, np.linalg or math."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return getattr(node, "id", "") in {"np", "math"}


def _exchanged(nodes, place):
    """Return a list with one entry and the next one in each other's place."""
    return [*nodes[:place], nodes[place + 1], nodes[place], *nodes[place + 2:]]


def _keyword(node):
    """True becomes False."""
    value = getattr(node.value, "value", None)
    if not isinstance(value, bool) or node.arg == "strict":
        return []
    return [ast.keyword(node.arg, ast.Constant(not value))]


def _comparison(node):
    """Equal becomes not equal."""
    other = EQUALITY.get(type(node.ops[0]))
    return [ast.Compare(node.left, [other()], node.comparators)] if other and len(node.ops) == 1 else []


def _if(node):
    """A condition is turned round, or the whole of it left out."""
    return [ast.If(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse), ast.Pass()]


def _choice(node):
    """Of ``a if test else b`` the branches are exchanged, or one of them is always taken."""
    return [ast.IfExp(node.test, node.orelse, node.body), node.body, node.orelse]


def _both(node):
    """Of ``a and b`` either is dropped, and ``and`` becomes ``or``."""
    other = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    return [ast.BoolOp(other, node.values), *node.values]


def _subscript(node):
    """What is picked is forgotten: the whole array."""
    return [node.value] if isinstance(node.ctx, ast.Load) else []


def _slice(node):
    """One border of a slice is dropped."""
    borders = {"lower": node.lower, "upper": node.upper, "step": node.step}
    return [ast.Slice(**{**borders, border: None}) for border, value in borders.items() if value]


def _entries(node):
    """Two entries of an index, a tuple or a list change places."""
    if not isinstance(node.ctx, ast.Load):
        return []
    return [type(node)(_exchanged(node.elts, k), node.ctx) for k in range(len(node.elts) - 1)]


def _dictionary(node):
    """Two values are stored under each other's key."""
    return [ast.Dict(node.keys, _exchanged(node.values, k)) for k in range(len(node.values) - 1)]


def _returned(node):
    """An entry of what is returned gets a minus."""
    holder = node.value
    values = holder.values if isinstance(holder, ast.Dict) else getattr(holder, "elts", [])
    return [ast.Return(_with_minus(holder, values, k)) for k in range(len(values))]


def _with_minus(node, values, place):
    changed = [mutate._minus(value) if k == place else value for k, value in enumerate(values)]
    return ast.Dict(node.keys, changed) if isinstance(node, ast.Dict) else type(node)(changed, node.ctx)


def _left_out(node):
    """A line that only calls something, such as an ``append``, is left out."""
    return [ast.Pass()]


CHANGES = {ast.BinOp: _operation, ast.AugAssign: _in_place, ast.Attribute: _attribute, ast.Call: _call,
           ast.keyword: _keyword, ast.Compare: _comparison, ast.If: _if, ast.IfExp: _choice,
           ast.BoolOp: _both, ast.Subscript: _subscript, ast.Slice: _slice, ast.Tuple: _entries,
           ast.List: _entries, ast.Dict: _dictionary, ast.Return: _returned, ast.Expr: _left_out}
