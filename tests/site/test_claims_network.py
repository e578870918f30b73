"""What the page on networks says where no snippet of its own shows it."""

from itertools import pairwise, product
from pathlib import Path
from runpy import run_path

import pytest
import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.scratch.neuron import MLP

ROOT = Path(__file__).resolve().parents[2]
SNIPPETS = ROOT / "snippets" / "network"
EXERCISES = ROOT / "src" / "dlcourse" / "exercises" / "network"
CASES = [[0, 0], [0, 1], [1, 0], [1, 1]]


def answers(numbers):
    """Answer the four cases by a 2-2-1 network: unit by unit its weights and its bias."""
    network = MLP(2, [2, 1])
    for parameter, number in zip(network.parameters(), numbers, strict=True):
        parameter.data = number
    return [network(case).data for case in CASES]


def test_try_it_leaves_one_right_answer():
    assert answers([1, 1, 0, 1, 1, -0.5, 1, -2, 0]) == [0, 0, 0, -1]


def test_one_hidden_unit_finds_no_xor():
    """Check yourself, 3: two equal units do as much as one; relu of one sum never turns round."""
    grid = [step / 2 for step in range(-6, 7)]
    for w1, w2, b in product(grid, repeat=3):
        h00, h01, h10, h11 = (max(0, w1 * x1 + w2 * x2 + b) for x1, x2 in CASES)
        assert min(h01, h10) <= max(h00, h11)  # else a line separates them from above
        assert max(h01, h10) >= min(h00, h11)


def test_units_alike_on_both_sides_stay_alike():
    for seed in range(5):
        torch.manual_seed(seed)
        network = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1))
        network[0].weight.data[1] = network[0].weight.data[0]
        network[0].bias.data[1] = network[0].bias.data[0]
        network[2].weight.data[0, 1] = network[2].weight.data[0, 0]
        optimizer = torch.optim.SGD(network.parameters(), lr=0.5)
        x, y = torch.tensor(CASES).float(), torch.tensor([[0.0], [1.0], [1.0], [0.0]])
        before = network[0].weight.detach().clone()
        for _ in range(100):
            loss = nn.functional.mse_loss(network(x), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        # rounding may separate them by a last digit of float32, which a hundred steps can enlarge
        assert torch.allclose(network[0].weight[0], network[0].weight[1], atol=1e-5)
        assert (network[0].weight - before).abs().max() > 1e-3  # they did learn


def test_counts_in_check_yourself():
    for sizes, num_edges, num_parameters in (([4, 5, 3], 35, 43), ([3, 4, 2], 20, 26)):
        layers = [nn.Linear(before, after) for before, after in pairwise(sizes)]
        assert sum(layer.weight.numel() for layer in layers) == num_edges
        assert sum(p.numel() for layer in layers for p in layer.parameters()) == num_parameters
    assert sum(p.numel() for p in nn.Linear(1024, 128).parameters()) == 131_200


def test_row_is_that_of_guessing():
    names = run_path(str(SNIPPETS / "digit_reader.py"))
    scores = torch.tensor([names["accuracies"], names["moved_accuracies"]])
    assert scores.shape == (2, 100)
    # ten classes, so 10%; three times the standard error of the mean of a hundred
    margin = 3 * scores.std(dim=1) / 10
    assert (abs(scores.mean(dim=1) - 10) < margin).all()


@pytest.mark.parametrize("hidden_features", [(), (8,), (32,), (256,), (32, 32)])
def test_untrained_networks_of_any_shape_guess_on_average(hidden_features):
    test = load_digits().test
    images = test.images.flatten(1) / 16
    scores = []
    for seed in range(100):
        torch.manual_seed(seed)
        layers = []
        for before, after in pairwise((64, *hidden_features, 10)):
            layers += [nn.Linear(before, after), nn.ReLU()]
        network = nn.Sequential(*layers[:-1])  # the outputs have no ReLU
        is_correct = network(images).argmax(dim=1) == test.labels
        scores.append(100 * is_correct.float().mean().item())
    scores = torch.tensor(scores)
    assert abs(scores.mean() - 10) < 3 * scores.std() / 10
    assert scores.max() < 50


def test_float32_takes_four_bytes():
    """784-128-10 as the page counts it, and 144 million parameters in more than half a gigabyte."""
    network = nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 10))
    num_bytes = sum(p.numel() * p.element_size() for p in network.parameters())
    assert num_bytes == run_path(str(SNIPPETS / "count.py"))["num_bytes"] == 407_080
    assert 0.5e9 < 144_000_000 * 4 < 0.6e9


def test_answers_of_the_exercises():
    count_parameters = run_path(str(EXERCISES / "count_parameters/solution.py"))["count_parameters"]
    assert [count_parameters(sizes) for sizes in ([2, 2, 1], [3, 4, 2], [4, 5, 3], [7, 1])] == [
        9,
        26,
        43,
        8,
    ]
    W, v = run_path(str(EXERCISES / "xor_weights/solution.py"))["xor_weights"]()
    assert answers([*W[0], 0, *W[1], 0, *v, 0]) == [0, 1, 1, 0]
