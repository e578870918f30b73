"""What the page on gradient descent claims, over several seeds; all but one with --soak only."""

import math
import time
from functools import partial

import pytest
import torch
import torch.nn.functional as F
from page_snippets import run_snippet
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways
from dlcourse.models.mlp import MLP
from dlcourse.training.schedule import one_cycle

run = partial(run_snippet, "descent")
DIGITS = load_digits()
X = DIGITS.train.images.flatten(1).double() / 16
Y = DIGITS.train.labels


def train_neurons(name, rate, seed, num_steps=30):
    """Return ten neurons after so many steps on all training images."""
    torch.manual_seed(seed)
    neurons = nn.Linear(64, 10).double()
    optimizer_class = getattr(torch.optim, name)
    optimizer = optimizer_class(neurons.parameters(), lr=rate)
    for _ in range(num_steps):
        optimizer.zero_grad()
        F.cross_entropy(neurons(X), Y).backward()
        optimizer.step()
    return neurons


def are_correct(neurons, images, labels):
    x = images.flatten(1).double() / 16
    return (neurons(x).argmax(dim=1) == labels).double()


def accuracy(neurons, split):
    return are_correct(neurons, split.images, split.labels).mean().item()


def lead_of_adam(rates, seed, num_steps):
    """Return Adam's lead on the test images and its standard error over these images."""
    correct = []
    for name, rate in zip(("SGD", "Adam"), rates, strict=True):
        neurons = train_neurons(name, rate, seed, num_steps)
        correct.append(are_correct(neurons, DIGITS.test.images, DIGITS.test.labels))
    gains = correct[1] - correct[0]
    return gains.mean().item(), gains.std().item() / math.sqrt(len(gains))


@pytest.mark.parametrize("rates", [(1.0, 0.1), (0.3, 0.03), (1.0, 0.3), (3.0, 0.1)])
def test_adam_gets_further_than_descent_in_thirty_steps(rates, seed):
    """The page's rates, and others around them: Adam ends with at most two thirds of the loss."""
    losses = []
    for name, rate in zip(("SGD", "Adam"), rates, strict=True):
        neurons = train_neurons(name, rate, seed)
        losses.append(F.cross_entropy(neurons(X), Y).item())
    assert losses[1] < losses[0] * 2 / 3


def test_lead_of_adam_is_twice_its_standard_error_after_thirty_steps(seed):
    lead, error = lead_of_adam((1.0, 0.1), seed, num_steps=30)
    assert lead > 2 * error


def test_lead_of_adam_is_gone_after_many_steps(seed):
    """Both descend one bowl: after 1,500 steps the lead is below two standard errors."""
    lead, error = lead_of_adam((1.0, 0.1), seed, num_steps=1500)
    assert abs(lead) < 2 * error


def test_neither_optimizer_helps_with_moved_images(seed):
    """Below half of the moved images, after 30 steps and after 300."""
    moved = move_four_ways(DIGITS.test.images)
    for name, rate in (("SGD", 1.0), ("Adam", 0.1)):
        for num_steps in (30, 300):
            neurons = train_neurons(name, rate, seed, num_steps)
            scores = [are_correct(neurons, way, DIGITS.test.labels).mean() for way in moved]
            assert 0.3 < sum(scores) / 4 < 0.5


@pytest.mark.soak
@pytest.mark.parametrize(("name", "chosen"), [("SGD", 1.0), ("Adam", 0.1)])
def test_learning_rate_of_the_digit_reader_is_the_best_of_three_in_validation(name, chosen):
    correct = {}
    for rate in (0.01, 0.1, 1.0):
        trained = [train_neurons(name, rate, seed) for seed in range(5)]
        correct[rate] = sum(accuracy(neurons, DIGITS.validation) for neurons in trained)
    assert max(correct, key=correct.get) == chosen


def largest_curvature(loss, parameters):
    """Return the largest eigenvalue of the Hessian, by power iteration."""
    slopes = torch.autograd.grad(loss, parameters, create_graph=True)
    gradient = torch.cat([slope.flatten() for slope in slopes])
    direction = torch.ones_like(gradient).detach()
    for _ in range(60):
        direction = direction / direction.norm()
        changes = torch.autograd.grad(gradient @ direction, parameters, retain_graph=True)
        direction = torch.cat([change.flatten() for change in changes])
    return direction.norm().item()


