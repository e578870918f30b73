"""CIFAR-10 to 94 % on one GPU: airbench94's recipe in its own loop, and in dlcourse's Trainer.

    python benchmarks/cifar10.py [ROUNDS] [--compile]    writes benchmarks/cifar10.md; needs an NVIDIA GPU
    python benchmarks/cifar10.py --smoke                 all of it on a few hundred pictures, on any device

The contenders train the same network by the same optimiser, in turns in one process; one training of each
before warms up. Seconds go from bytes in the machine's memory to trained weights, the device having finished:
reading the files and answering the test are not counted. Accuracy is that on the test pictures, which choose
nothing. Busy is the share of the seconds in which the GPU computes or copies.

dlcourse takes part twice: with the recipe's pictures, so that only the loop differs, and with what a user of
dlcourse has, --augment shift,flip, which draws for each picture alone: it needs an epoch more.
"""

import argparse
import platform
import statistics
import sys
from functools import partial
from pathlib import Path

import torch
import torch.nn.functional as F
from airbench94 import AlternatingBatches, Settings, airbench94, make_network, take_recipes_steps
from gpu import measure_busy_share, seconds_of

from dlcourse.data.batches import Batches, Split
from dlcourse.data.cifar10 import load_cifar10
from dlcourse.training.config import TrainConfig
from dlcourse.training.trainer import Trainer

RESULTS = Path(__file__).with_suffix(".md")


def ours(train, settings, device, more_epochs=0, has_own_batches=False):
    """dlcourse's Trainer; bfloat16 has float32's range, so that no gradient needs a scale."""
    network = make_network(train, settings, device)
    config = TrainConfig(
        epochs=settings.epochs + more_epochs,
        batch_size=settings.batch_size,
        precision="bfloat16" if device.type == "cuda" else "float32",
        compile=settings.is_compiled,
        learning_rate=1.0,  # the share that the recipe's rates are multiplied by
        warmup=0.0,
        optimizer="sgd",
        seed=torch.initial_seed(),
        device=device.type,
    )
    loss_fn = partial(F.cross_entropy, label_smoothing=0.2)
    trainer = Trainer(network, config, report=lambda progress: None, loss_fn=loss_fn)
    options = {"is_loss_mean": True, "is_compiled": settings.is_compiled}
    take_recipes_steps(trainer.optimizer, network, settings.batch_size, **options)
    if has_own_batches:
        generator = torch.Generator().manual_seed(config.seed)
        options = {"max_value": 255, "device": device, "augment": "shift,flip"}
        batches = Batches(train, settings.batch_size, generator=generator, **options)
    else:
        batches = AlternatingBatches(train, settings.batch_size, device, torch.float32)
    images, labels = train.images[:10].to(device) / 255, train.labels[:10]
    trainer.fit(batches, [(images, labels)])  # it validates, as it must: on ten pictures
    return trainer.model


CONTENDERS = {
    "airbench94, its own loop": airbench94,
    "dlcourse, the same pictures": ours,
    "dlcourse, its own pictures, an epoch more": partial(ours, more_epochs=1, has_own_batches=True),
}


# Measured in turns


@torch.compiler.set_stance("force_eager")  # it is not timed: nothing is compiled for it
@torch.inference_mode()
def measure_accuracy(network, split):
    """Return the share of right answers, each the mean of six views: three places, mirrored and not."""
    network.eval()
    weight, num_right = next(network.parameters()), 0
    side = split.images.shape[3]
    for images, labels in zip(split.images.split(2000), split.labels.split(2000), strict=True):
        images = images.to(weight.device).to(weight.dtype) / 255
        padded = F.pad(images, (1, 1, 1, 1), mode="reflect")
        views = {0.5: [images], 0.25: [padded[..., :side, :side], padded[..., 2:, 2:]]}
        logits = sum(
            share * (network(view) + network(view.flip(3)))
            for share in views
            for view in views[share]
        )
        num_right += (logits.argmax(1) == labels.to(weight.device)).sum().item()
    return num_right / len(split)


