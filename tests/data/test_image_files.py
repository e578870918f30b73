"""Images that stay in their files are read when they are needed, and they alone."""

import numpy as np
import pytest
import torch
from PIL import Image

from dlcourse.data import image_files
from dlcourse.data.batches import Batches, Split
from dlcourse.data.image_files import ImageFiles
from dlcourse.errors import DataError

CPU = torch.device("cpu")


@pytest.fixture
def files(tmp_path) -> ImageFiles:
    """Return twelve gray images of 6 x 6 pixels in files; the level of each is its number."""
    paths = []
    for number in range(12):
        path = tmp_path / f"{number}.png"
        Image.fromarray(np.full((6, 6), number, np.uint8)).save(path)
        paths.append(path)
    return ImageFiles(paths, channels=1, side=6)


@pytest.fixture
def read(monkeypatch) -> list:
    """Return a list that every path is added to when its file is read."""
    paths = []
    real = image_files.read_photo

    def read_photo(path, channels, side, white):
        paths.append(path)
        return real(path, channels, side)

    monkeypatch.setattr(image_files, "read_photo", read_photo)
    return paths


def test_they_have_the_shape_and_type_of_their_tensor(files):
    assert files.shape == (12, 1, 6, 6)
    assert files.dtype == torch.uint8


def test_the_chosen_files_alone_are_read_in_the_order_that_is_asked_for(files, read):
    images = files.index_select(0, torch.tensor([7, 2, 7]))
    assert images.shape == (3, 1, 6, 6)
    assert images.dtype == torch.uint8
    assert images[:, 0, 0, 0].tolist() == [7, 2, 7]
    assert read == [files.paths[7], files.paths[2], files.paths[7]]


def test_a_process_reads_its_own_share_of_each_batch_alone(files, read):
    split = Split(files, torch.arange(12))
    settings = {"max_value": 255, "device": CPU}
    whole = list(Batches(split, 5, **settings))
    assert sorted(read) == sorted(files.paths)

    read.clear()
    seen = 0
    for process in range(2):
        share = list(Batches(split, 5, **settings, share=(process, 2)))
        for (images, labels), (all_images, all_labels) in zip(share, whole, strict=True):
            assert torch.equal(images[process::2], all_images[process::2])
            assert torch.equal(labels, all_labels)
            assert images[1 - process :: 2].count_nonzero() == 0
            seen += len(images[process::2])
    assert sorted(read) == sorted(files.paths)  # each file once, by one process
    assert seen == 12


def test_a_file_that_is_gone_ends_a_streamed_run_with_its_name(files):
    split = Split(files, torch.zeros(12).long())
    files.paths[5].unlink()
    with pytest.raises(DataError, match=f"there is no file {files.paths[5]}"):
        list(Batches(split, 4, max_value=255, device=CPU))
