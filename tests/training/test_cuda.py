"""What the trainer promises on an NVIDIA GPU. Each test runs on a CPU, too, to show that it works.

Lower precision, two GPUs, augmentation, order, each model's logits and CIFAR-10 on a GPU are tested
elsewhere: `pytest -m gpu --collect-only` lists them all.
"""

import importlib
import signal
import statistics
from pathlib import Path

import pytest
import torch
from torch import nn

from dlcourse.data.batches import Batches, Split
from dlcourse.data.digits import load_digits
from dlcourse.data.mnist import MNIST, load_mnist
from dlcourse.models.cnn import CNN
from dlcourse.models.vgg import VGG
from dlcourse.training.config import TrainConfig
from dlcourse.training.loop import evaluate
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.signals import Interrupted
from dlcourse.training.trainer import Trainer

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
GPU_MARKS = (
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU"),
)
MNIST_MARKS = (
    pytest.mark.mnist,
    pytest.mark.skipif(
        MNIST.find() is None, reason="needs the MNIST files, found through DLCOURSE_DATA"
    ),
)
DEVICES = ["cpu", pytest.param("cuda", marks=GPU_MARKS)]


def make_batches(split, batch_size, device, **options):
    max_value = load_digits().max_value
    return Batches(split, batch_size, max_value=max_value, device=torch.device(device), **options)


def get_weights(model):
    return torch.cat([weight.detach().cpu().flatten() for weight in model.parameters()])


@pytest.mark.parametrize("device", DEVICES)
def test_a_convolutional_network_learns_the_same_as_on_the_cpu(device):
    split = load_digits().train
    batches = [(images.double(), labels) for images, labels in make_batches(split, 128, "cpu")]

    def train(device):
        torch.manual_seed(0)
        trainer = Trainer(CNN().double(), TrainConfig(epochs=2, device=device))
        trainer.fit(batches, batches[:1])
        return get_weights(trainer.model)

    # float64 keeps 16 digits and a GPU adds in another order; AdamW divides a small gradient by
    # itself, so that 22 steps may take some of the digits. In float32 a rounding error may change
    # the sign at a ReLU or the largest value of a pooling.
    torch.testing.assert_close(train(device), train("cpu"), atol=1e-8, rtol=0)


@pytest.mark.parametrize(
    ("device", "precision"),
    [
        ("cpu", "float32"),
        pytest.param("cuda", "float32", marks=GPU_MARKS),
        pytest.param("cuda", "float16", marks=GPU_MARKS),  # with the state of its scaler
    ],
)
def test_a_resumed_run_ends_as_the_whole_one(device, precision, tmp_path):
    config = TrainConfig(epochs=2, device=device, precision=precision, augment="shift")
    run = RunFolder(tmp_path / "run")
    run.create({}, config)

    def train(run, last_step=None):
        def stop_at_last_step(progress):
            if progress.step == last_step:
                trainer.stop(signal.SIGTERM)

        torch.manual_seed(0)
        layers = nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.3), nn.Linear(32, 10)
        model = nn.Sequential(*layers)
        trainer = Trainer(model, config, run, report=stop_at_last_step, report_seconds=0.0)
        digits = load_digits()
        generator = torch.Generator().manual_seed(1)
        batches = make_batches(digits.train, 128, device, generator=generator, augment="shift")
        validation = make_batches(digits.validation, 128, device)
        trainer.fit(batches, validation, resume=run is not None)
        return get_weights(model)

    whole = train(None)
    with pytest.raises(Interrupted, match="step 7 of 22"):
        train(run, last_step=7)
    resumed = train(run)
    # On a CPU it is exact. A GPU may add in another order from run to run; other dropout moves the
    # weights by 0.01.
    tolerance = 0 if device == "cpu" else 1e-5
    torch.testing.assert_close(resumed, whole, atol=tolerance, rtol=0)


VGG_SETTINGS = {"epochs": 10, "augment": "shift", "average_decay": 0.98}
RECIPES = [
    pytest.param("cpu", CNN, load_digits, {"epochs": 4, "batch_size": 64}, 0.97, id="digits-cpu"),
    pytest.param(
        *("cuda", VGG, load_mnist, VGG_SETTINGS, 0.994),
        id="mnist-cuda",
        marks=(*GPU_MARKS, *MNIST_MARKS),
    ),
]


@pytest.mark.parametrize(("device", "model", "load", "settings", "least"), RECIPES)
def test_the_digits_are_classified_after_seconds(device, model, load, settings, least, capsys):
    images = load()
    options = {"max_value": images.max_value, "device": torch.device(device)}
    validation = Batches(images.validation, 1000, **options)
    test = Batches(images.test, 1000, **options)
    accuracies = []
    seconds = []
    for seed in range(3):
        config = TrainConfig(device=device, seed=seed, **settings)
        generator = torch.Generator().manual_seed(seed)
        batches = Batches(
            images.train,
            config.batch_size,
            generator=generator,
            augment=config.augment,
            **options,
        )
        torch.manual_seed(seed)
        trainer = Trainer(model(), config)
        trainer.fit(batches, validation)
        _, accuracy = evaluate(trainer.model, test, trainer.device)
        accuracies.append(accuracy)
        seconds.append(trainer.history[-1].seconds)
    mean = statistics.mean(accuracies)
    took = ", ".join(f"{one:.1f} s" for one in seconds)
    with capsys.disabled():
        print(f"\n{images.name} on {device}: {mean:.2%} {accuracies} after {took}")
    assert mean >= least


@pytest.mark.parametrize(
    ("device", "count", "batch_size", "width", "least"),
    # Half: a device that is busy for less waits longer for Python than it computes. On a CPU Python
    # and its work take turns.
    [
        pytest.param("cpu", 100, 50, 4, 0.0, id="cpu"),
        pytest.param("cuda", 50_000, 2000, 64, 0.5, id="cuda", marks=GPU_MARKS),
    ],
)
def test_the_device_is_busy(device, count, batch_size, width, least, capsys, monkeypatch):
    """The network and batches of airbench94, with the Trainer's own optimizer and augmentation."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    network = importlib.import_module("airbench94").Network(width)
    gpu = importlib.import_module("gpu")
    noise = torch.randint(256, (count, 3, 32, 32), dtype=torch.uint8)
    split = Split(noise, torch.arange(count) % 10)
    place = torch.device(device)
    generator = torch.Generator().manual_seed(0)
    batches = Batches(
        split, batch_size, max_value=255, device=place, generator=generator, augment="shift,flip"
    )
    precision = "bfloat16" if device == "cuda" else "float32"
    trainer = Trainer(network, TrainConfig(epochs=1, precision=precision, device=device))
    images, labels = next(iter(batches))

    def train():
        trainer.fit(batches, [(images[:10], labels[:10])])

    train()
    share = gpu.measure_busy_share(train, place)
    seconds, _ = gpu.seconds_of(train, place)
    milliseconds = 1000 * seconds / len(batches)
    with capsys.disabled():
        print(f"\n{device}: busy for {share:.0%} of a step of {milliseconds:.2f} ms")
    assert least < share
