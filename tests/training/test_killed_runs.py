import json
import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from dlcourse.cli import main

from dlcourse.training.checkpoint import load_checkpoint
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the trainings are forks")
@pytest.mark.parametrize("count", [15, pytest.param(200, marks=pytest.mark.soak)])
def test_a_killed_run_evaluates_or_says_that_it_has_no_checkpoint_yet(tmp_path, capsys, count):
    script = Path(__file__).with_name("train_until_killed.py")
    done = subprocess.run(
        [sys.executable, script, tmp_path, str(count)], capture_output=True, text=True, check=True
    )
    kills = [json.loads(line) for line in done.stdout.splitlines()]
    assert [kill["signal"] for kill in kills] == [signal.SIGKILL] * count
    phases = Counter(kill["phase"] for kill in kills)
    assert phases["mid-epoch"] >= 3
    assert phases["saving"] >= 2

    for kill in kills:
        exit_code = main(["evaluate", kill["run_dir"], "--json"])
        said = capsys.readouterr()
        if exit_code == 0:
            assert 0 <= json.loads(said.out)["test_accuracy"] <= 1
        else:
            assert kill["saved_epochs"] == 0
            assert exit_code == 4
            assert said.err.count("\n") == 1
            assert "no checkpoint yet" in said.err or "there is no run folder" in said.err
        run = RunFolder(kill["run_dir"])
        for path in run.list_checkpoints():
            load_checkpoint(path)
        if run.config.exists():
            run.create({}, TrainConfig(), overwrite=True)
            assert [path for path in run.path.rglob("*") if path.is_file()] == [
                run.config
            ]  # no litter stays
