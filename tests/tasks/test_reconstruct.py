import pytest
import torch
import torch.nn.functional as F
from torch.distributions import Bernoulli, Normal, kl_divergence

from dlcourse.data.catalog import IMAGE_SETS
from dlcourse.data.digits import load_digits
from dlcourse.errors import UsageError
from dlcourse.tasks.reconstruct import (
    FOLDER_RECIPE,
    RECIPES,
    VARIATIONAL_RECIPES,
    Reconstruct,
    Variational,
)

CPU = torch.device("cpu")
FACTS = {"image_shape": [1, 8, 8], "drawing_side": 8}
SMALL = {"hidden_features": 16, "code_features": 3}


def build(family):
    torch.manual_seed(0)
    return family.build(FACTS)


def make_batch(count=6):
    generator = torch.Generator().manual_seed(1)
    images = torch.rand(count, 1, 8, 8, generator=generator)
    return images, torch.zeros(count, dtype=torch.long)


# The autoencoder


def test_the_loss_is_the_mean_squared_error_of_a_pixel():
    family = Reconstruct("autoencoder", SMALL)
    network = build(family)
    batch = make_batch()
    errors = (network(batch[0]) - batch[0]).square()
    torch.testing.assert_close(family.loss(network, batch), errors.mean())
    measured = family.measure(network, batch)
    assert set(measured) == {"loss", "squared_error_per_pixel"}
    for total, count in measured.values():
        torch.testing.assert_close(total, errors.sum())
        assert count == 6 * 64


def test_noise_is_added_to_the_input_and_not_to_the_target():
    family = Reconstruct("autoencoder", {**SMALL, "noise": "0.3"})
    zeros = torch.zeros(500, 1, 8, 8)
    torch.manual_seed(0)
    noisy = family.add_noise(zeros)
    assert noisy.std().item() == pytest.approx(0.3, rel=0.02)  # of 32,000 numbers
    assert noisy.mean().item() == pytest.approx(0, abs=0.01)

    def pass_on(images):
        return images  # a network that removes nothing

    loss = family.loss(pass_on, make_batch(500)).item()
    assert loss == pytest.approx(0.3**2, rel=0.03)


def test_without_noise_nothing_is_drawn():
    family = Reconstruct("autoencoder", SMALL)
    images, _ = make_batch()
    state = torch.get_rng_state()
    assert family.add_noise(images) is images
    assert torch.equal(torch.get_rng_state(), state)


def test_an_autoencoder_does_not_sample():
    with pytest.raises(UsageError, match="sample does not work for autoencoder: use --figures"):
        Reconstruct("autoencoder").check_can("sample")
    assert not hasattr(Reconstruct("autoencoder"), "sample_images")


# The variational autoencoder


def test_the_negative_elbo_is_that_of_the_distributions():
    family = Variational("vae", SMALL)
    network = build(family).double()
    images = make_batch()[0].double()
    pixels = images.flatten(1)
    torch.manual_seed(3)
    error, divergence, reconstructed = family.find_parts(network, images)
    torch.manual_seed(3)
    mean, log_variance = network.encode(images)
    codes = Normal(mean, (log_variance / 2).exp())
    standard = Normal(torch.zeros_like(mean), torch.ones_like(mean))
    expected = kl_divergence(codes, standard).sum(dim=1)
    torch.testing.assert_close(divergence, expected)
    decoded = Bernoulli(logits=network.decode(network.draw_codes(mean, log_variance)))
    # A pixel of 0.3 is 1 with a probability of 0.3: the mean over both values.
    ones = torch.ones_like(pixels)
    likelihood = pixels * decoded.log_prob(ones) + (1 - pixels) * decoded.log_prob(0 * ones)
    torch.testing.assert_close(error, -likelihood.sum(dim=1))
    torch.testing.assert_close(reconstructed, decoded.probs)


