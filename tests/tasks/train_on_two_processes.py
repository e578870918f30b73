"""Train families on forked processes; each process prints how it ends as a JSON line.

    python train_on_two_processes.py NAME[,NAME...] COUNT

PyTorch is imported once, before the fork. So all families take little longer than one.
"""

import json
import multiprocessing
import sys
from pathlib import Path

import torch
from bad_tasks import BAD_FAMILIES
from every_task import FEW_EPOCHS
from tiny_families import FAMILIES

from dlcourse.training.processes import get_rank
from dlcourse.training.trainer import Trainer

sys.path.append(str(Path(__file__).parents[1] / "training"))
from forks import call_on_forks

KNOWN = {family.name: family for family in [*FAMILIES, *BAD_FAMILIES]}


def train(names: list[str], lock) -> None:
    for name in names:
        family = KNOWN[name]
        network = family.build_seeded()
        trainer = Trainer(network, family.make_config(epochs=FEW_EPOCHS), task=family.task)
        trainer.fit(*family.make_batches(network))
        weights = [weight.detach().flatten() for weight in network.parameters()]
        end = {
            "family": name,
            "rank": get_rank(),
            "weights": torch.cat(weights).tolist(),
            "figures": [progress.figures for progress in trainer.history],
        }
        with lock:
            print(json.dumps(end), flush=True)


if __name__ == "__main__":
    names = sys.argv[1].split(",")
    count = int(sys.argv[2])
    call_on_forks(count, train, names, multiprocessing.get_context("fork").Lock())
