"""One run on several processes, as torchrun starts them; a single process needs none of this."""

import contextlib
import datetime
import os
import socket
from collections.abc import Iterable, Iterator
from typing import Any

import torch
import torch.distributed as dist
from torch import nn

from dlcourse.training.task import Batch


def count_processes() -> int:
    """Return how many processes train together."""
    return dist.get_world_size() if dist.is_available() and dist.is_initialized() else 1


def get_rank() -> int:
    """Return this process's number, from 0: that one prints and writes."""
    return dist.get_rank() if count_processes() > 1 else 0


@contextlib.contextmanager
def join_processes() -> Iterator[None]:
    """Train together with the other processes in the block, where torchrun has started some.

    On one machine they communicate over loopback, unless GLOO_SOCKET_IFNAME or NCCL_SOCKET_IFNAME
    is set. A process that ends, or is silent for a minute, ends the others: see
    dlcourse.errors.is_lost_process.
    """
    if int(os.environ.get("WORLD_SIZE", "1")) == 1:
        yield
        return
    num_machines = os.environ.get("GROUP_WORLD_SIZE")
    if num_machines == "1":
        _use_loopback()
    minute = datetime.timedelta(seconds=60)
    store, rank, count = next(dist.rendezvous("env://", timeout=minute))
    # torchrun may keep its store when it restarts the processes: it holds the addresses of dead
    # ones.
    attempt = os.environ.get("TORCHELASTIC_RESTART_COUNT", "0")
    store = dist.PrefixStore(f"attempt-{attempt}", store)
    # It picks Gloo for a CPU and NCCL for GPUs.
    dist.init_process_group(store=store, rank=rank, world_size=count, timeout=minute)
    try:
        yield
    finally:
        dist.destroy_process_group()


def _use_loopback() -> None:
    """Name the loopback interface to Gloo and NCCL, unless the environment names another one."""
    for _, name in socket.if_nameindex():
        if name in ("lo", "lo0"):
            os.environ.setdefault("GLOO_SOCKET_IFNAME", name)
            os.environ.setdefault("NCCL_SOCKET_IFNAME", name)


def take_share(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Yield this process's examples of each batch: every n-th one with n processes."""
    step = count_processes()
    rank = get_rank()
    for batch in batches:
        if len(batch[0]) <= rank:
            continue
        if step == 1:
            yield batch
        else:
            yield [part[rank::step] for part in batch]


def combine(operation: str, values: list[Any]) -> list[Any]:
    """Return the "SUM" or the "MAX" of each number over all processes."""
    if count_processes() == 1:
        return values
    result = torch.tensor(values, dtype=torch.float64)  # exact for whole numbers, too
    dist.all_reduce(result, getattr(dist.ReduceOp, operation))
    return result.tolist()


def gather(value: Any) -> list[Any]:
    """Return the value of each process, in their order."""
    values = [value] * count_processes()
    if len(values) > 1:
        dist.all_gather_object(values, value)
    return values


def share_weights(model: nn.Module) -> None:
    """Give all processes the first one's weights."""
    model.load_state_dict(gather(model.state_dict())[0])


def share_buffers(model: nn.Module) -> None:
    """Give all processes the first one's buffers, such as the statistics of batch normalization."""
    if count_processes() == 1:
        return
    buffers = dict(model.named_buffers())
    first = gather(buffers)[0]
    for name, buffer in buffers.items():
        buffer.copy_(first[name])
