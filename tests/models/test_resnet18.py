import pytest
import torch

from dlcourse.data.torchvision_ops import torchvision
from dlcourse.models.resnet18 import ResNet18


@pytest.fixture(scope="module")
def network():
    torch.manual_seed(0)
    return ResNet18(num_classes=4).eval()


def test_is_torchvisions_network_on_normalized_images(network):
    theirs = torchvision.models.resnet18(num_classes=4).eval()
    theirs.load_state_dict(network.state_dict())  # the names are the same, so published weights fit
    images = torch.rand(2, 3, 40, 33)
    normalized = torchvision.transforms.functional.normalize(
        images, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    )
    # The same operations, up to one rounding where the mean is subtracted.
    torch.testing.assert_close(network(images), theirs(normalized), rtol=1e-4, atol=1e-5)


def test_gray_images_are_color_with_equal_channels(network):
    gray = torch.rand(2, 1, 33, 33)
    assert torch.equal(network(gray), network(gray.repeat(1, 3, 1, 1)))


def test_a_batch_of_one_trains_on_the_smallest_image():
    network = ResNet18(1, num_classes=2).train()
    side = ResNet18.smallest_image
    network(torch.rand(1, 1, side, side)).sum().backward()
    with pytest.raises(ValueError, match="more than 1 value"):  # which is why it is the smallest
        network(torch.rand(1, 1, side - 1, side - 1))
