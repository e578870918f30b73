"""Options of the whole suite; the pages are run by the plugin dlcourse_site.runner."""

import os

import pytest

pytest_plugins = ["dlcourse_site.runner"]
# On a busy machine threads of torch wait for each other: small work takes 2 s with one, 70 s with two
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # a notice about the next major version, at each start


def pytest_addoption(parser):
    parser.addoption("--soak", action="store_true", help="run the long counts, marked soak, as well")
    parser.addoption("--browser", action="store_true", help="run tests/browser, which needs Chromium")


def pytest_configure(config):
    config.addinivalue_line("markers", "soak: a long count, run with --soak alone")


def pytest_ignore_collect(collection_path, config):
    return (collection_path.name == "browser" and not config.option.browser) or None


def pytest_collection_modifyitems(items, config):
    for item in items:
        if item.get_closest_marker("soak") and not config.option.soak:
            item.add_marker(pytest.mark.skip(reason="a long count: run it with --soak"))


def pytest_terminal_summary(terminalreporter, config):
    """Print what tests/site/test_page_form.py measured, with the seconds that each page's blocks took."""
    from dlcourse_site.runner import told  # here, because pytest wants to import a plugin before others do

    reports = [r for found in terminalreporter.stats.values() for r in found if hasattr(r, "duration")]
    for page, *measures in told(config, "page form"):
        seconds = sum(r.duration for r in reports if r.nodeid.startswith(f"docs/{page}/"))
        last = f"{seconds:.0f}" if seconds else "seconds" if page == "page" else "-"
        terminalreporter.write_line(f"{page:<14}" + "".join(f"{cell:>11}" for cell in [*measures, last]))
    if config.option.update_outputs and not terminalreporter.stats.get("failed"):
        write_table(config, reports, terminalreporter)


def write_table(config, reports, terminalreporter):
    """Write the table of the page on how the course is checked, after a run of all pages."""
    pages = {r.nodeid.split("::")[0] for r in reports if r.nodeid.startswith("docs/")}
    if (
        not (config.rootpath / "docs/checked/index.md").is_file()
        or len(config.args) != 1
        or config.option.keyword
    ):
        return
    from checked import write

    from dlcourse_site.runner import read_course

    seconds = {page: sum(r.duration for r in reports if r.nodeid.startswith(f"{page}::")) for page in pages}
    names = {page: page.removeprefix("docs/").rpartition("/")[0] or "home" for page in pages}
    each = {
        name: sum(s for page, s in seconds.items() if names[page] == name) for name in set(names.values())
    }
    if write(read_course(config.rootpath), each):
        terminalreporter.write_line("docs/checked/index.md has changed")
