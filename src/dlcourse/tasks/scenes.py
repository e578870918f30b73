"""What the families of scenes share: their data, and networks that find digits in them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import torch
from torch import Tensor, nn

from dlcourse.data.catalog import SCENES
from dlcourse.data.scenes import SceneBatches, SceneData, load_scene_set
from dlcourse.errors import UsageError, unknown_name
from dlcourse.tasks.family import Family
from dlcourse.training.config import TrainConfig
from dlcourse.training.processes import get_rank

EVALUATION_BATCH = 250  # scenes; the same in train and evaluate, so that last digits are equal
NUM_DRAWN = 12


class SceneFamily(Family):
    """Find digits in scenes. A family of them says what the targets are, its loss and its figures.

    A batch is (images, targets): (batch, 1, 32, 32) and (batch, ...). targets names the part of
    data.scenes.Scenes that the network learns.
    """

    data_sets = SCENES
    default_data = "scenes"
    example_name = "scenes"
    facts_of_outputs = "class_names"
    given_by_data = ("num_classes",)
    targets: ClassVar[str]
    figure_name: ClassVar[str]

    def check_data(self, data: str) -> None:
        """Raise UsageError for what is not a data set of scenes."""
        if data not in SCENES:
            raise unknown_name("data set of scenes", data, SCENES)

    def load(
        self,
        data: str,
        data_dir: Path | None = None,
        stream: bool | None = None,
        about: Mapping[str, Any] | None = None,
    ) -> SceneData:
        """Compose the scenes of a data set."""
        self.check_data(data)
        return load_scene_set(data, data_dir)

    def about(self, data: SceneData) -> dict[str, Any]:
        """Return the shape of the scenes and the names of the digits."""
        return {
            "image_shape": list(data.train.images.shape[1:]),
            "class_names": list(data.class_names),
        }

    def fit_data(self, data: SceneData, about: Mapping[str, Any]) -> SceneData:
        """Return the scenes; the network takes them as they are."""
        if self.about(data) != about:
            problem = f"{data.name} has other scenes than the run was trained on"
            raise UsageError(problem, f"evaluate it on {' or '.join(SCENES)}")
        return data

    def make_batches(
        self,
        data: SceneData,
        split: str,
        device: torch.device,
        config: TrainConfig | None = None,
        stream: bool | None = None,
    ) -> SceneBatches:
        """Return batches of a split, in a new order at each pass where settings are given."""
        scenes = getattr(data, split)
        targets = getattr(scenes, self.targets)
        if config is None:
            return SceneBatches(
                scenes.images,
                targets,
                EVALUATION_BATCH,
                device=device,
            )
        if config.augment:
            raise ValueError(f"augment must be empty for scenes, got {config.augment!r}")
        generator = torch.Generator().manual_seed(config.seed)
        return SceneBatches(
            scenes.images,
            targets,
            config.batch_size,
            device=device,
            generator=generator,
            stream=stream,
        )

    def summarize(self, data: SceneData, about: Mapping[str, Any]) -> list[str]:
        """Say how many scenes and digits there are, and where the digits came from."""
        splits = (data.train, data.validation, data.test)
        train, validation, test = (f"{len(split):,}" for split in splits)
        num_digits = sum(int((split.objects[:, :, 0] >= 0).sum()) for split in splits)
        return [
            f"{train} scenes to train, {validation} to validate, {test} to test, "
            f"with {num_digits:,} digits",
            "nothing was left out",
            data.source,
        ]

    def build(self, about: Mapping[str, Any]) -> nn.Module:
        """Build the network; torch draws its weights."""
        return self.network_class(self.count_classes(about), **self.network_options)

    def count_classes(self, about: Mapping[str, Any]) -> int:
        """Return how many classes the network tells apart."""
        return len(about["class_names"])

    def example_inputs(self, about: Mapping[str, Any]) -> Tensor:
        """Return one black scene (1, 1, height, width)."""
        return torch.zeros(1, *about["image_shape"])

    def draw_figures(
        self,
        network: nn.Module,
        data: SceneData,
        device: torch.device,
        folder: Path,
    ) -> list[Path]:
        """Draw the first test scenes with what the network found; return the path of the file."""
        path = folder / self.figure_name
        if get_rank() == 0:  # the first process draws for all
            images = data.test.images[:NUM_DRAWN]
            batches = SceneBatches(images, images, NUM_DRAWN, device=device)
            with torch.inference_mode():
                ((inputs, _),) = batches
                outputs = network(inputs).cpu()
            # Matplotlib, which a run without figures does without.
            from dlcourse.tasks.scene_figures import draw_found

            found = self.read_found(outputs)
            draw_found(images, data.class_names, path, **found)
        return [path]

    def read_found(self, outputs: Tensor) -> dict[str, Any]:
        """Return what the outputs stand for, by the names that `draw_found` gives it."""
        raise NotImplementedError
