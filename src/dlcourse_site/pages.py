"""Read a page: its code blocks, outputs, figures and bound numbers, each with its place.

Includes are expanded by the snippets preprocessor of mkdocs.yml itself, so what runs is what is shown.
"""

import html
import io
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

import markdown
from mkdocs.config import load_config
from pytest_codeblocks.main import extract_from_buffer

from dlcourse_site.places import line_of

FRONT_MATTER = re.compile(r"\A---\n.*?^---$", re.DOTALL | re.MULTILINE)
FENCE = re.compile(
    r"^(?:[ \t]*<!--(?P<mark>[ \t]*(?:pytest\.mark\.|not code:).*)-->[ \t]*\n)?"
    r"(?P<line>(?P<indent>[ \t]*)(?P<ticks>`{3,}|~{3,})(?P<info>.*))\n"
    r"(?P<body>(?:.*\n)*?)[ \t]*(?P=ticks)[ \t]*$",
    re.MULTILINE,
)
INFO = re.compile(r'(python|bash|text)(?: title="([^"]+)")?')
INCLUDE = re.compile(r'^[ \t]*-+8<-+ "([^":]+)[^"]*"[ \t]*$', re.MULTILINE)
SKIP = re.compile(r"""pytest\.mark\.skip\(reason=(["'])(.*\S.*)\1\)""")
FIGURE = re.compile(r'!\[[^\]]*\]\((snippets/[^)\s]+\.svg)(?: "[^"]*")?\)')
NUMBER = re.compile(
    r"(?P<number>[-−+]?\d[\d,]*(?:\.\d+)?(?:e[-+]?\d+)?%?)?[*_$]*"  # the number, perhaps emphasised
    r"<!--=\s*(?P<value>[^:>]*?)\s*(?::(?P<format>[^>]*?))?\s*-->"
)
PRE = re.compile(r"<pre\b[^>]*>(.*?)(?:</pre>|\Z)", re.DOTALL | re.IGNORECASE)
UNRUN = (
    'checked are ```python title="snippets/<chapter>/<idea>.py", ```bash and ```text, closed by ```'
)
BAD_PROSE = {  # what may not stand outside the fences, and how to mend it
    r"^[ \t]*((?:```|~~~).*)": f"nothing runs '{{}}': {UNRUN}",
    r"^[ \t]*[^\s`~].*?(```|~~~)": "a fence opens and closes on lines of its own, not in a quote",
    r"^[ \t]*(-+8<-+)": 'an include stands on one line: --8<-- "<chapter>/<file>"',
}
OTHER_CODE = (
    "code outside a fence (indented, or raw HTML) does not run: include a snippet in a fence"
)


class Mend(Exception):
    """A line breaks a rule of pages; the text says which, and how to mend it."""


def must(holds: object, mend: str) -> None:
    """Raise Mend where a rule does not hold."""
    if not holds:
        raise Mend(mend)


