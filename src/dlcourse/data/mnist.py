"""MNIST's 70,000 handwritten digits, and Fashion-MNIST, as many pieces of clothing in the same four files."""

from functools import partial
from pathlib import Path

import torch

from dlcourse.data.batches import Framing, ImageData, Split, hold_out
from dlcourse.data.idx import read_idx
from dlcourse.data.published import Files
from dlcourse.errors import DataError

# Each digit was scaled to fit 20 x 20 pixels and laid with its centre of mass in the middle (source below).
MNIST_FRAMING = Framing(
    height=20 / 28, width=20 / 28, keeps_aspect=True, removes_slant=False, least_ink=0, centre="mass"
)
# Each piece was cut out and scaled until its longer side filled the picture (section 2 of the source below).
FASHION_FRAMING = Framing(
    height=1, width=1, keeps_aspect=True, removes_slant=False, least_ink=0, centre="box"
)
CLOTHES = (
    *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
    *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
)
NAMES = (
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
)
# torchvision names a server for Fashion-MNIST that speaks plain http alone; this is its authors' own copy.
FASHION_MIRROR = "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"


def load_mnist(data_dir: Path | str | None = None, download: bool = True) -> ImageData:
    """Load MNIST: 28 x 28 pixels from 0 to 255, ten classes.

    A fixed tenth of each class of the 60,000 training pictures is for validation. The four files are looked
    for in data_dir, in $DLCOURSE_DATA and in ./data, each as it is or under MNIST/raw, gzipped or not. When
    they are nowhere, they are downloaded into data_dir or, without one, into ./data.

    Raises: DataError when they are nowhere and cannot be downloaded, or when a file is damaged.
    Source: LeCun, Bottou, Bengio, Haffner (1998), Gradient-based learning applied to document recognition.
    """
    return _load("mnist", MNIST.get(data_dir, download), tuple("0123456789"), MNIST_FRAMING)


def load_fashion_mnist(data_dir: Path | str | None = None, download: bool = True) -> ImageData:
    """Load Fashion-MNIST: as load_mnist, but the files, which share MNIST's names, lie in FashionMNIST/raw.

    Raises: DataError when they are nowhere and cannot be downloaded, or when a file is damaged.
    Source: Xiao, Rasul, Vollgraf (2017), Fashion-MNIST: a novel image dataset for benchmarking machine
        learning algorithms. Licence MIT.
    """
    return _load("fashion-mnist", FASHION_MNIST.get(data_dir, download), CLOTHES, FASHION_FRAMING)


def _load(name: str, files: list[Path], class_names: tuple[str, ...], framing: Framing) -> ImageData:
    train, test = _read_split(*files[:2]), _read_split(*files[2:])
    train, validation = hold_out(train, share=0.1, seed=3)
    return ImageData(name, train, validation, test, class_names, max_value=255, framing=framing)


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
    if labels.max() > 9:
        row = int(torch.argmax(labels))
        raise DataError(f"{labels_path} has the label {labels[row]} in row {row}, labels end at 9", mend)
    return Split(images.unsqueeze(1), labels)


def _fetch(name: str, mirror: str, folder: Path) -> Path:
    """Let torchvision fetch, check and unpack the four files of one of its data sets."""
    from dlcourse.data.torchvision_ops import torchvision  # takes a second, so not before it is needed

    Chosen = type(name, (getattr(torchvision.datasets, name),), {"mirrors": (mirror,)})
    return Path(Chosen(folder, download=True).raw_folder)


MNIST_MIRROR = "https://ossci-datasets.s3.amazonaws.com/mnist/"
MNIST = Files("MNIST", NAMES, (".", "MNIST/raw"), partial(_fetch, "MNIST", MNIST_MIRROR))
FASHION_MNIST = Files(
    "Fashion-MNIST", NAMES, ("FashionMNIST/raw",), partial(_fetch, "FashionMNIST", FASHION_MIRROR)
)
