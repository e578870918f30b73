"""Pytest plugin: run every block of every page and every lab; compare outputs, figures and bound numbers.

A block stands alone, so any of them, alone or in any order, gets the same verdict.
"""

import difflib
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_codeblocks.plugin import TestBlock

from dlcourse_site.outputs import same_svg, same_text
from dlcourse_site.pages import Block, Course, Line, Mend, must, snippets_named
from dlcourse_site.snippets import Run, run_bash, run_python

UPDATE = "if it should, run `python tasks.py outputs` and look at what changed"


class Lesson:
    """What the items of a session share: the course, and what each snippet did when it ran, which is once."""

    def __init__(self, config: pytest.Config):
        self.course = Course(config.rootpath)
        self.seconds = float(config.getini("snippet_seconds"))
        self.is_updating = config.option.update_outputs
        self.runs: dict[tuple[Path | None, str], Run] = {}
        self.updated: list[str] = []

    def run(self, block: Block) -> Run:
        """Return what a block does; with --update-outputs, keep what its file prints and draws now."""
        key = (block.source, block.text)
        if key not in self.runs:
            if block.source and block.source.suffix == ".py":
                self.runs[key] = run_python(block.source, self.course.root, self.seconds)
            else:
                self.runs[key] = run_bash(block.text, self.seconds)
            if self.is_updating and block.source and block.kind != "lab" and not self.runs[key].problems:
                self.update(block.source, self.runs[key])
        return self.runs[key]

    def update(self, source: Path, run: Run) -> None:
        """Rewrite the files beside a snippet that no longer hold what it prints and draws."""
        files: list[tuple[Path, str, Callable]] = []
        if run.printed:
            files.append((source.with_suffix(".out"), run.printed, same_text))
        files += [(figure_file(source, nth), svg, same_svg) for nth, svg in enumerate(run.figures, 1)]
        for file, new, is_same in files:
            old = file.read_text("utf-8") if file.exists() else None
            if old is None or not is_same(old, new):
                file.write_text(new, "utf-8", newline="\n")
                self.updated.append(f"{self.course.name(file)} {'is new' if old is None else 'has changed'}")


LESSON = pytest.StashKey[Lesson]()


def figure_file(source: Path, nth: int) -> Path:
    """Name the file of a snippet's nth figure: idea.svg, idea-2.svg, ..."""
    return source.with_name(source.stem + (f"-{nth}" if nth > 1 else "") + ".svg")


class Page(pytest.File):
    """A page or a lab of the course."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each block that is checked; a lab is one block."""
        if LESSON not in self.config.stash:
            self.config.stash[LESSON] = Lesson(self.config)
        lesson, names = self.config.stash[LESSON], Counter[str]()
        is_lab = self.path.suffix == ".py"
        lab = Block("lab", Line.of("", self.path, 1), self.path)
        page = [lab] if is_lab else lesson.course.read(self.path)
        for block in sorted(page, key=lambda block: block.kind not in ("python", "bash")):  # causes first
            if block.kind != "text":
                name = f"line {block.line.number} {block.bound.get('value', block.kind)}"
                if block.source:
                    name = lesson.course.name(block.source).removeprefix("snippets/")
                names[name] += 1
                name += f" ({names[name]})" if names[name] > 1 else ""
                item = Item.from_parent(self, name=name, obj=block.code)
                item.begin(lesson, page, block)
                yield item


