"""Start one training after another, and kill -9 each at its moment; print the moments as JSON lines.

    python train_until_killed.py FOLDER COUNT

PyTorch is imported once, and each training is a fork. What it is doing stands in memory that both share, so
that it is known exactly also after the kill: the phase, and how many epochs were saved.
"""

import json
import mmap
import os
import random
import signal
import sys
import time
from pathlib import Path

import dlcourse.assemble  # imported before the forks, so that each starts at once
import dlcourse.outcome  # noqa: F401
import torch
from dlcourse.cli import main

from dlcourse.training import trainer
from dlcourse.training.run_folder import RunFolder

PHASES = ["other", "mid-epoch", "saving"]
MOMENTS = ["mid-epoch", "saving", "mid-epoch", "saving", "other"]
shared = mmap.mmap(-1, 2)  # the phase's index, the number of saved epochs


def train(folder: Path) -> None:
    real_fsync, real_steps, real_save = os.fsync, trainer.train_steps, RunFolder.save_epoch

    def slow_fsync(descriptor):
        before, shared[0] = shared[0], PHASES.index("saving")
        time.sleep(0.005)  # a slow disk: room for kills while saving
        real_fsync(descriptor)
        shared[0] = before

    def watched_steps(*arguments):
        shared[0] = PHASES.index("mid-epoch")
        yield from real_steps(*arguments)
        shared[0] = PHASES.index("other")

    def counted_save(*arguments):
        real_save(*arguments)
        shared[1] = min(shared[1] + 1, 255)

    os.fsync, trainer.train_steps, RunFolder.save_epoch = slow_fsync, watched_steps, counted_save
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os._exit(main(["train", "mlp", "--epochs", "1000", "--run-dir", str(folder)]))


def kill_at(moment: str, epochs: int, delay: float, folder: Path) -> None:
    shared[0], shared[1] = 0, 0
    child = os.fork()
    if child == 0:
        train(folder)
    deadline = time.monotonic() + 60
    while (PHASES[shared[0]], shared[1] >= epochs) != (
        moment,
        True,
    ) and time.monotonic() < deadline:
        time.sleep(0.0002)
    time.sleep(delay)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    print(
        json.dumps(
            {
                "run_dir": str(folder),
                "phase": PHASES[shared[0]],
                "saved_epochs": shared[1],
                "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else None,
            }
        ),
        flush=True,
    )


if __name__ == "__main__":
    torch.set_num_threads(1)  # a fork has none of the other threads
    torch.optim.AdamW([torch.zeros(1)])  # the first optimiser imports a second's worth of PyTorch
    chance = random.Random(0)
    for number in range(int(sys.argv[2])):
        moment = MOMENTS[number % len(MOMENTS)]
        delay = chance.uniform(0, 0.003 if moment != "other" else 0.1)
        kill_at(moment, number // len(MOMENTS) % 4, delay, Path(sys.argv[1], f"run-{number}"))
