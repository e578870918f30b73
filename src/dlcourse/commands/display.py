"""The progress of a run: a bar on a terminal, one line per epoch, and TensorBoard's curves."""

from collections.abc import Callable
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
    """Return a function that writes finished epochs to a folder for `tensorboard --logdir FOLDER`.

    Raises: EnvironmentProblem when TensorBoard, which is an extra of this package, is not
        installed.
    """
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError as error:
        problem = "--tensorboard needs the package tensorboard, which is not installed"
        raise EnvironmentProblem(problem, "pip install tensorboard") from error
    # The writer makes the folder when it is opened: not before there is an epoch.
    open_writer = cache(lambda: SummaryWriter(folder))

    def log(progress: "Progress") -> None:
        writer = open_writer()
        for name, value in progress.as_row().items():
            writer.add_scalar(name, value, progress.epoch)
        writer.flush()

    return log


class ProgressDisplay(Bar):
    """Shows each Progress that it is called with; finished epochs go to a log, if there is one.

    The bar begins with the first Progress. A `with` around the run ends it.
    """

    def __init__(
        self,
        stream: TextIO,
        log: "Callable[[Progress], None] | None" = None,
        example_name: str = "images",
    ):
        self.log_epoch = log
        self.example_name = example_name
        console = Console(file=stream)
        has_bar = console.is_terminal and not console.is_dumb_terminal
        cropped = Column(no_wrap=True, overflow="crop")  # no "…" in an ASCII terminal
        super().__init__(
            TextColumn("{task.description}", table_column=cropped),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[rest]}", table_column=cropped),
            console=console,
            disable=not has_bar,
            transient=True,
            expand=True,
        )
        self.run = self.add_task("starting", total=None, rest="")
        self.newest_figures = ""  # of the last validation; there is none in the first epoch

    def __enter__(self) -> "ProgressDisplay":
        return self  # rich would start the bar here, before the run has said what it does

    def __call__(self, progress: "Progress") -> None:
        """Show where the run stands."""
        self.start()
        speed = describe_speed(progress, self.example_name)
        self.update(
            self.run,
            total=progress.total_steps,
            completed=progress.step,
            description=f"epoch {progress.epoch}/{progress.epochs}",
            rest=f"loss {progress.train_loss:.3f}  {self.newest_figures}{speed}",
        )
        if progress.is_epoch_end:
            self.newest_figures = describe_figures(progress, digits=3)
            if self.log_epoch is not None:
                self.log_epoch(progress)
            self._print_line(describe_epoch(progress, self.example_name))

    def _print_line(self, line: str) -> None:
        if self.disable:  # rich would end the process at a closed pipe
            print(line, file=self.console.file, flush=True)
        else:
            self.console.print(line, highlight=False, markup=False, soft_wrap=True)


def describe_epoch(progress: "Progress", example_name: str = "images") -> str:
    """Return a finished epoch as one line, in ASCII."""
    width = len(str(progress.epochs))
    parts = [
        f"epoch {progress.epoch:{width}}/{progress.epochs}",
        f"loss {progress.train_loss:.4f}",
    ]
    if "loss" in progress.figures:
        parts.append(f"validation loss {progress.figures['loss']:.4f}")
    line = "  ".join(parts)
    return f"{line}  {describe_figures(progress, digits=4)}{describe_speed(progress, example_name)}"


def describe_figures(progress: "Progress", digits: int) -> str:
    """Return the figures of the validation other than its loss, each followed by two spaces."""
    parts = []
    for name, value in progress.figures.items():
        if name != "loss":
            parts.append(f"{name.replace('_', ' ')} {value:.{digits}f}  ")
    return "".join(parts)


def describe_speed(progress: "Progress", example_name: str) -> str:
    """Return the number of training examples per second, and the minutes that are left."""
    minutes, seconds = divmod(round(progress.seconds_left), 60)
    speed = f"{progress.examples_per_second:,.0f} {example_name}/s"
    return f"{speed}  {minutes}:{seconds:02} left"
