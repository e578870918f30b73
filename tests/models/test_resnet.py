import pytest
import torch

from dlcourse.models.resnet import ResidualBlock, ResNet


@pytest.mark.parametrize(("height", "width"), [(16, 16), (17, 31), (28, 28), (64, 32)])
def test_takes_images_of_any_size_from_16(height, width):
    model = ResNet(in_channels=3, num_classes=4, first_channels=4)
    logits = model(torch.zeros(2, 3, height, width))
    assert logits.shape == (2, 4)


@pytest.mark.parametrize(("in_channels", "c", "count"), [(1, 16, 412_666), (3, 64, 6_573_130)])
def test_has_the_parameters_that_a_hand_count_gives(in_channels, c, count):
    # 3 x 3 weights for each pair of channels, no bias
    in_a_row = in_channels * c + c * 2 * c + 2 * c * 4 * c + 4 * c * 8 * c
    in_blocks = 2 * (2 * c) ** 2 + 2 * (8 * c) ** 2
    scales_and_shifts = 2 * (c + 3 * 2 * c + 4 * c + 3 * 8 * c)
    by_hand = 9 * (in_a_row + in_blocks) + scales_and_shifts + (8 * c * 10 + 10)
    assert by_hand == count
    model = ResNet(in_channels, first_channels=c)
    assert sum(parameter.numel() for parameter in model.parameters()) == count


def test_two_blocks_add_their_input_to_what_they_compute():
    model = ResNet(first_channels=2)
    blocks = [module for module in model.modules() if isinstance(module, ResidualBlock)]
    assert len(blocks) == 2
    for block in blocks:
        x = torch.rand(2, block.conv1.conv.in_channels, 4, 4)
        assert not torch.equal(block(x), x)
        # A normalization that multiplies by 0 leaves the input alone.
        torch.nn.init.zeros_(block.conv2.norm.weight)
        assert torch.equal(block(x), x)


@pytest.mark.parametrize("shape", [(2, 1, 15, 16), (2, 1, 16, 15), (2, 3, 28, 28), (1, 28, 28)])
def test_other_images_are_refused_with_their_shape(shape):
    message = rf"\(batch, 1, height, width\).* at least 16, got \({shape[0]}"
    with pytest.raises(ValueError, match=message):
        ResNet(first_channels=2)(torch.zeros(shape))


def test_a_batch_of_one_trains_on_the_smallest_image():
    model = ResNet(first_channels=2).train()
    model(torch.rand(1, 1, 16, 16)).sum().backward()
