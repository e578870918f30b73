"""Compare the code that readers see in the built site with the code that runs."""

import re
from collections import Counter
from pathlib import Path

import jupytext

from dlcourse_site.pages import Block, Course, code_texts
from dlcourse_site.places import line_of

# What mkdocstrings makes of docstrings
DOCSTRINGS = re.compile(r'<div class="doc doc-object.*?(?=<h2|</article>|\Z)', re.DOTALL)


def compare(course: Course, site: Path) -> tuple[list[str], Counter[str]]:
    """Return what the built pages show but nothing runs, what runs but is not shown, and counts."""
    findings = []
    counts = Counter[str]()
    shown = set()
    others = shown_code(site)
    for path in pages_and_labs(course):
        built = built_page(course, site, path)
        blocks = blocks_of(course, path)
        findings += compare_page(course, path, blocks, others.pop(built, []))
        counts.update(count_blocks(path, blocks))  # + would leave out what is 0
        shown |= {block.source for block in blocks}
    for file, texts in others.items():
        name = file.relative_to(site).as_posix()
        findings += [unrun(name, text) for text in texts]
    for file in sorted(set(course.root.glob("snippets/*/*.*")) - shown):
        findings.append(f"{course.name(file)}:1: on no page: include it, or delete it")
    return findings, counts


def pages_and_labs(course: Course) -> list[Path]:
    """Return the files of the pages, then those of the labs."""
    pages = sorted(course.root.glob("docs/**/*.md"))
    labs = sorted(course.root.glob("docs/*/lab.py"))
    return pages + labs


def shown_code(site: Path) -> dict[Path, list[str]]:
    """Return the code blocks of each built page, without those of docstrings."""
    shown = {}
    for file in sorted(site.rglob("*.html")):
        text = DOCSTRINGS.sub("", file.read_text("utf-8"))
        shown[file] = code_texts(text)
    return shown


def built_page(course: Course, site: Path, path: Path) -> Path:
    """Return the file that a page or lab is built to."""
    place = path.relative_to(course.root / "docs").with_suffix("")
    folder = place.parent if place.name == "index" else place
    return site / folder / "index.html"


def blocks_of(course: Course, path: Path) -> list[Block]:
    """Return the blocks of a page, or the cells of a lab, that keep the rules."""
    blocks = cells(path) if path.suffix == ".py" else course.read(path)
    return [block for block in blocks if block.kind != "problem"]


def compare_page(course: Course, path: Path, blocks: list[Block], seen: list[str]) -> list[str]:
    """Return what of a page's blocks is not on its built page, and the other way round."""
    code = [block for block in blocks if block.kind not in ("figure", "number")]
    places = {block.text: course.at(block) for block in code}
    expected = Counter(block.text for block in code)
    findings = []
    for text in expected - Counter(seen):
        findings.append(f"{places[text]}: this block is not on the built page as it is")
    if path.suffix == ".md":  # a lab's page shows what its cells print, too
        for text in Counter(seen) - expected:
            place = f"{course.name(path)}:{line_where(path, text)}"
            findings.append(unrun(place, text))
    return findings


def count_blocks(path: Path, blocks: list[Block]) -> Counter[str]:
    """Count a page or a lab, its cells, its blocks to run and those that are excused."""
    kinds = Counter(block.kind for block in blocks)
    counts = Counter(resting=kinds["excused"])
    counts["rendered"] = kinds["python"] + kinds["bash"] + kinds["excused"]
    if path.suffix == ".py":
        counts["labs"] = 1
        counts["cells"] = len(blocks)
    else:
        counts["pages"] = 1
    return counts


def cells(lab: Path) -> list[Block]:
    """Return the code cells of a lab as its page shows them."""
    sources = [cell.source for cell in jupytext.read(lab).cells if cell.cell_type == "code"]
    return [Block("cell", lab, line_where(lab, source), text=f"{source}\n") for source in sources]


def line_where(path: Path, text: str) -> int:
    """Return the line of a file where a text begins; 1 where the text is not there as it is."""
    source = path.read_text("utf-8")
    first_line = text.strip().split("\n")[0]
    return line_of(source, source.rfind(first_line))


def unrun(place: str, text: str) -> str:
    """Say that nothing runs the code that begins so."""
    return f"{place}: the built page shows code that nothing runs: {text.strip()[:60]!r}"