@dataclass
class Block:
    """Something on a page that is checked.

    `kind` is python, bash, excused (bash that does not run), output, text, figure, number, lab, or problem.
    `source` is the shown file of snippets/, `text` the code as readers see it. `note` says how to mend a
    problem, or why a block is excused.
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
        self.root, self.snippets = root, root / "snippets"
        config = load_config(
            str(root / "mkdocs.yml"), plugins=[], theme="mkdocs"
        )  # the extensions will do
        names = [
            n for n in config.markdown_extensions if not n.startswith("dlcourse_site")
        ]  # no KaTeX here
        self.markdown = markdown.Markdown(extensions=names, extension_configs=config.mdx_configs)
        self.include = self.markdown.preprocessors["snippet"]
        self.include.check_paths = False  # a file that is missing is named with its line

    def name(self, path: Path) -> str:
        """Name a file as seen from the project folder."""
        return (
            path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
        )

    def at(self, block: Block) -> str:
        """Name a block's place, such as `docs/neuron/index.md:12`."""
        return f"{self.name(block.path)}:{block.line}"

    def paths(self) -> list[Path]:
        """Return the pages, then the labs."""
        return sorted(self.root.glob("docs/**/*.md")) + sorted(self.root.glob("docs/*/lab.py"))

    def find(self, included: str) -> Path:
        """Return the file that an include names, there or not."""
        return Path(
            os.path.abspath(self.include.get_snippet_path(included) or self.snippets / included)
        )

    def read(self, path: Path) -> list[Block]:
        """Return a page's blocks in reading order; what breaks a rule is a block of kind problem.

        The blocks of a text that the page includes come last, with their own places.
        """
        page = blank(FRONT_MATTER, path.read_text("utf-8") if path.is_file() else "")
        unfenced = blank(FENCE, page)
        prose = blank(INCLUDE, unfenced)
        blocks, problems = [], []
        for fence in FENCE.finditer(page):
            blocks.append(Block("problem", path, line_of(page, fence.start("line"))))
            try:
                self.fill(blocks[-1], fence)
            except Mend as mend:
                blocks[-1].kind, blocks[-1].note = "problem", str(mend)
        for figure in FIGURE.finditer(prose):
            blocks.append(
                Block("figure", path, line_of(page, figure.start()), self.root / figure[1])
            )
        for number in NUMBER.finditer(prose):
            blocks.append(
                Block("number", path, line_of(page, number.end()), bound=number.groupdict(""))
            )
        for pattern, rule in BAD_PROSE.items():
            problems += [
                (bad.start(1), rule.format(bad[1])) for bad in re.finditer(pattern, prose, re.M)
            ]
        for code in code_texts(self.markdown.reset().convert(prose)):
            problems.append((max(prose.find(code.strip().split("\n")[0]), 0), OTHER_CODE))
        blocks += [
            Block("problem", path, line_of(page, position), note=mend)
            for position, mend in problems
        ]
        included = [
            block for name in INCLUDE.findall(unfenced) for block in self.read(self.find(name))
        ]
        return sorted(blocks, key=lambda block: block.line) + included

    def fill(self, block: Block, fence: re.Match[str]) -> None:
        """Say of a block what its fence shows; raise Mend if that breaks a rule."""
        info = INFO.fullmatch(fence["info"].strip())
        must(info and fence["ticks"][0] == "`", f"nothing runs {fence['line'].strip()!r}: {UNRUN}")
        block.kind, title = info.groups()  # type: ignore[union-attr] # there is one
        included = [INCLUDE.fullmatch(line) for line in fence["body"].splitlines()]
        source = (
            self.find(included[0][1]) if included and included[0] and all(included) else block.path
        )
        fenced = f"{fence['indent']}{fence['ticks']}{block.kind}\n{fence['body']}{fence['ticks']}"
        lines = self.include.run(f"<!--{fence['mark'] or ''}-->\n{fenced}".split("\n"))
        code = extract_from_buffer(io.StringIO("\n".join(lines)))[0]
        block.text = code.code.rstrip("\n") + "\n"  # an included file ends in a line of its own
        for mark in code.marks:
            skip = SKIP.fullmatch(mark.strip())
            excused = f'{mark}: only bash is excused, by pytest.mark.skip(reason="why")'
            must(skip and block.kind == "bash", excused)
            block.kind, block.note = "excused", skip[2] if skip else ""
        if source.is_relative_to(self.snippets):
            block.source, name = source, self.name(source)
            is_there = source.is_file() or source.suffix == ".out"
            must(is_there, f"{name} does not exist: write it, or mend the include")
            block.text = source.read_text("utf-8") if source.is_file() else ""
            is_whole = not source.is_file() or code.code == block.text + "\n"
            must(is_whole, f"the fence must hold the whole of {name} and nothing else")
        if block.kind == "python":
            mend = 'move it to snippets/<chapter>/<idea>.py and include that: --8<-- "<chapter>/<idea>.py"'
            is_ours = block.source and source.suffix == ".py"
            must(is_ours, f"Python on the page itself does not run: {mend}")
            must(title == name, f'the fence includes {name}: give it that as title=""')
        if block.kind == "text" and block.source and source.suffix == ".out":
            block.kind = "output"
        elif block.kind == "text":
            mend = "include a snippet's .out, or put <!--not code: why--> on the line before"
            must(
                re.match(r"\s*not code:\s*\S", fence["mark"] or ""),
                f"nothing checks this text: {mend}",
            )


def code_texts(page: str) -> list[str]:
    """Return the text of each code block in a page's HTML."""
    return [html.unescape(re.sub(r"<[^>]*>", "", block)) for block in PRE.findall(page)]


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Return a text with blanks where a pattern matches, so that all else keeps its place."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
