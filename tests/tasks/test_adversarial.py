import math
from dataclasses import replace

import pytest
import torch
import torch.nn.functional as F
from torch import nn

from dlcourse.data.digits import load_digits
from dlcourse.errors import UsageError
from dlcourse.tasks.adversarial import (
    DIGITS_RECIPE,
    Adversarial,
    add_features,
    find_distance,
    find_features,
    find_nearest,
    find_squared_slopes,
)
from dlcourse.training.config import TrainConfig

CPU = torch.device("cpu")
FACTS = {"image_shape": [1, 8, 8], "drawing_side": 8}
SMALL = {"code_features": 6, "hidden_channels": 4}


def build(options=None, facts=FACTS):
    torch.manual_seed(0)
    family = Adversarial("gan", {**SMALL, **(options or {})})
    return family, family.build(facts).double()


def make_batch(count=10, channels=1, side=8, seed=0):
    generator = torch.Generator().manual_seed(seed)
    images = torch.rand(count, channels, side, side, generator=generator, dtype=torch.float64)
    return images, torch.zeros(count, dtype=torch.int64)


@pytest.fixture(scope="module")
def digits():
    return load_digits().train.images.double() / 16


def distance(real, generated):
    return find_distance(add_features(real) / len(real), add_features(generated) / len(generated))


# The losses


def test_the_losses_are_the_cross_entropies_of_real_and_generated():
    family, network = build({"r1": 0})
    images, labels = make_batch()
    torch.manual_seed(1)
    codes = torch.randn(10, 6, dtype=torch.float64)
    torch.manual_seed(1)
    found = dict(family.losses(network, (images, labels)))
    real = network.discriminator(images)
    generated = network.discriminator(network.generator(codes))
    ones, zeros = torch.ones_like(real), torch.zeros_like(real)
    of_real = F.binary_cross_entropy_with_logits(real, ones)
    of_generated = F.binary_cross_entropy_with_logits(generated, zeros)
    deceived = F.binary_cross_entropy_with_logits(generated, ones)
    torch.testing.assert_close(found["discriminator"], of_real + of_generated)
    torch.testing.assert_close(found["generator"], deceived)


def test_the_discriminator_learns_first_and_gives_the_generator_no_gradient():
    family, network = build()
    losses = family.losses(network, make_batch())
    learner, loss = next(losses)
    loss.backward()
    assert learner == family.learners[0] == "discriminator"
    assert all(weight.grad is None for weight in network.generator.parameters())
    assert all(weight.grad is not None for weight in network.discriminator.parameters())
    learner, loss = next(losses)
    loss.backward()
    assert learner == family.learners[1] == "generator"
    assert all(weight.grad is not None for weight in network.generator.parameters())
    assert list(losses) == []


def test_the_generator_is_judged_by_the_discriminator_that_has_just_learned():
    family, network = build()
    losses = family.losses(network, make_batch())
    next(losses)
    with torch.no_grad():
        for weight in network.discriminator.parameters():
            weight.zero_()
    _, loss = next(losses)
    assert loss.item() == pytest.approx(math.log(2))  # of the logit 0


def test_r1_adds_half_of_the_squared_slope_at_the_real_images():
    images, labels = make_batch()
    found = {}
    for r1 in (0.0, 3.0):
        family, network = build({"r1": r1})
        torch.manual_seed(1)
        _, found[r1] = next(family.losses(network, (images, labels)))
    squared = 0
    for image in images:
        one = image.unsqueeze(0).requires_grad_()
        network.discriminator(one).sum().backward()
        squared += one.grad.square().sum().item() / len(images)
    assert (found[3.0] - found[0.0]).item() == pytest.approx(1.5 * squared)


def test_squared_slopes_of_a_linear_discriminator_are_those_of_its_weights():
    images = make_batch()[0].requires_grad_()
    weight = torch.arange(64.0, dtype=torch.float64)
    slopes = find_squared_slopes(images.flatten(1) @ weight, images)
    torch.testing.assert_close(slopes, weight.square().sum().expand(10))


# The figures


def test_discriminator_that_cannot_tell_has_a_loss_of_2_ln_2():
    family, network = build()
    with torch.no_grad():
        for weight in network.discriminator.parameters():
            weight.zero_()
    figures = family.figures(family.measure(network, make_batch()))
    assert figures["discriminator_loss"] == pytest.approx(2 * math.log(2))
    assert list(figures) == ["distance", "discriminator_loss"]


def test_figures_of_two_batches_are_those_of_all_images():
    family, network = build()
    batches = [make_batch(20, seed=1), make_batch(30, seed=2)]
    total = None
    for batch in batches:
        sums = family.measure(network.eval(), batch)
        pairs = {name: [torch.as_tensor(one) for one in pair] for name, pair in sums.items()}
        if total is None:
            total = pairs
        else:
            total = {
                name: (pair[0] + total[name][0], pair[1] + total[name][1])
                for name, pair in pairs.items()
            }
    real = torch.cat([images for images, _ in batches])
    expected = add_features(real)
    torch.testing.assert_close(total["real"][0], expected)
    assert total["real"][1] == 50


def test_equal_images_have_the_distance_0_and_one_mean_image_has_1(digits):
    assert distance(digits, digits.flip(0)) == pytest.approx(0, abs=1e-6)  # roots of 1e-12
    real = add_features(digits) / len(digits)
    mean = real[:, 0]
    one_image = torch.cat([mean.unsqueeze(1), mean.outer(mean)], dim=1)
    assert find_distance(real, one_image) == pytest.approx(1)


