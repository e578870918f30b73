"""Train, stop each process at a random moment, resume until the run is done; print the ends as JSON lines.

    python train_until_stopped.py FOLDER SIGNAL COUNT

Each run has dropout, batch normalisation, clipping, accumulation, averaged weights, a ragged last batch and
an augmentation that draws from Python, NumPy and PyTorch. The first line is the run that nothing stopped;
COUNT processes of the others are stopped. PyTorch is imported once, and each process is a fork.
"""

import hashlib
import json
import os
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
from dlcourse.signals import Interrupted, stop_at_signals
from torch import nn

from dlcourse.data.batches import Batches, Split
from dlcourse.data.digits import load_digits
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.trainer import Trainer

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


class ShiftedBatches(Batches):
    def __iter__(self):
        for images, labels in super().__iter__():
            shift = (int(torch.randint(-1, 2, ())), random.randint(-1, 1))
            yield images.roll(shift, (2, 3)) * np.random.uniform(0.9, 1.1), labels


def train(folder: Path) -> int:
    real_fsync = os.fsync

    def slow_fsync(descriptor):
        time.sleep(0.001)  # a slow disk: room for signals while saving
        real_fsync(descriptor)

    os.fsync = slow_fsync
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Conv2d(1, 4, 3),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.Flatten(),
        nn.Dropout(0.2),
        nn.Linear(144, 10),
    )
    run = RunFolder(folder)
    if not run.has_run():
        run.create({}, CONFIG)
    trainer = Trainer(model, CONFIG, run)
    generator = torch.Generator().manual_seed(5)
    batches = ShiftedBatches(
        TRAIN,
        CONFIG.batch_size,
        max_value=16,
        device=CPU,
        generator=generator,
        augment="crop,cutout",
    )
    try:
        with stop_at_signals(trainer.stop):
            trainer.fit(batches, Batches(TRAIN, 300, max_value=16, device=CPU), resume=True)
    except Interrupted as interrupted:
        return interrupted.exit_code
    return 0


def start(folder: Path) -> int:
    child = os.fork()
    if child == 0:
        exit_code = 70
        try:
            exit_code = train(folder)
        finally:
            os._exit(exit_code)
    return child


def describe(folder: Path, endings: list[int]) -> str:
    rows = [
        line.split(",")[:8] for line in (folder / "metrics.csv").read_text().splitlines()
    ]  # no seconds
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    files.pop(1)  # the checkpoint before the newest is of any step
    weights = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    return json.dumps({"weights": weights, "metrics": rows, "files": files, "endings": endings})


def main(folder: Path, number: int, count: int) -> None:
    started = time.monotonic()
    assert os.waitpid(start(folder / "whole"), 0)[1] == 0
    whole_seconds = time.monotonic() - started
    print(describe(folder / "whole", []), flush=True)
    chance, run = random.Random(0), 0
    while count > 0:
        run += 1
        endings = [-1]
        while endings[-1] != 0:
            child = start(folder / f"run-{run}")
            time.sleep(chance.uniform(0, 0.7 * whole_seconds))
            os.kill(child, number)
            endings.append(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
            assert endings[-1] != 70, f"{folder / f'run-{run}'} cannot be resumed"
        stopped = endings[1:-1]
        count -= len(stopped)
        print(describe(folder / f"run-{run}", stopped), flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)  # a fork has none of the other threads
    torch.optim.AdamW([torch.zeros(1)])  # the first optimiser imports a second's worth of PyTorch
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
