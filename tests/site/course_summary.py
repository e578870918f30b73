"""Pytest plugin: say at the end of a run what of the course was checked, and how long it took.

A run of everything fails where it left out a code block of the built site.
"""

import os
import sys
from collections import Counter

import pytest

CHECKED = (
    "checked: {python} Python blocks, {bash} bash blocks ({excused} more excused), {lab} labs,"
    " {output} outputs, {figure} figures, {number} numbers in prose"
    " ({excused_number} more excused), {shapes} shape comments on {sources} pages"
)
BUILT = "built site: {pages} pages with {rendered} blocks to run, {labs} labs with {cells} cells"
LEFT_OUT = "{unrun} blocks of the built site did not run, or ran and are not shown"
# Options that leave out tests
NARROWING = ("keyword", "markexpr", "deselect", "lf", "maxfail")


def cpu_seconds():
    """Return what this process, and those that it waited for, took of the processor."""
    return sum(os.times()[:4])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Keep the CPU seconds of a page's block, and how many of them the import of torch took."""
    if not item.nodeid.startswith("docs/"):
        return (yield)
    start = cpu_seconds()
    if "torch" not in sys.modules:
        __import__("torch")
        item.user_properties.append(("torch", cpu_seconds() - start))
    try:
        return (yield)
    finally:
        item.user_properties.append(("cpu", cpu_seconds() - start))


def reported(config):
    """Return the reports of a session, one for each test."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    stats = getattr(reporter, "stats", {})
    reports = []
    for outcome in ("passed", "failed", "skipped"):
        reports += stats.get(outcome, [])
    # A file that is skipped as a whole is reported as well, as one that was collected
    return [report for report in reports if isinstance(report, pytest.TestReport)]


def told(config, name):
    """Return what the reports of a session tell under a name."""
    values = []
    for report in reported(config):
        values += [value for key, value in report.user_properties if key == name]
    return values


def page_seconds(config):
    """Return the CPU seconds of each page's blocks, without the import of torch."""
    seconds = Counter()
    for report in reported(config):
        took = dict(report.user_properties)
        if "cpu" in took:
            page = report.nodeid.split("::")[0]
            seconds[page] += took["cpu"] - took.get("torch", 0)
    return seconds


def is_whole(config):
    """Tell whether a run is one of all tests."""
    is_narrowed = any(config.getoption(name, None) for name in NARROWING)
    return config.args_source == config.ArgsSource.TESTPATHS and not is_narrowed


def count(config):
    """Count what was checked; `unrun` are blocks of the built site that a run of all left out."""
    counts = Counter()
    for counted in told(config, "course"):
        counts.update(counted)
    counts["sources"] = len(set(told(config, "page")))
    if counts["rendered"] and is_whole(config):
        ran = counts["python"] + counts["bash"] + counts["excused"]
        counts["unrun"] = abs(counts["rendered"] - ran)
    return counts + Counter()  # a sum leaves out what is 0


def pytest_sessionfinish(session):
    """Fail a run of everything that left out a code block of the built site."""
    if count(session.config)["unrun"] and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    """Print what of the course was checked, what was excused, and what was rewritten."""
    lines = []
    counts = count(config)
    if counts:
        lines += count_lines(counts)
        lines += speed_lines(config)
    lines += told(config, "line")
    if lines:
        terminalreporter.section("course")

    seconds = page_seconds(config)
    for line in lines + form_lines(config, seconds):
        terminalreporter.write_line(line)
    marks = told(config, "mark")
    if marks:
        terminalreporter.section("marks")
        for line in mark_lines(marks):
            terminalreporter.write_line(line)
    if config.option.update_outputs and not terminalreporter.stats.get("failed"):
        write_tables(config, seconds, terminalreporter)


def count_lines(counts):
    """Say how many blocks, outputs, numbers and so on were checked."""
    lines = [CHECKED]
    if counts["rendered"]:
        lines.append(BUILT)
    if counts["unrun"]:
        lines.append(LEFT_OUT)
    return [line.format_map(counts) for line in lines]


def speed_lines(config):
    """Say how long the pages took, if any ran, and how much of it the import of torch took."""
    imports = told(config, "torch")
    if not imports:
        return []
    seconds = 0
    for report in reported(config):
        if report.nodeid.startswith("docs/"):
            seconds += report.duration
    cpu = sum(told(config, "cpu"))
    torch = sum(imports)
    return [
        f"page check: {seconds:.0f} s over {len(imports)} workers, {cpu:.1f} s of CPU,"
        f" {torch:.1f} s of it ({torch / cpu:.0%}) to import torch"
    ]


def form_lines(config, seconds):
    """Return a table of each page's form and its CPU seconds; the first row is the head."""
    lines = []
    for page, *cells in told(config, "page form"):
        took = seconds[f"docs/{page}/index.md"]
        if page == "page":
            cells.append("seconds")
        elif took:
            cells.append(f"{took:.1f}")
        else:
            cells.append("-")
        columns = "".join(f"{cell:>11}" for cell in cells)
        lines.append(f"{page:<14}{columns}")
    return lines


def mark_lines(marks):
    """Return the table of what the families reach, in Markdown."""
    heads = ["model, data", "parameters", "epochs or steps", "CPU seconds", "reached", "required"]
    rows = [heads, ["---"] * len(heads), *marks]
    return ["| " + " | ".join(row) + " |" for row in rows]


def write_tables(config, seconds_by_page, terminalreporter):
    """Write the tables of the page on how the course is checked, after a run of all pages alone."""
    has_page = (config.rootpath / "docs/checked/index.md").is_file()
    is_narrowed = len(config.args) != 1 or config.option.keyword
    if not has_page or is_narrowed:
        return
    from checked import write  # here, because few runs write them

    from dlcourse_site.runner import read_course

    seconds = Counter()
    for page, took in seconds_by_page.items():
        folder = page.removeprefix("docs/").rpartition("/")[0]
        seconds[folder or "home"] += took
    if write(read_course(config.rootpath), seconds):
        terminalreporter.write_line("docs/checked/index.md has changed")
