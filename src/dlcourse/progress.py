"""What a run shows while it trains: a bar on a terminal, else a line an epoch; curves in TensorBoard."""

from collections.abc import Callable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Column

from dlcourse.errors import EnvironmentProblem

if TYPE_CHECKING:
    from dlcourse.training.progress import Progress


def open_tensorboard(folder: Path) -> "Callable[[Progress], None]":
    """Return what writes finished epochs into a folder, for `tensorboard --logdir FOLDER` to show.

    Raises: EnvironmentProblem when TensorBoard, which is an extra of this package, is not installed.
    """
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        problem = "--tensorboard needs the package tensorboard, which is not installed"
        raise EnvironmentProblem(problem, "pip install tensorboard") from error
    open_writer = cache(
        lambda: SummaryWriter(folder)
    )  # makes the folder: not before there is an epoch

    def log(progress: "Progress") -> None:
        for name, value in asdict(progress).items():
            if value is not None:
                open_writer().add_scalar(name, value, progress.epoch)
        open_writer().flush()

    return log


class ProgressDisplay(Bar):
    """Shows each Progress that it is called with, and hands finished epochs to a log where one is given.

    A `with` around the run ends the bar with it.
    """

    def __init__(self, stream: TextIO, log: "Callable[[Progress], None] | None" = None):
        self.log_epoch = log
        console = Console(file=stream)
        has_bar = console.is_terminal and not console.is_dumb_terminal
        cut = Column(no_wrap=True, overflow="crop")  # no "…" in an ASCII terminal
        epoch = TextColumn("{task.description}", table_column=cut)
        rest = TextColumn("{task.fields[rest]}", table_column=cut)
        columns = (epoch, BarColumn(bar_width=None), rest)
        super().__init__(
            *columns, console=console, disable=not has_bar, transient=True, expand=True
        )
        self.run = self.add_task("starting", total=None, rest="")
        self.accuracy = ""  # of the newest validation; there is none in the first epoch

    def __call__(self, progress: "Progress") -> None:
        """Show where the run stands."""
        rest = f"loss {progress.train_loss:.3f}  {self.accuracy}{_speed(progress)}"
        self.update(self.run, total=progress.total_steps, completed=progress.step, rest=rest)
        self.update(self.run, description=f"epoch {progress.epoch}/{progress.epochs}")
        if progress.validation_loss is not None:
            self.accuracy = _accuracy(progress, digits=3)
            if self.log_epoch is not None:
                self.log_epoch(progress)
            if self.disable:  # rich would end the process at a closed pipe
                print(describe_epoch(progress), file=self.console.file, flush=True)
            else:
                self.console.print(
                    describe_epoch(progress), highlight=False, markup=False, soft_wrap=True
                )


def describe_epoch(progress: "Progress") -> str:
    """Return a finished epoch as one line, in ASCII."""
    width = len(str(progress.epochs))
    epoch = f"epoch {progress.epoch:{width}}/{progress.epochs}  loss {progress.train_loss:.4f}"
    loss = f"validation loss {progress.validation_loss:.4f}"
    return f"{epoch}  {loss}  {_accuracy(progress, digits=4)}{_speed(progress)}"


def _accuracy(progress: "Progress", digits: int) -> str:
    accuracy = progress.validation_accuracy  # None where nothing is told apart
    return "" if accuracy is None else f"accuracy {accuracy:.{digits}f}  "


def _speed(progress: "Progress") -> str:
    minutes, seconds = divmod(round(progress.seconds_left), 60)
    return f"{progress.images_per_second:,.0f} images/s  {minutes}:{seconds:02} left"
