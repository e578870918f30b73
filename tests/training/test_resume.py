"""A run that was stopped ends as one that was not: bit for bit, on a CPU with as many threads."""

import builtins
import contextlib
import errno
import itertools
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from dlcourse.signals import Interrupted
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from dlcourse import atomic_files
from dlcourse.errors import CheckpointError, EnvironmentProblem
from dlcourse.training.checkpoint import load_checkpoint, save_checkpoint
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.trainer import Trainer

CONFIG = TrainConfig(
    epochs=2, learning_rate=0.05, device="cpu", checkpoint_seconds=0
)  # one at every step


def make_batches(count=40):
    inputs = torch.randn(count, 2, generator=torch.Generator().manual_seed(1))
    return list(zip(inputs.split(8), (inputs[:, 0] > 0).long().split(8), strict=True))


def make_trainer(run, config=CONFIG, model=None, say=print):
    torch.manual_seed(0)
    model = model or nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 2))
    return Trainer(model, config, run, say=say)


def weights(trainer):
    return torch.cat([parameter.detach().flatten() for parameter in trainer.model.parameters()])


@pytest.fixture
def whole():
    """The weights of the run that nothing stops."""
    trainer = make_trainer(None)
    trainer.fit(make_batches(), make_batches())
    return weights(trainer)


@pytest.fixture
def run(tmp_path):
    run = RunFolder(tmp_path / "run")
    run.create({}, CONFIG)
    return run


def stop_at(run, step):
    """Train until a step, as at a signal."""
    batches, trainer = make_batches(), make_trainer(run)

    class Stopping(list):
        def __iter__(self):
            for number, batch in enumerate(list.__iter__(self), start=1):
                if number == step:
                    trainer.stop(signal.SIGTERM)
                yield batch

    with pytest.raises(
        Interrupted, match=rf"step {step} of 10 is done: saved in .*run, go on with --resume"
    ) as stopped:
        trainer.fit(Stopping(batches), batches)
    assert stopped.value.exit_code == 143


@pytest.mark.parametrize("step", [1, 3, 5])  # 5 is the end of an epoch
def test_a_stopped_run_ends_as_the_whole_one(run, whole, step):
    stop_at(run, step)
    trainer = make_trainer(run)
    trainer.fit(make_batches(), make_batches(), resume=True)
    assert torch.equal(weights(trainer), whole)
    assert [row.epoch for row in trainer.history] == [1, 2]
    assert [line.split(",")[0] for line in run.metrics.read_text().splitlines()] == [
        "epoch",
        "1",
        "2",
    ]


def test_a_run_may_stop_after_epochs_without_a_checkpoint(run, monkeypatch):
    monkeypatch.setattr(
        "dlcourse.training.trainer.FILE_SECONDS", 1e9
    )  # the first epoch's files, then none
    config = TrainConfig(epochs=3, learning_rate=0.05, device="cpu")

    def train(run, stop_after=0, resume=False):
        data = TensorDataset(*map(torch.cat, zip(*make_batches(), strict=True)))
        loader = DataLoader(data, 8, shuffle=True, generator=torch.Generator().manual_seed(2))
        trainer = make_trainer(run, config)
        if stop_after:
            steps = itertools.count(1)
            trainer.model.register_forward_hook(
                lambda *_: trainer.stop(signal.SIGTERM) if next(steps) == stop_after else None
            )
        trainer.fit(loader, make_batches(), resume=resume)
        return weights(trainer)

    with pytest.raises(Interrupted, match="step 13 of 15 is done"):
        train(run, stop_after=23)  # 5 steps and 5 validation batches an epoch
    assert [path.stem for path in run.list_checkpoints()] == ["step-00000005", "step-00000013"]
    assert torch.equal(train(run, resume=True), train(None))


def test_what_a_whole_run_reports_is_what_a_stopped_one_does(run):
    def figures(trainer):
        return [(row.train_loss, row.validation_loss, row.step) for row in trainer.history]

    expected = make_trainer(None)
    expected.fit(make_batches(), make_batches())
    stop_at(run, 3)
    resumed = make_trainer(run)
    resumed.fit(make_batches(), make_batches(), resume=True)
    assert figures(resumed) == figures(expected)


def test_a_finished_run_has_nothing_to_do(run, whole):
    make_trainer(run).fit(make_batches(), make_batches())
    before = {path: path.read_bytes() for path in run.checkpoints.iterdir()}
    trainer = make_trainer(run)
    trainer.fit(make_batches(), make_batches(), resume=True)
    assert torch.equal(weights(trainer), whole)
    assert {path: path.read_bytes() for path in run.checkpoints.iterdir()} == before
    assert len(trainer.history) == 2


def test_a_run_that_was_killed_before_it_removed_the_oldest_checkpoint_does_so_when_resumed(run):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Path, "unlink", lambda path, missing_ok=False: None
        )  # killed: nothing goes any more
        make_trainer(run).fit(make_batches(), make_batches())
    assert len(run.list_checkpoints()) == 10
    make_trainer(run).fit(make_batches(), make_batches(), resume=True)
    assert [path.stem for path in run.list_checkpoints()] == ["step-00000009", "step-00000010"]


def test_without_a_checkpoint_it_starts_at_the_beginning(run, whole):
    run.metrics.write_text("a row of an epoch that was not saved\n")
    trainer = make_trainer(run)
    trainer.fit(make_batches(), make_batches(), resume=True)
    assert torch.equal(weights(trainer), whole)
    assert len(run.metrics.read_text().splitlines()) == 3


