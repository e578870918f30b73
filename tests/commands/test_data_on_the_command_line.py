"""Data sets on the command line: a network is trained, evaluated, and predicts."""

import json
import signal
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dlcourse.data.mnist import CLOTHES

from ..data.conftest import small_mnist
from .conftest import at_step, one_line, read_weights


def test_fashion_mnist_is_trained_on_and_names_clothes(call, work):
    folder = work / "here" / "FashionMNIST" / "raw"
    folder.mkdir(parents=True)
    for name, content in small_mnist(train=100, test=20).items():
        (folder / name).write_bytes(content)
    words = ("train", "mlp", "fashion-mnist", "--data-dir", "here", "--epochs", 1, "--json")
    exit_code, out, err = call(*words)
    assert exit_code == 0, err
    assert json.loads(out)["data"] == "fashion-mnist"
    assert "90 images to train, 10 to validate, 20 to test" in err
    assert f"from {Path('here/FashionMNIST/raw')}: train and test as published" in err
    image = Image.new("RGB", (60, 90), "white")
    image.paste((20, 30, 200), (20, 20, 40, 70))
    image.save("shirt.png")
    told = json.loads(call("predict", "runs/mlp-fashion-mnist", "shirt.png", "--json")[1])
    (prediction,) = told["predictions"]
    assert {best["class"] for best in prediction["classes"]} <= set(CLOTHES)


@pytest.mark.parametrize(("model", "side"), [("mlp", 32), ("cnn", 32), ("lenet", 28)])
def test_cifar10_is_trained_on_evaluated_and_predicted_in_color(call, cifar10_folder, model, side):
    words = ("train", model, "cifar10", "--data-dir", "here", "--epochs", 1)
    exit_code, out, err = call(*words, "--run-dir", "run", "--json")
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
    assert max(abs(red - 200), green, abs(blue - 100)) <= 3  # JPEG's colors are coarse


def test_a_damaged_file_ends_before_any_folder_is_made(call, cifar10_folder, work):
    (cifar10_folder / "data_batch_3.bin").write_bytes(b"cut")
    exit_code, _, err = call("train", "cnn", "cifar10", "--data-dir", "here")
    assert exit_code == 3
    assert "data_batch_3.bin has 3 bytes" in err
    assert not (work / "runs").exists()


@pytest.fixture
def pets(work):
    """Return a folder of two classes, each of images in one color with noise."""
    noise = np.random.default_rng(0)
    for name, color in (("blue", (40, 40, 220)), ("red", (220, 40, 40))):
        (work / "pets" / name).mkdir(parents=True)
        for number in range(20):
            pixels = noise.normal(color, 30, (12, 16, 3)).clip(0, 255).astype(np.uint8)
            Image.fromarray(pixels).save(work / "pets" / name / f"{number}.png")
    return work / "pets"


OPTIONS = ("--augment", "shift,flip", "--epochs", 3, "--batch-size", 8, "--json")
TRAIN_PETS = ("train", "cnn", "pets", *OPTIONS)


def test_a_folder_is_trained_on_evaluated_and_predicted_by_its_class_names(call, pets):
    exit_code, out, err = call(*TRAIN_PETS)
    assert exit_code == 0, err
    assert "2 classes: blue (20), red (20); 28 images to train, 4 to validate, 8 to test" in err
    assert "nothing was left out" in err
    assert "from pets: validation a tenth of each class, test a fifth of each class" in err
    assert "0.0 MiB of 12 x 12 pixels kept in memory" in err
    result = json.loads(out)
    assert (result["data"], result["run_dir"]) == ("pets", str(Path("runs", "cnn-pets")))
    assert result["test_accuracy"] == 1.0
    again = json.loads(call("evaluate", "runs/cnn-pets", "--json")[1])
    assert again["test_loss"] == result["test_loss"]
    told = json.loads(call("predict", "runs/cnn-pets", pets / "red" / "3.png", "--json")[1])
    assert told["predictions"][0]["classes"][0]["class"] == "red"
    exit_code, _, err = call("evaluate", "runs/cnn-pets", "digits")
    assert exit_code == 2
    assert "the run was trained on images [3, 12, 12] of blue, red" in err


def test_a_streamed_run_is_the_resident_one_also_when_it_is_stopped(call, pets):
    assert call(*TRAIN_PETS, "--resident", "--run-dir", "resident")[0] == 0
    exit_code, _, err = call(*TRAIN_PETS, "--stream", "--figures", "--run-dir", "streamed")
    assert (exit_code, "streamed by" in err) == (0, True)
    with at_step(6, partial(signal.raise_signal, signal.SIGTERM)):  # an epoch has 4 steps
        assert call(*TRAIN_PETS, "--stream", "--run-dir", "stopped")[0] == 143
    assert call(*TRAIN_PETS, "--resident", "--resume", "--run-dir", "stopped")[0] == 0
    assert read_weights("streamed") == read_weights("resident")
    assert read_weights("stopped") == read_weights("resident")


@pytest.mark.parametrize(("option", "said"), [("--stream", "streamed"), ("--resident", "kept")])
def test_any_images_are_streamed_where_it_is_asked_for(call, option, said):
    exit_code, out, _ = call("train", "mlp", "--epochs", 1, option)
    assert exit_code == 0
    assert f"0.1 MiB of 8 x 8 pixels {said} " in out


def test_a_bad_folder_ends_before_any_run_is_made(call, pets, work):
    for path in [*(pets / "red").iterdir(), *(pets / "blue").iterdir()][:30]:
        path.write_bytes(path.read_bytes()[:200])
    exit_code, _, err = call(*TRAIN_PETS)
    assert exit_code == 3
    assert "pets has 30 damaged images or images in other formats (" in one_line(err)
    assert not (work / "runs").exists()


