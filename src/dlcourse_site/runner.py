"""Pytest plugin: run every block of every page, and every lab; compare what they made and say.

Outputs, figures and numbers in prose are compared. A block stands alone, so any of them, alone or
in any order, gets the same verdict.
"""

import difflib
import functools
import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pytest_codeblocks.plugin import TestBlock

from dlcourse_site.outputs import same_svg, same_text
from dlcourse_site.pages import Block, BrokenRule, Course, must
from dlcourse_site.snippets import Run, run_bash, run_python

UPDATE = "if it should, run `python tasks.py outputs` and look at what changed"
# The snippet in a bound value such as `forward.y[0]`
SNIPPET_NAME = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*(?=\.)")

read_course = functools.cache(Course)


@functools.cache
def run_once(source: Path | None, script: str, root: Path, seconds: float) -> Run:
    """Return what a snippet, or a script of a page, does: it runs once for all who ask."""
    if source is None:
        return run_bash(script, seconds)
    return run_python(source, root, seconds)


def made(source: Path, run: Run) -> dict[Path, str]:
    """Return what a snippet printed and drew by its files: idea.out, idea.svg, idea-2.svg, ..."""
    files = {}
    if run.printed:
        files[source.with_suffix(".out")] = run.printed
    for nth, svg in enumerate(run.figures, 1):
        suffix = ".svg" if nth == 1 else f"-{nth}.svg"
        files[source.with_name(source.stem + suffix)] = svg
    return files


def is_same(file: Path, new: str) -> bool:
    """Tell whether a .out or .svg file still holds what its snippet printed or drew."""
    old = file.read_text("utf-8")
    return same_svg(old, new) if file.suffix == ".svg" else same_text(old, new)


class Page(pytest.File):
    """A page or a lab of the course."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each block that is checked; a lab is one block."""
        course = read_course(self.config.rootpath)
        if self.path.suffix == ".py":
            page = [Block("lab", self.path, 1, self.path)]
        else:
            page = course.read(self.path)
        checked = [block for block in page if block.kind != "text"]
        # Causes before what follows from them
        checked.sort(key=lambda block: block.kind not in ("python", "bash"))
        for block in checked:
            what = block.kind
            if block.source:
                what = course.name(block.source).removeprefix("snippets/")
            name = f"line {block.line} {block.bound.get('value', what)}"
            yield Item.from_parent(
                self,
                name=name,
                course=course,
                page=page,
                block=block,
            )


