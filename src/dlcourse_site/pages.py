"""Read a page as the site shows it: its code blocks, outputs, figures and bound numbers, each with its place.

Includes are expanded by the snippets preprocessor of mkdocs.yml itself, so what runs is what is shown.
"""

import ast
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import markdown
from mkdocs.config import load_config
from pytest_codeblocks.main import CodeBlock, extract_from_buffer

from dlcourse_site.census import code_texts

FENCE = re.compile(r"(\s*)(`{3,}|~{3,})(.*)")
INFO = re.compile(r'(python|bash|text)(?: title="([^"]+)")?')
NOT_CODE = re.compile(r"\s*<!--\s*not code:\s*\S.*-->\s*")
SKIP = re.compile(r"""pytest\.mark\.skip\(reason=(["'])(.*\S.*)\1\)""")
STOCK_COMMENT = re.compile(r"<!--[-\s]*pytest-codeblocks:")
FIGURE = re.compile(r'!\[[^\]]*\]\((snippets/[^)\s]+\.svg)(?: "[^"]*")?\)')
NUMBER = re.compile(
    r"(?P<number>[-−+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?%?)?[*_$]*"  # the number, perhaps emphasised
    r"<!--=\s*(?P<value>[^:>]*?)\s*(?::(?P<format>[^>]*?))?\s*-->"
)
LINK = re.compile(r"\]\(([^)\s:#]+\.(?:md|py))[)#\s]")
ARITHMETIC = (ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.Constant, ast.Tuple, ast.Load)
NAMED = (ast.Name, ast.Attribute, ast.Subscript)


class Mend(Exception):
    """A line breaks a rule of pages; the text says which, and how to mend it."""


def must(holds: object, mend: str) -> None:
    """Raise Mend where a rule does not hold."""
    if not holds:
        raise Mend(mend)


class Line(str):
    """A line of text that remembers its file and its number there (0 when there is no such file)."""

    path: Path
    number: int

    @classmethod
    def of(cls, text: str, path: Path, number: int) -> "Line":
        """Return a text with its place."""
        line = cls(text)
        line.path, line.number = path, number
        return line

    def __radd__(self, indent: str) -> "Line":  # the preprocessor puts the include's indentation before it
        return Line.of(indent + str(self), self.path, self.number)


def read_lines(path: Path) -> list[Line]:
    """Read a file as the preprocessor does: a last empty line stands for the newline at the end."""
    text = path.read_text("utf-8") if path.is_file() else ""
    return [Line.of(line, path, number if text else 0) for number, line in enumerate(text.split("\n"), 1)]


@dataclass
class Block:
    """Something on a page that is checked.

    `kind` is python, bash, output, text, figure, number, or problem. `source` is the file in snippets/ that
    is shown. `note` says how to mend a problem, or why a bash block is excused.
    """

    kind: str
    line: Line
    source: Path | None = None
    code: CodeBlock | None = None
    note: str = ""
    bound: dict[str, str] = field(default_factory=dict)  # number, value, format

    @property
    def text(self) -> str:
        """The code as its file has it; what stands on the page itself, as it stands there."""
        return self.source.read_text("utf-8") if self.source else self.code.code if self.code else ""


