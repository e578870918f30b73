"""Every page, light and dark, on a desk and on a phone."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
DOCS = ROOT / "docs"
CHAPTERS = sorted(path.parent.name for path in DOCS.glob("*/index.md"))
LABS = sorted(path.parent.name for path in DOCS.glob("*/lab.py"))
OTHERS = [
    p.relative_to(DOCS).with_suffix("").as_posix()
    for p in sorted(DOCS.glob("*/*.md"))
    if p.stem != "index"
]
PAGES = [
    f"{name}/" if name else "" for name in ["", *CHAPTERS, *OTHERS, *(f"{lab}/lab" for lab in LABS)]
]

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN_AXE = "levels => axe.run({runOnly: levels, resultTypes: ['violations']})"

FAINT_INK = (Path(__file__).parent / "faint_ink.js").read_text("utf-8")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "home")
def test_page_is_accessible_and_fits(name, scheme, width, open_page):
    page = open_page(name, scheme, width, unfolded=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(FAINT_INK) == []
    page.add_script_tag(path=AXE)
    violations = page.evaluate(RUN_AXE, LEVELS)["violations"]
    found = [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in violations
        for node in rule["nodes"]
    ]
    assert found == []


@pytest.mark.parametrize("name", PAGES, ids=lambda name: name or "home")
def test_page_reflows_at_320_pixels(name, open_page):
    page = open_page(name, width=320)  # WCAG 1.4.10
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_page_is_whole_without_javascript(open_page):
    page = open_page("neuron/", java_script_enabled=False)
    assert page.locator("article h1").is_visible()
    assert page.locator("article .katex-display .katex-html").first.is_visible()
    assert page.locator("article figure.drawn svg").first.is_visible()
    assert page.locator("article summary").first.is_visible()
