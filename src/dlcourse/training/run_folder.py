"""The folder of a run.

config.json  metrics.csv  model.safetensors  learning_curve.png  checkpoints/step-NNNNNNNN.pt
and .lock, while a process writes there. Commands add what RESULTS lists.
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
from dlcourse.paths import expand_path
from dlcourse.training.checkpoint import (
    load_checkpoint,
    load_weights,
    save_checkpoint,
    save_weights,
)
from dlcourse.training.config import TrainConfig
from dlcourse.training.file_lock import hold_lock
from dlcourse.training.processes import get_rank
from dlcourse.training.progress import Progress
from dlcourse.training.run_description import RunDescription, read_description

KEPT_CHECKPOINTS = 2  # the newest, and the one before in case the newest is damaged
CHECKPOINT_NAME = re.compile(r"step-([0-9]{8,})\.pt")
RESULTS = (  # what commands write beside the files of the Trainer; a new run removes it
    "learning_curve.png",
    "confusion_matrix.png",
    "worst_mistakes.png",
    "predictions/*.png",
    "samples.*",
    "tensorboard/events.*",
)
OTHER_FOLDER = "choose another --run-dir"


class RunFolder:
    """The files of one run. Each can be read at any moment, also after the run was killed."""

    def __init__(self, path: str | Path):
        self.path = Path(expand_path(path))
        self.config = self.path / "config.json"
        self.metrics = self.path / "metrics.csv"
        self.weights = self.path / "model.safetensors"
        self.learning_curve = self.path / "learning_curve.png"
        self.checkpoints = self.path / "checkpoints"
        self._is_locked = False

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """Keep all other processes from writing here while the block runs; blocks may be nested.

        Raises: EnvironmentProblem when another process holds the lock, or the folder cannot be
            made.
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
        """Whether a run was started here; a damaged one counts, too."""
        return os.path.exists(
            self.config
        )  # also False for a name that is too long or has a zero byte

    def check_free(self, *, overwrite: bool = False) -> None:
        """Raise ValueError where no new run may be written; change nothing.

        With overwrite a folder that holds a run is free; one that holds anything else never is.
        """
        if not self._list_entries() or get_rank() > 0:
            return
        try:
            self.read_config()
        except CheckpointError:
            problem = f"run_dir must be new, empty or a run's folder, got {self.path}"
            raise ValueError(f"{problem} with other files: {OTHER_FOLDER}") from None
        if (self.path / ".lock").exists():
            with self.lock():  # tells who holds it
                pass
        if not overwrite:
            raise ValueError(
                f"run_dir {self.path} holds a run: add --resume to continue it, "
                f"add --overwrite to replace it, or {OTHER_FOLDER}"
            )

    def _list_entries(self) -> list[str]:
        """Return the names in the folder, without hidden ones; ValueError if it is not a folder."""
        try:
            return [name for name in os.listdir(self.path) if not name.startswith(".")]
        except FileNotFoundError:
            return []
        except NotADirectoryError:
            problem = f"run_dir must be a folder, got {self.path}, where a file is"
            raise ValueError(f"{problem}: {OTHER_FOLDER}") from None
        except PermissionError as error:
            raise EnvironmentProblem(f"{self.path} cannot be read", OTHER_FOLDER) from error
        except (OSError, ValueError) as error:  # a name that is too long, or has a zero byte
            reason = getattr(error, "strerror", None) or error
            problem = f"run_dir cannot be {str(self.path)!r} ({reason})"
            raise ValueError(f"{problem}: {OTHER_FOLDER}") from None

    def create(
        self, description: Mapping[str, Any], config: TrainConfig, *, overwrite: bool = False
    ) -> None:
        """Make the folder ready for a new run; write the description and settings to config.json.

        Raises: as check_free; EnvironmentProblem when the folder cannot be made.
        """
        self.check_free(overwrite=overwrite)
        if get_rank() > 0:
            return
        with self.lock():
            self.check_free(overwrite=overwrite)  # another run may have begun meanwhile
            try:
                self._remove_old_run()
            except OSError as error:
                raise self._not_made(error) from error
            content = json.dumps({**description, "settings": asdict(config)}, indent=2)
            write_atomically(self.config, f"{content}\n".encode())
            self.checkpoints.mkdir(exist_ok=True)

    def start_anew(self, config: TrainConfig) -> None:
        """Prepare the folder for a new run; remove the files of an earlier one.

        The description stays: what `create` has just written here is of the new run.
        Raises: as create, and as read_config.
        """
        description: dict[str, Any] = {}
        if self.has_run():
            description, begun = self.read_config()
            if begun == config and not self.weights.exists() and not self._list_steps():
                return
        self.create(description, config, overwrite=True)

    def _remove_old_run(self) -> None:
        """Remove all files of a run but config.json, which the new one replaces at last.

        Until then the folder is still that of a run, if this process is killed.
        """
        old_files = [self.weights, self.metrics, *self.list_checkpoints(), *self.list_results()]
        for path in old_files:
            path.unlink(missing_ok=True)
        self.sweep()

    def list_results(self) -> list[Path]:
        """Return the files that commands have written beside those of the Trainer."""
        return [path for pattern in RESULTS for path in sorted(self.path.glob(pattern))]

    def _not_made(self, error: OSError) -> EnvironmentProblem:
        problem = f"run folder {self.path} cannot be created ({error.strerror})"
        return EnvironmentProblem(problem, OTHER_FOLDER)

    def sweep(self) -> None:
        """Remove what killed processes left half-written."""
        sweep_temporary_files(self.path)
        sweep_temporary_files(self.checkpoints)

    def read_config(self) -> tuple[dict[str, Any], TrainConfig]:
        """Return what create wrote: the description and the settings.

        Raises: CheckpointError when there is no run, or its config.json is damaged.
        """
        make_one = "create one with dlcourse train"
        if not self.path.is_dir():
            raise CheckpointError(f"there is no run folder {self.path}", make_one)
        try:
            description = json.loads(self.config.read_bytes())  # in any Unicode encoding
            config = TrainConfig(**description.pop("settings"))
        except FileNotFoundError:
            problem = f"{self.path} contains no run and no checkpoint yet"
            raise CheckpointError(problem, make_one) from None
        except json.JSONDecodeError as error:
            problem = f"line {error.lineno} of {self.config} is not JSON ({error.msg})"
            raise CheckpointError(problem, "correct it, or train again") from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise self.unusable() from error
        return description, config

    def read_description(self) -> tuple[RunDescription, TrainConfig]:
        """Return what the run is, and its settings, also those of an older dlcourse.

        Raises: as read_config.
        """
        content, config = self.read_config()
        try:
            return read_description(content), config
        except (TypeError, ValueError, KeyError) as error:
            raise self.unusable() from error

    def unusable(self) -> CheckpointError:
        """Return the error for a config.json of which no run can be made."""
        problem = f"{self.config} is damaged or was written by a newer dlcourse"
        return CheckpointError(problem, "use the version of dlcourse that wrote it, or train again")

    def restore_weights(self, model: nn.Module) -> None:
        """Load the newest weights into the model.

        Raises: CheckpointError when there are none yet, or the file is damaged or of another model.
        """
        self.check_weights()
        load_weights(self.weights, model)

    def check_weights(self) -> None:
        """Raise CheckpointError when there are no weights yet."""
        if not self.weights.exists():
            remedy = "wait until its first epoch ends, or train again"
            raise CheckpointError(f"{self.path} contains no checkpoint yet", remedy)

    def save_epoch(
        self, model: nn.Module | None, history: Sequence[Progress], durable: bool = False
    ) -> None:
        """Save the result of an epoch: the weights, and metrics.csv with a row for each epoch.

        Without a model the weights stay those of a better epoch. The checkpoint comes after it: a
        run that is killed before that repeats the epoch and writes the same again. What no later
        epoch will write again has to be durable, since a power cut could take it.
        """
        if model is not None:
            save_weights(self.weights, model, durable)
        rows = [progress.as_row() for progress in history]
        text = io.StringIO()
        table = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
        write_atomically(self.metrics, text.getvalue().encode(), durable)

    def save_step(self, step: int, state: dict[str, Any]) -> None:
        """Save a checkpoint; of the older ones, keep the newest."""
        save_checkpoint(self._checkpoint(step), state)
        self._remove_old_checkpoints(step)

    def _checkpoint(self, step: int) -> Path:
        return self.checkpoints / f"step-{step:08d}.pt"

    def _remove_old_checkpoints(self, newest: int) -> None:
        older = [step for step in self._list_steps() if step < newest]
        num_kept = KEPT_CHECKPOINTS - 1  # beside the newest
        for step in older[:-num_kept]:
            self._checkpoint(step).unlink()

    def load_newest_checkpoint(
        self, say: Callable[[str], None]
    ) -> tuple[Path, dict[str, Any]] | None:
        """Return the newest undamaged checkpoint and its file, or None; say which are damaged.

        Half-written files of a killed process are removed, and the checkpoint it had no time to
        remove.
        Raises: CheckpointError when there are some, and all are damaged.
        """
        self.checkpoints.mkdir(exist_ok=True)  # create may have been killed behind config.json
        self.sweep()
        steps = self._list_steps()
        for step in reversed(steps):
            path = self._checkpoint(step)
            try:
                state = load_checkpoint(path)
            except CheckpointError as error:
                say(f"{error.problem}; using the previous one")
                continue
            self._remove_old_checkpoints(step)
            return path, state
        if steps:
            problem = f"all checkpoints in {self.checkpoints} are damaged"
            raise CheckpointError(problem, "train again")
        return None

    def list_checkpoints(self) -> list[Path]:
        """Return the checkpoints, the newest last, sorted by the step in their names."""
        return [self._checkpoint(step) for step in self._list_steps()]

    def _list_steps(self) -> list[int]:
        if not self.checkpoints.is_dir():
            return []
        steps = []
        for name in os.listdir(self.checkpoints):
            match = CHECKPOINT_NAME.fullmatch(name)
            if match:
                steps.append(int(match[1]))
        return sorted(steps)
