"""Check recurrence/bits."""

import copy
import math
import random
from collections import Counter
from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.exercises.checking import expect, expect_number, is_close

MESSAGES = {
    "not a pair": "compare_with_counts(...) is {got}, expected a pair: bits of counting, bits of "
    "the network.",
    "the pair is swapped": "You return {got}, expected {expected}: the bits of counting come "
    "first.",
    "nats": "Counting gives {got}, expected {expected} bits: that is in nats. Use the logarithm "
    "to base 2.",
    "the sum": "Counting gives {got}, expected {expected}: that is the sum. Divide by the number "
    "of predicted characters.",
    "one too many": "Counting gives {got}, expected {expected}: you divide by {length} "
    "characters, but the first one is not predicted.",
    "counted in validation": "Counting gives {got}, expected {expected}: you count the pairs of "
    "the validation text. Count those of the training text.",
    "nothing is added": "Counting gives {got}, expected {expected}: add 1 to each count of a "
    "pair, and the size of the vocabulary below.",
    "the last character begins no pair": "Counting gives {got}, expected {expected}: the last "
    "character of the training text begins no pair.",
    "the vocabulary": "Counting gives {got}, expected {expected}: the vocabulary also contains "
    "the characters that occur in the validation text alone.",
    "another number of bits": "For train '{train}' and validation '{validation}' counting gives "
    "{got} bits, expected {expected}.",
    "the network's loss in nats": "The network's number is {got}, expected {expected}: that is "
    "still in nats. Divide by log(2).",
    "multiplied by log 2": "The network's number is {got}, expected {expected}: a nat is more "
    "than a bit, so divide by log(2).",
    "another number for the network": "The network's number is {got}, expected {expected}.",
    "the last character is given": "The network gets {got} characters of each window, expected "
    "{expected}: the last one is only a target.",
    "the characters themselves": "The loss is {got}, expected {expected}: the targets are the "
    "characters that the network gets. It has to predict the next ones.",
    "the last place alone": "The loss is {got}, expected {expected}: that is the loss of the last "
    "place alone. Each place predicts its next character.",
    "a sum of losses": "The loss is {got}, expected {expected}: that is the sum over all places. "
    "Take their mean.",
    "another loss": "The loss is {got}, expected {expected}: the mean cross entropy of all places "
    "before the step.",
    "nothing is learned": "After train_step the weights of the network are the same as before: "
    "backward and step are needed.",
    "gradients add up": "In the second step the network moves by both gradients, its own and the "
    "one of the step before: call optimizer.zero_grad() first.",
    "another step": "After {count} steps the weights are not those of gradient descent on the "
    "loss.",
}


def count_bits(train, validation, size, extra=1, with_last=False):
    """Return the bits of all predicted characters together."""
    pairs = Counter(pairwise(train))
    beginnings = Counter(train if with_last else train[:-1])
    bits = 0.0
    for before, after in pairwise(validation):
        count = pairs[before, after] + extra
        bits -= math.log2(max(count, 1e-9) / max(beginnings[before] + extra * size, 1e-9))
    return bits


def compare(learner, train, validation, loss):
    """Compare both numbers with those of known mistakes."""
    got = learner.compare_with_counts(train, validation, loss)
    expect(isinstance(got, tuple | list) and len(got) == 2, "not a pair", got=got)
    for value in got:
        expect_number(value, "a number of the pair")
    size = len(set(train + validation))
    num_predicted = len(validation) - 1
    total = count_bits(train, validation, size)
    expected = total / num_predicted
    by_network = loss / math.log(2)
    is_swapped = is_close(got[1], expected) and is_close(got[0], by_network)
    pair = {"got": tuple(got), "expected": (expected, by_network)}
    expect(not (is_swapped and not is_close(expected, by_network)), "the pair is swapped", **pair)
    mistakes = {
        "nats": expected * math.log(2),
        "the sum": total,
        "one too many": total / len(validation),
        "counted in validation": count_bits(validation, validation, size) / num_predicted,
        "nothing is added": count_bits(train, validation, size, extra=0) / num_predicted,
        "the last character begins no pair": count_bits(train, validation, size, with_last=True)
        / num_predicted,
        "the vocabulary": count_bits(train, validation, len(set(train))) / num_predicted,
    }
    shown = {"train": train, "validation": validation, "got": got[0], "expected": expected}
    shown["length"] = len(validation)
    for key, mistaken in mistakes.items():
        is_other = not is_close(mistaken, expected)
        expect(not (is_other and is_close(got[0], mistaken)), key, **shown)
    expect(is_close(got[0], expected), "another number of bits", **shown)
    shown = {"got": got[1], "expected": by_network}
    expect(not is_close(got[1], loss), "the network's loss in nats", **shown)
    expect(not is_close(got[1], loss * math.log(2)), "multiplied by log 2", **shown)
    expect(is_close(got[1], by_network), "another number for the network", **shown)


