"""Check diffusion/noise_loss."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "predict is not called": "Your function does not call predict, so no network takes part in "
    "the loss.",
    "the clean examples": "Your network gets the clean examples {got}. It has to find the noise "
    "in noisy ones, here {expected}.",
    "the noise alone": "Your network gets the noise alone, {got}. It has to find the noise in "
    "noisy examples, here {expected}.",
    "other inputs": "The first noisy number is {got}, expected {expected}: √share · x + √(1 − "
    "share) · noise, with the share of each example's own step.",
    "no level": "predict gets {got} arguments, expected 2: the noisy examples and their noise "
    "levels.",
    "the step itself": "The first noise level is {got}, expected {expected}: divide the step by "
    "the number of steps.",
    "divided by the length": "The first noise level is {got}, expected {expected}: the table has "
    "one entry more than there are steps, so divide by len(share) - 1.",
    "the share": "The first noise level is {got}, expected {expected}: that is the share. The "
    "network gets the step, divided by the number of steps.",
    "other levels": "The first noise level is {got}, expected {expected}.",
    "compared with the example": "The loss is {got}, expected {expected}: you compare the "
    "prediction with the clean example. The target is the noise.",
    "compared with the noisy example": "The loss is {got}, expected {expected}: you compare the "
    "prediction with the noisy example. The target is the noise.",
    "the sum": "The loss is {got}, expected {expected}: that is the sum. Take the mean over all "
    "numbers.",
    "absolute differences": "The loss is {got}, expected {expected}: that is the mean absolute "
    "difference. Square the differences.",
    "the mean of the examples": "The loss is {got}, expected {expected}: you add up the features "
    "of an example. Take the mean over all numbers.",
    "another loss": "The loss is {got}, expected {expected}.",
    "no gradient": "Your loss has no gradient at the weights of the network: do not detach the "
    "prediction.",
}


class Recorder:
    """A network that keeps what it gets, and predicts a weighted mixture."""

    def __init__(self, weight):
        self.weight = weight
        self.inputs = None

    def __call__(self, *inputs):
        self.inputs = inputs
        return self.weight * inputs[0]


def compare_inputs(inputs, x, step, noise, share):
    """Compare what the network got: first the examples, then the levels."""
    expect(len(inputs) == 2, "no level", got=len(inputs))
    got, level = inputs
    expect_tensor(got, tuple(x.shape), "what predict gets")
    s = share[step].unsqueeze(1)
    noisy = s.sqrt() * x + (1 - s).sqrt() * noise
    shown = {"got": got[0, 0].item(), "expected": noisy[0, 0].item()}
    expect(not torch.allclose(got, x), "the clean examples", **shown)
    expect(not torch.allclose(got, noise), "the noise alone", **shown)
    expect(torch.allclose(got, noisy), "other inputs", **shown)
    expect_tensor(level, (len(x),), "the noise level")
    level, right = level.double(), step.double() / (len(share) - 1)
    shown = {"got": level[0].item(), "expected": right[0].item()}
    expect(not torch.allclose(level, step.double()), "the step itself", **shown)
    is_long = torch.allclose(level, step.double() / len(share), atol=1e-12)
    expect(not is_long, "divided by the length", **shown)
    expect(not torch.allclose(level, share[step]), "the share", **shown)
    expect(torch.allclose(level, right), "other levels", **shown)
    return noisy


def check(learner, generator: random.Random) -> None:
    """Look at what the network gets, then at the loss, then at its gradient."""
    source = torch.Generator().manual_seed(generator.randrange(10**9))

    def draw(*shape):
        return torch.randn(*shape, generator=source, dtype=torch.float64)

    for num_steps, batch, features in ((1000, 5, 2), (50, 3, 7), (10, 7, 3)):
        share = torch.linspace(1, 0.01, num_steps + 1, dtype=torch.float64).square()
        step = torch.randint(1, num_steps, (batch,), generator=source)
        x, noise = draw(batch, features), draw(batch, features)
        weight = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
        network = Recorder(weight)
        got = learner.noise_loss(network, x, step, noise, share)
        expect(network.inputs is not None, "predict is not called")
        noisy = compare_inputs(network.inputs, x, step, noise, share)
        expect_tensor(got, (), "the loss")
        differences = 0.5 * noisy - noise
        right = differences.square().mean()
        mistakes = {
            "compared with the example": (0.5 * noisy - x).square().mean(),
            "compared with the noisy example": (0.5 * noisy - noisy).square().mean(),
            "the sum": differences.square().sum(),
            "absolute differences": differences.abs().mean(),
            "the mean of the examples": differences.square().sum(dim=1).mean(),
        }
        shown = {"got": got.item(), "expected": right.item()}
        for key, mistaken in mistakes.items():
            expect(not torch.isclose(got, mistaken), key, **shown)
        expect(bool(torch.isclose(got, right)), "another loss", **shown)
        expect(got.requires_grad, "no gradient")