def curvature_at_the_end(rate, seed, num_steps, is_squared):
    """Return the first and the last curvature of a small network, and its first and last loss."""
    x = X[:100]
    labels = Y[:100]
    target = F.one_hot(labels, 10).double()
    torch.manual_seed(seed)
    layers = [nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 10)]
    network = nn.Sequential(*layers).double()
    parameters = list(network.parameters())
    optimizer = torch.optim.SGD(parameters, lr=rate)

    def loss_of():
        if is_squared:
            return (network(x) - target).square().sum(dim=1).mean() / 2
        return F.cross_entropy(network(x), labels)

    first_loss = loss_of()
    first = largest_curvature(first_loss, parameters)
    for _ in range(num_steps):
        optimizer.zero_grad()
        loss_of().backward()
        optimizer.step()
    last_loss = loss_of()
    last = largest_curvature(last_loss, parameters)
    return first, last, first_loss.item(), last_loss.item()


SLOW = pytest.mark.soak


@pytest.mark.parametrize(
    "rate", [0.1, pytest.param(0.15, marks=SLOW), pytest.param(0.2, marks=SLOW)]
)
def test_curvature_of_a_network_rises_to_the_wall_with_squared_error(rate, seed):
    """Cohen et al. (2021): it ends near 2 / rate, whatever the rate, and the loss still fell."""
    first, last, first_loss, last_loss = curvature_at_the_end(rate, seed, 2000, is_squared=True)
    assert first < 1.02 * 2 / rate
    assert 0.85 < last * rate / 2 < 1.25
    assert last_loss < first_loss / 4


@pytest.mark.parametrize(
    "rate", [0.2, pytest.param(0.5, marks=SLOW), pytest.param(1.0, marks=SLOW)]
)
def test_curvature_falls_with_cross_entropy(rate, seed):
    first, last, *_ = curvature_at_the_end(rate, seed, 2000, is_squared=False)
    assert last < first
    assert last < 2 / rate


@pytest.mark.parametrize("curvature", [0.5, 2.0, 6.0])
def test_descent_on_a_bowl_diverges_above_two_over_its_largest_curvature(curvature):
    """The second direction of the bowl curves a tenth as much and does not matter."""
    for share, is_divergent in ((0.5, False), (0.99, False), (1.01, True), (1.5, True)):
        rate = share * 2 / curvature
        x = y = 1.0
        for _ in range(500):
            x = x - rate * curvature * x
            y = y - rate * curvature / 10 * y
        is_far = not abs(x) <= 1  # true for NaN as well
        assert is_far == is_divergent
        assert abs(y) < 1


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


@pytest.mark.parametrize("slope", [-1000.0, -1.0, 0.001, 1.0, 1000.0])
def test_first_step_of_adam_has_the_length_of_the_learning_rate(slope):
    w = torch.zeros((), dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam([w], lr=0.01)
    w.grad = torch.full_like(w, slope)
    optimizer.step()
    assert w.item() == pytest.approx(math.copysign(0.01, -slope), rel=1e-4)


@pytest.mark.parametrize("factor", [1e-3, 0.1, 10.0])
@pytest.mark.parametrize(("name", "power"), [("SGD", 2), ("Adam", 1)])
def test_change_of_units_changes_the_step_of_both_optimizers(name, power, factor):
    """One step changes w times x by the factor for Adam and by its square for plain descent."""
    changes = []
    for x in (1500.0, 1500.0 * factor):
        w = torch.zeros((), dtype=torch.float64, requires_grad=True)
        optimizer = getattr(torch.optim, name)([w], lr=0.01)
        ((w * x - 1) ** 2).backward()
        optimizer.step()
        changes.append((w * x).item())
    assert changes[1] / changes[0] == pytest.approx(factor**power, rel=1e-4)


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


def test_two_minima_are_reached_as_the_figure_says():
    names = run("two_minima")
    ends = [names[path][-1] for path in ("left", "right", "far", "near")]
    assert [end < 0 for end in ends] == [True, False, True, False]
    assert all(abs(4 * w**3 - 4 * w + 0.5) < 1e-2 for w in ends)


def test_whole_set_as_one_batch_needs_more_epochs_at_any_rate(seed):
    """After 3 epochs small batches are ahead even of the best of five rates for the large one."""
    losses = [
        F.cross_entropy(train_neurons("SGD", rate, seed, 3)(X), Y) for rate in (0.3, 1, 2, 4, 8)
    ]
    assert min(losses) > 1  # the page's small batches, five seeds of them, end below 0.33


def test_a_batch_takes_less_time_than_its_examples_one_by_one():
    """Arithmetic is not time, even on one core: 64 examples take less than 4 times the time."""
    network = MLP(in_features=64, hidden_features=32)
    fastest = {}
    for batch_size in (1, 64):
        x = torch.randn(batch_size, 1, 8, 8)
        target = torch.zeros(batch_size, dtype=torch.long)
        times = []
        for _ in range(30):
            start = time.perf_counter()
            F.cross_entropy(network(x), target).backward()
            times.append(time.perf_counter() - start)
        fastest[batch_size] = min(times)
    assert fastest[64] < 4 * fastest[1]
