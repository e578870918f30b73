"""CIFAR-10 to 94% on one GPU: airbench94's recipe in its own loop, and in dlcourse's Trainer.

    python benchmarks/cifar10.py [ROUNDS] [--compile]    writes benchmarks/cifar10.md
    python benchmarks/cifar10.py --smoke                 a few hundred images, on any device

The first form needs an NVIDIA GPU. The contenders train the same network with the same optimizer,
in turns in one process; one training of each warms up. Seconds go from bytes in the machine's
memory to trained weights, when the device has finished: reading the files and predicting the test
images are not counted. Accuracy is that on the test images, which choose nothing. Busy is the share
of the seconds in which the GPU computes or copies.

dlcourse takes part twice. With the recipe's images only the loop differs. With its own images it
has what a user of dlcourse has, --augment shift,flip, which draws for each image alone: it needs an
epoch more.
"""

import argparse
import platform
import statistics
import sys
from functools import partial
from pathlib import Path
from typing import NamedTuple

import torch
import torch.nn.functional as F
from airbench94 import AlternatingBatches, Settings, airbench94, make_network, take_recipes_steps
from gpu import measure_busy_share, seconds_of

from dlcourse.data.batches import Batches, Split
from dlcourse.data.cifar10 import load_cifar10
from dlcourse.training.config import TrainConfig
from dlcourse.training.trainer import Trainer

RESULTS = Path(__file__).with_suffix(".md")


# The contenders


def train_with_dlcourse(train, settings, device):
    """Train by the recipe in dlcourse's Trainer, with the recipe's own batches."""
    network = make_network(train, settings, device)
    batches = AlternatingBatches(train, settings.batch_size, device, torch.float32)
    fit_trainer(network, batches, settings.epochs, train, settings, device)
    return network


def train_on_own_images(train, settings, device):
    """Train with dlcourse's batches and augmentation, too, and an epoch longer."""
    network = make_network(train, settings, device)
    batches = Batches(
        train,
        settings.batch_size,
        max_value=255,
        device=device,
        generator=torch.Generator().manual_seed(torch.initial_seed()),
        augment="shift,flip",
    )
    fit_trainer(network, batches, settings.epochs + 1, train, settings, device)
    return network


def fit_trainer(network, batches, epochs, train, settings, device):
    precision = "float32"
    if device.type == "cuda":
        precision = "bfloat16"  # it has float32's range, so that no gradient needs a scale
    config = TrainConfig(
        epochs=epochs,
        batch_size=settings.batch_size,
        precision=precision,
        compile=settings.is_compiled,
        learning_rate=1.0,  # the share by which the recipe's rates are multiplied
        warmup=0.0,
        optimizer="sgd",
        seed=torch.initial_seed(),
        device=device.type,
    )
    loss_fn = partial(F.cross_entropy, label_smoothing=0.2)
    trainer = Trainer(network, config, report=lambda progress: None, loss_fn=loss_fn)
    take_recipes_steps(
        trainer.optimizers[""],
        network,
        settings.batch_size,
        is_loss_mean=True,
        is_compiled=settings.is_compiled,
    )

    # The Trainer validates after each epoch: here on ten images, as the recipe does not validate
    images = train.images[:10].to(device) / 255
    labels = train.labels[:10]
    trainer.fit(batches, [(images, labels)])


CONTENDERS = {
    "airbench94, its own loop": airbench94,
    "dlcourse, the same images": train_with_dlcourse,
    "dlcourse, its own images, an epoch more": train_on_own_images,
}


# Measured in turns


class Result(NamedTuple):
    """What one training took and reached."""

    seconds: float
    accuracy: float


@torch.compiler.set_stance("force_eager")  # it is not timed: nothing is compiled for it
@torch.inference_mode()
def measure_accuracy(network, split):
    """Return the share of correct predictions; each is the mean of six views of an image."""
    network.eval()
    weight = next(network.parameters())
    num_correct = 0
    for images, labels in zip(split.images.split(2000), split.labels.split(2000), strict=True):
        images = images.to(weight.device).to(weight.dtype) / 255
        labels = labels.to(weight.device)
        predicted = predict_from_six_views(network, images).argmax(1)
        num_correct += (predicted == labels).sum().item()
    return num_correct / len(split)


def predict_from_six_views(network, images):
    """Return the mean logits of three places of each image, mirrored and not."""
    side = images.shape[3]
    padded = F.pad(images, (1, 1, 1, 1), mode="reflect")
    upper_left = padded[..., :side, :side]
    lower_right = padded[..., 2:, 2:]

    logits = 0
    for share, view in ((0.5, images), (0.25, upper_left), (0.25, lower_right)):
        logits = logits + share * (network(view) + network(view.flip(3)))
    return logits


