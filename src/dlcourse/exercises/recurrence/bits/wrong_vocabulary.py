# the vocabulary
import math
from collections import Counter
from itertools import pairwise


def compare_with_counts(train, validation, loss):
    pairs = Counter(pairwise(train))
    beginnings = Counter(train[:-1])
    bits = 0
    for a, b in pairwise(validation):
        bits -= math.log2((pairs[a, b] + 1) / (beginnings[a] + len(set(train))))
    return bits / (len(validation) - 1), loss / math.log(2)
