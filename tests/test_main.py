"""The command as a process: Ctrl-C at any moment, and streams that are closed or full."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has other signals and shells")
COMMAND = f'"{sys.executable}" -m dlcourse'
# A job in the background of a shell begins with Ctrl-C ignored, and so do the tests in it.
HEED_CTRL_C = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
# Ends the process with the signal at the moment at which a module begins to be imported.
AT_IMPORT = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
sys.argv[1:] = {words!r}
from dlcourse.__main__ import run
sys.exit(run())
"""


@pytest.mark.parametrize(
    ("module", "words"),
    [
        ("typer", ["--help"]),
        ("dlcourse.commands.app", ["--version"]),
        ("torch", ["info"]),
        ("numpy", ["train", "mlp"]),
        ("torch._C", ["evaluate", "run"]),
        ("dlcourse.data.digits", ["train", "mlp"]),
    ],
)
def test_ctrl_c_during_an_import_is_one_line(tmp_path, module, words):
    code = HEED_CTRL_C + AT_IMPORT.format(module=module, words=words)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path
    )
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr == "dlcourse: interrupted\n"
    assert os.listdir(tmp_path) == []


def test_ctrl_c_while_the_signal_is_set_up_is_quiet(tmp_path):
    code = HEED_CTRL_C + AT_IMPORT.format(module="dlcourse.training.signals", words=["info"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_ctrl_c_at_the_interpreters_end_does_nothing():
    code = "import atexit, os, signal, sys; sys.argv[1:] = ['--version']\n"
    code += "atexit.register(os.kill, os.getpid(), signal.SIGINT)\n"
    code += "from dlcourse.__main__ import run; sys.exit(run())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_ignored_ctrl_c_stays_ignored():
    code = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
    code += AT_IMPORT.format(module="typer", words=["--version"])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.soak
@pytest.mark.parametrize("words", ["info lenet", "train mlp --run-dir run", "train --help"])
def test_ctrl_c_at_any_moment_prints_no_traceback(tmp_path, words):
    # While Python itself starts, it prints a traceback of its own.
    for delay in range(150, 1500, 50):
        process = subprocess.Popen(
            [sys.executable, "-m", "dlcourse", *words.split()],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        time.sleep(delay / 1000)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
        assert process.returncode in (0, 2, 130), (delay, err)
        assert "Traceback" not in err, delay
        assert "Exception" not in err, delay


# Streams


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Return a folder with a run and an image."""
    folder = tmp_path_factory.mktemp("streams")
    Path(folder, "zero.pgm").write_bytes(b"P5 2 2 255 \0\xff\0\xff")
    assert shell(f"{COMMAND} train mlp --epochs 1 --run-dir run", folder)[0] == 0
    return folder


def shell(line, folder):
    """Run a line of the shell; return the exit code and what is on stderr."""
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {line}"], stderr=subprocess.PIPE, text=True, cwd=folder
    )
    return done.returncode, done.stderr


ALL_CLOSED = "<&- >&- 2>&-"
WORDS = [
    *("--version", "train -h"),
    *(
        pytest.param(words, marks=pytest.mark.soak)
        for words in (
            "evaluate run",
            "info --json",
            "predict run zero.pgm",
            "train mlp --show-config",
        )
    ),
]


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("closed", [">&-", ALL_CLOSED, "2>&- >/dev/null"])
def test_a_closed_stream_changes_nothing(folder, words, closed):
    assert shell(f"{COMMAND} {words} {closed}", folder) == (0, "")


def test_an_evaluation_is_quiet_with_closed_streams_and_for_a_reader_that_goes_away(folder):
    assert shell(f"{COMMAND} evaluate run {ALL_CLOSED}", folder) == (0, "")
    assert shell(f"{COMMAND} evaluate run 2>&1 | true", folder) == (141, "")


@pytest.mark.parametrize("words", WORDS)
def test_a_full_output_is_one_line(folder, words):
    exit_code, err = shell(f"{COMMAND} {words} >/dev/full", folder)
    assert exit_code == 5
    line = "the output or a file: No space left on device: free some space, or use another disk"
    assert err == f"dlcourse: error: {line}\n"
    assert shell(f"{COMMAND} {words} >/dev/full 2>/dev/full", folder) == (5, "")


@pytest.mark.parametrize("words", WORDS)
def test_a_reader_that_goes_away_is_quiet(folder, words):
    for end in ("", "2>&1"):
        assert shell(f"{COMMAND} {words} {end} | true", folder) == (141, "")


@pytest.mark.parametrize(
    "closed", [ALL_CLOSED, pytest.param("--json 2>&- >/dev/null", marks=pytest.mark.soak)]
)
def test_a_run_without_streams_is_whole(folder, closed):
    line = f"{COMMAND} train mlp --epochs 2 --run-dir whole --overwrite {closed}"
    assert shell(line, folder) == (0, "")
    assert shell(f"{COMMAND} evaluate whole >/dev/null", folder) == (0, "")
    assert len(Path(folder, "whole/metrics.csv").read_text().splitlines()) == 3
    names = {path.name for path in Path(folder, "whole").iterdir()}
    assert names >= {"config.json", "model.safetensors", "learning_curve.png"}


def test_without_a_stream_for_errors_the_output_is_the_result_alone(folder):
    line = f"{COMMAND} train mlp --epochs 1 --run-dir alone --json 2>&-"
    done = subprocess.run(["bash", "-c", line], stdout=subprocess.PIPE, text=True, cwd=folder)
    (result,) = done.stdout.splitlines()
    assert json.loads(result)["epochs"] == 1


def test_a_run_that_lost_its_reader_can_be_resumed(folder):
    train = f"{COMMAND} train mlp --epochs 2 --run-dir lost"
    assert shell(f"{train} | head -1 >/dev/null", folder) == (141, "")
    assert shell(f"{train} --resume >/dev/null", folder) == (0, "")
