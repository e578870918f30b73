"""Train a small network in float64 on the processes that torchrun started; the first one prints how it ends.

    torchrun --nproc-per-node 2 train_on_processes.py EPOCHS SETTINGS numbers|text

41 examples are batches of 10, and a last one of 1: fewer than processes. So are the 41 windows of the text.
"""

import json
import os
import sys

import torch
from torch import nn

from dlcourse.data.text import TextBatches, load_text
from dlcourse.training.config import TrainConfig
from dlcourse.training.processes import combine, get_rank, join_processes
from dlcourse.training.trainer import Trainer

generator = torch.Generator().manual_seed(1)
inputs = torch.randn(41, 4, generator=generator, dtype=torch.float64)
labels = torch.randint(3, (41,), generator=generator)


class Batches:
    """The examples in a new order at each pass."""

    def __init__(self):
        self.generator = torch.Generator().manual_seed(2)

    def __len__(self):
        return 5

    def __iter__(self):
        for chosen in torch.randperm(41, generator=self.generator).split(10):
            yield inputs[chosen], labels[chosen]


class Letters(nn.Sequential):
    """Predict each character of a text from the one before it."""

    def forward(self, ids):
        return super().forward(ids).transpose(1, 2)  # (batch, vocabulary, context)


if __name__ == "__main__":
    settings = {"learning_rate": 0.01, "device": "cpu", **json.loads(sys.argv[2])}
    config = TrainConfig(epochs=int(sys.argv[1]), **settings)
    with join_processes():
        torch.manual_seed(get_rank())  # the first process's weights are those of all
        if sys.argv[3] == "text":
            ids = load_text().train[:330]
            batches = (
                TextBatches(ids, 10, 8, torch.Generator().manual_seed(2)),
                TextBatches(ids, 10, 8),
            )
            model = Letters(
                nn.Embedding(89, 4), nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 89)
            ).double()
        else:
            batches = Batches(), Batches()
            model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3)).double()
        trainer = Trainer(model, config)
        trainer.fit(*batches)
        weights = torch.cat([parameter.detach().flatten() for parameter in model.parameters()])
        rows = [
            (row.train_loss, row.validation_loss, row.validation_accuracy)
            for row in trainer.history
        ]
        if get_rank() == 0:
            print(
                json.dumps(
                    {"weights": weights.tolist(), "rows": rows, "step": trainer.history[-1].step}
                )
            )
        combine("MAX", [0])  # who leaves early breaks the others' last exchange
        sys.stdout.flush()
        os._exit(
            0
        )  # as `python -m dlcourse` ends: PyTorch's threads abort an orderly end now and then
