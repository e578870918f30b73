"""What the page on gradient descent claims, over other seeds and settings than its own."""

import math

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits

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


def test_each_optimiser_has_its_best_learning_rate_and_adam_gets_further():
    """The page: of 0.01, 0.1 and 1 on the validation pictures; then Adam is ahead on the test pictures."""
    ahead = {}
    for name, chosen in (("SGD", 1.0), ("Adam", 0.1)):
        trained = {rate: [train_neurons(name, rate, seed) for seed in range(5)] for rate in (0.01, 0.1, 1.0)}
        right = {rate: sum(accuracy(n, DIGITS.validation) for n in rows) for rate, rows in trained.items()}
        assert max(right, key=right.get) == chosen
        ahead[name] = [accuracy(neurons, DIGITS.test) for neurons in trained[chosen]]
    assert all(adam > sgd + 0.01 for adam, sgd in zip(ahead["Adam"], ahead["SGD"], strict=True))


def test_momentum_gets_further_than_descent_in_the_valley():
    """From 20 places at the far end of the valley, each with the rates of the page's figure."""
    for seed in range(20):
        torch.manual_seed(seed)
        start = torch.tensor([-9.0, 0.0]) + torch.randn(2)
        ends = []
        for settings in ({"lr": 0.9}, {"lr": 0.5, "momentum": 0.8}):
            w = start.clone().requires_grad_()
            optimizer = torch.optim.SGD([w], **settings)
            for _ in range(30):
                optimizer.zero_grad()
                (w[0] ** 2 / 50 + w[1] ** 2).backward()
                optimizer.step()
            ends.append((w[0] ** 2 / 50 + w[1] ** 2).item())
        assert ends[1] < ends[0] / 10


def test_share_of_random_matrices_that_curve_upwards_everywhere():
    """1/2, 1/2 - sqrt(2)/4 and 1/4 - 1/(sqrt(2) pi) for 1, 2 and 3 numbers (Dean, Majumdar 2008)."""
    known = {1: 1 / 2, 2: 1 / 2 - math.sqrt(2) / 4, 3: 1 / 4 - 1 / (math.sqrt(2) * math.pi)}
    torch.manual_seed(1)
    for n, share in known.items():
        a = torch.randn(40_000, n, n, dtype=torch.float64)
        is_minimum = (torch.linalg.eigvalsh(a + a.transpose(1, 2)) > 0).all(dim=1)
        assert abs(is_minimum.double().mean() - share) < 4 * math.sqrt(share * (1 - share) / 40_000)


def test_noise_leaves_a_saddle_that_exact_steps_do_not():
    """From (1, 0) on x^2 - y^2: without noise y stays 0, with a millionth of it every walker leaves."""
    for noise, seed in ((0.0, 0), *((1e-6, seed) for seed in range(5))):
        torch.manual_seed(seed)
        y = torch.zeros(100, dtype=torch.float64)
        for _ in range(150):
            y = y - 0.1 * (-2 * y + noise * torch.randn_like(y))
        assert (y == 0).all() if noise == 0 else (y.abs() > 1).all()


def test_whole_set_as_one_batch_needs_more_epochs_at_any_rate():
    """After three epochs small batches are ahead even of the best of five rates for the large one."""
    for seed in range(5):
        losses = [F.cross_entropy(train_neurons("SGD", rate, seed, 3)(X), Y) for rate in (0.3, 1, 2, 4, 8)]
        assert min(losses) > 1  # the page's small batches end below 0.4
