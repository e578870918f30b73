"""`make edit`: a saved page shows within 1.5 s of a quiet machine, however many pages there are."""

import contextlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import markdown
import pytest
from playwright.sync_api import expect

from dlcourse_site.places import EXERCISES

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 1.5
MANY = 100  # pages
HUB = "exercises/index.md"
TEXT = "## Title\n\nA *word*, `code` and a [link](page.md) in a line.\n\n- one\n- two\n\n" * 2000
TEXT_SECONDS = (
    0.33  # the least that TEXT took on a Zen 4; 0.53 in the same minute, as others work there
)
LONGEST_WAIT = 90  # seconds: beside other work, the first build of 100 pages has taken 30


def read(address):
    """Return a page, or nothing while the server does not answer."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return ""


def wait_for(address, text):
    """Return the seconds until a page holds a text."""
    start = time.perf_counter()
    while text not in read(address):
        waited = time.perf_counter() - start
        assert waited < LONGEST_WAIT, f"{address} did not show {text!r}"
        time.sleep(0.05)
    return time.perf_counter() - start


def slowness():
    """Return how many times the seconds of a quiet machine this one needs now; at least 1."""
    start = time.perf_counter()
    markdown.markdown(TEXT)
    return max(1.0, (time.perf_counter() - start) / TEXT_SECONDS)


def copy_course(folder):
    """Copy what an author edits to a folder."""
    for name in ("docs", "snippets", "overrides", EXERCISES):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)


def other_pages(_, names):
    """Return what is not copied of a chapter: its further pages."""
    return [name for name in names if name.endswith(".md") and name != "index.md"]


def add_pages(folder):
    """Add copies of the chapters to a course until it has MANY pages."""
    chapters = sorted(set(folder.glob("docs/*/index.md")) - {folder / "docs" / HUB})
    missing = MANY - len(list(folder.glob("docs/**/*.md")))
    line = "      - Teach: teach/index.md\n"
    nav = line
    for number in range(missing):
        chapter = chapters[number % len(chapters)].parent
        name = f"{chapter.name}{number}"
        shutil.copytree(chapter, folder / "docs" / name, ignore=other_pages)
        nav += f"      - {name}/index.md\n"
    settings = folder / "mkdocs.yml"
    text = settings.read_text("utf-8")
    assert line in text
    settings.write_text(text.replace(line, nav), "utf-8")


@contextlib.contextmanager
def editing(folder):
    """Run what `make edit` runs on a course in a folder, and yield its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["--config-file", str(folder / "mkdocs.yml"), "--port", str(port)]
    command = [sys.executable, "-m", "dlcourse_site.edit", *options]
    with open(folder / "log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait()


def save(page, text):
    """Add a paragraph to a page."""
    page.write_text(f"{page.read_text('utf-8')}\n{text}\n", "utf-8")


@pytest.mark.parametrize("has_many", [False, True], ids=["the course", f"{MANY} pages"])
def test_saved_page_shows_soon(has_many, tmp_path, built_site, record_property):
    copy_course(tmp_path)
    if has_many:
        add_pages(tmp_path)
    num_pages = len(list(tmp_path.glob("docs/**/*.md")))
    page = tmp_path / "docs" / "neuron" / "index.md"
    seconds = []
    with editing(tmp_path) as address:
        wait_for(address, "<h1")
        for number in range(3):
            before = slowness()
            time.sleep(1)  # a person saves less often than the watcher looks for changes
            text = f"Saved for the {number}th time."
            save(page, text)
            took = wait_for(f"{address}neuron/", text)
            seconds.append((took / min(before, slowness()), took))
    quiet, took = min(seconds)  # the best of three: other work on the machine only adds
    shows = f"one of {num_pages} pages shows {took:.2f} s after it is saved"
    record_property("line", f"{shows}, {quiet:.2f} s of a quiet machine")
    assert quiet <= SECONDS
    log = (tmp_path / "log").read_text("utf-8")
    # Home has the page's front matter in its map and the hub its objectives; no other page is built
    assert log.count(f"Built index.md, {HUB}, neuron/index.md in") == 3
    assert "execute=False" in log
    assert "execute=True" not in log


def test_browser_reloads_a_saved_page(tmp_path, browser, built_site):
    copy_course(tmp_path)
    with editing(tmp_path) as address:
        wait_for(address, "<h1")
        page = browser.new_page()
        page.goto(f"{address}neuron/")
        save(tmp_path / "docs" / "neuron" / "index.md", "Saved while it is open.")
        expect(page.get_by_text("Saved while it is open.")).to_be_visible(timeout=20_000)
        page.close()


def test_changed_tooling_starts_the_server_again(tmp_path, built_site):
    copy_course(tmp_path)
    tooling = tmp_path / "src" / "dlcourse_site" / "extension.py"
    tooling.parent.mkdir(parents=True)
    tooling.write_text("", "utf-8")
    with editing(tmp_path) as address:
        wait_for(address, "<h1")
        page = tmp_path / "docs" / "neuron" / "index.md"
        page.write_text(f"{page.read_text('utf-8')}\nSaved with it.\n", "utf-8")
        tooling.write_text("# changed\n", "utf-8")
        wait_for(f"{address}neuron/", "Saved with it.")
    log = (tmp_path / "log").read_text("utf-8")
    assert log.count("starting again") == 1
    assert log.count("Serving on") == 2


def test_taken_port_is_one_line(tmp_path, built_site):
    copy_course(tmp_path)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        options = ["--config-file", str(tmp_path / "mkdocs.yml"), "--port", port]
        command = [sys.executable, "-m", "dlcourse_site.edit", *options]
        done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].endswith(f"--port gives another than {port}")
    assert "Traceback" not in done.stderr
