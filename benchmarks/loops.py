"""The works of the benchmark, and the loops that people write themselves."""

import math
from dataclasses import dataclass

import torch
import torch.nn.functional as F

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.data.mnist import load_mnist
from dlcourse.models.lenet import LeNet
from dlcourse.models.mlp import MLP
from dlcourse.training.optimizer import DirectSteps

GPU = ", GPU"  # the end of the name of a work that is done on a GPU


@dataclass(frozen=True)
class Settings:
    """The size of a work."""

    num_examples: int  # images of the data set's training split
    hidden_features: int | None  # of the MLP; None stands for LeNet-5
    batch_size: int
    epochs: int

    @property
    def num_steps(self):
        return self.epochs * math.ceil(self.num_examples / self.batch_size)


CPU_WORKS = {
    "digits, MLP": Settings(1295, hidden_features=32, batch_size=32, epochs=40),
    "MNIST, MLP": Settings(54_001, hidden_features=128, batch_size=128, epochs=1),
    "MNIST, LeNet-5": Settings(54_001, hidden_features=None, batch_size=128, epochs=1),
}
GPU_WORKS = {name + GPU: settings for name, settings in CPU_WORKS.items()}
WORKS = CPU_WORKS | GPU_WORKS


class Work:
    """One task, and the parts that every contender starts from."""

    def __init__(self, name):
        self.device = torch.device("cpu")
        if name.endswith(GPU):
            self.device = torch.device("cuda")
        if name.startswith("digits"):
            self.data = load_digits()
        else:
            self.data = load_mnist(download=False)
        settings = WORKS[name]
        self.hidden_features = settings.hidden_features
        self.is_convolutional = settings.hidden_features is None
        self.batch_size = settings.batch_size
        self.epochs = settings.epochs
        self.num_steps = settings.num_steps

    def make_model(self):
        torch.manual_seed(0)
        if self.is_convolutional:
            model = LeNet()
        else:
            num_pixels = self.data.train.images[0].numel()
            model = MLP(num_pixels, self.hidden_features)
        return model.to(self.device)

    def make_optimizer(self, model, fused=None):
        """Return the optimizer; fused=None leaves it to PyTorch how the steps are computed."""
        return torch.optim.SGD(
            model.parameters(), lr=0.05, momentum=0.9, nesterov=True, fused=fused
        )

    def make_batches(self):
        """Return the batches that dlcourse makes."""
        return Batches(
            self.data.train,
            self.batch_size,
            max_value=self.data.max_value,
            device=self.device,
            generator=torch.Generator().manual_seed(0),
        )

    def floats(self):
        """Return the training images with pixels from 0 to 1."""
        return self.data.train.images.float() / self.data.max_value


# Batches that people make


class Resident:
    """All images as one float tensor on the device; an epoch is one permutation of it."""

    def __init__(self, work):
        self.images = work.floats().to(work.device)
        self.labels = work.data.train.labels.to(work.device)
        self.batch_size = work.batch_size

    def __len__(self):
        return math.ceil(len(self.labels) / self.batch_size)

    def __iter__(self):
        order = torch.randperm(len(self.labels), device=self.labels.device)
        for chosen in order.split(self.batch_size):
            yield self.images[chosen], self.labels[chosen]


class PillowImages(torch.utils.data.Dataset):
    """A data set that makes each image with Pillow, one by one, as torchvision's MNIST does."""

    def __init__(self, split):
        from dlcourse.data.torchvision_ops import torchvision

        self.split = split
        self.transforms = torchvision.transforms.functional

    def __len__(self):
        return len(self.split)

    def __getitem__(self, index):
        image = self.transforms.to_pil_image(self.split.images[index])
        label = int(self.split.labels[index])
        return self.transforms.to_tensor(image), label


def make_tutorial_loader(work):
    """A DataLoader as in most tutorials: arrays as a TensorDataset, MNIST image by image."""
    if work.data.name == "digits":
        dataset = torch.utils.data.TensorDataset(work.floats(), work.data.train.labels)
    else:
        dataset = PillowImages(work.data.train)

    def collate_on_device(rows):
        batch = torch.utils.data.default_collate(rows)
        return [tensor.to(work.device) for tensor in batch]

    collate = None  # PyTorch's own
    if work.device.type == "cuda":
        collate = collate_on_device
    return torch.utils.data.DataLoader(
        dataset, batch_size=work.batch_size, shuffle=True, collate_fn=collate
    )


# Loops that people write


def train(work, batches, *, fused=None, has_direct_steps=False):
    """Train with the loop of most tutorials; return the model."""
    model = work.make_model()
    optimizer = work.make_optimizer(model, fused)
    if has_direct_steps:
        optimizer = DirectSteps(optimizer)
    for _ in range(work.epochs):
        for images, labels in batches:
            loss = F.cross_entropy(model(images), labels)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return model


def bare(work):
    return train(work, Resident(work))


def bare_fused(work):
    return train(work, Resident(work), fused=True)


def tutorial(work):
    return train(work, make_tutorial_loader(work))


LOOPS = {
    "bare loop": bare,
    "bare loop, fused optimizer": bare_fused,
    "tutorial's loop": tutorial,
}


# Parts of what the Trainer does


def bare_with_our_parts(work):
    """The bare loop with the Trainer's batches and optimizer."""
    return train(work, work.make_batches(), fused=True)


def bare_with_our_steps(work):
    """The same with the Trainer's way to the optimizer's kernel."""
    return train(work, work.make_batches(), fused=True, has_direct_steps=True)


def passes_alone(work):
    """Forward and backward pass over one batch in each step: no loop can take less time."""
    model = work.make_model()
    images, labels = next(iter(work.make_batches()))
    for _ in range(work.num_steps):
        model.zero_grad()
        loss = F.cross_entropy(model(images), labels)
        loss.backward()


PARTS = {
    "loop alone": bare_with_our_parts,
    "loop and steps alone": bare_with_our_steps,
    "passes alone": passes_alone,
}
