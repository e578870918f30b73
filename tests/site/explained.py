"""Find each name's first use in the course, and whether the name was explained by then.

The snippets are walked in the order of the nav, and on a page from its start. Looked for are names
of PyTorch and of dlcourse, methods of tensors and modules, arguments of PyTorch's functions, and
idioms of Python. `explained.toml` says for each name on which page, below which heading, it is
explained. The explanation counts when the name stands there as `code`, or in a comment of a
snippet, before the block that uses it or inside it. Code that is folded because it only draws a
figure is left out.

`python tests/site/explained.py` lists the names that are used before they are explained;
`python tests/site/explained.py docs/why` lists those of one folder.
"""

import ast
import builtins
import io
import re
import sys
import tokenize
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import torch
from page_form import openers, prose_lines
from torch import nn

from dlcourse_site.pages import Course
from dlcourse_site.places import EXERCISES, line_of
from dlcourse_site.shown import LINE, show

ROOT = Path(__file__).resolve().parents[2]
TABLE = Path(__file__).with_name("explained.toml")

# Home shows a first network before the page that explains how to read one; the others are looked up
NOT_LESSONS = ("index.md", "exercises/", "glossary/", "reference/", "teach/", "checked/")
# These pages are there to explain: a block comes first, and its words may follow on the next page
EXPLAINS = "docs/code/"
DRAWS = "How this figure is drawn"
HEADING = re.compile(r"^(?:# )?(#{1,6}) +(.*?)(?: *\{ *#([\w-]+)[^}]*\})? *$")
CODE = re.compile(r"`+([^`]+)`+")
WATCHED_PACKAGES = ("torch", "dlcourse")
SHORT = {"torch.nn.functional": "F", "torch.nn": "nn"}
HAVE_METHODS = (torch.Tensor, nn.Module, torch.optim.Optimizer, torch.Generator)
PLAIN_TYPES = (str, bytes, list, dict, set, tuple, int, float, Path, io.StringIO)
IDIOMS = {
    ast.ListComp: "comprehension",
    ast.SetComp: "comprehension",
    ast.DictComp: "comprehension",
    ast.GeneratorExp: "comprehension",
    ast.Lambda: "lambda",
    ast.IfExp: "conditional expression",
    ast.NamedExpr: ":=",
    ast.Starred: "*",
    ast.Slice: "slice",
    ast.With: "with",
    ast.Assert: "assert",
    ast.Yield: "yield",
    ast.Try: "try",
}
FUNCTIONS = ("zip", "enumerate", "getattr", "any", "all", "map", "super", "sorted", "reversed")


@dataclass(frozen=True)
class Use:
    """A name's use: on which page, at which line its block begins, and where in the file."""

    name: str
    page: str
    block_line: int
    source: str
    line: int

    def __str__(self) -> str:
        return f"{self.source}:{self.line}: {self.name}"


@dataclass
class Page:
    """A page of the course: its uses in reading order, and the names it mentions by line."""

    name: str
    sections: dict[str, tuple[int, int]] = field(default_factory=dict)  # id: first, last line
    uses: list[Use] = field(default_factory=list)
    mentions: list[tuple[int, str]] = field(default_factory=list)  # a line of the page, a text


def names_in(source: str) -> Iterator[tuple[str, int]]:
    """Yield each watched name of a Python file, with its line."""
    tree = ast.parse(source)
    aliases = imported_names(tree)
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
            yield "@", line
        elif type(node) in IDIOMS:
            yield IDIOMS[type(node)], line
        elif isinstance(node, ast.ClassDef) and node.bases:
            yield "class", line
        elif isinstance(node, ast.Name):
            yield from watched_name(node.id, aliases, line)
        elif isinstance(node, ast.Attribute):
            yield from watched_attribute(node, aliases, own)
        elif isinstance(node, ast.Call):
            yield from watched_arguments(node, aliases)
        elif isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            yield "format", line


def imported_names(tree: ast.Module) -> dict[str, str]:
    """Return what each imported name stands for, as `nn` for `torch.nn`."""
    aliases = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for part in node.names:
                name = part.asname or part.name.split(".")[0]
                aliases[name] = part.name if part.asname else name
        elif isinstance(node, ast.ImportFrom):
            for part in node.names:
                aliases[part.asname or part.name] = f"{node.module}.{part.name}"
    return aliases


def is_watched(full_name: str) -> bool:
    """Tell whether a dotted name belongs to a package whose names are explained."""
    return full_name.split(".")[0] in WATCHED_PACKAGES


