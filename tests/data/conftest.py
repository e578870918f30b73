"""Small MNIST files, and the real ones where DLCOURSE_DATA names them."""

import gzip
import os
import struct
from pathlib import Path

import numpy as np
import pytest

from dlcourse.data.mnist import MNIST, NAMES, load_mnist


def idx_bytes(values: np.ndarray) -> bytes:
    """Return an array as the bytes of an IDX file, as the format's description has it."""
    return struct.pack(f">BBBB{values.ndim}I", 0, 0, 8, values.ndim, *values.shape) + values.tobytes()


def small_mnist() -> dict[str, bytes]:
    """Return the four files by name: 20 training and 10 test pictures, each of its number's grey."""
    contents = []
    for count in (20, 10):
        numbers = np.arange(count, dtype=np.uint8)
        contents.append(idx_bytes(numbers[:, None, None].repeat(28, axis=1).repeat(28, axis=2)))
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
