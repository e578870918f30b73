"""No page, docstring or snippet holds a misspelling that codespell knows; jargon.txt excuses words."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
JARGON = Path(__file__).with_name("jargon.txt")
ALIASES = "<p hidden>[^<]*</p>"  # misspellings that the search shall find
KINDS = ("*.md", "*.py", "*.txt", "*.toml", "*.yml", "*.html", "*.js", "*.css")


def misspelt(*paths):
    """Return a line for each misspelling in some files."""
    options = ["--builtin", "clear,rare", "--ignore-words", str(JARGON), "--ignore-regex", ALIASES]
    command = [sys.executable, "-m", "codespell_lib", *options, *map(str, paths)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout.splitlines()


def test_nothing_is_misspelt():
    folders = [ROOT / name for name in ("docs", "snippets", "src", "overrides")]
    files = [path for folder in folders for kind in KINDS for path in folder.rglob(kind)]
    files = [path.relative_to(ROOT) for path in files if "built" not in path.parts]
    assert {path.parts[0] for path in files} == {folder.name for folder in folders}  # all were seen
    assert misspelt(*files, *(path.name for path in ROOT.glob("*.md"))) == []


def test_a_misspelling_is_named_with_its_line(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# Home\n\nA neural netwrok has weigths.\n", "utf-8")
    found = misspelt(page)
    assert [line.split(": ")[1] for line in found] == ["netwrok ==> network", "weigths ==> weights"]
    assert all(f"{page}:3" in line for line in found)


def test_jargon_is_sorted_and_used():
    words = JARGON.read_text("utf-8").split()
    assert words == sorted(set(words))
    texts = " ".join(path.read_text("utf-8").lower() for path in (ROOT / "docs").rglob("*.md"))
    assert [word for word in words if word not in texts] == []
