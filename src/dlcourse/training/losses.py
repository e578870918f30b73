"""The losses of an epoch, read from the device a few at a time."""

import math
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from dlcourse.training.processes import combine


class NotFinite(ArithmeticError):
    """A loss is NaN or infinite; `steps_ago` counts the steps that came after it."""

    def __init__(self, loss: float, steps_ago: int):
        super().__init__(f"the loss became {loss}")
        self.steps_ago = steps_ago


class Losses:
    """Adds up the losses of an epoch.

    Reading a loss waits for a GPU. So losses stay on the device until `read` brings all of them at
    once.

    read_divisors: returns the divisors of several steps, from what `add` was given of each.
    """

    def __init__(self, read_divisors: Callable[[Sequence[Any]], list[float]]) -> None:
        self.newest = math.nan  # the loss of the last step that was read
        self.total = 0.0  # of this epoch: each mean loss times its divisor
        self.divisor = 0.0  # of this epoch
        self._read_divisors = read_divisors
        self._unread: list[tuple[Tensor, Any]] = []

    @property
    def num_unread(self) -> int:
        """How many losses are still on the device."""
        return len(self._unread)

    @property
    def mean(self) -> float:
        """The mean loss of the epoch, each batch weighted by its divisor; NaN if nothing counts."""
        return self.total / self.divisor if self.divisor else math.nan

    def add(self, loss: Tensor, kept: Any) -> None:
        """Keep the mean loss of a step, and what its divisor is read from."""
        self._unread.append((loss, kept))

    def read(self) -> None:
        """Read the losses that are on the device; several processes add up their parts.

        Raises: NotFinite at the first loss that is NaN or infinite.
        """
        if not self._unread:
            return
        own_losses = torch.stack([loss for loss, _ in self._unread]).tolist()  # one transfer
        losses = combine("SUM", own_losses)
        divisors = self._read_divisors([kept for _, kept in self._unread])
        for index, (loss, divisor) in enumerate(zip(losses, divisors, strict=True)):
            if divisor == 0:
                continue  # nothing counts, such as a batch of ignored targets: its mean is 0 / 0
            if not math.isfinite(loss):
                raise NotFinite(loss, steps_ago=len(losses) - 1 - index)
            self.total += loss * divisor
            self.divisor += divisor
            self.newest = loss
        self._unread.clear()

    def start_epoch(self) -> None:
        """Forget the losses of the epoch before."""
        self.total = 0.0
        self.divisor = 0.0
