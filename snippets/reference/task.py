"""A figure of your own: fit a line, and measure its mean absolute error."""

import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.training.config import TrainConfig
from dlcourse.training.task import Supervised
from dlcourse.training.trainer import Trainer


class FitLine(Supervised):
    """Minimize the loss, and measure the absolute error as well."""

    def measure(self, network, batch):
        """Return for each figure its sum and what to divide it by."""
        inputs, targets = batch
        errors = (network(inputs) - targets).abs()
        mean_error = (errors.sum(), len(errors))
        figures = super().measure(network, batch)  # the loss
        return figures | {"mean_error": mean_error}


x = torch.linspace(-1, 1, 64).reshape(64, 1)
y = 3 * x + 1
batches = list(zip(x.split(16), y.split(16), strict=True))

torch.manual_seed(0)
config = TrainConfig(epochs=100, learning_rate=0.1, device="cpu")
trainer = Trainer(nn.Linear(1, 1), config, task=FitLine(F.mse_loss))
trainer.fit(batches, batches)
for name, value in trainer.history[-1].figures.items():
    print(f"{name}: below 0.1 is {value < 0.1}")
