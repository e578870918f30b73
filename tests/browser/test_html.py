"""Every built page is HTML as the standard has it, with the rules on accessibility besides.

The rules are those of html-validate; rules of taste, such as the case of a doctype, are left out.
"""

import json
import subprocess
from pathlib import Path

import pytest

from dlcourse_site.katex import find_node

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
# Their own scripts come from where the page comes from, and need no hash
RULES = {"require-sri": ["error", {"target": "crossorigin"}]}
SETS = ["html-validate:standard", "html-validate:a11y", "html-validate:document"]
# What only the theme does, outside of <article>; each is harmless or named by other means
THEME = {
    "input-missing-label": "the labels of its hidden check boxes are icons",
    "no-missing-references": "its navigation names a label that it leaves out for a section's page",
    "unique-landmark": "for the same reason its navigation has no names",
    "valid-autocomplete": "it keeps browsers from restoring its hidden check boxes",
    "wcag/h32": "its search and its switch of the scheme act without a button",
}


@pytest.fixture
def invalid(tmp_path):
    """Return a function that says of each page what is not valid in it."""

    def find(*paths):
        settings = tmp_path / "settings.json"
        settings.write_text(json.dumps({"root": True, "extends": SETS, "rules": RULES}), "utf-8")
        found = tmp_path / "found.json"
        options = ["--config", str(settings), "--formatter", f"json={found}"]
        command = [find_node(), str(PROGRAM), *options, *map(str, paths)]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode in (0, 1), done.stderr
        return [line for page in json.loads(found.read_text("utf-8")) for line in faults(page)]

    return find


def faults(page):
    """Yield what is told of a page, without what only the theme does."""
    path = Path(page["filePath"])
    text = path.read_text("utf-8")
    first = text.partition("<article")[0].count("\n") + 1
    last = text.rpartition("</article>")[0].count("\n") + 1
    for fault in page["messages"]:
        if fault["ruleId"] not in THEME or first <= fault["line"] <= last:
            yield f"{path.parent.name}/{path.name}:{fault['line']}: {fault['message']}"


def test_every_page_is_valid(built_site, invalid):
    pages = sorted(built_site.rglob("*.html"))
    assert len(pages) > 40
    found = invalid(*pages)
    assert found == [], "\n".join(found)


def test_a_broken_page_is_told(tmp_path, invalid):
    page = tmp_path / "broken.html"
    head = '<!doctype html>\n<html lang="en">\n<head><title>Broken</title></head>\n<body>\n'
    theme = '<input type="checkbox" autocomplete="off" aria-label="a">\n'
    article = f'<article>\n<p><div id="a">a</div></p>\n<img src="a.png">\n{theme}</article>\n'
    page.write_text(f"{head}{theme}{article}</body>\n</html>\n", "utf-8")
    found = " ".join(invalid(page))
    assert "broken.html:7: Stray end tag '</p>'" in found
    assert "broken.html:8: <img> is missing required" in found
    assert "broken.html:9: autocomplete attribute" in found
    assert "broken.html:5" not in found
