"""The Trainer: a run from its first step to its last, around the loop that every page shows."""

import contextlib
import copy
import json
import math
import time
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.errors import CheckpointError, TrainingDiverged
from dlcourse.signals import Interrupted
from dlcourse.training.config import MAY_CHANGE, TrainConfig
from dlcourse.training.device import explain_failures, pick_device
from dlcourse.training.loop import evaluate, train_steps
from dlcourse.training.optimizer import DirectSteps, average_weights, make_optimizer
from dlcourse.training.pieces import LossFunction, Pieces
from dlcourse.training.processes import (
    Pairs,
    combine,
    count_processes,
    gather,
    get_rank,
    share_weights,
)
from dlcourse.training.progress import Position, Progress, count_stale_epochs
from dlcourse.training.random_state import get_random_state, seed_generators, set_random_state
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.schedule import one_cycle

REPORT_SECONDS = 0.1  # between two reports inside an epoch; more often than the eye can follow
FILE_SECONDS = (
    1.0  # at least, between two epochs that end with files: a disk may take longer than an epoch
)


class Trainer:
    """Trains a model as its settings say, and keeps the run in a folder where one is given.

    loss_fn takes what the model gives and the targets, and returns their mean loss, to be made small.
    report, where given, is called with a Progress about ten times a second and at the end of each epoch;
    say gets the rare sentences for people, such as which damaged checkpoint was passed over. Inside
    join_processes the processes share each batch, and the first one alone writes and reports.
    Raises: EnvironmentProblem when the device that the settings ask for is not there.
    """

    def __init__(
        self,
        model: nn.Module,
        config: TrainConfig,
        run_folder: RunFolder | None = None,
        report: Callable[[Progress], None] | None = None,
        say: Callable[[str], None] = print,
        loss_fn: LossFunction = F.cross_entropy,
    ):
        self.device = pick_device(config.device)
        self.model = model.to(self.device)
        share_weights(self.model)
        if any(
            isinstance(layer, nn.Conv2d) for layer in model.modules()
        ):  # the CNN's steps then take 0.6
            model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # of the time on a CPU
        if config.compile:
            model.compile()
        self.config, self.say, self.loss_fn = config, say, loss_fn
        self.run_folder = run_folder if get_rank() == 0 else None
        self._has_state = (
            run_folder is not None or count_processes() > 1
        )  # to be kept; all take part in it
        self.report = report if report is not None and get_rank() == 0 else lambda progress: None
        self.history: list[Progress] = []  # one for each finished epoch
        self.optimizer = make_optimizer(model, config)
        self._scaler = torch.amp.GradScaler(self.device.type, enabled=config.precision == "float16")
        self._pieces = None
        if config.accumulate > 1 or count_processes() > 1 or self._scaler.is_enabled():
            self._pieces = Pieces(model, self.optimizer, config.accumulate, self._scaler, loss_fn)
        self._result = model  # what is measured and kept
        if config.average_decay > 0:
            self._result = average_weights(model, self.optimizer, config.average_decay)
        self._kept_weights: dict[
            str, Tensor
        ] = {}  # those to end with, where no run folder keeps them
        # Reading a loss waits for a GPU. Several processes speak when they read, and agree to save and stop.
        self._steps_between_reads = 10 if count_processes() > 1 else 50
        self._unread_losses: list[tuple[Tensor, int]]
        self._next_report, self._next_files, self._stop_signal = (
            0.0,
            0.0,
            0,
        )  # at once, at once, none

    def fit(self, train_batches: Pairs, validation_batches: Pairs, *, resume: bool = False) -> None:
        """Train for all epochs; validate, save and report after each. Called again, it trains on from there.

        Epochs end with weights, metrics and a checkpoint in files, at most once a second and at the end. With
        resume the run goes on from the newest, if there is any, to the weights of a run that nothing stopped
        (on a CPU, with as many threads). Batches, pairs (inputs, targets), have a len, and draw from the
        global generators or a torch.Generator `generator`, as a DataLoader does; several processes need that.
        Raises: TrainingDiverged, naming step and learning rate, when a loss is NaN or infinite (files stay);
            Interrupted after stop; EnvironmentProblem when a file cannot be written or another process trains
            in the folder; CheckpointError when the checkpoint is of another model, optimiser, loss, data,
            settings or number of processes; ValueError without batches.
        """
        self._epoch_steps = len(train_batches)  # type: ignore[arg-type]
        self._total_steps = self.config.epochs * self._epoch_steps
        self._identity = {  # what a checkpoint and a run must share
            **{
                name: value for name, value in asdict(self.config).items() if name not in MAY_CHANGE
            },
            "model class": type(self.model).__name__,
            "optimizer class": type(self.optimizer).__name__,
            "loss": getattr(self.loss_fn, "__name__", type(self.loss_fn).__name__),
            "batches in an epoch": self._epoch_steps,
            "number of processes": count_processes(),
        }
        parts = {"model": self.model, "optimizer": self.optimizer, "scaler": self._scaler}
        average = {} if self._result is self.model else {"average": self._result}
        self._parts: dict[str, Any] = parts | average  # what has a state of its own
        if self._total_steps == 0:
            raise ValueError("train_batches must hold at least one batch, got none")
        with contextlib.nullcontext() if self.run_folder is None else self.run_folder.lock():
            self._order = getattr(train_batches, "generator", None)
            self._at, self.history, self._unread_losses = Position(), [], []
            seed_generators((self.config.seed + get_rank()) % 2**63)
            self._epoch_random = get_random_state(self._order)
            if resume:
                self._resume()
            self._next_checkpoint = time.monotonic() + self.config.checkpoint_seconds
            patience = self.config.patience or math.inf
            while self._at.step < self._total_steps and count_stale_epochs(self.history) < patience:
                self._started = time.monotonic()
                with explain_failures(self.device, self.config):
                    self._train_epoch(self._batches_left(train_batches))
                self._end_epoch(validation_batches)
            if self._kept_weights:
                self.model.load_state_dict(self._kept_weights)
            if self.run_folder is not None:
                self.run_folder.restore_weights(self.model)
            share_weights(self.model)

    def stop(self, signal_number: int) -> None:
        """Make fit save after the step it is at, and raise Interrupted; a signal's handler may call this."""
        self._stop_signal = signal_number

    def _batches_left(self, batches: Pairs) -> Pairs:
        """Yield the epoch's batches; a run that is resumed inside it draws the first ones again, in vain."""
        num_done = self._at.step % self._epoch_steps
        for number, batch in enumerate(batches, start=1):
            if number == num_done:
                set_random_state(self._step_random)  # dropout has drawn, too
            if number > num_done:
                for group in self.optimizer.param_groups:
                    group["lr"] = self._learning_rate(self._at.step)
                yield batch

    def _train_epoch(self, batches: Pairs) -> None:
        """Train for an epoch, in pieces and in fewer bits where the settings ask for them."""
        kind = getattr(torch, self.config.precision)
        # Nothing is cached: one block spans all steps, and each step changes the weights.
        with torch.autocast(
            self.device.type, kind, enabled=kind != torch.float32, cache_enabled=False
        ):
            if pieces := self._pieces:
                split = pieces.split(batches)
                steps = pieces.join(
                    train_steps(pieces.network, split, pieces, self.device, pieces.loss_fn)
                )
            else:
                direct = DirectSteps(self.optimizer)
                steps = train_steps(self.model, batches, direct, self.device, self.loss_fn)
            for loss, num_examples in steps:
                self._after_step(loss, num_examples)

    def _after_step(self, loss: Tensor, num_examples: int) -> None:
        self._at.step += 1
        self._unread_losses.append((loss, num_examples))
        now = time.monotonic()
        is_urgent = now >= self._next_checkpoint or now >= self._next_report or self._stop_signal
        if len(self._unread_losses) < self._steps_between_reads and (
            not is_urgent or count_processes() > 1
        ):
            return
        self._read_losses()
        if now >= self._next_report:
            self.report(self._progress(self._newest_loss))
            self._next_report = now + REPORT_SECONDS
        if self._at.step % self._epoch_steps == 0:
            return  # the epoch's end saves and stops
        is_due, self._stop_signal = combine(
            "MAX", [now >= self._next_checkpoint, self._stop_signal]
        )
        if is_due or self._stop_signal:
            self._save()

    def _end_epoch(self, validation_batches: Pairs) -> None:
        self._read_losses()
        loss, accuracy = evaluate(self._result, validation_batches, self.device, self.loss_fn)
        if not math.isfinite(loss):
            raise self._diverged(f"the validation loss became {loss}", self._at.step)
        self.history.append(
            self._progress(self._at.epoch_loss / self._at.epoch_images, loss, accuracy)
        )
        self._at.epoch_loss, self._at.epoch_images = 0.0, 0
        is_better = not self.config.patience or count_stale_epochs(self.history) == 0
        is_due = is_kept = (
            self._at.step == self._total_steps or self.config.patience > 0
        )  # may be the best
        if self.run_folder is None:
            if is_better and (self.config.patience or self.config.average_decay):
                self._kept_weights = copy.deepcopy(self._result.state_dict())
        elif is_due := is_kept or time.monotonic() >= min(self._next_files, self._next_checkpoint):
            self.run_folder.save_epoch(self._result if is_better else None, self.history, is_kept)
            self._next_files = time.monotonic() + FILE_SECONDS
        self.report(self.history[-1])
        if self._has_state:
            self._epoch_random = get_random_state(self._order)  # at which the next epoch begins
        is_due, self._stop_signal = combine("MAX", [is_due, self._stop_signal])
        if is_due or self._stop_signal:
            self._save()

    def _save(self) -> None:
        """Save a checkpoint; raise Interrupted where the run was asked to stop, and is not at its end."""
        folder = self.run_folder
        state = self._state() if self._has_state else {}
        if folder is not None:
            folder.save_step(self._at.step, state)
        self._started = time.monotonic()
        self._next_checkpoint = self._started + self.config.checkpoint_seconds
        number, self._stop_signal = int(self._stop_signal), 0
        if not number or self._at.step == self._total_steps:
            return
        saved = (
            f"saved in {folder.path}, go on with --resume"
            if folder is not None
            else "nothing is saved"
        )
        raise Interrupted(number, f"step {self._at.step} of {self._total_steps} is done: {saved}")

    def _read_losses(self) -> None:
        """Bring the newest losses from the device; raise TrainingDiverged at the first that is no number."""
        at, unread, now = self._at, self._unread_losses, time.monotonic()
        at.seconds, self._started = at.seconds + now - self._started, now
        if not unread:
            return
        losses = torch.stack([loss for loss, _ in unread]).tolist()  # one transfer
        for index, loss in enumerate(combine("SUM", losses)):
            if not math.isfinite(loss):
                raise self._diverged(f"the loss became {loss}", at.step - len(losses) + 1 + index)
            at.epoch_loss += loss * unread[index][1]
            at.epoch_images += unread[index][1]
            at.num_images += unread[index][1]
        self._newest_loss = loss
        unread.clear()

    def _diverged(self, problem: str, step: int) -> TrainingDiverged:
        problem = (
            f"{problem} at step {step}, with learning rate {self._learning_rate(step - 1):.3g}"
        )
        return TrainingDiverged(
            problem, f"try --learning-rate {self.config.learning_rate / 10:.3g}"
        )

    def _learning_rate(self, step: int) -> float:
        share = one_cycle(
            step, self._total_steps, warmup=self.config.warmup, schedule=self.config.schedule
        )
        return self.config.learning_rate * share

    def _progress(
        self, train: float, loss: float | None = None, accuracy: float | None = None
    ) -> Progress:
        at, last_step = self._at, self._at.step - 1
        place = last_step // self._epoch_steps + 1, self.config.epochs, at.step, self._total_steps
        speed = at.num_images / max(at.seconds, 1e-9)
        return Progress(
            *place, self._learning_rate(last_step), train, loss, accuracy, at.seconds, speed
        )

    def _state(self) -> dict[str, Any]:
        """Return all that decides how the run goes on; every process takes part."""
        is_inside = self._at.step % self._epoch_steps > 0  # an epoch
        random_now = get_random_state(self._order) if is_inside else self._epoch_random
        rows = [list(vars(progress).values()) for progress in self.history]
        record = {"run": self._identity, "position": vars(self._at), "history": rows}
        return {
            "record": json.dumps(record),  # one text: each object that pickle meets takes 2 µs
            **{name: part.state_dict() for name, part in self._parts.items()},
            "epoch_random": gather(self._epoch_random),
            "step_random": gather(random_now),
        }

    def _resume(self) -> None:
        """Go on from the newest checkpoint; the first process reads it for all, as it alone may have it."""
        newest = gather(self.run_folder and self.run_folder.load_newest_checkpoint(self.say))[0]
        if newest is None:
            return
        path, state = newest
        mend = "resume it as it was begun, or train anew with --overwrite"
        try:
            record = json.loads(state["record"])
            for name, value in self._identity.items():
                if record["run"][name] != value:
                    raise CheckpointError(
                        f"{path} has {name} {record['run'][name]}, this run {value}", mend
                    )
            for name, part in self._parts.items():
                part.load_state_dict(state[name])
            self._epoch_random = state["epoch_random"][get_rank()]
            self._step_random = state["step_random"][get_rank()]
            set_random_state(self._epoch_random, self._order)
            self._at = Position(**record["position"])
            self.history = [Progress(*row) for row in record["history"]]
        except (
            KeyError,
            TypeError,
            ValueError,
            RuntimeError,
        ) as error:  # a part is missing, or does not fit
            raise CheckpointError(
                f"{path} does not fit this {type(self.model).__name__}", mend
            ) from error
