import pytest
import torch

from dlcourse.models.diffusion import LEVEL_FEATURES, Diffusion, describe_levels


def count_linear(inputs, outputs):
    return inputs * outputs + outputs


def count_convolution(inputs, outputs, side=3):
    return inputs * outputs * side**2 + outputs


def count_block(inputs, outputs):
    """Count by hand: two normalizations, two convolutions, the level, the way around."""
    norms = 2 * inputs + 2 * outputs
    convolutions = count_convolution(inputs, outputs) + count_convolution(outputs, outputs)
    return norms + convolutions + count_linear(64, outputs) + count_convolution(inputs, outputs, 1)


def test_has_113_297_parameters():
    level = count_linear(32, 64) + count_linear(64, 64)
    down = count_convolution(1, 16) + count_block(16, 16) + count_convolution(16, 32)
    middle = count_block(32, 32) + count_convolution(32, 32) + count_block(32, 32)
    up = count_block(32 + 32, 32) + count_block(32 + 16, 16)
    end = 2 * 16 + count_convolution(16, 1)
    assert level + down + middle + up + end == 113_297
    assert sum(weight.numel() for weight in Diffusion().parameters()) == 113_297


@pytest.mark.parametrize(("height", "width"), [(8, 8), (9, 15), (28, 28), (32, 32)])
def test_the_noise_has_the_shape_of_the_images(height, width):
    images = torch.zeros(2, 3, height, width)
    assert Diffusion(3, channels=4)(images, torch.tensor([0.1, 0.9])).shape == images.shape


@pytest.mark.parametrize("shape", [(2, 1, 7, 8), (2, 1, 8, 7), (2, 3, 28, 28), (1, 28, 28)])
def test_other_images_are_refused_with_their_shape(shape):
    message = rf"\(batch, 1, height, width\).* at least 8, got \({shape[0]}"
    with pytest.raises(ValueError, match=message):
        Diffusion()(torch.zeros(shape))


def test_each_image_is_treated_by_its_own_level():
    torch.manual_seed(0)
    network = Diffusion(channels=4).double()
    images = torch.randn(3, 1, 8, 8).double()
    levels = torch.tensor([0.1, 0.5, 1.0]).double()
    together = network(images, levels)
    for image, level, expected in zip(images, levels, together, strict=True):
        alone = network(image[None], level[None])[0]
        torch.testing.assert_close(alone, expected, rtol=1e-10, atol=1e-10)  # float64
    assert not torch.allclose(network(images, levels.flip(0)), together)
    torch.testing.assert_close(network(images)[2], together[2], rtol=1e-10, atol=1e-10)


def test_levels_are_sines_and_cosines_that_tell_all_levels_apart():
    levels = torch.arange(1001, dtype=torch.float64) / 1000
    described = describe_levels(levels)
    assert described.shape == (1001, LEVEL_FEATURES)
    sines, cosines = described.chunk(2, dim=1)
    torch.testing.assert_close(sines.square() + cosines.square(), torch.ones_like(sines))
    torch.testing.assert_close(cosines[:, 0], (torch.pi * levels).cos())
    torch.testing.assert_close(sines[:, -1], (64 * torch.pi * levels).sin())
    distances = torch.cdist(described, described).fill_diagonal_(torch.inf)
    assert distances.min() > 0.05
