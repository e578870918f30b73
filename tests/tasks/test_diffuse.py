import pytest
import torch
from PIL import Image
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.errors import UsageError
from dlcourse.tasks.diffuse import DIGITS_RECIPE, Diffuse
from dlcourse.training.config import TrainConfig
from dlcourse.training.loop import evaluate_task

CPU = torch.device("cpu")
FACTS = {"image_shape": [1, 8, 8], "drawing_side": 8}


class Constant(nn.Module):
    """Stand in for a network: it predicts the same noise everywhere, and keeps what it is given."""

    def __init__(self, value):
        super().__init__()
        self.value = value
        self.calls = []

    def forward(self, images, levels):
        self.calls.append((images, levels))
        return torch.full_like(images, self.value)


def make_batch(count=200, value=1.0):
    return torch.full((count, 1, 8, 8), value), torch.zeros(count)


# The loss


@pytest.mark.parametrize(("value", "expected"), [(0, 1), (2, 5)])
def test_predicting_no_noise_has_a_loss_of_1(value, expected):
    torch.manual_seed(0)
    loss = Diffuse("diffusion").loss(Constant(value), make_batch(2000))
    assert loss.item() == pytest.approx(expected, rel=0.02)  # E (noise - value)^2 = 1 + value^2


def test_white_and_black_images_lie_around_0_before_noise_is_added():
    torch.manual_seed(0)
    network = Constant(0)
    for value, sign in ((1.0, 1), (0.0, -1), (0.5, 0)):
        Diffuse("diffusion").loss(network, make_batch(2000, value))
        noisy, levels = network.calls[-1]
        few = levels < 0.05
        assert noisy[few].mean().item() == pytest.approx(sign, abs=0.03)


def test_levels_are_from_1_to_1000_thousandths_each_as_likely():
    torch.manual_seed(0)
    network = Constant(0)
    Diffuse("diffusion").loss(network, make_batch(20_000))
    _, levels = network.calls[-1]
    thousandths = (1000 * levels).round()
    assert torch.allclose(thousandths / 1000, levels)
    assert (thousandths.min(), thousandths.max()) == (1, 1000)
    assert levels.mean().item() == pytest.approx(0.5, abs=0.01)
    assert len(levels.unique()) == 1000


def test_an_evaluation_draws_the_same_noise_each_time():
    family = Diffuse("diffusion", {"channels": 4})
    torch.manual_seed(0)
    network = family.build(FACTS)
    batches = family.make_batches(load_digits(), "validation", CPU)
    figures = [evaluate_task(family, network, batches, CPU) for _ in range(2)]
    assert figures[0] == figures[1]
    assert list(figures[0]) == ["loss"]


# The network and its recipe


def test_the_network_is_built_for_the_channels_of_the_images():
    facts = {"image_shape": [3, 16, 16], "drawing_side": 16}
    network = Diffuse("diffusion", {"channels": 6}).build(facts)
    assert network.input.in_channels == 3
    assert network.input.out_channels == 6
    assert Diffuse("diffusion").sides == (8, 32)
    with pytest.raises(ValueError, match="image_shape"):
        Diffuse("diffusion").build({"image_shape": [1, 8], "drawing_side": 8})


def test_a_folder_is_learned_as_the_digits_are():
    family = Diffuse("diffusion")
    assert family.find_recipe("my/folder") == DIGITS_RECIPE == family.find_recipe("digits")
    assert family.find_recipe("mnist") not in (DIGITS_RECIPE, TrainConfig())


def test_larger_images_of_a_folder_are_reduced(tmp_path):
    for number in range(10):
        Image.new("RGB", (50, 40), (20 * number, 0, 9)).save(tmp_path / f"{number}.png")
    family = Diffuse("diffusion")
    data = family.load(str(tmp_path))
    assert family.about(data) == {"image_shape": [3, 32, 32], "drawing_side": 32}


# Samples


def sample(count=4, seed=0, **options):
    family = Diffuse("diffusion", {"channels": 4})
    torch.manual_seed(0)
    network = family.build(FACTS).eval()
    generator = torch.Generator().manual_seed(seed)
    return family.sample_images(network, FACTS, generator, count, **options)


def test_samples_are_images_from_0_to_1_that_follow_from_the_seed():
    images = sample(steps=5)
    assert images.shape == (4, 1, 8, 8)
    assert images.min() >= 0
    assert images.max() <= 1
    assert torch.equal(images, sample(steps=5))
    assert not torch.equal(images, sample(steps=5, seed=1))
    assert not torch.equal(images, sample(steps=5, fresh=0.0))


def test_an_image_is_white_where_the_noise_is_predicted_to_be_black():
    family = Diffuse("diffusion")
    for value, expected in ((-30, 1), (30, 0)):
        images = family.sample_images(Constant(value), FACTS, torch.Generator(), 2, steps=3)
        assert (images == expected).all()


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ({"steps": 1001}, "steps must be at most 1000, got 1001: give a lower one"),
        ({"fresh": 1.5}, "fresh must be at most 1, got 1.5: give a lower one"),
    ],
)
def test_options_beyond_their_range_are_refused(option, said):
    with pytest.raises(UsageError) as caught:
        sample(**option)
    assert str(caught.value) == said


# The figure


def test_the_figure_is_written_into_the_folder(tmp_path):
    family = Diffuse("diffusion", {"channels": 4})
    network = family.build(FACTS).eval()
    (path,) = family.draw_figures(network, load_digits(), CPU, tmp_path)
    assert path == tmp_path / "denoising.png"
    with Image.open(path) as image:
        assert min(image.size) > 300
