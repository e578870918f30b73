"""MNIST: 70,000 handwritten digits of 28 x 28 pixels, found on the disk or downloaded once."""

import http.client
import os
import socket
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch

from dlcourse.data.batches import Framing, ImageData, Split, hold_out
from dlcourse.data.idx import read_idx
from dlcourse.errors import DataError

CLASS_NAMES = tuple("0123456789")
# Each digit was scaled to fit 20 x 20 pixels and laid with its centre of mass in the middle (source below).
MNIST_FRAMING = Framing(
    height=20 / 28, width=20 / 28, keeps_aspect=True, removes_slant=False, least_ink=0, centre="mass"
)
NAMES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
STALL_SECONDS = 30  # without a byte from the server


def load_mnist(data_dir: Path | str | None = None, download: bool = True) -> ImageData:
    """Load MNIST: 28 x 28 pixels from 0 to 255, ten classes.

    A fixed tenth of each class of the 60,000 training pictures is for validation. The four files are looked
    for in data_dir, in $DLCOURSE_DATA and in ./data, each as it is or under MNIST/raw, gzipped or not. When
    they are nowhere, they are downloaded into data_dir or, without one, into ./data.

    Raises: DataError when they are nowhere and cannot be downloaded, or when a file is damaged.
    Source: LeCun, Bottou, Bengio, Haffner (1998), Gradient-based learning applied to document recognition.
    """
    target = Path(data_dir or "data") / "MNIST" / "raw"
    files = find_mnist(data_dir)
    if files is None:
        problem = f"no MNIST under {', '.join(map(str, _places(data_dir)))}"
        mend = f"put {', '.join(NAMES)} (or .gz) into {target}"
        if not download:
            raise DataError(problem, f"{mend}, or allow the download")
        try:
            _download(target)
        except (OSError, RuntimeError, http.client.HTTPException) as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise DataError(f"{problem}, and the download failed ({reason})", mend) from error
        files = [target / name for name in NAMES]
    train, test = _read_split(*files[:2]), _read_split(*files[2:])
    train, validation = hold_out(train, share=0.1, seed=3)
    return ImageData("mnist", train, validation, test, CLASS_NAMES, max_value=255, framing=MNIST_FRAMING)


def find_mnist(data_dir: Path | str | None = None) -> list[Path] | None:
    """Return the paths of the four files, in the order of NAMES, from the first folder that has them all."""
    for folder in [folder for place in _places(data_dir) for folder in (place, place / "MNIST" / "raw")]:
        files = [
            next((path for path in (folder / name, folder / f"{name}.gz") if path.is_file()), None)
            for name in NAMES
        ]
        if all(files):
            return [path for path in files if path]
    return None


def _places(data_dir: Path | str | None) -> list[Path]:
    return [Path(place) for place in (data_dir, os.environ.get("DLCOURSE_DATA"), "data") if place]


def _read_split(images_path: Path, labels_path: Path) -> Split:
    """Read pictures and labels and check that they belong together."""
    mend = "delete it and get it again, or let it be downloaded"
    images = read_idx(images_path, dimensions=3, mend=mend)
    labels = read_idx(labels_path, dimensions=1, mend=mend).long()
    if images.shape[1:] != (28, 28):
        height, width = images.shape[1:]
        raise DataError(f"{images_path} has pictures of {height} x {width} pixels, not 28 x 28", mend)
    if len(images) != len(labels):
        raise DataError(
            f"{images_path} has {len(images)} pictures, {labels_path} {len(labels)} labels",
            "take both from the same source",
        )
    if labels.max() >= len(CLASS_NAMES):
        row = int(torch.argmax(labels))
        raise DataError(f"{labels_path} has the label {labels[row]} in row {row}, labels end at 9", mend)
    return Split(images.unsqueeze(1), labels)


def _download(target: Path) -> None:
    """Let torchvision fetch and check the four files; they get their places when all of them are right."""
    from dlcourse.data.torchvision_ops import torchvision  # takes a second, so not before it is needed

    class MNIST(torchvision.datasets.MNIST):
        mirrors = tuple(url for url in torchvision.datasets.MNIST.mirrors if url.startswith("https:"))

    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".download-", dir=target) as folder, _https_alone():
        fetched = Path(MNIST(folder, download=True).raw_folder)
        for name in NAMES:
            os.replace(fetched / name, target / name)


class _RefusePlainHTTP(urllib.request.HTTPHandler):
    def http_open(self, request: urllib.request.Request) -> http.client.HTTPResponse:
        raise urllib.error.URLError(f"{request.host} was to be asked without encryption")


@contextmanager
def _https_alone() -> Iterator[None]:
    """Keep torchvision from its second try, which is by plain http, and from waiting for ever."""
    timeout = socket.getdefaulttimeout()
    urllib.request.install_opener(urllib.request.build_opener(_RefusePlainHTTP))
    socket.setdefaulttimeout(STALL_SECONDS)
    try:
        yield
    finally:
        urllib.request.install_opener(None)  # back to the usual one
        socket.setdefaulttimeout(timeout)
