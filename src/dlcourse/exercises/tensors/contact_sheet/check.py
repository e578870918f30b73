"""Check tensors/contact_sheet."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "not a dictionary": "describe(images) returns {got}, expected a dictionary.",
    "a key is missing": "describe(images) has no key “{part}”; its keys are {got}.",
    "rows and columns are swapped": "For the shape {shape} you say {got} rows, expected "
    "{expected}: H, the rows, stands before W, the columns.",
    "the bytes of an element": "For the shape {shape} in {dtype} you say {got} bytes, expected "
    "{expected}: this is the number of elements, and each takes {each} bytes.",
    "another value": "For the shape {shape} in {dtype} you say {part}: {got}, expected {expected}.",
    "another dtype of the sheet": "The sheet has the dtype {got}, expected {expected} as the "
    "images have it.",
    "the images are below one another": "contact_sheet(…) has the shape {got}, expected "
    "{expected}: you joined the images along their rows.",
    "the mean image is missing": "contact_sheet(…) has the shape {got}, expected {expected}: the "
    "chosen images are there, and their mean image is missing.",
    "the mean of all images": "The last image is the mean of all {count} images, expected the mean "
    "of the {num_chosen} that were chosen.",
    "another order": "The images are in the order of the batch, expected the order of the list "
    "{chosen}.",
    "another image": "Image {number} of the sheet, for the list {chosen}, has other numbers than "
    "expected.",
    "the batch is changed": "The batch has other numbers after your function than before.",
}
EXAMPLE = torch.tensor([[[[0.0, 2.0]]], [[[4.0, 6.0]]]])


def look_at_description(learner, images: torch.Tensor) -> None:
    """Compare what is said about a batch."""
    got = learner.describe(images)
    expect(isinstance(got, dict), "not a dictionary", got=got)
    shape = tuple(images.shape)
    each = images.element_size()
    size = images.numel()
    right = {
        "rank": 4,
        "size": size,
        "bytes": size * each,
        "dtype": images.dtype,
        "device": images.device,
        "images": shape[0],
        "channels": shape[1],
        "rows": shape[2],
        "columns": shape[3],
    }
    for part, expected in right.items():
        expect(part in got, "a key is missing", part=part, got=list(got))
        value = got[part]
        shown = {"shape": shape, "got": value, "expected": expected}
        dtype = str(images.dtype)
        if part == "rows" and shape[2] != shape[3]:
            expect(value != shape[3], "rows and columns are swapped", **shown)
        if part == "bytes" and each > 1:
            is_size = value == size
            expect(not is_size, "the bytes of an element", dtype=dtype, each=each, **shown)
        is_right = value == expected or (part == "device" and value == str(expected))
        expect(is_right, "another value", part=part, dtype=dtype, **shown)


def look_at_sheet(learner, images: torch.Tensor, chosen: list[int]) -> None:
    """Compare a sheet image by image."""
    before = images.clone()
    got = learner.contact_sheet(images, chosen[:])
    expect(torch.equal(images, before), "the batch is changed")
    count, channels, rows, columns = images.shape
    width = (len(chosen) + 1) * columns
    shape = tuple(getattr(got, "shape", ()))
    shown = {"got": shape, "expected": (channels, rows, width)}
    is_below = shape == (channels, (len(chosen) + 1) * rows, columns)
    expect(not is_below, "the images are below one another", **shown)
    is_short = shape == (channels, rows, width - columns)
    expect(not is_short, "the mean image is missing", **shown)
    expect_tensor(got, (channels, rows, width), "contact_sheet(images, chosen)")
    dtypes = {"got": str(got.dtype), "expected": str(images.dtype)}
    expect(got.dtype == images.dtype, "another dtype of the sheet", **dtypes)
    mine = got.split(columns, dim=2)
    right = [*images[chosen], images[chosen].mean(dim=0)]
    in_order = torch.cat([*images[sorted(chosen)]], dim=2)
    is_sorted = chosen != sorted(chosen) and torch.allclose(got[..., : width - columns], in_order)
    expect(not is_sorted, "another order", chosen=chosen)
    of_all = torch.allclose(mine[-1], images.mean(dim=0))
    of_chosen = torch.allclose(mine[-1], right[-1])
    sizes = {"count": count, "num_chosen": len(chosen)}
    expect(of_chosen or not of_all, "the mean of all images", **sizes)
    for number, (one, expected) in enumerate(zip(mine, right, strict=True), start=1):
        is_right = torch.allclose(one, expected)
        expect(is_right, "another image", number=number, chosen=chosen)


def check(learner, generator: random.Random) -> None:
    """Describe and join the images of the task, then random batches of three dtypes."""
    look_at_description(learner, EXAMPLE)
    torch_generator = torch.Generator().manual_seed(generator.randrange(2**31))
    cases = [((7, 3, 5, 6), torch.float32), ((5, 1, 9, 4), torch.float64)]
    for shape, dtype in cases:
        images = torch.randn(shape, generator=torch_generator, dtype=dtype)
        look_at_description(learner, images)
    look_at_description(learner, torch.zeros(3, 1, 7, 5, dtype=torch.uint8))
    look_at_sheet(learner, EXAMPLE, [1, 0])
    for shape, dtype in cases:
        images = torch.randn(shape, generator=torch_generator, dtype=dtype)
        chosen = generator.sample(range(shape[0]), 3)
        if chosen == sorted(chosen):
            chosen.reverse()
        look_at_sheet(learner, images, chosen)
    look_at_sheet(learner, images, [2])
