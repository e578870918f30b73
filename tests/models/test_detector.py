import torch

from dlcourse.models.detector import Detector


def test_has_33_150_parameters():
    head = 32 * (10 + 4) + 14  # a weight for each feature, and a bias
    assert sum(p.numel() for p in Detector().parameters()) == 32_688 + head == 33_150


def test_has_a_logit_for_each_class_and_four_edges_at_each_place():
    assert Detector(num_classes=3, features=4)(torch.zeros(2, 1, 32, 48)).shape == (2, 7, 16, 24)


def test_objects_are_unlikely_at_first_and_ten_pixels_wide():
    torch.manual_seed(0)
    outputs = Detector()(torch.zeros(1, 1, 32, 32))  # black: the features are small
    assert outputs[:, :10].sigmoid().mean() < 0.03
    torch.testing.assert_close(outputs[:, 10:].mean(), torch.tensor(5.0), atol=0.5, rtol=0)