def measure(train, test, settings, device, num_rounds):
    """Return the results of each contender, one for each round; the contenders take turns."""
    # For all contenders: cuDNN looks for the fastest way to compute each convolution
    torch.backends.cudnn.benchmark = True
    results = {name: [] for name in CONTENDERS}
    for number in range(-1, num_rounds):  # the round before the first warms up
        for name, fit in CONTENDERS.items():
            torch.manual_seed(number + 1)
            seconds, network = seconds_of(partial(fit, train, settings, device), device)
            accuracy = measure_accuracy(network, test)
            if number >= 0:
                results[name].append(Result(seconds, accuracy))
            print(f"{name}: {seconds:.2f} s, {accuracy:.2%}", file=sys.stderr)
    return results


def measure_busy_shares(train, settings, device):
    """Return for each contender the share of its seconds in which the device is busy."""
    shares = {}
    for name, fit in CONTENDERS.items():
        shares[name] = measure_busy_share(partial(fit, train, settings, device), device)
    return shares


def describe(results, busy_shares, settings, machine):
    """Return the lines of the table."""
    first = next(iter(results.values()))
    lines = [
        "| CIFAR-10 | seconds | times the first's | busy | test accuracy |",
        "|---|---|---|---|---|",
    ]
    for name, rounds in results.items():
        lines.append(describe_contender(name, rounds, first, busy_shares[name]))
    how = "not compiled"
    if settings.is_compiled:
        how = "compiled"
    lines.append("")
    lines.append(f"Medians and means of {len(first)} rounds in turns, {how}; {machine}.")
    return lines


def describe_contender(name, rounds, first, busy_share):
    """Return a contender's row; its seconds are compared with those of the first, by rounds."""
    seconds = statistics.median(result.seconds for result in rounds)

    ratios = []
    for result, firsts_result in zip(rounds, first, strict=True):
        ratios.append(result.seconds / firsts_result.seconds)
    ratio = statistics.median(ratios)

    accuracies = [result.accuracy for result in rounds]
    mean = statistics.mean(accuracies)
    accuracy = f"{mean:.2%} ({min(accuracies):.2%} to {max(accuracies):.2%})"
    return f"| {name} | {seconds:.2f} | {ratio:.2f} | {busy_share:.0%} | {accuracy} |"


# The images


def load_splits():
    """Return all 50,000 training images, as the recipe takes them, and the test images."""
    data = load_cifar10()
    images = torch.cat([data.train.images, data.validation.images])
    labels = torch.cat([data.train.labels, data.validation.labels])
    return Split(images, labels), data.test


def make_images(count, seed):
    """Return images of ten classes without a file: each class has its own 4 x 4 colors."""
    patterns = torch.rand(10, 3, 4, 4, generator=torch.Generator().manual_seed(0))
    generator = torch.Generator().manual_seed(seed)
    labels = torch.randint(10, (count,), generator=generator)
    images = F.interpolate(patterns[labels], size=(32, 32), mode="bilinear")
    noise = torch.randn(images.shape, generator=generator) / 5
    levels = (images + noise).clamp(0, 1) * 255
    return Split(levels.byte(), labels)


# The command line


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rounds", type=int, nargs="?", default=5)
    parser.add_argument("--compile", action="store_true", help="all contenders, with torch.compile")
    parser.add_argument(
        "--smoke", action="store_true", help="a few hundred images; nothing is written"
    )
    return parser.parse_args()


def main():
    options = parse_options()
    has_gpu = torch.cuda.is_available()
    if not has_gpu and not options.smoke:
        sys.exit("this needs an NVIDIA GPU, and there is none here: --smoke runs it small on a CPU")
    device = torch.device("cpu")
    processor = platform.machine()
    if has_gpu:
        device = torch.device("cuda")
        processor = torch.cuda.get_device_name()
    if options.compile:
        # 64, not 8: the contenders share code, each with its own types
        torch._dynamo.config.recompile_limit = 64

    if options.smoke:
        settings = Settings(epochs=4, batch_size=100, width=8, is_compiled=options.compile)
        train = make_images(500, seed=1)
        test = make_images(500, seed=2)
    else:
        settings = Settings(is_compiled=options.compile)
        train, test = load_splits()

    results = measure(train, test, settings, device, options.rounds)
    busy_shares = measure_busy_shares(train, settings, device)
    lines = describe(results, busy_shares, settings, f"PyTorch {torch.__version__}, {processor}")
    text = "\n".join(lines)
    if not options.smoke:
        RESULTS.write_text(text + "\n", encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
