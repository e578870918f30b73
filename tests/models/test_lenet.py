import re

import pytest
import torch

from dlcourse.models.lenet import LeNet


def test_shapes():
    assert LeNet()(torch.zeros(3, 1, 28, 28)).shape == (3, 10)
    assert LeNet(in_channels=3, num_classes=26)(torch.zeros(2, 3, 28, 28)).shape == (2, 26)


def test_parameters_by_layer():
    counts = []
    for layer in LeNet().children():
        counts.append(sum(parameter.numel() for parameter in layer.parameters()))
    # (inputs of one unit + its bias) * units. LeCun and others (1998) give 156, 48,120 and 10,164
    # for C1, C5 and F6; their C3 has 1,516, fewer, because its maps see only some of the six.
    assert counts == [
        (25 + 1) * 6,
        (6 * 25 + 1) * 16,
        (400 + 1) * 120,
        (120 + 1) * 84,
        (84 + 1) * 10,
    ]
    assert counts == [156, 2_416, 48_120, 10_164, 850]
    assert sum(counts) == 61_706


@pytest.mark.parametrize("shape", [(2, 1, 8, 8), (2, 1, 32, 32), (2, 3, 28, 28), (1, 28, 28)])
def test_other_images_are_refused_with_their_shape(shape):
    message = f"(batch, 1, 28, 28), got {shape}"
    with pytest.raises(ValueError, match=re.escape(message)):
        LeNet()(torch.zeros(shape))
