"""Runs that were stopped and resumed, by Ctrl-C, by SIGTERM, or by the end of their process."""

import os
import signal
import subprocess
from functools import partial
from pathlib import Path

import pytest

from dlcourse.commands.train import train_run

from .conftest import (
    COMMAND,
    at_step,
    end_at_once,
    one_line,
    read_files,
    read_weights,
    say_nothing,
)

interrupt = partial(signal.raise_signal, signal.SIGINT)


@pytest.mark.parametrize("model", ["mlp", "cnn", "lenet", "vgg"])
def test_a_resumed_run_is_that_which_nothing_interrupted(call, model):
    words = ("train", model, "--epochs", 2, "--augment", "shift", "--run-dir")
    whole = train_run(
        model, run_dir="whole", settings={"epochs": 2, "augment": "shift"}, say=say_nothing
    )
    with at_step(7, interrupt):
        exit_code, _, err = call(*words, "run")
    assert exit_code == 130
    assert "step 7 of" in err.splitlines()[-1]
    result = train_run(model, run_dir="run", resume=True, say=say_nothing)
    assert (result["epochs"], result["test_loss"]) == (2, whole["test_loss"])
    assert read_weights("run") == read_weights("whole")


def test_resume_starts_a_run_that_is_not_there(call):
    exit_code, out, _ = call("train", "mlp", "--epochs", 1, "--resume")
    assert exit_code == 0
    assert "there is no run in " in out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("mlp --batch-size 64", 2, "--batch-size must be 32, as when the run was started, got 64"),
        (
            "mlp --seed 5",
            2,
            "--seed must be 0, as when the run was started, got 5: leave it out, or start",
        ),
        ("cnn", 4, "has model mlp, not cnn"),
        ("mlp mnist", 4, "has data digits, not mnist"),
        ("mlp --overwrite", 2, "--resume cannot be given with --overwrite"),
    ],
)
def test_what_a_resumed_run_cannot_be_is_named(call, trained, monkeypatch, words, code, said):
    from dlcourse.data.digits import load_digits

    monkeypatch.setattr("dlcourse.data.mnist.load_mnist", lambda data_dir: load_digits())
    folder, _ = trained
    before = read_files(folder)
    exit_code, _, err = call("train", *words.split(), "--resume", "--run-dir", folder)
    assert exit_code == code
    assert said in one_line(err)
    assert read_files(folder) == before


def test_an_interrupt_keeps_the_finished_epochs(call):
    num_steps = 41  # of an epoch with 32 of 1,293 images in a step
    with at_step(2 * num_steps + 1, end_at_once):
        exit_code, _, err = call("train", "mlp")
    assert (exit_code, err) == (130, "dlcourse: interrupted\n")
    assert call("evaluate", "runs/mlp")[0] == 0


# Real processes


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_in_one_line_and_the_run_goes_on_later(call, number):
    process = subprocess.Popen(
        [*COMMAND, "train", "mlp", "--epochs", "100000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while "epoch" not in process.stdout.readline().split(" "):
        assert process.poll() is None
    exit_code, _, in_use = call("train", "mlp")
    assert exit_code == 5
    assert f"is in use by process {process.pid}" in one_line(in_use)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert err.startswith("dlcourse: interrupted: step ")
    assert err.endswith(f"saved in {Path('runs', 'mlp')}; continue with --resume\n")
    assert err.count("\n") == 1
    assert call("evaluate", "runs/mlp")[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="Windows reports a closed pipe as another error")
def test_a_closed_pipe_is_quiet_in_an_ascii_terminal_of_20_columns(call):
    environment = {**os.environ, "TERM": "dumb", "PYTHONIOENCODING": "ascii", "COLUMNS": "20"}
    process = subprocess.Popen(
        [*COMMAND, "train", "mlp", "--epochs", "100000", "--run-dir", "läuft"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    while not process.stdout.readline().startswith("epoch "):
        assert process.poll() is None
    process.stdout.close()
    assert process.wait(timeout=60) == 141
    assert process.stderr.read() == ""
    process.stderr.close()
    assert call("evaluate", "läuft")[0] == 0
