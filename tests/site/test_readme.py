"""The README says what is true: its commands run, its links lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest

from dlcourse.commands.app import main

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```(?:bash|text)\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the README's commands run one after the other, as a reader types them."""
    return tmp_path_factory.mktemp("reader")


@pytest.mark.parametrize("command", [line for line in COMMANDS if line.startswith("dlcourse ")])
def test_command_runs(command, folder, monkeypatch):
    monkeypatch.chdir(folder)
    assert main(shlex.split(command, comments=True)[1:]) == 0


def test_shows_the_two_commands_for_make_and_for_windows():
    for task in ("serve", "test"):
        assert f"`make {task}`" in README
        assert f"`python tasks.py {task}`" in README


def test_links_into_the_repository_exist():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    local = [link for link in links if not link.startswith("https://")]
    assert local
    assert [link for link in local if not (ROOT / link).exists()] == []
