"""A lock on a run's folder, by the system's file lock: a process that dies releases it."""

import contextlib
import os
import socket
from collections.abc import Iterator
from pathlib import Path

from dlcourse.errors import EnvironmentProblem


@contextlib.contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Hold the lock on a file while the block runs; a file NAME.owner says who does.

    Both files are removed at the end.

    Raises: EnvironmentProblem when another process holds it, naming that process, or no file can be
        written.
    """
    from filelock import FileLock, Timeout  # takes 0.03 s

    lock = FileLock(path)
    owner = path.with_name(f"{path.name}.owner")
    try:
        lock.acquire(blocking=False)
        owner.write_text(f"process {os.getpid()} on {socket.gethostname()}", encoding="utf-8")
    except Timeout:
        holder = _read_owner(owner)
        remedy = "wait until it ends, or choose another --run-dir"
        raise EnvironmentProblem(f"{path.parent} is in use by {holder}", remedy) from None
    except OSError as error:
        problem = f"{path} cannot be written ({error.strerror})"
        remedy = "choose another --run-dir; to continue a run, copy it there"
        raise EnvironmentProblem(problem, remedy) from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):  # Windows keeps an open file
            owner.unlink()
            # Before the release: a process that has opened it meanwhile sees that it is gone, and
            # retries.
            path.unlink()
        lock.release()


def _read_owner(owner: Path) -> str:
    try:
        return owner.read_text(encoding="utf-8") or "another process"
    except OSError:  # it may have released the lock by now
        return "another process"
