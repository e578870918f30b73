"""Compare the losses and measures of families with formulas; oracles.py says how."""

import importlib
import math
from types import SimpleNamespace

import numpy
import pytest
import scipy.linalg
import torch
from oracles import compare, generator_of, plain, same
from torch import Tensor


def check_autoencoders(module):
    """Compare the errors and divergences of autoencoders with torch.distributions."""
    images = torch.rand(4, 1, 3, 5, generator=generator_of(4), dtype=torch.float64)
    outputs = torch.randn(4, 1, 3, 5, generator=generator_of(5), dtype=torch.float64)
    family = plain(module.Reconstruct, options={"noise": 0})
    compare(
        lambda outputs: family.loss(lambda _: outputs, (images, None)),
        lambda outputs: (outputs - images).square().mean(),
        outputs,
    )
    for total, count in family.measure(lambda _: outputs, (images, None)).values():
        same(total, (outputs - images).square().sum())
        assert count == 60
    noisy = plain(module.Reconstruct, options={"noise": 0.5})
    torch.manual_seed(0)
    moved = noisy.add_noise(images) - images
    torch.manual_seed(0)
    same(moved, 0.5 * torch.randn_like(images))
    assert family.add_noise(images) is images
    check_variational(module, images, outputs.flatten(1))


def check_variational(module, images: Tensor, logits: Tensor):
    """Compare the two parts of a variational autoencoder's loss, and their gradients."""
    code = torch.randn(2, 4, 2, generator=generator_of(6), dtype=torch.float64)
    family = plain(module.Variational, options={"beta": 1.5})
    pixels = images.flatten(1)

    def network(mean, log_variance, logits):
        return SimpleNamespace(
            encode=lambda _: (mean, log_variance),
            draw_codes=lambda mean, log_variance: mean,
            decode=lambda _: logits,
        )

    def parts(mean, log_variance, logits):
        normal = torch.distributions.Normal(mean, (log_variance / 2).exp())
        standard = torch.distributions.Normal(torch.zeros_like(mean), torch.ones_like(mean))
        divergence = torch.distributions.kl_divergence(normal, standard).sum(dim=1)
        probability = logits.sigmoid()
        right = pixels * probability.log() + (1 - pixels) * (1 - probability).log()
        return -right.sum(dim=1), divergence

    def by_library(*inputs):
        error, divergence = parts(*inputs)
        return (error + 1.5 * divergence).mean()

    compare(
        lambda *inputs: family.loss(network(*inputs), (images, None)), by_library, *code, logits
    )
    measured = family.measure(network(*code, logits), (images, None))
    error, divergence = parts(*code, logits)
    squared = (logits.sigmoid() - pixels).square().sum()
    same(measured["loss"][0], (error + 1.5 * divergence).sum())
    same(measured["negative_elbo_nats"][0], (error + divergence).sum())
    same(measured["divergence_nats"][0], divergence.sum())
    same(measured["squared_error_per_pixel"][0], squared)
    assert [count for _, count in measured.values()] == [4, 4, 4, 60]
    assert family.add_noise(images) is images
    same(family.find_codes(network(*code, logits), images), code[0])


def check_language(module):
    """Compare the loss in nats and bits with probabilities of characters."""
    logits = torch.randn(3, 4, 5, generator=generator_of(7), dtype=torch.float64)
    targets = torch.randint(0, 5, (3, 4), generator=generator_of(8))
    family = plain(module.Language)

    def by_hand(logits):
        return -logits.log_softmax(dim=2).gather(2, targets[..., None]).mean()

    batch = (None, targets)
    compare(lambda logits: family.loss(lambda _: logits, batch), by_hand, logits)
    measured = family.measure(lambda _: logits, batch)
    same(measured["loss"][0], by_hand(logits) * 12)
    same(measured["bits_per_character"][0], by_hand(logits) * 12 / math.log(2))
    same(measured["accuracy"][0], (logits.argmax(dim=2) == targets).sum())
    assert {count for _, count in measured.values()} == {12} == {family.divisor(batch)}


