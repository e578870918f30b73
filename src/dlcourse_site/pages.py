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

MARK = re.compile(r"`{3,}|~{3,}")
INFO = re.compile(r'(python|bash|text)(?: title="([^"]+)")?')
NOT_CODE = re.compile(r"\s*<!--\s*not code:\s*\S.*-->\s*")
SKIP = re.compile(r"""pytest\.mark\.skip\(reason=(["'])(.*\S.*)\1\)""")
STOCK_COMMENT = re.compile(r"<!--[-\s]*pytest-codeblocks:")
FIGURE = re.compile(
    r'\s*!\[(?P<alt>[^\]]*)\]\((?P<src>snippets/[^)\s]+\.svg)(?: "[^"]*")?\)(?:\s*\{[^}]*\})?\s*'
)
BOUND = re.compile(
    r"(?P<number>[-−+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?%?)?[*_$]*<!--=(?P<value>[^:>]*)(?::(?P<format>[^>]*))?-->"
)
NAMED = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.Tuple, ast.UnaryOp, ast.USub, ast.Load)


class Line(str):
    """A line of text that remembers the file and the line number it came from (0 when there is no such file)."""

    path: Path
    number: int

    def __new__(cls, text: str, path: Path, number: int) -> "Line":
        line = super().__new__(cls, text)
        line.path, line.number = path, number
        return line

    def __radd__(self, indent: str) -> "Line":  # the preprocessor prepends the indentation of the include
        return Line(indent + str(self), self.path, self.number)

    def replace(self, *args: str) -> "Line":  # type: ignore[override] # it takes the `;` off an escaped include
        return Line(str.replace(self, *args), self.path, self.number)


def read_lines(path: Path) -> list[Line]:
    """Read a file as the preprocessor does: a last empty line stands for the newline at the end."""
    if not path.is_file():
        return [Line("", path, 0)]
    return [Line(text, path, number) for number, text in enumerate(path.read_text("utf-8").split("\n"), 1)]


@dataclass
class Block:
    """Something on a page that is checked.

    `kind` is python, bash, output, text, figure or number; `source` the file of snippets/ that it shows, if any.
    """

    kind: str
    line: Line
    source: Path | None = None
    code: CodeBlock | None = None
    excuse: str = ""
    bound: dict[str, str] = field(default_factory=dict)


@dataclass
class Page:
    """What a page holds, and a sentence for each line that breaks the rules of pages."""

    path: Path
    blocks: list[Block] = field(default_factory=list)
    problems: list[tuple[Line, str]] = field(default_factory=list)

    def shown(self, kind: str, source: Path | None = None) -> list[Block]:
        """Return the blocks of this kind, only those of this file if one is given."""
        return [b for b in self.blocks if b.kind == kind and source in (None, b.source)]