def test_a_damaged_newest_checkpoint_is_named_and_the_one_before_is_used(run, whole):
    stop_at(run, 3)
    newest = run.list_checkpoints()[-1]
    newest.write_bytes(newest.read_bytes()[:-1])
    said = []
    trainer = make_trainer(run, say=said.append)
    trainer.fit(make_batches(), make_batches(), resume=True)
    assert torch.equal(weights(trainer), whole)
    assert said == [f"{newest} is damaged (its checksum differs): the one before is used"]


def test_without_a_whole_checkpoint_nothing_is_trained(run):
    stop_at(run, 3)
    for path in run.list_checkpoints():
        path.write_bytes(b"")
    with pytest.raises(CheckpointError, match=r"all checkpoints in .* are damaged"):
        make_trainer(run, say=lambda text: None).fit(make_batches(), make_batches(), resume=True)


def test_another_model_optimiser_data_or_setting_is_refused_with_both(run):
    stop_at(run, 3)
    wider = nn.Sequential(nn.Linear(2, 9), nn.ReLU(), nn.Dropout(0.3), nn.Linear(9, 2))
    sgd = make_trainer(run)
    sgd.optimizer = torch.optim.SGD(sgd.model.parameters(), lr=0.1)
    groups = make_trainer(run)
    groups.optimizer = torch.optim.AdamW([{"params": [one]} for one in groups.model.parameters()])
    other = TrainConfig(**{**vars(CONFIG), "batch_size": 64})
    for trainer, count, said in [
        (
            make_trainer(run, model=nn.Linear(2, 2)),
            40,
            "has model class Sequential, this run Linear",
        ),
        (make_trainer(run, model=wider), 40, "does not fit this Sequential"),
        (sgd, 40, "has optimizer class AdamW, this run SGD"),
        (groups, 40, "does not fit this Sequential"),
        (make_trainer(run), 48, "has batches in an epoch 5, this run 6"),
        (make_trainer(run, other), 40, "has batch_size 128, this run 64"),
    ]:
        with pytest.raises(CheckpointError, match=said):
            trainer.fit(make_batches(count), make_batches(), resume=True)


def test_another_number_of_processes_is_refused(run, monkeypatch):
    stop_at(run, 3)
    monkeypatch.setattr("dlcourse.training.trainer.count_processes", lambda: 2)
    with pytest.raises(CheckpointError, match="has number of processes 1, this run 2"):
        make_trainer(run).fit(make_batches(), make_batches(), resume=True)


@pytest.mark.parametrize(
    "part", ["model", "optimizer", "epoch_random", "record", "position", "history", "run"]
)
def test_a_checkpoint_that_lacks_a_part_is_refused(run, part):
    stop_at(run, 3)
    for path in run.list_checkpoints():
        state = load_checkpoint(path)
        record = json.loads(state["record"])
        for whole in (state, record):
            whole.pop(part, None)
        if part != "record":
            state["record"] = json.dumps(record)
        save_checkpoint(path, state)
    with pytest.raises(CheckpointError, match=r"step-0+3\.pt "):
        make_trainer(run).fit(make_batches(), make_batches(), resume=True)


@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_whichever_call_fails_the_newest_good_checkpoint_resumes(
    tmp_path, monkeypatch, whole, call
):
    """The first call fails, then the second, and so on until a run has no more of them."""
    module = {"open": atomic_files, "fsync": os, "replace": os}[call]
    real = {"open": builtins.open, "fsync": os.fsync, "replace": os.replace}[call]
    number, has_failed = 0, True
    while has_failed:
        number, calls, has_failed = number + 1, 0, False
        run = RunFolder(tmp_path / f"run-{number}")
        run.create({}, CONFIG)

        def fail_once(*arguments, fatal=number):
            nonlocal calls, has_failed
            calls += 1
            if calls == fatal:
                has_failed = True
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return real(*arguments)

        with monkeypatch.context() as patch:
            patch.setattr(module, call, fail_once, raising=False)
            with contextlib.suppress(EnvironmentProblem):
                make_trainer(run).fit(make_batches(), make_batches())
        assert not [path for path in run.path.rglob("*") if path.name.startswith(".")]
        trainer = make_trainer(run, say=pytest.fail)
        trainer.fit(make_batches(), make_batches(), resume=True)
        assert torch.equal(weights(trainer), whole)
    assert number > 10  # a checkpoint at each of 10 steps: every one of them has failed once


def test_a_folder_in_use_is_refused(run):
    with (
        RunFolder(run.path).lock(),
        pytest.raises(EnvironmentProblem, match="is in use by process"),
    ):
        make_trainer(run).fit(make_batches(), make_batches())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the trainings are forks")
@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("SIGKILL", 20),
        ("SIGTERM", 5),
        pytest.param("SIGKILL", 200, marks=pytest.mark.soak),
        pytest.param("SIGTERM", 50, marks=pytest.mark.soak),
    ],
)
def test_wherever_a_run_is_stopped_it_ends_bit_for_bit_as_the_whole_one(tmp_path, name, count):
    script = Path(__file__).with_name("train_until_stopped.py")
    number = getattr(signal, name)
    done = subprocess.run(
        [sys.executable, script, tmp_path, str(int(number)), str(count)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    whole, *stopped = (json.loads(line) for line in done.stdout.splitlines())
    endings = [ending for run in stopped for ending in run.pop("endings")]
    whole.pop("endings")
    assert len(endings) >= count
    # before it has begun to train, SIGTERM ends a process as it always does; from then on with 128 + 15
    assert set(endings) <= {-number} if name == "SIGKILL" else {-number, 143}
    assert name == "SIGKILL" or 143 in endings
    for run in stopped:
        assert run == whole  # weights, metrics, and the files: no litter
