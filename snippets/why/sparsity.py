"""Count the words of this course: almost all counts are zero."""

import re

from dlcourse.data.course_text import load_course_text

paragraphs = []
words = set()
for text in load_course_text().lower().split("\n\n"):
    found = set(re.findall(r"[a-z]+", text))  # its different words
    paragraphs.append(found)
    words.update(found)

num_cells = len(paragraphs) * len(words)  # a table: paragraphs x words
num_filled = sum(len(found) for found in paragraphs)
zeros = 1 - num_filled / num_cells
print(f"{len(paragraphs)} paragraphs, {len(words):,} different words")
print(f"{zeros:.1%} of the cells are zero")
