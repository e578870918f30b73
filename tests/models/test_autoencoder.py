import pytest
import torch

from dlcourse.models.autoencoder import Autoencoder


def count_parameters(network):
    return sum(weight.numel() for weight in network.parameters())


def test_shapes_and_parameters():
    network = Autoencoder()
    images = torch.rand(3, 1, 28, 28)
    assert network(images).shape == (3, 1, 28, 28)
    assert network.encode(images).shape == (3, 8)
    # Encoder 784 * 256 + 256 and 256 * 8 + 8, decoder 8 * 256 + 256 and 256 * 784 + 784
    assert count_parameters(network) == 200_960 + 2_056 + 2_304 + 201_488 == 406_808


def test_pixels_are_between_0_and_1_and_follow_from_the_code_alone():
    torch.manual_seed(0)
    network = Autoencoder(in_features=12, hidden_features=5, code_features=2)
    images = 10 * torch.randn(4, 3, 2, 2)
    reconstructions = network(images)
    assert reconstructions.min() > 0
    assert reconstructions.max() < 1
    pixels = network.decode(network.encode(images))
    assert torch.equal(pixels.reshape(4, 3, 2, 2), reconstructions)


def test_the_code_is_linear_behind_the_hidden_layer():
    torch.manual_seed(0)
    network = Autoencoder(in_features=4, hidden_features=3, code_features=2)
    x = torch.rand(5, 1, 2, 2)
    hidden = (x.flatten(1) @ network.encoder_hidden.weight.T + network.encoder_hidden.bias).relu()
    codes = hidden @ network.encoder_output.weight.T + network.encoder_output.bias
    torch.testing.assert_close(network.encode(x), codes)  # so it can be negative


def test_images_of_another_size_are_refused():
    with pytest.raises(ValueError, match=r"have 784 values each, got 64 \(shape \(2, 1, 8, 8\)\)"):
        Autoencoder()(torch.zeros(2, 1, 8, 8))
