"""A step in pieces: the memory of a small batch, the gradient of a large one."""

from collections.abc import Callable, Iterable, Iterator

import torch
from torch import Tensor
from torch.optim import Optimizer


class Accumulation:
    """An optimiser for train_epoch that steps when all pieces of a batch have given their gradient.

    Each piece counts by its examples, so the gradient is that of the mean over the whole batch, also where
    the last batch is smaller. Batch normalisation sees one piece at a time.
    """

    def __init__(self, optimizer: Optimizer, num_pieces: int, after_step: Callable[[Tensor, int], None]):
        self.optimizer = optimizer
        self.num_pieces = num_pieces
        self.after_step = after_step
        self.loss = torch.zeros(())
        self.parameters = [one for group in optimizer.param_groups for one in group["params"]]

    def split(self, batches: Iterable[tuple[Tensor, Tensor]]) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the pieces of each batch, as equal as they can be."""
        for images, labels in batches:
            left = self.num_examples = len(labels)
            for piece in zip(images.chunk(self.num_pieces), labels.chunk(self.num_pieces), strict=True):
                self.is_first, left = left == len(labels), left - len(piece[1])
                self.is_last, self.share = left == 0, len(piece[1]) / len(labels)
                yield piece

    def zero_grad(self) -> None:
        """Forget the gradients of the batch before."""
        if self.is_first:
            self.optimizer.zero_grad()
        else:  # backward adds the piece's own mean: measure what is there by it, until step measures both
            self._scale(1 / self.share)

    @torch.no_grad()
    def step(self) -> None:
        """Give the piece its share; take the step at the last one."""
        self._scale(self.share)
        if self.is_last:
            self.optimizer.step()

    def after_piece(self, loss: Tensor, num_examples: int) -> None:
        """Call after_step with the mean loss of the batch when its last piece is done."""
        self.loss = loss * self.share if self.is_first else self.loss + loss * self.share
        if self.is_last:
            self.after_step(self.loss, self.num_examples)

    def _scale(self, factor: float) -> None:
        gradients = [one.grad for one in self.parameters if one.grad is not None]
        torch._foreach_mul_(gradients, factor)
