"""The data sets as people use them: trained on, evaluated and predicted with, from the command line."""

import json

import pytest
from PIL import Image

from dlcourse import cli
from dlcourse.data.mnist import CLOTHES

from .conftest import small_mnist


@pytest.fixture
def call(nowhere, capsys):
    """Return a function that runs a command line and returns its exit code, stdout and stderr."""

    def run(*words):
        exit_code = cli.main([str(word) for word in words])
        out, err = capsys.readouterr()
        return exit_code, out, err

    return run


def test_fashion_mnist_is_trained_on_and_names_clothes(call, nowhere):
    folder = nowhere / "here" / "FashionMNIST" / "raw"
    folder.mkdir(parents=True)
    for name, content in small_mnist(train=100, test=20).items():
        (folder / name).write_bytes(content)
    exit_code, out, err = call("train", "mlp", "fashion-mnist", "--data-dir", "here", "--epochs", 1, "--json")
    assert exit_code == 0, err
    assert json.loads(out)["data"] == "fashion-mnist"
    assert "learns 90 pictures of fashion-mnist" in err
    picture = Image.new("RGB", (60, 90), "white")
    picture.paste((20, 30, 200), (20, 20, 40, 70))
    picture.save("shirt.png")
    told = json.loads(call("predict", "runs/mlp-fashion-mnist", "shirt.png", "--json")[1])
    (prediction,) = told["predictions"]
    assert {best["class"] for best in prediction["classes"]} <= set(CLOTHES)


@pytest.mark.parametrize(("model", "side"), [("mlp", 32), ("cnn", 32), ("lenet", 28)])
def test_cifar10_is_trained_on_evaluated_and_predicted_in_colour(call, cifar10_folder, model, side):
    exit_code, out, err = call(
        "train", model, "cifar10", "--data-dir", "here", "--epochs", 1, "--run-dir", "run", "--json"
    )
    assert exit_code == 0, err
    assert ("resized from 32 to 28 pixels" in err) == (side == 28)
    again = json.loads(call("evaluate", "run", "--data-dir", "here", "--json")[1])
    assert again["test_loss"] == json.loads(out)["test_loss"]
    Image.new("RGB", (300, 200), (200, 0, 100)).save("photo.jpg", quality=100)
    (prediction,) = json.loads(call("predict", "run", "photo.jpg", "--json")[1])["predictions"]
    with Image.open(prediction["seen"]) as seen:
        assert seen.mode == "RGB"
        assert seen.size[0] % side == 0
        red, green, blue = seen.getpixel((0, 0))
    assert max(abs(red - 200), green, abs(blue - 100)) <= 3  # JPEG's colours are coarse


def test_a_damaged_file_ends_before_any_folder_is_made(call, cifar10_folder, nowhere):
    (cifar10_folder / "data_batch_3.bin").write_bytes(b"cut")
    exit_code, _, err = call("train", "cnn", "cifar10", "--data-dir", "here")
    assert exit_code == 3
    assert "data_batch_3.bin has 3 bytes" in err
    assert not (nowhere / "runs").exists()
