"""What the page on losses claims, over several seeds and splits; most but the first with --soak."""

import math
from itertools import pairwise
from statistics import fmean

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways
from dlcourse.scratch.value import Value

SOAK = pytest.mark.soak
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
    """Train ten neurons on one split of the images; return the correct percentage of the others."""
    fit, test = split_at_random(seed)
    torch.manual_seed(seed)
    model = nn.Linear(64, 10).double()
    optimizer = make_optimizer(model.parameters())
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss(model(X[fit].flatten(1)), Y[fit]).backward()
        optimizer.step()
    parts = [X[test], *move_four_ways(X[test])]
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


@pytest.mark.parametrize(
    ("learning_rate", "num_steps"),
    [
        (0.05, 100),
        *(pytest.param(*pair, marks=SOAK) for pair in [(0.01, 300), (0.05, 1000), (0.2, 100)]),
    ],
)
def test_cross_entropy_does_better_than_squared_error_on_raw_sums(learning_rate, num_steps):
    """Mean of four splits: fewer mistakes, and fewer on moved images, at each setting."""

    def adam_at_rate(parameters):
        return torch.optim.Adam(parameters, lr=learning_rate)

    def means(loss):
        rows = [ten_neurons(loss, seed, num_steps, adam_at_rate) for seed in range(4)]
        return [fmean(column) for column in zip(*rows, strict=True)]

    entropy = means(F.cross_entropy)
    raw = means(squared_error)
    assert 100 - raw[0] > 1.25 * (100 - entropy[0])  # mistakes
    assert entropy[1] > raw[1] + 4


@pytest.mark.parametrize(
    ("learning_rate", "num_steps"),
    [(0.05, 100), *(pytest.param(*pair, marks=SOAK) for pair in [(0.01, 300), (0.05, 1000)])],
)
def test_squared_error_behind_a_softmax_does_as_well(seed, learning_rate, num_steps):
    def adam_at_rate(parameters):
        return torch.optim.Adam(parameters, lr=learning_rate)

    entropy, behind_softmax = (
        ten_neurons(loss, seed, num_steps, adam_at_rate)[0]
        for loss in (F.cross_entropy, squared_error_behind_softmax)
    )
    assert abs(behind_softmax - entropy) < 2.2


def test_second_softmax_slows_down_but_the_network_still_learns(seed):
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
    assert 200 < squared[-1] / squared[0] < 800  # from -4 to -10: several hundred times


@pytest.mark.parametrize("learning_rate", [0.02, 0.01, 0.005])
def test_line_learns_the_same_rents_from_each_start_and_at_each_smaller_rate(learning_rate, seed):
    """The loss falls steeply, then slowly, and ends at that of the best line, which is not 0."""
    size = torch.tensor([2, 3, 4, 5, 7, 9]).double()
    rent = torch.tensor([4.5, 5, 7, 7.5, 10.5, 12]).double()
    columns = torch.stack([size, torch.ones(6).double()], dim=1)
    best = torch.linalg.lstsq(columns, rent[:, None]).solution.flatten()
    lowest = F.mse_loss(columns @ best, rent).item()

    torch.manual_seed(seed)
    line = nn.Linear(1, 1).double()
    optimizer = torch.optim.SGD(line.parameters(), lr=learning_rate)
    losses = []
    for _ in range(round(40 / learning_rate)):
        loss = F.mse_loss(line(size[:, None]).flatten(), rent)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert all(a >= b - 1e-9 for a, b in pairwise(losses))
    assert losses[20] < 0.1 * losses[0]
    assert losses[-1] == pytest.approx(lowest, abs=0.01)
    assert lowest > 0.1
    assert line.weight.item() == pytest.approx(best[0].item(), abs=0.02)


def test_smallest_loss_is_the_largest_likelihood(seed):
    """For other data, and for other constant widths of the bell curve."""
    generator = torch.Generator().manual_seed(seed)
    guesses = torch.linspace(0, 10, 1001).double()
    times = 3 + 4 * torch.rand(5, generator=generator).double()
    errors = guesses[:, None] - times
    for width in (0.5, 1, 3):
        bell = torch.distributions.Normal(times, width)
        log_likelihood = bell.log_prob(guesses[:, None]).sum(dim=1)
        assert log_likelihood.argmax() == errors.square().mean(dim=1).argmin()

    logits = torch.randn(50, 8, 4, generator=generator).double()  # 50 networks, 8 examples
    labels = torch.randint(4, (8,), generator=generator)
    losses = torch.stack([F.cross_entropy(each, labels) for each in logits])
    likelihoods = logits.softmax(dim=2)[:, torch.arange(8), labels].prod(dim=1)
    assert losses.argmin() == likelihoods.argmax()


def test_loss_may_start_elsewhere_than_at_ln_k_with_a_reason(seed):
    """Biases set to the frequencies start lower, and large weights start higher."""
    labels = torch.cat([torch.zeros(90), torch.arange(10)]).long()
    frequencies = torch.bincount(labels) / 100
    biased = F.cross_entropy(frequencies.log().expand(100, 10), labels)
    assert biased < math.log(10) / 2

    torch.manual_seed(seed)
    neurons = nn.Linear(64, 10).double()
    nn.init.normal_(neurons.weight, std=1)
    assert F.cross_entropy(neurons(X.flatten(1)), Y) > 1.5 * math.log(10)


@pytest.mark.parametrize("neuron", [3, pytest.param(0, marks=SOAK), pytest.param(8, marks=SOAK)])
@pytest.mark.parametrize("pixel", [36, pytest.param(27, marks=SOAK), pytest.param(43, marks=SOAK)])
def test_accuracy_is_flat_nearly_everywhere_and_the_loss_nowhere(neuron, pixel):
    """For other weights than the page's."""
    x, labels = DIGITS.train.images.flatten(1).double()[:100] / 16, DIGITS.train.labels[:100]
    torch.manual_seed(0)
    model = nn.Linear(64, 10).double()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    for _ in range(10):
        optimizer.zero_grad()
        F.cross_entropy(model(x), labels).backward()
        optimizer.step()
    start = model.weight[neuron, pixel].item()
    accuracies, losses = [], []
    for change in torch.linspace(-4, 4, 400).tolist():
        with torch.no_grad():
            model.weight[neuron, pixel] = start + change
            logits = model(x)
        accuracies.append((logits.argmax(dim=1) == labels).sum().item())
        losses.append(F.cross_entropy(logits, labels).item())
    flat = sum(a == b for a, b in pairwise(accuracies))
    assert flat > 0.9 * 399
    if (neuron, pixel) == (3, 36):  # the page's; other weights may change no answer at all
        assert len(set(accuracies)) > 1
    assert all(a != b for a, b in pairwise(losses))
