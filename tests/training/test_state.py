"""The state of a run: what a checkpoint holds of it, and what of an old checkpoint can be read."""

import dataclasses
import json
from pathlib import Path

import pytest
import torch
from torch import nn

from dlcourse.errors import CheckpointError
from dlcourse.training.checkpoint import load_checkpoint, save_checkpoint
from dlcourse.training.clock import Clock
from dlcourse.training.config import TrainConfig
from dlcourse.training.losses import Losses
from dlcourse.training.progress import Progress
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.state import RunState, read_record
from dlcourse.training.task import read_together
from dlcourse.training.trainer import Trainer

PATH = Path("run-step-7.pt")
BEGIN_ANEW = "resume it as it was started, or train again with --overwrite"
EPOCH = Progress(
    epoch=1,
    epochs=2,
    step=5,
    total_steps=10,
    learning_rate=0.5,
    train_loss=2.5,
    seconds=1.5,
    examples_per_second=100.0,
    figures={"loss": 2.0, "accuracy": 0.75},
)


def make_state(identity=None, model=None):
    parts = {"model": model or nn.Linear(2, 1)}
    generator = torch.Generator().manual_seed(1)
    clock = Clock(checkpoint_seconds=60.0, report_seconds=0.1, file_seconds=1.0)
    return RunState(
        identity or {"seed": 3, "loss": "mse_loss"},
        parts,
        5,  # steps in an epoch
        10,  # steps in all
        generator,
        clock,
        Losses(read_together),
    )


def make_used_state():
    state = make_state()
    state.step = 7
    state.num_examples = 70
    state.clock.training_seconds = 2.5
    state.losses.total = 30.0
    state.losses.divisor = 20.0
    state.history.append(EPOCH)
    return state


def test_a_state_comes_back_through_a_file(tmp_path):
    state = make_used_state()
    save_checkpoint(tmp_path / "state.pt", state.capture())
    restored = make_state()
    restored.restore(PATH, load_checkpoint(tmp_path / "state.pt"))
    assert restored.step == 7
    assert restored.steps_in_epoch == 2
    assert restored.num_examples == 70
    assert restored.clock.training_seconds == 2.5
    assert restored.losses.mean == 1.5
    assert restored.history == [EPOCH]
    assert torch.equal(restored.parts["model"].weight, state.parts["model"].weight)


def test_inside_an_epoch_two_random_states_are_kept():
    """That of its beginning, from which its batches are drawn again, and that of the last step."""
    state = make_used_state()
    state.step = 6  # one step of its second epoch
    torch.manual_seed(5)
    torch.randperm(9, generator=state.generator)  # the order of the first epoch
    state.start_epoch()
    at_start = torch.rand(3)
    order = torch.randperm(9, generator=state.generator)
    saved = state.capture()
    at_step = torch.rand(3)
    order_at_step = torch.randperm(9, generator=state.generator)

    restored = make_state()
    restored.restore(PATH, saved)
    assert torch.equal(torch.rand(3), at_start)
    assert torch.equal(torch.randperm(9, generator=restored.generator), order)
    torch.set_rng_state(restored.step_random["torch"])
    assert torch.equal(torch.rand(3), at_step)
    restored.generator.set_state(restored.step_random["own"])
    assert torch.equal(torch.randperm(9, generator=restored.generator), order_at_step)


def test_a_new_run_is_at_its_beginning():
    state = make_state()
    order = torch.randperm(9, generator=make_state().generator)
    torch.randperm(9, generator=state.generator)
    saved = state.capture()
    assert state.step == 0
    assert state.num_examples == 0
    assert state.history == []
    assert state.step_random is state.epoch_random
    restored = make_used_state()
    torch.randperm(9, generator=restored.generator)
    restored.restore(PATH, saved)
    assert restored.step == 0
    assert restored.num_examples == 0
    assert restored.history == []
    assert torch.equal(torch.randperm(9, generator=restored.generator), order)
    assert torch.equal(restored.step_random["own"], restored.epoch_random["own"])


def test_between_epochs_both_random_states_are_those_of_the_beginning():
    state = make_used_state()
    state.step = 5
    torch.manual_seed(5)
    state.start_epoch()
    torch.rand(3)  # a validation, say
    saved = state.capture()
    (epoch_random,) = saved["epoch_random"]
    (step_random,) = saved["step_random"]
    assert torch.equal(epoch_random["torch"], step_random["torch"])


def test_another_identity_is_refused_with_both_values():
    saved = make_used_state().capture()
    other = make_state(identity={"seed": 3, "loss": "l1_loss"})
    with pytest.raises(CheckpointError) as caught:
        other.restore(PATH, saved)
    problem = "run-step-7.pt has loss mse_loss, this run l1_loss"
    assert str(caught.value) == f"{problem}: {BEGIN_ANEW}"


