"""Small families for the questions that all tasks answer."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import torch
import torch.nn.functional as F
from torch import Generator, Tensor, nn

from dlcourse.data.batches import Batches, Split
from dlcourse.data.digits import load_digits
from dlcourse.data.environments import Episodes, load_environment
from dlcourse.data.scenes import SceneBatches, compose
from dlcourse.data.text import TextBatches, load_text
from dlcourse.models.detector import Detector
from dlcourse.models.diffusion import Diffusion
from dlcourse.models.gpt import GPT
from dlcourse.models.gru import GRU
from dlcourse.models.policy import Policy
from dlcourse.models.segmenter import Segmenter
from dlcourse.tasks.adversarial import Adversarial
from dlcourse.tasks.classify import Classify
from dlcourse.tasks.detect import Detect
from dlcourse.tasks.diffuse import Diffuse
from dlcourse.tasks.language import Language
from dlcourse.tasks.language_attention import AttentionLanguage
from dlcourse.tasks.reconstruct import Reconstruct, Variational
from dlcourse.tasks.reinforce import Reinforce
from dlcourse.tasks.segment import Segment
from dlcourse.training.config import TrainConfig
from dlcourse.training.task import Task

CPU = torch.device("cpu")
NUM_CODES = 8  # random numbers from which a generator makes a point


@dataclass(frozen=True)
class TinyFamily:
    """A task with all that a run needs; each run builds its network and batches anew.

    settings: fields of TrainConfig. draws_noise: whether the loss draws random numbers itself, so
    that pieces of a batch and other processes draw other ones.
    """

    name: str
    task: Task
    build: Callable[[], nn.Module]
    make_batches: Callable[[nn.Module], tuple[Any, Any]]
    settings: dict[str, Any] = field(default_factory=dict)
    draws_noise: bool = False

    def build_seeded(self) -> nn.Module:
        """Build the network in double precision, with the same initial weights each time."""
        torch.manual_seed(0)
        return self.build().double()

    def make_config(self, **changes: Any) -> TrainConfig:
        return TrainConfig(**{"device": "cpu", **self.settings, **changes})


class InDoublePrecision:
    """Batches whose floating-point tensors have double precision."""

    def __init__(self, batches: Any):
        self.batches = batches
        self.generator = getattr(batches, "generator", None)

    def __len__(self) -> int:
        return len(self.batches)

    def __iter__(self):
        for batch in self.batches:
            yield [part.double() if part.is_floating_point() else part for part in batch]


def seeded(seed: int = 0) -> Generator:
    return torch.Generator().manual_seed(seed)


# Classification, of the digits


def make_digit_batches(network: nn.Module) -> tuple[Any, Any]:
    digits = load_digits()
    train = Split(digits.train.images[:605], digits.train.labels[:605])  # the last batch is smaller
    batches = Batches(train, 64, max_value=16, device=CPU, generator=seeded())
    validation = Batches(digits.validation, 64, max_value=16, device=CPU)
    return InDoublePrecision(batches), InDoublePrecision(validation)


def build_classifier() -> nn.Module:
    return nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))


# Language, of this course's text


def make_text_batches(network: nn.Module) -> tuple[Any, Any]:
    text = load_text()
    return TextBatches(text.train[:5000], 16, 16, seeded()), TextBatches(
        text.validation[:2000], 50, 16
    )


def build_language_model() -> nn.Module:
    vocabulary_size = len(load_text().vocabulary)
    return GRU(vocabulary_size, embedding_features=16, hidden_features=32)


def build_transformer() -> nn.Module:
    vocabulary_size = len(load_text().vocabulary)
    return GPT(vocabulary_size, context=16, embedding_features=16, num_layers=1, num_heads=2)


# Detection and segmentation, of scenes of the digits


def make_scene_batches(targets: str) -> tuple[Any, Any]:
    digits = load_digits()
    train = compose(digits.train, 16, 205, seed=0)  # the last batch is smaller
    validation = compose(digits.validation, 16, 50, seed=1)
    batches = SceneBatches(
        train.images, getattr(train, targets), 32, device=CPU, generator=seeded()
    )
    held_out = SceneBatches(validation.images, getattr(validation, targets), 50, device=CPU)
    return InDoublePrecision(batches), InDoublePrecision(held_out)


def without_batch_norm(network: nn.Module) -> nn.Module:
    """Return the network without what makes an example depend on the others of its batch."""
    layers = network.backbone.layers
    for place, layer in enumerate(layers):
        if isinstance(layer, nn.BatchNorm2d):
            layers[place] = nn.Identity()
    return network


# Autoencoders, of the digits


def build_autoencoder(family: Reconstruct) -> nn.Module:
    return family.build({"image_shape": [1, 8, 8], "drawing_side": 8})


# A generative adversarial network, of points on a ring


def make_ring() -> Tensor:
    """Return eight places (8, 2) on a ring of radius 2."""
    angles = torch.arange(8, dtype=torch.float64) * math.pi / 4
    return 2 * torch.stack([angles.cos(), angles.sin()], dim=1)


class RingBatches:
    """Batches (points near the eight places, codes for the generator)."""

    def __init__(self, num_batches: int, batch_size: int, generator: Generator, is_fixed: bool):
        self.num_batches = num_batches
        self.batch_size = batch_size
        self.generator = generator
        self.is_fixed = is_fixed  # whether each pass yields the same points

    def __len__(self) -> int:
        return self.num_batches

    def __iter__(self):
        if self.is_fixed:
            self.generator.manual_seed(1)
        for _ in range(self.num_batches):
            places = torch.randint(8, (self.batch_size,), generator=self.generator)
            noise = torch.randn(self.batch_size, 2, generator=self.generator)
            codes = torch.randn(self.batch_size, NUM_CODES, generator=self.generator)
            yield make_ring()[places] + 0.05 * noise.double(), codes.double()


class RingGan(Task):
    """A generator learns to deceive a discriminator. Source: Goodfellow and others (2014)."""

    learners = ("discriminator", "generator")
    metric = "modes"
    is_higher_better = True

    def losses(self, network, batch):
        real, codes = batch
        generated = network.generator(codes)
        real_logits = network.discriminator(real)
        generated_logits = network.discriminator(generated.detach())
        yield "discriminator", F.softplus(-real_logits).mean() + F.softplus(generated_logits).mean()
        yield "generator", F.softplus(-network.discriminator(generated)).mean()

    def measure(self, network, batch):
        _, codes = batch
        distances = torch.cdist(network.generator(codes), make_ring())  # (batch, 8)
        nearest = F.one_hot(distances.argmin(dim=1), 8)
        is_near = distances.amin(dim=1) < 0.5
        return {"modes": (nearest[is_near].sum(dim=0), len(codes))}

    def figures(self, sums):
        hits, count = sums["modes"]  # hits of each place
        return {"modes": float((hits / count > 0.02).sum())}


def build_gan() -> nn.Module:
    network = nn.Module()
    network.generator = nn.Sequential(nn.Linear(NUM_CODES, 64), nn.ReLU(), nn.Linear(64, 2))
    network.discriminator = nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 1))
    return network


# A generative adversarial network, of the digits

ADVERSARIAL = Adversarial("gan", {"code_features": 8, "hidden_channels": 8})


def build_image_gan() -> nn.Module:
    return ADVERSARIAL.build({"image_shape": [1, 8, 8], "drawing_side": 8})


# Diffusion, of the digits


def build_denoiser() -> nn.Module:
    return Diffusion(channels=4)


# Reinforcement learning, in a corridor


def make_corridor_batches(policy: nn.Module) -> tuple[Any, Any]:
    corridor = load_environment("corridor")
    batches = Episodes(corridor, 170, 32, 30, 0.9, seeded())  # the last batch is smaller
    validation = Episodes(corridor, 200, 200, 30, 0.9)
    return InDoublePrecision(batches), InDoublePrecision(validation)


AUTOENCODER = Reconstruct("autoencoder", {"hidden_features": 32, "code_features": 4})
VAE = Variational("vae", {"hidden_features": 32, "code_features": 4})

FAMILIES = [
    TinyFamily(
        "classify",
        Classify("mlp"),
        build_classifier,
        make_digit_batches,
        {"epochs": 3},
    ),
    TinyFamily(
        "language",
        Language("gru"),
        build_language_model,
        make_text_batches,
        {"epochs": 3},
    ),
    TinyFamily(
        "language_attention",
        AttentionLanguage("gpt"),
        build_transformer,
        make_text_batches,
        # Softmax ignores the bias of the keys, so its gradient is rounding errors alone. Adam would
        # divide these by their own size, and no two sums in another order would agree.
        {"epochs": 3, "optimizer": "sgd", "learning_rate": 0.3},
    ),
    TinyFamily(
        "detect",
        Detect("detector"),
        lambda: without_batch_norm(Detector(features=4)),
        lambda _: make_scene_batches("objects"),
        {"epochs": 3},
    ),
    TinyFamily(
        "segment",
        Segment("segmenter"),
        lambda: without_batch_norm(Segmenter(features=4)),
        lambda _: make_scene_batches("masks"),
        {"epochs": 3},
    ),
    TinyFamily(
        "autoencoder",
        AUTOENCODER,
        lambda: build_autoencoder(AUTOENCODER),
        make_digit_batches,
        {"epochs": 4},
    ),
    TinyFamily(
        "vae",
        VAE,
        lambda: build_autoencoder(VAE),
        make_digit_batches,
        {"epochs": 4},
        draws_noise=True,
    ),
    TinyFamily(
        "gan",
        RingGan(),
        build_gan,
        lambda _: (RingBatches(60, 64, seeded(), False), RingBatches(4, 250, seeded(), True)),
        {"epochs": 12, "learning_rate": 2e-3, "weight_decay": 0.0, "schedule": "constant"},
    ),
    TinyFamily(
        "adversarial",
        ADVERSARIAL,
        build_image_gan,
        make_digit_batches,
        {"epochs": 4, "learning_rate": 3e-3, "weight_decay": 0.0},
        draws_noise=True,
    ),
    TinyFamily(
        "diffusion",
        Diffuse("diffusion"),
        build_denoiser,
        make_digit_batches,
        {"epochs": 3, "average_decay": 0.9},
        draws_noise=True,
    ),
    TinyFamily(
        "reinforce",
        Reinforce("reinforce"),
        lambda: Policy(num_states=7, num_actions=2),
        make_corridor_batches,
        {"epochs": 3, "learning_rate": 2e-2, "weight_decay": 0.0},
    ),
]
