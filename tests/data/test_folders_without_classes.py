"""Folders of images for networks that need no labels."""

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from dlcourse.data.folders import load_folder
from dlcourse.errors import DataError

NOISE = np.random.default_rng(0)


def fill(folder: Path, count: int = 10) -> Path:
    """Save images of noise into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        pixels = NOISE.integers(0, 256, (12, 10, 3), np.uint8)
        Image.fromarray(pixels).save(folder / f"{number}.png")
    return folder


def load(folder: Path):
    return load_folder(folder, has_classes=False)


def count(data) -> list[int]:
    return [len(data.train), len(data.validation), len(data.test)]


def refusal(folder: Path) -> str:
    with pytest.raises(DataError) as caught:
        load(folder)
    return str(caught.value).replace(str(folder), "FOLDER")


def test_loose_images_are_divided_and_have_no_classes(tmp_path):
    data = load(fill(tmp_path))
    assert count(data) == [7, 1, 2]
    assert data.class_names == ()
    assert data.train.images.shape == (7, 3, 10, 10)
    assert torch.equal(data.train.labels, torch.zeros(7, dtype=torch.long))
    shares = "validation a tenth of the images, test a fifth of the images"
    assert shares in data.source
    assert len(data.digest) == 64


def test_images_are_found_at_any_depth(tmp_path):
    fill(tmp_path / "cats" / "gray", 6)
    fill(tmp_path / "dogs", 4)
    data = load(tmp_path)
    assert sum(count(data)) == 10
    assert "files in sub-folders: 10" in data.source


def test_folders_of_splits_are_the_splits(tmp_path):
    fill(tmp_path / "train" / "any", 6)
    fill(tmp_path / "test", 2)
    fill(tmp_path / "drafts", 3)
    (tmp_path / "notes.txt").write_text("notes")
    data = load(tmp_path)
    assert count(data) == [5, 1, 2]
    assert "test from test" in data.source
    assert data.left_out == ("2 files and folders beside the splits (drafts, ...)",)


def test_a_folder_named_like_a_split_alone_is_an_ordinary_one(tmp_path):
    fill(tmp_path / "test", 6)
    assert count(load(tmp_path)) == [4, 1, 1]


def test_other_files_are_left_out(tmp_path):
    fill(tmp_path)
    (tmp_path / "notes.txt").write_text("notes")
    assert load(tmp_path).left_out == ("1 file that is not an image (notes.txt)",)


@pytest.mark.parametrize("num_images", [0, 1, 4])
def test_too_few_images_are_refused_in_a_line(tmp_path, num_images):
    few = f"FOLDER has {num_images} of the 5 different images that training needs"
    assert refusal(fill(tmp_path, num_images)) == f"{few}: add readable images to it"


def test_five_images_are_enough(tmp_path):
    assert count(load(fill(tmp_path, 5))) == [3, 1, 1]


def test_copies_of_one_image_are_one(tmp_path):
    (image,) = fill(tmp_path, 1).iterdir()
    for number in range(1, 9):
        (tmp_path / f"copy{number}.png").write_bytes(image.read_bytes())
    assert "has 1 of the 5 different images" in refusal(tmp_path)


def test_what_is_not_a_folder_is_refused(tmp_path):
    assert refusal(tmp_path / "a") == (
        "there is no folder FOLDER: give a folder; unpack an archive first"
    )