def shorten(full_name: str) -> str:
    """Return a dotted name as a learner writes it: `nn.Linear`, `F.relu`, `load_digits`."""
    if full_name.startswith("dlcourse."):
        return full_name.rsplit(".", 1)[-1]
    for module, short in SHORT.items():
        if full_name.startswith(f"{module}."):
            return f"{short}.{full_name.removeprefix(f'{module}.')}"
    return full_name


def watched_name(name: str, aliases: dict[str, str], line: int) -> Iterator[tuple[str, int]]:
    """Yield an imported name that is not a module, or a function of Python that is watched."""
    full_name = aliases.get(name, "")
    is_module = full_name == "torch" or full_name in SHORT
    if is_watched(full_name) and not is_module:
        yield shorten(full_name), line
    elif name in FUNCTIONS and name not in aliases and hasattr(builtins, name):
        yield name, line


def dotted(node: ast.expr, aliases: dict[str, str]) -> str:
    """Return the full name of an expression such as `nn.Linear`; '' where it has none."""
    if isinstance(node, ast.Name):
        return aliases.get(node.id, "")
    if isinstance(node, ast.Attribute):
        before = dotted(node.value, aliases)
        return f"{before}.{node.attr}" if before else ""
    return ""


def find_object(full_name: str) -> object:
    """Return what a dotted name of PyTorch stands for; None where there is no such thing."""
    found: object = torch
    for part in full_name.split(".")[1:]:
        found = getattr(found, part, None)
    return found


def watched_attribute(
    node: ast.Attribute, aliases: dict[str, str], own: set[str]
) -> Iterator[tuple[str, int]]:
    """Yield a name of a watched module, or a method or attribute that tensors or modules have."""
    full_name = dotted(node, aliases)
    if full_name:
        is_module = isinstance(find_object(full_name), ModuleType)
        if full_name.startswith("torch.") and not is_module:
            yield shorten(full_name), node.lineno
        return
    of_torch = any(hasattr(kind, node.attr) for kind in HAVE_METHODS)
    of_python = any(hasattr(kind, node.attr) for kind in PLAIN_TYPES)
    if of_torch and not of_python and node.attr not in own:
        yield f".{node.attr}", node.lineno


