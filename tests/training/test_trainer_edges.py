"""The Trainer at its edges: refusals in full, rare settings, several pretended processes."""

import dataclasses
import json
import math

import pytest
import torch
from small_run import CONFIG, get_weights, make_batches, make_model
from torch import nn

from dlcourse.errors import EnvironmentProblem, TrainingDiverged
from dlcourse.training.accumulation import steps_in_pieces
from dlcourse.training.checkpoint import load_checkpoint
from dlcourse.training.config import TrainConfig
from dlcourse.training.loop import evaluate, train_steps
from dlcourse.training.losses import Losses
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.signals import Interrupted
from dlcourse.training.trainer import Trainer, has_own_state, prepare

CPU = torch.device("cpu")


def train(config=CONFIG, **options):
    trainer = Trainer(make_model(), config, **options)
    trainer.fit(make_batches(), make_batches())
    return trainer


def replace_in_trainer(monkeypatch, name, value):
    monkeypatch.setattr(f"dlcourse.training.trainer.{name}", value)


@pytest.fixture
def run(tmp_path):
    run = RunFolder(tmp_path / "run")
    run.create({}, CONFIG)
    return run


# Refusals in full


class Exploding(nn.Linear):
    """A layer with outputs that are NaN for the second batch that it learns from or measures."""

    def __init__(self, is_trained):
        super().__init__(2, 2)
        self.is_trained = is_trained
        self.num_batches = 0

    def forward(self, inputs):
        if self.training == self.is_trained:
            self.num_batches += 1
        outputs = super().forward(inputs)
        return outputs * math.nan if self.num_batches == 2 else outputs


def test_a_loss_that_diverged_is_described_with_the_rate_of_its_step():
    with pytest.raises(TrainingDiverged) as caught:
        Trainer(Exploding(is_trained=True), CONFIG).fit(make_batches(), make_batches())
    # 2 of 9 steps warm up, so the second one has 2/3 of 0.05.
    problem = "the loss became nan at step 2, with learning rate 0.0333"
    assert str(caught.value) == f"{problem}: try --learning-rate 0.005"


def test_a_validation_loss_that_is_not_finite_stops_the_run():
    with pytest.raises(TrainingDiverged) as caught:
        Trainer(Exploding(is_trained=False), CONFIG).fit(make_batches(), make_batches())
    problem = "the validation loss became nan at step 3, with learning rate 0.05"
    assert str(caught.value) == f"{problem}: try --learning-rate 0.005"


def test_a_batch_that_does_not_fit_into_memory_is_explained():
    def loss_fn(outputs, targets):
        raise RuntimeError("out of memory")

    with pytest.raises(EnvironmentProblem, match="the memory of cpu is not enough for a batch_si"):
        train(loss_fn=loss_fn)


# A stop


def stop_at(step, **options):
    """Train until a step; return the Trainer and what ended its run."""

    def stop_there(progress):
        if progress.step == step:
            trainer.stop(15)

    trainer = Trainer(make_model(), CONFIG, report=stop_there, report_seconds=0.0, **options)
    with pytest.raises(Interrupted) as caught:
        trainer.fit(make_batches(), make_batches())
    return trainer, caught.value


def test_a_stop_without_a_folder_says_that_nothing_is_saved():
    _, stopped = stop_at(4)
    assert str(stopped) == "step 4 of 9 is done: nothing is saved"
    assert stopped.exit_code == 143  # 128 + 15


def test_a_stop_with_a_folder_says_how_to_go_on(run):
    _, stopped = stop_at(4, run_folder=run)
    said = f"step 4 of 9 is done: saved in {run.path}; continue with --resume"
    assert str(stopped) == said


def test_a_stop_holds_for_one_run():
    trainer, _ = stop_at(4)
    trainer.report = lambda progress: None
    trainer.fit(make_batches(), make_batches())
    assert trainer.history[-1].step == 9


def test_a_stop_at_the_last_step_changes_nothing():
    def stop_at_the_end(progress):
        if progress.step == 9:
            trainer.stop(15)

    trainer = Trainer(make_model(), CONFIG, report=stop_at_the_end)
    trainer.fit(make_batches(), make_batches())
    assert len(trainer.history) == 3


def test_a_stop_is_noticed_after_the_step_at_which_it_comes():
    calls = []

    def loss_fn(outputs, targets):
        calls.append(len(targets))
        if len(calls) == 2:
            trainer.stop(15)
        return nn.functional.cross_entropy(outputs, targets)

    trainer = Trainer(make_model(), CONFIG, loss_fn=loss_fn, report_seconds=1e9)
    with pytest.raises(Interrupted, match=r"^step 2 of 9 is done"):
        trainer.fit(make_batches(), make_batches())