class Course:
    """The pages of one project folder."""

    def __init__(self, root: Path):
        self.root, self.snippets = root, root / "snippets"
        config = load_config(
            str(root / "mkdocs.yml"), plugins=[], theme="mkdocs"
        )  # the extensions are all we need
        names = [
            name for name in config.markdown_extensions if not name.startswith("dlcourse_site")
        ]  # no KaTeX here
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

    def read(self, path: Path) -> Page:
        """Read one page; what breaks a rule becomes a problem of the page, so that the rest of it is still checked."""
        page = Page(path)
        lines = self.include.run(without_front_matter(read_lines(path)))
        fences, text = find_fences(lines, page)
        codes = extract_from_buffer(io.StringIO(text), max_num_lines=10**6)
        blocks = {}
        for (start, end, info), code in zip((f for f in fences if f[2]), codes, strict=True):
            blocks[start] = self.read_fence(page, lines, start, end, info, code)
        inside = {index for start, end, _ in fences for index in range(start, end + 1)}
        for index, line in enumerate(lines):
            if index in blocks:
                page.blocks += [block for block in [blocks[index]] if block]
            elif index not in inside:
                self.read_prose(page, lines, index, line)
        self.find_other_code(page, lines, fences, inside)
        for block in page.blocks:
            self.find_code_of(page, block)
        return page

    def read_fence(
        self, page: Page, lines: list[Line], start: int, end: int, info: re.Match, code: CodeBlock
    ) -> Block | None:
        """Return the block that a fence is, or note what is wrong with it."""
        line, body, language, title = lines[start], lines[start + 1 : end], info[1], info[2]
        sources = {part.path for part in body}
        source = sources.pop() if len(sources) == 1 else None
        if source and source.is_relative_to(self.snippets) and source != page.path:
            if source.suffix != ".out" and not source.is_file():
                return page.problems.append(
                    (line, f"{self.name(source)} does not exist: write it, or mend the include")
                )
            if source.is_file() and list(map(str, read_lines(source))) != (code.code[:-1].split("\n")):
                return page.problems.append(
                    (line, f"include the whole of {self.name(source)}, and nothing else, in this fence")
                )
        else:
            source = None
        block = Block(language, line, source, code)
        if language == "python" and not (source and source.suffix == ".py"):
            mend = 'put it into snippets/<chapter>/<idea>.py and include that: --8<-- "<chapter>/<idea>.py"'
            return page.problems.append((line, f"Python that stands on the page itself does not run: {mend}"))
        if language == "python" and title != self.name(source):
            return page.problems.append(
                (line, f'the fence must say title="{self.name(source)}", the file that it includes')
            )
        if language == "text" and source and source.suffix == ".out":
            block.kind = "output"
        elif language == "text" and not NOT_CODE.fullmatch(lines[start - 1]):
            mend = "include a snippet's .out, or say <!--not code: why--> on the line before"
            return page.problems.append((line, f"a text block is what a snippet printed: {mend}"))
        for mark in code.marks:
            reason = SKIP.fullmatch(mark.strip())
            if language != "bash" or not reason:
                mend = 'only bash blocks may be excused, by <!--pytest.mark.skip(reason="…")--> with a reason'
                return page.problems.append((line, f"{mark}: {mend}"))
            block.excuse = reason[2]
        return block

    def read_prose(self, page: Page, lines: list[Line], index: int, line: Line) -> None:
        """Add the figure or the bound numbers of a line outside the fences."""
        figure = FIGURE.fullmatch(line)
        around = lines[max(index - 1, 0) : index] + lines[index + 1 : index + 2]
        if figure and not any(map(str.strip, around)):
            page.blocks.append(Block("figure", line, self.root / figure["src"], bound=figure.groupdict()))
        elif "](snippets/" in line:
            page.problems.append(
                (
                    line,
                    "a figure stands alone in its paragraph: ![what it shows](snippets/<chapter>/<idea>.svg)",
                )
            )
        for bound in BOUND.finditer(line):
            page.blocks.append(Block("number", line, bound=bound.groupdict("")))

    def find_other_code(self, page: Page, lines: list[Line], fences: list, inside: set[int]) -> None:
        """Note code that Markdown would render although it stands in no fence: indented, or raw HTML."""
        self.markdown.reset()
        known = {" ".join(" ".join(lines[start + 1 : end]).split()) for start, end, _ in fences}
        for text in code_texts(self.markdown.convert("\n".join(lines))):
            if " ".join(text.split()) not in known:
                first = text.strip().split("\n")[0].strip()
                places = [line for index, line in enumerate(lines) if index not in inside and first in line]
                sentence = "code outside a fence (indented, or raw HTML) does not run: use a ```python fence with an include"
                page.problems.append((places[0] if places else lines[0], sentence))

    def find_code_of(self, page: Page, block: Block) -> None:
        """Note an output, figure or number whose snippet is not on the page."""
        if block.kind == "output" and not any(
            page.shown(k, block.source.with_suffix(s)) for k, s in (("python", ".py"), ("bash", ".sh"))
        ):
            page.problems.append(
                (block.line, f"the page shows {self.name(block.source)} but not the snippet that prints it")
            )
        if block.kind == "figure":
            block.bound["nth"] = (re.search(r"-(\d+)$", block.source.stem) or ["", "1"])[1]
            drawing = block.source.with_name(re.sub(r"-\d+$", "", block.source.stem) + ".py")
            if not block.bound["alt"].strip():
                page.problems.append(
                    (block.line, "a figure needs alternative text that says what the picture shows")
                )
            if not page.shown("python", drawing):
                mend = 'show it, or fold it below the figure (??? example "How this figure is drawn")'
                page.problems.append(
                    (block.line, f"the code of this figure, {self.name(drawing)}, is not on the page: {mend}")
                )
        if block.kind == "number":
            stem = names_value(block.bound["value"].strip())
            sources = {b.source for b in page.shown("python") if b.source.stem == stem}
            if not block.bound["number"] or len(sources) != 1:
                mend = "write 0.525<!--= forward.y:.3f -->, where one snippet on this page is forward.py and has a variable y"
                page.problems.append(
                    (
                        block.line,
                        f"<!--={block.bound['value']}--> binds no number to a snippet's variable: {mend}",
                    )
                )
                block.kind = "text"
            else:
                block.source = sources.pop()


