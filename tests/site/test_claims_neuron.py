"""What the page on the neuron says where no snippet shows it; one seed runs without --soak."""

import runpy
from itertools import product
from pathlib import Path

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.training.loop import train_epoch

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets" / "neuron"


def test_ten_neurons_read_more_than_the_nearest_mean_picture(seed):
    """On other divisions of the pictures, too; by at least two points, and four are usual."""
    digits = load_digits()
    splits = digits.train, digits.validation, digits.test
    x = torch.cat([split.images for split in splits]).flatten(1).double() / 16
    labels = torch.cat([split.labels for split in splits])
    torch.manual_seed(seed)
    order = torch.randperm(len(labels))
    fit, test = order[:-360], order[-360:]

    means = torch.stack([x[fit][labels[fit] == digit].mean(dim=0) for digit in range(10)])
    nearest = torch.cdist(x[test], means).argmin(dim=1)
    neurons = nn.Linear(64, 10).double()
    optimizer = torch.optim.Adam(neurons.parameters(), lr=0.05)
    for _ in range(100):
        train_epoch(neurons, [(x[fit], labels[fit])], optimizer, torch.device("cpu"))
    answers = neurons(x[test]).argmax(dim=1)
    right, right_by_mean = (
        100 * (said == labels[test]).double().mean() for said in (answers, nearest)
    )
    assert right > right_by_mean + 2


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
