"""Generative adversarial networks: a generator learns from a discriminator to make images."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.data.batches import ImageData
from dlcourse.errors import UsageError
from dlcourse.tasks.figure_files import save_grid
from dlcourse.tasks.image_family import ImageFamily, check_sizes
from dlcourse.training.config import TrainConfig
from dlcourse.training.processes import get_rank
from dlcourse.training.task import Batch, Sums

NETWORKS = {"gan": "dlcourse.models.gan:GAN"}
DIGITS_RECIPE = TrainConfig(
    epochs=60,
    batch_size=64,
    learning_rate=3e-3,
    weight_decay=0.0,
    average_decay=0.99,
)
RECIPES = {("gan", "digits"): DIGITS_RECIPE}
OWN_OPTIONS = {"r1": 1.0}  # weight of the penalty on the discriminator's slope; 0 is without it
NUM_FILTERS = (32, 16)  # of the judge's two layers
NUM_PAIRS = 32  # generated images that are shown beside their nearest training image


class Adversarial(ImageFamily):
    """Train a discriminator to tell real images from generated ones, and a generator to deceive it.

    Figures: the distance of the generated images from the real ones, by features that are never
    trained (see `find_distance`), and the discriminator's loss in nats, which is 2 ln 2 = 1.386 for
    one that cannot tell them apart. The generator's loss is not among the figures: it depends on
    the discriminator, so a lower one does not mean better images.
    Source: Goodfellow and others (2014), Generative adversarial nets; Mescheder, Geiger, Nowozin
        (2018), Which training methods for GANs do actually converge?, for the penalty R1.
    """

    networks = NETWORKS
    recipes = RECIPES
    other_recipe = DIGITS_RECIPE
    headline = "distance"
    given_by_data = ("in_channels", "side")
    own_options = OWN_OPTIONS
    loss_name = "adversarial"
    learners = ("discriminator", "generator")
    metric = "distance"

    def losses(self, network: Any, batch: Batch) -> Iterator[tuple[str, Tensor]]:
        """Yield the discriminator's loss, then that of the generator, in nats."""
        real = batch[0].detach().requires_grad_()
        generated = network.generator(self.draw_codes(real))
        real_logits = network.discriminator(real)
        generated_logits = network.discriminator(generated.detach())
        loss = find_discriminator_loss(real_logits, generated_logits).mean()
        if self.options["r1"] > 0:
            loss = loss + self.options["r1"] / 2 * find_squared_slopes(real_logits, real).mean()
        yield "discriminator", loss
        yield "generator", F.softplus(-network.discriminator(generated)).mean()

    def draw_codes(self, images: Tensor, generator: torch.Generator | None = None) -> Tensor:
        """Return a random code for each image, of the images' type and on their device."""
        size = (len(images), self.code_features)
        return torch.randn(
            size,
            generator=generator,
            dtype=images.dtype,
            device=images.device,
        )

    @property
    def code_features(self) -> int:
        """How many random numbers an image is made from."""
        return self.options["code_features"]

    def measure(self, network: Any, batch: Batch) -> dict[str, tuple[Any, Any]]:
        """Return sums of the features of real and generated images, and the discriminator's loss.

        A feature's sum and the sums of its products with all features follow each other in a row.
        """
        real = batch[0]
        generated = network.generator(self.draw_codes(real))
        real_logits = network.discriminator(real)
        generated_logits = network.discriminator(generated)
        count = len(real)
        return {
            "real": (add_features(real), count),
            "generated": (add_features(generated), count),
            "loss": (find_discriminator_loss(real_logits, generated_logits).sum(), count),
        }

    def figures(self, sums: Sums) -> dict[str, float]:
        """Return the distance of generated images from real ones, and the discriminator's loss."""
        real, generated, loss = [total / count for total, count in sums.values()]
        return {
            "distance": find_distance(real, generated),
            "discriminator_loss": loss.item(),
        }

    def fit_data(self, data: ImageData, about: Mapping[str, Any]) -> ImageData:
        """Return the images in the network's size; refuse splits that have no variance."""
        for split, images in (("validate", data.validation), ("test", data.test)):
            if len(images) < 2:
                problem = f"{data.name} has {len(images)} image to {split}, and a distance needs 2"
                raise UsageError(problem, "add images to it")
        return super().fit_data(data, about)

    def build(self, about: Mapping[str, Any]) -> nn.Module:
        """Build the network for images (channels, side, side); torch draws its weights.

        Raises: ValueError for facts that no network can have.
        """
        check_sizes(about)
        channels, side, _ = about["image_shape"]
        return self.network_class(channels, side, **self.network_options)

    def example_inputs(self, about: Mapping[str, Any]) -> Tensor:
        """Return one code (1, code_features) of zeros."""
        return torch.zeros(1, self.code_features)

    def sample_images(
        self,
        network: Any,
        about: Mapping[str, Any],
        generator: torch.Generator,
        count: int,
    ) -> Tensor:
        """Return generated images (count, channels, side, side), from 0 to 1."""
        codes = torch.randn(count, self.code_features, generator=generator)
        return network.generator(codes)

    def draw_figures(
        self,
        network: Any,
        data: ImageData,
        device: torch.device,
        folder: Path,
    ) -> list[Path]:
        """Draw generated images, each beside the training image that is nearest to it."""
        path = folder / "nearest_images.png"
        if get_rank() == 0:  # the first process draws for all
            codes = torch.randn(NUM_PAIRS, self.code_features, generator=torch.Generator())
            with torch.inference_mode():
                generated = network.generator(codes.to(device))
            batches = self.make_batches(data, "train", device)
            nearest = find_nearest(generated, batches)
            pairs = torch.stack([generated, nearest], dim=1)  # (pairs, 2, channels, side, side)
            save_grid(pairs.flatten(0, 1), path)
        return [path]


