"""Files that are whole or absent, whatever happens while they are written."""

import contextlib
import os
import secrets
from pathlib import Path

from dlcourse.errors import EnvironmentProblem


def write_atomically(path: Path, content: bytes, durable: bool = True) -> None:
    """Write a file so that its name holds the old or the new content at any moment.

    That is so after a power cut, too, if durable: it takes from 1 to 20 ms, as long as the disk
    does.
    Raises: EnvironmentProblem when the file cannot be written; then the old content stays, and
        nothing else.
    """
    # The name is unique, so that two writers cannot tear each other's file.
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    try:
        try:
            with open(temporary, "xb") as file:
                file.write(content)
                file.flush()
                if durable:
                    os.fsync(file.fileno())  # the content reaches the disk before its name does
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        if durable and os.name != "nt":  # which has no such call
            folder = os.open(path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)  # the name, too
            finally:
                os.close(folder)
    except OSError as error:
        problem = f"{path} cannot be written ({error.strerror or error})"
        raise EnvironmentProblem(problem, "free some space or choose another --run-dir") from error


def sweep_temporary_files(folder: Path) -> None:
    """Remove what killed processes left half-written in a folder, on which the caller holds the lock."""
    for path in folder.glob(f".*.{8 * '[0-9a-f]'}.tmp"):
        with contextlib.suppress(
            OSError
        ):  # Windows keeps a file that someone still writes, and rightly
            path.unlink()
