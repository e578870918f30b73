"""The questions that every task answers; each returns what is wrong, or nothing."""

import csv
import json
import math
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import torch
from tiny_families import CPU, TinyFamily
from torch import Tensor, nn

from dlcourse.errors import TrainingDiverged
from dlcourse.training.loop import evaluate_task
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.signals import Interrupted
from dlcourse.training.trainer import Trainer

# Float64 rounds to 1e-16 of a value. Adam divides small gradients by themselves, and a few hundred
# steps follow: so sums in another order may differ by a little more.
ROUNDINGS = 1e-12
# Enough for questions that compare runs step by step; an adversarial pair learns in 12
FEW_EPOCHS = 3


def flatten(network: nn.Module) -> Tensor:
    return torch.cat([weight.detach().flatten() for weight in network.parameters()])


def train(family: TinyFamily, folder: Path | None = None, **settings: Any) -> Trainer:
    """Train a family from its initial weights to the end."""
    network = family.build_seeded()
    config = family.make_config(**settings)
    run = None
    if folder is not None:
        run = RunFolder(folder)
        run.create({}, config)
    trainer = Trainer(network, config, run, task=family.task)
    trainer.fit(*family.make_batches(network))
    return trainer


def learns(family: TinyFamily, tmp_path: Path) -> str:
    """The metric of the last epoch is better than that of the first one."""
    return tell_progress(family, train(family))


def tell_progress(family: TinyFamily, trainer: Trainer) -> str:
    """Say how the metric went from the first epoch to the last, unless it has become better."""
    metric = family.task.metric
    first = trainer.history[0].figures[metric]
    last = trainer.history[-1].figures[metric]
    is_better = last > first if family.task.is_higher_better else last < first
    return "" if is_better else f"{metric} went from {first} to {last}"


def resumes_exactly(family: TinyFamily, tmp_path: Path) -> str:
    """A run that is stopped in an epoch and resumed ends as an uninterrupted one."""
    settings = {"epochs": FEW_EPOCHS, "checkpoint_seconds": 0.0}
    whole = train(family, tmp_path / "whole", **settings)
    config = family.make_config(**settings)
    run = RunFolder(tmp_path / "stopped")
    run.create({}, config)

    def make_trainer() -> tuple[Trainer, tuple[Any, Any]]:
        network = family.build_seeded()
        trainer = Trainer(network, config, run, task=family.task, report_seconds=0.0)
        return trainer, family.make_batches(network)

    trainer, batches = make_trainer()
    last_step = len(batches[0]) + len(batches[0]) // 2  # inside the second epoch

    def stop_there(progress) -> None:
        if progress.step == last_step:
            trainer.stop(15)

    trainer.report = stop_there
    try:
        trainer.fit(*batches)
        return "it did not stop"
    except Interrupted:
        pass
    trainer, batches = make_trainer()
    trainer.fit(*batches, resume=True)
    if not torch.equal(flatten(trainer.model), flatten(whole.model)):
        return "the weights differ"
    figures = [[one.figures for one in each.history] for each in (trainer, whole)]
    losses = [[one.train_loss for one in each.history] for each in (trainer, whole)]
    if figures[0] != figures[1] or losses[0] != losses[1]:
        return "the history differs"
    return ""


def accumulates(family: TinyFamily, tmp_path: Path) -> str:
    """In three pieces a batch takes the same step; if its loss draws noise, the metric improves."""
    if family.draws_noise:
        return tell_progress(family, train(family, accumulate=3))
    pieces = train(family, accumulate=3, epochs=FEW_EPOCHS)
    whole = train(family, epochs=FEW_EPOCHS)
    largest = (flatten(pieces.model) - flatten(whole.model)).abs().max()
    if not largest < ROUNDINGS:
        return f"a weight differs by {largest:.1e}"
    loss_difference = abs(pieces.history[-1].train_loss - whole.history[-1].train_loss)
    return "" if loss_difference < 1e-6 else f"the loss differs by {loss_difference:.1e}"


def measures_the_same_each_time(family: TinyFamily, tmp_path: Path) -> str:
    """Two evaluations of one network agree, and leave the random numbers of the run alone."""
    network = family.build_seeded()
    _, validation = family.make_batches(network)
    state = torch.get_rng_state()
    figures = [evaluate_task(family.task, network, validation, CPU) for _ in range(2)]
    if figures[0] != figures[1]:
        return f"{figures[0]} is not {figures[1]}"
    if not torch.equal(torch.get_rng_state(), state):
        return "the global generator has moved"
    return ""


def refuses_bad_numbers(family: TinyFamily, tmp_path: Path) -> str:
    """A batch that holds NaN ends the run with an error that names the step."""
    network = family.build_seeded()
    with torch.no_grad():
        for weight in network.parameters():
            weight.fill_(math.nan)
    trainer = Trainer(network, family.make_config(), task=family.task)
    batches = family.make_batches(family.build_seeded())  # an environment plays with sound weights
    try:
        trainer.fit(*batches)
    except TrainingDiverged as error:
        return "" if "step 1" in str(error) else f"no step is named: {error}"
    return "it trains on"


def writes_its_figures(family: TinyFamily, tmp_path: Path) -> str:
    """metrics.csv has a column for each figure, with its value."""
    try:
        trainer = train(family, tmp_path / "run", epochs=2)
    except ValueError as error:  # the figures of an epoch do not fit the columns
        return str(error)
    with (tmp_path / "run/metrics.csv").open() as file:
        last_row = list(csv.DictReader(file))[-1]
    for name, value in trainer.history[-1].figures.items():
        if float(last_row.get(f"validation_{name}", "nan")) != value:
            return f"{name} is {value}, and the file has {last_row}"
    return ""


def trains_on_two_processes(family: TinyFamily, tmp_path: Path) -> str:
    """Two processes take the steps of one; where the loss draws noise, their weights are equal."""
    return compare_processes(family, run_on_processes(family.name, 2))


def compare_processes(family: TinyFamily, ends: list[dict[str, Any]]) -> str:
    """Compare how the processes ended with each other, and with a process alone."""
    weights = [torch.tensor(end["weights"], dtype=torch.float64) for end in ends]
    if len(ends) != 2 or not torch.equal(weights[0], weights[1]):
        return "the processes end with different weights"
    if family.draws_noise:
        return ""
    alone = train(family, epochs=FEW_EPOCHS)
    largest = (weights[0] - flatten(alone.model)).abs().max()
    return "" if largest < ROUNDINGS else f"a weight differs by {largest:.1e}"


def run_on_processes(name: str, count: int) -> list[dict[str, Any]]:
    """Train a family on processes of its own; return how each one ends."""
    script = Path(__file__).with_name("train_on_two_processes.py")
    command = [sys.executable, str(script), name, str(count)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=300)
    if done.returncode != 0:
        raise AssertionError(done.stderr[-2000:])
    lines = done.stdout.splitlines()
    return [json.loads(line) for line in lines if line.startswith("{")]  # PyTorch prints some, too


QUESTIONS = (
    learns,
    resumes_exactly,
    accumulates,
    measures_the_same_each_time,
    refuses_bad_numbers,
    writes_its_figures,
)
