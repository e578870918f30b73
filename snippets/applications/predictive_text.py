"""Predictive text by counting: which word came next in this course's prose?"""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from dlcourse.data.course_text import load_course_text

following = defaultdict(Counter)  # word: counts of the words after it
for paragraph in load_course_text().lower().split("\n\n"):
    words = re.findall("[a-z]+", paragraph)
    for word, after in pairwise(words):
        following[word][after] += 1

for word in ("deep", "gradient", "such"):
    (after, times) = following[word].most_common(1)[0]
    print(f"{word} -> {after} ({times} times)")
