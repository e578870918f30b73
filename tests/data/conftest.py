"""Small MNIST files, and the real ones where DLCOURSE_DATA names them."""

import gzip
import os
import struct
from pathlib import Path

import numpy as np
import pytest

from dlcourse.data import cifar10
from dlcourse.data.mnist import MNIST, NAMES, load_mnist


def idx_bytes(values: np.ndarray) -> bytes:
    """Return an array as the bytes of an IDX file, as the format's description has it."""
    header = struct.pack(f">BBBB{values.ndim}I", 0, 0, 8, values.ndim, *values.shape)
    return header + values.tobytes()


def small_mnist(train: int = 20, test: int = 10) -> dict[str, bytes]:
    """Return the four files by name; the gray level of each image is its number."""
    contents = []
    for count in (train, test):
        numbers = np.arange(count, dtype=np.uint8)
        images = np.broadcast_to(numbers[:, None, None], (count, 28, 28))
        contents.append(idx_bytes(images))
        contents.append(idx_bytes(numbers % 10))
    return dict(zip(NAMES, contents, strict=True))


@pytest.fixture
def write_mnist():
    """Return a function that writes the four files into a folder, gzipped or not."""

    def write(folder: Path, is_gzipped: bool = False) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in small_mnist().items():
            if is_gzipped:
                (folder / f"{name}.gz").write_bytes(gzip.compress(content))
            else:
                (folder / name).write_bytes(content)

    return write


CIFAR10_ROWS = 20


def cifar10_row(label: int, red: int, green: int, blue: int) -> bytes:
    """Return an image of one color, its first pixel black, as the format's description has it."""
    row = bytes([label])
    for level in (red, green, blue):
        row += bytes([0] + [level] * 1023)
    return row


@pytest.fixture
def cifar10_folder(nowhere, monkeypatch):
    """Write the six files of CIFAR-10 below `here`, with a few images each; return their folder."""
    monkeypatch.setattr(cifar10, "FILE_ROWS", CIFAR10_ROWS)
    folder = nowhere / "here" / "cifar-10-batches-bin"
    folder.mkdir(parents=True)
    for number, name in enumerate(cifar10.NAMES):
        rows = [cifar10_row(row % 10, number, row, 255) for row in range(CIFAR10_ROWS)]
        (folder / name).write_bytes(b"".join(rows))
    return folder


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """Work in an empty folder, without DLCOURSE_DATA."""
    monkeypatch.delenv("DLCOURSE_DATA", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def mnist():
    """Return the real MNIST, or skip."""
    place = os.environ.get("DLCOURSE_DATA")
    if place is None or MNIST.find(place) is None:
        pytest.skip("needs MNIST: set DLCOURSE_DATA to the folder that has it")
    return load_mnist(place, download=False)
