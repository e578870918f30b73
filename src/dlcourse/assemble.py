"""Where a network, its pictures and its run meet: models, data and training do not know each other."""

import dataclasses
import importlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import torch
from torch import nn

from dlcourse.data.batches import Batches, Framing, ImageData, Split
from dlcourse.data.images import fit_side
from dlcourse.errors import CheckpointError
from dlcourse.recipes import MODELS
from dlcourse.training.config import TrainConfig
from dlcourse.training.processes import count_processes, get_rank
from dlcourse.training.run_folder import RunFolder

EVALUATION_BATCH = (
    500  # for train and evaluate: another size could change the last digit of the loss
)


@dataclass(frozen=True)
class RunDescription:
    """What evaluate and predict must know of a run beside its settings.

    Raises: ValueError for what no run can be.
    """

    dlcourse: str  # the version that trained it
    model: str
    data: str
    image_shape: Sequence[int]  # channels, height, width, as the network takes them
    class_names: Sequence[str]
    drawing_side: int  # pixels of the data's own pictures, before they were enlarged
    framing: (
        Mapping[str, Any] | None
    )  # how its drawings lie in them (data.batches.Framing); None for photos
    origin: str = ""  # where its first weights came from, as --from named it
    origin_sha256: str = ""  # of the weights that came from there
    is_frozen: bool = False  # whether only its last layer learns

    def __post_init__(self) -> None:
        sides, names = [*self.image_shape, self.drawing_side], self.class_names
        if not (
            len(sides) == 4 and all(type(side) is int and 1 <= side <= 10_000 for side in sides)
        ):
            raise ValueError(
                f"image_shape and drawing_side must be four whole numbers, got {sides}"
            )
        if not names or not all(isinstance(name, str) for name in names):
            raise ValueError(f"class_names must be names, got {names!r}")
        if not isinstance(self.origin, str):
            raise ValueError(f"origin must be a text, got {self.origin!r}")
        if self.framing is not None:
            Framing(**self.framing)


def describe_run(
    version: str, model: str, pictures: ImageData, original: ImageData
) -> RunDescription:
    """Describe a run of a model on pictures, which were enlarged from the original ones, or are those."""
    shape, names = list(pictures.train.images.shape[1:]), list(pictures.class_names)
    side = original.train.images.shape[-1]
    framing = dataclasses.asdict(original.framing) if original.framing else None
    return RunDescription(version, model, pictures.name, shape, names, side, framing)


def check_same_description(begun: RunDescription, now: RunDescription, folder: Path) -> None:
    """Raise CheckpointError, naming both, where a run in a folder was begun otherwise."""
    for name in (
        "model",
        "data",
        "image_shape",
        "class_names",
        "origin",
        "origin_sha256",
        "is_frozen",
    ):
        before, after = getattr(begun, name), getattr(now, name)
        if before != after:
            problem = f"the run in {folder} has {name.replace('_', ' ')} {before}, not {after}"
            raise CheckpointError(problem, "choose another --run-dir, or --overwrite")


def build_network(model: str, image_shape: Sequence[int], num_classes: int) -> nn.Module:
    """Build a model, its weights drawn from torch's generator, for pictures of (channels, height, width)."""
    channels, height, width = image_shape
    counted = {"in_features": channels * height * width, "in_channels": channels}
    return _find_class(model)(counted[MODELS[model][2]], num_classes=num_classes)


def find_sides(model: str) -> tuple[int, int]:
    """Return the smallest and the largest side, in pixels, of the pictures that a model takes."""
    found = _find_class(model)
    return found.smallest_image, getattr(found, "largest_image", 10_000)


def _find_class(model: str) -> Any:
    module, name, _ = MODELS[model]
    return getattr(importlib.import_module(module), name)


def fit_pictures(model: str, pictures: ImageData) -> ImageData:
    """Return the pictures, enlarged or shrunk where they are not of a size that the model takes."""
    least, most = find_sides(model)
    return resize_pictures(pictures, min(max(pictures.train.images.shape[-1], least), most))


def resize_pictures(pictures: ImageData, side: int) -> ImageData:
    """Return the pictures with sides of `side` pixels."""
    if pictures.train.images.shape[-1] == side:
        return pictures
    splits = (pictures.train, pictures.validation, pictures.test)
    train, validation, test = (Split(fit_side(one.images, side), one.labels) for one in splits)
    return dataclasses.replace(pictures, train=train, validation=validation, test=test)


def make_batches(
    pictures: ImageData,
    split: Split,
    device: torch.device,
    config: TrainConfig | None = None,
    stream: bool | None = None,
) -> Batches:
    """Return batches of a split of the pictures: as the settings of a run say, or for an evaluation."""
    make = partial(Batches, split, max_value=pictures.max_value, device=device)
    if config is None:
        return make(EVALUATION_BATCH)
    generator = torch.Generator().manual_seed(config.seed)
    share = get_rank(), count_processes()
    return make(
        config.batch_size, generator=generator, augment=config.augment, stream=stream, share=share
    )


def read_run(run: RunFolder) -> tuple[RunDescription, TrainConfig]:
    """Return what a run is, and its settings.

    Raises: CheckpointError when there is no run, or its config.json is damaged.
    """
    content, config = run.read_config()
    try:
        description = RunDescription(**content)
        MODELS[description.model]
    except (TypeError, ValueError, KeyError) as error:
        raise CheckpointError(
            f"{run.config} is damaged or of a newer dlcourse", "train again"
        ) from error
    return description, config


def load_run(run: RunFolder) -> tuple[nn.Module, RunDescription, TrainConfig]:
    """Return the network of a run with its weights, on the CPU, what it is, and its settings.

    Raises: as read_run; CheckpointError when there is no checkpoint yet, or a file is damaged.
    """
    description, config = read_run(run)
    network = build_network(
        description.model, description.image_shape, len(description.class_names)
    )
    run.restore_weights(network)
    return network.eval(), description, config
