"""Few images: a new network beside one that starts from another network's weights (`--from`).

    python benchmarks/transfer.py [SEEDS]        writes benchmarks/transfer.md

In each work a source is trained, then the target three ways: from nothing, from the source's
weights, and from them with all layers but the last frozen. All three take the same images, batches
and number of steps. Each has the learning rate that was best on the validation images over all
seeds; the accuracies are those on the test images. A seed decides the source, which images are the
few, the initial weights and the order of the images. MNIST takes part where its files are found.
"""

import argparse
import dataclasses
import math
import platform
import statistics
import tempfile
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F

from dlcourse.commands.options import RunChoices
from dlcourse.commands.runs import load_run
from dlcourse.commands.train import RunPlan, train_plan
from dlcourse.data.batches import ImageData, Split
from dlcourse.data.digits import load_digits
from dlcourse.data.mnist import MNIST, load_mnist
from dlcourse.tasks.classify import Classify
from dlcourse.tasks.image_family import resize_images
from dlcourse.training.config import TrainConfig
from dlcourse.training.loop import evaluate
from dlcourse.training.run_folder import RunFolder

CPU = torch.device("cpu")
RATES = (0.001, 0.003, 0.01, 0.03, 0.1)
NUM_STEPS = 200
BATCH_SIZE = 32
SOURCES = {  # epochs and batch size of the networks to start from, on the digits
    "mlp": (20, 32),
    "cnn": (10, 64),
}
MNIST_SOURCE = (1, 128)  # the same on MNIST

FROM_NOTHING = "from nothing"
FROM_SOURCE = "--from"
FROZEN = "--from, frozen"
WAYS = (FROM_NOTHING, FROM_SOURCE, FROZEN)


# The data


def change_splits(data, change, **others):
    """Return a data set with each of its splits changed by a function."""
    return dataclasses.replace(
        data,
        train=change(data.train),
        validation=change(data.validation),
        test=change(data.test),
        **others,
    )


def lay_in_the_middle(data):
    """Lay each image of 8 x 8 pixels in the middle of 14 x 14."""

    def lay(split):
        corners = torch.full((len(split), 2), 3)
        return lay_at(corners, split)

    return change_splits(data, lay, name="middle")


def lay_anywhere(data):
    """Lay each image of 8 x 8 pixels at a random place of 14 x 14."""

    def lay(split):
        generator = torch.Generator().manual_seed(0)
        corners = torch.randint(7, (len(split), 2), generator=generator)
        return lay_at(corners, split)

    return change_splits(data, lay, name="moved")


def lay_at(corners, split):
    """Lay images of 8 x 8 pixels into 14 x 14; a corner is an image's first row and column."""
    images = []
    for image, (row, column) in zip(split.images, corners.tolist(), strict=True):
        images.append(F.pad(image, (column, 6 - column, row, 6 - row)))
    return Split(torch.stack(images), split.labels)


def keep_classes(data, classes, name):
    """Return the images of some of the digits; their labels are counted from 0."""

    def keep(split):
        is_kept = torch.isin(split.labels, torch.tensor(classes))
        return Split(split.images[is_kept], split.labels[is_kept] - classes[0])

    class_names = tuple(str(digit) for digit in classes)
    return change_splits(data, keep, name=name, class_names=class_names)


def keep_few(data, num_each, seed):
    """Return a data set with num_each training images of each class."""
    images = data.train.images
    labels = data.train.labels
    generator = torch.Generator().manual_seed(seed)
    order = torch.randperm(len(labels), generator=generator)
    chosen = []
    for label in labels.unique():
        of_this_class = order[labels[order] == label]
        chosen.append(of_this_class[:num_each])
    few = torch.cat(chosen)
    return dataclasses.replace(data, train=Split(images[few], labels[few]))


class Work(NamedTuple):
    """A network that is trained on a source, and then on few images of a target."""

    name: str
    model: str
    source: ImageData
    target: ImageData
    counts: tuple[int, ...]  # of training images of each class


def make_works():
    digits = load_digits()
    middle = lay_in_the_middle(digits)
    moved = lay_anywhere(digits)
    first_five = keep_classes(digits, range(5), "0 to 4")
    last_five = keep_classes(digits, range(5, 10), "5 to 9")
    moved_name = "digits at random places, from digits in the middle"
    works = [
        Work(moved_name, "mlp", middle, moved, (10, 40)),
        Work(moved_name, "cnn", middle, moved, (10, 40)),
        Work("digits 5 to 9, from digits 0 to 4", "cnn", first_five, last_five, (10, 20, 40)),
    ]
    if MNIST.find() is None:
        print("MNIST is left out: it is not found (DLCOURSE_DATA names its folder)")
    else:
        large = resize_images(digits, 28)
        works.append(Work("digits, from MNIST", "cnn", load_mnist(), large, (10, 20, 40)))
    return works