def names_value(expression: str) -> str:
    """Return the snippet that an expression such as `forward.y[0]` names, or nothing when it is something else."""
    try:
        node = tree = ast.parse(expression, mode="eval").body
    except SyntaxError:
        return ""
    if not all(isinstance(part, NAMED) for part in ast.walk(tree)):
        return ""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node, inner = node.value, node
    return (
        node.id
        if isinstance(node, ast.Name) and node is not tree and isinstance(inner, ast.Attribute)
        else ""
    )


def without_front_matter(lines: list[Line]) -> list[Line]:
    """Blank the YAML between the two `---` at the top of a page; the lines keep their numbers."""
    end = (
        next((i for i, line in enumerate(lines) if i and line.strip() == "---"), 0)
        if lines[0] == "---"
        else -1
    )
    return [Line("" if index <= end else line, line.path, line.number) for index, line in enumerate(lines)]


def find_fences(lines: list[Line], page: Page) -> tuple[list[tuple[int, int, re.Match | None]], str]:
    """Return start, end and description of each fence, and the text with bare language names for the grammar.

    A fence without description is one that no runner knows: it is a problem, and blank in the text.
    """
    fences, text, index = [], [], 0
    while index < len(lines):
        line, mark = lines[index], MARK.search(lines[index])
        if not mark:
            if STOCK_COMMENT.search(line):
                page.problems.append(
                    (
                        line,
                        "pytest-codeblocks' own comments are not used here: each block stands alone, its output in a .out",
                    )
                )
                line = Line("", line.path, line.number)
            text.append(line)
            index += 1
            continue
        indent, info = line[: mark.start()], line[mark.end() :].rstrip()
        end = next((i for i in range(index + 1, len(lines)) if lines[i].strip() == mark[0]), None)
        known = INFO.fullmatch(info) if mark[0][0] == "`" and not indent.strip() else None
        if indent.strip() or end is None:
            page.problems.append((line, "a fence opens and closes on lines of its own"))
            end = index if end is None or indent.strip() else end
        elif not known:
            mend = '```python title="snippets/<chapter>/<idea>.py", ```bash and ```text are the fences that are checked'
            page.problems.append((line, f"nothing runs {line.strip()!r}: {mend}"))
        good = bool(known) and end > index
        fences.append((index, end, known if good else None))
        body = (
            [indent + mark[0] + known[1], *lines[index + 1 : end + 1]]
            if good and known
            else [""] * (end - index + 1)
        )
        text += body
        index = end + 1
    return fences, "\n".join(text) + "\n"
