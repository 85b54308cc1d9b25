"""The small changes: the operators of cosmic-ray, each with the one or two partners that a person would mistype.

Left out is what another check already refuses: texts, type annotations, declarations of fields and Meta classes
(``makemigrations --check``), and what only a type checker reads.
"""

import ast
import builtins
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Change = Callable[[ast.AST], ast.AST]

COMPARED: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
RECKONED: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}


@dataclass(frozen=True)
class Mutant:
    """``place``: the number of the node in ``ast.walk``; ``change`` makes the new node of the old one.

    ``inside``: the node is in the body of a function, so that its code can be replaced in a running process.
    """

    path: str
    scope: str
    line: int
    last: int
    operator: str
    before: str
    after: str
    place: int
    change: Change
    inside: bool
    ordinal: int = 1

    @property
    def name(self) -> str:
        """What it is known by in the list of equivalents: no line number, which the next edit would move."""
        repeated = f" #{self.ordinal}" if self.ordinal > 1 else ""
        return f"{self.path}:{self.scope or 'module'}: {self.operator}: {self.before} -> {self.after}{repeated}"

    def tree(self, source: str) -> ast.Module:
        tree = ast.parse(source)
        for number, node in enumerate(ast.walk(tree)):
            if number == self.place:
                return _Replace(node, self.change).visit(tree)
        raise LookupError(self.name)


class _Replace(ast.NodeTransformer):
    def __init__(self, target: ast.AST, change: Change) -> None:
        self.target, self.change = target, change

    def visit(self, node: ast.AST) -> ast.AST:
        if node is self.target:
            return ast.fix_missing_locations(ast.copy_location(self.change(node), node))
        return super().visit(node)


def mutants_of(path: str, source: str) -> list[Mutant]:
    """Every mutant of a file, in its order; equal ones of one scope are told apart by ``ordinal``."""
    found: list[Mutant] = []
    seen: dict[str, int] = {}
    tree = ast.parse(source)
    numbers = {id(node): number for number, node in enumerate(ast.walk(tree))}
    for node, scope, inside, statement in _nodes(tree, "", inside=False, statement=None):
        for operator, change in _changes(node, is_statement=node is statement):
            after = ast.fix_missing_locations(ast.copy_location(change(copy.deepcopy(node)), node))
            mutant = Mutant(
                path=path,
                scope=scope,
                line=getattr(node, "lineno", getattr(statement, "lineno", 1)),
                last=getattr(node, "end_lineno", getattr(statement, "end_lineno", 1)),
                operator=operator,
                before=_short(node),
                after=_short(after),
                place=numbers[id(node)],
                change=change,
                inside=inside,
            )
            seen[mutant.name] = seen.get(mutant.name, 0) + 1
            found.append(Mutant(**{**mutant.__dict__, "ordinal": seen[mutant.name]}))
    return found


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 100 else f"{text[:60]} ... {text[-35:]}"


def _nodes(
    node: ast.AST, scope: str, *, inside: bool, statement: ast.AST | None
) -> Iterator[tuple[ast.AST, str, bool, ast.AST | None]]:
    """Each node that may be changed, with the function or class around it."""
    for field, child in _children(node):
        if _is_left_out(node, field, child):
            continue
        here, body = scope, inside
        if isinstance(node, ast.FunctionDef | ast.Lambda) and field == "body":
            body = True
        if isinstance(child, ast.FunctionDef | ast.ClassDef):
            here = f"{scope}.{child.name}".lstrip(".")
        now = child if isinstance(child, ast.stmt) else statement
        yield child, here, body, now
        yield from _nodes(child, here, inside=body, statement=now)