def check_classification(module):
    """Compare the loss and the accuracy of classes."""
    logits = torch.randn(7, 3, generator=generator_of(1), dtype=torch.float64)
    labels = torch.randint(0, 3, (7,), generator=generator_of(2))
    family = plain(module.Classify)

    def by_hand(logits):
        return -logits.log_softmax(dim=1)[torch.arange(7), labels].mean()

    compare(lambda logits: family.loss(lambda _: logits, (None, labels)), by_hand, logits)
    measured = family.measure(lambda _: logits, (None, labels))
    same(measured["loss"][0], by_hand(logits) * 7)
    same(measured["accuracy"][0], (logits.argmax(dim=1) == labels).sum())
    assert measured["loss"][1] == measured["accuracy"][1] == 7


def check_adversarial(module):
    """Compare the losses of a discriminator, its slopes, and the distance of two sets of images."""
    real = torch.randn(5, 1, generator=generator_of(1), dtype=torch.float64)
    generated = torch.randn(5, 1, generator=generator_of(2), dtype=torch.float64)

    def by_probability(real, generated):
        return -real.sigmoid().log() - (1 - generated.sigmoid()).log()

    compare(module.find_discriminator_loss, by_probability, real, generated)
    images = torch.randn(3, 2, 4, 4, generator=generator_of(3), dtype=torch.float64)

    def ours(images):
        return module.find_squared_slopes(images.pow(3).flatten(1).sum(dim=1), images)

    compare(ours, lambda images: (3 * images.square()).square().flatten(1).sum(dim=1), images)
    check_distance(module)


def check_distance(module):
    """Compare the distance of features with a formula that takes the root of a matrix."""
    sets = [torch.rand(90, 1, 8, 8, generator=generator_of(seed)) for seed in (4, 5)]
    sets[1] = sets[1] * 0.6 + 0.2
    sums = [module.add_features(images) / 90 for images in sets]
    features = [module.find_features(images).numpy() for images in sets]
    same(sums[0][:, 0], features[0].mean(axis=0))
    same(sums[0][:, 1:], features[0].T @ features[0] / 90)
    means = [rows.mean(axis=0) for rows in features]
    covariances = [numpy.cov(rows.T, bias=True) for rows in features]
    root = scipy.linalg.sqrtm(covariances[0] @ covariances[1]).real
    distance = ((means[0] - means[1]) ** 2).sum()
    distance += numpy.trace(covariances[0]) + numpy.trace(covariances[1]) - 2 * numpy.trace(root)
    got = module.find_distance(*sums)
    assert got == pytest.approx(distance / numpy.trace(covariances[0]), rel=1e-3)
    assert module.find_distance(sums[0], sums[0]) == pytest.approx(0, abs=1e-4)
    few = module.add_features(sets[0][:3]) / 3  # most roots are 0 up to rounding, also below it
    assert module.find_distance(few, few) == pytest.approx(0, abs=1e-4)
    alike = module.add_features(torch.full((4, 1, 8, 8), 0.5)) / 4
    assert module.find_distance(alike, alike) == pytest.approx(0, abs=1e-3)


def check_noising(module):
    """Compare the schedule with a product of its levels, and noise with the variances it keeps."""
    shares = [1.0]
    for beta in numpy.linspace(0.0001, 0.02, 1000):
        shares.append(shares[-1] * (1 - beta))
    same(module.make_schedule(), shares)
    coarse = module.make_schedule(100)
    assert len(coarse) == 101
    same(coarse[1], 1 - 0.001)
    examples = torch.randn(3, 2, 4, generator=generator_of(1), dtype=torch.float64)
    noise = torch.randn(3, 2, 4, generator=generator_of(2), dtype=torch.float64)
    some = torch.tensor([0.9, 0.5, 0.1], dtype=torch.float64)

    def by_example(examples, noise):
        rows = [
            share.sqrt() * example + (1 - share).sqrt() * one
            for share, example, one in zip(some, examples, noise, strict=True)
        ]
        return torch.stack(rows)

    compare(lambda a, b: module.add_noise(a, b, some), by_example, examples, noise)


ORACLES = {
    "dlcourse.tasks.reconstruct": check_autoencoders,
    "dlcourse.tasks.language": check_language,
    "dlcourse.tasks.classify": check_classification,
    "dlcourse.tasks.adversarial": check_adversarial,
    "dlcourse.tasks.noising": check_noising,
}


@pytest.mark.parametrize("module", ORACLES)
def test_values_and_gradients_are_equal(module):
    ORACLES[module](importlib.import_module(module))
