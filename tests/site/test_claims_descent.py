"""What the page on gradient descent claims, over several seeds; all but one with --soak only."""

import math

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.models.mlp import MLP
from dlcourse.training.schedule import one_cycle

DIGITS = load_digits()
X, Y = DIGITS.train.images.flatten(1).double() / 16, DIGITS.train.labels


def train_neurons(name, rate, seed, num_steps=30):
    """Return ten neurons after so many steps on all training pictures."""
    torch.manual_seed(seed)
    neurons = nn.Linear(64, 10).double()
    optimizer = getattr(torch.optim, name)(neurons.parameters(), lr=rate)
    for _ in range(num_steps):
        optimizer.zero_grad()
        F.cross_entropy(neurons(X), Y).backward()
        optimizer.step()
    return neurons


def accuracy(neurons, split):
    x = split.images.flatten(1).double() / 16
    return (neurons(x).argmax(dim=1) == split.labels).double().mean().item()


def test_adam_gets_further_than_sgd_in_thirty_steps(seed):
    """Each with its best learning rate; smallest lead of 5 seeds on the test images: 2.8 points."""
    ends = [train_neurons(name, rate, seed) for name, rate in (("SGD", 1.0), ("Adam", 0.1))]
    sgd, adam = (accuracy(neurons, DIGITS.test) for neurons in ends)
    assert adam > sgd + 0.01


@pytest.mark.soak
@pytest.mark.parametrize(("name", "chosen"), [("SGD", 1.0), ("Adam", 0.1)])
def test_learning_rate_of_the_digit_reader_is_the_best_of_three_in_validation(name, chosen):
    right = {}
    for rate in (0.01, 0.1, 1.0):
        trained = [train_neurons(name, rate, seed) for seed in range(5)]
        right[rate] = sum(accuracy(neurons, DIGITS.validation) for neurons in trained)
    assert max(right, key=right.get) == chosen


def test_falling_rate_ends_several_times_nearer_than_a_constant_one(seed):
    """On the page 0.50 against 0.09 and 0.08, each of 10,000 descents: a factor of more than 5."""
    ends = {}
    for schedule in ("constant", "linear", "cosine"):
        torch.manual_seed(seed)
        w = torch.ones(10_000, dtype=torch.float64)
        for step in range(200):
            rate = 0.5 * one_cycle(step, 200, warmup=0.1, schedule=schedule)
            w = w - rate * (2 * w + torch.randn_like(w))
        ends[schedule] = w.std()
    assert ends["constant"] > 4 * max(ends["linear"], ends["cosine"])


def test_momentum_and_adam_get_further_than_descent_in_the_valley():
    """From 20 places at the far end of the valley, each with the rates of the page's figure."""
    remedies = [
        (torch.optim.SGD, {"lr": 0.9}),
        (torch.optim.SGD, {"lr": 0.5, "momentum": 0.8}),
        (torch.optim.Adam, {"lr": 0.6}),
    ]
    for seed in range(20):
        torch.manual_seed(seed)
        start = torch.tensor([-9.0, 0.0]) + torch.randn(2)
        ends = []
        for kind, settings in remedies:
            w = start.clone().requires_grad_()
            optimizer = kind([w], **settings)
            for _ in range(30):
                optimizer.zero_grad()
                (w[0] ** 2 / 50 + w[1] ** 2).backward()
                optimizer.step()
            ends.append((w[0] ** 2 / 50 + w[1] ** 2).item())
        assert ends[1] < ends[0] / 10
        assert ends[2] < ends[0] * 0.8


def test_adam_needs_its_learning_rate(seed):
    """The page: 1e-5 hardly starts, 10 explodes, and what works spans at least a factor of ten."""
    guess = math.log(10)
    losses = {}
    for rate in (1e-5, 0.01, 0.03, 0.1, 10):
        torch.manual_seed(seed)
        network = MLP(in_features=64, hidden_features=32).double()
        optimizer = torch.optim.Adam(network.parameters(), lr=rate)
        for _ in range(20):
            loss = F.cross_entropy(network(DIGITS.train.images.double() / 16), Y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        losses[rate] = loss.item() / guess
    assert losses[1e-5] > 0.95
    assert max(losses[rate] for rate in (0.01, 0.03, 0.1)) < 0.5
    assert losses[10] > 1.5


@pytest.mark.soak
def test_trial_steps_grow_with_the_dimensions_and_gradient_steps_do_not():
    """Halving the distance by steps of 0.05, over five other seeds than the page's."""
    for n, fewest, most in ((2, 10, 80), (100, 200, 800), (1000, 3000, 8000)):
        for seed in range(1, 6):
            torch.manual_seed(seed)
            w, trials = torch.full((n,), n**-0.5, dtype=torch.float64), 0
            while w.norm() > 0.5:
                direction = torch.randn(n).double()
                trial = w + 0.05 * direction / direction.norm()
                w, trials = trial if trial.norm() < w.norm() else w, trials + 1
            assert fewest < trials < most


def test_share_of_random_matrices_that_curve_upwards_everywhere():
    """1/2, 1/2 - sqrt(2)/4, 1/4 - 1/(sqrt(2) pi) for 1, 2 and 3 numbers (Dean, Majumdar 2008)."""
    known = {1: 1 / 2, 2: 1 / 2 - math.sqrt(2) / 4, 3: 1 / 4 - 1 / (math.sqrt(2) * math.pi)}
    torch.manual_seed(1)
    for n, share in known.items():
        a = torch.randn(40_000, n, n, dtype=torch.float64)
        is_minimum = (torch.linalg.eigvalsh(a + a.transpose(1, 2)) > 0).all(dim=1)
        assert abs(is_minimum.double().mean() - share) < 4 * math.sqrt(share * (1 - share) / 40_000)


def test_noise_leaves_a_saddle_that_exact_steps_do_not():
    """From (1, 0) on x^2 - y^2: y stays 0 without noise; every walker leaves with a millionth."""
    for noise, seed in ((0.0, 0), *((1e-6, seed) for seed in range(5))):
        torch.manual_seed(seed)
        y = torch.zeros(100, dtype=torch.float64)
        for _ in range(150):
            y = y - 0.1 * (-2 * y + noise * torch.randn_like(y))
        assert (y == 0).all() if noise == 0 else (y.abs() > 1).all()


def test_whole_set_as_one_batch_needs_more_epochs_at_any_rate(seed):
    """After 3 epochs small batches are ahead even of the best of five rates for the large one."""
    losses = [
        F.cross_entropy(train_neurons("SGD", rate, seed, 3)(X), Y) for rate in (0.3, 1, 2, 4, 8)
    ]
    assert min(losses) > 1  # the page's small batches, five seeds of them, end below 0.4