# Training


def train(model, images, config, source=None, is_frozen=False, folder=None):
    """Train a model as `dlcourse train` does; return its validation and test accuracy."""
    with tempfile.TemporaryDirectory() as temporary:
        run = RunFolder(folder or Path(temporary, "run"))
        start = None if source is None else str(source)
        family = Classify(model)
        plan = RunPlan(family, images.name, run, config, RunChoices(), start, is_frozen)
        result = train_plan(plan, images, say=say_nothing)
        network = load_run(run).network
    validation = family.make_batches(images, "validation", CPU)
    return evaluate(network, validation, CPU)[1], result["test_accuracy"]


def say_nothing(sentence):
    pass


class Outcome(NamedTuple):
    """What training one way came to: a test accuracy for each seed, and the best learning rate."""

    accuracies: list[float]
    learning_rate: float


def measure(model, source, target, num_each, seeds, num_steps=NUM_STEPS):
    """Return the outcome of each way; source has a run folder for each seed."""
    found = {way: {rate: [] for rate in RATES} for way in WAYS}
    for seed in seeds:
        few = keep_few(target, num_each, seed)
        steps_per_epoch = math.ceil(len(few.train) / BATCH_SIZE)
        epochs = max(1, num_steps // steps_per_epoch)
        for way in WAYS:
            is_frozen = way == FROZEN
            start = None
            if way != FROM_NOTHING:
                start = source[seed]
            for rate in RATES:
                config = TrainConfig(
                    epochs=epochs,
                    batch_size=BATCH_SIZE,
                    learning_rate=rate,
                    seed=seed,
                    device="cpu",
                )
                accuracies = train(model, few, config, start, is_frozen)
                found[way][rate].append(accuracies)
    return {way: choose_learning_rate(rates) for way, rates in found.items()}


def choose_learning_rate(rates):
    """Choose by validation accuracy; rates has (validation, test) accuracies of each seed."""

    def mean_validation_accuracy(rate):
        return statistics.fmean(validation for validation, _ in rates[rate])

    best = max(rates, key=mean_validation_accuracy)
    return Outcome([test for _, test in rates[best]], best)


def train_sources(model, data, seeds, folder):
    """Train the network to start from for each seed; return their run folders."""
    epochs, batch_size = SOURCES[model]
    if data.name == "mnist":
        epochs, batch_size = MNIST_SOURCE
    folders = {}
    for seed in seeds:
        config = TrainConfig(epochs=epochs, batch_size=batch_size, seed=seed, device="cpu")
        folders[seed] = folder / str(seed)
        train(model, data, config, folder=folders[seed])
    return folders


# The table


def describe_accuracies(accuracies):
    mean = statistics.fmean(accuracies)
    return f"{mean:.3f} ({min(accuracies):.3f} to {max(accuracies):.3f})"


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("seeds", type=int, nargs="?", default=5, help="how many, from 0 on")
    num_seeds = parser.parse_args().seeds
    torch.set_num_threads(1)

    lines = [f"| test accuracy | images per class | {' | '.join(WAYS)} |", "|---|---|---|---|---|"]
    rates = []
    for work in make_works():
        with tempfile.TemporaryDirectory() as folder:
            sources = train_sources(work.model, work.source, range(num_seeds), Path(folder))
            for num_each in work.counts:
                outcomes = measure(work.model, sources, work.target, num_each, range(num_seeds))
                cells = [describe_accuracies(one.accuracies) for one in outcomes.values()]
                lines.append(f"| {work.name}, {work.model} | {num_each} | {' | '.join(cells)} |")
                rates.append(", ".join(f"{one.learning_rate:g}" for one in outcomes.values()))
                print(lines[-1], rates[-1])

    about = f"Python {platform.python_version()}, PyTorch {torch.__version__}, {platform.machine()}"
    how = f"Learning rates, chosen on the validation images: {'; '.join(rates)}."
    lines.append("")
    lines.append(f"Mean and range of {num_seeds} seeds. {about}. {how}")
    text = "\n".join(lines) + "\n"
    Path(__file__).with_suffix(".md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
