import dataclasses
import json
import shutil

import pytest
import torch
from torch import nn

from dlcourse.commands.models import find_family
from dlcourse.commands.runs import (
    describe_test,
    load_run,
    measure_test,
    read_run,
)
from dlcourse.commands.train import train_run
from dlcourse.data.batches import ImageData, Split
from dlcourse.data.digits import load_digits
from dlcourse.errors import CheckpointError
from dlcourse.tasks.classify import Classify
from dlcourse.training.run_description import read_description
from dlcourse.training.run_folder import RunFolder

from .conftest import draw_zero, one_line, read_weights, say_nothing

CPU = torch.device("cpu")
SETTINGS = {
    "epochs": 2,
    "batch_size": 32,
    "accumulate": 1,
    "precision": "float32",
    "compile": False,
    "optimizer": "adamw",
    "learning_rate": 0.01,
    "weight_decay": 0.01,
    "schedule": "linear",
    "warmup": 0.25,
    "clip_norm": 0.0,
    "average_decay": 0.0,
    "patience": 0,
    "augment": "",
    "seed": 0,
    "device": "auto",
    "checkpoint_seconds": 60.0,
}
# What dlcourse 0.1.0 wrote for `dlcourse train mlp --epochs 2`, before config.json had a version.
OLD_CONFIG = {
    "dlcourse": "0.1.0",
    "model": "mlp",
    "data": "digits",
    "image_shape": [1, 8, 8],
    "class_names": ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
    "drawing_side": 8,
    "framing": {
        "height": 1,
        "width": 0.75,
        "keeps_aspect": False,
        "removes_slant": True,
        "least_ink": 0.35,
        "center": "box",
    },
    "origin": "",
    "origin_sha256": "",
    "is_frozen": False,
    "settings": SETTINGS,
}


def make_old(folder):
    """Give a run the config.json that version 1 wrote of the same run."""
    (folder / "config.json").write_text(json.dumps(OLD_CONFIG, indent=2) + "\n")


@pytest.fixture(scope="module")
def new_run(tmp_path_factory):
    """Return a run with the settings of the old one, and its result."""
    folder = tmp_path_factory.mktemp("runs") / "new"
    return folder, train_run("mlp", run_dir=folder, settings={"epochs": 2}, say=say_nothing)


@pytest.fixture
def old_run(new_run, work):
    """Return a run folder of version 1, with the weights and checkpoints of the new run."""
    folder = work / "old"
    shutil.copytree(new_run[0], folder)
    make_old(folder)
    return folder


# Runs of version 1


def test_a_run_of_version_1_has_the_same_description(new_run, old_run):
    description, config, family = read_run(RunFolder(old_run))
    new_description, new_config, _ = read_run(RunFolder(new_run[0]))
    assert config == new_config
    assert description == dataclasses.replace(new_description, options={}, data_digest="")
    assert family.options == {"hidden_features": 128}


def test_a_run_of_version_1_is_evaluated(new_run, old_run, call):
    exit_code, out, _ = call("evaluate", old_run, "--json")
    assert exit_code == 0
    assert json.loads(out)["test_loss"] == new_run[1]["test_loss"]


def test_a_run_of_version_1_predicts(new_run, old_run, call, work):
    drawing = draw_zero(work / "zero.png")
    exit_code, out, _ = call("predict", old_run, drawing, "--json")
    assert exit_code == 0
    (prediction,) = json.loads(out)["predictions"]
    (expected,) = json.loads(call("predict", new_run[0], drawing, "--json")[1])["predictions"]
    assert prediction["classes"] == expected["classes"]


def test_a_run_of_version_1_is_resumed(new_run, old_run, call):
    for name in ("model.safetensors", "checkpoints/step-00000082.pt"):
        (old_run / name).unlink()  # as if it had been stopped after its first epoch, of 41 steps
    words = ("train", "mlp", "--run-dir", old_run, "--json", "--resume")
    assert "has model mlp, not cnn" in call("train", "cnn", *words[2:])[2]
    exit_code, out, _ = call(*words)
    assert exit_code == 0
    assert json.loads(out)["test_loss"] == new_run[1]["test_loss"]
    assert read_weights(old_run) == read_weights(new_run[0])


def test_a_run_of_version_1_without_one_of_its_facts_is_damaged(old_run, call):
    content = dict(OLD_CONFIG)
    del content["framing"]
    (old_run / "config.json").write_text(json.dumps(content))
    exit_code, _, err = call("evaluate", old_run)
    assert exit_code == 4
    assert "config.json is damaged or was written by a newer dlcourse" in one_line(err)


# Runs as the commands read them


def test_a_loaded_run_is_what_was_trained(new_run):
    run = load_run(RunFolder(new_run[0]))
    assert run.description.model == "mlp"
    assert run.config.epochs == 2
    assert run.family.network_class.__name__ == "MLP"
    assert not run.network.training
    assert run.description == read_description(RunFolder(new_run[0]).read_config()[0])
    measured = measure_test(run.family, run.network, load_digits(), CPU)
    assert measured["test_loss"] == new_run[1]["test_loss"]


def test_what_cannot_be_built_is_a_damaged_run(new_run, work):
    shutil.copytree(new_run[0], work / "run")
    path = work / "run" / "config.json"
    content = json.loads(path.read_text())
    for wrong in (
        {"model": "nonsense"},
        {"version": 7},
        {"about": {}},
        {"about": None},
        {"options": {"hidden_features": 0}},
        {"options": []},
        {"more": 1},
    ):
        path.write_text(json.dumps({**content, **wrong}))
        with pytest.raises(
            CheckpointError, match=r"config.json is damaged or was written by a newer dlcourse"
        ):
            load_run(RunFolder(work / "run"))


