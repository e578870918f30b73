import torch

from dlcourse.models.segmenter import Segmenter


def test_has_34_140_parameters():
    head = 32 * 11 * 4 + 11 * 4  # for each of 2 x 2 pixels: a weight for each feature, and a bias
    assert sum(p.numel() for p in Segmenter().parameters()) == 32_688 + head == 34_140


def test_has_logits_for_each_pixel():
    assert Segmenter(num_classes=3, features=4)(torch.zeros(2, 1, 32, 48)).shape == (2, 3, 32, 48)


def test_four_outputs_of_a_place_are_its_two_by_two_pixels():
    network = Segmenter(num_classes=2).eval()
    with torch.no_grad():
        network.head.weight.zero_()
        network.head.bias.copy_(torch.arange(8.0))
    logits = network(torch.zeros(1, 1, 4, 4))
    pixels = torch.tensor([[0.0, 1.0], [2.0, 3.0]])
    assert torch.equal(logits[0, 0], pixels.repeat(2, 2))
    assert torch.equal(logits[0, 1], 4 + pixels.repeat(2, 2))
