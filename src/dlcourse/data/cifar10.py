"""CIFAR-10: 60,000 photographs of 32 x 32 pixels, read from its binary form without pickle."""

from pathlib import Path

import torch

from dlcourse.data.batches import ImageData, Split, hold_out
from dlcourse.data.published import Files, describe_published
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
# A row holds the label, then all red levels, all green levels and all blue levels, row by row.
ROW_BYTES = 1 + 3 * 32 * 32
FILE_ROWS = 10_000
NAMES = (
    "data_batch_1.bin",
    "data_batch_2.bin",
    "data_batch_3.bin",
    "data_batch_4.bin",
    "data_batch_5.bin",
    "test_batch.bin",
)
ARCHIVE = "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"
ARCHIVE_MD5 = "c32a1d4ab5d03f1284b67883e8d87530"
CIFAR10 = Files(
    title="CIFAR-10",
    names=NAMES,
    below=(".", "cifar-10-batches-bin"),
    archives={ARCHIVE: ARCHIVE_MD5},
)


def load_cifar10(data_dir: Path | str | None = None, download: bool = True) -> ImageData:
    """Load CIFAR-10: 32 x 32 pixels in three colors from 0 to 255, ten classes.

    A fixed tenth of each class of the 50,000 training images is for validation. The six files are
    looked for in the same places as MNIST's, each as it is or under cifar-10-batches-bin. The
    download has 162 MB.

    Raises: DataError when the files are not found and cannot be downloaded, or a file is damaged.
    Source: Krizhevsky (2009), Learning multiple layers of features from tiny images; the format is
        described at https://www.cs.toronto.edu/~kriz/cifar.html.
    """
    paths = CIFAR10.get(data_dir, download)
    splits = [_read_split(path) for path in paths]
    *train_splits, test = splits
    images = torch.cat([split.images for split in train_splits])
    labels = torch.cat([split.labels for split in train_splits])
    all_train = Split(images, labels)
    train, validation = hold_out(all_train, share=0.1, seed=4)
    return ImageData(
        name="cifar10",
        train=train,
        validation=validation,
        test=test,
        class_names=CLASS_NAMES,
        max_value=255,
        framing=None,
        source=describe_published(paths[0].parent),
    )


def _read_split(path: Path) -> Split:
    remedy = "delete it and download it again"
    content = bytearray(path.read_bytes())
    num_bytes = FILE_ROWS * ROW_BYTES
    if len(content) != num_bytes:
        problem = f"{path} has {len(content)} bytes, not {num_bytes}"
        raise DataError(f"{problem} as {FILE_ROWS} images of CIFAR-10", remedy)

    values = torch.frombuffer(content, dtype=torch.uint8)
    rows = values.view(FILE_ROWS, ROW_BYTES)
    labels = rows[:, 0].long()
    if labels.max() > 9:
        row = int(torch.argmax(labels))
        raise DataError(
            f"{path} has the label {labels[row]} in row {row}, the largest label is 9", remedy
        )
    images = rows[:, 1:].reshape(FILE_ROWS, 3, 32, 32)
    return Split(images, labels)