class Item(TestBlock):
    """Checks one block of a page."""

    def begin(self, lesson: Lesson, page: list[Block], block: Block) -> None:
        """Take the block and the page around it; leave word for the summary."""
        self.lesson, self.page, self.block = lesson, page, block
        self.place = lesson.course.at(block.line)
        is_excused = block.kind == "bash" and block.note
        self.user_properties.append(("course", {"excused" if is_excused else block.kind: 1}))
        if is_excused:
            self.user_properties.append(("excuse", f"{self.place}: {block.note}"))
            self.add_marker(pytest.mark.skip(reason=block.note))

    def runtest(self) -> None:
        """Check the block; put its place before what is wrong."""
        try:
            getattr(self, f"check_{self.block.kind}")()
        except Mend as mend:
            raise Mend(f"{self.place}: {mend}") from mend

    def repr_failure(self, excinfo: pytest.ExceptionInfo) -> Any:
        """Show what is wrong as it is, and anything else as pytest does."""
        return str(excinfo.value) if excinfo.errisinstance(Mend) else pytest.Item.repr_failure(self, excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the page, the line, and the item's heading in a report."""
        return self.path, max(self.block.line.number - 1, 0), f"{self.place} {self.name}"

    def check_problem(self) -> None:
        """Say how to mend a line that breaks a rule of pages."""
        raise Mend(self.block.note)

    def check_lab(self) -> Run:
        """Run a block; a lab runs as a script, so that a failure names its line."""
        run = self.lesson.run(self.block)
        must(not run.problems, "\n".join(run.problems))
        return run

    def check_python(self) -> None:
        """Run a block; what its file prints and draws must be on the page."""
        run, source, course = self.check_lab(), self.block.source, self.lesson.course
        if source:
            shown = {block.source for block in self.page if block.kind in ("output", "figure")}
            out = source.with_suffix(".out").relative_to(course.snippets)
            add = f'```text title="Output"\n--8<-- "{out.as_posix()}"\n```'
            is_shown = not run.printed or course.snippets / out in shown
            must(is_shown, f"the page does not show what {run.name} prints; add\n{add}")
            for nth in range(1, len(run.figures) + 1):
                svg = figure_file(source, nth)
                add = f"![what it shows]({course.name(svg)})"
                must(svg in shown, f"the page does not show what {run.name} draws; add\n{add}")

    check_bash = check_python

    def maker(self, name: str) -> Run:
        """Run the one snippet of this page that has this name, or this stem."""
        paths = {block.source: block for block in self.page if block.kind in ("python", "bash")}
        found = [
            b for path, b in paths.items() if path and name in (path.stem, self.lesson.course.name(path))
        ]
        must(found, f"{name} is not on this page as a block that runs: show it, or fold it (??? example)")
        must(len(found) == 1, f"there are {len(found)} snippets called {name} on this page: rename one")
        run = self.lesson.run(found[0])
        must(not run.problems, f"not compared, because {run.name} fails")
        return run

    def check_output(self) -> None:
        """Compare a .out file with what its snippet prints."""
        out: Any = self.block.source  # a Path: an output has one
        script = out.with_suffix(".sh")
        run = self.maker(self.lesson.course.name(script if script.exists() else out.with_suffix(".py")))
        must(run.printed, f"{run.name} prints nothing: take this block off the page and delete {out.name}")
        must(out.exists(), f"there is no {out.name} yet: run `python tasks.py outputs`")
        recorded = out.read_text("utf-8")
        lines = difflib.unified_diff(recorded.splitlines(), run.printed.splitlines(), n=1, lineterm="")
        difference = "\n".join(list(lines)[3:])
        is_same = same_text(recorded, run.printed)
        must(is_same, f"{run.name} prints other (+) than {out.name} (-); {UPDATE}\n{difference}")

    def check_figure(self) -> None:
        """Compare a .svg file with what its snippet draws."""
        svg: Any = self.block.source  # a Path, too
        stem, nth = re.findall(r"^(.+?)(?:-(\d+))?$", svg.stem)[0]
        run = self.maker(self.lesson.course.name(svg.with_name(stem + ".py")))
        drawn = run.figures[int(nth or 1) - 1 :]
        must(drawn, f"{run.name} draws {len(run.figures)} figures: there is no {svg.name}")
        must(svg.exists(), f"there is no {svg.name} yet: run `python tasks.py outputs`")
        must(same_svg(svg.read_text("utf-8"), drawn[0]), f"{run.name} draws other than {svg.name}; {UPDATE}")

    def check_number(self) -> None:
        """Compare a number in prose with the value that it is bound to."""
        number, value = self.block.bound["number"].replace("−", "-"), self.block.bound["value"]
        stems = snippets_named(value)
        example = "0.525<!--= forward.y:.3f --> is y of forward.py"
        must(number and stems, f"<!--= {value} --> binds no number to a snippet's variable; {example}")
        names = {stem: SimpleNamespace(**self.maker(stem).names) for stem in stems}
        try:
            computed = format(eval(value, names), self.block.bound["format"])
        except Exception as error:
            raise Mend(f"{value} has no value: {error}") from error
        must(same_text(number, computed), f"the page says {number}, but {value} is {computed}")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-outputs and the time limit."""
    rewrite = "rewrite the .out and .svg files that no longer hold"
    parser.addoption("--update-outputs", action="store_true", help=rewrite)
    parser.addini("snippet_seconds", "how long a snippet may run", default="60")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to rewrite outputs where nobody looks at what changed, or several processes would."""
    if config.option.update_outputs:
        if os.environ.get("CI"):
            raise pytest.UsageError("--update-outputs rewrites files for a person to look at: not under CI")
        if config.getoption("numprocesses", None):
            raise pytest.UsageError("--update-outputs writes files: run it without -n")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Page | None:
    """Collect the pages and labs under docs/."""
    is_page = file_path.suffix == ".md" or file_path.name == "lab.py"
    is_ours = is_page and file_path.is_relative_to(parent.config.rootpath / "docs")
    return Page.from_parent(parent, path=file_path) if is_ours else None


def told(config: pytest.Config, name: str) -> list[Any]:
    """Return what the reports of a session tell under a name."""
    stats = getattr(config.pluginmanager.get_plugin("terminalreporter"), "stats", {})
    reports = [report for outcome in ("passed", "failed", "skipped") for report in stats.get(outcome, [])]
    return [value for report in reports for key, value in report.user_properties if key == name]


def count(config: pytest.Config) -> Counter[str]:
    """Count what was checked; `unrun` are blocks of the built site that a run of everything left out."""
    counts = sum(map(Counter, told(config, "course")), Counter[str]())
    narrowed = any(
        config.getoption(name, None) for name in ("keyword", "markexpr", "deselect", "lf", "maxfail")
    )
    is_whole = config.args_source == config.ArgsSource.TESTPATHS and not narrowed
    ran = counts["python"] + counts["bash"] + counts["excused"]
    return counts + Counter(unrun=abs(counts["rendered"] - ran) if counts["rendered"] and is_whole else 0)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run of everything that left out a code block of the built site."""
    if count(session.config)["unrun"] and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print what of the course was checked, what was excused, and what was rewritten."""
    lines = ["checked: {python} Python blocks, {bash} bash blocks ({excused} more excused), {lab} labs,"]
    lines[0] += " {output} outputs, {figure} figures, {number} numbers in prose"
    counts = count(config)
    if counts["rendered"]:
        lines.append(
            "built site: {pages} pages with {rendered} blocks to run, {labs} labs with {cells} cells"
        )
    if counts["unrun"]:
        lines.append("{unrun} blocks of the built site did not run, or ran and are not shown")
    if counts:
        lines = [line.format_map(counts) for line in lines]
        lines += [f"excused {excuse}" for excuse in told(config, "excuse")]
        lines += config.stash[LESSON].updated if LESSON in config.stash else []
        terminalreporter.section("course")
        terminalreporter.write("\n".join(lines) + "\n")
