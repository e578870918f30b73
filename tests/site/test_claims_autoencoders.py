"""What the page on autoencoders claims, in other settings; most of them run with --soak."""

import ast
import math
from functools import cache
from pathlib import Path
from statistics import fmean

import matplotlib.pyplot as plt
import pytest
import torch
import torch.nn.functional as F
from torch import nn
from torch.distributions import Normal, kl_divergence

from dlcourse.data.digits import load_digits
from dlcourse.exercises.autoencoders.divergence.solution import vae_loss

SNIPPETS = Path(__file__).resolve().parents[2] / "snippets" / "autoencoders"
DIGITS = load_digits()
X = DIGITS.train.images.flatten(1).float() / 16
TEST_X = DIGITS.test.images.flatten(1).float() / 16
SOAK = pytest.mark.soak


@cache
def names_of(snippet):
    """Return the names of a snippet, without running its loops and what it prints and draws."""
    path = SNIPPETS / f"{snippet}.py"
    program = ast.parse(path.read_text("utf-8"))
    program.body = [node for node in program.body if not isinstance(node, ast.For | ast.Expr)]
    names = {}
    exec(compile(program, str(path), "exec"), names)
    plt.close("all")
    return names


# The map


def untrained_shares(names, make_network, encode):
    """Return the shares of twenty networks with random weights."""
    shares = []
    for _ in range(20):
        network = make_network().double()
        for layer in network.children():
            layer.reset_parameters()
        codes = encode(network, names["test_x"]).detach()
        shares.append(names["find_share"](codes))
    return shares


def images_lie_together(names, maps, untrained):
    """Tell whether a network puts more images beside one of their digit than random weights do.

    160 networks with random weights had shares from 0.14 to 0.35, with a mean of 0.23. 63 trained
    networks that use both numbers of the code had from 0.51 to 0.76.
    """
    first, last = [names["find_share"](maps[place]) for place in (0, -1)]
    assert max(first, *untrained) < 0.5
    return last > 0.5 and last > 2 * fmean(untrained)


def divergences(vae, x):
    """Return the mean divergence of each number of the code: 0 where it has collapsed."""
    mean, log_variance = vae.encode(x)
    return ((mean.square() + log_variance.exp() - 1 - log_variance) / 2).mean(dim=0)


@pytest.mark.parametrize("hidden_features", [64, pytest.param(128, marks=SOAK)])
def test_images_of_one_digit_come_to_lie_together_on_the_map(hidden_features, seed):
    names = names_of("latent_map")
    torch.manual_seed(seed + 1)

    def make_autoencoder():
        return names["Autoencoder"](64, hidden_features, code_features=2)

    def make_vae():
        return names["VAE"](64, hidden_features, code_features=2)

    network = make_autoencoder()
    maps = names["train"](network, lambda x: F.mse_loss(network(x), x), network.encode)
    untrained = untrained_shares(names, make_autoencoder, lambda network, x: network.encode(x))
    assert images_lie_together(names, maps, untrained)
    vae = make_vae()
    names["vae"] = vae  # which vae_loss asks
    maps = names["train"](vae, names["vae_loss"], lambda x: vae.encode(x)[0])
    untrained = untrained_shares(names, make_vae, lambda network, x: network.encode(x)[0])
    # Two of 52 VAEs, both with 64 hidden features, used one number alone
    uses_both = divergences(vae, names["test_x"]).gt(0.1).all()
    assert images_lie_together(names, maps, untrained) == uses_both
    labels = DIGITS.test.labels
    assert (labels == labels[torch.randperm(len(labels))]).float().mean() < 0.2  # chance: a tenth


# Parts, and PCA


@pytest.mark.parametrize("code_features", [8, pytest.param(4, marks=SOAK)])
def test_the_bottleneck_suffices_where_the_mean_image_does_not(code_features, seed):
    mean_error = (TEST_X - X.mean(dim=0)).square().mean().item()
    error = names_of("bottleneck")["find_error"](code_features, seed + 1)
    assert mean_error > (3 if code_features == 8 else 2) * error


