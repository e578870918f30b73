"""Check overview/who_decides."""

import random

from dlcourse.exercises.checking import expect

MESSAGES = {
    "not a dictionary": "who_decides(...) returns {got}, expected a dictionary.",
    "a name is missing": "The dictionary has no key “{name}”: give each name of the "
    "program a word.",
    "a name of another program is missing": "For another program the dictionary has no key "
    "“{name}”: use the names that the given program returns.",
    "another word": "For “{name}” you say {got}, expected “person” or “data”.",
    "the data change it": "“{name}” is not decided by a person: on one data set it is {first} "
    "after training, on another {second}.",
    "the data do not change it": "“{name}” is not decided by the data: after training on two data "
    "sets it is {first} both times, as a person wrote it.",
    "more names": "The dictionary has {got} names, expected {expected}: those of the program.",
}


def train(images, labels):
    """Run the program of the starter; return its values after training."""
    middle = [2, 3]
    learning_rate = 0.05
    steps = 400
    weight = 0.0
    bias = 0.0
    for _ in range(steps):
        for image, label in zip(images, labels, strict=True):
            ink = sum(image[pixel] for pixel in middle) / len(middle)
            error = weight * ink + bias - label
            weight -= learning_rate * error * ink
            bias -= learning_rate * error
    return {
        "steps": steps,
        "middle": middle,
        "learning_rate": learning_rate,
        "weight": weight,
        "bias": bias,
        "limit": (0.5 - bias) / weight,
    }


def find_darkest(images, labels):
    """Look for the pixel with the most ink; a person has chosen the limit and the weight."""
    sums = [sum(image[pixel] for image in images) for pixel in range(6)]
    darkest = sums.index(max(sums))
    return {"pixel": darkest, "limit": 0.5, "weight": 1.0, "most ink": max(sums)}


def take_mean(images, labels):
    """Put the limit halfway between the mean ink of zeros and of ones, for a chosen pixel."""
    pixel = 2
    means = []
    for wanted in (0, 1):
        ink = [image[pixel] for image, label in zip(images, labels, strict=True) if label == wanted]
        means.append(sum(ink) / len(ink))
    return {"pixel": pixel, "means": means, "limit": sum(means) / 2, "num pixels": 6}


def draw_images(generator: random.Random, low: float, high: float, darkest: int):
    """Return ten images whose middle has little ink, then ten with much, and the labels."""
    images = []
    for ink in [low] * 10 + [high] * 10:
        pixels = [generator.uniform(0, 1) for _ in range(6)]
        pixels[2] = pixels[3] = ink + generator.uniform(-0.1, 0.1)
        pixels[darkest] = 3 + generator.uniform(0, 1)
        images.append(pixels)
    return images, [0] * 10 + [1] * 10


def look(learner, program, first, second, missing):
    """Compare what is said of each name with what changes."""
    values = program(*first)
    others = program(*second)
    got = learner.who_decides(program, first, second)
    expect(isinstance(got, dict), "not a dictionary", got=got)
    for name in values:
        expect(name in got, missing, name=name)
        word = got[name]
        expect(word in ("person", "data"), "another word", name=name, got=word)
        shown = {"name": name, "first": values[name], "second": others[name]}
        changes = values[name] != others[name]
        expect(word == "data" or not changes, "the data change it", **shown)
        expect(word == "person" or changes, "the data do not change it", **shown)
    expect(len(got) == len(values), "more names", got=len(got), expected=len(values))


def check(learner, generator: random.Random) -> None:
    """Take the program of the starter, then others in which other names are learned."""
    first = draw_images(generator, 0.2, 0.6, 0)
    second = draw_images(generator, 0.9, 1.7, 5)
    look(learner, train, first, second, "a name is missing")
    programs = [find_darkest, take_mean]
    generator.shuffle(programs)
    for program in programs:
        look(learner, program, first, second, "a name of another program is missing")