def _children(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield field, child


ASSERTED = {"strict", "frozen"}  # they raise at a mistake of the programmer, and say nothing of a rule


def _is_left_out(node: ast.AST, field: str, child: ast.AST) -> bool:
    if field in {"annotation", "returns"} or isinstance(child, ast.Import | ast.ImportFrom):
        return True
    if isinstance(child, ast.ClassDef) and child.name == "Meta":
        return True
    if isinstance(child, ast.keyword) and child.arg in ASSERTED:
        return True
    if isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING":
        return True
    declares = isinstance(node, ast.ClassDef) and isinstance(child, ast.Assign | ast.AnnAssign)
    return declares and ast.unparse(child.value or child).startswith("models.")


def _changes(node: ast.AST, *, is_statement: bool) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Compare(ops=ops):
            for at, op in enumerate(ops):
                for other in COMPARED[type(op)]:
                    yield "comparison", lambda n, at=at, other=other: _set(n, "ops", at, other())
        case ast.BinOp(op=op) if type(op) in RECKONED and not _is_text(node) and not _is_type(node):
            yield "arithmetic", lambda n, op=op: _put(n, op=RECKONED[type(op)]())
        case ast.AugAssign(op=op) if type(op) in RECKONED:
            yield "arithmetic", lambda n, op=op: _put(n, op=RECKONED[type(op)]())
        case ast.BoolOp(op=op):
            other = ast.Or if isinstance(op, ast.And) else ast.And
            yield "and/or", lambda n, other=other: _put(n, op=other())
        case ast.UnaryOp(op=ast.Not()) | ast.UnaryOp(op=ast.USub()):
            yield "sign", lambda n: n.operand
        case ast.Constant(value=bool()):
            yield "truth", lambda n: ast.Constant(not n.value)
        case ast.Constant(value=int() | float()):
            yield "number", lambda n: ast.Constant(n.value + 1)
            if node.value > 1:
                yield "number", lambda n: ast.Constant(n.value - 1)
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            if not isinstance(test, ast.Compare | ast.UnaryOp):
                yield "condition", lambda n: _put(n, test=ast.UnaryOp(ast.Not(), n.test))
        case ast.comprehension(ifs=ifs):
            for at, _test in enumerate(ifs):
                yield "filter dropped", lambda n, at=at: _drop(n, "ifs", at)
        case ast.For():
            yield "no turn", lambda n: _put(n, iter=ast.Tuple([], ast.Load()))
        case ast.Break():
            yield "loop", lambda n: ast.Continue()
        case ast.Continue():
            yield "loop", lambda n: ast.Break()
        case ast.Expr(value=ast.Call()) if is_statement:
            yield "statement dropped", lambda n: ast.Pass()
        case ast.Raise() if is_statement:
            yield "statement dropped", lambda n: ast.Pass()
        case ast.FunctionDef(decorator_list=[*_, _]):
            for at, decorator in enumerate(node.decorator_list):
                if ast.unparse(decorator) not in KEPT_DECORATORS:
                    yield (
                        f"decorator dropped ({ast.unparse(decorator)[:40]})",
                        lambda n, at=at: _drop(n, "decorator_list", at),
                    )


# Without these nothing of the module works, or nothing but speed changes.
KEPT_DECORATORS = {"property", "cached_property", "classmethod", "staticmethod", "cache", "register", "abstractmethod"}


def _is_text(node: ast.BinOp) -> bool:
    """Words put together or filled in: ``"%s" % name``, ``"a" + b``."""
    sides = (node.left, node.right)
    if any(isinstance(side, ast.JoinedStr | ast.Constant) and not _is_number(side) for side in sides):
        return True
    return isinstance(node.op, ast.Mod) and isinstance(node.left, ast.Call) and ast.unparse(node.left.func) == "said"


def _is_type(node: ast.AST) -> bool:
    """``int | Decimal | None``: a union of types, which says nothing of a rule."""
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.BitOr) and _is_type(node.left) and _is_type(node.right)
    name = ast.unparse(node).partition("[")[0].rpartition(".")[2]
    return name == "None" or hasattr(builtins, name) or (name[:1].isupper() and not name.isupper())


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _put(node: ast.AST, **fields: ast.AST) -> ast.AST:
    for name, value in fields.items():
        setattr(node, name, value)
    return node


def _set(node: ast.AST, field: str, at: int, value: ast.AST) -> ast.AST:
    getattr(node, field)[at] = value
    return node


def _drop(node: ast.AST, field: str, at: int) -> ast.AST:
    del getattr(node, field)[at]
    return node
