import pytest
import torch
from torch import nn

from dlcourse.models.mlp import MLP


def test_shapes():
    assert MLP()(torch.zeros(3, 1, 28, 28)).shape == (3, 10)
    assert MLP(in_features=12, num_classes=4)(torch.zeros(5, 3, 2, 2)).shape == (5, 4)


def test_has_101_770_parameters():
    assert (784 * 128 + 128) + (128 * 10 + 10) == 101_770
    assert sum(parameter.numel() for parameter in MLP().parameters()) == 101_770


def test_is_linear_relu_linear():
    model = MLP(in_features=4, hidden_features=3, num_classes=2)
    images = torch.randn(5, 1, 2, 2)
    same = nn.Sequential(nn.Flatten(), model.hidden, nn.ReLU(), model.output)
    assert torch.equal(model(images), same(images))


def test_other_image_is_refused_with_its_size():
    message = r"784 values each, one per input, got 64 \(shape \(2, 1, 8, 8\)\)"
    with pytest.raises(ValueError, match=message):
        MLP()(torch.zeros(2, 1, 8, 8))
