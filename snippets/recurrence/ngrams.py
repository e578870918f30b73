"""Predict the next character by counting: no network."""

import math
from collections import Counter

from dlcourse.data.course_text import load_course_text

text = load_course_text()
end = len(text) * 8 // 10
train = text[:end]
validation = text[end : len(text) * 9 // 10]
vocabulary_size = len(set(text))


def predict_by_counts(length, extra=0.03):
    """Return the loss of counts of pieces, and the share of new pieces.

    A little is added to each count, so that no probability is 0.
    """
    pieces = Counter()
    beginnings = Counter()
    for end in range(length, len(train) + 1):
        piece = train[end - length : end]
        pieces[piece] += 1
        beginnings[piece[:-1]] += 1

    bits = 0.0
    num_new = 0
    num_pieces = 0
    for end in range(length, len(validation) + 1):
        piece = validation[end - length : end]
        times = pieces[piece] + extra
        all_times = beginnings[piece[:-1]] + extra * vocabulary_size
        bits -= math.log2(times / all_times)
        num_new += piece not in pieces
        num_pieces += 1
    return bits / num_pieces, num_new / num_pieces


print(f"any of {vocabulary_size} alike: {math.log2(vocabulary_size):.2f} bits")
bits_of = {}
for length in (1, 2, 3, 4, 5, 6):
    bits, new = predict_by_counts(length)
    bits_of[length] = bits
    row = f"pieces of {length}: {bits:.2f} bits per character"
    print(f"{row}, {new:4.0%} are new")
