"""The loops of every run, as the pages show them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim import Optimizer

from dlcourse.training.optimizer import DirectSteps
from dlcourse.training.processes import gather, take_share
from dlcourse.training.random_state import draw_the_same
from dlcourse.training.task import Batch, LossFunction, Supervised, Task


def train_steps(
    task: Task,
    network: nn.Module,
    batches: Iterable[Batch],
    optimizers: Mapping[str, Optimizer | DirectSteps],
    device: torch.device,
) -> Iterator[tuple[Tensor, Batch]]:
    """Train on every batch once; after each, yield its mean loss and the batch on the device."""
    network.train()
    for batch in batches:
        batch = [part.to(device) for part in batch]
        for learner, loss in task.losses(network, batch):  # one loss; a GAN has two, in turn
            optimizer = optimizers[learner]
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        yield loss.detach(), batch


def train_epoch(
    model: nn.Module,
    batches: Iterable[Batch],
    optimizer: Optimizer,
    device: torch.device,
    loss_fn: LossFunction = F.cross_entropy,
) -> float:
    """Train on every pair (inputs, targets) once; return the mean loss, of cross entropy in nats.

    Raises: ValueError when there is no batch.
    """
    task = Supervised(loss_fn)
    total_loss = torch.zeros((), device=device)
    total_divisor = torch.zeros((), device=device)
    num_batches = 0
    for loss, batch in train_steps(task, model, batches, {"": optimizer}, device):
        divisor = task.divisor(batch)  # the last batch may be smaller, so each loss has its weight
        # In place: .item() would wait for a GPU, and each loss that is kept fragments the memory.
        total_loss += loss * divisor
        total_divisor += divisor
        num_batches += 1
    if num_batches == 0:
        raise ValueError("batches must hold at least one example, got none")
    return (total_loss / total_divisor).item()


def evaluate(
    model: nn.Module,
    batches: Iterable[Batch],
    device: torch.device,
    loss_fn: LossFunction = F.cross_entropy,
) -> tuple[float, float | None]:
    """Return the mean loss and the accuracy, from 0 to 1, on all pairs (inputs, targets).

    The accuracy is None unless targets are classes (N, ...), int64, of logits (N, C, ...).
    Raises: ValueError when there is no batch.
    """
    figures = evaluate_task(Supervised(loss_fn), model, batches, device)
    return figures["loss"], figures.get("accuracy")


@torch.inference_mode()
def evaluate_task(
    task: Task, network: nn.Module, batches: Iterable[Batch], device: torch.device
) -> dict[str, float]:
    """Return the figures of a task on all batches.

    What the task draws at random is the same at each call, and the global generators of PyTorch
    stay where they are. Several processes divide each batch among them, and all return the same
    figures.
    Raises: ValueError when there is no batch.
    """
    network.eval()
    measured = []
    with draw_the_same(device):
        for batch in take_share(batches):
            batch = [part.to(device) for part in batch]
            measured.append(task.measure(network, batch))
    sums, *sums_of_others = gather(_add_up(measured))
    if sums_of_others:
        sums = _add_up([sums, *sums_of_others])
    if not sums:
        raise ValueError("batches must hold at least one example, got none")
    return task.figures(sums)


def _add_up(measured: Iterable[Mapping[str, tuple[Any, Any]]]) -> dict[str, tuple[Tensor, Tensor]]:
    """Return for each figure its sums and its divisors added up, in double precision on the CPU.

    A GPU is waited for here, when all batches are measured. Apple's MPS has no double precision.
    """
    added: dict[str, tuple[Tensor, Tensor]] = {}
    for sums in measured:
        for name, (total, divisor) in sums.items():
            total = torch.as_tensor(total).cpu().double()
            divisor = torch.as_tensor(divisor).cpu().double()
            if name in added:
                total_before, divisor_before = added[name]
                total = total_before + total
                divisor = divisor_before + divisor
            added[name] = (total, divisor)
    return added
