"""Ctrl-C and the signal that ends a process: a run finishes its step and saves first."""

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

EXIT_INTERRUPTED = 128 + signal.SIGINT  # as shells count


def end_at_interrupts() -> None:
    """Let Ctrl-C end this process in one line from now on, unless it is ignored, as with nohup."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupt)


def ignore_interrupts() -> None:
    """Ignore Ctrl-C from now on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Raise KeyboardInterrupt; while a module is imported, where it could be lost, end at once.

    The modules of NumPy and PyTorch make other errors of it, or print it and go on.
    """
    while frame is not None:
        if frame.f_code.co_filename == "<frozen importlib._bootstrap>":
            with contextlib.suppress(OSError):
                os.write(2, b"dlcourse: interrupted\n")
            os._exit(EXIT_INTERRUPTED)
        frame = frame.f_back
    raise KeyboardInterrupt


class Interrupted(KeyboardInterrupt):
    """A signal ended the run; exit_code is 128 plus the signal's number, as shells count."""

    def __init__(self, signal_number: int, text: str):
        super().__init__(text)
        self.exit_code = 128 + signal_number


@contextlib.contextmanager
def stop_at_signals(stop: Callable[[int], None]) -> Iterator[None]:
    """Call stop with the first SIGINT or SIGTERM in the block; at the second raise Interrupted.

    Python sets signal handlers in its main thread alone; in others the block runs without them.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    is_stopping = False

    def handle(number: int, frame: FrameType | None) -> None:
        nonlocal is_stopping
        if is_stopping:
            raise Interrupted(number, "at once; what was saved before is kept")
        is_stopping = True
        stop(number)

    handlers_before = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        handlers_before[number] = signal.signal(number, handle)
    try:
        yield
    finally:
        for number, handler in handlers_before.items():
            signal.signal(number, handler)