def test_another_network_is_refused():
    saved = make_used_state().capture()
    with pytest.raises(CheckpointError) as caught:
        make_state(model=nn.Linear(3, 1)).restore(PATH, saved)
    assert str(caught.value) == f"run-step-7.pt does not fit this Linear: {BEGIN_ANEW}"


# Checkpoints from before version 2

# Of the run of make_trainer, stopped after step 7; written by the code that came before version 2.
OLD_RECORD = (
    '{"run": {"epochs": 2, "batch_size": 128, "accumulate": 1, "precision": "float32", '
    '"compile": false, "optimizer": "adamw", "learning_rate": 0.05, "weight_decay": 0.01, '
    '"schedule": "linear", "warmup": 0.25, "clip_norm": 0.0, "average_decay": 0.0, '
    '"patience": 0, "augment": "", "seed": 0, "model class": "Sequential", '
    '"optimizer class": "AdamW", "loss": "cross_entropy", "batches in an epoch": 5, '
    '"number of processes": 1}, "position": {"step": 7, "num_images": 56, '
    '"seconds": 0.01582279799913522, "epoch_loss": 7.365100622177124, "epoch_images": 16}, '
    '"history": [[1, 2, 5, 10, 0.037500000000000006, 0.6630770683288574, 0.5712209224700928, '
    "0.55, 0.012749161998726777, 3137.4611134437455]]}"
)


def make_batches():
    inputs = torch.randn(40, 2, generator=torch.Generator().manual_seed(1))
    labels = (inputs[:, 0] > 0).long()
    return list(zip(inputs.split(8), labels.split(8), strict=True))


def make_trainer(run=None):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Dropout(0.3), nn.Linear(8, 2))
    config = TrainConfig(epochs=2, learning_rate=0.05, device="cpu", checkpoint_seconds=0)
    return Trainer(model, config, run, report_seconds=0.0)


def test_an_old_record_is_read_with_its_figures():
    record = read_record(OLD_RECORD)
    assert record["step"] == 7
    assert record["num_examples"] == 56
    assert record["seconds"] == 0.01582279799913522
    assert record["epoch_loss"] == 7.365100622177124
    assert record["epoch_divisor"] == 16
    assert record["run"]["loss"] == "cross_entropy"
    (row,) = record["history"]
    assert Progress(**row) == Progress(
        epoch=1,
        epochs=2,
        step=5,
        total_steps=10,
        learning_rate=0.037500000000000006,
        train_loss=0.6630770683288574,
        seconds=0.012749161998726777,
        examples_per_second=3137.4611134437455,
        figures={"loss": 0.5712209224700928, "accuracy": 0.55},
    )


def test_an_old_row_without_an_accuracy_has_only_its_loss():
    content = json.loads(OLD_RECORD)
    content["history"][0][7] = None
    (row,) = read_record(json.dumps(content))["history"]
    assert row["figures"] == {"loss": 0.5712209224700928}


def test_an_old_run_is_resumed_to_its_end(tmp_path):
    whole = make_trainer()
    whole.fit(make_batches(), make_batches())

    def stop_at_step_7(progress):
        if progress.step == 7:
            stopped.stop(15)

    run = RunFolder(tmp_path)
    stopped = make_trainer(run)
    run.create({}, stopped.config)
    stopped.report = stop_at_step_7
    with pytest.raises(KeyboardInterrupt, match="step 7 of 10"):
        stopped.fit(make_batches(), make_batches())
    newest = run.list_checkpoints()[-1]
    state = load_checkpoint(newest)
    state["record"] = OLD_RECORD  # all else is as it was
    save_checkpoint(newest, state)

    resumed = make_trainer(run)
    resumed.fit(make_batches(), make_batches(), resume=True)
    for weight, expected in zip(resumed.model.parameters(), whole.model.parameters(), strict=True):
        assert torch.equal(weight, expected)
    for row, expected in zip(resumed.history, whole.history, strict=True):
        assert row.step == expected.step
        assert row.train_loss == pytest.approx(expected.train_loss, rel=1e-6)
        assert row.figures == pytest.approx(dict(expected.figures), rel=1e-6)  # float32 before
    assert resumed.history[0].seconds == 0.012749161998726777
    columns = run.metrics.read_text().splitlines()[0].split(",")
    assert columns[-2:] == ["validation_loss", "validation_accuracy"]
    assert [field.name for field in dataclasses.fields(Progress)][:-1] == columns[:-2]