class Network(nn.Module):
    """A small recurrent network; `seen` is the shape of the last characters that it got."""

    def __init__(self, size):
        super().__init__()
        self.embedding = nn.Embedding(size, 6)
        self.rnn = nn.RNN(6, 7, batch_first=True)
        self.output = nn.Linear(7, size)

    def forward(self, characters):
        """Return logits (batch, length, vocabulary)."""
        self.seen = tuple(characters.shape)
        states, _ = self.rnn(self.embedding(characters))
        return self.output(states)


def losses_of(network, windows):
    """Return the right loss, and those of known mistakes."""
    logits = network(windows[:, :-1])
    targets = windows[:, 1:]
    flat = logits.flatten(0, 1)
    return F.cross_entropy(flat, targets.flatten()), {
        "the characters themselves": F.cross_entropy(flat, windows[:, :-1].flatten()),
        "the last place alone": F.cross_entropy(logits[:, -1], targets[:, -1]),
        "a sum of losses": F.cross_entropy(flat, targets.flatten(), reduction="sum"),
    }


def weights_of(network):
    """Return all weights as one row."""
    return nn.utils.parameters_to_vector(network.parameters()).detach().clone()


def look_at_training(learner, generator, num_windows, length, size):
    """Compare two steps with those of gradient descent."""
    torch.manual_seed(generator.randrange(2**32))
    network = Network(size).double()
    right = copy.deepcopy(network)
    adding = copy.deepcopy(network)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.5)
    descent = torch.optim.SGD(right.parameters(), lr=0.5)
    without_zero = torch.optim.SGD(adding.parameters(), lr=0.5)
    for count in (1, 2):
        windows = torch.randint(size, (num_windows, length + 1))
        before = weights_of(network)
        got = learner.train_step(network, optimizer, windows.clone())
        expect_number(got, "train_step(...)")
        seen = network.seen[1]
        expect(seen != length + 1, "the last character is given", got=seen, expected=length)
        loss, mistakes = losses_of(right, windows)
        shown = {"got": got, "expected": loss.item()}
        for key, value in mistakes.items():
            expect(not is_close(got, value.item()), key, **shown)
        expect(is_close(got, loss.item()), "another loss", **shown)
        descent.zero_grad()
        loss.backward()
        descent.step()
        losses_of(adding, windows)[0].backward()
        without_zero.step()
        after = weights_of(network)
        expect(not torch.equal(before, after), "nothing is learned")
        is_right = torch.allclose(after, weights_of(right))
        is_adding = torch.allclose(after, weights_of(adding))
        expect(is_right or not is_adding, "gradients add up")
        expect(is_right, "another step", count=count)


def check(learner, generator: random.Random) -> None:
    """Compare the example, then a new character and random texts, then steps of training."""
    compare(learner, "abab", "aba", math.log(2))
    compare(learner, "aabab", "abba", 0.4)
    compare(learner, "to be or not", "boot zero", 1.3)
    for length in (9, 13, 18):
        train = "".join(generator.choice("aenst ") for _ in range(length + 4))
        validation = "".join(generator.choice("aenst r") for _ in range(length))
        compare(learner, train, validation, generator.uniform(0.5, 2))
    for num_windows, length, size in ((3, 5, 7), (5, 2, 4)):
        look_at_training(learner, generator, num_windows, length, size)