def test_the_distance_is_that_of_two_normal_distributions():
    # In one dimension, from the means 0 and 3, and the variances 4 and 1: 3^2 + (2 - 1)^2 = 10,
    # divided by the first variance.
    real = torch.tensor([[0.0, 4.0]], dtype=torch.float64)
    generated = torch.tensor([[3.0, 10.0]], dtype=torch.float64)
    assert find_distance(real, generated) == pytest.approx(10 / 4)


def test_worse_images_are_farther_away(digits):
    labels = load_digits().train.labels
    half = torch.arange(len(digits)) % 2 == 0
    real = digits[half]
    torch.manual_seed(0)
    noise = torch.randn_like(real)
    cases = [
        digits[~half],
        (real + 0.1 * noise).clamp(0, 1),
        (real + 0.3 * noise).clamp(0, 1),
        torch.rand_like(real),
    ]
    distances = [distance(real, images) for images in cases]
    assert distances == sorted(distances)
    assert distances[0] < 0.05
    assert distances[3] > 1
    few_classes = [distance(real, digits[labels < kinds]) for kinds in (1, 2, 5, 10)]
    assert few_classes == sorted(few_classes, reverse=True)  # it sees a collapse


@pytest.mark.parametrize(("channels", "side"), [(1, 8), (3, 8), (1, 9), (3, 28), (1, 32)])
def test_there_are_64_features_of_each_image(channels, side):
    images, _ = make_batch(3, channels, side)
    features = find_features(images)
    assert features.shape == (3, 64)
    torch.testing.assert_close(find_features(images[1:2]), features[1:2])
    assert add_features(images).shape == (64, 65)


def test_images_that_are_all_alike_have_a_finite_distance():
    images = torch.zeros(4, 1, 8, 8)
    assert math.isfinite(distance(images, torch.ones(4, 1, 8, 8)))


# Data and networks


def test_the_network_is_built_for_the_images():
    family, network = build(facts={"image_shape": [3, 28, 28], "drawing_side": 28})
    codes = family.example_inputs(FACTS).double()
    assert network.generator(codes).shape == (1, 3, 28, 28)
    with pytest.raises(ValueError, match="four whole numbers"):
        family.build({**FACTS, "drawing_side": 0})


def test_options_are_those_of_the_network_and_the_penalty():
    family = Adversarial("gan")
    assert family.options == {"code_features": 32, "hidden_channels": 32, "r1": 1.0}
    assert Adversarial("gan", {"code_features": 7}).code_features == 7
    with pytest.raises(UsageError, match="gan has no option 'side'"):
        Adversarial("gan", {"side": 9})


@pytest.mark.parametrize(("split", "verb"), [("validation", "validate"), ("test", "test")])
def test_a_split_of_one_image_is_refused(split, verb):
    data = load_digits()
    one = getattr(data, split)
    one = replace(one, images=one.images[:1], labels=one.labels[:1])
    few = replace(data, **{split: one})
    with pytest.raises(UsageError) as caught:
        Adversarial("gan").fit_data(few, FACTS)
    expected = f"{data.name} has 1 image to {verb}, and a distance needs 2: add images to it"
    assert str(caught.value) == expected
    assert Adversarial("gan").fit_data(data, FACTS) is data


def test_a_folder_has_the_recipe_of_the_digits():
    family = Adversarial("gan")
    assert family.find_recipe("digits") == family.find_recipe("my/images") == DIGITS_RECIPE
    assert TrainConfig() != DIGITS_RECIPE


# Samples


def test_samples_are_drawn_by_the_generator_that_is_given():
    family, network = build()
    network = network.float().eval()
    drawn = []
    for seed in (1, 1, 2):
        generator = torch.Generator().manual_seed(seed)
        drawn.append(family.sample_images(network, FACTS, generator, 5))
    assert drawn[0].shape == (5, 1, 8, 8)
    assert torch.equal(drawn[0], drawn[1])
    assert not torch.equal(drawn[0], drawn[2])


def test_the_nearest_of_all_batches_is_found():
    images, _ = make_batch(3)
    batches = [(make_batch(4, seed=1)[0], None), (images[:2] + 0.01, None), (images[2:], None)]
    nearest = find_nearest(images, batches)
    torch.testing.assert_close(nearest, torch.cat([images[:2] + 0.01, images[2:]]))


def test_the_figure_has_pairs_of_images(tmp_path, monkeypatch):
    family, network = build()
    shown = []
    monkeypatch.setattr("dlcourse.tasks.adversarial.save_grid", lambda *given: shown.append(given))
    data = load_digits()
    (path,) = family.draw_figures(network.float().eval(), data, CPU, tmp_path)
    assert path == tmp_path / "nearest_images.png"
    images, _ = shown[0]
    assert images.shape == (64, 1, 8, 8)
    generated, nearest = images[::2], images[1::2]
    every_image = data.train.images.float().flatten(1) / 16
    distances = torch.cdist(generated.flatten(1), every_image)
    torch.testing.assert_close(nearest.flatten(1), every_image[distances.argmin(dim=1)])


def test_the_figure_is_written(tmp_path):
    family, network = build()
    (path,) = family.draw_figures(network.float().eval(), load_digits(), CPU, tmp_path)
    assert path.read_bytes().startswith(b"\x89PNG")
    assert isinstance(network, nn.Module)
