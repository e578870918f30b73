import pytest
import torch

from dlcourse.models.vgg import VGG


@pytest.mark.parametrize(("height", "width"), [(16, 16), (17, 31), (28, 28), (64, 32)])
def test_takes_images_of_any_size_from_16(height, width):
    model = VGG(in_channels=3, num_classes=4)
    logits = model(torch.zeros(2, 3, height, width))
    assert logits.shape == (2, 4)


def test_has_61_050_parameters():
    # 3 x 3 weights for each pair of maps, no bias
    convolutions = 9 * (1 * 16 + 16 * 32 + 32 * 64 + 64 * 64)
    scales_and_shifts = 2 * (16 + 32 + 64 + 64)
    assert convolutions + scales_and_shifts + (64 * 10 + 10) == 61_050
    assert sum(parameter.numel() for parameter in VGG().parameters()) == 61_050


@pytest.mark.parametrize("shape", [(2, 1, 15, 16), (2, 1, 16, 15), (2, 3, 28, 28), (1, 28, 28)])
def test_other_images_are_refused_with_their_shape(shape):
    message = rf"\(batch, 1, height, width\).* at least 16, got \({shape[0]}"
    with pytest.raises(ValueError, match=message):
        VGG()(torch.zeros(shape))


def test_a_batch_of_one_trains_on_the_smallest_image():
    model = VGG().train()
    model(torch.rand(1, 1, 16, 16)).sum().backward()
