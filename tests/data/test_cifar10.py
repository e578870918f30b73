import hashlib
import io
import tarfile
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from dlcourse.data.cifar10 import CIFAR10, CLASS_NAMES, NAMES, load_cifar10
from dlcourse.errors import DataError

from .conftest import CIFAR10_ROWS
from .test_published import Reply

URL = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"


def refusal(**arguments) -> str:
    with pytest.raises(DataError) as caught:
        load_cifar10("here", **arguments)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_images_are_planes_of_colors_and_the_last_file_is_the_test(cifar10_folder):
    data = load_cifar10("here", download=False)
    assert len(data.train) == 90
    assert len(data.validation) == 10
    assert data.test.images.shape == (CIFAR10_ROWS, 3, 32, 32)
    assert data.test.labels.tolist() == [row % 10 for row in range(CIFAR10_ROWS)]
    image = data.test.images[7]
    assert image[:, 0, 0].tolist() == [0, 0, 0]
    assert image[:, 0, 1].tolist() == [5, 7, 255]
    assert image[:, 31, 31].tolist() == [5, 7, 255]
    training_files = data.train.images[:, 0, 1, 1]  # the red levels are the numbers of the files
    assert training_files.unique().tolist() == [0, 1, 2, 3, 4]
    assert data.name == "cifar10"
    assert data.class_names == CLASS_NAMES
    assert data.framing is None
    assert list(CLASS_NAMES) == sorted(CLASS_NAMES)  # as batches.meta.txt lists them


def test_found_as_it_is_too(cifar10_folder):
    assert CIFAR10.find(cifar10_folder) == [cifar10_folder / name for name in NAMES]


@pytest.mark.parametrize("name", [NAMES[0], NAMES[-1]])
@pytest.mark.parametrize("change", [-3073, 1])
def test_file_of_another_length_is_named(cifar10_folder, name, change):
    path = cifar10_folder / name
    num_bytes = CIFAR10_ROWS * 3073
    content = path.read_bytes() + b"\0"
    path.write_bytes(content[: num_bytes + change])
    message = refusal(download=False)
    assert f"{name} has {num_bytes + change} bytes, not {num_bytes}" in message


def test_label_above_nine_is_named_with_its_row(cifar10_folder):
    path = cifar10_folder / NAMES[2]
    content = bytearray(path.read_bytes())
    content[3073 * 4] = 10
    path.write_bytes(content)
    assert f"{NAMES[2]} has the label 10 in row 4" in refusal(download=False)


def test_missing_says_what_to_put_where(nowhere):
    message = refusal(download=False)
    assert message.startswith("no CIFAR-10 under here, data: put data_batch_1.bin, ")
    assert str(Path("here", "cifar-10-batches-bin")) in message


@pytest.fixture
def archive(cifar10_folder, monkeypatch):
    """Pack the files as the download does, remove them, and let the download be a copy."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        tar.add(cifar10_folder, "cifar-10-batches-bin")
    for path in cifar10_folder.iterdir():
        path.unlink()

    def https_open(handler, request):
        assert request.full_url == URL
        return Reply(URL, packed.getvalue())

    monkeypatch.setattr(urllib.request.HTTPSHandler, "https_open", https_open)
    return packed.getvalue()


def test_download_with_the_wrong_checksum_is_refused_and_leaves_nothing(archive, cifar10_folder):
    # than the real archive has
    assert f"the download failed ({URL} has a wrong checksum" in refusal()
    assert list(cifar10_folder.iterdir()) == []


def test_download_with_the_right_checksum_gets_its_place(archive, cifar10_folder, monkeypatch):
    monkeypatch.setitem(CIFAR10.archives, URL, hashlib.md5(archive).hexdigest())
    assert len(load_cifar10("here").test) == CIFAR10_ROWS
    assert sorted(path.name for path in cifar10_folder.iterdir()) == sorted(NAMES)


def test_no_network_is_one_line(nowhere, monkeypatch):
    def https_open(handler, request):
        raise urllib.error.URLError("no network")

    monkeypatch.setattr(urllib.request.HTTPSHandler, "https_open", https_open)
    message = refusal()
    assert "no CIFAR-10 under here, data, and the download failed (" in message
    assert "no network" in message
