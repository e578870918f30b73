"""Options of the whole suite; plugins run the pages and tell at the end what was checked."""

import gc
import importlib.util
import os

import pytest

pytest_plugins = ["dlcourse_site.runner", "course_summary"]
# Files of 15 or more seconds of a processor; the first builds the site for all that look at it
LONGEST = [
    "tests/site/test_built_site.py",
    "tests/training/test_processes.py",
    "tests/tasks/test_every_task.py",
    "tests/site/test_wheel.py",
    "tests/site/test_claims_keras.py",
    "tests/training/test_resume_anywhere.py",
    "tests/exercises/test_verify.py",
    "tests/site/test_claims_stability.py",
    "tests/commands/test_resume.py",
    "docs/generalization/index.md",
    "docs/why/index.md",
    "tests/commands/test_train.py",
]
# On a busy machine threads of torch wait for each other: small work takes 2 s with one thread, 70 s
# with two
os.environ.setdefault("OMP_NUM_THREADS", "1")
# It would print a notice about the next major version at each start
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
# Keras reads both when it is imported; with devnull it neither finds nor writes ~/.keras
os.environ["KERAS_BACKEND"] = "torch"
os.environ["KERAS_HOME"] = os.devnull


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
    no_soak = pytest.mark.skip(reason="a long count: run it with --soak")
    no_keras = pytest.mark.skip(reason="needs the extra dlcourse[keras]")
    has_keras = importlib.util.find_spec("keras") is not None
    for item in items:
        if item.get_closest_marker("soak") and not config.option.soak:
            item.add_marker(no_soak)
        if item.nodeid.startswith("docs/keras/") and not has_keras:
            item.add_marker(no_keras)
    if hasattr(config, "workerinput"):  # workers end together if what takes long begins first
        items.sort(key=place_in_queue)
    gc.freeze()  # else Python searches for garbage among all that was imported, again and again


def place_in_queue(item):
    """Return the place of an item's file among the longest, or the place behind them."""
    file = item.nodeid.split("::")[0]
    return LONGEST.index(file) if file in LONGEST else len(LONGEST)
