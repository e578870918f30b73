"""Marks that the recipes of the classifiers reach: each test prints a row of the table of marks."""

import os
import statistics
import time
from pathlib import Path

import pytest
import torch

from dlcourse.commands.models import find_family, find_recipe
from dlcourse.commands.train import train_run
from dlcourse.data.cifar10 import CIFAR10
from dlcourse.data.mnist import MNIST

DATA_DIR = os.environ.get("DLCOURSE_DATA")
FILES = {"mnist": MNIST, "cifar10": CIFAR10}
SIDES = {"digits": (1, 16), "mnist": (1, 28), "cifar10": (3, 32)}  # channels, side
HEADING = "model, data | parameters | epochs | CPU seconds | accuracy | required"

MARKS = [  # model, data, seeds, options, required test accuracy, mean of the seeds
    ("cnn", "digits", 5, {}, 0.98),
    ("lenet", "mnist", 1, {}, 0.989),
    ("resnet", "mnist", 1, {}, 0.9935),
    ("resnet", "cifar10", 1, {"first_channels": 32}, 0.90),
]


def count_parameters(model, data, options):
    channels, side = SIDES[data]
    about = {
        "image_shape": [channels, side, side],
        "class_names": list("0123456789"),
        "drawing_side": side,
        "framing": None,
    }
    network = find_family(model, options).build(about)
    return sum(parameter.numel() for parameter in network.parameters())


@pytest.mark.soak
@pytest.mark.parametrize(("model", "data", "num_seeds", "options", "required"), MARKS)
def test_a_recipe_reaches_its_mark(model, data, num_seeds, options, required, tmp_path):
    files = FILES.get(data)
    data_dir = None if DATA_DIR is None else Path(DATA_DIR)
    if files is not None and files.find(data_dir) is None:
        pytest.skip(f"needs the {files.title} files, found through DLCOURSE_DATA")
    torch.manual_seed(0)
    accuracies = []
    begin = time.process_time()
    for seed in range(num_seeds):
        result = train_run(
            model,
            data,
            data_dir=data_dir,
            options=options,
            run_dir=tmp_path / str(seed),
            settings={"seed": seed, "device": "cpu"},
        )
        accuracies.append(result["test_accuracy"])
    seconds = (time.process_time() - begin) / num_seeds
    reached = statistics.fmean(accuracies)
    num_parameters = count_parameters(model, data, options)
    epochs = find_recipe(model, data).epochs
    print(HEADING)
    print(
        f"{model}, {data} | {num_parameters:,} | {epochs} | {seconds:.1f} | {reached:.4f}"
        f" (of {num_seeds} seeds) | {required}"
    )
    assert reached >= required
