"""A run that was stopped ends as one that was not: bit for bit, on a CPU with as many threads."""

import dataclasses
import json
import shutil
import signal
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from dlcourse.errors import CheckpointError, EnvironmentProblem
from dlcourse.training.checkpoint import load_checkpoint, save_checkpoint
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder
from dlcourse.training.signals import Interrupted
from dlcourse.training.trainer import Trainer

CONFIG = TrainConfig(  # with a checkpoint at every step
    epochs=2, learning_rate=0.05, device="cpu", checkpoint_seconds=0
)


def make_batches(count=40):
    inputs = torch.randn(count, 2, generator=torch.Generator().manual_seed(1))
    labels = (inputs[:, 0] > 0).long()
    return list(zip(inputs.split(8), labels.split(8), strict=True))


def make_trainer(run=None, config=CONFIG, hidden_features=8, **options):
    torch.manual_seed(0)
    model = nn.Sequential(
        nn.Linear(2, hidden_features), nn.ReLU(), nn.Dropout(0.3), nn.Linear(hidden_features, 2)
    )
    return Trainer(model, config, run, **options)


def get_weights(trainer):
    parameters = trainer.model.parameters()
    return torch.cat([parameter.detach().flatten() for parameter in parameters])


@pytest.fixture
def whole():
    """The weights of the run that nothing stops."""
    trainer = make_trainer()
    trainer.fit(make_batches(), make_batches())
    return get_weights(trainer)


@pytest.fixture
def run(tmp_path):
    run = RunFolder(tmp_path / "run")
    run.create({}, CONFIG)
    return run


def stop_at(run, step, config=CONFIG, batches=None, **options):
    """Train until a step, as at a signal."""

    def stop_there(progress):
        if progress.step == step:
            trainer.stop(signal.SIGTERM)

    trainer = make_trainer(run, config, report=stop_there, report_seconds=0.0, **options)
    said = rf"step {step} of \d+ is done: saved in .*run; continue with --resume"
    with pytest.raises(Interrupted, match=said) as stopped:
        trainer.fit(batches or make_batches(), make_batches())
    assert stopped.value.exit_code == 143  # 128 + 15


def resume(run, config=CONFIG, batches=None, **options):
    trainer = make_trainer(run, config, **options)
    trainer.fit(batches or make_batches(), make_batches(), resume=True)
    return trainer


# It ends as the whole run


def test_a_second_run_in_a_folder_is_resumed_and_not_the_first(run, whole):
    longer = dataclasses.replace(CONFIG, epochs=5)
    make_trainer(run, longer).fit(make_batches(), make_batches())
    stop_at(run, 3)
    assert [path.stem for path in run.list_checkpoints()] == ["step-00000002", "step-00000003"]
    assert torch.equal(get_weights(resume(run)), whole)


def test_a_stopped_run_has_no_result_of_the_one_before(run):
    described = {"model": "toy"}
    run.create(described, CONFIG, overwrite=True)
    make_trainer(run).fit(make_batches(), make_batches())
    run.learning_curve.touch()
    other = dataclasses.replace(CONFIG, seed=7)
    stop_at(run, 3, other)
    assert run.read_config() == (described, other)
    assert not run.weights.exists()
    assert not run.metrics.exists()
    assert not run.learning_curve.exists()


def test_a_run_in_a_new_folder_leaves_what_was_made_for_it(run):
    run.learning_curve.touch()  # as a log that was opened before fit
    written = run.config.stat().st_mtime_ns
    make_trainer(run).fit(make_batches(), make_batches())
    assert run.learning_curve.exists()
    assert run.config.stat().st_mtime_ns == written


@pytest.mark.parametrize("change", ["renamed", "copied"])
def test_a_run_in_a_renamed_or_copied_folder_is_resumed(run, whole, tmp_path, change):
    stop_at(run, 3)
    moved = RunFolder(tmp_path / "moved" / "run")
    moved.path.parent.mkdir()
    if change == "renamed":
        run.path.rename(moved.path)
    else:
        shutil.copytree(run.path, moved.path)
    assert torch.equal(get_weights(resume(moved)), whole)


@pytest.mark.parametrize("step", [1, 3, 5])  # 5 is the end of an epoch
def test_a_stopped_run_ends_as_the_whole_one(run, whole, step):
    stop_at(run, step)
    trainer = resume(run)
    assert torch.equal(get_weights(trainer), whole)
    assert [row.epoch for row in trainer.history] == [1, 2]
    first_column = [line.split(",")[0] for line in run.metrics.read_text().splitlines()]
    assert first_column == ["epoch", "1", "2"]


