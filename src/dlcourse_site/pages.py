"""Read a page: its code blocks, outputs, figures and bound numbers, each with its place.

Includes are expanded by the snippets preprocessor of mkdocs.yml itself, so that what runs is what
is shown.
"""

import html
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import markdown
from pytest_codeblocks.main import CodeBlock, extract_from_buffer

from dlcourse_site.places import EXERCISES, INCLUDED, BrokenRule, line_of, name_in
from dlcourse_site.settings import FRONT_MATTER, read_settings
from dlcourse_site.shown import LINE, show

FENCE = re.compile(
    r"^(?:[ \t]*<!--(?P<mark>[ \t]*(?:pytest\.mark\.|not code:).*)-->[ \t]*\n)?"
    r"(?P<line>(?P<indent>[ \t]*)(?P<ticks>`{3,}|~{3,})(?P<info>.*))\n"
    r"(?P<body>(?:.*\n)*?)[ \t]*(?P=ticks)[ \t]*$",
    re.MULTILINE,
)
INFO = re.compile(r'(python|bash|text)(?: title="([^"]+)")?')
INCLUDE = re.compile(r'^[ \t]*-+8<-+ "([^":]+)[^"]*"[ \t]*$', re.MULTILINE)
SKIP = re.compile(r"""pytest\.mark\.skip\(reason=(["'])(.*\S.*)\1\)""")
NOT_CODE = re.compile(r"\s*not code:\s*\S")
FIGURE = re.compile(r'!\[[^\]]*\]\((snippets/[^)\s]+\.svg)(?: "[^"]*")?\)')
NUMBER = re.compile(
    r"(?P<number>[-−+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?%?)?[*_$]*"  # perhaps emphasized
    r"<!--=\s*(?P<value>[^:>]*?)\s*(?::(?P<format>[^>]*?))?\s*-->"
)
PRE = re.compile(r"<pre\b[^>]*>(.*?)(?:</pre>|\Z)", re.DOTALL | re.IGNORECASE)

UNRUN = (
    'checked are ```python title="snippets/<chapter>/<idea>.py", ```bash and ```text, closed by ```'
)
BAD_PROSE = {  # what must not stand outside the fences, and how to fix it
    r"^[ \t]*((?:```|~~~).*)": f"nothing runs '{{}}': {UNRUN}",
    r"^[ \t]*[^\s`~].*?(```|~~~)": "a fence opens and closes on lines of its own, not in a quote",
    r"^[ \t]*(-+8<-+)": 'an include stands on one line: --8<-- "<chapter>/<file>"',
}
OTHER_CODE = (
    "code outside a fence (indented, or raw HTML) does not run: include a snippet in a fence"
)
INLINE_PYTHON = (
    "Python on the page itself does not run: move it to snippets/<chapter>/<idea>.py and include"
    ' that: --8<-- "<chapter>/<idea>.py"'
)
INLINE_TEXT = (
    "nothing checks this text: include a snippet's .out, or put <!--not code: why--> on the line"
    " before"
)


def must(holds: object, remedy: str) -> None:
    """Raise BrokenRule where a rule does not hold."""
    if not holds:
        raise BrokenRule(remedy)


@dataclass
class Block:
    """Something on a page that is checked.

    `kind` is python, bash, excused (bash that does not run), output, text, figure, number, lab, or
    problem. `source` is the shown file of snippets/, `text` the code as readers see it. `note` says
    how to fix a problem, or why a block is excused.
    """

    kind: str
    path: Path
    line: int
    source: Path | None = None
    text: str = ""
    note: str = ""
    bound: dict[str, str] = field(default_factory=dict)  # number, value, format


