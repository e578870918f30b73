"""`make edit`: a saved page shows within two seconds of a quiet machine, and no lab is executed."""

import os
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

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 2.0
TEXT = "## Title\n\nA *word*, `code` and a [link](page.md) in a line.\n\n- one\n- two\n\n" * 2000
TEXT_SECONDS = (
    0.33  # the least that TEXT took on a Zen 4; 0.53 in the same minute, as others work there
)


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
        assert time.perf_counter() - start < 30, f"{address} did not show {text!r}"
        time.sleep(0.05)
    return time.perf_counter() - start


def slowness():
    """Return how many times the seconds of a quiet machine this one needs now; at least 1."""
    start = time.perf_counter()
    markdown.markdown(TEXT)
    return max(1.0, (time.perf_counter() - start) / TEXT_SECONDS)


@pytest.fixture
def author(tmp_path, built_site):
    """Return a copy of the course under live reload (tasks.py's command), and its address."""
    for name in ("docs", "snippets", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = ["mkdocs", "serve", "--livereload", "--watch", "snippets", "-a", f"127.0.0.1:{port}"]
    environment = {**os.environ, "DLCOURSE_RUN_LABS": "false"}
    environment.pop("SITE_URL", None)
    with open(tmp_path / "log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=tmp_path, env=environment, stdout=log, stderr=log
        )
        try:
            yield tmp_path, f"http://127.0.0.1:{port}/"
        finally:
            server.terminate()
            server.wait()


def test_saved_page_shows_within_two_seconds(author, capsys):
    folder, address = author
    wait_for(address, "<h1")
    page, seconds = folder / "docs" / "neuron" / "index.md", []
    for number in range(3):
        before = slowness()
        time.sleep(
            1
        )  # the watcher looks for changes now and then; a person saves less often than it does
        page.write_text(page.read_text("utf-8") + f"\nSaved for the {number}th time.\n", "utf-8")
        took = wait_for(address + "neuron/", f"Saved for the {number}th time.")
        seconds.append((took / min(before, slowness()), took))
    quiet, took = min(seconds)  # the best of three: other work on the machine only adds
    with capsys.disabled():
        print(f"\na saved page shows after {took:.1f} s, {quiet:.1f} s of a quiet machine", end="")
    assert quiet <= SECONDS
    assert "execute=False" in (folder / "log").read_text("utf-8")
    assert "execute=True" not in (folder / "log").read_text("utf-8")
