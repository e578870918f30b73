"""Measure how plain the project's Python code is, and compare it with the limits in one table.

Size is counted in code tokens: names, operators, numbers and strings, where an f-string is one
token. Comments, docstrings and blank lines are not counted. So nothing is gained by packing several
things into one line; a packed line shows as many tokens a line.

`python tests/site/plain_code.py` prints the figures and what exceeds a limit.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Area:
    """A part of the project: where its files are, and how many code tokens it may have."""

    files: tuple[str, ...]  # patterns
    most_tokens: int | None = None
    most_tokens_a_line: float = 8.5
    apart: tuple[str, ...] = ()  # patterns of files that another area has


# What checks the programs of learners; the exercises are content, and are in no area.
EXERCISES = ("src/dlcourse/exercises/*.py", "src/dlcourse/commands/exercises*.py")
AREAS = {
    "package": Area(("src/dlcourse/**/*.py",), most_tokens=74_500, apart=EXERCISES),
    "exercises": Area(EXERCISES, most_tokens=16_500),
    "site tooling": Area(("src/dlcourse_site/**/*.py",), most_tokens=15_400),
    "set-up": Area(("tasks.py", "conftest.py")),
    "tests' helpers": Area(("tests/**/*.py",)),  # without test_*.py
    "benchmarks": Area(("benchmarks/**/*.py",)),
    # Formulas have more tokens a line, and a loop written out stays on one page
    "snippets": Area(("snippets/**/*.py",), most_tokens_a_line=9),
}
# Limits of each area
MOST_PACKED = 0.015  # of the assignments
LONGEST_FUNCTION = 50  # lines
LONGEST_FILE = 400  # lines
# Limit of all areas together
MOST_WALRUS = 3

COUNTED = (tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING)
HAVE_DOCSTRINGS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass
class Measures:
    """What some files have; packed assignments, walrus operators and what is long have a place."""

    tokens: int = 0
    lines: int = 0  # that hold code
    assignments: int = 0
    packed: list[str] = field(default_factory=list)
    walrus: list[str] = field(default_factory=list)
    long_functions: list[str] = field(default_factory=list)
    long_files: list[str] = field(default_factory=list)

    @property
    def tokens_a_line(self) -> float:
        """Code tokens a line of code; 0 where there is no code."""
        return self.tokens / max(self.lines, 1)

    @property
    def packed_share(self) -> float:
        """Share of the assignments that pack values which do not belong together."""
        return len(self.packed) / max(self.assignments, 1)


def read_area(name: str, root: Path = ROOT) -> dict[str, str]:
    """Return the sources of an area by their names, without tests and exercises."""
    sources = {}
    area = AREAS[name]
    apart = find_files(area.apart, root)
    for path in find_files(area.files, root):
        file = path.relative_to(root).as_posix()
        is_exercise = re.search(r"/exercises/.+/", file)
        is_test = path.name.startswith("test_")
        if path not in apart and not is_exercise and not is_test:
            sources[file] = path.read_text("utf-8")
    return sources


def find_files(patterns: tuple[str, ...], root: Path) -> list[Path]:
    """Return the files of several patterns."""
    return [path for pattern in patterns for path in sorted(root.glob(pattern))]


def measure(sources: dict[str, str]) -> Measures:
    """Measure the sources of some files, given by their names."""
    measures = Measures()
    for name, source in sources.items():
        spans = code_tokens(source)
        code_lines = set()
        for first, last in spans:
            code_lines.update(range(first, last + 1))
        measures.tokens += len(spans)
        measures.lines += len(code_lines)
        num_lines = len(source.splitlines())
        if num_lines > LONGEST_FILE:
            measures.long_files.append(f"{name}:1: {num_lines} lines")
        for node in ast.walk(ast.parse(source)):
            measure_node(measures, node, name)
    return measures


def measure_node(measures: Measures, node: ast.AST, name: str) -> None:
    """Add to the measures what a node of a file's syntax tree has."""
    if isinstance(node, ast.Assign):
        measures.assignments += 1
        if is_packed(node):
            measures.packed.append(f"{name}:{node.lineno}: {ast.unparse(node)}")
    elif isinstance(node, ast.NamedExpr):
        measures.walrus.append(f"{name}:{node.lineno}: {ast.unparse(node)}")
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        num_lines = node.end_lineno - node.lineno + 1
        if num_lines > LONGEST_FUNCTION:
            measures.long_functions.append(f"{name}:{node.lineno}: {node.name}, {num_lines} lines")


