"""A story generator: predict a word, write it down, predict the next."""

import random
from collections import defaultdict
from itertools import pairwise

text = """
the old fox lived in the forest . the young girl lived by the sea .
the fox was looking for the moon . the girl was looking for a boat .
one night the fox found a boat in the forest .
one night the girl found the moon in the sea .
"""
following = defaultdict(list)
for word, after in pairwise(text.split()):
    following[word].append(after)

random.seed(7)
for _ in range(3):
    story = ["one"]
    while story[-1] != ".":
        story.append(random.choice(following[story[-1]]))
    sentence = " ".join(story)
    print(sentence)
    assert sentence not in text  # new, not copied
