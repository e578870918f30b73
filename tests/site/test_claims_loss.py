"""What the page on losses claims, over several seeds and splits; most but the first with --soak."""

import math
from itertools import pairwise
from statistics import fmean

import torch
from torch import nn
from torch.nn import functional as F

from dlcourse.data.digits import load_digits
from dlcourse.scratch.value import Value

DIGITS = load_digits()
X = (
    torch.cat([split.images for split in (DIGITS.train, DIGITS.validation, DIGITS.test)]).double()
    / 16
)
Y = torch.cat([split.labels for split in (DIGITS.train, DIGITS.validation, DIGITS.test)])


def split_at_random(seed):
    order = torch.randperm(len(Y), generator=torch.Generator().manual_seed(seed))
    return order[:-360], order[-360:]


def ten_neurons(loss, seed, num_steps, make_optimizer):
    """Train ten neurons on one split of the images; return the percentage read of the others."""
    fit, test = split_at_random(seed)
    torch.manual_seed(seed)
    model = nn.Linear(64, 10).double()
    optimizer = make_optimizer(model.parameters())
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss(model(X[fit].flatten(1)), Y[fit]).backward()
        optimizer.step()
    moved = [X[test].roll(step, axis) for step in (-1, 1) for axis in (2, 3)]
    parts = [X[test], *moved]
    right = [
        100 * (model(part.flatten(1)).argmax(dim=1) == Y[test]).double().mean().item()
        for part in parts
    ]
    return right[0], fmean(right[1:])


def adam(parameters):
    return torch.optim.Adam(parameters, lr=0.05)


def squared_error(logits, labels):
    return F.mse_loss(logits, F.one_hot(labels, 10).double())


def squared_error_behind_softmax(logits, labels):
    return F.mse_loss(logits.softmax(dim=1), F.one_hot(labels, 10).double())


def softmax_twice(logits, labels):
    return F.cross_entropy(logits.softmax(dim=1), labels)


def test_cross_entropy_reads_better_than_squared_error_on_raw_sums(seed):
    losses = F.cross_entropy, squared_error, squared_error_behind_softmax
    entropy, raw, behind_softmax = (ten_neurons(loss, seed, 100, adam) for loss in losses)
    assert 100 - raw[0] > 1.2 * (
        100 - entropy[0]
    )  # mistakes: "far more", 1.7 times as many in the mean
    assert entropy[1] > raw[1] + 5
    assert abs(behind_softmax[0] - entropy[0]) < 2


def test_second_softmax_slows_down_but_the_reader_gets_there(seed):
    def sgd(parameters):
        return torch.optim.SGD(parameters, lr=0.5)

    once, twice = (ten_neurons(loss, seed, 50, sgd)[0] for loss in (F.cross_entropy, softmax_twice))
    assert once > twice + 20
    once, twice = (
        ten_neurons(loss, seed, 300, adam)[0] for loss in (F.cross_entropy, softmax_twice)
    )
    assert twice > once - 1


def test_ever_longer_training_raises_the_new_loss_and_the_confidence_not_the_accuracy():
    changes = []
    for seed in range(10):
        fit, test = split_at_random(seed)
        torch.manual_seed(seed)
        model = nn.Sequential(
            nn.Flatten(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10)
        ).double()
        optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
        rows = []
        for step in range(1, 201):
            optimizer.zero_grad()
            loss = F.cross_entropy(model(X[fit[:100]]), Y[fit[:100]])
            loss.backward()
            optimizer.step()
            if step in (40, 200):
                p, guesses = model(X[test]).softmax(dim=1).max(dim=1)
                new_loss = F.cross_entropy(model(X[test]), Y[test])
                right = (guesses == Y[test]).double().mean()
                rows.append(torch.stack([loss, new_loss, p.mean(), right]).detach())
        changes.append(rows[1] - rows[0])
    old, new, sure, right = torch.stack(changes).mean(dim=0).tolist()
    assert old < 0 < new - 0.03
    assert sure > 0.02
    assert abs(right) < 0.015


def steps_to_change_its_mind(start, loss):
    z, num_steps = Value(start), 0
    while z.data < 0:
        z.grad = 0.0
        loss(z.sigmoid()).backward()
        z.data -= z.grad
        num_steps += 1
    return num_steps


def test_steps_grow_with_the_distance_or_e_fold_with_each_unit():
    starts = (-4, -6, -8, -10)
    entropy = [steps_to_change_its_mind(start, lambda p: -p.log()) for start in starts]
    squared = [steps_to_change_its_mind(start, lambda p: (p - 1) ** 2) for start in starts]
    assert all(abs(steps + start) <= 2 for start, steps in zip(starts, entropy, strict=True))
    assert all(0.7 < math.log(b / a) / 2 < 1.3 for a, b in pairwise(squared))
