"""The Trainer beside the loops that people write: the same data, network, optimiser, batches and epochs.

    python benchmarks/trainers.py [ROUNDS]        writes benchmarks/results.md

CPU seconds at one thread are compared, as ratios to the bare loop of the same round: the contenders take
turns, so that other work on the machine slows all of them. The Trainer has its schedule and progress, checks
each loss and validates each epoch, which the others do not; in one row it keeps a run folder: checkpoint,
weights and metrics each epoch, and the picture of its losses at the end. The tutorial's loop makes each MNIST
picture with Pillow. MNIST takes part where its files are found, scikit-learn where it is installed.
"""

import dataclasses
import platform
import statistics
import sys
import tempfile
import time
import warnings
from pathlib import Path

import torch
import torch.nn.functional as F

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.data.mnist import MNIST, load_mnist
from dlcourse.models.mlp import MLP
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.trainer import Trainer

CPU = torch.device("cpu")
CONFIG = TrainConfig(learning_rate=0.05, device="cpu")
WORKS = {  # data: hidden features, batch size, epochs
    "digits": (32, 32, 40),
    "mnist": (128, 128, 1),
}


class Work:
    """One task, and the parts that every contender starts from."""

    def __init__(self, name):
        self.pictures = load_digits() if name == "digits" else load_mnist(download=False)
        self.hidden, self.batch_size, self.epochs = WORKS[name]

    def make_model(self):
        torch.manual_seed(0)
        return MLP(self.pictures.train.images[0].numel(), self.hidden).train()

    def make_optimizer(self, model, **settings):
        return torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, nesterov=True, **settings)

    def floats(self):
        return self.pictures.train.images.float() / self.pictures.max_value


def train(work, batches):
    model = work.make_model()
    optimizer = work.make_optimizer(model)
    for _ in range(work.epochs):
        for images, labels in batches():
            loss = F.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


def bare(work):
    """All pictures as one float tensor, an epoch is one permutation."""
    images, labels = work.floats(), work.pictures.train.labels

    def batches():
        for chosen in torch.randperm(len(labels)).split(work.batch_size):
            yield images[chosen], labels[chosen]

    train(work, batches)


def tutorial(work):
    """A DataLoader as in most tutorials: arrays as a TensorDataset, MNIST picture by picture."""
    from dlcourse.data.torchvision_ops import torchvision

    transforms = torchvision.transforms.functional

    class Pictures(torch.utils.data.Dataset):
        def __len__(self):
            return len(work.pictures.train)

        def __getitem__(self, index):
            image = transforms.to_tensor(transforms.to_pil_image(work.pictures.train.images[index]))
            return image, int(work.pictures.train.labels[index])

    dataset = Pictures()
    if work.pictures.name == "digits":
        dataset = torch.utils.data.TensorDataset(work.floats(), work.pictures.train.labels)
    loader = torch.utils.data.DataLoader(dataset, batch_size=work.batch_size, shuffle=True)
    train(work, lambda: loader)


def scikit_learn(work):
    """MLPClassifier, whose steps are not PyTorch's."""
    from sklearn.neural_network import MLPClassifier

    network = MLPClassifier(
        (work.hidden,), solver="sgd", batch_size=work.batch_size, max_iter=work.epochs,
        learning_rate_init=0.05, alpha=0, tol=0, n_iter_no_change=work.epochs + 1, random_state=0,
    )  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it has not converged, and should not
        network.fit(work.floats().flatten(start_dim=1).numpy(), work.pictures.train.labels.numpy())


def ours(work, run=None):
    """The Trainer with its defaults, and with the optimiser of the others, fused."""
    config = dataclasses.replace(CONFIG, epochs=work.epochs, batch_size=work.batch_size)
    if run is not None:
        run.create({}, config)
    trainer = Trainer(work.make_model(), config, run, report=lambda progress: None)
    trainer.optimizer = work.make_optimizer(trainer.model, fused=True)
    generator = torch.Generator().manual_seed(0)
    settings = {"max_value": work.pictures.max_value, "device": CPU}
    batches = Batches(work.pictures.train, work.batch_size, generator=generator, **settings)
    trainer.fit(batches, Batches(work.pictures.validation, 500, **settings))


def ours_with_folder(work):
    """The same, and everything is kept in a run folder."""
    with tempfile.TemporaryDirectory() as folder:
        ours(work, RunFolder(Path(folder, "run")))


CONTENDERS = {
    "bare loop": bare,
    "tutorial's loop": tutorial,
    "scikit-learn": scikit_learn,
    "dlcourse": ours,
    "dlcourse with run folder": ours_with_folder,
}


def measure(work, num_rounds):
    """Return the CPU seconds of each contender in each round, after one that warms up."""
    seconds = {}
    for _ in range(num_rounds + 1):
        for name, contender in CONTENDERS.items():
            started = time.process_time()
            try:
                contender(work)
            except (ImportError, RuntimeError) as error:
                print(f"{name} is left out: {error}")
                continue
            seconds.setdefault(name, []).append(time.process_time() - started)
    return {name: all_rounds[1:] for name, all_rounds in seconds.items()}


def main(num_rounds=5):
    torch.set_num_threads(1)
    lines = ["| | CPU seconds (median) | times the bare loop (median) |", "|---|---|---|"]
    for name in WORKS:
        if name == "mnist" and MNIST.find() is None:
            print("MNIST is left out: it is not found (DLCOURSE_DATA names its folder)")
            continue
        seconds = measure(Work(name), num_rounds)
        for contender, rounds in seconds.items():
            ratio = statistics.median(a / b for a, b in zip(rounds, seconds["bare loop"], strict=True))
            lines.append(f"| {name}, {contender} | {statistics.median(rounds):.2f} | {ratio:.2f} |")
    about = (
        f"Python {platform.python_version()}, PyTorch {torch.__version__}, {platform.machine()}, one thread"
    )
    lines += ["", f"{about}, {num_rounds} rounds in turns, while other work ran on the machine."]
    Path(__file__).with_name("results.md").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
