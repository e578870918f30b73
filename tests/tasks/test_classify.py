import dataclasses
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn

from dlcourse.data.batches import ImageData, Split
from dlcourse.data.digits import load_digits
from dlcourse.errors import DataError, UsageError
from dlcourse.tasks.classify import (
    FOLDER_RECIPE,
    NETWORKS,
    RESNET_FOLDER_RECIPE,
    Classify,
    check_facts,
)
from dlcourse.tasks.image_family import resize_images
from dlcourse.training.config import TrainConfig

CPU = torch.device("cpu")
FACTS = {
    "image_shape": [3, 32, 32],
    "class_names": ["ant", "bee"],
    "drawing_side": 32,
    "framing": None,
}


def make_images(side, channels=1, count=6, max_value=255, names=("ant", "bee")):
    """Return a data set whose splits are all the same random images."""
    generator = torch.Generator().manual_seed(0)
    shape = (count, channels, side, side)
    images = torch.randint(max_value + 1, shape, generator=generator).byte()
    split = Split(images, torch.arange(count) % 2)
    return ImageData("insects", split, split, split, names, max_value=max_value, framing=None)


# The loss and the figures


def test_the_loss_is_the_mean_cross_entropy():
    network = nn.Sequential(nn.Flatten(), nn.Linear(4, 3))
    images = torch.rand(5, 1, 2, 2)
    labels = torch.tensor([0, 1, 2, 0, 1])
    expected = F.cross_entropy(network(images), labels)
    assert torch.equal(Classify("mlp").loss(network, (images, labels)), expected)


def test_loss_and_accuracy_are_sums_over_the_images():
    logits = torch.tensor([[2.0, 0.0], [0.0, 2.0], [2.0, 0.0]])
    labels = torch.tensor([0, 1, 1])  # the third prediction is wrong
    family = Classify("mlp")
    sums = family.measure(lambda images: images, (logits, labels))
    total_loss, num_images = sums["loss"]
    assert num_images == 3
    # -log of e^2 / (e^2 + 1) twice, and of 1 / (e^2 + 1) once
    assert float(total_loss) == pytest.approx(2 * 0.126928 + 2.126928, abs=1e-5)
    num_correct, num_images = sums["accuracy"]
    assert (int(num_correct), num_images) == (2, 3)
    assert family.loss_name == "cross_entropy"  # as checkpoints have had it since version 1
    assert family.metric == "loss"


# Data


def test_an_unknown_name_is_refused_with_the_nearest(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    family = Classify("mlp")
    for find in (family.check_data, family.load):
        with pytest.raises(UsageError, match=r"no data set or folder 'minst': did you mean mnist"):
            find("minst")
    with pytest.raises(DataError, match="there is no folder"):
        family.load("./minst")
    family.check_data("./minst")  # a path, even if nothing is there yet
    (tmp_path / "minst").mkdir()
    family.check_data("minst")


def test_a_data_set_is_loaded_from_the_directory_that_is_given(monkeypatch):
    def load_image_set(name, data_dir):
        return dataclasses.replace(load_digits(), name=f"{name} from {data_dir}")

    monkeypatch.setattr("dlcourse.tasks.image_family.load_image_set", load_image_set)
    data = Classify("mlp").load("mnist", Path("data"))
    assert data.name == "mnist from data"
    assert len(data.digest) == 64


@pytest.fixture
def folder(tmp_path):
    """Return a folder with five images of 40 x 40 pixels in each of two classes."""
    for name, gray in (("dark", 30), ("light", 220)):
        (tmp_path / name).mkdir()
        for number in range(5):
            image = Image.new("L", (40, 40), gray + number)
            image.save(tmp_path / name / f"{number}.png")
    return tmp_path


@pytest.mark.parametrize(("model", "side"), [("mlp", 40), ("lenet", 28), ("vgg", 40)])
def test_a_folder_is_loaded_in_a_size_that_the_model_takes(folder, model, side):
    family = Classify(model)
    data = family.load(str(folder))
    assert data.train.images.shape[1:] == (1, side, side)
    assert family.about(data)["image_shape"] == [1, side, side]


def test_a_folder_is_loaded_in_the_size_of_a_run(folder):
    family = Classify("mlp")
    data = family.load(str(folder), about={"image_shape": [1, 20, 20]})
    assert data.train.images.shape[1:] == (1, 20, 20)


def test_a_folder_is_streamed_where_it_is_asked_for(folder):
    images = Classify("mlp").load(str(folder), stream=True).train.images
    assert not isinstance(images, torch.Tensor)


def test_the_facts_of_the_digits():
    digits = load_digits()
    facts = Classify("mlp").about(digits)
    assert facts == {
        "image_shape": [1, 8, 8],
        "class_names": list("0123456789"),
        "drawing_side": 8,
        "framing": dataclasses.asdict(digits.framing),
    }
    check_facts(facts)
    check_facts({**FACTS, "image_shape": [3, 10_000, 10_000]})  # the largest that there may be


@pytest.mark.parametrize(
    ("model", "side", "fitted"),
    [("lenet", 8, 28), ("lenet", 28, 28), ("lenet", 32, 28), ("mlp", 8, 8), ("mlp", 50, 50)],
)
def test_images_are_resized_to_what_the_model_takes(model, side, fitted):
    family = Classify(model)
    data = make_images(side)
    about = family.about(data)
    assert about["image_shape"] == [1, fitted, fitted]
    assert about["drawing_side"] == side
    resized = family.fit_data(data, about)
    for split in (resized.train, resized.validation, resized.test):
        assert split.images.shape == (6, 1, fitted, fitted)
        assert torch.equal(split.labels, data.train.labels)
    lines = family.summarize(data, about)
    assert lines[:3] == [
        "2 classes: ant (9), bee (9); 6 images to train, 6 to validate, 6 to test",
        "nothing was left out",
        data.source,
    ]
    said = f"resized from {side} to {fitted} pixels, which {model} takes"
    assert lines[3:] == ([] if side == fitted else [said])


def test_images_of_the_size_that_is_asked_for_are_not_copied():
    data = make_images(8)
    assert resize_images(data, 8) is data


def test_a_split_of_another_size_is_resized_with_the_others():
    data = dataclasses.replace(make_images(8), test=make_images(16).test)
    for side in (8, 16):
        resized = resize_images(data, side)
        assert resized.train.images.shape[-1] == side
        assert resized.test.images.shape[-1] == side


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            make_images(64, 3),
            r"insects has images \[3, 64, 64\] of ant, bee, the run was trained on ",
        ),
        (
            make_images(32, 1),
            r"insects has images \[1, 32, 32\] of ant, bee, the run was trained on ",
        ),
        (
            make_images(32, 3, names=("ant", "cat")),
            r"\[3, 32, 32\] of ant, cat, the run was trained on",
        ),
    ],
)
def test_other_images_and_classes_are_refused(data, said):
    with pytest.raises(UsageError, match=said) as caught:
        Classify("mlp").fit_data(data, FACTS)
    learned = "the run was trained on images [3, 32, 32] of ant, bee"
    assert str(caught.value).endswith(f"{learned}: evaluate it on data of the same kind")


