"""The two loops of every run, as the pages show them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.optim import Optimizer

from dlcourse.training.pieces import Pieces
from dlcourse.training.processes import combine, take_share


class SizedBatches(Protocol):
    """Batches of (inputs, labels) that know how many they are: a list, a DataLoader, dlcourse's Batches."""

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]: ...

    def __len__(self) -> int: ...


def train_epoch(
    model: nn.Module,
    batches: Iterable[tuple[Tensor, Tensor]],
    optimizer: Optimizer | Pieces,
    device: torch.device,
    after_step: Callable[[Tensor, int], None] | None = None,
) -> float:
    """Train on every batch once; return the mean loss per example, in nats.

    after_step, where given, is called with each step's loss, still on the device, and its number of examples.
    Raises: ValueError when there is no batch.
    """
    model.train()
    total_loss, num_examples = torch.zeros((), device=device), 0
    for images, labels in batches:
        images, labels = images.to(device), labels.to(device)
        loss = F.cross_entropy(model(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss, count = loss.detach(), len(labels)  # the last batch may be smaller, so weigh by examples
        total_loss.add_(loss, alpha=count)  # stays on the GPU: .item() here would wait for it at every step
        num_examples += count
        if after_step is not None:
            after_step(loss, count)
    if num_examples == 0:
        raise ValueError("batches must hold at least one example, got none")
    return (total_loss / num_examples).item()


@torch.inference_mode()
def evaluate(
    model: nn.Module, batches: Iterable[tuple[Tensor, Tensor]], device: torch.device
) -> tuple[float, float]:
    """Return the mean loss per example, in nats, and the accuracy, from 0 to 1; no weight changes.

    Several processes divide each batch among them, and all of them return the figures of all examples.
    Raises: ValueError when there is no batch.
    """
    model.eval()
    loss, correct, count = torch.zeros((), device=device), torch.zeros((), device=device), 0
    for images, labels in take_share(batches):
        images, labels = images.to(device), labels.to(device)
        logits = model(images)
        loss += F.cross_entropy(logits, labels, reduction="sum")
        correct += (logits.argmax(dim=1) == labels).sum()
        count += len(labels)
    total_loss, num_correct, num_examples = combine("SUM", [loss.item(), correct.item(), count])
    if num_examples == 0:
        raise ValueError("batches must hold at least one example, got none")
    return total_loss / num_examples, num_correct / num_examples