# Files and checkpoints


def test_a_run_is_resumed_only_where_that_is_asked_for(run):
    first = train(run_folder=run).history
    second = train(run_folder=run).history
    assert [row.train_loss for row in second] == [row.train_loss for row in first]
    assert second[0].seconds != first[0].seconds  # trained again, not read


def test_without_a_folder_there_is_nothing_to_resume():
    trainer = Trainer(make_model(), CONFIG)
    trainer.fit(make_batches(), make_batches(), resume=True)
    assert len(trainer.history) == 3


def test_a_checkpoint_names_what_a_run_must_have_in_common(run):
    train(run_folder=run)
    saved = load_checkpoint(run.list_checkpoints()[-1])
    parts = ["epoch_random", "model", "optimizer", "record", "scaler", "step_random"]
    assert sorted(saved) == parts
    identity = json.loads(saved["record"])["run"]
    settings = dataclasses.asdict(CONFIG)
    del settings["device"]
    del settings["checkpoint_seconds"]
    assert identity == {
        **settings,
        "model class": "Sequential",
        "optimizer class": "AdamW",
        "loss": "cross_entropy",
        "batches in an epoch": 3,
        "number of processes": 1,
    }


class OwnState(list):
    """Batches with a state of their own."""

    def state_dict(self):
        return {}

    def load_state_dict(self, state):
        pass


def test_averages_and_batches_have_names_in_a_checkpoint(run):
    config = dataclasses.replace(CONFIG, average_decay=0.5)
    trainer = Trainer(make_model(), config, run)
    trainer.fit(OwnState(make_batches()), make_batches())
    saved = load_checkpoint(run.list_checkpoints()[-1])
    assert {"average", "batches"} < set(saved)


def test_a_state_of_batches_can_be_saved_and_loaded():
    assert has_own_state(OwnState())
    assert not has_own_state([])
    only_saved = type("OnlySaved", (), {"state_dict": None})
    only_loaded = type("OnlyLoaded", (), {"load_state_dict": None})
    assert not has_own_state(only_saved)
    assert not has_own_state(only_loaded)


@pytest.mark.parametrize("num_processes", [1, 2])
def test_without_a_folder_only_several_processes_capture_a_state(monkeypatch, num_processes):
    captured_steps = []

    def capture(state):
        captured_steps.append(state.step)
        return {}

    monkeypatch.setattr("dlcourse.training.state.RunState.capture", capture)
    replace_in_trainer(monkeypatch, "count_processes", lambda: num_processes)
    train()
    # Every process takes part in a checkpoint, and the first one may have a folder.
    assert captured_steps == ([] if num_processes == 1 else [9])


@pytest.mark.parametrize("has_folder", [True, False])
def test_a_patience_of_1_stops_at_the_first_epoch_that_is_not_better(tmp_path, has_folder):
    config = TrainConfig(epochs=20, learning_rate=1.0, patience=1, warmup=0, device="cpu")
    run = None
    if has_folder:
        run = RunFolder(tmp_path / "run")
        run.create({}, config)
    trainer = Trainer(make_model(), config, run)
    inverted = [(inputs, 1 - labels) for inputs, labels in make_batches()]
    trainer.fit(make_batches(), inverted)  # the better it learns, the worse is its validation
    losses = [row.figures["loss"] for row in trainer.history]
    assert len(losses) == 2
    assert losses[1] > losses[0]
    assert evaluate(trainer.model, inverted, CPU)[0] == losses[0]


# Reports


def test_a_report_names_the_epoch_of_its_step():
    reports = []
    trainer = Trainer(make_model(), CONFIG, report=reports.append, report_seconds=0.0)
    assert trainer.history == []
    trainer.fit(make_batches(), make_batches())
    assert [report.epoch for report in reports] == [1] * 4 + [2] * 4 + [3] * 4
    inside = [report for report in reports if not report.is_epoch_end]
    assert [report.figures for report in inside] == [{}] * 9


def test_the_first_report_may_come_before_any_time_has_passed(monkeypatch):
    monkeypatch.setattr("time.monotonic", lambda: 100.0)
    reports = []
    train(report=reports.append)
    assert reports[0].seconds == 0.0
    # 16 examples in the least time that is counted, a nanosecond
    assert reports[0].examples_per_second == pytest.approx(16e9)