class Course:
    """The pages of a project folder."""

    def __init__(self, root: Path):
        self.root = root
        self.snippets = root / "snippets"
        # Formulas need no KaTeX here
        options = read_settings(root)["markdown_extensions"]
        names = [name for name in options if not name.startswith("dlcourse_site")]
        self.markdown = markdown.Markdown(extensions=names, extension_configs=options)
        self.include = self.markdown.preprocessors["snippet"]
        self.include.base_path = [str(root / folder) for folder in INCLUDED]
        self.include.check_paths = False  # a file that is missing is named with its line

    def name(self, path: Path) -> str:
        """Name a file as seen from the project folder."""
        return name_in(self.root, path)

    def at(self, block: Block) -> str:
        """Name a block's place, such as `docs/neuron/index.md:12`."""
        return f"{self.name(block.path)}:{block.line}"

    def find(self, included: str) -> Path:
        """Return the file that an include names, whether it exists or not."""
        path = self.include.get_snippet_path(included) or self.snippets / included
        return Path(os.path.abspath(path))

    def read(self, path: Path) -> list[Block]:
        """Return a page's blocks in reading order; what breaks a rule is a block of kind problem.

        The blocks of a text that the page includes come last, with their own places; those of an
        exercise or a quiz have the place of its line.
        """
        text = path.read_text("utf-8") if path.is_file() else ""
        return self.read_text(text, path)

    def read_text(self, text: str, path: Path) -> list[Block]:
        """Return the blocks of a text that stands on a page."""
        page = blank(FRONT_MATTER, text)
        unfenced = blank(FENCE, page)
        prose = blank(INCLUDE, unfenced)

        blocks = []

        def add(kind: str, position: int, **rest: Any) -> Block:
            block = Block(kind, path, line_of(page, position), **rest)
            blocks.append(block)
            return block

        for fence in FENCE.finditer(page):
            block = add("problem", fence.start("line"))
            try:
                self.fill(block, fence)
            except BrokenRule as broken:
                block.kind = "problem"
                block.note = str(broken)
        for figure in FIGURE.finditer(prose):
            add("figure", figure.start(), source=self.root / figure[1])
        for number in NUMBER.finditer(prose):
            add("number", number.end(), bound=number.groupdict(""))
        for position, remedy in self.bad_prose(prose):
            add("problem", position, note=remedy)
        blocks.sort(key=lambda block: block.line)

        for name in INCLUDE.findall(unfenced):
            blocks += self.read(self.find(name))
        for shown in LINE.finditer(unfenced):
            line = line_of(page, shown.start())
            try:
                part = self.read_text(show(shown, self.root), path)
            except BrokenRule as broken:
                part = [Block("problem", path, line, note=str(broken))]
            blocks += [replace(block, line=line) for block in part]
        return blocks

    def bad_prose(self, prose: str) -> Iterator[tuple[int, str]]:
        """Yield the position of each code that stands outside a fence, and how to fix it."""
        for pattern, rule in BAD_PROSE.items():
            for bad in re.finditer(pattern, prose, re.MULTILINE):
                yield bad.start(1), rule.format(bad[1])
        for code in code_texts(self.markdown.reset().convert(prose)):
            first_line = code.strip().split("\n")[0]
            yield prose.find(first_line), OTHER_CODE

    def fill(self, block: Block, fence: re.Match[str]) -> None:
        """Set the kind of a fence's block, and what it shows.

        Raises: BrokenRule where the fence breaks a rule.
        """
        info = INFO.fullmatch(fence["info"].strip())
        if info is None or fence["ticks"][0] != "`":
            raise BrokenRule(f"nothing runs {fence['line'].strip()!r}: {UNRUN}")
        block.kind, title = info.groups()
        code = self.expand(fence, block.kind)
        block.text = code.code.rstrip("\n") + "\n"  # an included file ends in a line of its own
        for mark in code.marks:
            excuse(block, mark)

        source = self.included_file(fence) or block.path
        is_snippet = source.is_relative_to(self.snippets)
        is_exercise = source.is_relative_to(self.root / EXERCISES)
        if is_snippet or is_exercise:
            self.fill_from_file(block, source, code)
        if block.kind == "python":
            name = self.name(source)
            must(block.source and source.suffix == ".py", INLINE_PYTHON)
            must(title == name, f'the fence includes {name}: give it that as title=""')
            if is_exercise:
                block.kind = "text"  # its own check runs it
        elif block.kind == "text" and is_snippet and source.suffix == ".out":
            block.kind = "output"
        elif block.kind == "text":
            must(NOT_CODE.match(fence["mark"] or ""), INLINE_TEXT)

    def expand(self, fence: re.Match[str], language: str) -> CodeBlock:
        """Return the code of a fence, with its includes, as pytest-codeblocks reads it."""
        opening = f"<!--{fence['mark'] or ''}-->\n{fence['indent']}{fence['ticks']}{language}"
        text = f"{opening}\n{fence['body']}{fence['ticks']}"
        lines = self.include.run(text.split("\n"))
        return extract_from_buffer(io.StringIO("\n".join(lines)))[0]

    def included_file(self, fence: re.Match[str]) -> Path | None:
        """Return the first file that a fence includes; None where not every line is an include."""
        lines = fence["body"].splitlines()
        names = INCLUDE.findall(fence["body"])
        if not names or len(names) < len(lines):
            return None
        return self.find(names[0])

    def fill_from_file(self, block: Block, source: Path, code: CodeBlock) -> None:
        """Take a snippet's file, or what it printed, as what a block shows.

        Raises: BrokenRule where there is no such file, or the fence does not show all of it.
        """
        block.source = source
        name = self.name(source)
        if source.is_file():
            block.text = source.read_text("utf-8")
            is_whole = code.code == block.text + "\n"
            must(is_whole, f"the fence must hold the whole of {name} and nothing else")
        else:
            is_output = source.suffix == ".out"  # which a run with --update-outputs writes
            must(is_output, f"{name} does not exist: write it, or fix the include")
            block.text = ""


def excuse(block: Block, mark: str) -> None:
    """Keep a block from running.

    Raises: BrokenRule unless the block is bash and the mark a skip with its reason.
    """
    skip = SKIP.fullmatch(mark.strip())
    if skip is None or block.kind != "bash":
        raise BrokenRule(f'{mark}: only bash is excused, by pytest.mark.skip(reason="why")')
    block.kind = "excused"
    block.note = skip[2]


def code_texts(page: str) -> list[str]:
    """Return the text of each code block in a page's HTML."""
    texts = []
    for block in PRE.findall(page):
        text = re.sub(r"<[^>]*>", "", block)
        texts.append(html.unescape(text))
    return texts


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Return a text with blanks where a pattern matches, so that all else keeps its place."""

    def blanks(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    return pattern.sub(blanks, text)