@pytest.mark.parametrize("code_features", [4, *(pytest.param(k, marks=SOAK) for k in (1, 2, 8))])
def test_a_linear_autoencoder_is_within_one_percent_of_pca(code_features, seed):
    names = names_of("linear_pca")
    ratio = names["linear_error"](X, code_features, seed + 1) / names["pca_error"](X, code_features)
    assert 0.9999 < ratio < 1.01  # float32 adds 83,000 squares


@SOAK
@pytest.mark.parametrize("code_features", [1, 2, 4, 8, 16, 32])
def test_a_short_code_beats_pca_and_a_long_one_does_not(code_features, seed):
    names = names_of("bottleneck")
    ratio = names["find_error"](code_features, seed + 1) / names["find_pca_error"](code_features)
    if code_features <= 8:
        assert ratio < 0.95
    if code_features == 32:
        assert ratio > 1.2


def test_a_code_as_wide_as_the_image_can_copy_it():
    """Two linear layers of 64 units with the identity as weights: no error, nothing learned."""
    network = nn.Sequential(nn.Linear(64, 64), nn.Linear(64, 64))
    for layer in network:
        nn.init.eye_(layer.weight)
        nn.init.zeros_(layer.bias)
    assert F.mse_loss(network(TEST_X), TEST_X) == 0
    noise = torch.rand(10, 64)
    assert torch.equal(network(noise), noise)  # what is no digit is copied as well


# Noise


@pytest.mark.parametrize(
    ("noise", "code_features"),
    [(0.3, 16), *(pytest.param(n, k, marks=SOAK) for n in (0.2, 0.3, 0.5) for k in (8, 64))],
)
def test_training_with_noise_removes_most_of_it_and_without_it_much_less(
    noise, code_features, seed
):
    names = names_of("denoise")
    train, measure = names["train"], names["measure"]
    before, after = measure(train(noise, code_features, seed + 1), noise)
    _, after_clean_training = measure(train(0.0, code_features, seed + 1), noise)
    assert before == pytest.approx(noise**2, rel=0.05)  # of 23,000 numbers
    assert after < 0.7 * before
    if noise >= 0.3:
        assert after < before / 2
    assert after_clean_training > 1.3 * after


# The variational autoencoder


@pytest.mark.parametrize("mean", [-1.0, 0.0, 2.0])
@pytest.mark.parametrize("std", [0.3, 1.0, 3.0])
def test_the_divergence_is_that_of_normal_distributions(mean, std):
    _, found = vae_loss([1.0], [0.5], [mean], [2 * math.log(std)])
    expected = kl_divergence(Normal(mean, std), Normal(0.0, 1.0)).item()
    assert found == pytest.approx(expected, rel=1e-5, abs=1e-6)  # PyTorch computes in float32


def test_the_elbo_is_below_the_probability_that_it_bounds():
    """A decoder of one pixel whose probability can be added up over a fine grid of codes."""
    grid = torch.linspace(-8, 8, 16_001).double()
    prior = Normal(0.0, 1.0)
    likelihood = (2 * grid).sigmoid()  # of a white pixel, for the code z
    step = grid[1] - grid[0]
    log_probability = (prior.log_prob(grid).exp() * likelihood).sum().mul(step).log()
    bounds = []
    for mean in (-1.0, 0.0, 0.5, 1.0):
        for std in (0.3, 0.8, 1.0):
            encoder = Normal(mean, std)
            error = -(encoder.log_prob(grid).exp() * likelihood.log()).sum() * step
            divergence = (mean**2 + std**2 - 1 - math.log(std**2)) / 2
            bounds.append(float(-error - divergence))
    assert max(bounds) < float(log_probability)
    assert max(bounds) > float(log_probability) - 0.1  # some encoders come close


# Sum or mean


def describe(network):
    """Return the divergence, the squared error per pixel and the largest spread of mean codes."""
    with torch.no_grad():
        mean, log_variance = network.encode(X)
        pixels = network.decode(mean).sigmoid()
    divergence = names_of("sum_or_mean")["find_divergence"](mean, log_variance)
    return divergence.item(), F.mse_loss(pixels, X).item(), mean.std(dim=0).max().item()


