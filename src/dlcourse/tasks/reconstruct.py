"""Autoencoders: networks that reconstruct images, and variational ones that generate them."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from dlcourse.data.batches import ImageData
from dlcourse.tasks.image_family import ImageFamily, check_sizes
from dlcourse.training.config import TrainConfig
from dlcourse.training.processes import get_rank
from dlcourse.training.task import Batch

NUM_GENERATED = 64  # images in the figure of a variational autoencoder
NOISE_OPTIONS = {"noise": 0.0}
BETA_OPTIONS = {"beta": 1.0}

NETWORKS = {"autoencoder": "dlcourse.models.autoencoder:Autoencoder"}
VARIATIONAL_NETWORKS = {"vae": "dlcourse.models.vae:VAE"}
# Chosen on validation images, with one seed. On the digits, peak rates of 1e-3, 3e-3 and 1e-2 give
# the autoencoder a squared error per pixel of 0.0138, 0.0118 and 0.0105, and the variational one
# 24.7, 24.4 and 24.0 nats; 100 epochs bring it 0.03 nats further. On MNIST, 5 epochs at 3e-3 and
# 1e-2 give 0.0197 and 0.0183, and 119.6 and 115.0 nats. Fashion-MNIST and CIFAR-10 take the
# settings of MNIST, and folders a smaller rate, all untried.
RECIPES = {
    ("autoencoder", "digits"): TrainConfig(epochs=50, batch_size=32),
    ("autoencoder", "mnist"): TrainConfig(epochs=5),
    ("autoencoder", "fashion-mnist"): TrainConfig(epochs=5),
    ("autoencoder", "cifar10"): TrainConfig(epochs=5),
}
VARIATIONAL_RECIPES = {
    ("vae", "digits"): TrainConfig(epochs=50, batch_size=32),
    ("vae", "mnist"): TrainConfig(epochs=10),
    ("vae", "fashion-mnist"): TrainConfig(epochs=10),
    ("vae", "cifar10"): TrainConfig(epochs=10),
}
FOLDER_RECIPE = TrainConfig(epochs=50, batch_size=32, learning_rate=3e-3)


class Reconstruct(ImageFamily):
    """Minimize the squared error of reconstructed images; the figure is that error per pixel.

    The option noise is the standard deviation of random numbers that are added to the pixels of the
    input, from 0 to 1. The reconstruction is compared with the image without noise. A batch is
    (images, labels), and the labels are not used.
    """

    networks = NETWORKS
    recipes = RECIPES
    other_recipe = FOLDER_RECIPE
    headline = "squared_error_per_pixel"
    given_by_data = ("in_features",)
    own_options = NOISE_OPTIONS
    loss_name = "squared_error"

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the mean squared error of a pixel."""
        images = batch[0]
        return F.mse_loss(network(self.add_noise(images)), images)

    def add_noise(self, images: Tensor) -> Tensor:
        """Return images with the noise that the option asks for."""
        noise = self.options["noise"]
        return images + noise * torch.randn_like(images) if noise > 0 else images

    def measure(self, network: nn.Module, batch: Batch) -> dict[str, tuple[Any, Any]]:
        """Return the squared error per pixel, which is the loss, too."""
        count = batch[0].numel()
        error = self.loss(network, batch) * count
        return {"loss": (error, count), "squared_error_per_pixel": (error, count)}

    def build(self, about: Mapping[str, Any]) -> nn.Module:
        """Build the network for images (channels, height, width); torch draws its weights.

        Raises: ValueError for facts that no network can have.
        """
        check_sizes(about)
        return self.network_class(math.prod(about["image_shape"]), **self.network_options)

    def draw_figures(
        self,
        network: nn.Module,
        data: ImageData,
        device: torch.device,
        folder: Path,
    ) -> list[Path]:
        """Draw test images with their reconstructions, and a map of the codes."""
        paths = [folder / "reconstructions.png", folder / "latent_map.png"]
        if get_rank() == 0:  # the first process draws for all
            # Matplotlib, which a run without figures does without.
            from dlcourse.tasks.reconstruct_figures import draw_latent_map, draw_reconstructions

            batches = self.make_batches(data, "test", device)
            images, _ = next(iter(batches))
            with torch.inference_mode():
                inputs = self.add_noise(images)
                draw_reconstructions(images, inputs, network(inputs), paths[0])
                codes = torch.cat([self.find_codes(network, images) for images, _ in batches])
            draw_latent_map(codes, data, paths[1])
        return paths

    def find_codes(self, network: Any, images: Tensor) -> Tensor:
        """Return the codes (batch, code_features) of images."""
        return network.encode(images)


