"""What the Trainer writes into the folder of a run, and when."""

import csv
import dataclasses
import json
import math
import os

import pytest
import torch
from torch import nn

from dlcourse.commands.learning_curve import draw_learning_curve
from dlcourse.errors import TrainingDiverged
from dlcourse.training.checkpoint import load_checkpoint
from dlcourse.training.config import TrainConfig
from dlcourse.training.loop import evaluate
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.trainer import Trainer

CONFIG = TrainConfig(epochs=3, learning_rate=0.05, device="cpu")


def make_batches():
    """Two classes that a straight line divides; 40 examples are batches of 16, 16 and 8."""
    inputs = torch.randn(40, 2, generator=torch.Generator().manual_seed(1))
    labels = (inputs[:, 0] > 0).long()
    return list(zip(inputs.split(16), labels.split(16), strict=True))


def make_model():
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Dropout(0.1), nn.Linear(8, 2))


def get_weights(model):
    return torch.cat([parameter.detach().flatten() for parameter in model.parameters()])


class RecordingFolder(RunFolder):
    """A folder that notes the steps of its checkpoints."""

    def __init__(self, path):
        super().__init__(path)
        self.saved_steps = []

    def save_step(self, step, state):
        super().save_step(step, state)
        self.saved_steps.append(step)


@pytest.fixture
def run(tmp_path):
    run = RecordingFolder(tmp_path / "run")
    run.create({}, CONFIG)
    return run


def load_saved_weights(run):
    model = make_model()
    run.restore_weights(model)
    return get_weights(model)


def test_the_run_folder_is_complete(run):
    trainer = Trainer(make_model(), CONFIG, run, file_seconds=0.0)  # files for each epoch
    trainer.fit(make_batches(), make_batches())
    draw_learning_curve(trainer.history, run.learning_curve)
    with run.metrics.open() as file:
        rows = list(csv.DictReader(file))
    losses = [end.figures["loss"] for end in trainer.history]
    assert [float(row["validation_loss"]) for row in rows] == losses
    assert run.learning_curve.read_bytes().startswith(b"\x89PNG")
    assert torch.equal(load_saved_weights(run), get_weights(trainer.model))
    files = [path for path in run.path.rglob("*") if path.is_file()]
    assert sorted(path.relative_to(run.path).as_posix() for path in files) == [
        "checkpoints/step-00000006.pt",
        "checkpoints/step-00000009.pt",
        "config.json",
        "learning_curve.png",
        "metrics.csv",
        "model.safetensors",
    ]


def test_a_checkpoint_holds_what_a_run_continues_from(run):
    trainer = Trainer(make_model(), CONFIG, run)
    trainer.fit(make_batches(), make_batches())
    state = load_checkpoint(run.list_checkpoints()[-1])
    record = json.loads(state["record"])
    assert record["step"] == 9
    assert record["run"]["learning_rate"] == CONFIG.learning_rate
    model = make_model()
    model.load_state_dict(state["model"])
    assert torch.equal(get_weights(model), get_weights(trainer.model))
    moments = state["optimizer"]["state"][0]["exp_avg"]
    expected = trainer.optimizers[""].state_dict()["state"][0]["exp_avg"]
    assert torch.equal(moments, expected)


@pytest.mark.parametrize(
    ("settings", "seconds", "expected"),
    [
        ({}, 0.0, [3, 6, 9]),
        ({}, 1e9, [3, 9]),  # at once, and at the end
        ({"patience": 3}, 1e9, [3, 6, 9]),  # any of them may be the best
        ({"checkpoint_seconds": 0.0}, 1e9, [3, 6, 9]),
    ],
)
def test_an_epoch_ends_with_files_when_they_are_due(run, settings, seconds, expected):
    steps_with_weights = []

    def compare_weights(progress):
        if not progress.is_epoch_end:
            return
        if torch.equal(load_saved_weights(run), get_weights(trainer.model)):
            steps_with_weights.append(progress.step)

    config = dataclasses.replace(CONFIG, **settings)
    trainer = Trainer(make_model(), config, run, report=compare_weights, file_seconds=seconds)
    trainer.fit(make_batches(), make_batches())
    assert steps_with_weights == expected
    assert [step for step in run.saved_steps if step % 3 == 0] == expected
    assert len(run.metrics.read_text().splitlines()) == 1 + CONFIG.epochs


@pytest.mark.parametrize(("seconds", "expected"), [(0.0, list(range(1, 10))), (1e9, [3, 9])])
def test_checkpoints_inside_an_epoch_are_made_when_they_are_due(run, seconds, expected):
    config = dataclasses.replace(CONFIG, checkpoint_seconds=seconds)
    Trainer(make_model(), config, run, file_seconds=1e9).fit(make_batches(), make_batches())
    assert run.saved_steps == expected


def test_a_loss_that_is_not_a_number_stops_the_run_at_its_step(run):
    batches = make_batches()
    poison = (torch.full((4, 2), math.nan), torch.zeros(4, dtype=torch.long))
    poisoned = [*batches, poison]
    epochs = iter([batches, poisoned, poisoned])  # the last one to look for the poison

    class LaterPoisoned:
        def __iter__(self):
            return iter(next(epochs))

        def __len__(self):
            return len(batches)

    trainer = Trainer(make_model(), dataclasses.replace(CONFIG, epochs=4), run)
    said = "the loss became nan at step 7, .* 8 values of a training batch are NaN or infinite: "
    with pytest.raises(TrainingDiverged, match=said):
        trainer.fit(LaterPoisoned(), batches)
    assert load_saved_weights(run).isfinite().all()  # those of the first epoch


def test_weights_that_the_last_step_ruined_are_not_saved(run):
    class RuinedAtTheEnd(nn.Linear):
        def train(self, mode=True):
            if not mode:
                nn.init.constant_(self.weight, math.nan)
            return super().train(mode)

    trainer = Trainer(RuinedAtTheEnd(2, 2), CONFIG, run)
    with pytest.raises(TrainingDiverged, match="the validation loss became nan at step 3"):
        trainer.fit(make_batches(), make_batches())
    assert not run.weights.exists()


def test_averaged_weights_are_those_that_are_measured_saved_and_kept(run):
    config = dataclasses.replace(CONFIG, average_decay=0.8)
    trainer = Trainer(make_model(), config, run)
    without_folder = Trainer(make_model(), config)
    plain = Trainer(make_model(), CONFIG)
    for one in (trainer, without_folder, plain):
        one.fit(make_batches(), make_batches())
    loss, _ = evaluate(trainer.model, make_batches(), trainer.device)
    averaged = get_weights(trainer.model)
    assert loss == trainer.history[-1].figures["loss"]
    assert torch.equal(get_weights(without_folder.model), averaged)
    assert torch.equal(load_saved_weights(run), averaged)
    assert not torch.equal(averaged, get_weights(plain.model))
    # The steps themselves are the same.
    model = make_model()
    model.load_state_dict(load_checkpoint(run.list_checkpoints()[-1])["model"])
    assert torch.equal(get_weights(model), get_weights(plain.model))


def test_what_a_run_ends_with_has_reached_the_disk(run, monkeypatch):
    synced = set()
    real_fsync = os.fsync

    def note_file(descriptor):
        synced.add(os.fstat(descriptor).st_ino)
        real_fsync(descriptor)

    monkeypatch.setattr(os, "fsync", note_file)
    Trainer(make_model(), CONFIG, run).fit(make_batches(), make_batches())
    for path in (run.weights, run.metrics, run.list_checkpoints()[-1]):
        assert path.stat().st_ino in synced, path.name
