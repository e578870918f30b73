"""Count the words of this course: nearly all counts are zero."""

import re
from pathlib import Path

import dlcourse

pages = sorted((Path(dlcourse.__file__).parents[2] / "docs").rglob("*.md"))
assert pages, "this needs the course's repository, not the package alone"

paragraphs = [
    set(re.findall(r"[a-z]+", paragraph.lower()))
    for page in pages
    for paragraph in page.read_text("utf-8").split("\n\n")
]
words = set().union(*paragraphs)
num_cells = len(paragraphs) * len(words)  # a table: paragraphs x words
zeros = 1 - sum(len(paragraph) for paragraph in paragraphs) / num_cells
print("more than a million cells:", num_cells > 1e6)
print("more than 98 % of them zero:", zeros > 0.98)
