import dataclasses
import json
import os
import sys
from pathlib import Path

import pytest
import torch

from dlcourse.commands.models import MODELS, find_family, find_recipe
from dlcourse.commands.train import choose_folder, plan_run, start_network, train_plan, train_run
from dlcourse.data.digits import load_digits
from dlcourse.data.mnist import MNIST
from dlcourse.errors import CheckpointError, UsageError
from dlcourse.tasks.image_family import ImageFamily
from dlcourse.training.config import TrainConfig
from dlcourse.training.run_folder import RunFolder

from .conftest import draw_zero, one_line, read_files, read_weights, say_nothing

# One epoch of ResNet-18 takes 10 s, one of a text 3 s; texts and maps have test files of their own.
IMAGE_MODELS = [name for name in MODELS if isinstance(find_family(name), ImageFamily)]
SMALL_MODELS = [name for name in IMAGE_MODELS if name != "resnet18"]
TRAIN_KEYS = [
    *("model", "data", "device", "epochs", "metric", "metric_value", "test_accuracy", "test_loss"),
    *("train_seconds", "images_per_second", "run_dir"),
]


def test_the_digits_are_learned_with_no_more_than_a_models_name(trained):
    folder, done = trained
    (line,) = done.stdout.splitlines()  # everything else is on stderr
    result = json.loads(line)
    assert list(result) == TRAIN_KEYS
    assert result["test_accuracy"] >= 0.95  # an MLP reaches 97% on average over splits
    assert result["metric_value"] == result[result["metric"]]
    assert (result["model"], result["data"], result["run_dir"]) == ("mlp", "digits", str(folder))
    assert result["train_seconds"] > 0
    assert "epoch 20/20" in done.stderr


def test_the_speed_is_the_number_of_images_by_the_seconds(trained):
    result = json.loads(trained[1].stdout)
    num_images = 20 * len(load_digits().train)
    assert result["images_per_second"] == pytest.approx(num_images / result["train_seconds"])


@pytest.mark.parametrize("model", SMALL_MODELS)
def test_every_model_trains_and_evaluates_to_the_same_figures(call, model):
    exit_code, out, err = call("train", model, "--epochs", 1, "--json", "--seed", 3)
    assert exit_code == 0
    result = json.loads(out)
    assert Path("runs", model, "learning_curve.png").exists()
    assert ("resized from 8 to 28 pixels" in err) == (model == "lenet")
    exit_code, out, _ = call("evaluate", Path("runs", model), "--json")
    assert exit_code == 0
    measured = json.loads(out)
    figures = [name for name in result if name.startswith("test_")]
    assert figures
    assert [measured[name] for name in figures] == [result[name] for name in figures]
    settings = json.loads(Path("runs", model, "config.json").read_text())["settings"]
    assert TrainConfig(**settings).seed == 3


def test_the_run_folder_is_named_for_model_and_data(call):
    exit_code, out, _ = call("train", "mlp", "digits", "--epochs", 1)
    assert exit_code == 0
    assert Path("runs/mlp-digits/model.safetensors").exists()
    assert out.splitlines()[-1].endswith(f"the run is saved in {Path('runs', 'mlp-digits')}")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (None, "cnn"),
        ("digits", "cnn-digits"),
        ("my/images/", "cnn-images"),
        ("./texts/novel.txt", "cnn-novel.txt"),
        (".", "cnn-here"),
    ],
)
def test_a_path_gives_the_folder_its_last_part(work, monkeypatch, data, name):
    (work / "here").mkdir()
    monkeypatch.chdir(work / "here")
    assert choose_folder("cnn", data) == Path("runs", name)


def test_the_same_command_gives_the_same_weights(call):
    for folder in ("a", "b"):
        assert call("train", "cnn", "--epochs", 1, "--run-dir", folder)[0] == 0
    assert read_weights("a") == read_weights("b")


def test_the_seed_decides_the_initial_weights():
    weights = {}
    for seed in (0, 1):
        plan = plan_run("mlp", run_dir="run", settings={"seed": seed})
        for attempt in range(2):
            network, _ = start_network(plan, plan.family.about(load_digits()), say_nothing)
            weights[seed, attempt] = network.hidden.weight
    assert torch.equal(weights[0, 0], weights[0, 1])
    assert torch.equal(weights[1, 0], weights[1, 1])
    assert not torch.equal(weights[0, 0], weights[1, 0])


def test_options_win_over_the_recipe(call):
    words = ("--epochs", 1, "--batch-size", 77, "--learning-rate", 0.02, "--device", "cpu")
    call("train", "mlp", *words)
    saved = json.loads(Path("runs/mlp/config.json").read_text())["settings"]
    chosen = {"epochs": 1, "batch_size": 77, "learning_rate": 0.02, "device": "cpu"}
    recipe = dataclasses.asdict(find_recipe("mlp", "digits"))
    assert saved == {**recipe, **chosen}


def test_an_existing_run_is_refused_and_kept(trained, call):
    folder, _ = trained
    before = read_files(folder)
    exit_code, out, err = call("train", "cnn", "--run-dir", folder)
    assert (exit_code, out) == (2, "")
    assert one_line(err).endswith("add --overwrite to replace it, or choose another --run-dir\n")
    assert read_files(folder) == before


