# nats
import math
from collections import Counter
from itertools import pairwise


def compare_with_counts(train, validation, loss):
    pairs = Counter(pairwise(train))
    beginnings = Counter(train[:-1])
    size = len(set(train + validation))
    nats = 0
    for a, b in pairwise(validation):
        nats -= math.log((pairs[a, b] + 1) / (beginnings[a] + size))
    return nats / (len(validation) - 1), loss
