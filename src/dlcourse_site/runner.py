"""Pytest plugin: run every block of every page, and compare outputs, figures and numbers in prose.

A block stands alone, so any of them, alone or in any order, gets the same verdict.
"""

import difflib
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_codeblocks.plugin import TestBlock

from dlcourse_site.outputs import same_svg, same_text
from dlcourse_site.pages import Block, Course, Mend, must, snippets_named
from dlcourse_site.snippets import Run, run_bash, run_python

UPDATE = "if it should be, run `python tasks.py outputs` and look at what changed"


class Lesson:
    """What the items of a session share: the course, and what each snippet did when it ran, which is once."""

    def __init__(self, config: pytest.Config):
        self.course = Course(config.rootpath)
        self.seconds = float(config.getini("snippet_seconds"))
        self.is_updating = config.option.update_outputs
        self.runs: dict[tuple[Path | None, str], Run] = {}
        self.updated: list[str] = []

    def run(self, block: Block) -> Run:
        """Return what a code block does; with --update-outputs, keep what it prints and draws now."""
        script = block.code.code if block.code else ""
        if (block.source, script) not in self.runs:
            if block.source and block.kind == "python":
                run = run_python(block.source, self.course.root, self.seconds)
            else:
                run = run_bash(script, self.seconds)
            self.runs[block.source, script] = run
            if self.is_updating and block.source and not run.problems:
                self.update(block.source, run)
        return self.runs[block.source, script]

    def update(self, source: Path, run: Run) -> None:
        """Rewrite the files beside a snippet that no longer hold what it prints and draws."""
        files = [(source.with_suffix(".out"), run.printed, same_text)] if run.printed else []
        files += [(figure_file(source, nth), svg, same_svg) for nth, svg in enumerate(run.figures, 1)]
        for file, new, is_same in files:
            old = file.read_text("utf-8") if file.exists() else None
            if old is None or not is_same(old, new):
                file.write_text(new, "utf-8", newline="\n")
                self.updated.append(f"{self.course.name(file)} {'is new' if old is None else 'has changed'}")

    def maker(self, page: list[Block], sources: set[Path] | set[str]) -> Run:
        """Return the run of the one snippet on a page with this path or stem."""
        blocks = [b for b in page if b.kind in ("python", "bash") and b.source]
        found = {b.source: b for b in blocks if b.source and {b.source, b.source.stem} & sources}
        must(
            len(found) == 1,
            "the snippet that makes it must be on this page, shown or folded below (??? example)",
        )
        block = found.popitem()[1]
        run = self.run(block)
        must(not run.problems, f"not compared, because {run.name} fails")
        return run


LESSON = pytest.StashKey[Lesson]()


def figure_file(source: Path, nth: int) -> Path:
    """Name the file of a snippet's nth figure: idea.svg, idea-2.svg, ..."""
    return source.with_name(source.stem + (f"-{nth}" if nth > 1 else "") + ".svg")


def check_code(lesson: Lesson, page: list[Block], block: Block) -> None:
    """Run a block; what its file prints and draws must be on the page."""
    run = lesson.run(block)
    must(not run.problems, "\n".join(run.problems))
    if block.source:
        shown = {other.source for other in page if other.kind in ("output", "figure")}
        out = block.source.with_suffix(".out")
        fence = f'```text title="Output"\n--8<-- "{out.relative_to(lesson.course.snippets).as_posix()}"\n```'
        must(not run.printed or out in shown, f"the page does not show what {run.name} prints; add\n{fence}")
        for nth in range(1, len(run.figures) + 1):
            svg = figure_file(block.source, nth)
            image = f"![what it shows]({lesson.course.name(svg)})"
            must(svg in shown, f"the page does not show what {run.name} draws; add\n{image}")


def check_output(lesson: Lesson, page: list[Block], block: Block) -> None:
    """Compare a .out file with what its snippet prints."""
    out = block.source
    assert out
    run = lesson.maker(page, {out.with_suffix(".py"), out.with_suffix(".sh")})
    must(run.printed, f"{run.name} prints nothing: take this block off the page and delete {out.name}")
    recorded = out.read_text("utf-8") if out.exists() else ""
    lines = difflib.unified_diff(recorded.splitlines(), run.printed.splitlines(), n=1, lineterm="")
    difference = "\n".join(list(lines)[3:])
    must(
        same_text(recorded, run.printed),
        f"{run.name} prints (+) other than is shown (-); {UPDATE}\n{difference}",
    )


def check_figure(lesson: Lesson, page: list[Block], block: Block) -> None:
    """Compare a .svg file with what its snippet draws."""
    svg = block.source
    assert svg
    stem, nth = re.fullmatch(r"(.+?)(?:-(\d+))?", svg.stem).groups("1")  # type: ignore[union-attr] # it always matches
    run = lesson.maker(page, {svg.with_name(stem + ".py")})
    drawn = run.figures[int(nth) - 1 : int(nth)]
    must(drawn, f"{run.name} draws {len(run.figures)} figures: there is no {svg.name}")
    is_same = svg.exists() and same_svg(svg.read_text("utf-8"), drawn[0])
    must(is_same, f"{run.name} draws other than {svg.name} shows; {UPDATE}")


