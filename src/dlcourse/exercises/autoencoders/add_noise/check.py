"""Check autoencoders/add_noise."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "the images are changed": "The images that you get are changed. They are the targets, so "
    "write the noisy ones into a new tensor.",
    "not the images": "With std = 0 your result differs from the images: pixel 0 is {got}, "
    "expected {expected}.",
    "one number for all": "All pixels get the same noise, {got}. Draw a number for each pixel: "
    "the noise has the shape of the images.",
    "the same for each image": "The noise of the first two images is the same. Draw noise of the "
    "shape of the whole batch.",
    "only positive noise": "On gray images of 0.5 the mean becomes {got}, expected about 0.5. "
    "torch.rand draws from 0 to 1; torch.randn has the mean 0.",
    "the variance is std": "With std = {std} the noise has the standard deviation {got}: that is "
    "the root of std. Multiply by std itself.",
    "std is squared": "With std = {std} the noise has the standard deviation {got}: that is the "
    "square of std. Multiply by std itself.",
    "another deviation": "With std = {std} the noise has the standard deviation {got}.",
    "not cut off": "With std = 0.8 the values reach from {lowest} to {highest}, expected from 0 "
    "to 1: cut them off.",
    "moved into the range": "With std = 0.8 only {got} of the gray pixels become 0 or 1, expected "
    "about {expected}. Cut off what lies outside, and leave the rest as it is.",
    "the global generator": "Two calls with equally seeded generators give different noise: draw "
    "it from the generator that is passed.",
    "always the same noise": "Two calls with one generator give the same noise. Do not seed it, "
    "only draw from it.",
}


def check(learner, generator: random.Random) -> None:
    """Begin without noise, then measure the noise on gray images, then its generator."""
    seed = generator.randrange(10**9)
    torch.manual_seed(seed)
    source = torch.Generator().manual_seed(seed)
    images = torch.rand(3, 1, 5, 7, generator=source)
    kept = images.clone()
    clean = learner.add_noise(images, 0.0, torch.Generator().manual_seed(seed))
    expect_tensor(clean, (3, 1, 5, 7), "the noisy images")
    shown = {"got": clean.flatten()[0].item(), "expected": kept.flatten()[0].item()}
    learner.add_noise(images, 0.3, torch.Generator().manual_seed(seed))
    expect(torch.equal(images, kept), "the images are changed")
    expect(torch.allclose(clean, kept), "not the images", **shown)

    std = generator.uniform(0.08, 0.12)
    gray = torch.full((50, 1, 20, 30), 0.5)  # 30,000 pixels
    source = torch.Generator().manual_seed(seed)
    noisy = learner.add_noise(gray, std, source)
    expect_tensor(noisy, tuple(gray.shape), "the noisy images")
    noise = noisy - 0.5
    first = noise[0, 0, 0, 0].item()
    expect(noise.std().item() > 1e-6, "one number for all", got=first)
    expect(not torch.equal(noise[0], noise[1]), "the same for each image")
    expect(abs(noise.mean().item()) < 0.01, "only positive noise", got=noise.mean().item() + 0.5)
    deviation = noise.std().item()  # its standard error is below 0.0005
    shown = {"std": std, "got": deviation}
    expect(abs(deviation - std**2) > 0.005, "std is squared", **shown)
    # The root is near 0.3, and the cut at 0 and 1 makes it smaller
    expect(not 0.25 < deviation < 0.36, "the variance is std", **shown)
    expect(abs(deviation - std) < 0.005, "another deviation", **shown)

    again = learner.add_noise(gray, std, source)
    expect(not torch.equal(again, noisy), "always the same noise")
    seeded = learner.add_noise(gray, std, torch.Generator().manual_seed(seed))
    expect(torch.equal(seeded, noisy), "the global generator")

    far = learner.add_noise(gray, 0.8, source)
    lowest, highest = far.min().item(), far.max().item()
    expect(lowest >= 0 and highest <= 1, "not cut off", lowest=lowest, highest=highest)
    share = ((far == 0) | (far == 1)).float().mean().item()
    # 0.532 lies outside of 0.5 / 0.8 standard deviations; the standard error is 0.003
    expect(abs(share - 0.532) < 0.03, "moved into the range", got=share, expected=0.53)
