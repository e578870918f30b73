"""The data sets that have a name, and how each is loaded."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dlcourse.data.batches import ImageData
    from dlcourse.data.published import Files

IMAGE_SETS = ("digits", "mnist", "fashion-mnist", "cifar10")
TEXTS = ("course",)
ENVIRONMENTS = ("corridor", "grid")
SCENES = ("scenes", "mnist-scenes")


def load_image_set(name: str, data_dir: Path | None = None) -> "ImageData":
    """Load one of IMAGE_SETS; its files are looked for in data_dir first.

    Raises: DataError as the loading function does; ValueError for another name.
    """
    # Imported here, so that the names can be read without PyTorch.
    if name == "digits":
        from dlcourse.data.digits import load_digits

        return load_digits()
    if name == "mnist":
        from dlcourse.data.mnist import load_mnist

        return load_mnist(data_dir)
    if name == "fashion-mnist":
        from dlcourse.data.mnist import load_fashion_mnist

        return load_fashion_mnist(data_dir)
    if name == "cifar10":
        from dlcourse.data.cifar10 import load_cifar10

        return load_cifar10(data_dir)
    raise ValueError(f"name must be one of {', '.join(IMAGE_SETS)}, got {name!r}")


def list_published() -> "dict[str, Files]":
    """Return the data sets that are downloaded once, with the files of each."""
    from dlcourse.data.cifar10 import CIFAR10
    from dlcourse.data.mnist import FASHION_MNIST, MNIST

    return {"mnist": MNIST, "fashion-mnist": FASHION_MNIST, "cifar10": CIFAR10}
