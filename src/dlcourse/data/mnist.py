"""MNIST's 70,000 handwritten digits, and Fashion-MNIST: 70,000 images of clothes."""

from pathlib import Path

import torch

from dlcourse.data.batches import ImageData, Split, hold_out
from dlcourse.data.framing import FASHION_FRAMING, MNIST_FRAMING, Framing
from dlcourse.data.idx import read_idx
from dlcourse.data.published import Files, describe_published
from dlcourse.errors import DataError

DIGITS = tuple("0123456789")
CLOTHES = (
    "T-shirt/top",
    "Trouser",
    "Pullover",
    "Dress",
    "Coat",
    "Sandal",
    "Shirt",
    "Sneaker",
    "Bag",
    "Ankle boot",
)
MNIST_MD5 = {
    "train-images-idx3-ubyte": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
    "train-labels-idx1-ubyte": "d53e105ee54ea40749a09fcbcd1e9432",
    "t10k-images-idx3-ubyte": "9fb629c4189551a2d022fa330f9573f3",
    "t10k-labels-idx1-ubyte": "ec29112dd5afa0611ce80d1b7f02629c",
}
FASHION_MD5 = {
    "train-images-idx3-ubyte": "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
    "train-labels-idx1-ubyte": "25c81989df183df01b3e8a0aad5dffbe",
    "t10k-images-idx3-ubyte": "bef4ecab320f06d8554ea6380940ec79",
    "t10k-labels-idx1-ubyte": "bb300cfdad3c16e7a12a480ee83cd310",
}
NAMES = tuple(MNIST_MD5)
MNIST_SERVER = "https://ossci-datasets.s3.amazonaws.com/mnist"  # torchvision's copy
FASHION_SERVER = (
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion"
)
MNIST_ARCHIVES = {f"{MNIST_SERVER}/{name}.gz": md5 for name, md5 in MNIST_MD5.items()}
FASHION_ARCHIVES = {f"{FASHION_SERVER}/{name}.gz": md5 for name, md5 in FASHION_MD5.items()}
MNIST = Files("MNIST", NAMES, (".", "MNIST/raw"), MNIST_ARCHIVES)
FASHION_MNIST = Files("Fashion-MNIST", NAMES, ("FashionMNIST/raw",), FASHION_ARCHIVES)


def load_mnist(data_dir: Path | str | None = None, download: bool = True) -> ImageData:
    """Load MNIST: 28 x 28 pixels from 0 to 255, ten classes.

    A fixed tenth of each class of the 60,000 training images is for validation. The four files are
    looked for in data_dir, in `$DLCOURSE_DATA` and in ./data, each as it is or under MNIST/raw,
    gzipped or not. When they are not found, they are downloaded into data_dir or, if it is not
    given, into ./data.

    Raises: DataError when the files are not found and cannot be downloaded, or a file is damaged.
    Source: LeCun, Bottou, Bengio, Haffner (1998), Gradient-based learning applied to document
        recognition.
    """
    files = MNIST.get(data_dir, download)
    return _load("mnist", files, DIGITS, MNIST_FRAMING)


def load_fashion_mnist(data_dir: Path | str | None = None, download: bool = True) -> ImageData:
    """Load Fashion-MNIST as load_mnist loads MNIST; its files lie in FashionMNIST/raw.

    They need a folder of their own because they have the names of MNIST's files.

    Raises: DataError when the files are not found and cannot be downloaded, or a file is damaged.
    Source: Xiao, Rasul, Vollgraf (2017), Fashion-MNIST: a novel image dataset for benchmarking
        machine learning algorithms. License MIT.
    """
    files = FASHION_MNIST.get(data_dir, download)
    return _load("fashion-mnist", files, CLOTHES, FASHION_FRAMING)


def _load(
    name: str, files: list[Path], class_names: tuple[str, ...], framing: Framing
) -> ImageData:
    train_images, train_labels, test_images, test_labels = files
    all_train = _read_split(train_images, train_labels)
    test = _read_split(test_images, test_labels)
    train, validation = hold_out(all_train, share=0.1, seed=3)
    return ImageData(
        name,
        train,
        validation,
        test,
        class_names,
        max_value=255,
        framing=framing,
        source=describe_published(train_images.parent),
    )


def _read_split(images_path: Path, labels_path: Path) -> Split:
    """Read images and labels and check that they belong together."""
    remedy = "delete it and download it again"
    images = read_idx(images_path, dimensions=3, remedy=remedy)
    labels = read_idx(labels_path, dimensions=1, remedy=remedy).long()

    height, width = images.shape[1:]
    if (height, width) != (28, 28):
        problem = f"{images_path} has images of {height} x {width} pixels, not 28 x 28"
        raise DataError(problem, remedy)
    if len(images) != len(labels):
        problem = f"{images_path} has {len(images)} images, {labels_path} {len(labels)} labels"
        raise DataError(problem, "take both from the same source")
    if labels.max() > 9:
        row = int(torch.argmax(labels))
        problem = f"{labels_path} has the label {labels[row]} in row {row}, the largest label is 9"
        raise DataError(problem, remedy)
    return Split(images.unsqueeze(1), labels)
