"""dlcourse export: the weights of a classifier in half precision, and what cannot be exported."""

import json

import pytest
import safetensors
import torch

from dlcourse.commands.app import main
from dlcourse.commands.train import train_run


@pytest.fixture(scope="module")
def run_dir(tmp_path_factory):
    folder = tmp_path_factory.mktemp("run") / "mlp"
    train_run("mlp", "digits", run_dir=folder, settings={"epochs": 1, "device": "cpu"}, say=len)
    return folder


def test_the_file_holds_the_weights_rounded_and_what_they_were_trained_on(run_dir, capsys):
    assert main(["export", str(run_dir), "--json"]) == 0
    result = json.loads(capsys.readouterr().out)
    with safetensors.safe_open(result["file"], framework="pt") as file:
        names = sorted(file.keys())
        facts = json.loads(file.metadata()["dlcourse"])
        halves = {name: file.get_tensor(name) for name in names}
    with safetensors.safe_open(run_dir / "model.safetensors", framework="pt") as file:
        assert sorted(file.keys()) == names
        for name in names:
            assert torch.equal(halves[name], file.get_tensor(name).half())
    assert facts["model"] == "mlp"
    assert facts["about"]["image_shape"] == [1, 8, 8]
    assert result["weights"] == sum(half.numel() for half in halves.values())
    assert 0 < result["largest_change"] < 0.01  # half precision has 11 bits


def test_a_file_elsewhere_is_named_and_the_change_told(run_dir, tmp_path, capsys):
    path = tmp_path / "weights.safetensors"
    assert main(["export", str(run_dir), "--file", str(path)]) == 0
    said = capsys.readouterr().out
    assert str(path) in said
    assert "No probability of 100 random images changes by more than" in said


def test_a_network_that_does_not_classify_and_a_folder_that_is_not_there(tmp_path, capsys):
    policy = tmp_path / "policy"
    settings = {"epochs": 1, "device": "cpu"}
    train_run("reinforce", "corridor", run_dir=policy, settings=settings, say=len)
    capsys.readouterr()
    assert main(["export", str(policy)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["export", str(tmp_path / "nothing")]) != 0
    assert capsys.readouterr().err.count("\n") == 1
    missing_folder = tmp_path / "none" / "file.safetensors"
    run = tmp_path / "mlp"
    train_run("mlp", "digits", run_dir=run, settings=settings, say=len)
    capsys.readouterr()
    assert main(["export", str(run), "--file", str(missing_folder)]) != 0
    assert capsys.readouterr().err.count("\n") == 1
