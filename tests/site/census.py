"""Compare the code that readers see in the built site with the code that runs."""

import re
from collections import Counter
from pathlib import Path

from dlcourse_site.pages import Course, code_texts

DOCSTRINGS = re.compile(r'<div class="doc doc-object.*?(?=<h2|</article>|\Z)', re.DOTALL)  # by mkdocstrings


def compare(course: Course, site: Path) -> tuple[list[str], Counter[str]]:
    """Return what the built pages show but nothing runs, and the other way round, with counts of it all."""
    findings, counts, shown = [], Counter[str](), set()
    texts = {file: DOCSTRINGS.sub("", file.read_text("utf-8")) for file in sorted(site.rglob("*.html"))}
    others = {file: code_texts(text) for file, text in texts.items()}
    for path in course.paths():
        place = path.relative_to(course.root / "docs").with_suffix("")
        seen = others.pop(site / (place.parent if place.name == "index" else place) / "index.html", [])
        blocks = [block for block in course.read(path) if block.kind != "problem"]
        places = {block.text: course.at(block) for block in blocks if block.kind not in ("figure", "number")}
        expected = Counter(block.text for block in blocks if block.kind not in ("figure", "number"))
        missing, extra = expected - Counter(seen), Counter(seen) - expected
        findings += [f"{places[text]}: this block is not on the built page as it is" for text in missing]
        if path.suffix == ".md":  # a lab's page shows what its cells print, too
            findings += [unrun(course.name(path), text) for text in extra]
        shown |= {block.source for block in blocks}
        counts.update({"labs": 1, "cells": len(blocks)} if path.suffix == ".py" else {"pages": 1})
        counts["rendered"] += sum(block.kind in ("python", "bash", "excused") for block in blocks)
        counts["resting"] += sum(block.kind == "excused" for block in blocks)
    for file, texts in others.items():
        findings += [unrun(file.relative_to(site).as_posix(), text) for text in texts]
    left_over = sorted(set(course.root.glob("snippets/*/*.*")) - shown)
    findings += [f"{course.name(file)}: on no page: include it, or delete it" for file in left_over]
    return findings, counts


def unrun(place: str, text: str) -> str:
    """Say that nothing runs the code that begins so."""
    return f"{place}: the built page shows code that nothing runs: {text.strip()[:60]!r}"
