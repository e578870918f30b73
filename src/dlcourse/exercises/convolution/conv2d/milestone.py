"""Train a small convolutional network, and let the learner's conv2d compute its first layer."""

import torch
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.data.moves import move_four_ways
from dlcourse.models.cnn import CNN
from dlcourse.training.loop import train_epoch

OURS = "CNN                     98.7% ± 0.6   78.1% ± 2.2"  # in "Our digit reader so far"


class FirstLayer(nn.Module):
    """The convolution of a trained layer, computed by the learner: one image, one kernel a time."""

    def __init__(self, conv2d, layer):
        super().__init__()
        self.conv2d = conv2d
        self.kernels = layer.weight[:, 0].tolist()  # 16 kernels of 3 x 3
        self.in_channels = 1

    def forward(self, images):
        """Return the feature maps, (batch, 16, 8, 8)."""
        maps = []
        for image in images[:, 0].tolist():
            maps.append([self.conv2d(image, kernel, padding=1) for kernel in self.kernels])
        return torch.tensor(maps, dtype=torch.float64)


def run(learner):
    """Return the shares of correct answers, as the images are and moved, mean of three seeds."""
    digits = load_digits()
    train_images = digits.train.images.double() / 16
    images = digits.test.images.double() / 16
    moved_images = move_four_ways(images)  # (4, 359, 1, 8, 8)
    correct = 0.0
    moved = 0.0
    for seed in range(3):
        torch.manual_seed(seed)
        network = CNN().double()
        for layer in network.children():
            layer.reset_parameters()  # in 64-bit: the same on every processor
        optimizer = torch.optim.AdamW(network.parameters(), lr=0.005)
        for _ in range(5):
            parts = torch.randperm(len(train_images)).split(64)
            batches = [(train_images[part], digits.train.labels[part]) for part in parts]
            train_epoch(network, batches, optimizer, torch.device("cpu"))
        network.eval()
        network.conv1 = FirstLayer(learner.conv2d, network.conv1)
        with torch.inference_mode():
            answers = network(images).argmax(dim=1)
            correct += (answers == digits.test.labels).double().mean().item() / 3
            for x in moved_images:
                answers = network(x).argmax(dim=1)
                moved += (answers == digits.test.labels).double().mean().item() / 4 / 3
    return {"correct": correct, "moved": moved, "num_images": len(images), "ours": OURS}
