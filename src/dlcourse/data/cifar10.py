"""CIFAR-10: 60,000 photographs of 32 x 32 pixels in its binary form, which is read without pickle."""

from pathlib import Path

import torch

from dlcourse.data.batches import ImageData, Split, hold_out
from dlcourse.data.published import Files
from dlcourse.errors import DataError

CLASS_NAMES = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
ROW_BYTES = (
    1 + 3 * 32 * 32
)  # the label, then all red levels, all green ones, all blue ones, row by row
FILE_ROWS = 10_000
NAMES = (*(f"data_batch_{number}.bin" for number in range(1, 6)), "test_batch.bin")
CIFAR10 = Files(
    "CIFAR-10",
    NAMES,
    (".", "cifar-10-batches-bin"),
    {"https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz": "c32a1d4ab5d03f1284b67883e8d87530"},
)


def load_cifar10(data_dir: Path | str | None = None, download: bool = True) -> ImageData:
    """Load CIFAR-10: 32 x 32 pixels in three colours from 0 to 255, ten classes.

    A fixed tenth of each class of the 50,000 training pictures is for validation. The six files are looked
    for as MNIST's are, each as it is or under cifar-10-batches-bin; the download has 162 MB.

    Raises: DataError when they are nowhere and cannot be downloaded, or when a file is damaged.
    Source: Krizhevsky (2009), Learning multiple layers of features from tiny images; the format is described
        at https://www.cs.toronto.edu/~kriz/cifar.html.
    """
    splits = [_read_split(path) for path in CIFAR10.get(data_dir, download)]
    images, labels = [one.images for one in splits[:-1]], [one.labels for one in splits[:-1]]
    train, validation = hold_out(Split(torch.cat(images), torch.cat(labels)), share=0.1, seed=4)
    return ImageData(
        "cifar10", train, validation, splits[-1], CLASS_NAMES, max_value=255, framing=None
    )


def _read_split(path: Path) -> Split:
    mend = "delete it and get it again, or let it be downloaded"
    content = bytearray(path.read_bytes())
    if len(content) != FILE_ROWS * ROW_BYTES:
        problem = f"{path} has {len(content)} bytes, not {FILE_ROWS * ROW_BYTES}"
        raise DataError(f"{problem} as {FILE_ROWS} pictures of CIFAR-10", mend)
    rows = torch.frombuffer(content, dtype=torch.uint8).view(FILE_ROWS, ROW_BYTES)
    labels = rows[:, 0].long()
    if labels.max() > 9:
        row = int(torch.argmax(labels))
        raise DataError(f"{path} has the label {labels[row]} in row {row}, labels end at 9", mend)
    return Split(rows[:, 1:].reshape(FILE_ROWS, 3, 32, 32), labels)
