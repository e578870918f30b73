"""Ctrl-C and the signal that ends a process: a run finishes its step and saves first."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType


class Interrupted(KeyboardInterrupt):
    """A signal ended the run; exit_code is 128 and the signal's number, as shells count."""

    def __init__(self, signal_number: int, text: str):
        super().__init__(text)
        self.exit_code = 128 + signal_number


@contextlib.contextmanager
def stop_at_signals(stop: Callable[[int], None]) -> Iterator[None]:
    """Call stop with the first SIGINT or SIGTERM in the block; at the second raise Interrupted."""
    is_stopping = False

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal is_stopping
        if is_stopping:
            raise Interrupted(number, "at once: what was saved before stays")
        is_stopping = True
        stop(number)

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
