"""What a run shows while it trains: a bar on a terminal, one plain line an epoch elsewhere."""

from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as Bar
from rich.table import Column

if TYPE_CHECKING:
    from dlcourse.training.progress import Progress


class ProgressDisplay(Bar):
    """Shows each Progress that it is called with; a `with` around the run ends the bar with it."""

    def __init__(self, stream: TextIO):
        console = Console(file=stream)
        has_bar = console.is_terminal and not console.is_dumb_terminal
        # no "…" in an ASCII terminal
        left, right = (Column(no_wrap=True, overflow="crop") for _ in range(2))
        columns = (
            TextColumn("{task.description}", table_column=left),
            BarColumn(bar_width=None),
            TextColumn("{task.fields[rest]}", table_column=right),
        )
        super().__init__(*columns, console=console, disable=not has_bar, transient=True, expand=True)
        self.run = self.add_task("starting", total=None, rest="")
        self.accuracy = ""  # of the newest validation; there is none in the first epoch

    def __call__(self, progress: "Progress") -> None:
        """Show where the run stands."""
        rest = f"loss {progress.train_loss:.3f}  {self.accuracy}{_speed(progress)}"
        self.update(self.run, total=progress.total_steps, completed=progress.step, rest=rest)
        self.update(self.run, description=f"epoch {progress.epoch}/{progress.epochs}")
        if progress.validation_loss is not None:
            self.accuracy = f"accuracy {progress.validation_accuracy:.3f}  "
            self.console.print(describe_epoch(progress), highlight=False, markup=False, soft_wrap=True)


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
