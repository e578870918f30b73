"""The files as they are published, if they are on this machine."""

import pytest
import torch

from dlcourse.data.cifar10 import CIFAR10, load_cifar10
from dlcourse.data.mnist import FASHION_MNIST, MNIST, load_fashion_mnist, load_mnist


# Most programs normalize the training images by these numbers, such as PyTorch's example for MNIST.
@pytest.mark.parametrize(
    ("files", "load", "means", "deviations"),
    [
        pytest.param(MNIST, load_mnist, [0.1307], [0.3081], marks=pytest.mark.mnist),
        (FASHION_MNIST, load_fashion_mnist, [0.2860], [0.3530]),
        (CIFAR10, load_cifar10, [0.4914, 0.4822, 0.4465], [0.2470, 0.2435, 0.2616]),
    ],
    ids=["mnist", "fashion-mnist", "cifar10"],
)
def test_training_images_have_the_known_mean_and_deviation(files, load, means, deviations):
    if files.find() is None:
        pytest.skip(f"needs the {files.title} files, found through DLCOURSE_DATA")
    data = load(download=False)
    images = torch.cat([data.train.images, data.validation.images])
    shares = [channel.numpy().ravel() / 255 for channel in images.unbind(dim=1)]
    assert [share.mean() for share in shares] == pytest.approx(means, abs=5e-5)  # their last digit
    assert [share.std() for share in shares] == pytest.approx(deviations, abs=5e-5)
    num_each = (len(data.train) + len(data.validation)) // 10
    if files is not MNIST:  # whose classes are not of one size
        labels = torch.cat([data.train.labels, data.validation.labels])
        assert labels.bincount().tolist() == [num_each] * 10
        assert data.test.labels.bincount().tolist() == [1000] * 10