def test_smaller_images_are_enlarged_to_those_of_the_run():
    data = Classify("mlp").fit_data(make_images(8, 3), FACTS)
    assert data.test.images.shape == (6, 3, 32, 32)


# Batches


def test_batches_for_training_follow_the_settings():
    family = Classify("mlp")
    data = make_images(8, max_value=16)
    batches = family.make_batches(data, "train", CPU, TrainConfig(batch_size=4, seed=3))
    assert [len(labels) for _, labels in batches] == [4, 2]
    assert batches.max_value == 16
    orders = {}
    for seed in (3, 4):
        batches = family.make_batches(data, "train", CPU, TrainConfig(batch_size=6, seed=seed))
        for name in ("first", "second"):
            ((images, _),) = batches
            orders[seed, name] = images
    again = family.make_batches(data, "train", CPU, TrainConfig(batch_size=6, seed=3))
    ((images, _),) = again
    assert torch.equal(images, orders[3, "first"])
    assert not torch.equal(orders[3, "first"], orders[3, "second"])
    assert not torch.equal(orders[3, "first"], orders[4, "first"])


def test_batches_for_training_are_augmented():
    data = make_images(8)
    config = TrainConfig(batch_size=6, augment="flip")
    batches = Classify("mlp").make_batches(data, "train", CPU, config)
    assert len(batches.changes) == 1


@pytest.mark.parametrize("stream", [True, False])
def test_batches_for_training_are_streamed_where_it_is_asked_for(stream):
    data = make_images(8)
    batches = Classify("mlp").make_batches(data, "train", CPU, TrainConfig(), stream)
    assert batches.is_streamed == stream
    assert sum(len(labels) for _, labels in batches) == 6


def test_batches_of_an_evaluation_are_in_order_and_as_they_are():
    data = make_images(8, count=700)
    batches = Classify("mlp").make_batches(data, "validation", CPU)
    labels = torch.cat([labels for _, labels in batches])
    assert torch.equal(labels, data.validation.labels)
    images = torch.cat([images for images, _ in batches])
    assert torch.equal((images * 255).round().byte(), data.validation.images)
    assert [len(labels) for _, labels in batches] == [500, 200]


def test_batches_are_on_the_device_that_is_given():
    meta = torch.device("meta")
    for config in (None, TrainConfig()):
        batches = Classify("mlp").make_batches(make_images(8), "test", meta, config)
        assert batches.device == meta


