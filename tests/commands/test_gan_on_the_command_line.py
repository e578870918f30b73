"""A GAN on the command line: it is trained on images without labels, and generates some."""

import json
import math

from PIL import Image

from .conftest import one_line

SMALL = ("--epochs", 1, "--set", "code_features=4", "--set", "hidden_channels=4")


def make_images(folder, count):
    """Write gray images of 12 x 12 pixels, all different."""
    folder.mkdir()
    for number in range(count):
        Image.new("L", (12, 12), 5 * number).save(folder / f"{number}.png")


def test_the_digits_are_learned_evaluated_and_sampled(call, work):
    exit_code, out, err = call("train", "gan", *SMALL, "--json", "--figures")
    assert exit_code == 0, err
    trained = json.loads(out)
    assert trained["metric"] == "test_distance"
    assert trained["figures"] == ["runs/gan/nearest_images.png"]
    assert "1,295 images to train" in err
    exit_code, out, _ = call("evaluate", "runs/gan", "--json")
    assert json.loads(out)["test_distance"] == trained["test_distance"]
    assert math.isfinite(trained["test_discriminator_loss"])
    exit_code, out, _ = call("sample", "runs/gan")
    assert (exit_code, out) == (0, "64 generated images are in runs/gan/samples.png\n")
    assert (work / "runs/gan/samples.png").is_file()
    exit_code, _, err = call("predict", "runs/gan", "drawing.png")
    assert exit_code == 2
    assert "use --figures or dlcourse sample" in one_line(err)


def test_a_folder_of_images_is_learned(call, work):
    make_images(work / "pictures", 40)
    exit_code, _, err = call("train", "gan", "pictures", *SMALL)
    assert exit_code == 0, err
    assert call("sample", "runs/gan-pictures", "--count", 3)[0] == 0


def test_a_folder_of_too_few_images_is_refused_in_one_line(call, work):
    make_images(work / "pictures", 8)
    exit_code, _, err = call("train", "gan", "pictures", *SMALL)
    assert exit_code == 2
    assert "has 1 image to validate, and a distance needs 2: add images to it" in one_line(err)


def test_an_option_that_the_model_does_not_have_is_refused_with_those_that_it_has(call):
    exit_code, _, err = call("train", "gan", "--set", "noise=3")
    assert exit_code == 2
    assert "it has code_features=32, hidden_channels=32, r1=1.0" in one_line(err)
