"""The Trainer: a run from its first step to its last, around the loop that every page shows."""

import contextlib
import copy
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.errors import TrainingDiverged
from dlcourse.training.accumulation import describe_small_pieces, steps_in_pieces
from dlcourse.training.clock import FILE_SECONDS, REPORT_SECONDS, Clock
from dlcourse.training.config import MAY_CHANGE, TrainConfig
from dlcourse.training.device import explain_failures, pick_device
from dlcourse.training.loop import evaluate_task, train_steps
from dlcourse.training.losses import Losses, NotFinite
from dlcourse.training.not_finite import blame_data
from dlcourse.training.optimizer import (
    DirectSteps,
    average_weights,
    make_optimizer,
    set_learning_rate,
)
from dlcourse.training.processes import (
    combine,
    count_processes,
    gather,
    get_rank,
    share_buffers,
    share_weights,
)
from dlcourse.training.progress import Progress, count_stale_epochs
from dlcourse.training.random_state import seed_generators
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.schedule import one_cycle
from dlcourse.training.signals import Interrupted
from dlcourse.training.state import RunState, has_own_state, skip_done_batches
from dlcourse.training.task import Batch, LossFunction, Supervised, Task


class Trainer:
    """Trains a network with given settings, and saves the run in a folder if one is given.

    task says what the loss is and how it is measured. Without one, loss_fn takes the network's
    outputs and the targets and returns their mean loss. report, where given, is called with a
    Progress about ten times a second and at the end of each epoch. say gets the rare sentences for
    people, such as which damaged checkpoint was passed over. Inside join_processes the processes
    share each batch, and only the first one writes and reports. Epochs end with files at most every
    file_seconds.

    history holds a Progress for each finished epoch.
    Raises: EnvironmentProblem when the device that the settings ask for is not available.
    """

    def __init__(
        self,
        model: nn.Module,
        config: TrainConfig,
        run_folder: RunFolder | None = None,
        report: Callable[[Progress], None] | None = None,
        say: Callable[[str], None] = print,
        loss_fn: LossFunction = F.cross_entropy,
        task: Task | None = None,
        report_seconds: float = REPORT_SECONDS,
        file_seconds: float = FILE_SECONDS,
    ):
        self.config = config
        self.task = Supervised(loss_fn) if task is None else task
        self.device = pick_device(config.device)
        self.model = prepare(model, self.device, config)
        self.optimizers = {
            learner: make_optimizer(model.get_submodule(learner), config)
            for learner in self.task.learners
        }
        self.scaler = torch.amp.GradScaler(self.device.type, enabled=config.precision == "float16")
        self.result = model  # the network that is validated and saved
        if config.average_decay > 0:
            self.result = average_weights(model, self.optimizers, config.average_decay)
        is_first_process = get_rank() == 0
        self.run_folder = run_folder if is_first_process else None
        self.report = report if report is not None and is_first_process else _report_nothing
        self.say = say
        self.report_seconds = report_seconds
        self.file_seconds = file_seconds
        self.history: list[Progress] = []
        # Every process takes part in a checkpoint, though only the first one writes it.
        self._is_alone = count_processes() == 1
        self._takes_checkpoints = run_folder is not None or not self._is_alone
        # Reading a loss waits for a GPU; several processes speak to each other then.
        self._steps_between_reads = 50 if self._is_alone else 10
        self._best_weights: dict[str, Tensor] = {}  # where no run folder keeps them
        self._stop_signal = 0

    def fit(
        self,
        train_batches: Iterable[Batch],
        validation_batches: Iterable[Batch],
        *,
        resume: bool = False,
    ) -> None:
        """Train for all epochs; validate, save and report after each. A second call trains on.

        Epochs end with weights, metrics and a checkpoint in files, at most once in file_seconds and
        at the end. With resume the run continues from the newest checkpoint, if there is one, and
        ends with the same weights as an uninterrupted run (on a CPU, with as many threads). Without
        it, files of an earlier run in the folder are removed first.

        Batches are sequences of tensors, such as (inputs, targets), and have a len. They draw from
        the global generators or from a torch.Generator `generator`, as a DataLoader does; several
        processes need the latter. Batches with a state_dict and a load_state_dict, such as an
        environment that the network acts in, are saved and continued: their next pass yields the
        rest of the epoch. Others are drawn again when a run is resumed in an epoch.

        Raises: TrainingDiverged, naming step and learning rate, when a loss is NaN or infinite
            (files stay); Interrupted after stop; EnvironmentProblem when a file cannot be written
            or another process trains in the folder; CheckpointError when the checkpoint is of
            another model, optimizer, loss, data, settings or number of processes; ValueError
            without batches.
        """
        state = self._begin(train_batches)
        with self._lock(resume):
            if resume:
                self._resume(state)
            while not self._is_done(state):
                with blame_data("training", train_batches):
                    self._train_epoch(state, train_batches)
                with blame_data("validation", validation_batches):
                    figures = evaluate_task(self.task, self.result, validation_batches, self.device)
                    self._end_epoch(state, figures)
            self._take_best_weights()

    def stop(self, signal_number: int) -> None:
        """Make fit save after the current step and raise Interrupted, as after a signal."""
        self._stop_signal = signal_number

    def _begin(self, train_batches: Any) -> RunState:
        epoch_steps = len(train_batches)
        if epoch_steps == 0:
            raise ValueError("train_batches must hold at least one batch, got none")
        warning = describe_small_pieces(self.model, self.config)
        if warning and get_rank() == 0:
            self.say(warning)
        seed_generators((self.config.seed + get_rank()) % 2**63)
        clock = Clock(self.config.checkpoint_seconds, self.report_seconds, self.file_seconds)
        identity = self._identify(epoch_steps)
        parts = self._list_parts(train_batches)
        generator = getattr(train_batches, "generator", None)
        losses = Losses(self.task.read_divisors)
        total_steps = self.config.epochs * epoch_steps
        state = RunState(identity, parts, epoch_steps, total_steps, generator, clock, losses)
        self.history = state.history
        self._best_weights = {}
        return state

    def _identify(self, epoch_steps: int) -> dict[str, Any]:
        """Return what a checkpoint and the run that continues from it must have in common."""
        settings = asdict(self.config)
        identity = {name: value for name, value in settings.items() if name not in MAY_CHANGE}
        classes = [type(optimizer).__name__ for optimizer in self.optimizers.values()]
        identity["model class"] = type(self.model).__name__
        identity["optimizer class"] = ", ".join(classes)
        identity["loss"] = self.task.loss_name
        identity["batches in an epoch"] = epoch_steps
        identity["number of processes"] = count_processes()
        return identity

    def _list_parts(self, train_batches: Iterable[Batch]) -> dict[str, Any]:
        """Return what has a state of its own, by the names in a checkpoint."""
        parts: dict[str, Any] = {"model": self.model, "scaler": self.scaler}
        for learner, optimizer in self.optimizers.items():
            parts[f"optimizer {learner}".strip()] = optimizer
        if self.result is not self.model:
            parts["average"] = self.result
        if has_own_state(train_batches):
            parts["batches"] = train_batches
        return parts

    def _lock(self, resume: bool) -> AbstractContextManager[None]:
        if self.run_folder is None:
            return contextlib.nullcontext()
        if not resume or not self.run_folder.has_run():
            self.run_folder.start_anew(self.config)
        return self.run_folder.lock()

    def _resume(self, state: RunState) -> None:
        """Continue from the newest checkpoint; the first process reads it for all."""
        newest = None
        if self.run_folder is not None:
            newest = self.run_folder.load_newest_checkpoint(self.say)
        newest = gather(newest)[0]
        if newest is not None:
            path, saved = newest
            state.restore(path, saved)

    def _is_done(self, state: RunState) -> bool:
        if state.step >= state.total_steps:
            return True
        patience = self.config.patience
        return patience > 0 and self._count_stale_epochs() >= patience

    def _count_stale_epochs(self) -> int:
        return count_stale_epochs(self.history, self.task.metric, self.task.is_higher_better)

    def _train_epoch(self, state: RunState, train_batches: Iterable[Batch]) -> None:
        """Take the steps of an epoch, or of the rest of one that was interrupted."""
        state.clock.start()
        batches = skip_done_batches(state, train_batches)
        precision = getattr(torch, self.config.precision)
        # Nothing is cached: one block spans all steps, and each step changes the weights.
        lower_precision = torch.autocast(
            self.device.type,
            precision,
            enabled=precision != torch.float32,
            cache_enabled=False,
        )
        with explain_failures(self.device, self.config), lower_precision:
            self._set_learning_rate(state)
            for loss, batch in self._steps(batches):
                state.step += 1
                state.num_examples += batch[0].shape[0]
                state.losses.add(loss, self.task.keep_for_divisor(batch))
                self._set_learning_rate(state)
                if self._has_to_read(state):
                    self._read_and_report(state)
        self._read_losses(state)
        share_buffers(self.model)

    def _steps(self, batches: Iterable[Batch]) -> Iterator[tuple[Tensor, Batch]]:
        accumulates = self.config.accumulate > 1
        if accumulates or not self._is_alone or self.scaler.is_enabled():
            return steps_in_pieces(
                self.task,
                self.model,
                batches,
                self.optimizers,
                self.device,
                self.config.accumulate,
                self.scaler,
            )
        direct = {learner: DirectSteps(one) for learner, one in self.optimizers.items()}
        return train_steps(self.task, self.model, batches, direct, self.device)

    def _set_learning_rate(self, state: RunState) -> None:
        """Set the rate of the next step."""
        if state.step < state.total_steps:
            share = self._share_of_peak(state, state.step)
            for optimizer in self.optimizers.values():
                set_learning_rate(optimizer, self.config.learning_rate, share)

    def _share_of_peak(self, state: RunState, step: int) -> float:
        return one_cycle(
            step,
            state.total_steps,
            warmup=self.config.warmup,
            schedule=self.config.schedule,
        )

    def _has_to_read(self, state: RunState) -> bool:
        """Tell whether the losses on the device are to be read after this step."""
        if state.losses.num_unread >= self._steps_between_reads:
            return True
        if not self._is_alone:
            return False  # all processes have to read after the same step
        return self._stop_signal != 0 or state.clock.is_anything_due()

    def _read_and_report(self, state: RunState) -> None:
        self._read_losses(state)
        if state.clock.is_report_due():
            self.report(self._describe(state, state.losses.newest))
            state.clock.note_report()
        if state.steps_in_epoch > 0:  # else the end of the epoch saves and stops
            self._save_or_stop(state, is_due=state.clock.is_checkpoint_due())

    def _read_losses(self, state: RunState) -> None:
        try:
            state.losses.read()
        except NotFinite as error:
            raise self._diverged(state, str(error), state.step - error.steps_ago) from None
        state.clock.count()  # after the read, which waits until a GPU has done its steps

    def _diverged(self, state: RunState, problem: str, step: int) -> TrainingDiverged:
        rate = self.config.learning_rate
        step_rate = rate * self._share_of_peak(state, step - 1)
        problem = f"{problem} at step {step}, with learning rate {step_rate:.3g}"
        return TrainingDiverged(problem, f"try --learning-rate {rate / 10:.3g}")

    def _describe(
        self, state: RunState, train_loss: float, figures: Mapping[str, float] | None = None
    ) -> Progress:
        last_step = state.step - 1
        seconds = state.clock.training_seconds
        return Progress(
            epoch=last_step // state.epoch_steps + 1,
            epochs=self.config.epochs,
            step=state.step,
            total_steps=state.total_steps,
            learning_rate=self.config.learning_rate * self._share_of_peak(state, last_step),
            train_loss=train_loss,
            seconds=seconds,
            examples_per_second=state.num_examples / max(seconds, 1e-9),
            figures={} if figures is None else figures,
        )

    def _end_epoch(self, state: RunState, figures: Mapping[str, float]) -> None:
        """Note the figures of an epoch; save, report, and stop where that was asked for."""
        metric = figures[self.task.metric]
        if not math.isfinite(metric):
            problem = f"the validation {self.task.metric} became {metric}"
            raise self._diverged(state, problem, state.step)
        state.history.append(self._describe(state, state.losses.mean, figures))
        state.losses.start_epoch()
        is_saved = self._save_epoch(state)
        self.report(state.history[-1])
        if self._takes_checkpoints:
            state.start_epoch()
        self._save_or_stop(state, is_due=is_saved)

    def _save_epoch(self, state: RunState) -> bool:
        """Save weights and metrics if they are due; return whether a checkpoint has to follow."""
        is_last = state.step == state.total_steps
        may_be_the_best = self.config.patience > 0
        has_to_be_kept = is_last or may_be_the_best
        is_better = not may_be_the_best or self._count_stale_epochs() == 0
        if self.run_folder is None:
            may_be_another = may_be_the_best or self.config.average_decay > 0
            if is_better and may_be_another:
                self._best_weights = copy.deepcopy(self.result.state_dict())
            return has_to_be_kept
        if not has_to_be_kept and not state.clock.are_files_due():
            return False
        network = self.result if is_better else None
        self.run_folder.save_epoch(network, state.history, durable=has_to_be_kept)
        state.clock.note_files()
        return True

    def _save_or_stop(self, state: RunState, is_due: bool) -> None:
        """Save a checkpoint if any process has to; raise Interrupted if the run has to stop."""
        is_due, stop_signal = combine("MAX", [is_due, self._stop_signal])
        if not is_due and not stop_signal:
            return
        saved = state.capture() if self._takes_checkpoints else {}
        if self.run_folder is not None:
            self.run_folder.save_step(state.step, saved)
        state.clock.start()
        state.clock.note_checkpoint()
        if not stop_signal:
            return  # a signal that has come while the files were written stays for the next step
        self._stop_signal = 0
        if state.step < state.total_steps:
            raise Interrupted(int(stop_signal), self._tell_stop(state))

    def _tell_stop(self, state: RunState) -> str:
        saved = "nothing is saved"
        if self.run_folder is not None:
            saved = f"saved in {self.run_folder.path}; continue with --resume"
        return f"step {state.step} of {state.total_steps} is done: {saved}"

    def _take_best_weights(self) -> None:
        if self._best_weights:
            self.model.load_state_dict(self._best_weights)
        if self.run_folder is not None:
            self.run_folder.restore_weights(self.model)
        share_weights(self.model)


def prepare(model: nn.Module, device: torch.device, config: TrainConfig) -> nn.Module:
    """Bring a network to its device, in the fastest memory layout; compile it if asked to."""
    model = model.to(device)
    share_weights(model)
    if any(isinstance(layer, nn.Conv2d) for layer in model.modules()):
        # The steps of the CNN then take 0.6 of the time on a CPU.
        model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    if config.compile:
        model.compile()
    return model


def _report_nothing(progress: Progress) -> None:
    """Stand in for a report that nobody asked for."""