# Figures on the test split


class FirstPixel(nn.Module):
    """Predicts the class that the first pixel names, with the second pixel as its logit."""

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        pixels = (images.flatten(1) * 255).round().long()
        return nn.functional.one_hot(pixels[:, 0], 3) * pixels[:, 1:2].float()


def make_images(predicted, labels, logits):
    """Return images (N, 1, 2, 2) for which FirstPixel predicts these classes with these logits."""
    images = torch.zeros(len(labels), 1, 2, 2, dtype=torch.uint8)
    images[:, 0, 0, 0] = torch.tensor(predicted)
    images[:, 0, 0, 1] = torch.tensor(logits)
    split = Split(images, torch.tensor(labels))
    names = ("ant", "bee", "cat")
    return ImageData("insects", split, split, split, names, max_value=255, framing=None)


def test_without_a_mistake_the_accuracy_is_1(tmp_path):
    data = make_images([0, 1], [0, 1], [9, 9])
    result = measure_test(Classify("mlp"), FirstPixel(), data, CPU)
    assert list(result) == ["metric", "metric_value", "test_accuracy", "test_loss"]
    assert result["metric"] == "test_accuracy"
    assert result["test_accuracy"] == result["metric_value"] == 1
    assert describe_test(result) == "test accuracy 1.0000, test loss 0.0002"  # log(1 + 2 e^-9)


def test_figures_are_drawn_into_the_folder_that_is_given(tmp_path):
    data = make_images([0, 1], [0, 2], [9, 9])
    result = measure_test(Classify("mlp"), FirstPixel(), data, CPU, tmp_path)
    names = ("confusion_matrix.png", "worst_mistakes.png")
    assert result["figures"] == [str(tmp_path / name) for name in names]
    assert all((tmp_path / name).exists() for name in names)


def test_figures_that_cannot_be_written_cost_only_the_figures(tmp_path):
    (tmp_path / "worst_mistakes.png").mkdir()
    data = make_images([0, 1], [0, 2], [9, 9])
    result = measure_test(Classify("mlp"), FirstPixel(), data, CPU, tmp_path)
    assert result["test_accuracy"] == 0.5
    assert result["figures"] == []
    assert "worst_mistakes.png cannot be written (Is a directory): " in result["figures_problem"]


def test_the_headline_comes_first():
    family = find_family("gru", {"context": 2})
    characters = torch.tensor([0, 1, 2, 3] * 3, dtype=torch.uint8)
    data = family.load("course")
    data = dataclasses.replace(data, vocabulary="abcd", test=characters)
    result = measure_test(family, family.build({"vocabulary": "abcd"}), data, CPU)
    assert list(result)[2:] == ["test_bits_per_character", "test_loss", "test_accuracy"]
    text = describe_test({"test_bits_per_character": 2.5, "model": "gru", "test_loss": 1.25})
    assert text == "test bits per character 2.5000, test loss 1.2500"


# A folder without a run


@pytest.fixture
def runs(work):
    """Make folders that look like runs."""
    for name in ("runs/mlp", "runs/mlp-mnist", "runs/gru-novel.txt", "elsewhere/a", "elsewhere/b"):
        (work / name / "checkpoints").mkdir(parents=True)
        (work / name / "config.json").write_text("{}")
    (work / "seven.png").touch()
    (work / "my images").mkdir()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("evaluate mlp", "there is no run folder mlp: did you mean runs/mlp?"),
        ("evaluate MLP mnist", "there is no run folder MLP: did you mean runs/mlp-mnist?"),
        ("evaluate mlp course", "did you mean runs/mlp or runs/mlp-mnist?"),
        ("evaluate ml", "did you mean runs/mlp?"),
        ("evaluate mlp mnist", "there is no run folder mlp: did you mean runs/mlp-mnist?"),
        ("predict gru seven.png", "did you mean runs/gru-novel.txt?"),
        ("sample runs/gru-nvel.txt", "did you mean runs/gru-novel.txt?"),
        ("sample lenet", "there is no run folder lenet: create one with dlcourse train lenet"),
        ("sample nothing", "there is no run folder nothing: create one with dlcourse train"),
        ("evaluate runs/mlp/config.json", "is a file, not the folder of a run: did you mean runs/"),
        (
            "evaluate runs/mlp/checkpoints",
            "checkpoints contains no run and no checkpoint yet: did yo",
        ),
        ("evaluate elsewhere", "yet: did you mean elsewhere/a or elsewhere/b?"),
        (
            "evaluate seven.png",
            "seven.png is a file, not the folder of a run: create one with dlcou",
        ),
        (f"evaluate {'x' * 300}", "x: create one with dlcourse train"),
    ],
)
def test_a_folder_without_a_run_names_those_that_are_near(call, runs, words, said):
    exit_code, out, err = call(*words.split())
    assert (exit_code, out) == (4, "")
    assert said in one_line(err)


@pytest.mark.parametrize(
    ("words", "right"),
    [
        (["predict", "seven.png", "runs/mlp"], "predict runs/mlp seven.png"),
        (["predict", "a.png", "b.png", "runs/mlp"], "predict runs/mlp a.png b.png"),
        (["evaluate", "mnist", "runs/mlp"], "evaluate runs/mlp mnist"),
        (["evaluate", "my images", "runs/mlp"], "evaluate runs/mlp 'my images'"),
    ],
)
def test_a_run_behind_other_words_is_put_first(call, runs, words, right):
    exit_code, out, err = call(*words)
    assert (exit_code, out) == (2, "")
    assert one_line(err) == f"dlcourse: error: RUN_DIR comes first: write dlcourse {right}\n"
