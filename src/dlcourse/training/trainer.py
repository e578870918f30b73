"""The Trainer: a run from its first step to its last, around the loop that every page shows."""

import contextlib
import copy
import math
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, replace
from typing import Any

import torch
from torch import Tensor, nn

from dlcourse.errors import CheckpointError, TrainingDiverged
from dlcourse.signals import Interrupted
from dlcourse.training.accumulation import Accumulation
from dlcourse.training.config import TrainConfig, check_same_run
from dlcourse.training.device import advise_on_memory, pick_device
from dlcourse.training.loop import SizedBatches, evaluate, train_epoch
from dlcourse.training.optimizer import make_optimizer
from dlcourse.training.progress import Position, Progress, count_stale_epochs
from dlcourse.training.random_state import get_random_state, seed_generators, set_random_state
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.schedule import one_cycle
from dlcourse.training.weight_average import WeightAverage

REPORT_SECONDS = 0.1  # between two reports inside an epoch; more often than the eye can follow


class Trainer:
    """Trains a model as its settings say, and keeps the run in a folder where one is given.

    report, where given, is called with a Progress about ten times a second and at the end of each epoch;
    say gets the rare sentences for people, such as which damaged checkpoint was passed over.
    Raises: EnvironmentProblem when the device that the settings ask for is not there.
    """

    def __init__(
        self,
        model: nn.Module,
        config: TrainConfig,
        run_folder: RunFolder | None = None,
        report: Callable[[Progress], None] | None = None,
        say: Callable[[str], None] = print,
    ):
        self.device = pick_device(config.device)
        self.model = model.to(self.device)
        if any(isinstance(layer, nn.Conv2d) for layer in model.modules()):  # the CNN's steps then take 0.6
            model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # of the time on a CPU
        self.config = config
        self.run_folder = run_folder
        self.report = report
        self.say = say
        self.history: list[Progress] = []  # one for each finished epoch
        self.optimizer = make_optimizer(self.model, config)
        self._average = WeightAverage(self.model, self.optimizer, config.average_decay)
        self._kept_weights: dict[str, Tensor] = {}  # those to end with, where no run folder keeps them
        # Reading a loss waits for the device. On a CPU that is free, and a run that diverges stops at once.
        self._steps_between_reads = 1 if self.device.type == "cpu" else 50
        self._unread_losses: list[tuple[Tensor, int]] = []
        self._newest_loss = math.nan
        self._at = Position()
        self._epoch = self._epoch_steps = self._total_steps = 0
        self._started = self._next_report = self._next_checkpoint = 0.0
        self._epoch_random: dict[str, Any] = {}  # the generators before the epoch's first batch ...
        self._step_random: dict[str, Any] = {}  # ... and where a resumed run goes on
        self._order: torch.Generator | None = None
        self._stop_signal: int | None = None

    def fit(
        self,
        train_batches: SizedBatches,
        validation_batches: Iterable[tuple[Tensor, Tensor]],
        *,
        resume: bool = False,
    ) -> None:
        """Train for all epochs; validate, save and report after each. Called again, it trains on from there.

        With resume it goes on from the newest checkpoint in the run folder, where there is one, to the very
        weights of a run that nothing stopped (on a CPU, with as many threads). Batches must draw from the
        global generators or from a torch.Generator called `generator`, as a DataLoader does.
        Raises: TrainingDiverged when a loss is NaN or infinite, naming step and learning rate (what was saved
            before stays); Interrupted after stop; EnvironmentProblem when a file cannot be written or another
            process trains in the folder; CheckpointError when the checkpoint is of another model, optimiser,
            data or settings; ValueError without batches.
        """
        self._epoch_steps = len(train_batches)
        self._total_steps = self.config.epochs * self._epoch_steps
        if self._total_steps == 0:
            raise ValueError("train_batches must hold at least one batch, got none")
        with contextlib.nullcontext() if self.run_folder is None else self.run_folder.lock():
            self._order = getattr(train_batches, "generator", None)
            self._at, self.history = Position(), []
            self._unread_losses.clear()
            seed_generators(self.config.seed)
            if resume and self.run_folder is not None:
                self._resume(self.run_folder)
            self._next_checkpoint = time.monotonic() + self.config.checkpoint_seconds
            self._set_learning_rate()
            patience = self.config.patience or math.inf
            while self._at.step < self._total_steps and count_stale_epochs(self.history) < patience:
                self._epoch, self._started = self._at.step // self._epoch_steps + 1, time.monotonic()
                with advise_on_memory(self.device, self.config.batch_size):
                    self._train_epoch(self._batches_left(train_batches))
                self._end_epoch(validation_batches)
            if self._kept_weights:
                self.model.load_state_dict(self._kept_weights)
            elif self.run_folder is not None and (self.config.patience or self.config.average_decay):
                self.run_folder.restore_weights(self.model)

    def stop(self, signal_number: int) -> None:
        """Make fit save after the step it is at, and raise Interrupted; a signal's handler may call this."""
        self._stop_signal = signal_number

    def _batches_left(self, batches: SizedBatches) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield the epoch's batches; a run that is resumed inside it draws the first ones again, in vain."""
        num_done = self._at.step % self._epoch_steps
        if num_done == 0:
            self._epoch_random = get_random_state(self._order)
        left = iter(batches)
        if num_done > 0:
            for _ in range(num_done):
                next(left)
            set_random_state(self._step_random)  # dropout has drawn, too
        yield from left

    def _train_epoch(self, batches: Iterator[tuple[Tensor, Tensor]]) -> None:
        """Train for an epoch, in pieces and with bfloat16 where the settings ask for them."""
        is_mixed = self.config.precision == "bfloat16"
        # Nothing is cached: one block spans all steps, and each step changes the weights.
        with torch.autocast(self.device.type, torch.bfloat16, enabled=is_mixed, cache_enabled=False):
            if self.config.accumulate == 1:
                train_epoch(self.model, batches, self.optimizer, self.device, self._after_step)
            else:
                pieces = Accumulation(self.optimizer, self.config.accumulate, self._after_step)
                train_epoch(self.model, pieces.split(batches), pieces, self.device, pieces.after_piece)

    def _after_step(self, loss: Tensor, num_examples: int) -> None:
        at = self._at
        at.step += 1
        at.num_images += num_examples
        self._unread_losses.append((loss, num_examples))
        if len(self._unread_losses) >= self._steps_between_reads:
            self._read_losses()
        self._set_learning_rate()
        now = time.monotonic()
        if self.report is not None and now >= self._next_report:
            self._read_losses()
            self.report(self._progress(self._newest_loss, None, None))
            self._next_report = now + REPORT_SECONDS
        if at.step % self._epoch_steps == 0:
            return  # the epoch's end saves and stops
        if self._stop_signal is not None or now >= self._next_checkpoint:
            self._read_losses()
            if self.run_folder is not None:
                self.run_folder.save_step(self._at.step, self._state())
            self._next_checkpoint = time.monotonic() + self.config.checkpoint_seconds
            self._stop_if_asked()

    def _end_epoch(self, validation_batches: Iterable[tuple[Tensor, Tensor]]) -> None:
        self._read_losses()
        self._at.seconds += time.monotonic() - self._started
        with self._average.as_weights():
            validation_loss, validation_accuracy = evaluate(self.model, validation_batches, self.device)
        if not math.isfinite(validation_loss):
            raise self._diverged(f"the validation loss became {validation_loss}", self._at.step)
        train_loss = self._at.epoch_loss / self._at.epoch_images
        progress = self._progress(train_loss, validation_loss, validation_accuracy)
        self.history.append(progress)
        self._at.epoch_loss, self._at.epoch_images = 0.0, 0
        self._save_epoch()
        if self.report is not None:
            self.report(progress)
        if self._at.step < self._total_steps:
            self._stop_if_asked()

    def _save_epoch(self) -> None:
        is_better = not self.config.patience or count_stale_epochs(self.history) == 0
        state = self._state() if self.run_folder is not None else {}  # before the average takes their place
        with self._average.as_weights():
            if self.run_folder is not None:
                model = self.model if is_better else None
                self.run_folder.save_epoch(self._at.step, state, model, state["history"])
            elif is_better and (self.config.patience or self.config.average_decay):
                self._kept_weights = copy.deepcopy(self.model.state_dict())
        self._next_checkpoint = time.monotonic() + self.config.checkpoint_seconds

    def _stop_if_asked(self) -> None:
        if self._stop_signal is None:
            return
        number, self._stop_signal = self._stop_signal, None
        where = "nothing is saved without a run folder"
        if self.run_folder is not None:
            where = f"saved in {self.run_folder.path}, go on with --resume"
        raise Interrupted(number, f"step {self._at.step} of {self._total_steps} is done: {where}")

    def _read_losses(self) -> None:
        """Bring the newest losses from the device; raise TrainingDiverged at the first that is no number."""
        at, unread = self._at, self._unread_losses
        if not unread:
            return
        # One transfer; a single loss is read without a new tensor, as a CPU does at every step.
        losses = torch.stack([loss for loss, _ in unread]).tolist() if unread[1:] else [unread[0][0].item()]
        for index, loss in enumerate(losses):
            if not math.isfinite(loss):
                raise self._diverged(f"the loss became {loss}", at.step - len(losses) + 1 + index)
            at.epoch_loss += loss * unread[index][1]
            at.epoch_images += unread[index][1]
        self._newest_loss = losses[-1]
        unread.clear()

    def _diverged(self, problem: str, step: int) -> TrainingDiverged:
        problem = f"{problem} at step {step}, with learning rate {self._learning_rate(step - 1):.3g}"
        return TrainingDiverged(problem, f"try --learning-rate {self.config.learning_rate / 10:.3g}")

    def _learning_rate(self, step: int) -> float:
        config = self.config
        share = one_cycle(step, self._total_steps, warmup=config.warmup, schedule=config.schedule)
        return config.learning_rate * share

    def _set_learning_rate(self) -> None:
        rate = self._learning_rate(min(self._at.step, self._total_steps - 1))  # of the step that comes
        for group in self.optimizer.param_groups:
            group["lr"] = rate

    def _progress(
        self, train_loss: float, validation_loss: float | None, validation_accuracy: float | None
    ) -> Progress:
        seconds = self._at.seconds + (time.monotonic() - self._started if validation_loss is None else 0.0)
        return Progress(
            epoch=self._epoch,
            epochs=self.config.epochs,
            step=self._at.step,
            total_steps=self._total_steps,
            learning_rate=self._learning_rate(self._at.step - 1),
            train_loss=train_loss,
            validation_loss=validation_loss,
            validation_accuracy=validation_accuracy,
            seconds=seconds,
            images_per_second=self._at.num_images / max(seconds, 1e-9),
        )

    def _state(self) -> dict[str, Any]:
        """Return all that decides how the run goes on."""
        random_now = get_random_state(self._order)
        is_inside_epoch = self._at.step % self._epoch_steps > 0
        seconds = time.monotonic() - self._started if is_inside_epoch else 0.0
        position = replace(self._at, seconds=self._at.seconds + seconds)
        return {
            **self._identity(),
            "settings": asdict(self.config),
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "average": [one.detach() for one in self._average.averages],  # as_weights exchanges these
            "epoch_random": self._epoch_random if is_inside_epoch else random_now,
            "step_random": random_now,
            "position": asdict(position),
            "history": [vars(progress) for progress in self.history],  # asdict: 1 ms for 100 epochs
        }

    def _identity(self) -> dict[str, object]:
        """Return what a checkpoint and a run must share, beside the settings."""
        return {
            "model class": type(self.model).__name__,
            "optimizer class": type(self.optimizer).__name__,
            "batches in an epoch": self._epoch_steps,
        }

    def _resume(self, run_folder: RunFolder) -> None:
        newest = run_folder.load_newest_checkpoint(self.say)
        run_folder.sweep()
        if newest is None:
            run_folder.write_metrics([])  # killed between the first epoch's row and its checkpoint
            return
        path, state = newest
        mend = "resume it as it was begun, or train anew with --overwrite"
        try:
            check_same_run(TrainConfig.from_settings(state["settings"]), self.config)
        except (KeyError, TypeError, ValueError) as error:
            raise CheckpointError(f"{path} is of another run ({error})", mend) from error
        for name, value in self._identity().items():
            if state.get(name) != value:
                raise CheckpointError(f"{path} has {name} {state.get(name)}, this run {value}", mend)
        try:
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self._average.load(state["average"])
            set_random_state(state["epoch_random"], self._order)
            self._epoch_random, self._step_random = state["epoch_random"], state["step_random"]
            self._at = Position(**state["position"])
            self.history = [Progress(**row) for row in state["history"]]
        except (KeyError, TypeError, ValueError, RuntimeError) as error:  # a part is missing, or does not fit
            raise CheckpointError(f"{path} does not fit this {type(self.model).__name__}", mend) from error
        run_folder.write_metrics(state["history"])
        run_folder.prune(self._at.step)  # killed after a checkpoint, before the oldest went
