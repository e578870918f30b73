"""A run that fails or is stopped at any moment ends, once resumed, as one that was not."""

import builtins
import contextlib
import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from tiny_families import FAMILIES
from torch import nn

from dlcourse import atomic_files
from dlcourse.errors import EnvironmentProblem
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.trainer import Trainer

CONFIG = TrainConfig(  # with a checkpoint at every step
    epochs=2, learning_rate=0.05, device="cpu", checkpoint_seconds=0
)


def train(run=None, **options):
    """Begin a run or continue it; return the weights at its end."""
    inputs = torch.randn(40, 2, generator=torch.Generator().manual_seed(1))
    labels = (inputs[:, 0] > 0).long()
    batches = list(zip(inputs.split(8), labels.split(8), strict=True))
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 2))
    Trainer(model, CONFIG, run, **options).fit(batches, batches, resume=True)
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


class FailingCall:
    """A function whose n-th call fails, as on a full disk."""

    def __init__(self, function, fatal_call):
        self.function = function
        self.fatal_call = fatal_call
        self.num_calls = 0

    def __call__(self, *arguments):
        self.num_calls += 1
        if self.num_calls == self.fatal_call:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return self.function(*arguments)

    @property
    def has_failed(self):
        return self.num_calls >= self.fatal_call


@pytest.mark.parametrize(
    ("module", "name", "function"),
    [
        (atomic_files, "open", builtins.open),
        (os, "fsync", os.fsync),
        (os, "replace", os.replace),
    ],
)
def test_whichever_call_fails_the_newest_good_checkpoint_resumes(
    tmp_path, monkeypatch, module, name, function
):
    """The first call fails, then the second, and so on until a run has no more of them."""
    whole = train()
    number = 0
    has_failed = True
    while has_failed:
        number += 1
        run = RunFolder(tmp_path / f"run-{number}")
        run.create({}, CONFIG)
        failing = FailingCall(function, number)
        with monkeypatch.context() as patch:
            patch.setattr(module, name, failing, raising=False)
            with contextlib.suppress(EnvironmentProblem):
                train(run)
        has_failed = failing.has_failed
        assert not [path for path in run.path.rglob("*") if path.name.startswith(".")]
        assert torch.equal(train(run, say=pytest.fail), whole)
    assert number > 10  # a checkpoint at each of 10 steps: every one of them has failed once


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the trainings are forks")
@pytest.mark.parametrize(
    ("name", "count", "family"),
    [
        ("SIGKILL", 20, "images"),
        ("SIGTERM", 5, "images"),
        ("SIGKILL", 5, "language"),
        *(
            pytest.param(*stops, marks=pytest.mark.soak)
            for stops in [
                ("SIGKILL", 200, "images"),
                ("SIGTERM", 50, "images"),
                ("SIGKILL", 200, "language"),
                *(("SIGKILL", 5, family.name) for family in FAMILIES),
            ]
        ),
    ],
)
def test_wherever_a_run_is_stopped_it_ends_as_the_whole_one(tmp_path, name, count, family):
    script = Path(__file__).with_name("train_until_stopped.py")
    number = int(getattr(signal, name))
    command = [sys.executable, script, tmp_path, str(number), str(count), family]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    whole, *stopped = [json.loads(line) for line in done.stdout.splitlines()]
    whole.pop("endings")
    endings = []
    for run in stopped:
        endings += run.pop("endings")
        assert run == whole  # weights, metrics, and the files: nothing is left behind
    assert len(endings) >= count
    if name == "SIGKILL":
        assert set(endings) == {-number}
    else:
        # Before a process has begun to train, SIGTERM ends it as usual; from then on with 128 + 15.
        assert 143 in endings
        assert set(endings) <= {-number, 143}