def test_the_divergence_of_a_mean_of_1_is_half_a_nat():
    family = Variational("vae", {"code_features": 1})
    network = build(family)
    with torch.no_grad():
        network.encoder_output.weight.zero_()
        network.encoder_output.bias.copy_(torch.tensor([1.0, 0.0]))  # mean 1, variance 1
    _, divergence, _ = family.find_parts(network, make_batch()[0])
    assert torch.equal(divergence, torch.full((6,), 0.5))


@pytest.mark.parametrize("beta", [0.0, 1.0, 4.0])
@torch.inference_mode()
def test_beta_weighs_the_divergence_in_the_loss_alone(beta):
    family = Variational("vae", {**SMALL, "beta": beta})
    network = build(family)
    batch = make_batch()
    torch.manual_seed(3)
    error, divergence, pixels = family.find_parts(network, batch[0])
    torch.manual_seed(3)
    torch.testing.assert_close(family.loss(network, batch), (error + beta * divergence).mean())
    torch.manual_seed(3)
    measured = family.measure(network, batch)
    figures = {name: float(total / count) for name, (total, count) in measured.items()}
    squared_error = F.mse_loss(pixels, batch[0].flatten(1))
    assert figures == pytest.approx(
        {
            "loss": float((error + beta * divergence).mean()),
            "negative_elbo_nats": float((error + divergence).mean()),
            "divergence_nats": float(divergence.mean()),
            "squared_error_per_pixel": float(squared_error),
        }
    )


def test_samples_are_images_of_random_codes_that_the_generator_decides():
    family = Variational("vae", SMALL)
    network = build(family)
    samples = {}
    for seed in (0, 1):
        generator = torch.Generator().manual_seed(seed)
        with torch.no_grad():
            samples[seed] = family.sample_images(network, FACTS, generator, 5)
    assert samples[0].shape == (5, 1, 8, 8)
    codes = torch.randn(5, 3, generator=torch.Generator().manual_seed(1))
    expected = network.decode(codes).sigmoid().reshape(5, 1, 8, 8)
    torch.testing.assert_close(samples[1], expected)
    assert not torch.equal(samples[0], samples[1])


# What both share


@pytest.mark.parametrize("family", [Reconstruct("autoencoder"), Variational("vae")])
def test_a_network_takes_images_as_its_family_describes_them(family):
    about = family.about(load_digits())
    assert about == FACTS
    network = family.build(about)
    assert network(family.example_inputs(about)).shape == (1, 1, 8, 8)
    with pytest.raises(ValueError, match="four whole numbers"):
        family.build({**FACTS, "image_shape": [1, 8, 0]})


def test_options_reach_the_networks():
    network = Variational("vae", {"hidden_features": "7", "code_features": 2}).build(FACTS)
    assert network.encoder_output.weight.shape == (4, 7)
    with pytest.raises(UsageError, match="vae has no option 'noise'"):
        Variational("vae", {"noise": 0.3})
    with pytest.raises(UsageError, match="noise must be a number of at least 0, got '-1'"):
        Reconstruct("autoencoder", {"noise": "-1"})


def test_recipes_are_of_data_sets_and_a_folder_has_one_of_its_own(tmp_path):
    for recipes in (RECIPES, VARIATIONAL_RECIPES):
        assert {data for _, data in recipes} == set(IMAGE_SETS)
    for family in (Reconstruct("autoencoder"), Variational("vae")):
        assert family.find_recipe(str(tmp_path)) == FOLDER_RECIPE
        assert family.find_recipe("digits") == family.recipes[family.model, "digits"]


def test_only_the_first_process_draws(tmp_path, monkeypatch):
    monkeypatch.setattr("dlcourse.tasks.reconstruct.get_rank", lambda: 1)
    family = Variational("vae", SMALL)
    assert len(family.draw_figures(build(family), load_digits(), CPU, tmp_path)) == 3
    assert list(tmp_path.iterdir()) == []