def code_tokens(source: str) -> list[tuple[int, int]]:
    """Return the first and the last line of each code token."""
    docstrings = docstring_lines(source)
    spans = []
    fstrings: list[int] = []  # the first lines of the f-strings around a token
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        first_line = token.start[0]
        last_line = token.end[0]
        kind = tokenize.tok_name[token.type]
        if kind == "FSTRING_START":  # since Python 3.12, which takes an f-string apart
            fstrings.append(first_line)
        elif kind == "FSTRING_END":
            begin = fstrings.pop()
            if not fstrings:
                spans.append((begin, last_line))
        elif token.type in COUNTED and not fstrings and first_line not in docstrings:
            spans.append((first_line, last_line))
    return spans


def docstring_lines(source: str) -> set[int]:
    """Return the lines that docstrings take."""
    lines = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, HAVE_DOCSTRINGS) and ast.get_docstring(node, clean=False) is not None:
            docstring = node.body[0]
            lines.update(range(docstring.lineno, docstring.end_lineno + 1))
    return lines


def is_packed(assignment: ast.Assign) -> bool:
    """Tell whether an assignment packs values that do not belong together.

    A swap does not, nor does one expression for several names (`x, y = float(a), float(b)`);
    several constants are packed.
    """
    target = assignment.targets[0]
    value = assignment.value
    if not isinstance(target, ast.Tuple) or not isinstance(value, ast.Tuple):
        return False
    names = sorted(ast.unparse(name) for name in target.elts)
    values = sorted(ast.unparse(part) for part in value.elts)
    if names == values:
        return False
    forms = {form_of(part) for part in value.elts}
    are_constants = all(isinstance(part, ast.Constant) for part in value.elts)
    return len(forms) > 1 or are_constants


def form_of(expression: ast.expr) -> tuple[str, ...]:
    """Return an expression's form: its kinds of nodes, the functions called, the attributes read.

    Its other names and its numbers are left out.
    """
    return tuple(parts_of(expression))


def parts_of(expression: ast.expr) -> Iterator[str]:
    """Yield the parts of an expression's form."""
    nodes = list(ast.walk(expression))
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    for node in nodes:
        yield type(node).__name__
        if isinstance(node, ast.Attribute):
            yield node.attr
        elif isinstance(node, ast.Name) and node in called:
            yield node.id


def area_faults(name: str, measures: Measures) -> list[str]:
    """Return in what an area exceeds its limits."""
    faults = []
    most_tokens = AREAS[name].most_tokens
    if most_tokens is not None and measures.tokens > most_tokens:
        faults.append(f"{name}: {measures.tokens:,} code tokens, at most {most_tokens:,}")
    most_tokens_a_line = AREAS[name].most_tokens_a_line
    if measures.tokens_a_line > most_tokens_a_line:
        density = f"{measures.tokens_a_line:.2f} code tokens a line of code"
        faults.append(f"{name}: {density}, at most {most_tokens_a_line}")
    if measures.packed_share > MOST_PACKED:
        share = f"{measures.packed_share:.1%} of the assignments are packed"
        faults.append(f"{name}: {share}, at most {MOST_PACKED:.1%}")
        faults += measures.packed
    for place in measures.long_functions:
        faults.append(f"{place}, at most {LONGEST_FUNCTION}")
    for place in measures.long_files:
        faults.append(f"{place}, at most {LONGEST_FILE}")
    return faults


def walrus_faults(areas: list[Measures]) -> list[str]:
    """Return the walrus operators of all areas where there are too many."""
    walrus = []
    for measures in areas:
        walrus += measures.walrus
    if len(walrus) <= MOST_WALRUS:
        return []
    return [f"{len(walrus)} walrus operators in all areas, at most {MOST_WALRUS}", *walrus]


def measure_areas(root: Path = ROOT) -> dict[str, Measures]:
    """Measure the areas of a project."""
    return {name: measure(read_area(name, root)) for name in AREAS}


def all_faults(areas: dict[str, Measures]) -> list[str]:
    """Return in what the areas exceed their limits."""
    faults = []
    for name, measures in areas.items():
        faults += area_faults(name, measures)
    return faults + walrus_faults(list(areas.values()))


def figures(name: str, measures: Measures) -> str:
    """Return the figures of an area in one line."""
    most_tokens = AREAS[name].most_tokens
    of_most = "" if most_tokens is None else f" of {most_tokens:,}"
    return (
        f"{name}: {measures.tokens:,}{of_most} code tokens,"
        f" {measures.tokens_a_line:.2f} a line of {measures.lines:,},"
        f" {measures.packed_share:.1%} of {measures.assignments} assignments packed,"
        f" {len(measures.walrus)} walrus,"
        f" {len(measures.long_functions)} functions over {LONGEST_FUNCTION} lines,"
        f" {len(measures.long_files)} files over {LONGEST_FILE}"
    )


if __name__ == "__main__":
    found = measure_areas()
    for area, area_measures in found.items():
        print(figures(area, area_measures))
    print(*all_faults(found), sep="\n")
