"""Count the words of this course: nearly all counts are zero."""

import re

from dlcourse.data.course_text import load_course_text

texts = load_course_text().lower().split("\n\n")
paragraphs = [set(re.findall(r"[a-z]+", text)) for text in texts]
words = set().union(*paragraphs)
num_cells = len(paragraphs) * len(words)  # a table: paragraphs x words
zeros = 1 - sum(len(paragraph) for paragraph in paragraphs) / num_cells
print(f"{len(paragraphs)} paragraphs, {len(words):,} different words")
print(f"{zeros:.1%} of the cells are zero")
