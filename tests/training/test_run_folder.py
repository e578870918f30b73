import hashlib
import json
import os

import pytest
from torch import nn

from dlcourse.errors import CheckpointError, EnvironmentProblem
from dlcourse.training.config import TrainConfig
from dlcourse.training.progress import Progress
from dlcourse.training.run_folder import RunFolder

DESCRIPTION = {"model": "toy"}
OF_COMMANDS = (  # the files that commands write into the folder of a run
    "learning_curve.png",
    "confusion_matrix.png",
    "worst_mistakes.png",
    "predictions/zero.png",
    "samples.png",
    "samples.txt",
    "tensorboard/events.out.tfevents.1",
)


@pytest.fixture
def run(tmp_path):
    run = RunFolder(tmp_path / "runs" / "toy")
    run.create(DESCRIPTION, TrainConfig(epochs=3))
    return run


def make_progress(epoch):
    return Progress(
        epoch=epoch,
        epochs=2,
        step=5,
        total_steps=10,
        learning_rate=0.1,
        train_loss=2.3,
        seconds=30.0,
        examples_per_second=100.0,
        figures={"loss": 0.5, "accuracy": 0.9},
    )


def tree(folder):
    """Return every file below a folder with a hash of its content and the time it was written."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest = hashlib.sha256(path.read_bytes()).digest()
            found[path] = (digest, path.stat().st_mtime_ns)
    return found


def test_the_config_comes_back(run):
    assert run.read_config() == (DESCRIPTION, TrainConfig(epochs=3))


def test_an_existing_run_is_refused_and_left_as_it_is(run):
    before = tree(run.path)
    with pytest.raises(ValueError, match=r"holds a run: add --resume .*, add --overwrite"):
        run.create(DESCRIPTION, TrainConfig())
    assert tree(run.path) == before


def test_overwrite_leaves_nothing_of_the_old_run(run):
    run.save_epoch(nn.Linear(2, 1), [make_progress(1)])
    run.save_step(5, {})
    for name in OF_COMMANDS:
        path = run.path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    assert len(run.list_results()) == len(OF_COMMANDS)
    run.create(DESCRIPTION, TrainConfig(epochs=9), overwrite=True)
    assert run.read_config()[1].epochs == 9
    assert list(tree(run.path)) == [run.config]


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("name", ["thesis.txt", "config.json"])
def test_a_folder_with_other_files_is_never_touched(tmp_path, name, overwrite):
    (tmp_path / name).write_text("{}")
    before = tree(tmp_path)
    with pytest.raises(ValueError, match="with other files"):
        RunFolder(tmp_path).create(DESCRIPTION, TrainConfig(), overwrite=overwrite)
    assert tree(tmp_path) == before


def test_an_empty_folder_and_one_with_hidden_files_are_free(tmp_path):
    (tmp_path / ".DS_Store").touch()
    RunFolder(tmp_path).create(DESCRIPTION, TrainConfig())


@pytest.mark.parametrize("name", ["file", "file/below", "x" * 300, "zero\0byte", "\ud800"])
def test_a_path_that_cannot_be_a_folder_is_a_wrong_argument(tmp_path, name):
    (tmp_path / "file").touch()
    with pytest.raises(ValueError, match="run_dir "):
        RunFolder(tmp_path / name).create(DESCRIPTION, TrainConfig())
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() == 0, reason="root and Windows may write everywhere"
)
def test_a_folder_that_cannot_be_written_is_an_environment_problem(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(EnvironmentProblem, match="cannot be made"):
        RunFolder(tmp_path / "run").create(DESCRIPTION, TrainConfig())


def test_a_failing_disk_is_an_environment_problem(tmp_path, monkeypatch):
    def fail(*_, **__):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("pathlib.Path.mkdir", fail)
    with pytest.raises(EnvironmentProblem, match="Read-only file system"):
        RunFolder(tmp_path / "run").create(DESCRIPTION, TrainConfig())


def test_no_run_and_no_checkpoint_yet_have_their_sentences(tmp_path, run):
    with pytest.raises(CheckpointError, match="there is no run folder"):
        RunFolder(tmp_path / "missing").read_config()
    with pytest.raises(CheckpointError, match="no checkpoint yet"):
        RunFolder(tmp_path).read_config()
    with pytest.raises(CheckpointError, match="no checkpoint yet"):
        run.restore_weights(nn.Linear(2, 1))


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"settings": 3}',
        '{"settings": {"epoch": 1}}',
        '{"settings": {"epochs": 0}}',
        "\xff",
    ],
)
def test_a_damaged_config_is_named(run, content):
    run.config.write_bytes(content.encode("latin-1"))
    with pytest.raises(CheckpointError) as caught:
        run.read_config()
    assert str(run.config) in str(caught.value)


def test_the_two_newest_checkpoints_stay(run):
    for step in (5, 10, 15, 100_000_000):  # the last has a digit more than the names have room for
        run.save_step(step, {"step": step})
    names = [path.name for path in run.list_checkpoints()]
    assert names == ["step-00000015.pt", "step-100000000.pt"]


def test_a_run_that_was_killed_after_its_config_was_written_continues(run):
    run.checkpoints.rmdir()
    assert run.load_newest_checkpoint(print) is None
    run.save_step(1, {})
    assert len(run.list_checkpoints()) == 1


def test_metrics_are_a_table_with_a_line_an_epoch(run):
    run.save_epoch(nn.Linear(2, 1), [make_progress(1), make_progress(2)])
    assert run.metrics.read_text().splitlines() == [
        "epoch,epochs,step,total_steps,learning_rate,train_loss,seconds,examples_per_second,"
        "validation_loss,validation_accuracy",
        "1,2,5,10,0.1,2.3,30.0,100.0,0.5,0.9",
        "2,2,5,10,0.1,2.3,30.0,100.0,0.5,0.9",
    ]


def test_config_json_is_for_people_too(run):
    assert run.config.read_text().count("\n") > 3
    assert list(json.loads(run.config.read_text())) == ["model", "settings"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_settings_that_an_editor_saved_in_its_own_way_are_read(tmp_path, encoding, line_end):
    run = RunFolder(tmp_path / "run")
    run.create({"model": "mlp"}, TrainConfig(epochs=3))
    content = run.config.read_text("utf-8").replace("\n", line_end)
    run.config.write_bytes(content.encode(encoding))
    description, config = run.read_config()
    assert description == {"model": "mlp"}
    assert config == TrainConfig(epochs=3)


def test_a_slip_in_the_settings_is_named_with_its_line_and_can_be_corrected(run):
    content = run.config.read_text("utf-8")
    lines = content.splitlines()
    index = next(index for index, line in enumerate(lines) if '"epochs"' in line)
    lines[index] += ","
    run.config.write_text("\n".join(lines), "utf-8")
    with pytest.raises(CheckpointError) as caught:
        run.read_config()
    assert caught.value.problem.startswith(f"line {index + 1} of {run.config} is not JSON (")
    assert caught.value.remedy == "correct it, or train again"
    lines[index] = lines[index].removesuffix(",")
    run.config.write_text("\n".join(lines), "utf-8")
    assert run.read_config() == (DESCRIPTION, TrainConfig(epochs=3))


def test_settings_of_a_newer_version_are_not_called_damaged_alone(run):
    content = json.loads(run.config.read_text("utf-8"))
    content["version"] = 3
    content["settings"]["sharpness"] = 1.0
    run.config.write_text(json.dumps(content), "utf-8")
    with pytest.raises(CheckpointError) as caught:
        run.read_description()
    assert caught.value.problem == f"{run.config} is damaged or was written by a newer dlcourse"
    assert caught.value.remedy == "use the version of dlcourse that wrote it, or train again"