def check_number(lesson: Lesson, page: list[Block], block: Block) -> None:
    """Compare a number in prose with the value that it is bound to."""
    number, value = block.bound["number"].replace("−", "-"), block.bound["value"]
    stems = snippets_named(value)
    must(
        number and stems,
        f"<!--= {value} --> binds nothing: write 0.525<!--= forward.y:.3f --> for y of forward.py",
    )
    names = {stem: SimpleNamespace(**lesson.maker(page, {stem}).names) for stem in stems}
    try:
        computed = format(eval(value, names), block.bound["format"])
    except Exception as error:
        raise Mend(f"{value} has no value: {error}") from error
    must(same_text(number, computed), f"the page says {number}, but {value} is {computed}")


def check_problem(lesson: Lesson, page: list[Block], block: Block) -> None:
    """Say how to mend a line that breaks a rule of pages."""
    raise Mend(block.note)


CHECKS = {
    "python": check_code,
    "bash": check_code,
    "output": check_output,
    "figure": check_figure,
    "number": check_number,
    "problem": check_problem,
}


class Page(pytest.File):
    """A page of the course."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each block that is checked."""
        config = self.config
        if LESSON not in config.stash:
            config.stash[LESSON] = Lesson(config)
        lesson = config.stash[LESSON]
        page = lesson.course.read(self.path)
        names: Counter[str] = Counter()
        for block in page:
            if block.kind in CHECKS:
                what = block.source and block.source.relative_to(lesson.course.snippets).as_posix()
                name = what or f"line {block.line.number} {block.bound.get('value', block.kind)}"
                names[name] += 1
                item = Item.from_parent(
                    self, name=name + (f" ({names[name]})" if names[name] > 1 else ""), obj=block.code
                )
                item.lesson, item.page, item.block = lesson, page, block
                item.user_properties.append(("course", block.kind))
                if block.kind == "bash" and block.note:
                    item.add_marker(pytest.mark.skip(reason=block.note))
                yield item


class Item(TestBlock):
    """Checks one block of a page."""

    lesson: Lesson
    page: list[Block]
    block: Block

    @property
    def place(self) -> str:
        """The page, or the file it includes, and the line."""
        return f"{self.lesson.course.name(self.block.line.path)}:{self.block.line.number}"

    def runtest(self) -> None:
        """Check the block, and put the place before what is wrong."""
        try:
            CHECKS[self.block.kind](self.lesson, self.page, self.block)
        except Mend as mend:
            raise Mend(f"{self.place}: {mend}") from mend

    def repr_failure(self, excinfo: pytest.ExceptionInfo) -> Any:
        """Show what is wrong as it is, and anything else as pytest does."""
        return str(excinfo.value) if excinfo.errisinstance(Mend) else pytest.Item.repr_failure(self, excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the page, the line, and the item's heading in a report."""
        return self.path, max(self.block.line.number - 1, 0), f"{self.place} {self.name}"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-outputs and the time limit."""
    parser.addoption(
        "--update-outputs", action="store_true", help="rewrite .out and .svg files that no longer hold"
    )
    parser.addini("snippet_seconds", "how long a snippet may run", default="60")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to rewrite outputs where nobody looks at what changed, or several processes would."""
    if config.option.update_outputs:
        if os.environ.get("CI"):
            raise pytest.UsageError("--update-outputs rewrites files for a person to look at: not under CI")
        if config.getoption("numprocesses", None):
            raise pytest.UsageError("--update-outputs writes files: run it without -n")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Page | None:
    """Collect the Markdown files under docs/."""
    is_page = file_path.suffix == ".md" and file_path.is_relative_to(parent.config.rootpath / "docs")
    return Page.from_parent(parent, path=file_path) if is_page else None


def tally(config: pytest.Config) -> tuple[Counter[str], list[str]]:
    """Count what the session's reports tell of the course, and list each excuse with its place."""
    counts: Counter[str] = Counter()
    excuses = []
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    for outcome in ("passed", "failed", "skipped"):
        for report in getattr(reporter, "stats", {}).get(outcome, []):
            properties = dict(report.user_properties)
            counts.update(
                {name: n for name, n in properties.items() if name in ("rendered", "cells", "labs")}
            )
            if kind := properties.get("course"):
                is_code = kind in ("python", "bash")
                counts["excused" if outcome == "skipped" else "code" if is_code else kind] += 1
                if outcome == "skipped":
                    excuses.append(
                        f"{report.location[2].split()[0]}: {report.longrepr[2].removeprefix('Skipped: ')}"
                    )
    return counts, excuses


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a session whose built pages show more code than it ran, when it was to look at both."""
    counts, _ = tally(session.config)
    is_whole = "rendered" in counts and counts["code"] and not session.config.option.keyword
    if is_whole and counts["rendered"] != counts["code"] + counts["excused"]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print what of the course was checked, what was excused and what was rewritten."""
    counts, excuses = tally(config)
    if counts or LESSON in config.stash:
        terminalreporter.section("course")
        parts = (
            "{code} blocks ran, {excused} excused, {output} outputs, {figure} figures, {number} bound numbers"
        )
        terminalreporter.line(parts.format_map(counts))
        if "rendered" in counts:
            line = (
                "built site: {rendered} blocks on {pages} pages, {cells} cells of {labs} labs, all executed"
            )
            terminalreporter.line(line.format_map(counts))
    for line in excuses:
        terminalreporter.line(f"excused {line}")
    for line in config.stash[LESSON].updated if LESSON in config.stash else []:
        terminalreporter.line(line)
