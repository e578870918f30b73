import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from dlcourse.commands.app import main
from dlcourse.training.checkpoint import load_checkpoint
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder


def assert_it_evaluates(kill, capsys):
    """Evaluate a killed run; it may have no checkpoint if no epoch was saved."""
    exit_code = main(["evaluate", kill["run_dir"], "--json"])
    said = capsys.readouterr()
    if exit_code == 0:
        assert 0 <= json.loads(said.out)["test_accuracy"] <= 1
        return
    assert kill["saved_epochs"] == 0
    assert exit_code == 4
    assert said.err.count("\n") == 1
    assert "no checkpoint yet" in said.err or "there is no run folder" in said.err


def assert_nothing_is_half_written(run):
    """Load every checkpoint; begin a new run, which leaves only its own file."""
    for path in run.list_checkpoints():
        load_checkpoint(path)
    if run.config.exists():
        run.create({}, TrainConfig(), overwrite=True)
        files = [path for path in run.path.rglob("*") if path.is_file()]
        assert files == [run.config]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the trainings are forks")
@pytest.mark.parametrize("count", [15, pytest.param(200, marks=pytest.mark.soak)])
def test_a_killed_run_evaluates_or_says_that_it_has_no_checkpoint_yet(tmp_path, capsys, count):
    script = Path(__file__).with_name("train_until_killed.py")
    command = [sys.executable, script, tmp_path, str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    kills = [json.loads(line) for line in done.stdout.splitlines()]
    assert [kill["signal"] for kill in kills] == [signal.SIGKILL] * count
    phases = Counter(kill["phase"] for kill in kills)
    assert phases["mid-epoch"] >= 3
    assert phases["saving"] >= 2
    for kill in kills:
        assert_it_evaluates(kill, capsys)
        assert_nothing_is_half_written(RunFolder(kill["run_dir"]))
