"""What a family of networks for images has without classes."""

import sys
import types

import pytest
import torch
from PIL import Image
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.errors import DataError, UsageError
from dlcourse.tasks.image_family import ImageFamily, check_sizes

NETWORKS = {"tiny": "module:Tiny"}
FACTS = {"image_shape": [1, 8, 8], "drawing_side": 8}


class Tiny(nn.Module):
    """A network for images of 4 to 16 pixels."""

    smallest_image = 4
    largest_image = 16


class TinyFamily(ImageFamily):
    """A family that learns from images alone."""

    networks = NETWORKS
    given_by_data = ()


@pytest.fixture
def family(monkeypatch):
    module = types.ModuleType("module")
    module.Tiny = Tiny
    monkeypatch.setitem(sys.modules, "module", module)
    return TinyFamily("tiny")


@pytest.fixture
def folder(tmp_path):
    """Return a folder with ten loose images of 40 x 40 pixels."""
    for number in range(10):
        Image.new("L", (40, 40), 20 * number).save(tmp_path / f"{number}.png")
    return tmp_path


def test_a_folder_of_loose_images_is_loaded_in_a_size_that_the_model_takes(family, folder):
    data = family.load(str(folder))
    assert data.train.images.shape == (7, 1, 16, 16)
    assert family.about(data) == {"image_shape": [1, 16, 16], "drawing_side": 16}
    assert family.summarize(data, family.about(data))[0] == (
        "7 images to train, 1 to validate, 2 to test"
    )


def test_a_folder_is_loaded_in_the_size_of_a_run(family, folder):
    data = family.load(str(folder), about=FACTS)
    assert data.train.images.shape[1:] == (1, 8, 8)


def test_a_folder_of_one_image_is_refused_in_a_line(family, tmp_path):
    Image.new("L", (9, 9)).save(tmp_path / "one.png")
    with pytest.raises(DataError, match="has 1 of the 5 different images that training needs: add"):
        family.load(str(tmp_path))


def test_a_file_is_refused_with_what_is_needed(family, folder):
    said = "give a folder of images, unpacked from its archive"
    with pytest.raises(UsageError, match=f"is a file, not a folder of images: {said}"):
        family.check_data(str(folder / "0.png"))


def test_images_alone_decide_whether_data_fit(family):
    digits = load_digits()
    assert family.fit_data(digits, FACTS) is digits
    colored = {"image_shape": [3, 8, 8], "drawing_side": 8}
    said = r"images \[1, 8, 8\], the run was trained on images \[3, 8, 8\]: evaluate it on data of"
    with pytest.raises(UsageError, match=said):
        family.fit_data(digits, colored)
    assert (
        family.fit_data(digits, {**FACTS, "image_shape": [1, 16, 16]}).test.images.shape[-1] == 16
    )


def test_an_example_is_a_black_image(family):
    assert torch.equal(family.example_inputs(FACTS), torch.zeros(1, 1, 8, 8))


def test_sizes_are_checked():
    check_sizes(FACTS)
    with pytest.raises(ValueError, match=r"four whole numbers, got \[1, 8, 0, 8\]"):
        check_sizes({**FACTS, "image_shape": [1, 8, 0]})
