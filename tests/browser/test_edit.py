"""`make edit`: a saved page shows within two seconds, and no lab is executed."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 2.0


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
        time.sleep(1)  # the watcher looks for changes now and then; a person saves less often than it does
        page.write_text(page.read_text("utf-8") + f"\nSaved for the {number}th time.\n", "utf-8")
        seconds.append(wait_for(address + "neuron/", f"Saved for the {number}th time."))
    with capsys.disabled():
        print(f"\na saved page shows after {min(seconds):.1f} s", end="")
    assert min(seconds) <= SECONDS  # the best of three: other work on the machine only adds
    assert "execute=False" in (folder / "log").read_text("utf-8")
    assert "execute=True" not in (folder / "log").read_text("utf-8")