def watched_arguments(node: ast.Call, aliases: dict[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the named arguments of a call of PyTorch."""
    full_name = dotted(node.func, aliases)
    is_method = isinstance(node.func, ast.Attribute) and not full_name
    is_tensor_method = is_method and hasattr(torch.Tensor, node.func.attr)
    if full_name.startswith("torch.") or is_tensor_method:
        for argument in node.keywords:
            if argument.arg is not None:
                yield f"{argument.arg}=", node.lineno


def comments_in(source: str) -> str:
    """Return the comments and the docstrings of a Python file."""
    texts = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        is_text = token.type == tokenize.STRING and token.string.startswith('"""')
        if token.type == tokenize.COMMENT or is_text:
            texts.append(token.string)
    return "\n".join(texts)


def nav_names(root: Path) -> list[str]:
    """Return the pages and labs of mkdocs.yml's nav, in order."""
    nav = (root / "mkdocs.yml").read_text("utf-8").split("\nnav:")[1]
    return re.findall(r"[\s:]([\w/]+\.(?:md|py))\s*$", nav, re.MULTILINE)


def nav_pages(root: Path) -> list[Path]:
    """Return the pages of the nav that teach, in order."""
    names = nav_names(root)
    return [root / "docs" / name for name in names if not name.startswith(NOT_LESSONS)]


def read_page(path: Path, course: Course) -> Page:
    """Read what a page uses and mentions."""
    page = Page(course.name(path))
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        read_lab(page, text)
        return page
    lines = prose_lines(text)
    find_sections(page, lines)
    for number, line in enumerate(lines, start=1):
        for code in CODE.findall(line):
            page.mentions.append((number, code))
    for line in LINE.finditer(text):
        read_shown(page, line_of(text, line.start()), show(line, course.root))
    folds = openers(lines)
    for block in course.read(path):
        is_exercise = block.source is not None and EXERCISES in block.source.as_posix()
        is_drawing = any(DRAWS in opener for opener in folds[min(block.line, len(folds)) - 1])
        if (block.kind == "python" or is_exercise) and not is_drawing:
            page.mentions.append((block.line, comments_in(block.text)))
            for name, line in sorted(names_in(block.text), key=lambda pair: pair[1]):
                page.uses.append(Use(name, page.name, block.line, course.name(block.source), line))
    return page


def read_shown(page: Page, number: int, text: str) -> None:
    """Read an exercise or a quiz: all of it stands on the line that shows it."""
    for line in text.split("\n"):
        heading = HEADING.match(line)
        if heading and heading[3]:
            page.sections[heading[3]] = (number, number)
        for code in CODE.findall(line):
            page.mentions.append((number, code))


def read_lab(page: Page, text: str) -> None:
    """Read a lab: its comments are its prose, and each of its lines is a block of its own."""
    lines = text.split("\n")
    find_sections(page, lines)
    for number, line in enumerate(lines, start=1):
        _, hash_sign, comment = line.partition("# ")
        if hash_sign:
            page.mentions.append((number, comment))
    for name, line in sorted(names_in(text), key=lambda pair: pair[1]):
        page.uses.append(Use(name, page.name, line, page.name, line))


def find_sections(page: Page, lines: list[str]) -> None:
    """Note the lines of each section that has an id; the whole page is the section ''."""
    page.sections[""] = (1, len(lines))
    opened: list[tuple[int, str, int]] = []  # level, id, first line
    for number, line in enumerate([*lines, "# "], start=1):
        heading = HEADING.match(line)
        if heading is None and number <= len(lines):
            continue
        level = len(heading[1]) if heading and number <= len(lines) else 1
        while opened and opened[-1][0] >= level:
            _, name, first = opened.pop()
            page.sections[name] = (first, number - 1)
        if heading and heading[3]:
            opened.append((level, heading[3], number))


def mentions(text: str, name: str) -> bool:
    """Tell whether a text mentions a name as a word of its own."""
    bare = name.strip(".=").rsplit(".", 1)[-1]
    pattern = rf"(?<![\w]){re.escape(bare)}(?![\w])" if bare[0].isalnum() else re.escape(bare)
    return re.search(pattern, text) is not None


def read_course(root: Path = ROOT) -> list[Page]:
    """Read all pages that teach, in the order of the nav."""
    course = Course(root)
    return [read_page(path, course) for path in nav_pages(root)]


def first_uses(pages: list[Page]) -> dict[str, Use]:
    """Return the first use of each watched name."""
    uses: dict[str, Use] = {}
    for page in pages:
        for use in page.uses:
            uses.setdefault(use.name, use)
    return uses


def load_table(path: Path = TABLE) -> dict[str, str]:
    """Return where each name is explained, as `page#heading`."""
    tables = tomllib.loads(path.read_text("utf-8"))
    return {name: place for table in tables.values() for name, place in table.items()}


def fault_of(use: Use, place: str | None, pages: list[Page]) -> str | None:
    """Say why a name's first use comes before its explanation; None where it does not."""
    if place is None:
        return f"{use}: explain it before, and say where in tests/site/explained.toml"
    page_name, _, anchor = place.partition("#")
    page_names = [page.name for page in pages]
    if page_name not in page_names:
        return f"{use}: explained.toml names {place}, but there is no such page"
    page = pages[page_names.index(page_name)]
    if anchor not in page.sections:
        return f"{use}: explained.toml names {place}, but there is no such heading"
    both_explain = page_name.startswith(EXPLAINS) and use.page.startswith(EXPLAINS)
    if page_names.index(page_name) > page_names.index(use.page) and not both_explain:
        return f"{use}: used before it is explained, in {place}"
    first, last = page.sections[anchor]
    if page_name == use.page and not page_name.startswith(EXPLAINS):
        last = min(last, use.block_line)
    is_explained = any(
        first <= line <= last and mentions(text, use.name) for line, text in page.mentions
    )
    if not is_explained:
        return f"{use}: {place} does not mention it before it is used"
    return None


def find_faults(pages: list[Page], table: dict[str, str]) -> list[str]:
    """Return what is used before it is explained, with file and line."""
    faults = []
    for name, use in first_uses(pages).items():
        fault = fault_of(use, table.get(name), pages)
        if fault is not None:
            faults.append(fault)
    return faults


def suggest(use: Use, pages: list[Page]) -> str | None:
    """Return the first section that mentions a name before its first use; None if there is none."""
    for page in pages:
        for line, text in sorted(page.mentions):
            is_late = page.name == use.page and line > use.block_line
            if is_late and not page.name.startswith(EXPLAINS):
                break
            if mentions(text, use.name):
                inside = [
                    (last - first, anchor)
                    for anchor, (first, last) in page.sections.items()
                    if first <= line <= last
                ]
                return f"{page.name}#{min(inside)[1]}"
        is_last = page.name == use.page and not page.name.startswith(EXPLAINS)
        if is_last:
            return None
    return None


if __name__ == "__main__":
    all_pages = read_course()
    for use in first_uses(all_pages).values():
        if all(part in use.page for part in sys.argv[1:]):
            place = suggest(use, all_pages)
            print(f"{use}: {place or 'NOT EXPLAINED'}")
