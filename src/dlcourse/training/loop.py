"""The loops of every run, as the pages show them."""

from collections.abc import Iterator

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim import Optimizer

from dlcourse.training.optimizer import DirectSteps
from dlcourse.training.pieces import LossFunction, Pieces
from dlcourse.training.processes import Pairs, combine, take_share


def train_steps(
    model: nn.Module,
    batches: Pairs,
    optimizer: Optimizer | DirectSteps | Pieces,
    device: torch.device,
    loss_fn: LossFunction = F.cross_entropy,
) -> Iterator[tuple[Tensor, int]]:
    """Train on every pair (inputs, targets) once; yield its mean loss (on the device), number of examples."""
    model.train()
    for inputs, targets in batches:
        inputs, targets = inputs.to(device), targets.to(device)
        loss = loss_fn(model(inputs), targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        yield loss.detach(), len(targets)


def train_epoch(
    model: nn.Module,
    batches: Pairs,
    optimizer: Optimizer,
    device: torch.device,
    loss_fn: LossFunction = F.cross_entropy,
) -> float:
    """Train on every pair (inputs, targets) once; return the mean loss per example, of cross entropy in nats.

    Raises: ValueError when there is no batch.
    """
    total_loss, num_examples = torch.zeros((), device=device), 0
    for loss, count in train_steps(model, batches, optimizer, device, loss_fn):
        # In place: .item() would wait for a GPU, and each loss that is kept splits the memory that is free.
        total_loss.add_(loss, alpha=count)  # the last batch may be smaller, so weigh by examples
        num_examples += count
    if num_examples == 0:
        raise ValueError("batches must hold at least one example, got none")
    return (total_loss / num_examples).item()


@torch.inference_mode()
def evaluate(
    model: nn.Module, batches: Pairs, device: torch.device, loss_fn: LossFunction = F.cross_entropy
) -> tuple[float, float | None]:
    """Return the mean loss per example and the accuracy, from 0 to 1, on all pairs (inputs, targets).

    There is an accuracy where targets are classes, whole numbers of shape (N, ...), for logits (N, C, ...).
    Several processes divide each batch among them, and all of them return the figures of all examples.
    Raises: ValueError when there is no batch.
    """
    model.eval()
    loss, correct = torch.zeros(2, device=device)
    count = judged = 0
    for inputs, targets in take_share(batches):
        inputs, targets = inputs.to(device), targets.to(device)
        outputs = model(inputs)
        loss.add_(loss_fn(outputs, targets), alpha=len(targets))
        count += len(targets)
        if not targets.is_floating_point():
            correct += (outputs.argmax(dim=1) == targets).sum()
            judged += targets.numel()
    total, right, count, judged = combine("SUM", [loss.item(), correct.item(), count, judged])
    if count == 0:
        raise ValueError("batches must hold at least one example, got none")
    return total / count, right / judged if judged else None
