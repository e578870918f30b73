"""`dlcourse train --from`: runs that start from the weights of others, and how they go on."""

import json
import shutil
from pathlib import Path

import pytest
import safetensors.torch
import torch
from small_digits import load_few, load_three

from dlcourse.commands.train import train_run
from dlcourse.models.mlp import MLP
from dlcourse.tasks import classify, image_family
from dlcourse.training.run_folder import RunFolder

from .conftest import at_step, end_at_once, read_weights, say_nothing

LOADERS = {"digits": load_few, "three": load_three}


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """Return a folder with a run of the CNN and one of the MLP."""
    folder = tmp_path_factory.mktemp("sources")
    for model in ("cnn", "mlp"):
        train_run(model, run_dir=folder / model, settings={"epochs": 1}, say=say_nothing)
    return folder


@pytest.fixture(autouse=True)
def copies(work, monkeypatch, sources):
    """Give each test copies of the runs, and the small data sets in the place of the named ones."""
    for module in (classify, image_family):
        monkeypatch.setattr(module, "IMAGE_SETS", tuple(LOADERS))
    monkeypatch.setattr(classify.Classify, "data_sets", tuple(LOADERS))
    monkeypatch.setattr(image_family, "load_image_set", lambda name, data_dir: LOADERS[name]())
    for model in ("cnn", "mlp"):
        shutil.copytree(sources / model, work / model)


@pytest.fixture
def train(call):
    """Return a function that trains for two epochs into the folder `new`."""

    def run(words):
        return call("train", *words.split(), "--epochs", 2, "--run-dir", "new")

    return run


def load_weights(folder):
    """Return the weights of a run by name."""
    return safetensors.torch.load_file(Path(folder, "model.safetensors"))


def refused(done, exit_code=4):
    """Return the one line of an error, after which there is no run."""
    assert done[:2] == (exit_code, "")
    (line,) = done[2].splitlines()
    assert line.startswith("dlcourse: error: ")
    assert not Path("new").exists()
    return line


# What is taken over


def test_frozen_layers_keep_weights_and_statistics_to_the_bit(train):
    exit_code, out, _ = train("cnn three --from cnn --freeze")
    assert exit_code == 0
    layers = "conv1, norm1, conv2, norm2, conv3, norm3"
    assert f"starts from cnn: {layers}; output is new, for 3 classes" in out
    assert f"frozen: {layers}\n" in out
    before = load_weights("cnn")
    after = load_weights("new")
    for name, weight in before.items():
        if not name.startswith("output"):
            assert torch.equal(weight, after[name]), name
    assert after["output.weight"].shape == (3, 64)
    content = json.loads(Path("new/config.json").read_text())
    assert content["origin"] == "cnn"
    assert len(content["origin_sha256"]) == 64
    assert content["is_frozen"]


def test_without_freeze_all_layers_learn(train):
    assert train("cnn three --from cnn")[0] == 0
    before = load_weights("cnn")
    after = load_weights("new")
    below = [name for name in before if not name.startswith("output")]
    assert not any(torch.equal(before[name], after[name]) for name in below)


def test_a_file_of_weights_serves_as_well(train):
    torch.save(load_weights("cnn"), "weights.pth")
    exit_code, out, _ = train("cnn three --from weights.pth --freeze")
    assert exit_code == 0
    assert "starts from weights.pth: conv1," in out
    assert torch.equal(load_weights("new")["conv1.weight"], load_weights("cnn")["conv1.weight"])


# A run that goes on


def test_a_resumed_run_needs_no_source_once_it_has_a_checkpoint(train):
    assert train("cnn three --from cnn --freeze")[0] == 0
    Path("new").rename("whole")
    with at_step(7, end_at_once):  # of 8 steps, of which an epoch has 4
        assert train("cnn three --from cnn --freeze")[0] == 130
    assert len(RunFolder("new").list_checkpoints()) == 1
    shutil.rmtree("cnn")
    exit_code, _, err = train("cnn three --resume --from other")
    assert exit_code == 4
    assert "has origin cnn, not other" in err
    assert train("cnn three --resume")[0] == 0
    assert read_weights("new") == read_weights("whole")


def test_a_run_killed_before_its_first_checkpoint_starts_from_the_same_weights(train, call):
    assert train("cnn three --from cnn")[0] == 0
    Path("new").rename("whole")
    with at_step(1, end_at_once):
        assert train("cnn three --from cnn")[0] == 130
    assert not RunFolder("new").list_checkpoints()
    shutil.copytree("new", "again")
    assert train("cnn three --resume")[0] == 0
    assert read_weights("new") == read_weights("whole")

    shutil.rmtree("new")
    Path("again").rename("new")
    words = ("train", "cnn", "--run-dir", "cnn", "--overwrite", "--epochs", 1, "--seed", 1)
    assert call(*words)[0] == 0
    exit_code, _, err = train("cnn three --resume")
    assert exit_code == 4
    assert "has origin sha256 " in err


def test_freeze_cannot_be_added_to_a_run_that_was_begun_without(train):
    assert train("mlp three --from mlp")[0] == 0
    exit_code, _, err = train("mlp three --resume --freeze")
    assert exit_code == 4
    assert "has is frozen False, not True" in err


# What is refused


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("mlp --from cnn", "cnn does not fit this MLP: 17 of its weights differ"),
        ("lenet --from cnn", "conv1.weight is [16, 1, 3, 3], not [6, 1, 5, 5]"),
        ("mlp --set hidden_features=32 --from mlp", "hidden.weight is [128, 64], not [32, 64]"),
        ("mlp --from nowhere", "nowhere gives no usable weights for MLP (FileNotFoundError)"),
        ("mlp --from unsaved", "unsaved contains no checkpoint yet: wait until its first"),
        ("mlp --from .", ". contains no run and no checkpoint yet"),
        ("mlp --from cut.pth", "cut.pth gives no usable weights for MLP"),
        ("mlp --from torchvision", "torchvision gives no usable weights for MLP"),
    ],
)
def test_what_does_not_fit_is_named_before_anything_is_written(train, words, said):
    shutil.copytree("mlp", "unsaved")
    Path("unsaved/model.safetensors").unlink()
    torch.save(MLP(64).state_dict(), "cut.pth")
    Path("cut.pth").write_bytes(Path("cut.pth").read_bytes()[:-500])
    assert said in refused(train(words))


def test_freeze_alone_and_an_empty_source_are_refused(train, call):
    assert "--freeze needs --from" in refused(train("mlp --freeze"), exit_code=2)
    assert call("train", "mlp", "--from", "")[0] == 2  # as from a shell's variable that is not set
    assert not Path("runs").exists()