class Variational(Reconstruct):
    """Minimize the negative ELBO of images, in nats an image; the divergence counts beta times.

    ELBO is the evidence lower bound. A pixel from 0 to 1 stands for the probability that the pixel
    is 1, so that the reconstruction error is a sum of cross entropies. Figures: the negative ELBO
    with a beta of 1, its divergence, both in nats an image, and the squared error per pixel.
    Source: Kingma, Welling (2014); Higgins and others (2017), beta-VAE, for beta.
    """

    networks = VARIATIONAL_NETWORKS
    recipes = VARIATIONAL_RECIPES
    headline = "negative_elbo_nats"
    own_options = BETA_OPTIONS
    loss_name = "negative_elbo"

    def loss(self, network: nn.Module, batch: Batch) -> Tensor:
        """Return the mean of reconstruction error plus beta times divergence, in nats an image."""
        error, divergence, _ = self.find_parts(network, batch[0])
        return (error + self.options["beta"] * divergence).mean()

    def find_parts(self, network: Any, images: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return each image's reconstruction error and divergence in nats, and the pixels.

        Shapes: images (batch, channels, height, width) -> (batch,), (batch,), (batch, in_features).
        """
        mean, log_variance = network.encode(images)  # (batch, code_features) each
        logits = network.decode(network.draw_codes(mean, log_variance))  # (batch, in_features)
        pixels = images.flatten(1)
        errors = F.binary_cross_entropy_with_logits(logits, pixels, reduction="none")
        # Of normal distributions from the standard one, for each number of the code
        divergences = (mean.square() + log_variance.exp() - 1 - log_variance) / 2
        return errors.sum(dim=1), divergences.sum(dim=1), logits.sigmoid()

    def measure(self, network: nn.Module, batch: Batch) -> dict[str, tuple[Any, Any]]:
        """Return the loss, the negative ELBO and the divergence, in nats an image."""
        images = batch[0]
        error, divergence, pixels = self.find_parts(network, images)
        count = len(images)
        loss = error + self.options["beta"] * divergence
        squared_errors = (pixels - images.flatten(1)).square()
        return {
            "loss": (loss.sum(), count),
            "negative_elbo_nats": ((error + divergence).sum(), count),
            "divergence_nats": (divergence.sum(), count),
            "squared_error_per_pixel": (squared_errors.sum(), images.numel()),
        }

    def add_noise(self, images: Tensor) -> Tensor:
        """Return the images: the noise of a variational autoencoder is in its codes."""
        return images

    def find_codes(self, network: Any, images: Tensor) -> Tensor:
        """Return the mean codes (batch, code_features) of images."""
        mean, _ = network.encode(images)
        return mean

    def sample_images(
        self,
        network: Any,
        about: Mapping[str, Any],
        generator: torch.Generator,
        count: int,
    ) -> Tensor:
        """Return generated images (count, channels, height, width), from 0 to 1.

        Their codes are drawn from the standard normal distribution.
        """
        device = next(network.parameters()).device
        codes = torch.randn(count, network.code_features, generator=generator)
        pixels = network.decode(codes.to(device)).sigmoid()  # (count, in_features)
        return pixels.reshape(count, *about["image_shape"])

    def draw_figures(
        self,
        network: nn.Module,
        data: ImageData,
        device: torch.device,
        folder: Path,
    ) -> list[Path]:
        """Draw reconstructions, a map of the codes, and generated images."""
        paths = super().draw_figures(network, data, device, folder)
        generated = folder / "generated.png"
        if get_rank() == 0:
            from dlcourse.tasks.figure_files import save_grid

            about = {"image_shape": data.test.images.shape[1:]}
            generator = torch.Generator().manual_seed(0)
            with torch.inference_mode():
                images = self.sample_images(
                    network,
                    about,
                    generator,
                    NUM_GENERATED,
                )
            save_grid(images, generated)
        return [*paths, generated]
