"""What the trainer promises on an NVIDIA GPU.

Each test runs on the CPU, too, so that it is known to work. Other tests need a GPU for fewer bits,
two GPUs, augmentation, order, each model's logits and CIFAR-10: `pytest -m gpu --collect-only`
lists them all.
"""

import importlib
import signal
import statistics
from pathlib import Path

import pytest
import torch
from dlcourse.signals import Interrupted
from torch import nn

from dlcourse.data.batches import Batches, Split
from dlcourse.data.digits import load_digits
from dlcourse.data.mnist import MNIST, load_mnist
from dlcourse.models.cnn import CNN
from dlcourse.models.vgg import VGG
from dlcourse.training.config import TrainConfig
from dlcourse.training.loop import evaluate
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.trainer import Trainer

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"
GPU_MARKS = (
    pytest.mark.gpu,
    pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU"),
)
DEVICES = ["cpu", pytest.param("cuda", marks=GPU_MARKS)]


def make_batches(split, batch_size, device, **options):
    return Batches(
        split, batch_size, max_value=load_digits().max_value, device=torch.device(device), **options
    )


def weights(model):
    return torch.cat([weight.detach().cpu().flatten() for weight in model.parameters()])


@pytest.mark.parametrize("device", DEVICES)
def test_a_convolutional_network_learns_the_same_as_on_the_cpu(device):
    split = load_digits().train
    batches = [(images.double(), labels) for images, labels in make_batches(split, 128, "cpu")]
    results = []
    for one in ("cpu", device):
        torch.manual_seed(0)
        trainer = Trainer(CNN().double(), TrainConfig(epochs=2, device=one))
        trainer.fit(batches, batches[:1])
        results.append(weights(trainer.model))
    # float64 keeps 16 digits and a GPU adds in another order; AdamW divides a small gradient by
    # itself, so that 22 steps may take some of the digits. In float32 a rounding error may change
    # the sign at a ReLU or the largest value of a pooling.
    torch.testing.assert_close(results[1], results[0], atol=1e-8, rtol=0)


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

    def make_trainer(run):
        torch.manual_seed(0)
        layers = nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.3), nn.Linear(32, 10)
        return Trainer(nn.Sequential(*layers), config, run)

    def fit(trainer, resume=False, stop_at=None):
        generator = torch.Generator().manual_seed(1)
        batches = make_batches(
            load_digits().train, 128, device, generator=generator, augment="shift"
        )
        if stop_at is not None:
            trainer.model.register_forward_pre_hook(count_down(stop_at, trainer))
        trainer.fit(batches, make_batches(load_digits().validation, 128, device), resume=resume)
        return weights(trainer.model)

    def count_down(step, trainer):
        left = [step]

        def hook(*_):
            left[0] -= 1
            if left[0] == 0:
                trainer.stop(signal.SIGTERM)

        return hook

    whole = fit(make_trainer(None))
    with pytest.raises(Interrupted):
        fit(make_trainer(run), stop_at=7)
    resumed = fit(make_trainer(run), resume=True)
    # On a CPU it is exact. A GPU may add in another order from run to run; other random numbers for
    # dropout would change the weights by 0.01.
    tolerance = 0 if device == "cpu" else 1e-5
    torch.testing.assert_close(resumed, whole, atol=tolerance, rtol=0)


RECIPES = [
    pytest.param("cpu", CNN, load_digits, {"epochs": 4, "batch_size": 64}, 0.97, id="digits-cpu"),
    pytest.param(
        *(
            "cuda",
            VGG,
            load_mnist,
            {"epochs": 10, "augment": "shift", "average_decay": 0.98},
            0.994,
        ),
        id="mnist-cuda",
        marks=(
            *GPU_MARKS,
            pytest.mark.mnist,
            pytest.mark.skipif(
                MNIST.find() is None, reason="needs the MNIST files, found through DLCOURSE_DATA"
            ),
        ),
    ),
]


@pytest.mark.parametrize(("device", "model", "load", "settings", "least"), RECIPES)
def test_the_digits_are_read_after_seconds(device, model, load, settings, least, capsys):
    pictures, accuracies, seconds = load(), [], []
    options = {"max_value": pictures.max_value, "device": torch.device(device)}
    validation, test = (
        Batches(split, 1000, **options) for split in (pictures.validation, pictures.test)
    )
    for seed in range(3):
        config = TrainConfig(device=device, seed=seed, **settings)
        options |= {"generator": torch.Generator().manual_seed(seed), "augment": config.augment}
        torch.manual_seed(seed)
        trainer = Trainer(model(), config)
        trainer.fit(Batches(pictures.train, config.batch_size, **options), validation)
        accuracies.append(evaluate(trainer.model, test, trainer.device)[1])
        seconds.append(trainer.history[-1].seconds)
    with capsys.disabled():
        took = ", ".join(f"{one:.1f} s" for one in seconds)
        mean = statistics.mean(accuracies)
        print(f"\n{pictures.name} on {device}: {mean:.2%} {accuracies} after {took}")
    assert statistics.mean(accuracies) >= least


@pytest.mark.parametrize(
    ("device", "count", "batch_size", "width", "least"),
    # Half: a GPU below that waits longer for Python than it computes. On a CPU, Python and the
    # computation take turns.
    [
        pytest.param("cpu", 100, 50, 4, 0.0, id="cpu"),
        pytest.param("cuda", 50_000, 2000, 64, 0.5, id="cuda", marks=GPU_MARKS),
    ],
)
def test_the_device_is_busy(device, count, batch_size, width, least, capsys, monkeypatch):
    """Train airbench94's network on batches of its size, with dlcourse's optimizer and images."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    network = importlib.import_module("airbench94").Network(width)
    gpu = importlib.import_module("gpu")
    split = Split(
        torch.randint(256, (count, 3, 32, 32), dtype=torch.uint8), torch.arange(count) % 10
    )
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
    with capsys.disabled():
        print(
            f"\n{device}: busy for {share:.0%} of a step of {1e3 * seconds / len(batches):.2f} ms"
        )
    assert least < share
