"""Seconds of training, and what is due: a report, the files of an epoch, a checkpoint."""

import time

REPORT_SECONDS = 0.1  # between two reports inside an epoch; more often than the eye can follow
FILE_SECONDS = 1.0  # between two epochs that end with files: a disk may take longer than an epoch


class Clock:
    """Counts the seconds of the training steps, without validation and saving.

    Units: seconds. The first report and the files of the first epoch are due at once.
    """

    def __init__(self, checkpoint_seconds: float, report_seconds: float, file_seconds: float):
        now = time.monotonic()
        self.training_seconds = 0.0
        self.checkpoint_seconds = checkpoint_seconds
        self.report_seconds = report_seconds
        self.file_seconds = file_seconds
        self._counted_until = now
        self._next_report = now
        self._next_files = now
        self._next_checkpoint = now + checkpoint_seconds

    def start(self) -> None:
        """Start counting; the time before is not training time."""
        self._counted_until = time.monotonic()

    def count(self) -> None:
        """Count the seconds since the last call, or since `start`."""
        now = time.monotonic()
        self.training_seconds += now - self._counted_until
        self._counted_until = now

    def is_report_due(self) -> bool:
        """Whether it is time for a report inside an epoch."""
        return time.monotonic() >= self._next_report

    def is_checkpoint_due(self) -> bool:
        """Whether it is time for a checkpoint inside an epoch."""
        return time.monotonic() >= self._next_checkpoint

    def is_anything_due(self) -> bool:
        """Whether a report or a checkpoint is due; this is asked after every step."""
        now = time.monotonic()
        return now >= self._next_report or now >= self._next_checkpoint

    def are_files_due(self) -> bool:
        """Whether an epoch that ends now is to be saved."""
        return time.monotonic() >= min(self._next_files, self._next_checkpoint)

    def note_report(self) -> None:
        """Let the next report wait."""
        self._next_report = time.monotonic() + self.report_seconds

    def note_files(self) -> None:
        """Let the next files of an epoch wait."""
        self._next_files = time.monotonic() + self.file_seconds

    def note_checkpoint(self) -> None:
        """Let the next checkpoint wait."""
        self._next_checkpoint = time.monotonic() + self.checkpoint_seconds
