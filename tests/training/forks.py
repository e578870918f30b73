"""Call a function on forked processes that train together; torchrun imports PyTorch in each."""

import multiprocessing
import os
import socket
import sys
from collections.abc import Callable
from typing import Any

import torch

from dlcourse.training.processes import join_processes


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def join(rank: int, count: int, port: int, function: Callable[..., Any], arguments: tuple) -> None:
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
        function(*arguments)


def call_on_forks(count: int, function: Callable[..., Any], *arguments: Any) -> None:
    """Call a function on each of some processes; exit as the one that failed, if one has."""
    port = find_free_port()
    fork = multiprocessing.get_context("fork")
    processes = [
        fork.Process(target=join, args=(rank, count, port, function, arguments))
        for rank in range(count)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    sys.exit(max(process.exitcode or 0 for process in processes))
