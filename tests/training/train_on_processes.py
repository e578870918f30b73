"""Train a small network in float64 on the processes that torchrun started.

    torchrun --nproc-per-node 2 train_on_processes.py EPOCHS SETTINGS numbers|text

The first process prints the weights and losses at the end, as JSON. 41 examples make four batches
of 10 and a last one of 1, which has fewer examples than there are processes. So do the 41 windows
of the text.
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


class NumberBatches:
    """The examples in a new order at each pass."""

    def __init__(self):
        self.generator = torch.Generator().manual_seed(2)

    def __len__(self):
        return 5

    def __iter__(self):
        order = torch.randperm(41, generator=self.generator)
        for chosen in order.split(10):
            yield inputs[chosen], labels[chosen]


class Letters(nn.Sequential):
    """Predict each character of a text from the one before it."""

    def forward(self, ids):
        logits = super().forward(ids)  # (batch, context, vocabulary)
        return logits.transpose(1, 2)  # (batch, vocabulary, context)


def fit_numbers(config):
    model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3))
    trainer = Trainer(model.double(), config)
    trainer.fit(NumberBatches(), NumberBatches())
    return trainer


def fit_text(config):
    ids = load_text().train[:330]
    train_batches = TextBatches(ids, 10, 8, torch.Generator().manual_seed(2))
    validation_batches = TextBatches(ids, 10, 8)
    model = Letters(nn.Embedding(89, 4), nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 89))
    trainer = Trainer(model.double(), config)
    trainer.fit(train_batches, validation_batches)
    return trainer


FITS = {"numbers": fit_numbers, "text": fit_text}


def describe(trainer):
    """Return the weights, the losses and accuracy of each epoch, and the number of steps."""
    parameters = [parameter.detach().flatten() for parameter in trainer.model.parameters()]
    rows = []
    for progress in trainer.history:
        rows.append((progress.train_loss, progress.validation_loss, progress.validation_accuracy))
    return {
        "weights": torch.cat(parameters).tolist(),
        "rows": rows,
        "step": trainer.history[-1].step,
    }


def main(epochs, settings, data):
    config = TrainConfig(epochs=epochs, **settings)
    with join_processes():
        torch.manual_seed(get_rank())  # the first process's weights are those of all
        trainer = FITS[data](config)
        if get_rank() == 0:
            print(json.dumps(describe(trainer)))
        combine("MAX", [0])  # a process that leaves early breaks the others' last exchange
        sys.stdout.flush()
        # As `python -m dlcourse` ends: PyTorch's threads abort an orderly end now and then
        os._exit(0)


if __name__ == "__main__":
    chosen = json.loads(sys.argv[2])
    main(int(sys.argv[1]), {"learning_rate": 0.01, "device": "cpu", **chosen}, sys.argv[3])
