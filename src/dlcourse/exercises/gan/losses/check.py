"""Check gan/losses."""

import random

import torch
from torch.nn.functional import logsigmoid

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "not a pair": "gan_losses(...) is {got}, expected a pair: the discriminator's loss, the "
    "generator's loss.",
    "the pair is swapped": "You return {got}, expected {expected}: the discriminator's loss comes "
    "first.",
    "halved": "The discriminator's loss is {got}, expected {expected}: that is the mean of both "
    "parts. Here they are added, so that an undecided one has 2 ln 2.",
    "no generated part": "The discriminator's loss is {got}, expected {expected}: the generated "
    "examples are missing.",
    "no real part": "The discriminator's loss is {got}, expected {expected}: the real examples "
    "are missing.",
    "the labels are swapped": "The discriminator's loss is {got}, expected {expected}: the labels "
    "are swapped. Real examples should get a high D.",
    "the sum over the batch": "The discriminator's loss is {got}, expected {expected}: that is "
    "the sum over the batch. Take the mean.",
    "the discriminator's loss": "The discriminator's loss is {got}, expected {expected}.",
    "saturating": "The generator's loss is {got}, expected {expected}: that is mean log(1 - D), "
    "whose slope vanishes where D is near 0. Use -log D.",
    "it helps the discriminator": "The generator's loss is {got}, expected {expected}: that is "
    "low if generated examples are recognized. In its step they have the label 1.",
    "the generator's loss": "The generator's loss is {got}, expected {expected}.",
    "not detached": "The discriminator's loss has a gradient at the generated examples: {got} at "
    "the first one. Detach them, or its step teaches the generator as well.",
    "the generator learns nothing": "The generator's loss has no gradient at the generated "
    "examples. Here they must keep their record: no detach.",
    "the discriminator learns nothing": "The discriminator's loss has no gradient at its weights. "
    "Detach the generated examples, not the logits.",
    "not finite": "For logits of {logit} your losses are {got}: log of a sigmoid is -inf there. "
    "Use binary_cross_entropy_with_logits.",
}


def find_means(logits):
    """Return the means of -log D and of -log(1 - D)."""
    return -logsigmoid(logits).mean(), -logsigmoid(-logits).mean()


def ask(learner, discriminator, real, generated):
    """Return the learner's two losses: tensors of one number."""
    got = learner.gan_losses(discriminator, real, generated)
    expect(isinstance(got, tuple | list) and len(got) == 2, "not a pair", got=got)
    for loss, name in zip(got, ("discriminator", "generator"), strict=True):
        is_loss = isinstance(loss, torch.Tensor) and loss.shape == ()
        if is_loss and not loss.isfinite():
            expect(False, "not finite", logit=-200, got=[float(one) for one in got])
        expect_tensor(loss, (), f"the {name}'s loss")
    return got


def compare_values(got, real_logits, logits, is_first=False):
    """Compare both numbers with those of known mistakes.

    is_first: say nothing yet about a number whose cause cannot be told.
    """
    real_one, real_zero = find_means(real_logits)
    one, zero = find_means(logits)
    right = real_one + zero, one
    pair = {"got": [loss.item() for loss in got], "expected": [loss.item() for loss in right]}
    is_swapped = torch.isclose(got[0], right[1]) and torch.isclose(got[1], right[0])
    expect(not (is_swapped and not torch.isclose(*right)), "the pair is swapped", **pair)
    count = len(logits)
    mistakes = {
        "halved": right[0] / 2,
        "no generated part": real_one,
        "no real part": zero,
        "the labels are swapped": real_zero + one,
        "the sum over the batch": real_one * len(real_logits) + zero * count,
    }
    compare_one(got[0], right[0], mistakes, None if is_first else "the discriminator's loss")
    mistakes = {"saturating": -zero, "it helps the discriminator": zero}
    compare_one(got[1], right[1], mistakes, None if is_first else "the generator's loss")


def compare_one(loss, right, mistakes, key):
    """Compare one loss with those of mistakes that can be told apart."""
    shown = {"got": loss.item(), "expected": right.item()}
    for name, mistaken in mistakes.items():
        equal = [torch.isclose(mistaken, other) for other in [right, *mistakes.values()]]
        is_told_apart = sum(map(int, equal)) == 1  # it equals itself only
        expect(not (is_told_apart and torch.isclose(loss, mistaken)), name, **shown)
    if key is not None:
        expect(bool(torch.isclose(loss, right)), key, **shown)


def check(learner, generator: random.Random) -> None:
    """Compare undecided logits, then random ones, then the gradients, then extreme logits."""
    source = torch.Generator().manual_seed(generator.randrange(10**9))

    def draw(*shape):
        return torch.randn(*shape, generator=source, dtype=torch.float64)

    undecided = ask(learner, lambda x: 0 * x[:, :1], draw(5, 3), draw(7, 3))
    zeros = torch.zeros(5, 1).double(), torch.zeros(7, 1).double()
    compare_values(undecided, *zeros, is_first=True)
    for num_real, num_generated in ((5, 7), (3, 6), (9, 2)):
        weights = draw(3, 1).requires_grad_()
        real = draw(num_real, 3) + 1
        generated = draw(num_generated, 3).requires_grad_()
        got = ask(learner, lambda x, weights=weights: x @ weights, real, generated)
        compare_values(got, real @ weights, generated @ weights)
        slope = find_slope(got[0], generated)
        expect(slope == 0, "not detached", got=slope)
        expect(find_slope(got[0], weights) != 0, "the discriminator learns nothing")
        expect(find_slope(got[1], generated) != 0, "the generator learns nothing")
    compare_values(undecided, *zeros)
    far = torch.full((3, 1), -200.0).double()
    got = ask(learner, lambda x: x, -far, far)
    compare_values(got, -far, far)


def find_slope(loss, weights):
    """Return the first entry of the gradient, 0 if there is none."""
    if not loss.requires_grad:
        return 0.0
    (gradient,) = torch.autograd.grad(loss, weights, retain_graph=True, allow_unused=True)
    return 0.0 if gradient is None else gradient.flatten()[0].item()
