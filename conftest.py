"""Options of the whole suite; the pages are run by the plugin dlcourse_site.runner."""

import os
import sys
from collections import Counter

import pytest

pytest_plugins = ["dlcourse_site.runner"]
# On a busy machine threads of torch wait for each other: small work takes 2 s with one, 70 s with two
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault(
    "NO_MKDOCS_2_WARNING", "1"
)  # a notice about the next major version, at each start


def pytest_addoption(parser):
    parser.addoption(
        "--soak", action="store_true", help="run the long counts, marked soak, as well"
    )
    parser.addoption(
        "--browser", action="store_true", help="run tests/browser, which needs Chromium"
    )


def pytest_configure(config):
    config.addinivalue_line("markers", "soak: a long count, run with --soak alone")


def pytest_ignore_collect(collection_path, config):
    return (collection_path.name == "browser" and not config.option.browser) or None


def pytest_collection_modifyitems(items, config):
    for item in items:
        if item.get_closest_marker("soak") and not config.option.soak:
            item.add_marker(pytest.mark.skip(reason="a long count: run it with --soak"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Keep what a block of a page takes of the processor, and what of that the import of torch does."""
    if not item.nodeid.startswith("docs/"):
        return (yield)
    start = sum(os.times()[:4])  # of this process and of those that it waited for
    if "torch" not in sys.modules:
        __import__("torch")
        item.user_properties.append(("torch", sum(os.times()[:4]) - start))
    try:
        return (yield)
    finally:
        item.user_properties.append(("cpu", sum(os.times()[:4]) - start))


def reported(config):
    """Return the reports of a session, one for each test."""
    stats = getattr(config.pluginmanager.get_plugin("terminalreporter"), "stats", {})
    return [
        report for outcome in ("passed", "failed", "skipped") for report in stats.get(outcome, [])
    ]


def told(config, name):
    """Return what the reports of a session tell under a name."""
    return [
        value for report in reported(config) for key, value in report.user_properties if key == name
    ]


def page_seconds(config):
    """Return by page what its blocks took of the processor, without the import of torch."""
    seconds = Counter()
    for report in reported(config):
        took = dict(report.user_properties)
        if "cpu" in took:
            seconds[report.nodeid.split("::")[0]] += took["cpu"] - took.get("torch", 0)
    return seconds


def count(config):
    """Count what was checked; `unrun` are blocks of the built site that a run of everything left out."""
    counts = sum(map(Counter, told(config, "course")), Counter())
    options = ("keyword", "markexpr", "deselect", "lf", "maxfail")
    is_narrowed = any(config.getoption(name, None) for name in options)
    is_whole = config.args_source == config.ArgsSource.TESTPATHS and not is_narrowed
    counts["sources"] = len(set(told(config, "page")))
    ran = counts["python"] + counts["bash"] + counts["excused"]
    return counts + Counter(
        unrun=abs(counts["rendered"] - ran) if counts["rendered"] and is_whole else 0
    )


def pytest_sessionfinish(session):
    """Fail a run of everything that left out a code block of the built site."""
    if count(session.config)["unrun"] and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    """Print what of the course was checked, what was excused, and what was rewritten."""
    counts = count(config)
    lines = [
        "checked: {python} Python blocks, {bash} bash blocks ({excused} more excused), {lab} labs,"
        " {output} outputs, {figure} figures, {number} numbers in prose ({excused_number} more excused),"
        " {shapes} shape comments on {sources} pages"
    ]
    if counts["rendered"]:
        lines.append(
            "built site: {pages} pages with {rendered} blocks to run, {labs} labs with {cells} cells"
        )
    if counts["unrun"]:
        lines.append("{unrun} blocks of the built site did not run, or ran and are not shown")
    cpu, torch = sum(told(config, "cpu")), told(config, "torch")
    if torch:
        seconds = sum(
            report.duration for report in reported(config) if report.nodeid.startswith("docs/")
        )
        lines.append(
            f"page check: {seconds:.0f} s over {len(torch)} workers, {cpu:.1f} s of CPU,"
            f" {sum(torch):.1f} s of it ({sum(torch) / cpu:.0%}) to import torch"
        )
    lines = [line.format_map(counts) for line in lines if counts] + told(config, "line")
    if lines:
        terminalreporter.section("course")
    for line in lines:
        terminalreporter.write_line(line)
    each = page_seconds(config)
    for page, *measures in told(config, "page form"):
        seconds = each[f"docs/{page}/index.md"]
        last = f"{seconds:.1f}" if seconds else "seconds" if page == "page" else "-"
        terminalreporter.write_line(
            f"{page:<14}" + "".join(f"{cell:>11}" for cell in [*measures, last])
        )
    if config.option.update_outputs and not terminalreporter.stats.get("failed"):
        write_table(config, each, terminalreporter)


def write_table(config, each, terminalreporter):
    """Write the tables of the page on how the course is checked, after a run of pages and their seconds."""
    if (
        not (config.rootpath / "docs/checked/index.md").is_file()
        or len(config.args) != 1
        or config.option.keyword
    ):
        return
    from checked import write

    from dlcourse_site.runner import read_course

    seconds = Counter()
    for page, took in each.items():
        seconds[page.removeprefix("docs/").rpartition("/")[0] or "home"] += took
    if write(read_course(config.rootpath), seconds):
        terminalreporter.write_line("docs/checked/index.md has changed")
