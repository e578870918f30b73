import pytest
import torch
import torch.nn.functional as F

from dlcourse.models.gan import GAN


def count(network):
    return sum(weight.numel() for weight in network.parameters())


@pytest.mark.parametrize("side", [8, 9, 10, 11, 28, 31, 32])
@pytest.mark.parametrize("channels", [1, 3])
def test_makes_and_judges_images_of_each_side(side, channels):
    network = GAN(channels, side, code_features=5, hidden_channels=4)
    codes = torch.randn(3, 5)
    images = network.generator(codes)
    assert images.shape == (3, channels, side, side)
    assert images.min() >= 0
    assert images.max() <= 1
    assert network.discriminator(images).shape == network(codes).shape == (3, 1)


def test_parameters_for_digits():
    network = GAN()
    start = 32 * (64 * 2 * 2)  # 32 numbers of a code to 64 maps of 2 x 2, without bias
    norms = 2 * 64 + 2 * 32
    up = 16 * 64 * 32 + (16 * 32 + 1)  # 4 x 4 weights for each pair of maps
    assert count(network.generator) == start + norms + up == 41_665
    down = (16 + 1) * 32 + (16 * 32 + 1) * 64  # 4 x 4 weights of each input map, and a bias
    assert count(network.discriminator) == down + (64 * 2 * 2 + 1) == 33_633


def test_parameters_for_mnist():
    network = GAN(side=28)
    start = 32 * (64 * 7 * 7)
    assert count(network.generator) == start + 2 * 96 + 16 * 64 * 32 + (16 * 32 + 1) == 133_825
    assert count(network.discriminator) == 17 * 32 + (16 * 32 + 1) * 64 + (64 * 7 * 7 + 1) == 36_513


@pytest.mark.parametrize("side", [7, 33])
def test_other_sides_are_refused(side):
    with pytest.raises(ValueError, match=f"^side must be from 8 to 32 pixels, got {side}$"):
        GAN(side=side)


def test_the_two_networks_share_no_weight():
    network = GAN()
    generator = {weight.data_ptr() for weight in network.generator.parameters()}
    discriminator = {weight.data_ptr() for weight in network.discriminator.parameters()}
    assert not generator & discriminator
    assert count(network) == count(network.generator) + count(network.discriminator)


def test_an_image_is_judged_by_itself():
    torch.manual_seed(0)
    discriminator = GAN().double().discriminator
    images = torch.rand(4, 1, 8, 8).double()
    alone = torch.cat([discriminator(image.unsqueeze(0)) for image in images])
    torch.testing.assert_close(discriminator(images), alone)


def test_every_pixel_depends_on_the_code_and_counts_for_the_logit():
    torch.manual_seed(0)
    network = GAN().eval()
    first, second = network.generator(torch.randn(2, 32))
    assert (first != second).all()
    image = first.detach().unsqueeze(0).requires_grad_()
    network.discriminator(image).sum().backward()
    assert (image.grad != 0).all()


def test_the_generator_learns_to_deceive_a_fixed_discriminator():
    torch.manual_seed(0)
    network = GAN()
    codes = torch.randn(64, 32)
    optimizer = torch.optim.AdamW(network.generator.parameters(), 1e-2)
    losses = []
    for _ in range(30):
        loss = F.softplus(-network(codes)).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0] - 0.05
