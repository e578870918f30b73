import errno
import os
import signal
import subprocess
import sys

import pytest

from dlcourse.errors import EnvironmentProblem
from dlcourse.training.file_lock import hold_lock

HOLD = """
import sys
from pathlib import Path
from dlcourse.training.file_lock import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the lock."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path / "lock"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout.readline() == "held\n"
    yield process
    process.communicate()


def test_a_held_lock_is_refused_and_its_holder_named(tmp_path, holder):
    with (
        pytest.raises(EnvironmentProblem, match=f"is in use by process {holder.pid} on"),
        hold_lock(tmp_path / "lock"),
    ):
        pytest.fail("both hold the lock")


def test_a_lock_is_free_after_its_holder_and_leaves_no_file(tmp_path, holder):
    holder.communicate()
    for _ in range(2):
        with hold_lock(tmp_path / "lock"):
            assert f"process {os.getpid()} on" in (tmp_path / "lock.owner").read_text()
        assert os.listdir(tmp_path) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_holders_lock_is_free(tmp_path, holder):
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (tmp_path / "lock.owner").exists()
    with hold_lock(tmp_path / "lock"):
        assert f"process {os.getpid()} on" in (tmp_path / "lock.owner").read_text()
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the racers are forks")
@pytest.mark.parametrize("count", [5, pytest.param(50, marks=pytest.mark.soak)])
def test_of_two_that_race_for_a_lock_never_both_hold_it(tmp_path, count):
    """Each racer takes and gives back the lock many times, and makes a folder while it holds it."""
    script = """
import os, sys
from pathlib import Path
from dlcourse.errors import EnvironmentProblem
from dlcourse.training.file_lock import hold_lock
folder = Path(sys.argv[1])
won = 0
child = os.fork()
while won < int(sys.argv[2]) * 20:
    try:
        with hold_lock(folder / "lock"):
            os.mkdir(folder / "held")  # fails when another holds it, too
            os.rmdir(folder / "held")
            won += 1
    except EnvironmentProblem:
        pass
if child == 0:
    os._exit(0)
sys.exit(os.waitpid(child, 0)[1])
"""
    done = subprocess.run(
        [sys.executable, "-c", script, tmp_path, str(count)], capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other locks")
def test_a_disk_without_locks_is_named(tmp_path, monkeypatch):
    import fcntl

    def flock(descriptor, operation):
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)
    with (
        pytest.raises(EnvironmentProblem, match="No locks available") as caught,
        hold_lock(tmp_path / ".lock"),
    ):
        pass
    assert caught.value.remedy == "choose another --run-dir; to continue a run, copy it there"
