"""Check code/predict."""

import random

import torch

from dlcourse.exercises.checking import expect, expect_tensor

MESSAGES = {
    "argmax along the images": "You return {got} numbers for {count} images and {classes} classes: "
    "argmax(dim=0) looks for the best image of each class; use dim=1.",
    "the logits themselves": "You return the table of logits, of shape {got}: the class of an "
    "image is the place of its largest logit, argmax(dim=1).",
    "the largest logits": "You return {got}, the largest logit of each image: the class is the "
    "place of this logit, which argmax returns.",
    "not whole numbers": "The classes have the dtype {got}, expected whole numbers (torch.int64).",
    "the ReLU is missing": "{wrong} of {count} classes are wrong, and they are those that come out "
    "without the ReLU between the layers: replace negative hidden numbers by 0.",
    "a bias is missing": "{wrong} of {count} classes are wrong, and they are those that come out "
    "when a layer's bias is not added.",
    "the example is wrong": "For the image of the example you return class {got}, expected 1: "
    "the logits are 3 and 3.5.",
    "other classes": "{wrong} of {count} random images get another class than expected.",
    "the images are changed": "The images have other values after your function than before.",
}
IMAGE = torch.tensor([[[[1.0, 2.0], [0.0, 1.0]]]])
EXAMPLE = (
    torch.tensor([[1.0, 1.0, 0.0, 0.0], [0.0, -1.0, 0.0, 1.0]]),
    torch.tensor([0.0, -1.0]),
    torch.tensor([[1.0, 0.0], [0.5, -1.0]]),
    torch.tensor([0.0, 2.0]),
)


def classes_of(images, W1, b1, W2, b2, has_relu: bool = True):
    """Return the predicted classes, with or without the ReLU."""
    hidden = images.flatten(1) @ W1.T + b1
    if has_relu:
        hidden = hidden.clamp(min=0)
    return (hidden @ W2.T + b2).argmax(dim=1)


def check(learner, generator: random.Random) -> None:
    """Look at shape and dtype on random images, then at the example, then at the classes."""
    torch_generator = torch.Generator().manual_seed(generator.randrange(2**31))
    first = learner.predict(IMAGE.clone(), *EXAMPLE)
    for count, side, hidden, classes in [(300, 3, 5, 7), (270, 5, 6, 4), (330, 4, 11, 3)]:
        images = torch.randn(count, 1, side, side, generator=torch_generator)
        W1 = torch.randn(hidden, side * side, generator=torch_generator)
        b1 = torch.randn(hidden, generator=torch_generator) * 2
        W2 = torch.randn(classes, hidden, generator=torch_generator)
        b2 = torch.randn(classes, generator=torch_generator) * 3
        before = images.clone()
        got = learner.predict(images, W1, b1, W2, b2)
        expect(torch.equal(images, before), "the images are changed")
        shape = tuple(getattr(got, "shape", ()))
        is_along_images = shape == (classes,)
        shown = {"got": shape, "count": count, "classes": classes}
        expect(not is_along_images, "argmax along the images", **{**shown, "got": classes})
        expect(shape != (count, classes), "the logits themselves", got=shape)
        expect_tensor(got, (count,), "predict(images, W1, b1, W2, b2)")
        logits = (images.flatten(1) @ W1.T + b1).clamp(min=0) @ W2.T + b2
        expected = logits.argmax(dim=1)
        is_value = got.is_floating_point() and torch.allclose(got, logits.amax(dim=1))
        expect(not is_value, "the largest logits", got=got[:2].tolist())
        expect(not got.is_floating_point(), "not whole numbers", got=str(got.dtype))
        wrong = int((got != expected).sum())
        no_relu = classes_of(images, W1, b1, W2, b2, has_relu=False)
        no_first = classes_of(images, W1, 0 * b1, W2, b2)
        no_second = classes_of(images, W1, b1, W2, 0 * b2)
        no_bias = classes_of(images, W1, 0 * b1, W2, 0 * b2)
        numbers = {"wrong": wrong, "count": count}
        if wrong:
            expect(not torch.equal(got, no_relu), "the ReLU is missing", **numbers)
            for other in (no_first, no_second, no_bias):
                expect(not torch.equal(got, other), "a bias is missing", **numbers)
        expect_tensor(first, (1,), "predict of the example")
        expect(int(first[0]) == 1, "the example is wrong", got=int(first[0]))
        expect(wrong == 0, "other classes", **numbers)
