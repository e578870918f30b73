"""The progress of loading a folder or downloading a data set, if it takes a while."""

import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE_SECONDS = 1.0  # before anything is shown
LINE_SECONDS = 10.0  # between two lines where there is no terminal


class ReadingDisplay:
    """Show a bar on a terminal; it is called with the work, how much is done and how much there is.

    Elsewhere it prints a line now and then. A total of 0 is not known.
    """

    def __init__(self, stream: TextIO):
        self.stream = stream
        self.work = ""
        self.next_seconds = 0.0
        self.bar: Progress | None = None

    def __call__(self, work: str, done: int, total: int) -> None:
        """Show how far the work has come."""
        now = time.monotonic()
        if work != self.work:
            self.close()
            self.work = work
            self.next_seconds = now + PATIENCE_SECONDS
        if self.bar is None and now >= self.next_seconds:
            self._show(work, done, total)
            self.next_seconds = now + LINE_SECONDS
        if self.bar is not None:
            self.bar.update(self.bar.task_ids[0], completed=done, total=total or None)
            if done == total:
                self.close()

    def close(self) -> None:
        """Remove the bar."""
        if self.bar is not None:
            self.bar.stop()
            self.bar = None

    def _show(self, work: str, done: int, total: int) -> None:
        from rich.console import Console  # here, because most commands need no bar
        from rich.progress import Progress

        console = Console(file=self.stream)
        if console.is_terminal and not console.is_dumb_terminal:
            self.bar = Progress(console=console, transient=True)
            self.bar.add_task(work, total=total or None)
            self.bar.start()
        else:
            of_total = f" of {total:,}" if total else ""
            print(f"{work}: {done:,}{of_total}", file=self.stream, flush=True)
