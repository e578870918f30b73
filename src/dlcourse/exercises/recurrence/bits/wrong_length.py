# one too many
import math
from collections import Counter
from itertools import pairwise


def compare_with_counts(train, validation, loss):
    pairs = Counter(pairwise(train))
    beginnings = Counter(train[:-1])
    size = len(set(train + validation))
    bits = 0
    for a, b in pairwise(validation):
        bits -= math.log2((pairs[a, b] + 1) / (beginnings[a] + size))
    return bits / len(validation), loss / math.log(2)
