"""What entries of the glossary claim beyond their snippets, in more than one setting."""

import math
import random

import pytest
import torch
from torch import nn

from dlcourse.data.digits import load_digits

RATES = [0.02, 0.1, 0.5]


def digits_and_network(seed: int) -> tuple[torch.Tensor, torch.Tensor, nn.Sequential]:
    """Return some images, their labels and a network with two hidden layers of ReLU units."""
    torch.manual_seed(seed)
    training_set = load_digits().train
    images = training_set.images[:200].flatten(1) / 16
    layers = [nn.Linear(64, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU(), nn.Linear(16, 10)]
    return images, training_set.labels[:200], nn.Sequential(*layers)


def kill_unit(network: nn.Sequential, layer: int, images: torch.Tensor) -> None:
    """Lower the bias of a layer's first unit until it is just off for every image."""
    with torch.no_grad():
        highest = network[: layer + 1](images)[:, 0].max()
        network[layer].bias[0] -= highest + 1e-3


def train(network, images, labels, optimizer, steps=200) -> None:
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(network(images), labels).backward()
        optimizer.step()


@pytest.mark.parametrize("rate", RATES)
def test_dead_unit_of_the_first_layer_never_changes_under_plain_descent(rate):
    images, labels, network = digits_and_network(seed=0)
    kill_unit(network, 0, images)
    weights = network[0].weight[0].clone()
    others = network[0].weight[1:].clone()
    train(network, images, labels, torch.optim.SGD(network.parameters(), lr=rate))
    assert torch.equal(network[0].weight[0], weights)
    assert not torch.equal(network[0].weight[1:], others)


@pytest.mark.parametrize("rate", RATES)
def test_dead_unit_of_a_later_layer_can_become_active(rate):
    revived = 0
    for seed in range(5):
        images, labels, network = digits_and_network(seed)
        kill_unit(network, 2, images)
        assert network[:4](images)[:, 0].max() == 0
        train(network, images, labels, torch.optim.SGD(network.parameters(), lr=rate))
        revived += int(network[:4](images)[:, 0].max() > 0)
    assert revived > 0


@pytest.mark.parametrize("settings", [{"momentum": 0.9}, {"weight_decay": 0.01}])
@pytest.mark.parametrize("rate", RATES)
def test_momentum_and_weight_decay_move_the_weights_of_a_dead_unit(rate, settings):
    images, labels, network = digits_and_network(seed=0)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate, **settings)
    train(network, images, labels, optimizer, steps=5)  # momentum needs a past
    kill_unit(network, 0, images)
    weights = network[0].weight[0].clone()
    train(network, images, labels, optimizer, steps=1)
    assert network[0].weight.grad[0].abs().max() == 0
    assert not torch.equal(network[0].weight[0], weights)


@pytest.mark.parametrize(("dtype", "best"), [(torch.float64, 1e-5), (torch.float32, 1e-2)])
@pytest.mark.parametrize("value", [0.3, 0.5, 1.0])
def test_step_of_a_finite_difference_suits_the_dtype(dtype, best, value):
    def error(step: float) -> float:
        x = torch.tensor(value, dtype=dtype)
        slope = ((x + step).tanh() - (x - step).tanh()) / (2 * step)
        return abs(slope.item() - (1 - math.tanh(value) ** 2))

    small = error(1e-5)
    large = error(1e-2)
    assert (small < large) == (best == 1e-5)
    assert min(small, large) < 1e-4


def sharpness(loss: torch.Tensor, parameters: list[torch.Tensor]) -> float:
    """Return the largest curvature, by power iteration on products with the second derivatives."""
    slopes = torch.autograd.grad(loss, parameters, create_graph=True)
    direction = [torch.randn_like(parameter) for parameter in parameters]
    curvature = 0.0
    for _ in range(40):
        length = math.sqrt(sum((part**2).sum().item() for part in direction))
        direction = [part / length for part in direction]
        along = sum((a * b).sum() for a, b in zip(slopes, direction, strict=True))
        product = torch.autograd.grad(along, parameters, retain_graph=True)
        curvature = sum((a * b).sum().item() for a, b in zip(product, direction, strict=True))
        direction = list(product)
    return curvature