def test_a_process_gets_its_share_of_the_batches(monkeypatch):
    monkeypatch.setattr("dlcourse.tasks.image_family.get_rank", lambda: 1)
    monkeypatch.setattr("dlcourse.tasks.image_family.count_processes", lambda: 3)
    data = make_images(8)
    batches = Classify("mlp").make_batches(data, "train", CPU, TrainConfig())
    assert batches.share == (1, 3)
    # Several processes divide a batch of an evaluation later.
    assert Classify("mlp").make_batches(data, "test", CPU).share == (0, 1)


# Networks


@pytest.mark.parametrize("model", NETWORKS)
def test_every_network_takes_images_as_its_family_describes_them(model):
    family = Classify(model)
    about = family.about(make_images(33, 3))
    network = family.build(about).eval()
    inputs = family.example_inputs(about)
    assert list(inputs.shape) == [1, *about["image_shape"]]
    assert network(inputs).shape == (1, 2)


def test_a_network_takes_images_that_are_not_square():
    about = {**FACTS, "image_shape": [3, 4, 5]}
    assert Classify("mlp").build(about).hidden.weight.shape[1] == 60  # 3 * 4 * 5


def test_facts_are_checked_before_a_network_is_built():
    with pytest.raises(ValueError, match="class_names must be names"):
        Classify("mlp").build({**FACTS, "class_names": []})


def test_an_example_is_a_black_image():
    assert torch.equal(Classify("mlp").example_inputs(FACTS), torch.zeros(1, 3, 32, 32))


def test_an_option_reaches_the_network():
    network = Classify("mlp", {"hidden_features": "7"}).build(FACTS)
    assert network.hidden.weight.shape == (7, 3 * 32 * 32)


def test_the_same_seed_builds_the_same_network():
    family = Classify("cnn")
    networks = []
    for _ in range(2):
        torch.manual_seed(5)
        networks.append(family.build(FACTS).state_dict())
    for name, weight in networks[0].items():
        assert torch.equal(weight, networks[1][name])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"image_shape": [3, 32]}, "must be four whole numbers"),
        ({"image_shape": [3, 32, 0]}, "must be four whole numbers"),
        ({"image_shape": [3, 32, "32"]}, "must be four whole numbers"),
        ({"image_shape": [3, 32, True]}, "must be four whole numbers"),
        ({"image_shape": [3, 32, 10_001]}, "must be four whole numbers"),
        ({"drawing_side": 8.0}, "must be four whole numbers"),
        ({"class_names": []}, "class_names must be names"),
        ({"class_names": ["ant", 7]}, "class_names must be names"),
        ({"framing": {"height": 2, "width": 1}}, "height and width must be shares"),
    ],
)
def test_facts_that_no_network_can_have_are_refused(wrong, said):
    with pytest.raises(ValueError, match=said):
        check_facts({**FACTS, **wrong})


# Recipes


def test_a_folder_has_a_recipe_of_its_own(tmp_path):
    assert Classify("cnn").find_recipe(str(tmp_path)) == FOLDER_RECIPE
    assert Classify("resnet18").find_recipe(str(tmp_path)) == RESNET_FOLDER_RECIPE
    assert Classify("resnet18").find_recipe("cifar10") == TrainConfig()
    assert Classify("mlp").find_recipe("digits") == TrainConfig(epochs=20, batch_size=32)


# What a trained network shows


@pytest.mark.parametrize("rank", [0, 1])
def test_the_first_process_draws_the_figures_of_the_test(tmp_path, monkeypatch, rank):
    drawn = []

    def draw(data, logits, path):
        drawn.append((data, logits, path))

    monkeypatch.setattr("dlcourse.tasks.classify.get_rank", lambda: rank)
    monkeypatch.setattr("dlcourse.tasks.classify_figures.draw_confusion_matrix", draw)
    monkeypatch.setattr("dlcourse.tasks.classify_figures.draw_worst_mistakes", draw)
    data = make_images(2, count=700)
    network = nn.Flatten()
    paths = Classify("mlp").draw_figures(network, data, CPU, tmp_path)
    assert paths == [tmp_path / "confusion_matrix.png", tmp_path / "worst_mistakes.png"]
    if rank > 0:
        assert drawn == []
        return
    assert [path for _, _, path in drawn] == paths
    for drawn_data, logits, _ in drawn:
        assert drawn_data is data
        assert torch.equal(logits, data.test.images.flatten(1) / 255)


def test_predictions_are_those_of_drawings(tmp_path, monkeypatch):
    def predict(*arguments):
        return arguments

    monkeypatch.setattr("dlcourse.tasks.classify.predict_drawings", predict)
    arguments = (nn.Flatten(), FACTS, [Path("a.png")], tmp_path)
    assert Classify("mlp").predict(*arguments) == arguments


def test_a_prediction_is_described_in_a_line():
    classes = [{"class": "ant", "probability": 0.75}, {"class": "bee", "probability": 0.25}]
    prediction = {"image": "a.png", "classes": classes, "seen": "seen.png", "notes": []}
    said = "a.png: ant (75.0%), bee (25.0%); seen as seen.png"
    assert Classify("mlp").describe_prediction(prediction) == said