@pytest.mark.parametrize("option", ["--figures", "--pictures"])  # the second is its old name
def test_figures_are_drawn_when_asked_for_and_removed_with_their_run(call, option):
    drawn = [Path("runs/mlp", name) for name in ("confusion_matrix.png", "worst_mistakes.png")]
    result = json.loads(call("train", "mlp", "--epochs", 1, option, "--json")[1])
    assert result["figures"] == [str(path) for path in drawn]
    assert all(path.exists() for path in drawn)
    assert call("train", "mlp", "--epochs", 1, "--overwrite")[0] == 0
    assert not any(path.exists() for path in drawn)


def test_the_old_name_of_figures_is_not_in_the_help(call):
    out = call("train", "--help")[1]
    assert "--figures" in out
    assert "--pictures" not in out


def test_tensorboard_that_is_not_there_is_named_before_anything_is_written(call, work, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    exit_code, _, err = call("train", "mlp", "--tensorboard")
    assert exit_code == 5
    assert "--tensorboard needs the package tensorboard" in one_line(err)
    assert os.listdir(work) == []


def test_overwrite_replaces_the_run(call):
    assert call("train", "mlp", "--epochs", 1)[0] == 0
    assert call("train", "cnn", "--epochs", 1, "--run-dir", "runs/mlp", "--overwrite")[0] == 0
    assert json.loads(call("evaluate", "runs/mlp", "--json")[1])["model"] == "cnn"


def test_show_config_prints_the_settings_of_the_recipe_or_the_run(call, work, trained):
    out = call("train", "cnn", "--show-config", "--json", "--warmup", 0.1)[1]
    recipe = find_recipe("cnn", "digits")
    assert TrainConfig(**json.loads(out)) == dataclasses.replace(recipe, warmup=0.1)
    assert os.listdir(work) == []
    out = call("train", "mlp", "--show-config", "--json", "--resume", "--run-dir", trained[0])[1]
    assert TrainConfig(**json.loads(out)) == find_recipe("mlp", "digits")


# Options of the model


def test_an_option_of_the_model_is_recorded_rebuilt_and_kept(call):
    words = ("train", "mlp", "--epochs", 1, "--run-dir", "run")
    exit_code, out, _ = call(*words, "--set", "hidden_features=32", "--json")
    assert exit_code == 0
    content = json.loads(Path("run/config.json").read_text())
    assert content["options"] == {"hidden_features": 32}
    measured = json.loads(call("evaluate", "run", "--json")[1])
    assert measured["test_loss"] == json.loads(out)["test_loss"]

    exit_code, _, err = call(*words, "--resume", "--set", "hidden-features=64")
    assert exit_code == 4
    assert "the run in run has hidden features 32, not 64" in one_line(err)
    assert call(*words, "--resume", "--set", "hidden_features=32")[0] == 0
    assert call(*words, "--resume")[0] == 0  # with the option of the run


def test_config_json_is_plain_data_of_version_2(call):
    assert call("train", "lenet", "--epochs", 1, "--run-dir", "run")[0] == 0
    content = json.loads(Path("run/config.json").read_text())
    assert list(content) == [
        *("version", "dlcourse", "model", "data", "about", "options"),
        *("origin", "origin_sha256", "is_frozen", "data_digest", "settings"),
    ]
    framing = content["about"].pop("framing")
    assert framing == dataclasses.asdict(load_digits().framing)
    assert content["version"] == 2
    assert content["model"] == "lenet"
    assert content["data"] == "digits"
    assert content["about"] == {
        "image_shape": [1, 28, 28],  # what LeNet takes
        "class_names": list("0123456789"),
        "drawing_side": 8,
    }
    assert content["options"] == {}
    assert (content["origin"], content["origin_sha256"], content["is_frozen"]) == ("", "", False)
    assert TrainConfig(**content["settings"]).epochs == 1


# From Python


def test_train_run_returns_what_the_command_prints(call):
    out = call("train", "mlp", "--epochs", 2, "--set", "hidden_features=16", "--json")[1]
    printed = json.loads(out)
    sentences = []
    reports = []
    result = train_run(
        "mlp",
        run_dir="python",
        settings={"epochs": 2},
        options={"hidden_features": 16},
        report=reports.append,
        say=sentences.append,
    )
    assert list(result) == list(printed)
    for name in ("train_seconds", "images_per_second", "run_dir"):
        assert result.pop(name) != printed.pop(name)
    assert result == printed
    assert read_weights("python") == read_weights("runs/mlp")
    assert "mlp, 1,210 parameters" in sentences  # 64 * 16 + 16 + 16 * 10 + 10
    assert [progress.epoch for progress in reports if progress.is_epoch_end] == [1, 2]


def test_a_plan_trains_on_data_that_were_loaded_otherwise():
    digits = load_digits()
    swapped = dataclasses.replace(digits, train=digits.validation, validation=digits.train)
    plan = plan_run("mlp", "digits", run_dir="run", settings={"epochs": 1})
    sentences = []
    result = train_plan(plan, swapped, say=sentences.append)
    assert result["data"] == "digits"
    assert f"{len(digits.validation):,} images to train" in sentences[0]


def test_a_plan_is_made_before_anything_is_loaded_or_written(work, monkeypatch):
    monkeypatch.setattr("dlcourse.data.digits.load_digits", None)
    plan = plan_run("lenet", settings={"epochs": 2}, run_dir="run")
    assert plan.family.model == "lenet"
    assert plan.data == "digits"
    assert plan.run.path == Path("run")
    assert plan.config == dataclasses.replace(find_recipe("lenet", "digits"), epochs=2)
    assert os.listdir(work) == []


def test_from_python_errors_are_raised(trained):
    folder, _ = trained
    with pytest.raises(UsageError, match="did you mean lenet"):
        train_run("lennet")
    with pytest.raises(UsageError, match="--batch-size must be at least 1"):
        train_run("mlp", settings={"batch_size": 0})
    with pytest.raises(UsageError, match="add --overwrite to replace it"):
        train_run("mlp", run_dir=folder)
    with pytest.raises(CheckpointError, match="has model mlp, not cnn"):
        train_run("cnn", run_dir=folder, resume=True, say=say_nothing)


# What a run leaves


class FakeWriter:
    """Writes a file as TensorBoard's SummaryWriter does, which is not everywhere."""

    def __init__(self, folder):
        Path(folder).mkdir(parents=True, exist_ok=True)
        Path(folder, "events.out.tfevents.1.host.1.0").touch()

    def add_scalar(self, name, value, step):
        pass

    def flush(self):
        pass


def test_overwrite_removes_all_that_any_command_has_written(call, monkeypatch):
    module = type(sys)("tensorboard")
    module.SummaryWriter = FakeWriter
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", module)
    drawing = draw_zero(Path("drawing.png"))
    words = ("train", "mlp", "--epochs", 1, "--run-dir", "run")
    assert call(*words, "--figures", "--tensorboard")[0] == 0
    assert call("evaluate", "run", "--figures")[0] == 0
    assert call("predict", "run", drawing, drawing)[0] == 0
    Path("run/samples.txt").write_text("what a sample may be redirected to")
    written = {path.relative_to("run") for path in read_files("run")}
    assert len(written) >= 10

    run = RunFolder("run")
    results = {path.relative_to("run") for path in run.list_results()}
    (checkpoint,) = run.list_checkpoints()
    names = ("config.json", "metrics.csv", "model.safetensors")
    of_the_trainer = {Path(name) for name in names} | {checkpoint.relative_to("run")}
    lock = Path(".lock")
    assert written - results - {lock} == of_the_trainer

    assert call(*words, "--overwrite")[0] == 0
    left = {path.relative_to("run") for path in read_files("run")}
    assert left - {lock} == of_the_trainer | {Path("learning_curve.png")}


# What goes wrong


@pytest.mark.parametrize("device", ["cuda", "cuda:7", "mps"])
def test_a_device_that_is_not_there_is_no_slow_run(call, monkeypatch, device, work):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    exit_code, _, err = call("train", "mlp", "--device", device)
    assert exit_code == 5
    assert f"there is no device {device} here, only cpu" in one_line(err)
    assert os.listdir(work) == []


def test_missing_data_is_named_with_what_to_do(call, monkeypatch, work):
    def refuse(*arguments, **options):
        raise OSError("no network")

    monkeypatch.setattr("socket.getaddrinfo", refuse)
    exit_code, _, err = call("train", "lenet", "mnist", "--data-dir", "nowhere")
    assert exit_code == 3
    *_, last = err.splitlines()  # the first line says what is downloaded
    assert last.startswith("dlcourse: error: no MNIST under nowhere")
    assert not (work / "runs").exists()


def test_a_diverging_run_names_step_and_learning_rate(call):
    exit_code, _, err = call("train", "mlp", "--learning-rate", 1e30, "--json")
    assert exit_code == 6
    last = err.splitlines()[-1]
    assert last.startswith("dlcourse: error: the loss became nan at step ")
    assert "with learning rate" in last


def test_a_full_disk_is_named(call, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    exit_code, _, err = call("train", "mlp")
    assert exit_code == 5
    assert "No space left on device" in one_line(err)


@pytest.mark.soak
@pytest.mark.mnist
@pytest.mark.skipif(
    MNIST.find() is None, reason="needs the MNIST files, found through DLCOURSE_DATA"
)
def test_lenet_learns_mnist_in_three_epochs(call, data_dir):
    words = ("train", "lenet", "mnist", "--data-dir", data_dir, "--epochs", 3, "--json")
    exit_code, out, _ = call(*words)
    result = json.loads(out)
    assert exit_code == 0
    # LeNet-5 reaches 99% when trained for long; three epochs are few.
    assert result["test_accuracy"] >= 0.985
    measured = json.loads(call("evaluate", "runs/lenet-mnist", "--data-dir", data_dir, "--json")[1])
    assert measured["test_loss"] == result["test_loss"]