@pytest.mark.parametrize(
    ("code_features", "learning_rate"),
    [
        (4, 0.003),
        *(pytest.param(k, rate, marks=SOAK) for k in (2, 8, 16) for rate in (0.002, 0.005)),
    ],
)
def test_the_code_collapses_with_the_mean_and_not_with_the_sum(code_features, learning_rate, seed):
    train_vae = names_of("sum_or_mean")["train_vae"]
    mean_image_error = (X - X.mean(dim=0)).square().mean().item()
    divergence, error, spread = describe(train_vae("sum", code_features, seed + 1, learning_rate))
    assert divergence > 1.5
    assert error < 0.8 * mean_image_error
    assert spread > 0.5
    divergence, error, spread = describe(train_vae("mean", code_features, seed + 1, learning_rate))
    assert divergence < 0.05
    assert error > 0.97 * mean_image_error  # the best that a fixed image can reach
    assert spread < 0.1


def test_the_mean_is_a_divergence_that_counts_64_times():
    torch.manual_seed(0)
    logits, pixels, divergence = torch.randn(5, 64), torch.rand(5, 64), torch.tensor(3.0)
    total = F.binary_cross_entropy_with_logits(logits, pixels, reduction="sum") / 5
    mean = F.binary_cross_entropy_with_logits(logits, pixels, reduction="mean")
    torch.testing.assert_close(64 * (mean + divergence), total + 64 * divergence)


@SOAK
def test_a_longer_code_has_no_larger_divergence(seed):
    """The page's "Try it": 32 numbers in place of 8."""
    train_vae = names_of("sum_or_mean")["train_vae"]
    short, _, _ = describe(train_vae("sum", 8, seed))
    long, _, _ = describe(train_vae("sum", 32, seed))
    assert long < 1.05 * short


@SOAK
def test_a_large_rate_collapses_a_part_of_the_code_with_some_seeds():
    train_vae = names_of("sum_or_mean")["train_vae"]
    divergences = {0.003: [], 0.01: []}
    for rate, of_rate in divergences.items():
        for seed in range(7):
            divergence, _, _ = describe(train_vae("sum", 8, seed, rate))
            of_rate.append(divergence)
    assert min(divergences[0.01]) < 2
    assert min(divergences[0.003]) > 2.3


# The hole test


def read_all(code_features, seed, kinds):
    """Return for each kind (readable share, kinds of digits, distance); the judge changes, too."""
    names = names_of("hole_test")
    judge = names["train_judge"](seed)
    results = {}
    for kind in kinds:
        images = names["generate"](kind, code_features, seed)
        results[kind] = names["read"](judge, images)
    return results


def test_with_long_codes_the_autoencoder_generates_what_is_far_from_digits(seed):
    kinds = ("autoencoder", "VAE", "collapsed VAE")
    results = read_all(16, seed + 1, kinds)
    distances = {kind: result[2] for kind, result in results.items()}
    assert distances["autoencoder"] > distances["VAE"] + 0.25
    assert results["VAE"][1] >= 8  # kinds
    assert results["collapsed VAE"][1] <= 1


@SOAK
def test_with_codes_of_two_numbers_the_autoencoder_is_no_worse():
    """Means of five seeds: shares of 500 images have a standard error of 0.02 each."""
    shares = {"autoencoder": [], "VAE": []}
    distances = {"autoencoder": [], "VAE": []}
    for seed in range(1, 6):
        for kind, (share, _, distance) in read_all(2, seed, shares).items():
            shares[kind].append(share)
            distances[kind].append(distance)
    assert fmean(shares["autoencoder"]) > fmean(shares["VAE"]) - 0.04
    assert fmean(distances["autoencoder"]) < fmean(distances["VAE"]) + 0.1


@SOAK
def test_the_distance_grows_with_the_code_of_the_autoencoder_alone(seed):
    near = read_all(2, seed + 1, ("autoencoder", "VAE"))
    far = read_all(16, seed + 1, ("autoencoder", "VAE"))
    assert far["autoencoder"][2] > near["autoencoder"][2] + 0.3
    assert abs(far["VAE"][2] - near["VAE"][2]) < 0.15
