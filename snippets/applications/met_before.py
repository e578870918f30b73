"""Were these runs of words met before, in this order?"""

import re

from dlcourse.data.course_text import load_course_text


def runs(words, length):
    """Return all runs of so many words."""
    last = len(words) - length
    return [tuple(words[i : i + length]) for i in range(last + 1)]


texts = load_course_text().lower().split("\n\n")
paragraphs = [re.findall("[a-z]+", text) for text in texts]
shares = {}
for length in (1, 2, 4):
    known = set()
    new = []
    for number, words in enumerate(paragraphs):
        if number % 5 == 0:  # every fifth paragraph is new
            new += runs(words, length)
        else:
            known.update(runs(words, length))
    num_met = sum(run in known for run in new)
    shares[length] = num_met / len(new)
    print(f"of new runs of {length}, met before: {shares[length]:.0%}")
