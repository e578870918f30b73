"""Predictive text by counting: which word came next in this course's prose?"""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from dlcourse.data.course_text import load_course_text

texts = load_course_text().lower().split("\n\n")
paragraphs = [re.findall("[a-z]+", text) for text in texts]

following = defaultdict(Counter)
for words in paragraphs:
    for word, after in pairwise(words):
        following[word][after] += 1
for word in ("deep", "gradient", "such"):
    print(word, "->", following[word].most_common(1)[0][0])

for length in (1, 4):  # were these words met before, in this order?
    known, new = set(), []
    for i, words in enumerate(paragraphs):
        contexts = list(zip(*(words[k:] for k in range(length)), strict=False))
        new.extend(contexts) if i % 5 == 0 else known.update(contexts)
    met = sum(context in known for context in new) / len(new)
    share = "over 90 %" if met > 0.9 else "under 20 %" if met < 0.2 else "some"
    print(f"of new runs of {length}, met before: {share}")
