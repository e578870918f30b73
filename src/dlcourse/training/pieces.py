"""A step in pieces: several passes for one batch, several processes, float16's narrow range."""

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.parallel import DistributedDataParallel
from torch.optim import Optimizer

from dlcourse.training.processes import Pairs, count_processes, get_rank

LossFunction = Callable[
    [Any, Tensor], Tensor
]  # (what the model gives, targets) -> mean over the batch


class Pieces:
    """An optimiser for train_steps that steps when every piece of a batch has given its gradient.

    Each process takes every n-th example of a batch, and goes through them in num_pieces pieces. The loss of
    a piece is weighed by its share of the batch. So what adds up is the gradient of the mean over the whole
    batch, also where the last batch is smaller. Batch normalisation sees one piece at a time. A GradScaler,
    where it is enabled, lifts the gradients into float16's range.
    """

    def __init__(
        self,
        network: nn.Module,
        optimizer: Optimizer,
        num_pieces: int,
        scaler: torch.amp.GradScaler,
        loss_fn: LossFunction,
    ):
        self.network = DistributedDataParallel(network) if count_processes() > 1 else network
        self.optimizer = optimizer
        self.num_pieces = num_pieces
        self.scaler = scaler
        self.mean_loss = loss_fn
        self.loss = torch.zeros(())

    def split(self, batches: Pairs) -> Pairs:
        """Yield the pieces of this process's share of each batch, as equal as they can be."""
        rank, step = get_rank(), count_processes()
        exchange_later = getattr(self.network, "no_sync", contextlib.nullcontext)
        for images, labels in batches:
            self.num_examples = len(labels)
            has_share = rank < len(
                labels
            )  # else an example that counts nothing: no process may stand aside
            own = slice(rank, None, step) if has_share else slice(1)
            parts = (images[own].chunk(self.num_pieces), labels[own].chunk(self.num_pieces))
            pieces = list(zip(*parts, strict=True))
            for number, piece in enumerate(pieces, start=1):
                self.is_first, self.is_last = number == 1, number == len(pieces)
                self.share = len(piece[1]) / len(labels) if has_share else 0.0
                with contextlib.nullcontext() if self.is_last else exchange_later():
                    yield piece

    def zero_grad(self) -> None:
        """Forget the gradients of the batch before."""
        if self.is_first:
            self.optimizer.zero_grad()

    def step(self) -> None:
        """Take the step at the last piece."""
        if self.is_last:
            self.scaler.unscale_(self.optimizer)  # before a hook of the optimiser clips them
            self.scaler.step(self.optimizer)
            self.scaler.update()

    def loss_fn(self, outputs: Any, targets: Tensor) -> Tensor:
        """Return a piece's part of the batch's mean loss, scaled."""
        loss = self.mean_loss(outputs, targets) * self.share
        self.loss = loss.detach() if self.is_first else self.loss + loss.detach()
        return self.scaler.scale(
            loss * count_processes()
        )  # DistributedDataParallel divides by their number

    def join(self, steps: Iterable[Any]) -> Iterator[tuple[Tensor, int]]:
        """Yield this process's part of each batch's mean loss, and the batch's size, after its last piece."""
        for _ in steps:
            if self.is_last:
                yield self.loss, self.num_examples
