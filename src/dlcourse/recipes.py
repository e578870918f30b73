"""What can be trained on what, and the settings that are known to work: (model, data) to its TrainConfig."""

import difflib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dlcourse.errors import UsageError
from dlcourse.training.config import TrainConfig

if TYPE_CHECKING:
    from dlcourse.data.batches import ImageData

# Named here and imported where they are used, so that `dlcourse --help` answers at once.
MODELS = {  # name: its module, its class, and what the first argument of the class counts
    "mlp": ("dlcourse.models.mlp", "MLP", "in_features"),
    "cnn": ("dlcourse.models.cnn", "CNN", "in_channels"),
    "lenet": ("dlcourse.models.lenet", "LeNet", "in_channels"),
    "vgg": ("dlcourse.models.vgg", "VGG", "in_channels"),
    "resnet18": ("dlcourse.models.resnet18", "ResNet18", "in_channels"),
}

DATASETS: dict[
    str, Callable[[Path | None], "ImageData"]
] = {  # name: what loads it, from --data-dir if given
    "digits": lambda data_dir: import_module("dlcourse.data.digits").load_digits(),
    "mnist": lambda data_dir: import_module("dlcourse.data.mnist").load_mnist(data_dir),
    "fashion-mnist": lambda data_dir: import_module("dlcourse.data.mnist").load_fashion_mnist(
        data_dir
    ),
    "cifar10": lambda data_dir: import_module("dlcourse.data.cifar10").load_cifar10(data_dir),
}

RECIPES = {  # chosen on the validation pictures; the README says what they reach on the test pictures
    ("mlp", "digits"): TrainConfig(epochs=20, batch_size=32),
    ("cnn", "digits"): TrainConfig(epochs=5, batch_size=64),
    ("lenet", "digits"): TrainConfig(epochs=10, batch_size=32, learning_rate=3e-3),
    ("vgg", "digits"): TrainConfig(epochs=6, batch_size=32),
    ("resnet18", "digits"): TrainConfig(epochs=3, batch_size=64, learning_rate=3e-3),
    ("mlp", "mnist"): TrainConfig(epochs=5),
    ("cnn", "mnist"): TrainConfig(epochs=3),
    ("lenet", "mnist"): TrainConfig(epochs=5, learning_rate=6e-3),
    ("vgg", "mnist"): TrainConfig(epochs=1, batch_size=64, average_decay=0.98),
    ("mlp", "fashion-mnist"): TrainConfig(epochs=10),
    ("cnn", "fashion-mnist"): TrainConfig(epochs=5, average_decay=0.99),
    ("lenet", "fashion-mnist"): TrainConfig(epochs=8, learning_rate=6e-3, average_decay=0.99),
    ("vgg", "fashion-mnist"): TrainConfig(epochs=4, batch_size=64, average_decay=0.98),
    ("mlp", "cifar10"): TrainConfig(epochs=10, learning_rate=1e-3),
    ("cnn", "cifar10"): TrainConfig(epochs=8, augment="flip", average_decay=0.99),
    ("lenet", "cifar10"): TrainConfig(
        epochs=8, learning_rate=6e-3, augment="flip", average_decay=0.99
    ),
    ("vgg", "cifar10"): TrainConfig(epochs=12, augment="shift,flip", average_decay=0.99),
}

# From 20 or 100 files a class of MNIST's digits, a CNN reads 83 % or 94 % of the validation part so (means of
# 3 seeds); with the defaults, which take 10 or 30 steps, it reads 15 % or 59 %.
FOLDER_RECIPE = TrainConfig(epochs=20, batch_size=32)
# At 1e-2 its validation loss, after 10 epochs on 84 pictures, was 1.2; at 1e-3 0.07 (one seed).
RESNET_RECIPE = TrainConfig(epochs=20, batch_size=32, learning_rate=1e-3)


def choose(kind: str, name: str, table: dict[str, Any]) -> Any:
    """Return the table's entry of that name; raise UsageError, with the nearest name, where there is none."""
    if name not in table:
        nearest = difflib.get_close_matches(name, table, n=1, cutoff=0)[0]
        mend = f"did you mean {nearest}? There are {', '.join(table)}"
        raise UsageError(f"there is no {kind} {name!r}", mend)
    return table[name]


def choose_data(data: str) -> Callable[..., "ImageData"]:
    """Return what loads a data set or a folder of pictures, given --data-dir, a model's sides and --stream.

    Raises: UsageError, with the nearest name, for what is neither a data set nor a path.
    """
    if data not in DATASETS and (data != Path(data).name or Path(data).is_dir()):
        return lambda data_dir, *options: import_module("dlcourse.data.folders").load_folder(
            data, *options
        )
    load = choose("data set or folder", data, DATASETS)
    return lambda data_dir, *options: load(data_dir)


def find_recipe(model: str, data: str) -> TrainConfig:
    """Return the settings for a model on a data set or a folder; TrainConfig's own where none are known."""
    folder_recipe = RESNET_RECIPE if model == "resnet18" else FOLDER_RECIPE
    return RECIPES.get((model, data), TrainConfig() if data in DATASETS else folder_recipe)
