"""Diffusion models: networks that predict noise in images, and generate images from noise."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.data.batches import ImageData
from dlcourse.errors import UsageError
from dlcourse.tasks.image_family import ImageFamily, check_sizes
from dlcourse.tasks.noising import NUM_LEVELS, add_noise, make_schedule, remove_noise
from dlcourse.training.config import TrainConfig
from dlcourse.training.processes import get_rank
from dlcourse.training.task import Batch

NETWORKS = {"diffusion": "dlcourse.models.diffusion:Diffusion"}
DIGITS_RECIPE = TrainConfig(
    epochs=60,
    batch_size=64,
    clip_norm=1.0,
    average_decay=0.99,
)
RECIPES = {
    ("diffusion", "digits"): DIGITS_RECIPE,
    ("diffusion", "mnist"): TrainConfig(
        epochs=3,
        batch_size=64,
        clip_norm=1.0,
        average_decay=0.99,
    ),
}


class Diffuse(ImageFamily):
    """Minimize the squared error of the predicted noise, at a random noise level for each image.

    A batch is (images, labels), and the labels are not used. The loss is a mean over all pixels, in
    units of the noise's variance: a network that predicts no noise has a loss of 1.
    """

    networks = NETWORKS
    recipes = RECIPES
    other_recipe = DIGITS_RECIPE
    headline = "loss"
    given_by_data = ("in_channels",)
    loss_name = "noise_error"

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the mean squared error of the predicted noise."""
        images = 2 * batch[0] - 1  # from -1 to 1, as the noise is around 0
        levels = torch.randint(
            1,
            NUM_LEVELS + 1,
            (len(images),),
            device=images.device,
        )
        shares = make_schedule().to(images)[levels]  # (batch,)
        noise = torch.randn_like(images)
        noisy = add_noise(images, noise, shares)
        predicted = network(noisy, (levels / NUM_LEVELS).to(images))
        return F.mse_loss(predicted, noise)

    def build(self, about: Mapping[str, Any]) -> nn.Module:
        """Build the network for images (channels, height, width); torch draws its weights.

        Raises: ValueError for facts that no network can have.
        """
        check_sizes(about)
        return self.network_class(about["image_shape"][0], **self.network_options)

    def sample_images(
        self,
        network: nn.Module,
        about: Mapping[str, Any],
        generator: torch.Generator,
        count: int,
        *,
        steps: int = 100,
        fresh: float = 1.0,
    ) -> Tensor:
        """Return new images (count, channels, height, width) from 0 to 1.

        steps: from noise to image, at most 1,000. fresh: the share of fresh noise, from 0 to 1; at
        0 the images follow from the first noise alone, and few steps are enough.
        Raises: UsageError for a larger number.
        """
        for name, value, most in (("steps", steps, NUM_LEVELS), ("fresh", fresh, 1)):
            if value > most:
                raise UsageError(f"{name} must be at most {most}, got {value}", "give a lower one")
        noise = torch.randn(count, *about["image_shape"], generator=generator)
        frames = remove_noise(
            network,
            noise,
            steps,
            generator=generator,
            fresh=fresh,
            limit=1.0,
        )
        return (frames[-1] + 1) / 2

    def draw_figures(
        self,
        network: nn.Module,
        data: ImageData,
        device: torch.device,
        folder: Path,
    ) -> list[Path]:
        """Draw how images emerge from noise; return the path of the figure."""
        path = folder / "denoising.png"
        if get_rank() == 0:  # the first process draws for all
            # Matplotlib, which a run without figures does without.
            from dlcourse.tasks.diffuse_figures import NUM_ROWS, draw_denoising

            random = torch.Generator().manual_seed(0)
            noise = torch.randn(NUM_ROWS, *data.test.images.shape[1:], generator=random)
            frames = remove_noise(
                network,
                noise.to(device),
                generator=random,
                limit=1.0,
            )
            draw_denoising(frames, path)
        return [path]
