"""One run, one folder: the system's own file lock, which a process that dies lets go of, however it dies."""

import contextlib
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from dlcourse.errors import EnvironmentProblem

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[str]) -> None:
        file.seek(1_000)  # beyond the text, which others may read
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold the lock on a file while the block runs; the file says who does, and goes at the end.

    Raises: EnvironmentProblem when another process holds it, naming that process.
    """
    with _open_locked(path) as file:
        file.truncate(0)
        file.write(f"process {os.getpid()} on {socket.gethostname()}")
        file.flush()
        try:
            yield
        finally:
            with contextlib.suppress(OSError):  # Windows keeps an open file
                path.unlink()


def _open_locked(path: Path) -> IO[str]:
    while True:
        try:
            file = open(path, "a+", encoding="utf-8")  # noqa: SIM115  (the caller closes it)
        except OSError as error:
            problem = f"{path} cannot be written ({error.strerror})"
            raise EnvironmentProblem(problem, "choose another --run-dir") from error
        try:
            _take(file)
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
        except (BlockingIOError, PermissionError):
            file.seek(0)
            owner = file.read() or "another process"
            file.close()
            mend = "wait for its end, or choose another --run-dir"
            raise EnvironmentProblem(f"{path.parent} is in use by {owner}", mend) from None
        except FileNotFoundError:
            pass
        except OSError:  # a file system without locks: the run is worth more than the guard
            return file
        file.close()  # its owner removed it between our opening and our locking it: take the new one
