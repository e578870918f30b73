"""The Trainer: a run from its first step to its last, around the loop that every page shows."""

import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Protocol

import torch
from torch import Tensor, nn

from dlcourse.errors import TrainingDiverged
from dlcourse.training.checkpoint import write_atomically
from dlcourse.training.config import TrainConfig
from dlcourse.training.device import pick_device
from dlcourse.training.loop import evaluate, train_epoch
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.schedule import one_cycle

REPORT_SECONDS = 0.1  # between two reports inside an epoch; more often than the eye can follow


class SizedBatches(Protocol):
    """Batches of (inputs, labels) that know how many they are: a list, a DataLoader, dlcourse's Batches."""

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]: ...

    def __len__(self) -> int: ...


@dataclass(frozen=True)
class Progress:
    """Where a run stands. The validation's values are None inside an epoch and given at its end.

    Units: losses are means per example in nats (inside an epoch, that of the newest step); the accuracy goes
        from 0 to 1; seconds are those of the training steps, without validation and saving.
    """

    epoch: int
    epochs: int
    step: int
    total_steps: int
    learning_rate: float
    train_loss: float
    validation_loss: float | None
    validation_accuracy: float | None
    seconds: float
    images_per_second: float

    @property
    def seconds_left(self) -> float:
        """How long the steps that remain will take at the speed so far."""
        return self.seconds / self.step * (self.total_steps - self.step)


class Trainer:
    """Trains a model as its settings say, and keeps the run in a folder where one is given.

    report, where given, is called with a Progress about ten times a second and at the end of each epoch.
    Raises: EnvironmentProblem when the device that the settings ask for is not there.
    """

    def __init__(
        self,
        model: nn.Module,
        config: TrainConfig,
        run_folder: RunFolder | None = None,
        report: Callable[[Progress], None] | None = None,
    ):
        self.device = pick_device(config.device)
        self.model = model.to(self.device)
        self.config = config
        self.run_folder = run_folder
        self.report = report
        self.history: list[Progress] = []  # one for each finished epoch
        self.optimizer = torch.optim.AdamW(
            model.parameters(),
            lr=config.learning_rate,
            weight_decay=config.weight_decay,
            fused=True,  # a quarter less time than the default on a small network's step
        )
        # Reading a loss waits for the device. On a CPU that is free, and a run that diverges stops at once.
        self._steps_between_reads = 1 if self.device.type == "cpu" else 50
        self._unread_losses: list[Tensor] = []
        self._newest_loss = math.nan
        self._epoch = self._step = self._total_steps = self._num_images = 0
        self._seconds = 0.0  # of training in the epochs before this one
        self._epoch_start = self._next_report = 0.0

    def fit(self, train_batches: SizedBatches, validation_batches: Iterable[tuple[Tensor, Tensor]]) -> None:
        """Train for all epochs; validate, save and report after each. Called again, it trains on from there.

        Raises: TrainingDiverged when a loss is NaN or infinite, naming step and learning rate (what was saved
            before stays); EnvironmentProblem when a file cannot be written; ValueError without batches.
        """
        torch.manual_seed(self.config.seed)  # dropout and the like; the batches' order has its own generator
        self._total_steps = self.config.epochs * len(train_batches)
        if self._total_steps == 0:
            raise ValueError("train_batches must hold at least one batch, got none")
        self._step = self._num_images = 0
        self._seconds, self.history = 0.0, []
        self._set_learning_rate()
        for epoch in range(1, self.config.epochs + 1):
            self._epoch = epoch
            self._epoch_start = time.monotonic()
            train_loss = train_epoch(self.model, train_batches, self.optimizer, self.device, self._after_step)
            self._read_losses()
            self._seconds += time.monotonic() - self._epoch_start
            validation_loss, validation_accuracy = evaluate(self.model, validation_batches, self.device)
            if not math.isfinite(validation_loss):
                raise self._diverged(f"the validation loss became {validation_loss}", self._step)
            progress = self._progress(train_loss, validation_loss, validation_accuracy)
            if self.run_folder is not None:
                self._save(self.run_folder, progress)
            self.history.append(progress)
            if self.report is not None:
                self.report(progress)
        if self.run_folder is not None:
            self._draw(self.run_folder)

    def _after_step(self, loss: Tensor, num_examples: int) -> None:
        self._step += 1
        self._num_images += num_examples
        self._unread_losses.append(loss)
        if len(self._unread_losses) >= self._steps_between_reads:
            self._read_losses()
        if self._step < self._total_steps:
            self._set_learning_rate()
        if self.report is not None and time.monotonic() >= self._next_report:
            self._read_losses()
            self.report(self._progress(self._newest_loss, None, None))
            self._next_report = time.monotonic() + REPORT_SECONDS

    def _read_losses(self) -> None:
        """Bring the newest losses from the device; raise TrainingDiverged at the first that is no number."""
        if not self._unread_losses:
            return
        losses = torch.stack(self._unread_losses).tolist()  # one transfer for all
        self._unread_losses.clear()
        for step, loss in enumerate(losses, start=self._step - len(losses) + 1):
            if not math.isfinite(loss):
                raise self._diverged(f"the loss became {loss}", step)
        self._newest_loss = losses[-1]

    def _diverged(self, problem: str, step: int) -> TrainingDiverged:
        rate = self._learning_rate(step - 1)
        return TrainingDiverged(
            f"{problem} at step {step}, with learning rate {rate:.3g}",
            f"try --learning-rate {self.config.learning_rate / 10:.3g}",
        )

    def _learning_rate(self, step: int) -> float:
        config = self.config
        share = one_cycle(step, self._total_steps, warmup=config.warmup, schedule=config.schedule)
        return config.learning_rate * share

    def _set_learning_rate(self) -> None:
        rate = self._learning_rate(self._step)
        for group in self.optimizer.param_groups:
            group["lr"] = rate

    def _progress(
        self, train_loss: float, validation_loss: float | None, validation_accuracy: float | None
    ) -> Progress:
        is_end_of_epoch = validation_loss is not None
        seconds = self._seconds + (0.0 if is_end_of_epoch else time.monotonic() - self._epoch_start)
        return Progress(
            epoch=self._epoch,
            epochs=self.config.epochs,
            step=self._step,
            total_steps=self._total_steps,
            learning_rate=self._learning_rate(self._step - 1),
            train_loss=train_loss,
            validation_loss=validation_loss,
            validation_accuracy=validation_accuracy,
            seconds=seconds,
            images_per_second=self._num_images / max(seconds, 1e-9),
        )

    def _save(self, run_folder: RunFolder, progress: Progress) -> None:
        state = {
            "epoch": self._epoch,
            "step": self._step,
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "random_state": torch.get_rng_state(),
            "settings": asdict(self.config),
        }
        run_folder.save_epoch(self._step, state, self.model, asdict(progress))

    def _draw(self, run_folder: RunFolder) -> None:
        # matplotlib takes half a second to import, so not before it is needed
        from dlcourse.training.learning_curve import draw_learning_curve

        write_atomically(run_folder.learning_curve, draw_learning_curve(self.history))
