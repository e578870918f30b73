"""What holds for each model alike, built as the command line builds it."""

import pytest
import torch

from dlcourse.commands.models import MODELS, find_family
from dlcourse.data.digits import load_digits
from dlcourse.data.environments import Episodes, load_environment
from dlcourse.data.scenes import compose
from dlcourse.tasks.adversarial import Adversarial
from dlcourse.tasks.classify import Classify
from dlcourse.tasks.image_family import ImageFamily
from dlcourse.tasks.reinforce import Reinforce
from dlcourse.tasks.scenes import SceneFamily

VOCABULARY = "\n abcdefgh"


def build(name, dtype):
    """Return a family, its network and a batch of images, scenes, games or texts."""
    torch.manual_seed(0)
    family = find_family(name)
    if isinstance(family, ImageFamily):
        side = 33 if name == "resnet18" else 28
        about = {"image_shape": [1, side, side], "drawing_side": side}
        if isinstance(family, Classify):
            about |= {"class_names": list("0123456789"), "framing": None}
        batch = (torch.rand(16, 1, side, side, dtype=dtype), torch.arange(16) % 10)
    elif isinstance(family, Reinforce):
        corridor = load_environment("corridor")
        about = family.about(corridor)
        (batch,) = Episodes(corridor, 100, 100, 40, 0.9)
    elif isinstance(family, SceneFamily):
        scenes = compose(load_digits().test, 16, 16, seed=0)
        about = {"image_shape": [1, 32, 32], "class_names": list("0123456789")}
        batch = (scenes.images.to(dtype) / 255, getattr(scenes, family.targets).long())
    else:
        about = {"vocabulary": VOCABULARY}
        characters = torch.randint(len(VOCABULARY), (16, 12))
        batch = (characters, characters.roll(-1, dims=1))
    return family, family.build(about).to(dtype), batch


def first_loss(family, network, batch):
    """Return the loss of the first learner, with the same random numbers at each call."""
    torch.manual_seed(1)
    _, loss = next(family.losses(network, batch))
    return loss


def test_one_step_raises_the_mean_return():
    family, network, batch = build("reinforce", torch.float32)
    total, _ = family.measure(network, batch)["mean_return"]
    family.loss(network, batch).backward()
    torch.optim.SGD(network.parameters(), lr=0.01).step()
    assert family.measure(network, batch)["mean_return"][0] > total


@pytest.mark.parametrize("name", [name for name in MODELS if name != "reinforce"])
def test_one_step_lowers_the_loss(name):
    family, network, batch = build(name, torch.float32)
    loss = first_loss(family, network, batch)
    loss.backward()
    torch.optim.SGD(network.parameters(), lr=0.01).step()
    assert first_loss(family, network, batch) < loss


@pytest.mark.gpu
@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA GPU")
@pytest.mark.parametrize("name", MODELS)
def test_gpu_gives_the_cpu_logits(name):
    family, network, (inputs, *_) = build(name, torch.float64)
    if isinstance(family, Reinforce):
        inputs = torch.arange(7)  # all states; a batch has the dice first
    if isinstance(family, Adversarial):
        inputs = family.draw_codes(inputs)
    expected = network(inputs)
    # float64, as cuDNN may use TF32 for float32; 16 digits less three for sums of some hundred
    # products and one more for eighteen layers of them
    found = network.cuda()(inputs.cuda()).cpu()
    torch.testing.assert_close(found, expected, rtol=1e-11, atol=1e-11)
