"""The state of a run: its progress, and everything that determines how it continues."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import torch

from dlcourse.errors import CheckpointError
from dlcourse.training.clock import Clock
from dlcourse.training.losses import Losses
from dlcourse.training.processes import gather, get_rank
from dlcourse.training.progress import Progress
from dlcourse.training.random_state import get_random_state, set_random_state
from dlcourse.training.task import Batch

RECORD_VERSION = 2  # 1 had rows of plain values, with the validation loss and accuracy among them
BEGIN_ANEW = "resume it as it was started, or train again with --overwrite"


class RunState:
    """Where a run is. `capture` returns it for a checkpoint, `restore` continues from there.

    identity: what a checkpoint and a run must have in common, by the names that people read.
    parts: what has a state_dict of its own: the network, the optimizers, ...
    generator: from which the batches draw their order, if they have one.
    """

    def __init__(
        self,
        identity: Mapping[str, Any],
        parts: Mapping[str, Any],
        epoch_steps: int,
        total_steps: int,
        generator: torch.Generator | None,
        clock: Clock,
        losses: Losses,
    ):
        self.identity = identity
        self.parts = parts
        self.epoch_steps = epoch_steps
        self.total_steps = total_steps  # of all epochs
        self.generator = generator
        self.clock = clock
        self.losses = losses
        self.history: list[Progress] = []  # one entry for each finished epoch
        self.step = 0
        self.num_examples = 0
        self.epoch_random = get_random_state(generator)  # at the beginning of the epoch
        self.step_random = self.epoch_random  # at the last step

    @property
    def steps_in_epoch(self) -> int:
        """How many steps of an unfinished epoch are done."""
        return self.step % self.epoch_steps

    def start_epoch(self) -> None:
        """Note where all random generators are; a resumed run starts its epoch from there."""
        self.epoch_random = get_random_state(self.generator)

    def capture(self) -> dict[str, Any]:
        """Return the state for a checkpoint; every process takes part."""
        random_now = self.epoch_random
        if self.steps_in_epoch > 0:
            random_now = get_random_state(self.generator)
        record = {
            "version": RECORD_VERSION,
            "run": dict(self.identity),
            "step": self.step,
            "num_examples": self.num_examples,
            "seconds": self.clock.training_seconds,
            "epoch_loss": self.losses.total,
            "epoch_divisor": self.losses.divisor,
            "history": [vars(progress) for progress in self.history],
        }
        return {
            "record": json.dumps(record),  # as one text: each object that pickle meets takes 2 µs
            **{name: part.state_dict() for name, part in self.parts.items()},
            "epoch_random": gather(self.epoch_random),
            "step_random": gather(random_now),
        }

    def restore(self, path: Path, saved: dict[str, Any]) -> None:
        """Continue from what `capture` returned and the file `path` held.

        Raises: CheckpointError when it is of another model, task, optimizer, data, setting or
            number of processes.
        """
        try:
            record = read_record(saved["record"])
            self._check_identity(path, record["run"])
            for name, part in self.parts.items():
                part.load_state_dict(saved[name])
            self.epoch_random = saved["epoch_random"][get_rank()]
            self.step_random = saved["step_random"][get_rank()]
            set_random_state(self.epoch_random, self.generator)
            self.step = record["step"]
            self.num_examples = record["num_examples"]
            self.clock.training_seconds = record["seconds"]
            self.losses.total = record["epoch_loss"]
            self.losses.divisor = record["epoch_divisor"]
            self.history[:] = [Progress(**row) for row in record["history"]]
        except (KeyError, TypeError, ValueError, RuntimeError) as error:  # missing, or does not fit
            model = type(self.parts["model"]).__name__
            raise CheckpointError(f"{path} does not fit this {model}", BEGIN_ANEW) from error

    def _check_identity(self, path: Path, saved: Mapping[str, Any]) -> None:
        for name, value in self.identity.items():
            if saved[name] != value:
                problem = f"{path} has {name} {saved[name]}, this run {value}"
                raise CheckpointError(problem, BEGIN_ANEW)


def has_own_state(batches: Any) -> bool:
    """Tell whether batches can be saved and continued, as torchdata's StatefulDataLoader can."""
    return hasattr(batches, "state_dict") and hasattr(batches, "load_state_dict")


def skip_done_batches(state: RunState, batches: Iterable[Batch]) -> Iterable[Batch]:
    """Return the batches of the epoch that are still to be learned from."""
    if state.steps_in_epoch == 0:
        return batches
    remaining = iter(batches)
    if has_own_state(batches):
        set_random_state(state.step_random, state.generator)
        return remaining
    for _ in range(state.steps_in_epoch):
        next(remaining)  # drawn again in vain, so that the next one is drawn as before
    set_random_state(state.step_random)  # dropout has drawn numbers, too
    return remaining


def read_record(text: str) -> dict[str, Any]:
    """Return the record of a checkpoint in today's form, also one from before version 2."""
    record = json.loads(text)
    if "version" in record:
        return record
    position = record["position"]
    return {
        "run": record["run"],
        "step": position["step"],
        "num_examples": position["num_images"],
        "seconds": position["seconds"],
        "epoch_loss": position["epoch_loss"],
        "epoch_divisor": position["epoch_images"],
        "history": [_read_old_row(row) for row in record["history"]],
    }


def _read_old_row(row: list[Any]) -> dict[str, Any]:
    """Return the fields of a Progress from the ten values that a row had before version 2."""
    epoch, epochs, step, total_steps, learning_rate, train_loss, loss, accuracy, *speed = row
    seconds, images_per_second = speed
    figures = {"loss": loss}
    if accuracy is not None:
        figures["accuracy"] = accuracy
    return {
        "epoch": epoch,
        "epochs": epochs,
        "step": step,
        "total_steps": total_steps,
        "learning_rate": learning_rate,
        "train_loss": train_loss,
        "seconds": seconds,
        "examples_per_second": images_per_second,
        "figures": figures,
    }
