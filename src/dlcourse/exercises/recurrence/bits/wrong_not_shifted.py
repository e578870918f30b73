# the characters themselves
import math
from collections import Counter
from itertools import pairwise

import torch.nn.functional as F


def compare_with_counts(train, validation, loss):
    """Return the bits per character of counting pairs, and of a network.

    train and validation are texts; loss is the network's, in nats per character.
    """
    pairs = Counter(pairwise(train))
    beginnings = Counter(train[:-1])  # the last character begins no pair
    vocabulary = set(train + validation)
    bits = 0
    for before, after in pairwise(validation):
        count = pairs[before, after] + 1  # so that no probability is 0
        bits -= math.log2(count / (beginnings[before] + len(vocabulary)))
    return bits / (len(validation) - 1), loss / math.log(2)


def train_step(network, optimizer, windows):
    """Train on a batch of windows once; return the loss before, in nats per character.

    windows: numbers of characters, (batch, length + 1).
    """
    logits = network(windows[:, :-1])  # (batch, length, vocabulary)
    targets = windows[:, :-1]
    loss = F.cross_entropy(logits.flatten(0, 1), targets.flatten())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()
