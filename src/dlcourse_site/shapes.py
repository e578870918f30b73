"""Compare shape comments, such as `# (batch, 10)` behind an assignment, with a running snippet."""

import ast
import io
import re
import tokenize
from typing import Any

SIZE = r"(?:\d+|[A-Za-z_]\w*)"
SHAPE = rf"\((?:{SIZE}(?:, ?{SIZE})+|{SIZE},)?\)"
COMMENT = re.compile(rf"#(?:.*(?:->| is))? ({SHAPE}(?:, {SHAPE})*)(?=$|[:;,] )")
UNSEEN = (
    "nothing that ran stands before {}: a shape comment ends a statement that assigns, returns or"
    " prints"
)


class Shapes(ast.NodeTransformer):
    """Makes the statements with a shape comment check it; `problems` says by line what is wrong.

    A number must be equal; a name stands for one size in a call of its function, or in the
    module's body.
    """

    def __init__(self) -> None:
        self.comments: dict[int, str] = {}
        self.problems: dict[int, str] = {}
        self.unseen: set[int] = set()
        sizes: dict[str, int] = {}
        self.names = {"__check_shape__": self.check, "__sizes__": sizes}  # the module needs them

    def compile(self, source: bytes, file: str, mode: str) -> Any:
        """Return the code of a source, as `compile` does, with its shape comments checked."""
        tree = ast.parse(source, file)
        for token in tokenize.tokenize(io.BytesIO(source).readline):
            if token.type != tokenize.COMMENT:
                continue
            line, column = token.start
            comment = COMMENT.match(token.string)
            if comment and token.line[:column].strip():
                self.comments[line] = comment[1]
                self.problems[line] = UNSEEN.format(comment[1])
        self.unseen = set(self.comments)
        checked = ast.fix_missing_locations(self.visit(tree))
        return compile(checked, file, mode)

    def visit_function(self, node: Any) -> ast.AST:
        """Give each call of a function sizes of its own."""
        self.generic_visit(node)
        first = 0 if ast.get_docstring(node) is None else 1
        node.body[first:first] = ast.parse("__sizes__ = {}").body
        return node

    def visit_value(self, node: Any) -> ast.AST:
        """Let the value of a statement, or what it prints last, pass through `check`."""
        if node.end_lineno not in self.comments or not node.value:
            return node
        check = f"__check_shape__(0, {node.end_lineno}, __sizes__)"
        call: Any = ast.parse(check, mode="eval").body
        statement = ast.unparse(node)
        if isinstance(node, ast.Expr) and statement.startswith("print("):
            call.args[0] = node.value.args[-1]
            node.value.args[-1] = call
        else:
            call.args[0] = node.value
            node.value = call
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_function
    visit_Assign = visit_AnnAssign = visit_Return = visit_Expr = visit_value

    def check(self, value: Any, line: int, sizes: dict[str, int]) -> Any:
        """Compare the shape of a value with its line's comment; return the value as it is."""
        if line in self.unseen:
            self.unseen.remove(line)
            del self.problems[line]
        comments = re.findall(SHAPE, self.comments[line])
        is_several = len(comments) > 1 and isinstance(value, tuple)
        values = value if is_several else [value]
        for comment, part in zip(comments, values, strict=False):
            shape = getattr(part, "shape", part)  # a shape itself will do
            if len(values) != len(comments) or not is_shape(shape):
                problem = f"{comment} is said of what has no shape: {shape!r:.60}"
                self.problems.setdefault(line, problem)
            elif not fits(comment, shape, sizes):
                names = [name for name in re.findall(SIZE, comment) if name in sizes]
                known = "".join(f", {name} is {sizes[name]}" for name in names)
                problem = f"the comment says {comment}, the shape is {tuple(shape)}{known}"
                self.problems.setdefault(line, problem)
        return value


def is_shape(value: Any) -> bool:
    """Tell whether a value is a tuple of whole numbers."""
    return isinstance(value, tuple) and all(isinstance(size, int) for size in value)


def fits(comment: str, shape: tuple[int, ...], sizes: dict[str, int]) -> bool:
    """Tell whether a shape is what a comment says; a new name in it gets its size."""
    names = re.findall(SIZE, comment)
    if len(names) != len(shape):
        return False
    for name, size in zip(names, shape, strict=True):
        expected = int(name) if name.isdigit() else sizes.setdefault(name, size)
        if size != expected:
            return False
    return True
