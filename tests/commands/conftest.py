"""What the tests of the commands share: a folder, calls of the command line, trained runs."""

import contextlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from dlcourse.commands.app import main
from dlcourse.commands.train import train_run
from dlcourse.training.trainer import Trainer

from ..data.conftest import cifar10_folder, nowhere  # noqa: F401 (fixtures of the data's tests)

COMMAND = [sys.executable, "-m", "dlcourse"]
SENTENCE = "the quick brown fox jumps over the lazy dog\n"


DATA_DIR = os.environ.get("DLCOURSE_DATA")  # before each test takes it out of the environment


@pytest.fixture
def data_dir():
    """Return the folder that DLCOURSE_DATA names, or None."""
    return None if DATA_DIR is None else Path(DATA_DIR)


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """Run each test in a folder of its own, which is empty."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DLCOURSE_DATA", raising=False)
    monkeypatch.delenv("DLCOURSE_DEBUG", raising=False)
    return tmp_path


@pytest.fixture
def call(capsys):
    """Return a function that runs a command line; it returns the exit code, stdout and stderr."""

    def run(*words):
        exit_code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return exit_code, out, err

    return run


@pytest.fixture(scope="session")
def trained(tmp_path_factory):
    """Return a run of the digits' MLP with its recipe, and what the command wrote."""
    folder = tmp_path_factory.mktemp("runs") / "mlp"
    words = ["train", "mlp", "--run-dir", str(folder), "--json"]
    out = io.StringIO()
    err = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        exit_code = main(words)
    assert exit_code == 0, err.getvalue()
    return folder, subprocess.CompletedProcess(words, 0, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def small_text(tmp_path_factory):
    """Return a text file of 3,960 characters, 28 of them different."""
    path = tmp_path_factory.mktemp("texts") / "fox.txt"
    path.write_text(SENTENCE * 90, "utf-8")
    return path


@pytest.fixture(scope="session")
def trained_gru(tmp_path_factory, small_text):
    """Return a run of a small GRU on the small text, and what train_run returned."""
    folder = tmp_path_factory.mktemp("runs") / "gru"
    result = train_run(
        "gru",
        str(small_text),
        run_dir=folder,
        settings={"epochs": 4, "batch_size": 8, "learning_rate": 0.02},
        options={"context": 16, "hidden_features": 24, "embedding_features": 8},
        say=say_nothing,
    )
    return folder, result


def say_nothing(sentence):
    """Stand in for print."""


@contextlib.contextmanager
def at_step(step, function):
    """Let the trainings in the block report every step, and call a function after one of them."""

    def make_trainer(*arguments, report, **options):
        def report_and_call(progress):
            report(progress)
            if progress.step == step:
                function()

        return Trainer(*arguments, report=report_and_call, report_seconds=0, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dlcourse.training.trainer.Trainer", make_trainer)
        yield


def end_at_once():
    """End a training as kill -9 would: it saves nothing more."""
    raise KeyboardInterrupt


def draw_zero(path, ink="black", paper="white"):
    """Draw an ellipse of 80 x 140 pixels in the upper middle of a sheet of paper."""
    image = Image.new("RGB", (200, 200), paper)
    ImageDraw.Draw(image).ellipse([60, 30, 140, 170], outline=ink, width=18)
    image.save(path)
    return path


def read_files(folder):
    """Return the content of each file below a folder."""
    return {path: path.read_bytes() for path in sorted(Path(folder).rglob("*")) if path.is_file()}


def one_line(err):
    """Return what stderr holds, which is one line that names an error."""
    assert err.startswith("dlcourse: error: ")
    assert err.count("\n") == 1
    return err


def read_weights(folder):
    """Return the bytes of a run's weights."""
    return Path(folder, "model.safetensors").read_bytes()
