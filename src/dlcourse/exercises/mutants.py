"""Change a program in one place at a time: a check that notices no such change is not one.

It uses the standard library alone, and serves the proof of the exercises and of the package.
"""

import ast
import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,  # codespell:ignore
    ast.NotIn: ast.In,  # codespell:ignore
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
NOT_DELETED = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom, ast.Pass)
DELETED = "pass"
NOT_CHANGED = ("annotation", "returns", "decorator_list")


@dataclass(frozen=True)
class Mutant:
    """A program with one change: its line, the statement's first line before and after it."""

    line: int
    before: str
    after: str
    source: str

    @property
    def change(self) -> str:
        """The change as `equivalent` of index.toml names it."""
        return f"{self.before} → {self.after}"


def mutants(source: str) -> Iterator[Mutant]:
    """Yield the program with each change of an operator, a constant or a line that it can have.

    Constants are changed by 1 up and down, True and False swapped, signs and `not` left out, and
    lines deleted. Defaults are constants as well. Texts and types stay. So does `strict` of zip,
    which matters only if the caller makes a mistake.
    """
    tree = ast.parse(source)
    for statement, block, number in statements_of(tree):
        before = first_line(statement)
        for changed in changes_of(statement):
            yield build(tree, statement, block, number, changed, before)


def statements_of(tree: ast.AST) -> Iterator[tuple[ast.stmt, list[ast.stmt], int]]:
    """Yield each statement with the list that it stands in, and its place there."""
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, [])
            for number, statement in enumerate(block if isinstance(block, list) else []):
                if not is_text(statement):
                    yield statement, block, number


def build(
    tree: ast.AST,
    statement: ast.stmt,
    block: list[ast.stmt],
    number: int,
    changed: ast.stmt,
    before: str,
) -> Mutant:
    """Return the mutant in which a statement is replaced; the tree itself stays."""
    block[number] = changed
    try:
        source = ast.unparse(ast.fix_missing_locations(tree))
    finally:
        block[number] = statement
    return Mutant(statement.lineno, before, first_line(changed), f"{source}\n")


def changes_of(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Yield a statement with each change of its own expressions, and what stands for nothing."""
    num_nodes = len(own_nodes(statement))
    for place in range(num_nodes):
        for kind in range(len(list(alternatives(own_nodes(statement)[place])))):
            changed = copy.deepcopy(statement)
            node = own_nodes(changed)[place]
            change = list(alternatives(node))[kind]
            if isinstance(change, ast.expr):
                changed = Replace(node, change).visit(changed)
            else:
                field, value = change
                setattr(node, field, value)
            yield changed
    if not isinstance(statement, NOT_DELETED):
        yield ast.Pass(lineno=statement.lineno, col_offset=statement.col_offset)


def own_nodes(statement: ast.stmt) -> list[ast.AST]:
    """Return the nodes of a statement without those of the statements in it, and without types."""
    nodes: list[ast.AST] = []
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop(0)
        nodes.append(node)
        for name, value in ast.iter_fields(node):
            if name in NOT_CHANGED or (isinstance(node, ast.keyword) and node.arg == "strict"):
                continue
            parts = value if isinstance(value, list) else [value]
            waiting += [
                part
                for part in parts
                if isinstance(part, ast.AST) and not isinstance(part, ast.stmt)
            ]
    return nodes


def alternatives(node: ast.AST) -> Iterator[ast.expr | tuple[str, Any]]:
    """Yield what may stand in place of a node, or a field of it with another value."""
    if isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) and type(node.op) in OPERATORS:
        yield "op", OPERATORS[type(node.op)]()
    elif isinstance(node, ast.Compare):
        for number, operator in enumerate(node.ops):
            if type(operator) in OPERATORS:
                swapped = [*node.ops[:number], OPERATORS[type(operator)](), *node.ops[number + 1 :]]
                yield "ops", swapped
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield "value", not node.value
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield "value", node.value + 1
        yield "value", node.value - 1


class Replace(ast.NodeTransformer):
    """Puts one node in place of another."""

    def __init__(self, old: ast.AST, new: ast.expr):
        self.old = old
        self.new = new

    def visit(self, node: ast.AST) -> Any:
        """Return the new node for the old one."""
        return self.new if node is self.old else self.generic_visit(node)


def is_text(statement: ast.stmt) -> bool:
    """Tell whether a statement is a docstring or another text that nothing uses."""
    is_constant = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
    return is_constant and isinstance(statement.value.value, str)  # type: ignore[attr-defined]


def first_line(statement: ast.stmt) -> str:
    """Return the first line of a statement, without decorators and a colon at its end."""
    lines = ast.unparse(statement).splitlines()
    lines = [line for line in lines if not line.startswith("@")]
    return lines[0].removesuffix(":")


def is_named(mutant: Mutant, named: str) -> bool:
    """Tell whether an entry `before → after: reason` names the change of a mutant.

    The entry may give a part of the line. Blanks, brackets around an expression, quotes
    and a colon at the end do not matter.
    """
    before, _, rest = named.partition("→")
    after, _, reason = rest.partition(": ")
    if not reason.strip():
        return False
    old, new = comparable(before), comparable(after)
    if new == DELETED:
        return old == comparable(mutant.before) and mutant.after == DELETED
    line = comparable(mutant.before)
    is_there = bool(old) and old in line
    return is_there and comparable(mutant.after) in replacements(line, old, new)


def replacements(line: str, old: str, new: str) -> list[str]:
    """Return a line with each single occurrence of a text replaced."""
    found = []
    start = line.find(old)
    while start >= 0:
        found.append(line[:start] + new + line[start + len(old) :])
        start = line.find(old, start + 1)
    return found


def comparable(text: str) -> str:
    """Return a line of code without what two ways to write it may differ in."""
    text = re.sub(r"[\s()]", "", text).replace("'", '"')
    return text.removesuffix(":")
