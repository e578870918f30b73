"""Train, stop each process at a random moment, resume until the run is done; print how it ended.

    python train_until_stopped.py FOLDER SIGNAL COUNT images|FAMILY

Each run has clipping, accumulation, averaged weights and a ragged last batch. Images also have
dropout, batch normalization and an augmentation that draws from Python, NumPy and PyTorch; FAMILY
is one of tests/tasks/tiny_families.py. The first JSON line is the run that nothing stopped; of the
others COUNT processes are stopped. PyTorch is imported once, and each process is a fork.
"""

import dataclasses
import hashlib
import json
import os
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from dlcourse.data.batches import Batches, Split
from dlcourse.data.digits import load_digits
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.signals import Interrupted, stop_at_signals
from dlcourse.training.trainer import Trainer

sys.path.append(str(Path(__file__).parents[1] / "tasks"))
from tiny_families import FAMILIES

CONFIG = TrainConfig(
    epochs=3,
    batch_size=32,
    accumulate=2,
    clip_norm=1.0,
    average_decay=0.9,
    patience=3,
    device="cpu",
    checkpoint_seconds=0.01,
)
CPU = torch.device("cpu")
DIGITS = load_digits().train
TRAIN = Split(DIGITS.images[:300], DIGITS.labels[:300])
FAILED = 70  # the exit code of a process that raised an error


class ShiftedBatches(Batches):
    def __iter__(self):
        for images, labels in super().__iter__():
            down = int(torch.randint(-1, 2, ()))
            right = random.randint(-1, 1)
            brightness = np.random.uniform(0.9, 1.1)
            yield images.roll((down, right), (2, 3)) * brightness, labels


def make_image_model() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(
        nn.Conv2d(1, 4, 3),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.Flatten(),
        nn.Dropout(0.2),
        nn.Linear(144, 10),
    )


def make_image_batches() -> Batches:
    return ShiftedBatches(
        TRAIN,
        CONFIG.batch_size,
        max_value=16,
        device=CPU,
        generator=torch.Generator().manual_seed(5),
        augment="crop,cutout",
    )


def slow_down_the_disk() -> None:
    """Leave room for signals while files are saved."""
    real_fsync = os.fsync

    def slow_fsync(descriptor):
        time.sleep(0.001)
        real_fsync(descriptor)

    os.fsync = slow_fsync


def prepare(name: str, run: RunFolder):
    """Return a trainer of the images or of a family, with its batches and those for validation."""
    if name == "images":
        validation = Batches(TRAIN, 300, max_value=16, device=CPU)
        return Trainer(make_image_model(), CONFIG, run), make_image_batches(), validation
    (family,) = (family for family in FAMILIES if family.name == name)
    network = family.build_seeded()
    # As many epochs as the images, so that a whole run takes as long for each family.
    settings = {**family.settings, "epochs": CONFIG.epochs}
    config = dataclasses.replace(CONFIG, **settings)
    return Trainer(network, config, run, task=family.task), *family.make_batches(network)


def train(folder: Path) -> int:
    """Begin or continue a run; return the exit code."""
    slow_down_the_disk()
    run = RunFolder(folder)
    trainer, batches, validation = prepare(sys.argv[4], run)
    if not run.has_run():
        run.create({}, trainer.config)
    try:
        with stop_at_signals(trainer.stop):
            trainer.fit(batches, validation, resume=True)
    except Interrupted as interrupted:
        return interrupted.exit_code
    return 0


def start(folder: Path) -> int:
    """Train in a fork; return its process id."""
    child = os.fork()
    if child == 0:
        exit_code = FAILED
        try:
            exit_code = train(folder)
        finally:
            os._exit(exit_code)
    return child


def wait_for(child: int) -> int:
    """Return the exit code of a process, or minus the number of the signal that ended it."""
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def describe(folder: Path, endings: list[int]) -> str:
    rows = []
    for line in (folder / "metrics.csv").read_text().splitlines():
        values = line.split(",")
        # Without the seconds and the examples a second.
        rows.append(values[:6] + values[8:])
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    files.pop(1)  # the checkpoint before the newest is of any step
    weights = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    return json.dumps({"weights": weights, "metrics": rows, "files": files, "endings": endings})


def stop_until_done(folder: Path, number: int, longest_wait: float, chance: random.Random):
    """Train a run to its end; return how its stopped processes ended, all but the first."""
    endings = []
    while not endings or endings[-1] != 0:
        child = start(folder)
        time.sleep(chance.uniform(0, longest_wait))
        os.kill(child, number)
        endings.append(wait_for(child))
        assert endings[-1] != FAILED, f"{folder} cannot be resumed"
    return endings[:-1]


def main(folder: Path, number: int, count: int) -> None:
    started = time.monotonic()
    assert wait_for(start(folder / "whole")) == 0
    whole_seconds = time.monotonic() - started
    print(describe(folder / "whole", []), flush=True)

    chance = random.Random(0)
    num_stopped = 0
    num_runs = 0
    while num_stopped < count:
        num_runs += 1
        run_folder = folder / f"run-{num_runs}"
        stopped = stop_until_done(run_folder, number, 0.7 * whole_seconds, chance)
        num_stopped += len(stopped)
        print(describe(run_folder, stopped), flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)  # a fork has none of the other threads
    torch.optim.AdamW([torch.zeros(1)])  # the first optimizer imports a second's worth of PyTorch
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
