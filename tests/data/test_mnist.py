import os
import time

import pytest
import torch

from dlcourse.data.mnist import NAMES, load_mnist
from dlcourse.errors import DataError

from .conftest import idx_bytes, small_mnist


def refusal(**arguments) -> str:
    with pytest.raises(DataError) as caught:
        load_mnist(**arguments)
    assert "\n" not in str(caught.value)
    return str(caught.value)


# Damaged files


@pytest.mark.parametrize("number", range(4))
def test_cut_file_is_named(nowhere, write_mnist, number):
    write_mnist(nowhere)
    path = nowhere / NAMES[number]
    path.write_bytes(path.read_bytes()[:-1])
    size = path.stat().st_size
    message = refusal(data_dir=nowhere)
    assert str(path) in message
    assert f"has {size} bytes, its header promises {size + 1}" in message


def test_swapped_images_and_labels_are_refused(nowhere, write_mnist):
    write_mnist(nowhere)
    os.rename(nowhere / NAMES[0], nowhere / "x")
    os.rename(nowhere / NAMES[1], nowhere / NAMES[0])
    os.rename(nowhere / "x", nowhere / NAMES[1])
    assert NAMES[0] in refusal(data_dir=nowhere)


def test_different_counts_name_both_files(nowhere, write_mnist):
    write_mnist(nowhere)
    (nowhere / NAMES[1]).write_bytes(small_mnist()[NAMES[3]])
    message = refusal(data_dir=nowhere)
    assert f"{nowhere / NAMES[0]} has 20 images, {nowhere / NAMES[1]} 10 labels" in message


def test_label_above_nine_is_refused_with_its_row(nowhere, write_mnist):
    write_mnist(nowhere)
    labels = torch.arange(10).byte()
    labels[7] = 10
    (nowhere / NAMES[3]).write_bytes(idx_bytes(labels.numpy()))
    assert "has the label 10 in row 7" in refusal(data_dir=nowhere)


def test_other_sizes_of_images_are_refused(nowhere, write_mnist):
    write_mnist(nowhere)
    small = torch.zeros(10, 8, 8).byte()
    (nowhere / NAMES[2]).write_bytes(idx_bytes(small.numpy()))
    assert "8 x 8 pixels, not 28 x 28" in refusal(data_dir=nowhere)


# The real thing


@pytest.mark.mnist
def test_real_mnist_has_its_known_counts(mnist):
    for split in (mnist.train, mnist.validation, mnist.test):
        assert split.images.shape == (len(split), 1, 28, 28)
        assert split.images.dtype == torch.uint8
    assert len(mnist.train) + len(mnist.validation) == 60_000
    assert len(mnist.test) == 10_000

    # The counts by class of the training set are in many papers; five is the rarest, one the most
    # frequent.
    counts = [5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949]
    held_out = torch.bincount(mnist.validation.labels)
    kept = torch.bincount(mnist.train.labels)
    assert held_out.tolist() == [round(count / 10) for count in counts]
    assert (kept + held_out).tolist() == counts
    assert mnist.test.labels[:10].tolist() == [7, 2, 1, 0, 4, 1, 4, 9, 5, 9]


@pytest.mark.mnist
def test_real_mnist_fills_its_framing(mnist):
    levels = mnist.test.images[:, 0].float()
    has_ink = levels > 0
    heights = has_ink.any(dim=2).sum(dim=1)
    widths = has_ink.any(dim=1).sum(dim=1)
    is_full = torch.maximum(heights, widths) == 28 * mnist.framing.height  # 20 pixels
    assert is_full.float().mean() > 0.99  # some have lost a faint row

    ink_in_rows = levels.sum(dim=2)
    middle_rows = (ink_in_rows @ torch.arange(28.0)) / ink_in_rows.sum(dim=1)
    assert (middle_rows - 14).abs().max() < 0.51  # whole-pixel shifts leave half a pixel


@pytest.mark.mnist
def test_real_mnist_loads_within_a_second(mnist):
    place = os.environ["DLCOURSE_DATA"]
    seconds = []
    for _ in range(3):
        start = time.process_time()
        load_mnist(place, download=False)
        seconds.append(time.process_time() - start)
    assert min(seconds) < 1.0  # 0.12 when nothing else runs
