"""What a run shows while it trains: a bar on a terminal, one plain line an epoch elsewhere."""

from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Column

if TYPE_CHECKING:
    from dlcourse.training.progress import Progress


class ProgressDisplay:
    """Shows each Progress that it is called with; a `with` around the run ends the bar with it."""

    def __init__(self, stream: TextIO):
        self.stream = stream
        console = Console(file=stream)
        self.bar = None
        self.accuracy = ""  # of the newest validation; there is none in the first epoch
        if console.is_terminal and not console.is_dumb_terminal:
            # no "…" in an ASCII terminal
            left, right = (Column(no_wrap=True, overflow="crop") for _ in range(2))
            columns = [
                TextColumn("{task.description}", table_column=left),
                BarColumn(bar_width=None),
                TextColumn("{task.fields[rest]}", table_column=right),
            ]
            self.bar = Bar(*columns, console=console, transient=True, expand=True)
            self.task = self.bar.add_task("starting", total=None, rest="")

    def __enter__(self) -> "ProgressDisplay":
        if self.bar is not None:
            self.bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()

    def __call__(self, progress: "Progress") -> None:
        """Show where the run stands."""
        if self.bar is not None:
            rest = f"loss {progress.train_loss:.3f}  {self.accuracy}{_speed(progress)}"
            self.bar.update(self.task, total=progress.total_steps, completed=progress.step, rest=rest)
            self.bar.update(self.task, description=f"epoch {progress.epoch}/{progress.epochs}")
        if progress.validation_loss is not None:
            line = describe_epoch(progress)
            self.accuracy = f"accuracy {progress.validation_accuracy:.3f}  "
            if self.bar is not None:
                self.bar.console.print(line, highlight=False, markup=False, soft_wrap=True)
            else:
                print(line, file=self.stream, flush=True)


def describe_epoch(progress: "Progress") -> str:
    """Return a finished epoch as one line, in ASCII."""
    width = len(str(progress.epochs))
    return (
        f"epoch {progress.epoch:{width}}/{progress.epochs}  loss {progress.train_loss:.4f}  "
        f"validation loss {progress.validation_loss:.4f}  accuracy {progress.validation_accuracy:.4f}  "
        f"{_speed(progress)}"
    )


def _speed(progress: "Progress") -> str:
    minutes, seconds = divmod(round(progress.seconds_left), 60)
    return f"{progress.images_per_second:,.0f} images/s  {minutes}:{seconds:02} left"
