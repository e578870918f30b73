"""The works of the benchmark, and the loops that people write themselves."""

import torch
import torch.nn.functional as F

from dlcourse.data.batches import Batches
from dlcourse.data.digits import load_digits
from dlcourse.data.mnist import load_mnist
from dlcourse.models.lenet import LeNet
from dlcourse.models.mlp import MLP
from dlcourse.training.optimizer import DirectSteps

CPU = torch.device("cpu")
WORKS = {  # name: hidden features of the MLP (None: LeNet-5), batch size, epochs
    "digits, MLP": (32, 32, 40),
    "MNIST, MLP": (128, 128, 1),
    "MNIST, LeNet-5": (None, 128, 1),
}
GPU = ", GPU"  # ends the name of a work that is done there
WORKS |= {name + GPU: settings for name, settings in WORKS.items()}


class Work:
    """One task, and the parts that every contender starts from."""

    def __init__(self, name):
        self.device = torch.device("cuda" if name.endswith(GPU) else "cpu")
        self.pictures = load_digits() if name.startswith("digits") else load_mnist(download=False)
        self.hidden, self.batch_size, self.epochs = WORKS[name]
        self.is_convolutional = self.hidden is None
        self.num_steps = self.epochs * -(-len(self.pictures.train) // self.batch_size)

    def make_model(self):
        torch.manual_seed(0)
        if self.is_convolutional:
            return LeNet().to(self.device)
        return MLP(self.pictures.train.images[0].numel(), self.hidden).to(self.device)

    def make_optimizer(self, model, **settings):
        return torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9, nesterov=True, **settings)

    def make_batches(self):
        """Return the batches that dlcourse makes."""
        return Batches(
            self.pictures.train,
            self.batch_size,
            max_value=self.pictures.max_value,
            device=self.device,
            generator=torch.Generator().manual_seed(0),
        )

    def floats(self):
        return self.pictures.train.images.float() / self.pictures.max_value


class Resident:
    """All pictures as one float tensor; an epoch is one permutation of it."""

    def __init__(self, work):
        self.images, self.labels = (
            work.floats().to(work.device),
            work.pictures.train.labels.to(work.device),
        )
        self.batch_size = work.batch_size

    def __len__(self):
        return -(-len(self.labels) // self.batch_size)

    def __iter__(self):
        for chosen in torch.randperm(len(self.labels), device=self.labels.device).split(
            self.batch_size
        ):
            yield self.images[chosen], self.labels[chosen]


def make_tutorial_loader(work):
    """A DataLoader as in most tutorials: arrays as a TensorDataset, MNIST picture by picture with Pillow."""
    from dlcourse.data.torchvision_ops import torchvision

    transforms = torchvision.transforms.functional

    class Pictures(torch.utils.data.Dataset):
        def __len__(self):
            return len(work.pictures.train)

        def __getitem__(self, index):
            image = transforms.to_tensor(transforms.to_pil_image(work.pictures.train.images[index]))
            return image, int(work.pictures.train.labels[index])

    dataset = Pictures()
    if work.pictures.name == "digits":
        dataset = torch.utils.data.TensorDataset(work.floats(), work.pictures.train.labels)
    options = {}
    if work.device.type == "cuda":
        collate = torch.utils.data.default_collate
        options["collate_fn"] = lambda rows: [one.to(work.device) for one in collate(rows)]
    return torch.utils.data.DataLoader(dataset, batch_size=work.batch_size, shuffle=True, **options)


def train(work, batches, has_direct_steps=False, **settings):
    model = work.make_model()
    optimizer = work.make_optimizer(model, **settings)
    optimizer = DirectSteps(optimizer) if has_direct_steps else optimizer
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


def bare_with_our_parts(work):
    """The bare loop with the Trainer's batches and optimiser."""
    return train(work, work.make_batches(), fused=True)


def bare_with_our_steps(work):
    """The same with the Trainer's way to the optimiser's kernel."""
    return train(work, work.make_batches(), has_direct_steps=True, fused=True)


def tutorial(work):
    return train(work, make_tutorial_loader(work))


def passes_alone(work):
    """Forward and backward over one batch, as often as there are steps: below this nothing can go."""
    model = work.make_model()
    images, labels = next(iter(work.make_batches()))
    for _ in range(work.num_steps):
        model.zero_grad()
        F.cross_entropy(model(images), labels).backward()


LOOPS = {
    "bare loop": bare,
    "bare loop, fused optimiser": bare_fused,
    "tutorial's loop": tutorial,
}
