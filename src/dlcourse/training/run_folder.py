"""The folder of a run.

config.json  metrics.csv  model.safetensors  learning_curve.png  checkpoints/step-NNNNNNNN.pt
and .lock, while a process writes there; where asked for, confusion_matrix.png worst_mistakes.png tensorboard/
"""

import contextlib
import csv
import io
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from torch import nn

from dlcourse.atomic_files import sweep_temporary_files, write_atomically
from dlcourse.errors import CheckpointError, EnvironmentProblem
from dlcourse.file_lock import hold_lock
from dlcourse.training.checkpoint import (
    load_checkpoint,
    load_weights,
    save_checkpoint,
    save_weights,
)
from dlcourse.training.config import TrainConfig
from dlcourse.training.processes import get_rank
from dlcourse.training.progress import Progress

KEPT_CHECKPOINTS = 2  # the newest, and the one before for the day the newest is damaged


class RunFolder:
    """The files of one run. Each can be read at any moment, also after the run was killed."""

    def __init__(self, path: str | Path):
        self.path = Path(path)
        self.config = self.path / "config.json"
        self.metrics = self.path / "metrics.csv"
        self.weights = self.path / "model.safetensors"
        self.learning_curve = self.path / "learning_curve.png"
        self.checkpoints = self.path / "checkpoints"
        self._is_locked = False

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Keep all other processes from writing here while the block runs; blocks may lie in one another.

        Raises: EnvironmentProblem when another process holds the lock, or the folder cannot be made.
        """
        if self._is_locked or get_rank() > 0:  # the first process of a run writes for all
            yield
            return
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._not_made(error) from error
        with hold_lock(self.path / ".lock"):
            self._is_locked = True
            try:
                yield
            finally:
                self._is_locked = False

    def has_run(self) -> bool:
        """Whether a run was begun here; a damaged one was, too."""
        return os.path.exists(
            self.config
        )  # also False for a name that is too long, or holds a zero byte

    def check_free(self, *, overwrite: bool = False) -> None:
        """Raise ValueError where no new run may be written; change nothing.

        A folder that holds a run is free with overwrite, one that holds anything else never.
        """
        try:
            entries = [name for name in os.listdir(self.path) if not name.startswith(".")]
        except FileNotFoundError:
            return
        except NotADirectoryError:
            raise ValueError(
                f"run_dir must be a folder, got {self.path}, where a file is"
            ) from None
        except PermissionError as error:
            raise EnvironmentProblem(
                f"{self.path} cannot be read", "choose another --run-dir"
            ) from error
        except (OSError, ValueError) as error:  # a name that is too long, or holds a zero byte
            reason = getattr(error, "strerror", None) or error
            raise ValueError(f"run_dir cannot be {str(self.path)!r} ({reason})") from None
        if not entries or get_rank() > 0:
            return
        try:
            self.read_config()
        except CheckpointError:
            problem = (
                f"run_dir must be new, empty or a run's folder, got {self.path} with other files"
            )
            raise ValueError(f"{problem}: choose another --run-dir") from None
        if (self.path / ".lock").exists():
            with self.lock():  # says who holds it
                pass
        if not overwrite:
            raise ValueError(
                f"run_dir {self.path} holds a run: add --resume to go on with it, "
                "add --overwrite to replace it, or choose another --run-dir"
            )

    def create(
        self, description: Mapping[str, Any], config: TrainConfig, *, overwrite: bool = False
    ) -> None:
        """Make the folder ready for a new run and write config.json: the description and the settings.

        Raises: as check_free; EnvironmentProblem when the folder cannot be made.
        """
        self.check_free(overwrite=overwrite)
        if get_rank() > 0:
            return
        with self.lock():
            self.check_free(overwrite=overwrite)  # another run may have begun meanwhile
            try:
                # The old config.json goes last, replaced by the new one: until then the folder is a run's.
                names = ("learning_curve.png", "confusion_matrix.png", "worst_mistakes.png")
                drawn = (
                    *(self.path / name for name in names),
                    *self.path.glob("tensorboard/events.*"),
                )
                for stale in (self.weights, self.metrics, *drawn, *self.list_checkpoints()):
                    stale.unlink(missing_ok=True)
                self.sweep()
            except OSError as error:
                raise self._not_made(error) from error
            content = json.dumps({**description, "settings": asdict(config)}, indent=2) + "\n"
            write_atomically(self.config, content.encode())
            self.checkpoints.mkdir(exist_ok=True)

    def _not_made(self, error: OSError) -> EnvironmentProblem:
        problem = f"run folder {self.path} cannot be made ({error.strerror})"
        return EnvironmentProblem(problem, "choose another --run-dir")

    def sweep(self) -> None:
        """Remove what killed processes left half-written."""
        sweep_temporary_files(self.path)
        sweep_temporary_files(self.checkpoints)

    def read_config(self) -> tuple[dict[str, Any], TrainConfig]:
        """Return what create wrote: the description and the settings.

        Raises: CheckpointError when there is no run, or its config.json is damaged.
        """
        if not self.path.is_dir():
            raise CheckpointError(
                f"there is no run folder {self.path}", "make one with dlcourse train"
            )
        try:
            description = json.loads(self.config.read_text(encoding="utf-8"))
            config = TrainConfig(**description.pop("settings"))
        except FileNotFoundError:
            problem = f"{self.path} holds no run and no checkpoint yet"
            raise CheckpointError(problem, "make one with dlcourse train") from None
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise CheckpointError(
                f"{self.config} is damaged or not a run's", "train again"
            ) from error
        return description, config

    def restore_weights(self, model: nn.Module) -> None:
        """Load the newest weights into the model.

        Raises: CheckpointError when there are none yet, or the file is damaged or of another model.
        """
        if not self.weights.exists():
            mend = "wait for the end of its first epoch, or train again"
            raise CheckpointError(f"{self.path} holds no checkpoint yet", mend)
        load_weights(self.weights, model)

    def save_epoch(
        self, model: nn.Module | None, history: Sequence[Progress], durable: bool = False
    ) -> None:
        """Save what an epoch achieved: the weights, and metrics.csv with a row for each epoch.

        Without a model the weights stay those of a better epoch. The checkpoint comes after it: a run that is
        killed before that repeats the epoch and writes the same again. What no later epoch will write again
        has to be durable: a power cut could take it.
        """
        if model is not None:
            save_weights(self.weights, model, durable)
        text = io.StringIO()
        table = csv.writer(text, lineterminator="\n")
        table.writerows(
            [vars(history[0]).keys(), *(vars(progress).values() for progress in history)]
        )
        write_atomically(self.metrics, text.getvalue().encode(), durable)

    def save_step(self, step: int, state: dict[str, Any]) -> None:
        """Save a checkpoint to go on from; of the older ones the newest stays."""
        save_checkpoint(self._checkpoint(step), state)
        self._prune(step)

    def _checkpoint(self, step: int) -> Path:
        return self.checkpoints / f"step-{step:08d}.pt"

    def _prune(self, newest: int) -> None:
        older = [step for step in self._list_steps() if step < newest]
        for step in older[: 1 - KEPT_CHECKPOINTS]:
            self._checkpoint(step).unlink()

    def load_newest_checkpoint(
        self, say: Callable[[str], None]
    ) -> tuple[Path, dict[str, Any]] | None:
        """Return the newest checkpoint that is whole, and its file; say which ones are not; None without any.

        What a killed process left goes: half-written files, and the checkpoint that it had no time to remove.
        Raises: CheckpointError when there are some, and all are damaged.
        """
        self.checkpoints.mkdir(exist_ok=True)  # create may have been killed behind config.json
        self.sweep()
        steps = self._list_steps()
        for step in reversed(steps):
            path = self._checkpoint(step)
            try:
                state = load_checkpoint(path)
                self._prune(step)
                return path, state
            except CheckpointError as error:
                say(f"{error.problem}: the one before is used")
        if steps:
            raise CheckpointError(
                f"all checkpoints in {self.checkpoints} are damaged", "train again"
            )
        return None

    def list_checkpoints(self) -> list[Path]:
        """Return the checkpoints that are there, the newest last: by the step in its name, no clock."""
        return [self._checkpoint(step) for step in self._list_steps()]

    def _list_steps(self) -> list[int]:
        names = os.listdir(self.checkpoints) if self.checkpoints.is_dir() else []
        matches = (re.fullmatch(r"step-([0-9]{8,})\.pt", name) for name in names)
        return sorted(int(match[1]) for match in matches if match)
