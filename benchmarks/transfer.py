"""Few pictures: a network from nothing beside one that starts from another network's weights (`--from`).

    python benchmarks/transfer.py [SEEDS]        writes benchmarks/transfer.md

In each work a source is trained, then the target three ways: from nothing, from the source's weights, and
from them with all layers but the last frozen. All three take the same pictures, batches and number of steps.
Each has the learning rate that was best on the validation pictures over all seeds; the accuracies are those
on the test pictures. A seed decides the source, which pictures are the few, the first weights and the order.
MNIST takes part where its files are found.
"""

import dataclasses
import platform
import statistics
import sys
import tempfile
from pathlib import Path

import torch
import torch.nn.functional as F

from dlcourse import __version__
from dlcourse.assemble import build_network, describe_run, make_batches, resize_pictures
from dlcourse.data.batches import Split
from dlcourse.data.digits import load_digits
from dlcourse.data.mnist import MNIST, load_mnist
from dlcourse.training.config import TrainConfig
from dlcourse.training.loop import evaluate
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.trainer import Trainer
from dlcourse.transfer import freeze, start_from

CPU = torch.device("cpu")
RATES = (0.001, 0.003, 0.01, 0.03, 0.1)
NUM_STEPS = 200
SOURCES = {
    "mlp": (20, 32),
    "cnn": (10, 64),
}  # epochs and batch size of the digits' networks to start from
WAYS = ("from nothing", "--from", "--from, frozen")


def change_splits(pictures, change, **others):
    """Return a data set with each of its splits changed by a function."""
    splits = {name: change(getattr(pictures, name)) for name in ("train", "validation", "test")}
    return dataclasses.replace(pictures, **splits, **others)


def lay_on_pages(pictures, name, *, is_moved):
    """Lay pictures of 8 x 8 onto pages of 14 x 14, in the middle or anywhere."""

    def lay(split):
        generator = torch.Generator().manual_seed(0)
        anywhere = torch.randint(7, (len(split), 2), generator=generator)
        corners = anywhere if is_moved else torch.full_like(anywhere, 3)
        pages = [
            F.pad(image, (column, 6 - column, row, 6 - row))
            for image, (row, column) in zip(split.images, corners.tolist(), strict=True)
        ]
        return Split(torch.stack(pages), split.labels)

    return change_splits(pictures, lay, name=name)


def keep_classes(pictures, classes, name):
    """Return the pictures of some of the digits, counted from 0."""

    def keep(split):
        chosen = torch.isin(split.labels, torch.tensor(classes))
        return Split(split.images[chosen], split.labels[chosen] - classes[0])

    return change_splits(pictures, keep, name=name, class_names=tuple(map(str, classes)))


def keep_few(pictures, num_each, seed):
    """Return a data set with num_each training pictures of each class."""
    train, generator = pictures.train, torch.Generator().manual_seed(seed)
    order = torch.randperm(len(train), generator=generator)
    few = torch.cat(
        [order[train.labels[order] == label][:num_each] for label in train.labels.unique()]
    )
    return dataclasses.replace(pictures, train=Split(train.images[few], train.labels[few]))


def works():
    """Yield each work's name, model, source, target and numbers of training pictures of a class."""
    digits = load_digits()
    middle, moved = (
        lay_on_pages(digits, name, is_moved=name == "moved") for name in ("middle", "moved")
    )
    for model in ("mlp", "cnn"):
        yield "digits at random places, from digits in the middle", model, middle, moved, (10, 40)
    old, new = (
        keep_classes(digits, range(5), "0 to 4"),
        keep_classes(digits, range(5, 10), "5 to 9"),
    )
    yield "digits 5 to 9, from digits 0 to 4", "cnn", old, new, (10, 20, 40)
    if MNIST.find() is None:
        print("MNIST is left out: it is not found (DLCOURSE_DATA names its folder)")
    else:
        yield "digits, from MNIST", "cnn", load_mnist(), resize_pictures(digits, 28), (10, 20, 40)


def train(model, pictures, config, source=None, is_frozen=False, folder=None):
    """Train a model as `dlcourse train` does; return its accuracy on validation and test pictures."""
    torch.manual_seed(config.seed)
    network = build_network(model, pictures.train.images.shape[1:], len(pictures.class_names))
    description = describe_run(__version__, model, pictures, pictures)
    if source is not None:
        start_from(str(source), network, description, say=lambda sentence: None)
    if is_frozen:
        freeze(network)
    run = None if folder is None else RunFolder(folder)
    if run is not None:
        run.create(dataclasses.asdict(description), config)
    batches = make_batches(pictures, pictures.train, CPU, config)
    validation = make_batches(pictures, pictures.validation, CPU)
    Trainer(network, config, run).fit(batches, validation)
    test = make_batches(pictures, pictures.test, CPU)
    return evaluate(network, validation, CPU)[1], evaluate(network, test, CPU)[1]


def measure(model, source, target, num_each, seeds, num_steps=NUM_STEPS):
    """Return the test accuracies of each way, a seed each, and its learning rate."""
    found = {way: {rate: [] for rate in RATES} for way in WAYS}
    for seed in seeds:
        few = keep_few(target, num_each, seed)
        epochs = max(1, num_steps // -(-len(few.train) // 32))
        for way in WAYS:
            for rate in RATES:
                config = TrainConfig(
                    epochs=epochs, batch_size=32, learning_rate=rate, seed=seed, device="cpu"
                )
                start = None if way == WAYS[0] else source[seed]
                found[way][rate].append(train(model, few, config, start, way == WAYS[2]))
    rows = {}
    for way, rates in found.items():
        best = max(rates, key=lambda rate: statistics.fmean(valid for valid, _ in rates[rate]))
        rows[way] = [test for _, test in rates[best]], best
    return rows


def train_sources(model, pictures, seeds, folder):
    """Train the network to start from, a seed each; return their run folders."""
    epochs, batch_size = (1, 128) if pictures.name == "mnist" else SOURCES[model]
    for seed in seeds:
        config = TrainConfig(epochs=epochs, batch_size=batch_size, seed=seed, device="cpu")
        train(model, pictures, config, folder=folder / str(seed))
    return {seed: folder / str(seed) for seed in seeds}


def main(num_seeds=5):
    torch.set_num_threads(1)
    lines = [f"| test accuracy | pictures a class | {' | '.join(WAYS)} |", "|---|---|---|---|---|"]
    rates = []
    for name, model, source, target, counts in works():
        with tempfile.TemporaryDirectory() as folder:
            sources = train_sources(model, source, range(num_seeds), Path(folder))
            for num_each in counts:
                rows = measure(model, sources, target, num_each, range(num_seeds))
                cells = [
                    f"{statistics.fmean(scores):.3f} ({min(scores):.3f} to {max(scores):.3f})"
                    for scores, _ in rows.values()
                ]
                rates.append(", ".join(f"{rate:g}" for _, rate in rows.values()))
                lines.append(f"| {name}, {model} | {num_each} | {' | '.join(cells)} |")
                print(lines[-1], rates[-1])
    about = f"Python {platform.python_version()}, PyTorch {torch.__version__}, {platform.machine()}"
    how = f"Learning rates, chosen on the validation pictures: {'; '.join(rates)}."
    lines += ["", f"Mean and range of {num_seeds} seeds. {about}. {how}"]
    Path(__file__).with_suffix(".md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
