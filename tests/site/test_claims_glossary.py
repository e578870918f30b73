"""What entries of the glossary claim beyond their snippets, in more than one setting."""

import math

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
