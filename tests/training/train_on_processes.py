"""Train small networks in float64 on two forked processes; the first one prints.

    python train_on_processes.py EPOCHS SETTINGS CASE[,CASE...]

The cases are numbers, text, points and facts. 41 examples are batches of 10, and a last one of 1:
fewer than processes. So are the 41 windows of the text.
"""

import json
import os
import sys

import torch
from forks import call_on_forks
from tiny_gan import TinyGAN
from torch import nn

from dlcourse.data.text import TextBatches, load_text
from dlcourse.training.config import TrainConfig
from dlcourse.training.loop import evaluate_task
from dlcourse.training.processes import combine, gather, get_rank
from dlcourse.training.task import Supervised
from dlcourse.training.trainer import Trainer

CPU = torch.device("cpu")
generator = torch.Generator().manual_seed(1)
INPUTS = torch.randn(41, 4, generator=generator, dtype=torch.float64)
LABELS = torch.randint(3, (41,), generator=generator)


class Batches:
    """The examples in a new order at each pass."""

    def __init__(self, *parts):
        self.parts = parts
        self.generator = torch.Generator().manual_seed(2)

    def __len__(self):
        return 5

    def __iter__(self):
        for chosen in torch.randperm(41, generator=self.generator).split(10):
            yield [part[chosen] for part in self.parts]


# The steps of one process


def train(model, config, batches, validation_batches, task=None):
    """Return how a run ends."""
    trainer = Trainer(model, config, task=task)
    trainer.fit(batches, validation_batches)
    weights = [parameter.detach().flatten() for parameter in model.parameters()]
    rows = [{"train_loss": row.train_loss, **row.figures} for row in trainer.history]
    return {
        "weights": torch.cat(weights).tolist(),
        "rows": rows,
        "step": trainer.history[-1].step,
    }


def train_on_numbers(config):
    model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3)).double()
    return train(model, config, Batches(INPUTS, LABELS), Batches(INPUTS, LABELS))


class Letters(nn.Sequential):
    """Predict each character of a text from the one before it."""

    def forward(self, ids):
        return super().forward(ids).transpose(1, 2)  # (batch, vocabulary, context)


def train_on_text(config):
    ids = load_text().train[:330]
    batches = TextBatches(ids, 10, 8, torch.Generator().manual_seed(2))
    model = Letters(nn.Embedding(89, 4), nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 89)).double()
    return train(model, config, batches, TextBatches(ids, 10, 8))


def train_on_points(config):
    discriminator = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1))
    generator = nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 2))
    model = nn.ModuleDict({"discriminator": discriminator, "generator": generator}).double()
    points = INPUTS[:, :2] + 2
    noise = INPUTS[:, 2:]
    return train(model, config, Batches(points, noise), Batches(points, noise), TinyGAN())


# What differs between processes, and what does not


class Watching(Supervised):
    """Note the running mean of batch normalization at each validation batch."""

    def __init__(self):
        super().__init__()
        self.running_means = []

    def measure(self, network, batch):
        self.running_means.append(network[0].running_mean.tolist())
        return super().measure(network, batch)


def tell_facts(config):
    """Train for an epoch of five batches; return what each process has seen.

    The first of two processes has the examples of ones, the second those of fives.
    """
    normalization = nn.BatchNorm1d(4)
    dropout = nn.Dropout(0.5)
    model = nn.Sequential(normalization, dropout, nn.Linear(4, 3))
    outputs_of_dropout = []
    ones = torch.ones(5, 4)

    def give_ones(layer, inputs):
        """Let dropout have ones, so that its outputs show what it drops."""
        return torch.ones_like(inputs[0])

    def note_outputs(layer, inputs, outputs):
        outputs_of_dropout.append(outputs.tolist())

    dropout.register_forward_pre_hook(give_ones)
    dropout.register_forward_hook(note_outputs)
    inputs = torch.stack([ones, 5 * ones], dim=1).flatten(end_dim=1)  # 1, 5, 1, 5, ...
    batch = (inputs, torch.zeros(10, dtype=torch.int64))
    task = Watching()
    trainer = Trainer(model, config, task=task)
    trainer.fit([batch] * 5, [batch])
    one_example = [part[:1] for part in batch]
    seen = {
        "dropped": outputs_of_dropout[0],
        "running_mean": task.running_means[0],
        "figures": trainer.history[0].figures,
        "figures_of_one_example": evaluate_task(task, model, [one_example], CPU),
        "num_measured": len(task.running_means),
    }
    return gather(seen)


CASES = {
    "numbers": train_on_numbers,
    "text": train_on_text,
    "points": train_on_points,
    "facts": tell_facts,
}


def run_cases(epochs, settings, names):
    """Return the results of some cases by their names."""
    settings = {"learning_rate": 0.01, "device": "cpu", **settings}
    config = TrainConfig(epochs=epochs, **settings)
    results = {}
    for name in names:
        torch.manual_seed(get_rank())  # the first process's weights are those of all
        results[name] = CASES[name](config)
    return results


def print_cases(epochs, settings, names):
    """Print the results of some cases, from the first process."""
    results = run_cases(epochs, settings, names)
    if get_rank() == 0:
        print(json.dumps(results))
    combine("MAX", [0])  # a process that leaves early breaks the last exchange of the others
    sys.stdout.flush()
    # As `python -m dlcourse` ends: PyTorch's threads abort an orderly end now and then.
    os._exit(0)


if __name__ == "__main__":
    epochs, settings, names = sys.argv[1:]
    call_on_forks(2, print_cases, int(epochs), json.loads(settings), names.split(","))