def add_oddities(pets):
    """Add one of everything that people's folders have to a folder of two classes."""
    store = pets.parent / "store"
    store.mkdir()
    noise = np.random.default_rng(1)

    def save(path, dtype=np.uint8, most=255):
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = noise.integers(0, most + 1, (12, 16)).astype(dtype)
        Image.fromarray(pixels).save(path)
        return path

    for split in ("training", "testing"):
        (pets / split).mkdir()
    for name in ("blue", "red"):
        (pets / name).rename(pets / "training" / name)
        for number in range(5):
            save(pets / "testing" / name / f"{number}.png")
    blue = pets / "training" / "blue"
    for number in range(3):  # links
        (blue / f"link {number}.png").symlink_to(save(store / f"{number}.png"))
    (blue / "gone.png").symlink_to(store / "nothing")
    (blue / "circle").symlink_to(blue, target_is_directory=True)
    (pets / "README.md").write_text("loose")
    (blue / "labels.csv").write_text("loose")
    (blue / ".DS_Store").write_text("hidden")
    for number in range(2):  # damaged
        (blue / f"cut {number}.png").write_bytes((blue / "1.png").read_bytes()[:200])
    with Image.open(blue / "2.png") as image:  # twins, of which one is tested with
        image.save(blue / "2 again.bmp")
        image.save(pets / "testing" / "blue" / "2 again.tiff")
    save(pets / "training" / "red" / "deep" / "deeper" / "x.png")  # odd depths
    for number in range(4):
        save(pets / "training" / "red" / f"gray {number}.png", np.uint16, 4095)


def test_a_folder_of_every_oddity_is_trained_on_and_each_is_named(call, pets, monkeypatch):
    add_oddities(pets)
    real_open = Path.open

    def refuse(path, *arguments, **options):  # chmod does not keep the superuser from reading
        if path.name == "gray 0.png":
            raise PermissionError(13, "Permission denied")
        return real_open(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    exit_code, _, err = call(*TRAIN_PETS)
    assert exit_code == 0, err
    classes, left_out, source = err.splitlines()[:3]
    # Of 20 and 20, 3 links are blue, 3 grays and 1 deep one red, 11 are tested with; 1 of the blue
    # is in the test already.
    assert classes.startswith("2 classes: blue (28), red (29); ")
    assert classes.endswith("to validate, 11 to test")
    for told in (
        "1 file beside the class folders (README.md)",
        "1 file that is not an image (training/blue/labels.csv)",
        "1 hidden file or folder (training/blue/.DS_Store)",
        "1 broken link (training/blue/gone.png)",
        "2 damaged images or images in other formats (training/blue/cut 0.png, training/blue/cut 1",
        "1 file or folder that you may not read (training/red/gray 0.png)",
        "1 further link to the same file or folder (training/blue/circle)",
        "2 copies of images of another split (training/blue/2 again.bmp, ...)",
    ):
        assert told in left_out
    assert f"from {Path('pets')}: train from training, validation a tenth of training" in source
    assert "test from testing" in source
    assert "grays of more than 8 bits: 3" in source
    assert "files through links: 3" in source
    assert json.loads(call("evaluate", "runs/cnn-pets", "--json")[1])["test_accuracy"] > 0


@pytest.mark.parametrize("change", ["gone", "moved", "added"])
def test_a_run_is_not_resumed_on_other_images(call, pets, change):
    with at_step(6, partial(signal.raise_signal, signal.SIGTERM)):
        assert call(*TRAIN_PETS)[0] == 143
    path = pets / "red" / "3.png"
    if change == "gone":
        path.unlink()
    elif change == "moved":
        path.rename(pets / "blue" / "moved.png")
    else:
        Image.new("RGB", (16, 12), (1, 2, 3)).save(pets / "red" / "new.png")
    exit_code, _, err = call(*TRAIN_PETS, "--resume")
    assert exit_code == 4
    told = one_line(err)
    assert "has changed since the run in" in told
    assert "restore the data, or choose another --run-dir" in told


def test_an_evaluation_says_when_the_images_have_changed(call, pets):
    assert call(*TRAIN_PETS)[0] == 0
    assert "have changed" not in call("evaluate", "runs/cnn-pets")[1]
    (pets / "red" / "3.png").unlink()
    exit_code, out, _ = call("evaluate", "runs/cnn-pets")
    assert exit_code == 0
    note = "the data have changed since the run was started: it may have trained on some"
    assert out.endswith(f"test split of {pets}; {note}\n")
    assert json.loads(call("evaluate", "runs/cnn-pets", "--json")[1])["data_has_changed"]


def test_other_files_with_the_names_of_a_published_set_are_noticed(call, cifar10_folder):
    words = ("cifar10", "--data-dir", "here", "--run-dir", "run", "--epochs", 1)
    assert call("train", "mlp", *words)[0] == 0
    file = cifar10_folder / "data_batch_3.bin"
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    exit_code, _, err = call("train", "mlp", *words, "--resume")
    assert exit_code == 4
    assert "cifar10 has changed since the run in run was started: restore the data" in one_line(err)


@pytest.mark.parametrize(
    ("data", "exit_code", "told"),
    [("petz", 2, "there is no data set or folder 'petz'"), ("./petz", 3, "there is no folder ")],
)
def test_a_mistyped_folder_is_named(call, pets, data, exit_code, told):
    code, _, err = call("train", "cnn", data)
    assert (code, told in err) == (exit_code, True)
