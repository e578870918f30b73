from pathlib import Path

import pytest
import torch
from PIL import Image, ImageDraw
from torch import nn

from dlcourse.data.batches import Batches, ImageData, Split
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
    drawing = read_as_trained(digits_facts, path)
    assert drawing.notes == []
    assert torch.equal(network.inputs, make_batch(drawing.pixels[None]))
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
    assert read_as_trained(facts, draw_bar(tmp_path / "bar.png")).pixels.shape == (1, 28, 28)


def test_the_likeliest_classes_come_first_and_the_image_is_saved_enlarged(digits_facts, tmp_path):
    path = draw_bar(tmp_path / "bar.png")
    folder = tmp_path / "predictions"
    (prediction,) = predict_drawings(Recorder(10), digits_facts, [path], folder)
    assert list(prediction) == ["image", "seen", "classes", "notes"]
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
    seen = "predictions/insect.png"
    prediction = {"image": "insect.png", "seen": seen, "classes": classes, "notes": []}
    line = "insect.png: ant (90.0%), bee (6.2%)"
    assert describe_prediction(prediction) == f"{line}; seen as predictions/insect.png"
    classes[0]["class"] = "an\nant"
    line = "insect.png: an ant (90.0%), bee (6.2%)"
    prediction |= {"seen": None, "notes": ["the drawing is small", "it was not saved"]}
    notes = "\n  note: the drawing is small\n  note: it was not saved"
    assert describe_prediction(prediction) == line + notes


# What stands beside an answer


def test_a_prediction_is_given_where_the_image_cannot_be_saved(digits_facts, tmp_path):
    path = draw_bar(tmp_path / "bar.png")
    folder = tmp_path / "a file" / "predictions"
    folder.parent.write_text("not a folder")
    (prediction,) = predict_drawings(Recorder(10), digits_facts, [path], folder)
    assert len(prediction["classes"]) == 3
    assert prediction["seen"] is None
    assert prediction["notes"] == [
        f"what the network saw was not saved in {folder} (Not a directory)"
    ]


@pytest.mark.parametrize("learned", ["dark", "light", None])
@pytest.mark.parametrize("given", ["dark", "light"])
def test_light_and_dark_are_exchanged_for_a_network_that_learned_the_other_ground(
    tmp_path, learned, given
):
    tones = {"dark": (0, 255), "light": (255, 0)}
    paper, ink = tones[given]
    image = Image.new("L", (32, 32), paper)
    ImageDraw.Draw(image).rectangle([10, 5, 20, 25], fill=ink)
    image.save(tmp_path / "bar.png")
    read = read_as_trained(PHOTOGRAPHS | {"ground": learned}, tmp_path / "bar.png")
    if learned in (None, given):
        assert read.notes == []
        assert read.pixels[0, 0, 0] == paper
    else:
        note = f"light and dark were exchanged: the training images have a {learned} background"
        assert read.notes == [note]
        assert read.pixels[0, 0, 0] == 255 - paper
        assert read.pixels[0, 15, 15] == 255 - ink


def test_an_image_without_a_plain_ground_is_noted_where_the_training_images_have_one(tmp_path):
    noise = torch.randint(256, (64, 64, 3), generator=torch.Generator().manual_seed(0))
    Image.fromarray(noise.byte().numpy()).save(tmp_path / "noise.png")
    read = read_as_trained(PHOTOGRAPHS | {"ground": "dark"}, tmp_path / "noise.png")
    assert read.notes == ["the training images have a plain dark background, this image does not"]


def test_an_empty_drawing_is_named(digits_facts, tmp_path):
    Image.new("L", (50, 50), 255).save(tmp_path / "empty.png")
    with pytest.raises(DataError, match=r"empty\.png: the drawing is empty: draw with a color"):
        read_as_trained(digits_facts, tmp_path / "empty.png")


@pytest.mark.parametrize("learned", ["dark", None])
def test_a_photograph_of_one_tone_is_noted(tmp_path, learned):
    Image.new("RGB", (50, 50), (200, 90, 30)).save(tmp_path / "one.png")
    read = read_as_trained(PHOTOGRAPHS | {"ground": learned}, tmp_path / "one.png")
    assert read.notes == ["what was used has a single tone: there is nothing to classify"]


@pytest.mark.parametrize(
    ("size", "is_noted"), [((40, 30), False), ((80, 40), True), ((9, 90), True)]
)
def test_a_long_photograph_is_noted(tmp_path, size, is_noted):
    noise = torch.randint(256, (*size, 3), generator=torch.Generator().manual_seed(0))
    Image.fromarray(noise.byte().numpy()).save(tmp_path / "noise.png")
    read = read_as_trained(PHOTOGRAPHS, tmp_path / "noise.png")
    note = "only the square in the middle of this image was used"
    assert read.notes == [note] * is_noted


def test_the_digits_themselves_are_read_without_notes(digits_facts, tmp_path):
    levels = load_digits().test.images[0, 0].double() / 16 * 255
    Image.fromarray(levels.byte().numpy()).resize((320, 320)).save(tmp_path / "digit.png")
    assert read_as_trained(digits_facts, tmp_path / "digit.png").notes == []


@pytest.mark.parametrize(("facts", "note"), [("digits", "only the sheet"), ("ground", "crop the")])
def test_a_photographed_sheet_is_cut_out_or_noted(digits_facts, tmp_path, facts, note):
    desk = Image.new("L", (400, 300), 40)
    draw = ImageDraw.Draw(desk)
    draw.rectangle([100, 50, 300, 260], fill=230)
    draw.line([(200, 100), (200, 200)], fill=20, width=12)
    desk.save(tmp_path / "desk.png")
    draw_bar(tmp_path / "bar.png")
    about = digits_facts if facts == "digits" else PHOTOGRAPHS | {"ground": "light"}
    read = read_as_trained(about, tmp_path / "desk.png")
    assert [note in one for one in read.notes] == [True]
    if facts == "digits":
        bar = read_as_trained(about, tmp_path / "bar.png")
        # The same bar but for its width, which is scaled away; 25 levels for blurred edges.
        assert (bar.pixels.int() - read.pixels.int()).abs().float().mean() < 25


@pytest.mark.parametrize(("paper", "expected"), [(255, "light"), (0, "dark")])
def test_the_facts_of_a_folder_tell_the_ground_of_its_drawings(paper, expected):
    images = torch.full((12, 1, 16, 16), paper, dtype=torch.uint8)
    images[:, :, 5:10, 5:10] = 255 - paper
    split = Split(images, torch.arange(12) % 2)
    data = ImageData("mine", split, split, split, ("a", "b"), max_value=255, framing=None)
    assert Classify("cnn").about(data)["ground"] == expected
    assert "ground" not in Classify("cnn").about(load_digits())
