"""What can go wrong in a run, and the exit code the command line gives it.

    DLCourseError          the family; catch it to catch them all
    ├── UsageError         2  the command line cannot be followed
    ├── DataError          3  a data set is missing, damaged or of the wrong kind
    ├── CheckpointError    4  a run folder or its files cannot be read
    ├── EnvironmentProblem 5  device, memory, disk or network are not as asked
    └── TrainingDiverged   6  the loss is no longer a finite number

A wrong argument is a plain ValueError or TypeError where it comes in (exit code 2 on the command
line).
"""

import difflib
import errno
from collections.abc import Iterable


class DLCourseError(Exception):
    """An error that the user can fix: what is wrong, the value that was given, and what to do."""

    exit_code = 1

    def __init__(self, problem: str, remedy: str):
        super().__init__(f"{problem}: {remedy}")
        self.problem = problem
        self.remedy = remedy


class UsageError(DLCourseError):
    """The command line cannot be followed."""

    exit_code = 2


class DataError(DLCourseError):
    """A data set is missing, damaged or of the wrong kind."""

    exit_code = 3


class CheckpointError(DLCourseError):
    """A run folder or one of its files is missing, damaged or of another model."""

    exit_code = 4


class EnvironmentProblem(DLCourseError):
    """The device, the memory, the disk or the network is not as the run needs it."""

    exit_code = 5


class TrainingDiverged(DLCourseError):
    """The loss became NaN or infinite."""

    exit_code = 6


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error is PyTorch's or Python's way to say that the memory is not enough."""
    is_said = "out of memory" in str(error) or "can't allocate" in str(error)
    return isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and is_said)


def is_lost_process(error: BaseException) -> bool:
    """Tell whether an error of PyTorch says that another process exited or stopped responding."""
    is_known = "gloo" in str(error) or type(error).__name__.startswith("Dist")
    return isinstance(error, RuntimeError) and is_known


def is_disk_full(error: OSError) -> bool:
    """Tell whether a file could not be written because the disk or a quota is full."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def unknown_name(kind: str, name: str, known: Iterable[str]) -> UsageError:
    """Return the error for a name that is not one of the known ones; it suggests a similar one."""
    names = list(known)
    remedy = f"choose one of {', '.join(names)}"
    nearest = difflib.get_close_matches(name.lower(), names, n=1)
    if nearest:
        remedy = f"did you mean {nearest[0]}? There are {', '.join(names)}"
    return UsageError(f"there is no {kind} {name!r}", remedy)


def make_printable(text: str) -> str:
    r"""Escape what cannot be printed, such as a line break (\n) in the name of a file."""
    return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)
