"""Pytest plugin: run every block of every page, and compare outputs, figures and numbers in prose.

The items extend those of pytest-codeblocks; a block stands alone, so any one of them, in any order, gives its verdict.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_codeblocks.plugin import TestBlock

from dlcourse_site.outputs import difference, same_svg, same_text
from dlcourse_site.pages import Block, Course, Page
from dlcourse_site.snippets import Run, run_bash, run_python

MEND = "mend: python tasks.py outputs, then look at the difference"


class Wrong(Exception):
    """What a check found, as the text that its reader sees."""


class Lesson:
    """What the pages of one test session share: the course, and each snippet's run, which happens once."""

    def __init__(self, config: pytest.Config):
        self.course = Course(config.rootpath)
        self.seconds = float(config.getini("snippet_seconds"))
        self.is_updating = config.option.update_outputs
        self.runs: dict[Path, Run] = {}
        self.updated: list[str] = []

    def run(self, block: Block) -> Run:
        """Return what the file of a block did when it ran; with --update-outputs, write down what changed."""
        source = block.source
        assert source and block.code
        if source not in self.runs:
            if source.suffix == ".py":
                run = run_python(source, self.course.root, self.seconds)
            else:
                run = run_bash(block.code.code, self.seconds)
            self.runs[source] = run
            if self.is_updating and not run.problem:
                self.write(source, run)
        return self.runs[source]

    def write(self, source: Path, run: Run) -> None:
        """Rewrite the .out and .svg files of a snippet that no longer say what it printed and drew."""
        files = [(source.with_suffix(".out"), run.printed, same_text)] if run.printed else []
        files += [(figure_file(source, nth), svg, same_svg) for nth, svg in enumerate(run.figures, 1)]
        for file, new, same in files:
            old = file.read_text("utf-8") if file.exists() else ""
            if not old or not same(old, new):
                file.write_text(new, "utf-8", newline="\n")
                self.updated.append(f"{self.course.name(file)}: {'rewritten' if old else 'new'}")


LESSON = pytest.StashKey[Lesson]()


def figure_file(source: Path, nth: int) -> Path:
    """Name the file of a snippet's nth figure: idea.svg, idea-2.svg, ..."""
    return source.with_name(source.stem + (f"-{nth}" if nth > 1 else "") + ".svg")


class PageFile(pytest.File):
    """A page of the course."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each block, and a failing one for each line that breaks a rule."""
        lesson = lesson_of(self.config)
        page = lesson.course.read(self.path)
        names: set[str] = set()
        for block in page.blocks:
            if block.kind == "text":
                continue
            name = (
                lesson.course.name(block.source).removeprefix("snippets/")
                if block.source
                else f"line {block.line.number}"
            )
            if block.kind == "number":
                name = f"line {block.line.number} {block.bound['value'].strip()}"
            while name in names:
                name += " again"
            names.add(name)
            item = ITEMS[block.kind].from_parent(self, name=name, obj=block.code)
            item.begin(lesson, page, block)
            yield item
        for line, sentence in page.problems:
            item = Problem.from_parent(self, name=f"line {line.number} problem {len(names)}")
            names.add(item.name)
            item.begin(lesson, page, Block("problem", line, bound={"sentence": sentence}))
            yield item


