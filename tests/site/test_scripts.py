"""The scripts and styles of the pages stand as prettier formats them."""

import subprocess
from pathlib import Path

import pytest

from dlcourse_site.katex import find_node

ROOT = Path(__file__).resolve().parents[2]
PRETTIER = ROOT / "node_modules" / "prettier" / "bin" / "prettier.cjs"
FOLDERS = ("docs", "src", "tests")
SUFFIXES = (".js", ".mjs", ".cjs", ".css")

needs_npm = pytest.mark.skipif(not PRETTIER.exists(), reason="npm's packages are not installed")


def our_scripts():
    """Return the files that people here write; those of docs/assets/built are made by the build."""
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    return [str(path) for path in files if path.suffix in SUFFIXES and "built" not in path.parts]


def badly_formatted(*files):
    """Return the names of the files that prettier would change."""
    command = [find_node(), str(PRETTIER), "--list-different", *files]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode in (0, 1), done.stderr
    return done.stdout.splitlines()


@needs_npm
def test_scripts_and_styles_are_formatted():
    files = our_scripts()
    assert len(files) > 20
    names = badly_formatted(*files)
    assert names == [], f"npx prettier --write {' '.join(names)}"


@needs_npm
def test_packed_script_is_named(tmp_path):
    packed = tmp_path / "packed.js"
    packed.write_text("let x=1;let y=2\n", "utf-8")
    assert [Path(name).name for name in badly_formatted(str(packed))] == ["packed.js"]
