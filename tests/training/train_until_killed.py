"""Start one training after another, and kill -9 each at its moment; print the moments.

    python train_until_killed.py FOLDER COUNT

PyTorch is imported once, and each training is a fork. What it is doing stands in memory that both
share, so that it is known exactly also after the kill: the phase, and how many epochs were saved.
"""

import dataclasses
import json
import mmap
import os
import random
import signal
import sys
import time
from pathlib import Path

import torch

import dlcourse.commands.learning_curve  # imported before the forks, so that each starts at once
import dlcourse.commands.runs
import dlcourse.training.trainer  # noqa: F401
from dlcourse.commands.train import plan_run, train_plan
from dlcourse.tasks.classify import Classify
from dlcourse.training.run_folder import RunFolder

PHASES = ["other", "mid-epoch", "saving"]
MOMENTS = ["mid-epoch", "saving", "mid-epoch", "saving", "other"]
PHASE = 0  # where the index of the phase is in the shared memory
SAVED = 1  # where the number of saved epochs is
shared = mmap.mmap(-1, 2)


class WatchedBatches:
    """Batches that say when an epoch is under way."""

    def __init__(self, batches):
        self.batches = batches
        self.generator = batches.generator
        self.place = batches.place

    def __len__(self):
        return len(self.batches)

    def __iter__(self):
        shared[PHASE] = PHASES.index("mid-epoch")
        yield from self.batches
        shared[PHASE] = PHASES.index("other")


class WatchedClassify(Classify):
    def make_batches(self, data, split, device, config=None, stream=None):
        batches = super().make_batches(data, split, device, config, stream)
        if split == "train":
            return WatchedBatches(batches)
        return batches


class CountingFolder(RunFolder):
    """A folder that counts the epochs that were saved."""

    def save_epoch(self, *arguments, **options):
        super().save_epoch(*arguments, **options)
        shared[SAVED] = min(shared[SAVED] + 1, 255)


def slow_down_the_disk() -> None:
    """Leave room for kills while files are saved, and say when that is."""
    real_fsync = os.fsync

    def slow_fsync(descriptor):
        phase_before = shared[PHASE]
        shared[PHASE] = PHASES.index("saving")
        time.sleep(0.005)
        real_fsync(descriptor)
        shared[PHASE] = phase_before

    os.fsync = slow_fsync


def train(folder: Path) -> None:
    """Train as `dlcourse train mlp --epochs 1000` does, without a word."""
    slow_down_the_disk()
    plan = plan_run("mlp", run_dir=folder, settings={"epochs": 1000})
    plan = dataclasses.replace(plan, family=WatchedClassify("mlp"), run=CountingFolder(folder))
    train_plan(plan, say=lambda text: None)


def start(folder: Path) -> int:
    """Train in a fork; return its process id."""
    child = os.fork()
    if child == 0:
        try:
            train(folder)
        finally:
            os._exit(70)
    return child


def is_moment(moment: str, epochs: int) -> bool:
    return PHASES[shared[PHASE]] == moment and shared[SAVED] >= epochs


def kill_at(moment: str, epochs: int, delay: float, folder: Path) -> None:
    """Kill a training some seconds after a phase begins, once so many epochs are saved."""
    shared[PHASE] = 0
    shared[SAVED] = 0
    child = start(folder)
    deadline = time.monotonic() + 60
    while not is_moment(moment, epochs) and time.monotonic() < deadline:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            sys.exit(f"the training ended by itself: {os.waitstatus_to_exitcode(status)}")
        time.sleep(0.0002)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    killed_by = None
    if os.WIFSIGNALED(status):
        killed_by = os.WTERMSIG(status)
    kill = {
        "run_dir": str(folder),
        "phase": PHASES[shared[PHASE]],
        "saved_epochs": shared[SAVED],
        "signal": killed_by,
    }
    print(json.dumps(kill), flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)  # a fork has none of the other threads
    torch.optim.AdamW([torch.zeros(1)])  # the first optimizer imports a second's worth of PyTorch
    chance = random.Random(0)
    for number in range(int(sys.argv[2])):
        moment = MOMENTS[number % len(MOMENTS)]
        epochs = number // len(MOMENTS) % 4
        longest_delay = 0.1 if moment == "other" else 0.003
        delay = chance.uniform(0, longest_delay)
        kill_at(moment, epochs, delay, Path(sys.argv[1], f"run-{number}"))
