"""Check tensors/brighten."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "the image is changed": "After brighten(image, {amount}) a pixel of the image itself is {got}, "
    "before it was {expected}: work on new numbers.",
    "the memory is shared": "The result shares its memory with the image: writing into one changes "
    "the other. Return a copy.",
    "another dtype": "The result has the dtype {got}, expected torch.uint8.",
    "the sum starts again at 0": "A pixel of {pixel} plus {amount} becomes {got}, expected "
    "{expected}: uint8 starts again at 0 after 255.",
    "too bright pixels are lost": "A pixel of {pixel} plus {amount} becomes {got}, expected "
    "{expected}: the brightest pixels stay bright.",
    "another pixel": "A pixel of {pixel} plus {amount} becomes {got}, expected {expected}.",
}
EXAMPLE = torch.tensor([[0, 100], [200, 250]], dtype=torch.uint8)


def look(learner, image: torch.Tensor, amount: int) -> None:
    """Compare each pixel, then ask whether the memory is shared."""
    before = image.clone()
    got = learner.brighten(image, amount)
    changed = (image != before).nonzero()
    if len(changed):
        place = tuple(changed[0].tolist())
        shown = {"got": image[place].item(), "expected": before[place].item()}
        expect(False, "the image is changed", amount=amount, **shown)
    expect_tensor(got, tuple(image.shape), "brighten(image, amount)")
    expect(got.dtype == torch.uint8, "another dtype", got=str(got.dtype))
    sums = before.int() + amount
    right = sums.clamp(max=255)
    for mine, expected, pixel in zip(
        got.flatten().tolist(), right.flatten().tolist(), before.flatten().tolist(), strict=True
    ):
        shown = {"pixel": pixel, "amount": amount, "got": mine, "expected": expected}
        if mine == expected:
            continue
        is_wrapped = pixel + amount > 255 and mine == pixel + amount - 256
        expect(not is_wrapped, "the sum starts again at 0", **shown)
        is_lost = pixel + amount > 255 and mine == 0
        expect(not is_lost, "too bright pixels are lost", **shown)
        expect(False, "another pixel", **shown)
    expect(got.data_ptr() != image.data_ptr(), "the memory is shared")


def check(learner, generator: random.Random) -> None:
    """Brighten the example, then random images, also by 0."""
    look(learner, EXAMPLE.clone(), 60)
    torch_generator = torch.Generator().manual_seed(generator.randrange(2**31))
    for shape in [(5, 7), (3, 6, 9), (1, 13)]:
        image = torch.randint(256, shape, generator=torch_generator).to(torch.uint8)
        image.flatten()[:3] = torch.tensor([0, 254, 255], dtype=torch.uint8)
        for amount in (1, generator.randint(50, 200), 0, 255):
            look(learner, image, amount)
