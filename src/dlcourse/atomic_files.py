"""Files that are whole or absent, whatever happens while they are written."""

import contextlib
import errno
import os
import secrets
from pathlib import Path

from dlcourse.errors import EnvironmentProblem, is_disk_full

# How CIFS, FUSE, the shared folders of virtual machines and folders without the right to be read
# say that their names cannot be brought to the disk. The file itself is there.
NO_SUCH_CALL = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EPERM, errno.EACCES, errno.EBADF)
RANDOM_DIGITS = 8  # in the name of a temporary file


def write_atomically(path: Path, content: bytes, durable: bool = True) -> None:
    """Write a file so that its name holds the old or the new content at any moment.

    If durable, that is so after a power cut, too; it takes from 1 to 20 ms, depending on the disk.
    Raises: EnvironmentProblem when the file cannot be written; then only the old content stays.
    """
    # The name is unique, so that two writers cannot mix their contents in one file.
    random_digits = secrets.token_hex(RANDOM_DIGITS // 2)
    temporary = path.with_name(f".{path.name}.{random_digits}.tmp")
    try:
        try:
            _write_new(temporary, content, durable)
            os.replace(temporary, path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        if durable:
            _make_name_durable(path.parent)
    except OSError as error:
        problem = f"{path} cannot be written ({error.strerror or error})"
        remedy = "change the permissions of its folder, or use another one"
        if is_disk_full(error):
            remedy = "free some space, or use a folder on another disk"
        raise EnvironmentProblem(problem, remedy) from error


def _write_new(path: Path, content: bytes, durable: bool) -> None:
    with open(path, "xb") as file:
        file.write(content)
        file.flush()
        if durable:
            os.fsync(file.fileno())  # the content reaches the disk before its name does


def _make_name_durable(folder: Path) -> None:
    """Bring the names of a folder to the disk, where the system can: Windows has no such call."""
    if os.name == "nt":
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno not in NO_SUCH_CALL:
            raise


def sweep_temporary_files(folder: Path) -> None:
    """Remove half-written files of killed processes from a folder; the caller holds its lock."""
    digits = RANDOM_DIGITS * "[0-9a-f]"
    for path in folder.glob(f".*.{digits}.tmp"):
        with contextlib.suppress(OSError):  # Windows keeps a file that another process still writes
            path.unlink()