def test_a_run_may_stop_after_epochs_without_a_checkpoint(run):
    config = TrainConfig(epochs=3, learning_rate=0.05, device="cpu")

    def make_loader():
        inputs, labels = zip(*make_batches(), strict=True)
        data = TensorDataset(torch.cat(inputs), torch.cat(labels))
        generator = torch.Generator().manual_seed(2)
        return DataLoader(data, 8, shuffle=True, generator=generator)

    # The first epoch ends with files, then none does.
    stop_at(run, 13, config, make_loader(), file_seconds=1e9)
    names = [path.stem for path in run.list_checkpoints()]
    assert names == ["step-00000005", "step-00000013"]
    resumed = resume(run, config, make_loader())
    whole = make_trainer(None, config)
    whole.fit(make_loader(), make_batches())
    assert torch.equal(get_weights(resumed), get_weights(whole))


def test_what_a_whole_run_reports_is_what_a_stopped_one_does(run):
    whole = make_trainer()
    whole.fit(make_batches(), make_batches())
    stop_at(run, 3)
    resumed = resume(run)
    for row, expected in zip(resumed.history, whole.history, strict=True):
        assert row.step == expected.step
        assert row.train_loss == expected.train_loss
        assert row.figures == expected.figures


class Walk:
    """An environment: a walk that continues from batch to batch, and that a checkpoint can hold.

    A pass gives the rest of five batches. `drawn` has the numbers of those that were drawn here.
    """

    def __init__(self):
        self.generator = torch.Generator().manual_seed(3)
        self.position = torch.zeros(8, 2)
        self.num_steps = 0
        self.drawn = []

    def __len__(self):
        return 5

    def __iter__(self):
        num_left = 5 - self.num_steps % 5
        for _ in range(num_left):
            self.num_steps += 1
            self.drawn.append(self.num_steps)
            self.position = self.position + torch.randn(8, 2, generator=self.generator)
            yield self.position, (self.position[:, 0] > 0).long()

    def state_dict(self):
        return {"position": self.position, "num_steps": self.num_steps}

    def load_state_dict(self, state):
        self.position = state["position"]
        self.num_steps = state["num_steps"]


@pytest.mark.parametrize("step", [3, 5, 7])
def test_batches_with_a_state_continue_without_drawing_the_first_again(run, step):
    whole = make_trainer()
    whole.fit(Walk(), make_batches())
    stopped_walk = Walk()
    stop_at(run, step, batches=stopped_walk)
    assert stopped_walk.drawn == list(range(1, step + 1))
    resumed_walk = Walk()
    resumed = resume(run, batches=resumed_walk)
    assert resumed_walk.drawn == list(range(step + 1, 11))
    assert torch.equal(get_weights(resumed), get_weights(whole))
    for row, expected in zip(resumed.history, whole.history, strict=True):
        assert row.train_loss == expected.train_loss


class StoppingFolder(RunFolder):
    """A folder that gets a signal while a checkpoint of a step is written."""

    def __init__(self, path, step):
        super().__init__(path)
        self.step = step
        self.trainer = None

    def save_step(self, step, state):
        super().save_step(step, state)
        if step == self.step:
            self.trainer.stop(signal.SIGTERM)


@pytest.mark.parametrize("step", [3, 5])
def test_a_signal_while_a_checkpoint_is_written_stops_at_the_next_step(run, whole, step):
    folder = StoppingFolder(run.path, step)
    folder.trainer = make_trainer(folder)
    with pytest.raises(Interrupted, match=f"step {step + 1} of 10 is done"):
        folder.trainer.fit(make_batches(), make_batches())
    assert torch.equal(get_weights(resume(run)), whole)


def test_a_finished_run_has_nothing_to_do(run, whole):
    make_trainer(run).fit(make_batches(), make_batches())
    before = {path: path.read_bytes() for path in run.checkpoints.iterdir()}
    trainer = resume(run)
    assert torch.equal(get_weights(trainer), whole)
    assert {path: path.read_bytes() for path in run.checkpoints.iterdir()} == before
    assert len(trainer.history) == 2


def test_without_a_checkpoint_it_starts_at_the_beginning(run, whole):
    run.metrics.write_text("a row of an epoch that was not saved\n")
    assert torch.equal(get_weights(resume(run)), whole)
    assert len(run.metrics.read_text().splitlines()) == 3


