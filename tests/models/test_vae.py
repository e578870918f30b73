import pytest
import torch

from dlcourse.models.vae import VAE


def test_shapes_and_parameters():
    network = VAE()
    images = torch.rand(3, 1, 28, 28)
    assert network(images).shape == (3, 1, 28, 28)
    mean, log_variance = network.encode(images)
    assert mean.shape == log_variance.shape == (3, 8)
    assert network.decode(mean).shape == (3, 784)
    # As the autoencoder's 406,808, and as many again as its code has: 256 * 8 + 8
    num_parameters = sum(weight.numel() for weight in network.parameters())
    assert num_parameters == 406_808 + 2_056 == 408_864


def test_drawn_codes_have_the_mean_and_the_variance_of_the_encoder():
    torch.manual_seed(0)
    network = VAE(in_features=4, hidden_features=3, code_features=2)
    mean = torch.tensor([[1.0, -2.0]]).expand(100_000, 2)
    log_variance = torch.tensor([[0.0, 2.0]]).expand(100_000, 2)
    codes = network.draw_codes(mean, log_variance)
    torch.testing.assert_close(codes.mean(dim=0), mean[0], rtol=0, atol=0.03)
    torch.testing.assert_close(codes.var(dim=0), log_variance[0].exp(), rtol=0.03, atol=0)


def test_gradients_reach_mean_and_variance_through_a_drawn_code():
    network = VAE(in_features=4, hidden_features=3, code_features=2)
    mean = torch.zeros(5, 2, requires_grad=True)
    log_variance = torch.zeros(5, 2, requires_grad=True)
    network.draw_codes(mean, log_variance).sum().backward()
    assert torch.equal(mean.grad, torch.ones(5, 2))
    assert (log_variance.grad != 0).all()


def test_the_reconstruction_is_that_of_the_mean_code_and_draws_nothing():
    torch.manual_seed(0)
    network = VAE(in_features=4, hidden_features=3, code_features=2)
    images = torch.rand(5, 1, 2, 2)
    mean, _ = network.encode(images)
    expected = network.decode(mean).sigmoid().reshape(5, 1, 2, 2)
    assert torch.equal(network(images), expected)
    assert torch.equal(network(images), expected)


def test_images_of_another_size_are_refused():
    with pytest.raises(ValueError, match=r"have 784 values each, got 64 \(shape \(2, 1, 8, 8\)\)"):
        VAE()(torch.zeros(2, 1, 8, 8))
