import pytest
import torch

from dlcourse.data import scenes
from dlcourse.data.catalog import SCENES
from dlcourse.errors import UsageError
from dlcourse.tasks.detect import Detect
from dlcourse.training.config import TrainConfig


@pytest.fixture(scope="module")
def family():
    """Return one of the families of scenes, which all load the same data."""
    return Detect("detector")


def test_names_that_are_no_scenes_are_refused(family):
    for name in ("digits", "my/images", "scene"):
        with pytest.raises(UsageError, match="there is no data set of scenes"):
            family.check_data(name)
        with pytest.raises(UsageError, match=r"scenes, mnist-scenes$"):
            family.load(name)
    for name in SCENES:
        family.check_data(name)


def test_the_facts_and_the_summary_of_the_scenes(family, monkeypatch):
    monkeypatch.setattr(scenes, "COUNTS", {"train": 20, "validation": 10, "test": 5})
    data = family.load("scenes")
    about = family.about(data)
    assert about == {"image_shape": [1, 32, 32], "class_names": list("0123456789")}
    assert family.fit_data(data, about) is data
    counts, left_out, source = family.summarize(data, about)
    num_digits = sum(
        int((split.objects[:, :, 0] >= 0).sum())
        for split in (data.train, data.validation, data.test)
    )
    assert counts == f"20 scenes to train, 10 to validate, 5 to test, with {num_digits} digits"
    assert left_out == "nothing was left out"
    assert source == data.source
    with pytest.raises(UsageError, match="evaluate it on scenes or mnist-scenes"):
        family.fit_data(data, {**about, "image_shape": [1, 48, 48]})
    assert family.example_inputs(about).shape == (1, 1, 32, 32)


def test_batches_follow_the_settings_and_are_not_augmented(family, monkeypatch):
    monkeypatch.setattr(scenes, "COUNTS", {"train": 20, "validation": 300, "test": 5})
    data = family.load("scenes")
    cpu = torch.device("cpu")
    orders = {}
    for seed in (1, 2):
        config = TrainConfig(batch_size=8, seed=seed)
        batches = family.make_batches(data, "train", cpu, config)
        passed = list(batches)
        assert [len(images) for images, _ in passed] == [8, 8, 4]
        orders[seed] = torch.cat([objects for _, objects in passed])
    assert not torch.equal(orders[1], orders[2])
    assert len(family.make_batches(data, "validation", cpu)) == 2  # of 250 and 50
    with pytest.raises(ValueError, match=r"^augment must be empty for scenes, got 'flip'$"):
        family.make_batches(data, "train", cpu, TrainConfig(augment="flip"))
