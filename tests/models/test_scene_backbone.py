import pytest
import torch

from dlcourse.models.scene_backbone import SceneBackbone


def test_has_32_688_parameters():
    convolutions = 9 * (1 * 16 + 16 * 32 + 3 * 32 * 32)  # 3 x 3 weights for each pair of maps
    scales_and_shifts = 2 * (16 + 4 * 32)
    assert convolutions + scales_and_shifts == 32_688
    assert sum(p.numel() for p in SceneBackbone().parameters()) == 32_688


@pytest.mark.parametrize(("height", "width"), [(32, 32), (48, 20), (9, 7)])
def test_halves_the_sides_of_images_of_any_size(height, width):
    features = SceneBackbone(features=5)(torch.zeros(2, 1, height, width))
    assert features.shape == (2, 5, (height + 1) // 2, (width + 1) // 2)


@pytest.mark.parametrize("shape", [(2, 3, 32, 32), (1, 32, 32)])
def test_other_images_are_refused_with_their_shape(shape):
    with pytest.raises(ValueError, match=rf"\(batch, 1, height, width\), got \({shape[0]}, "):
        SceneBackbone()(torch.zeros(shape))


def test_features_describe_the_17_pixels_around_their_place():
    torch.manual_seed(0)
    backbone = SceneBackbone().double().eval()
    images = torch.rand(1, 1, 48, 48, dtype=torch.float64, requires_grad=True)
    backbone(images)[0, :, 12, 12].sum().backward()
    rows, columns = images.grad[0, 0].nonzero(as_tuple=True)
    for places in (rows, columns):
        # One from each 3 x 3 convolution before the stride, two from each behind it.
        assert (int(places.min()), int(places.max())) == (24 - 8, 24 + 8)


def test_a_step_of_two_pixels_moves_the_features_by_one_place():
    torch.manual_seed(0)
    backbone = SceneBackbone().double().eval()
    images = torch.zeros(1, 1, 64, 64, dtype=torch.float64)
    images[..., 28:36, 28:36] = torch.rand(8, 8, dtype=torch.float64)
    moved = images.roll((2, -4), dims=(2, 3))
    features = backbone(images)[..., 8:24, 8:24]  # far from the border
    torch.testing.assert_close(backbone(moved)[..., 9:25, 6:22], features)
