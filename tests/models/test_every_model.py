"""What holds for each model alike, built as on the command line for grey pictures of 33 x 33 or 28 x 28."""

import pytest
import torch
import torch.nn.functional as F

from dlcourse.assemble import build_network
from dlcourse.recipes import MODELS


def build(name, dtype):
    """Return a model and sixteen pictures with labels."""
    torch.manual_seed(0)
    side = 33 if name == "resnet18" else 28
    network = build_network(name, (1, side, side), num_classes=10).to(dtype)
    return network, torch.rand(16, 1, side, side, dtype=dtype), torch.arange(16) % 10


@pytest.mark.parametrize("name", MODELS)
def test_one_step_lowers_the_loss(name):
    model, images, labels = build(name, torch.float32)
    loss = F.cross_entropy(model(images), labels)
    loss.backward()
    torch.optim.SGD(model.parameters(), lr=0.01).step()
    assert F.cross_entropy(model(images), labels) < loss


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")
@pytest.mark.parametrize("name", MODELS)
def test_gpu_gives_the_cpu_logits(name):
    model, images, _ = build(name, torch.float64)
    expected = model(images)
    # float64, as cuDNN may use TF32 for float32; 16 digits less three for sums of some hundred products and
    # one more for eighteen layers of them
    torch.testing.assert_close(model.cuda()(images.cuda()).cpu(), expected, rtol=1e-11, atol=1e-11)
