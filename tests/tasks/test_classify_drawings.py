from pathlib import Path

import pytest
import torch
from PIL import Image, ImageDraw
from torch import nn

from dlcourse.data.batches import Batches, Split
from dlcourse.data.digits import load_digits
from dlcourse.errors import DataError
from dlcourse.tasks.classify import Classify
from dlcourse.tasks.classify_drawings import (
    describe_prediction,
    predict_drawings,
    read_as_trained,
    scale_as_trained,
    unique_names,
)

CPU = torch.device("cpu")
PHOTOGRAPHS = {
    "image_shape": [3, 32, 32],
    "class_names": ["blue", "red"],
    "drawing_side": 32,
    "framing": None,
}


@pytest.fixture
def digits_facts():
    """Return what a run of the digits' MLP knows of its images."""
    return Classify("mlp").about(load_digits())


class Recorder(nn.Module):
    """Keeps its inputs, and gives the classes the logits 0, 1, 2, ..."""

    def __init__(self, num_classes):
        super().__init__()
        self.num_classes = num_classes

    def forward(self, images):
        self.inputs = images
        return torch.arange(self.num_classes, dtype=torch.float32).repeat(len(images), 1)


def draw_bar(path):
    """Draw a black bar on white paper."""
    image = Image.new("L", (100, 100), "white")
    ImageDraw.Draw(image).rectangle([40, 10, 60, 90], fill="black")
    image.save(path)
    return path


def make_batch(images):
    """Return images (N, channels, height, width), 0 to 255, as Batches give them in training."""
    split = Split(images, torch.zeros(len(images), dtype=torch.int64))
    ((inputs, _),) = Batches(split, len(images), max_value=255, device=CPU)
    return inputs


def test_a_network_gets_a_photograph_as_batches_gave_it_in_training(tmp_path):
    pixels = torch.randint(256, (32, 32, 3), generator=torch.Generator().manual_seed(0))
    path = tmp_path / "photo.png"
    Image.fromarray(pixels.byte().numpy()).save(path)
    network = Recorder(2)
    predict_drawings(network, PHOTOGRAPHS, [path], tmp_path / "predictions")
    expected = make_batch(pixels.byte().permute(2, 0, 1)[None])
    assert torch.equal(network.inputs, expected)


def test_a_network_gets_a_drawing_from_0_to_1_as_in_training(digits_facts, tmp_path):
    path = draw_bar(tmp_path / "bar.png")
    network = Recorder(10)
    predict_drawings(network, digits_facts, [path], tmp_path / "predictions")
    drawings = read_as_trained(digits_facts, [path])
    assert torch.equal(network.inputs, make_batch(drawings))
    ((images, _),) = Batches(load_digits().train, 2000, max_value=16, device=CPU)
    assert network.inputs.shape[1:] == images.shape[1:]
    assert network.inputs.min() == images.min() == 0
    assert images.max() == 1
    assert 0.5 < network.inputs.max() <= 1


def test_a_gray_image_is_given_to_all_channels():
    images = torch.tensor([0, 51, 255], dtype=torch.uint8).reshape(3, 1, 1, 1)
    inputs = scale_as_trained({"image_shape": [3, 1, 1]}, images)
    assert inputs.shape == (3, 3, 1, 1)
    assert inputs.dtype == torch.float32
    for channel in range(3):
        assert inputs[:, channel].flatten().tolist() == pytest.approx([0, 0.2, 1])


def test_a_drawing_is_enlarged_for_a_model_that_takes_larger_images(tmp_path):
    facts = Classify("lenet").about(load_digits())
    assert facts["image_shape"] == [1, 28, 28]
    assert facts["drawing_side"] == 8
    assert read_as_trained(facts, [draw_bar(tmp_path / "bar.png")]).shape == (1, 1, 28, 28)


def test_the_likeliest_classes_come_first_and_the_image_is_saved_enlarged(digits_facts, tmp_path):
    path = draw_bar(tmp_path / "bar.png")
    folder = tmp_path / "predictions"
    (prediction,) = predict_drawings(Recorder(10), digits_facts, [path], folder)
    assert list(prediction) == ["image", "seen", "classes"]
    assert prediction["image"] == str(path)
    assert [one["class"] for one in prediction["classes"]] == ["9", "8", "7"]
    expected = torch.arange(10, dtype=torch.float32).softmax(dim=0)
    probabilities = [one["probability"] for one in prediction["classes"]]
    assert probabilities == expected.flip(0)[:3].tolist()
    assert prediction["seen"] == str(folder / "bar.png")
    with Image.open(prediction["seen"]) as seen:
        assert seen.size == (280, 280)  # 8 pixels, each 35 wide


def test_a_network_of_two_classes_names_both(tmp_path):
    path = draw_bar(tmp_path / "bar.png")
    (prediction,) = predict_drawings(Recorder(2), PHOTOGRAPHS, [path], tmp_path / "seen")
    assert [one["class"] for one in prediction["classes"]] == ["red", "blue"]


def test_an_image_that_cannot_be_read_leaves_nothing(digits_facts, tmp_path):
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"hello")
    folder = tmp_path / "predictions"
    with pytest.raises(DataError, match=r"bad\.png"):
        predict_drawings(Recorder(10), digits_facts, [draw_bar(tmp_path / "bar.png"), bad], folder)
    assert not folder.exists()


def test_equal_names_get_numbers():
    paths = [Path("a/zero.png"), Path("b/zero.jpg"), Path("one.png"), Path("c/zero.png")]
    assert unique_names(paths) == ["zero", "zero-2", "one", "zero-3"]
    # A name that looks like one with a number keeps its own.
    assert unique_names([Path("a-2.png"), Path("a.png"), Path("b/a.png")]) == ["a-2", "a", "a-3"]


def test_a_prediction_is_described_in_a_line():
    classes = [{"class": "ant", "probability": 0.9}, {"class": "bee", "probability": 0.0625}]
    prediction = {"image": "insect.png", "seen": "predictions/insect.png", "classes": classes}
    line = "insect.png: ant (90.0%), bee (6.2%); seen as predictions/insect.png"
    assert describe_prediction(prediction) == line
