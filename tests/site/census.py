"""Compare the code that readers see in the built site with the code that runs."""

import re
from collections import Counter
from pathlib import Path

import jupytext

from dlcourse_site.pages import Block, Course, code_texts
from dlcourse_site.places import line_of

DOCSTRINGS = re.compile(
    r'<div class="doc doc-object.*?(?=<h2|</article>|\Z)', re.DOTALL
)  # by mkdocstrings


def compare(course: Course, site: Path) -> tuple[list[str], Counter[str]]:
    """Return what the built pages show but nothing runs, and the other way round, with counts of it all."""
    findings, counts, shown = [], Counter[str](), set()
    texts = {
        file: DOCSTRINGS.sub("", file.read_text("utf-8")) for file in sorted(site.rglob("*.html"))
    }
    others = {file: code_texts(text) for file, text in texts.items()}
    for path in course.paths():
        place = path.relative_to(course.root / "docs").with_suffix("")
        seen = others.pop(
            site / (place.parent if place.name == "index" else place) / "index.html", []
        )
        blocks = cells(path) if path.suffix == ".py" else course.read(path)
        blocks = [block for block in blocks if block.kind != "problem"]
        places = {
            block.text: course.at(block)
            for block in blocks
            if block.kind not in ("figure", "number")
        }
        expected = Counter(block.text for block in blocks if block.kind not in ("figure", "number"))
        missing, extra = expected - Counter(seen), Counter(seen) - expected
        findings += [
            f"{places[text]}: this block is not on the built page as it is" for text in missing
        ]
        if path.suffix == ".md":  # a lab's page shows what its cells print, too
            findings += [
                unrun(f"{course.name(path)}:{line_where(path, text)}", text) for text in extra
            ]
        shown |= {block.source for block in blocks}
        counts.update({"labs": 1, "cells": len(blocks)} if path.suffix == ".py" else {"pages": 1})
        counts["rendered"] += sum(block.kind in ("python", "bash", "excused") for block in blocks)
        counts["resting"] += sum(block.kind == "excused" for block in blocks)
    for file, texts in others.items():
        findings += [unrun(file.relative_to(site).as_posix(), text) for text in texts]
    left_over = sorted(set(course.root.glob("snippets/*/*.*")) - shown)
    findings += [
        f"{course.name(file)}:1: on no page: include it, or delete it" for file in left_over
    ]
    return findings, counts


def cells(lab: Path) -> list[Block]:
    """Return the code cells of a lab as its page shows them."""
    sources = [cell.source for cell in jupytext.read(lab).cells if cell.cell_type == "code"]
    return [Block("cell", lab, line_where(lab, source), text=f"{source}\n") for source in sources]


def line_where(path: Path, text: str) -> int:
    """Return the line of a file where a text begins; 1 where it does not stand there as it is."""
    source, begins = path.read_text("utf-8"), text.strip().split("\n")[0]
    return line_of(source, source.rfind(begins))


def unrun(place: str, text: str) -> str:
    """Say that nothing runs the code that begins so."""
    return f"{place}: the built page shows code that nothing runs: {text.strip()[:60]!r}"
