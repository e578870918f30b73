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
following = defaultdict(list)  # for each word, the words that followed it
for word, after in pairwise(text.split()):
    following[word].append(after)

random.seed(7)  # chosen because its first sentence is false
for _ in range(3):
    word = "one"
    story = [word]
    while word != ".":
        word = random.choice(following[word])
        story.append(word)
    sentence = " ".join(story)
    print(sentence)
    assert sentence not in text  # new, not copied