def find_discriminator_loss(real_logits: Tensor, generated_logits: Tensor) -> Tensor:
    """Return -log D(real) - log(1 - D(generated)) for pairs of logits (batch, 1), in nats."""
    return F.softplus(-real_logits) + F.softplus(generated_logits)


def find_squared_slopes(logits: Tensor, images: Tensor) -> Tensor:
    """Return for each image the squared length of the gradient of its logit (batch,)."""
    (slopes,) = torch.autograd.grad(logits.sum(), images, create_graph=True)
    return slopes.square().sum(dim=(1, 2, 3))


def find_features(images: Tensor) -> Tensor:
    """Return 64 features (batch, 64) of images: how strongly patterns occur in each quarter.

    The patterns are those of two convolutions whose weights are drawn once and never trained, so
    that the features are the same in every run.
    """
    generator = torch.Generator().manual_seed(0)
    x = images.cpu().double() - 0.5  # mid-gray is 0
    for num_filters in NUM_FILTERS:
        channels = x.shape[1]
        weight = torch.randn(
            num_filters,
            channels,
            3,
            3,
            generator=generator,
        ).double()
        scale = (2 / (9 * channels)) ** 0.5  # that keeps the size of the signal
        x = F.relu(F.conv2d(x, scale * weight, padding=1))
        x = F.avg_pool2d(x, 2)
    return F.adaptive_avg_pool2d(x, 2).flatten(1)


def add_features(images: Tensor) -> Tensor:
    """Return the features of images and all their products, added up over the images (64, 65)."""
    features = find_features(images)
    products = features.T @ features
    return torch.cat([features.sum(dim=0).unsqueeze(1), products], dim=1)


def find_distance(real: Tensor, generated: Tensor) -> float:
    """Return the Frechet distance of two sets of images, from the means of `add_features`.

    It compares the means and the covariances of the features: 0 means that they are equal. Its unit
    is the variance of the real features: a generator that always makes one image with the mean
    features has the distance 1.
    Source: Heusel and others (2017), GANs trained by a two time-scale update rule converge to a
        local Nash equilibrium, with other features.
    """
    real_mean, real_products = real[:, 0], real[:, 1:]
    mean, products = generated[:, 0], generated[:, 1:]
    real_covariance = real_products - real_mean.outer(real_mean)
    covariance = products - mean.outer(mean)
    # The trace of the square root of their product is the sum of the roots of its eigenvalues,
    # which are at least 0 up to rounding.
    roots = torch.linalg.eigvals(real_covariance @ covariance).real.clamp(min=0).sqrt()
    variances = real_covariance.trace() + covariance.trace() - 2 * roots.sum()
    distance = (real_mean - mean).square().sum() + variances
    unit = real_covariance.trace().clamp(min=1e-12)  # 0 for real images that are all alike
    return (distance / unit).item()


def find_nearest(images: Tensor, batches: Any) -> Tensor:
    """Return for each image that of all batches whose pixels are nearest, in the same shape."""
    nearest = torch.zeros_like(images)
    least = torch.full((len(images),), torch.inf, device=images.device)
    for candidates, _ in batches:
        distances = torch.cdist(images.flatten(1), candidates.flatten(1))  # (images, candidates)
        distance, index = distances.min(dim=1)
        is_nearer = distance < least
        nearest[is_nearer] = candidates[index[is_nearer]]
        least = least.minimum(distance)
    return nearest
