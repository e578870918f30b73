"""Options of the whole suite; plugins run the pages and tell at the end what was checked."""

import os

import pytest

pytest_plugins = ["dlcourse_site.runner", "course_summary"]
# On a busy machine threads of torch wait for each other: small work takes 2 s with one thread, 70 s
# with two
os.environ.setdefault("OMP_NUM_THREADS", "1")
# It would print a notice about the next major version at each start
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


def pytest_addoption(parser):
    soak = "run the long counts, marked soak, as well"
    browser = "run tests/browser, which needs Chromium"
    parser.addoption("--soak", action="store_true", help=soak)
    parser.addoption("--browser", action="store_true", help=browser)


def pytest_configure(config):
    config.addinivalue_line("markers", "soak: a long count, run with --soak alone")


def pytest_ignore_collect(collection_path, config):
    if collection_path.name == "browser" and not config.option.browser:
        return True
    return None


def pytest_collection_modifyitems(items, config):
    if config.option.soak:
        return
    for item in items:
        if item.get_closest_marker("soak"):
            item.add_marker(pytest.mark.skip(reason="a long count: run it with --soak"))