# Damaged, unfinished and other checkpoints


def test_a_run_that_was_killed_before_it_removed_checkpoints_does_so_when_resumed(run, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(Path, "unlink", lambda path, missing_ok=False: None)
        make_trainer(run).fit(make_batches(), make_batches())
    assert len(run.list_checkpoints()) == 10
    resume(run)
    names = [path.stem for path in run.list_checkpoints()]
    assert names == ["step-00000009", "step-00000010"]


def test_a_damaged_newest_checkpoint_is_named_and_the_one_before_is_used(run, whole):
    stop_at(run, 3)
    newest = run.list_checkpoints()[-1]
    newest.write_bytes(newest.read_bytes()[:-1])
    said = []
    trainer = resume(run, say=said.append)
    assert torch.equal(get_weights(trainer), whole)
    assert said == [f"{newest} is damaged (its checksum differs); using the previous one"]


def test_without_an_undamaged_checkpoint_nothing_is_trained(run):
    stop_at(run, 3)
    for path in run.list_checkpoints():
        path.write_bytes(b"")
    with pytest.raises(CheckpointError, match=r"all checkpoints in .* are damaged"):
        resume(run, say=lambda text: None)


def test_another_model_is_refused(run):
    stop_at(run, 3)
    linear = Trainer(nn.Linear(2, 2), CONFIG, run)
    with pytest.raises(CheckpointError, match="has model class Sequential, this run Linear"):
        linear.fit(make_batches(), make_batches(), resume=True)
    with pytest.raises(CheckpointError, match="does not fit this Sequential"):
        resume(run, hidden_features=9)


def test_another_optimizer_is_refused(run):
    stop_at(run, 3)
    trainer = make_trainer(run)
    trainer.optimizers[""] = torch.optim.SGD(trainer.model.parameters(), lr=0.1)
    with pytest.raises(CheckpointError, match="has optimizer class AdamW, this run SGD"):
        trainer.fit(make_batches(), make_batches(), resume=True)
    groups = [{"params": [parameter]} for parameter in trainer.model.parameters()]
    trainer.optimizers[""] = torch.optim.AdamW(groups)
    with pytest.raises(CheckpointError, match="does not fit this Sequential"):
        trainer.fit(make_batches(), make_batches(), resume=True)


def test_other_data_and_settings_are_refused(run):
    stop_at(run, 3)
    with pytest.raises(CheckpointError, match="has batches in an epoch 5, this run 6"):
        resume(run, batches=make_batches(48))
    with pytest.raises(CheckpointError, match="has batch_size 128, this run 64"):
        resume(run, dataclasses.replace(CONFIG, batch_size=64))


def test_another_device_and_time_between_checkpoints_are_not_refused(run, whole):
    stop_at(run, 3)
    config = dataclasses.replace(CONFIG, device="auto", checkpoint_seconds=60.0)
    if not torch.cuda.is_available():
        assert torch.equal(get_weights(resume(run, config)), whole)


def change_checkpoints(run, change):
    """Apply a function to the state and the record of each checkpoint."""
    for path in run.list_checkpoints():
        state = load_checkpoint(path)
        record = json.loads(state["record"])
        state["record"] = ""
        change(state, record)
        if "record" in state:
            state["record"] = json.dumps(record)
        save_checkpoint(path, state)


def test_another_number_of_processes_is_refused(run):
    stop_at(run, 3)

    def pretend_two_processes(state, record):
        record["run"]["number of processes"] = 2

    change_checkpoints(run, pretend_two_processes)
    with pytest.raises(CheckpointError, match="has number of processes 2, this run 1"):
        resume(run)


@pytest.mark.parametrize(
    "part",
    [
        *("model", "optimizer", "scaler", "epoch_random", "step_random", "record"),
        *("run", "step", "num_examples", "seconds", "epoch_loss", "epoch_divisor", "history"),
    ],
)
def test_a_checkpoint_that_lacks_a_part_is_refused(run, part):
    stop_at(run, 3)

    def remove_part(state, record):
        state.pop(part, None)
        record.pop(part, None)

    change_checkpoints(run, remove_part)
    with pytest.raises(CheckpointError, match=r"step-0+3\.pt "):
        resume(run)


def test_a_folder_in_use_is_refused(run):
    with (
        RunFolder(run.path).lock(),
        pytest.raises(EnvironmentProblem, match="is in use by process"),
    ):
        make_trainer(run).fit(make_batches(), make_batches())
