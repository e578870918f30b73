"""Train families on forked processes; each process prints how it ends as a JSON line.

    python train_on_two_processes.py NAME[,NAME...] COUNT

PyTorch is imported once, before the fork. So all families take little longer than one.
"""

import json
import multiprocessing
import os
import socket
import sys

import torch
from bad_tasks import BAD_FAMILIES
from tiny_families import FAMILIES

from dlcourse.training.processes import get_rank, join_processes
from dlcourse.training.trainer import Trainer

KNOWN = {family.name: family for family in [*FAMILIES, *BAD_FAMILIES]}


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def train(rank: int, count: int, port: int, names: list[str], lock) -> None:
    torch.set_num_threads(1)  # a fork has none of the other threads
    os.environ.update(
        RANK=str(rank),
        LOCAL_RANK=str(rank),
        WORLD_SIZE=str(count),
        GROUP_WORLD_SIZE="1",
        MASTER_ADDR="127.0.0.1",
        MASTER_PORT=str(port),
    )
    with join_processes():
        for name in names:
            family = KNOWN[name]
            network = family.build_seeded()
            trainer = Trainer(network, family.make_config(), task=family.task)
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
    port = find_free_port()
    fork = multiprocessing.get_context("fork")
    lock = fork.Lock()
    processes = [
        fork.Process(target=train, args=(rank, count, port, names, lock)) for rank in range(count)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    sys.exit(max(process.exitcode or 0 for process in processes))