@pytest.mark.parametrize(
    ("rate", "steps"),
    [
        (0.4, 1600),
        pytest.param(0.3, 4000, marks=pytest.mark.soak),
        pytest.param(0.8, 1600, marks=pytest.mark.soak),
    ],
)
def test_full_batch_descent_goes_to_the_edge_of_stability(rate, steps):
    torch.manual_seed(0)
    training_set = load_digits().train
    images = training_set.images[:200].flatten(1) / 16
    images = images - images.mean(dim=0)
    targets = nn.functional.one_hot(training_set.labels[:200], 10).float()
    hidden = [nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh()]
    network = nn.Sequential(*hidden, nn.Linear(32, 10))
    parameters = list(network.parameters())
    optimizer = torch.optim.SGD(parameters, lr=rate)
    losses = []
    shares = []  # of the limit 2 / rate
    for step in range(steps + 1):
        loss = nn.functional.mse_loss(network(images), targets, reduction="sum") / 400
        if step >= 0.6 * steps and step % (steps // 10) == 0:
            losses.append(loss.item())
            shares.append(sharpness(loss, parameters) * rate / 2)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert min(shares) > 0.9
    assert max(shares) < 1.15
    assert losses[-1] < losses[0]


def play_itself(sign: int, rate: float, discount: float, num_games: int = 4000) -> list[int]:
    """Return the matches to take from 1 to 12, learned by random games with Q-learning.

    Who takes the last of the matches wins. `sign` is that of the maximum over the next moves.
    """
    random.seed(0)
    values = {(left, take): 0.0 for left in range(1, 13) for take in (1, 2, 3) if take <= left}
    for _ in range(num_games):
        left = 12
        while left > 0:
            take = random.randint(1, min(3, left))
            following = [value for (n, _), value in values.items() if n == left - take]
            target = sign * discount * max(following) if following else 1.0
            values[left, take] += rate * (target - values[left, take])
            left -= take
    moves = []
    for left in range(1, 13):
        moves.append(max(range(1, min(3, left) + 1), key=lambda take: values[left, take]))
    return moves


@pytest.mark.parametrize(("rate", "discount"), [(0.1, 0.9), (0.5, 0.9), (0.5, 0.99)])
def test_q_learning_in_a_game_of_two_needs_the_other_sign(rate, discount):
    to_win = {left: left % 4 for left in range(1, 13) if left % 4}  # leave a multiple of four
    learned = dict(enumerate(play_itself(-1, rate, discount), start=1))
    assert {left: learned[left] for left in to_win} == to_win
    literal = dict(enumerate(play_itself(1, rate, discount), start=1))
    errors = [left for left, take in to_win.items() if literal[left] != take]
    assert len(errors) >= 3  # of nine


@pytest.mark.parametrize("dimensions", [2, 10, 1000])
@pytest.mark.parametrize("scale", [1.0, 10.0])
def test_half_of_all_directions_lead_down_but_few_lead_down_much(dimensions, scale):
    torch.manual_seed(0)
    curvatures = 1 + (scale - 1) * torch.rand(dimensions)
    place = torch.randn(dimensions)
    directions = torch.randn(4000, dimensions)
    directions = directions / directions.norm(dim=1, keepdim=True)
    slopes = directions @ (curvatures * place)  # of the loss: half of curvature times place ** 2
    steepest = (curvatures * place).norm()
    down = (slopes < 0).float().mean()
    much = (slopes < -steepest / 2).float().mean()
    assert abs(down - 0.5) < 0.03
    assert much == pytest.approx({2: 1 / 3, 10: 0.07, 1000: 0}[dimensions], abs=0.03)


@pytest.mark.parametrize("accuracy", [0.5, 0.8, 0.96])
@pytest.mark.parametrize("num_images", [100, 359])
def test_standard_error_is_the_spread_of_measured_accuracies(accuracy, num_images):
    torch.manual_seed(0)
    measured = (torch.rand(4000, num_images) < accuracy).float().mean(dim=1)
    error = math.sqrt(accuracy * (1 - accuracy) / num_images)
    assert measured.std().item() == pytest.approx(error, rel=0.05)


@pytest.mark.parametrize("spread", [0.5, 1.0, 3.0])
def test_least_squares_is_maximum_likelihood_under_normal_errors(spread):
    torch.manual_seed(0)
    targets = 2 + spread * torch.randn(50)
    outputs = torch.linspace(0, 4, 401)  # a constant output
    squared = ((targets - outputs[:, None]) ** 2).mean(dim=1)
    normal = torch.distributions.Normal(outputs[:, None], spread)
    log_likelihood = normal.log_prob(targets).sum(dim=1)
    assert squared.argmin() == log_likelihood.argmax()