class Course:
    """The pages of a project folder."""

    def __init__(self, root: Path):
        self.root, self.snippets = root, root / "snippets"
        config = load_config(str(root / "mkdocs.yml"), plugins=[], theme="mkdocs")  # the extensions will do
        names = [n for n in config.markdown_extensions if not n.startswith("dlcourse_site")]  # no KaTeX here
        self.markdown = markdown.Markdown(extensions=names, extension_configs=config.mdx_configs)
        self.include = self.markdown.preprocessors["snippet"]
        find = self.include.get_snippet_path
        self.include.get_snippet_path = lambda path: find(path) or str(self.snippets / path)
        self.include.read_lines = lambda path: read_lines(Path(path))

    def name(self, path: Path) -> str:
        """Name a file as seen from the project folder."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)

    def at(self, line: Line) -> str:
        """Name a line's place, such as `docs/neuron/index.md:12`."""
        return f"{self.name(line.path)}:{line.number}"

    def paths(self) -> list[Path]:
        """Return the pages, then the labs."""
        return sorted(self.root.glob("docs/**/*.md")) + sorted(self.root.glob("docs/*/lab.py"))

    def read(self, path: Path) -> list[Block]:
        """Return a page's blocks in reading order; a line that breaks a rule is a block of kind problem."""
        if path.suffix == ".py":
            return [Block("cell", Line.of("", path, 1), code=CodeBlock(text, 1)) for text in lab_cells(path)]
        lines = placed(self.include.run(without_front_matter(read_lines(path))), path)
        ends, text = find_fences(lines)
        codes = {code.lineno - 1: code for code in extract_from_buffer(io.StringIO(text), 10**6)}
        blocks, index = [], 0
        while index < len(lines):
            end = ends.get(index, index)
            try:
                if index in ends:
                    before = lines[index - 1] if index else ""
                    blocks.append(self.read_fence(before, lines[index : end + 1], codes.get(index)))
                else:
                    blocks += self.read_prose(lines[index])
            except Mend as mend:
                blocks.append(Block("problem", lines[index], note=str(mend)))
            index = end + 1
        return blocks + self.find_other_code(lines, ends)

    def read_fence(self, before: str, lines: list[Line], code: CodeBlock | None) -> Block:
        """Return the block that a fence is, given with the line before it; raise Mend if it breaks a rule."""
        line, *body = lines
        ours = '```python title="snippets/<chapter>/<idea>.py", ```bash and ```text'
        must(code, f"nothing runs {line.strip()!r}: the fences that are checked are {ours}, closed by ```")
        assert code
        language, title = INFO.fullmatch(line.strip(" `")).groups()  # type: ignore[union-attr] # the grammar saw it
        sources = {part.path for part in body[:-1]}
        source = sources.pop() if len(sources) == 1 else line.path
        block = Block(language, line, source if source.is_relative_to(self.snippets) else None, code)
        for mark in code.marks:
            reason = SKIP.fullmatch(mark.strip())
            must(
                reason and language == "bash",
                f'{mark}: only bash is excused, by pytest.mark.skip(reason="why")',
            )
            block.note = reason[2] if reason else ""
        if block.source and source.suffix != ".out":
            must(source.is_file(), f"{self.name(source)} does not exist: write it, or mend the include")
        if block.source and source.is_file():
            whole = "\n".join(read_lines(source)) + "\n" == code.code
            must(whole, f"the fence must hold the whole of {self.name(source)} and nothing else")
        if language == "python":
            mend = 'move it to snippets/<chapter>/<idea>.py and include that: --8<-- "<chapter>/<idea>.py"'
            must(block.source and source.suffix == ".py", f"Python on the page itself does not run: {mend}")
            must(
                title == self.name(source),
                f'the fence includes {self.name(source)}: give it that as title=""',
            )
        if language == "text" and block.source and source.suffix == ".out":
            block.kind = "output"
        elif language == "text":
            mend = "include a snippet's .out, or put <!--not code: why--> on the line before"
            must(NOT_CODE.fullmatch(before), f"nothing checks this text: {mend}")
        return block

    def read_prose(self, line: Line) -> list[Block]:
        """Return the figures and the bound numbers of a line outside the fences."""
        must(
            "```" not in line and "~~~" not in line,
            "a fence opens and closes on lines of its own, not in a quote",
        )
        stock = (
            "pytest-codeblocks' comments have no effect here: every block stands alone, its output in a .out"
        )
        must(not STOCK_COMMENT.search(line), stock)
        for link in LINK.findall(line):
            must((line.path.parent / link).is_file(), f"the link leads to {link}, where no page is")
        figures = [Block("figure", line, self.root / figure[1]) for figure in FIGURE.finditer(line)]
        return figures + [
            Block("number", line, bound=number.groupdict("")) for number in NUMBER.finditer(line)
        ]

    def find_other_code(self, lines: list[Line], ends: dict[int, int]) -> list[Block]:
        """Find code that Markdown renders although it stands in no fence: indented, or raw HTML."""
        fenced = {"".join("".join(lines[start + 1 : end]).split()) for start, end in ends.items()}
        inside = {index for start, end in ends.items() for index in range(start, end + 1)}
        html = self.markdown.reset().convert("\n".join(lines))
        found = []
        for text in code_texts(html):
            if "".join(text.split()) not in fenced:
                first = text.strip().split("\n")[0]
                places = [line for index, line in enumerate(lines) if index not in inside and first in line]
                mend = (
                    "code outside a fence (indented, or raw HTML) does not run: include a snippet in a fence"
                )
                found.append(Block("problem", places[0] if places else lines[0], note=mend))
        return found


def lab_cells(path: Path) -> list[str]:
    """Return the code cells of a lab as its page shows them."""
    import jupytext  # here, because it takes a second and a page's author may have no lab in hand

    return [f"{cell.source}\n" for cell in jupytext.read(path).cells if cell.cell_type == "code"]


def placed(lines: list[str], path: Path) -> list[Line]:
    """Give the place of the line before to what the preprocessor made anew: escaped includes and the like."""
    placed = [Line.of("", path, 1)]
    for line in lines:
        place = placed[-1]
        placed.append(line if isinstance(line, Line) else Line.of(line, place.path, place.number))
    return placed[1:]


def without_front_matter(lines: list[Line]) -> list[Line]:
    """Blank the YAML between two `---` at the top of a page; the lines keep their numbers."""
    rules = [index for index, line in enumerate(lines) if line.rstrip() == "---"]
    end = rules[1] if rules[:1] == [0] and len(rules) > 1 else -1
    return [Line.of("", line.path, line.number) if i <= end else line for i, line in enumerate(lines)]


def find_fences(lines: list[Line]) -> tuple[dict[int, int], str]:
    """Return the last line of each fence by its first, and the page as pytest-codeblocks' grammar reads it.

    In that text languages stand bare, and fences that are not ours are blank; the lines keep their numbers.
    """
    ends, text, index = {}, "", 0
    while index < len(lines):
        line, end = lines[index], index
        part = ["" if STOCK_COMMENT.search(line) else str(line)]
        if fence := FENCE.match(line):
            indent, ticks, info = fence.groups()
            end = next((i for i in range(index + 1, len(lines)) if lines[i].strip() == ticks), index)
            part = [""] * (end - index + 1)
            if (known := INFO.fullmatch(info.rstrip())) and ticks[0] == "`" and end > index:
                part = [indent + ticks + known[1], *lines[index + 1 : end + 1]]
            ends[index] = end
        text += "\n".join(part) + "\n"
        index = end + 1
    return ends, text


def snippets_named(value: str) -> set[str]:
    """Return the snippets in a bound value such as `forward.y[0]`; none unless all is names, arithmetic."""
    try:
        nodes = list(ast.walk(ast.parse(value, mode="eval").body))
    except SyntaxError:
        return set()
    is_plain = all(isinstance(node, NAMED + ARITHMETIC) for node in nodes)
    return {node.id for node in nodes if isinstance(node, ast.Name)} if is_plain else set()
