"""Pytest plugin: run every block of every page and every lab; compare outputs, figures and bound numbers.

A block stands alone, so any of them, alone or in any order, gets the same verdict.
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
from dlcourse_site.pages import Block, Course, Mend, must
from dlcourse_site.snippets import Run, run_bash, run_python

UPDATE = "if it should, run `python tasks.py outputs` and look at what changed"
SNIPPET_NAME = re.compile(
    r"(?<![\w.\"'])[A-Za-z_]\w*(?=\.)"
)  # in a bound value such as `forward.y[0]`

read_course = functools.cache(Course)


@functools.cache
def run_once(source: Path | None, script: str, root: Path, seconds: float) -> Run:
    """Return what a snippet, or a script of a page, does: it runs once for all who ask."""
    return run_python(source, root, seconds) if source else run_bash(script, seconds)


def made(source: Path, run: Run) -> dict[Path, str]:
    """Return what a snippet printed and drew by the file for it: idea.out, idea.svg, idea-2.svg, ..."""
    files = {source.with_suffix(".out"): run.printed} if run.printed else {}
    for nth, svg in enumerate(run.figures, 1):
        files[source.with_name(f"{source.stem}{f'-{nth}' if nth > 1 else ''}.svg")] = svg
    return files


def is_same(file: Path, new: str) -> bool:
    """Tell whether a .out or .svg file still holds what its snippet printed or drew."""
    return (same_svg if file.suffix == ".svg" else same_text)(file.read_text("utf-8"), new)


class Page(pytest.File):
    """A page or a lab of the course."""

    def collect(self) -> Iterator[pytest.Item]:
        """Yield an item for each block that is checked; a lab is one block."""
        course = read_course(self.config.rootpath)
        is_lab = self.path.suffix == ".py"
        page = [Block("lab", self.path, 1, self.path)] if is_lab else course.read(self.path)
        for block in sorted(
            page, key=lambda block: block.kind not in ("python", "bash")
        ):  # causes first
            if block.kind != "text":
                what = (
                    course.name(block.source).removeprefix("snippets/")
                    if block.source
                    else block.kind
                )
                name = f"line {block.line} {block.bound.get('value', what)}"
                yield Item.from_parent(self, name=name, course=course, page=page, block=block)


class Item(TestBlock):
    """Checks one block of a page."""

    def __init__(self, name: str, parent: Page, course: Course, page: list[Block], block: Block):
        super().__init__(name, parent, obj=block)
        self.course, self.page, self.block = course, page, block
        self.place = course.at(block)
        self.user_properties += [("course", {block.kind: 1}), ("page", course.name(parent.path))]
        if block.kind == "excused":
            self.user_properties.append(("line", f"excused {self.place}: {block.note}"))
            self.add_marker(pytest.mark.skip(reason=block.note))

    def runtest(self) -> None:
        """Check the block; put its place before what is wrong."""
        try:
            getattr(self, f"check_{self.block.kind}")()
        except Mend as mend:
            raise Mend(f"{self.place}: {mend}") from mend

    def repr_failure(self, excinfo: pytest.ExceptionInfo) -> Any:
        """Show what is wrong as it is, and anything else as pytest does."""
        return (
            str(excinfo.value)
            if excinfo.errisinstance(Mend)
            else pytest.Item.repr_failure(self, excinfo)
        )

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return the page, the line, and the item's heading in a report."""
        return self.path, self.block.line - 1, self.nodeid

    def check_problem(self) -> None:
        """Say how to mend a line that breaks a rule of pages."""
        raise Mend(self.block.note)

    def run(self, block: Block) -> Run:
        """Return what a block does; with --update-outputs, keep what its file prints and draws now."""
        source, seconds = block.source, float(self.config.getini("snippet_seconds"))
        run = run_once(
            None if block.kind == "bash" else source, block.text, self.course.root, seconds
        )
        if (
            self.config.option.update_outputs
            and source
            and block.kind == "python"
            and not run.problems
        ):
            for file, new in made(source, run).items():
                change = "has changed" if file.exists() else "is new"
                if not file.exists() or not is_same(file, new):
                    file.write_text(new, "utf-8", newline="\n")
                    self.user_properties.append(("line", f"{self.course.name(file)} {change}"))
        return run

    def check_lab(self) -> Run:
        """Run a block; a lab runs as a script, so that a failure names its line."""
        run = self.run(self.block)
        self.user_properties.append(("course", {"shapes": run.num_shapes}))
        must(not run.problems, "\n".join(run.problems))
        return run

    check_bash = check_lab

    def check_python(self) -> None:
        """Run a snippet; what it prints and draws must be on the page."""
        run, source = self.check_lab(), self.block.source
        assert source is not None, "Python stands in a file"
        shown = {block.source for block in self.page if block.kind in ("output", "figure")}
        for file in made(source, run):
            does, add = "draws", f"![what it shows]({self.course.name(file)})"
            if file.suffix == ".out":
                name = file.relative_to(self.course.snippets).as_posix()
                does, add = "prints", f'```text title="Output"\n--8<-- "{name}"\n```'
            must(file in shown, f"the page does not show what {run.name} {does}; add\n{add}")

    def maker(self, name: str) -> Run:
        """Run the one snippet of this page that has this name, or this stem."""
        paths = {block.source: block for block in self.page if block.kind == "python"}
        found = [
            b for path, b in paths.items() if path and name in (path.stem, self.course.name(path))
        ]
        must(
            found,
            f"{name} is not on this page as a block that runs: show it, or fold it (??? example)",
        )
        must(
            len(found) == 1,
            f"there are {len(found)} snippets called {name} on this page: rename one",
        )
        run = self.run(found[0])
        must(not run.problems, f"not compared, because {run.name} fails")
        return run

    def check_output(self) -> None:
        """Compare a .out or .svg file with what its snippet prints or draws."""
        file: Any = self.block.source  # a Path: outputs and figures have one
        source = file.with_name(re.sub(r"-\d+$", "", file.stem) + ".py")
        run = self.maker(self.course.name(source))
        new, does, number = made(source, run).get(file, ""), "draws", f"{len(run.figures)} figures"
        if file.suffix == ".out":
            does, number = "prints", "nothing"
        must(
            new, f"{run.name} {does} {number}: take this block off the page and delete {file.name}"
        )
        must(file.exists(), f"there is no {file.name} yet: run `python tasks.py outputs`")
        if not is_same(file, new):
            old, news = file.read_text("utf-8").splitlines(), new.splitlines()
            difference = list(difflib.unified_diff(old, news, n=1, lineterm=""))[3:]
            shown = "\n".join(["", *difference]) if file.suffix == ".out" else ""
            raise Mend(f"{run.name} {does} other (+) than {file.name} (-); {UPDATE}{shown}")

    check_figure = check_output

    def check_number(self) -> None:
        """Compare a number in prose with the value that it is bound to: names and arithmetic, no call."""
        number, value = self.block.bound["number"].replace("−", "-"), self.block.bound["value"]
        stems = set() if "(" in value else set(SNIPPET_NAME.findall(value))
        example = "0.525<!--= forward.y:.3f --> is y of forward.py"
        must(
            number and stems,
            f"<!--= {value} --> binds no number to a snippet's variable; {example}",
        )
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
            raise pytest.UsageError(
                "--update-outputs rewrites files for a person to look at: not under CI"
            )
        if config.getoption("numprocesses", None):
            raise pytest.UsageError("--update-outputs writes files: run it without -n")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Page | None:
    """Collect the pages and labs under docs/."""
    is_page = file_path.suffix == ".md" or file_path.name == "lab.py"
    is_ours = is_page and file_path.is_relative_to(parent.config.rootpath / "docs")
    return Page.from_parent(parent, path=file_path) if is_ours else None
