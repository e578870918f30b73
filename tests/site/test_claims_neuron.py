"""What the page on the neuron says where no snippet shows it; one seed runs without --soak."""

import random
import runpy
from itertools import pairwise, product
from pathlib import Path

import matplotlib.pyplot as plt
import pytest
import sklearn.datasets
import torch
from torch import nn

from dlcourse.training.loop import train_epoch

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets" / "neuron"


def correct_in_percent(x, labels, test, seed):
    """Return the accuracy of ten neurons and of the nearest mean image on some test images."""
    fit = ~test
    means = torch.stack([x[fit][labels[fit] == digit].mean(dim=0) for digit in range(10)])
    nearest = torch.cdist(x[test], means).argmin(dim=1)

    torch.manual_seed(seed)
    neurons = nn.Linear(64, 10).double()
    optimizer = torch.optim.Adam(neurons.parameters(), lr=0.05)
    for _ in range(100):
        train_epoch(neurons, [(x[fit], labels[fit])], optimizer, torch.device("cpu"))
    answers = neurons(x[test]).argmax(dim=1)
    return [100 * (said == labels[test]).double().mean() for said in (answers, nearest)]


@pytest.mark.parametrize("of_other_people", [False, True])
def test_ten_neurons_classify_more_than_the_nearest_mean_image(seed, of_other_people):
    """By at least two points: on random fifths, and on fifths that mostly other people wrote.

    The images of scikit-learn's file are ordered by writer, so few people wrote images both in a
    fifth in one piece and outside of it.
    """
    digits = sklearn.datasets.load_digits()
    x = torch.tensor(digits.data) / 16
    labels = torch.tensor(digits.target)
    order = torch.arange(len(x))
    if not of_other_people:
        order = torch.randperm(len(x), generator=torch.Generator().manual_seed(seed))
    test = torch.zeros(len(x), dtype=torch.bool)
    test[order.chunk(5)[seed % 5]] = True
    by_neurons, by_mean = correct_in_percent(x, labels, test, seed)
    assert by_neurons > by_mean + 2


@pytest.fixture(scope="module")
def fit():
    """Return the names of the snippet that fits the umbrella neuron."""
    names = runpy.run_path(str(SNIPPETS / "fit.py"))
    plt.close("all")
    return names


def descend(fit, parameters, learning_rate):
    """Return the losses of a hundred steps with the slopes of PyTorch, and where they lead."""
    days = torch.tensor(fit["days"], dtype=torch.float64)
    inputs, targets = days[:, :3], days[:, 3]
    parameters = torch.tensor(parameters, dtype=torch.float64, requires_grad=True)
    losses = []
    for _ in range(101):
        outputs = torch.sigmoid(inputs @ parameters[:3] + parameters[3])
        loss = ((outputs - targets) ** 2).mean()
        (slopes,) = torch.autograd.grad(loss, parameters)
        losses.append(loss.item())
        last = parameters
        parameters = (parameters - learning_rate * slopes).detach().requires_grad_()
    return losses, last.tolist()


def test_nudging_follows_the_slopes_of_pytorch(fit):
    losses, parameters = descend(fit, [0.0] * 4, fit["learning_rate"])
    assert losses == pytest.approx(fit["losses"], abs=1e-4)
    assert parameters == pytest.approx(fit["parameters"], abs=0.02)


@pytest.mark.parametrize("learning_rate", [1, 2, 5])
def test_fit_beats_the_weights_by_hand_from_any_start(fit, learning_rate, seed):
    """With a larger rate, too; signs as those by hand, and no loss below 0.05."""
    draw = random.Random(seed)
    for start in ([0.0] * 4, [draw.uniform(-1, 1) for _ in range(4)]):
        losses, parameters = descend(fit, start, learning_rate)
        assert all(after < before for before, after in pairwise(losses))
        assert 0.05 < losses[-1] < fit["hand_loss"]
        gray, rain, bag, _ = parameters
        assert bag < 0 < gray < rain


def test_two_days_that_contradict_each_other_keep_the_loss_up(fit):
    """Try it: with equal answers it ends at 0.037, and weights without mistakes exist."""
    assert fit["days"][7][:3] == fit["days"][9][:3]
    assert fit["days"][7][3] != fit["days"][9][3]
    agreed = {**fit, "days": [*fit["days"][:9], [0.5, 0.5, 0.5, 1]]}
    losses, _ = descend(agreed, [0.0] * 4, fit["learning_rate"])
    assert losses[-1] == pytest.approx(0.037, abs=0.0005)
    for gray, rain, bag, took in agreed["days"]:
        assert (10 * rain - bag - 3.5 > 0) == bool(took), (gray, rain, bag)


def test_step_has_slope_zero_on_both_sides_of_its_jump():
    neuron = runpy.run_path(str(SNIPPETS / "gates.py"))["neuron"]
    for x in product([0, 1], repeat=2):
        outputs = {neuron(x, [1, 1], -1.5 + nudge) for nudge in (-1e-3, 0, 1e-3)}
        assert len(outputs) == 1


def test_stronger_input_spikes_more_often():
    spike_train = runpy.run_path(str(SNIPPETS / "spikes.py"))["spike_train"]
    counts = [spike_train(current / 100).count("|") for current in range(101)]
    assert counts == sorted(counts)
    assert counts[0] == 0 < counts[-1]


def test_doubled_and_needs_another_bias_alone():
    """With weights of 2 the old bias fires at (0, 1); from -2 down to, but not at, -4 it is AND."""

    def is_and(bias: float) -> bool:
        return all(
            (2 * x1 + 2 * x2 + bias > 0) == bool(x1 and x2) for x1, x2 in product([0, 1], repeat=2)
        )

    assert [is_and(bias) for bias in (-1.5, -1.999, -2, -3, -3.999, -4)] == [
        False,
        False,
        True,
        True,
        True,
        False,
    ]