class Item(TestBlock):
    """Checks one block of a page."""

    def __init__(self, name: str, parent: Page, course: Course, page: list[Block], block: Block):
        super().__init__(name, parent, obj=block)
        self.course = course
        self.page = page
        self.block = block
        self.place = course.at(block)
        self.tell("course", {block.kind: 1})
        self.tell("page", course.name(parent.path))
        if block.kind == "excused":
            self.tell("line", f"excused {self.place}: {block.note}")
            self.add_marker(pytest.mark.skip(reason=block.note))

    def tell(self, name: str, value: object) -> None:
        """Report a value under a name, for the summary at the end of the run."""
        self.user_properties.append((name, value))

    def runtest(self) -> None:
        """Check the block; put its place before what is wrong."""
        checks = {
            "problem": self.check_problem,
            "python": self.check_python,
            "bash": self.check_run,
            "lab": self.check_run,
            "output": self.check_file,
            "figure": self.check_file,
            "number": self.check_number,
        }
        try:
            checks[self.block.kind]()
        except BrokenRule as broken:
            raise BrokenRule(f"{self.place}: {broken}") from broken

    def repr_failure(self, excinfo: pytest.ExceptionInfo) -> Any:
        """Show what is wrong as it is, and anything else as pytest does."""
        if excinfo.errisinstance(BrokenRule):
            return str(excinfo.value)
        return pytest.Item.repr_failure(self, excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the page, the line, and the item's heading in a report."""
        return self.path, self.block.line - 1, self.nodeid

    def run(self, block: Block) -> Run:
        """Return what a block does; with --update-outputs, keep what its file prints and draws."""
        source = None if block.kind == "bash" else block.source
        seconds = float(self.config.getini("snippet_seconds"))
        run = run_once(source, block.text, self.course.root, seconds)
        is_rewritten = self.config.option.update_outputs and block.kind == "python"
        if source and is_rewritten and not run.problems:
            self.rewrite(made(source, run))
        return run

    def rewrite(self, files: dict[Path, str]) -> None:
        """Write the files that are missing or no longer hold, and tell which."""
        for file, new in files.items():
            is_new = not file.exists()
            if is_new or not is_same(file, new):
                file.write_text(new, "utf-8", newline="\n")
                change = "is new" if is_new else "has changed"
                self.tell("line", f"{self.course.name(file)} {change}")

    def check_problem(self) -> None:
        """Say how to fix a line that breaks a rule of pages."""
        raise BrokenRule(self.block.note)

    def check_run(self) -> None:
        """Run the block; a lab runs as a script, so that a failure names its line."""
        run = self.run(self.block)
        self.tell("course", {"shapes": run.num_shapes})
        must(not run.problems, "\n".join(run.problems))

    def check_python(self) -> None:
        """Run a snippet; what it prints and draws must be on the page."""
        self.check_run()
        run = self.run(self.block)
        source = self.block.source
        assert source is not None, "Python stands in a file"
        results = [block for block in self.page if block.kind in ("output", "figure")]
        shown = {block.source for block in results}
        for file in made(source, run):
            name = self.course.name(file)
            if file.suffix == ".out":
                does = "prints"
                include = f'--8<-- "{name.removeprefix("snippets/")}"'
                add = f'```text title="Output"\n{include}\n```'
            else:
                does = "draws"
                add = f"![what it shows]({name})"
            must(file in shown, f"the page does not show what {run.name} {does}; add\n{add}")

    def maker(self, name: str) -> Run:
        """Run the one snippet of this page that has this name, or this stem."""
        found = {}
        for block in self.page:
            source = block.source
            if block.kind != "python" or source is None:
                continue
            if name in (source.stem, self.course.name(source)):
                found[source] = block
        show = "show it, or fold it (??? example)"
        must(found, f"{name} is not on this page as a block that runs: {show}")
        several = f"there are {len(found)} snippets called {name} on this page: rename one"
        must(len(found) == 1, several)
        run = self.run(*found.values())
        must(not run.problems, f"not compared, because {run.name} fails")
        return run

    def check_file(self) -> None:
        """Compare a .out or .svg file with what its snippet prints or draws."""
        file: Any = self.block.source  # a Path: outputs and figures have one
        stem = re.sub(r"-\d+$", "", file.stem)
        source = file.with_name(f"{stem}.py")
        run = self.maker(self.course.name(source))
        new = made(source, run).get(file, "")
        is_text = file.suffix == ".out"
        does = "prints" if is_text else "draws"
        what = "nothing" if is_text else f"{len(run.figures)} figures"
        remedy = f"take this block off the page and delete {file.name}"
        must(new, f"{run.name} {does} {what}: {remedy}")
        must(file.exists(), f"there is no {file.name} yet: run `python tasks.py outputs`")
        if not is_same(file, new):
            difference = line_difference(file.read_text("utf-8"), new) if is_text else ""
            other = f"{run.name} {does} other (+) than {file.name} (-)"
            raise BrokenRule(f"{other}; {UPDATE}{difference}")

    def check_number(self) -> None:
        """Compare a number in prose with the value that it is bound to.

        A value has names and arithmetic, but no call.
        """
        number = self.block.bound["number"].replace("−", "-")
        value = self.block.bound["value"]
        stems = set(SNIPPET_NAME.findall(value))
        if "(" in value:  # a call could do anything
            stems = set()
        example = "0.525<!--= forward.y:.3f --> is y of forward.py"
        is_bound = number and stems
        must(is_bound, f"<!--= {value} --> binds no number to a snippet's variable; {example}")
        names = {}
        for stem in stems:
            variables = self.maker(stem).names
            names[stem] = SimpleNamespace(**variables)
        try:
            computed = format(eval(value, names), self.block.bound["format"])
        except Exception as error:
            raise BrokenRule(f"{value} has no value: {error}") from error
        must(same_text(number, computed), f"the page says {number}, but {value} is {computed}")


def line_difference(old: str, new: str) -> str:
    """Return the lines that are gone (-) and new (+), each on a line of its own."""
    old_lines = old.splitlines()
    new_lines = new.splitlines()
    lines = list(difflib.unified_diff(old_lines, new_lines, n=1, lineterm=""))
    return "\n".join(["", *lines[3:]])  # the first three name files and lines


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --update-outputs and the time limit."""
    rewrite = "rewrite the .out and .svg files that no longer hold"
    parser.addoption("--update-outputs", action="store_true", help=rewrite)
    parser.addini("snippet_seconds", "how long a snippet may run", default="60")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse to rewrite outputs where nobody sees what changed, or several processes would."""
    if not config.option.update_outputs:
        return
    if os.environ.get("CI"):
        not_here = "--update-outputs rewrites files for a person to look at: not under CI"
        raise pytest.UsageError(not_here)
    if config.getoption("numprocesses", None):
        raise pytest.UsageError("--update-outputs writes files: run it without -n")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Page | None:
    """Collect the pages and labs under docs/."""
    is_page = file_path.suffix == ".md" or file_path.name == "lab.py"
    if is_page and file_path.is_relative_to(parent.config.rootpath / "docs"):
        return Page.from_parent(parent, path=file_path)
    return None