def measure(train, test, settings, device, num_rounds):
    """Return the rounds' (seconds, accuracy) of each contender; they take turns."""
    torch.backends.cudnn.benchmark = (
        True  # for all: it looks for the fastest way of each convolution
    )
    answers = {name: [] for name in CONTENDERS}
    for number in range(-1, num_rounds):  # the round before the first warms up
        for name, fit in CONTENDERS.items():
            torch.manual_seed(number + 1)
            seconds, network = seconds_of(partial(fit, train, settings, device), device)
            accuracy = measure_accuracy(network, test)
            if number >= 0:
                answers[name].append((seconds, accuracy))
            print(f"{name}: {seconds:.2f} s, {accuracy:.2%}", file=sys.stderr)
    return answers


def measure_busy_shares(train, settings, device):
    """Return the share of its seconds that the device is busy for, for each contender."""
    fits = {name: partial(fit, train, settings, device) for name, fit in CONTENDERS.items()}
    return {name: measure_busy_share(fit, device) for name, fit in fits.items()}


def describe(answers, busy, settings, machine):
    """Return the lines of the table."""
    first = next(iter(answers.values()))
    lines = [
        "| CIFAR-10 | seconds | times the first's | busy | test accuracy |",
        "|---|---|---|---|---|",
    ]
    for name, rounds in answers.items():
        seconds = statistics.median(one[0] for one in rounds)
        ratio = statistics.median(
            one[0] / other[0] for one, other in zip(rounds, first, strict=True)
        )
        right = [one[1] for one in rounds]
        accuracy = f"{statistics.mean(right):.2%} ({min(right):.2%} to {max(right):.2%})"
        lines.append(f"| {name} | {seconds:.2f} | {ratio:.2f} | {busy[name]:.0%} | {accuracy} |")
    compiled = "compiled" if settings.is_compiled else "not compiled"
    return [
        *lines,
        "",
        f"Medians and means of {len(first)} rounds in turns, {compiled}; {machine}.",
    ]


def load_pictures():
    """Return all 50,000 training pictures, as the recipe takes them, and the test pictures."""
    pictures = load_cifar10()
    parts = (pictures.train, pictures.validation)
    images, labels = (
        torch.cat([getattr(part, name) for part in parts]) for name in ("images", "labels")
    )
    return Split(images, labels), pictures.test


def make_pictures(count, seed):
    """Return pictures of ten classes without a file: each class has its own colours at 4 x 4 places."""
    generator = torch.Generator().manual_seed(seed)
    patterns = torch.rand(10, 3, 4, 4, generator=torch.Generator().manual_seed(0))
    labels = torch.randint(10, (count,), generator=generator)
    images = F.interpolate(patterns[labels], size=(32, 32), mode="bilinear")
    noise = torch.randn(images.shape, generator=generator) / 5
    return Split(((images + noise).clamp(0, 1) * 255).byte(), labels)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("rounds", type=int, nargs="?", default=5)
    parser.add_argument("--compile", action="store_true", help="all contenders, with torch.compile")
    parser.add_argument(
        "--smoke", action="store_true", help="a few hundred pictures; nothing is written"
    )
    options = parser.parse_args()
    has_gpu = torch.cuda.is_available()
    if not has_gpu and not options.smoke:
        sys.exit("this needs an NVIDIA GPU, and there is none here: --smoke runs it small on a CPU")
    device = torch.device("cuda" if has_gpu else "cpu")
    if options.compile:
        torch._dynamo.config.recompile_limit = (
            64  # not 8: the contenders share code, each with its own types
        )
    settings = Settings(is_compiled=options.compile)
    if options.smoke:
        settings = Settings(epochs=4, batch_size=100, width=8, is_compiled=options.compile)
        train, test = make_pictures(500, seed=1), make_pictures(500, seed=2)
    else:
        train, test = load_pictures()
    answers = measure(train, test, settings, device, options.rounds)
    processor = torch.cuda.get_device_name() if has_gpu else platform.machine()
    busy = measure_busy_shares(train, settings, device)
    lines = describe(answers, busy, settings, f"PyTorch {torch.__version__}, {processor}")
    if not options.smoke:
        RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
