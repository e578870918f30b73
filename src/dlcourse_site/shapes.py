"""Compare shape comments, such as `# (batch, 10)` behind an assignment, with a running snippet."""

import ast
import io
import re
import tokenize
from typing import Any

SIZE = r"(?:\d+|[A-Za-z_]\w*)"
SHAPE = rf"\((?:{SIZE}(?:, ?{SIZE})+|{SIZE},)?\)"
COMMENT = re.compile(rf"#(?:.*(?:->| is))? ({SHAPE}(?:, {SHAPE})*)(?=$|[:;,] )")
UNSEEN = "nothing that ran stands before {}: a shape comment ends a statement that assigns, returns or prints"


class Shapes(ast.NodeTransformer):
    """Makes the statements with a shape comment check it; `problems` says by line what is wrong.

    A number must be equal; a name stands for one size in a call of its function, or in the module's body.
    """

    def __init__(self) -> None:
        self.comments, self.problems, self.unseen = dict[int, str](), dict[int, str](), set[int]()
        self.names = {
            "__check_shape__": self.check,
            "__sizes__": dict[str, int](),
        }  # the module needs them

    def compile(self, source: bytes, file: str, mode: str) -> Any:
        """Return the code of a source, as `compile` does, with its shape comments checked."""
        tree = ast.parse(source, file)
        for token in tokenize.tokenize(io.BytesIO(source).readline):
            comment = COMMENT.match(token.string) if token.type == tokenize.COMMENT else None
            if comment and token.line[: token.start[1]].strip():
                self.comments[token.start[0]] = comment[1]
                self.problems[token.start[0]] = UNSEEN.format(comment[1])
        self.unseen = set(self.comments)
        return compile(ast.fix_missing_locations(self.visit(tree)), file, mode)

    def visit_function(self, node: Any) -> ast.AST:
        """Give each call of a function sizes of its own."""
        self.generic_visit(node)
        has_docstring = ast.get_docstring(node) is not None
        node.body[has_docstring:has_docstring] = ast.parse("__sizes__ = {}").body
        return node

    def visit_value(self, node: Any) -> ast.AST:
        """Let the value of a statement, or what it prints last, pass through `check`."""
        if node.end_lineno in self.comments and node.value:
            is_print = isinstance(node, ast.Expr) and ast.unparse(node).startswith("print(")
            place, key = (node.value.args, -1) if is_print else (vars(node), "value")
            call: Any = ast.parse(
                f"__check_shape__(0, {node.end_lineno}, __sizes__)", mode="eval"
            ).body
            call.args[0], place[key] = place[key], call
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_function
    visit_Assign = visit_AnnAssign = visit_Return = visit_Expr = visit_value

    def check(self, value: Any, line: int, sizes: dict[str, int]) -> Any:
        """Compare the shape of a value with its line's comment; return the value as it is."""
        if line in self.unseen:
            self.unseen.remove(line)
            del self.problems[line]
        said = re.findall(SHAPE, self.comments[line])
        values = value if len(said) > 1 and isinstance(value, tuple) else [value]
        shapes: list[Any] = [
            getattr(part, "shape", part) for part in values
        ]  # a shape itself will do
        for comment, shape in zip(said, shapes, strict=False):
            names = re.findall(SIZE, comment)
            is_shape = isinstance(shape, tuple) and all(isinstance(size, int) for size in shape)
            if not is_shape or len(said) != len(shapes):
                self.problems.setdefault(
                    line, f"{comment} is said of what has no shape: {shape!r:.60}"
                )
            elif len(names) != len(shape) or any(
                size != (int(name) if name.isdigit() else sizes.setdefault(name, size))
                for name, size in zip(names, shape, strict=True)
            ):
                known = "".join(f", {name} is {sizes[name]}" for name in names if name in sizes)
                self.problems.setdefault(
                    line, f"the comment says {comment}, the shape is {tuple(shape)}{known}"
                )
        return value