class Checked(TestBlock):
    """An item that checks one block and says in plain sentences what is wrong with it."""

    def begin(self, lesson: Lesson, page: Page, block: Block) -> None:
        """Take the block to check; its kind travels with the report, for the summary."""
        self.lesson, self.page, self.block = lesson, page, block
        self.place = lesson.course.at(block.line)
        self.user_properties.append(("course", block.kind))
        if block.excuse:
            self.add_marker(pytest.mark.skip(reason=f"{self.place}: {block.excuse}"))

    def runtest(self) -> None:
        """Fail with what `check` has to say."""
        if problem := self.check():
            raise Wrong(f"{self.place}: {problem}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo) -> Any:
        """Show a finding as it is, and anything else as pytest does."""
        return (
            str(excinfo.value)
            if isinstance(excinfo.value, Wrong)
            else pytest.Item.repr_failure(self, excinfo)
        )

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where on the page the block is."""
        return self.path, max(self.block.line.number - 1, 0), f"{self.place} {self.name}"

    def check(self) -> str:
        """Return what is wrong, or nothing."""
        raise NotImplementedError


class Problem(Checked):
    """A line that breaks the rules of pages."""

    def check(self) -> str:
        """Return the sentence that was found when the page was read."""
        return self.block.bound["sentence"]


class Snippet(Checked):
    """A Python block, or a bash block."""

    def check(self) -> str:
        """Run it; what it prints and draws must be on its page."""
        source = self.block.source
        run = self.lesson.run(self.block) if source else run_bash(self.obj.code, self.lesson.seconds)
        if run.problem or not source:
            return run.problem
        out, name = source.with_suffix(".out"), self.lesson.course.name
        if run.printed and not self.page.shown("output", out):
            include = out.relative_to(self.lesson.course.snippets).as_posix()
            return f'what it prints is not on the page: add\n```text title="Output"\n--8<-- "{include}"\n```'
        for nth in range(1, len(run.figures) + 1):
            figure = figure_file(source, nth)
            if not self.page.shown("figure", figure):
                return f"what it draws is not on the page: add ![what it shows]({name(figure)})"
        return ""


class Output(Checked):
    """What a snippet printed, as the page shows it."""

    def check(self) -> str:
        """Compare the .out file with what the snippet printed now."""
        out = self.block.source
        assert out
        name = self.lesson.course.name
        block = next(
            b
            for b in self.page.blocks
            if b.kind in ("python", "bash") and b.source and b.source.with_suffix(".out") == out
        )
        run = self.lesson.run(block)
        if run.problem:
            return f"not compared, {name(block.source)} failed"
        if not run.printed:
            return f"{name(block.source)} prints nothing: take this block off the page"
        recorded = out.read_text("utf-8") if out.exists() else ""
        if same_text(recorded, run.printed):
            return ""
        return f"{name(block.source)} does not print what the page shows ({MEND})\n{difference(recorded, run.printed)}"


class Figure(Checked):
    """What a snippet drew, as the page shows it."""

    def check(self) -> str:
        """Compare the .svg file with what the snippet drew now."""
        svg, nth = self.block.source, int(self.block.bound["nth"])
        assert svg
        name = self.lesson.course.name
        blocks = [b for b in self.page.shown("python") if figure_file(b.source, nth) == svg]
        if not blocks:
            return "not compared, its snippet is not on the page"
        run = self.lesson.run(blocks[0])
        if run.problem:
            return f"not compared, {name(blocks[0].source)} failed"
        if len(run.figures) < nth:
            return f"{name(blocks[0].source)} draws {len(run.figures)} figures, so there is no {name(svg)}"
        if svg.exists() and same_svg(svg.read_text("utf-8"), run.figures[nth - 1]):
            return ""
        return f"{name(svg)} is not what {name(blocks[0].source)} draws ({MEND})"


class Number(Checked):
    """A number in prose that a snippet computed."""

    def check(self) -> str:
        """Compare the number with the value that it is bound to."""
        bound, source = self.block.bound, self.block.source
        run = self.lesson.run(self.page.shown("python", source)[0])
        value, number = bound["value"].strip(), bound["number"].replace("−", "-")
        if run.problem:
            return f"not compared, {self.lesson.course.name(source)} failed"
        try:
            computed = format(
                eval(value, {source.stem: SimpleNamespace(**run.names)}), bound["format"].strip()
            )
        except Exception as error:
            return f"{value} has no value: {type(error).__name__}: {error}"
        return "" if same_text(number, computed) else f"prose says {number}, {value} is {computed}"


ITEMS: dict[str, Any] = {
    "python": Snippet,
    "bash": Snippet,
    "output": Output,
    "figure": Figure,
    "number": Number,
}


def lesson_of(config: pytest.Config) -> Lesson:
    """Return what the session's pages share; made when the first page is collected."""
    if LESSON not in config.stash:
        config.stash[LESSON] = Lesson(config)
    return config.stash[LESSON]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-outputs and the time limit."""
    parser.addoption(
        "--update-outputs", action="store_true", help="rewrite the .out and .svg files that changed"
    )
    parser.addini("snippet_seconds", "time limit of one snippet", default="60")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to rewrite outputs where nobody looks at the difference."""
    if config.option.update_outputs:
        if os.environ.get("CI"):
            raise pytest.UsageError("--update-outputs rewrites files for a person to look at: not under CI")
        if getattr(config.option, "numprocesses", None) or hasattr(config, "workerinput"):
            raise pytest.UsageError("--update-outputs writes files: run it without -n")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> PageFile | None:
    """Take the Markdown files under docs/."""
    if file_path.suffix == ".md" and file_path.is_relative_to(parent.config.rootpath / "docs"):
        return PageFile.from_parent(parent, path=file_path)  # type: ignore[no-any-return]
    return None


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print what of the course was checked."""
    reports = [r for key in ("passed", "failed", "skipped") for r in terminalreporter.stats.get(key, [])]
    kinds: dict[str, int] = {}
    for report in reports:
        if kind := dict(getattr(report, "user_properties", [])).get("course"):
            kinds[kind] = kinds.get(kind, 0) + 1
    if kinds:
        terminalreporter.section("course")
        terminalreporter.line(", ".join(f"{kind} {count}" for kind, count in kinds.items()))
    for line in config.stash[LESSON].updated if LESSON in config.stash else []:
        terminalreporter.line(line)
