"""Writing: the old file or the new one, never half of either, and no litter."""

import builtins
import errno
import os
import stat
import subprocess
import sys

import pytest

from dlcourse import atomic_files
from dlcourse.atomic_files import sweep_temporary_files, write_atomically
from dlcourse.errors import EnvironmentProblem


def names(folder):
    return sorted(path.name for path in folder.iterdir())


class FailingFile:
    """A file whose disk is full after half of what is written."""

    def __init__(self, file):
        self.file = file

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.file.close()

    def write(self, content):
        self.file.write(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def open_failing(*arguments):
    return FailingFile(builtins.open(*arguments))


def fail(*_, **__):
    raise OSError(errno.EIO, os.strerror(errno.EIO))


@pytest.mark.parametrize("call", ["open", "write", "fsync", "replace", "fsync of the folder"])
def test_a_failing_call_leaves_the_old_or_the_new_file_alone(tmp_path, monkeypatch, call):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    real_fsync = os.fsync
    if call == "open":
        monkeypatch.setattr(atomic_files, "open", fail, raising=False)
    elif call == "write":
        monkeypatch.setattr(atomic_files, "open", open_failing, raising=False)
    elif call == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    elif call == "replace":
        monkeypatch.setattr(os, "replace", fail)
    else:
        calls = iter([real_fsync, fail])
        monkeypatch.setattr(os, "fsync", lambda descriptor: next(calls)(descriptor))
    with pytest.raises(EnvironmentProblem, match="cannot be written"):
        write_atomically(path, b"new")
    expected = b"new" if call == "fsync of the folder" else b"old"
    assert path.read_bytes() == expected
    assert names(tmp_path) == ["file"]


NUMBERS = [errno.EINVAL, errno.ENOTSUP, errno.ENOSYS, errno.EPERM, errno.EACCES, errno.EBADF]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_folder_that_cannot_be_synced_is_passed_over(tmp_path, monkeypatch, number):
    """CIFS and the shared folders of virtual machines answer so; the file itself is synced."""
    real_fsync = os.fsync

    def fsync(descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, os.strerror(number))
        real_fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    write_atomically(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows opens no folder")
def test_a_folder_that_cannot_be_opened_is_passed_over(tmp_path, monkeypatch):
    real_open = os.open

    def open_file(path, *arguments, **options):
        if os.path.isdir(path):  # a folder with the right to write and without the right to read
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real_open(path, *arguments, **options)

    monkeypatch.setattr(os, "open", open_file)
    write_atomically(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.ENOSPC, "free some space, or use a folder on another disk"),
        (errno.EDQUOT, "free some space, or use a folder on another disk"),
        (errno.EROFS, "change the permissions of its folder, or use another one"),
        (errno.EXDEV, "change the permissions of its folder, or use another one"),
    ],
)
def test_the_remedy_follows_from_the_reason(tmp_path, monkeypatch, number, remedy):
    def replace(source, target):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", replace)
    with pytest.raises(EnvironmentProblem, match="file cannot be written") as caught:
        write_atomically(tmp_path / "file", b"new")
    assert caught.value.remedy == remedy
    assert names(tmp_path) == []


def test_the_content_reaches_the_disk_before_its_name_does(tmp_path, monkeypatch):
    order = []
    real_fsync = os.fsync
    real_replace = os.replace

    def note_fsync(descriptor):
        order.append("fsync")
        real_fsync(descriptor)

    def note_replace(source, target):
        order.append("replace")
        real_replace(source, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_replace)
    write_atomically(tmp_path / "file", b"new")
    expected = ["fsync", "replace"]
    if os.name != "nt":
        expected.append("fsync")  # of the folder
    assert order == expected


def test_what_need_not_outlive_a_power_cut_does_not_wait_for_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", fail)
    write_atomically(tmp_path / "file", b"new", durable=False)
    assert (tmp_path / "file").read_bytes() == b"new"
    assert names(tmp_path) == ["file"]


def test_an_interrupt_while_writing_leaves_no_litter(tmp_path, monkeypatch):
    def interrupt(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "file", b"new")
    assert names(tmp_path) == []


def test_only_half_written_files_are_swept(tmp_path):
    code = """
import os, sys
from pathlib import Path
from dlcourse.atomic_files import write_atomically
os.fsync = lambda descriptor: os._exit(9)
write_atomically(Path(sys.argv[1], "file"), b"new")
"""
    assert subprocess.run([sys.executable, "-c", code, tmp_path]).returncode == 9
    assert len(names(tmp_path)) == 1
    others = [".file.tmp", ".file.x-1.tmp", "file", "notes.tmp"]
    for name in others:
        (tmp_path / name).touch()
    sweep_temporary_files(tmp_path)
    assert names(tmp_path) == others