@pytest.mark.parametrize(
    ("num_processes", "expected"),
    [
        (1, [1, 50, 50, 19, 50, 50, 20]),  # the first report is due at once
        (2, [10] * 24),
    ],
)
def test_losses_are_read_a_few_at_a_time(monkeypatch, num_processes, expected):
    nums_read = []

    class Counting(Losses):
        def read(self):
            if self.num_unread > 0:
                nums_read.append(self.num_unread)
            super().read()

    monkeypatch.setattr("dlcourse.training.trainer.Losses", Counting)
    replace_in_trainer(monkeypatch, "count_processes", lambda: num_processes)
    config = dataclasses.replace(CONFIG, epochs=2, patience=5)  # each epoch saves what is best
    trainer = Trainer(make_model(), config, report_seconds=1e9)
    trainer.fit(make_batches(120, 1), make_batches())
    assert nums_read == expected


# The way that the steps are taken


@pytest.mark.parametrize(("function", "num_pieces"), [(train_steps, 1), (steps_in_pieces, 2)])
def test_steps_are_taken_on_the_device_of_the_trainer(monkeypatch, function, num_pieces):
    devices = []

    def note_device(task, network, batches, optimizers, device, *rest):
        devices.append(device)
        return function(task, network, batches, optimizers, device, *rest)

    replace_in_trainer(monkeypatch, function.__name__, note_device)
    train(dataclasses.replace(CONFIG, accumulate=num_pieces))
    assert devices == [CPU] * 3


@pytest.mark.parametrize(
    ("settings", "num_processes", "expected"),
    [
        ({}, 1, []),
        ({"accumulate": 2}, 1, [2]),
        ({"precision": "float16"}, 1, [1]),
        ({}, 2, [1]),
    ],
)
def test_steps_are_taken_in_pieces_where_they_have_to_be(
    monkeypatch, settings, num_processes, expected
):
    nums_pieces = []

    def note_pieces(task, network, batches, optimizers, device, num_pieces, scaler):
        nums_pieces.append(num_pieces)
        return steps_in_pieces(task, network, batches, optimizers, device, num_pieces, scaler)

    replace_in_trainer(monkeypatch, "steps_in_pieces", note_pieces)
    replace_in_trainer(monkeypatch, "count_processes", lambda: num_processes)
    train(dataclasses.replace(CONFIG, epochs=1, **settings))
    assert nums_pieces == expected


@pytest.mark.parametrize("is_compiled", [True, False])
def test_a_network_is_compiled_where_that_is_asked_for(monkeypatch, is_compiled):
    compiled = []
    model = make_model()
    monkeypatch.setattr(model, "compile", lambda: compiled.append(model))
    prepare(model, CPU, dataclasses.replace(CONFIG, compile=is_compiled))
    assert len(compiled) == int(is_compiled)


def test_a_network_goes_to_its_device(monkeypatch):
    devices = []

    def note_device(model, device, config):
        devices.append(device)
        return model

    replace_in_trainer(monkeypatch, "prepare", note_device)
    Trainer(make_model(), CONFIG)
    assert devices == [CPU]
    model = prepare(make_model(), torch.device("meta"), CONFIG)
    assert get_weights(model).device.type == "meta"


# Several processes, of which the others are pretended


@pytest.mark.parametrize(
    ("seed", "rank", "expected"),
    [(5, 0, 5), (4, 1, 5), (2**63 - 1, 0, 2**63 - 1), (2**63 - 1, 1, 0)],
)
def test_each_process_draws_from_a_seed_of_its_own(monkeypatch, seed, rank, expected):
    seeds = []
    replace_in_trainer(monkeypatch, "get_rank", lambda: rank)
    replace_in_trainer(monkeypatch, "seed_generators", seeds.append)
    train(dataclasses.replace(CONFIG, seed=seed))
    assert seeds == [expected]


def test_only_the_first_process_writes_and_reports(monkeypatch, run):
    reports = []
    replace_in_trainer(monkeypatch, "get_rank", lambda: 1)
    trainer = train(run_folder=run, report=reports.append)
    assert len(trainer.history) == 3
    assert reports == []
    assert run.list_checkpoints() == []


def test_processes_save_and_stop_when_any_of_them_has_to(monkeypatch, run):
    operations = []

    def combine(operation, values):
        operations.append(operation)
        return [1, 15]  # another one was stopped

    replace_in_trainer(monkeypatch, "combine", combine)
    with pytest.raises(Interrupted, match=r"^step 1 of 9 is done"):
        train(run_folder=run)
    assert operations == ["MAX"]
    assert len(run.list_checkpoints()) == 1


def test_an_epoch_ends_with_the_buffers_of_the_first_process(monkeypatch):
    shared = []
    replace_in_trainer(monkeypatch, "share_buffers", shared.append)
    trainer = train()
    assert shared == [trainer.model] * 3
